"""Tables of a workbook: text that stays text, rows in which nothing is cut.

openpyxl is loaded where a workbook is made, and nowhere else.
"""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planledger.formats.text.display import cell_text
from planledger.formats.workbook import style
from planledger.formats.workbook.style import HEI, LINE, LONGEST, TEXT, Style, dress, fill

HEAD = 3  # title, day and heads stand in the first rows
PIECE = LONGEST - 17  # of a text that goes on in further cells; a word before it says what is continued
TALLEST = 400.0  # points of a row
TITLE = Style("", "center", font=HEI, size=16, is_ruled=False)
BELOW_TITLE = Style(is_ruled=False)
NAMES = Style("D9E2EC", "center", font=HEI)
_MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")

Value = Any  # a text, a number, a Light, or nothing


class Head(NamedTuple):
    """A column: its name, and how many half-width characters stand in a line of it."""

    name: str
    width: int
    number: str = TEXT
    centred: bool = False
    is_merged: bool = False  # equal neighbours become one cell


class Light(NamedTuple):
    """A text on a coloured ground."""

    text: str
    fill: str


def new_workbook(title: str) -> tuple[Any, Any]:
    """Make a workbook, and return it with its one sheet."""
    from openpyxl import Workbook

    workbook: Any = Workbook()
    workbook.active.title = title
    return workbook, workbook.active


def lines(several: Iterable[str]) -> str:
    """Return several texts as the lines of one cell; what is empty takes no line."""
    return "\n".join(cell_text(one) for one in several if one)


def text_pieces(text: str) -> list[str]:
    """Return a text in the parts that a cell holds each; most are one."""
    parts, start, taken = [], 0, 0
    for place, char in enumerate(text):
        units = 2 if char > "\uffff" else 1  # beyond it UTF-16 takes two
        if taken + units > PIECE:
            parts.append(text[start:place])
            start, taken = place, 0
        taken += units
    return [*parts, text[start:]]


def table(
    sheet: Any, title: str, extent: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]
) -> None:
    """Write a table with its title onto a sheet, each row as tall as what stands in it.

    A line that needs more height than a row can have stands in several, merged; a text that is longer than
    a cell holds goes on in the cell below.

    Args:
        sheet: a sheet of openpyxl.
        title: what stands above all.
        extent: of which day it is, below the title.
        heads: the columns; one of them at most is merged.
        rows: their values, line by line.
    """
    style.set_up_paper(sheet, [one.width for one in heads], head=HEAD)
    for row, text, look, points in ((1, title, TITLE, 30), (2, extent, BELOW_TITLE, 18)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(heads))
        dress(fill(sheet.cell(row, 1), cell_text(text)), look)
        sheet.row_dimensions[row].height = points
    for column, one in enumerate(heads, 1):
        dress(fill(sheet.cell(HEAD, column), one.name), NAMES)
    sheet.row_dimensions[HEAD].height = 2 * LINE
    styles = [Style("", "center" if one.centred else "left", one.number) for one in heads]
    merged = next((column for column, one in enumerate(heads, 1) if one.is_merged), 0)
    row, since, last = HEAD + 1, HEAD + 1, None
    for values in rows:
        if merged and values[merged - 1] != last:
            _merge_down(sheet, merged, since, row - 1)
            since, last = row, values[merged - 1]
        row += _line(sheet, row, zip(values, heads, styles, strict=True), merged)
    if merged:
        _merge_down(sheet, merged, since, row - 1)


def _line(sheet: Any, row: int, values: Iterable[tuple[Value, Head, Style]], merged: int) -> int:
    """Write one line and return how many rows of the sheet it takes."""
    cells = [
        (value.text, head, look._replace(fill=value.fill))
        if isinstance(value, Light)
        else (value, head, look)
        for value, head, look in values
    ]
    points = tallest((text, head.width) for text, head, _ in cells)
    taken = ceil(points / TALLEST)
    for column, (text, _, look) in enumerate(cells, 1):
        for below in range(row, row + taken):
            dress(sheet.cell(below, column), look)
        parts = text_pieces(text) if isinstance(text, str) else [text]
        share = taken // len(parts)
        for first, part in zip(range(row, row + taken, share), parts, strict=False):
            fill(sheet.cell(first, column), part)
            last = row + taken - 1 if part is parts[-1] else first + share - 1
            if column != merged:
                _merge_down(sheet, column, first, last)
    for below in range(row, row + taken):
        sheet.row_dimensions[below].height = points / taken
    return taken


def _merge_down(sheet: Any, column: int, first: int, last: int) -> None:
    """Make one cell of those of a column, if there are several."""
    if first < last:
        sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def tallest(cells: Iterable[tuple[Value, int]]) -> float:
    """Return how many points a row takes in which nothing is cut.

    Args:
        cells: what stands in the row, each with the width of its column.
    """
    longer = (  # few are
        style.lines_of(text, width)
        for text, width in cells
        if isinstance(text, str) and (2 * len(text) > width - style.MARGIN or "\n" in text)
    )
    return style.height(max(longer, default=1))


def reproducible(data: bytes, day: str = "2000-01-01") -> bytes:
    """Return a workbook, or another file of an office program, as if written on a *day*: the same content, the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as written_now, ZipFile(out, "w", ZIP_DEFLATED) as timeless:
        for part in written_now.infolist():
            content = written_now.read(part)
            if part.filename == "docProps/core.xml":
                content = _MOMENT.sub(f">{day}T00:00:00Z<".encode(), content)
            info = ZipInfo(part.filename)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 0, 0
            timeless.writestr(info, content)
    return out.getvalue()


def saved(workbook: Any, title: str) -> bytes:
    """Return a workbook as the bytes of a file."""
    workbook.properties.creator = "planledger"
    workbook.properties.title = cell_text(title)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
