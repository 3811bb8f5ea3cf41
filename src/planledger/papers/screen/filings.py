"""Who handed in what, in which form, and who is late: one line a unit, one column a filing."""

from rich.console import Console

from planledger.papers import filed, words
from planledger.papers.screen.console import Cell, Column, is_wide, say, table
from planledger.plan.filing_standing import FilingStanding
from planledger.questions.filings import Filings, FilingState

COLOURS = {
    FilingStanding.HANDED_IN: "green",
    FilingStanding.INCOMPLETE: "yellow",
    FilingStanding.RETURNED: "yellow",
    FilingStanding.MISSING: "",
}


def draw(console: Console, answer: Filings) -> None:
    """Draw the counts of each filing, then the units."""
    sheet = answer.sheet
    say(console, f"{sheet.plan.title}  截至{sheet.as_of}{words.moment(sheet.known_at)}")
    if not sheet.filings:
        say(console, "这个方案没有要求报送。")
        return
    if not answer.units:
        say(console, "本办不报送。")
        return
    say(console, *(filed.counts(answer, filing) for filing in sheet.filings))
    heads = [Column("责任单位", 32 if is_wide(console) else 24)]
    heads += [Column(filing.label) for filing in sheet.filings]
    lines: list[list[str | Cell]] = [
        [unit.agency.name, *(_cell(state, sheet.plan.year) for state in unit.states)] for unit in answer.units
    ]
    table(console, heads, lines)


def _cell(state: FilingState, year: int) -> Cell:
    """Show a late one in red, whatever of it is here by now is lacking; the words say the same."""
    is_lacking = state.standing != FilingStanding.HANDED_IN
    return Cell(filed.cell(state, year), "red" if state.days_late and is_lacking else COLOURS[state.standing])
