"""A ledger in a file of SQLite: what every computer has.

A write waits its turn (BEGIN IMMEDIATE) and is on the disk when it returns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planledger.plan.refusal import Refusal
from planledger.store.database import BUSY_SECONDS, FIRST_CHAINS, Chain, Store
from planledger.store.errors import Busy, NewerLedger, NotALedger, StorageTrouble, why_not_opened
from planledger.store.paths import file_uri, files_beside
from planledger.store.schema import steps

if TYPE_CHECKING:
    from sqlmodel import Session

    from planledger.store.place import Surroundings

FIRST = Chain(1, "", "")  # by its place alone, where nobody asks for its name

_TROUBLE: tuple[tuple[str, type[Refusal], str], ...] = (
    ("SQLITE_BUSY", Busy, "台账 {path} 正被另一个程序使用，等了{seconds:.0f}秒仍未空出；请稍后再试。台账未改动。"),
    ("SQLITE_LOCKED", Busy, "台账 {path} 正被另一个程序使用；请稍后再试。台账未改动。"),
    ("SQLITE_FULL", StorageTrouble, "磁盘已满，台账 {path} 写不进去；请腾出空间后再试。台账未改动。"),
    ("SQLITE_READONLY_DBMOVED", StorageTrouble, "台账 {path} 刚被移走或换成了别的；请再运行一次。台账未改动。"),
    ("SQLITE_READONLY", StorageTrouble, "台账 {path} 是只读的，写不进去；请检查文件和文件夹的权限。台账未改动。"),
    ("SQLITE_CANTOPEN", StorageTrouble, "台账 {path} 打不开；{why}。台账未改动。"),
    ("SQLITE_IOERR", StorageTrouble, "读写台账 {path} 时磁盘出错；请检查磁盘后再试。台账未改动。"),
    ("SQLITE_PERM", StorageTrouble, "没有权限读写台账 {path}；请检查文件权限。台账未改动。"),
    ("SQLITE_NOTADB", NotALedger, "{path} 不是台账文件，或已损坏；请用备份恢复。文件未改动。"),
    ("SQLITE_CONSTRAINT", NotALedger, "台账 {path} 的约束或触发器不让登记，可能被改动过；请勿再登记，运行 planledger verify 核对。台账未改动。"),
    ("SQLITE_CORRUPT", NotALedger, "台账 {path} 已损坏；请勿再写，用备份恢复。文件未改动。"),
)  # fmt: skip


class Embedded(Store):
    """An open ledger file."""

    def __init__(self, connection: sqlite3.Connection, path: str, chain: Chain | None = FIRST) -> None:
        """Take over *connection*, whose isolation is ours to manage.

        Args:
            connection: to the file.
            path: where the file is.
            chain: which one is written; None where there are several and none was chosen yet.
        """
        self.connection = connection
        self.path = path
        self._chain = chain

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        with translate_errors(self.path):
            return self.connection.execute(sql, params or {}).fetchall()

    def walk(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, one by one as they are read."""
        with translate_errors(self.path):
            yield from self.connection.execute(sql, params or {})

    def insert_all(self, sql: str, several: Sequence[Mapping[str, Any]]) -> None:
        """Append several rows of one kind."""
        with translate_errors(self.path):
            self.connection.executemany(sql, several)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the one write: all of the block is stored and synced at its end, or none of it."""
        with translate_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_newer()
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._undo()
                raise

    def _refuse_newer(self) -> None:
        """Refuse to write where a newer program upgraded the ledger after it was opened here."""
        if self.schema_version() > steps.SCHEMA_VERSION:
            raise NewerLedger(f"台账 {self.path} 刚由更新的版本升级过，请先升级 planledger。台账未改动。")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else away from the ledger, readers too, while it changes its place."""
        with translate_errors(self.path):
            self.connection.execute("BEGIN EXCLUSIVE")
            try:
                yield
            finally:
                self._undo()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one view of the ledger over several questions, however others write meanwhile."""
        if self.connection.in_transaction:
            yield  # the view that is held already
            return
        with translate_errors(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._undo()

    def _undo(self) -> None:
        """Roll a transaction back, unless it has ended or, after Ctrl-C, its connection is closed already."""
        with suppress(sqlite3.ProgrammingError):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Let SQLModel write in one transaction that waits its turn."""
        from planledger.store.schema.tables import embedded_session

        with translate_errors(self.path), embedded_session(self.connection) as session, session.begin():
            yield session

    def schema_version(self) -> int:
        """The number of the ledger's layout."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def structure_fault(self) -> str:
        """How the file differs from one that is made new."""
        with translate_errors(self.path):
            from planledger.store.sqlite.structure import structure_fault

            return structure_fault(self.connection)

    def inner_fault(self) -> str:
        """Have SQLite compare tables and indexes: answers are read from indexes, seals from tables."""
        lost = self.rows("PRAGMA foreign_key_check")
        if lost:
            return f"台账文件内部不一致（{lost[0][0]} 表第{lost[0][1]}行指向不存在的行）。"
        answer = str(self.rows("PRAGMA integrity_check(1)")[0][0])
        return "" if answer == "ok" else f"台账文件内部不一致（{answer}）。"

    def surroundings(self) -> Surroundings:
        """The state of the place where the file lies; nothing is written."""
        from planledger.store.files.surroundings import surroundings

        return surroundings(Path(self.path))

    def copy_into(self, path: Path | str) -> None:
        """Write the ledger, as it stands at this moment, into an empty file."""
        with translate_errors(str(path)):
            self.connection.execute("VACUUM INTO :path", {"path": file_uri(path, "rw")})

    @property
    def files(self) -> Path:
        """The folder next to the ledger; a second office's files lie in a folder of its own in it."""
        return self.chain.part_of(files_beside(self.path))

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def sole_chain(connection: sqlite3.Connection) -> Chain | None:
    """The chain that a ledger writes; None where several offices share the file."""
    rows = connection.execute(FIRST_CHAINS).fetchall()
    return None if len(rows) > 1 else Chain._make(rows[0]) if rows else FIRST


@contextmanager
def translate_errors(path: str) -> Iterator[None]:
    """Turn an error of the database into the sentence that the office can act on."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the second of a text in the file, or of a message
        name = getattr(error, "sqlite_errorname", None) or ""
        for prefix, refusal, sentence in _TROUBLE:
            if name.startswith(prefix):
                why = why_not_opened(path)
                raise refusal(sentence.format(path=path, seconds=BUSY_SECONDS, why=why)) from error
        if isinstance(error, sqlite3.ProgrammingError):
            raise
        raise NotALedger(
            f"台账 {path} 里有读不懂的内容，可能已损坏；请勿再写，用备份恢复。文件未改动。"
        ) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise Refusal("输入里有台账不能保存的字符或过大的数；请重新输入。台账未改动。") from error
