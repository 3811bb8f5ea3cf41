"""One row of a table as an item: its cells by what their columns say, joined where rows belong together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from planledger.formats.annex.column_words import AREA, CODE, DUE, OF_UNITS, OTHER, REMARK, TEXT, TITLE
from planledger.formats.annex.grid import (
    AS_DAY,
    AS_NUMBER,
    STOPS,
    WRAP,
    GridCell,
    GridRow,
    compact,
    joined,
    listed,
)
from planledger.formats.annex.heads import TableHead
from planledger.plan.draft.annex import AnnexRow
from planledger.plan.phrases.texts import quoted
from planledger.plan.phrases.unit_pieces import is_group
from planledger.plan.phrases.unit_words import ENDS_A_UNIT

END_OF_NUMBER = ".．、"
_BETWEEN, _ROLE = re.compile(r"[、，；,;：:\n]"), re.compile(r"(?:负责|牵头|配合|落实)$")
_SHORTEST_UNIT, _SHORT_UNITS = 3, ("团委", "妇联", "工会", "残联", "侨联", "科协")
# 县委, of which 组织部 may be a part; not 团县委, and not the government of a town
_LARGER = re.compile("(?!团)[^、，]{0,4}(?:[省市县区旗州]委|(?<![镇乡])政府|人大|政协)")
_CUT_DAY = re.compile(r"年\|[0-9]{1,2}月|[0-9]\||\|[年月日底前]")
_HAS_FIGURE = re.compile(r"[0-9〇零一二三四五六七八九十]")


@dataclass
class OpenItem:
    """A row that is being read; further rows of the grid may add to it."""

    place: str
    table: int  # of which it is a row, from 1
    area: str
    code: str
    values: dict[str, str]  # by kind of column
    columns: list[tuple[str, str]]
    questions: list[str]
    goes_on: bool = False  # its text is the merged cell of the row above
    has_own_number: bool = False  # and not that of the row above, in a merged cell or in none
    is_bare: bool = False  # its number is one that Excel may have shortened


def read_grid_row(row: GridRow, head: TableHead, table: int, area: str) -> OpenItem:
    """Read one row; what its cells leave open becomes its questions."""
    doubts = [f"{note}（{head.words[column] or '没有表头的栏'}）" for column, note in row.doubts]
    item = OpenItem(row.place, table, area, "", {}, [], [*row.notes, *doubts])
    for column, cell in row.words.items():
        kind, word = head.kinds[column], head.words[column]
        text, known = value_of(kind, cell), item.values.get(kind, "")
        item.questions += _doubts(kind, cell, text) + _spread(cell, head)
        if kind == OTHER:
            item.columns.append((word, text))
            item.questions += [] if word else [f"{quoted(text)}上面没有表头，不知道是什么"]
        elif known != text:
            between = "、" if kind in OF_UNITS else "；"
            item.values[kind] = f"{known}{between}{text}" if known else text
        elif kind in OF_UNITS:  # two sides may each have a unit of that name
            item.questions.append(f"“{word}”一栏也写着{quoted(text)}，只记了一次；分属两方的请写全称")
        item.goes_on |= kind == TEXT and cell.rows.start < row.at
        item.has_own_number |= kind == CODE and cell.rows.start == row.at
        item.is_bare |= kind == CODE and cell.typed == AS_NUMBER
    if TEXT not in item.values and TITLE in item.values:
        item.values[TEXT] = item.values.pop(TITLE)
    item.code, item.area = item.values.pop(CODE, ""), item.values.pop(AREA, area)
    return item


def _spread(cell: GridCell, head: TableHead) -> list[str]:
    """What a cell leaves open that stands in several columns which say different things."""
    words = list(dict.fromkeys(head.words[column] for column in cell.columns))
    names = "、".join(f"“{word}”" for word in words)
    return [f"{quoted(joined(cell.text))}占了{names}几栏，按“{words[0]}”读"] if len(words) > 1 else []


def value_of(kind: str, cell: GridCell) -> str:
    """Return the words of a cell in one line, as its kind of column needs it."""
    if kind in OF_UNITS:
        return listed(_unwrapped(cell.text))
    if kind == CODE:
        code = compact(cell.text)
        return code.rstrip(END_OF_NUMBER) if code[:1].isdigit() else code
    return joined(cell.text, " " if kind == OTHER else "")


def _unwrapped(text: str) -> str:
    """Put each line of a page in its place: the next unit, where a name has ended and no 、 parts the units, else words."""
    whole, *others = text.split(WRAP)
    for line in others:
        whole += ("\n" if "、" not in text and _is_next_unit(whole, line) else "") + line
    return whole


def _is_next_unit(before: str, line: str) -> bool:
    """Whether a line of a page seems to be another unit than the one before it."""
    following = _ROLE.sub("", _BETWEEN.split(line)[0])
    is_unit = len(following) >= _SHORTEST_UNIT or following in _SHORT_UNITS
    return is_unit and following[0] not in "及和与等" and bool(ENDS_A_UNIT.search(_BETWEEN.split(before)[-1]))


def _doubts(kind: str, cell: GridCell, text: str) -> list[str]:
    """What nobody can be sure of in a cell of a kind: a number or day that may be shortened, lines that may be parted."""
    doubts = []
    if kind == CODE and cell.typed == AS_DAY:
        doubts.append(f"序号在表格里是日期{text}，原来可能是1-1、1.1一类的编号")
    wrapped = cell.text.split(WRAP)[:-1] if "、" not in cell.text else []
    if kind in OF_UNITS and (any(map(ENDS_A_UNIT.search, wrapped)) or _is_torn(cell.text)):
        doubts.append(f"单位一格里换了行，读作{quoted(text)}，请核对断得对不对")
    if kind == DUE:
        lines = [line.strip() for line in cell.text.splitlines() if _HAS_FIGURE.search(line)]
        doubts += [f"时限一格里有{len(lines)}行：{'、'.join(map(quoted, lines))}"] if len(lines) > 1 else []
        if cell.typed == AS_NUMBER and re.fullmatch(r"[0-9]{4}\.1", cell.text):
            doubts.append(f"时限在表格里是数字{cell.text}，可能是{cell.text}0")
    return doubts


def _is_torn(text: str) -> bool:
    """Whether a line of a cell ends where no unit, role, bracket or mark does, or a larger body, so that it may be half a name."""
    lines = [line.strip() for line in text.replace(WRAP, "").splitlines() if line.strip()]
    ends = [_ROLE.sub("", line.removesuffix("等")) for line in lines[:-1] if line[-1] not in f"{STOPS}）)"]
    goes_on = (_LARGER.fullmatch(one) and below[0] not in "省市县区旗州" for one, below in pairwise(lines))
    return any(goes_on) or any(end and not ENDS_A_UNIT.search(end) and not is_group(end) for end in ends)


def add_row(item: OpenItem, more: OpenItem) -> None:
    """Add a row whose text is the same merged cell: its units are more units of the item."""
    for kind, text in more.values.items():
        known = item.values.get(kind, "")
        if not known or (kind in OF_UNITS and text not in known.split("、")):
            item.values[kind] = f"{known}、{text}" if known else text
        elif kind not in OF_UNITS and text != known:
            item.questions.append(f"{more.place}同属这一事项，另写着{quoted(text)}，没有读入")
    columns = dict(item.columns)
    item.questions += [
        f"{more.place}同属这一事项，“{word}”一栏写着{quoted(text)}，不是{quoted(columns[word])}；各是哪家的，请写进单位"
        for word, text in more.columns
        if columns.get(word, text) != text
    ]
    item.columns += [pair for pair in more.columns if pair not in item.columns]
    item.questions += more.questions


def is_rest(last: OpenItem, item: OpenItem) -> bool:
    """Whether a page has cut a row: one part has no day, or the second only the end of one, and no text ends above another."""
    before, after = last.values.get(DUE, ""), item.values.get(DUE, "")
    if not last.code and TEXT in item.values and last.values.get(TEXT, "").endswith("。"):
        return False
    return not (before and after) or _CUT_DAY.search(f"{before}|{after}") is not None


def add_rest(item: OpenItem, rest: OpenItem) -> None:
    """Add the rest of a row that a page has cut."""
    for kind, text in rest.values.items():
        known = item.values.get(kind, "")
        item.values[kind] = known + ("、" if kind in OF_UNITS and _is_next_unit(known, text) else "") + text
    columns = dict(item.columns)
    columns |= {word: columns.get(word, "") + text for word, text in rest.columns}
    item.columns = list(columns.items())
    item.questions += [f"这一行被页面切开，{rest.place}接在后面，请核对接得对不对", *rest.questions]


def number_rows(items: Sequence[OpenItem]) -> None:
    """Give each row a number of its own where one number covers several: 5.2 is 5.2.1 and 5.2.2."""
    if not any(item.code for item in items):
        return
    for index, item in enumerate(items):
        before = items[index - 1] if index else item
        if not item.code and (before.table, before.area) == (item.table, item.area):
            item.code = before.code
    for (_, _, code), group in groupby(items, key=lambda item: (item.table, item.area, item.code)):
        rows = list(group)
        if code and not all(item.has_own_number for item in rows):
            for number, item in enumerate(rows, 1):
                item.code = f"{code}.{number}"
                last = f"{code}.{len(rows)}"
                item.questions.append(f"原文一个编号{code}下有{len(rows)}行，这里分作{code}.1至{last}")
    _ask_tenths(items)


def ask_twins(items: Iterable[OpenItem]) -> None:
    """Ask about a row that says what an earlier one says: a list for all may stand next to those of each unit."""
    places: dict[tuple[str, str], str] = {}
    for item in items:
        words = item.values.get(TEXT, ""), "".join(item.values.get(kind, "") for kind in OF_UNITS)
        if words[0] and places.setdefault(words, item.place) != item.place:
            item.questions.append(f"与{places[words]}的事项和单位相同，可能是同一件事")


def _ask_tenths(items: Iterable[OpenItem]) -> None:
    """Ask about a number that repeats or steps back as 1.1 does behind 1.9: Excel writes 1.10 so."""
    last: dict[tuple[int, str], int] = {}
    for item in items:
        match = re.fullmatch(r"([0-9]+)\.([0-9]+)", item.code)
        if match is None:
            continue
        place, tenth = (item.table, match[1]), int(match[2])
        if item.is_bare and len(match[2]) == 1 and tenth <= last.get(place, 0):
            item.questions.append(f"序号在表格里是数字{item.code}，可能是{item.code}0")
            tenth *= 10
        last[place] = tenth


def annex_row(item: OpenItem) -> AnnexRow:
    """Return an item as it is kept."""
    texts = {kind: item.values.get(kind, "") for kind in (TITLE, TEXT, DUE, *OF_UNITS, REMARK)}
    columns, questions = tuple(item.columns), tuple(dict.fromkeys(item.questions))
    return AnnexRow(item.place, item.code, item.area, **texts, columns=columns, questions=questions)
