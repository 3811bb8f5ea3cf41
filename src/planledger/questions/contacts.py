"""Whom the office calls in a unit (联系人): what was recorded last, else what the plan file says, else whom it called last year."""

from typing import NamedTuple

from planledger.plan.model import Agency
from planledger.plan.sayable import Details
from planledger.plan.terms import EntryKind
from planledger.questions import queries
from planledger.questions.entry_rows import plan_marks
from planledger.questions.plans import PlanInForce
from planledger.questions.progress import Inherited, PlanMark, detail
from planledger.questions.sheet import Sheet
from planledger.questions.wording import read
from planledger.store.database import Store


class Contact(NamedTuple):
    """The named person of a unit, which clause 四（一） asks for."""

    name: str
    phone: str  # empty where the plan file says person and number in one text
    year: int = 0  # of the earlier plan from which it is taken over; 0 for the plan's own

    def said(self, *, is_full: bool) -> str:
        """Say who it is: 试** 138****5678, or all of it where that was asked for; and of which year, where not of this one."""
        return self._person(is_full=is_full) + (f"（沿用{self.year}年）" if self.year else "")

    def _person(self, *, is_full: bool) -> str:
        if is_full:
            return f"{self.name} {self.phone}".rstrip()
        from planledger.plan.masking import masked_name, masked_phone, masked_text

        return (
            f"{masked_name(self.name)} {masked_phone(self.phone)}" if self.phone else masked_text(self.name)
        )


def contact_in(details: Details) -> Contact:
    """Read the contact that an entry says."""
    return Contact(detail(details, "name"), detail(details, "phone"))


def contacts(sheet: Sheet) -> dict[str, Contact]:
    """Say for every unit whom to call, as far as anybody is known; of two entries the later number counts."""
    earlier = {one.agency: Contact(one.name, one.phone, one.year) for one in sheet.inherited}
    return earlier | _own(sheet.agencies, sheet.marks)


def with_inherited(store: Store, sheet: Sheet) -> Sheet:
    """Let a sheet know the contacts of the earlier plans of its chain: nobody has to note them down again each year.

    Of a unit the newest earlier plan counts in which anybody is known. What each plan says is as it was known at the
    moment of the sheet.
    """
    asked = {"plan": sheet.plan.plan_id, "year": sheet.plan.year, "known_at": sheet.known_at}
    found: dict[str, Inherited] = {}
    for plan in map(PlanInForce._make, store.rows(queries.EARLIER_PLANS, asked)):
        of_plan = {"plan": plan.plan_id, "as_of": sheet.as_of, "known_at": sheet.known_at}
        marks = tuple(plan_marks(store.rows(queries.PLAN_MARKS, of_plan)))
        known = _own(read(store, Agency._make, queries.AGENCIES, plan.version_id), marks)
        older = {name: Inherited(name, one.name, one.phone, plan.year) for name, one in known.items()}
        found = older | found
    return sheet._replace(inherited=tuple(found.values()))


def _own(agencies: tuple[Agency, ...], marks: tuple[PlanMark, ...]) -> dict[str, Contact]:
    """Say whom one plan knows: by its file, and what was recorded goes before that."""
    said = {mark.agency: contact_in(mark.details) for mark in marks if mark.kind == EntryKind.CONTACT}
    return {agency.name: Contact(agency.contact, "") for agency in agencies if agency.contact} | said
