"""A file of SQLite: how it begins, what lies beside it, and the settings that every connection to it has."""

import sqlite3
from contextlib import nullcontext
from pathlib import Path

from planledger.store import database
from planledger.store.errors import StorageTrouble, os_error_text

APPLICATION_ID = 0x504C4447  # "PLDG" at offset 68 of the file
READING = ("trusted_schema=OFF", "cell_size_check=ON")
WRITING = (*READING, "foreign_keys=ON", "synchronous=EXTRA", "recursive_triggers=ON")
HEAD = 100  # bytes of its header, which tells what a file is
MAGIC = b"SQLite format 3\x00"


def is_ledger(path: Path) -> bool:
    """Whether what stands at *path* begins as a ledger of ours does; no other ledger may be open in this process."""
    try:
        with path.open("rb") if path.is_file() else nullcontext() as file:
            head = file.read(HEAD) if file else b""
    except OSError:
        return False
    return head.startswith(MAGIC) and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def journal_files(path: Path, part: str) -> Path:
    """Name what SQLite keeps beside a ledger: of a link, beside the file that it leads to."""
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f"{real.name}-{part}")


def is_there(path: Path) -> bool:
    """Whether a file stands at *path*; a folder that cannot be looked into is trouble, not absence."""
    try:
        return path.exists()
    except OSError as error:
        raise not_opened(path, error) from error


def not_opened(path: Path, error: OSError) -> StorageTrouble:
    """Say that a ledger cannot be opened, and why."""
    return StorageTrouble(f"台账 {path} 打不开（{os_error_text(error)}）；请检查路径和权限。")


def connect(uri: str, pragmas: tuple[str, ...] = WRITING) -> sqlite3.Connection:
    """Connect with the settings that keep a ledger whole: waiting writers, full syncs, foreign keys."""
    connection = sqlite3.connect(
        uri, uri=True, timeout=database.BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection
