"""Files that are no ledger, locks, and settings: what is opened, what is refused, and that nothing is harmed."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from book import Book
from conftest import at
from planledger.ledger.actions.request import Recording
from planledger.store import database
from planledger.store.database import Store
from planledger.store.errors import Busy, NewerLedger, NotALedger
from planledger.store.paths import APPLICATION_ID, built_in_plan
from planledger.store.schema import steps
from planledger.store.schema.steps import SCHEMA_VERSION
from planledger.store.sqlite.opening import open_to_read, open_to_write

Cli = Callable[..., "tuple[int, str, str]"]


def another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()


def another_program_with_a_log(path: Path) -> None:
    """A database that is open elsewhere, or whose program was killed: most of it is in its log."""
    other = path.with_name("open.db")
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    path.write_bytes(other.read_bytes())
    path.with_name(f"{path.name}-wal").write_bytes(other.with_name("open.db-wal").read_bytes())
    connection.close()
    other.unlink()


STRANGERS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("台账" * 100, encoding="utf-8"),
    "picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "other database": another_program,
    "other database with its log": another_program_with_a_log,
    "workbook": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(500)),
    "folder": lambda path: path.mkdir(),
    "nothing": lambda path: None,  # noqa: ARG005
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_is_no_ledger_is_refused_and_left_as_it_is(cli: Cli, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "stranger.db"
    STRANGERS[kind](path)
    before = path.read_bytes() if path.is_file() else None
    names = sorted(p.name for p in tmp_path.iterdir())

    for command in (
        ["status"],
        ["show", "6.1"],
        ["record", "6.1", "--transferred", "40"],
        ["reverse", "2", "--because", "误"],
        ["adopt", str(built_in_plan())],
        ["export", "ledger", "台账.xlsx"],
        ["backup", "备份.zip"],
        ["archive", "build", "归档"],
        ["verify"],
    ):
        code, out, err = cli(*command, "--ledger", str(path))
        assert (3, "", 1) == (code, out, err.count("\n")), command
    assert before == (path.read_bytes() if path.is_file() else None)
    assert names == sorted(p.name for p in tmp_path.iterdir())


def test_a_truncated_ledger_is_refused_without_a_traceback(cli: Cli, ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes()[:20_000])

    code, out, err = cli("status", "--ledger", str(ledger))

    assert (3, "") == (code, out)
    assert f"台账 {ledger} 已损坏；请勿再写，用备份恢复。文件未改动。\n" == err


def test_a_ledger_of_a_newer_program_is_refused(cli: Cli, ledger: Path) -> None:
    connection = sqlite3.connect(ledger)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()

    with pytest.raises(NewerLedger):
        open_to_read(ledger)
    assert (
        4,
        "",
        f"台账 {ledger} 由更新的版本建立（第{SCHEMA_VERSION + 1}版结构），请先升级 planledger。文件未改动。\n",
    ) == cli("record", "6.1", "--transferred", "40", "--ledger", str(ledger))


@pytest.fixture
def held(ledger: Path) -> Iterator[Path]:
    """A ledger that another process holds."""
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE');"
        "print('held', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    if child.stdout is not None:
        child.stdout.readline()
    yield ledger
    child.communicate()


def test_a_held_ledger_is_busy_and_says_so(held: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)

    with pytest.raises(Busy):
        open_to_read(held)
    code, out, err = cli("record", "6.1", "--transferred", "40", "--ledger", str(held))

    assert (7, "") == (code, out)
    assert err.startswith(f"台账 {held} 正被另一个程序使用")


def test_a_read_leaves_bytes_and_times_as_they_were(cli: Cli, ledger: Path) -> None:
    before = ledger.stat().st_mtime_ns, ledger.read_bytes(), sorted(ledger.parent.iterdir())

    for question in (
        ["status"],
        ["overdue"],
        ["show", "1.3"],
        ["history"],
        ["agencies"],
        ["upcoming"],
        ["verify"],
    ):
        assert 0 == cli(*question, "--ledger", str(ledger))[0]
    assert before == (ledger.stat().st_mtime_ns, ledger.read_bytes(), sorted(ledger.parent.iterdir()))


def test_a_killed_write_is_rolled_back_by_the_next_reader(ledger: Path, cli: Cli) -> None:
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('PRAGMA cache_size=1');"
        "c.execute('BEGIN IMMEDIATE'); c.execute('DROP TRIGGER entry_no_update'); c.execute('DROP TRIGGER finding_no_update');"
        "c.execute(\"UPDATE finding SET because = because || 'x'\"); c.execute(\"UPDATE entry SET note = 'half'\"); os._exit(1)"
    )
    before = ledger.read_bytes()
    subprocess.run([sys.executable, "-c", script, str(ledger)], check=False)

    assert ledger.with_name("ledger.db-journal").exists()
    assert 0 == cli("verify", "--ledger", str(ledger))[0]
    assert before == ledger.read_bytes()


def test_a_write_is_synced_waits_its_turn_and_minds_foreign_keys(ledger: Path) -> None:
    store = open_to_write(ledger)
    settings = {
        name: store.rows(f"PRAGMA {name}")[0][0]
        for name in (
            "foreign_keys",
            "synchronous",
            "journal_mode",
            "recursive_triggers",
            "trusted_schema",
            "application_id",
        )
    }

    assert {
        "foreign_keys": 1,
        "synchronous": 3,
        "journal_mode": "delete",
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "application_id": APPLICATION_ID,
    } == settings
    store.close()


def test_a_file_with_our_mark_but_without_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()

    with pytest.raises(NotALedger, match="没有台账的表"):
        open_to_read(path)


def test_what_a_newer_program_upgraded_meanwhile_is_not_written(ledger: Path, store: Store) -> None:
    """The version is asked again inside the transaction: whoever opened it before the upgrade writes nothing."""
    raw = sqlite3.connect(ledger)
    raw.execute(f"PRAGMA user_version = {steps.SCHEMA_VERSION + 1}")
    raw.close()

    with pytest.raises(NewerLedger, match="刚由更新的版本升级过"):
        Book(store, at("2019-06-18")).record(Recording("9.2", is_done=True))


def test_a_view_that_outlives_its_connection_ends_quietly(store: Store) -> None:
    """Ctrl-C may close the ledger before a view of it has ended."""
    view = store.snapshot()
    view.__enter__()
    store.close()

    assert not view.__exit__(None, None, None)
