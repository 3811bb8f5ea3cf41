"""Bringing an older ledger to the newest layout: for a question in memory, for the first write in the file, after a copy.

The steps run in one transaction: a ledger is of one version or of the next, never in between.
"""

import sqlite3
from pathlib import Path

from planledger.store.database import BUSY_SECONDS
from planledger.store.errors import StorageTrouble, os_error_text
from planledger.store.paths import file_uri
from planledger.store.schema import steps
from planledger.store.sqlite.embedded import Embedded, sole_chain, translate_errors
from planledger.store.sqlite_file import WRITING, connect


def upgraded_copy(path: Path, old: Embedded) -> Embedded:
    """Give a copy of an older ledger in the newest layout; the file stays as it is."""
    connection = connect("file::memory:")
    with translate_errors(str(path)):
        old.connection.backup(connection)
        _step(connection)
    old.close()
    return Embedded(connection, str(path), sole_chain(connection))


def upgrade(path: Path) -> str:
    """Bring a ledger to the newest layout, and say where the copy of the old one lies; empty if somebody else did it.

    Raises:
        StorageTrouble: the copy cannot be written; the ledger stays as it was.
    """
    with translate_errors(str(path)):
        connection = connect(file_uri(path, "rw"), WRITING)
    try:
        copy = _copied(Embedded(connection, str(path)), path)
        with translate_errors(str(path)):
            return str(copy) if _step(connection) else ""
    finally:
        connection.close()


def _copied(store: Embedded, path: Path) -> Path:
    """Copy the ledger as it is into the folder of its backups."""
    from planledger.store.sqlite.package import copy_ledger

    folder = path.with_name(f"{path.name}.backups")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            f"升级前的备份建不到 {folder}（{os_error_text(error)}）；请检查权限和磁盘空间。台账未改动。"
        ) from error
    number, version = 1, store.schema_version()
    while (copy := folder / f"{path.stem}-v{version}{f'-{number}' if number > 1 else ''}.db").exists():
        number += 1
    copy_ledger(store, copy, copy)
    return copy


def _step(connection: sqlite3.Connection) -> bool:
    """Run the steps that are left, all or none; say whether there were any."""
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        left = steps.STEPS[version - 1 :]
        for step in left:
            for statement in step.statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {steps.SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # Ctrl-C may come when all is stored
            connection.execute("ROLLBACK")
        raise
    return bool(left)
