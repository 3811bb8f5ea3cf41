"""The ledger as a workbook (台账): every entry oldest first with its seal, and on a second sheet where the chain ends.

A ledger can be long, so each line is written out at once, with cells that are made once and used for every line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planledger.formats.text import entry_text, phrases
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import (
    A3,
    LINE,
    WHOLE,
    Style,
    amount_format,
    dress,
    fill,
    font_of,
    height,
    set_up_paper,
)
from planledger.formats.workbook.tables import (
    BELOW_TITLE,
    HEAD,
    NAMES,
    PIECE,
    TALLEST,
    TITLE,
    Head,
    pieces,
    saved,
    tallest,
)
from planledger.plan.model.standard import plain_quantity
from planledger.plan.model.terms import EntryKind

if TYPE_CHECKING:
    from planledger.questions.answers.daybook import Daybook
    from planledger.questions.answers.history import Entry

_GREY = "808080"
_HEADS = (
    Head("记录号", 8, WHOLE, centred=True),
    Head("编号", 8, centred=True),
    Head("事项", 30),
    Head("类型", 10),
    Head("指标", 18),
    Head("数量", 12),
    Head("计量单位", 9),
    Head("发生日期", 12),
    Head("责任单位", 24),
    Head("方", 9),
    Head("记录人", 10),
    Head("记录时间", 34),
    Head("冲正第几号", 8, WHOLE, centred=True),
    Head("已被第几号冲正", 9, WHOLE, centred=True),
    Head("同一件事", 20),
    Head("疑似与第几号重复", 10, WHOLE, centred=True),
    Head("内容", 42),
    Head("说明", 42),
    Head("封签", 66),
)
_CODE, _AMOUNT, _SEAL = 1, 5, 18  # places of 编号, 数量, 封签
_WIDTHS = [head.width for head in _HEADS]
_SURELY_SHORT = PIECE // 2
_ONE_LINE = height(1)
_NEVER_BARE = "=#"  # openpyxl takes a text that begins so for a formula, or for an error of one


def ledger_workbook(book: Daybook, exported_on: str = "") -> bytes:
    """Every entry of a plan, what was reversed struck through, what reverses in grey.

    Where the copy is to be the same whenever it is made, *exported_on* is left out.
    """
    from openpyxl import Workbook
    from openpyxl.utils.indexed_list import IndexedList

    workbook, history = Workbook(write_only=True), book.history
    # What a cell without a look has; openpyxl has no public name for it.
    workbook._fonts = IndexedList([font_of(Style())])  # noqa: SLF001
    sheet = workbook.create_sheet("台账")
    _heading(sheet, book)
    pen = _Pen(sheet)
    for row, entry in enumerate(history.entries, HEAD + 1):
        pen.write(row, entry, book)
    _chain(workbook.create_sheet("链首"), book, exported_on)
    return saved(workbook, f"{history.plan.title}台账")


def _heading(sheet: Any, book: Daybook) -> None:
    history = book.history
    last = f"S{HEAD + len(history.entries)}"
    set_up_paper(sheet, _WIDTHS, head=HEAD, size=A3)
    sheet.print_options.gridLines = True
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ONE_LINE, True
    sheet.auto_filter.ref = f"A{HEAD}:{last}"
    sheet.print_area = f"A1:{last}"
    told = f"截至{history.as_of}{phrases.moment_text(history.known_at)}  共{len(history.entries)}条"
    for row, (said, how) in enumerate(((f"{history.plan.title}台账", TITLE), (told, BELOW_TITLE)), 1):
        sheet.row_dimensions[row].height = 2 * LINE
        sheet.merged_cells.add(f"A{row}:S{row}")
        sheet.append([_cell(sheet, cell_text(said), how)])
    sheet.row_dimensions[HEAD].height = 2 * LINE
    sheet.append([_cell(sheet, one.name, NAMES) for one in _HEADS])


class _Pen:
    """Writes entries; the many that fit into one row and stand as they were recorded need no look of their own.

    A line is written out at once, so the cells of those that do need one serve for the next of them.
    """

    def __init__(self, sheet: Any) -> None:
        """Begin without any cell."""
        self._sheet = sheet
        self._cells: dict[tuple[int, int, bool, bool], Any] = {}

    def write(self, row: int, entry: Entry, book: Daybook) -> None:
        """Write an entry; of a text that is longer than a cell holds, the rest follows in cells behind the table."""
        line, rest = _said(entry, book)
        points = tallest(zip(line, _WIDTHS, strict=True))
        if points > _ONE_LINE:
            self._sheet.row_dimensions[row].height = min(points, TALLEST)
        has_look = points > _ONE_LINE or entry.reverses or entry.reversed_by
        for place, value in enumerate(line):
            if value is None:
                continue
            needs_look = value[0] in _NEVER_BARE if isinstance(value, str) else isinstance(value, float)
            if has_look or needs_look or place == _CODE:
                line[place] = fill(self._dressed(place, entry, book), value)
        self._sheet.append(line + [_cell(self._sheet, one, BELOW_TITLE) for one in rest])

    def _dressed(self, place: int, entry: Entry, book: Daybook) -> Any:
        """Find the cell that looks as one of this column and of such an entry."""
        indicator = book.history.indicators.get((entry.code, entry.indicator)) if place == _AMOUNT else None
        decimals = indicator.decimals if indicator else 0
        grey, strikes = bool(entry.reverses or entry.reversed_by), bool(entry.reversed_by)
        name = (place, decimals, grey, strikes)
        if name not in self._cells:
            head = _HEADS[place]
            across = "right" if place == _AMOUNT else "center" if head.centred else "left"
            number = amount_format(decimals) if place == _AMOUNT else head.number
            style = Style("", across, number, is_ruled=False)
            if grey:  # the seal is there to be compared
                style = style._replace(color=_GREY, is_struck=strikes and place != _SEAL)
            self._cells[name] = _cell(self._sheet, "", style)
        return self._cells[name]


def _said(entry: Entry, book: Daybook) -> tuple[list[Any], list[str]]:
    """Say an entry column by column, and what is too long for its cell."""
    line = list(_line(entry, book))
    rest: list[str] = []
    for place, value in enumerate(line):
        if value == "":
            line[place] = None
        elif isinstance(value, str):
            text = line[place] = cell_text(value)
            if len(text) > _SURELY_SHORT:
                line[place], *more = pieces(text)
                rest += [f"（{_HEADS[place].name}续）{piece}" for piece in more]
    return line, rest


def _line(one: Entry, book: Daybook) -> tuple[Any, ...]:
    """Say an entry, column by column."""
    history = book.history
    indicator = history.indicators.get((one.code, one.indicator))
    decimals = indicator.decimals if indicator else 0
    return (
        one.id,
        one.code,
        book.titles.get(one.code, ""),
        EntryKind(one.kind).label,
        indicator.label if indicator else one.indicator,
        None if one.amount is None else plain_quantity(one.amount, decimals),
        indicator.unit if indicator else "",
        one.dated,
        one.agency or "本办",
        one.side,
        one.by,
        one.recorded_at,
        one.reverses,
        one.reversed_by,
        entry_text.event_text(one) if one.details else "",
        (one.resembles or None) if one.details else None,
        "" if one.indicator else entry_text.content_text(one, history),
        history.note_of(one),
        book.seals[one.id],
    )


def _chain(sheet: Any, book: Daybook, exported_on: str) -> None:
    """Say where the chain of the ledger ends, so that this copy can be held against it later."""
    history = book.history
    heads = (Head("项", 18), Head("内容", 90))
    set_up_paper(sheet, [one.width for one in heads], head=1)
    sheet.append([_cell(sheet, one.name, NAMES) for one in heads])
    for name, said in (
        ("链首", f"{book.total}:{book.head[:16]}" if book.head else "还没有台账"),
        ("台账全部记录", f"{book.total}条"),
        ("本表所列", f"{len(history.entries)}条，截至{history.as_of}{phrases.moment_text(history.known_at)}"),
        ("方案", history.plan.title),
        ("方案 id", history.plan.key),
        ("方案内容摘要", book.digest),
        ("导出日期", exported_on),
        (
            "怎样核对",
            "链首是台账最后一条记录的序号和封签的前16位；此后运行 planledger verify --against 链首，通过就是此前的记录没有改动、没有截去。",
        ),
    ):
        if said:
            sheet.append([_cell(sheet, name, Style()), _cell(sheet, cell_text(said), Style())])


def _cell(sheet: Any, text: str, style: Style) -> Any:
    """Make a cell that holds a text as it may stand in one."""
    from openpyxl.cell import WriteOnlyCell

    return dress(fill(WriteOnlyCell(sheet), text), style)
