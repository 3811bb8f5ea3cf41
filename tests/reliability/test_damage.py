"""Bytes of a ledger that a disk or a person altered: `verify` notices whatever changes something that is shown."""

import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from tampering import unguarded
from trials import laid, sampled

Cli = Callable[..., Result]
SECTOR = 512
QUESTIONS = (
    ("status",),
    ("status", "--sum-by", "agency"),
    ("overdue", "--as-of", "2020-02-01"),
    ("upcoming", "--days", "365", "--as-of", "2019-01-01"),
    ("history", "--limit", "100000", "--full"),
    ("agencies", "--full"),
    ("reports", "--month", "2019-11"),
    ("silent", "--days", "1"),
    ("missing",),
    ("duplicates",),
    ("doubts",),
    ("filings",),
    ("evidence", "list"),
)
AFTERWARDS = "2020-01-10"
ROWS = 12


@pytest.fixture
def asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[Result]]:
    """Everything that the questions show of a ledger, each item's page with them."""
    monkeypatch.setenv("PLANLEDGER_TODAY", AFTERWARDS)

    def ask(ledger: Path) -> list[Result]:
        lists = [cli(*words, "--json", "--ledger", str(ledger)) for words in QUESTIONS]
        codes = ("1.3", "2.1", "3.1", "5.2", "6.1", "6.2", "7.1", "9.2")
        return lists + [cli("show", code, "--json", "--ledger", str(ledger)) for code in codes]

    return ask


def _noticed(cli: Cli, ledger: Path) -> bool:
    """Whether `verify` says that something is wrong; in a sentence, whatever it is."""
    answer = cli("verify", "--ledger", str(ledger))
    assert answer.code in (ExitCode.DONE, ExitCode.VERIFICATION, ExitCode.NOT_A_LEDGER, ExitCode.NEWER_LEDGER)
    assert "Traceback" not in answer.err
    return answer.code != ExitCode.DONE


def test_what_is_asked_here_is_asked_well(asked: Callable[[Path], list[Result]], filled: Path) -> None:
    """The answers that are compared below are answers, with figures in them."""
    answers = asked(filled)

    assert {ExitCode.DONE} == {answer.code for answer in answers}
    assert all(json.loads(answer.out) for answer in answers)
    assert 20_000 < sum(len(answer.out) for answer in answers)


@sampled("every", 67, 1)
def test_a_ledger_that_was_cut_off_anywhere_is_noticed(cli: Cli, filled: Path, every: int) -> None:
    whole = filled.read_bytes()
    cut = range(0, len(whole), SECTOR * every)
    for size in cut:
        filled.write_bytes(whole[:size])
        assert _noticed(cli, filled), size
    print(f"{len(cut)} lengths")  # noqa: T201


@sampled("edits", 6, 500)
def test_an_altered_byte_is_noticed_or_changes_nothing_that_is_shown(
    cli: Cli, filled: Path, asked: Callable[[Path], list[Result]], edits: int
) -> None:
    """Half of the bytes lie anywhere, half where something is written; seeded by the number of edits."""
    chance = random.Random(edits)  # noqa: S311
    whole, before = filled.read_bytes(), asked(filled)
    written = [place for place, byte in enumerate(whole) if byte]
    noticed = 0
    for number in range(edits):
        place = chance.choice(written) if number % 2 else chance.randrange(len(whole))
        altered = bytearray(whole)
        altered[place] ^= chance.randint(1, 255)
        filled.write_bytes(altered)
        if _noticed(cli, filled):
            noticed += 1
        else:
            assert before == asked(filled), place
    print(f"{edits} edits: {noticed} noticed, the others change nothing that is shown")  # noqa: T201
    assert noticed


def test_letters_that_are_none_in_the_names_of_the_tables_end_in_a_sentence(cli: Cli, filled: Path) -> None:
    """What SQLite says about such a file is no text either."""
    filled.write_bytes(filled.read_bytes().replace(b"CREATE TABLE origin (", b"CREATE TABLE \xf9rigin ("))

    answer = cli("status", "--ledger", str(filled))
    assert (ExitCode.NOT_A_LEDGER, "", 1) == (answer.code, answer.out, answer.err.count("\n"))


def _columns(ledger: Path) -> list[tuple[str, str, str]]:
    """Every column of every table, with its type."""
    raw = sqlite3.connect(ledger)
    tables = [
        name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    ]
    values = [
        (name, str(row[1]), str(row[2]))
        for name in tables
        for row in raw.execute(f"PRAGMA table_info({name})").fetchall()
    ]
    raw.close()
    return values


@pytest.mark.soak
def test_an_altered_value_is_noticed_or_is_shown_nowhere(
    cli: Cli, filled: Path, tmp_path: Path, asked: Callable[[Path], list[Result]]
) -> None:
    """Every column of every table, in its first rows, as whoever opens the file in a browser would alter it."""
    before = asked(filled)
    unseen, edits = set(), 0
    for table, column, kind in _columns(filled):
        for row in range(ROWS):
            altered = laid(filled, tmp_path / "altered.db")
            if not _alter(altered, table, column, kind, row):
                break
            edits += 1
            if not _noticed(cli, altered):
                assert before == asked(altered), (table, column)
                unseen.add(f"{table}.{column}")
    print(f"{edits} edits: noticed all but {sorted(unseen)}, which are shown nowhere")  # noqa: T201
    assert "entry.id" not in unseen
    # rows of a plan are known by what they say, and their place is what order they are in
    assert {"origin.turn"} == {name for name in unseen if not name.endswith((".id", ".position"))}


def _alter(ledger: Path, table: str, column: str, kind: str, row: int) -> bool:
    """Alter one value behind the triggers; say whether there was one."""
    raw = sqlite3.connect(ledger, isolation_level=None)
    cell = raw.execute(
        f"SELECT rowid, {column} FROM {table} ORDER BY rowid LIMIT 1 OFFSET ?",  # noqa: S608  (names of our tables)
        (row,),
    ).fetchone()
    if cell is not None:
        place, value = cell
        others = {
            "INTEGER": (value or 0) + 1000 if kind == "INTEGER" else 0,
            "BLOB": b"x",
            "TEXT": f"{value}x",
        }
        with unguarded(raw):
            raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (others[kind], place))  # noqa: S608  (as above)
    raw.close()
    return cell is not None
