"""Forms that came back from the units: each is judged as a whole, and stored as a whole or not at all (导入)."""

from collections.abc import Callable, Iterator

from planledger.ledger.actions.event import marked_resembling
from planledger.ledger.chain.verification import recent_fault
from planledger.ledger.forms.drafting import Basis
from planledger.ledger.forms.intake import judged
from planledger.ledger.session import PlanSession, people_warning
from planledger.plan.refusal import NotRecorded
from planledger.questions import sql
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.facts.entry_rows import Entry, entries
from planledger.questions.facts.office import read_head
from planledger.questions.forms.form import template_of
from planledger.questions.forms.returned import Intake, Returned
from planledger.questions.receipt import Draft
from planledger.questions.sheet import filled_sheet, read_unit_names
from planledger.store.errors import Unsound


def take_in(
    book: PlanSession, returned: Returned, changed: str, show: Callable[[Intake], object]
) -> tuple[int, ...]:
    """Store all of a form that came back, or nothing where it has a fault (导入); give the new entries' numbers.

    Args:
        book: the ledger.
        returned: the form.
        changed: what becomes of a cell that differs from an earlier filling: `add`, `correct`, or
            empty to refuse it.
        show: gets what the form comes to before anything is stored.
    """
    with book.store.transaction():
        fault = recent_fault(book.store)
        if fault:
            raise Unsound(f"台账已被改动：{fault}没有导入；请运行 planledger verify，用最近的备份核对。")
        form = book.empty_sheet()
        intake = _intake(book, form, returned, changed)
        show(intake)
        if intake.faults or not intake.wanted:
            return ()
        return tuple(new.number for new in book.append(form, intake.wanted, "").stored)


def look_at(book: PlanSession, returned: Returned, changed: str) -> Intake:
    """What taking a form in would come to; nothing is stored."""
    with book.store.snapshot():
        return _intake(book, book.empty_sheet(), returned, changed)


def _intake(book: PlanSession, form: EmptySheet, returned: Returned, changed: str) -> Intake:
    # another version was adopted by another program: amounts may count otherwise
    if returned.version_id != form.plan.version_id:
        raise NotRecorded(f"{returned.file} 读出以后方案又启用了新版本；请再导入一次。")
    if returned.table:
        from planledger.ledger.forms.tables import judged_table
        from planledger.questions.answers.agencies import with_inherited

        ledger = book.ledger_today(form.plan)
        sheet = filled_sheet(ledger, form, is_full=True)
        intake = judged_table(returned, with_inherited(ledger, sheet))
        return intake._replace(warnings=(*intake.warnings, *_of_people(intake.wanted)))
    stored = _stored_of(book, form, returned)
    before = tuple(entry for entry in stored if not entry.reversed_by)
    undone = tuple(entry for entry in stored if entry.reversed_by)
    codes = {one.code for one in returned.filled} | {entry.code for entry in stored}
    asked_about = form._replace(rows=tuple(row for row in form.rows if row.item.code in codes))
    sheet = book.filled_sheet(asked_about, "")
    first = read_head(book.store).number + 1
    intake = judged(Basis(returned, sheet, before, undone, changed, first))
    rows = {row.item.code: row for row in sheet.rows}
    wanted = tuple(
        marked_resembling(book.store, sheet, rows[draft.code], draft) if draft.indicator else draft
        for draft in intake.wanted
    )
    return intake._replace(wanted=wanted, warnings=(*intake.warnings, *_of_people(intake.wanted)))


def _stored_of(book: PlanSession, form: EmptySheet, returned: Returned) -> list[Entry]:
    """What earlier fillings of a form brought, under whichever of its names the unit got it, in the order of the numbers."""
    ledger = book.ledger_today(form.plan)
    names = read_unit_names(ledger).names(returned.agency, is_alone=True)
    agencies = f"、{'、'.join(names)}、"
    stored: list[Entry] = []
    for name in names:
        template = f'["template","{template_of(returned.plan, name, returned.period)}"]'
        stored += entries(ledger.rows(sql.OF_FORM, agencies=agencies, template=template))
    return sorted(stored, key=lambda entry: entry.number)


def _of_people(wanted: tuple[Draft, ...]) -> Iterator[str]:
    """Warn of the cells in which a number of a person stands: it is stored as it is, like one that is typed."""
    for draft in wanted:
        warning = "" if draft.reverses else people_warning((draft,))
        if warning:
            warning = warning.removeprefix("注意：").replace("已照记", "照记")
            yield f"{draft.details.text('cell')}：{warning}"
