"""What a filled-in cell of a form means: its entry by the rules of recording, and what in it deserves a second look. Pure."""

from typing import NamedTuple

from planledger.ledger.actions.report import Words, report_texts, with_texts
from planledger.ledger.actions.request import amount_draft, indicator_named, refuse_day, reporting_agency
from planledger.ledger.clerk import checked_text
from planledger.plan.model.entry_details import with_details, write_details
from planledger.plan.model.rows import Agency, amount_text
from planledger.plan.model.terms import EntryKind, Measure
from planledger.plan.people.contact import FOOTER
from planledger.plan.phrases.days import WORK
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.figure import DOUBLED
from planledger.questions.forms.returned import DONE, FIGURE, SENDER, WORDS, Filled, Returned
from planledger.questions.judge.merging import does_count
from planledger.questions.naming import row_named
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet
from planledger.questions.unit_naming import agency_named, name_on_day


class Basis(NamedTuple):
    """What the cells of a form are judged by."""

    returned: Returned
    sheet: Sheet  # the annex as it stands
    before: tuple[Entry, ...]  # what earlier fillings stored and still stands, in the order of the numbers
    undone: tuple[Entry, ...]  # what earlier fillings stored and the office reversed
    changed: str  # what becomes of a cell that differs from an earlier filling
    first: int  # the number that the first new entry will bear


def draft_of(basis: Basis, one: Filled) -> Draft:
    """The entry of a cell.

    Raises:
        Refusal: the rules of recording refuse it.
    """
    draft, form = _RULES[one.kind](basis, one), basis.returned
    origin = {"template": form.template, "slot": one.slot, "cell": str(one.cell)}
    origin |= {"file": form.sha256, "file_name": checked_text(form.file, "文件名")}
    return draft._replace(details=with_details(draft.details, **origin))


def _figure(basis: Basis, one: Filled) -> Draft:
    row = row_named(basis.sheet, one.code)
    indicator = indicator_named(row, one.key)
    shared = _shared(basis, one, row, only_stock=indicator.measure == Measure.STOCK)
    return amount_draft(shared, basis.sheet, row, indicator, one.amount or 0)


def _declaration(basis: Basis, one: Filled) -> Draft:
    return _shared(basis, one, row_named(basis.sheet, one.code))._replace(kind=EntryKind.DECLARATION.value)


def _report(basis: Basis, one: Filled) -> Draft:
    texts = report_texts(Words(one.code, one.progress, one.problem, one.next_step))
    return with_texts(_shared(basis, one, row_named(basis.sheet, one.code)), texts)


def _sender(basis: Basis, one: Filled) -> Draft:
    unit = agency_named(basis.returned.agency, basis.sheet)
    people = zip(FOOTER, one.sender._asdict().items(), strict=True)
    details = write_details(**{name: checked_text(text, head) for head, (name, text) in people})
    return _of_unit(basis, one, unit)._replace(kind=EntryKind.SENDER.value, details=details)


def _shared(basis: Basis, one: Filled, row: Row, *, only_stock: bool = False) -> Draft:
    """What the entries of a row share: the unit, which has a part in it, the day and the note."""
    unit = reporting_agency(basis.returned.agency, basis.sheet, row)
    return _of_unit(basis, one, unit, only_stock=only_stock)._replace(code=row.item.code)


def _of_unit(basis: Basis, one: Filled, unit: Agency, *, only_stock: bool = False) -> Draft:
    """What every entry of a form says: the unit as it is called on the day, the day and the note, checked."""
    refuse_day(one.day, basis.sheet.day_place(WORK), only_stock=only_stock)
    agency = name_on_day(basis.returned.agency, one.day, basis.sheet, is_alone=True)
    return Draft("", one.day, side=unit.side, agency=agency, note=checked_text(one.note, "说明"))


_RULES = {FIGURE: _figure, DONE: _declaration, WORDS: _report, SENDER: _sender}  # by kind of cell


def second_look(basis: Basis, one: Filled, draft: Draft) -> tuple[str, ...]:
    """The warnings of a figure: 本期新增 looks like a running total, or the other side has reported the same too."""
    agency = basis.sheet.units.of(basis.returned.agency)
    figure = row_named(basis.sheet, one.code).progress.figure(draft.indicator) if one.code else None
    if figure is None:
        return ()
    # the form is older than the plan's word on who counts
    if not does_count(figure, draft.agency, one.day, basis.sheet.units):
        counted = f"{figure.indicator.label}由{'、'.join(figure.sources)}报数"
        return (f"{one.cell}：{counted}，本单位的作核对数，不计入累计。",)
    amount, warnings = draft.amount or 0, []
    now = {**figure.amounts, (draft.side, draft.agency, draft.dated): amount}
    if figure._replace(amounts=now).may_be_doubled:
        warnings.append(f"{one.code} {figure.indicator.label}{DOUBLED}。")
    own = sum(n for (_, of, _), n in figure.amounts.items() if of == agency)
    own -= sum(e.amount or 0 for e in basis.before if (e.code, e.indicator) == (one.code, draft.indicator))
    # what others had is in the sum
    is_part = draft.agency != agency and len(basis.sheet.units.parts(agency)) > 1
    if own and amount >= own and not is_part and figure.indicator.measure != Measure.STOCK:
        total = f"本单位此前累计 {amount_text(own, figure.indicator)}"
        warnings.append(f"{one.cell} 填 {one.number}，{total}：疑似填了累计数，请核对。")
    return tuple(warnings)
