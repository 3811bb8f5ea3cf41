"""The units: what each has to do, what it still owes, how long it has been silent, and whom to call."""

from collections.abc import Callable, Iterator

from planledger.formats.screen.console import Column, Columns, Screen, StyledCell, fitting_column
from planledger.formats.text import chase_text, entry_text, filing_text, phrases
from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.terms import FilingStanding, Role
from planledger.questions.answers.agencies import Reports, UnitRow, Units
from planledger.questions.answers.chases import ChasedUnit, Chases
from planledger.questions.answers.filings import Filings, UnitFilings
from planledger.questions.judge.filings import FilingState
from planledger.questions.sheet import Sheet


def draw_agencies(screen: Screen, answer: Units) -> None:
    """Draw the units in the plan's order; where there is no room for a column, a contact has a line of its own."""
    has_contacts = bool(answer.sheet.plan.contact_clause) or any(unit.contact for unit in answer.units)
    has_column = has_contacts and screen.is_wide

    def contact(unit: UnitRow) -> str:
        return unit.contact.text(is_full=answer.is_full) if unit.contact else ""

    def duties(unit: UnitRow) -> str:
        codes = (row.item.code + "*" * (duty.role == Role.ASSIST) for row, duty in unit.duties)
        below = [] if has_column or not contact(unit) else [f"联系人 {contact(unit)}"]
        return "\n".join([" ".join(codes), *below])

    columns: dict[Column, Callable[[UnitRow], str]] = {
        Column("责任单位", 32 if screen.is_wide else 24): lambda unit: _name(answer, unit),
        Column("未了", 4, is_right=True): lambda unit: str(unit.owing),
        Column("承担事项（*配合）"): duties,
        Column("最近记录", 10): lambda unit: unit.last_entry or "从未",
        Column("无记录", 6, is_right=True): lambda unit: (
            "" if unit.silent_days is None else f"{unit.silent_days}天"
        ),
    }
    if has_column:
        columns[fitting_column(Column("联系人", 6), map(contact, answer.units))] = contact
    screen.print_records(answer.units, columns)
    screen.print_texts(_foot(answer))


def _name(answer: Units, unit: UnitRow) -> str:
    """Return the name of a unit, and through which other one it is reached."""
    by = answer.sheet.through(unit.agency.name)
    return f"{unit.agency.name}（经{by}）" if by else unit.agency.name


def _foot(answer: Units) -> str:
    """Return how many units there are, and of how many a contact is known, from the ledger or from the plan file."""
    clause = answer.sheet.plan.contact_clause
    if answer.without_contact:
        asked = f"；方案{clause}要求指定专人" if clause else ""
        return f"{len(answer.units)}家单位没有登记联系人{asked}。"
    contacts = [unit.contact for unit in answer.units if unit.contact is not None]
    inherited = sum(bool(contact.year) for contact in contacts)
    of_before = f"（其中沿用以前年度的{inherited}家）" if inherited else ""
    asked = f"；方案{clause}要求指定专人，已登记联系人{len(contacts)}家{of_before}" if clause else ""
    return f"共{len(answer.units)}家单位，{sum(bool(u.owing) for u in answer.units)}家有未了事项{asked}。"


COLOURS = {
    FilingStanding.HANDED_IN: "green",
    FilingStanding.INCOMPLETE: "yellow",
    FilingStanding.RETURNED: "yellow",
    FilingStanding.MISSING: "",
}


def draw_filings(screen: Screen, answer: Filings) -> None:
    """Draw the counts of each filing, then the units."""
    sheet = answer.sheet
    screen.print_texts(f"{sheet.plan.title}  {phrases.extent_text(sheet)}")
    if not (sheet.filings or sheet.periodic):
        screen.print_texts("这个方案没有要求报送。")
        return
    if not answer.units:
        screen.print_texts("本办不报送。")
        return
    once = [filing for filing in sheet.filings if not first_day(filing)]
    counts = [filing_text.filing_counts(answer, filing) for filing in once]
    screen.print_texts(*counts, *(filing_text.periodic_counts(answer, one) for one in sheet.periodic))
    heads = [Column("责任单位", 32 if screen.is_wide else 24)]
    heads += [Column(filing.label) for filing in (*once, *(one.filing for one in sheet.periodic))]
    screen.print_table(heads, [[unit.agency.name, *_cells_of(unit, sheet)] for unit in answer.units])


def _cells_of(unit: UnitFilings, sheet: Sheet) -> Iterator[StyledCell]:
    """Yield where a unit stands with each filing, with one that has a rhythm in one cell."""
    yield from (_cell(state, sheet.plan.year) for state in unit.states if not first_day(state.filing))
    for one in sheet.periodic:
        states = [state for state in unit.states if state.filing in one.of_periods]
        is_late = any(state.filing.last_day < sheet.as_of and state.lacks for state in states)
        text = filing_text.periodic_cell(states, one, sheet.as_of, sheet.plan.year)
        yield StyledCell(text, "red" if is_late else "")


def _cell(state: FilingState, year: int) -> StyledCell:
    """Return the state of a filing, red where it is late and not complete; the text shows both without colour too."""
    is_lacking = state.standing != FilingStanding.HANDED_IN
    return StyledCell(
        filing_text.filing_cell(state, year),
        "red" if state.days_late and is_lacking else COLOURS[state.standing],
    )


def draw_chases(screen: Screen, answer: Chases) -> None:
    """Draw each unit that was chased with its last time, and what came since."""
    if not answer.units:
        screen.print_texts("还没有催办过。")
        return
    times = sum(len(unit.chases) for unit in answer.units)
    screen.print_texts(
        f"{phrases.extent_text(answer.sheet)}：催办过{len(answer.units)}家单位、{times}次；"
        f"最近一次催办以后，{answer.answered}家有记录，{len(answer.units) - answer.answered}家没有",
    )
    labels = answer.sheet.filing_labels
    columns: Columns[ChasedUnit] = {
        Column("责任单位", 28): lambda unit: unit.agency.name,
        Column("次数", 4, is_right=True): lambda unit: f"{len(unit.chases)}次",
        Column("最近一次", 10): lambda unit: unit.last.chase.day,
        Column("方式", 6): lambda unit: chase_text.way_text(unit.last.chase.details),
        Column("催什么"): lambda unit: chase_text.chased_for_text(unit.last.chase.details, labels),
        Column("此后记录", 10): lambda unit: unit.last.recorded_at[:10] or "没有",
    }
    screen.print_records(answer.units, columns)


def draw_reports(screen: Screen, answer: Reports) -> None:
    """Draw what the units reported, then the silent units as one list."""
    reported = len(answer.units) - answer.silent
    screen.print_texts(f"{answer.month} 月报：{reported}家已报，{answer.silent}家未报")
    lines = [
        (unit.agency.name, one.code, one.dated, entry_text.report_text(one))
        for unit in answer.units
        for one in unit.reports
    ]
    if lines:
        agency = Column("责任单位", 24 if screen.is_wide else 18)
        screen.print_table((agency, Column("事项", 5), Column("日期", 10), Column("说了什么")), lines)
    only_figures = [unit.agency.name for unit in answer.units if unit.others and not unit.reports]
    if only_figures:
        screen.print_texts(f"只报了数或材料，没有文字（{len(only_figures)}家）：" + "、".join(only_figures))
    silent = "、".join(unit.agency.name for unit in answer.units if unit.is_silent)
    if silent:
        screen.print_texts(f"未报：{silent}")
