"""Whom the office chased for what, how often, when last, and what came since (催办清单)."""

from collections import defaultdict
from typing import NamedTuple

from planledger.plan.model.rows import Agency
from planledger.questions import sql
from planledger.questions.facts.entry_rows import marks
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.chasing import answer_to, chases_in
from planledger.questions.sheet import Sheet
from planledger.store.database import Store


class AnsweredChase(NamedTuple):
    """One chase, and the first entry that answers it; None where nothing came since."""

    chase: Mark
    answer: Mark | None


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
    def labels(self) -> dict[str, str]:
        """What each filing is called, by its key."""
        return {filing.key: filing.label for filing in self.sheet.filings}

    @property
    def answered(self) -> int:
        """From how many units something came since the last time."""
        return sum(unit.last.answer is not None for unit in self.units)


def chases(store: Store, sheet: Sheet, agencies: tuple[str, ...] = ()) -> Chases:
    """List the units that were chased; *agencies* are official names, empty for all.

    The store is in the view in which the sheet was read.
    """
    of_units: dict[str, list[Mark]] = defaultdict(list)
    for chase in chases_in(sheet.marks):
        of_units[chase.agency].append(chase)
    came = _arrivals(store, sheet, min((some[0].entry for some in of_units.values()), default=0))
    units = (agency for agency in sheet.agencies if agency.name in of_units)
    return Chases(
        sheet,
        tuple(
            ChasedUnit(
                agency, tuple(AnsweredChase(one, answer_to(one, came)) for one in of_units[agency.name])
            )
            for agency in units
            if not agencies or agency.name in agencies
        ),
    )


def _arrivals(store: Store, sheet: Sheet, after: int) -> list[Mark]:
    """Read what came from units after an entry, in the order of the numbers; nothing where nobody was chased."""
    if not after:
        return []
    asked = sheet.plan.asked(sheet.as_of, sheet.known_at)
    rows = store.rows(sql.ARRIVALS, {**asked, "after": store.chain.entry_id(after)})
    return [one._replace(agency=sheet.units.of(one.agency)) for one in marks(rows)]
