"""What is known of the place of a ledger, in a file and on a server."""

from typing import NamedTuple


class Surroundings(NamedTuple):
    """What was found of the place of a ledger."""

    size: int  # bytes of the ledger
    files: int  # that were attached, as they lie there
    files_size: int
    free: int  # bytes left on the disk; -1 where nobody says
    is_open_to_others: bool
    has_journal: bool  # a write was cut off, or goes on just now
    is_writable: bool
    network: str  # kind of a network file system; empty on a disk of this machine
    synced: str  # the folder that a program synchronises; empty if none is known
    backups: int
    last_backup: str  # name of the newest


class ServerSurroundings(NamedTuple):
    """What was found of the place of a ledger on a server."""

    version: str  # of the server
    clock: str  # its own moment, in +08:00
    may_change: bool  # the role may change or remove what was recorded
    is_open: bool  # what goes to and fro can be read on the way
    files: str  # the shared folder; empty where none is there
    is_there: bool
    chains: int
