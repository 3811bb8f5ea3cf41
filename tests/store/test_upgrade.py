"""A ledger of any released version is asked as it is, and upgraded by the first write: after a copy, whole or not at all."""

import gzip
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import year
from book import Book
from conftest import Result, at
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.refusal import ExitCode
from planledger.questions.facts.plans import whole_plan
from planledger.store.schema import steps
from planledger.store.schema.steps import Step
from planledger.store.sqlite.opening import open_to_read, open_to_write
from trials import next_version

Cli = Callable[..., Result]
LEDGERS = sorted((Path(__file__).parents[1] / "ledgers").glob("*.db.gz"))
ADDED = Step("a table for a test", ("CREATE TABLE remark (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",))
BROKEN = Step(
    "a step that fails half-way", ("CREATE TABLE half (id INTEGER)", "INSERT INTO nowhere VALUES (1)")
)


def dump(path: Path) -> list[str]:
    """Everything that a ledger says."""
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    statements = list(raw.iterdump())
    raw.close()
    return statements


@pytest.fixture(params=LEDGERS, ids=lambda path: path.name.removesuffix(".db.gz"))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger as a released version wrote it."""
    path = tmp_path / "released.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    path.chmod(0o600)
    return path


@pytest.fixture
def older(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger whose layout has a newer version by now."""
    next_version(monkeypatch, ADDED)
    return ledger


def test_there_is_a_ledger_of_every_released_version() -> None:
    """Whoever releases a version, or changes the layout, puts a ledger of it here; the one that is being made is here too."""
    changes = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE)

    names = [path.name.removesuffix(".db.gz").split("-layout-") for path in LEDGERS]
    assert sorted(versions) == sorted({version for version, _ in names})
    assert list(range(1, steps.SCHEMA_VERSION + 1)) == sorted({int(layout) for _, layout in names})


def test_a_released_ledger_is_sound_and_can_be_asked_and_written(released: Path) -> None:
    store = open_to_read(released)
    verification = verify(store)
    store.close()
    assert "" == verification.fault
    assert verification.entries > 30

    writing = open_to_write(released)
    Book(writing, at("2019-12-20")).record(Recording("6.1", (("transferred", "3"),)))
    assert (verification.entries + 1, "") == (verify(writing).entries, verify(writing).fault)
    writing.close()


def test_a_ledger_that_was_stepped_up_takes_what_only_a_new_layout_has(released: Path) -> None:
    """A plan with columns of its own goes into it, and comes back whole."""
    plan = require_plan(Path(__file__).parents[1] / "plans" / "columns.yaml")
    store = open_to_write(released)
    assert 0 < adopt(store, NewPlan(plan, at("2021-01-04"))).entry
    assert "" == verify(store).fault
    newest = max(number for (number,) in store.rows("SELECT id FROM version", {}))
    assert plan.column_texts == whole_plan(store, newest).column_texts
    store.close()


def test_a_ledger_that_was_stepped_up_has_the_layout_of_a_new_one(released: Path, fresh_ledger: Path) -> None:
    """Statement by statement, but for blanks and the quotes round a name."""
    open_to_write(released).close()
    layouts = []
    for path in (released, fresh_ledger):
        raw = sqlite3.connect(path)
        objects = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
        layouts.append(
            [(name, re.sub(r'[\s"]+', " ", sql).replace(" ,", ",").strip()) for name, sql in objects]
        )
        raw.close()

    assert layouts[0] == layouts[1]


def test_a_question_leaves_an_older_ledger_as_it_is(
    cli: Cli, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (older.read_bytes(), older.stat().st_mtime_ns, sorted(older.parent.iterdir()))
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(older))

    assert ExitCode.DONE == cli("status").code
    assert ExitCode.DONE == cli("verify").code
    assert before == (older.read_bytes(), older.stat().st_mtime_ns, sorted(older.parent.iterdir()))


def test_the_first_write_upgrades_after_a_copy_and_says_so(
    cli: Cli, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(older)
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(older))
    answer = cli("record", "6.1", "--transferred", "40")
    copy = older.with_name("ledger.db.backups") / f"ledger-v{steps.SCHEMA_VERSION - 1}.db"

    assert ExitCode.DONE == answer.code
    assert f"台账已升级到新版结构；升级前的样子存在 {copy}。\n" == answer.err
    assert before == dump(copy)
    assert set(before) <= {*dump(older)}
    assert "CREATE TABLE remark (id INTEGER PRIMARY KEY, text TEXT NOT NULL);" in dump(older)
    if os.name == "posix":
        assert 0o600 == copy.stat().st_mode & 0o777
    assert "" == cli("record", "6.1", "--transferred", "41").err
    assert ExitCode.DONE == cli("verify").code


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(
    cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version(monkeypatch, ADDED, BROKEN)
    before = dump(ledger)
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    answer = cli("record", "6.1", "--transferred", "40")

    assert ExitCode.NOT_A_LEDGER == answer.code
    assert before == dump(ledger)
    assert before == dump(ledger.with_name("ledger.db.backups") / f"ledger-v{steps.SCHEMA_VERSION - 2}.db")


def test_without_room_for_the_copy_nothing_is_upgraded(
    cli: Cli, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older.with_name("ledger.db.backups").write_text("a file where the folder should be")
    before = dump(older)
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(older))
    answer = cli("record", "6.1", "--transferred", "40")

    assert ExitCode.STORAGE == answer.code
    assert "升级前的备份建不到" in answer.err
    assert before == dump(older)


@pytest.fixture
def killed(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger whose upgrade was killed in its last moment: the file bears the new number, its journal undoes that."""
    journal, kept = ledger.with_name("ledger.db-journal"), ledger.with_name("kept")
    raw = sqlite3.connect(ledger, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN IMMEDIATE")
    for statement in ADDED.statements:
        raw.execute(statement)
    raw.execute(f"PRAGMA user_version = {steps.SCHEMA_VERSION + 1}")
    os.link(journal, kept)  # the file stays when its name is deleted
    raw.execute("COMMIT")
    raw.close()
    kept.rename(journal)
    next_version(monkeypatch, ADDED)
    return ledger


@pytest.mark.skipif(os.name != "posix", reason="an open file has its second name on POSIX")
def test_an_upgrade_that_was_killed_at_its_end_is_done_again(
    cli: Cli, killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked is the layout after the journal was rolled back, not what the file said before."""
    shutil.copy(killed, killed.with_name("asked.db"))
    shutil.copy(killed.with_name("ledger.db-journal"), killed.with_name("asked.db-journal"))
    asked = open_to_read(killed.with_name("asked.db"))
    assert steps.SCHEMA_VERSION == asked.schema_version()
    asked.close()

    monkeypatch.setenv("PLANLEDGER_LEDGER", str(killed))
    answer = cli("record", "6.1", "--transferred", "40")
    assert ExitCode.DONE == answer.code
    assert "台账已升级到新版结构" in answer.err
    assert "CREATE TABLE remark (id INTEGER PRIMARY KEY, text TEXT NOT NULL);" in dump(killed)


def test_a_ledger_without_a_version_was_not_made_to_its_end(ledger: Path, cli: Cli) -> None:
    raw = sqlite3.connect(ledger)
    raw.execute("PRAGMA user_version = 0")
    raw.close()

    assert ExitCode.NOT_A_LEDGER == cli("status", "--ledger", str(ledger)).code


@pytest.mark.skipif(
    not os.environ.get("UPDATE_LEDGERS"), reason="only whoever makes a version writes its ledger"
)
def test_the_ledger_of_this_version_is_written(fresh_ledger: Path, tmp_path: Path) -> None:
    from planledger import __version__

    path = tmp_path / "ledger.db"
    shutil.copy(fresh_ledger, path)
    store = open_to_write(path)
    year.fill(store)
    store.close()
    target = Path(__file__).parents[1] / "ledgers" / f"{__version__}-layout-{steps.SCHEMA_VERSION}.db.gz"
    target.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
