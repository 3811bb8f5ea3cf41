"""Which form a workbook is that came back, and what each of its lines is about, by its hidden sheet."""

from collections.abc import Iterable

from planledger.formats.form import layout
from planledger.formats.form.layout import FILL_IN, IDENTITY_NAMES, Identity
from planledger.formats.form.printed import KEPT
from planledger.formats.form.read_cells import UNLOCK, SheetReading
from planledger.formats.text.display import cell_text
from planledger.formats.xlsx.opening import OPEN_ORIGINAL, OpenedWorkbook, workbook_refused
from planledger.plan.phrases.texts import from_cell, squeeze
from planledger.questions.forms.outstanding import Key

MOST_LINES = 1_000  # of a form; a unit has some dozen


def identity_of(book: OpenedWorkbook) -> Identity:
    """Read which form a workbook is.

    The hidden sheet has it. Programs may drop the custom properties that have it again; where they are kept, both agree.

    Raises:
        WorkbookRefused: it is none of ours, its marks of identity differ, or a sheet was renamed or copied.
    """
    sheets, properties = book.workbook.sheets, book.workbook.properties
    kept = [properties.get(layout.PROPERTY.format(name)) for name in IDENTITY_NAMES]
    hidden = sheets.get(layout.IDENTITY)
    if hidden is None:
        if any(kept):
            raise workbook_refused(book.name, f"里隐藏的 {layout.IDENTITY} 表不见了，认不出每一行是什么")
        raise workbook_refused(book.name, "不是 planledger 的填报表", OPEN_ORIGINAL)
    rows = range(1, len(IDENTITY_NAMES) + 1)
    names = [str(hidden.at(row, 1).value or "") for row in rows]
    identity = Identity._make(str(hidden.at(row, 2).value or "") for row in rows)
    # some programs take the letters of a property for those of another code
    differs = any(
        value not in (None, mark, from_cell(mark.encode().decode("latin-1")).strip())
        for value, mark in zip(kept, identity, strict=True)
    )
    if names != list(IDENTITY_NAMES) or differs:
        raise workbook_refused(book.name, "的标识缺失或被改动过，不能确认是哪一份表")
    if identity.layout not in (layout.VERSION, layout.WITHOUT_FOOTER):
        raise workbook_refused(book.name, "是另一版程序发出的表")
    for title, table in layout.TABLES.items():
        one_of_each(book, title, table)
    if FILL_IN not in sheets:
        raise workbook_refused(book.name, f"里没有“{FILL_IN}”这张表", OPEN_ORIGINAL)
    return identity


def one_of_each(book: OpenedWorkbook, title: str, table: layout.TableLayout) -> None:
    """Refuse a sheet that was renamed, and one that stands twice: what is in the copy would be lost.

    Raises:
        WorkbookRefused: there is such a sheet.
    """
    alike = [
        sheet.title
        for sheet in book.workbook.sheets.values()
        if all(squeeze(str(sheet.at(table.head, n).value)) == name for n, name in enumerate(table.columns, 1))
    ]
    if len(alike) > 1:
        every = "、".join(f"“{name}”" for name in alike)
        raise workbook_refused(
            book.name, f"里有{len(alike)}张{title}（{every}）", f"请把内容并到“{title}”一张里，删去别的"
        )
    if alike and alike != [title] and title not in book.workbook.sheets:
        raise workbook_refused(
            book.name, f"的工作表改了名，应是 {title}，现在是“{alike[0]}”", "请改回原名再导入，不用重填"
        )


def keys_of(book: OpenedWorkbook) -> dict[int, Key]:
    """Read what each row of the form is about, as the hidden sheet has it.

    Raises:
        WorkbookRefused: it names a row twice, or one that the form does not have.
    """
    hidden = book.workbook.sheets[layout.IDENTITY]
    keys: dict[int, Key] = {}
    for number in range(layout.FIRST_KEY_ROW, layout.FIRST_KEY_ROW + MOST_LINES + 1):
        row = hidden.at(number, 1).value
        if row is None:
            break
        key = (str(hidden.at(number, 2).value or ""), str(hidden.at(number, 3).value or ""))
        place = layout.FIRST_ROW + len(keys)
        is_next = str(row) == str(place) and len(keys) < MOST_LINES
        if not is_next or key in keys.values():
            raise workbook_refused(book.name, "的标识被改动过，不能确认每一行是什么")
        keys[place] = key
    return keys


def kept_of(book: OpenedWorkbook, row: int) -> dict[str, str]:
    """Return what was printed in a row, by the columns of which the hidden sheet keeps it; empty of an earlier program's form."""
    kept = book.workbook.sheets[layout.IDENTITY].at(layout.FIRST_KEY_ROW + row - layout.FIRST_ROW, 4).value
    return dict(zip(KEPT, str(kept).split("\n"), strict=False)) if kept else {}


SEAL = "(盖章)"  # what many write behind the name of a unit


def refuse_other_heading(sheet: SheetReading, heading: tuple[str, str]) -> None:
    """Refuse a form above which another plan, unit or month was written than it was sent for: *heading*."""
    above = [squeeze(sheet.at(row, 1).text).replace(SEAL, "") for row in range(1, sheet.head)]
    for row, line in enumerate(heading, 1):
        if squeeze(cell_text(line)) not in above:
            other = "要报别的单位或月份的，请用 planledger template 发那一份表填"
            why = f"发出的表上是“{' '.join(line.split())}”；{other}，没有要改的请{UNLOCK}改回"
            sheet.at(row, 1).fault(why)


def note_above(sheet: SheetReading, printed: Iterable[str]) -> None:
    """Note what stands above the heads and was not *printed* there: nothing of it is read."""
    known, faulty = {squeeze(cell_text(text)) for text in printed}, {fault.cell for fault in sheet.faults}
    for row, column in sorted(place for place in sheet.sheet.cells if place[0] < sheet.head):
        cell = sheet.at(row, column)
        if cell.text and squeeze(cell.text).replace(SEAL, "") not in known and cell.place not in faulty:
            cell.note("在表头上，没有读取；要报的请写进表里")
