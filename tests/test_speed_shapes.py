"""What keeps a command quick and a ledger of any size equally quick: shapes, nothing timed.

`bench/` measures; here only that cannot come back unseen: a heavy import, a walk over the whole ledger.
"""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from asking import ledger_as_of
from book import Book
from forms import form_with_details
from planledger.ledger.actions.filing import HandIn
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain import journal
from planledger.ledger.clerk import Clerk
from planledger.questions.answers.evidence import dossier
from planledger.questions.answers.history import EntryChoice, history
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.sheet import load
from planledger.store.database import Store
from planledger.store.sqlite.opening import open_to_write
from statements import STATEMENTS, parameters

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "openpyxl",
    "yaml",
    "importlib.metadata",
    "docx",
    "lxml",
    "pdfplumber",
}
LOADED = """import sys
from planledger.cli.app import run
code = run(sys.argv[1:])
sys.stderr.write(" ".join(sys.modules))
sys.exit(code)
"""
# Runs every line that it is given, and says after each which modules it was the first to load.
LOADED_BY_EACH = """import json, sys
from planledger.cli.app import run
ledger, *lines = sys.argv[1:]
loaded, answer = {}, sys.stdout
sys.stdout = sys.stderr
for line in lines:
    before = set(sys.modules)
    code = run(["--ledger", ledger, *line.split()])
    assert code == 0, (line, code)
    loaded[line] = sorted(set(sys.modules) - before)
json.dump(loaded, answer)
"""
QUESTIONS = (
    "status",
    "status --agency 人社局",
    "status --sum-by side",
    "overdue --as-of 2019-12-05",
    "overdue --by item --as-of 2019-12-05",
    "upcoming",
    "show 6.1",
    "history",
    "agencies",
    "missing",
    "filings",
    "upcoming --agency 人社局",
)
ACTIONS = (
    "record 6.1 --transferred 40",
    "record 3.1 --done",
    "record 1.3 --meetings 1 --paper 会议纪要 --ref 无文号 --held-by 江海区委办 --side 江海区",
    "reverse 2 --because 重复登记",
    "amend 6.1 --target transferred 172 --because 省里调整 --basis 无文号",
    "filing record archive --agency 江海区人社局",
    "contact set 江海区人社局 --name 试验员 --phone 13800000000",
)


@pytest.fixture
def modules(home: Path, ledger: Path) -> Callable[[str], set[str]]:
    """Which modules a command on an existing ledger loads, in an interpreter of its own."""
    with sqlite3.connect(ledger) as raw:
        _record(raw, plan=1, first=2, count=1)
    raw.close()

    return lambda line: modules_of(ledger, line)


def modules_of(ledger: Path, line: str) -> set[str]:
    typed = [sys.executable, "-c", LOADED, "--ledger", str(ledger), *line.split()]
    done = subprocess.run(typed, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert 0 == done.returncode, done.stderr[:500]
    return set(done.stderr.split())


@pytest.fixture
def loading(modules: Callable[[str], set[str]], ledger: Path) -> Callable[..., dict[str, list[str]]]:
    """Which of the named modules the lines load that run one after the other in an interpreter of its own."""

    def loading_any(names: set[str], *lines: str) -> dict[str, list[str]]:
        typed = [sys.executable, "-c", LOADED_BY_EACH, str(ledger), *lines]
        done = subprocess.run(typed, capture_output=True, encoding="utf-8", errors="replace", check=False)
        assert 0 == done.returncode, done.stderr[-500:]
        loaded = json.loads(done.stdout)
        assert [*lines] == [*loaded]
        return {line: sorted(names.intersection(new)) for line, new in loaded.items() if names & {*new}}

    return loading_any


def test_a_question_shown_as_a_table_loads_nothing_heavy(
    loading: Callable[..., dict[str, list[str]]],
) -> None:
    """Rich is the one library that a table costs, the first one that is drawn; no deadline is read anew for one."""
    heavy = HEAVY | {"rich", "planledger.plan.phrases.deadlines"}
    assert {QUESTIONS[0]: ["rich"]} == loading(heavy, *QUESTIONS)


def test_a_question_of_a_program_loads_no_rich_either(loading: Callable[..., dict[str, list[str]]]) -> None:
    """A program that reads JSON or CSV does not wait for a table."""
    lines = [f"{line} {form}" for line in QUESTIONS for form in ("--json", "--csv")]
    assert {} == loading(HEAVY | {"rich"}, *lines)


def test_an_action_loads_neither_the_model_of_the_tables_nor_rich(
    loading: Callable[..., dict[str, list[str]]],
) -> None:
    """Recording is typed a thousand times a year."""
    assert {} == loading(HEAVY | {"rich"}, *ACTIONS)


@pytest.mark.parametrize("option", ["", "--dry-run"])
def test_a_form_that_comes_back_is_read_without_what_makes_workbooks(
    cli: Callable[..., Any], home: Path, ledger: Path, option: str
) -> None:
    form = form_with_details(cli, home, ledger)
    assert set() == (HEAVY | {"rich"}) & modules_of(ledger, f"import {form} {option}")


@pytest.mark.parametrize("line", [[], ["--version"]])
def test_what_names_no_command_loads_no_command_line(home: Path, line: list[str]) -> None:
    """The overview and the version are shown without Typer, and with hardly a module of ours."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *line], capture_output=True, encoding="utf-8", check=False
    )
    loaded = set(done.stderr.split())

    assert (0, True) == (done.returncode, done.stdout.startswith("planledger"))
    assert set() == {"typer", "rich", "sqlite3", "inspect", "pathlib"} & loaded
    assert 12 > sum(name.startswith("planledger.") for name in loaded)


def test_a_question_while_there_is_no_ledger_loads_no_model_of_the_tables(home: Path) -> None:
    """The built-in plan is read from its file, and asked in memory without what makes a ledger."""
    typed = [sys.executable, "-c", LOADED, "status", "--json"]
    done = subprocess.run(typed, capture_output=True, encoding="utf-8", check=False)

    assert 0 == done.returncode
    assert {"yaml"} == HEAVY & set(done.stderr.split())


def test_only_the_command_that_is_named_gets_built(modules: Callable[[str], set[str]]) -> None:
    """A question does not wait for the commands that record or adopt, nor for the chain they write to."""
    others = {
        "planledger.cli.record.record",
        "planledger.cli.admin.plan",
        "planledger.ledger.chain.chain",
        "hashlib",
    }
    assert set() == others & modules("status --json")


UNITS_ALONE = {
    f"planledger.{name}"
    for name in (
        "questions.answers.agencies",
        "questions.answers.history",
        "plan.people.masking",
        "formats.text.filing_text",
    )
}


def test_filings_and_contacts_are_loaded_only_where_somebody_asks_of_them(
    loading: Callable[..., dict[str, list[str]]],
) -> None:
    """What a unit files and whom to call in it concerns no item."""
    needed = ["planledger.plan.people.masking", "planledger.questions.answers.history"]
    assert {"history": needed} == loading(
        UNITS_ALONE,
        "status --json",
        "overdue --as-of 2019-11-15",
        "overdue --json --as-of 2019-11-15",
        "upcoming --csv",
        "status",
        "record 6.1 --transferred 40",
        "history",
    )


UNUSED = {
    "overdue --as-of 2019-12-05": {
        "questions.answers.agencies",
        "questions.answers.history",
        "plan.people.masking",
    },
    "history": {
        "questions.answers.sums",
        "questions.answers.evidence",
        "formats.screen.status",
        "formats.text.row_text",
        "cli.ask.items",
    },
    "record 6.1 --transferred 40": {"plan.file.tree", "plan.file.figures", "ledger.chain.verification"},
    "status": {"store.place"},
}


@pytest.mark.parametrize("line", UNUSED)
def test_a_command_loads_no_module_of_ours_for_a_name_alone(
    modules: Callable[[str], set[str]], line: str
) -> None:
    """Late filings are worded without whom to call, entries drawn without sums, figures recorded without plan files."""
    assert set() == {f"planledger.{name}" for name in UNUSED[line]} & modules(line)


# verification looks at every entry there is, and so does the roll-up of all plans
ON_THE_WHOLE_LEDGER = {"ENTRIES", "UNEQUAL", "ALL_SUMS", "ALL_MARKS", "AMENDED_PLANS"}
IN_ORDER_OF_NUMBERS = {
    "HISTORY",  # the newest entries of a plan are what is asked for
    "OF_FORM",  # a form that comes back is held against all that its earlier fillings brought
    "OF_IMPORT",  # all that one file brought is taken back
    "REPLACED",  # and what it had taken the place of
    "LAST_KNOWN",  # an archive says how far the ledger had come
    "LAST_MOMENT",
    "NAMES_WITH_ENTRIES",  # a new version of a plan is held against all that its entries name
}


@pytest.fixture(scope="module")
def plans_of_queries(fresh_ledger: Path) -> Iterator[Callable[[str], list[str]]]:
    """How SQLite means to answer a statement."""
    raw = sqlite3.connect(f"{fresh_ledger.as_uri()}?mode=ro", uri=True)

    def explain(sql: str) -> list[str]:
        return [str(row[3]) for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters(sql))]

    yield explain
    raw.close()


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - ON_THE_WHOLE_LEDGER))
def test_no_statement_of_every_day_walks_the_ledger(
    plans_of_queries: Callable[[str], list[str]], name: str
) -> None:
    """Entries are read through an index that is there, never by reading all of them or by indexing them first."""
    steps = plans_of_queries(STATEMENTS[name])
    empty = "SCAN entry USING INDEX entry_impossible"  # which holds what no entry can be
    walked = [step for step in steps if re.match(r"SCAN (entry|e|r)\b", step) or "AUTOMATIC" in step]
    assert [] == [step for step in walked if step != empty]


def test_only_a_history_walks_all_entries_of_its_plan(
    plans_of_queries: Callable[[str], list[str]],
) -> None:
    """Figures, marks and adoptions have an index each that leaves the plan's other entries unread."""
    walking = {
        name
        for name, sql in STATEMENTS.items()
        if any("entry_order (plan_id=?)" in step for step in plans_of_queries(sql))
    }
    assert IN_ORDER_OF_NUMBERS == walking


OWN, PLANS = 200, 21
KEY, DAY, ALWAYS = "jianghai-daxin-2019", "2019-11-20", "9999"
CLERK = Clerk("试验员", f"{DAY}T09:00:00.000000+08:00")
GROWTH = 1.05
ASKED: dict[str, Callable[[Store], object]] = {
    "which plan": lambda store: plan_in_force(store, KEY, DAY, ALWAYS),
    "status and overdue": lambda store: load(ledger_as_of(store, DAY, key=KEY)),
    "status as it was known": lambda store: load(
        ledger_as_of(store, DAY, key=KEY)._replace(as_of="2019-06-30", known_at="2019-07-01")
    ),
    "show": lambda store: dossier(ledger_as_of(store, DAY, key=KEY), "6.1"),
    "history": lambda store: history(ledger_as_of(store, DAY, key=KEY), EntryChoice(limit=20)),
    "history of an item": lambda store: history(
        ledger_as_of(store, DAY, key=KEY), EntryChoice(("6.1",), limit=20)
    ),
    "record": lambda store: Book(store, CLERK, KEY).record(Recording("6.1", (("transferred", "40"),))),
    "filing record": lambda store: Book(store, CLERK, KEY).hand_in(HandIn("archive", "江海区人社局")),
    "record --done": lambda store: Book(store, CLERK, KEY).record(Recording("3.1", is_done=True)),
}


@pytest.fixture(scope="module")
def ledgers(fresh_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two ledgers of many plans: the first plan has 200 entries in both, the others have 400 and 40,000."""
    folder = tmp_path_factory.mktemp("growth")
    few, many = Path(copy(fresh_ledger, folder / "few.db")), Path(copy(fresh_ledger, folder / "many.db"))
    for path, others in ((few, 400), (many, 40_000)):
        with sqlite3.connect(path) as raw:
            _copy_plans(raw)
            each = others // (PLANS - 1)
            for plan in range(2, PLANS + 1):
                _record(raw, plan, first=1 + PLANS + (plan - 2) * each, count=each)
            _record(raw, plan=1, first=1 + PLANS + others, count=OWN)
        raw.close()
    return few, many


@pytest.mark.parametrize("question", ASKED)
def test_a_question_of_one_plan_costs_the_same_in_a_ledger_of_any_size(
    ledgers: tuple[Path, Path], tmp_path: Path, question: str
) -> None:
    """What other plans recorded is not read: the steps of SQLite's machine hardly grow."""
    few, many = (_steps(Path(copy(path, tmp_path)), ASKED[question]) for path in ledgers)
    assert few > 0
    assert many <= few * GROWTH, f"{few} steps became {many}"


def _steps(path: Path, ask: Callable[[Store], object]) -> int:
    counted = 0

    def step() -> int:
        nonlocal counted
        counted += 1
        return 0

    store = open_to_write(path)
    store.connection.set_progress_handler(step, 1)
    ask(store)
    store.connection.set_progress_handler(None, 1)
    store.close()
    return counted


def _copy_plans(raw: sqlite3.Connection) -> None:
    """Adopt twenty more plans in the ledger, worded as the first and adopted as it was."""
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {table: [row[1] for row in raw.execute(f"PRAGMA table_info({table})")] for table in tables}
    for plan in range(2, PLANS + 1):
        raw.execute("INSERT INTO plan (id, key, origin_id) VALUES (?, ?, 1)", (plan, f"made-up-{plan}"))
        raw.execute("INSERT INTO version (id, plan_id, digest) VALUES (?, ?, ?)", (plan, plan, f"{plan}"))
        for table, names in columns.items():
            kept = ", ".join(name for name in names if name not in ("id", "version_id"))
            if "version_id" in names:
                raw.execute(
                    f"INSERT INTO {table} (version_id, {kept})"  # noqa: S608  (names of our own tables)
                    f" SELECT {plan}, {kept} FROM {table} WHERE version_id = 1"
                )
        raw.execute(
            journal.INSERT_ENTRY,
            _entry(plan, plan, kind="adoption", code="", indicator="", amount=None, subject=f"{plan}"),
        )


def _record(raw: sqlite3.Connection, plan: int, first: int, count: int) -> None:
    """Record made-up figures of the first half of the year, turn by turn on every indicator."""
    places = raw.execute("SELECT code, key FROM indicator WHERE version_id = 1 ORDER BY position").fetchall()
    for n in range(count):
        code, indicator = places[n % len(places)]
        day = f"2019-{4 + n % 6:02}-{1 + n % 28:02}"
        row = _entry(first + n, plan, code=code, indicator=indicator, dated=day, amount=1)
        raw.execute(journal.INSERT_ENTRY, row)


def _entry(number: int, plan: int, **others: object) -> dict[str, object]:
    """Write an unsealed entry: enough for questions."""
    names = re.findall(r":(\w+)", journal.INSERT_ENTRY)
    common = {
        "id": number,
        "seq": number,
        "origin_id": 1,
        "plan_id": plan,
        "kind": "amount",
        "hash": bytes(32),
    }
    when = {"dated": "2019-04-01", "recorded_at": "2019-10-01T09:00:00.000000+08:00", "reverses": None}
    return {**dict.fromkeys(names, ""), **common, **when, **others}
