"""Which form a workbook is that came back, by its hidden sheet; and the single events of its sheet of details (明细)."""

from collections.abc import Iterable
from contextlib import suppress

from planledger.formats.form import layout
from planledger.formats.form.layout import (
    DETAIL_COLUMNS,
    DETAILS,
    FILL_IN,
    FIRST_DETAIL_ROW,
    IDENTITY_NAMES,
    MARKED,
    Identity,
    detail_column,
)
from planledger.formats.form.read_cells import CellError, SheetReading, When
from planledger.formats.xlsx.opening import COPY_OVER, OPEN_ORIGINAL, OpenedWorkbook, WorkbookRefused
from planledger.plan.phrases.days import EXAMPLE_DAY
from planledger.questions.forms.form import FIGURE, CellFault, CellPlace, Filled, FormLine
from planledger.questions.forms.outstanding import HeldForm, Outstanding

MOST_LINES = 1_000  # of a form; a unit has some dozen


def identity_of(book: OpenedWorkbook) -> Identity:
    """Read which form a workbook is.

    The hidden sheet has it. Programs may drop the custom properties that have it again; where they are kept, both agree.

    Raises:
        WorkbookRefused: it is none of ours, its marks of identity differ, or a sheet was renamed or copied.
    """
    sheets, properties = book.workbook.sheets, book.workbook.properties
    kept = [properties.get(layout.PROPERTY.format(name)) for name in IDENTITY_NAMES]
    hidden = sheets.get(layout.IDENTITY)
    if hidden is None:
        if any(kept):
            raise _refused(book, f"里隐藏的 {layout.IDENTITY} 表不见了，认不出每一行是什么")
        raise _refused(book, "不是 planledger 的填报表", OPEN_ORIGINAL)
    rows = range(1, len(IDENTITY_NAMES) + 1)
    names = [str(hidden.at(row, 1).value or "") for row in rows]
    identity = Identity._make(str(hidden.at(row, 2).value or "") for row in rows)
    differs = any(value not in (None, mark) for value, mark in zip(kept, identity, strict=True))
    if names != list(IDENTITY_NAMES) or differs:
        raise _refused(book, "的标识缺失或被改动过，不能确认是哪一份表")
    if identity.layout != layout.VERSION:
        raise _refused(book, "是另一版程序发出的表")
    _one_of_each(book, FILL_IN, layout.HEAD_ROW, layout.COLUMNS)
    _one_of_each(book, DETAILS, layout.DETAIL_HEAD_ROW, layout.DETAIL_COLUMNS)
    if FILL_IN not in sheets:
        raise _refused(book, f"里没有“{FILL_IN}”这张表", OPEN_ORIGINAL)
    return identity


def _one_of_each(book: OpenedWorkbook, title: str, head: int, columns: tuple[str, ...]) -> None:
    """Refuse a sheet that was renamed, and one that stands twice: what is in the copy would be lost."""
    alike = [
        sheet.title
        for sheet in book.workbook.sheets.values()
        if all(sheet.at(head, place).value == name for place, name in enumerate(columns, 1))
    ]
    if len(alike) > 1:
        every = "、".join(f"“{name}”" for name in alike)
        raise _refused(
            book, f"里有 {len(alike)} 张{title}（{every}）", f"请把内容并到“{title}”一张里，删去别的"
        )
    if alike and alike != [title] and title not in book.workbook.sheets:
        raise _refused(
            book, f"的工作表改了名，应是 {title}，现在是“{alike[0]}”", "请改回原名再导入，不用重填"
        )


def _refused(book: OpenedWorkbook, why: str, remedy: str = COPY_OVER) -> WorkbookRefused:
    return WorkbookRefused(f"{book.name} {why}；{remedy}。")


def keys_of(book: OpenedWorkbook) -> dict[int, tuple[str, str]]:
    """Read what each row of the form is about, as the hidden sheet has it.

    Raises:
        WorkbookRefused: it names a row twice, or one that the form does not have.
    """
    hidden = book.workbook.sheets[layout.IDENTITY]
    keys: dict[int, tuple[str, str]] = {}
    for number in range(layout.FIRST_KEY_ROW, layout.FIRST_KEY_ROW + MOST_LINES + 1):
        row = hidden.at(number, 1).value
        if row is None:
            break
        key = (str(hidden.at(number, 2).value or ""), str(hidden.at(number, 3).value or ""))
        is_next = isinstance(row, int) and row == layout.FIRST_ROW + len(keys) and len(keys) < MOST_LINES
        if not is_next or key in keys.values():
            raise _refused(book, "的标识被改动过，不能确认每一行是什么")
        keys[row] = key
    return keys


START_ANEW = "请清空这一行填的内容，要报的用 planledger template 发新表填"


class DetailsReader:
    """One reading of the sheet of details; its faults are added to *faults*."""

    def __init__(
        self,
        book: OpenedWorkbook,
        out: Outstanding,
        keys: Iterable[tuple[str, str]],
        when: When,
        faults: list[CellFault],
    ) -> None:
        """Read the details of *book*, which is the form *out* and has lines with *keys*."""
        self.book, self.out, self.keys, self.when, self.faults = book, out, tuple(keys), when, faults
        self._held: dict[str, list[tuple[HeldForm, str]]] = {}
        self.filled: list[Filled] = []
        self.lines: list[tuple[str, int]] = []  # (sheet, row) of those that are filled

    def read(self) -> None:
        """Read every line that is filled."""
        sheet = self.book.workbook.sheets.get(DETAILS)
        if sheet is None:
            self.faults.append(CellFault(CellPlace(DETAILS, "A1"), "", "“明细”这张表不见了；请用原表重填"))
            return
        reading = SheetReading(self.book, sheet, self.faults, self.when)
        rows = reading.rows_from(FIRST_DETAIL_ROW)
        reading.refuse_altered(DETAIL_COLUMNS, FIRST_DETAIL_ROW, set(rows), MARKED)
        for row in rows:
            if not all(reading.is_blank(row, place) for place in range(1, len(DETAIL_COLUMNS) + 1)):
                self.lines.append((DETAILS, row))
                self._detail(reading, row)

    def _detail(self, reading: SheetReading, row: int) -> None:
        reading.check(row, range(1, len(DETAIL_COLUMNS) + 1))
        with suppress(CellError):
            line = self._line_named(reading, row)
            day = reading.work_day(row, detail_column("发生日期"), line.indicator)
            if day == "":
                reading.fault(row, detail_column("发生日期"), f"请写发生日期，例如 {EXAMPLE_DAY}")
            self._detail_figure(reading, row, line, day or "")

    def _detail_figure(self, reading: SheetReading, row: int, line: FormLine, day: str) -> None:
        place, (code, key) = detail_column("数量"), line.key
        text = reading.text(row, detail_column("说明"))
        evidence = reading.text(row, detail_column("佐证材料"))
        number = reading.number(row, place, line.indicator) if line.indicator else None
        if not number:
            raise reading.refused(row, place, "请写数量")
        if day:
            note = "；".join(filter(None, (text, f"佐证材料：{evidence}" if evidence else "")))
            cell = reading.cell(row, place)
            self.filled.append(Filled(cell, FIGURE, code, key, *number, day=day, note=note, is_detail=True))

    def _line_named(self, reading: SheetReading, row: int) -> FormLine:
        """Return the line of the form that a line of the details is about."""
        code, name = self._code(reading, row), reading.text(row, detail_column("指标"))
        of_item = self._of_item(code)
        for held, key in of_item:
            if name in (held.label, key) and held.line:
                return held.line
            if name in (held.label, key):
                raise reading.refused(row, detail_column("指标"), f"{held.changed}；{START_ANEW}")
        if not of_item:
            raise reading.refused(row, detail_column("序号"), "请从下拉表里选本单位承担的序号")
        labels = "、".join(filter(None, (held.label for held, _ in of_item)))
        raise reading.refused(row, detail_column("指标"), f"{code} 的指标有：{labels}；请选其中一个")

    def _of_item(self, code: str) -> list[tuple[HeldForm, str]]:
        """Compare the lines of one item that count something with the plan of today, once."""
        if code not in self._held:
            keys = [key for of, key in self.keys if of == code and key]
            self._held[code] = [(self.out.held((code, key)), key) for key in keys]
        return self._held[code]

    def _code(self, reading: SheetReading, row: int) -> str:
        """Read the code of an item; as a number it loses its last noughts, and may mean several."""
        place = detail_column("序号")
        value = reading.value(row, place)
        if not isinstance(value, int | float):
            return reading.text(row, place)
        codes = {code for code, _ in self.keys}
        meant = [code for code in codes if code.count(".") <= 1 and float(code) == value]
        if len(meant) != 1:
            raise reading.refused(row, place, "序号要从下拉表里选，不要写成数")
        return meant[0]
