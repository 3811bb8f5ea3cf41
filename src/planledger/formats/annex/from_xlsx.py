"""A workbook as grids, one a sheet: what is shown of it, with a note of what is hidden or struck through."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

from planledger.formats.annex.grid import AS_DAY, AS_NUMBER, Blocks, Grid, GridCell, filled_rows
from planledger.formats.annex.prose import unread_margins
from planledger.formats.xlsx.bounds import CellArea, letters
from planledger.formats.xlsx.contents import CHINESE_DAY, CHINESE_MONTH, DAY, ERROR, Content, Place
from planledger.formats.xlsx.parts import Parts
from planledger.formats.xlsx.sheets import ReadSheet, floating, is_picture, read_sheets
from planledger.plan.phrases.texts import quoted

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|([yY]+|[mM]+|[dD]+)|([^@])', re.DOTALL)
_BLANK = re.compile(r"[_*].|\[[^\]]*\]|\\?\s", re.DOTALL)
_HOURS = re.compile(r"(?:\\?\s)*\[?[hH]")
_WORDS = r'((?:"[^"]*"|\\.)*)'
_PLAIN = re.compile(rf"{_WORDS}(#,##)?0(?:\.(0+))?(%?){_WORDS}(?:[_ ;].*)?", re.DOTALL)
_GENERAL = ("", "general", "g/通用格式", "@")
_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|.)', re.DOTALL)
_SHOWN = {"&L": "\n", "&C": "\n", "&R": "\n", "&P": "1", "&N": "1", "&&": "&"}  # parts, pages, a sign
_HALF_UP = Context(prec=400, rounding=ROUND_HALF_UP)  # of what is shown, 2.675 with two places is 2.68
_WIDEST, _LONGEST = 200, 5_000  # columns and rows of a table; what lies beyond them is noted


def workbook_blocks(parts: Parts) -> Blocks:
    """Return the sheets of a workbook that are shown, as grids.

    Raises:
        ValueError: it holds what no program would write.
        OddWorkbookError: two sheets are one part of it.
        ParseError: a part of it is not well-formed.
    """
    sheets = read_sheets(parts).sheets.values()
    shown = [sheet for sheet in sheets if sheet.is_visible and sheet.cells]
    questions = [
        f"工作表{sheet.title}是隐藏的，没有读" for sheet in sheets if sheet.cells and not sheet.is_visible
    ]
    questions += [f"{one.sheet}{one.cell}处有{one.kind[1:]}，里面的字没有读" for one in floating(parts)]
    for sheet in shown:
        questions += unread_margins(_margins(sheet), f"{sheet.title}的")
    if parts.has("xl/comments") or parts.has("xl/threadedcomments"):
        questions.append("表里有批注，没有读")
    return Blocks(tuple(_grid(sheet) for sheet in shown), questions=tuple(questions))


def _margins(sheet: ReadSheet) -> Iterator[str]:
    """Give the lines at the head and foot of the pages of a sheet."""
    for text in sheet.margins:
        yield from _MARGIN_CODE.sub(lambda code: _SHOWN.get(code[0], ""), text).splitlines()


def _grid(sheet: ReadSheet) -> Grid:
    """Return one sheet from its first cell to its last."""
    inside = [place for place in sheet.cells if place[0] <= _LONGEST and place[1] <= _WIDEST]
    last = max((row for row, _ in inside), default=0)
    is_hidden = ("这一行是隐藏的（筛选掉的）" if any(sheet.filters) else "这一行是隐藏的",)
    flat = {row for row, look in sheet.rows.items() if look.is_flat}
    places = [
        (f"{sheet.title}第{row}行", is_hidden if row in flat or sheet.hides(row) else ())
        for row in range(1, last + 1)
    ]
    hidden = frozenset(
        column - 1
        for look in sheet.columns
        if look.is_hidden
        for column in range(look.first, min(look.last, _WIDEST) + 1)
    )
    beyond = (f"{sheet.title}里有的格子在第{_LONGEST}行以下或{letters(_WIDEST)}列以右，没有读",)
    notes = beyond if len(inside) < len(sheet.cells) else ()
    return Grid(sheet.title, filled_rows(_cells(sheet, inside, last), places), notes, hidden)


def _cells(sheet: ReadSheet, inside: Iterable[Place], last: int) -> Iterable[GridCell]:
    """Return the cells *inside* a table as far as its *last* row that are shown, each over those that are merged with it; what stands below it is noted."""
    areas = {
        (row, column): area
        for area in sheet.merged
        for row in range(area.top, min(area.bottom, last) + 1)
        for column in range(area.first, min(area.last, _WIDEST) + 1)
    }
    shown: dict[Place, GridCell] = {}
    for place in sorted(inside):
        area = areas.get(place, CellArea(*place, *place))
        corner = area.top, area.first
        rows = range(area.top - 1, min(area.bottom, last))
        whole = shown.get(corner, GridCell(rows, range(area.first - 1, min(area.last, _WIDEST))))
        text, notes, typed = _words(sheet.cells[place])
        is_own = place == corner
        shown[corner] = whole._replace(text=text, notes=notes, typed=typed) if is_own else whole.over(text)
    return shown.values()


def _words(content: Content) -> tuple[str, tuple[str, ...], str]:
    """Return the words of a cell, what nobody can be sure of in them, and how they were typed."""
    if is_picture(content):
        return "", ("这一格是图片",), ""
    if content.value is None:
        return "", ("这一格是公式，文件里没有存它算出的值",), ""
    text, doubt = printed(content)
    notes = [doubt] if doubt else []
    if content.struck.strip():
        notes.append(f"删除线：{quoted(content.struck.strip())}划去了，照样读了")
    return text, tuple(notes), _typed(content)


def printed(content: Content) -> tuple[str, str]:
    """Return the words of a cell as they are printed, and what nobody can be sure of; empty where all is plain."""
    value, code = content.value, content.look.code
    if content.kind == ERROR:
        return ("" if str(value).startswith("#") else str(value)), f"这一格是错误值或图片{value}"
    if isinstance(value, datetime):
        code = _HOURS.split(code)[0] or CHINESE_DAY
        is_foreign = "mmm" in code.lower() or "[dbnum" in code.lower()  # months in letters, digits in Chinese
        is_moment = value.time() != time()
        if "mmm" in code.lower():
            code = CHINESE_DAY if "d" in code.lower() else CHINESE_MONTH
        return _day(value, code), f"这一格是日期{value}，表上另有写法" if is_foreign or is_moment else ""
    if isinstance(value, str | bool):
        text = str(value).upper() if isinstance(value, bool) else value
        return text, "" if _is_as_typed(code) else f"{quoted(text)}在表上按格式{code}显示，另有样子"
    plain, match = f"{value:.15g}" if isinstance(value, int | float) else str(value), _PLAIN.fullmatch(code)
    if code.lower() in _GENERAL:
        return plain, ""
    has_other = value == 0 and code.count(";") > 1  # a part of its own for 0
    if match is None or has_other or not isinstance(value, int | float):
        return plain, f"这一格是数字{plain}，表上按格式{code}显示，可能另有样子"
    before, thousands, tenths, percent, behind = match.groups(default="")
    number = Decimal(plain) * (100 if percent else 1)
    rounded = number.quantize(Decimal(f"1e-{len(tenths)}"), context=_HALF_UP)
    before, behind = (re.sub(r'["\\]', "", words) for words in (before, behind))
    return f"{before}{rounded:{',' * bool(thousands)}f}{percent}{behind}", ""


def _is_as_typed(code: str) -> bool:
    """Whether a look shows words as they are: without a part for words, or with one that only puts blanks around them."""
    parts = code.split(";")
    of_words = parts[3:] or [one for one in parts if "@" in one] or ["@"]
    return _BLANK.sub("", of_words[0]).lower() in _GENERAL[1:]


def _typed(content: Content) -> str:
    """Return what a cell holds that may be printed in another way than it was typed; empty for words."""
    if content.look.kind == DAY:
        return AS_DAY
    return AS_NUMBER if isinstance(content.value, float) and content.look.code.lower() in _GENERAL else ""


def _day(value: datetime, code: str) -> str:
    """Write a day as its look does; a month that is to be spelled in letters is a number."""
    month, day = f"{value.month}", f"{value.day}"
    shown = {"yyyy": f"{value:%Y}", "yy": f"{value:%y}", "mm": f"{value:%m}", "dd": f"{value:%d}", "d": day}
    tokens = _TOKEN.findall(code.partition(";")[0])
    return "".join(
        shown.get(signs.lower(), month) if signs else literal or escaped or other
        for literal, escaped, signs, other in tokens
    ).strip()
