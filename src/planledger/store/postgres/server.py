"""A ledger on a server of PostgreSQL's kind, for offices that share one; needs `planledger[server]`.

Every question is the same text as in a file. A write holds the row of its chain's origin, so that of two that come
at once the second waits, and builds on what the first one sealed.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from planledger.plan.days import CHINA
from planledger.store.database import Store
from planledger.store.errors import NoFolder, StorageTrouble
from planledger.store.place import ServerSurroundings
from planledger.store.postgres.sqlstate import LostRace, translate_server_errors

if TYPE_CHECKING:
    from sqlmodel import Session

T = TypeVar("T")
FILES = "PLANLEDGER_FILES"  # where this computer sees the folder that the offices share
TRIES = 8  # of an action that another write came before
_PAUSE_SECONDS = 0.02
_AT_ONCE = 2_000  # rows that are fetched together while a whole ledger is walked

LAYOUT = "SELECT version, files FROM layout"
# The right to change this one column is all that holding a chain takes; it is never changed.
_HOLD = "SELECT o.turn FROM origin o WHERE o.id = :origin FOR UPDATE"

# What a trigger would put off until the end happens now: an action reads back what it stored.
_SETTLE = "SET CONSTRAINTS ALL IMMEDIATE"

_SURROUNDINGS = """SELECT current_setting('server_version'), CAST(EXTRACT(EPOCH FROM now()) AS BIGINT),
has_table_privilege('entry', 'UPDATE') OR has_table_privilege('entry', 'DELETE') OR has_table_privilege('item', 'UPDATE'),
COALESCE((SELECT s.ssl FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()), FALSE),
COALESCE(host(inet_client_addr()), ''), (SELECT COUNT(*) FROM origin)"""
_AT_HOME = ("", "127.0.0.1", "::1")
_UNKNOWN = "与服务器 {place} 的连接在登记的最后一步断了，不知道登记上没有；请运行 planledger history 看过再决定是否重新登记。"


class Server(Store):
    """A ledger that lives in a database on a server."""

    def __init__(self, connection: Connection, place: str, files: str) -> None:
        """Take over *connection*.

        Args:
            connection: to the database.
            place: what the user knows it by, without any password.
            files: the shared folder that the administrator named; may be empty.
        """
        self.connection = connection
        self.path = place
        self._files = files

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        with translate_server_errors(self.path), self._within():
            return [tuple(row) for row in self.connection.execute(statement(sql), params or {})]

    def walk(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, one by one as they are fetched."""
        options = {"stream_results": True, "yield_per": _AT_ONCE}
        with translate_server_errors(self.path), self._within():
            for row in self.connection.execute(statement(sql), params or {}, execution_options=options):
                yield tuple(row)

    def insert_all(self, sql: str, several: Sequence[Mapping[str, Any]]) -> None:
        """Append several rows of one kind."""
        with translate_server_errors(self.path):
            self.connection.execute(statement(sql), several)
            self.connection.execute(statement(_SETTLE))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the chain: all of the block is stored and synced at its end, or none of it."""
        with translate_server_errors(self.path):
            transaction = self.connection.begin()
            try:
                if self.has_chosen:
                    self.connection.execute(statement(_HOLD), {"origin": self.chain.origin_id})
                yield
            except BaseException:
                if transaction.is_active:
                    transaction.rollback()
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise StorageTrouble(_UNKNOWN.format(place=self.path)) from error
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one view of the ledger over several questions, however others write meanwhile."""
        if self.connection.in_transaction():
            yield  # the view that is held already
            return
        with translate_server_errors(self.path):
            self.connection.execution_options(isolation_level="REPEATABLE READ")
            try:
                with self.connection.begin():
                    yield
            finally:
                self.connection.execution_options(isolation_level="READ COMMITTED")

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Let SQLModel write in one transaction that holds the chain."""
        from sqlmodel import Session

        with self.transaction(), Session(bind=self.connection) as session:
            yield session
            session.flush()

    def run(self, action: Callable[[Self], T]) -> T:
        """Run an action, again where another write came first; after a few times it is refused as busy, and nothing is stored."""
        for turn in range(1, TRIES):
            try:
                return action(self)
            except LostRace:
                time.sleep(random.uniform(0, _PAUSE_SECONDS * 2**turn))  # noqa: S311  (only to get out of step)
        return action(self)

    def schema_version(self) -> int:
        """The number of the ledger's layout."""
        return int(self.rows(LAYOUT)[0][0])

    def structure_fault(self) -> str:
        """How the tables differ from what was set up, by the server's catalogue."""
        from planledger.store.postgres.setup import catalogue_fault

        return catalogue_fault(self)

    def inner_fault(self) -> str:
        """Look for rows that refer to none; its indexes are the server's own matter."""
        from planledger.store.postgres.setup import lost_fault

        with self._within():
            return lost_fault(self, self.connection)

    def copy_into(self, path: Path | str) -> None:
        """Write the whole ledger, as it stands at this moment, into an empty file of SQLite."""
        from planledger.store.postgres.setup import copy_rows

        with self.snapshot():
            copy_rows(self.connection, path)

    @property
    def files(self) -> Path:
        """The folder of the chain, in the one that the offices share.

        Raises:
            NoFolder: the administrator named none, or it is not there.
        """
        if not self._shared:
            raise NoFolder(
                f"台账 {self.path} 没有设佐证材料的共享文件夹；请管理员设好（见 planledger server-setup --help），或在本机设环境变量 {FILES}。"
            )
        if not Path(self._shared).is_dir():
            raise NoFolder(
                f"佐证材料的共享文件夹 {self._shared} 不在这台电脑上；请接上共享文件夹，或用环境变量 {FILES} 写明它在哪里。"
            )
        return Path(os.path.realpath(self._shared)) / self.chain.folder

    @property
    def _shared(self) -> str:
        """The shared folder: as this machine names it, else as the administrator did."""
        return os.environ.get(FILES, "") or self._files

    def surroundings(self) -> ServerSurroundings:
        """The state of the server and the rights of the role; nothing is written."""
        ((version, clock, may_change, is_covered, client, chains),) = self.rows(_SURROUNDINGS)
        return ServerSurroundings(
            version=str(version),
            clock=datetime.fromtimestamp(int(clock), CHINA).isoformat(),
            may_change=bool(may_change),
            is_open=client not in _AT_HOME and not is_covered,
            files=self._shared,
            is_there=bool(self._shared) and Path(self._shared).is_dir(),
            chains=int(chains),
        )

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
        self.connection.engine.dispose()

    @contextmanager
    def _within(self) -> Iterator[None]:
        """Be inside the transaction that is held, else in one of its own."""
        if self.connection.in_transaction():
            yield
            return
        with self.connection.begin():
            yield


@cache
def statement(sql: str) -> TextClause:
    """A statement of SQLAlchemy, with the :name parameters of the text."""
    return text(sql)
