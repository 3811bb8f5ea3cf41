"""Copies of a ledger, in a file and in memory; an older ledger is copied, and then brought to the newest layout.

A question upgrades a copy in memory; the first write copies the file and upgrades it in its place.
The steps run in one transaction: a ledger is of one version or of the next, never in between.
"""

import sqlite3
from itertools import count
from pathlib import Path

from planledger.store.database import BUSY_SECONDS, Store
from planledger.store.errors import StorageTrouble, translate_os_errors, translate_writing, why_not_opened
from planledger.store.files.disk import free_name, new_file
from planledger.store.paths import WRITING, backups_beside, connect, file_uri
from planledger.store.schema import steps
from planledger.store.sqlite.embedded import Embedded, sole_chain, translate_errors

_COPIES = count()  # copies in memory have names of this process alone


def copy_ledger(store: Store, to: Path, shown_as: Path) -> None:
    """Copy a ledger, as it stands at this moment, into a new file; *shown_as* is the name that the user knows.

    Raises:
        StorageTrouble: it cannot be written there.
    """
    with translate_writing(shown_as):
        new_file(to).close()  # SQLite would let everybody read it
    try:
        store.copy_into(to)
    except StorageTrouble as trouble:  # its sentence names the draft
        why = why_not_opened(str(to))
        raise StorageTrouble(f"写不进 {shown_as}；{why}，再检查磁盘空间。") from trouble


def copy_in_memory(store: Store) -> Embedded:
    """Copy a ledger, as it stands at this moment, into memory, for the chain that *store* uses.

    The ledger itself is only read, wherever it is kept: the copy waits for no other writer, and works on a read-only disk.
    """
    name = f"file:copy{next(_COPIES)}?mode=memory&cache=shared"
    copy = connect(name)
    try:
        store.copy_into(name)
    except BaseException:
        copy.close()
        raise
    return Embedded(copy, store.path, store.chain if store.has_chosen else None)


def upgraded_copy(path: Path, old: Embedded) -> Embedded:
    """A copy of an older ledger in memory, in the newest layout; the file stays as it is."""
    connection = connect("file::memory:")
    with translate_errors(str(path)):
        old.connection.backup(connection)
        _step(connection)
    old.close()
    return Embedded(connection, str(path), sole_chain(connection))


def upgrade(path: Path) -> str:
    """Bring a ledger to the newest layout.

    Returns:
        Where the copy of the old one lies; empty if another program has upgraded it meanwhile.

    Raises:
        StorageTrouble: the copy cannot be written; the ledger stays as it was.
    """
    with translate_errors(str(path)):
        connection = connect(file_uri(path, "rw"), WRITING)
    try:
        copy = _copy_before_upgrade(Embedded(connection, str(path)), path)
        with translate_errors(str(path)):
            return str(copy) if _step(connection) else ""
    finally:
        connection.close()


def _copy_before_upgrade(store: Embedded, path: Path) -> Path:
    """Copy the ledger as it is into the folder of its backups."""
    folder = backups_beside(path)
    with translate_os_errors(f"升级前的备份建不到 {folder}", "请检查权限和磁盘空间。台账未改动。"):
        folder.mkdir(mode=0o700, exist_ok=True)
    copy = free_name(folder / f"{path.stem}-v{store.schema_version()}.db")
    copy_ledger(store, copy, copy)
    return copy


def _step(connection: sqlite3.Connection) -> bool:
    """Run the steps that are left, all or none.

    Returns:
        Whether there were any.
    """
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
