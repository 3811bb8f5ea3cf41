"""The tables that the office fills in itself: written with what is known, and read back, wherever a row stands now."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from planledger.formats.form.layout import OPEN_STYLE, TABLES, day_rule, letter, list_rule
from planledger.formats.form.read_cells import UNLOCK, CellError, FormReading, Line, SheetReading
from planledger.formats.form.read_values import read_text, read_work_day
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import DAY, TEXT
from planledger.formats.workbook.tables import HEAD, Head, Light, saved, table
from planledger.formats.xlsx.opening import OpenedWorkbook, WorkbookRefused
from planledger.questions.forms.form import CellFault, Returned, TableRow
from planledger.questions.forms.tables import CHOICES, COLUMNS, DAYS, table_rows, table_title
from planledger.questions.sheet import Sheet

WIDTHS = {
    "责任单位": 28, "具体事项": 30, "序号": 8, "盖章": 7, "记录号": 8, "电话": 20, "说明": 22, "报送到": 22, "退回原因": 20,
}  # fmt: skip
WIDTH = 12  # of the other columns
HINT = "只改淡黄的格，没有变的不动；打码的要改就写全"


def table_workbook(kind: str, sheet: Sheet, *, is_full: bool) -> bytes:
    """Return a table with what is known of each row."""
    from openpyxl import Workbook

    workbook, columns, rows = Workbook(), COLUMNS[kind], table_rows(kind, sheet, is_full=is_full)
    page: Any = workbook.active
    page.title, title, last = kind, table_title(kind, sheet), HEAD + max(len(rows), 1)
    heads = [Head(name, WIDTHS.get(name, WIDTH), DAY if name in DAYS else TEXT) for name in columns.all]
    lines = (
        [Light(text, OPEN_STYLE) if name in columns.open else text for name, text in row]
        for row in ([(name, cell_text(cells.get(name, ""))) for name in columns.all] for cells in rows)
    )
    table(page, title, f"截至{sheet.as_of}  共{len(rows)}行  {HINT}", heads, lines)
    page.auto_filter.ref = f"A{HEAD}:{letter(columns.all[-1], columns.all)}{last}"
    for name in columns.open:
        if name in (*DAYS, *CHOICES):
            rule = day_rule(sheet.plan.year) if name in DAYS else list_rule(name, CHOICES[name])
            rule.add(f"{letter(name, columns.all)}{HEAD + 1}:{letter(name, columns.all)}{last}")
            page.add_data_validation(rule)
    return saved(workbook, title)


def returned_table(book: OpenedWorkbook, kind: str, sheets: Iterable[Sheet], today: str) -> Returned:
    """Read the rows of a table; what was changed in them is seen where they are judged.

    Raises:
        WorkbookRefused: it is of no plan that is in force.
    """
    title = book.workbook.sheets[kind].at(1, 1).value
    sheet = next((sheet for sheet in sheets if title == table_title(kind, sheet)), None)
    if sheet is None:
        why = f"{book.name} 的第一行不是现在方案的{kind}表"
        raise WorkbookRefused(f"{why}；请用 planledger tables 重新写表再填。")
    faults: list[CellFault] = []
    way = FormReading(sheet.plan.year, today, today[:7], {})
    reading = SheetReading(book, kind, faults, way)
    lines = [Line(reading, row) for row in sorted({row for row, _ in reading.sheet.cells if row > HEAD})]
    reading.refuse_altered([line.row for line in lines])
    rows = tuple(_row(line, kind) for line in lines if not line.is_blank(TABLES[kind].columns))
    return Returned(
        *(book.name, book.sha256, "", sheet.plan.key, sheet.plan.version_id, f"{kind}表", "", ()),
        # a table is not locked
        faults=tuple(one._replace(message=one.message.replace(UNLOCK, "")) for one in dict.fromkeys(faults)),
        lines=tuple((kind, line.row) for line in lines),
        blank=(),
        slots={},
        notes=(*way.notes, *_other_sheets(book, kind)),
        table=kind,
        rows=rows,
    )


def _other_sheets(book: OpenedWorkbook, kind: str) -> Iterator[str]:
    for name, sheet in book.workbook.sheets.items():
        if name != kind and sheet.is_visible and sheet.cells:
            yield f"工作表“{name}”没有读取，一个文件只读一张表；要导入的请另存成单独的文件。"


def _row(line: Line, kind: str) -> TableRow:
    """Read what stands in a row."""
    texts = {name: line[name].text for name in TABLES[kind].columns}
    for name in COLUMNS[kind].open:
        with suppress(CellError):
            texts[name] = read_work_day(line[name]).day if name in DAYS else read_text(line[name])
    hidden = tuple(name for name in COLUMNS[kind].open if line[name].is_hidden)
    return TableRow(kind, texts, {name: line[name].place for name in texts}, hidden)
