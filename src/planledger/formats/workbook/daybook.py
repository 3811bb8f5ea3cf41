"""The ledger as a workbook (台账): every entry oldest first with its seal, and on a second sheet where the chain ends.

A ledger can be long: cells without a style cost least, and most entries need none.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from planledger.formats.text import entry_text, phrases
from planledger.formats.text.display import cell_text
from planledger.formats.workbook import style, tables
from planledger.formats.workbook.style import WHOLE, RowWriter, Style
from planledger.formats.workbook.tables import Head
from planledger.plan.model.rows import plain_quantity
from planledger.plan.model.terms import EntryKind
from planledger.questions.answers.history import Daybook, History
from planledger.questions.facts.entry_rows import Entry

_GREY = "808080"
_COLUMNS: dict[Head, Callable[[Entry, Daybook], Any]] = {
    Head("记录号", 8, WHOLE, centred=True): lambda one, _: one.number,
    Head("编号", 8, centred=True): lambda one, _: one.code,
    Head("事项", 30): lambda one, book: book.titles.get(one.code, ""),
    Head("类型", 10): lambda one, _: EntryKind(one.kind).label,
    Head("指标", 18): lambda one, book: (
        counted.label if (counted := book.history.indicator_of(one)) else one.indicator
    ),
    Head("数量", 12): lambda one, book: (
        None if one.amount is None else plain_quantity(one.amount, book.history.decimals_of(one))
    ),
    Head("计量单位", 9): lambda one, book: (
        counted.unit if (counted := book.history.indicator_of(one)) else ""
    ),
    Head("发生日期", 12): lambda one, _: one.dated,
    Head("责任单位", 24): lambda one, _: one.agency or "本办",
    Head("方", 9): lambda one, _: one.side,
    Head("记录人", 10): lambda one, _: one.by,
    Head("记录时间", 34): lambda one, _: one.recorded_at,
    Head("冲正第几号", 8, WHOLE, centred=True): lambda one, _: one.reverses,
    Head("已被第几号冲正", 9, WHOLE, centred=True): lambda one, _: one.reversed_by,
    Head("同一件事", 20): lambda one, _: entry_text.event_text(one) if one.details else "",
    Head("疑似与第几号重复", 10, WHOLE, centred=True): lambda one, _: (
        (one.resembles or None) if one.details else None
    ),
    Head("内容", 42): lambda one, book: _content(one, book.history),
    Head("说明", 42): lambda one, book: book.history.note_of(one),
    Head("封签", 66): lambda one, book: book.seals[one.number],
}
_HEADS = tuple(_COLUMNS)
_CODE, _AMOUNT, _SEAL = 1, 5, 18  # places of 编号, 数量, 封签
_WIDTHS = [head.width for head in _HEADS]
_SURELY_SHORT = tables.PIECE // 2
_ONE_LINE = style.height(1)
_NEVER_BARE = "=#"  # openpyxl takes a text that begins so for a formula, or for an error of one


def ledger_workbook(book: Daybook, exported_on: str = "") -> bytes:
    """Return every entry of a plan, what was reversed struck through, what reverses in grey.

    Where the copy is to be the same whenever it is made, *exported_on* is left out.
    """
    from openpyxl import Workbook
    from openpyxl.utils.indexed_list import IndexedList

    workbook, history = Workbook(write_only=True), book.history
    # The font of a cell without a style.
    workbook._fonts = IndexedList([style.font_of(Style())])  # noqa: SLF001  (openpyxl has no public name for it)
    sheet = workbook.create_sheet("台账")
    rows = _headed(sheet, book)
    for entry in history.entries:
        _write_entry(rows, entry, book)
    _write_chain(workbook.create_sheet("链首"), book, exported_on)
    return tables.saved(workbook, f"{history.plan.title}台账")


def _headed(sheet: Any, book: Daybook) -> RowWriter:
    """Set the sheet of the entries up and write what stands above them."""
    history = book.history
    last = f"S{tables.HEAD + len(history.entries)}"
    style.set_up_paper(sheet, _WIDTHS, head=tables.HEAD, size=style.A3)
    sheet.print_options.gridLines = True
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ONE_LINE, True
    sheet.auto_filter.ref = f"A{tables.HEAD}:{last}"
    sheet.print_area = f"A1:{last}"
    extent = f"{phrases.extent_text(history)}  共{len(history.entries)}条"
    rows = RowWriter(sheet)
    for text, look in ((f"{history.plan.title}台账", tables.TITLE), (extent, tables.BELOW_TITLE)):
        rows.append([(cell_text(text), look)], 2 * style.LINE)
        sheet.merged_cells.add(f"A{rows.row}:S{rows.row}")
    rows.append([(head.name, tables.NAMES) for head in _HEADS], 2 * style.LINE)
    return rows


def _write_entry(rows: RowWriter, entry: Entry, book: Daybook) -> None:
    """Write an entry; of a text that is longer than a cell holds, the rest follows in cells behind the table."""
    line, rest = _in_cells(cell(entry, book) for cell in _COLUMNS.values())
    points = tables.tallest(zip(line, _WIDTHS, strict=True))
    is_high, is_grey = points > _ONE_LINE, bool(entry.reverses or entry.reversed_by)
    for place, value in enumerate(line):
        needs_style = value[0] in _NEVER_BARE if isinstance(value, str) else isinstance(value, float)
        if value is not None and (needs_style or is_high or is_grey or place == _CODE):
            decimals = book.history.decimals_of(entry) if place == _AMOUNT else 0
            line[place] = value, _style(place, decimals, is_grey=is_grey, is_struck=bool(entry.reversed_by))
    line += [(text, tables.BELOW_TITLE) for text in rest]
    rows.append(line, min(points, tables.TALLEST) if is_high else None)


@lru_cache(maxsize=256)
def _style(place: int, decimals: int, *, is_grey: bool, is_struck: bool) -> Style:
    """Return the style of a cell of a column; what reverses or was reversed is grey, the latter struck through."""
    head = _HEADS[place]
    across = "right" if place == _AMOUNT else "center" if head.centred else "left"
    number = style.amount_format(decimals) if place == _AMOUNT else head.number
    color = _GREY if is_grey else None
    is_struck = is_struck and place != _SEAL  # a seal is there to be compared
    return Style("", across, number, color=color, is_struck=is_struck, is_ruled=False)


def _in_cells(values: Iterable[Any]) -> tuple[list[Any], list[str]]:
    """Return the values as cells may hold them, and what is too long for its cell."""
    line, rest = list(values), []
    for place, value in enumerate(line):
        if value == "":
            line[place] = None
        elif isinstance(value, str):
            text = line[place] = cell_text(value)
            if len(text) > _SURELY_SHORT:
                line[place], *more = tables.text_pieces(text)
                rest += [f"（{_HEADS[place].name}续）{piece}" for piece in more]
    return line, rest


def _content(one: Entry, history: History) -> str:
    content = "" if one.indicator else entry_text.content_text(one, history)
    return content + entry_text.sender_text(one, history)


def _write_chain(sheet: Any, book: Daybook, exported_on: str) -> None:
    """Write where the chain of the ledger ends, so that this copy can be compared with it later."""
    history = book.history
    style.set_up_paper(sheet, (18, 90), head=1)
    rows = RowWriter(sheet)
    rows.append([("项", tables.NAMES), ("内容", tables.NAMES)])
    for name, text in (
        ("链首", book.head.text if book.head.number else "还没有台账"),
        ("台账全部记录", f"{book.head.number}条"),
        ("本表所列", f"{len(history.entries)}条，{phrases.extent_text(history)}"),
        ("方案", history.plan.title),
        ("方案 id", history.plan.key),
        ("方案内容摘要", history.plan.digest),
        ("导出日期", exported_on),
        (
            "怎样核对",
            "链首是台账最后一条记录的序号和封签的前16位；此后运行 planledger verify --against 链首，通过就是此前的记录没有改动、没有截去。",
        ),
    ):
        if text:
            rows.append([(name, Style()), (cell_text(text), Style())])
