"""The words of the office: each English name of the code with the Chinese word of the screen.

One word for one thing. `docs/glossary.md` is held to this module by a test.
"""

from enum import StrEnum
from typing import Self

MOST_DIGITS, MOST_DECIMALS = 9, 4
"""How many digits a number has at most before and behind the point."""

MOST_AMOUNT = 10 ** (MOST_DIGITS + MOST_DECIMALS) - 1
"""The largest amount of an entry, in the smallest unit that an indicator can count."""


class Term(StrEnum):
    """A word with two faces: the value is for files and JSON, the label is for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the member a string equal to *value* that also carries *label*."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(Term):
    """How a unit answers for an item (职责)."""

    LEAD = "lead", "牵头"
    RESPONSIBLE = "responsible", "负责"
    ASSIST = "assist", "配合"
    UNSTATED = "unstated", "责任"

    @property
    def strength(self) -> int:
        """How much it binds a unit that has another part in the same item too: the most at 0."""
        return (Role.LEAD, Role.RESPONSIBLE, Role.UNSTATED, Role.ASSIST).index(self)


class Measure(Term):
    """How entries become a figure (口径): a flow adds up, of a stock the latest figure counts."""

    FLOW = "flow", "流量"
    STOCK = "stock", "存量"


class Scope(Term):
    """For whom a target or a paper counts (计数范围): the item as a whole, each side or each unit by itself."""

    WHOLE = "whole", "全项"
    EACH = "each", "各方分别"
    UNIT = "unit", "各单位分别"


class Comparison(Term):
    """How a total is held against a target; `NONE` is an indicator that is only counted."""

    NONE = "none", "无目标"
    AT_LEAST = "at_least", "不少于"
    AT_MOST = "at_most", "不超过"
    ABOUT = "about", "左右"


class MilestoneKind(Term):
    """Whether a date inside the work is a suggestion or an obligation (时间节点)."""

    ADVISORY = "advisory", "建议"
    BINDING = "binding", "必达"


class Standing(Term):
    """Where an item stands on a day (状态)."""

    NOT_STARTED = "not_started", "未启动"
    OPEN = "open", "进行中"
    DUE_SOON = "due_soon", "临期"
    OVERDUE = "overdue", "逾期"
    DONE = "done", "已完成"
    CLOSED = "closed", "已销号"
    CANCELLED = "cancelled", "终止"


class EntryKind(Term):
    """What an entry of the ledger says (记录类型)."""

    ADOPTION = "adoption", "启用方案"
    AMOUNT = "amount", "登记数量"
    DECLARATION = "declaration", "申报完成"
    PAPER = "paper", "登记材料"
    REPORT = "report", "进展情况"
    REVERSAL = "reversal", "冲正"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "撤销销号"
    AMENDMENT = "amendment", "调整"
    FILING = "filing", "报送"
    RETURN = "return", "退回补正"
    CONTACT = "contact", "联系人"
    EVIDENCE = "evidence", "佐证材料"
    DESTRUCTION = "destruction", "销毁"
    SENDER = "sender", "填报人"
    OFFICE_NAME = "office_name", "本办名称"
    AGENCY_RENAME = "agency_rename", "单位更名"
    AGENCY_MERGE = "agency_merge", "单位合并"
    CHASE = "chase", "催办"


class AmendmentKind(Term):
    """What an amendment changes of an item (调整内容)."""

    DUE = "due", "完成时限"
    TARGET = "target", "目标"
    QUOTA = "quota", "分解任务数"
    ADD = "add", "增加责任单位"
    DROP = "drop", "减去责任单位"
    CANCEL = "cancel", "不再开展"


class ChaseWay(Term):
    """By which way the office asked a unit for what it owed (催办方式)."""

    LETTER = "letter", "函"
    PHONE = "phone", "电话"
    GROUP = "group", "工作群"
    SMS = "sms", "短信"
    IN_PERSON = "in_person", "当面"


class FilingStanding(Term):
    """Where a unit stands with one filing (报送状态)."""

    HANDED_IN = "handed_in", "已交"
    INCOMPLETE = "incomplete", "不全"
    RETURNED = "returned", "退回补正"
    MISSING = "missing", "未交"
