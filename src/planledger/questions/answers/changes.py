"""What changed between two days, or since a head of the chain (变化): for the meeting that asks each week what is new."""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.days import shift
from planledger.plan.model.entry_kinds import MEANING
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.answers.history import History, history
from planledger.questions.facts.entry_rows import Entry, entry_numbered
from planledger.questions.facts.office import provenance
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import version_in_force
from planledger.questions.sheet import Row, Sheet, load

TOPICS = (
    EntryKind.ADOPTION,
    EntryKind.AMENDMENT,
    EntryKind.CLOSE,
    EntryKind.REOPEN,
    EntryKind.REVERSAL,
    EntryKind.REPORT,
    EntryKind.FILING,
    EntryKind.RETURN,
    EntryKind.CHASE,
)
"""The kinds of entry that are listed one by one; what a figure or a declaration changed is seen in the rows."""


class FigureChange(NamedTuple):
    """A figure of a row before and after."""

    row: Row
    indicator: Indicator
    before: int | None  # nobody had reported it
    after: int | None


class Changes(NamedTuple):
    """What is another than it was, row by row and entry by entry."""

    sheet: Sheet  # as it stands now
    since: str  # the first day that counts, or the day of the head
    newly_late: tuple[Row, ...]
    newly_done: tuple[Row, ...]
    undone: tuple[Row, ...]  # finished then, and not any more: reversed, amended, reopened
    figures: tuple[FigureChange, ...]
    history: History  # the entries of the time, the oldest first
    head: int = 0  # number of the entry at the head; 0 where a day was asked about
    backdated: tuple[Entry, ...] = ()  # recorded after the head, of days before it
    left_out: int = 0  # how many were recorded from the first day on, of days before it; none where a head was asked about
    left_out_since: str = ""  # the head of the chain before those; empty where there was none

    def of_kind(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of one kind."""
        return tuple(one for one in self.history.entries if one.kind == kind)


def changes_since_day(ledger: LedgerAsOf, since: str) -> Changes:
    """Compare how the annex stands with how it stood on the day before *since*, both by what is known at one moment.

    What happened counts by its own day; a reversal, which follows another entry's day, by the day of its recording. A new
    version of the plan counts from the day of its adoption. What was recorded since then of days before is only counted.
    """
    store, plan, as_of, known_at = ledger
    known_then = ledger._replace(known_at=min(known_at, since))
    with store.snapshot():
        is_latest = version_in_force(store, plan.key, min(known_at, shift(as_of, 1))) in (None, plan)
        earlier = version_in_force(store, plan.key, known_then.known_at) if is_latest else None
        before = load(ledger._replace(plan=earlier or plan, as_of=shift(since, -1)))
        after, known = load(ledger), history(ledger)
        head = provenance(known_then).short_head
    entries = (one for one in known.entries if since <= _day(one) <= as_of)
    left_out = sum(_day(one) < since <= one.recorded_at[:10] for one in known.entries)
    answer = _changes(before, after, known._replace(entries=tuple(entries)), since)
    return answer._replace(left_out=left_out, left_out_since=head if left_out else "")


def changes_since_head(ledger: LedgerAsOf, number: int) -> Changes:
    """Compare how the annex stands with how it stood by what was known when entry *number* was sealed.

    A day of the question before that of the entry is the day of both.

    Raises:
        Refusal: there is no such entry.
    """
    with ledger.store.snapshot():
        head = entry_numbered(ledger.store, number)
        earlier = version_in_force(ledger.store, ledger.plan.key, head.recorded_at) or ledger.plan
        day = min(head.recorded_at[:10], ledger.as_of)
        before = load(LedgerAsOf(ledger.store, earlier, day, head.recorded_at))
        after, known = load(ledger), history(ledger)
    entries = tuple(one for one in known.entries if one.number > number)
    answer = _changes(before, after, known._replace(entries=entries), head.recorded_at[:10])
    backdated = (one for one in answer.history.entries if MEANING[one.kind].has_own_day)
    return answer._replace(head=number, backdated=tuple(one for one in backdated if one.dated < answer.since))


def _day(one: Entry) -> str:
    return one.dated if MEANING[one.kind].has_own_day else one.recorded_at[:10]


def _changes(before: Sheet, after: Sheet, recorded: History, since: str) -> Changes:
    entries = tuple(sorted(recorded.entries, key=lambda one: one.number))
    was_late = {row.item.code for row in before.rows if row.judgement.standing == Standing.OVERDUE}
    was_done = {row.item.code for row in before.rows if row.judgement.is_done}
    late = [row for row in after.rows if row.judgement.standing == Standing.OVERDUE]
    done = [row for row in after.rows if row.judgement.is_done]
    return Changes(
        sheet=after,
        since=since,
        newly_late=tuple(row for row in late if row.item.code not in was_late),
        newly_done=tuple(row for row in done if row.item.code not in was_done),
        undone=tuple(row for row in after.rows if row.item.code in was_done and not row.judgement.is_done),
        figures=tuple(_figures(before, after)),
        history=recorded._replace(entries=entries, has_more=False),
    )


def _figures(before: Sheet, after: Sheet) -> Iterable[FigureChange]:
    """List the figures that are not what they were, row by row."""
    totals = {figure.name: figure.total() for row in before.rows for figure in row.progress.figures}
    for row in after.rows:
        for figure in row.progress.figures:
            was, now = totals.get(figure.name), figure.total()
            if was != now:
                yield FigureChange(row, figure.indicator, was, now)
