"""What a unit filled into a cell of a form: a number, a text or a day, as it may be typed too, or the fault that it is."""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from planledger.formats.form.read_cells import MIDNIGHT, UNLOCK, Cell, CellError
from planledger.formats.xlsx.contents import LEAP, serial_moment
from planledger.plan.days import work_day_fault
from planledger.plan.model.rows import Indicator, write_quantity
from planledger.plan.model.terms import Measure
from planledger.plan.people.contact import FOOTER, label_before
from planledger.plan.phrases.days import FORM, SIGNED, DayPlace, read_day_of_form
from planledger.plan.phrases.quantities import how_to_take_back, read_filled_number
from planledger.plan.phrases.texts import fold, means_nothing

DIGITS = 15  # as many as a spreadsheet shows of a number
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # Excel's day numbers of 1954 to 2119
AFTER_MONTHS = 13  # smaller numbers with a fraction are month and day: 6.18
TWO_DAYS = ("16:00", "23:59")  # a midnight of +08:00 in UTC, and where a program lost some seconds of it


class FilledNumber(NamedTuple):
    """A number as it was typed, in the smallest unit of its indicator, and what stands behind it."""

    typed: str
    amount: int
    remark: str


class WorkDay(NamedTuple):
    """The day of some work, as it was filled in."""

    day: str = ""  # empty where there is none
    span: str = ""  # the words for it, where they name two days
    is_refused: bool = False  # it is a fault

    @property
    def is_left_out(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.day or self.is_refused)


def _written(value: float) -> str:
    """Write a number of a cell as it would be typed: 40.0 is 40, 0.1+0.2 is 0.3, nothing is in powers of ten."""
    if isinstance(value, int):
        return str(value)
    return format(Decimal(f"{value:.{DIGITS}g}"), "f")


def read_text(cell: Cell) -> str:
    """Read a text; a number or a day is taken as it is written.

    Raises:
        CellError: it holds what no cell of a form may.
    """
    value = cell.value()
    if isinstance(value, int | float):
        return _written(value)
    return value if isinstance(value, str) else cell.text if value else ""


def read_code(cell: Cell, codes: Collection[str]) -> str:
    """Read the code of an item, of these *codes*; as a number it loses its last noughts, and may mean several.

    Raises:
        CellError: it holds what no cell of a form may, or a number that is not one of them alone.
    """
    value = cell.value()
    if not isinstance(value, int | float):
        return read_text(cell)
    meant = [code for code in codes if code.count(".") <= 1 and float(code) == value]
    if len(meant) != 1:
        raise cell.refused("序号要从下拉表里选，不要写成数")
    return meant[0]


def read_named(cell: Cell, head: str = "") -> str:
    """Read a text as :func:`read_text`, without the *head* of its cell; empty where a word says that there is none (无), which is noted.

    Raises:
        CellError: as :func:`read_text`.
    """
    text = _without_label(cell, read_text(cell), head) if head else read_text(cell)
    if not text or not means_nothing(text):
        return text
    cell.note("按未填")
    return ""


def _without_label(cell: Cell, text: str, head: str) -> str:
    """Return a *text* without the *head* of its cell that was written before it again, which is noted.

    Raises:
        CellError: the head of another cell stands there, whose content it would be.
    """
    other, label = label_before(text)
    if not label:
        return text
    if head not in other:
        raise cell.refused(f"写着“{label}”，这一格填“{head}”；请填到它自己的格里")
    rest = fold(text)[len(label) :]
    cell.note("是这一格的名称，没有读取" if rest else "按未填", label)
    return rest


def read_choice(cell: Cell, loose: Mapping[str, str]) -> str:
    """Read one of a few words as :func:`read_text`; for what else is written for one (*loose*) that one, which is noted.

    Raises:
        CellError: as :func:`read_text`.
    """
    text = read_text(cell)
    meant = loose.get(fold(text), text)
    if meant != text:
        cell.note(f"读作 {meant}")
    return meant


def read_amount(cell: Cell, indicator: Indicator) -> FilledNumber | None:
    """Read a number as `record` does; None where there is none.

    Raises:
        CellError: it is no number that can be recorded.
    """
    value = cell.value()
    if value is None:
        return None
    if isinstance(value, date | time):
        raise cell.refused(f"是日期，不是数量；请填数。填了还成日期的，{UNLOCK}把格式改回常规")
    typed = value if isinstance(value, str) else _written(value)
    (amount, fault), remark = read_filled_number(typed, indicator.unit, indicator.decimals)
    if amount is None:
        raise cell.refused(fault + how_to_take_back(typed))
    if not re.fullmatch("[0-9.,]+", fold(typed)):
        cell.note(f"读作 {write_quantity(amount, indicator.decimals)}{indicator.unit}", typed)
    return FilledNumber(typed, amount, remark)


def read_work_day(cell: Cell, indicator: Indicator | None = None, place: str = FORM) -> WorkDay:
    """Read the day of some work: a date, a text, or the number that Excel keeps for one; what is refused is a fault."""
    form = cell.reading.form
    with suppress(CellError):
        value = cell.value()
        if place == SIGNED and isinstance(value, str):
            value = _without_label(cell, value, FOOTER[-1])
        if value in (None, ""):
            return WorkDay()
        day, span = _day(cell, value, place)
        is_stock = indicator is not None and indicator.measure == Measure.STOCK
        if fault := work_day_fault(day, form.year, form.today, of_stock=is_stock):
            raise cell.refused(f"{day} {fault}")
        return WorkDay(day, span)
    return WorkDay(is_refused=True)


def _day(cell: Cell, value: Any, place: str) -> tuple[str, str]:
    """Read a day, and the words for it where they name two: dates are numbers to a spreadsheet, and 15 may look like 1900-01-15.

    Raises:
        CellError: it is no day, or may be two.
    """
    form, is_1904, number = cell.reading.form, cell.reading.is_1904, value
    if isinstance(value, datetime):
        days = (value - serial_moment(0, is_1904=is_1904)) / timedelta(1)
        number = round(days - (not is_1904 and days <= LEAP), 2) if days < FIRST_SERIAL else days
        if f"{value:%H:%M}" in TWO_DAYS and "h" not in cell.content.look.code.lower():  # nobody sees the hour
            both = f"可能是 {value.date()}，也可能是 {value.date() + timedelta(1)}"
            raise cell.refused(f"带着时刻 {value:%H:%M}，{both}；请写成 年-月-日，不带时刻")
    is_number = isinstance(number, int | float)
    typed = _written(number) if is_number else str(number).removesuffix(MIDNIGHT)
    if is_number and FIRST_SERIAL <= number <= LAST_SERIAL:
        day = serial_moment(number, is_1904=is_1904).date().isoformat()
        if value is number or f"{value:%H:%M}" != "00:00":
            cell.note(f"读作 {day}")
        return day, ""
    if is_number and number < FIRST_SERIAL and not (1 < number < AFTER_MONTHS and number % 1):
        raise cell.refused(f"这里只填了数 {typed}；请写成 年-月-日，如 {form.example_day(number)}")
    is_fraction = isinstance(number, float)
    year = 0 if form.period else form.year
    where = DayPlace(place, form.today, year, form.period)
    reading = read_day_of_form(typed, where, is_number=is_fraction)
    if reading.fault:
        raise cell.refused(reading.fault, typed)
    if reading.is_loose:
        cell.note(f"读作 {reading.day}", typed)
    return reading.day, reading.span
