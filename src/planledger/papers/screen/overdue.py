"""What is late, by the unit that owes it: what a leader reads first."""

from collections.abc import Iterator

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import words
from planledger.papers.screen.console import Cell, Column, is_wide, say, table
from planledger.questions.overdue import Debtor, Overdue
from planledger.questions.upcoming import next_deadline


def draw(console: Console, answer: Overdue) -> None:
    """Draw the head line, then each unit with its rows, then the next deadline."""
    head(console, answer)
    if answer.debtors:
        heads = (
            Column("职责", 4),
            Column("编号", 5),
            Column("事项", 28 if is_wide(console) else 24),
            Column("最后一天", 10),
            Column("逾期", 6, is_right=True),
            Column("还缺"),
        )
        table(console, heads, (line for debtor in answer.debtors for line in _lines(debtor)))
    foot(console, answer)


def head(console: Console, answer: Overdue) -> None:
    """Say in one line what was to be finished and what was not."""
    said = (
        f"截至{answer.sheet.as_of}{words.moment(answer.sheet.known_at)}：应完成{answer.due}项，已完成{answer.done}项（逾期完成{answer.done_late}项），"
        f"逾期{len(answer.late)}项，涉及{answer.owing}家单位，缺材料{answer.lacking_papers}项"
    )
    say(console, said, *(() if answer.late else ("没有逾期事项。",)))


def foot(console: Console, answer: Overdue) -> None:
    """Say the milestones that were missed, the next deadline, and the last working day before it."""
    missed = [
        f"{row.item.code} {milestone.label}" for row in answer.rows for milestone in row.judgement.missed
    ]
    said = [f"节点未达：{'；'.join(missed)}。"] if missed else []
    reviews = [f"{row.item.code} {row.item.title}" for row in answer.rows if row.judgement.needs_review]
    said += [f"已销号但数据已变，须复核：{'；'.join(reviews)}。"] if reviews else []
    date = next_deadline(answer.sheet, answer.rows)
    if date:
        day = date.working_day
        said.append(
            f"下一个时限 {date.day}（{day.weekday}，还有{date.days_left}天），最后一个工作日 {day.day}。{words.calendar_note(day)}"
        )
    if said:
        say(console, *said)


def _lines(debtor: Debtor) -> Iterator[tuple[str | Cell, ...]]:
    """Write one unit: its name with how much it owes and its last entry, then its rows."""
    own = sum(not debt.assists for debt in debtor.debts)
    last = f"最近记录 {debtor.last_entry}" if debtor.last_entry else "从未有记录"
    yield "", "", Cell(debtor.agency.name, "bold"), "", f"欠{own}项" if own else "仅配合", last
    for debt in debtor.debts:
        item = debt.row.item
        lacks = (
            words.lacks(debt.lacks, debt.row.progress, debtor.agency.name) if debt.lacks else "（只是配合）"
        )
        late = f"{debt.row.judgement.days_late}天"
        yield words.role(debt.duty.role), item.code, item.title, item.last_day, late, lacks
