"""Rows of entries as values, each held against what its kind can say.

What the program never writes raises `ForgedEntry` here, although its seal may fit.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from planledger.plan.days import LATEST, days_between
from planledger.plan.model.entry_details import (
    Details,
    EntryNames,
    ImpossibleEntryError,
    check_day,
    check_earlier,
    check_figure,
    check_moment,
    check_texts,
    event_of,
    read_details,
    read_entry,
)
from planledger.plan.model.entry_kinds import MEANING, PROOFS
from planledger.plan.model.terms import EntryKind
from planledger.plan.phrases.unit_names import UnitChange
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions import sql
from planledger.questions.facts.figure import UnsummedAmount
from planledger.questions.facts.progress import Mark
from planledger.store.database import Store
from planledger.store.errors import NotALedger

TYPED_LATE_DAYS = 30
SHOWN_DIGITS = 16  # of a seal


class ForgedEntry(NotALedger):
    """The ledger holds what the program never writes, although its seals may fit: nobody may rely on it."""

    def __init__(self, number: int, why: ImpossibleEntryError) -> None:
        """Put into words which entry it is and what of it cannot be."""
        super().__init__(
            f"第{number}号记录的{why}，不是程序所写；请勿再登记，运行 planledger verify 核对，用最近的备份恢复。"
        )


class Checked:
    """The reading of one entry, known by its number; what its kind cannot say ends it as `ForgedEntry`."""

    def __init__(self, number: Any) -> None:
        """Begin to read entry *number*."""
        self.number = number

    def __enter__(self) -> None:
        """Nothing has to be done before."""

    def __exit__(self, _kind: object, why: object, _trace: object) -> None:
        """Raise what its kind cannot say with the number of the entry."""
        if isinstance(why, ImpossibleEntryError):
            raise ForgedEntry(int(self.number), why) from None


class Entry(NamedTuple):
    """One entry of the ledger as it was stored."""

    number: int  # that people type: its place in the chain
    plan: str
    plan_id: int
    code: str
    kind: str
    indicator: str
    amount: int | None
    dated: str
    recorded_at: str
    agency: str
    side: str
    by: str
    note: str
    subject: str
    details: Details
    reverses: int | None
    reversed_by: int | None  # as far as was known at the moment of the question
    reversed_kind: str | None  # of what it reverses

    @property
    def event(self) -> int:
        """Which event it belongs to, by the number of the first entry of it."""
        return event_of(self.number, self.details)

    @property
    def resembles(self) -> int:
        """The entry of another unit that this one may repeat (疑似重复上报); 0 if there is none."""
        return self.details.number("resembles")

    def detail(self, name: str) -> str:
        """What only its kind says: of a paper `ref` (文号) and `held_by`; empty if it says nothing of it."""
        return self.details.text(name)

    def number_of(self, name: str) -> int | None:
        """The number of another entry that its details name; None if they do not."""
        return self.details.number(name) if self.detail(name) else None

    @property
    def was_typed_late(self) -> bool:
        """Whether it came into the ledger long after its day (补录); a reversal only follows another's day."""
        is_late = days_between(self.dated, self.recorded_at[:10]) > TYPED_LATE_DAYS
        return is_late and MEANING[self.kind].has_own_day

    @property
    def is_private(self) -> bool:
        """Whether it says whom to call in a unit, or takes that back: what it says of a person is masked."""
        return MEANING[self.reversed_kind or self.kind].is_private


def entries(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    """Read whole entries."""
    for row in map(Entry._make, rows):
        with Checked(row.number):
            check_figure(row.kind, row.indicator, row.amount, row.reverses)
            check_moment(row.recorded_at)
            check_texts(row.note, row.by, row.subject, row.agency, row.side, row.code, row.indicator)
            more = read_entry(row.kind, EntryNames(row.code, row.agency, row.dated, row.subject), row.details)
            check_earlier(row.number, more)
        yield row._replace(details=more)


def entry_numbered(store: Store, number: int, refusal: type[Refusal] = NotRecorded) -> Entry:
    """Find an entry by its number.

    Raises:
        Refusal: there is no such entry; it is of the class *refusal*.
    """
    asked = {"id": store.chain.entry_id(number), "known_at": LATEST}
    row = store.row(sql.ENTRY, asked) if store.chain.holds(number) else None
    if row is None:
        raise refusal(f"台账里没有第{number}号记录；运行 planledger history 可看记录号。")
    return next(entries((row,)))


def singles(rows: Iterable[tuple[Any, ...]]) -> Iterator[UnsummedAmount]:
    """Read figures that stand by themselves."""
    for row in map(UnsummedAmount._make, rows):
        with Checked(row.entry):
            check_day(row.day)
            check_figure(EntryKind.AMOUNT, row.indicator, row.amount, None)
            more = read_details(EntryKind.AMOUNT, row.details)
        yield row._replace(details=more)


def marks(rows: Iterable[tuple[Any, ...]]) -> Iterator[Mark]:
    """Read entries that are no figures: on items, on the plan as a whole and one unit, and what was amended."""
    for row in map(Mark._make, rows):
        with Checked(row.entry):
            check_texts(row.note)
            more = read_entry(row.kind, EntryNames(row.code, row.agency, row.day, row.subject), row.details)
        yield row._replace(details=more)


def unit_changes(rows: Iterable[tuple[Any, ...]]) -> Iterator[UnitChange]:
    """Read what was changed of the names of units."""
    for row in map(UnitChange._make, rows):
        with Checked(row.entry):
            more = read_entry(row.kind, EntryNames("", row.agency, row.day, row.subject), row.details)
        yield row._replace(details=more)


def seal_text(seal: object) -> str:
    """Write the seal of an entry in hexadecimal, as people and programs compare it; empty where it is none."""
    return seal.hex() if isinstance(seal, bytes) else ""


def short_head(number: int | str, seal: str) -> str:
    """Write the head of a chain (链首) with as many digits of its seal as people copy, for `verify --against`."""
    return f"{number}:{seal[:SHOWN_DIGITS]}"


def details_of(number: int, kind: str, written: str) -> Details:
    """Read what only an entry of this kind says."""
    with Checked(number):
        return read_details(kind, written)


def name_in(number: int, subject: str) -> str:
    """Return the name that an entry gives to the office, if it is no longer than any that is taken in."""
    with Checked(number):
        check_texts(subject)
    return subject


def moment_of(number: int, recorded_at: str) -> str:
    """Return a moment of recording as it is stored, if it is one."""
    with Checked(number):
        check_moment(recorded_at)
    return recorded_at


def refuse_unadopted(store: Store, origin: int) -> None:
    """Refuse a ledger with plans of which none is in force: the entry that should have adopted one says something else.

    Raises:
        ForgedEntry: there is such a plan, of the chain *origin*, or where that is 0 of any.
    """
    for (plan,) in store.rows(sql.PLAN_IDS, {"origin": origin}):
        row = store.row(sql.LATER_ENTRY, {"plan": plan, "id": 0})
        raise ForgedEntry(int(row[0]) if row else 0, ImpossibleEntryError("类型或内容读不懂（没有启用方案）"))


def refuse_impossible(store: Store) -> None:
    """Refuse a chain with an entry that sums and days would take for another one, or pass over; of several chains all of them.

    Raises:
        ForgedEntry: there is one.
    """
    row = store.row(sql.IMPOSSIBLE, {"origin": store.chain.origin_id if store.has_chosen else 0})
    if row:
        number, kind, code, indicator, amount, agency, dated, recorded_at, subject, written, reverses = row
        with Checked(number):
            check_figure(kind, indicator, amount, reverses)
            check_moment(recorded_at)
            read_entry(kind, EntryNames(code, agency, dated, subject), written)
            raise ImpossibleEntryError("记录号读不懂")


def standing_marks(marks: Iterable[Mark]) -> list[Mark]:
    """The marks, those of destroyed files with the entry that destroyed them; a destruction is no mark of its own."""
    several = list(marks)
    ends = [mark for mark in several if mark.kind == EntryKind.DESTRUCTION]
    if not ends:
        return several
    destroyed = {end.details.number("entry"): end.entry for end in ends}
    left = (mark for mark in several if mark.kind != EntryKind.DESTRUCTION)
    return [mark._replace(destroyed_by=destroyed.get(mark.entry, 0)) for mark in left]


def papers_of_events(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The papers that several rows may count: they belong to an event, and nobody destroyed them."""
    return tuple(mark for mark in marks if mark.kind in PROOFS and mark.details and not mark.destroyed_by)


def masked_marks(read: Iterable[Mark], *, is_full: bool) -> Iterable[Mark]:
    """Mask what entries say of people in passing, unless all of it is wanted; most say nothing but their kind."""
    several = list(read)
    if is_full or not any(one.details or one.note for one in several):
        return several
    from planledger.plan.people.masking import masked

    return map(masked, several)
