"""What is late, by the unit that owes it: what a leader reads first."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console

from planledger.formats.screen.console import (
    Column,
    StyledCell,
    is_wide,
    print_heading,
    print_table,
    print_texts,
)
from planledger.formats.text import phrases
from planledger.questions.answers.overdue import Debtor, Overdue
from planledger.questions.answers.upcoming import Upcoming, next_deadline

if TYPE_CHECKING:
    from planledger.questions.answers.filings import LateFiling


def draw_overdue(console: Console, answer: Overdue) -> None:
    """Draw the head line, each unit with its rows, what was not handed in, the milestones, the next deadline."""
    overdue_head(console, answer)
    lines = list(_units(answer))
    if lines:
        heads = (
            Column("职责", 4),
            Column("编号", 5),
            Column("事项", 28 if is_wide(console) else 24),
            Column("最后一天", 10),
            Column("逾期", 6, is_right=True),
            Column("还缺"),
        )
        print_table(console, heads, lines)
    overdue_foot(console, answer, () if answer.agencies else answer.filings)


def overdue_head(console: Console, answer: Overdue) -> None:
    """Say in one line what was to be finished and what was not."""
    said = (
        f"截至{answer.sheet.as_of}{phrases.moment_text(answer.sheet.known_at)}：应完成{answer.due}项，已完成{answer.done}项（逾期完成{answer.done_late}项），"
        f"逾期{len(answer.late)}项，涉及{answer.owing}家单位，缺材料{answer.lacking_papers}项"
    )
    nothing = "没有逾期事项。"
    if answer.filings:
        said += f"；报送逾期{len(answer.filings)}项，{answer.late_filers}家未交齐"
        nothing = "没有逾期事项，但有报送逾期。"
    print_texts(console, said, *(() if answer.late else (nothing,)))


def overdue_foot(console: Console, answer: Overdue, filings: tuple["LateFiling", ...]) -> None:
    """Say the late *filings*, the milestones that were missed, the next deadline, and the last working day before it."""
    missed = [
        f"  {row.item.code} {phrases.missed_text(milestone, row.progress, answer.sheet.as_of)}"
        for row in answer.rows
        for milestone in row.judgement.missed
    ]
    if filings:
        _filings(console, answer, filings)
    if missed:
        print_heading(console, "必达节点未达（不改变事项的状态）")
        print_texts(console, *missed)
    said = [""] if filings or missed else []
    reviews = [f"{row.item.code} {row.item.title}" for row in answer.rows if row.judgement.needs_review]
    said += [f"已销号但数据已变，须复核：{'；'.join(reviews)}。"] if reviews else []
    date = next_deadline(answer.sheet, answer.rows)
    if date:
        day = date.working_day
        said.append(
            f"下一个时限 {date.day}（{day.weekday}，还有{date.days_left}天），最后一个工作日 {day.day}。{phrases.calendar_note(day)}"
        )
    if any(said):
        print_texts(console, *said)


def _filings(console: Console, answer: Overdue, late: tuple["LateFiling", ...]) -> None:
    """Say of each late filing from how many units it has not come, then from which."""
    from planledger.formats.text import filing_text

    print_heading(console, "报送逾期")
    for filing in late:
        said = filing_text.late_filing(filing, answer.sheet.plan.year)
        print_texts(console, f"{said} → planledger filings", f"  {filing_text.late_units(filing)}")


def _units(answer: Overdue) -> Iterator[tuple[str | StyledCell, ...]]:
    """Write the units that owe something, with their filings where some units were asked about."""
    owed = _filings_by_unit(answer) if answer.agencies else {}
    for debtor in answer.debtors:
        yield from _lines(debtor)
        yield from owed.pop(debtor.agency.name, ())
    last = answer.sheet.last_entries() if owed else {}
    for agency in answer.sheet.agencies:
        if agency.name in owed:
            yield from _lines(Debtor(agency, (), last.get(agency.name, "")))
            yield from owed[agency.name]


def _filings_by_unit(answer: Overdue) -> dict[str, list[tuple[str, ...]]]:
    lines: dict[str, list[tuple[str, ...]]] = {}
    if answer.filings:
        from planledger.formats.text import filing_text

        for late in answer.filings:
            for agency, state in late.units:
                line = ("报送", "", late.filing.label, late.filing.last_day, f"{late.days_late}天")
                where = filing_text.filing_standing(state, answer.sheet.plan.year)
                lines.setdefault(agency.name, []).append((*line, where))
    return lines


def _lines(debtor: Debtor) -> Iterator[tuple[str | StyledCell, ...]]:
    """Write one unit: its name with how much it owes and its last entry, then its rows."""
    own = sum(not debt.assists for debt in debtor.debts)
    last = f"最近记录 {debtor.last_entry}" if debtor.last_entry else "从未有记录"
    owing = f"欠{own}项" if own else "仅配合" if debtor.debts else ""
    yield "", "", StyledCell(debtor.agency.name, "bold"), "", owing, last
    for debt in debtor.debts:
        item = debt.row.item
        lacks = (
            phrases.lacks_text(debt.lacks, debt.row.progress, debtor.agency.name)
            if debt.lacks
            else "（只是配合）"
        )
        late = f"{debt.row.judgement.days_late}天"
        yield phrases.role_text(debt.duty.role), item.code, item.title, item.last_day, late, lacks


def draw_overdue_by_item(console: Console, answer: Overdue) -> None:
    """Draw the head line, the late rows, what was not handed in, the milestones, the next deadline."""
    overdue_head(console, answer)
    if answer.late:
        wide = is_wide(console)
        heads = [
            Column("编号", 5),
            Column("事项", 28 if wide else 20),
            Column("最后一天", 10),
            Column("逾期", 6, is_right=True),
        ]
        heads += [Column("未了的责任主体")] + ([Column("还缺")] if wide else [])
        lines = []
        for row in answer.late:
            owing = "、".join(duty.agency for duty in row.progress.duties if row.owed_by(duty))
            cells = [row.item.code, row.item.title, row.item.last_day, f"{row.judgement.days_late}天", owing]
            lines.append(cells + ([phrases.lacking_text(row)] if wide else []))
        print_table(console, heads, lines)
    overdue_foot(console, answer, answer.filings)


HEADS = (
    Column("日期", 10),
    Column("周", 4),
    Column("还有", 5, is_right=True),
    Column("类别", 8),
    Column("编号", 5),
    Column("内容"),
    Column("最后工作日", 10),
)


def draw_upcoming(console: Console, answer: Upcoming) -> None:
    """Draw the dates, the nearest first."""
    print_texts(console, f"{answer.sheet.as_of} 起 {answer.days} 天内：{len(answer.dates)} 个日期")
    if not answer.dates:
        return
    lines = []
    for date in answer.dates:
        day, kind = date.working_day, phrases.date_kind(date.kind, is_binding=date.binding)
        lines.append((date.day, day.weekday, f"{date.days_left}天", kind, date.code, date.label, day.day))
    print_table(console, HEADS, lines)
    print_texts(console, phrases.calendar_note(answer.dates[0].working_day))
