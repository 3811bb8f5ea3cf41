"""The desk before there is a ledger: its first deed founds one, and until then the built-in plan is asked."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from planledger.ledger.adoption import found, in_memory
from planledger.ledger.hand import Hand
from planledger.plan.days import last_day_of_month, shift
from planledger.plan.file import require_plan
from planledger.plan.secrecy import NOTICE
from planledger.store.database import Store
from planledger.store.places import built_in_plan
from planledger.store.remains import refuse_remains

if TYPE_CHECKING:
    from planledger.cli.desk import Desk
    from planledger.plan.document import Plan

T = TypeVar("T")
DECEMBER = 12
SHORTLY = 10  # days before a deadline on which some is late, most is near and little is settled


def unfounded(desk: "Desk") -> Store:
    """Adopt the built-in plan in memory: what a question is asked of while nothing was recorded; say so once beside it."""
    if not desk.is_quiet:
        refuse_remains(desk.path)
    plan = require_plan(built_in_plan())
    if desk.has_ledger:
        desk.has_ledger = False
        if not desk.is_quiet:
            desk.note(f"还没有台账（{desk.path}），以下按随程序带的方案回答；第一次登记时建立。")
            if "--as-of" in desk.options:
                desk.note(_year_is_over(plan, desk.day()))
    first = "0001-01-02T00:00:00.000000+08:00"  # before all else, with room for a minute before it
    return in_memory(plan, Hand("", first))


def _year_is_over(plan: "Plan", day: str) -> str:
    """Say that everything in an answer is past, and how to look at the plan as it was shortly before most of it fell due."""
    year = plan.meta.year
    if int(day[:4]) <= year:
        return ""
    days = Counter(item.last_day for item in plan.items if item.last_day)
    busiest = days.most_common(1)[0][0] if days else last_day_of_month(year, DECEMBER)
    return f"这是{year}年的方案，那一年已经过完；要看当时的情况，请在命令后加 --as-of {shift(busiest, -SHORTLY)}。"


def founded(
    desk: "Desk", plan: "Plan", office: str, deed: Callable[[Store], T], *, is_beside: bool = False
) -> T | None:
    """Found the ledger of a desk with a plan in force and its first deed done; None where somebody else was first."""
    result = found(desk.path, plan, office, desk.hand(), deed, is_beside=is_beside)
    if result is not None:
        desk.has_written = desk.has_ledger = True
    return result


def founded_by_deed(desk: "Desk", deed: Callable[[Store], T]) -> T | None:
    """Found the default ledger with the built-in plan, because the first deed was done, and say so beside it."""
    plan = require_plan(built_in_plan())
    result = founded(desk, plan, "", deed)
    if result is not None:
        desk.note(f"已新建台账 {desk.path}，启用《{plan.meta.title}》（第1号记录）。")
        desk.note(NOTICE)
    return result
