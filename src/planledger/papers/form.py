"""The fill-in form (填报表) as a workbook: where everything stands in it, for whoever writes it and whoever reads it back."""

from typing import NamedTuple

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
