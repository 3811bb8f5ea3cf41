"""The state of the place where a ledger is kept, as values: a file of this machine, or a server."""

from typing import NamedTuple


class Surroundings(NamedTuple):
    """The state of the place where a ledger file lies."""

    size: int  # bytes of the ledger
    files: int  # that were attached, as they lie there
    files_size: int
    free: int  # bytes left on the disk; -1 where the system does not say
    is_open_to_others: bool
    has_journal: bool  # a write was cut off, or goes on just now
    is_writable: bool
    network: str  # kind of a network file system; empty on a disk of this machine
    synced: str  # the folder that a program synchronises; empty if none is known
    backups: int
    last_backup: str  # name of the newest


class ServerSurroundings(NamedTuple):
    """The state of the server that keeps a ledger."""

    version: str  # of the server
    clock: str  # its own moment, in +08:00
    may_change: bool  # the role may change or remove what was recorded
    is_open: bool  # what goes to and fro can be read on the way
    files: str  # the shared folder; empty where none is there
    is_there: bool
    chains: int
