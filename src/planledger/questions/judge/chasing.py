"""How often a unit was chased for something (催办), and what came from it since: pure functions of entries.

A chase names the rows and the filings that the unit owed then. Whatever it records of one of them after that answers it:
a figure, a declaration, a paper, a report, or a filing. What is finished by it is judged elsewhere.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from planledger.plan.model.terms import EntryKind
from planledger.questions.facts.progress import Mark


class Chased(NamedTuple):
    """How often a unit was chased for something, and when last; the day is empty where it never was."""

    times: int = 0
    last: str = ""


def chases_in(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The chases among the marks of units, in the order of their numbers."""
    return tuple(mark for mark in marks if mark.kind == EntryKind.CHASE)


def chases_for(
    chases: Iterable[Mark], agency: str, codes: Collection[str], filings: Collection[str] = ()
) -> tuple[Mark, ...]:
    """The chases of one unit for any of some rows and filings.

    Args:
        chases: those of all units.
        agency: the unit, as it is called on the day of the question.
        codes: of rows.
        filings: keys of filings.
    """

    def is_for_any(chase: Mark) -> bool:
        items, keys = _named(chase)
        return not (items.isdisjoint(codes) and keys.isdisjoint(filings))

    return tuple(chase for chase in chases if chase.agency == agency and is_for_any(chase))


def _named(chase: Mark) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of the rows and the keys of the filings that a chase names."""
    return frozenset(chase.details.names("items")), frozenset(chase.details.names("filings"))


def counted(chases: Collection[Mark]) -> Chased:
    """How many times that is, and when last."""
    return Chased(len(chases), max((chase.day for chase in chases), default=""))


def answer_to(chase: Mark, came: Iterable[Mark]) -> Mark | None:
    """The first entry that answers a chase: it was recorded after it, comes from that unit, and is about what it names.

    The number decides and not the day: what was done in October and is recorded after a chase in November came after it.
    """
    items, filings = _named(chase)
    later = (one for one in came if one.entry > chase.entry and one.agency == chase.agency)
    for one in later:
        is_answer = one.subject in filings if one.kind == EntryKind.FILING else one.code in items
        if is_answer:
            return one
    return None
