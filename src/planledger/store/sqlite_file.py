"""A file of SQLite: its header, the files that SQLite keeps next to it, the settings of every connection."""

import sqlite3
from pathlib import Path

from planledger.store import database
from planledger.store.errors import StorageTrouble, os_error_text

APPLICATION_ID = 0x504C4447  # "PLDG" at offset 68 of the file
READING = ("trusted_schema=OFF", "cell_size_check=ON")
WRITING = (*READING, "foreign_keys=ON", "synchronous=EXTRA", "recursive_triggers=ON")
HEAD = 100  # bytes of its header, which shows what a file is
MAGIC = b"SQLite format 3\x00"


def read_header(path: Path) -> bytes:
    """The header of a file of SQLite, or as much as a file has of it.

    Only before a connection exists: closing any handle on a database file drops the locks that the same process
    holds through SQLite.
    """
    with path.open("rb") as file:
        return file.read(HEAD)


def application_of(header: bytes) -> int:
    """The number of the program that a file of SQLite belongs to."""
    return int.from_bytes(header[68:72], "big")


def is_ledger(path: Path) -> bool:
    """Whether what stands at *path* begins as a ledger of ours does; no other ledger may be open in this process."""
    try:
        header = read_header(path) if path.is_file() else b""
    except OSError:
        return False
    return header.startswith(MAGIC) and application_of(header) == APPLICATION_ID


def journal_files(path: Path, part: str) -> Path:
    """The file that SQLite keeps next to a ledger; of a link, next to the file that it leads to."""
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f"{real.name}-{part}")


def is_there(path: Path) -> bool:
    """Whether a file stands at *path*.

    Raises:
        StorageTrouble: its folder cannot be read.
    """
    try:
        return path.exists()
    except OSError as error:
        raise not_opened(path, error) from error


def not_opened(path: Path, error: OSError) -> StorageTrouble:
    """The refusal of a ledger that cannot be opened, with the reason."""
    return StorageTrouble(f"台账 {path} 打不开（{os_error_text(error)}）；请检查路径和权限。")


def connect(uri: str, pragmas: tuple[str, ...] = WRITING) -> sqlite3.Connection:
    """Connect with the settings that keep a ledger whole: waiting writers, full syncs, foreign keys."""
    connection = sqlite3.connect(
        uri, uri=True, timeout=database.BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection
