"""How many rows stand where, by area, side or unit."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers.screen.console import folding, say, table
from planledger.papers.text import safe
from planledger.plan.terms import Standing
from planledger.questions.sheet import Sheet, Tally


def draw(console: Console, sheet: Sheet, counted: tuple[Tally, ...], by: str) -> None:
    """Draw the counts, one line for each area, side or unit."""
    lines = table(console)
    folding(lines, by)
    shown = [word for word in Standing if any(tally.standings[word] for tally in counted)]
    for name in ("项数", *(word.label for word in shown)):
        lines.add_column(name, justify="right", no_wrap=True)
    for tally in counted:
        lines.add_row(
            safe(tally.name), str(tally.rows), *(str(tally.standings[word] or "") for word in shown)
        )
    say(console, f"{sheet.plan.title}  截至 {sheet.as_of}")
    console.print(lines)
