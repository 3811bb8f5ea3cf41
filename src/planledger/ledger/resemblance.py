"""The same forty people reported twice: a figure that another unit may have reported already (疑似重复上报)."""

from planledger.ledger.chain import with_details
from planledger.plan.terms import EntryKind, Measure, Scope
from planledger.questions import queries
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row
from planledger.store.database import Store


def marked(store: Store, plan_id: int, row: Row, draft: Draft) -> Draft:
    """Mark a draft that resembles what another unit reported of the same figure in the same month.

    Only a flow that counts for the item as a whole can be counted twice by two units. Alike are amounts
    that differ by at most a tenth. The mark is sealed with the entry: it says what was thought when it was stored.
    """
    figure = row.progress.figure(draft.indicator) if draft.kind == EntryKind.AMOUNT and draft.agency else None
    amount = draft.amount or 0
    if figure is None or not amount:
        return draft
    if figure.indicator.scope != Scope.WHOLE or figure.indicator.measure != Measure.FLOW:
        return draft
    month = draft.dated[:7]
    asked = {"plan": plan_id, "code": draft.code, "indicator": draft.indicator, "agency": draft.agency}
    asked |= {
        "first": f"{month}-01",
        "last": f"{month}-31",
        "least": -(-amount * 9 // 10),
        "most": amount * 10 // 9,
    }
    found = [int(row[0]) for row in store.rows(queries.RESEMBLING, asked)]
    return draft._replace(details=with_details(draft.details, resembles=str(min(found)))) if found else draft
