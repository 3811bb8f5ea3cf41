"""What a leader looks at on one page (看板): how the plan stands, what is late, what comes, and how far the figures are."""

from collections.abc import Iterable
from itertools import count, takewhile
from typing import NamedTuple

from planledger.plan.model.entry_kinds import HAPPENED
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import Scope, Standing
from planledger.questions.answers.agencies import UnitRow, units
from planledger.questions.answers.history import History, history
from planledger.questions.answers.overdue import Overdue, overdue
from planledger.questions.answers.sums import Tally, tallied
from planledger.questions.answers.upcoming import Upcoming, upcoming
from planledger.questions.answers.why import pace
from planledger.questions.facts.office import Provenance, provenance
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.judge.lacks import Lack
from planledger.questions.sheet import Row, Sheet, load

DAYS = 30  # ahead


class TargetBar(NamedTuple):
    """A figure against its target, of the whole, of one side, or in how many units each has met its own."""

    row: Row
    indicator: Indicator
    side: str  # empty: the whole
    total: int | None  # None: not reported
    target: int
    decimals: int
    pace: int | None  # what the calendar would ask by today (序时进度); None where that says nothing
    lacks: tuple[Lack, ...]  # of the figure; none where it is met
    is_of_units: bool = False  # whether units are counted that have met their own


class Month(NamedTuple):
    """One month of the plan."""

    month: str  # YYYY-MM
    entries: int  # that still stand: figures, papers, declarations, words
    units: int  # from which any of them came
    due: int  # rows whose last day lies in it


class LeadersPage(NamedTuple):
    """All that stands on the page."""

    sheet: Sheet
    source: Provenance
    whole: Tally
    areas: tuple[Tally, ...]
    sides: tuple[Tally, ...]  # none in a plan of one side
    bars: tuple[TargetBar, ...]
    late: Overdue
    made_up: tuple[Row, ...]  # finished, but late
    coming: Upcoming
    months: tuple[Month, ...]
    units: tuple[UnitRow, ...]  # that owe something, the most first
    bound: int  # how many units have a duty


def leaders_page(ledger: LedgerAsOf) -> LeadersPage:
    """Gather the page of a plan on a day, as far as was known at a moment, in one view of the ledger."""
    with ledger.store.snapshot():
        sheet = load(ledger)
        known = history(ledger)
        source = provenance(ledger)
    several = [unit for unit in units(sheet).units if unit.duties]
    owing = sorted((unit for unit in several if unit.owing), key=lambda unit: -unit.owing)
    return LeadersPage(
        sheet=sheet,
        source=source,
        whole=Tally.of(ledger.plan.title, sheet.rows),
        areas=tallied(sheet, sheet.rows, "area") if sheet.areas else (),
        sides=tallied(sheet, sheet.rows, "side") if sheet.side_names[1:] else (),
        bars=tuple(bar for row in sheet.rows for bar in _bars(sheet, row)),
        late=overdue(sheet),
        made_up=tuple(row for row in sheet.rows if row.judgement.is_done and row.judgement.days_late),
        coming=upcoming(sheet, DAYS),
        months=tuple(_months(sheet, known)),
        units=tuple(owing),
        bound=len(several),
    )


def _bars(sheet: Sheet, row: Row) -> Iterable[TargetBar]:
    """List the targets of a row; what is cancelled has none any more."""
    if row.judgement.standing == Standing.CANCELLED:
        return
    for figure in row.progress.figures:
        indicator = figure.indicator
        lacks = row.judgement.lacks_of_figure(indicator.key)
        if figure.shares and not figure.is_divided:
            lacking = {one.agency for one in lacks}
            met = sum(share.owner not in lacking for share in figure.shares)
            yield TargetBar(row, indicator, "", met, len(figure.shares), 0, None, lacks, is_of_units=True)
        elif indicator.target is not None:
            sides = sheet.side_names if indicator.scope == Scope.EACH else ("",)
            expected = pace(sheet, row, indicator)
            for side in sides:
                total, target, decimals = figure.total(side), indicator.target, indicator.decimals
                of_side = tuple(one for one in lacks if not side or one.side == side)
                yield TargetBar(row, indicator, side, total, target, decimals, expected, of_side)


def _months(sheet: Sheet, known: History) -> Iterable[Month]:
    """List the months of the plan until the day of the sheet."""
    standing = [one for one in known.entries if one.kind in HAPPENED and not one.reversed_by]
    last = min(sheet.as_of[:7], max(f"{sheet.plan.year}-12", *(one.dated[:7] for one in standing), ""))
    months = (f"{year}-{month:02}" for year in count(sheet.plan.year) for month in range(1, 13))
    for name in takewhile(lambda name: name <= last, months):
        of_month = [one for one in standing if one.dated[:7] == name]
        reporting = {sheet.units.of(one.agency) for one in of_month} - {""}
        due = sum(row.item.last_day[:7] == name for row in sheet.rows)
        yield Month(name, len(of_month), len(reporting), due)
