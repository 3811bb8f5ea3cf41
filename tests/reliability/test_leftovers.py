"""What lies next to a ledger and belongs to another database is never copied into it; its own journal is."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from book import Book
from conftest import Result, at
from planledger.ledger.actions.request import Recording
from planledger.plan.refusal import ExitCode
from planledger.store.sqlite.opening import open_to_read, open_to_write
from trials import laid, python, soundness

Cli = Callable[..., Result]
COMMANDS = (
    ("status",),
    ("verify",),
    ("doctor",),
    ("record", "6.1", "--transferred", "40"),
    ("backup", "备份.zip"),
    ("export", "ledger", "台账.xlsx"),
)
# Begins to change every entry, lets SQLite write pages out before the end, and dies.
DYING = """import os, sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA cache_size = 1")
raw.execute("BEGIN IMMEDIATE")
raw.execute("DROP TRIGGER entry_no_update")
raw.execute("DROP TRIGGER item_no_update")
raw.execute("UPDATE item SET text = text || 'half'")
raw.execute("UPDATE entry SET note = 'half'")
os._exit(1)
"""


@pytest.fixture
def older(fresh_ledger: Path, tmp_path: Path) -> Path:
    """The ledger as it was some recordings ago."""
    return laid(fresh_ledger, tmp_path / "older.db")


@pytest.fixture
def dying(filled: Path) -> Path:
    """A ledger in the middle of whose change a program died: half of it is in the file, the rest in its journal."""
    with python(DYING, filled) as child:
        child.communicate()
    assert filled.with_name("ledger.db-journal").exists()
    return filled


def log_of_another(folder: Path) -> Path:
    """The log of a database that another program had open."""
    raw = sqlite3.connect(folder / "other.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("CREATE TABLE t (x)")
    kept = Path(shutil.copy(folder / "other.db-wal", folder / "kept"))
    raw.close()
    (folder / "other.db").unlink()
    return kept


def journal_of_another(folder: Path) -> Path:
    """The journal of a database whose program was killed."""
    raw = sqlite3.connect(folder / "other.db", isolation_level=None)
    raw.execute("CREATE TABLE t (x)")
    raw.executemany("INSERT INTO t VALUES (?)", [("x" * 100,)] * 500)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN")
    raw.execute("CREATE TABLE u (x)")
    raw.execute("UPDATE t SET x = 'y' || x")
    kept = Path(shutil.copy(folder / "other.db-journal", folder / "kept"))
    raw.execute("ROLLBACK")
    raw.close()
    (folder / "other.db").unlink()
    return kept


@pytest.mark.parametrize(
    ("make", "part"), [(log_of_another, "wal"), (journal_of_another, "journal")], ids=["log", "journal"]
)
def test_what_is_of_another_database_is_refused_and_nothing_is_touched(
    cli: Cli, home: Path, ledger: Path, make: Callable[[Path], Path], part: str
) -> None:
    make(home).rename(home / f"ledger.db-{part}")
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    sentence = f"台账 {ledger} 旁的 ledger.db-{part} 不是它的，可能是改名或拷贝时留下的；请移到别处留着，再试一次。文件未改动。\n"

    for words in COMMANDS:
        assert Result(ExitCode.NOT_A_LEDGER, "", sentence) == cli(*words, "--ledger", str(ledger))
    assert before == {path.name: path.read_bytes() for path in home.iterdir()}
    (home / f"ledger.db-{part}").unlink()
    assert ExitCode.DONE == cli("verify", "--ledger", str(ledger)).code


def test_the_journal_of_a_ledger_is_not_played_into_an_older_copy_of_it(
    cli: Cli, older: Path, dying: Path
) -> None:
    """Somebody puts yesterday's copy where a program had just died."""
    shutil.copy(older, dying)
    before = dying.read_bytes()

    assert ExitCode.NOT_A_LEDGER == cli("status", "--ledger", str(dying)).code
    assert before == dying.read_bytes()


@pytest.mark.parametrize("sector", [0, 8])
def test_a_made_up_journal_without_sectors_ends_the_looking(cli: Cli, ledger: Path, sector: int) -> None:
    """It would be walked for ever: no part of it is longer than nothing."""
    made_up = b"\xd9\xd5\x05\xf9 \xa1c\xd7" + bytes(12) + sector.to_bytes(4, "big") + bytes(4)
    ledger.with_name("ledger.db-journal").write_bytes(made_up * 2)

    assert ExitCode.DONE == cli("status", "--ledger", str(ledger)).code


def test_a_backup_comes_back_in_spite_of_leftovers(cli: Cli, home: Path, ledger: Path) -> None:
    assert ExitCode.DONE == cli("backup", "备份.zip", "--ledger", str(ledger)).code
    log_of_another(home).rename(home / "ledger.db-wal")
    answer = cli("restore", "备份.zip", "--ledger", str(ledger))

    assert ExitCode.DONE == answer.code, answer.err
    assert not (home / "ledger.db-wal").exists()
    assert ExitCode.DONE == cli("verify", "--ledger", str(ledger)).code


def test_its_own_journal_is_played_back(dying: Path, fresh_ledger: Path) -> None:
    verification = soundness(dying)

    assert ("", True) == (verification.fault, verification.entries > soundness(fresh_ledger).entries)
    assert not dying.with_name("ledger.db-journal").exists()


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's here")
def test_through_a_link_the_journal_of_the_ledger_itself_is_rolled_back(dying: Path) -> None:
    link = dying.with_name("链接.db")
    link.symlink_to(dying)

    assert "" == soundness(link).fault
    assert not dying.with_name("ledger.db-journal").exists()


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's here")
def test_under_a_second_name_what_is_half_done_is_noticed_and_the_first_name_mends_it(
    cli: Cli, dying: Path
) -> None:
    """SQLite looks for a journal under the name that it was given: a ledger should have one name."""
    second = dying.with_name("另名.db")
    second.hardlink_to(dying)

    assert cli("verify", "--ledger", str(second)).code in (ExitCode.VERIFICATION, ExitCode.NOT_A_LEDGER)
    assert "" == soundness(dying).fault
    assert "" == soundness(second).fault


def test_a_ledger_that_a_browser_left_with_a_log_of_its_own_is_read_and_written(ledger: Path) -> None:
    raw = sqlite3.connect(ledger)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    store = open_to_write(ledger)
    Book(store, at("2019-06-18")).record(Recording("9.2", is_done=True))
    reading = open_to_read(ledger)

    assert ledger.with_name("ledger.db-wal").stat().st_size
    assert 2 == reading.rows("SELECT COUNT(*) FROM entry")[0][0]
    reading.close()
    store.close()
