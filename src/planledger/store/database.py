"""The way to the database: opening without harm, transactions, and what its errors mean.

A read opens the file read-only, so it can neither make a ledger nor change one. A write is one
transaction that waits its turn (BEGIN IMMEDIATE) and is on the disk when it returns.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planledger.plan.refusal import ExitCode, Refusal
from planledger.store.trouble import meaning

APPLICATION_ID = 0x504C4447  # "PLDG" at offset 68 of the file
SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0
READING = ("trusted_schema=OFF", "cell_size_check=ON")
WRITING = (*READING, "foreign_keys=ON", "synchronous=EXTRA", "recursive_triggers=ON")
_HEAD = 100
MAGIC = b"SQLite format 3\x00"


class NotALedger(Refusal):
    """The file is missing, damaged, or something else than a ledger."""

    exit_code = ExitCode.NOT_A_LEDGER


class NewerLedger(Refusal):
    """The ledger was made by a newer program; this one must not touch it."""

    exit_code = ExitCode.NEWER_LEDGER


class Busy(Refusal):
    """Another program holds the ledger."""

    exit_code = ExitCode.BUSY


class StorageTrouble(Refusal):
    """The disk is full, read-only, or fails."""

    exit_code = ExitCode.STORAGE


_TROUBLE: tuple[tuple[str, type[Refusal], str], ...] = (
    (
        "SQLITE_BUSY",
        Busy,
        "台账 {path} 正被另一个程序使用，等了{seconds:.0f}秒仍未空出；请稍后再试。台账未改动。",
    ),
    ("SQLITE_LOCKED", Busy, "台账 {path} 正被另一个程序使用；请稍后再试。台账未改动。"),
    ("SQLITE_FULL", StorageTrouble, "磁盘已满，台账 {path} 写不进去；请腾出空间后再试。台账未改动。"),
    (
        "SQLITE_READONLY_DBMOVED",
        StorageTrouble,
        "台账 {path} 刚被移走或换成了别的；请再运行一次。台账未改动。",
    ),
    (
        "SQLITE_READONLY",
        StorageTrouble,
        "台账 {path} 是只读的，写不进去；请检查文件和文件夹的权限。台账未改动。",
    ),
    ("SQLITE_CANTOPEN", StorageTrouble, "台账 {path} 打不开；请检查文件夹是否存在、是否可读写。台账未改动。"),
    ("SQLITE_IOERR", StorageTrouble, "读写台账 {path} 时磁盘出错；请检查磁盘后再试。台账未改动。"),
    ("SQLITE_PERM", StorageTrouble, "没有权限读写台账 {path}；请检查文件权限。台账未改动。"),
    ("SQLITE_NOTADB", NotALedger, "{path} 不是台账文件，或已损坏；请用备份恢复。文件未改动。"),
    ("SQLITE_CORRUPT", NotALedger, "台账 {path} 已损坏；请勿再写，用备份恢复。文件未改动。"),
)


class Store:
    """An open ledger: asks with SQL text, writes inside one transaction.

    It gives rows back as plain tuples and decides nothing.
    """

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Take over *connection*, whose isolation is ours to manage; *path* is for messages."""
        self.connection = connection
        self.path = path

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Ask, and return every row."""
        with speaking_of(self.path):
            return self.connection.execute(sql, params or {}).fetchall()

    def row(self, sql: str, params: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        """Ask for one row; None where there is none."""
        rows = self.rows(sql, params)
        return rows[0] if rows else None

    def walk(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """Ask, and give the rows one by one as they are read: for questions about a whole ledger."""
        with speaking_of(self.path):
            yield from self.connection.execute(sql, params or {})

    def insert(self, sql: str, params: Mapping[str, Any]) -> None:
        """Append one row; only inside :meth:`transaction`."""
        with speaking_of(self.path):
            self.connection.execute(sql, params)

    def insert_all(self, sql: str, several: Sequence[Mapping[str, Any]]) -> None:
        """Append several rows of one kind; only inside :meth:`transaction`."""
        with speaking_of(self.path):
            self.connection.executemany(sql, several)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the one write: all of the block is stored and synced at its end, or none of it."""
        with speaking_of(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else away from the ledger, readers too, while it changes its place."""
        with speaking_of(self.path):
            self.connection.execute("BEGIN EXCLUSIVE")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one view of the ledger over several questions, however others write meanwhile."""
        with speaking_of(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def schema_version(self) -> int:
        """Say how the ledger is laid out."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def copy_into(self, path: Path) -> None:
        """Write the ledger, as it stands at this moment, into an empty file."""
        with speaking_of(str(path)):
            self.connection.execute("VACUUM INTO :path", {"path": str(path)})

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()


@contextmanager
def speaking_of(path: str) -> Iterator[None]:
    """Turn an error of the database into the sentence that the office can act on."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        for prefix, refusal, sentence in _TROUBLE:
            if name.startswith(prefix):
                raise refusal(sentence.format(path=path, seconds=BUSY_SECONDS)) from error
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise NotALedger(
            f"台账 {path} 里有读不懂的内容，可能已损坏；请勿再写，用备份恢复。文件未改动。"
        ) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise Refusal("输入里有台账不能保存的字符或过大的数；请重新输入。台账未改动。") from error


def probe(path: Path) -> None:
    """Refuse what is not a ledger of ours before SQLite touches it.

    The file is opened and closed here only before a connection exists: closing any handle on a
    database file drops the locks that the same process holds through SQLite.
    """
    if _is_folder(path):
        raise NotALedger(f"{path} 是文件夹，不是台账文件；请写出台账文件的名字，例如 {path / 'ledger.db'}。")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise NotALedger(f"没有台账 {path}；若要新建，请运行：planledger init --ledger {path}") from None
    except OSError as error:
        raise StorageTrouble(f"台账 {path} 打不开（{meaning(error)}）；请检查文件权限。") from error
    if len(head) < _HEAD or not head.startswith(MAGIC):
        raise NotALedger(f"{path} 不是台账文件；请检查 --ledger 后面的路径。文件未改动。")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotALedger(f"{path} 是别的程序的数据库，不是台账；请检查 --ledger 后面的路径。文件未改动。")
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        raise NewerLedger(
            f"台账 {path} 由更新的版本建立（第{version}版结构），请先升级 planledger。文件未改动。"
        )


def is_there(path: Path) -> bool:
    """Whether a file stands at *path*; a folder that cannot be looked into is trouble, not absence."""
    try:
        return path.exists()
    except OSError as error:
        raise StorageTrouble(f"看不了 {path}（{meaning(error)}）；请检查路径和权限。") from error


def _is_folder(path: Path) -> bool:
    return is_there(path) and path.is_dir()


def open_to_read(path: Path) -> Store:
    """Open a ledger for questions; nothing is written, not even beside it.

    Only a write that was killed half-way leaves work: SQLite must roll it back, and for that alone
    the file is opened for writing.
    """
    probe(path)
    try:
        return _opened(path, "ro")
    except StorageTrouble:
        if not path.with_name(path.name + "-journal").exists():
            raise
        return _opened(path, "rw")


def open_to_write(path: Path) -> Store:
    """Open a ledger for one write."""
    probe(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StorageTrouble(f"台账 {path} 是只读的，写不进去；请检查文件和文件夹的权限。台账未改动。")
    return _opened(path, "rw")


def _opened(path: Path, mode: str) -> Store:
    """Connect in *mode*, with every pragma that the invariants need, and touch the file once."""
    with speaking_of(str(path)):
        connection = connect(
            f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}", READING if mode == "ro" else WRITING
        )
        try:
            connection.execute("SELECT 1 FROM origin LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorname == "SQLITE_ERROR":
                raise NotALedger(
                    f"{path} 里没有台账的表，可能没有建完；请用备份恢复或换一个路径。"
                ) from error
            raise
        except BaseException:
            connection.close()
            raise
        return Store(connection, str(path))


def connect(uri: str, pragmas: tuple[str, ...] = WRITING) -> sqlite3.Connection:
    """Connect with the settings that keep a ledger whole: waiting writers, full syncs, foreign keys."""
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection
