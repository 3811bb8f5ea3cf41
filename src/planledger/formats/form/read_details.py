"""Which form a workbook is that came back, by its hidden sheet; and the single events of its sheet of details (明细)."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from planledger.formats.form import layout
from planledger.formats.form.layout import DETAIL_COLUMNS, DETAILS, FILL_IN, IDENTITY_NAMES, Identity
from planledger.formats.form.read_cells import CellError, FormReading, Line, SheetReading
from planledger.formats.xlsx.opening import COPY_OVER, OPEN_ORIGINAL, OpenedWorkbook, WorkbookRefused
from planledger.plan.phrases.days import EXAMPLE_DAY
from planledger.questions.forms.form import FIGURE, CellFault, CellPlace, Filled, FormLine
from planledger.questions.forms.outstanding import HeldLine, Key

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
            raise _refused(book, f"里隐藏的 {layout.IDENTITY} 表不见了，认不出每一行是什么")
        raise _refused(book, "不是 planledger 的填报表", OPEN_ORIGINAL)
    rows = range(1, len(IDENTITY_NAMES) + 1)
    names = [str(hidden.at(row, 1).value or "") for row in rows]
    identity = Identity._make(str(hidden.at(row, 2).value or "") for row in rows)
    differs = any(value not in (None, mark) for value, mark in zip(kept, identity, strict=True))
    if names != list(IDENTITY_NAMES) or differs:
        raise _refused(book, "的标识缺失或被改动过，不能确认是哪一份表")
    if identity.layout not in (layout.VERSION, layout.WITHOUT_FOOTER):
        raise _refused(book, "是另一版程序发出的表")
    for title, table in layout.TABLES.items():
        one_of_each(book, title, table)
    if FILL_IN not in sheets:
        raise _refused(book, f"里没有“{FILL_IN}”这张表", OPEN_ORIGINAL)
    return identity


def one_of_each(book: OpenedWorkbook, title: str, table: layout.TableLayout) -> None:
    """Refuse a sheet that was renamed, and one that stands twice: what is in the copy would be lost.

    Raises:
        WorkbookRefused: there is such a sheet.
    """
    alike = [
        sheet.title
        for sheet in book.workbook.sheets.values()
        if all(sheet.at(table.head, place).value == name for place, name in enumerate(table.columns, 1))
    ]
    if len(alike) > 1:
        every = "、".join(f"“{name}”" for name in alike)
        raise _refused(
            book, f"里有 {len(alike)} 张{title}（{every}）", f"请把内容并到“{title}”一张里，删去别的"
        )
    if alike and alike != [title] and title not in book.workbook.sheets:
        raise _refused(
            book, f"的工作表改了名，应是 {title}，现在是“{alike[0]}”", "请改回原名再导入，不用重填"
        )


def _refused(book: OpenedWorkbook, why: str, remedy: str = COPY_OVER) -> WorkbookRefused:
    return WorkbookRefused(f"{book.name} {why}；{remedy}。")


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
        is_next = isinstance(row, int) and row == layout.FIRST_ROW + len(keys) and len(keys) < MOST_LINES
        if not is_next or key in keys.values():
            raise _refused(book, "的标识被改动过，不能确认每一行是什么")
        keys[row] = key
    return keys


START_ANEW = "请清空这一行填的内容，要报的用 planledger template 发新表填"


Held = Mapping[Key, HeldLine]  # the lines of a form by item and indicator, held against the plan of today


def read_events(
    book: OpenedWorkbook, held: Held, form: FormReading, faults: list[CellFault]
) -> tuple[list[Filled], list[tuple[str, int]]]:
    """Read the single events, and (sheet, row) of each line that is filled; what is wrong is added to *faults*."""
    if DETAILS not in book.workbook.sheets:
        faults.append(CellFault(CellPlace(DETAILS, "A1"), "", "“明细”这张表不见了；请用原表重填"))
        return [], []
    reading = SheetReading(book, DETAILS, faults, form)
    rows = sorted({row for row, _ in reading.sheet.cells if row > reading.head})
    reading.refuse_altered(rows)
    lines = [line for row in rows if not (line := Line(reading, row)).is_blank(DETAIL_COLUMNS)]
    filled: list[Filled] = []
    for line in lines:
        line.check(DETAIL_COLUMNS)
        with suppress(CellError):
            filled += _detail(line, held)
    return filled, [(DETAILS, line.row) for line in lines]


def _detail(line: Line, held: Held) -> Iterator[Filled]:
    asked = _line_named(line, held)
    day = line.work_day("发生日期", asked.indicator)
    if day == "":
        line.fault("发生日期", f"请写发生日期，例如 {EXAMPLE_DAY}")
    text, evidence = line.text("说明"), line.text("佐证材料")
    number = line.number("数量", asked.indicator) if asked.indicator else None
    if not number:
        raise line.refused("数量", "请写数量")
    if day:
        place, key, note = line.cell("数量"), asked.key, line.note(evidence, text)
        yield Filled(place, FIGURE, *key, *number, day=day, note=note, is_detail=True)


def _line_named(line: Line, held: Held) -> FormLine:
    """Return the line of the form that a line of the details is about."""
    code, name = _code(line, held), line.text("指标")
    of_item = [(one, key) for (of, key), one in held.items() if of == code and key]
    for one, key in of_item:
        if name in (one.label, key) and one.line:
            return one.line
        if name in (one.label, key):
            raise line.refused("指标", f"{one.changed}；{START_ANEW}")
    if not of_item:
        raise line.refused("序号", "请从下拉表里选本单位承担的序号")
    labels = "、".join(filter(None, (one.label for one, _ in of_item)))
    raise line.refused("指标", f"{code} 的指标有：{labels}；请选其中一个")


def _code(line: Line, held: Held) -> str:
    """Read the code of an item; as a number it loses its last noughts, and may mean several."""
    value = line.value("序号")
    if not isinstance(value, int | float):
        return line.text("序号")
    codes = {code for code, _ in held}
    meant = [code for code in codes if code.count(".") <= 1 and float(code) == value]
    if len(meant) != 1:
        raise line.refused("序号", "序号要从下拉表里选，不要写成数")
    return meant[0]
