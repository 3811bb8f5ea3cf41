"""What every place that keeps a ledger promises, a file and a server alike."""

import threading
from pathlib import Path

import pytest

from book import Book
from conftest import at
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain import journal
from planledger.ledger.chain.verification import verify
from planledger.ledger.plans.adoption import NewPlan, adopt, begin
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.facts.office import read_head
from planledger.questions.receipt import Draft
from planledger.store.database import CHAINS, Store
from planledger.store.errors import NoFolder
from planledger.store.sqlite.opening import open_to_read
from postgres import Kept
from statements import STATEMENTS, parameters

SECOND = Path(__file__).parent.parent / "plans" / "second.yaml"
COUNT = "SELECT COUNT(*) FROM entry"


@pytest.fixture(scope="session")
def second() -> Plan:
    """The made-up plan of another county."""
    return require_plan(SECOND)


def record(store: Store, amount: str = "40", plan: str = "") -> int:
    receipt = Book(store, at("2019-06-18"), plan).record(
        Recording("6.1", (("transferred", amount),), agency="江海区人社局")
    )
    return receipt.stored[0].number


def test_every_question_is_understood(opened: Store) -> None:
    """The same text is asked everywhere: what one database does not understand, the other may not be asked."""
    assert len(STATEMENTS) > 80
    for name, sql in STATEMENTS.items():
        if name != "INSERT_ENTRY":
            assert isinstance(opened.rows(sql, parameters(sql)), list), sql


def test_rows_are_plain_tuples_of_what_was_stored(opened: Store) -> None:
    record(opened)
    sql = "SELECT seq, kind, amount, reverses, hash FROM entry WHERE seq > :after ORDER BY id"

    ((seq, kind, amount, reverses, seal),) = opened.rows(sql, {"after": 1})

    assert (2, "amount", 40, None) == (seq, kind, amount, reverses)
    assert isinstance(seal, bytes)
    assert [(2, "amount", 40, None, seal)] == list(opened.walk(sql, {"after": 1}))
    assert (2, "amount", 40, None, seal) == opened.row(sql, {"after": 1})
    assert opened.row(sql, {"after": 2}) is None


def test_an_action_that_fails_half_way_leaves_nothing(opened: Store) -> None:
    def slip() -> None:
        with opened.transaction():
            journal.append_all(opened, 1, (_draft(),), at("2019-06-18"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        slip()

    assert [(1,)] == opened.rows(COUNT)
    assert 2 == record(opened)


def _draft() -> Draft:
    return Draft("declaration", "2019-06-18", "1.1", agency="江海区督查室")


def test_a_view_does_not_change_while_others_write(kept: Kept, opened: Store) -> None:
    other = kept.open()
    with opened.snapshot():
        before = opened.rows(COUNT)
        if kept.kind == "server":  # a file lets nobody commit while it is read; a server does
            record(other)
        assert before == opened.rows(COUNT)
    if kept.kind == "file":
        record(other)
    assert [(2,)] == opened.rows(COUNT)
    other.close()


def test_a_view_within_a_view_is_the_same(kept: Kept, opened: Store) -> None:
    """The inner one ends nothing: what others write is seen when the outer one ends."""
    other = kept.open()
    with opened.snapshot():
        before = opened.rows(COUNT)
        with opened.snapshot():
            assert before == opened.rows(COUNT)
        if kept.kind == "server":
            record(other)
        assert before == opened.rows(COUNT)
    if kept.kind == "file":
        record(other)
    assert [(2,)] == opened.rows(COUNT)
    other.close()


def test_of_two_that_write_at_once_the_second_builds_on_the_first(kept: Kept, opened: Store) -> None:
    """Both have looked before either writes; the one that waits must look again."""
    first_holds, numbers = threading.Event(), []

    def other() -> None:
        store = kept.open()
        first_holds.wait(10)
        numbers.append(record(store, "5"))
        store.close()

    thread = threading.Thread(target=other)
    thread.start()
    with opened.transaction():
        first_holds.set()
        thread.join(0.3)
        (number,) = journal.append_all(opened, 1, (_draft(),), at("2019-06-18"))
    thread.join()

    assert (2, [3]) == (number, numbers)
    assert (3, "") == (verify(opened).entries, verify(opened).fault)


@pytest.mark.parametrize(
    "note", ["' OR 1=1 --", "%", "_", "\\", "%%", ":plan", "a:b", "$1", "%(plan)s", "汉字𠮷", "١٢"]
)
def test_texts_come_back_as_they_went_in(opened: Store, note: str) -> None:
    Book(opened, at("2019-06-18")).record(Recording("9.2", is_done=True, note=note))

    assert note == opened.rows("SELECT note FROM entry WHERE seq = 2")[0][0]
    assert "" == verify(opened).fault


@pytest.mark.parametrize("note", ["a\0b", "\ud800"])
def test_what_cannot_be_stored_is_refused(opened: Store, note: str) -> None:
    with pytest.raises(Refusal):
        Book(opened, at("2019-06-18")).record(Recording("9.2", is_done=True, note=note))

    assert [(1,)] == opened.rows(COUNT)


def test_days_and_names_are_compared_by_their_characters(opened: Store) -> None:
    """A server's own language must not decide what comes after what."""
    rows = opened.rows(
        "SELECT agency FROM duty WHERE code = '1.1' AND agency > :name ORDER BY agency", {"name": "Z"}
    )
    names = [str(row[0]) for row in rows]

    assert names == sorted(names)
    assert len(names) > 1


def test_a_second_office_keeps_a_chain_of_its_own(opened: Store, second: Plan) -> None:
    """Its numbers begin at one, and neither chain is touched by what the other says."""
    record(opened)
    before = verify(opened)
    begin(opened, NewPlan(second, at("2019-05-06"), "虚构办"))
    first, other = opened.chains()

    assert ("试验办", "虚构办") == (first.office, other.office)
    with opened.of(other).snapshot():
        assert 2 == read_head(opened.of(other)).number + 1
    assert before[:4] == verify(opened.of(first))[:4]
    assert (1, "") == (verify(opened.of(other)).entries, verify(opened.of(other)).fault)


def test_where_several_offices_share_a_ledger_a_plan_says_whose_is_meant(
    kept: Kept, opened: Store, second: Plan
) -> None:
    begin(opened, NewPlan(second, at("2019-05-06"), "虚构办"))
    again = kept.open()

    assert not again.has_chosen
    with pytest.raises(Refusal, match="请用 --plan"):
        record(again)
    assert 2 == record(again.choose("jianghai-daxin-2019"), plan="jianghai-daxin-2019")
    again.close()
    both = kept.open()
    everything = verify(both)
    assert [("试验办", 2), ("虚构办", 1)] == [(end.office, end.entries) for end in everything.ends]
    both.close()


def test_a_plan_that_is_there_cannot_begin_a_chain(opened: Store, plan: Plan) -> None:
    with pytest.raises(Refusal, match="里已有方案"):
        begin(opened, NewPlan(plan, at("2019-05-06"), "虚构办"))

    assert 1 == len(opened.rows(CHAINS))


def test_another_plan_of_the_same_office_goes_into_the_same_chain(opened: Store, second: Plan) -> None:
    assert 2 == adopt(opened, NewPlan(second, at("2019-05-06"))).entry
    assert (2, "") == (verify(opened).entries, verify(opened).fault)


def test_a_copy_is_the_ledger(opened: Store, tmp_path: Path) -> None:
    """Rows, seals and numbers: whoever holds the copy can check it without us."""
    record(opened)
    copy = tmp_path / "copy.db"
    copy.touch()
    opened.copy_into(copy)
    there = verify(opened)
    store = open_to_read(copy)

    assert there == verify(store)
    for table in ("entry", "item", "duty", "plan", "origin"):
        sql = f"SELECT * FROM {table} ORDER BY id"  # noqa: S608
        assert opened.rows(sql) == store.rows(sql)
    store.close()


def test_files_of_two_offices_lie_apart(
    kept: Kept, opened: Store, second: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kept.kind == "server":
        with pytest.raises(NoFolder):
            _ = opened.files
    monkeypatch.setenv("PLANLEDGER_FILES", str(tmp_path))
    begin(opened, NewPlan(second, at("2019-05-06"), "虚构办"))
    first, other = (opened.of(chain) for chain in opened.chains())

    assert first.files != other.files
    assert not other.files.is_relative_to(first.files) or kept.kind == "file"
