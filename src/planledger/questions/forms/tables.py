"""The tables that the office fills in itself: of all units whom to call and what they submitted, of all rows who declared."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from planledger.plan.model.entry_kinds import DECLARED
from planledger.plan.model.rows import answering
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.people.contact import Contact
from planledger.plan.people.masking import masked_private, masked_text
from planledger.questions.answers.agencies import contact_marks, contacts
from planledger.questions.answers.filings import filings
from planledger.questions.facts.progress import NOTHING, Mark
from planledger.questions.judge.lacks import declared
from planledger.questions.sheet import Sheet

COMPLETE, NO_NEWS, YES, NO = "完成", "零报告", "是", "否"
NUMBER = "记录号"  # of the entry that a row shows: what was recorded since then is seen by it
FILE = "file"  # no column: the digests of the files from which the entries of a row came
DAYS, CHOICES = ("报来日期", "退回日期", "日期"), {"盖章": (YES, NO), "申报": (COMPLETE, NO_NEWS)}
LOOSE = {  # of a cell for one of a few words: what else is written for one of them
    "是否完成": {"完成": YES, "已完成": YES, "√": YES, "未完成": NO, "×": NO},
    "盖章": {"已盖章": YES, "√": YES, "未盖章": NO, "×": NO},
    "申报": {"已完成": COMPLETE},
}
PERSON = ("姓名", "电话")
Cells = dict[str, str]  # what stands in a row, by the names of the columns
Known = tuple[Cells, Iterable[Mark]]  # of a row what no entry says, and its entries


class OfficeTable(NamedTuple):
    """A table: its columns from left to right, and what is known of each row."""

    keys: tuple[str, ...]  # by which a row is known wherever it stands: the unit, and what of it
    known: tuple[str, ...]  # what is shown and not read
    entries: tuple[tuple[str, ...], ...]  # what may be changed: the columns of each entry that comes of it
    rows: Callable[[Sheet], Iterator[Known]]

    @property
    def open(self) -> tuple[str, ...]:
        """The columns that may be changed."""
        return tuple(chain.from_iterable(self.entries))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column."""
        return (*self.keys, *self.known, *self.open)


def table_rows(kind: str, sheet: Sheet) -> Iterator[Cells]:
    """Give the rows of a table with what is known; a later entry goes before an earlier one."""
    for row, marks in TABLES[kind].rows(sheet):
        cells = dict(row)
        for mark in marks:
            file = cells.get(FILE, "") + mark.details.text("file")
            cells.update(_cells(mark), **{NUMBER: str(mark.entry), FILE: file})
        yield cells


def masked_cell(column: str, text: str) -> str:
    """Return what a cell shows of a text about people, unless all of it is wanted."""
    return masked_text(text) if column in PERSON else masked_private(text)


def table_title(kind: str, sheet: Sheet) -> str:
    """Return what stands above a table: when it comes back, the plan is known by it."""
    return f"{sheet.plan.title}{kind}表"


def _contacts(sheet: Sheet) -> Iterator[Known]:
    known = contacts(sheet)
    for unit in sheet.agencies:
        name, phone, _ = known.get(unit.name, Contact("", ""))
        cells = {"责任单位": unit.name, "方": unit.side, "姓名": name, "电话": phone}
        yield cells, (mark for mark in contact_marks(sheet.marks, sheet.units) if mark.agency == unit.name)


def _filings(sheet: Sheet) -> Iterator[Known]:
    for unit in filings(sheet).units:
        for state in unit.states:
            filing, name = state.filing, unit.agency.name
            cells = {"责任单位": name, "报送": filing.label, "最后一天": filing.last_day}
            marks = (m for m in sheet.marks if (m.agency, m.subject) == (name, filing.key))
            left = (m for m in marks if not state.parts or m.parts.intersection(state.parts))
            yield cells | {"状态": state.standing.label}, left


def _declarations(sheet: Sheet) -> Iterator[Known]:
    for row in sheet.rows:
        if row.judgement.standing == Standing.CANCELLED or not row.progress.asks_declaration:
            continue
        done, _ = declared(row.progress)
        of_item = {"序号": row.item.code, "具体事项": row.item.title, "最后一天": row.item.last_day}
        for duty in answering(row.duties):
            marks = (m for m in row.progress.marks if m.agency == duty.agency)
            known = (m for m in marks if (m.kind in DECLARED and m.agency in done) or m.subject == NOTHING)
            yield {"责任单位": duty.agency} | of_item, known


def _cells(mark: Mark) -> Cells:
    """What an entry says in the columns of its table."""
    part = mark.details.text
    if mark.code:
        return {"申报": COMPLETE if mark.kind in DECLARED else NO_NEWS, "日期": mark.day}
    if mark.kind == EntryKind.CONTACT:
        return {"姓名": part("name"), "电话": part("phone"), "说明": mark.note}
    if mark.kind == EntryKind.RETURN:
        return {"退回日期": mark.day, "退回原因": mark.note}
    how = {"形式": part("form"), "盖章": YES if part("stamped") else NO, "报送到": part("to")}
    return {"报来日期": mark.day, **how, "说明": mark.note}


CONTACTS, FILINGS, DECLARATIONS = "联系人", "报送", "申报"
TABLES = {
    CONTACTS: OfficeTable(("责任单位",), ("方", NUMBER), (("姓名", "电话", "说明"),), _contacts),
    FILINGS: OfficeTable(
        ("责任单位", "报送"),
        ("最后一天", "状态", NUMBER),
        (("报来日期", "形式", "盖章", "报送到", "说明"), ("退回日期", "退回原因")),
        _filings,
    ),
    DECLARATIONS: OfficeTable(
        ("责任单位", "序号"), ("具体事项", "最后一天", NUMBER), (("申报", "日期", "说明"),), _declarations
    ),
}
