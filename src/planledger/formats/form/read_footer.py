"""The footer of a form that came back (落款): who answers for it, as far as the unit says so."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from planledger.formats.form.layout import COLUMNS, FOOTER_HEADS, OPEN
from planledger.formats.form.read_cells import UNLOCK, CellError, Line, SheetReading
from planledger.plan.people.contact import name_fault, phone_fault
from planledger.plan.phrases.texts import fold, means_nothing
from planledger.questions.facts.progress import Sender
from planledger.questions.forms.form import SENDER, Filled

LONGEST = 50  # characters of a name or a number
_PLACES = range(len(COLUMNS) - len(OPEN) + 1, len(COLUMNS) - len(OPEN) + 1 + len(FOOTER_HEADS))
*_PEOPLE, _PHONE, _DAY, _SEAL = OPEN[: len(FOOTER_HEADS)]


def footer_row(reading: SheetReading, last: int) -> int:
    """Return the row in which the footer is filled in, below the *last* line; 0 where the form has none, as an earlier one."""
    heads = last + 2
    is_there = any(reading.plain(heads, place) == head for place, head in enumerate(FOOTER_HEADS, _PLACES[0]))
    return heads + 1 if is_there else 0


def footer_cells(row: int) -> set[tuple[int, int]]:
    """Return the cells of a footer, also those in the column of the faults; none where there is no footer."""
    return {(one, place) for one in (row - 1, row) for place in (*_PLACES, len(COLUMNS) + 1) if row}


def read_footer(line: Line) -> Iterator[Filled]:
    """Read who answers for a form; what is wrong is a fault of its cell, what stands in the place of the seal is noted."""
    for place, head in zip(_PLACES, FOOTER_HEADS, strict=True):
        if line.reading.plain(line.row - 1, place) != head:
            line.reading.fault(line.row - 1, place, f"这一格应是“{head}”；请{UNLOCK}改回，内容填在它下面")
    head, reviewer, preparer = (_read(line, column, name_fault) for column in _PEOPLE)
    phone, day = fold(_read(line, _PHONE, phone_fault)), line.work_day(_DAY, None) or ""
    if not line.is_blank((_SEAL,)):
        line.reading.form.notes[f"{line.cell(_SEAL)} 是盖章的地方，里面的内容没有读取。"] = None
    sender = Sender(head, reviewer, preparer, phone, day)
    if any(sender):
        filled = next(column for column, text in zip(OPEN, sender, strict=False) if text)
        yield Filled(
            line.cell(filled), SENDER, day=day or line.reading.form.last_day, note=line.span, sender=sender
        )


def _read(line: Line, column: str, fault_of: Callable[[str], str]) -> str:
    """Read a name or a number; empty where there is none, or where it is refused and the fault added."""
    with suppress(CellError):
        text = line.text(column)
        if len(text) > LONGEST:
            raise line.refused(column, f"有 {len(text)} 个字，最多 {LONGEST} 个")
        if not line.entered(column) or means_nothing(text):
            return ""
        if isinstance(line.value(column), date):
            raise line.refused(column, "是日期；日期请填在“填报日期”下面")
        if fault := fault_of(fold(text)):
            raise line.refused(column, fault)
        return text
    return ""
