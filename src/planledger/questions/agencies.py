"""The units: what each has to do, what it still owes, how long it has been silent, and whom to call."""

from typing import NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model import Agency, Duty
from planledger.questions.contacts import Contact, contacts
from planledger.questions.sheet import Row, Sheet


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
    is_full: bool = False  # contacts are told whole, because that was asked for
    without_contact: bool = False  # only the units are listed in which nobody is known to call


def units(sheet: Sheet, agencies: tuple[str, ...] = ()) -> Units:
    """List the units with their duties, their silence and whom to call; *agencies* are official names, empty for all."""
    last_entries, known = sheet.last_entries(), contacts(sheet)
    found = []
    for agency in sheet.agencies:
        if agencies and agency.name not in agencies:
            continue
        duties = tuple((row, duty) for row in sheet.rows if (duty := row.duty_of(agency.name)))
        last = last_entries.get(agency.name, "")
        found.append(
            UnitRow(
                agency=agency,
                duties=duties,
                owing=sum(bool(row.owed_by(duty)) for row, duty in duties),
                last_entry=last,
                silent_days=days_between(last, sheet.as_of) if last else None,
                contact=known.get(agency.name),
            )
        )
    return Units(sheet, tuple(found))


def silent_for(answer: Units, days: int) -> Units:
    """Keep the units from which nothing has come for *days*, those that never said anything first."""
    kept = [unit for unit in answer.units if unit.silent_days is None or unit.silent_days >= days]
    kept.sort(key=lambda unit: unit.last_entry)
    return answer._replace(units=tuple(kept))


def lacking_contacts(answer: Units) -> Units:
    """Keep the units in which nobody is known to call."""
    kept = tuple(unit for unit in answer.units if unit.contact is None)
    return answer._replace(units=kept, without_contact=True)
