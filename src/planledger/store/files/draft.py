"""What a command is still making (半成品): a folder of its own beside what is to appear, and gone when the command ends.

Whole copies of a ledger and of its files lie in it. Whoever is killed leaves it behind; the next command that makes one
takes it away, an hour after its last change. Who makes it holds a lock on the mark in it, because the number of a process
is given again and a program may stand still for longer than an hour. The mark says of which ledger it is: while
none stands there, what was left behind may be all that is left, and stays. What is made elsewhere is noted beside
the ledger, so that it is found from there.
"""

import glob
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from enum import StrEnum
from pathlib import Path
from time import time
from typing import NamedTuple

from planledger.store.files.disk import folder_for, make_folder, new_file
from planledger.store.sqlite_file import is_ledger

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

    @property
    def makes_ledger(self) -> bool:
        """Whether a ledger is to appear: then its folder is made where it is missing, and goes with the draft."""
        return self in {Purpose.RESTORE, Purpose.FIRST}


_NAME = re.compile(rf"\..+\.[0-9a-f]{{12}}\.({'|'.join(Purpose)})")
_NOTE = re.compile(r"\..+\.[0-9a-f]{12}\.elsewhere")


class AbandonedDraft(NamedTuple):
    """A draft that nobody works on any more."""

    folder: Path
    purpose: Purpose
    ledger: Path | None  # of which it is; None where that is on a server, or nobody knows any more
    size: int  # bytes
    changed: float  # when last, in seconds

    @property
    def may_go(self) -> bool:
        """Whether it is not all that is left: a ledger stands at the name that it belongs to."""
        return self.ledger is None or is_ledger(self.ledger)


@contextmanager
def make_draft(target: Path, purpose: Purpose, ledger: str) -> Iterator[Path]:
    """Give a folder beside *target*, on the same disk, that is gone at the end, whatever happens.

    Args:
        target: what is to appear.
        purpose: what is to become of it.
        ledger: of which ledger it is, a path or an address.

    Raises:
        OSError: it cannot be made there.
    """
    real = "" if "://" in ledger else os.path.realpath(ledger)
    places = {Path(os.path.realpath(target.parent)), *places_of(ledger)}
    sweep(places)
    token = secrets.token_hex(6)
    folder = target.with_name(f"{_stem(target)}{token}.{purpose}")
    with (
        folder_for(target) if purpose.makes_ledger else nullcontext(),
        _noted(folder, Path(real), token) if real else nullcontext(),
    ):
        try:
            _make(folder, purpose)
            with new_file(folder / MARK) as mark:
                _locked(mark.fileno(), waits=True)
                mark.write(_HEAD + os.fsencode(real))
                mark.flush()
                yield folder
        finally:
            with suppress(OSError):  # the next one tries again
                _removed(folder)
    sweep(places)  # a ledger may stand now where none did before


def _make(folder: Path, purpose: Purpose) -> None:
    """Make the folder of a draft; somebody else who made none after all may have found the one above it empty."""
    try:
        folder.mkdir(mode=0o700)
    except FileNotFoundError:
        if not purpose.makes_ledger:
            raise
        make_folder(folder.parent)
        folder.mkdir(mode=0o700)


@contextmanager
def _noted(folder: Path, ledger: Path, token: str) -> Iterator[None]:
    """Leave word beside the ledger of a draft that lies elsewhere, as long as it does; where nothing may be written, none."""
    note = ledger.with_name(f"{_stem(ledger)}{token}.elsewhere")
    with suppress(OSError):
        if Path(os.path.realpath(folder.parent)) not in _beside(ledger):
            with new_file(note) as file:
                file.write(_HEAD + os.fsencode(os.path.realpath(folder)))
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def _stem(path: Path) -> str:
    """Say how the name of a draft begins."""
    name = path.name
    while len(os.fsencode(name)) > _LONGEST:
        name = name[:-1]
    return f".{name}."


def places_of(ledger: str) -> tuple[Path, ...]:
    """Name the folders in which drafts of a ledger lie, where the user named no other: beside it, and where we are."""
    places = () if "://" in ledger else _beside(Path(os.path.realpath(ledger)))
    with suppress(OSError):
        return *places, Path(os.path.realpath(Path.cwd()))
    return places


def _beside(ledger: Path) -> tuple[Path, ...]:
    return ledger.parent, ledger.with_name(f"{ledger.name}.backups")


def abandoned_drafts(ledger: str) -> tuple[AbandonedDraft, ...]:
    """Find what killed commands left behind; nothing is written, and what is known to be made still is passed over."""
    found = []
    for path in _named(places_of(ledger)):
        with suppress(OSError), _let_go(path) as has_ended:
            if has_ended is not False:
                found.append(_read(path))
    return tuple(found)


def is_being_restored(ledger: Path) -> bool:
    """Whether somebody unpacks what is to become a ledger, or was stopped at it."""
    real = Path(os.path.realpath(ledger))
    found = real.parent.glob(f"{glob.escape(_stem(real))}*.{Purpose.RESTORE}")
    return any(_is_ours(path) for path in found if _NAME.fullmatch(path.name))


def sweep(places: Iterable[Path]) -> None:
    """Take away what killed commands left behind an hour ago and more."""
    gone = []
    for path in _named(places):
        with suppress(OSError), _let_go(path) as has_ended:
            if has_ended and (left := _read(path)).may_go and time() - left.changed > STALE_SECONDS:
                _removed(path)
                gone.append(path)
    for note, folder in _notes(places):
        with suppress(OSError):
            is_old = time() - note.stat().st_mtime > STALE_SECONDS
            if folder in gone or (is_old and not os.path.lexists(folder)):
                note.unlink()


def _named(places: Iterable[Path]) -> list[Path]:
    """Find folders with a name of ours and a mark of ours; or with nothing in them, where the mark was not yet made."""
    found = {one for one in _below(places) if _NAME.fullmatch(one.name)}
    found |= {folder for _, folder in _notes(places) if _NAME.fullmatch(folder.name)}
    return sorted(path for path in found if _is_ours(path))


def _notes(places: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Find the notes beside ledgers, each with the draft that it tells of."""
    notes = [one for one in _below(places) if _NOTE.fullmatch(one.name)]
    told = [(one, _said(one)) for one in notes]
    return [(one, Path(os.fsdecode(said))) for one, said in told if said] + [
        (one, one / MARK)
        for one, said in told
        if said is None and not one.lstat().st_size  # killed before a word
    ]


def _below(places: Iterable[Path]) -> set[Path]:
    found: set[Path] = set()
    for place in places:
        with suppress(OSError):
            found.update(place.iterdir())
    return found


def _is_ours(path: Path) -> bool:
    with suppress(OSError):
        if not stat.S_ISDIR(path.lstat().st_mode):
            return False
        return _said(path / MARK) is not None or {one.name for one in path.iterdir()} <= {MARK}
    return False


def _said(mark: Path) -> bytes | None:
    """Read what a mark or a note says after its head; None where there is no whole one."""
    with suppress(OSError):
        if stat.S_ISREG(mark.lstat().st_mode):
            with mark.open("rb") as file:
                said = file.read(_LARGEST_MARK)
            return said.removeprefix(_HEAD) if said.startswith(_HEAD) else None
    return None


def _read(folder: Path) -> AbandonedDraft:
    said = _said(folder / MARK)
    files = [(Path(at) / name).lstat() for at, _, names in os.walk(folder) for name in names]
    return AbandonedDraft(
        folder,
        Purpose(folder.suffix[1:]),
        Path(os.fsdecode(said)) if said else None,
        sum(one.st_size for one in files if stat.S_ISREG(one.st_mode)),
        folder.lstat().st_mtime,
    )


@contextmanager
def _let_go(folder: Path) -> Iterator[bool | None]:
    """Say whether whoever made a draft is gone, None where nobody can say; while the block lasts nobody else takes it away."""
    try:
        mark = (folder / MARK).open("r+b")  # over a network a lock is given to who may write
    except FileNotFoundError:  # killed before, or after
        yield True
        return
    with mark:
        yield _locked(mark.fileno())


def _locked(handle: int, *, waits: bool = False) -> bool | None:
    """Take the lock of a draft; False where somebody has it, None where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LARGEST_MARK, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError as error:
        return False if isinstance(error, BlockingIOError | PermissionError) else None
    return True


def _removed(folder: Path) -> None:
    """Take a draft away, the mark last: what is left of it by another kill is still known for ours."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARK:
            path.unlink()
    (folder / MARK).unlink(missing_ok=True)
    folder.rmdir()
