"""What every document consists of before anybody knows what it means: paragraphs, and grids of cells.

A workbook, a Word file and a PDF come to the same values, so that one reading of tables serves them all.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planledger.formats.xlsx.bounds import MOST_CELLS, TooLargeError
from planledger.plan.phrases.texts import quoted, unified

AS_NUMBER, AS_DAY = "number", "day"
WRAP = "\x1f"  # where a page ended a line that was full, so that nobody knows whether the words go on


class GridCell(NamedTuple):
    """What stands in one place of a grid, or in several that are merged: each of these has the same cell."""

    rows: range  # that it covers, from 0
    columns: range
    text: str = ""
    notes: tuple[str, ...] = ()  # what nobody can be sure of, without the words "in this cell"
    typed: str = ""  # AS_NUMBER without a look, which shows 1.10 as 1.1; AS_DAY, as a program makes of 1-1

    def over(self, text: str) -> "GridCell":
        """Return it with what a file keeps below it, where it is merged, as a note; its own words again are no others."""
        is_other = bool(text.strip()) and text != self.text
        below = (f"合并的格下面压着{quoted(text)}，没有读",) if is_other else ()
        return self._replace(notes=self.notes + below)


class GridRow(NamedTuple):
    """One row of a grid."""

    at: int  # its place in the grid, from 0
    place: str  # for a person: 清单第5行
    cells: tuple[GridCell, ...]
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> dict[int, GridCell]:
        """The cells that have something in them, each by the first of its columns."""
        filled = ((column, cell) for column, cell in enumerate(self.cells) if cell.text.strip())
        return {column: cell for column, cell in filled if cell.columns.start == column}

    @property
    def doubts(self) -> list[tuple[int, str]]:
        """What nobody can be sure of in the cells that begin in it, each with its column."""
        corners = [(cell.rows.start, cell.columns.start) for cell in self.cells]
        begun = [at for at, corner in enumerate(corners) if corner == (self.at, at)]
        return [(at, note) for at in begun for note in self.cells[at].notes]


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


class Blocks(NamedTuple):
    """A whole document, in its order."""

    blocks: tuple[Paragraph | Grid, ...]
    footnotes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def filled_rows(
    cells: Iterable[GridCell], places: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[GridRow, ...]:
    """Return the rows of a grid: each place that a cell covers has what stands in it.

    Args:
        cells: those that have something in them, or cover several places.
        places: of each row where a person finds it, and what nobody can be sure of in all of it.

    Raises:
        TooLargeError: it has more places than any table.
    """
    plain = [cell._replace(text=unified(cell.text)) for cell in cells]
    known = {(row, column): cell for cell in plain for row in cell.rows for column in cell.columns}
    width = 1 + max((column for _, column in known), default=-1)
    if width * len(places) > MOST_CELLS:
        raise TooLargeError("有一张表过大，多半是格子铺得太宽或太长")
    rows = []
    for at, (place, notes) in enumerate(places):
        empty = (GridCell(range(at, at + 1), range(column, column + 1)) for column in range(width))
        rows.append(GridRow(at, place, tuple(known.get((at, one.columns[0]), one) for one in empty), notes))
    return tuple(rows)


def compact(text: str) -> str:
    """Return a text without blanks and line breaks, its signs as they are printed."""
    return "".join(text.replace(WRAP, "").split())


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
