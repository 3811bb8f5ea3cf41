"""What stands in a cell: by its look alone a number is a day, as 43662 is where the cell is to look like one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from planledger.formats.xlsx.bounds import LAST_COLUMN, LAST_ROW, cell_area, letters
from planledger.formats.xlsx.parts import name_of
from planledger.plan.phrases.texts import from_cell

DAY, DURATION = "day", "duration"
# The numbers of built-in looks, which no file writes down; 27 to 36 and 50 to 58 are those of Chinese spreadsheets.
_DAYS, _DURATION = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}, 46
# What is no place for digits in a look that is written down: words, colours, blanks of a width.
_SPOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\[\]]*\]', re.IGNORECASE)
CHINESE_DAY, CHINESE_MONTH = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"'
_BUILT_IN = {  # looks that no file writes down, as Chinese spreadsheets show them
    **dict.fromkeys(("27", "36", "50", "52", "57"), CHINESE_MONTH),
    **dict.fromkeys(("28", "29", "51", "53", "54", "58"), 'm"月"d"日"'),
    "1": "0",
    "2": "0.00",
    **dict.fromkeys(("3", "37", "38"), "#,##0"),
    **dict.fromkeys(("4", "39", "40"), "#,##0.00"),
    "9": "0%",
    "10": "0.00%",
    "14": "yyyy/m/d",
    "17": "mmm-yy",
    "22": "yyyy/m/d h:mm",
    "31": CHINESE_DAY,
}
# 千米 is a unit and no multiple; a comma behind the last digit leaves three of them out.
_SCALING = re.compile(r"[万亿%‰]|[百千](?!米|克|瓦|伏|卡|分点)|[0#?],+(?![0#?,])")
_PARTS = 4  # of a look: for numbers above and below zero, for zero, for texts
LEAP = 60  # 29 February 1900, which never was and which spreadsheets count


def serial_moment(serial: float, *, is_1904: bool) -> datetime:
    """Return the day and hour that a spreadsheet means by a number.

    Raises:
        OverflowError: none that a calendar has.
    """
    if serial < 0:
        raise OverflowError
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  (a sheet knows no zone)
    days = serial + (not is_1904 and 1 <= serial < LEAP)
    return first + timedelta(seconds=round(days * 86_400))


class Look(NamedTuple):
    """What the look of a cell says of what stands in it; nothing else of a style counts."""

    kind: str = ""  # whether a number in it is a day or a duration
    code: str = ""  # how it is written; empty where it says nothing
    is_struck: bool = False

    @property
    def is_scaled(self) -> bool:
        """Whether a number is shown as another one: 0.5 as 50% or 0.5万, 5000 as 5."""
        return _SCALING.search(self.code) is not None

    def hides(self, value: object) -> bool:
        """Whether nothing is shown of a value: its look has an empty part for it, as ;;; has for all, or # for 0."""
        parts = [part.strip() for part in _SPOKEN.sub(_shown, self.code or "General").split(";")]
        if isinstance(value, str):
            return len(parts) == _PARTS and not parts[-1]
        if "[<" in self.code or "[>" in self.code or "[=" in self.code:  # its parts are for other numbers
            return not any(parts)
        number = value if isinstance(value, int | float) else 1
        place = 0 if number > 0 else 1 if number < 0 else 2
        part = parts[place if place < len(parts) else 0]
        return not (part if number else part.strip("#?, "))


def _shown(spoken: re.Match[str]) -> str:
    """Return a letter for words of a look that are shown; nothing for colours and blanks."""
    return "x" if spoken[0][0] in '"\\' and spoken[0].strip('"\\ ') else ""


def looks(styles: Iterable[Element]) -> tuple[Look, ...]:
    """Return each look of cells that a workbook has, by its number."""
    written = dict(_BUILT_IN)
    struck: list[bool] = []
    pairs: list[tuple[str, str]] = []
    for element in styles:
        if name_of(element) == "numFmts":
            written |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
        elif name_of(element) == "fonts":
            struck = [_strikes(font) for font in element if name_of(font) == "font"]
        elif name_of(element) == "cellXfs":
            pairs = [(one.get("numFmtId", "0"), one.get("fontId", "")) for one in element]
    striking = {str(number) for number, strikes in enumerate(struck) if strikes}
    kinds = {number: _kind(number, written) for number, _ in set(pairs)}  # thousands of looks may share one
    return tuple(Look(kinds[number], written.get(number, ""), font in striking) for number, font in pairs)


def _strikes(properties: Iterable[Element]) -> bool:
    """Whether a font strikes words through."""
    return any(name_of(one) == "strike" and one.get("val", "1") in TRUE for one in properties)


def _kind(number: str, written: Mapping[str, str]) -> str:
    if number in written:
        code = _SPOKEN.sub("", written[number]).partition(";")[0].lower()
        return DURATION if "[" in code else DAY if set(code) & set("dmyhs") and "general" not in code else ""
    known = int(number) if number.isdecimal() else 0
    return DURATION if known == _DURATION else DAY if known in _DAYS else ""


_SMALL = {
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
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
    look: Look = Look()
    struck: str = ""  # the words of it that are struck through


NOTHING = Content()


def text_content(element: Element) -> Content:
    """Return a text, which may be in pieces that look different, and those of them that are struck through; how it is pronounced is no part of it."""
    pieces = list(_pieces(element))
    struck = "".join(text for text, is_struck in pieces if is_struck)
    return Content(from_cell("".join(text for text, _ in pieces)), TEXT, struck=from_cell(struck))


def _pieces(element: Element) -> Iterator[tuple[str, bool]]:
    """Give each piece of a text, and whether it is struck through.

    A digit above or below the line is another one than beside it: 4¹ is not 41.
    """
    for child in element:
        if name_of(child) == "t":
            yield child.text or "", False
        elif name_of(child) == "r":
            text = "".join(one.text or "" for one in child if name_of(one) == "t")
            look = [one for part in child if name_of(part) == "rPr" for one in part]
            height = "".join(one.get("val", "") for one in look if name_of(one) == "vertAlign")
            yield text if "_x" in text else text.translate(_SMALL.get(height, {})), _strikes(look)


class Cells:
    """Reads cells, whatever kind of value stands in them."""

    def __init__(
        self, strings: tuple[Content, ...], looks: tuple[Look, ...], *, is_1904: bool, is_calculated: bool
    ) -> None:
        self.strings, self.looks, self.is_1904, self.is_calculated = strings, looks, is_1904, is_calculated
        self._kinds: dict[str, Callable[[str, str], Content]] = {
            "n": self._number,
            "s": lambda text, _: self.strings[int(text)],
            "str": lambda text, _: Content(from_cell(text), TEXT),
            "inlineStr": lambda text, _: Content(text, TEXT),
            "b": lambda text, _: Content(text in TRUE, "b"),
            "e": lambda text, _: Content(text, ERROR),
            "d": lambda text, _: Content(_iso(text), "d"),
        }

    def read(self, row: int, element: Element, cells: dict[Place, Content]) -> None:
        """Read the cells of a row into *cells*; those without a place of their own follow the one before."""
        column = 0
        for cell in (one for one in element if name_of(one) == "c"):
            spot = cell_area(cell.get("r") or f"{letters(column + 1)}{row}")
            if spot is None or spot.cells != 1 or (spot.top, spot.first) in cells:
                raise ValueError(cell.get("r"))
            column = spot.first
            if spot.top != row or row > LAST_ROW or column > LAST_COLUMN:
                raise ValueError(cell.get("r"))
            content = self._content(cell)
            if content.value is not None or content.formula is not None:
                cells[row, column] = content

    def _content(self, cell: Element) -> Content:
        text, formula, struck = None, None, ""
        kind = cell.get("t", NUMBER)
        for child in cell:
            name = name_of(child)
            if text is not None and name in ("v", "is"):
                raise ValueError(text)
            if name == "v":
                text = child.text
            elif name == "f":
                formula = f"={child.text or ''}"
            elif name == "is":
                written = text_content(child)
                text, kind, struck = written.value or None, "inlineStr", written.struck
        # Programs that do not calculate write a nought for whatever a formula would come to.
        is_unknown = formula is not None and not self.is_calculated and not (text or "").strip("0.")
        if text is None or is_unknown:
            return Content(None, formula=formula)
        try:
            look = self._look(cell)
            content = self._kinds[kind](text, look.kind)
            struck = str(content.value) if look.is_struck else struck or content.struck
            is_beyond = content.kind == ERROR and cell.get("vm") is not None
            return content._replace(formula=formula, is_beyond=is_beyond, look=look, struck=struck)
        except (ArithmeticError, LookupError, ValueError):
            return Content(text, ERROR, formula)

    def _look(self, cell: Element) -> Look:
        style = cell.get("s", "")
        return self.looks[int(style)] if style.isdecimal() and int(style[:9]) < len(self.looks) else Look()

    def _number(self, text: str, look: str) -> Content:
        """Read a number; one that no calendar has stays what was typed, however its cell is to look."""
        if "_" in text or not text.isascii():
            raise ValueError(text)
        number = float(text)
        if number.is_integer() and abs(number) < _EXACT:  # some programs write 5 as 5.0
            number = int(number)
        try:
            if look == DURATION:
                return Content(timedelta(days=number), "d")
            if look == DAY:
                moment = serial_moment(number, is_1904=self.is_1904)
                return Content(moment if number >= 1 else moment.time(), "d")
        except ArithmeticError:
            pass
        return Content(number)


def _iso(text: str) -> date | time:
    """Read a day or an hour as strict Open XML writes it."""
    if text.startswith("T"):
        return time.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=None)
