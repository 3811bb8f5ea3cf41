"""What is late, one line a row, with the units that answer for it."""

from rich.console import Console

from planledger.papers import words
from planledger.papers.screen.console import Column, is_wide, table
from planledger.papers.screen.overdue import foot, head
from planledger.questions.overdue import Overdue


def draw(console: Console, answer: Overdue) -> None:
    """Draw the head line, the late rows, what was not handed in, the milestones, the next deadline."""
    head(console, answer)
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
            lines.append(cells + ([words.lacking(row)] if wide else []))
        table(console, heads, lines)
    foot(console, answer, answer.filings)
