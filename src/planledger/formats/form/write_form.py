"""The form of a unit as a workbook: its sheets for single events (明细), how to fill in (填表说明), and which form it is."""

from itertools import zip_longest
from typing import IO, Any

from planledger.formats.form import layout
from planledger.formats.form import style as look
from planledger.formats.form.layout import DETAILS, FILL_IN, Identity, detail_column
from planledger.formats.form.style import FormSheet
from planledger.formats.form.write_lines import lines_sheet
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import ANY, RowWriter, Style, lines_of
from planledger.questions.forms.form import Form

HELP_WIDTH = 110.0
NOTE = f"{DETAILS}：同一行有几件事的，一件一行填在这里，{FILL_IN}上这一行的“本期新增”就空着；两处都填了数的，不予登记，退回重填。"
EXPLAINED = (
    "1. 只填淡黄色的格子，其余已经锁定；不要增删行、列和工作表，字多的可以把行拉高。文件可以改名，可以另存为 xlsx，填好后发回，不要只发打印件。",
    "2. 本期新增填本期新发生的数，只写数字；点一下格子会提示单位，以及是填新发生的数还是现有的总数。没有就空着，提示“没有也要填0”的填0。本单位累计、全项累计是制表时台账上的数，供核对。",
    "3. 发生日期填事情发生的那一天，不是填表的日子。佐证材料写材料名称和文号，没有文号的写无文号；原件放在哪里也请写明。不得填报涉密内容：涉密文件只写文号和存放单位，文号不便登记的写不便登记；也不要填身份证号。",
    f"4. 同一行有几件事的，一件一行填到“{DETAILS}”；同一行不要在两处都填数。",
    "5. 是否完成、进展情况、存在问题、下一步措施，一个事项只在第一行填。序号的格子左上角有绿色小三角，是因为序号按文字存放（6.10 不是 6.1），不影响填报。",
)
_STYLES = {
    "序号": look.OPEN_CHOICE,
    "数量": Style(look.OPEN, "right", ANY, is_open=True),
    "发生日期": look.OPEN_DAY,
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
    _write_hidden(hidden, hidden_rows)
    book.properties.title = cell_text(form.sheet.plan.title) + FILL_IN
    book.properties.creator = "planledger"
    book.save(file)


def _details(sheet: Any, year: int) -> FormSheet:
    """Lay out the open lines on which the single events of one row stand."""
    out = FormSheet(sheet, tuple(layout.DETAIL_WIDTHS.values()), layout.DETAIL_HEAD_ROW)
    out.across(NOTE, look.PLAIN)
    out.append([(head, look.HEAD) for head in layout.DETAIL_COLUMNS], 20)
    line = [(None, _STYLES.get(head, look.OPEN_TEXT)) for head in layout.DETAIL_COLUMNS]
    for _ in range(layout.DETAIL_ROWS):
        out.append(line, 20)
    for head, rule in (
        ("序号", layout.choice_rule(layout.CODES_NAME, "序号")),
        ("指标", layout.choice_rule(layout.LABELS_NAME, "指标")),
        ("数量", layout.any_amount_rule()),
        ("发生日期", layout.day_rule(year)),
    ):
        letter, first = chr(ord("@") + detail_column(head)), layout.FIRST_DETAIL_ROW
        rule.add(f"{letter}{first}:{letter}{first + layout.DETAIL_ROWS - 1}")
        sheet.data_validations.append(rule)
    return out


def _explanation(sheet: Any) -> FormSheet:
    """Lay out in five lines how the form is filled in."""
    out = FormSheet(sheet, (HELP_WIDTH,))
    out.append([(layout.HELP, look.TITLE._replace(across="left"))], 30)
    for line in EXPLAINED:
        out.append([(line, look.BELOW_TITLE)], look.row_height(lines_of(line, HELP_WIDTH * 0.9)) * 1.15)
    return out


def identity(form: Form) -> Identity:
    """Return which form it is, for whoever gets it back."""
    plan = form.sheet.plan
    return Identity(layout.VERSION, plan.key, form.digest, form.agency.name, form.period, form.template)


def _identity_rows(book: Any, form: Form) -> list[list[look.Value | None]]:
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
    none = (None,) * 3
    left: list[tuple[Any, ...]] = [(name, value, None) for name, value in pairs.items()]
    left += [none] * (layout.FIRST_KEY_ROW - 1 - len(left))
    left += [(row, *line.key) for row, line in enumerate(form.lines, layout.FIRST_ROW)]
    return [
        [None if one is None else (look.fitting(one), look.PLAIN) for one in (*columns, None, code, label)]
        for columns, code, label in ((of or none, *lists) for of, *lists in zip_longest(left, codes, labels))
    ]


def _write_hidden(sheet: Any, hidden_rows: list[list[look.Value | None]]) -> None:
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    rows = RowWriter(sheet)
    for values in hidden_rows:
        rows.append(values)


def _name_list(book: Any, name: str, column: str, words: tuple[str, ...]) -> None:
    """Name what a drop-down offers: written into the rule itself it could hold 255 characters only."""
    from openpyxl.workbook.defined_name import DefinedName

    area = f"'{layout.IDENTITY}'!${column}$1:${column}${max(len(words), 1)}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
