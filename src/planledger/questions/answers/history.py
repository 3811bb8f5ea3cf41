"""The entries themselves, newest first: what was said, by whom, and what cancelled it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from planledger.plan.days import LATEST, days_between
from planledger.plan.model import entry_details
from planledger.plan.model.entry_details import Details, check_figure, check_moment, check_texts
from planledger.plan.model.entry_kinds import MEANING, OF_UNITS
from planledger.plan.model.rows import Filing, Indicator, Source
from planledger.plan.people.masking import masked_numbers
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions import sql
from planledger.questions.facts.entry_rows import checked_row
from planledger.questions.facts.masked_rows import masked
from planledger.questions.facts.plans import PlanInForce, read_plan_rows
from planledger.questions.facts.progress import detail
from planledger.store.database import Store

EVERYTHING = 1_000_000_000
TYPED_LATE_DAYS = 30


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
    def resembles(self) -> int:
        """The entry of another unit that this one may repeat (疑似重复上报); 0 if none was seen."""
        return self.details.number("resembles")

    def detail(self, name: str) -> str:
        """What only its kind says: of a paper `ref` (文号) and `held_by`; empty if it says nothing of it."""
        return detail(self.details, name)

    def number_of(self, name: str) -> int | None:
        """The number of another entry that its details name; None if they do not."""
        return self.details.number(name) if self.detail(name) else None

    @property
    def was_typed_late(self) -> bool:
        """Whether it came into the ledger long after its day (补录); a reversal only follows another's day."""
        if not MEANING[self.kind].has_own_day:
            return False
        return days_between(self.dated, self.recorded_at[:10]) > TYPED_LATE_DAYS

    @property
    def is_private(self) -> bool:
        """Whether it says whom to call in a unit, or takes that back: what it says of a person is masked."""
        return MEANING[self.reversed_kind or self.kind].is_private


class History(NamedTuple):
    """Entries of one plan, newest first, with the indicators that explain their amounts."""

    plan: PlanInForce
    as_of: str
    known_at: str
    entries: tuple[Entry, ...]
    has_more: bool  # older ones were left out
    indicators: dict[tuple[str, str], Indicator]
    filings: dict[str, str]  # label of each filing by its key; empty where no entry speaks of one
    is_full: bool = False  # contacts are told whole, because that was asked for

    def note_of(self, entry: Entry) -> str:
        """Give what was written beside an entry; beside a contact, what may be a telephone number is masked too."""
        if self.is_full or not entry.is_private:
            return entry.note
        return masked_numbers(entry.note)


def entries(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    """Read entries, each held against its kind.

    Raises:
        MadeUp: one says what its kind cannot say.
    """
    return (checked_row(_read, Entry._make(row), row[0]) for row in rows)


def _read(row: Entry) -> Entry:
    check_figure(row.kind, row.indicator, row.amount, row.reverses)
    check_moment(row.recorded_at)
    check_texts(row.note, row.by, row.subject, row.agency, row.side, row.code, row.indicator)
    more = entry_details.read_entry(row.kind, row.code, row.agency, row.dated, row.subject, row.details)
    return row._replace(details=more)


def history(  # noqa: PLR0913  (each narrows the same question)
    store: Store,
    plan: PlanInForce,
    as_of: str,
    known_at: str,
    *,
    codes: tuple[str, ...] = (),
    agencies: tuple[str, ...] = (),
    since: str = "",
    limit: int = EVERYTHING,
    is_full: bool = False,
) -> History:
    """List the entries of a plan, of some items or units of it, or of all.

    Args:
        store: the ledger.
        plan: the plan in the version that explains the amounts.
        as_of: leave out what is dated later.
        known_at: leave out what was recorded later.
        codes: item codes; empty for all.
        agencies: official names; empty for all.
        since: leave out what is dated earlier.
        limit: so many at most, the newest.
        is_full: contacts, and numbers of people in the texts, are told whole.
    """
    asked = {
        "plan": plan.plan_id,
        "codes": _list(codes),
        "agencies": _list(agencies),
        "since": since,
        "as_of": as_of,
        "known_at": known_at,
        "limit": limit + 1,
    }
    with store.snapshot():
        return read_history(store, plan, asked, is_full=is_full)


def read_history(store: Store, plan: PlanInForce, asked: dict[str, Any], *, is_full: bool = False) -> History:
    """Read the entries that were asked for, inside a transaction that the caller holds; one more than are given."""
    found = entries(store.rows(sql.HISTORY, asked))
    several = tuple(found if is_full else map(masked, found))
    indicators = read_plan_rows(store, Indicator._make, sql.INDICATORS, plan.version_id)
    of_plan = any(entry.kind in OF_UNITS for entry in several)
    filings = read_plan_rows(store, Filing._make, sql.FILINGS, plan.version_id) if of_plan else ()
    limit = asked["limit"] - 1
    return History(
        plan,
        asked["as_of"],
        asked["known_at"],
        several[:limit],
        len(several) > limit,
        {(i.code, i.key): i for i in indicators},
        {filing.key: filing.label for filing in filings},
        is_full,
    )


def entry_numbered(store: Store, number: int, refusal: type[Refusal] = NotRecorded) -> Entry:
    """Find an entry by its number; *refusal* is what is raised where there is none.

    Raises:
        Refusal: there is no such entry.
    """
    asked = {"id": store.chain.entry_id(number), "known_at": LATEST}
    row = store.row(sql.ENTRY, asked) if store.chain.holds(number) else None
    if row is None:
        raise refusal(f"台账里没有第 {number} 号记录；运行 planledger history 可看编号。")
    return next(entries((row,)))


def _list(names: tuple[str, ...]) -> str:
    return f"、{'、'.join(names)}、" if names else ""


class Pair(NamedTuple):
    """A marked entry and the one that it resembles."""

    later: Entry
    earlier: Entry


class Duplicates(NamedTuple):
    """All pairs that still stand, the newest first."""

    history: History
    pairs: tuple[Pair, ...]


def duplicates(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> Duplicates:
    """List what is marked 疑似重复上报; where either was reversed, or the plan says now who counts, the doubt is settled."""
    answer = history(store, plan, as_of, known_at)
    counted = {
        (one.code, one.key) for one in read_plan_rows(store, Source._make, sql.SOURCES, plan.version_id)
    }
    standing = {
        entry.number: entry
        for entry in answer.entries
        if not entry.reversed_by and (entry.code, entry.indicator) not in counted
    }
    corrected = {
        entry.number_of("corrects"): entry.number for entry in answer.entries if entry.detail("corrects")
    }
    pairs = []
    for entry in standing.values():
        other = entry.resembles
        while other not in standing and other in corrected:  # what stands in its place now
            other = corrected[other]
        if other in standing and other != entry.number:
            pairs.append(Pair(entry, standing[other]))
    return Duplicates(answer, tuple(pairs))
