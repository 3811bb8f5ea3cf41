"""A form that came back: from cells to figures, words and faults, every fault of every cell."""

from collections.abc import Iterator
from contextlib import suppress

from planledger.formats.form.layout import (
    COLUMNS,
    DETAILS,
    FILL_IN,
    FIRST_ROW,
    HELP,
    IDENTITY,
    MARKED,
    NO,
    OPEN,
    YES,
    column,
)
from planledger.formats.form.read_cells import (
    ATTACH,
    UNLOCK,
    CellRefused,
    SheetReading,
    When,
    number_in,
    text_in,
    work_day_in,
)
from planledger.formats.form.read_details import START_ANEW, DetailsReader
from planledger.formats.form.read_identity import keys_of
from planledger.formats.xlsx.bounds import letters
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.sheets import TEXT_BOX, floating
from planledger.plan.days import last_day_of_month
from planledger.plan.model.rows import Plan
from planledger.plan.phrases.days import EXAMPLE_DAY
from planledger.questions.forms.form import (
    DONE,
    FIGURE,
    WORDS,
    CellFault,
    CellPlace,
    Filled,
    Form,
    FormLine,
    Returned,
)
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
            notes=(*self.notes, *self._added(), *self._floating(), *self._beside()),
        )

    def _floating(self) -> Iterator[str]:
        """Tell of what lies over the sheets, which nobody reads."""
        several: dict[tuple[str, str], list[str]] = {}
        for one in floating(self.book.parts):
            several.setdefault((one.sheet, one.kind), []).append(one.cell)
        for (sheet, kind), cells in several.items():
            where = "、".join(filter(None, cells))
            what = f"“{sheet}”上{f'（{where}）' if where else ''}有{len(cells)}{kind}，浮在表上，没有读取"
            yield f"{what}；{'请把文字写进表里的格子' if kind == TEXT_BOX else f'要留作佐证的{ATTACH}'}。"

    def _beside(self) -> Iterator[str]:
        """Tell of sheets that a unit added, which nobody reads either."""
        for title, sheet in self.book.workbook.sheets.items():
            if sheet.is_visible and sheet.cells and title not in (FILL_IN, DETAILS, HELP, IDENTITY):
                yield f"工作表“{title}”不是填报表的，里面写的没有读取；要报的请写进“{FILL_IN}”。"

    def _lines(self) -> None:
        """Read the lines of the form, each by the key that the hidden sheet gives its row."""
        asked = SheetReading(self.book, self.book.workbook.sheets[FILL_IN], self.faults)
        asked.whole(COLUMNS, FIRST_ROW, set(self.keys), MARKED)
        seen: set[str] = set()
        for row, key in self.keys.items():
            self.lines.append((FILL_IN, row))
            held, is_first = self.out.held(key), key[0] not in seen
            seen.add(key[0])
            if held.line is None:
                self._changed(asked, row, key[0], held)
            elif self._stands(asked, row, key[0], held):
                self._place(asked, row, key)
                self._line(asked, row, self._as_sent(held.line, is_first=is_first))

    def _as_sent(self, line: FormLine, *, is_first: bool) -> FormLine:
        """Let a line be the first of its item where it was so on the form: there the unit says what is of the item."""
        may_declare = any(one.may_declare and one.row.item == line.row.item for one in self.form.lines)
        return line._replace(is_first=is_first, may_declare=may_declare and is_first)

    def _added(self) -> Iterator[str]:
        """Name what is asked of the unit today and does not stand on the form."""
        added = self.out.added(set(self.keys.values()))
        codes = "、".join(dict.fromkeys(line.row.item.code for line in added))
        if added:
            yield f"现在还要本单位填 {codes}，共{len(added)}行，这份表上没有；要报的用 planledger template 发新表填。"

    def _place(self, asked: SheetReading, row: int, key: tuple[str, str]) -> None:
        """Note where a line can say something: a figure, that it is done, words (of an item's first line)."""
        code, indicator = key
        for kind, name in ((FIGURE, "本期新增"), (DONE, "是否完成"), (WORDS, "进展情况")):
            cell = asked.cell(row, column(name))
            one = Filled(cell, kind, code, indicator if kind == FIGURE else "")
            self.slots.setdefault(one.slot, cell)

    def _changed(self, asked: SheetReading, row: int, code: str, held: HeldForm) -> None:
        """Let a line be that is not asked any more, or means something else now, as long as it says nothing."""
        if not all(asked.is_blank(row, column(name)) for name in OPEN):
            self._fault(FILL_IN, row, "序号", f"{held.changed}；{START_ANEW}")
        else:
            self.blank.append((FILL_IN, row))
            self.notes.append(
                f"{FILL_IN}第{row}行（{f'{code} {held.label}'.rstrip()}）空着：{held.changed}。"
            )

    def _stands(self, asked: SheetReading, row: int, code: str, held: HeldForm) -> bool:
        """Whether a line is still where it was: nobody moved, sorted or deleted rows."""
        found = tuple(asked.plain(row, column(name)) for name in ("序号", "指标", "单位"))
        if found == (code, held.label, held.unit):
            return True
        self._fault(
            FILL_IN,
            row,
            "序号",
            f"这一行应是 {f'{code} {held.label}'.rstrip()}，行被移动、排序或删除过；请用原表重填",
        )
        return False

    def _line(self, asked: SheetReading, row: int, line: FormLine) -> None:
        """Read all that one line says; what one cell of it gets wrong does not hide the faults of the others."""
        before = len(self.filled), len(self.faults)
        asked.look_at(row, map(column, OPEN))
        day = work_day_in(asked, row, column("发生日期"), line.indicator, self.when)
        with suppress(CellRefused):
            self._proofs = text_in(asked, row, column("佐证材料"))
        for read in (self._figure, self._done, self._words):
            with suppress(CellRefused):
                read(asked, row, line, day)
        if (len(self.filled), len(self.faults)) != before:
            return
        if day or self._proofs:
            name = "发生日期" if day else "佐证材料"
            asked.fault(row, column(name), f"只写了{name}；请写本期新增、完成或进展，或清空")
        elif day == "":
            self.blank.append((FILL_IN, row))

    def _proven(self) -> str:
        """Give the words about papers to what the line says first, a figure before a declaration before words."""
        said, self._proofs = self._proofs, ""
        return f"佐证材料：{said}" if said else ""

    def _figure(self, asked: SheetReading, row: int, line: FormLine, day: str | None) -> None:
        place = column("本期新增")
        if line.indicator is None:
            if asked.plain(row, place):
                raise asked.refused(row, place, f"这一行没有指标，不用填数；请{UNLOCK}清空")
            return
        if day == "" and asked.plain(row, place):
            asked.fault(row, column("发生日期"), f"填了数就要写发生日期，例如 {EXAMPLE_DAY}")
        number = number_in(asked, row, place, line.indicator)
        if number and day:
            code, key = line.key
            cell = asked.cell(row, place)
            self.filled.append(Filled(cell, FIGURE, code, key, *number, day=day, note=self._proven()))

    def _done(self, asked: SheetReading, row: int, line: FormLine, day: str | None) -> None:
        place = column("是否完成")
        said = text_in(asked, row, place)
        if said in ("", NO):
            return
        if said != YES:
            raise asked.refused(row, place, f"请写 {YES} 或 {NO}")
        if not line.may_declare:
            raise asked.refused(row, place, f"这一行按数量认定，不用填是否完成；请{UNLOCK}清空")
        if day == "":
            raise asked.refused(row, column("发生日期"), f"填了完成就要写哪一天完成的，例如 {EXAMPLE_DAY}")
        if day:
            found = Filled(asked.cell(row, place), DONE, line.row.item.code, day=day, note=self._proven())
            self.filled.append(found)

    def _words(self, asked: SheetReading, row: int, line: FormLine, day: str | None) -> None:
        progress, problem, next_step = (
            text_in(asked, row, column(name)) for name in ("进展情况", "存在问题", "下一步措施")
        )
        if not (progress or problem or next_step):
            return
        place = column("进展情况")
        if not line.is_first:
            raise asked.refused(row, place, f"文字请写在 {line.row.item.code} 的第一行，这里请{UNLOCK}清空")
        if not progress:
            raise asked.refused(row, place, "写了问题或措施，还要写进展情况")
        on = day or min(self.when.today, _last_day(self.form.period))
        found = Filled(asked.cell(row, place), WORDS, line.row.item.code, day=on)
        self.filled.append(
            found._replace(progress=progress, problem=problem, next_step=next_step, note=self._proven())
        )

    def _refuse_both_places(self) -> None:
        """Refuse a row that is filled in the form and in the details: nobody knows whether one contains the other."""
        inside = {(one.code, one.key) for one in self.filled if one.is_detail}
        for one in self.filled:
            if one.kind == FIGURE and not one.is_detail and (one.code, one.key) in inside:
                self.faults.append(
                    CellFault(
                        one.cell, one.number, f"{one.code} 的这个指标在“{DETAILS}”里也填了；请只留一处。"
                    )
                )

    def _fault(self, sheet: str, row: int, name: str, message: str, found: str = "") -> None:
        self.faults.append(
            CellFault(CellPlace(sheet, f"{letters(column(name))}{row}"), found, f"{message}。")
        )


def _last_day(period: str) -> str:
    return last_day_of_month(int(period[:4]), int(period[5:7]))
