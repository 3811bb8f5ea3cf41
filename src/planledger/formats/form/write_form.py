"""The form that a unit fills in (填报表): a line for each duty and indicator, single events, how to fill in."""

from itertools import zip_longest
from typing import IO, Any

from planledger.formats.form import layout
from planledger.formats.form.layout import COLUMNS, DETAILS, FILL_IN, FIRST_ROW, FormSheet, Value, letter
from planledger.formats.form.printed import EXPLAINED, NOTE, item_text, kept_cells, printed_cells, return_to
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import ANY, LINE, TALLEST, RowWriter, Style, lines_of
from planledger.formats.workbook.tables import saved
from planledger.questions.facts.progress import REPORT_WORDS
from planledger.questions.forms.form import Form, FormLine

WIDEST = 120.0
_LINES_OF_THE_TALLEST = TALLEST // LINE - 1


def lines_sheet(sheet: Any, form: Form) -> FormSheet:
    """Lay out the lines of one unit on an empty sheet.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    widths = layout.WIDTHS | {"具体事项": _width_of_items(form)}
    out = FormSheet(sheet, tuple(widths.values()), layout.HEAD_ROW)
    _write_head(out, form)
    for line in form.lines:
        values = printed_cells(line) | _open(line)
        tall = max(
            lines_of(text, widths[name]) for name, (text, _) in values.items() if isinstance(text, str)
        )
        out.append((values.get(name, ("", layout.SHUT_CELL)) for name in COLUMNS), layout.row_height(tall))
    _add_rules(sheet, form)
    _add_footer(out)
    return out


def _width_of_items(form: Form) -> float:
    """Widen the column of the items where one is so long that no row is tall enough for it."""
    width = layout.WIDTHS["具体事项"]
    while width < WIDEST and any(
        lines_of(item_text(line), width) > _LINES_OF_THE_TALLEST for line in form.lines
    ):
        width += 10
    return width


def _write_head(out: FormSheet, form: Form) -> None:
    """Write which form of which unit it is, and to whom it goes back."""
    title, unit_and_month = layout.heading(form.sheet.plan.title, form.agency.name, form.period)
    out.across(title, layout.TITLE)
    out.across(unit_and_month, layout.BELOW_TITLE)
    out.across(return_to(form), layout.BELOW_TITLE)
    out.append(((name, layout.HEAD) for name in COLUMNS), 32)


def _open(line: FormLine) -> dict[str, Value]:
    """Return the cells of a line that the unit fills in."""
    cells: dict[str, Value] = {}
    if line.indicator:
        cells["本期新增"] = (None, layout.number(line.indicator.decimals, is_open=True))
    if line.indicator or line.may_declare:
        cells["发生日期"] = (None, layout.OPEN_DAY)
        cells["佐证材料"] = (None, layout.OPEN_TEXT)
    if line.may_declare:
        cells["是否完成"] = (None, layout.OPEN_CHOICE)
    if line.is_first:
        cells |= dict.fromkeys(REPORT_WORDS.values(), (None, layout.OPEN_TEXT))
    return cells


def _add_rules(sheet: Any, form: Form) -> None:
    """Lay the rules on what may be typed over the open cells; what is counted alike shares one."""
    amounts: dict[tuple[object, ...], Any] = {}
    day, done = layout.day_rule(form.sheet.plan.year), layout.done_rule()
    for row, line in enumerate(form.lines, FIRST_ROW):
        counted = line.indicator
        if counted:
            alike = counted.unit, counted.decimals, counted.measure, counted.must_report
            amounts.setdefault(alike, layout.amount_rule(counted)).add(f"{letter('本期新增')}{row}")
        if counted or line.may_declare:
            day.add(f"{letter('发生日期')}{row}")
        if line.may_declare:
            done.add(f"{letter('是否完成')}{row}")
    for rule in (*amounts.values(), day, done):
        if rule.sqref:
            sheet.data_validations.append(rule)


def _add_footer(out: FormSheet) -> None:
    """Add who answers for the form, a blank row below its lines: a program that sorts these leaves it where it is."""
    left = [("", layout.PLAIN)] * (len(COLUMNS) - len(layout.OPEN))
    people, day, seal = [layout.OPEN_CHOICE] * 4, layout.OPEN_DAY, layout.TEXT_CELL
    out.append([], layout.LEAST / 2)
    out.append([*left, *((head, layout.HEAD) for head in layout.FOOTER_HEADS)], layout.LEAST)
    out.append([*left, *((None, look) for look in (*people, day, seal))], 44)


HELP_WIDTH = 110.0
_STYLES = {
    "序号": layout.OPEN_CHOICE,
    "数量": Style(layout.OPEN_STYLE, "right", ANY, is_open=True),
    "发生日期": layout.OPEN_DAY,
}


def write_form(form: Form, file: IO[bytes]) -> None:
    """Write the form of one unit.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    from openpyxl import Workbook

    book: Any = Workbook(write_only=True)
    fill_in, details, explanation, hidden = map(
        book.create_sheet, (FILL_IN, DETAILS, layout.HELP, layout.IDENTITY)
    )
    fill_in.sheet_view.tabSelected = True
    sheets = lines_sheet(fill_in, form), _details(details, form.sheet.plan.year), _explanation(explanation)
    hidden_rows = _identity_rows(book, form)  # a refused text is met before the first row is written
    for sheet in sheets:
        sheet.write()
    hidden.sheet_state, hidden.protection.sheet = "hidden", True
    rows = RowWriter(hidden)
    for values in hidden_rows:
        rows.append(values)
    file.write(saved(book, form.sheet.plan.title + FILL_IN))


def _details(sheet: Any, year: int) -> FormSheet:
    """Lay out the open lines on which the single events of one row stand."""
    out = FormSheet(sheet, tuple(layout.DETAIL_WIDTHS.values()), layout.DETAIL_HEAD_ROW)
    out.across(NOTE, layout.PLAIN)
    out.append([(head, layout.HEAD) for head in layout.DETAIL_COLUMNS], 20)
    line = [(None, _STYLES.get(head, layout.OPEN_TEXT)) for head in layout.DETAIL_COLUMNS]
    for _ in range(layout.DETAIL_ROWS):
        out.append(line, 20)
    for head, rule in (
        ("序号", layout.choice_rule(layout.CODES_NAME, "序号")),
        ("指标", layout.choice_rule(layout.LABELS_NAME, "指标")),
        ("数量", layout.any_amount_rule()),
        ("发生日期", layout.day_rule(year)),
    ):
        column, first = letter(head, layout.DETAIL_COLUMNS), layout.FIRST_DETAIL_ROW
        rule.add(f"{column}{first}:{column}{first + layout.DETAIL_ROWS - 1}")
        sheet.data_validations.append(rule)
    return out


def _explanation(sheet: Any) -> FormSheet:
    """Lay out in five lines how the form is filled in."""
    out = FormSheet(sheet, (HELP_WIDTH,))
    out.append([(layout.HELP, layout.TITLE._replace(across="left"))], 30)
    for line in EXPLAINED:
        out.append([(line, layout.BELOW_TITLE)], layout.row_height(lines_of(line, HELP_WIDTH * 0.9)) * 1.15)
    return out


def identity(form: Form) -> layout.Identity:
    """Return which form it is, for whoever gets it back."""
    plan = form.sheet.plan
    name = form.agency.name
    return layout.Identity(layout.VERSION, plan.key, plan.digest, name, form.period, form.template)


def _identity_rows(book: Any, form: Form) -> list[list[Value | None]]:
    """Return which form it is, what each of its lines is about and what drop-downs offer, and give the book their names."""
    from openpyxl.packaging.custom import StringProperty

    pairs = identity(form)._asdict()
    for name, value in pairs.items():
        prop = StringProperty(name=layout.PROPERTY.format(name), value=cell_text(value))
        book.custom_doc_props.append(prop)
    counted = [line for line in form.lines if line.indicator]
    codes = tuple(dict.fromkeys(line.row.item.code for line in counted))
    labels = tuple(dict.fromkeys(line.indicator.label for line in counted if line.indicator))
    _name_list(book, layout.CODES_NAME, layout.CODES_COLUMN, codes)
    _name_list(book, layout.LABELS_NAME, layout.LABELS_COLUMN, labels)
    blank = (None, None, None, None)
    keys = ((row, *line.key, kept_cells(line)) for row, line in enumerate(form.lines, FIRST_ROW))
    left = [*((name, value, None, None) for name, value in pairs.items()), blank, *keys]
    rows = [(*(of or blank), *listed) for of, *listed in zip_longest(left, codes, labels)]
    return [[None if one is None else (layout.fitting(one), layout.PLAIN) for one in row] for row in rows]


def _name_list(book: Any, name: str, column: str, words: tuple[str, ...]) -> None:
    """Name what a drop-down offers: written into the rule itself it could hold 255 characters only."""
    from openpyxl.workbook.defined_name import DefinedName

    area = f"'{layout.IDENTITY}'!${column}$1:${column}${max(len(words), 1)}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
