"""What every document consists of before anybody knows what it means: paragraphs, and grids of cells.

A workbook, a Word file and a PDF come to the same values, so that one reading of tables serves them all.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from planledger.formats.xlsx.bounds import MOST_CELLS, TooLargeError

Corner = tuple[int, int]  # row and column, from 0
NUMBER, DAY = "number", "day"
WRAP = "\u200b"  # where a page ended a line that was full, so that nobody knows whether the words go on


class GridCell(NamedTuple):
    """One place of a grid; the places of a merged cell all have its text and its upper left corner."""

    text: str
    corner: Corner
    notes: tuple[str, ...] = ()  # what nobody can be sure of, without the words "in this cell"
    typed: str = (
        ""  # NUMBER without a look of its own, which shows 1.10 as 1.1; DAY, as a program makes one of 1-1
    )


class GridRow(NamedTuple):
    """One row of a grid."""

    place: str  # for a person: 清单第5行
    cells: tuple[GridCell, ...]
    notes: tuple[str, ...] = ()


class Grid(NamedTuple):
    """One table, or one sheet with whatever stands above and below its table."""

    name: str  # of a sheet; empty where a table has none
    rows: tuple[GridRow, ...]
    notes: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()  # columns
    begins_page: bool = False  # its first row may be the rest of one that the page before has cut


class Paragraph(NamedTuple):
    """One paragraph between tables."""

    place: str
    text: str
    notes: tuple[str, ...] = ()
    is_centered: bool = False


class Blocks(NamedTuple):
    """A whole document, in its order."""

    blocks: tuple[Paragraph | Grid, ...]
    footnotes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Spanning(NamedTuple):
    """A cell as a format gives it: the places that it covers."""

    rows: range
    columns: range
    cell: GridCell


def filled_rows(cells: Iterable[Spanning], count: int) -> list[tuple[GridCell, ...]]:
    """Return the rows of a grid: each place that a cell covers has what stands in it.

    Args:
        cells: those that have something in them, or cover several places.
        count: the rows that there are.

    Raises:
        TooLargeError: it has more places than any table.
    """
    known: dict[Corner, GridCell] = {}
    for spanning in cells:
        corner = spanning.rows.start, spanning.columns.start
        for row in spanning.rows:
            known |= {(row, column): spanning.cell._replace(corner=corner) for column in spanning.columns}
    width = 1 + max((column for _, column in known), default=-1)
    if width * count > MOST_CELLS:
        raise TooLargeError("有一张表过大，多半是格子铺得太宽或太长")
    return [tuple(_at(known, row, column) for column in range(width)) for row in range(count)]


def _at(known: Mapping[Corner, GridCell], row: int, column: int) -> GridCell:
    return known.get((row, column)) or GridCell("", (row, column))


def joined(text: str, between: str = "") -> str:
    """Return a text in one line; words of letters keep a blank where the line broke."""
    whole = ""
    for line in filter(None, map(str.strip, text.replace(WRAP, "").splitlines())):
        needs_blank = not between and whole[-1:].isascii() and line[:1].isascii() and whole[-1:].isalpha()
        whole += (" " if needs_blank and line[:1].isalpha() else between if whole else "") + line
    return whole


STOPS = "、，；,;：:（(/"


def listed(text: str) -> str:
    """Return the units of a cell in one line: each line ends with 、 unless a mark stands there or a bracket is open."""
    whole, depth = "", 0
    for line in filter(None, map(str.strip, text.splitlines())):
        needs_mark = whole and depth <= 0 and whole[-1] not in STOPS and line[0] not in "、，；,;)）"
        whole += ("、" if needs_mark else "") + line
        depth += sum((mark in "（(") - (mark in "）)") for mark in line)
    return whole
