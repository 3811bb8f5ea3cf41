"""A ledger from a server carried into a file: the same rows, so the same chain, in the layout of a desk."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, insert, select
from sqlmodel import SQLModel

from planledger.store.places import file_uri
from planledger.store.schema import make

_AT_ONCE = 2_000


def carry(source: Connection, path: Path | str) -> None:
    """Copy every row of a ledger into an empty file, inside the transaction that the caller holds."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(file_uri(path, "rw"), uri=True),
        hide_parameters=True,
        poolclass=NullPool,
    )
    try:
        with engine.begin() as target:
            make(target)
            for table in SQLModel.metadata.sorted_tables:
                rows = source.execute(
                    select(table).order_by(*table.primary_key.columns),
                    execution_options={"stream_results": True, "yield_per": _AT_ONCE},
                )
                for several in rows.mappings().partitions():
                    target.execute(insert(table), [dict(row) for row in several])
    finally:
        engine.dispose()
