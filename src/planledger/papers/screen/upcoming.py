"""The dates of the next days: deadlines, milestones, filings."""

from rich.console import Console

from planledger.papers import words
from planledger.papers.screen.console import Column, say, table
from planledger.questions.upcoming import Upcoming

HEADS = (
    Column("日期", 10),
    Column("周", 4),
    Column("还有", 5, is_right=True),
    Column("类别", 8),
    Column("编号", 5),
    Column("内容"),
    Column("最后工作日", 10),
)


def draw(console: Console, answer: Upcoming) -> None:
    """Draw the dates, the nearest first."""
    say(console, f"{answer.sheet.as_of} 起 {answer.days} 天内：{len(answer.dates)} 个日期")
    if not answer.dates:
        return
    lines = []
    for date in answer.dates:
        day, kind = date.working_day, words.date_kind(date.kind, is_binding=date.binding)
        lines.append((date.day, day.weekday, f"{date.days_left}天", kind, date.code, date.label, day.day))
    table(console, HEADS, lines)
    say(console, words.calendar_note(answer.dates[0].working_day))
