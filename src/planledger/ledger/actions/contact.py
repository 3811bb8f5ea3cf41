"""Whom to call in a unit (联系人): what may be noted down of a person, and the entry that says it."""

from planledger.ledger.clerk import checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.people.contact import name_fault, phone_fault, plain_phone
from planledger.plan.phrases.texts import quoted
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Sheet
from planledger.questions.unit_naming import agency_named


def set_contact(book: PlanSession, agency: str, name: str, phone: str, note: str = "") -> Receipt:
    """Note whom to call in a unit (四（一）); what was known before stays in the ledger.

    Raises:
        Refusal: the plan has no such unit, it is no name, or no telephone number.
    """
    with book.store.transaction():
        form = book.amended_sheet()
        return book.append_typed(form, (contact_draft(form, agency, name, phone, note),), "")


def contact_draft(form: EmptySheet | Sheet, agency: str, name: str, phone: str, note: str) -> Draft:
    """The entry that says whom to call. Pure.

    Raises:
        Refusal: as :func:`set_contact`.
    """
    unit = agency_named(agency, form)
    return Draft(
        EntryKind.CONTACT.value,
        form.as_of,
        side=unit.side,
        agency=unit.name,
        note=checked_text(note, "说明"),
        details=write_details(name=_name(name), phone=telephone(phone)),
    )


def _name(typed: str) -> str:
    name = checked_text(typed, "姓名")
    if not name:
        raise NotRecorded("缺少 --name 姓名，例如 --name 某某某。")
    if fault := name_fault(name):
        raise NotRecorded(f"--name：{quoted(name)}{fault}，例如 --name 某某某。")
    return name


def telephone(typed: str, name: str = "--phone") -> str:
    """Return a telephone number that was typed.

    Args:
        typed: the number.
        name: what stands before it in the line.

    Raises:
        Refusal: it is none.
    """
    phone = checked_text(plain_phone(typed), "电话")
    if not phone:
        raise NotRecorded(f"缺少 {name} 电话，例如 {name} 0750-0000000。")
    if fault := phone_fault(phone):
        raise NotRecorded(f"{name}：{quoted(phone)}{fault}，例如 {name} 0750-0000000。")
    return phone
