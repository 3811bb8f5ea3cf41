"""Rows of entries read as values, each held against what its kind can say."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from planledger.plan.model.entry_details import (
    Details,
    ImpossibleEntryError,
    check_day,
    check_figure,
    check_moment,
    check_texts,
    read_details,
    read_entry,
)
from planledger.plan.model.entry_kinds import PROOFS
from planledger.plan.model.terms import EntryKind
from planledger.questions import sql
from planledger.questions.facts.progress import Amendment, Mark, PlanMark, UnsummedAmount
from planledger.store.database import Store
from planledger.store.errors import NotALedger

T = TypeVar("T")


class ForgedEntry(NotALedger):
    """The ledger says what the program never writes, although its seals may fit: nobody may rely on it."""

    def __init__(self, number: int, why: ImpossibleEntryError) -> None:
        """Say of entry *number* what of it cannot be."""
        super().__init__(
            f"第 {number} 号记录的{why}，不是程序所写；请勿再登记，运行 planledger verify 核对，用最近的备份恢复。"
        )


def singles(rows: Iterable[tuple[Any, ...]]) -> Iterator[UnsummedAmount]:
    """Read figures that stand by themselves."""
    return (checked_row(_single, UnsummedAmount._make(row), row[6]) for row in rows)


def marks(rows: Iterable[tuple[Any, ...]]) -> Iterator[Mark]:
    """Read entries on items that are no figures."""
    return (checked_row(_mark, Mark._make(row), row[6]) for row in rows)


def plan_marks(rows: Iterable[tuple[Any, ...]]) -> Iterator[PlanMark]:
    """Read entries that concern the plan as a whole and one unit."""
    return (checked_row(_plan_mark, PlanMark._make(row), row[4]) for row in rows)


def amendments(rows: Iterable[tuple[Any, ...]]) -> Iterator[Amendment]:
    """Read what was amended."""
    return (checked_row(_amendment, Amendment._make(row), row[0]) for row in rows)


def details_of(number: int, kind: str, written: str) -> Details:
    """Read what only an entry of this kind says.

    Raises:
        MadeUp: as all of this module.
    """
    return checked_row(lambda text: read_details(kind, text), written, number)


def name_in(number: int, subject: str) -> str:
    """Take the name that an entry gives to the office.

    Raises:
        MadeUp: it is longer than any that is taken in.
    """
    return checked_row(_name, subject, number)


def moment_of(number: int, recorded_at: str) -> str:
    """Take a moment of recording as it is stored.

    Raises:
        MadeUp: it is none.
    """
    return checked_row(_moment, recorded_at, number)


def refuse_unadopted(store: Store, origin: int = 0) -> None:
    """Refuse a ledger with plans of which none is in force: the entry that should have adopted one says something else.

    Raises:
        MadeUp: there is such a plan, of the chain *origin* or of any.
    """
    for (plan,) in store.rows(sql.PLAN_IDS, {"origin": origin}):
        row = store.row(sql.LATER_ENTRY, {"plan": plan, "id": 0})
        raise ForgedEntry(int(row[0]) if row else 0, ImpossibleEntryError("类型或内容读不懂（没有启用方案）"))


def refuse_impossible(store: Store) -> None:
    """Refuse a chain with an entry that sums and days would take for another one, or pass over; of several chains all of them.

    Raises:
        MadeUp: there is one.
    """
    row = store.row(sql.IMPOSSIBLE, {"origin": store.chain.origin_id if store.has_chosen else 0})
    if row:
        checked_row(_impossible, row, row[0])


def checked_row(made: "Callable[[Any], T]", row: Any, number: Any) -> "T":
    """Read one row of an entry that people know by *number*.

    Raises:
        MadeUp: it says what its kind cannot say.
    """
    try:
        return made(row)
    except ImpossibleEntryError as why:
        raise ForgedEntry(int(number), why) from None


def _impossible(row: tuple[Any, ...]) -> None:
    _, kind, code, indicator, amount, agency, dated, recorded_at, subject, written, reverses = row
    check_figure(kind, indicator, amount, reverses)
    check_moment(recorded_at)
    read_entry(kind, code, agency, dated, subject, written)
    raise ImpossibleEntryError("记录号读不懂")


def _single(row: UnsummedAmount) -> UnsummedAmount:
    check_day(row.day)
    check_figure(EntryKind.AMOUNT, row.indicator, row.amount, None)
    return row._replace(details=read_details(EntryKind.AMOUNT, row.details)) if row.details else row


def _mark(row: Mark) -> Mark:
    more = read_entry(row.kind, row.code, row.agency, row.day, row.subject, row.details)
    return row._replace(details=more)


def _plan_mark(row: PlanMark) -> PlanMark:
    check_texts(row.note)
    return row._replace(details=read_entry(row.kind, "", row.agency, row.day, row.subject, row.details))


def _amendment(row: Amendment) -> Amendment:
    check_texts(row.because)
    kind = EntryKind.AMENDMENT
    return row._replace(details=read_entry(kind, row.code, row.agency, row.day, row.subject, row.details))


def _name(subject: str) -> str:
    check_texts(subject)
    return subject


def _moment(recorded_at: str) -> str:
    check_moment(recorded_at)
    return recorded_at


M = TypeVar("M", Mark, Amendment, PlanMark)


def standing_marks(marks: Iterable[Mark]) -> list[Mark]:
    """Say of files whose bytes are gone by which entry they were destroyed, in the place of a mark of its own."""
    found = list(marks)
    ends = [mark for mark in found if mark.kind == EntryKind.DESTRUCTION]
    if not ends:
        return found
    destroyed = {end.details.number("entry"): end.entry for end in ends}
    left = (mark for mark in found if mark.kind != EntryKind.DESTRUCTION)
    return [mark._replace(destroyed_by=destroyed.get(mark.entry, 0)) for mark in left]


def papers_of_events(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Take the papers that several rows may count: they belong to an event, and nobody destroyed them."""
    return tuple(mark for mark in marks if mark.kind in PROOFS and mark.details and not mark.destroyed_by)


def masked_marks(read: Iterable[M], *, is_full: bool) -> Iterable[M]:
    """Mask what entries say of people in passing, unless all of it is wanted; most say nothing but their kind."""
    found = list(read)
    if is_full or not any(one.details or getattr(one, "note", "") for one in found):
        return found
    from planledger.questions.facts.masked_rows import masked

    return map(masked, found)
