"""Answers as tables for a person: what is drawn is loaded only when its question is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from planledger.questions.answers.agencies import Units
    from planledger.questions.answers.dossier import Dossier
    from planledger.questions.answers.evidence import Holdings
    from planledger.questions.answers.filings import Filings
    from planledger.questions.answers.history import Duplicates, History
    from planledger.questions.answers.missing import Papers
    from planledger.questions.answers.overdue import Overdue
    from planledger.questions.answers.reports import Reports
    from planledger.questions.answers.sums import RollUp, Tally
    from planledger.questions.answers.upcoming import Upcoming
    from planledger.questions.sheet import Row, Sheet


class Drawing:
    """A screen that waits for its console, and whether its own heading *names the plan*."""

    def __init__(self, draw: Callable[[Console], None], *, names_plan: bool = False) -> None:
        self.draw, self.names_plan = draw, names_plan


def status(sheet: Sheet, rows: tuple[Row, ...], agencies: tuple[str, ...]) -> Drawing:
    """The rows of the annex as they stand."""
    from planledger.formats.screen.status import draw_status

    return Drawing(lambda console: draw_status(console, sheet, rows, agencies), names_plan=True)


def sums(sheet: Sheet, counted: tuple[Tally, ...], by: str) -> Drawing:
    """How many rows stand where."""
    from planledger.formats.screen.status import draw_sums

    return Drawing(lambda console: draw_sums(console, sheet, counted, by), names_plan=True)


def roll_up(answer: RollUp) -> Drawing:
    """How many items of each plan stand where."""
    from planledger.formats.screen.status import draw_roll_up

    return Drawing(lambda console: draw_roll_up(console, answer))


def overdue(answer: Overdue) -> Drawing:
    """What is late, by the unit that owes it."""
    from planledger.formats.screen.overdue import draw_overdue

    return Drawing(lambda console: draw_overdue(console, answer))


def overdue_by_item(answer: Overdue) -> Drawing:
    """What is late, row by row."""
    from planledger.formats.screen.overdue import draw_overdue_by_item

    return Drawing(lambda console: draw_overdue_by_item(console, answer))


def upcoming(answer: Upcoming) -> Drawing:
    """The dates of the next days."""
    from planledger.formats.screen.overdue import draw_upcoming

    return Drawing(lambda console: draw_upcoming(console, answer))


def dossier(answer: Dossier) -> Drawing:
    """Everything about a row."""
    from planledger.formats.screen.items import draw_dossier

    return Drawing(lambda console: draw_dossier(console, answer))


def history(answer: History) -> Drawing:
    """The entries, newest first."""
    from planledger.formats.screen.items import draw_history

    return Drawing(lambda console: draw_history(console, answer))


def reports(answer: Reports) -> Drawing:
    """Who reported in words in a month, and what."""
    from planledger.formats.screen.units import draw_reports

    return Drawing(lambda console: draw_reports(console, answer))


def missing(answer: Papers) -> Drawing:
    """Required papers: missing, not due yet, and those whose original lies elsewhere."""
    from planledger.formats.screen.papers import draw_missing

    return Drawing(lambda console: draw_missing(console, answer))


def evidence(answer: Holdings) -> Drawing:
    """The files that stand as proof."""
    from planledger.formats.screen.papers import draw_evidence

    return Drawing(lambda console: draw_evidence(console, answer))


def duplicates(answer: Duplicates) -> Drawing:
    """Figures that two units may both have reported."""
    from planledger.formats.screen.papers import draw_duplicates

    return Drawing(lambda console: draw_duplicates(console, answer))


def agencies(answer: Units) -> Drawing:
    """The units with their duties and their silence."""
    from planledger.formats.screen.units import draw_agencies

    return Drawing(lambda console: draw_agencies(console, answer))


def filings(answer: Filings) -> Drawing:
    """Who handed in what, and who is late."""
    from planledger.formats.screen.units import draw_filings

    return Drawing(lambda console: draw_filings(console, answer), names_plan=True)
