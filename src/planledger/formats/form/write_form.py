"""The form that a unit fills in (填报表): a line for each duty and indicator, single events, how to fill in."""

from itertools import zip_longest
from typing import IO, Any

from planledger.formats.form import layout
from planledger.formats.form.layout import COLUMNS, DETAILS, FILL_IN, FIRST_ROW, FormSheet, Value, letter
from planledger.formats.text import figures, phrases
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import ANY, LINE, TALLEST, RowWriter, Style, lines_of
from planledger.plan.model.rows import Filing, plain_quantity
from planledger.questions.forms.form import Form, FormLine

TEXTS = ("进展情况", "存在问题", "下一步措施")
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
        values = _asked(line) | _open(line)
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
        lines_of(_item_text(line), width) > _LINES_OF_THE_TALLEST for line in form.lines
    ):
        width += 10
    return width


def _write_head(out: FormSheet, form: Form) -> None:
    """Write which form of which unit it is, and to whom it goes back."""
    title, unit_and_month = layout.heading(form.sheet.plan.title, form.agency.name, form.period)
    out.across(title, layout.TITLE)
    out.across(unit_and_month, layout.BELOW_TITLE)
    out.across(_return_to(form), layout.BELOW_TITLE)
    out.append(((name, layout.HEAD) for name in COLUMNS), 32)


def _return_to(form: Form) -> str:
    """Return to whom the form goes back, and what else the plan wants filed by when."""
    offices = [name for name in form.sheet.plan.office_names if name != form.agency.name]
    text = f"本表由{form.agency.name}填写，" + (
        f"{_way(form)}交{'、'.join(offices)}。" if offices else "自存。"
    )
    filings = "；".join(map(_filing, form.sheet.filings))
    return text + (f"方案规定的报送：{filings}。" if filings else "")


def _way(form: Form) -> str:
    """Return through which unit the form goes and comes back; empty where it is sent to the unit itself."""
    by = form.sheet.through(form.agency.name)
    return by and f"经{by}"


def _filing(one: Filing) -> str:
    how = "，".join(part for part in (one.forms, "盖章" if one.stamped else "") if part)
    clause = f"（方案{one.clause}）" if one.clause else ""
    day = f"，最后一天 {one.last_day}" if one.last_day else ""
    return f"{one.label}{f'（{how}）' if how else ''}{day}，报{one.recipients}{clause}"


def _asked(line: FormLine) -> dict[str, Value]:
    """Return what is known of a line before the unit fills it in."""
    item, indicator = line.row.item, line.indicator
    known: dict[str, Value] = {
        "序号": (item.code, layout.CENTRED),
        "具体事项": (_item_text(line), layout.TEXT_CELL if line.is_first else layout.AGAIN),
        "职责": (phrases.role_text(line.duty.role), layout.CENTRED),
        "指标": (indicator.label if indicator else "", layout.TEXT_CELL),
        "单位": (indicator.unit if indicator else "", layout.CENTRED),
        "目标": (figures.promised_text(indicator) if indicator else "", layout.CENTRED),
    }
    figure = layout.number(indicator.decimals if indicator else 0)
    for name, amount in (("本单位累计", line.own), ("全项累计", line.whole)):
        shown = plain_quantity(amount, indicator.decimals) if indicator and amount is not None else None
        known[name] = (shown, figure)
    return known


def _item_text(line: FormLine) -> str:
    """Return the words of the document on an item, with the number and the columns that only this document has."""
    progress = line.row.progress
    numbered = "　".join(filter(None, (progress.number, progress.item.text)))
    return "\n".join([numbered, *(f"{head}：{text}" for head, text in progress.own_columns.items())])


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
        cells |= dict.fromkeys(TEXTS, (None, layout.OPEN_TEXT))
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
NOTE = f"{DETAILS}：同一行有几件事的，一件一行填在这里，{FILL_IN}上这一行的“本期新增”就空着；两处都填了数的，不予登记，退回重填。"
EXPLAINED = (
    "1. 只填淡黄色的格子，其余已经锁定；不要增删行、列和工作表，字多的可以把行拉高。文件可以改名，可以另存为 xlsx，填好后发回，不要只发打印件。",
    "2. 本期新增填本期新发生的数，只写数字；点一下格子会提示单位，以及是填新发生的数还是现有的总数。没有就空着，提示“没有也要填0”的填0。本单位累计、全项累计是制表时台账上的数，供核对。",
    "3. 发生日期填事情发生的那一天，不是填表的日子。佐证材料写材料名称和文号，没有文号的写无文号；原件放在哪里也请写明。不得填报涉密内容：涉密文件只写文号和存放单位，文号不便登记的写不便登记；也不要填身份证号。",
    f"4. 同一行有几件事的，一件一行填到“{DETAILS}”；同一行不要在两处都填数。",
    "5. 是否完成、进展情况、存在问题、下一步措施，一个事项只在第一行填。序号的格子左上角有绿色小三角，是因为序号按文字存放（6.10 不是 6.1），不影响填报。表下写单位负责人、审核人、填表人、联系电话和填报日期，也可以空着；要盖章的打印后盖在（盖章）下面。",
)
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
    book.properties.title = cell_text(form.sheet.plan.title) + FILL_IN
    book.properties.creator = "planledger"
    book.save(file)


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
    return layout.Identity(layout.VERSION, plan.key, form.digest, name, form.period, form.template)


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
    blank = (None, None, None)
    keys = ((row, *line.key) for row, line in enumerate(form.lines, FIRST_ROW))
    left = [*((name, value, None) for name, value in pairs.items()), blank, *keys]
    rows = [(*(of or blank), None, *listed) for of, *listed in zip_longest(left, codes, labels)]
    return [[None if one is None else (layout.fitting(one), layout.PLAIN) for one in row] for row in rows]


def _name_list(book: Any, name: str, column: str, words: tuple[str, ...]) -> None:
    """Name what a drop-down offers: written into the rule itself it could hold 255 characters only."""
    from openpyxl.workbook.defined_name import DefinedName

    area = f"'{layout.IDENTITY}'!${column}$1:${column}${max(len(words), 1)}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
