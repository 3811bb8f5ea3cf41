"""An action that does not find again what it has just stored stores nothing, and says so: whatever let it vanish."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
pytestmark = pytest.mark.in_file
SMALL = Path(__file__).parents[1] / "plans" / "small.yaml"
SWALLOW = "CREATE TRIGGER swallow BEFORE INSERT ON {} BEGIN SELECT RAISE(IGNORE); END"
TRICKS = {
    "swallowed": (SWALLOW.format("entry"),),
    "altered": (
        "DROP TRIGGER entry_no_update",
        "CREATE TRIGGER alter_it AFTER INSERT ON entry BEGIN UPDATE entry SET note = note || '改' WHERE id = NEW.id; END",
    ),
    "taken out": (
        "DROP TRIGGER entry_no_delete",
        "CREATE TRIGGER take AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE id = NEW.id; END",
    ),
    "doubled": (
        "CREATE TRIGGER double AFTER INSERT ON entry WHEN NEW.seq < 90 BEGIN INSERT INTO entry SELECT id + 90,"
        " origin_id, seq + 90, plan_id, kind, code, indicator, amount, side, agency, dated, recorded_at, recorded_by,"
        " subject, note, details, NULL, hash FROM entry WHERE id = NEW.id; END",
    ),
    "forbidden": ("CREATE TRIGGER forbid BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END",),
}
ACTIONS = {
    "figure": "record 6.1 --transferred 41",
    "declaration": "record 9.2 --done",
    "paper": "record 1.3 --meetings 1 --paper 会议纪要 --ref 无文号 --held-by 江海区委办 --side 江海区",
    "file": "attach 6.1 纪要.txt",
    "words": "report 6.1 --progress 已摸底",
    "filing": "filing record archive --agency 江海区人社局",
    "return": "filing return 江海区人社局 --because 缺章",
    "contact": "contact set 江海区人社局 --name 试验员 --phone 13800000000",
    "reversal": "reverse 2 --because 误",
    "correction": "correct 2 --to 42 --because 误",
    "amendment": "amend 6.1 --target transferred 172 --because 省里调整 --basis 无文号",
    "destruction": "evidence destroy 4 --because 误存",
    "another plan": f"adopt {SMALL}",
    "another office": f"adopt {SMALL} --office 试验乡",
}


@pytest.fixture
def path(begun: Callable[..., None], home: Path) -> Path:
    """A ledger with a figure, a filing and a file."""
    (home / "纪要.txt").write_text("纪要", "utf-8")
    (home / "旧.txt").write_text("旧", "utf-8")
    before = (
        "record 6.1 --transferred 40",
        "filing record archive --agency 江海区人社局",
        "attach 6.1 旧.txt",
    )
    begun(before)
    return home / "share" / "planledger" / "ledger.db"


def tricked(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def everything(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    statements = list(raw.iterdump())
    raw.close()
    return statements


@pytest.mark.parametrize("trick", TRICKS)
def test_a_figure_that_was_not_stored_as_it_was_sealed_is_refused(cli: Cli, path: Path, trick: str) -> None:
    tricked(path, *TRICKS[trick])
    before = everything(path)
    answer = cli(*ACTIONS["figure"].split())

    assert (ExitCode.NOT_A_LEDGER, "") == (answer.code, answer.out)
    assert "请勿再登记，运行 planledger verify 核对。" in answer.err
    assert 1 == answer.err.count("\n")
    assert before == everything(path)
    assert ExitCode.VERIFICATION == cli("verify").code


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_reads_back_what_it_stored(cli: Cli, path: Path, action: str) -> None:
    tricked(path, *TRICKS["swallowed"])
    before, files = everything(path), sorted(path.parent.rglob("*"))
    answer = cli(*ACTIONS[action].split())

    assert ExitCode.NOT_A_LEDGER == answer.code, answer
    assert "写进台账后读出来的不一样，台账的表或触发器可能被改动过" in answer.err
    assert (before, files) == (everything(path), sorted(path.parent.rglob("*")))


@pytest.mark.parametrize("action", ["another plan", "another office"])
def test_every_row_of_a_plan_is_read_back(cli: Cli, path: Path, action: str) -> None:
    """Whichever table does not keep what was written: the plan is in force as it was read, or not at all."""
    whole = path.read_bytes()
    raw = sqlite3.connect(path)
    tables = [
        name
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'entry'")
    ]
    raw.close()
    lacking = 0
    for table in tables:
        path.write_bytes(whole)
        tricked(path, SWALLOW.format(table))
        before = everything(path)
        answer = cli(*ACTIONS[action].split())
        if answer.code == ExitCode.DONE:  # the plan has no row for it
            assert len(everything(path)) > len(before)
            raw = sqlite3.connect(path)
            tricked(path, "DROP TRIGGER swallow")
            assert ExitCode.DONE == cli("verify").code
            raw.close()
            continue
        lacking += 1
        assert ExitCode.NOT_A_LEDGER == answer.code, (table, answer)
        assert "planledger verify" in answer.err or "请勿再写" in answer.err
        assert before == everything(path)
    assert lacking > 8


def test_a_version_that_was_altered_is_not_put_in_force_again(cli: Cli, home: Path, path: Path) -> None:
    """The rows of an older version are used again when it is adopted again: they must still be what they were."""
    (home / "二.yaml").write_text(SMALL.read_text("utf-8"), "utf-8")
    assert ExitCode.DONE == cli("adopt", "二.yaml").code
    newer = SMALL.read_text("utf-8")
    (home / "三.yaml").write_text(newer.replace("title: ", "title: 新", 1), "utf-8")
    assert ExitCode.DONE == cli("adopt", "三.yaml").code
    tricked(
        path,
        "DROP TRIGGER item_no_update",
        "UPDATE item SET text = text || '改' WHERE version_id = 2",
    )
    before = everything(path)
    answer = cli("adopt", "二.yaml")

    assert ExitCode.NOT_A_LEDGER == answer.code
    assert answer.err.startswith("方案的内容写进台账后读出来的不一样")
    assert before == everything(path)
