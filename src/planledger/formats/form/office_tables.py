"""The tables that the office fills in itself: written with what is known, and read back, wherever a row stands now."""

from collections.abc import Iterable
from contextlib import suppress

from planledger.formats.form.layout import IDENTITY, OPEN_STYLE, TABLES, day_rule, letter, list_rule
from planledger.formats.form.read_cells import UNLOCK, CellError, FormReading, Line, SheetReading
from planledger.formats.form.read_form import comment_notes, floating_notes
from planledger.formats.form.read_identity import note_above, one_of_each
from planledger.formats.form.read_values import read_choice, read_named, read_work_day
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import DAY, TEXT
from planledger.formats.workbook.tables import HEAD, Head, Light, new_workbook, saved, table
from planledger.formats.xlsx.opening import OpenedWorkbook, WorkbookRefused
from planledger.plan.phrases.days import TABLE
from planledger.plan.phrases.texts import squeeze
from planledger.questions.forms import tables
from planledger.questions.forms.returned import Returned, TableRow
from planledger.questions.forms.tables import CHOICES, DAYS, PERSON, masked_cell, table_rows, table_title
from planledger.questions.sheet import Sheet

WIDTHS = {
    "责任单位": 28, "具体事项": 30, "序号": 8, "盖章": 7, "记录号": 8, "电话": 20, "说明": 22, "报送到": 22, "退回原因": 20,
}  # fmt: skip
WIDTH = 12  # of the other columns
HINT = "只改淡黄的格，没有变的不动；打码的要改就写全"


def table_workbook(kind: str, sheet: Sheet, *, is_full: bool) -> bytes:
    """Return a table with what is known of each row; numbers of people are masked unless they are wanted whole."""
    (workbook, page), rows, title = new_workbook(kind), [*table_rows(kind, sheet)], table_title(kind, sheet)
    columns, open_ = TABLES[kind].columns, tables.TABLES[kind].open
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
    sheet = next((one for name, one in known.items() if squeeze(name) == squeeze(str(title))), None)
    if sheet is None:
        is_what = f"是“{title}”" if title else "空着"
        why = f"{book.name} 的 {kind}!A1 {is_what}，应是“{'”或“'.join(known)}”"
        raise WorkbookRefused(f"{why}；改动过的请改回，别的方案的请用 planledger tables 重新写表再填。")
    way = FormReading(sheet.plan.year, today, "", {})
    reading = SheetReading(book, kind, [], way)
    note_above(reading, (str(title), reading.at(2, 1).text))
    lines = [Line(reading, row) for row in reading.filled]
    is_readable = reading.refuse_altered([line.row for line in lines])
    rows = [_row(line, kind) for line in lines if is_readable and not line.is_blank(reading.columns)]
    others = (one for one in book.workbook.sheets.values() if one is not reading.sheet and one.is_visible)
    unread = "没有读取，一个文件只读一张表；要导入的请另存成单独的文件"
    return Returned(
        file=book.name,
        sha256=book.sha256,
        plan=sheet.plan.key,
        version_id=sheet.plan.version_id,
        agency=f"{kind}表",
        # a table is not locked
        faults=tuple(one._replace(message=one.message.replace(UNLOCK, "")) for one in reading.faults),
        lines=tuple((kind, line.row) for line in lines),
        notes=(
            *way.notes,
            *floating_notes(book),
            *comment_notes(book),
            *(f"工作表“{one.title}”{unread}。" for one in others if one.cells),
        ),
        table=kind,
        rows=tuple(rows),
    )


def _row(line: Line, kind: str) -> TableRow:
    """Read what stands in a row; a cell with a fault has no text."""
    table = tables.TABLES[kind]
    texts = {name: line[name].text for name in (*table.keys, *table.known)}
    for name in table.open:
        with suppress(CellError):
            if name not in DAYS:
                cell, loose = line[name], tables.LOOSE.get(name, {})
                texts[name] = read_named(cell, name) if name in PERSON else read_choice(cell, loose)
            elif not (day := read_work_day(line[name], place=TABLE)).is_refused:
                texts[name] = day.day
    hidden = tuple(name for name in table.open if line[name].is_hidden)
    places = {name: line[name].place for name in table.columns}
    return TableRow(kind, texts, places, hidden, line.row in line.reading.filtered)
