"""Tables of a workbook: text that stays text, rows in which nothing is cut.

openpyxl is loaded where a workbook is made, and nowhere else.
"""

from __future__ import annotations

import re
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import (
    HEI,
    LINE,
    LONGEST,
    MARGIN,
    TEXT,
    Style,
    dress,
    fill,
    height,
    lines_of,
    set_up_paper,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = 3  # title, day and heads stand in the first rows
PIECE = LONGEST - 17  # of a text that goes on in further cells; a word before it says what is continued
TALLEST = 400.0  # points of a row
TITLE = Style("", "center", font=HEI, size=16, is_ruled=False)
BELOW_TITLE = Style(is_ruled=False)
NAMES = Style("D9E2EC", "center", font=HEI)
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


def lines(several: Iterable[str]) -> str:
    """Set several texts below each other in one cell; what is empty takes no line."""
    return "\n".join(cell_text(one) for one in several if one)


def pieces(text: str) -> list[str]:
    """Part a text that is longer than a cell holds; most stay whole."""
    found, start, taken = [], 0, 0
    for place, char in enumerate(text):
        units = 2 if ord(char) > 0xFFFF else 1  # noqa: PLR2004  (beyond it UTF-16 takes two)
        if taken + units > PIECE:
            found.append(text[start:place])
            start, taken = place, 0
        taken += units
    return [*found, text[start:]]


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
    set_up_paper(sheet, [one.width for one in heads], head=HEAD)
    _heading(sheet, title, told, heads)
    styles = [Style("", "center" if one.centred else "left", one.number) for one in heads]
    row, since, last = HEAD + 1, HEAD + 1, None
    for values in rows:
        if merged and values[merged - 1] != last:
            _merge_down(sheet, merged, since, row - 1)
            since, last = row, values[merged - 1]
        row += _line(sheet, row, zip(values, heads, styles, strict=True), merged)
    if merged:
        _merge_down(sheet, merged, since, row - 1)


def _heading(sheet: Any, title: str, told: str, heads: Sequence[Head]) -> None:
    for row, (said, how, points) in enumerate(((title, TITLE, 30), (told, BELOW_TITLE, 18)), 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(heads))
        dress(fill(sheet.cell(row, 1), cell_text(said)), how)
        sheet.row_dimensions[row].height = points
    for column, one in enumerate(heads, 1):
        dress(fill(sheet.cell(HEAD, column), one.name), NAMES)
    sheet.row_dimensions[HEAD].height = 2 * LINE


def _line(sheet: Any, row: int, values: Iterable[tuple[Value, Head, Style]], merged: int) -> int:
    """Write one line and say how many rows of the sheet it takes."""
    cells = [(_text(value), value, head, how) for value, head, how in values]
    points = tallest((text, head.width) for text, _, head, _ in cells)
    taken = ceil(points / TALLEST)
    for column, (text, value, _, how) in enumerate(cells, 1):
        own = how._replace(fill=value.fill) if isinstance(value, Light) else how
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
        sheet.row_dimensions[below].height = points / taken
    return taken


def _text(value: Value) -> Value:
    return value.said if isinstance(value, Light) else value


def _merge_down(sheet: Any, column: int, first: int, last: int) -> None:
    """Make one cell of those of a column, if there are several."""
    if first < last:
        sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def tallest(cells: Iterable[tuple[Value, int]]) -> float:
    """Return how many points a row takes in which nothing is cut.

    Args:
        cells: what stands beside each other, each with the width of its column.
    """
    most = 1
    for text, width in cells:
        if isinstance(text, str) and (2 * len(text) > width - MARGIN or "\n" in text):  # few are so long
            most = max(most, lines_of(text, width))
    return height(most)


def reproducible(data: bytes) -> bytes:
    """Give the bytes of a workbook without the moment at which they were written: the same cells, the same bytes."""
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
    workbook.properties.creator = "planledger"
    workbook.properties.title = cell_text(title)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
