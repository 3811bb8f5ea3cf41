"""Everything that is known about a row: its words, its clause, its entries, what the document leaves open."""

from typing import NamedTuple

from planledger.plan.model.rows import Clause, Finding
from planledger.plan.phrases.texts import fold
from planledger.questions.answers.history import History, history
from planledger.questions.facts.plans import PlanInForce, empty_sheet, read_plan_rows
from planledger.questions.naming import rows_named
from planledger.questions.sheet import Row, Sheet, filled_sheet
from planledger.store.database import Store


class Dossier(NamedTuple):
    """One row, or the rows that one code names, with all that hangs on them."""

    sheet: Sheet
    rows: tuple[Row, ...]
    entries: dict[str, History]
    findings: tuple[Finding, ...]
    clauses: dict[str, str]


def dossier(store: Store, plan: PlanInForce, as_of: str, known_at: str, code: str) -> Dossier:
    """Gather everything about the rows that *code* names, as of a day and a moment, in one view of the ledger."""
    with store.snapshot():
        form = empty_sheet(store, plan)
        exact = fold(code) if any(row.item.code == fold(code) for row in form.rows) else ""
        sheet = filled_sheet(store, form, as_of, known_at, exact)
        rows = rows_named(sheet, code)
        codes = [row.item.code for row in rows]
        return Dossier(
            sheet=sheet,
            rows=rows,
            entries={one: history(store, plan, as_of, known_at, codes=(one,)) for one in codes},
            findings=read_plan_rows(store, Finding, plan.version_id),
            clauses={one.number: one.text for one in read_plan_rows(store, Clause, plan.version_id)},
        )
