"""The tables that the office fills in itself: written with what is known, and read back, wherever a row stands now."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from planledger.formats.form.layout import IDENTITY, OPEN_STYLE, TABLES, day_rule, letter, list_rule
from planledger.formats.form.read_cells import UNLOCK, Cell, CellError, FormReading, Line, SheetReading
from planledger.formats.form.read_identity import one_of_each
from planledger.formats.form.read_values import read_text, read_work_day
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import DAY, TEXT
from planledger.formats.workbook.tables import HEAD, Head, Light, saved, table
from planledger.formats.xlsx.opening import OpenedWorkbook, WorkbookRefused
from planledger.plan.phrases.texts import means_nothing
from planledger.questions.forms import tables
from planledger.questions.forms.form import CellFault, Returned, TableRow
from planledger.questions.forms.tables import CHOICES, DAYS, masked_cell, table_rows, table_title
from planledger.questions.sheet import Sheet

WIDTHS = {
    "责任单位": 28, "具体事项": 30, "序号": 8, "盖章": 7, "记录号": 8, "电话": 20, "说明": 22, "报送到": 22, "退回原因": 20,
}  # fmt: skip
WIDTH = 12  # of the other columns
HINT = "只改淡黄的格，没有变的不动；打码的要改就写全"


def table_workbook(kind: str, sheet: Sheet, *, is_full: bool) -> bytes:
    """Return a table with what is known of each row; numbers of people are masked unless they are wanted whole."""
    from openpyxl import Workbook

    workbook, columns, open_ = Workbook(), TABLES[kind].columns, tables.TABLES[kind].open
    page: Any = workbook.active
    rows, title, page.title = [*table_rows(kind, sheet)], table_title(kind, sheet), kind
    heads = [Head(name, WIDTHS.get(name, WIDTH), DAY if name in DAYS else TEXT) for name in columns]

    def shown(name: str, text: str) -> Light | str:
        text = cell_text(text if is_full else masked_cell(name, text))
        return Light(text, OPEN_STYLE) if name in open_ else text

    lines = ([shown(name, cells.get(name, "")) for name in columns] for cells in rows)
    table(page, title, f"截至{sheet.as_of}  共{len(rows)}行  {HINT}", heads, lines)
    last = HEAD + max(len(rows), 1)
    page.auto_filter.ref = f"A{HEAD}:{letter(columns[-1], columns)}{last}"
    for name in open_:
        if name in (*DAYS, *CHOICES):
            rule = day_rule(sheet.plan.year) if name in DAYS else list_rule(name, CHOICES[name])
            rule.add(f"{letter(name, columns)}{HEAD + 1}:{letter(name, columns)}{last}")
            page.add_data_validation(rule)
    return saved(workbook, title)


def table_kind(book: OpenedWorkbook) -> str:
    """Return which table of the office a workbook is; empty where it is none.

    Raises:
        WorkbookRefused: its sheet was renamed or copied.
    """
    if IDENTITY in book.workbook.sheets:
        return ""
    for kind in tables.TABLES:
        one_of_each(book, kind, TABLES[kind])
    return next((kind for kind in tables.TABLES if kind in book.workbook.sheets), "")


def returned_table(book: OpenedWorkbook, kind: str, sheets: Iterable[Sheet], today: str) -> Returned:
    """Read the rows of a table; what was changed in them is seen where they are judged.

    Raises:
        WorkbookRefused: it is of no plan that is in force.
    """
    title, known = book.workbook.sheets[kind].at(1, 1).value, {table_title(kind, one): one for one in sheets}
    sheet = known.get(str(title))
    if sheet is None:
        is_what = f"是“{title}”" if title else "空着"
        why = f"{book.name} 的 {kind}!A1 {is_what}，应是“{'”或“'.join(known)}”"
        raise WorkbookRefused(f"{why}；改动过的请改回，别的方案的请用 planledger tables 重新写表再填。")
    way = FormReading(sheet.plan.year, today, today[:7], {})
    reading = SheetReading(book, kind, [], way)
    faults, rows = [*_wrong_heads(reading)], list[TableRow]()
    if not faults:
        lines = [Line(reading, row) for row in sorted({row for row, _ in reading.sheet.cells if row > HEAD})]
        reading.refuse_altered([line.row for line in lines])
        rows = [_row(line, kind) for line in lines if not line.is_blank(reading.columns)]
        # a table is not locked
        faults = [one._replace(message=one.message.replace(UNLOCK, "")) for one in reading.faults]
    others = (
        name for name, one in book.workbook.sheets.items() if name != kind and one.is_visible and one.cells
    )
    unread = "没有读取，一个文件只读一张表；要导入的请另存成单独的文件"
    return Returned(
        *(book.name, book.sha256, "", sheet.plan.key, sheet.plan.version_id, f"{kind}表", "", ()),
        faults=tuple(dict.fromkeys(faults)),
        lines=tuple(next(iter(row.cells.values())).line for row in rows),
        blank=(),
        slots={},
        notes=(*way.notes, *(f"工作表“{name}”{unread}。" for name in others)),
        table=kind,
        rows=tuple(rows),
    )


def _wrong_heads(reading: SheetReading) -> Iterator[CellFault]:
    """Find heads that were altered: nobody knows what stands below them."""
    for place, name in enumerate(reading.columns, 1):
        cell = reading.at(HEAD, place)
        if cell.text != name:
            message = f"这一格应是列名“{name}”；请改回，行或列移动过的请移回。"
            yield CellFault(cell.place, cell.text, message)


def _row(line: Line, kind: str) -> TableRow:
    """Read what stands in a row; a cell with a fault has no text."""
    table = tables.TABLES[kind]
    texts = {name: line[name].text for name in (*table.keys, *table.known)}
    for name in table.open:
        with suppress(CellError):
            day = read_work_day(line[name]) if name in DAYS else None
            if day is None or not day.is_refused:
                texts[name] = day.day if day else _text(line[name], name)
    hidden = tuple(name for name in table.open if line[name].is_hidden)
    return TableRow(kind, texts, {name: line[name].place for name in table.columns}, hidden)


def _text(cell: Cell, name: str) -> str:
    """Read a text; what says that there is none is noted.

    Raises:
        CellError: it holds what no cell may.
    """
    text = read_text(cell)
    if text and name in ("姓名", "电话") and means_nothing(text):
        cell.note("按未填")
        return ""
    return text
