"""A form that came back: from cells to figures, words and faults, every fault of every cell; and who answers for it (落款)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from operator import attrgetter

from planledger.formats.form import layout, read_cells
from planledger.formats.form.layout import DETAILS, FILL_IN, FOOTER_HEADS, FOOTER_PLACES, OPEN
from planledger.formats.form.printed import EXPLAINED, return_to
from planledger.formats.form.read_identity import kept_of, keys_of, note_above, refuse_other_heading
from planledger.formats.form.read_lines import Held, LinesReader, read_events
from planledger.formats.form.read_values import read_named, read_work_day
from planledger.formats.xlsx.opening import OpenedWorkbook
from planledger.formats.xlsx.sheets import TEXT_BOX, comments, floating
from planledger.plan.model.rows import grouped
from planledger.plan.model.version import Plan
from planledger.plan.people.contact import Sender, name_fault, phone_fault, plain_phone
from planledger.plan.phrases.days import SIGNED
from planledger.plan.phrases.texts import fold, squeeze
from planledger.questions.forms.form import Form
from planledger.questions.forms.outstanding import added_lines, held_lines
from planledger.questions.forms.returned import FIGURE, SENDER, CellFault, CellPlace, Filled, Returned

LONGEST_COMMENT = 500  # characters that are shown; before a thread Excel puts some 150 of its own
MOST_COMMENTS = 100  # that are shown; a form has few
LONGEST = 50  # characters of a name or a number in the footer
*_PEOPLE, _PHONE, _DAY, _SEAL = OPEN[: len(FOOTER_HEADS)]


def returned(book: OpenedWorkbook, form: Form, today: str, sent: Plan | None = None) -> Returned:
    """Read what a unit filled in.

    Args:
        book: the workbook.
        form: the form that it is, as the ledger would make it today.
        today: days after it have not come yet.
        sent: the version of the plan by which it was sent, where that may be another one.
    """
    reading, keys = read_cells.FormReading(form.sheet.plan.year, today, form.period, {}), keys_of(book)
    kept = {key: kept_of(book, row) for row, key in keys.items()}
    faults: list[CellFault] = []
    held = held_lines(form, sent, keys.values())
    sheet = read_cells.SheetReading(book, FILL_IN, faults, reading)
    agency = form.sent_to or form.agency.name
    _read_above(sheet, form, agency, (sent.meta if sent else form.sheet.plan).title)
    lines, sender = LinesReader(sheet, form, keys, held, kept), list[Filled]()
    heads = sheet.sheet.row_of(FOOTER_HEADS, FOOTER_PLACES[0])
    footer = heads and heads + 1
    if sheet.refuse_altered(lines.rows.values(), footer):
        sender = [*read_footer(read_cells.Line(sheet, footer))] if footer else []
        lines.read()
    events, event_lines = read_events(book, held, reading, faults)
    filled = sender + lines.filled + events
    faults += _in_both_places(filled)
    faulty = {fault.cell.line for fault in faults}
    return Returned(
        file=book.name,
        sha256=book.sha256,
        template=form.template,
        plan=form.sheet.plan.key,
        version_id=form.sheet.plan.version_id,
        agency=agency,
        period=form.period,
        filled=tuple(one for one in filled if one.cell.line not in faulty),
        faults=tuple(dict.fromkeys(faults)),
        lines=(*((FILL_IN, row) for row in lines.rows.values()), *event_lines),
        blank=tuple(lines.blank),
        slots=lines.slots,
        notes=(
            *reading.notes,
            *lines.notes,
            *_added(form, held),
            *floating_notes(book),
            *comment_notes(book),
            *_other_sheets(book),
        ),
    )


def _read_above(sheet: read_cells.SheetReading, form: Form, agency: str, title: str) -> None:
    """Refuse a form above which another plan, unit or month stands than it was sent with; note what else stands there."""
    heading = layout.heading(title, agency, form.period)
    refuse_other_heading(sheet, heading)
    as_sent = form._replace(agency=form.agency._replace(name=agency))
    note_above(sheet, (*heading, return_to(as_sent)))


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


def floating_notes(book: OpenedWorkbook) -> Iterator[str]:
    """Return a note on what lies over the sheets, which is not read."""
    for (sheet, kind), several in grouped(floating(book.parts), attrgetter("sheet", "kind")).items():
        where = "、".join(one.cell for one in several if one.cell)
        what = f"“{sheet}”上{f'（{where}）' if where else ''}有{len(several)}{kind}，浮在表上，没有读取"
        yield f"{what}；{'请把文字写进表里的格子' if kind == TEXT_BOX else f'要留作佐证的{read_cells.ATTACH}'}。"


def comment_notes(book: OpenedWorkbook) -> Iterator[str]:
    """Return a note on each comment on a cell, with its words, which are not read; those of a marked form stand in its row too."""
    for number, (title, cell, text) in enumerate(comments(book.parts)):
        if number == MOST_COMMENTS:
            yield "批注太多，后面的没有列出，也没有读取。"
            return
        row = CellPlace(title, cell).line[1]
        of_row = (one.value for (line, _), one in book.workbook.sheets[title].cells.items() if line == row)
        if not any(squeeze(f"{cell}：{text}") in squeeze(str(one)) for one in of_row):
            yield f"{title}!{cell} 有批注“{text[:LONGEST_COMMENT]}”，没有读取；要报的请写进表里的格子。"


def _other_sheets(book: OpenedWorkbook) -> Iterator[str]:
    """Return a note on each sheet that a unit added, which is not read either."""
    ours = (FILL_IN, DETAILS, layout.HELP, layout.IDENTITY)
    explained = {(row, 1) for row in range(1, len(EXPLAINED) + 2)}
    for title, sheet in book.workbook.sheets.items():
        is_added = title not in ours or (title == layout.HELP and sheet.cells.keys() - explained)
        if sheet.is_visible and sheet.cells and is_added:
            yield f"工作表“{title}”里写的没有读取；要报的请写进“{FILL_IN}”。"


def read_footer(line: read_cells.Line) -> Iterator[Filled]:
    """Read who answers for a form; what is wrong is a fault of its cell, what stands in the place of the seal is noted."""
    form = line.reading.form
    for place, name in zip(FOOTER_PLACES, FOOTER_HEADS, strict=True):
        above = line.reading.at(line.row - 1, place)
        if squeeze(above.text) != squeeze(name):
            above.fault(f"这一格应是“{name}”；请{read_cells.UNLOCK}改回，内容填在它下面")
    people = zip(_PEOPLE, FOOTER_HEADS, strict=False)
    head, reviewer, preparer = (_person(line[column], name, name_fault) for column, name in people)
    phone = plain_phone(_person(line[_PHONE], FOOTER_HEADS[3], phone_fault))
    day = read_work_day(line[_DAY], place=SIGNED)
    if not line.is_blank((_SEAL,)):
        form.notes[f"{line[_SEAL].place} 是盖章的地方，里面的内容没有读取。"] = None
    sender = Sender(head, reviewer, preparer, phone, day.day)
    if any(sender):
        filled = next(line[column] for column, text in zip(OPEN, sender, strict=False) if text)
        yield Filled(filled.place, SENDER, day=day.day or form.last_day, note=day.span, sender=sender)


def _person(cell: read_cells.Cell, head: str, fault_of: Callable[[str], str]) -> str:
    """Read a name or a number, with the *head* above it; empty where there is none, or where it is refused and the fault added."""
    with suppress(read_cells.CellError):
        text = read_named(cell, head)
        if len(text) > LONGEST:
            raise cell.refused(f"有{len(text)}个字，最多{LONGEST}个")
        if isinstance(cell.content.value, date):
            raise cell.refused("是日期；日期请填在“填报日期”下面")
        if text and (fault := fault_of(fold(text))):
            raise cell.refused(fault)
        return text
    return ""
