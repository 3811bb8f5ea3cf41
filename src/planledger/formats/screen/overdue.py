"""What is late, by the unit that owes it or row by row, and which dates are next."""

from collections.abc import Callable, Iterator

from planledger.formats.screen.console import Column, Columns, Screen, StyledCell
from planledger.formats.text import lack_text, phrases
from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.rows import grouped_pairs
from planledger.questions.answers.filings import LateFiling
from planledger.questions.answers.overdue import Debtor, Overdue
from planledger.questions.answers.upcoming import Coming, Upcoming, next_deadline
from planledger.questions.judge.lacks import LackKind
from planledger.questions.sheet import Row, Sheet

UNIT = 53  # columns of all that a line says of a unit but its rows
CHASED = 9  # columns of how often it was chased, and when last
DATES = 48  # columns of all that is known of a date but its title, below which its units stand


def draw_overdue(screen: Screen, answer: Overdue) -> None:
    """Draw the head line, the rows with their units, each unit in a line, what was not filed, milestones, the next deadline.

    Units that were asked about have a line for each of their rows.
    """
    overdue_head(screen, answer)
    lines = list(_units(answer)) if answer.agencies else ()
    if not answer.agencies and answer.late:
        _draw_rows(screen, answer, is_brief=True)
        screen.print_heading("各单位欠什么（*配合）；明细见 planledger overdue --agency 单位")
        _draw_units(screen, answer)
    if lines:
        heads = (
            Column("职责", 4),
            Column("编号", 5),
            Column("事项", 28 if screen.is_wide else 24),
            Column("最后一天", 10),
            Column("逾期", 6, is_right=True),
            Column("还缺"),
        )
        screen.print_table(heads, lines)
    overdue_foot(screen, answer, () if answer.agencies else answer.filings)


def draw_overdue_by_side(screen: Screen, _sheet: Sheet, parts: tuple[tuple[str, Overdue], ...]) -> None:
    """Draw what is late of each side for itself."""
    for number, (side, part) in enumerate(parts):
        screen.print_texts(*([""] if number else []), side, style="bold")
        draw_overdue(screen, part)


def _draw_units(screen: Screen, answer: Overdue) -> None:
    """Draw a line for each unit: how much it owes, how late the worst is, which rows, its last entry."""
    room = screen.width - UNIT - (CHASED + 1 if answer.chases else 0)

    def codes(one: Debtor) -> str:
        several = [
            debt.row.item.code + "*" * debt.assists + lack_text.parts_text(debt.parts) for debt in one.debts
        ]
        return phrases.fitting_text(several, room, "项")

    columns: dict[Column, Callable[[Debtor], str]] = {
        Column("责任单位", 28): lambda one: one.agency.name,
        Column("欠", 6): _owing,
        Column("最久", 5, is_right=True): lambda one: f"{one.days_late}天" if one.owes else "",
        Column("事项"): codes,
        Column("最近记录", 10): lambda one: answer.latest.get(one.agency.name) or "从未有记录",
    }
    if answer.chases:
        columns[Column("催办", CHASED)] = lambda one: _chased(answer, one.agency.name)
    screen.print_records(answer.debtors, columns)


def overdue_head(screen: Screen, answer: Overdue) -> None:
    """Print in one line what was to be finished and what was not."""
    rest, whom = len(answer.late_without_debt), _whom(answer)
    without_debt = f"，{whom}不欠而全项逾期{rest}项" if rest else ""
    by_stages = f"（其中阶段未达{answer.by_stages}项）" if answer.by_stages else ""
    to_review = f"，须复核{answer.to_review}项" if answer.to_review else ""
    text = (
        f"{phrases.extent_text(answer.sheet)}：应完成{answer.due}项，已完成{answer.done}项（逾期完成{answer.done_late}项）{to_review}，"
        f"逾期{len(answer.late)}项{by_stages}{without_debt}，涉及{answer.owing}家单位，缺材料{answer.lacking_papers}项"
    )
    others = []
    if answer.filings:
        text += f"；报送逾期{len(answer.filings)}项，{answer.late_filers}家未交齐"
        others.append("报送逾期")
    if answer.missed_periods:
        text += f"；漏报{len(answer.missed_periods)}期"
        others.append("漏报")
    no_rows = f"{whom}没有欠的逾期事项" if rest else "没有逾期事项"
    nothing = f"{no_rows}{'，但有' if others else ''}{'、'.join(others)}。"
    screen.print_texts(text, *(() if answer.late else (nothing,)))


def _whom(answer: Overdue) -> str:
    """Return what the units that were asked about are called."""
    return "本单位" if len(answer.agencies) == 1 else "所列单位"


def overdue_foot(screen: Screen, answer: Overdue, filings: tuple[LateFiling, ...]) -> None:
    """Print the late *filings*, the periods and the milestones that were missed, the next deadline, and the last working day before it."""
    missed = [
        f"{row.item.code} {phrases.missed_text(milestone, row.progress, answer.sheet.as_of)}"
        for row in answer.rows
        for milestone in row.judgement.missed
    ]
    if filings:
        _filings(screen, answer, filings)
    screen.print_listed(f"全项逾期，{_whom(answer)}不欠", [*map(_late_row, answer.late_without_debt)])
    screen.print_listed("漏报（不改变事项的状态）", phrases.missed_periods_lines(answer.missed_periods))
    screen.print_listed("必达节点未达（不改变事项的状态）", missed)
    lines = [""] if filings or missed or answer.missed_periods or answer.late_without_debt else []
    lines += filter(None, [phrases.review_text(answer.rows)])
    date = next_deadline(answer.sheet, answer.rows)
    if date:
        day = date.working_day
        lines.append(
            f"下一个时限 {date.day}（{day.weekday}，还有{date.days_left}天），最后一个工作日 {day.day}。{phrases.calendar_note(day)}"
        )
    if any(lines):
        screen.print_texts(*lines)


def _late_row(row: Row) -> str:
    late = f"逾期{row.judgement.days_late}天，还缺{lack_text.late_text(row)}"
    return f"{row.item.code} {row.item.title} {late}"


def _filings(screen: Screen, answer: Overdue, late: tuple[LateFiling, ...]) -> None:
    """Print of each late filing from how many units it has not come, then from which."""
    from planledger.formats.text import filing_text

    screen.print_heading("报送逾期")
    for filing in late:
        if first_day(filing.filing):
            continue
        text = filing_text.late_filing(filing, answer.sheet.plan.year)
        chased = sum(bool(answer.chased(one.name, (), [filing.filing.key]).times) for one, _ in filing.units)
        text += f"，其中催办过{chased}家" if chased else ""
        screen.print_texts(f"{text} → planledger filings", f"  {filing_text.late_units(filing)}")
    for one in answer.sheet.periodic:
        of_periods = [filing for filing in late if filing.filing in one.of_periods]
        if of_periods:
            text = f"{one.filing.label}（{one.rhythm.words}） {len(of_periods)}期未交齐 → planledger filings"
            screen.print_texts(text, f"  {filing_text.late_periods(one, of_periods)}")


def _units(answer: Overdue) -> Iterator[tuple[str | StyledCell, ...]]:
    """Yield for each unit its name with how much it owes and its last entry, then its lines of the list, filings last."""
    from planledger.formats.csv.overdue import overdue

    debtors = {debtor.agency.name: debtor for debtor in answer.debtors}
    of_unit = grouped_pairs(
        (str(row[0]), row[1:]) for row in overdue(answer._replace(missed_periods=())).rows
    )
    for name, lines in of_unit.items():
        owing = _owing(debtors[name]) if name in debtors else ""
        last = f"最近记录 {answer.latest[name]}" if name in answer.latest else "从未有记录"
        if chased := _chased(answer, name):
            last += f"，催办{chased}"
        yield "", "", StyledCell(name, "bold"), "", owing, last
        for role, code, title, last_day, days, lacks, *_ in lines:
            late = f"{days}天"
            yield str(role), str(code), str(title), str(last_day), late, str(lacks or "（只是配合）")


def _chased(answer: Overdue, name: str) -> str:
    """Return how often a unit was chased for what is late of it, and when last; empty where it never was."""
    if not answer.chases:
        return ""
    from planledger.formats.text.chase_text import chased_text

    return chased_text(answer.chased_unit(name), answer.sheet.plan.year)


def _owing(debtor: Debtor) -> str:
    own = sum(not debt.assists for debt in debtor.debts)
    return f"欠{own}项" if own else "仅配合" if debtor.debts else ""


def draw_overdue_by_item(screen: Screen, answer: Overdue) -> None:
    """Draw the head line, the late rows, what was not filed, the milestones, the next deadline."""
    overdue_head(screen, answer)
    if answer.late:
        _draw_rows(screen, answer, is_brief=False)
    overdue_foot(screen, answer, answer.filings)


def _draw_rows(screen: Screen, answer: Overdue, *, is_brief: bool) -> None:
    """Draw the late rows with the units that owe them, all or as many as fit, and which bounds are broken (超上限)."""
    wide = screen.is_wide
    title = 28 if wide or is_brief else 20
    room = max((screen.width - title - 29) // (2 if wide else 1), 20)
    debtors = {debtor.agency.name for debtor in answer.debtors}

    def owing(row: Row) -> str:
        names = row.owing_agencies
        shown = [name for name in names if name in debtors] if is_brief else names
        if not shown:  # of this side they only assist
            shown = [f"{one.agency.name}*" for one in answer.debtors for debt in one.debts if debt.row == row]
        units = phrases.fitting_text(shown, room, lines=2 if is_brief else len(names))
        over = () if wide else (one for one in row.judgement.lacks if one.kind == LackKind.EXCEEDED)
        stages = lack_text.stages_text(row.judgement.late_stages)
        return "\n".join(filter(None, (units, stages, lack_text.lacks_text(over, row.progress))))

    columns: dict[Column, Callable[[Row], str]] = {
        Column("编号", 5): lambda row: row.item.code,
        Column("事项", title): lambda row: row.item.title,
        Column("最后一天", 10): lambda row: row.judgement.last_day,
        Column("逾期", 6, is_right=True): lambda row: f"{row.judgement.days_late}天",
        Column("未了的责任主体"): owing,
    }
    if wide:
        columns[Column("还缺")] = lack_text.late_text
    screen.print_records(answer.late, columns)


def draw_upcoming(screen: Screen, answer: Upcoming) -> None:
    """Draw the dates, the nearest first."""
    screen.print_texts(f"{answer.sheet.as_of}起{answer.days}天内：{len(answer.dates)}个日期")
    if not answer.dates:
        return
    room = screen.width - DATES
    columns: Columns[Coming] = {
        Column("日期", 10): lambda date: date.day,
        Column("周", 4): lambda date: date.working_day.weekday,
        Column("还有", 5, is_right=True): lambda date: f"{date.days_left}天",
        Column("类别", 8): phrases.date_kind,
        Column("编号", 5): lambda date: date.code,
        Column("内容"): lambda date: f"{date.label}\n{phrases.acting_text(date, answer, room)}".rstrip(),
        Column("最后工作日", 10): lambda date: date.working_day.day,
    }
    screen.print_records(answer.dates, columns)
    screen.print_texts(phrases.calendar_note(answer.dates[0].working_day))
