"""What a deed did, as values: made by the ledger, told by the papers."""

from typing import NamedTuple

from planledger.plan.changes import Change
from planledger.plan.model import Plan
from planledger.questions.history import Entry
from planledger.questions.sheet import Row, Sheet


class Draft(NamedTuple):
    """What somebody wants to say, before it is sealed."""

    kind: str
    dated: str
    code: str = ""
    indicator: str = ""
    amount: int | None = None
    side: str = ""
    agency: str = ""
    subject: str = ""
    note: str = ""
    details: str = ""
    reverses: int | None = None


class Stored(NamedTuple):
    """One entry that a deed stored: its number and what it says."""

    number: int
    draft: Draft


class Receipt(NamedTuple):
    """What a deed did: the entries it stored, and the item before and after."""

    stored: tuple[Stored, ...]
    before: Row
    after: Row
    sheet: Sheet
    warnings: tuple[str, ...]
    twins: tuple[tuple[int, int], ...] = ()  # (new entry, entry of the last minutes that says the same)
    reversed_entry: Entry | None = None


class Adoption(NamedTuple):
    """What adopting a plan did: a new plan, a new version with its changes, or nothing."""

    plan: Plan
    entry: int  # number of the adoption entry; 0 where the plan was in force already
    is_new: bool
    changes: tuple[Change, ...]
