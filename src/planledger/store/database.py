"""An open ledger, whatever database keeps it, and its chains."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from planledger.plan.refusal import Refusal
from planledger.store.errors import Unsound

if TYPE_CHECKING:
    from sqlmodel import Session

    from planledger.store.place import ServerSurroundings, Surroundings

T = TypeVar("T")
BUSY_SECONDS = 10.0
NAME = 16  # hexadecimal digits of the name of a chain
DIGEST = 64  # of a SHA-256
_HEX = frozenset("0123456789abcdef")
_CHAIN_SPACE = 10_000_000_000  # row ids of one chain: more entries would take those of the next

CHAINS = "SELECT o.id, o.name, o.office FROM origin o ORDER BY o.id"
FIRST_CHAINS = CHAINS + " LIMIT 2"
_CHAIN_OF_PLAN = (
    "SELECT o.id, o.name, o.office FROM plan p JOIN origin o ON o.id = p.origin_id WHERE p.key = :key"
)


def is_hex(text: str, digits: int) -> bool:
    """Whether a name is so many hexadecimal digits as we write them: what names a file or a folder is nothing else."""
    return len(text) == digits and _HEX.issuperset(text)


class Chain(NamedTuple):
    """The entries of one office, each sealed onto the one before it (链); most ledgers have one."""

    origin_id: int
    name: str  # random, for ever
    office: str  # what the office calls itself; may be empty

    @property
    def shown_name(self) -> str:
        """The name of the chain where there are several: that of its office."""
        return self.office or f"未写名称（{self.name}）"

    def entry_id(self, number: int) -> int:
        """The row id of the entry that people know by *number*, its place in the chain.

        Two chains in one database never take the same row id, so that neither waits for the other.
        """
        return (self.origin_id - 1) * _CHAIN_SPACE + number

    def part_of(self, files: Path) -> Path:
        """The folder of its files in that of a ledger: the first office's lie in it, those of each other in one of its own."""
        return files if self.origin_id == 1 else files / self.folder

    @property
    def folder(self) -> str:
        """The name of the folder of its files.

        Raises:
            Unsound: its name is none that the program gives, and might lead anywhere.
        """
        if not is_hex(self.name, NAME):
            raise Unsound(
                f"台账里链的名称“{self.name}”不是程序所写，可能被改动过；请勿再登记，运行 planledger verify 核对。"
            )
        return self.name

    def holds(self, number: int) -> bool:
        """Whether an entry may have that number; a larger one would be another chain's row."""
        return 0 < number < _CHAIN_SPACE

    @property
    def end(self) -> int:
        """A row id after those of all entries of the chain."""
        return self.entry_id(_CHAIN_SPACE)


class Store(ABC):
    """An open ledger: it runs SQL text, and writes inside one transaction, for the chain of one office.

    Rows are plain tuples; nothing is judged here.
    """

    path: str  # for messages: where it is, without any password
    is_kept = True  # anywhere; else it is gone with the command, and nobody can hold an answer against it
    copy_before_upgrade = ""  # where the ledger is as it was, if opening it brought it to a newer layout
    _chain: Chain | None = None

    @property
    def chain(self) -> Chain:
        """The chain that this ledger writes, and whose numbers people type.

        Raises:
            Refusal: several offices share the database, and no plan names the one that is meant.
        """
        if self._chain is None:
            raise Refusal(
                f"{self.path} 里有几个办公室各自的台账，请用 --plan（或环境变量 PLANLEDGER_PLAN）写明是哪一个。"
            )
        return self._chain

    @property
    def has_chosen(self) -> bool:
        """Whether a chain is chosen, or there is only one."""
        return self._chain is not None

    def choose(self, plan_key: str) -> Self:
        """Use the chain of a plan, where several offices share the database."""
        if self._chain is None and plan_key:
            row = self.row(_CHAIN_OF_PLAN, {"key": plan_key})
            self._chain = Chain._make(row) if row else None
        return self

    def chains(self) -> tuple[Chain, ...]:
        """Every chain in the database."""
        return tuple(Chain._make(row) for row in self.rows(CHAINS))

    def of(self, chain: Chain) -> Self:
        """The same ledger, over the same connection, for another chain."""
        other = copy(self)
        other.use_chain(chain)
        return other

    def use_chain(self, chain: Chain) -> None:
        """Use a chain from now on."""
        self._chain = chain

    def row(self, sql: str, params: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        """The first row of a question; None where there is none."""
        rows = self.rows(sql, params)
        return rows[0] if rows else None

    def run(self, action: Callable[[Self], T]) -> T:
        """Run an action, which is one transaction."""
        return action(self)

    @abstractmethod
    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a question."""

    @abstractmethod
    def walk(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, one by one as they are read: for questions about a whole ledger."""

    @abstractmethod
    def insert_all(self, sql: str, several: Sequence[Mapping[str, Any]]) -> None:
        """Append several rows of one kind; only inside :meth:`transaction`."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """Hold the one write of the chain: all of the block is stored and synced at its end, or none of it."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Hold one view of the ledger over several questions, however others write meanwhile; within one it is the same."""

    @abstractmethod
    def session(self) -> AbstractContextManager["Session"]:
        """Let SQLModel write in one transaction, over the connection that the questions are asked on."""

    @abstractmethod
    def schema_version(self) -> int:
        """The number of the ledger's layout."""

    @abstractmethod
    def structure_fault(self) -> str:
        """How the tables, and all that belongs to them, differ from what the program makes; one sentence, empty if they agree."""

    @abstractmethod
    def inner_fault(self) -> str:
        """Have the database compare tables and indexes; one sentence, empty if they agree."""

    @abstractmethod
    def surroundings(self) -> "Surroundings | ServerSurroundings":
        """The state of the place where the ledger is kept; nothing is written."""

    @abstractmethod
    def copy_into(self, path: Path | str) -> None:
        """Write the whole ledger, as it stands at this moment, into an empty file of SQLite."""

    @property
    @abstractmethod
    def files(self) -> Path:
        """The folder of the files that belong to the chain (佐证材料)."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection to the ledger."""
