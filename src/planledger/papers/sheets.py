"""What stands in the cells of a workbook that came from outside: values, formulas, what is merged, what is hidden.

Only that is read. Styles, links, comments, tables and properties may be odd or broken: a form is known by its cells.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from planledger.papers.bounds import LAST_COLUMN, LAST_ROW, Area, Odd, area, letters
from planledger.papers.looks import DAY, DURATION, looks, moment
from planledger.papers.parts import Parts, elements, name_of
from planledger.plan.breaks import from_cell
from planledger.plan.rows import NamedTuple

NUMBER, TEXT, ERROR = "n", "s", "e"
_EXACT = 2**53  # up to here a number that spreadsheets hold is that number
_TRUE = ("1", "true", "on")
Place = tuple[int, int]  # row and column, from 1


class Content(NamedTuple):
    """What stands in a cell."""

    value: Any = None
    kind: str = NUMBER
    formula: str | None = None
    is_beyond: bool = False  # an error stands in place of what cells cannot write: a picture, mostly

    @property
    def says_something(self) -> bool:
        """Whether anything stands there at all."""
        return self.value is not None or self.formula is not None


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
        return self.cells.get((row, column), _NOTHING)


class Workbook(NamedTuple):
    """The sheets of a workbook by their titles, and the properties that somebody gave it."""

    sheets: Mapping[str, Sheet]
    properties: Mapping[str, str]
    is_1904: bool  # days are counted from 1904 on


_NOTHING = Content()


def read(parts: Parts) -> Workbook:
    """Read all sheets of a workbook.

    Raises:
        ValueError: it says what no program would write.
        Odd: two sheets are one part of it.
        ParseError: a part of it is not well-formed.
    """
    main = parts.main
    is_1904 = any(
        element.get("date1904") in _TRUE for element in _all(parts, main) if name_of(element) == "workbookPr"
    )
    strings = tuple(
        _text(one) for one in _all(parts, parts.named(main, "sharedStrings")) if name_of(one) == "si"
    )
    reader = _Cells(strings, looks(_all(parts, parts.named(main, "styles"))), is_1904=is_1904)
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


def _text(element: Element) -> str:
    """Give the text of a cell, which may be in pieces that look different; how it is pronounced is no part of it."""
    pieces = (one for child in element for one in ([child] if name_of(child) == "t" else _pieces(child)))
    return from_cell("".join(one.text or "" for one in pieces))


def _pieces(run: Element) -> list[Element]:
    return [one for one in run if name_of(one) == "t"] if name_of(run) == "r" else []


def _properties(parts: Parts) -> dict[str, str]:
    """Read the properties that somebody gave the document; where they cannot be read, there are none."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415

    try:
        found = _all(parts, parts.named("", "custom-properties"))
    except ParseError:
        return {}
    return {
        one.get("name", ""): from_cell("".join(one.itertext()))
        for one in found
        if one.tag.endswith("}property")
    }


def _sheet(title: str, part: bytes, reader: "_Cells", *, is_visible: bool) -> Sheet:
    cells: dict[Place, Content] = {}
    rows: dict[int, Row] = {}
    columns, merged, hides_rows, number = [], [], False, 0
    for element in elements(part):
        name = name_of(element)
        if name == "row":
            number = int(element.get("r") or number + 1)
            rows[number] = Row(_measure(element, "ht"), element.get("hidden") in _TRUE)
            reader.read(number, element, cells)
            element.clear()
        elif name == "col":
            span = int(element.get("min", "")), int(element.get("max", ""))
            columns.append(Columns(*span, _measure(element, "width"), element.get("hidden") in _TRUE))
        elif name == "sheetFormatPr":
            hides_rows = element.get("zeroHeight") in _TRUE
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


class _Cells:
    """Reads cells, whatever kind of value stands in them."""

    def __init__(self, strings: tuple[str, ...], looks: tuple[str, ...], *, is_1904: bool) -> None:
        self.strings, self.looks, self.is_1904 = strings, looks, is_1904
        self._kinds: dict[str, Callable[[str, str], Content]] = {
            "n": self._number,
            "s": lambda said, _: Content(self.strings[int(said)], TEXT),
            "str": lambda said, _: Content(from_cell(said), TEXT),
            "inlineStr": lambda said, _: Content(said, TEXT),
            "b": lambda said, _: Content(said in _TRUE, "b"),
            "e": lambda said, _: Content(said, ERROR),
            "d": lambda said, _: Content(_iso(said), "d"),
        }

    def read(self, row: int, element: Element, cells: dict[Place, Content]) -> None:
        """Read the cells of a row into *cells*; those without a place of their own stand beside the one before."""
        column = 0
        for cell in (one for one in element if name_of(one) == "c"):
            spot = area(cell.get("r") or f"{letters(column + 1)}{row}")
            if spot is None or spot.cells != 1 or (spot.top, spot.first) in cells:
                raise ValueError(cell.get("r"))
            column = spot.first
            if spot.top != row or row > LAST_ROW or column > LAST_COLUMN:
                raise ValueError(cell.get("r"))
            content = self._content(cell)
            if content.says_something:
                cells[row, column] = content

    def _content(self, cell: Element) -> Content:
        said, formula = None, None
        kind = cell.get("t", NUMBER)
        for child in cell:
            name = name_of(child)
            if name == "v":
                said = child.text
            elif name == "f":
                formula = f"={child.text or ''}"
            elif name == "is":
                said, kind = _text(child) or None, "inlineStr"
        if said is None:
            return Content(None, formula=formula)
        try:
            content = self._kinds[kind](said, self._look(cell))._replace(formula=formula)
            return content._replace(is_beyond=content.kind == ERROR and cell.get("vm") is not None)
        except (ArithmeticError, LookupError, ValueError):
            return Content(said, ERROR, formula)

    def _look(self, cell: Element) -> str:
        style = cell.get("s", "")
        return self.looks[int(style)] if style.isdecimal() and int(style[:9]) < len(self.looks) else ""

    def _number(self, said: str, look: str) -> Content:
        """Read a number; one that no calendar has stays what was typed, however its cell is to look."""
        if "_" in said or not said.isascii():
            raise ValueError(said)
        number = float(said)
        if number.is_integer() and abs(number) < _EXACT:  # some programs write 5 as 5.0
            number = int(number)
        try:
            if look == DURATION:
                return Content(timedelta(days=number), "d")
            if look == DAY:
                found = moment(number, is_1904=self.is_1904)
                return Content(found if number >= 1 else found.time(), "d")
        except ArithmeticError:
            pass
        return Content(number)


def _iso(said: str) -> date | time:
    """Read a day or an hour as strict Open XML writes it."""
    if said.startswith("T"):
        return time.fromisoformat(said)
    return datetime.fromisoformat(said).replace(tzinfo=None)
