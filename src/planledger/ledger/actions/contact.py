"""Whom to call in a unit (联系人): what may be noted down of a person, and the entry that says it."""

import re
from typing import NamedTuple

from planledger.ledger.clerk import checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.phrases.texts import fold, quoted
from planledger.plan.refusal import NotRecorded
from planledger.questions.naming import agency_named
from planledger.questions.receipt import Draft, Receipt

SHORTEST_NAME = 2
FEWEST_DIGITS, MOST_DIGITS = 7, 15
_PHONE = re.compile(r"\+?[0-9][0-9 -]*")


class Person(NamedTuple):
    """What was typed after `contact set`: nothing of it is believed yet."""

    agency: str
    name: str
    phone: str
    note: str = ""


class ContactActions(PlanSession):
    """The action `contact set`."""

    def set_contact(self, person: Person) -> Receipt:
        """Note whom to call in a unit (四（一）); what was known before stays in the ledger.

        Raises:
            Refusal: the plan has no such unit, it is no name, or no telephone number.
        """
        with self.store.transaction():
            form = self._amended_sheet()
            agency = agency_named(person.agency, form.agencies, form.sides)
            draft = Draft(
                EntryKind.CONTACT.value,
                self.clerk.today,
                side=agency.side,
                agency=agency.name,
                note=checked_text(person.note, "说明"),
                details=write_details(name=_name(person.name), phone=telephone(person.phone)),
            )
            return self._append_typed(form, (draft,), "")


def _name(typed: str) -> str:
    name = checked_text(typed, "姓名")
    if len(name) < SHORTEST_NAME or any(char.isdigit() for char in name):
        raise NotRecorded(f"--name：{quoted(name)}不像姓名；至少两个字，不带数字，例如 --name 某某某。")
    return name


def telephone(typed: str, name: str = "--phone") -> str:
    """Return a telephone number that was typed.

    Args:
        typed: the number.
        name: what stands before it in the line.

    Raises:
        Refusal: it is none.
    """
    phone = checked_text(fold(typed), "电话")
    digits = sum(char.isdigit() for char in phone)
    if not _PHONE.fullmatch(phone) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise NotRecorded(
            f"{name}：{quoted(phone)}不像电话；只写数字、+、- 和空格，{FEWEST_DIGITS}到{MOST_DIGITS}位数字，"
            f"例如 {name} 0750-0000000。"
        )
    return phone
