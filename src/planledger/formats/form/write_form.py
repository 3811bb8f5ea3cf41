"""The sheets beside the form that are alike for all units: single events (明细), and how to fill in (填表说明)."""

from typing import IO, Any

from planledger.formats.form import layout, write_lines
from planledger.formats.form import layout as places
from planledger.formats.form.layout import (
    CODES_NAME,
    DETAIL_COLUMNS,
    DETAIL_HEAD_ROW,
    DETAIL_ROWS,
    DETAILS,
    FILL_IN,
    FIRST_DETAIL_ROW,
    HELP,
    LABELS_NAME,
    Identity,
    detail_column,
)
from planledger.formats.form.style import (
    HEAD,
    OPEN,
    OPEN_CHOICE,
    OPEN_DAY,
    OPEN_TEXT,
    PLAIN,
    SAID,
    TITLE,
    across,
    page,
    put,
    row_height,
)
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import ANY, Style, lines_of
from planledger.questions.forms.form import Form

WIDTHS = (10.0, 20.0, 12.0, 13.0, 50.0, 32.0)
HELP_WIDTH = 110.0
NOTE = f"{DETAILS}：同一行有几件事的，一件一行填在这里，{FILL_IN}上这一行的“本期新增”就空着；两处都填了数的，不予登记，退回重填。"
EXPLAINED = (
    "1. 只填淡黄色的格子，其余已经锁定；不要增删行、列和工作表，字多的可以把行拉高。文件可以改名，可以另存为 xlsx，填好后发回，不要只发打印件。",
    "2. 本期新增填本期新发生的数，只写数字；点一下格子会提示单位，以及是填新发生的数还是现有的总数。没有就空着，提示“没有也要填0”的填0。本单位累计、全项累计是制表时台账上的数，供核对。",
    "3. 发生日期填事情发生的那一天，不是填表的日子。佐证材料写材料名称和文号，没有文号的写无文号；原件放在哪里也请写明。不得填报涉密内容：涉密文件只写文号和存放单位，文号不便登记的写不便登记；也不要填身份证号。",
    f"4. 同一行有几件事的，一件一行填到“{DETAILS}”；同一行不要在两处都填数。",
    "5. 是否完成、进展情况、存在问题、下一步措施，一个事项只在第一行填。序号的格子左上角有绿色小三角，是因为序号按文字存放（6.10 不是 6.1），不影响填报。",
)
_STYLES = {"序号": OPEN_CHOICE, "指标": OPEN_TEXT, "发生日期": OPEN_DAY}
_STYLES["数量"] = Style(OPEN, "right", ANY, is_open=True)


def write_details_sheet(sheet: Any, year: int) -> None:
    """Lay out the open lines on which several events of one row are told one by one."""
    page(sheet, DETAIL_HEAD_ROW, WIDTHS)
    across(sheet, 1, (NOTE, PLAIN), WIDTHS)
    for column, head in enumerate(DETAIL_COLUMNS, 1):
        put(sheet, DETAIL_HEAD_ROW, column, head, HEAD)
        style = _STYLES.get(head, OPEN_TEXT)
        for row in range(FIRST_DETAIL_ROW, FIRST_DETAIL_ROW + DETAIL_ROWS):
            put(sheet, row, column, None, style)
    for row in range(DETAIL_HEAD_ROW, FIRST_DETAIL_ROW + DETAIL_ROWS):
        sheet.row_dimensions[row].height = 20
    for head, rule in (
        ("序号", layout.choice_rule(CODES_NAME, "序号")),
        ("指标", layout.choice_rule(LABELS_NAME, "指标")),
        ("数量", layout.any_amount_rule()),
        ("发生日期", layout.day_rule(year)),
    ):
        letter = chr(ord("A") - 1 + detail_column(head))
        rule.add(f"{letter}{FIRST_DETAIL_ROW}:{letter}{FIRST_DETAIL_ROW + DETAIL_ROWS - 1}")
        sheet.add_data_validation(rule)


def write_explanation(sheet: Any) -> None:
    """Say in five lines how the form is filled in."""
    page(sheet, 0, (HELP_WIDTH,))
    put(sheet, 1, 1, HELP, TITLE._replace(across="left"))
    sheet.row_dimensions[1].height = 30
    for row, line in enumerate(EXPLAINED, 2):
        put(sheet, row, 1, line, SAID)
        sheet.row_dimensions[row].height = row_height(lines_of(line, HELP_WIDTH * 0.9)) * 1.15


def write_form(form: Form, file: IO[bytes]) -> None:
    """Write the form of one unit.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    sheets = [
        book.create_sheet(title) for title in (places.FILL_IN, places.DETAILS, places.HELP, places.IDENTITY)
    ]
    write_lines.write_lines(sheets[0], form)
    write_details_sheet(sheets[1], form.sheet.plan.year)
    write_explanation(sheets[2])
    _identify(book, sheets[3], form)
    sheets[0].sheet_view.tabSelected = True
    book.properties.title = cell_text(form.sheet.plan.title) + places.FILL_IN
    book.properties.creator = "planledger"
    book.save(file)


def identity(form: Form) -> Identity:
    """Say which form it is, for whoever gets it back."""
    return Identity(
        places.VERSION, form.sheet.plan.key, form.digest, form.agency.name, form.period, form.template
    )


def _identify(book: Any, sheet: Any, form: Form) -> None:
    """Write into the form, out of sight, which form it is and what each of its lines is about."""
    from openpyxl.packaging.custom import StringProperty

    pairs = identity(form)._asdict()
    for row, (name, said) in enumerate(pairs.items(), 1):
        put(sheet, row, 1, name)
        put(sheet, row, 2, said)
        book.custom_doc_props.append(StringProperty(name=places.PROPERTY.format(name), value=cell_text(said)))
    for place, line in enumerate(form.lines):
        code, key = line.key
        row = places.FIRST_KEY_ROW + place
        put(sheet, row, 1, places.FIRST_ROW + place)
        put(sheet, row, 2, code)
        put(sheet, row, 3, key)
    counted = [line for line in form.lines if line.indicator]
    codes = dict.fromkeys(line.row.item.code for line in counted)
    labels = dict.fromkeys(line.indicator.label for line in counted if line.indicator)
    _offer(book, sheet, (places.CODES_NAME, places.CODES_COLUMN, tuple(codes)))
    _offer(book, sheet, (places.LABELS_NAME, places.LABELS_COLUMN, tuple(labels)))
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _offer(book: Any, sheet: Any, offered: tuple[str, int, tuple[str, ...]]) -> None:
    """Write what a drop-down offers, under a name: written into the rule itself it could hold 255 characters only."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    name, column, words = offered
    for row, word in enumerate(words, 1):
        put(sheet, row, column, word)
    letter = get_column_letter(column)
    area = f"{quote_sheetname(sheet.title)}!${letter}$1:${letter}${max(len(words), 1)}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
