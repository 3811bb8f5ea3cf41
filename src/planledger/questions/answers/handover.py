"""What one clerk hands over to the next (工作交接): what is open, what was promised, what is to be looked at, where everything is.

Nothing is judged here: each part is the answer of the question that a command asks too.
"""

from typing import NamedTuple

from planledger.plan.model.entry_kinds import UNFINISHED
from planledger.questions.answers.agencies import UnitRow, silent_for, units
from planledger.questions.answers.chases import Chases, chases
from planledger.questions.answers.doubts import Doubts, doubts
from planledger.questions.answers.missing import Papers, papers
from planledger.questions.answers.overdue import Overdue, overdue
from planledger.questions.answers.upcoming import Coming, upcoming
from planledger.questions.facts.office import Provenance, provenance
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.sheet import Row, Sheet

SILENT_DAYS = 30
_COMING_DAYS = 366  # the rest of a plan's year, whenever it is


class Handover(NamedTuple):
    """Everything open of one plan on a day, as far as was known at a moment."""

    open_rows: tuple[Row, ...]  # not finished, or closed out on what no longer holds (须复核)
    late: Overdue
    dates: tuple[Coming, ...]  # last days and milestones that come within a year, the nearest first
    chases: Chases
    silent: tuple[UnitRow, ...]  # units with a duty from which nothing came for 30 days or more, or ever
    doubts: Doubts
    papers: Papers
    source: Provenance

    @property
    def sheet(self) -> Sheet:
        """The annex as it stands on the day."""
        return self.doubts.sheet


def handover(ledger: LedgerAsOf) -> Handover:
    """Gather what a clerk hands over, in one view of the ledger."""
    with ledger.store.snapshot():
        listed = doubts(ledger)
        sheet = listed.sheet
        return Handover(
            open_rows=tuple(
                row
                for row in sheet.rows
                if row.judgement.standing in UNFINISHED or row.judgement.needs_review
            ),
            late=overdue(sheet),
            dates=upcoming(sheet, _COMING_DAYS).dates,
            chases=chases(ledger, sheet),
            silent=silent_for(units(sheet), SILENT_DAYS).units,
            doubts=listed,
            papers=papers(sheet),
            source=provenance(ledger),
        )
