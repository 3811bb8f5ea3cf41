"""What stands in the cells of a workbook that came from outside: values, formulas, what is merged, what is hidden.

Only that is read. Styles, links, comments, tables and properties may be odd or broken: a form is known by its cells.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from planledger.formats.xlsx.bounds import CellArea, OddWorkbookError, cell_area, letters
from planledger.formats.xlsx.contents import NOTHING, TRUE, Cells, Content, Place, looks, text_content
from planledger.formats.xlsx.parts import Parts, elements, local_name, name_of
from planledger.plan.phrases.texts import from_cell, squeeze

THINNEST = 0.5  # a column of characters, or a row of points, that nobody can read any more


class ColumnLook(NamedTuple):
    """The look of neighbouring columns."""

    first: int
    last: int
    width: float | None
    is_hidden: bool  # or so thin that nobody can read them


class RowLook(NamedTuple):
    """The look of one row."""

    height: float | None
    is_hidden: bool

    @property
    def is_flat(self) -> bool:
        """Whether it is so low that nobody can read it."""
        return self.height is not None and self.height < THINNEST


class ReadSheet(NamedTuple):
    """One sheet."""

    title: str
    is_visible: bool
    cells: Mapping[Place, Content]
    merged: tuple[CellArea, ...]
    rows: Mapping[int, RowLook]
    columns: tuple[ColumnLook, ...]
    hides_rows: bool  # all that have no height of their own
    filters: tuple[CellArea, ...]
    margins: tuple[str, ...]  # the head and foot of its pages, with the codes of a spreadsheet

    def at(self, row: int, column: int) -> Content:
        """Return what stands in a cell."""
        return self.cells.get((row, column), NOTHING)

    def hides(self, row: int) -> bool:
        """Whether a row is hidden, by itself or with all that have no height of their own."""
        look = self.rows.get(row, RowLook(None, is_hidden=False))
        return look.is_hidden or (self.hides_rows and look.height is None)

    def row_of(self, heads: Sequence[str], first: int = 1) -> int:
        """Return the row in which most of these *heads* stand, from the *first* column on; 0 where none does."""
        counts = Counter(
            row
            for (row, column), content in self.cells.items()
            if 0 <= column - first < len(heads)
            and squeeze(str(content.value)) == squeeze(heads[column - first])
        )
        return max(counts, key=lambda row: (counts[row], -row), default=0)


class ReadWorkbook(NamedTuple):
    """The sheets of a workbook by their titles, and the properties that somebody gave it."""

    sheets: Mapping[str, ReadSheet]
    properties: Mapping[str, str]
    is_1904: bool  # days are counted from 1904 on


def read_sheets(parts: Parts) -> ReadWorkbook:
    """Read all sheets of a workbook.

    Raises:
        ValueError: it holds what no program would write.
        OddWorkbookError: two sheets are one part of it.
        ParseError: a part of it is not well-formed.
    """
    main = parts.main
    of_book = [(name_of(one), one) for one in _all(parts, main)]
    is_1904 = any(one.get("date1904") in TRUE for name, one in of_book if name == "workbookPr")
    # a program that calculates takes this wish away
    is_calculated = not any(one.get("fullCalcOnLoad") in TRUE for name, one in of_book if name == "calcPr")
    shared = _all(parts, parts.named(main, "sharedStrings"))
    strings = tuple(text_content(one) for one in shared if name_of(one) == "si")
    known = strings, looks(_all(parts, parts.named(main, "styles")))
    reader = Cells(*known, is_1904=is_1904, is_calculated=is_calculated)
    sheets: dict[str, ReadSheet] = {}
    seen: set[str] = set()
    for element, target in worksheets(parts):
        title = element.get("name", "")
        if title in sheets:
            raise ValueError(title)
        if target in seen:
            raise OddWorkbookError("里有两张工作表是同一份内容，不能确认哪一张算数")
        seen.add(target)
        is_visible = element.get("state", "visible") == "visible"
        sheets[title] = _sheet(title, parts.get(target) or b"", reader, is_visible=is_visible)
    return ReadWorkbook(sheets, _properties(parts), is_1904)


def worksheets(parts: Parts) -> Iterator[tuple[Element, str]]:
    """Give the element of each sheet in the main part, and the name of the part that the sheet is."""
    related = parts.related(parts.main)
    for element in _all(parts, parts.main):
        mark = next((value for key, value in element.items() if key.endswith("}id")), "")
        if name_of(element) == "sheet" and mark in related and related[mark].kind == "worksheet":
            yield element, related[mark].target


def _all(parts: Parts, name: str) -> list[Element]:
    return list(elements(parts.get(name) or b"")) if name else []


def _properties(parts: Parts) -> dict[str, str]:
    """Read the properties that somebody gave the document; where they cannot be read, there are none."""
    with suppress(ParseError):
        return {
            one.get("name", ""): from_cell("".join(one.itertext())).strip()
            for one in _all(parts, parts.named("", "custom-properties"))
            if one.tag.endswith("}property")
        }
    return {}


def _sheet(title: str, part: bytes, reader: Cells, *, is_visible: bool) -> ReadSheet:
    cells: dict[Place, Content] = {}
    rows: dict[int, RowLook] = {}
    columns, merged, filters, hides_rows, number = [], [], list[CellArea](), False, 0
    margins: list[str] = []
    for element in elements(part):
        name = name_of(element)
        if name == "row":
            number = int(element.get("r") or number + 1)
            rows[number] = RowLook(_measure(element, "ht"), element.get("hidden") in TRUE)
            reader.read(number, element, cells)
            element.clear()
        elif name == "col":
            span = int(element.get("min", "")), int(element.get("max", ""))
            width = _measure(element, "width")
            is_thin = width is not None and width < THINNEST
            columns.append(ColumnLook(*span, width, is_thin or element.get("hidden") in TRUE))
        elif name == "sheetFormatPr":
            hides_rows = element.get("zeroHeight") in TRUE
        elif name == "autoFilter" and len(element):  # it filters by something
            filters += filter(None, [cell_area(element.get("ref", ""))])
        elif name.endswith(("Header", "Footer")) and element.text:
            margins.append(element.text)
        elif name == "mergeCell":
            merged.append(_merged(element))
    areas = tuple(merged), rows, tuple(columns)
    return ReadSheet(title, is_visible, cells, *areas, hides_rows, tuple(filters), tuple(margins))


def _merged(element: Element) -> CellArea:
    area = cell_area(element.get("ref", ""))
    if area is None:
        raise ValueError(element.get("ref"))
    return area


def _measure(element: Element, name: str) -> float | None:
    """Read a width or height; None where there is none of its own."""
    with suppress(ValueError):
        return float(element.get(name, ""))
    return None


PICTURE, TEXT_BOX, FILE = "张图片", "个文本框", "个嵌入的文件"
_SHOWS = re.compile(  # of WPS, of Excel; where only the text of it is left, it may have lost its sign
    r"\s*(?:(?:of:)?[=＝].*\b(?:DISPIMG|IMAGE)|(?:_xlfn\.)?DISPIMG)\s*[(（]", re.IGNORECASE | re.DOTALL
)
_OF_SHEET = {"image": PICTURE, "oleObject": FILE, "package": FILE}  # what a sheet itself may name


class Floating(NamedTuple):
    """One thing that lies over a sheet."""

    sheet: str  # title
    cell: str  # under its upper left corner; empty where it has none
    kind: str


def is_picture(content: Content) -> bool:
    """Whether a cell shows a picture: by its formula, by what is left of one, or by a value that no cell can write."""
    texts = [one for one in (content.value, content.formula) if isinstance(one, str)]
    return content.is_beyond or any(map(_SHOWS.match, texts))


def floating(parts: Parts) -> tuple[Floating, ...]:
    """Return what lies over the cells: pictures, boxes with text in them, files."""
    over: list[Floating] = []
    seen: set[str] = set()  # a drawing lies over one sheet, and is read once
    for sheet, name in worksheets(parts):
        title = sheet.get("name", "")
        for kind, target in dict.fromkeys(parts.related(name).values()):
            if kind in _OF_SHEET:
                over.append(Floating(title, "", _OF_SHEET[kind]))
            elif kind == "drawing" and target not in seen:
                seen.add(target)
                over += (Floating(title, *one) for one in _drawn(parts.get(target) or b""))
    return tuple(dict.fromkeys(over))


def _drawn(drawing: bytes) -> Iterator[tuple[str, str]]:
    """Give what a drawing holds, as far as it can be read: each anchor has one thing and the cell over which it begins."""
    with suppress(ParseError):
        for anchor in elements(drawing):
            inside = list(anchor.iter()) if local_name(anchor).endswith("Anchor") else []
            if any(local_name(one) in ("pic", "blip") for one in inside):
                yield _corner(anchor), PICTURE
            elif any(local_name(one) == "t" and (one.text or "").strip() for one in inside):
                yield _corner(anchor), TEXT_BOX


def comments(parts: Parts) -> Iterator[tuple[str, str, str]]:
    """Give the title, cell and words of each comment (批注)."""
    for sheet, name in worksheets(parts):
        targets = [one.target for one in parts.related(name).values() if one.kind == "comments"]
        with suppress(ParseError):
            for one in chain.from_iterable(elements(parts.get(target) or b"") for target in targets):
                ref = one.get("ref", "")
                if local_name(one) == "comment" and cell_area(ref):
                    # besides its texts it may have its place and look
                    words = "".join(text.text or "" for text in one.iter() if local_name(text) == "t")
                    yield sheet.get("name", ""), ref, " ".join(words.split())


def _corner(anchor: Element) -> str:
    at = {local_name(one): one.text or "" for child in anchor if local_name(child) == "from" for one in child}
    with suppress(KeyError, ValueError):
        return f"{letters(int(at['col']) + 1)}{int(at['row']) + 1}"
    return ""
