"""Answers as tables for a person: for each question what draws its answer, loaded when it is drawn."""

from collections.abc import Callable
from typing import Concatenate, NamedTuple, ParamSpec

from planledger.formats import screen
from planledger.formats.screen.console import Screen

P = ParamSpec("P")


class Drawing(NamedTuple):
    """A screen that waits for its console, and whether its own heading names the plan."""

    draw: Callable[[Screen], None]
    names_plan: bool


def _drawing(
    load: Callable[[], Callable[Concatenate[Screen, P], None]], *, names_plan: bool = False
) -> Callable[P, Drawing]:
    """Return the function of one question; what *load* returns draws the answer."""
    return lambda *args, **kwargs: Drawing(lambda console: load()(console, *args, **kwargs), names_plan)


status = _drawing(lambda: screen.status.draw_status, names_plan=True)
sums = _drawing(lambda: screen.status.draw_sums, names_plan=True)
roll_up = _drawing(lambda: screen.status.draw_roll_up)
overdue = _drawing(lambda: screen.overdue.draw_overdue)
overdue_by_item = _drawing(lambda: screen.overdue.draw_overdue_by_item)
overdue_by_side = _drawing(lambda: screen.overdue.draw_overdue_by_side)
upcoming = _drawing(lambda: screen.overdue.draw_upcoming)
dossier = _drawing(lambda: screen.items.draw_dossier)
history = _drawing(lambda: screen.recorded.draw_history)
changes = _drawing(lambda: screen.recorded.draw_changes)
doubts = _drawing(lambda: screen.recorded.draw_doubts)
reports = _drawing(lambda: screen.units.draw_reports)
missing = _drawing(lambda: screen.papers.draw_missing)
evidence = _drawing(lambda: screen.papers.draw_evidence)
duplicates = _drawing(lambda: screen.papers.draw_duplicates)
agencies = _drawing(lambda: screen.units.draw_agencies)
chases = _drawing(lambda: screen.units.draw_chases)
filings = _drawing(lambda: screen.units.draw_filings, names_plan=True)
