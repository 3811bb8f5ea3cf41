"""Figures that two units may both have reported: the marks that the ledger keeps, as far as both entries stand."""

from typing import NamedTuple

from planledger.plan.model import Source
from planledger.questions import queries
from planledger.questions.history import Entry, History, history
from planledger.questions.plans import PlanInForce
from planledger.questions.wording import read
from planledger.store.database import Store


class Pair(NamedTuple):
    """A marked entry and the one that it resembles."""

    later: Entry
    earlier: Entry


class Duplicates(NamedTuple):
    """All pairs that still stand, the newest first."""

    history: History
    pairs: tuple[Pair, ...]


def duplicates(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> Duplicates:
    """List what is marked 疑似重复上报; where either was reversed, or the plan says now who counts, the doubt is settled."""
    answer = history(store, plan, as_of, known_at)
    counted = {(one.code, one.key) for one in read(store, Source._make, queries.SOURCES, plan.version_id)}
    standing = {
        entry.id: entry
        for entry in answer.entries
        if not entry.reversed_by and (entry.code, entry.indicator) not in counted
    }
    corrected = {entry.number("corrects"): entry.id for entry in answer.entries if entry.said("corrects")}
    pairs = []
    for entry in standing.values():
        other = entry.resembles
        while other not in standing and other in corrected:  # what stands in its place now
            other = corrected[other]
        if other in standing and other != entry.id:
            pairs.append(Pair(entry, standing[other]))
    return Duplicates(answer, tuple(pairs))
