"""The rows of a plan version, read back from the tables as they were adopted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from planledger.plan.model import rows
from planledger.plan.model.rhythm_periods import PeriodicFiling, by_period, periodic_filings, periods_of
from planledger.plan.model.row_values import ImpossibleRowError, check_rows
from planledger.plan.model.terms import EntryKind, Scope
from planledger.plan.phrases.unit_names import UNCHANGED, UnitNames
from planledger.questions import sql
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.progress import Mark, Progress
from planledger.store.database import Store
from planledger.store.errors import NotALedger

if TYPE_CHECKING:
    from planledger.plan.model.version import Finding, Plan
    from planledger.plan.people.contact import Contact

R = TypeVar("R", bound=NamedTuple)  # a class of rows of a plan
T = TypeVar("T")
_CODE = attrgetter("code")


class ForgedPlan(NotALedger):
    """A plan of the ledger holds what the program never writes, although its digest may fit: nobody may rely on it."""

    def __init__(self, why: ImpossibleRowError) -> None:
        """Put into words what of it cannot be."""
        self.fault = f"启用的方案里有一行读不懂（{why}），不是程序所写"
        super().__init__(f"{self.fault}；请勿再登记，运行 planledger verify 核对，用最近的备份恢复。")


def checked_rows(row: type[R], read: Iterable[tuple[Any, ...]]) -> tuple[R, ...]:
    """Make rows of one class of what was read of plans.

    Raises:
        ForgedPlan: one of them holds what no plan can hold.
    """
    several = tuple(map(row._make, read))
    try:
        check_rows(row, several)
    except ImpossibleRowError as why:
        raise ForgedPlan(why) from None
    return several


def read_plan_rows(store: Store, row: type[R], version: int) -> tuple[R, ...]:
    """The rows of one class that a plan version has, in the document's order."""
    return checked_rows(row, store.rows(sql.plan_rows(row), {"version": version}))


class PlanInForce(NamedTuple):
    """A plan in the version that was in force at a moment; its wording hangs on `version_id`."""

    plan_id: int
    version_id: int
    digest: str  # of the version
    key: str
    title: str
    year: int
    warn_days: int
    offices: str
    contact_clause: str

    @property
    def office_names(self) -> tuple[str, ...]:
        """The units that keep the ledger, by official name."""
        return tuple(rows.names_in(self.offices))


class LedgerAsOf(NamedTuple):
    """The ledger of one plan as a question asks it: what had happened by a day (截至), as far as it was known at a moment."""

    store: Store
    plan: PlanInForce  # in the version that was in force at the moment
    as_of: str  # the last day that counts
    known_at: str  # what was recorded later does not count

    def rows(self, statement: str, **more: Any) -> list[tuple[Any, ...]]:
        """The rows that a statement gives for the plan, the day and the moment, and what *more* it names."""
        plan, known = self.plan, {"as_of": self.as_of, "known_at": self.known_at}
        return self.store.rows(statement, {"plan": plan.plan_id, "version": plan.version_id, **known, **more})

    def plan_rows(self, row: type[R]) -> tuple[R, ...]:
        """The rows of one class that the plan has in its version, in the document's order."""
        return read_plan_rows(self.store, row, self.plan.version_id)


class PlanSubject(NamedTuple):
    """What an action is about, as far as it was typed and shows which plan is meant."""

    code: str = ""  # of a row
    filing: str = ""  # what was submitted; empty where only the unit is named
    agencies: tuple[str, ...] = ()  # who submitted it
    on: str = ""  # the day, as it was typed
    entries: tuple[str, ...] = ()  # numbers of other entries
    kind: str = EntryKind.AMOUNT  # what it stores, where that asks for a row in another state


def whole_plan(store: Store, version: int) -> "Plan":
    """Read all of a plan version; its format is that of its rows, because only a digest depends on more.

    Raises:
        ForgedPlan: it holds what no plan can hold.
    """
    from planledger.plan.model.version import Meta, assembled_plan

    meta = read_plan_rows(store, Meta, version)[0]
    plan = assembled_plan(meta, lambda row: read_plan_rows(store, row, version))
    _refuse_undated(plan.filings, plan.rhythms)
    return plan._replace(
        format=2
        if any((plan.sources, plan.column_texts, plan.quotas, plan.routes, plan.rhythms, plan.stages))
        else 1
    )


def findings_and_clauses(ledger: LedgerAsOf) -> tuple[tuple["Finding", ...], dict[str, str]]:
    """Read what the document of a plan leaves open or misspells, and its clauses by their numbers."""
    from planledger.plan.model.version import Clause, Finding

    return ledger.plan_rows(Finding), {one.number: one.text for one in ledger.plan_rows(Clause)}


class Annex(NamedTuple, Generic[T]):
    """The annex of a plan version (总表): a row for each item, as the plan has it or as it stands on a day."""

    plan: PlanInForce
    sides: tuple[rows.Side, ...]
    agencies: tuple[rows.Agency, ...]
    areas: tuple[rows.Area, ...]
    filings: tuple[rows.Filing, ...]  # one with a rhythm once for each of its periods
    rows: tuple[T, ...]
    as_of: str = ""  # the day on which it stands so
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

    def area_name(self, code: str) -> str:
        """The name of an area; empty in a plan without areas."""
        return next((area.name for area in self.areas if area.code == code), "")

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
    _refuse_undated(filings, rhythms)
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
    )


def _refuse_undated(filings: Iterable[rows.Filing], rhythms: Iterable[rows.Rhythm]) -> None:
    """Refuse a filing that neither has a last day nor comes in periods."""
    periodic = {one.filing for one in rhythms}
    for one in filings:
        if not one.last_day and one.key not in periodic:
            raise ForgedPlan(ImpossibleRowError(one.key))


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
    return form._replace(
        rows=tuple(row._replace(column_texts=tuple(of_row[row.item.code])) for row in form.rows)
    )


def _quotas(indicator: rows.Indicator, quotas: Sequence[rows.Quota]) -> dict[str, int]:
    """What each unit owes of an indicator by itself; one number for all stands under the empty name."""
    if indicator.scope != Scope.UNIT:
        return {}
    return {one.agency: one.target or 0 for one in quotas} or {"": indicator.target or 0}
