"""The tables that the office fills in itself: of all units whom to call and what they submitted, of all rows who declared."""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.plan.model.entry_kinds import DECLARED
from planledger.plan.model.rows import answering, asks_declaration
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.people.masking import masked_name, masked_phone, masked_text
from planledger.questions.answers.agencies import contacts
from planledger.questions.answers.filings import filings
from planledger.questions.facts.progress import NOTHING, Contact, Mark, PlanMark, detail
from planledger.questions.sheet import Sheet

CONTACTS, FILINGS, DECLARATIONS = "联系人", "报送", "申报"
COMPLETE, NO_NEWS, YES, NO = "完成", "零报告", "是", "否"
NUMBER = "记录号"  # of the entry that a row shows: what was recorded since then is seen by it
FILE = "file"  # no column: the digests of the files from which the entries of a row came


class TableColumns(NamedTuple):
    """The columns of a table, from left to right."""

    keys: tuple[str, ...]  # by which a row is known wherever it stands: the unit, and what of it
    known: tuple[str, ...]
    open: tuple[str, ...]  # what may be changed

    @property
    def all(self) -> tuple[str, ...]:
        """Every column."""
        return (*self.keys, *self.known, *self.open)


COLUMNS = {
    CONTACTS: TableColumns(("责任单位",), ("方", NUMBER), ("姓名", "电话", "说明")),
    FILINGS: TableColumns(
        ("责任单位", "报送"),
        ("最后一天", "状态", NUMBER),
        ("报来日期", "形式", "盖章", "报送到", "说明", "退回日期", "退回原因"),
    ),
    DECLARATIONS: TableColumns(
        ("责任单位", "序号"), ("具体事项", "最后一天", NUMBER), ("申报", "日期", "说明")
    ),
}
DAYS, CHOICES = ("报来日期", "退回日期", "日期"), {"盖章": (YES, NO), "申报": (COMPLETE, NO_NEWS)}
Cells = dict[str, str]  # what stands in a row, by the names of the columns


def table_rows(kind: str, sheet: Sheet, *, is_full: bool) -> list[Cells]:
    """Return the rows of a table with what is known; contacts are masked unless they are wanted whole."""
    if kind == CONTACTS:
        return [*_contacts(sheet, is_full=is_full)]
    return [*(_filings if kind == FILINGS else _declarations)(sheet)]


def _contacts(sheet: Sheet, *, is_full: bool) -> Iterator[Cells]:
    known = contacts(sheet)
    recorded: dict[str, Cells] = {}
    for mark in sheet.marks:
        if mark.kind == EntryKind.CONTACT:
            recorded[mark.agency] = _entry(mark, recorded.get(mark.agency, {})) | {"说明": mark.note}
    for unit in sheet.agencies:
        name, phone, _ = known.get(unit.name, Contact("", ""))
        if not is_full:
            name, phone = (masked_name(name), masked_phone(phone)) if phone else (masked_text(name), "")
        row = {"责任单位": unit.name, "方": unit.side, "姓名": name, "电话": phone}
        yield row | recorded.get(unit.name, {})


def _filings(sheet: Sheet) -> Iterator[Cells]:
    for unit in filings(sheet).units:
        for state in unit.states:
            row = {"责任单位": unit.agency.name, "报送": state.filing.label}
            row |= {"最后一天": state.filing.last_day, "状态": state.standing.label}
            for mark in sheet.marks:
                if (mark.agency, mark.subject) != (unit.agency.name, state.filing.key):
                    continue
                row |= _entry(mark, row)
                if mark.kind == EntryKind.RETURN:
                    row |= {"退回日期": mark.day, "退回原因": mark.note}
                    continue
                row |= {"报来日期": mark.day, "说明": mark.note}
                row |= {"形式": detail(mark.details, "form"), "报送到": detail(mark.details, "to")}
                row["盖章"] = YES if detail(mark.details, "stamped") else NO
            yield row


def _declarations(sheet: Sheet) -> Iterator[Cells]:
    for row in sheet.rows:
        figures = [figure.indicator for figure in row.progress.figures]
        if row.judgement.standing == Standing.CANCELLED or not asks_declaration(row.item, figures):
            continue
        for duty in answering(row.duties):
            cells = {"责任单位": duty.agency, "序号": row.item.code, "具体事项": row.item.title}
            cells["最后一天"] = row.item.last_day
            for mark in row.progress.marks:
                is_declared = mark.kind in DECLARED
                if mark.agency == duty.agency and (is_declared or mark.subject == NOTHING):
                    cells |= {"申报": COMPLETE if is_declared else NO_NEWS, "日期": mark.day} | _entry(
                        mark, cells
                    )
            yield cells


def _entry(mark: Mark | PlanMark, row: Cells) -> Cells:
    """What a row has of one more entry."""
    return {NUMBER: str(mark.entry), FILE: row.get(FILE, "") + detail(mark.details, "file")}


def table_title(kind: str, sheet: Sheet) -> str:
    """Return what stands above a table: when it comes back, the plan is known by it."""
    return f"{sheet.plan.title}{kind}表"
