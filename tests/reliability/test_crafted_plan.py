"""A ledger whose plan holds what no plan file can say, with a digest and seals that fit: it is named, and never a traceback."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from test_crafted import opened

from conftest import Result
from planledger.plan.refusal import ExitCode
from stranger import FURTHER, PARTS, rows, sealed

Cli = Callable[..., Result]
PLANS = Path(__file__).parents[1] / "plans"
# of the first row of each table
IMPOSSIBLE = (
    "meta.year = 0", "meta.warn_days = 100000", "meta.key = 'another'",
    "item.last_day = '2019-02-30'", "item.last_day = '0001-01-01'", "item.code = '6\x1b1'",
    "item.text = hex(zeroblob(1000000))", "indicator.decimals = 1000000000000", "indicator.measure = 'banana'", "indicator.scope = ''",
    "indicator.comparison = 'banana'", "duty.role = 'banana'", "milestone.day = ''", "milestone.kind = 'banana'",
    "requirement.scope = 'banana'", "filing.key = 'banana'", "filing.last_day = 'banana'", "rhythm.every = '0'",
 "rhythm.day = '-1'", "rhythm.every = 'week'", "rhythm.first_day = 'banana'", "rhythm.last_day = '9999-12-31'",
    "stage.last_day = ''", "stage.targets = 'people'",
)  # fmt: skip
READ_NOWHERE = ("meta.key",)  # by a question: the plan goes by another name, and is itself otherwise


def made_up(path: Path, change: str) -> None:
    """Change the first row of a table of the plan, and compute its digest and all seals anew."""
    table, _, edit = change.partition(".")
    with opened(path) as raw:
        raw.execute(f"UPDATE {table} SET {edit} WHERE id = (SELECT MIN(id) FROM {table})")  # noqa: S608  (ours)
        digest = digest_of(raw)
        raw.execute("UPDATE version SET digest = ?", (digest,))
        raw.execute("UPDATE entry SET subject = ? WHERE kind = 'adoption'", (digest,))


def digest_of(raw: sqlite3.Connection) -> str:
    more = [[table, read] for table in sorted(FURTHER) if (read := rows(raw, table, 1))]
    return sealed([2, *rows(raw, "meta", 1), *(rows(raw, part, 1) for part in PARTS), *more])


def begin(cli: Cli, home: Path, plan: str) -> Path:
    assert ExitCode.DONE == cli("init", str(PLANS / plan)).code
    return home / "share" / "planledger" / "ledger.db"


def is_named(answer: Result) -> bool:
    ending = "不是程序所写；请勿再登记，运行 planledger verify 核对，用最近的备份恢复。"
    is_so = re.fullmatch(f"启用的方案里有一行读不懂（.*），{ending}\n", answer.err)
    return answer.code == ExitCode.NOT_A_LEDGER and bool(is_so)


def test_what_no_plan_holds_is_named_by_verify_and_by_every_question(cli: Cli, home: Path) -> None:
    path = begin(cli, home, "shapes.yaml")
    whole = path.read_bytes()
    made_up(path, "meta.title = '另一个名称'")
    assert ExitCode.DONE == cli("verify").code  # such a plan there may be

    for change in IMPOSSIBLE:
        path.write_bytes(whole)
        made_up(path, change)
        verified = cli("verify")
        assert ExitCode.VERIFICATION == verified.code, change
        assert re.search("方案.*(不是程序所写|被改动过)。", verified.out), (change, verified.out)
        if not change.startswith(READ_NOWHERE):
            answer = cli("status", "--json")
            assert is_named(answer), (change, answer)


def test_so_it_is_by_the_line_of_every_plan(cli: Cli, home: Path) -> None:
    path = begin(cli, home, "small.yaml")
    made_up(path, "item.last_day = 'banana'")

    assert is_named(cli("status", "--all-plans"))
