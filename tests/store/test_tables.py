"""One definition of each column: tables, rows of the plan, and every SELECT agree."""

import re

import pytest

from planledger.ledger import journal
from planledger.ledger.adoption import in_memory
from planledger.ledger.hand import Hand
from planledger.plan import document, model
from planledger.plan.document import Plan
from planledger.questions import queries
from planledger.questions.history import Entry
from planledger.questions.plans import PlanInForce
from planledger.questions.progress import Amendment, Mark, PlanMark, Single
from planledger.store import tables
from statements import STATEMENTS, parameters

ROWS = (
    document.Meta, model.Side, model.Agency, model.Area, document.Clause, model.Item, model.Indicator, model.Duty,
    model.Milestone, model.Requirement, model.Filing, document.Finding, model.Source,
)  # fmt: skip
SELECTS = {
    "META": document.Meta,
    "SIDES": model.Side,
    "AGENCIES": model.Agency,
    "AREAS": model.Area,
    "CLAUSES": document.Clause,
    "ITEMS": model.Item,
    "INDICATORS": model.Indicator,
    "DUTIES": model.Duty,
    "MILESTONES": model.Milestone,
    "REQUIREMENTS": model.Requirement,
    "FILINGS": model.Filing,
    "FINDINGS": document.Finding,
    "SOURCES": model.Source,
}
READ_MODELS = {
    "PLANS_IN_FORCE": PlanInForce,
    "PLAN_IN_FORCE": PlanInForce,
    "SINGLES": Single,
    "MARKS": Mark,
    "PLAN_MARKS": PlanMark,
    "AMENDMENTS": Amendment,
    "HISTORY": Entry,
    "ENTRY": Entry,
}


@pytest.mark.parametrize(("table", "row"), list(zip(tables.VERSIONED, ROWS, strict=True)))
def test_a_table_has_the_fields_of_its_row_and_no_others(table: type[tables._Row], row: type) -> None:
    own = [name for name in table.model_fields if name not in ("id", "version_id", "position")]

    assert list(row._fields) == own  # type: ignore[attr-defined]


def test_a_plan_has_a_part_for_every_table() -> None:
    assert len(Plan._fields) - len({"format"}) == len(tables.VERSIONED)


@pytest.mark.parametrize("name", SELECTS)
def test_a_select_names_the_columns_of_its_row_in_their_order(plan: Plan, name: str) -> None:
    store = in_memory(plan, Hand("", "2019-04-01T09:00:00.000000+08:00"))
    cursor = store.connection.execute(getattr(queries, name), {"version": 1})

    assert list(SELECTS[name]._fields) == [column[0] for column in cursor.description]  # type: ignore[attr-defined]
    store.close()


@pytest.mark.parametrize("name", READ_MODELS)
def test_a_question_names_its_columns_as_its_read_model_does(plan: Plan, name: str) -> None:
    store = in_memory(plan, Hand("", "2019-04-01T09:00:00.000000+08:00"))
    sql = getattr(queries, name)
    cursor = store.connection.execute(sql, parameters(sql))

    assert list(READ_MODELS[name]._fields) == [column[0] for column in cursor.description]  # type: ignore[attr-defined]
    store.close()


def test_the_one_insert_names_every_column_of_an_entry() -> None:
    columns, values = re.findall(r"\(([^()]*)\)", journal.INSERT_ENTRY)

    assert sorted(tables.Entry.model_fields) == sorted(word.strip() for word in columns.split(","))
    assert [word.strip() for word in columns.split(",")] == [
        word.strip().removeprefix(":") for word in values.split(",")
    ]


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_uses_a_function_of_one_database(name: str) -> None:
    for dialect_only in ("group_concat", "json_", "strftime", "date(", "ifnull", "printf"):
        assert dialect_only not in STATEMENTS[name].lower()
