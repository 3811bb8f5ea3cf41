"""What changed between two days, or since a head of the chain (变化): for the meeting that asks each week what is new."""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.days import shift
from planledger.plan.model.entry_kinds import MEANING
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.answers.history import History, history
from planledger.questions.facts.entry_rows import Entry, entry_numbered
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.plans import PlanInForce
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store

TOPICS = (EntryKind.AMENDMENT, EntryKind.REVERSAL, EntryKind.REPORT, EntryKind.CHASE)
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
    head: int  # number of the entry at the head; 0 where a day was asked about
    newly_late: tuple[Row, ...]
    newly_done: tuple[Row, ...]
    undone: tuple[Row, ...]  # finished then, and not any more: reversed, amended, reopened
    figures: tuple[FigureChange, ...]
    history: History  # the entries of the time, the oldest first
    backdated: tuple[Entry, ...]  # recorded after the head, of days before it

    def of_kind(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of one kind."""
        return tuple(one for one in self.history.entries if one.kind == kind)


def changes_since_day(store: Store, plan: PlanInForce, as_of: str, known_at: str, since: str) -> Changes:
    """Compare how the annex stands with how it stood on the day before *since*, both by what is known at one moment.

    What happened counts by its own day; a reversal, which follows another entry's day, by the day of its recording.
    """
    with store.snapshot():
        before = load(store, plan, shift(since, -1), known_at)
        after = load(store, plan, as_of, known_at)
        known = history(store, plan, as_of, known_at)
    entries = (one for one in known.entries if since <= _day(one) <= as_of)
    return _changes(before, after, known, entries, since)


def changes_since_head(store: Store, plan: PlanInForce, as_of: str, known_at: str, number: int) -> Changes:
    """Compare how the annex stands with how it stood by what was known when entry *number* was sealed.

    Raises:
        Refusal: there is no such entry.
    """
    with store.snapshot():
        head = entry_numbered(store, number)
        before = load(store, plan, head.recorded_at[:10], head.recorded_at)
        after = load(store, plan, as_of, known_at)
        known = history(store, plan, as_of, known_at)
    entries = (one for one in known.entries if one.number > number)
    return _changes(before, after, known, entries, head.recorded_at[:10], number)


def _day(one: Entry) -> str:
    return one.dated if MEANING[one.kind].has_own_day else one.recorded_at[:10]


def _changes(
    before: Sheet, after: Sheet, known: History, entries: Iterable[Entry], since: str, head: int = 0
) -> Changes:
    earlier = {row.item.code: row for row in before.rows}
    pairs = [(earlier.get(row.item.code), row) for row in after.rows]
    late = Standing.OVERDUE
    listed = tuple(sorted(entries, key=lambda one: one.number))
    return Changes(
        sheet=after,
        since=since,
        head=head,
        newly_late=tuple(
            now for was, now in pairs if _standing(now) == late and not (was and _standing(was) == late)
        ),
        newly_done=tuple(
            now for was, now in pairs if now.judgement.is_done and not (was and was.judgement.is_done)
        ),
        undone=tuple(
            now for was, now in pairs if was and was.judgement.is_done and not now.judgement.is_done
        ),
        figures=tuple(one for was, now in pairs for one in _figures(was, now)),
        history=known._replace(entries=listed, has_more=False),
        backdated=tuple(
            one for one in listed if head and MEANING[one.kind].has_own_day and one.dated < since
        ),
    )


def _standing(row: Row) -> Standing:
    return row.judgement.standing


def _figures(was: Row | None, now: Row) -> Iterable[FigureChange]:
    """List the figures of a row that are not what they were."""
    for figure in now.progress.figures:
        earlier: Figure | None = was.progress.figure(figure.indicator.key) if was else None
        before, after = earlier.total() if earlier else None, figure.total()
        if (before or 0) != (after or 0) or (before is None) != (after is None):
            yield FigureChange(now, figure.indicator, before, after)
