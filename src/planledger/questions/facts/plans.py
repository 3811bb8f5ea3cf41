"""A plan in the version in force, its rows as they were adopted, and its ledger as a question asks it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from planledger.plan.model import rows
from planledger.plan.model.row_values import ImpossibleRowError, check_rows
from planledger.plan.model.terms import EntryKind
from planledger.questions import sql
from planledger.store.database import Store
from planledger.store.errors import NotALedger

if TYPE_CHECKING:
    from planledger.plan.model.version import Finding, Plan

R = TypeVar("R", bound=NamedTuple)  # a class of rows of a plan


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


def refuse_undated(filings: Iterable[rows.Filing], rhythms: Iterable[rows.Rhythm]) -> None:
    """Refuse a filing that neither has a last day nor comes in periods."""
    periodic = {one.filing for one in rhythms}
    for one in filings:
        if not one.last_day and one.key not in periodic:
            raise ForgedPlan(ImpossibleRowError(one.key))


def whole_plan(store: Store, version: int) -> "Plan":
    """Read all of a plan version; its format is that of its rows, because only a digest depends on more.

    Raises:
        ForgedPlan: it holds what no plan can hold.
    """
    from planledger.plan.model.version import FURTHER, Meta, assembled_plan

    meta = read_plan_rows(store, Meta, version)[0]
    plan = assembled_plan(meta, lambda row: read_plan_rows(store, row, version))
    refuse_undated(plan.filings, plan.rhythms)
    return plan._replace(format=2 if any(getattr(plan, name) for name in FURTHER) else 1)


def findings_and_clauses(ledger: LedgerAsOf) -> tuple[tuple["Finding", ...], dict[str, str]]:
    """Read what the document of a plan leaves open or misspells, and its clauses by their numbers."""
    from planledger.plan.model.version import Clause, Finding

    return ledger.plan_rows(Finding), {one.number: one.text for one in ledger.plan_rows(Clause)}
