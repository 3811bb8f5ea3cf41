"""Whom the office calls in a unit (联系人): what was recorded last, else what the plan file says."""

from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions.progress import detail
from planledger.questions.sheet import Sheet


class Contact(NamedTuple):
    """The named person of a unit, which clause 四（一） asks for."""

    name: str
    phone: str  # empty where the plan file says person and number in one text

    def said(self, *, is_full: bool) -> str:
        """Say who it is: 试** 138****5678, or all of it where that was asked for."""
        if is_full:
            return f"{self.name} {self.phone}".rstrip()
        from planledger.plan.masking import masked_name, masked_phone, masked_text  # noqa: PLC0415  (few know a contact)

        return (
            f"{masked_name(self.name)} {masked_phone(self.phone)}" if self.phone else masked_text(self.name)
        )


def contact_in(details: str) -> Contact:
    """Read the contact that an entry says."""
    return Contact(detail(details, "name"), detail(details, "phone"))


def contacts(sheet: Sheet) -> dict[str, Contact]:
    """Say for every unit whom to call, as far as anybody is known; of two entries the later number counts."""
    said = {mark.agency: contact_in(mark.details) for mark in sheet.marks if mark.kind == EntryKind.CONTACT}
    return {agency.name: Contact(agency.contact, "") for agency in sheet.agencies if agency.contact} | said
