"""The lines of a form that came back, and the single events of its sheet of details (明细): figures, declarations, words."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from planledger.formats.form import layout
from planledger.formats.form.layout import DETAIL_COLUMNS, DETAILS, FILL_IN
from planledger.formats.form.printed import ITEM, NOTE, TOTALS, as_kept, item_text
from planledger.formats.form.read_cells import UNLOCK, CellError, FormReading, Line, SheetReading
from planledger.formats.form.read_identity import note_above
from planledger.formats.form.read_values import (
    WorkDay,
    read_amount,
    read_choice,
    read_code,
    read_named,
    read_text,
    read_work_day,
)
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.plan.model.rows import grouped
from planledger.plan.phrases.texts import squeeze
from planledger.questions.facts.progress import REPORT_WORDS
from planledger.questions.forms.form import Form, FormLine
from planledger.questions.forms.outstanding import HeldLine, Key, apart
from planledger.questions.forms.returned import DONE, FIGURE, WORDS, CellFault, CellPlace, Filled
from planledger.questions.forms.tables import LOOSE, NO, YES

# The cell of each thing that a unit fills in.
_FILLED_IN = {FIGURE: "本期新增", DONE: "是否完成", WORDS: "进展情况"}
_PRINTED = ("序号", "指标", "单位")  # what tells a line from the others
_NOT_READ = "没有读取，累计由台账算；要报的请填到“本期新增”"
START_ANEW = (
    "请清空这一行填的内容，要报的用 planledger template 发新表填；新表上没有这一行的，"
    "由本办用 planledger record 登记（不再承担的加 --any-agency）"
)
Held = Mapping[Key, HeldLine]  # the lines of a form by item and indicator, held against the plan of today


def entry_note(proofs: str, *texts: str) -> str:
    """Return the note of an entry: *texts*, and what was written about papers."""
    return "；".join(filter(None, (*texts, f"佐证材料：{proofs}" if proofs else "")))


class LinesReader:
    """One reading of the lines of a form."""

    def __init__(
        self,
        reading: SheetReading,
        form: Form,
        keys: dict[int, Key],
        held: Held,
        kept: Mapping[Key, Mapping[str, str]],
    ) -> None:
        """Begin to read; *kept* is what was printed, by line and column."""
        self.kept = kept
        self.reading, self.form, self.keys, self.held = reading, form, keys, held
        self.filled: list[Filled] = []
        self.blank: list[tuple[str, int]] = []
        self.slots: dict[str, CellPlace] = {}
        self.notes: list[str] = []
        self.rows = self._rows()

    def _rows(self) -> dict[Key, int]:
        """Return the row of each line: where what is printed in it stands now, whatever was sorted, put in or deleted.

        A line that stands nowhere has the row in which it was sent, unless another line stands there by now.
        """
        in_first = sorted(row for row, place in self.reading.sheet.cells if place == 1)
        printed = grouped(in_first, lambda row: _printed(Line(self.reading, row)))
        places = {sent: printed[self._name(key)] for sent, key in self.keys.items()}
        rows = {sent: sent if sent in at else at[0] for sent, at in places.items() if at}
        taken = set(rows.values())
        standing = {key: rows.get(sent) or (sent not in taken and sent) for sent, key in self.keys.items()}
        return {key: row for key, row in standing.items() if row}

    def _name(self, key: Key) -> tuple[str, ...]:
        """Return what is printed in a line."""
        return key[0], squeeze(self.held[key].label), squeeze(self.held[key].unit)

    def read(self) -> None:
        """Read every line, each by its key."""
        gone = {
            f"{key[0]} {self.held[key].label}".rstrip(): sent
            for sent, key in self.keys.items()
            if key not in self.rows and self.held[key].line
        }
        if gone:
            lines = "、".join(f"{name}（原第{row}行）" for name, row in gone.items())
            why = f"少了{len(gone)}行：{lines}；请{UNLOCK}从原表复制回来，没有要报的空着"
            self.reading.at(self.reading.head, 1).fault(why, "")
        if any(self.rows.get(key, sent) != sent for sent, key in self.keys.items()):
            self.notes.append(f"“{FILL_IN}”的行挪动过，按每一行的序号和指标读；请核对。")
        seen: set[str] = set()
        for key, row in self.rows.items():
            line, one, (code, indicator) = Line(self.reading, row), self.held[key], key
            name = f"{code} {one.label}".rstrip()
            if one.line is None:
                self._changed(line, name, one.changed)
            elif _printed(line) != self._name(key):
                line["序号"].fault(f"这一行应是 {name}，行被改动或删除过；请用原表重填", "")
            else:
                for kind, column in _FILLED_IN.items():
                    place = Filled(line[column].place, kind, code, indicator if kind == FIGURE else "")
                    self.slots.setdefault(place.slot, place.cell)
                self._line(line, self._as_sent(one.line, is_first=code not in seen))
            seen.add(code)

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
            line["序号"].fault(f"{changed}；{START_ANEW}", "")

    def _line(self, line: Line, asked: FormLine) -> None:
        """Read one line; a fault of one cell does not hide those of the others."""
        faults_before, proofs, filled = len(self.reading.faults), "", list[Filled]()
        line.check(layout.OPEN)
        self._note_printed(line, asked)
        day = read_work_day(line["发生日期"], asked.indicator)
        with suppress(CellError):
            proofs = read_text(line["佐证材料"])
        for read in (_figure, _done, self._words):
            with suppress(CellError):
                filled += read(line, asked, day)
        if filled:  # the papers prove what stands first in the line
            noted = entry_note(proofs, filled[0].note, day.span)
            self.filled.append(filled[0]._replace(note=noted, papers=proofs))
            self.filled += [one._replace(note=day.span) for one in filled[1:]]
        elif len(self.reading.faults) != faults_before:
            return
        elif day.day or read_named(line["佐证材料"]):
            name = "发生日期" if day.day else "佐证材料"
            line[name].fault(f"只写了{name}；请写本期新增、完成或进展，或清空")
        else:
            self.blank.append((FILL_IN, line.row))

    def _note_printed(self, line: Line, asked: FormLine) -> None:
        """Note what was written over print, none of which is read."""
        for name, kept in self.kept.get(asked.key, {}).items():
            cell = line[name]
            if cell.text and as_kept(name, cell.content.value) != kept:
                was, now = apart(item_text(asked) if name == ITEM else kept, cell.text)
                cell.note(_NOT_READ if name in TOTALS else f"没有读取，表上印的是“{was}”", now)

    def _words(self, line: Line, asked: FormLine, day: WorkDay) -> Iterator[Filled]:
        """Read what the unit has done, in words; without progress, a problem or a next step of 无 is none."""
        cell, *others = (line[name] for name in REPORT_WORDS.values())
        problem, next_step = map(read_text if cell.entered else read_named, others)
        progress, code = read_text(cell), asked.row.item.code
        if not (progress or problem or next_step):
            return
        if not asked.is_first:
            raise cell.refused(f"文字请写在 {code} 的第一行，这里请{UNLOCK}清空")
        if not progress:
            raise cell.refused("写了问题或措施，还要写进展情况，没有进展的写无")
        dated = day.day or self.reading.form.last_day
        yield Filled(cell.place, WORDS, code, "", "", None, dated, progress, problem, next_step)


def _printed(line: Line) -> tuple[str, ...]:
    return tuple(squeeze(line[name].text) for name in _PRINTED)


def _figure(line: Line, asked: FormLine, day: WorkDay) -> Iterator[Filled]:
    cell, (code, key) = line["本期新增"], asked.key
    if asked.indicator is None:
        if cell.value() is not None:
            raise cell.refused(f"这一行没有指标，不用填数；请{UNLOCK}清空")
        return
    number = None
    with suppress(CellError):
        number = read_amount(cell, asked.indicator)
    dated = day.day
    if day.is_left_out and cell.entered:
        if number and not number.amount:  # what did not happen in all of the month has no day
            dated = line.reading.form.last_day
            cell.note(f"没有写发生日期，记在 {dated}")
        else:
            line["发生日期"].fault(f"填了数就要写发生日期，例如 {line.reading.form.example_day()}")
    if number and dated:
        yield Filled(cell.place, FIGURE, code, key, number.typed, number.amount, dated, note=number.remark)


def _done(line: Line, asked: FormLine, day: WorkDay) -> Iterator[Filled]:
    cell = line["是否完成"]
    answer = read_choice(cell, LOOSE["是否完成"])
    if answer in ("", NO):
        return
    if answer != YES:
        raise cell.refused(f"请写 {YES} 或 {NO}")
    if not asked.may_declare:
        raise cell.refused(f"这一行按数量认定，不用填是否完成；请{UNLOCK}清空")
    if day.is_left_out:
        raise line["发生日期"].refused(f"填了完成就要写哪一天完成的，例如 {line.reading.form.example_day()}")
    if day.day:
        yield Filled(cell.place, DONE, asked.row.item.code, day=day.day)


def read_events(
    book: OpenedWorkbook, held: Held, form: FormReading, faults: list[CellFault]
) -> tuple[list[Filled], list[tuple[str, int]]]:
    """Read the single events, and (sheet, row) of each line that is filled; what is wrong is added to *faults*."""
    if DETAILS not in book.workbook.sheets:
        faults.append(CellFault(CellPlace(DETAILS, "A1"), "", "“明细”这张表不见了；请用原表重填"))
        return [], []
    reading = SheetReading(book, DETAILS, faults, form)
    note_above(reading, (NOTE,))
    rows = reading.filled
    if not reading.refuse_altered(rows):
        return [], []
    lines = [line for row in rows if not (line := Line(reading, row)).is_blank(DETAIL_COLUMNS)]
    filled: list[Filled] = []
    for line in lines:
        line.check(DETAIL_COLUMNS)
        with suppress(CellError):
            filled += _detail(line, held)
    return filled, [(DETAILS, line.row) for line in lines]


def _detail(line: Line, held: Held) -> Iterator[Filled]:
    asked = _line_named(line, held)
    day = read_work_day(line["发生日期"], asked.indicator)
    if day.is_left_out:
        line["发生日期"].fault(f"请写发生日期，例如 {line.reading.form.example_day()}")
    text, evidence, cell = read_text(line["说明"]), read_text(line["佐证材料"]), line["数量"]
    number = read_amount(cell, asked.indicator) if asked.indicator else None
    if not number:
        raise cell.refused("请写数量")
    if day.day:
        shown = entry_note(evidence, text, number.remark, day.span)
        figure = Filled(cell.place, FIGURE, *asked.key, number.typed, number.amount, day.day, note=shown)
        yield figure._replace(is_detail=True, papers=evidence)


def _line_named(line: Line, held: Held) -> FormLine:
    """Return the line of the form that a line of the details is about."""
    code, name = read_code(line["序号"], {code for code, _ in held}), read_text(line["指标"])
    of_item = [(one, key) for (of, key), one in held.items() if of == code and key]
    for one, key in of_item:
        if name in (one.label, key) and one.line:
            return one.line
        if name in (one.label, key):
            raise line["指标"].refused(f"{one.changed}；{START_ANEW}")
    if not of_item:
        raise line["序号"].refused("请从下拉表里选本单位承担的序号")
    labels = "、".join(filter(None, (one.label for one, _ in of_item)))
    raise line["指标"].refused(f"{code} 的指标有：{labels}；请选其中一个")
