"""A form with faults, marked for whoever filled it: red cells with a note, and a column 问题 to filter by."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from planledger.formats.form.layout import COLUMNS, DETAIL_HEAD_ROW, MARKED, TABLES
from planledger.formats.text.display import cell_text, lined
from planledger.formats.xlsx.bounds import letters
from planledger.formats.xlsx.contents import Content
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.parts import COMMON, STRICT
from planledger.formats.xlsx.sheets import ReadSheet
from planledger.plan.model.rows import grouped
from planledger.plan.people.masking import masked_private
from planledger.questions.forms.returned import CellFault, Intake

_NOT_CELLS = re.compile(
    rb"<(?:\w+:)?(hyperlinks|conditionalFormatting|extLst|(?:legacyD|d)rawing\w*|tableParts|oleObjects|controls)\b"
    rb"(?:[^>]*/>|.*?</(?:\w+:)?\1\s*>)",
    re.DOTALL,
)
_NAMESPACES = (  # strict Open XML, which openpyxl does not know
    (f"{STRICT}spreadsheetml/main".encode(), f"{COMMON}spreadsheetml/2006/main".encode()),
    (f"{STRICT}officeDocument/".encode(), f"{COMMON}officeDocument/2006/".encode()),
)
RED = "FFFF9999"
LONGEST_STEM = 180  # bytes; a file's name has 255 at most, and -问题, a number and .xlsx come after it


def marked(book: OpenedWorkbook, faults: tuple[CellFault, ...]) -> tuple[bytes, bool]:
    """Mark every faulty cell of a workbook; contents stay as they were sent, and the layout where it can be read.

    Returns:
        The workbook, and whether it looks as it was sent.
    """
    for part_of in (lambda _, part: part, _cells_alone):
        with suppress(Exception):  # whatever openpyxl stumbles over: what was typed goes back all the same
            return _written(_as_sent(book, part_of), faults), True
    return _written(_plain(book), faults), False


def marked_name(book: OpenedWorkbook) -> str:
    """Return the name of the marked workbook."""
    stem = Path(book.name).stem.encode()[:LONGEST_STEM].decode(errors="ignore")
    return f"{stem}-问题.xlsx"


def _written(workbook: Any, faults: tuple[CellFault, ...]) -> bytes:
    for name, several in grouped(faults, lambda fault: fault.cell.sheet).items():
        if name in workbook.sheetnames:
            _mark(workbook[name], several, name)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _cells_alone(name: str, part: bytes) -> bytes:
    """Leave out what is no cell of a sheet and may be odd: links, conditional formats, drawings, comments."""
    if name.startswith("docProps/") or "/worksheets/_rels/" in name:
        return b""
    for strict, common in _NAMESPACES:
        part = part.replace(strict, common)
    # of elements and texts alone each pattern finds its end
    is_plain = b"<!" not in part and part.count(b"<?") <= 1
    return _NOT_CELLS.sub(b"", part) if is_plain and "/worksheets/" in name else part


def _as_sent(book: OpenedWorkbook, part_of: Callable[[str, bytes], bytes]) -> Any:
    """Let openpyxl read the workbook; where it finds other sheets than there are, it may not.

    Raises:
        ValueError: it does.
    """
    from openpyxl import load_workbook

    with catch_warnings():
        simplefilter("ignore")  # of what openpyxl cannot keep nothing is asked
        workbook = load_workbook(BytesIO(book.parts.zipped(part_of)), keep_links=False)
    if workbook.sheetnames != list(book.workbook.sheets):
        raise ValueError(workbook.sheetnames)
    for sheet in book.workbook.sheets.values():
        for place, content in sheet.cells.items():
            cell = workbook[sheet.title].cell(*place)
            is_lost = cell.value is None or (cell.data_type == "e" and content.kind != "e")
            is_text = content.kind == "s" and content.formula is None  # of its escapes openpyxl reads half
            if (is_lost or is_text) and not _is_merged(cell):
                _put(cell, content)  # a number that no calendar has is an error to openpyxl
    return workbook


def _plain(book: OpenedWorkbook) -> Any:
    """Return a new workbook with what stands in the cells."""
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904 if book.workbook.is_1904 else CALENDAR_WINDOWS_1900
    workbook.remove(workbook.active)
    for sheet in book.workbook.sheets.values():
        _lay(workbook.create_sheet(sheet.title), sheet)
    return workbook


def _lay(page: Any, sheet: ReadSheet) -> None:
    from openpyxl.styles import Alignment

    page.sheet_state = "visible" if sheet.is_visible else "hidden"
    for place, content in sheet.cells.items():
        cell = page.cell(*place)
        _put(cell, content)
        if place[0] >= DETAIL_HEAD_ROW:  # above it are titles, wider than their cells
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for columns in sheet.columns:
        for column in range(max(1, columns.first), min(columns.last, len(COLUMNS)) + 1):
            page.column_dimensions[letters(column)].width = columns.width


def _put(cell: Any, content: Content) -> None:
    """Write into a cell what stood there; text stays text."""
    if content.formula not in (None, "="):  # a formula that another cell has for it is not written out
        cell.value = content.formula
    elif content.kind in ("s", "e"):
        cell.value, cell.data_type = cell_text(str(content.value)), "s"
    else:
        is_day = isinstance(content.value, datetime) and content.value.time() == time()
        cell.value = content.value.date() if is_day else content.value


def _mark(sheet: Any, faults: list[CellFault], name: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, PatternFill

    fill = PatternFill("solid", start_color=RED)
    width = len(TABLES[name].columns)
    head = sheet.cell(TABLES[name].head, width + 1)
    if not _is_merged(head):
        head.value = MARKED
    sheet.column_dimensions[letters(width + 1)].width = 50
    for fault in faults:
        cell = sheet[fault.cell.name]
        if hasattr(cell, "comment") and not _is_merged(cell):
            cell.fill = fill
            cell.comment = Comment(cell_text(fault.message), "planledger")
    for (_, row), of_row in grouped(faults, lambda fault: fault.cell.line).items():
        place = sheet.cell(row, width + 1)
        texts = [f"{fault.cell.name}：{fault.message}" for fault in of_row]
        if not _is_merged(place):
            former = [str(place.value)] if place.value else []  # what somebody wrote there stays as it is
            place.value = "；".join([*former, *map(cell_text, texts)])
            place.data_type = "s"
            place.fill = fill
            place.alignment = Alignment(wrap_text=True, vertical="top")


def _is_merged(cell: Any) -> bool:
    return type(cell).__name__ == "MergedCell"


def arrival_lines(intake: Intake) -> str:
    """Return of one form, before anything is stored, what is new, the count of its rows, and its faults."""
    returned = intake.returned
    counts = f"新增{intake.new}条，变更{intake.changed}条，未变{intake.unchanged}条"
    if intake.faults and intake.new + intake.changed:
        counts += "，都没有登记"
    lines = [f"{returned.file}  {f'{returned.agency} {returned.period}'.rstrip()}：{counts}"]
    blank = "未改" if returned.table else "空白"
    lines.append(
        f"  行数{len(returned.lines)}＝采纳{intake.accepted}＋{blank}{intake.blank}＋退回{intake.refused}"
    )
    lines += [f"  {fault}" for fault in intake.faults]
    lines += [f"  注意：{warning}" for warning in intake.warnings]
    if intake.faults:
        lines.append(f"  有{len(intake.faults)}处问题，整份未登记。")
    elif not intake.wanted:
        lines.append("  没有新增内容。" if returned.filled or returned.table else "  没有填任何内容。")
    return "\n".join(lined(masked_private(line), "    ") for line in lines)


def import_outcome(numbers: Sequence[int], *, is_dry: bool) -> str:
    """Return what became of a form without faults."""
    if is_dry:
        return "  检查通过，尚未登记。"
    return f"  已登记（第{numbers[0]}号{f'至第{numbers[-1]}号' if len(numbers) > 1 else ''}记录）。"
