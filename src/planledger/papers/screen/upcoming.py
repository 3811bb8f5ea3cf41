"""The dates of the next days: deadlines, milestones, filings."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import words
from planledger.papers.screen.console import fixed, folding, say, table
from planledger.papers.text import safe
from planledger.questions.upcoming import Upcoming


def draw(console: Console, answer: Upcoming) -> None:
    """Draw the dates, the nearest first."""
    say(console, f"{answer.sheet.as_of} 起 {answer.days} 天内：{len(answer.dates)} 个日期")
    if not answer.dates:
        return
    lines = table(console)
    fixed(lines, "日期", 10)
    fixed(lines, "周", 4)
    fixed(lines, "还有", 5, right=True)
    fixed(lines, "类别", 8)
    fixed(lines, "编号", 5)
    folding(lines, "内容")
    fixed(lines, "最后工作日", 10)
    for date in answer.dates:
        working = date.working_day
        kind = words.date_kind(date.kind, is_binding=date.binding)
        lines.add_row(
            date.day, working.weekday, f"{date.days_left}天", kind, date.code, safe(date.label), working.day
        )
    console.print(lines)
    say(console, words.calendar_note(answer.dates[0].working_day))
