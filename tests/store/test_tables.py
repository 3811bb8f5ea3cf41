"""One definition of each column: tables, rows of the plan, and every SELECT agree."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from planledger.ledger.chain import journal
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.model.version import Plan
from planledger.plan.phrases.unit_names import UnitChange
from planledger.questions import sql as questions_sql
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.figure import UnsummedAmount
from planledger.questions.facts.plans import PlanInForce
from planledger.questions.facts.progress import Mark
from planledger.store.schema import tables
from planledger.store.sqlite.embedded import Embedded
from planledger.store.sqlite.opening import open_to_read
from statements import ROWS, STATEMENTS, parameters
from trials import every

READ_MODELS = {
    "PLANS_OF_CHAIN": PlanInForce,
    "PLAN_IN_FORCE": PlanInForce,
    "SINGLES": UnsummedAmount,
    "MARKS": Mark,
    "PLAN_MARKS": Mark,
    "AMENDMENTS": Mark,
    "UNIT_CHANGES": UnitChange,
    "ARRIVALS": Mark,
    "HISTORY": Entry,
    "ENTRY": Entry,
}


@pytest.mark.parametrize(("row", "table"), list(tables.VERSIONED.items()))
def test_a_table_has_the_fields_of_its_row_and_no_others(row: type, table: type[tables._Row]) -> None:
    own = [name for name in table.model_fields if name not in ("id", "version_id", "position")]

    assert list(row._fields) == own  # type: ignore[attr-defined]


def test_a_plan_has_a_part_for_every_table() -> None:
    assert len(Plan._fields) - len({"format"}) == len(tables.VERSIONED)
    assert list(ROWS) == list(tables.VERSIONED)


@pytest.fixture(scope="module")
def store(fresh_ledger: Path) -> Iterator[Embedded]:
    """A ledger as SQLModel makes it."""
    opened = open_to_read(fresh_ledger)
    yield opened
    opened.close()


@pytest.mark.parametrize("row", ROWS)
def test_a_select_names_the_columns_of_its_row_in_their_order(store: Embedded, row: type[NamedTuple]) -> None:
    cursor = store.connection.execute(questions_sql.plan_rows(row), {"version": 1})

    assert list(row._fields) == [column[0] for column in cursor.description]


@pytest.mark.parametrize("name", READ_MODELS)
def test_a_question_names_its_columns_as_its_read_model_does(store: Embedded, name: str) -> None:
    sql = getattr(questions_sql, name)
    cursor = store.connection.execute(sql, parameters(sql))

    assert list(READ_MODELS[name]._fields) == [column[0] for column in cursor.description]  # type: ignore[attr-defined]


def test_a_plan_in_memory_has_the_tables_of_a_ledger_and_their_columns(plan: Plan) -> None:
    """All but the turn of a chain, by which a server locks it, so that every question may be asked of it."""
    store = adopt_in_memory(plan, Clerk("", "2019-04-01T09:00:00.000000+08:00"))
    names = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    made = {name: {column[1] for column in store.rows(f"PRAGMA table_info({name})")} for name in names}
    store.close()

    kept = {table.name: set(table.columns.keys()) - {"turn"} for table in tables.METADATA.sorted_tables}
    assert kept == made


def test_the_one_insert_names_every_column_of_an_entry() -> None:
    columns, values = re.findall(r"\(([^()]*)\)", journal.INSERT_ENTRY)

    assert sorted(tables.Entry.model_fields) == sorted(word.strip() for word in columns.split(","))
    assert [word.strip() for word in columns.split(",")] == [
        word.strip().removeprefix(":") for word in values.split(",")
    ]


@every((name, [name]) for name in STATEMENTS)
def test_no_statement_uses_a_function_of_one_database(name: str) -> None:
    for dialect_only in ("group_concat", "json_", "strftime", "date(", "ifnull", "printf"):
        assert dialect_only not in STATEMENTS[name].lower()
