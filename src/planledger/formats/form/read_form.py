"""A form that came back: from cells to figures, words and faults, every fault of every cell."""

from collections.abc import Iterator
from contextlib import suppress

from planledger.formats.form import layout
from planledger.formats.form.layout import DETAILS, FILL_IN, column
from planledger.formats.form.read_cells import ATTACH, UNLOCK, CellError, SheetReading, When
from planledger.formats.form.read_details import START_ANEW, DetailsReader, keys_of
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.sheets import TEXT_BOX, floating
from planledger.plan.days import last_day_of_month
from planledger.plan.model.rows import Plan
from planledger.plan.phrases.days import EXAMPLE_DAY
from planledger.questions.forms import form as forms
from planledger.questions.forms.form import CellFault, CellPlace, Filled, Form, FormLine, Returned
from planledger.questions.forms.outstanding import HeldForm, Outstanding


def returned(book: OpenedWorkbook, form: Form, today: str, sent: Plan | None = None) -> Returned:
    """Read what a unit filled in.

    Args:
        book: the workbook.
        form: the form that it is, as the ledger would make it today.
        today: days after it have not come yet.
        sent: the version of the plan by which it was sent, where that may be another one.
    """
    return _Reader(book, Outstanding(form, sent), today).returned()


class _Reader:
    """One reading of one workbook."""

    def __init__(self, book: OpenedWorkbook, out: Outstanding, today: str) -> None:
        self.book, self.out, self.form = book, out, out.form
        self.when = When(self.form.sheet.plan.year, today)
        self.keys = keys_of(book)
        self.faults: list[CellFault] = []
        self.filled: list[Filled] = []
        self.lines: list[tuple[str, int]] = []
        self.blank: list[tuple[str, int]] = []
        self.slots: dict[str, CellPlace] = {}
        self.notes: list[str] = []
        self._proofs = ""

    def returned(self) -> Returned:
        self._lines()
        details = DetailsReader(self.book, self.out, self.keys.values(), self.when, self.faults)
        details.read()
        self.filled += details.filled
        self.lines += details.lines
        self._refuse_both_places()
        faulty = {fault.cell.line for fault in self.faults}
        return Returned(
            file=self.book.name,
            sha256=self.book.sha256,
            template=self.form.template,
            plan=self.form.sheet.plan.key,
            version_id=self.form.sheet.plan.version_id,
            agency=self.form.agency.name,
            period=self.form.period,
            filled=tuple(one for one in self.filled if one.cell.line not in faulty),
            faults=tuple(dict.fromkeys(self.faults)),
            lines=tuple(self.lines),
            blank=tuple(self.blank),
            slots=self.slots,
            notes=(*self.notes, *self._added(), *self._floating(), *self._other_sheets()),
        )

    def _floating(self) -> Iterator[str]:
        """Return a note on what lies over the sheets, which is not read."""
        several: dict[tuple[str, str], list[str]] = {}
        for one in floating(self.book.parts):
            several.setdefault((one.sheet, one.kind), []).append(one.cell)
        for (sheet, kind), cells in several.items():
            where = "、".join(filter(None, cells))
            what = f"“{sheet}”上{f'（{where}）' if where else ''}有{len(cells)}{kind}，浮在表上，没有读取"
            yield f"{what}；{'请把文字写进表里的格子' if kind == TEXT_BOX else f'要留作佐证的{ATTACH}'}。"

    def _other_sheets(self) -> Iterator[str]:
        """Return a note on each sheet that a unit added, which is not read either."""
        for title, sheet in self.book.workbook.sheets.items():
            if (
                sheet.is_visible
                and sheet.cells
                and title not in (FILL_IN, DETAILS, layout.HELP, layout.IDENTITY)
            ):
                yield f"工作表“{title}”不是填报表的，里面写的没有读取；要报的请写进“{FILL_IN}”。"

    def _lines(self) -> None:
        """Read the lines of the form, each by the key that the hidden sheet gives its row."""
        reading = SheetReading(self.book, self.book.workbook.sheets[FILL_IN], self.faults, self.when)
        reading.refuse_altered(layout.COLUMNS, layout.FIRST_ROW, set(self.keys), layout.MARKED)
        seen: set[str] = set()
        for row, key in self.keys.items():
            self.lines.append((FILL_IN, row))
            held, is_first = self.out.held(key), key[0] not in seen
            seen.add(key[0])
            if held.line is None:
                self._changed(reading, row, key[0], held)
            elif self._stands(reading, row, key[0], held):
                self._place(reading, row, key)
                self._line(reading, row, self._as_sent(held.line, is_first=is_first))

    def _as_sent(self, line: FormLine, *, is_first: bool) -> FormLine:
        """Return a line as the first of its item where it was so on the form: there the unit writes what is of the item."""
        may_declare = any(one.may_declare and one.row.item == line.row.item for one in self.form.lines)
        return line._replace(is_first=is_first, may_declare=may_declare and is_first)

    def _added(self) -> Iterator[str]:
        """Return a note on what is asked of the unit today and does not stand on the form."""
        added = self.out.added(set(self.keys.values()))
        codes = "、".join(dict.fromkeys(line.row.item.code for line in added))
        if added:
            yield f"现在还要本单位填 {codes}，共{len(added)}行，这份表上没有；要报的用 planledger template 发新表填。"

    def _place(self, reading: SheetReading, row: int, key: tuple[str, str]) -> None:
        """Keep where a line can be filled: a figure, that it is done, words (of an item's first line)."""
        code, indicator = key
        for kind, name in ((forms.FIGURE, "本期新增"), (forms.DONE, "是否完成"), (forms.WORDS, "进展情况")):
            cell = reading.cell(row, column(name))
            one = Filled(cell, kind, code, indicator if kind == forms.FIGURE else "")
            self.slots.setdefault(one.slot, cell)

    def _changed(self, reading: SheetReading, row: int, code: str, held: HeldForm) -> None:
        """Refuse a line that is not asked any more or means something else now, unless it is blank."""
        if not all(reading.is_blank(row, column(name)) for name in layout.OPEN):
            reading.fault(row, 1, f"{held.changed}；{START_ANEW}", "")
            return
        self.blank.append((FILL_IN, row))
        name = f"{code} {held.label}".rstrip()
        self.notes.append(f"{FILL_IN}第{row}行（{name}）空着：{held.changed}。")

    def _stands(self, reading: SheetReading, row: int, code: str, held: HeldForm) -> bool:
        """Whether a line is still where it was: nobody moved, sorted or deleted rows."""
        cells = tuple(reading.plain(row, column(name)) for name in ("序号", "指标", "单位"))
        is_there = cells == (code, held.label, held.unit)
        if not is_there:
            name = f"{code} {held.label}".rstrip()
            reading.fault(row, 1, f"这一行应是 {name}，行被移动、排序或删除过；请用原表重填", "")
        return is_there

    def _line(self, reading: SheetReading, row: int, line: FormLine) -> None:
        """Read one line; a fault of one cell does not hide those of the others."""
        before = len(self.filled), len(self.faults)
        reading.check(row, map(column, layout.OPEN))
        day = reading.work_day(row, column("发生日期"), line.indicator)
        with suppress(CellError):
            self._proofs = reading.text(row, column("佐证材料"))
        for read in (self._figure, self._done, self._words):
            with suppress(CellError):
                read(reading, row, line, day)
        if (len(self.filled), len(self.faults)) != before:
            return
        if day or self._proofs:
            name = "发生日期" if day else "佐证材料"
            reading.fault(row, column(name), f"只写了{name}；请写本期新增、完成或进展，或清空")
        elif day == "":
            self.blank.append((FILL_IN, row))

    def _proven(self) -> str:
        """Return the words about papers for what stands first in the line: a figure, a declaration, or words."""
        proofs, self._proofs = self._proofs, ""
        return f"佐证材料：{proofs}" if proofs else ""

    def _figure(self, reading: SheetReading, row: int, line: FormLine, day: str | None) -> None:
        place = column("本期新增")
        if line.indicator is None:
            if reading.plain(row, place):
                raise reading.refused(row, place, f"这一行没有指标，不用填数；请{UNLOCK}清空")
            return
        if day == "" and reading.plain(row, place):
            reading.fault(row, column("发生日期"), f"填了数就要写发生日期，例如 {EXAMPLE_DAY}")
        number = reading.number(row, place, line.indicator)
        if number and day:
            code, key = line.key
            cell = reading.cell(row, place)
            self.filled.append(Filled(cell, forms.FIGURE, code, key, *number, day=day, note=self._proven()))

    def _done(self, reading: SheetReading, row: int, line: FormLine, day: str | None) -> None:
        place = column("是否完成")
        answer = reading.text(row, place)
        if answer in ("", layout.NO):
            return
        if answer != layout.YES:
            raise reading.refused(row, place, f"请写 {layout.YES} 或 {layout.NO}")
        if not line.may_declare:
            raise reading.refused(row, place, f"这一行按数量认定，不用填是否完成；请{UNLOCK}清空")
        if day == "":
            raise reading.refused(row, column("发生日期"), f"填了完成就要写哪一天完成的，例如 {EXAMPLE_DAY}")
        if day:
            cell, code = reading.cell(row, place), line.row.item.code
            self.filled.append(Filled(cell, forms.DONE, code, day=day, note=self._proven()))

    def _words(self, reading: SheetReading, row: int, line: FormLine, day: str | None) -> None:
        progress, problem, next_step = (
            reading.text(row, column(name)) for name in ("进展情况", "存在问题", "下一步措施")
        )
        if not (progress or problem or next_step):
            return
        place = column("进展情况")
        if not line.is_first:
            raise reading.refused(row, place, f"文字请写在 {line.row.item.code} 的第一行，这里请{UNLOCK}清空")
        if not progress:
            raise reading.refused(row, place, "写了问题或措施，还要写进展情况")
        year, month = map(int, self.form.period.split("-"))
        day = day or min(self.when.today, last_day_of_month(year, month))
        words = Filled(
            reading.cell(row, place), forms.WORDS, line.row.item.code, day=day, note=self._proven()
        )
        self.filled.append(words._replace(progress=progress, problem=problem, next_step=next_step))

    def _refuse_both_places(self) -> None:
        """Refuse a row that is filled in the form and in the details: nobody knows whether one contains the other."""
        inside = {(one.code, one.key) for one in self.filled if one.is_detail}
        for one in self.filled:
            if one.kind == forms.FIGURE and not one.is_detail and (one.code, one.key) in inside:
                message = f"{one.code} 的这个指标在“{DETAILS}”里也填了；请只留一处。"
                self.faults.append(CellFault(one.cell, one.number, message))
