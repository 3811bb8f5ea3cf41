"""The sheets, lines and cells of a form that came back: what stands where, and why it cannot be taken as it is."""

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from math import isfinite
from operator import itemgetter
from typing import Any, NamedTuple

from planledger.formats.form.layout import COLUMNS, FOOTER_PLACES, MARKED, OPEN, TABLES
from planledger.formats.xlsx.bounds import letters
from planledger.formats.xlsx.contents import ERROR
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.sheets import is_picture
from planledger.plan.days import last_day_of_month
from planledger.plan.phrases.quantities import is_not_applicable
from planledger.plan.phrases.texts import squeeze
from planledger.questions.forms.returned import CellFault, CellPlace

ATTACH = "另用 planledger attach 存入"
SHOWN = 40  # characters of what stands in a cell
FILLED = (*OPEN, "数量")
MIDNIGHT = " 00:00:00"
# What a program shows in place of what stood there.
_SPOILT = re.compile(r"#{3,}|#(?:VALUE!|REF!|N/A|DIV/0!|NUM!|NAME\?|NULL!)")
UNLOCK = "先撤销工作表保护（没有密码），"  # a sheet that is locked lets nobody do what comes after it


class CellError(Exception):
    """A cell holds what cannot be taken."""


class FormReading(NamedTuple):
    """By what the cells of a form are read, and what of it is to be shown."""

    year: int  # of the plan; nothing of it can have been done before
    today: str
    period: str  # YYYY-MM, of which a day without its year is; empty for a table, whose days are of the past
    notes: dict[str, None]  # on the cells that were read loosely, each once

    @property
    def month_end(self) -> str:
        """The last day of the month."""
        return last_day_of_month(*map(int, self._month.split("-")))

    @property
    def _month(self) -> str:
        return self.period or self.today[:7]

    @property
    def last_day(self) -> str:
        """The day of what has none of its own: the last of the month that has come."""
        return min(self.today, self.month_end)

    def example_day(self, day: float = 18) -> str:
        """Return a day of the month for a sentence that says how days are written, the one with a number where it has that."""
        return f"{self._month}-{int(day) if day in range(1, int(self.month_end[-2:]) + 1) else 18:02}"


class SheetReading:
    """A sheet while it is read; below its head the lines of a table stand."""

    def __init__(self, book: OpenedWorkbook, title: str, faults: list[CellFault], form: FormReading) -> None:
        """Read the sheet *title* of *book*, a part of *form*; what is wrong is added to *faults*."""
        self.sheet, self.faults, self.form = book.workbook.sheets[title], faults, form
        self.columns, self.is_1904 = TABLES[title].columns, book.workbook.is_1904
        self.head = self.sheet.row_of(self.columns) or TABLES[title].head
        self.filtered = {
            row
            for one in self.sheet.filters
            for row, look in self.sheet.rows.items()
            if one.top < row <= one.bottom and look.is_hidden
        }
        self.thin = {
            place
            for one in self.sheet.columns
            if one.is_hidden
            for place in range(max(1, one.first), min(one.last, len(COLUMNS)) + 1)
        }

    @property
    def filled(self) -> list[int]:
        """The rows below the head in which anything stands."""
        return sorted({row for row, _ in self.sheet.cells if row > self.head})

    def at(self, row: int, column: int) -> "Cell":
        """Return a cell."""
        return Cell(self, row, column)

    def refuse_altered(self, rows: Collection[int], footer: int = 0) -> bool:
        """Refuse what may not be in a form: moved columns, merged cells, hidden figures, words outside of its *rows* and of the *footer* that is filled in.

        Returns:
            Whether its columns are where they were, so that its lines can be read.
        """
        if not self.sheet.is_visible:
            self.at(1, 1).fault(f"“{self.sheet.title}”这张表隐藏着；请取消隐藏，核对后再导入", "")
        if not self._has_columns():
            return False
        for area in self.sheet.merged:
            if area.bottom > self.head:
                cell = self.at(area.top, area.first)
                cell.fault(f"这几格合并成了一格；请{UNLOCK}取消合并再填", area.name)
        inside = dict.fromkeys(rows, range(1, len(self.columns) + 1))
        self._refuse_outside(inside | dict.fromkeys(range(footer - 1, footer + 1), FOOTER_PLACES))
        self._refuse_hidden(sorted(rows))
        return True

    def _refuse_outside(self, inside: Mapping[int, range]) -> None:
        """Refuse what stands next to the columns *inside*, by their rows, and other rows, each as one fault."""
        beyond = len(self.columns) + 1
        is_marked = self.at(self.head, beyond).text.startswith(MARKED)  # it was sent back with its faults
        filled = (place for place, one in self.sheet.cells.items() if one.formula or squeeze(str(one.value)))
        places = [(row, place) for row, place in filled if row > self.head]
        for row, group in groupby(sorted(places), itemgetter(0)):
            cells = [self.at(row, place) for _, place in group if not (is_marked and place == beyond)]
            what = "格子" if row in inside else "行"
            outside = [one for one in cells if one.column not in inside[row]] if row in inside else cells[:1]
            for cell in outside:
                cell.fault(f"表外的{what}不会被读取；请把内容写进表里，{UNLOCK}把这里清空")

    def _refuse_hidden(self, rows: Iterable[int]) -> None:
        """Refuse figures and words that nobody sees; what a filter hides is read, with a note."""
        for row in rows:
            filled = [line[name] for line in [Line(self, row)] for name in self.columns if name in FILLED]
            for cell in filled:
                if cell.text and cell.is_hidden:
                    cell.fault("这一格隐藏着，里面有内容；请取消隐藏，核对后再导入")
            if row in self.filtered and any(cell.text for cell in filled):
                self.form.notes[f"{self.sheet.title}第{row}行筛选时隐藏了，照样读取；请核对。"] = None

    def _has_columns(self) -> bool:
        """Refuse columns that were moved or removed, which is one fault, and heads that say something else."""
        cells = [self.at(self.head, place) for place in range(1, len(self.columns) + 1)]
        heads = [squeeze(cell.text) for cell in cells]
        for cell, head, name in zip(cells, heads, self.columns, strict=True):
            if head != name and (name in heads or head in self.columns):
                cell.fault(f"这一列应是“{name}”，列被移动或删除过；请用原表重填")
                return False
            if head != name:
                cell.fault(f"这一列应是“{name}”；请{UNLOCK}改回列名")
        return True


class Cell:
    """A cell while it is read."""

    def __init__(self, reading: SheetReading, row: int, column: int) -> None:
        self.reading, self.row, self.column = reading, row, column
        self.content = reading.sheet.at(row, column)

    @property
    def place(self) -> CellPlace:
        """Where it is."""
        return CellPlace(self.reading.sheet.title, f"{letters(self.column)}{self.row}")

    @property
    def text(self) -> str:
        """What stands in it, whatever it means; a day has no hour where that is midnight."""
        value = self.content.value
        text = "" if value is None else str(value).strip()
        return text.removesuffix(MIDNIGHT) if isinstance(value, datetime) else text

    @property
    def entered(self) -> str:
        """What was entered; empty where a stroke says that it does not apply, which is noted."""
        if not is_not_applicable(self.text):
            return self.text
        self.note("按未填（不适用）")
        return ""

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees what stands in it."""
        sheet = self.reading.sheet
        look = sheet.rows.get(self.row)
        is_flat = look is not None and look.is_flat
        is_hidden = sheet.hides(self.row) and self.row not in self.reading.filtered
        return is_hidden or is_flat or self.column in self.reading.thin

    def fault(self, message: str, shown: Any = None) -> None:
        """Add a fault; *shown* is its value where that is not what stands in it."""
        text = self.text if shown is None else str(shown)
        self.reading.faults.append(CellFault(self.place, text[:SHOWN], f"{message.removesuffix('。')}。"))

    def refused(self, message: str, shown: Any = None) -> CellError:
        """Add a fault and return what is to be raised for it."""
        self.fault(message, shown)
        return CellError()

    def note(self, meant: str, typed: str = "") -> None:
        """Note what it was taken for."""
        self.reading.form.notes[f"{self.place} “{(typed or self.text)[:SHOWN]}”{meant}。"] = None

    def _spoilt(self) -> str:
        """Return why what stands in it is not what is meant: a program put a sign there, or the unit withdrew some of it."""
        if _SPOILT.fullmatch(self.text):
            return "只剩下出错的标记，原来填的没有存下来；请重新填写"
        if isinstance(self.content.value, int | float) and self.content.look.is_scaled:
            return f"看上去是另一个数（格式里带着万、% 这样的倍数，或少显示几位）；请{UNLOCK}把格式改回常规，重新填写"
        if self.content.look.hides(self.content.value):
            return f"里面的内容看不见（格式如 ;;; 不显示它）；请{UNLOCK}把格式改回常规，核对后再导入"
        is_struck = self.content.struck.strip()
        return "有划了删除线的字，照样会读进去；请删去划掉的，只留要报的" if is_struck else ""

    def value(self) -> Any:
        """Return what was filled in; None where it is blank, or a stroke.

        Raises:
            CellError: it holds what no cell of a form may; the fault is added.
        """
        value, kind, formula = self.content[:3]
        if is_picture(self.content):
            raise self.refused(f"是图片，图片不随表存入；请清空这一格，{ATTACH}")
        if value is None and formula is not None:
            raise self.refused("公式没有结果；请直接填写", formula)
        if kind == ERROR:
            raise self.refused(f"读不出来（出错的公式、图片，或不是日期的数）；请直接填，图片{ATTACH}")
        if fault := self._spoilt():
            raise self.refused(fault)
        if isinstance(value, timedelta) or (isinstance(value, float) and not isfinite(value)):
            raise self.refused(f"不是普通的数；请{UNLOCK}把格式改回常规，重新填写")
        if isinstance(value, bool):
            raise self.refused(
                "是逻辑值（TRUE 或 FALSE），不是字也不是数；请按这一列的名称重填",
                "TRUE" if value else "FALSE",
            )
        if not self.entered:
            return None
        return value.strip() if isinstance(value, str) else value


class Line:
    """One line of a sheet while it is read; its cells are known by the names of their columns."""

    def __init__(self, reading: SheetReading, row: int) -> None:
        """Read the line in *row*."""
        self.reading, self.row = reading, row

    def __getitem__(self, name: str) -> Cell:
        """Return the cell in a column."""
        return self.reading.at(self.row, self.reading.columns.index(name) + 1)

    def is_blank(self, names: Iterable[str]) -> bool:
        """Whether nothing stands in these cells but strokes, not even a formula without a result."""
        return not any(self[name].entered or self[name].content.formula is not None for name in names)

    def check(self, names: Iterable[str]) -> None:
        """Add the faults of each of these cells, also where reading stops at another one."""
        for name in names:
            with suppress(CellError):
                self[name].value()
