"""The entries, newest first."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import words
from planledger.papers.screen.console import fixed, folding, is_wide, say, table
from planledger.papers.text import safe
from planledger.questions.history import History


def draw(console: Console, answer: History) -> None:
    """Draw the entries."""
    entries(console, answer)
    say(console, f"共 {len(answer.entries)} 条，最新的在前。")


def entries(console: Console, answer: History) -> None:
    """Draw the entries alone."""
    wide = is_wide(console)
    lines = table(console)
    fixed(lines, "号", 5, right=True)
    fixed(lines, "事项", 5)
    fixed(lines, "发生日期", 10)
    folding(lines, "内容")
    folding(lines, "责任单位", 22 if wide else 16)
    if wide:
        fixed(lines, "记录时间", 16)
        folding(lines, "记录人", 10)
    for entry in answer.entries:
        cells = [
            str(entry.id),
            entry.code,
            entry.dated,
            safe(words.entry(entry, answer)),
            safe(entry.agency or entry.side or "本办"),
        ]
        if wide:
            cells += [entry.recorded_at[:16].replace("T", " "), safe(entry.by)]
        lines.add_row(*cells)
    console.print(lines)
