"""Which plan of a ledger is meant: by its word, by the day of the question, or by nobody's guess."""

from collections.abc import Callable, Sequence

from planledger.plan.days import LATEST, to_the_minute
from planledger.plan.phrases.texts import fold, hint
from planledger.plan.refusal import Refusal
from planledger.questions import sql
from planledger.questions.facts.entry_rows import refuse_impossible, refuse_unadopted
from planledger.questions.facts.plans import PlanInForce, checked_rows
from planledger.store.database import Store

MOST = 8  # plans that a refusal lists


class WhichPlan(Refusal):
    """Several plans may be meant; whoever typed it says which, and what is to be typed behind the line is here."""

    def __init__(self, doubt: str, plans: Sequence[PlanInForce], known: Sequence[PlanInForce]) -> None:
        """List some *plans* of all that are *known*; *doubt* is what is in doubt between them."""
        self.words = tuple(word_for(plan, known) for plan in plans[:MOST])
        choices = [
            f"--plan {word}（{plan.title if word == plan.key else titled(plan, known)}）"
            for word, plan in zip(self.words, plans[:MOST], strict=True)
        ]
        super().__init__(f"{doubt}，请用 --plan 写明是哪一个：{_some(choices, len(plans), '；')}。")


def plan_in_force(
    store: Store,
    key: str,
    day: str,
    known_at: str,
    among: Callable[[Sequence[PlanInForce]], PlanInForce] | None = None,
) -> PlanInForce:
    """Choose the plan that the question means.

    Args:
        store: the ledger.
        key: the plan's identity, or empty to leave the choice to the ledger.
        day: the day of the question; its year decides between several plans.
        known_at: the moment whose knowledge counts; it picks the version.
        among: chooses between several plans in another way.

    Raises:
        Refusal: there is no such plan, none was in force yet, or several fit.
        ForgedEntry: the ledger holds what no entry can be.
    """
    refuse_impossible(store)
    named = version_in_force(store, key, known_at) if key else None
    if named:
        return named
    plans = plans_of_chain(store, known_at)
    refuse_unknown(store, key)
    if key or not plans:
        raise Refusal(f"在 {to_the_minute(known_at)} 之前还没有启用方案；请把 --known-at 写晚一些。")
    if len(plans) == 1:
        return plans[0]
    return among(plans) if among else plan_of_day(plans, day)


def version_in_force(store: Store, key: str, known_at: str) -> PlanInForce | None:
    """The version of a plan that was in force at a moment; None where none was yet."""
    rows = store.rows(sql.PLAN_IN_FORCE, {"key": key, "known_at": known_at})
    return checked_rows(PlanInForce, rows)[0] if rows else None


def plans_of_chain(store: Store, known_at: str, *, is_every: bool = False) -> tuple[PlanInForce, ...]:
    """The plans that may be meant: those of the chain, or all of them where none was chosen or *every* one is wanted.

    Raises:
        ForgedEntry: there are plans, and no entry put one of them in force.
    """
    origin = store.chain.origin_id if store.has_chosen and not is_every else 0
    rows = store.rows(sql.PLANS_OF_CHAIN, {"known_at": known_at, "origin": origin})
    plans = checked_rows(PlanInForce, rows)
    if known_at == LATEST and not plans:
        refuse_unadopted(store, origin)
    return plans


def plan_of_day(plans: Sequence[PlanInForce], day: str) -> PlanInForce:
    """The plan whose year holds a day, which is how a question is answered that names none.

    Raises:
        WhichPlan: none is of that year, or several are.
    """
    fitting = [plan for plan in plans if str(plan.year) == day[:4]]
    if len(fitting) == 1:
        return fitting[0]
    raise WhichPlan("台账里有几个方案", fitting or plans, plans)


def plan_key(store: Store, word: str) -> str:
    """Find the identity of the plan that a word means: its id, its year, or a part of its title and of no other's.

    Raises:
        WhichPlan: several plans fit.
        Refusal: none does.
    """
    typed = fold(word)
    keys = {str(row[0]) for row in store.rows(sql.PLAN_KEYS)} if typed else set()
    if not typed or word in keys or typed in keys:
        return word if word in keys else typed
    plans = plans_of_chain(store, LATEST)
    fitting = [plan for plan in plans if str(plan.year) == typed.removesuffix("年")]
    fitting = fitting or [plan for plan in plans if typed in fold(plan.title)]
    if len(fitting) > 1:
        raise WhichPlan(f"--plan {word} 可以指{len(fitting)}个方案", fitting, plans)
    refuse_unknown(store, fitting[0].key if fitting else word)
    return fitting[0].key


def word_for(plan: PlanInForce, known: Sequence[PlanInForce]) -> str:
    """By what a plan is named in the shortest way: its year where no other has it, else its id."""
    year = str(plan.year)
    is_alone = sum(one.year == plan.year for one in known) == 1 and year not in {one.key for one in known}
    return year if is_alone else plan.key


def titled(plan: PlanInForce, known: Sequence[PlanInForce]) -> str:
    """The title of a plan, and its id where another plan bears the same title."""
    alike = sum(one.title == plan.title for one in known) > 1
    return f"{plan.title} {plan.key}" if alike else plan.title


def refuse_unknown(store: Store, key: str) -> None:
    """Refuse a plan that the ledger does not have; no key asks for none.

    Raises:
        Refusal: there is no such plan.
    """
    keys = [str(row[0]) for row in store.rows(sql.PLAN_KEYS)] if key else []
    if key and key not in keys:
        raise Refusal(f"台账里没有方案 {key}。{hint(key, keys)}现有方案：{_some(keys[:MOST], len(keys))}。")


def _some(names: list[str], count: int, between: str = "、") -> str:
    """List what there is, of many only the first."""
    more = f"……共{count}个，见 planledger status --all-plans" if count > MOST else ""
    return between.join(names) + more
