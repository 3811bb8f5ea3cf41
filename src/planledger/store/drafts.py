"""What a command is still making (半成品): a folder of its own beside what is to appear, and gone when the command ends.

Whole copies of a ledger and of its files lie in it. Whoever is killed leaves it behind; the next command that makes one
takes it away, an hour after its last change. Who makes it holds a lock on the mark in it, because the number of a process
is given again and a program may stand still for longer than an hour. The mark says of which ledger it is: while
none stands there, what was left behind may be all that is left, and stays.
"""

import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from time import time

from planledger.plan.rows import NamedTuple
from planledger.store.disk import new_file
from planledger.store.opening import looks_like_a_ledger

STALE_SECONDS = 3600
MARK = "planledger-draft"
_HEAD = b"planledger draft 1\n"
_LONGEST = 160  # bytes of a name that are kept in the name of a draft, which must not become too long
_LARGEST_MARK = 1 << 16


class Purpose(StrEnum):
    """What was to become of a draft."""

    BACKUP = "backup"
    RESTORE = "restore"
    ARCHIVE = "archive"
    FIRST = "first"


_NAME = re.compile(rf"\..+\.[0-9a-f]{{12}}\.({'|'.join(Purpose)})")


class Left(NamedTuple):
    """A draft that nobody works on any more."""

    folder: Path
    purpose: Purpose
    ledger: Path | None  # of which it is; None where that is on a server, or nobody knows any more
    size: int  # bytes
    changed: float  # when last, in seconds

    @property
    def may_go(self) -> bool:
        """Whether it is not all that is left: a ledger stands at the name that it belongs to."""
        return self.ledger is None or looks_like_a_ledger(self.ledger)


@contextmanager
def draft_beside(target: Path, purpose: Purpose, ledger: str) -> Iterator[Path]:
    """Give a folder beside *target*, on the same disk, that is gone at the end, whatever happens.

    Args:
        target: what is to appear.
        purpose: what is to become of it.
        ledger: of which ledger it is, a path or an address.

    Raises:
        OSError: it cannot be made there.
    """
    real = "" if "://" in ledger else os.path.realpath(ledger)
    places = {target.parent, *places_of(ledger)}
    sweep(places)
    folder = target.with_name(f"{_stem(target.name)}{secrets.token_hex(6)}.{purpose}")
    folder.mkdir(mode=0o700)
    try:
        with new_file(folder / MARK) as mark:
            _locked(mark.fileno(), waits=True)
            mark.write(_HEAD + os.fsencode(real))
            mark.flush()
            yield folder
    finally:
        with suppress(OSError):  # the next one tries again
            _removed(folder)
    sweep(places)  # a ledger may stand now where none did before


def _stem(name: str) -> str:
    """Say how the name of a draft begins."""
    while len(os.fsencode(name)) > _LONGEST:
        name = name[:-1]
    return f".{name}."


def places_of(ledger: str) -> tuple[Path, ...]:
    """Name the folders beside a ledger in which its drafts lie, where the user named no other."""
    if "://" in ledger:
        return ()
    path = Path(os.path.realpath(ledger))
    return path.parent, path.with_name(f"{path.name}.backups")


def left_in(places: Iterable[Path]) -> list[Left]:
    """Find what killed commands left behind; nothing is written, and what is still being made is passed over."""
    found = []
    for path in _named(places):
        with suppress(OSError), _let_go(path) as has_ended:
            if has_ended:
                found.append(_read(path))
    return found


def is_being_restored(ledger: Path) -> bool:
    """Whether somebody unpacks what is to become a ledger, or was stopped at it."""
    real = Path(os.path.realpath(ledger))
    return any(
        path.suffix[1:] == Purpose.RESTORE and path.name.startswith(_stem(real.name))
        for path in _named([real.parent])
    )


def sweep(places: Iterable[Path]) -> None:
    """Take away what killed commands left behind an hour ago and more."""
    for path in _named(places):
        with suppress(OSError), _let_go(path) as has_ended:
            if has_ended and (left := _read(path)).may_go and time() - left.changed > STALE_SECONDS:
                _removed(path)


def _named(places: Iterable[Path]) -> list[Path]:
    """Find folders with a name of ours and a mark of ours; or with nothing in them, where the mark was not yet made."""
    found: set[Path] = set()
    for place in places:
        with suppress(OSError):
            found |= {one for one in Path(os.path.realpath(place)).iterdir() if _NAME.fullmatch(one.name)}
    return sorted(path for path in found if _is_ours(path))


def _is_ours(path: Path) -> bool:
    with suppress(OSError):
        if not stat.S_ISDIR(path.lstat().st_mode):
            return False
        return _mark_of(path) is not None or {one.name for one in path.iterdir()} <= {MARK}
    return False


def _mark_of(folder: Path) -> bytes | None:
    """Read what the mark says after its head; None where there is no whole one."""
    mark = folder / MARK
    with suppress(OSError):
        if stat.S_ISREG(mark.lstat().st_mode):
            with mark.open("rb") as file:
                said = file.read(_LARGEST_MARK)
            return said.removeprefix(_HEAD) if said.startswith(_HEAD) else None
    return None


def _read(folder: Path) -> Left:
    said = _mark_of(folder)
    found = [folder.lstat()]
    for at, folders, files in os.walk(folder):
        found += [(Path(at) / name).lstat() for name in (*folders, *files)]
    return Left(
        folder,
        Purpose(folder.suffix[1:]),
        Path(os.fsdecode(said)) if said else None,
        sum(one.st_size for one in found if stat.S_ISREG(one.st_mode)),
        max(one.st_mtime for one in found),
    )


@contextmanager
def _let_go(folder: Path) -> Iterator[bool]:
    """Say whether whoever made a draft is gone; while the block lasts nobody else takes it away."""
    try:
        mark = (folder / MARK).open("r+b")  # over a network a lock is given to who may write
    except FileNotFoundError:  # killed before, or after
        yield True
        return
    with mark:
        yield _locked(mark.fileno())


def _locked(handle: int, *, waits: bool = False) -> bool:
    """Take the lock of a draft; False where somebody has it, or the disk knows no locks: then nobody can say."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  (there alone)

            os.lseek(handle, _LARGEST_MARK, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl  # noqa: PLC0415  (not everywhere)

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _removed(folder: Path) -> None:
    """Take a draft away, the mark last: what is left of it by another kill is still known for ours."""
    for path in folder.iterdir():
        if path.name == MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    (folder / MARK).unlink(missing_ok=True)
    folder.rmdir()
