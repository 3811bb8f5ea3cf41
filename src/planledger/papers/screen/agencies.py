"""The units: what each has to do, what it still owes, how long it has been silent, and whom to call."""

from rich.console import Console

from planledger.papers.screen.console import Column, fitting, is_wide, say, table
from planledger.plan.terms import Role
from planledger.questions.agencies import UnitRow, Units


def draw(console: Console, answer: Units) -> None:
    """Draw the units in the plan's order; where there is no room for a column, a contact has a line of its own."""
    has_contacts = bool(answer.sheet.plan.contact_clause) or any(unit.contact for unit in answer.units)
    has_column = has_contacts and is_wide(console)
    heads = [
        Column("责任单位", 32 if is_wide(console) else 24),
        Column("未了", 4, is_right=True),
        Column("承担事项（*配合）"),
        Column("最近记录", 10),
        Column("静默", 5, is_right=True),
    ]
    said = [unit.contact.said(is_full=answer.is_full) if unit.contact else "" for unit in answer.units]
    heads += [fitting(Column("联系人", 6), said)] if has_column else []
    lines: list[tuple[str, ...]] = []
    for unit, contact in zip(answer.units, said, strict=True):
        lines.append((*_cells(unit), contact) if has_column else _cells(unit))
        if contact and not has_column:
            lines.append(("", "", f"联系人 {contact}", "", ""))
    table(console, heads, lines)
    say(console, _foot(answer))


def _cells(unit: UnitRow) -> tuple[str, ...]:
    duties = " ".join(row.item.code + ("*" if duty.role == Role.ASSIST else "") for row, duty in unit.duties)
    silence = "" if unit.silent_days is None else f"{unit.silent_days}天"
    return unit.agency.name, str(unit.owing), duties, unit.last_entry or "从未", silence


def _foot(answer: Units) -> str:
    """Count the units, and those whose contact is known, from the ledger or from the plan file."""
    clause = answer.sheet.plan.contact_clause
    if answer.without_contact:
        asked = f"；方案{clause}要求指定专人" if clause else ""
        return f"{len(answer.units)} 家单位没有登记联系人{asked}。"
    contacts = [unit.contact for unit in answer.units if unit.contact is not None]
    inherited = sum(bool(contact.year) for contact in contacts)
    of_before = f"（其中沿用以前年度的 {inherited} 家）" if inherited else ""
    asked = f"；方案{clause}要求指定专人，已登记联系人 {len(contacts)} 家{of_before}" if clause else ""
    return f"共 {len(answer.units)} 家单位，{sum(bool(u.owing) for u in answer.units)} 家有未了事项{asked}。"
