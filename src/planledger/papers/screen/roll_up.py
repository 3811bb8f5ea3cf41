"""Every plan of a ledger in one line: how many of its items stand where."""

from rich.console import Console

from planledger.papers import words
from planledger.papers.screen.console import Column, say, table
from planledger.plan.terms import Standing
from planledger.questions.roll_up import RollUp


def draw(console: Console, answer: RollUp) -> None:
    """Draw the counts, one line for each plan."""
    shown = [word for word in Standing if any(tally.standings[word] for tally in answer.counted)]
    heads = [Column("方案"), Column("项数", 4, is_right=True)]
    heads += [Column(word.label, 6, is_right=True) for word in shown]
    say(console, f"各方案汇总  截至{answer.as_of}{words.moment(answer.known_at)}")
    lines = [
        [tally.name, str(tally.rows), *(str(tally.standings[word] or "") for word in shown)]
        for tally in answer.counted
    ]
    table(console, heads, lines)
    parts = [f"{word.label}{sum(tally.standings[word] for tally in answer.counted)}项" for word in shown]
    rows = sum(tally.rows for tally in answer.counted)
    say(console, f"共{len(answer.counted)}个方案，{rows}项：{'，'.join(parts)}。")
