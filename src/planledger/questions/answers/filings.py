"""Where every unit stands with what it has to submit (报送), and which filings are late."""

from typing import NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.rows import Agency, Filing
from planledger.plan.model.terms import FilingStanding
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.judge.filings import FilingState, states_of
from planledger.questions.sheet import Sheet, units_bound


class UnitFilings(NamedTuple):
    """One unit with every filing of the plan."""

    agency: Agency
    states: tuple[FilingState, ...]


class Filings(NamedTuple):
    """The units that have to file, in the plan's order."""

    sheet: Sheet
    units: tuple[UnitFilings, ...]

    def stand(self, filing: Filing, standing: FilingStanding) -> int:
        """How many units stand so with one filing."""
        return sum(state.standing == standing for state in self._of(filing))

    def late(self, filing: Filing) -> int:
        """How many units were late with one filing, or are."""
        return sum(state.days_late > 0 for state in self._of(filing))

    def _of(self, filing: Filing) -> list[FilingState]:
        return [state for unit in self.units for state in unit.states if state.filing == filing]


def filers(form: EmptySheet | Sheet) -> tuple[Agency, ...]:
    """The units that submit what the plan asks for: all that have a duty, but not the offices that collect it."""
    return tuple(agency for agency in units_bound(form) if agency.name not in form.plan.office_names)


class LateFiling(NamedTuple):
    """One filing whose last day has passed, with the units from which it has not come, or not whole."""

    filing: Filing
    days_late: int
    units: tuple[tuple[Agency, FilingState], ...]


def late_filings(sheet: Sheet, agencies: tuple[str, ...]) -> tuple[LateFiling, ...]:
    """Which filings are late on the day of the sheet, the most late first; *agencies* narrows, empty for all."""
    past = tuple(filing for filing in sheet.filings if filing.last_day < sheet.as_of)
    units = filings(sheet._replace(filings=past), agencies).units
    lacking: dict[Filing, list[tuple[Agency, FilingState]]] = {filing: [] for filing in past}
    for unit in units:
        for state in unit.states:
            if state.standing != FilingStanding.HANDED_IN:
                lacking[state.filing].append((unit.agency, state))
    late = (
        LateFiling(filing, days_between(filing.last_day, sheet.as_of), tuple(owing))
        for filing, owing in lacking.items()
        if owing
    )
    return tuple(sorted(late, key=lambda one: -one.days_late))


def filings(sheet: Sheet, agencies: tuple[str, ...] = ()) -> Filings:
    """Of every unit that files: where it stands with every filing, of a rhythm with every period that has begun.

    *agencies* narrows, empty for all.
    """
    asked = tuple(filing for filing in sheet.filings if first_day(filing) <= sheet.as_of)
    sheet = sheet._replace(filings=asked)
    units = [unit for unit in filers(sheet) if not agencies or unit.name in agencies]
    of_units = (UnitFilings(unit, states_of(unit, asked, sheet)) for unit in units)
    return Filings(sheet, tuple(of_units))


def owing_filing(sheet: Sheet, filing: Filing, agencies: tuple[str, ...]) -> tuple[str, ...]:
    """Which units have not submitted a filing completely; *agencies* narrows, empty for all."""
    units = (unit for unit in filers(sheet) if not agencies or unit.name in agencies)
    states = ((unit.name, state) for unit in units for state in states_of(unit, (filing,), sheet))
    return tuple(name for name, state in states if state.standing != FilingStanding.HANDED_IN)
