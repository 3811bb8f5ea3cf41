"""The units: what each has to do, what it still owes, how long it has been silent."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers.screen.console import Column, is_wide, say, table
from planledger.plan.terms import Role
from planledger.questions.agencies import Units


def draw(console: Console, answer: Units) -> None:
    """Draw the units in the plan's order."""
    heads = (
        Column("责任单位", 32 if is_wide(console) else 24),
        Column("未了", 4, is_right=True),
        Column("承担事项（*配合）"),
        Column("最近记录", 10),
        Column("静默", 5, is_right=True),
    )
    lines = []
    for unit in answer.units:
        duties = " ".join(
            row.item.code + ("*" if duty.role == Role.ASSIST else "") for row, duty in unit.duties
        )
        silence = "" if unit.silent_days is None else f"{unit.silent_days}天"
        lines.append((unit.agency.name, str(unit.owing), duties, unit.last_entry or "从未", silence))
    table(console, heads, lines)
    clause = answer.sheet.plan.contact_clause
    contacts = sum(bool(unit.agency.contact) for unit in answer.units)
    asked = f"；方案{clause}要求指定专人，已登记联系人 {contacts} 家" if clause else ""
    say(
        console,
        f"共 {len(answer.units)} 家单位，{sum(bool(u.owing) for u in answer.units)} 家有未了事项{asked}。",
    )
