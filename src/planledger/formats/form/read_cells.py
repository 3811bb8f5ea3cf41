"""The sheets, lines and cells of a form that came back: numbers and days as they may be typed too, and why anything else is refused."""

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from planledger.formats.form.layout import COLUMNS, MARKED, OPEN, TABLES
from planledger.formats.xlsx.bounds import letters
from planledger.formats.xlsx.contents import ERROR, Content, serial_moment
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.sheets import RowLook, is_picture
from planledger.plan.days import last_day_of_month, work_day_fault
from planledger.plan.model.rows import Indicator, write_quantity
from planledger.plan.model.terms import Measure
from planledger.plan.phrases.days import read_day_of_form
from planledger.plan.phrases.filled_numbers import is_not_applicable, read_filled_number
from planledger.plan.phrases.texts import fold
from planledger.questions.forms.form import CellFault, CellPlace

ATTACH = "另用 planledger attach 存入"
SHOWN = 40  # characters of what stands in a cell
FILLED = (*OPEN, "数量")
DIGITS = 15  # as many as a spreadsheet shows of a number
THINNEST = 0.5  # a column of characters, or a row of points, that nobody can read any more
# What a program shows in place of what stood there.
_SPOILT = re.compile(r"#{3,}|#(?:VALUE!|REF!|N/A|DIV/0!|NUM!|NAME\?|NULL!)")
UNLOCK = "先撤销工作表保护（没有密码），"  # a sheet that is locked lets nobody do what comes after it
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # Excel's day numbers of 1954 to 2119
AFTER_MONTHS = 13  # smaller numbers with a fraction are month and day: 6.18


class CellError(Exception):
    """A cell holds what cannot be taken."""


def _written(value: float) -> str:
    """Write a number of a cell as it would be typed: 40.0 is 40, 0.1+0.2 is 0.3, nothing is in powers of ten."""
    if isinstance(value, int):
        return str(value)
    return format(Decimal(f"{value:.{DIGITS}g}"), "f")


class FormReading(NamedTuple):
    """By what the cells of a form are read, and what of it is to be shown."""

    year: int  # of the plan; nothing of it can have been done before
    today: str
    period: str  # YYYY-MM; a day without its year is of this month
    notes: dict[str, None]  # on the cells that were read loosely, each once

    @property
    def last_day(self) -> str:
        """The day of what has none of its own: the last of the month that has come."""
        year, month = map(int, self.period.split("-"))
        return min(self.today, last_day_of_month(year, month))


class SheetReading:
    """A sheet while it is read; below its head the lines of a table stand."""

    def __init__(self, book: OpenedWorkbook, title: str, faults: list[CellFault], form: FormReading) -> None:
        """Read the sheet *title* of *book*, a part of *form*; what is wrong is added to *faults*."""
        self.sheet, self.faults, self.form = book.workbook.sheets[title], faults, form
        self.head, self.columns = TABLES[title]
        self.is_1904 = book.workbook.is_1904
        self._thin = {
            place
            for one in self.sheet.columns
            if one.is_hidden or (one.width is not None and one.width < THINNEST)
            for place in range(max(1, one.first), min(one.last, len(COLUMNS)) + 1)
        }

    def fault(self, row: int, place: int, message: str, shown: Any = None) -> None:
        """Add a fault of a cell; *shown* is its value where that is not what stands in it."""
        value = self.sheet.at(row, place).value if shown is None else shown
        if isinstance(value, datetime):
            value = value.date()
        text = "" if value is None else str(value)
        self.faults.append(CellFault(self.cell(row, place), text[:SHOWN], f"{message}。"))

    def cell(self, row: int, place: int) -> CellPlace:
        """Return the place of a cell."""
        return CellPlace(self.sheet.title, f"{letters(place)}{row}")

    def plain(self, row: int, place: int) -> str:
        """Return the text of a locked cell."""
        value = self.sheet.at(row, place).value
        return "" if value is None else str(value).strip()

    def refuse_altered(self, rows: Collection[int], more: Collection[tuple[int, int]] = ()) -> None:
        """Refuse what may not be in a form: moved columns, merged cells, hidden figures, words outside of its *rows* and of *more* cells.

        A workbook that was marked and sent back has one column more.
        """
        self._refuse_unseen()
        for area in self.sheet.merged:
            if area.bottom > self.head:
                self.fault(area.top, area.first, f"单元格被合并；请{UNLOCK}取消合并再填", area.name)
        width = len(self.columns) + (self.plain(self.head, len(self.columns) + 1) == MARKED)
        for row, place in sorted(place for place in self.sheet.cells if place[0] > self.head):
            if place > width or (row not in rows and (row, place) not in more):
                self.fault(row, place, f"表外的格子不会被读取；请把内容写进表里，{UNLOCK}清空这一格")
            elif (
                place <= len(self.columns)
                and self.columns[place - 1] in FILLED
                and self.is_hidden(row, place)
            ):
                self.fault(row, place, "这一格被隐藏而有内容；请取消隐藏，核对后再导入")

    def _refuse_unseen(self) -> None:
        """Refuse a sheet that nobody sees, and columns that were moved or removed."""
        if not self.sheet.is_visible:
            self.fault(1, 1, f"“{self.sheet.title}”这张表被隐藏；请取消隐藏，核对后再导入", "")
        for place, name in enumerate(self.columns, 1):
            if self.plain(self.head, place) != name:
                self.fault(self.head, place, f"这一列应是“{name}”，列被移动或删除过；请用原表重填")

    def is_hidden(self, row: int, place: int) -> bool:
        """Whether nobody sees what stands in a cell."""
        line = self.sheet.rows.get(row, RowLook(None, is_hidden=False))
        is_flat = line.height is not None and line.height < THINNEST
        is_hidden = line.is_hidden or (self.sheet.hides_rows and line.height is None)
        return is_hidden or is_flat or place in self._thin


class Line:
    """One line of a sheet while it is read; its cells are known by the names of their columns."""

    def __init__(self, reading: SheetReading, row: int) -> None:
        """Read the line in *row*."""
        self.reading, self.row = reading, row
        self.remark = self.span = ""  # what stands behind the number; the words of a day, where they name two

    def _place(self, name: str) -> int:
        return self.reading.columns.index(name) + 1

    def _content(self, name: str) -> Content:
        return self.reading.sheet.at(self.row, self._place(name))

    def cell(self, name: str) -> CellPlace:
        """Return the place of a cell."""
        return self.reading.cell(self.row, self._place(name))

    def plain(self, name: str) -> str:
        """Return the text of a locked cell."""
        return self.reading.plain(self.row, self._place(name))

    def is_blank(self, names: Iterable[str]) -> bool:
        """Whether nothing stands in these cells but strokes, not even a formula without a result."""
        return not any(self.entered(name) or self._content(name).formula is not None for name in names)

    def entered(self, name: str) -> str:
        """Return the text of an open cell; empty where a stroke says that it does not apply, which is noted."""
        text = self.plain(name)
        if not is_not_applicable(text):
            return text
        self._note(name, text, "按未填（不适用）")
        return ""

    def _note(self, name: str, typed: str, meant: str) -> None:
        """Note what a cell was taken for."""
        self.reading.form.notes[f"{self.cell(name)} “{typed[:SHOWN]}”{meant}。"] = None

    def note(self, proofs: str, *texts: str) -> str:
        """Return the note of an entry: *texts*, what stands beside its number and its day, and what was written about papers."""
        parts = (*texts, self.remark, self.span, f"佐证材料：{proofs}" if proofs else "")
        return "；".join(filter(None, parts))

    def is_hidden(self, name: str) -> bool:
        """Whether nobody sees what stands in a cell."""
        return self.reading.is_hidden(self.row, self._place(name))

    def fault(self, name: str, message: str, shown: Any = None) -> None:
        """Add a fault of a cell; *shown* is its value where that is not what stands in it."""
        self.reading.fault(self.row, self._place(name), message, shown)

    def refused(self, name: str, message: str, shown: Any = None) -> CellError:
        """Add a fault and return what is to be raised for it."""
        self.fault(name, message, shown)
        return CellError()

    def value(self, name: str) -> Any:
        """Return the value of a cell that the unit may fill; None where it is blank.

        Raises:
            CellError: it holds what no cell of a form may; the fault is added.
        """
        content = self._content(name)
        value, kind, formula = content.value, content.kind, content.formula
        if is_picture(content):
            raise self.refused(name, f"是图片，图片不随表存入；请清空这一格，{ATTACH}")
        if value is None and formula is not None:
            raise self.refused(name, "公式没有结果；请直接填数", formula)
        if kind == ERROR:
            why = "读不出来（出错的公式、图片，或不是日期的数）；请直接填"
            raise self.refused(name, f"{why}，图片{ATTACH}")
        if isinstance(value, str) and _SPOILT.fullmatch(value.strip()):
            raise self.refused(name, "只剩下出错的样子，原来填的没有存下来；请重新填写")
        if isinstance(value, timedelta) or (isinstance(value, float) and not isfinite(value)):
            raise self.refused(name, f"不是普通的数；请{UNLOCK}把格式改回常规，重新填写")
        if isinstance(value, bool):
            raise self.refused(name, "是逻辑值；请按列名填写", "TRUE" if value else "FALSE")
        return value.strip() or None if isinstance(value, str) else value

    def check(self, names: Iterable[str]) -> None:
        """Add the faults of each of these cells, also where reading stops at another one."""
        for name in names:
            with suppress(CellError):
                self.value(name)

    def number(self, name: str, indicator: Indicator) -> tuple[str, int] | None:
        """Read a number as `record` does, as typed and in the smallest unit of its indicator; None where there is none.

        Raises:
            CellError: it is no number that can be recorded.
        """
        value = self.value(name)
        if value is None or not self.entered(name):
            return None
        if isinstance(value, date | time):
            raise self.refused(name, f"是日期，不是数量；请填数。填了还成日期的，{UNLOCK}把格式改回常规")
        typed = value if isinstance(value, str) else _written(value)
        (amount, fault), self.remark = read_filled_number(typed, indicator.unit, indicator.decimals)
        if amount is None:
            raise self.refused(name, fault.removesuffix("。"))
        if not re.fullmatch("[0-9.,]+", fold(typed)):
            self._note(name, typed, f"读作 {write_quantity(amount, indicator.decimals)}{indicator.unit}")
        return typed, amount

    def text(self, name: str) -> str:
        """Read a text; a number or a day is taken as it is written.

        Raises:
            CellError: it holds what no cell of a form may.
        """
        value = self.value(name)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, int | float):
            return _written(value)
        return "" if value is None else str(value)

    def work_day(self, name: str, indicator: Indicator | None) -> str | None:
        """Read the day of some work; empty where there is none, None where it is refused and the fault added."""
        with suppress(CellError):
            return self._day(name, indicator)
        return None

    def last_day(self, name: str) -> str:
        """Return the day of a nought that has none of its own: the last of the month that has come, which is noted."""
        day = self.reading.form.last_day
        self._note(name, self.entered(name), f"没有写发生日期，记在 {day}")
        return day

    def _day(self, name: str, indicator: Indicator | None) -> str:
        """Read a day: a date, a text, or the number that Excel keeps for one.

        Raises:
            CellError: it is no day, or none on which the work can have been done.
        """
        value = self.value(name)
        if value is None or not self.entered(name):
            return ""
        if isinstance(value, datetime):
            first = serial_moment(0, is_1904=self.reading.is_1904)
            number = round((value - first) / timedelta(1), 2) - (not self.reading.is_1904)
            value = number if number < AFTER_MONTHS and number % 1 else value
        if isinstance(value, date):
            day = value.isoformat()[:10]
        elif isinstance(value, int | float) and FIRST_SERIAL <= value <= LAST_SERIAL:
            day = serial_moment(value, is_1904=self.reading.is_1904).date().isoformat()
        else:
            typed = _written(value) if isinstance(value, float) else str(value)
            day = self._typed_day(name, typed, is_number=isinstance(value, float))
        is_stock = indicator is not None and indicator.measure == Measure.STOCK
        fault = work_day_fault(day, self.reading.form.year, self.reading.form.today, of_stock=is_stock)
        if fault:
            raise self.refused(name, f"{day} {fault}".removesuffix("。"), value)
        return day

    def _typed_day(self, name: str, typed: str, *, is_number: bool) -> str:
        """Read a day that is text, or a number such as 6.18.

        Raises:
            CellError: it is no day, or may be two.
        """
        _, today, period, _ = self.reading.form
        reading = read_day_of_form(typed, today, period, is_number=is_number)
        if reading.fault:
            raise self.refused(name, reading.fault.removesuffix("。"), typed)
        if reading.is_loose:
            self._note(name, typed, f"读作 {reading.day}")
        self.span = reading.span
        return reading.day
