"""How much a workbook may hold: counted by a parser that keeps nothing, before anything is made of it.

A few kilobytes can ask for gigabytes: a link over a whole sheet, a million nested elements, a definition that unfolds.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

MOST_ROWS, MOST_CELLS, MOST_TEXTS = 5_000, 100_000, 20_000  # of a part; a form has some hundred rows
MOST_OTHERS, MOST_ATTRIBUTES = 50_000, 500_000  # of a part: what is neither row nor cell, and attributes
MOST_ELEMENTS, DEEPEST = 600_000, 64  # of all parts together; one in another
LONGEST_STRETCH = 300_000  # bytes without a "<": a cell holds 32,767 characters
LARGEST_AREA = 20_000_000  # cells; a whole column has a million of them, a whole sheet 17,000 million

_MOST = {"row": MOST_ROWS, "c": MOST_CELLS} | dict.fromkeys(("v", "f", "t", "is", "si"), MOST_TEXTS)
_CELL_BY_CELL = ("mergeCell", "hyperlink", "comment")  # what costs memory for each cell that it covers
_SIDE = r"\$?([A-Za-z]{0,3})\$?(\d*)"
_AREA = re.compile(rf"(?:.*!)?{_SIDE}(?::{_SIDE})?", re.DOTALL)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_BLANK = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"  # what may stand before the first "<", whatever the encoding


class TooLargeError(Exception):
    """A workbook holds more than any form, or what no workbook needs; its text says what."""


class OddWorkbookError(TooLargeError):
    """A workbook is compressed or written as no program does that the office uses; saving it again puts that right."""


class CellArea(NamedTuple):
    """The cells between two corners."""

    top: int
    first: int
    bottom: int
    last: int

    @property
    def cells(self) -> int:
        """How many cells they are."""
        return max(0, self.bottom - self.top + 1) * max(0, self.last - self.first + 1)

    @property
    def name(self) -> str:
        """What a spreadsheet calls them."""
        return f"{letters(self.first)}{self.top}:{letters(self.last)}{self.bottom}"


def cell_area(ref: str) -> CellArea | None:
    """Read where an area lies (A1, A1:C3, A:C, 1:3); None where it cannot be read."""
    match = _AREA.fullmatch(ref)
    if match is None or not any(match.groups()):
        return None
    first, top, last, bottom = match.groups()
    if last is None:
        last, bottom = first, top
    rows = _row(top) or 1, _row(bottom) or LAST_ROW
    return CellArea(rows[0], column_of(first) or 1, rows[1], column_of(last) or LAST_COLUMN)


def _row(digits: str) -> int:
    return int(digits.lstrip("0")[:8] or 0)


def column_of(letters: str) -> int:
    """Return which column, from 1, has a name; 0 where there is none."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def letters(column: int) -> str:
    """Return the name that a spreadsheet has for a column."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_xml(part: bytes) -> bool:
    """Whether a parser would take a part for XML, whatever its name says."""
    return part.lstrip(_BLANK)[:1] == b"<"


class Meter:
    """Counts the parts of one workbook, or of another document that is zipped XML."""

    def __init__(self, most: Mapping[str, int] = _MOST, most_others: int = MOST_OTHERS) -> None:
        """Begin at zero.

        Args:
            most: how many elements of a name a part may have.
            most_others: how many of all other names.
        """
        self.most, self.most_others = most, most_others
        self.elements = 0
        self.covered = 0  # cells of areas that cost memory for each of them
        self._new_part()

    def _new_part(self) -> None:
        self.depth = self.attributes = self.others = self.area = 0
        self.counts = dict.fromkeys(self.most, 0)

    def read(self, part: bytes) -> None:
        """Count one part; what is not well-formed counts as far as any parser comes.

        Raises:
            TooLargeError: there is more than a form has.
        """
        if b"\0" in part[:2] or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise OddWorkbookError("不是 Excel、WPS 或 LibreOffice 存的")
        self._new_part()
        self._stretches(part)
        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._definition
        with suppress(ExpatError):
            parser.Parse(part, True)

    def _stretches(self, part: bytes) -> None:
        """Refuse a tag or text so long that a parser would keep too much of it at once."""
        place = 0
        while len(part) - place > LONGEST_STRETCH:
            following = part.rfind(b"<", place + 1, place + LONGEST_STRETCH)
            if following < 0:
                raise TooLargeError("有一处内容过长")
            place = following

    def _definition(self, *_: object) -> None:
        raise TooLargeError("里有不该有的定义（DTD），可能有害")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self.elements += 1
        self.depth += 1
        self.attributes += len(attributes)
        if kind in self.counts:
            self.counts[kind] += 1
            if self.counts[kind] > self.most[kind]:
                raise TooLargeError(f"有一张表超过{MOST_ROWS}行或{MOST_CELLS}格，多半是表下方的空行")
        else:
            self.others += 1
        for key in ("ref", "sqref"):
            if key in attributes:
                self._covers(kind, attributes[key].split())
        is_odd = self.depth > DEEPEST or self.others > self.most_others
        if is_odd or self.attributes > MOST_ATTRIBUTES or self.elements > MOST_ELEMENTS:
            raise TooLargeError("里的格式、规则或别的内容过多")

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _covers(self, kind: str, refs: list[str]) -> None:
        self.others += len(refs)
        for ref in refs:
            area = cell_area(ref)
            if area is None:
                continue
            self.area += area.cells
            if kind in _CELL_BY_CELL:
                self.covered += area.cells
            if kind == "mergeCell" and self.covered > MOST_CELLS:
                raise TooLargeError("合并了过多的单元格")
            if self.area > LARGEST_AREA or self.covered > MOST_CELLS:
                raise TooLargeError(f"有一处格式、规则或超链接铺到 {ref[:40]}，大过任何一张表")
