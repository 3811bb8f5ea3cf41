"""What stands in the cells of a workbook that came from outside: values, formulas, what is merged, what is hidden.

Only that is read. Styles, links, comments, tables and properties may be odd or broken: a form is known by its cells.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from planledger.papers.bounds import Area, Odd, area
from planledger.papers.contents import NOTHING, TRUE, Cells, Content, Place, text_of
from planledger.papers.looks import looks
from planledger.papers.parts import Parts, elements, name_of
from planledger.plan.breaks import from_cell


class Columns(NamedTuple):
    """Neighbouring columns that look alike."""

    first: int
    last: int
    width: float | None
    is_hidden: bool


class Row(NamedTuple):
    """The look of one row."""

    height: float | None
    is_hidden: bool


class Sheet(NamedTuple):
    """One sheet."""

    title: str
    is_visible: bool
    cells: Mapping[Place, Content]
    merged: tuple[Area, ...]
    rows: Mapping[int, Row]
    columns: tuple[Columns, ...]
    hides_rows: bool  # all that have no height of their own

    def at(self, row: int, column: int) -> Content:
        """Give what stands in a cell."""
        return self.cells.get((row, column), NOTHING)


class Workbook(NamedTuple):
    """The sheets of a workbook by their titles, and the properties that somebody gave it."""

    sheets: Mapping[str, Sheet]
    properties: Mapping[str, str]
    is_1904: bool  # days are counted from 1904 on


def read(parts: Parts) -> Workbook:
    """Read all sheets of a workbook.

    Raises:
        ValueError: it says what no program would write.
        Odd: two sheets are one part of it.
        ParseError: a part of it is not well-formed.
    """
    main = parts.main
    is_1904 = any(
        element.get("date1904") in TRUE for element in _all(parts, main) if name_of(element) == "workbookPr"
    )
    strings = tuple(
        text_of(one) for one in _all(parts, parts.named(main, "sharedStrings")) if name_of(one) == "si"
    )
    reader = Cells(strings, looks(_all(parts, parts.named(main, "styles"))), is_1904=is_1904)
    sheets: dict[str, Sheet] = {}
    seen: set[str] = set()
    for element, target in worksheets(parts):
        title = element.get("name", "")
        if title in sheets:
            raise ValueError(title)
        if target in seen:
            raise Odd("里有两张工作表是同一份内容，不能确认哪一张算数")
        seen.add(target)
        is_visible = element.get("state", "visible") == "visible"
        sheets[title] = _sheet(title, parts.get(target) or b"", reader, is_visible=is_visible)
    return Workbook(sheets, _properties(parts), is_1904)


def worksheets(parts: Parts) -> Iterator[tuple[Element, str]]:
    """Pair what the workbook says of each of its sheets with the name of the part that it is."""
    related = parts.related(parts.main)
    for element in _all(parts, parts.main):
        mark = next((value for key, value in element.items() if key.endswith("}id")), "")
        if name_of(element) == "sheet" and mark in related and related[mark].kind == "worksheet":
            yield element, related[mark].target


def _all(parts: Parts, name: str) -> list[Element]:
    return list(elements(parts.get(name) or b"")) if name else []


def _properties(parts: Parts) -> dict[str, str]:
    """Read the properties that somebody gave the document; where they cannot be read, there are none."""
    try:
        found = _all(parts, parts.named("", "custom-properties"))
    except ParseError:
        return {}
    return {
        one.get("name", ""): from_cell("".join(one.itertext()))
        for one in found
        if one.tag.endswith("}property")
    }


def _sheet(title: str, part: bytes, reader: Cells, *, is_visible: bool) -> Sheet:
    cells: dict[Place, Content] = {}
    rows: dict[int, Row] = {}
    columns, merged, hides_rows, number = [], [], False, 0
    for element in elements(part):
        name = name_of(element)
        if name == "row":
            number = int(element.get("r") or number + 1)
            rows[number] = Row(_measure(element, "ht"), element.get("hidden") in TRUE)
            reader.read(number, element, cells)
            element.clear()
        elif name == "col":
            span = int(element.get("min", "")), int(element.get("max", ""))
            columns.append(Columns(*span, _measure(element, "width"), element.get("hidden") in TRUE))
        elif name == "sheetFormatPr":
            hides_rows = element.get("zeroHeight") in TRUE
        elif name == "mergeCell":
            merged.append(_area(element.get("ref", "")))
    return Sheet(title, is_visible, cells, tuple(merged), rows, tuple(columns), hides_rows)


def _area(ref: str) -> Area:
    found = area(ref)
    if found is None:
        raise ValueError(ref)
    return found


def _measure(element: Element, name: str) -> float | None:
    """Read a width or height; None where there is none of its own."""
    try:
        return float(element.get(name, ""))
    except ValueError:
        return None
