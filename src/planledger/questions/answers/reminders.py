"""To whom the office writes about what is owed (提醒函、催办函、工作联系函): one letter to each addressee, with the debts of its units.

A unit of the office's own side gets its own letter, or is written to by way of the unit through which it is reached; all
units of another side are in one letter to that side's office.
"""

from typing import NamedTuple

from planledger.plan.model.rows import Agency, grouped
from planledger.plan.model.terms import ChaseWay
from planledger.plan.refusal import Refusal, each
from planledger.questions.answers.debts import Choice, Debts, chosen_debts
from planledger.questions.facts.office import Provenance, own_office, provenance, require_office
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.judge.chasing import chases_for, chases_in
from planledger.questions.naming import split_list
from planledger.questions.sheet import Sheet
from planledger.questions.unit_naming import agency_named


class Reminder(NamedTuple):
    """One letter."""

    addressee: str  # a unit; empty where the plan names no office of the side
    side: str  # whose office it goes to, for all units there; empty for a unit of the own side
    own: Debts | None  # what the addressee itself owes
    others: tuple[Debts, ...]  # what units owe that are reached through it
    earlier: tuple[str, ...]  # the days of the letters of which this one is the next

    @property
    def debts(self) -> tuple[Debts, ...]:
        """What is owed by all units of the letter, the addressee first."""
        return (self.own, *self.others) if self.own else self.others

    @property
    def days_late(self) -> int:
        """How late the worst of it is; 0 before every last day."""
        rows = (one.days_late for debts in self.debts for one in debts.rows)
        filings = (state.days_late for debts in self.debts for state in debts.filings)
        return max((0, *rows, *filings))


class Reminders(NamedTuple):
    """All letters, those to the own side first."""

    sheet: Sheet
    source: Provenance
    letters: tuple[Reminder, ...]
    reply_by: str  # by when the units are to answer; empty where no day is named
    remarks: tuple[str, ...]  # who was left out, and why

    @property
    def agencies(self) -> tuple[str, ...]:
        """The units that are written to, also through others."""
        return tuple(debts.agency.name for letter in self.letters for debts in letter.debts)


def reminders(ledger: LedgerAsOf, sheet: Sheet, choice: Choice, without: tuple[str, ...]) -> Reminders:
    """Find to whom the office writes about what.

    Args:
        ledger: in the view in which the sheet was read.
        sheet: the whole annex.
        choice: whose debts.
        without: units that get no letter, as typed.

    Raises:
        Refusal: as :func:`chosen_debts`; it is not known which unit the office is; nobody is left.
    """
    office = require_office(own_office(ledger), sheet)
    chosen = chosen_debts(ledger, sheet, choice)
    left_out = each(split_list(*without), lambda word: agency_named(word, sheet).name)
    owing = (debts for debts in chosen.debts if debts.agency.name not in left_out)
    of_addressee = grouped(owing, lambda debts: _addressee(debts.agency, office, sheet))
    if not of_addressee:
        raise Refusal("去掉 --without 的单位以后，没有要发函的单位。")
    letters = [_letter(*to, several, sheet) for to, several in of_addressee.items()]
    return Reminders(
        sheet=sheet,
        source=provenance(ledger),
        letters=tuple(sorted(letters, key=lambda letter: bool(letter.side))),
        reply_by=choice.reply_by,
        remarks=chosen.remarks,
    )


def _addressee(agency: Agency, office: Agency, sheet: Sheet) -> tuple[str, str]:
    """Return to whom a letter about the debts of a unit goes, and the side whose office that is; never to the office itself."""
    if agency.side != office.side:
        offices = (one for one in sheet.agencies if one.name in sheet.plan.office_names)
        return next((one.name for one in offices if one.side == agency.side), ""), agency.side
    name = agency.name
    while (by := sheet.through(name)) and by != office.name:
        name = by
    return name, ""


def _letter(addressee: str, side: str, several: list[Debts], sheet: Sheet) -> Reminder:
    own = next((debts for debts in several if debts.agency.name == addressee), None)
    letters = [chase for chase in chases_in(sheet.marks) if chase.details.text("way") == ChaseWay.LETTER]
    earlier = {
        chase.day
        for debts in several
        for chase in chases_for(letters, debts.agency.name, debts.codes, debts.filing_keys)
    }
    others = tuple(debts for debts in several if debts is not own)
    return Reminder(addressee, side, own, others, tuple(sorted(earlier)))
