"""The rows of a plan: what the document says word for word, and what we read out of it.

Every class here is one row of the plan, and the table of the store is made from it. Text that can hold several names
holds them joined by 、 as the document does. Days are text `YYYY-MM-DD`, empty where there is none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from planledger.plan.model.terms import Comparison, Role

K = TypeVar("K")
T = TypeVar("T")


def grouped(several: Iterable[T], name: Callable[[T], K]) -> dict[K, list[T]]:
    """Part rows by a name that they bear; of what no row bears there is an empty list."""
    return grouped_pairs((name(row), row) for row in several)


def grouped_pairs(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Part what is second in each pair by what is first; of what is first in none there is an empty list."""
    groups: dict[K, list[T]] = defaultdict(list)
    for name, one in pairs:
        groups[name].append(one)
    return groups


def names_in(joined: str) -> list[str]:
    """Return the names of a text that joins them by 、."""
    return [name for name in joined.split("、") if name]


class Side(NamedTuple):
    """One of the governments that signed (方)."""

    name: str
    short: str  # 江海 of 江海区, the word in readings such as 江海-大新


class Agency(NamedTuple):
    """A unit (责任单位) by its official name, with everything else it is called."""

    name: str
    side: str
    short: str  # 人社局、人力资源局; what stands after the side counts without being listed
    initials: str  # Latin letters as the office types them: rsj
    contact: str  # the named person of the unit, empty until the office knows one


class Route(NamedTuple):
    """Through which unit another one is reached (经由): a village through its street."""

    agency: str
    through: str


class Area(NamedTuple):
    """A group of items (重点工作)."""

    code: str
    name: str


class Item(NamedTuple):
    """A row of the annex (具体事项)."""

    code: str
    area: str  # code of the area, empty in a plan without areas
    title: str  # at most 14 characters, for tables
    title_is_ours: bool  # the document has no heading that fits
    text: str
    due: str
    units: str
    remark: str
    clause: str  # number of the clause the row comes from
    last_day: str  # the last day that is still in time; empty where the words name none
    deadline_kind: str
    open_units: str  # 等乡镇, 及相关单位: units that the document leaves open
    declare: bool  # numbers are not the whole: answering units must also declare


class Indicator(NamedTuple):
    """Something counted on an item (指标)."""

    code: str
    key: str
    label: str
    unit: str
    decimals: int  # amounts are integers in the smallest unit counted: 2 for 元
    measure: str
    scope: str
    comparison: str
    target: int | None  # in the smallest unit; None where nothing is promised
    must_report: bool  # a figure, 0 included, must be there


RECORD_OPTIONS = (
    *("on", "agency", "side", "done", "paper", "ref", "held-by", "entry", "event", "same-event", "evidence"),
    *("kind", "personal", "note", "any-agency", "ledger", "plan", "by", "help"),
)
"""What may be typed after `record` for every item, without its hyphens."""

RESERVED = frozenset(
    (
        *RECORD_OPTIONS,
        *("because", "basis", "form", "stamped", "to"),
        *("as-of", "known-at", "json", "csv", "output", "full", "dry-run"),
    )
)
"""Words that no indicator may have as its key: it could never be recorded, or would be mistaken."""


class Source(NamedTuple):
    """A unit whose figures count for an indicator (报数单位); of an indicator without any, everybody's do."""

    code: str
    key: str  # of the indicator
    agency: str


class Quota(NamedTuple):
    """What one unit owes of an indicator by itself (分解任务数); of an indicator of each unit without any, all owe its target."""

    code: str
    key: str  # of the indicator
    agency: str
    target: int | None  # in the smallest unit


NUMBER = "序号"  # the column in which the document numbers its rows


class ColumnText(NamedTuple):
    """What stands in one row under a head of the document's own, word for word (栏目)."""

    code: str
    head: str  # 分管领导, 资金
    text: str


class Duty(NamedTuple):
    """An agency (or a group that names nobody) that has a part in an item (责任)."""

    code: str
    agency: str
    side: str
    role: str
    is_group: bool  # 各乡镇: answers for nothing because it names nobody


class Milestone(NamedTuple):
    """A date inside the work (时间节点)."""

    code: str
    label: str
    day: str
    kind: str
    is_about: bool  # 7月15日左右
    side: str  # 1.4's hint names one side only; empty: the item as a whole
    indicator: str  # key of the figure that decides whether it is reached; empty: none does
    at_least: int | None


class Requirement(NamedTuple):
    """A kind of paper that an item must have (材料要求)."""

    code: str
    kind: str
    scope: str
    per: str  # key of the figure of which every recorded one must have it: each meeting its minutes; empty: once


class Filing(NamedTuple):
    """What every unit must submit to the office (报送)."""

    key: str
    label: str
    last_day: str
    forms: str  # 纸质、电子
    stamped: bool
    recipients: str
    clause: str


class Rhythm(NamedTuple):
    """A rhythm that obliges (逐期必报): in each of its periods something is to come, of a row or of a filing."""

    code: str  # of the row; empty: of a filing
    filing: str  # its key; empty: of a row
    words: str  # 每月25日前
    every: str  # `week`, or so many months of the calendar
    day: str  # the last day in each of them: 3-25 is the 25th of the third month; of a week 1 to 7
    first_day: str  # a period is asked whose last day is neither before this one
    last_day: str  # nor behind this one


class Stage(NamedTuple):
    """A part of the work with a last day of its own (阶段): a row is late from the first missed one on."""

    code: str
    name: str
    due: str
    last_day: str
    units: str  # that answer for it, joined by 、; empty: those that answer for the row
    targets: str  # figures that must be there by then, joined by 、: trained=30, in the smallest unit


@lru_cache(maxsize=256)  # asked once for each unit of a row, and always the same
def answering(duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """Return the units that answer for an item (责任主体): the leads where a lead is stated, else all but those who assist.

    A group that names nobody and an open list answer for nothing.
    """
    named = [duty for duty in duties if not duty.is_group and duty.role != Role.ASSIST]
    leads = [duty for duty in named if duty.role == Role.LEAD]
    return tuple(leads or named)


def asks_declaration(item: Item, indicators: Iterable[Indicator]) -> bool:
    """Whether answering units must declare: where numbers are not the whole, or where there are none."""
    return bool(item.declare) or not any(i.target is not None or i.must_report for i in indicators)


def promised(indicator: Indicator) -> str:
    """Write the target of an indicator: 不少于155人, 约100人."""
    word = "约" if indicator.comparison == Comparison.ABOUT else Comparison(indicator.comparison).label
    return f"{word}{amount_text(indicator.target or 0, indicator)}"


def write_quantity(amount: int, decimals: int) -> str:
    """Write an amount for people: 1,234,567, or 1,250.00 with two decimals."""
    whole, fraction = divmod(abs(amount), 10**decimals)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole:,}" + (f".{fraction:0{decimals}}" if decimals else "")


def amount_text(amount: int, indicator: Indicator) -> str:
    """Write an amount of an indicator with its unit: 1,250.00元."""
    return write_quantity(amount, indicator.decimals) + indicator.unit


def plain_quantity(amount: int, decimals: int) -> int | float:
    """Return an amount in the indicator's unit for JSON; whole units stay whole numbers."""
    return amount / 10**decimals if decimals else amount
