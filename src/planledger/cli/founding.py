"""The desk before there is a ledger: its first deed founds one, and until then the built-in plan is asked."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from planledger.ledger.adoption import found, in_memory
from planledger.ledger.hand import Hand
from planledger.plan.file import require_plan
from planledger.store.database import Store
from planledger.store.places import built_in_plan

if TYPE_CHECKING:
    from planledger.cli.desk import Desk
    from planledger.plan.document import Plan

T = TypeVar("T")


def unfounded() -> Store:
    """Adopt the built-in plan in memory: what a question is asked of while nothing was recorded."""
    return in_memory(require_plan(built_in_plan()), Hand("", "0001-01-01T00:00:00.000000+08:00"))


def founded(desk: "Desk", plan: "Plan", office: str, deed: Callable[[Store], T]) -> T | None:
    """Found the ledger of a desk with a plan in force and its first deed done; None where somebody else was first."""
    result = found(desk.path, plan, office, desk.hand(), deed)
    if result is not None:
        desk.has_written = desk.has_ledger = True
    return result


def founded_by_deed(desk: "Desk", deed: Callable[[Store], T]) -> T | None:
    """Found the default ledger with the built-in plan, because the first deed was done, and say so beside it."""
    plan = require_plan(built_in_plan())
    result = founded(desk, plan, "", deed)
    if result is not None:
        desk.note(f"已新建台账 {desk.path}，启用《{plan.meta.title}》（第1号记录）。")
    return result
