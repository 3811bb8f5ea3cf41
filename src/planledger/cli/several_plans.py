"""The counter where a chain has several plans: which of them was asked, and what is still open in the others."""

from collections.abc import Sequence

from planledger.cli.command_line import whereabouts
from planledger.cli.desk import Desk
from planledger.papers import beside as told
from planledger.plan.days import LATEST
from planledger.questions.beside import beside
from planledger.questions.plans import PlanInForce, plans_of_chain, titled, word_for
from planledger.store.database import Store


def begun(desk: Desk) -> tuple[PlanInForce, ...]:
    """Give the plans of the chain whose year has come, the newest first; none where one was named."""
    if desk.plan:
        return ()
    store = desk.store()
    try:
        plans = plans_of_chain(store, LATEST) if store.has_chosen else ()
    finally:
        store.close()
    of_now = (plan for plan in plans if str(plan.year) <= desk.day()[:4])
    return tuple(sorted(of_now, key=lambda plan: -plan.year))


def looked_beside(desk: Desk, store: Store, chosen: PlanInForce, plans: Sequence[PlanInForce]) -> list[str]:
    """Say which plan was *chosen* for a question, and where the answer is for people what is open in the others."""
    which = f"{titled(chosen, plans)}（--plan {word_for(chosen, plans)}）"
    if desk.form() or not store.has_chosen:
        return [which]
    others = beside(store, chosen, plans, desk.day(), desk.moment())
    return [which, *told.lines(others, whereabouts(desk))]
