"""A form that came back: from cells to figures, words and faults, every fault of every cell."""

from collections.abc import Iterator
from contextlib import suppress

from planledger.formats.form import layout
from planledger.formats.form.layout import DETAILS, FILL_IN
from planledger.formats.form.read_cells import ATTACH, UNLOCK, CellError, FormReading, Line, SheetReading
from planledger.formats.form.read_details import START_ANEW, Held, keys_of, read_events
from planledger.formats.form.read_footer import footer_cells, footer_row, read_footer
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.sheets import TEXT_BOX, floating
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
from planledger.questions.forms.outstanding import Key, added_lines, held_lines

# The cell of each thing that a unit fills in.
_FILLED_IN = {FIGURE: "本期新增", DONE: "是否完成", WORDS: "进展情况"}
_PRINTED = ("序号", "指标", "单位")  # what tells a line from the others
_TEXTS = ("进展情况", "存在问题", "下一步措施")


def returned(book: OpenedWorkbook, form: Form, today: str, sent: Plan | None = None) -> Returned:
    """Read what a unit filled in.

    Args:
        book: the workbook.
        form: the form that it is, as the ledger would make it today.
        today: days after it have not come yet.
        sent: the version of the plan by which it was sent, where that may be another one.
    """
    reading, keys = FormReading(form.sheet.plan.year, today, form.period, {}), keys_of(book)
    faults: list[CellFault] = []
    held = held_lines(form, sent, keys.values())
    lines = _LinesReader(SheetReading(book, FILL_IN, faults, reading), form)
    lines.read(keys, held)
    events, event_lines = read_events(book, held, reading, faults)
    filled = lines.filled + events
    faults += _in_both_places(filled)
    faulty = {fault.cell.line for fault in faults}
    return Returned(
        file=book.name,
        sha256=book.sha256,
        template=form.template,
        plan=form.sheet.plan.key,
        version_id=form.sheet.plan.version_id,
        agency=form.sent_to or form.agency.name,
        period=form.period,
        filled=tuple(one for one in filled if one.cell.line not in faulty),
        faults=tuple(dict.fromkeys(faults)),
        lines=(*((FILL_IN, row) for row in keys), *event_lines),
        blank=tuple(lines.blank),
        slots=lines.slots,
        notes=(*reading.notes, *lines.notes, *_added(form, held), *_floating(book), *_other_sheets(book)),
    )


def _in_both_places(filled: list[Filled]) -> Iterator[CellFault]:
    """Refuse a row that is filled in the form and in the details: nobody knows whether one contains the other."""
    inside = {(one.code, one.key) for one in filled if one.is_detail}
    for one in filled:
        if one.kind == FIGURE and not one.is_detail and (one.code, one.key) in inside:
            message = f"{one.code} 的这个指标在“{DETAILS}”里也填了；请只留一处。"
            yield CellFault(one.cell, one.number, message)


def _added(form: Form, held: Held) -> Iterator[str]:
    """Return a note on what is asked of the unit today and does not stand on the form."""
    added = added_lines(form, held)
    codes = "、".join(dict.fromkeys(line.row.item.code for line in added))
    if added:
        yield f"现在还要本单位填 {codes}，共{len(added)}行，这份表上没有；要报的用 planledger template 发新表填。"


def _floating(book: OpenedWorkbook) -> Iterator[str]:
    """Return a note on what lies over the sheets, which is not read."""
    several: dict[tuple[str, str], list[str]] = {}
    for one in floating(book.parts):
        several.setdefault((one.sheet, one.kind), []).append(one.cell)
    for (sheet, kind), cells in several.items():
        where = "、".join(filter(None, cells))
        what = f"“{sheet}”上{f'（{where}）' if where else ''}有{len(cells)}{kind}，浮在表上，没有读取"
        yield f"{what}；{'请把文字写进表里的格子' if kind == TEXT_BOX else f'要留作佐证的{ATTACH}'}。"


def _other_sheets(book: OpenedWorkbook) -> Iterator[str]:
    """Return a note on each sheet that a unit added, which is not read either."""
    ours = (FILL_IN, DETAILS, layout.HELP, layout.IDENTITY)
    for title, sheet in book.workbook.sheets.items():
        if sheet.is_visible and sheet.cells and title not in ours:
            yield f"工作表“{title}”不是填报表的，里面写的没有读取；要报的请写进“{FILL_IN}”。"


class _LinesReader:
    """One reading of the lines of a form."""

    def __init__(self, reading: SheetReading, form: Form) -> None:
        self.reading, self.form = reading, form
        self.filled: list[Filled] = []
        self.blank: list[tuple[str, int]] = []
        self.slots: dict[str, CellPlace] = {}
        self.notes: list[str] = []

    def read(self, keys: dict[int, Key], held: Held) -> None:
        """Read every line, each by the key that the hidden sheet gives its row."""
        footer = footer_row(self.reading, max(keys, default=self.reading.head))
        self.reading.refuse_altered(keys, footer_cells(footer))
        if footer:
            self.filled += read_footer(Line(self.reading, footer))
        seen: set[str] = set()
        for (code, indicator), row in self._rows(keys, held).items():
            line, one = Line(self.reading, row), held[code, indicator]
            name = f"{code} {one.label}".rstrip()
            if one.line is None:
                self._changed(line, name, one.changed)
            elif tuple(map(line.plain, _PRINTED)) != (code, one.label, one.unit):
                line.fault("序号", f"这一行应是 {name}，行被改动或删除过；请用原表重填", "")
            else:
                for kind, column in _FILLED_IN.items():
                    place = Filled(line.cell(column), kind, code, indicator if kind == FIGURE else "")
                    self.slots.setdefault(place.slot, place.cell)
                self._line(line, self._as_sent(one.line, is_first=code not in seen))
            seen.add(code)

    def _rows(self, keys: dict[int, Key], held: Held) -> dict[Key, int]:
        """The row of each line: where what is printed in it stands now, if lines were sorted; else where it was sent."""
        sent = {key: (key[0], held[key].label, held[key].unit) for key in keys.values()}
        printed = {tuple(map(Line(self.reading, row).plain, _PRINTED)): row for row in keys}
        rows = {key: row for row, key in keys.items()}
        if len(printed) < len(keys) or printed.keys() != set(sent.values()):
            return rows
        sorted_rows = {key: printed[name] for key, name in sent.items()}
        if sorted_rows != rows:
            self.notes.append(f"“{FILL_IN}”的行排过序，按每一行的序号和指标读；请核对。")
        return sorted_rows

    def _as_sent(self, line: FormLine, *, is_first: bool) -> FormLine:
        """Return a line as the first of its item where it was so on the form: there the unit writes what is of the item."""
        may_declare = any(one.may_declare and one.row.item == line.row.item for one in self.form.lines)
        return line._replace(is_first=is_first, may_declare=may_declare and is_first)

    def _changed(self, line: Line, name: str, changed: str) -> None:
        """Refuse a line that is not asked any more or means something else now, unless it is blank."""
        if line.is_blank(layout.OPEN):
            self.blank.append((FILL_IN, line.row))
            self.notes.append(f"{FILL_IN}第{line.row}行（{name}）空着：{changed}。")
        else:
            line.fault("序号", f"{changed}；{START_ANEW}", "")

    def _line(self, line: Line, asked: FormLine) -> None:
        """Read one line; a fault of one cell does not hide those of the others."""
        faults_before, proofs, filled = len(self.reading.faults), "", list[Filled]()
        line.check(layout.OPEN)
        day = line.work_day("发生日期", asked.indicator)
        with suppress(CellError):
            proofs = line.text("佐证材料")
        for read in (_figure, _done, self._words):
            with suppress(CellError):
                filled += read(line, asked, day)
        if filled:  # the papers prove what stands first in the line
            self.filled.append(filled[0]._replace(note=line.note(proofs)))
            self.filled += [one._replace(note=line.span) for one in filled[1:]]
        elif len(self.reading.faults) != faults_before:
            return
        elif day or proofs:
            name = "发生日期" if day else "佐证材料"
            line.fault(name, f"只写了{name}；请写本期新增、完成或进展，或清空")
        else:
            self.blank.append((FILL_IN, line.row))

    def _words(self, line: Line, asked: FormLine, day: str | None) -> Iterator[Filled]:
        """Read what the unit has done, in words."""
        progress, problem, next_step = map(line.text, _TEXTS)
        if not (progress or problem or next_step):
            return
        code = asked.row.item.code
        if not asked.is_first:
            raise line.refused("进展情况", f"文字请写在 {code} 的第一行，这里请{UNLOCK}清空")
        if not progress:
            raise line.refused("进展情况", "写了问题或措施，还要写进展情况")
        words = Filled(line.cell("进展情况"), WORDS, code, day=day or self.reading.form.last_day)
        yield words._replace(progress=progress, problem=problem, next_step=next_step)


def _figure(line: Line, asked: FormLine, day: str | None) -> Iterator[Filled]:
    name, (code, key) = "本期新增", asked.key
    if asked.indicator is None:
        if line.entered(name):
            raise line.refused(name, f"这一行没有指标，不用填数；请{UNLOCK}清空")
        return
    number = None
    with suppress(CellError):
        number = line.number(name, asked.indicator)
    if day == "" and line.entered(name):
        if number and not number[1]:  # what did not happen in all of the month has no day
            day = line.last_day(name)
        else:
            line.fault("发生日期", f"填了数就要写发生日期，例如 {EXAMPLE_DAY}")
    if number and day:
        yield Filled(line.cell(name), FIGURE, code, key, *number, day=day)


def _done(line: Line, asked: FormLine, day: str | None) -> Iterator[Filled]:
    name = "是否完成"
    answer = line.entered(name) and line.text(name)
    if answer in ("", layout.NO):
        return
    if answer != layout.YES:
        raise line.refused(name, f"请写 {layout.YES} 或 {layout.NO}")
    if not asked.may_declare:
        raise line.refused(name, f"这一行按数量认定，不用填是否完成；请{UNLOCK}清空")
    if day == "":
        raise line.refused("发生日期", f"填了完成就要写哪一天完成的，例如 {EXAMPLE_DAY}")
    if day:
        yield Filled(line.cell(name), DONE, asked.row.item.code, day=day)
