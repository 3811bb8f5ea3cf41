"""While there is no ledger: the built-in plan that is asked instead, and the notes on it."""

from collections import Counter
from pathlib import Path

from planledger.cli.session.output import note
from planledger.cli.session.settings import Settings
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.days import shift
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.version import Plan
from planledger.plan.people.identity import NOTICE
from planledger.store.database import Store
from planledger.store.files.replacement import refuse_remains
from planledger.store.paths import built_in_plan

SHORTLY = 10  # days before a deadline on which some is late, most is near and little is settled
BEFORE_ALL = "0001-01-02T00:00:00.000000+08:00"  # with room for a minute before it


def built_in() -> Plan:
    """Return the plan that comes with the program."""
    return require_plan(built_in_plan())


def built_in_plan_in_memory(path: Path, settings: Settings, *, is_quiet: bool, is_first: bool) -> Store:
    """Return a store in memory with the built-in plan in force, for questions while no ledger stands at *path*.

    The *first* question of a command notes it, unless the command *is quiet*.

    Raises:
        Refusal: what a broken restore left lies at *path*.
    """
    if not is_quiet:
        refuse_remains(path)
    plan = built_in()
    if is_first and not is_quiet:
        note(f"还没有台账（{path}），以下按随程序带的方案回答；第一次登记时建立。")
        if settings.has_day:
            settings.plan_year = plan.meta.year
            note(_year_is_over(plan, settings.day()))
    return adopt_in_memory(plan, Clerk("", BEFORE_ALL))


def _year_is_over(plan: Plan, day: str) -> str:
    """Return how to ask of a day on which not all is past: shortly before most fell due; empty while the year lasts."""
    year = plan.meta.year
    if int(day[:4]) <= year:
        return ""
    days = Counter(item.last_day for item in plan.items if item.last_day)
    busiest = days.most_common(1)[0][0] if days else f"{year}-12-31"
    return f"这是{year}年的方案，那一年已经过完；要看当时的情况，请在命令后加 --as-of {shift(busiest, -SHORTLY)}。"


def note_new_ledger(path: Path, plan: Plan) -> None:
    """Note that an action created the default ledger."""
    note(f"已新建台账 {path}，启用《{plan.meta.title}》（第1号记录）。")
    note(NOTICE)
