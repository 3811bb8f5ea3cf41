"""The chain notices what no trigger stops: a file altered by somebody who means to."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from planledger.ledger.book import Book
from planledger.ledger.recording import Recording
from planledger.ledger.verification import verify
from planledger.questions.soundness import Verification
from planledger.store.database import open_to_read

BROKEN = "第 3 号记录与封存时不符：内容、顺序或封签被改动过。"
EDITS = {
    "kind": "'close'",
    "code": "'6.2'",
    "indicator": "'fairs'",
    "amount": "41",
    "side": "'大新县'",
    "agency": "'大新县人社局'",
    "dated": "'2019-06-19'",
    "recorded_at": "'2019-06-18T09:00:00.000001+08:00'",
    "recorded_by": "'别人'",
    "subject": "'会议纪要'",
    "note": "'改'",
    "details": "'[]'",
    "reverses": "2",
    "hash": "x'00'",
}


@pytest.fixture
def written(ledger: Path, book: Callable[..., Book]) -> Path:
    """A ledger with five entries."""
    for day, typed in (("2019-05-10", "10"), ("2019-06-18", "40"), ("2019-07-01", "30")):
        book(day).record(Recording("6.1", (("transferred", typed),), agency="江海区人社局"))
    book("2019-07-02").reverse(4, "重复登记")
    return ledger


def tampered(path: Path, *statements: str) -> Verification:
    """Alter the file behind the triggers, then verify it."""
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    store = open_to_read(path)
    found = verify(store)
    store.close()
    return found


def test_an_untouched_ledger_verifies(written: Path) -> None:
    found = tampered(written)

    assert (5, "2019-04-01", 64, "") == (found.entries, found.since, len(found.head), found.fault)


@pytest.mark.parametrize("column", EDITS)
def test_an_edit_of_any_column_is_noticed_at_its_entry(written: Path, column: str) -> None:
    found = tampered(written, f"UPDATE entry SET {column} = {EDITS[column]} WHERE id = 3")  # noqa: S608

    assert (2, BROKEN) == (found.entries, found.fault)


def test_an_entry_taken_out_of_the_middle_is_noticed(written: Path) -> None:
    found = tampered(written, "DELETE FROM entry WHERE id = 3")

    assert "第 3 号记录不见了，或记录号被改动过。" == found.fault


def test_renumbered_entries_are_noticed(written: Path) -> None:
    found = tampered(written, "UPDATE entry SET id = id + 100 WHERE id > 4")

    assert "第 5 号记录不见了，或记录号被改动过。" == found.fault


def test_an_index_that_hides_an_entry_is_noticed(written: Path) -> None:
    """Answers are read from indexes, seals from tables: the two must agree."""
    found = tampered(
        written,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'indicator <> ' || quote(''), 'indicator <> ' || quote('') || ' AND amount <> 40') WHERE name = 'entry_figures'",
    )
    connection = sqlite3.connect(written)
    connection.execute("REINDEX entry_figures")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ' AND amount <> 40', '') WHERE name = 'entry_figures'"
    )
    connection.commit()
    connection.close()
    store = open_to_read(written)

    assert "" == found.fault or found.fault
    assert verify(store).fault.startswith("台账文件内部不一致")
    store.close()


def test_two_entries_that_change_places_are_noticed(written: Path) -> None:
    found = tampered(
        written,
        "UPDATE entry SET seq = 99 WHERE id = 2",
        "UPDATE entry SET seq = 2 WHERE id = 3",
        "UPDATE entry SET seq = 3 WHERE id = 2",
    )

    assert found.fault


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE indicator SET target = 15 WHERE key = 'transferred'",
        "UPDATE item SET text = text || '。' WHERE code = '9.1'",
        "DELETE FROM duty WHERE code = '7.1' AND agency = '江海区妇联'",
        "UPDATE item SET last_day = '2019-12-31' WHERE code = '2.1'",
        "INSERT INTO area (version_id, position, code, name) VALUES (1, 9, '10', '新')",
        "UPDATE version SET digest = 'x'",
        "DELETE FROM finding",
    ],
)
def test_a_change_to_the_adopted_plan_is_noticed(written: Path, edit: str) -> None:
    found = tampered(written, edit)

    assert (5, True) == (found.entries, bool(found.fault))


def test_verify_ends_with_9_and_says_what_is_wrong(
    written: Path, process: Callable[..., "tuple[int, str, str]"]
) -> None:
    tampered(written, "UPDATE entry SET amount = 41 WHERE id = 3")

    assert (
        9,
        f"校验未通过：{BROKEN}此前 2 条完好。请勿再登记，保留此文件，用最近的备份核对。\n",
        "",
    ) == process("verify", "--ledger", str(written))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET amount = 41 WHERE id = 2",
        "DELETE FROM entry WHERE id = 2",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE id = 2",
        "INSERT INTO entry (id, origin_id, seq, plan_id, kind, code, indicator, side, agency, dated, recorded_at,"
        " recorded_by, subject, note, details, hash) SELECT 77, 1, 2, plan_id, kind, code, indicator, side, agency,"
        " dated, recorded_at, recorded_by, subject, note, details, hash FROM entry WHERE id = 2",
        "UPDATE indicator SET target = 15",
        "DELETE FROM duty",
    ],
)
def test_another_program_is_refused_to_alter_anything(written: Path, statement: str) -> None:
    """Even a plain SQLite shell, with its own settings, meets the triggers."""
    connection = sqlite3.connect(written)

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
