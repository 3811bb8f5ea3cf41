"""What an action did, as values: made by the ledger, worded by the formats."""

from typing import NamedTuple

from planledger.plan.model.entry_details import NO_DETAILS, Details
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.sheet import Row, Sheet

SAME_AGAIN_MINUTES = 10  # the same entry twice within these was probably typed twice


class Draft(NamedTuple):
    """An entry before it is sealed."""

    kind: str
    dated: str
    code: str = ""
    indicator: str = ""
    amount: int | None = None
    side: str = ""
    agency: str = ""
    subject: str = ""
    note: str = ""
    details: Details = NO_DETAILS
    reverses: int | None = None


class Stored(NamedTuple):
    """One entry that an action stored: its number and what it says."""

    number: int
    draft: Draft


class Receipt(NamedTuple):
    """What an action did: the entries it stored, and where that leaves the item."""

    stored: tuple[Stored, ...]
    after: Row | None  # None where the action concerns the plan as a whole
    sheet: Sheet
    warnings: tuple[str, ...]
    twins: tuple[tuple[int, int], ...] = ()  # (new entry, entry of the last minutes that says the same)
    reversed_entry: Entry | None = None
    has_chosen: bool = False  # between several plans, and nobody named one

    def behind(self, draft: Draft) -> tuple[Stored, ...]:
        """What was stored behind an entry in the same action: a figure comes to what it does with all of them."""
        return self.stored[[one.draft for one in self.stored].index(draft) + 1 :]

    def on_day(self, draft: Draft) -> Draft:
        """An entry with its unit as it is called on the day of the sheet."""
        return draft._replace(agency=self.sheet.units.of(draft.agency))
