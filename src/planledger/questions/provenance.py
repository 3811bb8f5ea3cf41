"""Where an answer about a plan comes from (出处): which document, whose ledger, and how far its chain had come."""

from typing import NamedTuple

from planledger.questions import queries
from planledger.questions.office import office_name
from planledger.questions.plans import PlanInForce
from planledger.store.database import Chain, Store


class Provenance(NamedTuple):
    """What an answer that leaves says of itself, so that it can be held against the ledger later."""

    title: str
    office: str = ""  # whose ledger it is; empty where it bears no name, and where there is none
    head: str = ""  # number and whole seal of the last entry of its chain that was known (链首); empty without a ledger


def provenance(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> Provenance:
    """Say where an answer comes from, inside the view of the ledger in which it is given."""
    found = store.row(queries.CHAIN_KNOWN, {"plan": plan.plan_id, "known_at": known_at})
    if found is None:
        return Provenance(plan.title)
    *origin, number, seal = found
    office = office_name(store, Chain._make(origin), as_of, known_at)
    return Provenance(plan.title, office, f"{number}:{seal.hex() if isinstance(seal, bytes) else ''}")
