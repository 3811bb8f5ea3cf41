"""A form with faults, marked for whoever filled it: red cells with a note, and a column 问题 to filter by."""

from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planledger.papers.form import COLUMNS, DETAIL_COLUMNS, DETAIL_HEAD_ROW, FILL_IN, HEAD_ROW, MARKED
from planledger.papers.text import written
from planledger.questions.filled import CellFault

if TYPE_CHECKING:
    from planledger.papers.opening import Opened

RED = "FFFF9999"
LONGEST_STEM = 180  # bytes; a file's name has 255 at most, and it is written under a longer one first


def marked(book: "Opened", faults: tuple[CellFault, ...]) -> bytes:
    """Mark every faulty cell of a workbook as it was sent; contents and layout stay as they are."""
    workbook = book.formulas or book.values
    by_sheet: dict[str, list[CellFault]] = defaultdict(list)
    for fault in faults:
        by_sheet[fault.cell.sheet].append(fault)
    for name, found in by_sheet.items():
        if name in workbook.sheetnames:
            _mark(workbook[name], found, name)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def marked_name(book: "Opened") -> str:
    """Name the marked workbook, beside the one that was sent."""
    stem = Path(book.name).stem.encode()[:LONGEST_STEM].decode(errors="ignore")
    return f"{stem}-问题.xlsx"


def _mark(sheet: Any, faults: list[CellFault], name: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    fill = PatternFill("solid", start_color=RED)
    head, width = (HEAD_ROW, len(COLUMNS)) if name == FILL_IN else (DETAIL_HEAD_ROW, len(DETAIL_COLUMNS))
    if not _is_merged(sheet.cell(head, width + 1)):
        sheet.cell(head, width + 1).value = MARKED
    sheet.column_dimensions[get_column_letter(width + 1)].width = 50
    notes: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        cell = sheet[fault.cell.name]
        notes[cell.row].append(f"{fault.cell.name}：{fault.message}")
        if hasattr(cell, "comment") and not _is_merged(cell):
            cell.fill = fill
            cell.comment = Comment(written(fault.message), "planledger")
    for row, said in notes.items():
        place = sheet.cell(row, width + 1)
        if not _is_merged(place):
            former = [str(place.value)] if place.value else []  # what somebody wrote there stays as it is
            place.value = "；".join([*former, *map(written, said)])
            place.data_type = "s"
            place.fill = fill
            place.alignment = Alignment(wrap_text=True, vertical="top")


def _is_merged(cell: Any) -> bool:
    return type(cell).__name__ == "MergedCell"
