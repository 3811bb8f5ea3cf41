"""Whom the office chased for what, how often, when last, and what came since (催办清单)."""

from typing import NamedTuple

from planledger.plan.model.rows import Agency, grouped
from planledger.questions import sql
from planledger.questions.facts.entry_rows import entry_numbered, marks
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.chasing import answer_to, chases_in
from planledger.questions.sheet import Sheet
from planledger.store.database import Store


class AnsweredChase(NamedTuple):
    """One chase, and the first entry that answers it; None where nothing came since."""

    chase: Mark
    answer: Mark | None
    recorded_at: str  # when the answer came into the ledger, whatever its day; empty where nothing came


class ChasedUnit(NamedTuple):
    """One unit that was chased, with every time, the last one last."""

    agency: Agency
    chases: tuple[AnsweredChase, ...]

    @property
    def last(self) -> AnsweredChase:
        """The last time."""
        return self.chases[-1]


class Chases(NamedTuple):
    """The units that were chased, in the plan's order."""

    sheet: Sheet
    units: tuple[ChasedUnit, ...]

    @property
    def answered(self) -> int:
        """From how many units something came since the last time."""
        return sum(unit.last.answer is not None for unit in self.units)


def chases(ledger: LedgerAsOf, sheet: Sheet, agencies: tuple[str, ...] = ()) -> Chases:
    """List the units that were chased; *agencies* are official names, empty for all.

    The ledger is in the view in which the sheet was read.
    """
    several = chases_in(sheet.marks)
    came = _arrivals(ledger, sheet, min((one.entry for one in several), default=0))
    answered = grouped((_answered(ledger.store, one, came) for one in several), lambda one: one.chase.agency)
    units = (agency for agency in sheet.agencies if not agencies or agency.name in agencies)
    chased = (ChasedUnit(agency, tuple(answered[agency.name])) for agency in units)
    return Chases(sheet, tuple(unit for unit in chased if unit.chases))


def _answered(store: Store, chase: Mark, came: list[Mark]) -> AnsweredChase:
    answer = answer_to(chase, came)
    return AnsweredChase(chase, answer, entry_numbered(store, answer.entry).recorded_at if answer else "")


def _arrivals(ledger: LedgerAsOf, sheet: Sheet, after: int) -> list[Mark]:
    """Read what came from units after an entry, in the order of the numbers; nothing where nobody was chased."""
    if not after:
        return []
    rows = ledger.rows(sql.ARRIVALS, after=ledger.store.chain.entry_id(after))
    return [one._replace(agency=sheet.units.of(one.agency)) for one in marks(rows)]
