"""The entries themselves: what each says, who recorded it, what cancelled it; and all of a plan as a copy (台账导出)."""

from typing import Any, NamedTuple

from planledger.plan.model.entry_kinds import OF_UNITS
from planledger.plan.model.rhythm_periods import by_period
from planledger.plan.model.rows import Filing, Indicator, Item, Rhythm, Source
from planledger.plan.people.masking import masked, masked_numbers
from planledger.questions import sql
from planledger.questions.facts.entry_rows import Entry, entries, seal_text
from planledger.questions.facts.office import ChainHead, head_in, read_head
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce

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


class EntryChoice(NamedTuple):
    """Which entries of a plan are meant; nothing means all of them."""

    codes: tuple[str, ...] = ()  # of items
    agencies: tuple[str, ...] = ()  # official names, those of before a change too
    since: str = ""  # the first day that counts
    limit: int = EVERYTHING  # so many at most, the newest

    @property
    def asked(self) -> dict[str, Any]:
        """The parameters of a statement; one entry more than the limit, so that it is seen whether there are more."""
        names = {"codes": _list(self.codes), "agencies": _list(self.agencies)}
        return {**names, "since": self.since, "limit": self.limit + 1}


EVERY_ENTRY = EntryChoice()


def history(ledger: LedgerAsOf, choice: EntryChoice = EVERY_ENTRY, *, is_full: bool = False) -> History:
    """List the entries of a plan that are meant; what holds in all plans of the chain is one of each.

    Contacts, and numbers of people in the texts, are masked, unless they are to be *full*.
    """
    asked = choice.asked
    with ledger.store.snapshot():
        rows = [*ledger.rows(sql.HISTORY, **asked), *ledger.rows(sql.HISTORY_ELSEWHERE, **asked)]
        read = entries(sorted(rows, reverse=True)[: choice.limit + 1])  # by number
        several = tuple(read if is_full else map(masked, read))
        indicators = ledger.plan_rows(Indicator)
        has_filings = any(entry.kind in OF_UNITS for entry in several)
        filings = by_period(ledger.plan_rows(Filing), ledger.plan_rows(Rhythm)) if has_filings else ()
        is_signed = any(entry.detail("sender") for entry in several)
        senders = entries(ledger.rows(sql.SENDERS)) if is_signed else ()
        by_number = {sender.number: sender for sender in senders}
    return History(
        ledger.plan,
        ledger.as_of,
        ledger.known_at,
        several[: choice.limit],
        len(several) > choice.limit,
        {(one.code, one.key): one for one in indicators},
        {filing.key: filing.label for filing in filings},
        by_number,
        is_full,
    )


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


def duplicates(ledger: LedgerAsOf) -> Duplicates:
    """List what is marked 疑似重复上报; where either was reversed, or the plan says now who counts, the doubt is settled."""
    answer = history(ledger)
    counted = {(one.code, one.key) for one in ledger.plan_rows(Source)}
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
    head: ChainHead  # the last of all entries of the chain, whatever the question leaves out


def daybook(ledger: LedgerAsOf, *, is_full: bool = False) -> Daybook:
    """Copy the entries of a plan, as of a day and a moment, in one view of the ledger."""
    with ledger.store.snapshot():
        newest_first = history(ledger, is_full=is_full)
        items, seals = ledger.plan_rows(Item), ledger.rows(sql.SEALS)
        head = read_head(ledger.store)
    return Daybook(
        history=newest_first._replace(entries=newest_first.entries[::-1]),
        titles={item.code: item.title for item in items},
        seals={int(number): seal_text(seal) for number, seal in seals},
        head=head,
    )


def unopened(book: Daybook) -> Daybook:
    """The copy without an entry: what stands in memory while there is no ledger is no entry of one."""
    return book._replace(history=book.history._replace(entries=()), head=head_in(None))
