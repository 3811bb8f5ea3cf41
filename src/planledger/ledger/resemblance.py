"""The same forty people reported twice: a figure that another unit may have reported already (疑似重复上报)."""

from planledger.plan.entry_kinds import MEANING, Nature
from planledger.plan.sayable import with_details
from planledger.plan.terms import Measure, Scope
from planledger.questions import queries
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row
from planledger.store.database import Store


class Resemblance:
    """What other units reported of the same figures in the same months, asked once for each."""

    def __init__(self, store: Store, plan_id: int) -> None:
        """Look into *store*, at the entries of one plan."""
        self._store, self._plan_id = store, plan_id
        self._others: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    def marked(self, row: Row, draft: Draft) -> Draft:
        """Mark a draft that resembles what another unit reported of the same figure in the same month.

        Only a flow that counts for the item as a whole can be counted twice by two units. Alike are amounts
        that differ by at most a tenth. The mark is sealed with the entry: it says what was thought when it was stored.
        """
        is_figure = MEANING[draft.kind].nature is Nature.FIGURE and draft.agency and draft.amount
        figure = row.progress.figure(draft.indicator) if is_figure else None
        if figure is None or not draft.amount or figure.sources:  # who counts it is said
            return draft
        if figure.indicator.scope != Scope.WHOLE or figure.indicator.measure != Measure.FLOW:
            return draft
        least, most = -(-draft.amount * 9 // 10), draft.amount * 10 // 9
        found = [entry for entry, amount in self._reported(draft) if least <= amount <= most]
        if not found:
            return draft
        return draft._replace(details=with_details(draft.details, resembles=str(min(found))))

    def _reported(self, draft: Draft) -> list[tuple[int, int]]:
        name = (draft.code, draft.indicator, draft.agency, draft.dated[:7])
        if name not in self._others:
            code, indicator, agency, month = name
            asked = {"plan": self._plan_id, "code": code, "indicator": indicator, "agency": agency}
            asked |= {"first": f"{month}-01", "last": f"{month}-31"}
            rows = self._store.rows(queries.RESEMBLING, asked)
            self._others[name] = [(int(entry), int(amount)) for entry, amount in rows]
        return self._others[name]
