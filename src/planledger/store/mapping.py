"""SQLModel over a connection that is ours: where a plan's rows go into the tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session


@contextmanager
def embedded_session(connection: sqlite3.Connection) -> Iterator[Session]:
    """Let SQLModel write over a connection to a file, in a transaction that waits its turn."""
    engine = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with Session(engine) as session:
            yield session
    except DBAPIError as error:
        # what it means is said in one place, of the database's own errors
        raise (error.orig or error) from None
    except SQLAlchemyError as error:  # what was written did not come back as it must
        raise sqlite3.DatabaseError(str(error)) from error
