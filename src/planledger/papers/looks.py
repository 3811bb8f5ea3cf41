"""What a number in a cell means, which its look alone says: 43662 is a day where the cell is to look like one."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from planledger.papers.parts import name_of

DAY, DURATION = "day", "duration"
# The numbers of built-in looks, which no file writes down; 27 to 36 and 50 to 58 are those of Chinese spreadsheets.
_DAYS, _DURATION = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}, 46
# What is no place for digits in a look that is written down: words, colours, blanks of a width.
_SPOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\[\]]*\]', re.IGNORECASE)
_LEAP = 60  # 29 February 1900, which never was and which spreadsheets count


def moment(serial: float, *, is_1904: bool = False) -> datetime:
    """Say which day and hour a spreadsheet means by a number.

    Raises:
        OverflowError: none that a calendar has.
    """
    if serial < 0:
        raise OverflowError
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  (a sheet knows no zone)
    days = serial + (not is_1904 and 1 <= serial < _LEAP)
    return first + timedelta(seconds=round(days * 86_400))


def looks(styles: Iterable[Element]) -> tuple[str, ...]:
    """Say of each look of cells whether a number in it is a day or a duration: that is all that is asked of styles."""
    written: dict[str, str] = {}
    found: list[str] = []
    for element in styles:
        if name_of(element) == "numFmts":
            written |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
        elif name_of(element) == "cellXfs":
            found = [one.get("numFmtId", "0") for one in element]
    known = {
        number: _look(number, written) for number in set(found)
    }  # thousands of cells' looks may share one
    return tuple(known[number] for number in found)


def _look(number: str, written: Mapping[str, str]) -> str:
    if number in written:
        code = _SPOKEN.sub("", written[number]).partition(";")[0].lower()
        return DURATION if "[" in code else DAY if set(code) & set("dmyhs") and "general" not in code else ""
    known = int(number) if number.isdecimal() else 0
    return DURATION if known == _DURATION else DAY if known in _DAYS else ""
