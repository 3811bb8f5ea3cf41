"""Figures that two units may both have reported, side by side."""

from rich.console import Console

from planledger.papers import sayings
from planledger.papers.screen.console import Column, is_wide, say, table
from planledger.questions.duplicates import Duplicates


def draw(console: Console, answer: Duplicates) -> None:
    """Draw each pair: the later entry, then the one that it resembles."""
    heads = (Column("号", 5, is_right=True), Column("事项", 5), Column("发生日期", 10), Column("内容"))
    lines = [
        (str(one.id), one.code, one.dated, sayings.entry(one, answer.history), one.agency)
        for pair in answer.pairs
        for one in pair
    ]
    if lines:
        table(console, (*heads, Column("责任单位", 24 if is_wide(console) else 16)), lines)
        say(
            console,
            f"共{len(answer.pairs)}处疑似重复上报；确是重复的，请冲正：planledger reverse 号 --because 重复上报",
        )
    else:
        say(console, "没有疑似重复上报。")
