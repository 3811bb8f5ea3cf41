"""What stands in one cell of a workbook that came from outside: a number, a text, a day, an error, a formula."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from planledger.papers.bounds import LAST_COLUMN, LAST_ROW, area, letters
from planledger.papers.looks import DAY, DURATION, moment
from planledger.papers.parts import name_of
from planledger.plan.breaks import from_cell

NUMBER, TEXT, ERROR = "n", "s", "e"
_EXACT = 2**53  # up to here a number that spreadsheets hold is that number
TRUE = ("1", "true", "on")
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


NOTHING = Content()


def text_of(element: Element) -> str:
    """Give the text of a cell, which may be in pieces that look different; how it is pronounced is no part of it."""
    pieces = (one for child in element for one in ([child] if name_of(child) == "t" else _pieces(child)))
    return from_cell("".join(one.text or "" for one in pieces))


def _pieces(run: Element) -> list[Element]:
    return [one for one in run if name_of(one) == "t"] if name_of(run) == "r" else []


class Cells:
    """Reads cells, whatever kind of value stands in them."""

    def __init__(self, strings: tuple[str, ...], looks: tuple[str, ...], *, is_1904: bool) -> None:
        self.strings, self.looks, self.is_1904 = strings, looks, is_1904
        self._kinds: dict[str, Callable[[str, str], Content]] = {
            "n": self._number,
            "s": lambda said, _: Content(self.strings[int(said)], TEXT),
            "str": lambda said, _: Content(from_cell(said), TEXT),
            "inlineStr": lambda said, _: Content(said, TEXT),
            "b": lambda said, _: Content(said in TRUE, "b"),
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
                said, kind = text_of(child) or None, "inlineStr"
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
