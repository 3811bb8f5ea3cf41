"""The fill-in form (填报表) as a workbook: where everything stands in it, for whoever writes it and whoever reads it back."""

from datetime import date
from typing import Any, NamedTuple

from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import Measure

FILL_IN, DETAILS, HELP, IDENTITY = "填报表", "明细", "填表说明", "_planledger"
VERSION = "1"  # of this layout; a form of another one is not read

COLUMNS = (
    "序号",
    "具体事项",
    "职责",
    "指标",
    "单位",
    "目标",
    "本单位累计",
    "全项累计",
    "本期新增",
    "发生日期",
    "是否完成",
    "进展情况",
    "存在问题",
    "下一步措施",
    "佐证材料",
)
OPEN = COLUMNS[8:]  # what the unit fills; all else is locked
HEAD_ROW, FIRST_ROW = 4, 5  # above them title, unit with period, and to whom by when
DETAIL_COLUMNS = ("序号", "指标", "数量", "发生日期", "说明", "佐证材料")
DETAIL_HEAD_ROW, FIRST_DETAIL_ROW, DETAIL_ROWS = 2, 3, 50
YES, NO = "是", "否"
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


def column(name: str) -> int:
    """Say which column of the form, from 1, has a name."""
    return COLUMNS.index(name) + 1


def detail_column(name: str) -> int:
    """Say which column of the details, from 1, has a name."""
    return DETAIL_COLUMNS.index(name) + 1


# What the drop-downs of the details offer stands in further columns of the hidden sheet, each under a name.
CODES_COLUMN, LABELS_COLUMN = 5, 6
CODES_NAME, LABELS_NAME = "planledger_codes", "planledger_labels"

NO_LESS = "greaterThanOrEqual"


def amount_rule(indicator: Indicator) -> Any:
    """Rule on a figure: none below zero, whole where the indicator is counted in whole units."""
    kind = f"{indicator.decimals}位以内小数" if indicator.decimals else "整数"
    what = "填现有的总数，不是增加数" if indicator.measure == Measure.STOCK else "填本期新发生的数"
    nothing = "没有也要填0" if indicator.must_report else "没有就空着"
    hint = f"{what}，单位是{indicator.unit}（{kind}）；{nothing}。几件事分开填到“明细”的，这里空着。"
    return _rule(
        "decimal" if indicator.decimals else "whole",
        ("本期新增", hint, f"这里只能填不小于0的{kind}，不写单位。"),
        operator=NO_LESS,
        formula1="0",
    )


def any_amount_rule() -> Any:
    """Rule on a figure of which it is not yet known what it counts."""
    return _rule(
        "decimal",
        ("数量", "这一件事的数，只写数字，单位同填报表。", "这里只能填不小于0的数，不写单位。"),
        operator=NO_LESS,
        formula1="0",
    )


def day_rule(year: int) -> Any:
    """Rule on a day: one of the plan's year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return _rule(
        "date",
        (
            "发生日期",
            f"事情发生的那一天，写成 {year}-07-16 这样；须在{year}年内。",
            f"这里只能填{year}年内的日期，写成 {year}-07-16 这样。",
        ),
        operator="between",
        formula1=str(_serial(first)),
        formula2=str(_serial(last)),
    )


def done_rule() -> Any:
    """Rule on 是否完成."""
    return _rule(
        "list",
        ("是否完成", "本单位承担的部分全部完成了选“是”；没有完成选“否”或空着。", "这里只能选“是”或“否”。"),
        formula1=f'"{YES},{NO}"',
    )


def choice_rule(name: str, what: str) -> Any:
    """Rule on a word that is offered in a list of the hidden sheet."""
    return _rule(
        "list",
        (what, f"从下拉列表里选，与填报表的{what}相同。", f"没有这个{what}；请从下拉列表里选填报表上有的。"),
        formula1=name,
    )


def _serial(day: date) -> int:
    """Say a day as a spreadsheet counts it."""
    return (day - date(1899, 12, 30)).days


def _rule(kind: str, said: tuple[str, str, str], **rule: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    title, hint, wrong = said
    return DataValidation(
        type=kind,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        errorStyle="stop",
        promptTitle=title[:32],
        prompt=hint[:255],
        errorTitle="填写有误",
        error=wrong[:255],
        **rule,
    )
