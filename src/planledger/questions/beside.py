"""What is still open in the other plans of a chain, while a question is about one of them."""

from collections.abc import Sequence
from typing import NamedTuple

from planledger.plan.filing_standing import FilingStanding
from planledger.plan.terms import Standing
from planledger.questions.filings import filings
from planledger.questions.plans import PlanInForce, word_for
from planledger.questions.sheet import load
from planledger.store.database import Store

MOST = 3  # plans that are read; the newest
_FINISHED = (Standing.DONE, Standing.CLOSED, Standing.CANCELLED)


class Beside(NamedTuple):
    """One plan that a question is not about."""

    plan: PlanInForce
    word: str  # by which it is named at the counter
    unfinished: int  # rows
    overdue: int  # of them
    filings: int  # that are not here completely


class OtherPlans(NamedTuple):
    """The other plans of the chain, the newest first, and how many were not read."""

    plans: tuple[Beside, ...]
    left_out: int


def beside(
    store: Store, chosen: PlanInForce, plans: Sequence[PlanInForce], day: str, known_at: str
) -> OtherPlans:
    """Ask what is still open in the *plans* beside the one that was *chosen*."""
    others = sorted(
        (plan for plan in plans if plan.key != chosen.key), key=lambda plan: (-plan.year, -plan.plan_id)
    )
    found = []
    for plan in others[:MOST]:
        sheet = load(store, plan, day, known_at)
        standings = [row.judgement.standing for row in sheet.rows]
        states = [state.standing for unit in filings(sheet).units for state in unit.states]
        found.append(
            Beside(
                plan,
                word_for(plan, plans),
                sum(standing not in _FINISHED for standing in standings),
                standings.count(Standing.OVERDUE),
                len(states) - states.count(FilingStanding.HANDED_IN),
            )
        )
    return OtherPlans(tuple(found), max(0, len(others) - MOST))
