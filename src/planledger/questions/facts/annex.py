"""The annex of a plan version (总表), as the plan has it before anything is recorded on it."""

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from planledger.plan.model import rows
from planledger.plan.model.rhythm_periods import PeriodicFiling, by_period, periodic_filings, periods_of
from planledger.plan.model.terms import Scope
from planledger.plan.phrases.days import DayPlace
from planledger.plan.phrases.unit_names import UNCHANGED, UnitNames
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce, R, refuse_undated
from planledger.questions.facts.progress import Mark, Progress

if TYPE_CHECKING:
    from planledger.plan.people.contact import Contact

T = TypeVar("T")
_CODE = attrgetter("code")


class Annex(NamedTuple, Generic[T]):
    """The annex of a plan version (总表): a row for each item, as the plan has it or as it stands on a day."""

    plan: PlanInForce
    sides: tuple[rows.Side, ...]
    agencies: tuple[rows.Agency, ...]
    areas: tuple[rows.Area, ...]
    filings: tuple[rows.Filing, ...]  # one with a rhythm once for each of its periods
    rows: tuple[T, ...]
    as_of: str  # the day on which it stands so
    known_at: str = ""  # the moment whose knowledge counts
    marks: tuple[Mark, ...] = ()  # what concerns the plan as a whole, in the order of the numbers
    inherited: tuple[tuple[str, "Contact"], ...] = ()  # contacts of earlier plans by unit, where asked for
    office: str = ""  # what the office is called, where that was asked for
    units: UnitNames = UNCHANGED  # by which names what was recorded is read
    parts: dict[str, frozenset[str]] = {}  # noqa: RUF012  (of merged units: those of their parts that file)
    routes: tuple[rows.Route, ...] = ()  # through which units others are reached, as the plan has it
    periodic: tuple[PeriodicFiling, ...] = ()  # the filings that are asked in each period of a rhythm

    @property
    def side_names(self) -> tuple[str, ...]:
        """The sides by name, in the document's order."""
        return tuple(side.name for side in self.sides)

    @property
    def filing_labels(self) -> dict[str, str]:
        """What each filing is called, by its key."""
        return {filing.key: filing.label for filing in self.filings}

    def area_name(self, code: str) -> str:
        """The name of an area; empty in a plan without areas."""
        return next((area.name for area in self.areas if area.code == code), "")

    def day_place(self, option: str) -> DayPlace:
        """Where a day of the plan is typed after an option."""
        return DayPlace(option, self.as_of, self.plan.year)

    def through(self, agency: str) -> str:
        """Through which unit one is reached, both by their names of the day; empty where it is reached by itself."""
        names = ((self.units.of(one.agency), self.units.of(one.through)) for one in self.routes)
        return next((by for name, by in names if name == agency != by), "")


EmptySheet = Annex[Progress]
"""The annex before anything is recorded on it."""


def empty_sheet(ledger: LedgerAsOf) -> EmptySheet:
    """Read what the plan version says, inside a transaction that the caller holds."""
    all_of = ledger.plan_rows

    def by_item(row: type[R]) -> dict[str, list[R]]:
        return rows.grouped(all_of(row), _CODE)

    filings, rhythms = all_of(rows.Filing), all_of(rows.Rhythm)
    refuse_undated(filings, rhythms)
    periods = {one.code: periods_of(one) for one in rhythms if one.code}
    figures, duties, stages = _figures(ledger), by_item(rows.Duty), by_item(rows.Stage)
    milestones, requirements = by_item(rows.Milestone), by_item(rows.Requirement)
    return EmptySheet(
        plan=ledger.plan,
        sides=all_of(rows.Side),
        agencies=all_of(rows.Agency),
        areas=all_of(rows.Area),
        filings=by_period(filings, rhythms),
        periodic=periodic_filings(filings, rhythms),
        routes=all_of(rows.Route),
        rows=tuple(
            Progress(
                item,
                tuple(figures[item.code]),
                tuple(duties[item.code]),
                tuple(milestones[item.code]),
                tuple(requirements[item.code]),
                (),
                periods=periods.get(item.code, ()),
                stages=tuple(stages[item.code]),
            )
            for item in all_of(rows.Item)
        ),
        as_of=ledger.as_of,
    )


def _figures(ledger: LedgerAsOf) -> dict[str, list[Figure]]:
    """Read what is counted of each item, who counts it, and what units owe of it by themselves."""
    name = attrgetter("code", "key")
    sources = rows.grouped(ledger.plan_rows(rows.Source), name)
    quotas = rows.grouped(ledger.plan_rows(rows.Quota), name)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for indicator in ledger.plan_rows(rows.Indicator):
        counting = tuple(one.agency for one in sources[name(indicator)])
        own = _quotas(indicator, quotas[name(indicator)])
        figures[indicator.code].append(Figure(indicator, {}, (), counting, quotas=own))
    return figures


def with_cells(ledger: LedgerAsOf, form: EmptySheet, *, is_full: bool = False) -> EmptySheet:
    """Add what stands in columns of the document's own, and its numbers; people in them are masked unless it is to be *full*."""
    cells = ledger.plan_rows(rows.ColumnText)
    if not cells:
        return form
    if not is_full:
        from planledger.plan.people.masking import masked_column

        cells = tuple(cell._replace(text=masked_column(cell.head, cell.text)) for cell in cells)
    of_row = rows.grouped(cells, _CODE)
    filled = (row._replace(column_texts=tuple(of_row[row.item.code])) for row in form.rows)
    return form._replace(rows=tuple(filled))


def _quotas(indicator: rows.Indicator, quotas: Sequence[rows.Quota]) -> dict[str, int]:
    """What each unit owes of an indicator by itself; one number for all stands under the empty name."""
    if indicator.scope != Scope.UNIT:
        return {}
    return {one.agency: one.target or 0 for one in quotas} or {"": indicator.target or 0}
