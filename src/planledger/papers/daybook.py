"""The ledger as a workbook (台账): every entry oldest first with its seal, and on a second sheet where the chain ends.

A ledger can be long, so each line is written out at once, with cells that are made once and used for every line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planledger.papers import sayings, words
from planledger.papers.cells import (
    A3,
    HEAD,
    LINE,
    TALLEST,
    WHOLE,
    Head,
    Look,
    dress,
    fill,
    look,
    paper,
    pieces,
    saved,
    tallest,
    title_looks,
    written,
)
from planledger.plan.amounts import plain_quantity
from planledger.plan.terms import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planledger.questions.daybook import Daybook
    from planledger.questions.history import Entry

_GREY = "808080"
_AMOUNT = Head("数量", 12)
_HEIGHT = 2 * LINE + 6  # of a row, so that a seal has room
_HEADS = (
    Head("记录号", 8, WHOLE, centred=True),
    Head("编号", 7, centred=True),
    Head("事项", 24),
    Head("类型", 10, centred=True),
    Head("指标", 14),
    _AMOUNT,
    Head("计量单位", 9, centred=True),
    Head("发生日期", 12, centred=True),
    Head("责任单位", 20),
    Head("方", 9, centred=True),
    Head("记录人", 10),
    Head("记录时间", 18),
    Head("冲正第几号", 8, WHOLE, centred=True),
    Head("已被第几号冲正", 9, WHOLE, centred=True),
    Head("同一件事", 18),
    Head("疑似与第几号重复", 10, WHOLE, centred=True),
    Head("内容", 34),
    Head("说明", 34),
    Head("封签", 34),
)


def ledger(book: Daybook, exported_on: str) -> bytes:
    """Every entry of a plan, what was reversed struck through, what reverses in grey."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    workbook, history = Workbook(write_only=True), book.history
    sheet = workbook.create_sheet("台账")
    paper(sheet, _HEADS, size=A3)
    sheet.auto_filter.ref = f"A{HEAD}:S{HEAD + len(history.entries)}"
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _HEIGHT, True
    told = f"截至{history.as_of}{words.moment(history.known_at)}  共{len(history.entries)}条"
    above, below, named = title_looks()
    for said, how in ((f"{history.plan.title}台账", above), (told, below)):
        sheet.append([_cell(sheet, said, how._replace(alignment=Alignment(vertical="center")))])
    sheet.append([_cell(sheet, one.name, named) for one in _HEADS])
    plain, grey, struck = _Pen(sheet), _Pen(sheet, color=_GREY), _Pen(sheet, color=_GREY, strike=True)
    for row, entry in enumerate(history.entries, HEAD + 1):
        pen = struck if entry.reversed_by else grey if entry.reverses else plain
        indicator = history.indicators.get((entry.code, entry.indicator))
        pen.write(row, _line(entry, book), indicator.decimals if indicator else 0)
    _chain(workbook.create_sheet("链首"), book, exported_on)
    return saved(workbook, f"{history.plan.title}台账")


class _Pen:
    """Writes the lines of one look: a line is written out at once, so the same cells serve for the next one."""

    def __init__(self, sheet: Any, **font: Any) -> None:
        """Make the cells of a line."""
        self._sheet = sheet
        self._font = font
        self._cells = [_cell(sheet, "", self._look(head)) for head in _HEADS]
        self._amounts: dict[int, Any] = {}

    def write(self, row: int, values: Iterable[Any], decimals: int) -> None:
        """Write a line; of a text that is longer than a cell holds, the rest follows in cells behind the table."""
        line: list[Any] = []
        rest: list[str] = []
        for cell, value, head in zip(self._cells, values, _HEADS, strict=True):
            if isinstance(value, str):
                text, *more = pieces(written(value))
                rest += [f"（{head.name}续）{piece}" for piece in more]
                line.append(fill(cell, text))
            elif head is _AMOUNT and value is not None:
                line.append(fill(self._amount(decimals), value))
            else:
                line.append(fill(cell, value))
        height = tallest((cell.value, head.width) for cell, head in zip(line, _HEADS, strict=True))
        if height > _HEIGHT:
            self._sheet.row_dimensions[row].height = min(height, TALLEST)
        self._sheet.append([*line, *(_cell(self._sheet, one, self._look(_HEADS[-1])) for one in rest)])

    def _amount(self, decimals: int) -> Any:
        """Find the cell for a number with so many decimals."""
        if decimals not in self._amounts:
            number = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._amounts[decimals] = _cell(self._sheet, "", self._look(_AMOUNT._replace(number=number)))
        return self._amounts[decimals]

    def _look(self, head: Head) -> Look:
        across = "right" if head.name == _AMOUNT.name else "center" if head.centred else "left"
        return look(across=across, number=head.number, **self._font)


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
        one.recorded_at[:19].replace("T", " "),
        one.reverses,
        one.reversed_by,
        sayings.event(one),
        one.resembles or None,
        "" if one.indicator else sayings.content(one, history),
        one.note,
        book.seals[one.id],
    )


def _chain(sheet: Any, book: Daybook, exported_on: str) -> None:
    """Say where the chain of the ledger ends, so that this copy can be held against it later."""
    history = book.history
    heads = (Head("项", 18), Head("内容", 90))
    paper(sheet, heads, head=1)
    head = title_looks()[2]
    sheet.append([_cell(sheet, one.name, head) for one in heads])
    body = look()
    for name, said in (
        ("链首", f"{book.total}:{book.head[:16]}" if book.head else "还没有台账"),
        ("台账全部记录", f"{book.total}条"),
        ("本表所列", f"{len(history.entries)}条，截至{history.as_of}{words.moment(history.known_at)}"),
        ("方案", history.plan.title),
        ("方案 id", history.plan.key),
        ("方案内容摘要", book.digest),
        ("导出日期", exported_on),
        (
            "怎样核对",
            "链首是台账最后一条记录的序号和封签的前16位；此后运行 planledger verify，只要没有再登记，所示链首应与此相同。",
        ),
    ):
        sheet.append([_cell(sheet, name, body), _cell(sheet, said, body)])


def _cell(sheet: Any, text: str, how: Look) -> Any:
    """Make a cell that holds a text."""
    from openpyxl.cell import WriteOnlyCell

    return dress(fill(WriteOnlyCell(sheet), written(text)), how)
