"""Figures that two units may both have reported: the marks that the ledger keeps, as far as both entries stand."""

from planledger.plan.rows import NamedTuple
from planledger.questions.history import Entry, History, history
from planledger.questions.plans import PlanInForce
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
    """List what is marked 疑似重复上报; where either entry was reversed the doubt is settled."""
    answer = history(store, plan, as_of, known_at)
    standing = {entry.id: entry for entry in answer.entries if not entry.reversed_by}
    pairs = []
    for entry in standing.values():
        earlier = standing.get(entry.resembles)
        if earlier is not None:
            pairs.append(Pair(entry, earlier))
    return Duplicates(answer, tuple(pairs))
