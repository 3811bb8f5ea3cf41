"""Who reported in words in a month, who did not, and what each said last (月报)."""

from planledger.plan.model import Agency
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions.history import Entry, history
from planledger.questions.plans import PlanInForce
from planledger.questions.sheet import Sheet
from planledger.store.database import Store


class UnitReports(NamedTuple):
    """One unit in one month: its reports, newest first; none if it did not report."""

    agency: Agency
    reports: tuple[Entry, ...]


class Reports(NamedTuple):
    """All units that have a duty, those that did not report first."""

    sheet: Sheet
    month: str  # YYYY-MM
    units: tuple[UnitReports, ...]

    @property
    def silent(self) -> int:
        """How many units did not report."""
        return sum(not unit.reports for unit in self.units)


def reports(store: Store, plan: PlanInForce, sheet: Sheet, month: str) -> Reports:
    """Gather the reports in words that are dated in *month*, as far as the sheet's day and moment allow."""
    found: dict[str, list[Entry]] = {}
    for entry in history(store, plan, sheet.as_of, sheet.known_at, since=f"{month}-01").entries:
        if entry.kind == EntryKind.REPORT and entry.dated[:7] == month and not entry.reversed_by:
            found.setdefault(entry.agency, []).append(entry)
    units = [UnitReports(agency, tuple(found.get(agency.name, ()))) for agency in sheet.bound()]
    return Reports(sheet, month, tuple(sorted(units, key=lambda unit: bool(unit.reports))))
