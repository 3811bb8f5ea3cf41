"""How what was said of items, and is no figure, is read: what was destroyed is known, what tells of people is masked."""

from collections.abc import Iterable
from typing import TypeVar

from planledger.plan.entry_kinds import PROOFS
from planledger.plan.terms import EntryKind
from planledger.questions.progress import Amendment, Mark, PlanMark

M = TypeVar("M", Mark, Amendment, PlanMark)


def standing(marks: Iterable[Mark]) -> list[Mark]:
    """Say of files whose bytes are gone by which entry they were destroyed, in the place of a mark of its own."""
    found = list(marks)
    ends = [mark for mark in found if mark.kind == EntryKind.DESTRUCTION]
    if not ends:
        return found
    destroyed = {end.details.number("entry"): end.entry for end in ends}
    left = (mark for mark in found if mark.kind != EntryKind.DESTRUCTION)
    return [mark._replace(destroyed_by=destroyed.get(mark.entry, 0)) for mark in left]


def papers_of_events(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Take the papers that several rows may count: they belong to an event, and nobody destroyed them."""
    return tuple(mark for mark in marks if mark.kind in PROOFS and mark.details and not mark.destroyed_by)


def shown(read: Iterable[M], *, is_full: bool) -> Iterable[M]:
    """Mask what entries say of people in passing, unless all of it is wanted; most say nothing but their kind."""
    found = list(read)
    if is_full or not any(one.details or getattr(one, "note", "") for one in found):
        return found
    from planledger.questions.privacy import masked

    return map(masked, found)
