"""The entries, newest first: what was said, for which day, by whom."""

from rich.console import Console

from planledger.papers import sayings
from planledger.papers.screen.console import Column, is_wide, say, table
from planledger.plan.days import to_the_minute
from planledger.questions.history import Entry, History


def draw(console: Console, answer: History) -> None:
    """Draw the entries."""
    entries(console, answer, answer.entries)
    said = (
        f"只列最新{len(answer.entries)}条，更早的请加 --limit。"
        if answer.has_more
        else f"共{len(answer.entries)}条，最新的在前。"
    )
    say(console, said)


def entries(console: Console, answer: History, several: tuple[Entry, ...]) -> None:
    """Draw *several* entries of a history alone."""
    wide = is_wide(console)
    heads = [Column("号", 5, is_right=True), Column("事项", 5), Column("发生日期", 10), Column("内容")]
    heads += [Column("责任单位", 22 if wide else 16), Column("记录人", 10 if wide else 6)]
    heads += [Column("记录时间", 16)] if wide else []
    lines = []
    for entry in several:
        cells = [
            str(entry.id),
            entry.code,
            entry.dated,
            sayings.entry(entry, answer),
            entry.agency or entry.side or "本办",
            entry.by,
        ]
        lines.append(cells + ([to_the_minute(entry.recorded_at)] if wide else []))
    table(console, heads, lines)
