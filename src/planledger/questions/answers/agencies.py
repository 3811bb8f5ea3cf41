"""The units: what each has to do, what it reported in a month, whom to call (联系人)."""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model.entry_details import Details
from planledger.plan.model.entry_kinds import IN_WORDS, WITHOUT_WORDS
from planledger.plan.model.rows import Agency, Duty, grouped_pairs
from planledger.plan.model.terms import EntryKind
from planledger.plan.people.contact import Contact
from planledger.plan.phrases.unit_names import UnitNames
from planledger.questions import sql
from planledger.questions.answers.history import EntryChoice, history
from planledger.questions.facts.entry_rows import Entry, marks
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce, checked_rows
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.merging import marks_on_day
from planledger.questions.sheet import Row, Sheet, last_entries, load, units_bound


def contact_in(details: Details) -> Contact:
    """Read the contact that an entry says."""
    return Contact(details.text("name"), details.text("phone"))


def contacts(sheet: Sheet) -> dict[str, Contact]:
    """Whom to call in each unit, as far as anybody is known; of two entries the later number counts."""
    return dict(sheet.inherited) | _own(sheet.agencies, sheet.marks, sheet.units)


def with_inherited(ledger: LedgerAsOf, sheet: Sheet) -> Sheet:
    """Add to a sheet the contacts of the earlier plans of its chain: nobody has to note them down again each year.

    Of a unit the newest earlier plan counts in which anybody is known. What each plan says is as it was known at the
    moment of the sheet.
    """
    earlier: dict[str, Contact] = {}
    for plan in checked_rows(PlanInForce, ledger.rows(sql.EARLIER_PLANS, year=sheet.plan.year)):
        of_plan = ledger._replace(plan=plan)
        noted = marks_on_day(marks(of_plan.rows(sql.PLAN_MARKS)), sheet.units)
        agencies = sheet.units._replace(agencies=of_plan.plan_rows(Agency)).agencies_on(sheet.as_of)
        known = _own(agencies, noted, sheet.units)
        earlier = {name: one._replace(year=plan.year) for name, one in known.items()} | earlier
    return sheet._replace(inherited=tuple(earlier.items()))


def load_with_contacts(ledger: LedgerAsOf) -> Sheet:
    """Read the annex, and whom to call in the units, also where that was noted in an earlier year, in one view of the ledger."""
    with ledger.store.snapshot():
        return with_inherited(ledger, load(ledger))


def contact_marks(marks: Iterable[Mark], units: UnitNames) -> list[Mark]:
    """What was noted of whom to call, the last of a unit counts; where one took others in, its own goes before theirs."""
    noted = (mark for mark in marks if mark.kind == EntryKind.CONTACT)
    return sorted(noted, key=lambda mark: units.alone(mark.agency) in mark.parts)


def _own(agencies: Iterable[Agency], marks: Iterable[Mark], units: UnitNames) -> dict[str, Contact]:
    """Whom one plan knows: by its file, and what was recorded goes before that."""
    recorded = {mark.agency: contact_in(mark.details) for mark in contact_marks(marks, units)}
    return {agency.name: Contact(agency.contact, "") for agency in agencies if agency.contact} | recorded


class UnitRow(NamedTuple):
    """One unit on the day of the sheet."""

    agency: Agency
    duties: tuple[tuple[Row, Duty], ...]
    owing: int  # rows on which it has still to do something
    last_entry: str  # day of its latest entry; empty if it has none
    silent_days: int | None  # since its last entry; None if it has none
    contact: Contact | None = None  # whom to call; None where nobody is known


class Units(NamedTuple):
    """The units of a plan, in its order."""

    sheet: Sheet
    units: tuple[UnitRow, ...]
    is_full: bool = False  # contacts are shown whole, because that was asked for
    without_contact: bool = False  # only the units are listed in which nobody is known to call


def units(sheet: Sheet, agencies: tuple[str, ...] = ()) -> Units:
    """List the units with their duties, their silence and whom to call; *agencies* are official names, empty for all."""
    latest, known = last_entries(sheet), contacts(sheet)
    rows = []
    for agency in sheet.agencies:
        if agencies and agency.name not in agencies:
            continue
        duties = tuple((row, duty) for row in sheet.rows if (duty := row.duty_of(agency.name)))
        last = latest.get(agency.name, "")
        rows.append(
            UnitRow(
                agency=agency,
                duties=duties,
                owing=sum(bool(row.owed_by(duty)) for row, duty in duties),
                last_entry=last,
                silent_days=days_between(last, sheet.as_of) if last else None,
                contact=known.get(agency.name),
            )
        )
    return Units(sheet, tuple(rows))


def silent_for(answer: Units, days: int) -> Units:
    """Keep the units with a duty from which nothing has come for *days*, those that never recorded anything first."""
    with_duties = (unit for unit in answer.units if unit.duties)
    kept = [unit for unit in with_duties if unit.silent_days is None or unit.silent_days >= days]
    kept.sort(key=lambda unit: unit.last_entry)
    return answer._replace(units=tuple(kept))


def lacking_contacts(answer: Units) -> Units:
    """Keep the units in which nobody is known to call."""
    kept = tuple(unit for unit in answer.units if unit.contact is None)
    return answer._replace(units=kept, without_contact=True)


class UnitReports(NamedTuple):
    """One unit in one month: its reports in words, newest first, and how much else came from it."""

    agency: Agency
    reports: tuple[Entry, ...]
    others: int  # figures, papers, declarations: it reported, though not in words

    @property
    def is_silent(self) -> bool:
        """Whether nothing came from it at all."""
        return not (self.reports or self.others)


class Reports(NamedTuple):
    """All units that have a duty, those that did not report first."""

    sheet: Sheet
    month: str  # YYYY-MM
    units: tuple[UnitReports, ...]

    @property
    def silent(self) -> int:
        """How many units did not report."""
        return sum(unit.is_silent for unit in self.units)


def reports(ledger: LedgerAsOf, sheet: Sheet, month: str) -> Reports:
    """Gather what is dated in *month*, as far as the sheet's day and moment allow: words, and how much else."""
    known = history(ledger, EntryChoice(since=f"{month}-01")).entries
    standing = ((sheet.units.of(one.agency), one) for one in known if not one.reversed_by)
    of_unit = grouped_pairs((unit, one) for unit, one in standing if one.dated[:7] == month)
    units = []
    for agency in units_bound(sheet):
        in_words = tuple(one for one in of_unit[agency.name] if one.kind in IN_WORDS)
        others = sum(one.kind in WITHOUT_WORDS for one in of_unit[agency.name])
        units.append(UnitReports(agency, in_words, others))
    units.sort(key=lambda unit: (not unit.is_silent, bool(unit.reports)))
    return Reports(sheet, month, tuple(units))
