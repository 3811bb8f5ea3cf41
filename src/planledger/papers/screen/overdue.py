"""What is late, by the unit that owes it: what a leader reads first."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)
from rich.table import Table  # noqa: TID253
from rich.text import Text  # noqa: TID253

from planledger.papers import words
from planledger.papers.screen.console import fixed, folding, is_wide, say, table
from planledger.papers.text import safe
from planledger.questions.overdue import Debtor, Overdue
from planledger.questions.sheet import Sheet
from planledger.questions.upcoming import next_deadline


def draw(console: Console, answer: Overdue) -> None:
    """Draw the head line, then each unit with its rows, then the next deadline."""
    head(console, answer)
    if answer.debtors:
        lines = table(console)
        fixed(lines, "职责", 4)
        fixed(lines, "编号", 5)
        folding(lines, "事项", 28 if is_wide(console) else 24)
        fixed(lines, "最后一天", 10)
        fixed(lines, "逾期", 6, right=True)
        folding(lines, "还缺")
        for debtor in answer.debtors:
            _add(lines, debtor)
        console.print(lines)
    foot(console, answer.sheet)


def head(console: Console, answer: Overdue) -> None:
    """Say in one line what was to be finished and what was not."""
    say(
        console,
        f"截至{answer.sheet.as_of}：应完成{answer.due}项，已完成{answer.done}项（逾期完成{answer.done_late}项），"
        f"逾期{len(answer.late)}项，涉及{answer.owing}家单位，缺材料{answer.lacking_papers}项",
    )
    if not answer.late:
        say(console, "没有逾期事项。")


def foot(console: Console, sheet: Sheet) -> None:
    """Say the next deadline and the last working day before it."""
    date = next_deadline(sheet)
    if date:
        working = date.working_day
        say(
            console,
            f"下一个时限 {date.day}（{working.weekday}，还有{date.days_left}天），最后一个工作日 {working.day}。"
            + words.calendar_note(working),
        )


def _add(lines: Table, debtor: Debtor) -> None:
    own = sum(not debt.assists for debt in debtor.debts)
    said = f"欠{own}项" if own else "仅配合"
    last = f"最近记录 {debtor.last_entry}" if debtor.last_entry else "从未有记录"
    lines.add_row("", "", Text(safe(debtor.agency.name), style="bold"), "", said, last)
    for debt in debtor.debts:
        item = debt.row.item
        lacks = (
            words.lacks(debt.lacks, debt.row.progress, debtor.agency.name)
            if debt.lacks
            else "（配合，不作责任认定）"
        )
        late = f"{debt.row.judgement.days_late}天"
        lines.add_row(
            words.role(debt.duty.role), item.code, safe(item.title), item.last_day, late, safe(lacks)
        )
