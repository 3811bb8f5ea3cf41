"""Altering a ledger as somebody does who holds the file: the triggers are put away meanwhile, and stand again afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def unguarded(raw: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Let a ledger be altered, so that nothing but the alteration itself can be noticed."""
    raw.execute("PRAGMA synchronous = OFF")  # hundreds of statements, and nobody pulls the plug
    triggers = raw.execute(TRIGGERS).fetchall()
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    yield raw
    for _, statement in triggers:
        raw.execute(statement)
    raw.commit()
