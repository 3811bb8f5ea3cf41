"""The chain notices what no trigger stops: a file altered by somebody who means to."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from book import Book
from conftest import Result
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify, verify_since
from planledger.plan.refusal import ExitCode
from planledger.questions.answers.soundness import NotedHead, Verification
from planledger.store.sqlite.opening import open_to_read
from stranger import ENTRIES, sealed
from tampering import unguarded

pytestmark = pytest.mark.in_file

BROKEN = "第3号记录与封存时不符：内容、顺序或封签被改动过。"
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
    with unguarded(connection):
        for statement in statements:
            connection.execute(statement)
    connection.close()
    store = open_to_read(path)
    verification = verify(store)
    store.close()
    return verification


def test_an_untouched_ledger_verifies(written: Path) -> None:
    verification = tampered(written)

    assert (5, "2019-04-01", 64, "") == (
        verification.entries,
        verification.since,
        len(verification.head),
        verification.fault,
    )


@pytest.mark.parametrize("column", EDITS)
def test_an_edit_of_any_column_is_noticed_at_its_entry(written: Path, column: str) -> None:
    verification = tampered(written, f"UPDATE entry SET {column} = {EDITS[column]} WHERE id = 3")  # noqa: S608

    assert (2, BROKEN) == (verification.entries, verification.fault)


def test_an_entry_taken_out_of_the_middle_is_noticed(written: Path) -> None:
    verification = tampered(written, "DELETE FROM entry WHERE id = 3")

    assert "第3号记录不见了，或记录号被改动过。" == verification.fault


def test_renumbered_entries_are_noticed(written: Path) -> None:
    verification = tampered(written, "UPDATE entry SET id = id + 100 WHERE id > 4")

    assert "第5号记录不见了，或记录号被改动过。" == verification.fault


def test_an_index_that_hides_an_entry_is_noticed(written: Path) -> None:
    """Answers are read from indexes, seals from tables: the two must agree."""
    verification = tampered(
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

    assert "" == verification.fault or verification.fault
    assert verify(store).fault.startswith("台账文件内部不一致")
    store.close()


@pytest.mark.parametrize(
    "insert",
    [
        # a reversal that nobody walks to, and a figure too: the least row ids there are
        """SELECT -9223372036854775808, origin_id, 0, plan_id, 'reversal', code, indicator, -amount, side, agency, dated,
        recorded_at, recorded_by, subject, note, details, id, hash FROM entry WHERE id = 2""",
        """SELECT -9223372036854775807, origin_id, -5, plan_id, kind, code, indicator, 100, side, agency, dated,
        recorded_at, recorded_by, subject, note, details, NULL, hash FROM entry WHERE id = 2""",
        """SELECT 9223372036854775807, origin_id, 99, plan_id, kind, code, indicator, 100, side, agency, dated,
        recorded_at, recorded_by, subject, note, details, NULL, hash FROM entry WHERE id = 2""",
    ],
)
def test_a_row_that_lies_anywhere_else_is_noticed(written: Path, insert: str) -> None:
    assert tampered(written, "PRAGMA ignore_check_constraints = ON", f"INSERT INTO entry {insert}").fault


def test_a_second_head_of_a_plan_is_noticed(written: Path) -> None:
    second = "INSERT INTO meta SELECT 999, version_id, 1, key, '伪造', 2020, 0, '伪造', '' FROM meta"

    assert tampered(written, second).fault.startswith("方案 jianghai-daxin-2019 的内容与第1号启用记录不符")


def test_two_entries_that_change_places_are_noticed(written: Path) -> None:
    verification = tampered(
        written,
        "UPDATE entry SET seq = 99 WHERE id = 2",
        "UPDATE entry SET seq = 2 WHERE id = 3",
        "UPDATE entry SET seq = 3 WHERE id = 2",
    )

    assert verification.fault


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
    verification = tampered(written, edit)

    assert (5, True) == (verification.entries, bool(verification.fault))


def test_verify_ends_with_9_and_says_what_is_wrong(
    written: Path, process: Callable[..., "tuple[int, str, str]"]
) -> None:
    tampered(written, "UPDATE entry SET amount = 41 WHERE id = 3")

    assert (
        9,
        f"校验未通过：{BROKEN}此前2条完好。请勿再登记，保留此文件，用最近的备份核对。\n",
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


def test_a_reversal_that_does_not_cancel_what_it_reverses_is_noticed(written: Path) -> None:
    """A false reversal with a new seal is noticed by the sums, without any noted head."""
    verification = tampered(written, "UPDATE entry SET amount = -39 WHERE id = 5")
    assert "第5号记录与封存时不符" in verification.fault
    connection = sqlite3.connect(written)
    sealed_anew(connection)
    connection.close()
    store = open_to_read(written)

    assert "第5号冲正与它所冲的记录不相抵，合计不可信。" == verify(store).fault
    store.close()


def test_a_row_that_points_nowhere_is_noticed(written: Path) -> None:
    verification = tampered(
        written,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO duty (version_id, position, code, agency, side, role, is_group) VALUES (99, 0, '6.1', 'x', '', 'lead', 0)",
    )

    assert "台账文件内部不一致（duty 表第126行指向不存在的行）。" == verification.fault


def sealed_anew(raw: sqlite3.Connection) -> None:
    """Recompute every seal, as somebody does who holds the file and knows the rules."""
    previous = "0" * 64
    with unguarded(raw):
        for origin, seq, *fields, _, number in raw.execute(ENTRIES).fetchall():
            previous = sealed([1, origin, seq, previous, *fields])
            raw.execute("UPDATE entry SET hash = ? WHERE id = ?", (bytes.fromhex(previous), number))


class TestHead:
    """A head that was noted outside of the ledger shows what the chain alone cannot: an end cut off, a chain made anew."""

    @pytest.fixture
    def head(self, written: Path) -> NotedHead:
        store = open_to_read(written)
        verification = verify(store)
        store.close()
        return NotedHead(verification.entries, verification.head[:16])

    def against(self, path: Path, head: NotedHead) -> str:
        store = open_to_read(path)
        fault = verify(store, head).fault
        store.close()
        return fault

    def test_what_grew_since_then_agrees(
        self, written: Path, head: NotedHead, book: Callable[..., Book]
    ) -> None:
        book("2019-08-01").record(Recording("9.2", is_done=True))

        assert "" == self.against(written, head)

    def test_an_end_that_was_cut_off_is_noticed(self, written: Path, head: NotedHead) -> None:
        assert "" == tampered(written, "DELETE FROM entry WHERE id = 5").fault
        sentence = "抄下的链首是第5条，台账只有4条：不是这个台账的链首，或后面的被截去，或换成了旧的台账。"

        assert sentence == self.against(written, head)

    def test_a_last_entry_that_was_replaced_is_noticed(self, written: Path, head: NotedHead) -> None:
        tampered(written, "UPDATE entry SET note = '改' WHERE id = 5")
        raw = sqlite3.connect(written)
        sealed_anew(raw)
        raw.close()

        assert "" == self.against(written, head._replace(number=4, seal=seal_of(written, 4)))
        assert self.against(written, head).startswith("抄下的链首与台账不同：第5号的封签是 ")

    def test_a_chain_that_was_made_anew_is_noticed(self, written: Path, head: NotedHead) -> None:
        tampered(written, "UPDATE entry SET amount = 41 WHERE id = 3")
        raw = sqlite3.connect(written)
        sealed_anew(raw)
        raw.close()

        assert self.against(written, head).startswith("抄下的链首与台账不同：第5号的封签是 ")

    def test_since_a_head_only_what_came_after_is_looked_at(
        self, written: Path, head: NotedHead, book: Callable[..., Book]
    ) -> None:
        book("2019-08-01").record(Recording("9.2", is_done=True))
        old = tampered(written, "UPDATE entry SET note = '改' WHERE id = 2")
        store = open_to_read(written)
        assert old.fault
        verification = verify_since(store, head)
        assert (6, "2019-08-01", "") == (verification.entries, verification.since, verification.fault)
        store.close()

        tampered(written, "UPDATE entry SET note = '改' WHERE id = 6")
        store = open_to_read(written)
        assert "第6号记录与封存时不符：内容、顺序或封签被改动过。" == verify_since(store, head).fault
        store.close()


def seal_of(path: Path, number: int) -> str:
    raw = sqlite3.connect(path)
    (seal,) = raw.execute("SELECT hash FROM entry WHERE id = ?", (number,)).fetchone()
    raw.close()
    return bytes(seal).hex()[:16]


class TestCommand:
    """`verify` reads a head as it prints it, and says what agrees."""

    @pytest.fixture
    def head(self, cli: Callable[..., Result], written: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setenv("PLANLEDGER_LEDGER", str(written))
        match = re.search(r"链首 (5:[0-9a-f]{16})$", cli("verify").out.strip())
        assert match
        return match[1]

    def test_against_an_own_head(self, cli: Callable[..., Result], head: str) -> None:
        text = (
            "校验通过：自2019-04-01起共5条记录，与封存时一致；方案内容与启用时一致。\n"
            f"与抄下的链首 {head} 相符：此前的记录没有改动、没有截去。\n链首 {head}\n"
        )
        for typed in (head, f"链首 {head}", head.replace(":", "：").upper()):
            assert Result(0, text, "") == cli("verify", "--against", typed)

    def test_against_a_foreign_head(self, cli: Callable[..., Result], head: str) -> None:
        answer = cli("verify", "--against", "5:0123456789abcdef")

        assert ExitCode.VERIFICATION == answer.code
        assert (
            f"校验未通过：抄下的链首与台账不同：第5号的封签是 {head[2:]}，抄下的是 0123456789abcdef。请先核对有没有抄错"
            in answer.out
        )
        assert answer.out.endswith("请勿再登记，保留此文件，用最近的备份核对。\n")

    def test_since_an_own_head(self, cli: Callable[..., Result], head: str) -> None:
        text = f"校验通过：第5号之后没有记录；链首之前的没有再查，全部的请用 planledger verify 校验。\n链首 {head}\n"

        assert Result(0, text, "") == cli("verify", "--since", head)

    @pytest.mark.parametrize("typed", ["5", "5:0123", "x:0123456789abcdef", "0:0123456789abcdef"])
    def test_what_is_no_head_is_refused(self, cli: Callable[..., Result], head: str, typed: str) -> None:
        sentence = (
            f"“{typed}”不是链首；请照抄 verify 显示的那一段，例如 33:0123456789abcdef（冒号后至少16位）。\n"
        )

        assert Result(ExitCode.REFUSED, "", sentence) == cli("verify", "--against", typed)
        assert ExitCode.REFUSED == cli("verify", "--since", head, "--against", head).code


TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def test_a_row_of_any_table_belongs_to_what_was_sealed(written: Path) -> None:
    """One row more, in whichever table: no answer uses a row that the check has not met."""
    raw = sqlite3.connect(written)
    tables = [name for (name,) in raw.execute(TABLES)]
    raw.close()
    whole = written.read_bytes()
    assert {"entry", "plan", "version", "source"} <= set(tables)
    for table in tables:
        written.write_bytes(whole)
        raw = sqlite3.connect(written)
        columns = raw.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
        points = dict(raw.execute('SELECT "from", 1 FROM pragma_foreign_key_list(?)', (table,)).fetchall())
        made_up = {
            name: points.get(name, {"INTEGER": 900 + len(table), "TEXT": "x", "BLOB": b"x"}[kind])
            for name, kind in columns
        }
        if table == "entry":
            made_up["reverses"] = None
        raw.execute("PRAGMA foreign_keys = ON")
        places = ", ".join(f":{name}" for name in made_up)
        raw.execute(f"INSERT INTO {table} ({', '.join(made_up)}) VALUES ({places})", made_up)  # noqa: S608
        raw.commit()
        raw.close()

        assert tampered(written).fault, table
