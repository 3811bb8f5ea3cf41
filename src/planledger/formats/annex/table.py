"""From grids to rows: one reading for workbooks, Word files and PDF.

What cannot be read for certain is a question; no row of a table is left out without a word.
"""

import re
from collections.abc import Mapping, Sequence

from planledger.formats.annex.column_words import (
    AREA,
    CODE,
    DUE,
    OF_UNITS,
    OTHER,
    PRINTED_NUMBER,
    TEXT,
    TITLE,
)
from planledger.formats.annex.grid import Grid, GridCell, GridRow, joined
from planledger.formats.annex.heads import TableHead, begins_other, columns_of, is_row_below, read_table_head
from planledger.formats.annex.items import END_OF_NUMBER, OpenItem, add_rest, add_row, is_rest, read_grid_row
from planledger.formats.annex.prose import LEADING_NUMBER, PAGE_NUMBER
from planledger.formats.annex.task_cards import turned
from planledger.plan.phrases.texts import quoted, squeeze

NOTE = re.compile(r"[（(【]?(?:备?注|说明|附注|填报?说明)[0-9]?[：:.、）)】].*|[※*＊].*")
SIGNED = re.compile(
    r"(?:填报|填表|制表|审核|报送|编制|联系|经办|单位负责)(?:单位|人|部门|日期|时间|电话|方式)?(?:[（(].*?[）)])?[：:].*|单位[：:].*"
)
_SUM = re.compile(r"(?:合计|小计|总计|共计|累计)[：:]?[0-9]*[项条个家]?")
_SHEET_NAMES = ("sheet", "工作表")
_SHORT_NAME = re.compile(r"(?![（(]?[0-9①-⑳])[^。；，]{1,20}")
_OF_AN_ITEM = {CODE, AREA, TITLE, TEXT, DUE, *OF_UNITS}
_CHINESE_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])[^。；]{1,20}")
_OUTER = re.compile(r"[一二三四五六七八九十]+(?:、|$)")
_INNER = re.compile(r"\([一二三四五六七八九十]+\)")
_CHINESE_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]+[）)]?、?")


class TableReader:
    """Reads the grids of a document one after the other; a table may go on in the next grid."""

    def __init__(self) -> None:
        """Begin with no table."""
        self.items: list[OpenItem] = []
        self.above: list[str] = []  # the lines above the first head
        self.over: list[str] = []  # the lines above all heads
        self.headings: list[str] = []  # of each table that has one head
        self.footnotes: list[str] = []
        self.questions: list[str] = []
        self._head: TableHead | None = None
        self._area = self._pending = self._outer = ""
        self._area_ends = -1  # the row of the grid behind the merged cell that names the area
        self._is_below = False  # a note has come, and lines behind it belong to it

    def read(self, grid: Grid, heading: str, *, goes_on: bool) -> None:
        """Read a grid.

        Args:
            grid: one table, or one sheet.
            heading: the words above it, or the name of the sheet.
            goes_on: whether nothing stands between it and the grid before, so that both may be one table.
        """
        grid, self._area_ends = turned(grid), -1
        self.questions += grid.notes
        head = self._head_of_before(grid) if goes_on and grid.rows else None
        at, lines = 0, list[str]()
        unread = grid.name or (grid.rows[0].place if grid.rows else "")
        may_be_rest = grid.begins_page  # the first row that is no head
        while at < len(grid.rows):
            is_row = head is not None and is_row_below(grid.rows[at], head.words, head.kinds)
            new = None if is_row else read_table_head(grid, at)
            if new is None and head is not None and begins_other(grid.rows[at]):
                self.over += lines
                head, lines, unread = None, [""], f"{grid.rows[at].place}起的表"
            elif new is None and head is not None:
                self._read_row(grid.rows[at : at + 2], head, may_be_rest=may_be_rest)
                may_be_rest = False
            elif new is None:
                lines += [joined(cell.text) for cell in grid.rows[at].words.values()]
                self._ask(grid.rows[at : at + 1])
            elif head is None or head.words != new.words:
                self._begin(grid, new, lines, heading)
                head = new
                self._ask(grid.rows[at : at + new.depth])
            at += new.depth if new else 1
        self._head = head
        if head is not None:
            self.over += lines
        elif lines:
            self.questions.append(f"{unread}没有认出表头（如：序号、具体事项、完成时限、责任单位），没有读")

    def _ask(self, rows: Sequence[GridRow]) -> None:
        """Ask about what nobody can be sure of in rows that are no items; an empty one may be hidden."""
        for row in rows:
            doubts = [note for _, note in row.doubts]
            notes = (*row.notes, *doubts) if doubts or row.words else ()
            self.questions += [f"{row.place}：{note}" for note in notes]

    def _head_of_before(self, grid: Grid) -> TableHead | None:
        """Return the head of the grid before, where a grid goes on below it; a note says so where no page parts them."""
        head = self._head
        if head is None or len(head.kinds) != len(grid.rows[0].cells):
            return None
        first = grid.rows[0]
        if not grid.begins_page and read_table_head(grid, 0) is None and not begins_other(first):
            self.questions.append(f"{first.place}起的表没有表头，接着前一个表读")
        return head

    def end(self) -> None:
        """Keep a line over the whole table behind which no row came: it is no heading."""
        if self._pending:
            self.footnotes.append(self._pending)
        self._pending = ""

    def _begin(self, grid: Grid, head: TableHead, lines: Sequence[str], heading: str) -> None:
        """Begin a table below its head; the last line above that may name it, or its first area."""
        above = self._pending or next((one for one in reversed(lines) if not SIGNED.match(squeeze(one))), "")
        self._area, self._pending = "", above if LEADING_NUMBER.match(above) else ""
        self._outer = self._pending
        is_named = heading and not heading.lower().startswith(_SHEET_NAMES)
        self.headings.append(heading if is_named and not self._pending else above)
        self.above = self.above or list(lines)
        hidden = [word for column, word in enumerate(head.words) if column in grid.hidden and word]
        self.questions += [f"{grid.name}的“{word}”一栏是隐藏的，照样读了" for word in hidden]
        self.questions += head.questions

    def _read_row(self, rows: Sequence[GridRow], head: TableHead, *, may_be_rest: bool) -> None:
        """Read the first of one or two rows: the second may tell that the first is a heading."""
        row = rows[0]
        if not row.words:
            self._ask(rows[:1])
            return
        kinds = {head.kinds[column]: cell for column, cell in row.words.items()}
        texts = [cell.text for cell in row.words.values()]
        line, is_alone = joined(texts[0]), len(texts) == 1
        if any(_SUM.fullmatch(squeeze(text)) for text in texts[:2]):
            self.questions.append(f"{row.place}是{quoted(squeeze(line))}，没有读成事项")
        elif SIGNED.match(squeeze(line)) or (is_alone and _is_line(row, head)):
            self._read_line(joined("\n".join(texts), " "))
        elif (group := _group(rows, head, kinds)) is not None:
            if may_be_rest and is_alone:
                self._extend_area(group, row.place)
            else:
                self._area = self._nested(kinds[CODE].text if CODE in kinds else group, group)
                if is_alone and AREA not in kinds and not _CHINESE_HEADING.fullmatch(group):
                    self.questions.append(f"{row.place}只有{quoted(group)}，按分组标题读")
        elif not may_be_rest and not kinds.keys() & _OF_AN_ITEM:
            self.questions.append(f"{row.place}只有{quoted(line)}，没有读成事项")
        else:
            self._area, self._pending, self._is_below = self._pending or self._area, "", False
            item = read_grid_row(row, head, len(self.headings), self._area)
            self._ask_of_area(item, kinds.get(AREA), row.at)
            self._add(item, may_be_rest=may_be_rest)
            return
        self._ask(rows[:1])

    def _ask_of_area(self, item: OpenItem, cell: GridCell | None, at: int) -> None:
        """Ask in which group a row stands that names none right behind a merged cell with a name."""
        if cell is not None:
            self._area_ends = cell.rows.stop if len(cell.rows) > 1 else -1
        elif self._area_ends == at:
            item.questions.append(f"分组一栏是空的，按上面合并的格读作{quoted(item.area)}")

    def _read_line(self, line: str) -> None:
        words = squeeze(line)
        if PAGE_NUMBER.fullmatch(words):
            return
        if NOTE.match(words) or SIGNED.match(words) or self._is_below:
            self._is_below = True
            self.footnotes.append(line)
            return
        self._pending = self._nested(line, line)

    def _nested(self, mark: str, name: str) -> str:
        """Return the name of a group behind that of the larger one in which its *mark* puts it: （一）种植 in 一、产业.

        A line that waits for its first row is no longer one where that name takes it in.
        """
        is_inner, is_outer = _INNER.match(squeeze(mark)), _OUTER.match(squeeze(mark))
        whole = f"{self._outer} {name}".strip() if is_inner else name
        if not is_inner:
            self._outer = name if is_outer else ""
        if not whole.startswith(self._pending):
            self.end()
        self._pending = ""
        return whole

    def _add(self, item: OpenItem, *, may_be_rest: bool) -> None:
        if item.code and not PRINTED_NUMBER.fullmatch(squeeze(item.code)):
            item.questions.append(f"编号一栏写着{quoted(item.code)}，不像编号")
        last = self.items[-1] if self.items and self.items[-1].table == item.table else None
        if last and may_be_rest and not item.code and is_rest(last, item):
            add_rest(last, item)
            if item.area != self._area:
                self._extend_area(item.area, item.place)
            return
        self._area = item.area
        if last and not (item.code or {TEXT, TITLE} & set(item.values)):
            last.questions.append(f"{item.place}没有编号和内容，接在这一行后面读")
            add_row(last, item)
            return
        if last and item.goes_on and not (item.has_own_number and item.code != last.code):
            add_row(last, item)
        else:
            if last and item.goes_on:
                item.questions.append(f"文字和{last.place}是同一个合并的格，请核对是不是两件事")
            if not set(item.values) - {CODE, TEXT, TITLE} and not item.columns:
                item.questions.append("这一行没有时限和单位，可能是分组标题")
            self.items.append(item)

    def _extend_area(self, rest: str, place: str) -> None:
        """Add the rest of the name of an area that a page has cut."""
        whole = self._area + rest
        for item in self.items:
            if (item.table, item.area) == (len(self.headings), self._area):
                item.area = whole
        self._area = whole
        self.questions.append(f"{place}：{quoted(whole)}被页面切开，请核对接得对不对")


def _is_line(row: GridRow, head: TableHead) -> bool:
    """Whether the only words of a row stand in no column: they go across the table, or are a note below it."""
    column, cell = next(iter(row.words.items()))
    words = squeeze(cell.text)
    is_no_number = head.kinds[column] in (CODE, OTHER) and not PRINTED_NUMBER.fullmatch(words)
    is_note = any(one.fullmatch(words) for one in (NOTE, SIGNED, PAGE_NUMBER))
    return _is_across(cell, head) or is_no_number or is_note


def _is_across(cell: GridCell, head: TableHead) -> bool:
    """Whether a cell covers most of its table."""
    return len(cell.columns) > 1 and len(cell.columns) * 2 >= len(head.kinds)


def _group(rows: Sequence[GridRow], head: TableHead, cells: Mapping[str, GridCell]) -> str | None:
    """Return the area that the first of two rows names which has a number and a name and nothing else; None where it is an item."""
    names = [kind for kind in cells if kind in (AREA, TITLE, TEXT)]
    if len(names) != 1 or set(cells) - {CODE, *names}:
        return None
    name = joined(cells[names[0]].text)
    if name.startswith("其中"):  # a part of the row above
        return None
    if names[0] == AREA or _is_across(cells[names[0]], head):
        return name
    code = squeeze(cells[CODE].text) if CODE in cells else ""
    places = columns_of(CODE, head.kinds)
    after = "".join(squeeze(rows[1].cells[place].text) for place in places) if len(rows) > 1 else ""
    is_parent = bool(code) and after.startswith(f"{code.rstrip(END_OF_NUMBER)}.")
    is_below = after[:1].isdigit() or bool(_INNER.match(after) and not _INNER.match(code))
    is_counted = bool(_CHINESE_NUMBER.fullmatch(code)) and is_below
    is_name = not code and bool((_SHORT_NAME if places else _CHINESE_HEADING).fullmatch(name))
    return name if is_parent or is_counted or is_name else None
