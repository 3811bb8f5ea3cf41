"""Which form a workbook is that came back: of which plan and version, unit and month; and what is filled in it."""

from functools import lru_cache
from pathlib import Path

from planledger.cli.session.session import Session
from planledger.formats.form.office_tables import returned_table, table_kind
from planledger.formats.form.read_form import returned
from planledger.formats.form.read_identity import identity_of
from planledger.formats.xlsx.opening import OpenedWorkbook, WorkbookRefused, open_workbook
from planledger.ledger.chain.chain import plan_digest
from planledger.ledger.clerk import checked_text
from planledger.plan.model.version import Plan
from planledger.plan.people.identity import marking_of_name
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import Refusal
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import plan_in_force, plans_of_chain
from planledger.questions.forms.form import Form, asking, form_today
from planledger.questions.forms.outstanding import sent_by
from planledger.questions.forms.returned import Returned
from planledger.questions.sheet import Sheet, load
from planledger.questions.unit_naming import agency_named
from planledger.store.database import Store
from planledger.store.paths import earlier_plans


def read_all(session: Session, paths: list[Path], agency: str) -> list[Returned | Refusal]:
    """Read every form by what the ledger asks of its unit today, before any of them is stored."""
    read: list[Returned | Refusal] = []
    with session.ledger.store() as store:
        sheets = _sheets(session, store, agency)
        for path in paths:
            try:
                read.append(_read(store, sheets, path, agency, session.settings.now()[:10]))
            except Refusal as refusal:
                read.append(refusal)
    return read


def _sheets(session: Session, store: Store, agency: str) -> dict[str, Sheet]:
    """Return the sheet of every plan of the chain, as a form names its plan; with `--plan` of that plan alone.

    Raises:
        Refusal: no plan has the unit of `--agency`.
    """
    day, moment = session.settings.day(), session.settings.moment()
    plans = () if session.settings.plan or not store.has_chosen else plans_of_chain(store, moment)
    plans = plans or (plan_in_force(store, session.settings.plan, day, moment),)
    sheets = [load(LedgerAsOf(store, plan, day, moment)) for plan in plans]
    if agency and not any(find_agencies(agency, sheet.agencies, sheet.sides) for sheet in sheets):
        agency_named(agency, sheets[-1])
    return {sheet.plan.key: sheet for sheet in sheets}


def _read(store: Store, sheets: dict[str, Sheet], path: Path, agency: str, today: str) -> Returned:
    checked_text(path.name, "文件名", marking_of_name)  # every entry of the form keeps it
    book = open_workbook(path)
    if kind := table_kind(book):
        if agency:
            raise WorkbookRefused(f"{book.name} 是各单位一起的表，不能只收一家；请去掉 --agency。")
        return returned_table(book, kind, sheets.values(), today)
    form, sent = _form(store, sheets, book, agency)
    try:
        return returned(book, form, today, sent)
    except WorkbookRefused:
        raise
    except Exception as error:  # whatever the file holds, the file is refused
        raise WorkbookRefused(f"{path.name} 里有读不懂的内容；请用 planledger template 重新发表。") from error


def _form(store: Store, sheets: dict[str, Sheet], book: OpenedWorkbook, agency: str) -> tuple[Form, Plan]:
    """Return the form that a workbook says it is, as it would be sent today, and the plan's version that it was sent by."""
    identity = identity_of(book)
    if identity.plan not in sheets:
        raise WorkbookRefused(
            f"{book.name} 是方案 {identity.plan} 的表，现在的方案是 {'、'.join(sheets)}；请用 --plan 写明。"
        )
    sheet = sheets[identity.plan]
    only = agency_named(agency, sheet).name if agency else ""
    name = sheet.units.of(identity.agency)
    if only and name != only:
        raise WorkbookRefused(f"{book.name} 是 {identity.agency} 的表，不是 {only} 的；请核对文件。")
    sent = sent_by(store, sheet.plan, identity.digest) or _of_an_earlier_program(identity.digest)
    if sent is None:
        raise WorkbookRefused(
            f"{book.name} 是方案另一版本的表，本台账没有启用过那一版（{identity.digest[:8]}），多半是另一本台账发的；"
            "请核对文件，或用 planledger template 重新发表。"
        )
    agencies = (*sheet.agencies, *sent.agencies)
    unit = next((agency for agency in agencies if agency.name == name), None)
    if unit is None:
        raise WorkbookRefused(f"{book.name} 的单位 {identity.agency} 不在方案里；请核对文件。")
    form = form_today(sheet, unit, identity.period)._replace(sent_to=identity.agency)
    try:
        form = asking(form) if sheet.plan.digest == identity.digest else form
    except Refusal as refusal:
        raise WorkbookRefused(f"{book.name}：{refusal}") from refusal
    if identity.template != form.template:
        raise WorkbookRefused(f"{book.name} 的标识被改动过；请用 planledger template 重新发表。")
    return form, sent


@lru_cache(maxsize=8)
def _of_an_earlier_program(digest: str) -> Plan | None:
    """Return the built-in plan of an earlier program with this digest; units may have its forms, and no ledger adopted it."""
    from planledger.plan.file.yaml_file import require_plan

    plans = (require_plan(path) for path in earlier_plans())
    return next((plan for plan in plans if plan_digest(plan) == digest), None)
