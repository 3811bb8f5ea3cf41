"""The ledger as a question asks it, for tests that call questions without a command."""

from planledger.plan.days import LATEST
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import plan_in_force
from planledger.store.database import Store


def ledger_as_of(store: Store, day: str, known_at: str = LATEST, *, key: str = "") -> LedgerAsOf:
    """Return the ledger of the plan that is meant on a day, as of that day, as far as was known at a moment."""
    return LedgerAsOf(store, plan_in_force(store, key, day, known_at), day, known_at)
