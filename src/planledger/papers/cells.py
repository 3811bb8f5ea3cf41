"""The look that all workbooks share: text that stays text, Chinese fonts, paper on which nothing is cut.

openpyxl is loaded where a workbook is made, and nowhere else.
"""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from planledger.papers.columns import columns
from planledger.papers.text import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

A4, A3 = 9, 8  # as Excel numbers papers
BODY_FONT, HEAD_FONT = "宋体", "黑体"
LONGEST = (
    32_767 - 17
)  # so much a cell holds, in units of UTF-16, less a word before it that says what is continued
FOOTER = "第 &P 页 共 &N 页"
HEAD = 3  # title, day and heads stand in the first rows
TEXT, WHOLE = "@", "0"  # a cell that is typed over stays text; a number is shown as it is
_GREY, _HEAD_FILL = "808080", "D9E2EC"
SIZE = 10
LINE = 14.5  # points that a line of that size takes
_MARGIN = 2  # half-width characters of a column that a line may leave empty before it breaks
TALLEST = 400.0  # a row has 409 points at most
_MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")

Value = Any  # a text, a number, a Light, or nothing


class Head(NamedTuple):
    """A column: its name, and how many half-width characters stand beside each other in it."""

    name: str
    width: int
    number: str = TEXT
    centred: bool = False


class Light(NamedTuple):
    """A text on a coloured ground."""

    said: str
    fill: str


class Look(NamedTuple):
    """How cells of one kind look: made once and shared by all of them."""

    font: Any
    fill: Any
    alignment: Any
    border: Any
    number_format: str


def lines(several: Iterable[str]) -> str:
    """Set several texts below each other in one cell; what is empty takes no line."""
    return "\n".join(written(one) for one in several if one)


def pieces(text: str) -> list[str]:
    """Part a text that is longer than a cell holds; most stay whole."""
    found, start, taken = [], 0, 0
    for place, char in enumerate(text):
        units = 2 if ord(char) > 0xFFFF else 1  # noqa: PLR2004  (beyond it UTF-16 takes two)
        if taken + units > LONGEST:
            found.append(text[start:place])
            start, taken = place, 0
        taken += units
    return [*found, text[start:]]


def look(
    fill: str = "", across: str = "left", number: str = TEXT, *, ruled: bool = True, **font: Any
) -> Look:
    """Make a look: ground, alignment, kind of number, border, and whatever a font can be."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    rule = Side(style="thin", color=_GREY) if ruled else Side()
    return Look(
        Font(**{"name": BODY_FONT, "size": SIZE, **font}),
        PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        Alignment(horizontal=across, vertical="center", wrap_text=True),
        Border(left=rule, right=rule, top=rule, bottom=rule),
        number,
    )


def dress(cell: Any, how: Look) -> Any:
    """Give a cell its look."""
    cell.font, cell.fill, cell.alignment, cell.border, cell.number_format = how
    return cell


def fill(cell: Any, value: Value) -> Any:
    """Write a value into a cell; a text is text, whatever it looks like (`=1+1`, `#N/A`)."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def title_looks() -> tuple[Look, Look, Look]:
    """How the title, the line below it and the heads of the columns look."""
    return (
        look(across="center", ruled=False, name=HEAD_FONT, size=16),
        look(ruled=False),
        look(_HEAD_FILL, "center", name=HEAD_FONT),
    )


def paper(sheet: Any, heads: Sequence[Head], *, first: int = 1, head: int = HEAD, size: int = A4) -> None:
    """Set up the paper: landscape, one page wide, heads on every page and always in view, pages counted."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", size, 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = FOOTER
    sheet.print_title_rows = f"{first}:{head}"
    sheet.freeze_panes = f"B{head + 1}"
    for place, one in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(place)].width = one.width


def table(
    sheet: Any, title: str, told: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]], merged: int = 0
) -> None:
    """Write a table with its title onto a sheet, each row as tall as what stands in it.

    A line that needs more height than a row can have stands in several, merged; a text that is longer than
    a cell holds goes on in the cell below.

    Args:
        sheet: a sheet of openpyxl.
        title: what stands above all.
        told: of which day it is, below the title.
        heads: the columns.
        rows: their values, line by line.
        merged: the column, counted from 1, in which equal neighbours become one cell.
    """
    paper(sheet, heads)
    _heading(sheet, title, told, heads)
    looks = [look(across="center" if one.centred else "left", number=one.number) for one in heads]
    row, since, last = HEAD + 1, HEAD + 1, None
    for values in rows:
        if merged and values[merged - 1] != last:
            _merge_down(sheet, merged, since, row - 1)
            since, last = row, values[merged - 1]
        row += _line(sheet, row, zip(values, heads, looks, strict=True), merged)
    if merged:
        _merge_down(sheet, merged, since, row - 1)


def _heading(sheet: Any, title: str, told: str, heads: Sequence[Head]) -> None:
    above, below, named = title_looks()
    for row, (said, how, height) in enumerate(((title, above, 30), (told, below, 18)), 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(heads))
        dress(fill(sheet.cell(row, 1), written(said)), how)
        sheet.row_dimensions[row].height = height
    for column, one in enumerate(heads, 1):
        dress(fill(sheet.cell(HEAD, column), one.name), named)
    sheet.row_dimensions[HEAD].height = 2 * LINE


def _line(sheet: Any, row: int, values: Iterable[tuple[Value, Head, Look]], merged: int) -> int:
    """Write one line and say how many rows of the sheet it takes."""
    cells = [(_text(value), value, head, how) for value, head, how in values]
    height = tallest((text, head.width) for text, _, head, _ in cells)
    taken = ceil(height / TALLEST)
    for column, (text, value, _, how) in enumerate(cells, 1):
        own = how._replace(fill=look(value.fill).fill) if isinstance(value, Light) else how
        for below in range(row, row + taken):
            dress(sheet.cell(below, column), own)
        parts = pieces(text) if isinstance(text, str) else [text]
        share = taken // len(parts)
        for first, part in zip(range(row, row + taken, share), parts, strict=False):
            fill(sheet.cell(first, column), part)
            last = row + taken - 1 if part is parts[-1] else first + share - 1
            if column != merged:
                _merge_down(sheet, column, first, last)
    for below in range(row, row + taken):
        sheet.row_dimensions[below].height = height / taken
    return taken


def _text(value: Value) -> Value:
    return value.said if isinstance(value, Light) else value


def _merge_down(sheet: Any, column: int, first: int, last: int) -> None:
    """Make one cell of those of a column, if there are several."""
    if first < last:
        sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def tallest(cells: Iterable[tuple[Value, int]]) -> float:
    """Say how tall a row must be so that nothing in it is cut; a spreadsheet program does not see to that itself.

    Args:
        cells: what stands beside each other, each with the width of its column.
    """
    most = 1
    for text, width in cells:
        if not isinstance(text, str):
            continue
        room = width - _MARGIN
        if (len(text) if text.isascii() else 2 * len(text)) > room or "\n" in text:
            most = max(most, sum(max(1, ceil(columns(part) / room)) for part in text.split("\n")))
    return most * LINE + 6


def reproducible(data: bytes) -> bytes:
    """Give the bytes of a workbook without the moment at which they were written: the same cells, the same bytes."""
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    out = BytesIO()
    with ZipFile(BytesIO(data)) as written_now, ZipFile(out, "w", ZIP_DEFLATED) as timeless:
        for part in written_now.infolist():
            content = written_now.read(part)
            if part.filename == "docProps/core.xml":
                content = _MOMENT.sub(b">2000-01-01T00:00:00Z<", content)
            info = ZipInfo(part.filename)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 0, 0
            timeless.writestr(info, content)
    return out.getvalue()


def saved(workbook: Any, title: str) -> bytes:
    """Give a workbook as the bytes of a file."""
    from io import BytesIO

    workbook.properties.creator = "planledger"
    workbook.properties.title = written(title)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
