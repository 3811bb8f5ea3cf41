"""The entries themselves: what each says, who recorded it, what cancelled it; and all of a plan as a copy (台账导出)."""

from typing import NamedTuple

from planledger.plan.model.entry_kinds import OF_UNITS
from planledger.plan.model.rhythm_periods import by_period
from planledger.plan.model.rows import Filing, Indicator, Item, Rhythm, Source
from planledger.plan.people.masking import masked, masked_numbers
from planledger.questions import sql
from planledger.questions.facts.entry_rows import Entry, entries, seal_text
from planledger.questions.facts.plans import PlanInForce, read_plan_rows
from planledger.store.database import Store

EVERYTHING = 1_000_000_000


class History(NamedTuple):
    """Entries of one plan, newest first, with the indicators that explain their amounts."""

    plan: PlanInForce
    as_of: str
    known_at: str
    entries: tuple[Entry, ...]
    has_more: bool  # older ones were left out
    indicators: dict[tuple[str, str], Indicator]
    filings: dict[str, str]  # label of each filing by its key; empty where no entry names one
    senders: dict[int, Entry]  # by their numbers; empty where no entry came with a form that names anybody
    is_full: bool = False  # contacts are shown whole, because that was asked for

    def indicator_of(self, entry: Entry) -> Indicator | None:
        """What an entry counts; None where it counts nothing, or what the plan does not know."""
        return self.indicators.get((entry.code, entry.indicator))

    def decimals_of(self, entry: Entry) -> int:
        """How many decimals the figure of an entry has."""
        indicator = self.indicator_of(entry)
        return indicator.decimals if indicator else 0

    def note_of(self, entry: Entry) -> str:
        """The note of an entry; in that of a contact, what may be a telephone number is masked too."""
        if self.is_full or not entry.is_private:
            return entry.note
        return masked_numbers(entry.note)


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
    """List the entries of a plan, of some items or units of it, or of all; what holds in all plans of the chain is one of each.

    Args:
        store: the ledger.
        plan: the plan in the version that explains the amounts.
        as_of: leave out what is dated later.
        known_at: leave out what was recorded later.
        codes: item codes; empty for all.
        agencies: official names; empty for all.
        since: leave out what is dated earlier.
        limit: so many at most, the newest.
        is_full: contacts, and numbers of people in the texts, are shown whole.
    """
    asked = plan.asked(as_of, known_at)
    asked |= {"codes": _list(codes), "agencies": _list(agencies), "since": since, "limit": limit + 1}
    with store.snapshot():
        rows = [*store.rows(sql.HISTORY, asked), *store.rows(sql.HISTORY_ELSEWHERE, asked)]
        read = entries(sorted(rows, reverse=True)[: limit + 1])  # by number
        several = tuple(read if is_full else map(masked, read))
        indicators = read_plan_rows(store, Indicator, plan.version_id)
        has_filings = any(entry.kind in OF_UNITS for entry in several)
        filings = _filings(store, plan.version_id) if has_filings else ()
        is_signed = any(entry.detail("sender") for entry in several)
        senders = entries(store.rows(sql.SENDERS, asked)) if is_signed else ()
        by_number = {sender.number: sender for sender in senders}
    return History(
        plan,
        as_of,
        known_at,
        several[:limit],
        len(several) > limit,
        {(one.code, one.key): one for one in indicators},
        {filing.key: filing.label for filing in filings},
        by_number,
        is_full,
    )


def _filings(store: Store, version: int) -> tuple[Filing, ...]:
    filings, rhythms = (read_plan_rows(store, Filing, version), read_plan_rows(store, Rhythm, version))
    return by_period(filings, rhythms)


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
    counted = {(one.code, one.key) for one in read_plan_rows(store, Source, plan.version_id)}
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


class Daybook(NamedTuple):
    """All entries of one plan, oldest first, and where the chain ends (链首)."""

    history: History  # its entries are the oldest first
    titles: dict[str, str]  # of the items
    seals: dict[int, str]  # by number of the entry, in hexadecimal
    total: int  # of all entries of the chain, whatever the question leaves out
    head: str  # seal of the last of them; empty where there is none


def daybook(store: Store, plan: PlanInForce, as_of: str, known_at: str, *, is_full: bool = False) -> Daybook:
    """Copy the entries of a plan, as of a day and a moment, in one view of the ledger."""
    with store.snapshot():
        newest_first = history(store, plan, as_of, known_at, is_full=is_full)
        items = read_plan_rows(store, Item, plan.version_id)
        seals = store.rows(sql.SEALS, {"plan": plan.plan_id})
        last = store.row(sql.LAST_SEAL, {"origin": store.chain.origin_id})
    return Daybook(
        history=newest_first._replace(entries=newest_first.entries[::-1]),
        titles={item.code: item.title for item in items},
        seals={int(number): seal_text(seal) for number, seal in seals},
        total=int(last[0]) if last else 0,
        head=seal_text(last[1]) if last else "",
    )


def unopened(book: Daybook) -> Daybook:
    """The copy without an entry: what stands in memory while there is no ledger is no entry of one."""
    return book._replace(history=book.history._replace(entries=()), total=0, head="")
