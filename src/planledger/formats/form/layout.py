"""How a form is laid out: where everything stands, how it looks, what may be typed into its open cells."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from planledger.formats.text.display import cell_text
from planledger.formats.workbook import style
from planledger.formats.workbook.style import ANY, DAY, HEI, RowWriter, Style
from planledger.formats.workbook.tables import HEAD as TABLE_HEAD
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import Measure
from planledger.plan.people.contact import FOOTER
from planledger.plan.refusal import Refusal
from planledger.questions.forms.tables import NO, YES
from planledger.questions.forms.tables import TABLES as OFFICE_TABLES

LEAST = 28  # points of a row
OPEN_STYLE = "FFFFF8D9"
TITLE = Style("", "center", ANY, HEI, 16, is_bold=True, is_ruled=False)
BELOW_TITLE = Style(number=ANY, size=11, is_ruled=False)
PLAIN = Style(number=ANY, is_ruled=False)
HEAD = Style("FFD9E1EA", "center", ANY, HEI, is_bold=True)
SHUT_CELL = Style("FFF2F2F2", number=ANY)
TEXT_CELL = Style()
AGAIN = Style(color="FF7F7F7F")  # the words of the line above, once more
CENTRED = Style(across="center")
OPEN_TEXT = Style(OPEN_STYLE, is_open=True)
OPEN_CHOICE = Style(OPEN_STYLE, "center", is_open=True)
OPEN_DAY = Style(OPEN_STYLE, "center", DAY, is_open=True)
Value = tuple[str | float | None, Style]


def number(decimals: int, *, is_open: bool = False) -> Style:
    """Return the style of a cell for amounts with so many decimals."""
    return Style(OPEN_STYLE if is_open else "", "right", style.amount_format(decimals), is_open=is_open)


def row_height(lines: int) -> float:
    """Return how many points a row of so many lines takes in a form."""
    return min(max(style.height(lines), LEAST), style.TALLEST)


class FormSheet:
    """A sheet of a form on which only open cells can be written to; it is written when all of the form is known to fit."""

    def __init__(self, sheet: Any, widths: Sequence[float], head_row: int = 0) -> None:
        """Set *sheet* up for printing, each column as wide as *widths* says; 0 where no row stands on every page."""
        style.set_up_paper(sheet, widths, first=head_row, head=head_row)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: this is not forbidden
        self.sheet, self.widths = sheet, widths
        self._rows: list[tuple[list[Value], float]] = []

    def append(self, values: Iterable[Value], points: float) -> None:
        """Add a row so many points high.

        Raises:
            Refusal: a text is longer than a cell can hold.
        """
        self._rows.append(([(fitting(value), look) for value, look in values], points))

    def across(self, text: str, look: Style) -> None:
        """Add a row with one text over the whole width."""
        tall = 1.6 if look == TITLE else 1.15
        # long words never part: some room at the end of each line stays empty
        lines = 1 + style.lines_of(text, sum(self.widths) * 0.85 / tall)
        self.append([(text, look)], row_height(lines) * tall / 1.6)
        row = len(self._rows)
        self.sheet.merged_cells.add(f"A{row}:{chr(ord('@') + len(self.widths))}{row}")

    def write(self) -> None:
        """Write the rows."""
        rows = RowWriter(self.sheet)
        for values, points in self._rows:
            rows.append(values, points)


def fitting(value: str | float | None) -> str | float | None:
    """Return a value as it may stand in a cell.

    Raises:
        Refusal: it is a text that is longer than a cell can hold.
    """
    if not isinstance(value, str):
        return value
    shown = cell_text(value)
    length = len(shown.encode("utf-16-le")) // 2  # as a spreadsheet counts
    if length > style.LONGEST:
        raise Refusal(
            f"“{shown[:20]}……”有{length}个字，表格的一格只能放{style.LONGEST}个字，没有做填报表；请把方案里的这段文字写短。"
        )
    return shown


FILL_IN, DETAILS, HELP, IDENTITY = "填报表", "明细", "填表说明", "_planledger"
VERSION, WITHOUT_FOOTER = "2", "1"  # of this layout, and of the one before; a form of another one is not read

WIDTHS = {  # of the columns of the form, in half-width characters
    "序号": 6.0,
    "具体事项": 40.0,
    "职责": 6.0,
    "指标": 18.0,
    "单位": 6.0,
    "目标": 13.0,
    "本单位累计": 11.0,
    "全项累计": 11.0,
    "本期新增": 11.0,
    "发生日期": 12.0,
    "是否完成": 10.0,
    "进展情况": 22.0,
    "存在问题": 18.0,
    "下一步措施": 18.0,
    "佐证材料": 18.0,
}
COLUMNS = tuple(WIDTHS)
OPEN = COLUMNS[8:]  # what the unit fills; all else is locked
HEAD_ROW, FIRST_ROW = 4, 5  # above them title, unit with period, and to whom by when
# A blank row below the lines, in the first open columns; what is filled in stands below each.
FOOTER_HEADS = (*FOOTER, "（盖章）")
FOOTER_PLACES = range(COLUMNS.index(OPEN[0]) + 1, COLUMNS.index(OPEN[0]) + 1 + len(FOOTER_HEADS))
DETAIL_WIDTHS = {"序号": 10.0, "指标": 20.0, "数量": 12.0, "发生日期": 13.0, "说明": 50.0, "佐证材料": 32.0}
DETAIL_COLUMNS = tuple(DETAIL_WIDTHS)
DETAIL_HEAD_ROW, FIRST_DETAIL_ROW, DETAIL_ROWS = 2, 3, 50


class TableLayout(NamedTuple):
    """A sheet on which lines are filled in, of a form or of a table of the office; they begin below the head."""

    head: int  # row
    columns: tuple[str, ...]


TABLES = {
    FILL_IN: TableLayout(HEAD_ROW, COLUMNS),
    DETAILS: TableLayout(DETAIL_HEAD_ROW, DETAIL_COLUMNS),
    **{kind: TableLayout(TABLE_HEAD, table.columns) for kind, table in OFFICE_TABLES.items()},
}
MARKED = "问题"  # the column that a marked workbook has behind the others

# The hidden sheet holds pairs in columns A and B, in this order, then one line for each line of the form:
# its row on the sheet, item code, indicator key. The same pairs stand in a custom document property each.
IDENTITY_NAMES = ("layout", "plan", "digest", "agency", "period", "template")
PROPERTY = "planledger.{}"  # name of the custom document property of a pair
FIRST_KEY_ROW = len(IDENTITY_NAMES) + 2


class Identity(NamedTuple):
    """Which form a workbook is."""

    layout: str
    plan: str
    digest: str
    agency: str
    period: str
    template: str


def heading(plan: str, agency: str, period: str) -> tuple[str, str]:
    """Return the two lines that say on a form which one it is: of which plan, of which unit and month."""
    year, month = period.split("-")
    return plan + FILL_IN, f"填报单位：{agency}　　　填报期：{year}年{int(month)}月"


def letter(name: str, columns: tuple[str, ...] = COLUMNS) -> str:
    """Return the letter of the column that has a name."""
    return chr(ord("A") + columns.index(name))


# What the drop-downs of the details offer stands in further columns of the hidden sheet, each under a name.
CODES_COLUMN, LABELS_COLUMN = "E", "F"
CODES_NAME, LABELS_NAME = "planledger_codes", "planledger_labels"


def amount_rule(indicator: Indicator) -> Any:
    """Return the rule on a figure: none below zero, whole where the indicator is counted in whole units."""
    kind = f"{indicator.decimals}位以内小数" if indicator.decimals else "整数"
    what = "填现有的总数，不是增加数" if indicator.measure == Measure.STOCK else "填本期新发生的数"
    nothing = "没有也要填0" if indicator.must_report else "没有就空着"
    hint = f"{what}，单位是{indicator.unit}（{kind}）；{nothing}。几件事分开填到“明细”的，这里空着。"
    fault = f"这里只能填不小于0的{kind}，不写单位。"
    return _rule("decimal" if indicator.decimals else "whole", "本期新增", hint, fault, **_NOT_BELOW_ZERO)


def any_amount_rule() -> Any:
    """Return the rule on a figure of which it is not yet known what it counts."""
    hint, fault = "这一件事的数，只写数字，单位同填报表。", "这里只能填不小于0的数，不写单位。"
    return _rule("decimal", "数量", hint, fault, **_NOT_BELOW_ZERO)


def day_rule(year: int) -> Any:
    """Return the rule on a day: one of the plan's year."""
    from openpyxl.utils.datetime import to_excel

    first, last = (str(int(to_excel(day))) for day in (date(year, 1, 1), date(year, 12, 31)))
    hint = f"事情发生的那一天，写成 {year}-07-16 这样；须在{year}年内。"
    fault = f"这里只能填{year}年内的日期，写成 {year}-07-16 这样。"
    return _rule("date", "发生日期", hint, fault, operator="between", formula1=first, formula2=last)


def done_rule() -> Any:
    """Return the rule on 是否完成."""
    hint = "本单位承担的部分全部完成了选“是”；没有完成选“否”或空着。"
    return _rule("list", "是否完成", hint, "这里只能选“是”或“否”。", formula1=f'"{YES},{NO}"')


def list_rule(title: str, words: Sequence[str]) -> Any:
    """Return the rule on a word that is one of a few."""
    listed = "、".join(words)
    return _rule(
        "list", title, f"可写：{listed}。", f"这里只能写：{listed}。", formula1=f'"{",".join(words)}"'
    )


def choice_rule(name: str, what: str) -> Any:
    """Return the rule on a word that is offered in a list of the hidden sheet."""
    hint, fault = f"从下拉列表里选，与填报表的{what}相同。", f"没有这个{what}；请从下拉列表里选填报表上有的。"
    return _rule("list", what, hint, fault, formula1=name)


_NOT_BELOW_ZERO = {"operator": "greaterThanOrEqual", "formula1": "0"}


def _rule(kind: str, title: str, hint: str, fault: str, **rule: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        type=kind,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=title[:32],
        prompt=hint[:255],
        errorTitle="填写有误",
        error=fault[:255],
        **rule,
    )
