"""Where this year's plan was weak (薄弱之处): what whoever writes next year's looks at first.

Of the plan alone: what falls due after the first filing, what nobody can prove. Of the ledger: figures that were missed, rows
about which nothing was ever recorded.
"""

from typing import NamedTuple

from planledger.plan.model.rows import Filing, Item
from planledger.plan.model.version import Plan
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.sheet import Row, load

_FIGURES = frozenset((LackKind.TARGET, LackKind.EXCEEDED, LackKind.FIGURE))


class WeakPlaces(NamedTuple):
    """The weak places of one plan, each list in the order of its rows."""

    after_filing: tuple[Item, ...]
    filing: Filing | None  # the first that every unit owes, before which the work should be done
    unproven: tuple[Item, ...]  # no number and no paper: done when somebody says so
    # whose last day has passed without their figures, with what these lack
    missed: tuple[tuple[Row, tuple[Lack, ...]], ...] = ()
    unreported: tuple[Item, ...] = ()
    as_of: str = ""  # the day on which the ledger was asked; empty where there is none of this plan


def of_plan(plan: Plan) -> WeakPlaces:
    """Return what the plan itself shows."""
    dated = (one for one in plan.filings if one.last_day)  # that of each month has none
    filing = min(dated, key=lambda one: one.last_day, default=None)
    proven = {one.code for one in plan.requirements}
    proven |= {one.code for one in plan.indicators if one.target is not None or one.must_report}
    late = tuple(item for item in plan.items if filing and item.last_day > filing.last_day)
    return WeakPlaces(late, filing, tuple(item for item in plan.items if item.code not in proven))


def of_ledger(ledger: LedgerAsOf, weak: WeakPlaces) -> WeakPlaces:
    """Add what the ledger shows of the plan on a day."""
    rows = load(ledger).rows
    past = (row for row in rows if "" < row.item.last_day < ledger.as_of and not row.progress.cancelled_on)
    missed = [(row, tuple(one for one in row.judgement.lacks if one.kind in _FIGURES)) for row in past]
    return weak._replace(
        missed=tuple((row, lacks) for row, lacks in missed if lacks),
        unreported=tuple(row.item for row in rows if not row.last_entry and not row.progress.cancelled_on),
        as_of=ledger.as_of,
    )
