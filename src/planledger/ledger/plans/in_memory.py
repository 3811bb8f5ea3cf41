"""The plan that is asked while there is no ledger: in force in memory, in tables that have columns and nothing else.

SQLModel owns the shape of a ledger, and takes longer to load than any question to answer. A question reads columns by
their names and needs no types, keys or triggers, so the tables here take their columns from what is written into them:
the classes of the rows of a plan, and the one INSERT of entries. A test compares them with those of a ledger.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planledger.ledger.chain.chain import plan_digest
from planledger.ledger.chain.journal import INSERT_ENTRY, append_all
from planledger.ledger.clerk import Clerk
from planledger.plan.model.terms import EntryKind
from planledger.plan.model.version import PARTS, Meta, Plan
from planledger.questions.receipt import Draft
from planledger.store.database import NAME, Chain
from planledger.store.paths import connect
from planledger.store.schema.steps import SCHEMA_VERSION
from planledger.store.sqlite.embedded import Embedded

_ID = "id INTEGER PRIMARY KEY"
_ENTRY_COLUMNS = INSERT_ENTRY.partition("(")[2].partition(")")[0]
VERSION = 1  # the row id of the one plan, and of its one version


def adopt_in_memory(plan: Plan, clerk: Clerk) -> Embedded:
    """Put *plan* in force in a store that lives in memory only: questions are answered from it while there is no ledger."""
    chain, digest = Chain(1, secrets.token_hex(NAME // 2), ""), plan_digest(plan)
    store = Embedded(connect("file::memory:"), "（尚无台账）", chain)
    store.is_kept = False
    with store.transaction():
        store.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        store.connection.execute(f"CREATE TABLE entry ({_ENTRY_COLUMNS})")
        _fill(store, "origin", (_ID, "name", "office"), (chain,))
        _fill(store, "plan", (_ID, "key", "origin_id"), ((VERSION, plan.meta.key, chain.origin_id),))
        _fill(store, "version", (_ID, "plan_id", "digest"), ((VERSION, VERSION, digest),))
        _fill_rows(store, Meta, (plan.meta,))
        for name, part in PARTS.items():
            _fill_rows(store, part.row, getattr(plan, name))
        draft = Draft(EntryKind.ADOPTION.value, clerk.today, subject=digest, note=plan.meta.title)
        append_all(store, VERSION, (draft,), clerk)
    return store


def _fill_rows(store: Embedded, row: type[NamedTuple], rows: Sequence[tuple[object, ...]]) -> None:
    """Make the table of one class of rows, with those of the plan."""
    numbered = ((None, VERSION, position, *one) for position, one in enumerate(rows))
    _fill(store, row.__name__.lower(), (_ID, "version_id", "position", *row._fields), numbered)


def _fill(store: Embedded, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Make a table with its rows; what the columns are called is of our own classes, and nothing of it was typed."""
    store.connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    places = ", ".join("?" for _ in columns)
    store.connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608  (names of our own tables)
