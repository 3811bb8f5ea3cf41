"""Which plan a question is about: the one named, the only one, or the one whose year holds the day."""

from planledger.plan.days import to_the_minute
from planledger.plan.refusal import Refusal
from planledger.plan.rows import NamedTuple
from planledger.questions import queries
from planledger.store.database import Store

MOST = 8  # plans that a refusal lists


class PlanInForce(NamedTuple):
    """A plan in the version that was in force at a moment; its wording hangs on `version_id`."""

    plan_id: int
    version_id: int
    key: str
    title: str
    year: int
    warn_days: int
    offices: str
    contact_clause: str

    @property
    def office_names(self) -> tuple[str, ...]:
        """The units that keep the ledger, by official name."""
        return tuple(name for name in self.offices.split("、") if name)


def plan_in_force(store: Store, key: str, day: str, known_at: str) -> PlanInForce:
    """Choose the plan that the question means.

    Args:
        store: the ledger.
        key: the plan's identity, or empty to leave the choice to the ledger.
        day: the day of the question; its year decides between several plans.
        known_at: the moment whose knowledge counts; it picks the version.

    Raises:
        Refusal: there is no such plan, none was in force yet, or several fit.
    """
    if key:
        found = store.rows(queries.PLAN_IN_FORCE, {"key": key, "known_at": known_at})
        if found:
            return PlanInForce._make(found[0])
    chain = store.chain.origin_id if store.has_chosen else 0
    asked = {"known_at": known_at, "origin": chain}
    plans = [PlanInForce._make(row) for row in store.rows(queries.PLANS_OF_CHAIN, asked)]
    refuse_unknown(store, key)
    if key or not plans:
        raise Refusal(f"在 {to_the_minute(known_at)} 之前还没有启用方案；请把 --known-at 写晚一些。")
    fitting = plans if len(plans) == 1 else [plan for plan in plans if str(plan.year) == day[:4]]
    if len(fitting) == 1:
        return fitting[0]
    choices = [f"--plan {plan.key}（{plan.title}）" for plan in fitting or plans]
    raise Refusal(f"台账里有几个方案，请用 --plan 写明是哪一个：{_some(choices, '；')}。")


def refuse_unknown(store: Store, key: str) -> None:
    """Refuse a plan that the ledger does not have; no key asks for none.

    Raises:
        Refusal: there is no such plan.
    """
    keys = [str(row[0]) for row in store.rows(queries.PLAN_KEYS)] if key else []
    if key and key not in keys:
        from planledger.plan.nearest import hint  # noqa: PLC0415  (only where something was typed wrong)

        raise Refusal(f"台账里没有方案 {key}。{hint(key, keys)}现有方案：{_some(keys)}。")


def _some(names: list[str], between: str = "、") -> str:
    """List what there is, of many only the first."""
    more = f"……共{len(names)}个，见 planledger status --all-plans" if len(names) > MOST else ""
    return between.join(names[:MOST]) + more
