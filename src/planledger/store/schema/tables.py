"""The tables of a ledger, each column once, and how they are made: SQLModel owns the shape.

A table of a plan version has the columns of its row in :mod:`planledger.plan.model.version`. An entry names things by
their names, never by row ids, so that ledgers can be merged and a seal can be recomputed from the row alone. Flags are
0 or 1; days are text `YYYY-MM-DD`. Triggers keep every table append-only. They guard against our own faults and a slip
in a database browser; a person who means to alter the file is caught by the chain, not by them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import new_class
from typing import Annotated, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Field, Session, SQLModel

from planledger.plan.model.version import PARTS, Meta
from planledger.store.paths import APPLICATION_ID
from planledger.store.schema.steps import IS_IMPOSSIBLE, SCHEMA_VERSION, guards

# On a server texts are compared as SQLite compares them, whatever language the server is set to.
Words = Annotated[str, Field(sa_type=sa.Text().with_variant(sa.Text(collation="C"), "postgresql"))]
Large: Any = sa.Integer().with_variant(sa.BigInteger, "postgresql")
COUNTED_BY_US = {"autoincrement": False}
STRICT: dict[str, Any] = {"sqlite_strict": True}
METADATA = SQLModel.metadata  # of every table below


class Origin(SQLModel, table=True):
    """An office whose entries form one chain; the first row is this ledger's own."""

    __table_args__ = (sa.UniqueConstraint("name"), STRICT)
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs=COUNTED_BY_US)
    name: Words  # random, for ever: distinguishes chains when ledgers meet
    office: Words  # what the office calls itself; may be empty; the first entry seals it
    turn: int = 0  # without meaning: on a server, the right to change it is the right to lock the chain


class Plan(SQLModel, table=True):
    """A plan by its identity, whatever its versions say."""

    __table_args__ = (sa.UniqueConstraint("key"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    key: Words
    origin_id: int = Field(foreign_key="origin.id", index=True)  # the chain that its entries are sealed into


class Version(SQLModel, table=True):
    """One wording of a plan; an adoption entry that carries its digest puts it in force."""

    __table_args__ = (sa.UniqueConstraint("plan_id", "digest"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    digest: Words  # SHA-256 of the version's rows, in hexadecimal


class _Row(SQLModel):
    """What every row of a plan version has."""

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="version.id")
    position: int  # the document's order, from 0


_KINDS = {str: Words, bool: int, int: int, int | None: Annotated[int | None, Field(sa_type=Large)]}


def _row_table(row: type[NamedTuple], *names: str) -> type[_Row]:
    """Return the table of a row of the plan, of which *names* together name one in a version."""
    body = {
        "__module__": __name__,
        "__annotations__": {column: _KINDS[kind] for column, kind in row.__annotations__.items()},
        "__table_args__": (sa.UniqueConstraint("version_id", *names), STRICT),
    }
    table: type[_Row] = new_class(row.__name__, (_Row,), {"table": True}, lambda space: space.update(body))
    return table


VERSIONED = {Meta: _row_table(Meta, "position")} | {
    part.row: _row_table(part.row, *(part.names if part.is_unique else ("position",)))
    for part in PARTS.values()
}


_FIGURE = ("plan_id", "code", "indicator", "side", "agency", "dated", "recorded_at", "amount", "seq")


def _index_of_some(name: str, where: str, *columns: str) -> sa.Index:
    """An index of the rows of which a condition is true, on either database."""
    return sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


class Entry(SQLModel, table=True):
    """One immutable record of the ledger, sealed into the chain of its origin.

    The figures index answers every one-plan sum without touching the rows; the marks index finds what
    is not a figure (declarations, papers, close-outs, adoptions); both leave other plans unread. The index of what no
    entry can be is empty.
    """

    __table_args__ = (
        sa.CheckConstraint("id > 0 AND seq > 0"),
        sa.UniqueConstraint("origin_id", "seq"),
        sa.UniqueConstraint("reverses"),
        _index_of_some("entry_figures", "indicator <> ''", *_FIGURE),
        _index_of_some("entry_marks", "indicator = ''", "plan_id", "code", "kind"),
        sa.Index("entry_order", "plan_id", "id"),
        _index_of_some("entry_impossible", IS_IMPOSSIBLE, "seq"),
        STRICT,
    )
    # made of the chain and the number
    id: int | None = Field(default=None, primary_key=True, sa_type=Large, sa_column_kwargs=COUNTED_BY_US)
    origin_id: int = Field(foreign_key="origin.id")
    seq: int  # place in the origin's chain, from 1: the number that people type
    plan_id: int = Field(foreign_key="plan.id")
    kind: Words
    code: Words  # item; empty for what concerns the plan as a whole
    indicator: Words  # key; empty for what is not a figure
    amount: int | None = Field(sa_type=Large)  # in the indicator's smallest unit; negated in a reversal
    side: Words
    agency: Words  # official name; empty where the office records in its own name (本办代记)
    dated: Words  # the day of the work; a reversal takes it over from what it reverses
    recorded_at: Words  # YYYY-MM-DDTHH:MM:SS.ffffff+08:00
    recorded_by: Words  # a claim
    subject: Words  # of a paper its kind; of an adoption the version's digest; of a filing its key
    note: Words
    details: Words  # what else the kind says, a JSON array of [name, value] pairs; empty if nothing
    reverses: int | None = Field(default=None, foreign_key="entry.id", sa_type=Large)
    hash: bytes = Field(sa_type=sa.LargeBinary)  # the seal over this entry and the one before it


def indexes() -> list[sa.Index]:
    """Every index, always in the same order: that of their names."""
    every = (index for table in METADATA.sorted_tables for index in table.indexes)
    return sorted(every, key=lambda index: str(index.name))


def make(connection: sa.Connection) -> None:
    """Make an empty ledger inside the caller's transaction: tables, indexes, triggers, number."""
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table))
    for index in indexes():
        connection.execute(CreateIndex(index))
    for table in METADATA.sorted_tables:
        for statement in _guards(table):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _guards(table: sa.Table) -> tuple[str, ...]:
    """The triggers that keep *table* append-only."""
    unique = [tuple(c.columns.keys()) for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    return guards(table.name, tuple(table.primary_key.columns.keys()), *unique)


@contextmanager
def embedded_session(connection: sqlite3.Connection) -> Iterator[Session]:
    """A session of SQLModel over a connection to a file; its transaction waits for other writers."""
    engine = sa.create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    sa.event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with Session(engine) as session:
            yield session
    except DBAPIError as error:
        # `translate_errors` knows the errors of the database itself
        raise (error.orig or error) from None
    except SQLAlchemyError as error:  # what was written was not read back as it must be
        raise sqlite3.DatabaseError(str(error)) from error
