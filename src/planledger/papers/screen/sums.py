"""How many rows stand where, by area, side or unit."""

from rich.console import Console

from planledger.papers import words
from planledger.papers.columns import columns
from planledger.papers.screen.console import Column, say, table
from planledger.plan.terms import Standing
from planledger.questions.sheet import Sheet
from planledger.questions.tally import Tally


def draw(console: Console, sheet: Sheet, counted: tuple[Tally, ...], by: str) -> None:
    """Draw the counts, one line for each area, side or unit."""
    shown = [word for word in Standing if any(tally.standings[word] for tally in counted)]
    heads = [
        Column(by, max((columns(tally.name) for tally in counted), default=8)),
        Column("项数", 4, is_right=True),
    ]
    heads += [Column(word.label, 6, is_right=True) for word in shown]
    say(console, f"{sheet.plan.title}  截至{sheet.as_of}{words.moment(sheet.known_at)}")
    table(
        console,
        heads,
        [
            [tally.name, str(tally.rows), *(str(tally.standings[word] or "") for word in shown)]
            for tally in counted
        ],
    )
