"""What an administrator runs once so that a ledger may live on a server: tables, a role, and no right too many.

The program itself never makes or changes a table there; what it may do is printed here, for somebody to read first.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    NullPool,
    Table,
    Text,
    create_engine,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from planledger.store.paths import file_uri
from planledger.store.postgres.sqlstate import ENCODING
from planledger.store.schema import steps
from planledger.store.schema.creation import make
from planledger.store.schema.tables import METADATA

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
_AT_ONCE = 2_000  # rows that are copied together
# The version of the tables, and where files lie: the administrator's, and no table of the ledger.
LAYOUT = Table(
    "layout", MetaData(), Column("version", Integer, nullable=False), Column("files", Text, nullable=False)
)
# The first thing in a transaction: where it fails, nothing of what follows is done, whatever runs the statements.
# Its words are ASCII, because a database of another encoding may take no others.
_REFUSE_ENCODING = f"""DO $$ BEGIN
  IF current_setting('server_encoding') <> '{ENCODING}' THEN
    RAISE EXCEPTION 'this database has the encoding %, planledger needs {ENCODING}: createdb --encoding={ENCODING} --template=template0 NAME',
      current_setting('server_encoding');
  END IF;
END $$"""


def setup_sql(role: str, files: str) -> str:
    """The statements that set up an empty ledger for a role.

    Args:
        role: the name that the program logs in with; a plain identifier.
        files: the folder of evidence that all computers share; may be empty.
    """
    every = METADATA.sorted_tables
    made = [str(CreateTable(table).compile(dialect=DIALECT)).strip() for table in (*every, LAYOUT)]
    made += [
        str(CreateIndex(index).compile(dialect=DIALECT))
        for table in every
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    recorded = ", ".join(table.name for table in every)
    counted = ", ".join(f"{table.name}_id_seq" for table in every if table.autoincrement_column is not None)
    quoted = files.replace("'", "''")
    return "\n".join(
        (
            "BEGIN;",
            *(f"{statement};" for statement in (_REFUSE_ENCODING, *made)),
            f"INSERT INTO layout (version, files) VALUES ({steps.SCHEMA_VERSION}, '{quoted}');",  # noqa: S608  (for a person to read)
            f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
            f"GRANT SELECT, INSERT ON {recorded} TO {role};",
            f"GRANT SELECT ON layout TO {role};",
            f"GRANT USAGE ON SEQUENCE {counted} TO {role};",
            f"GRANT UPDATE (turn) ON origin TO {role};",
            "COMMIT;",
        )
    )


def steps_sql(version: int, role: str) -> str:
    """The statements that bring a ledger of an older layout to the newest; *role* may read and add to what is new."""
    left = [text for step in steps.STEPS[version - 1 :] for text in step.on_server or step.statements]
    lines = [f"{statement.replace('TO ROLE', f'TO {role}')};" for statement in (_REFUSE_ENCODING, *left)]
    number = f"UPDATE layout SET version = {steps.SCHEMA_VERSION};"  # noqa: S608  (for a person to read)
    return "\n".join(("BEGIN;", *lines, number, "COMMIT;"))


def copy_rows(source: Connection, path: Path | str) -> None:
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
            for table in METADATA.sorted_tables:
                rows = source.execute(
                    select(table).order_by(*table.primary_key.columns),
                    execution_options={"stream_results": True, "yield_per": _AT_ONCE},
                )
                for several in rows.mappings().partitions():
                    target.execute(insert(table), [dict(row) for row in several])
    finally:
        engine.dispose()
