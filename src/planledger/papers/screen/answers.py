"""Answers as tables for a person: what is drawn is loaded only when its question is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from planledger.questions.agencies import Units
    from planledger.questions.dossier import Dossier
    from planledger.questions.duplicates import Duplicates
    from planledger.questions.evidence import Holdings
    from planledger.questions.filings import Filings
    from planledger.questions.history import History
    from planledger.questions.missing import Papers
    from planledger.questions.overdue import Overdue
    from planledger.questions.reports import Reports
    from planledger.questions.roll_up import RollUp
    from planledger.questions.sheet import Row, Sheet
    from planledger.questions.tally import Tally
    from planledger.questions.upcoming import Upcoming


class Drawing:
    """A screen that waits for its console, and whether its own heading *names the plan*."""

    def __init__(self, draw: Callable[[Console], None], *, names_plan: bool = False) -> None:
        self.draw, self.names_plan = draw, names_plan


def status(sheet: Sheet, rows: tuple[Row, ...], agencies: tuple[str, ...]) -> Drawing:
    """The rows of the annex as they stand."""
    from planledger.papers.screen.status import draw

    return Drawing(lambda console: draw(console, sheet, rows, agencies), names_plan=True)


def sums(sheet: Sheet, counted: tuple[Tally, ...], by: str) -> Drawing:
    """How many rows stand where."""
    from planledger.papers.screen.sums import draw

    return Drawing(lambda console: draw(console, sheet, counted, by), names_plan=True)


def roll_up(answer: RollUp) -> Drawing:
    """How many items of each plan stand where."""
    from planledger.papers.screen.roll_up import draw

    return Drawing(lambda console: draw(console, answer))


def overdue(answer: Overdue) -> Drawing:
    """What is late, by the unit that owes it."""
    from planledger.papers.screen.overdue import draw

    return Drawing(lambda console: draw(console, answer))


def overdue_by_item(answer: Overdue) -> Drawing:
    """What is late, row by row."""
    from planledger.papers.screen.overdue_by_item import draw

    return Drawing(lambda console: draw(console, answer))


def upcoming(answer: Upcoming) -> Drawing:
    """The dates of the next days."""
    from planledger.papers.screen.upcoming import draw

    return Drawing(lambda console: draw(console, answer))


def dossier(answer: Dossier) -> Drawing:
    """Everything about a row."""
    from planledger.papers.screen.dossier import draw

    return Drawing(lambda console: draw(console, answer))


def history(answer: History) -> Drawing:
    """The entries, newest first."""
    from planledger.papers.screen.history import draw

    return Drawing(lambda console: draw(console, answer))


def reports(answer: Reports) -> Drawing:
    """Who reported in words in a month, and what."""
    from planledger.papers.screen.reports import draw

    return Drawing(lambda console: draw(console, answer))


def missing(answer: Papers) -> Drawing:
    """Required papers: missing, not due yet, and those whose original lies elsewhere."""
    from planledger.papers.screen.missing import draw

    return Drawing(lambda console: draw(console, answer))


def evidence(answer: Holdings) -> Drawing:
    """The files that stand as proof."""
    from planledger.papers.screen.evidence import draw

    return Drawing(lambda console: draw(console, answer))


def duplicates(answer: Duplicates) -> Drawing:
    """Figures that two units may both have reported."""
    from planledger.papers.screen.duplicates import draw

    return Drawing(lambda console: draw(console, answer))


def agencies(answer: Units) -> Drawing:
    """The units with their duties and their silence."""
    from planledger.papers.screen.agencies import draw

    return Drawing(lambda console: draw(console, answer))


def filings(answer: Filings) -> Drawing:
    """Who handed in what, and who is late."""
    from planledger.papers.screen.filings import draw

    return Drawing(lambda console: draw(console, answer), names_plan=True)
