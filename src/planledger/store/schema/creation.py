"""The schema of a ledger file: made from the tables, kept append-only by triggers, numbered.

The triggers guard against our own faults and a slip in a database browser; a person who means to
alter the file is caught by the chain, not by them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, UniqueConstraint, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from planledger.store.paths import APPLICATION_ID
from planledger.store.schema.steps import SCHEMA_VERSION
from planledger.store.schema.tables import METADATA


def make(connection: Connection) -> None:
    """Make an empty ledger inside the caller's transaction: tables, indexes, triggers, number."""
    METADATA.create_all(connection)
    for table in METADATA.sorted_tables:
        for statement in _guards(table):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _guards(table: Table) -> list[str]:
    """The triggers that refuse UPDATE, DELETE, and INSERT OR REPLACE on *table*."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    keys = [list(table.primary_key.columns.keys())]
    keys += [c.columns.keys() for c in table.constraints if isinstance(c, UniqueConstraint)]
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table.name} WHERE "  # noqa: S608  (names of our own tables)
        + " AND ".join(f"{column} = NEW.{column}" for column in sorted(key))
        + ")"
        for key in sorted(keys)
    )
    return [
        f"CREATE TRIGGER {table.name}_no_update BEFORE UPDATE ON {table.name} {refuse}",
        f"CREATE TRIGGER {table.name}_no_delete BEFORE DELETE ON {table.name} {refuse}",
        f"CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON {table.name} WHEN {taken} {refuse}",
    ]


@contextmanager
def embedded_session(connection: sqlite3.Connection) -> Iterator[Session]:
    """A session of SQLModel over a connection to a file; its transaction waits for other writers."""
    engine = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with Session(engine) as session:
            yield session
    except DBAPIError as error:
        # `translate_errors` knows the errors of the database itself
        raise (error.orig or error) from None
    except SQLAlchemyError as error:  # what was written was not read back as it must be
        raise sqlite3.DatabaseError(str(error)) from error
