"""A disk that loses its power, as a file system for apsw: what was not synced may be there, in part, or not.

It is a model. A file is a run of sectors of 512 bytes; a sector that was written and not synced survives at random,
as do a cut, a deletion and a new name that were not. Syncing a file makes what is in it durable, and the first sync of
a new journal its folder as well, which is what SQLite does on a disk of a real machine.
"""

import random
from typing import Any, NamedTuple

import apsw

SECTOR = 512
EVEN = 0.5
VFS = "powerless"


class Happened(NamedTuple):
    """One thing that SQLite asked of the disk, in its order."""

    what: str  # create, write, cut, sync, delete, or acknowledged
    file: int = 0  # number of the file, which has a name as long as it is not deleted
    at: int = 0
    data: bytes = b""
    name: str = ""
    is_durable: bool = False  # of a deletion: the folder was synced with it
    acknowledged: int = 0  # of what was acknowledged


class Disk:
    """What the running program sees, and the log of how it came about."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Begin with *files* on it, all of them synced."""
        self.contents: dict[int, bytearray] = {}
        self.names: dict[str, int] = {}
        self.log: list[Happened] = []
        for name, data in files.items():
            self.names[name] = self.created(data)
        self.first = dict(self.names), {number: bytes(data) for number, data in self.contents.items()}

    def created(self, data: bytes = b"") -> int:
        """Make a file, and give its number."""
        number = len(self.contents) + 1
        self.contents[number] = bytearray(data)
        return number

    def state_after(self, place: int, chance: random.Random) -> dict[str, bytes]:
        """Cut the power after so many of the things that happened, and give what is on the disk then."""
        platter = _Platter(*self.first)
        for one in self.log[:place]:
            platter.happened(one)
        return platter.left(chance)


class _Platter:
    """What is durable, and what waits to be."""

    def __init__(self, names: dict[str, int], contents: dict[int, bytes]) -> None:
        self.names = dict(names)
        self.contents = {number: bytearray(data) for number, data in contents.items()}
        self.waiting: dict[int, list[Happened]] = {}
        self.of_folder: list[Happened] = []

    def happened(self, one: Happened) -> None:
        if one.what in ("create", "delete"):
            self.contents.setdefault(one.file, bytearray())
            self.of_folder.append(one)
        elif one.what == "sync":
            for change in self.waiting.pop(one.file, ()):
                _applied(self.contents[change.file], change)
        elif one.what in ("write", "cut"):
            self.waiting.setdefault(one.file, []).append(one)
        if one.is_durable:
            for change in self.of_folder:
                _named(self.names, change)
            self.of_folder.clear()

    def left(self, chance: random.Random) -> dict[str, bytes]:
        """Let each thing that waits come about or not."""
        for change in self.of_folder:
            if chance.random() < EVEN:
                _named(self.names, change)
        for several in self.waiting.values():
            for part in (part for change in several for part in _sectors(change)):
                if chance.random() < EVEN:
                    _applied(self.contents[part.file], part)
        return {name: bytes(self.contents[number]) for name, number in self.names.items()}


def _named(names: dict[str, int], change: Happened) -> None:
    if change.what == "create":
        names[change.name] = change.file
    elif names.get(change.name) == change.file:
        del names[change.name]


def _applied(data: bytearray, change: Happened) -> None:
    if change.what == "cut":
        del data[change.at :]
        return
    if len(data) < change.at:
        data.extend(bytes(change.at - len(data)))
    data[change.at : change.at + len(change.data)] = change.data


def _sectors(change: Happened) -> list[Happened]:
    """Take a write apart at the borders of the sectors."""
    if change.what == "cut":
        return [change]
    pieces, at, end = [], change.at, change.at + len(change.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        pieces.append(change._replace(at=at, data=change.data[at - change.at : until - change.at]))
        at = until
    return pieces


class _File:
    """An open file of the disk."""

    def __init__(self, disk: Disk, name: str, number: int, *, is_new: bool) -> None:
        self.disk, self.name, self.number, self.is_new = disk, name, number, is_new
        self.lock = 0

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self.disk.contents[self.number][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        done = Happened("write", self.number, offset, bytes(data))
        _applied(self.disk.contents[self.number], done)
        self.disk.log.append(done)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        done = Happened("cut", self.number, size)
        _applied(self.disk.contents[self.number], done)
        self.disk.log.append(done)

    def xSync(self, _flags: int) -> None:  # noqa: N802
        self.disk.log.append(Happened("sync", self.number, is_durable=self.is_new))
        self.is_new = False

    def xFileSize(self) -> int:  # noqa: N802
        return len(self.disk.contents[self.number])

    def xLock(self, level: int) -> None:  # noqa: N802
        self.lock = level

    def xUnlock(self, level: int) -> None:  # noqa: N802
        self.lock = level

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return self.lock > 1

    def xFileControl(self, _op: int, _ptr: int) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return 4096

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xClose(self) -> None:  # noqa: N802
        return


class Powerless(apsw.VFS):
    """A disk as SQLite asks for one."""

    def __init__(self, disk: Disk) -> None:
        """Serve *disk* under the name of this file system."""
        self.disk = disk
        super().__init__(VFS, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        if path in self.disk.names:
            return _File(self.disk, path, self.disk.names[path], is_new=False)
        number = self.disk.names[path] = self.disk.created()
        self.disk.log.append(Happened("create", number, name=path))
        return _File(self.disk, path, number, is_new=True)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        if name not in self.disk.names:
            raise apsw.IOError  # there is no such file
        number = self.disk.names.pop(name)
        self.disk.log.append(Happened("delete", number, name=name, is_durable=bool(syncdir)))

    def xAccess(self, name: str, _flags: int) -> bool:  # noqa: N802
        return name in self.disk.names

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name
