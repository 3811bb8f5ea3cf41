"""The lists of an archive as a workbook: a sheet for each, ready to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planledger.papers.archive.leaves import Link
from planledger.papers.cells import reproducible, saved, table
from planledger.papers.text import written

if TYPE_CHECKING:
    from planledger.papers.archive.leaves import Table
    from planledger.questions.sheet import Sheet


def workbook(sheet: Sheet, told: str, title: str, tables: tuple[Table, ...]) -> bytes:
    """Write lists into a workbook, each onto a sheet of its own; *told* says of which day they are."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    for one in tables:
        page = book.create_sheet(one.title)
        lines = [[_value(cell) for cell in line] for line in one.lines]
        table(page, f"{sheet.plan.title}{one.title}", f"{told}  共{len(lines)}条", one.heads, lines)
    return reproducible(saved(book, f"{sheet.plan.title}{title}"))


def _value(cell: object) -> object:
    if isinstance(cell, Link):
        cell = cell.text
    return written(cell) if isinstance(cell, str) else cell
