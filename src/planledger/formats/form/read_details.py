"""The open lines of a form (明细): several events of one indicator, in whatever order and place a unit writes them."""

from collections.abc import Iterable
from contextlib import suppress

from planledger.formats.form.layout import DETAIL_COLUMNS, DETAILS, FIRST_DETAIL_ROW, MARKED, detail_column
from planledger.formats.form.read_cells import CellError, SheetReading, When
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.plan.phrases.days import EXAMPLE_DAY
from planledger.questions.forms.form import FIGURE, CellFault, CellPlace, Filled, FormLine
from planledger.questions.forms.outstanding import HeldForm, Outstanding

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
