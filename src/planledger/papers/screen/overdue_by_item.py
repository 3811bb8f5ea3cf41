"""What is late, one line a row, with the units that answer for it."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import words
from planledger.papers.screen.console import fixed, folding, is_wide, table
from planledger.papers.screen.overdue import foot, head
from planledger.papers.text import safe
from planledger.questions.overdue import Overdue


def draw(console: Console, answer: Overdue) -> None:
    """Draw the head line, the late rows, the next deadline."""
    head(console, answer)
    if answer.late:
        wide = is_wide(console)
        lines = table(console)
        fixed(lines, "编号", 5)
        folding(lines, "事项", 28 if wide else 20)
        fixed(lines, "最后一天", 10)
        fixed(lines, "逾期", 6, right=True)
        folding(lines, "责任主体")
        if wide:
            folding(lines, "还缺", 30)
        for row in answer.late:
            owing = "、".join(duty.agency for duty in row.progress.duties if row.owed_by(duty))
            cells = [
                row.item.code,
                safe(row.item.title),
                row.item.last_day,
                f"{row.judgement.days_late}天",
                safe(owing),
            ]
            if wide:
                cells.append(safe(words.lacks(row.judgement.lacks, row.progress)))
            lines.add_row(*cells)
        console.print(lines)
    foot(console, answer.sheet)
