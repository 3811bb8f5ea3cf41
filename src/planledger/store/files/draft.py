"""Drafts (半成品): what a command is still making, in a folder of its own next to the target, deleted when the command ends.

Whole copies of a ledger and of its files lie in it. A command that is killed leaves it behind; the next command that
makes one deletes it, an hour after its last change. A command holds a lock on the mark in its draft, because the number
of a process is used again and a program may pause for longer than an hour. The mark names the ledger that the draft
belongs to: while that one is missing, the draft may be all that is left, and stays. Of a draft in another folder a note
lies next to the ledger, so that later commands find it.
"""

import glob
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from time import time
from typing import NamedTuple

from planledger.plan.model.terms import Term
from planledger.store.files.disk import STALE_SECONDS, folder_for, lock, make_folder, new_file
from planledger.store.paths import backups_beside, is_ledger

MARK = "planledger-draft"
_HEAD = b"planledger draft 1\n"
_LONGEST = 160  # bytes of a name that are kept in the name of a draft, which must not become too long
_LARGEST_MARK = 1 << 16


class Purpose(Term):
    """What a draft is to become."""

    BACKUP = "backup", "备份"
    RESTORE = "restore", "恢复"
    ARCHIVE = "archive", "归档"
    FIRST = "first", "首次登记"

    @property
    def makes_ledger(self) -> bool:
        """Whether it becomes a ledger: then a missing folder is made for it, and deleted with the draft."""
        return self in {Purpose.RESTORE, Purpose.FIRST}


_NAME = re.compile(rf"\..+\.[0-9a-f]{{12}}\.({'|'.join(Purpose)})")
_NOTE = re.compile(r"\..+\.[0-9a-f]{12}\.elsewhere")


class AbandonedDraft(NamedTuple):
    """A draft whose command has ended."""

    folder: Path
    purpose: Purpose
    ledger: Path | None  # that it belongs to; None where that is on a server, or unknown
    size: int  # bytes
    changed: float  # the last time, in seconds since 1970

    @property
    def may_go(self) -> bool:
        """Whether it may be deleted: the ledger that it belongs to is there, so that it is not all that is left."""
        return self.ledger is None or is_ledger(self.ledger)


@contextmanager
def make_draft(target: Path, purpose: Purpose, ledger: str) -> Iterator[Path]:
    """A folder next to *target*, on the same disk, that is deleted at the end of the block, whatever happens.

    Args:
        target: the file or folder that is made.
        purpose: what it is.
        ledger: the ledger that it belongs to, a path or an address.

    Raises:
        OSError: it cannot be made there.
    """
    real = "" if "://" in ledger else os.path.realpath(ledger)
    places = {Path(os.path.realpath(target.parent)), *places_of(ledger)}
    delete_old_drafts(places)
    token = os.urandom(6).hex()
    folder = target.with_name(f"{_stem(target)}{token}.{purpose}")
    with (
        folder_for(target) if purpose.makes_ledger else nullcontext(),
        _note(folder, Path(real), token) if real else nullcontext(),
    ):
        try:
            if purpose.makes_ledger:  # another command may have just deleted the empty folder above it
                make_folder(folder.parent)
            folder.mkdir(mode=0o700)
            with new_file(folder / MARK) as mark:
                lock(mark.fileno(), waits=True)
                mark.write(_HEAD + os.fsencode(real))
                mark.flush()
                yield folder
        finally:
            with suppress(OSError):  # the next one tries again
                _delete(folder)
    delete_old_drafts(places)  # a ledger may stand now where none did before


@contextmanager
def _note(folder: Path, ledger: Path, token: str) -> Iterator[None]:
    """Keep a note next to the ledger while its draft lies in another folder; where nothing may be written, none."""
    note = ledger.with_name(f"{_stem(ledger)}{token}.elsewhere")
    with suppress(OSError):
        if Path(os.path.realpath(folder.parent)) not in _own_places(ledger):
            with new_file(note) as file:
                file.write(_HEAD + os.fsencode(os.path.realpath(folder)))
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def _stem(path: Path) -> str:
    """The beginning of a draft's name."""
    name = path.name
    while len(os.fsencode(name)) > _LONGEST:
        name = name[:-1]
    return f".{name}."


def places_of(ledger: str) -> tuple[Path, ...]:
    """The folders in which drafts of a ledger lie, where the user named no other: its own ones, and the current one."""
    places = () if "://" in ledger else _own_places(Path(os.path.realpath(ledger)))
    with suppress(OSError):
        return *places, Path(os.path.realpath(Path.cwd()))
    return places


def _own_places(ledger: Path) -> tuple[Path, ...]:
    return ledger.parent, backups_beside(ledger)


def abandoned_drafts(ledger: str) -> tuple[AbandonedDraft, ...]:
    """The drafts that killed commands left behind, without those that a command holds; nothing is written."""
    drafts = []
    for path in _drafts(places_of(ledger)):
        with suppress(OSError), _unless_held(path) as has_ended:
            if has_ended is not False:
                drafts.append(_read(path))
    return tuple(drafts)


def is_being_restored(ledger: Path) -> bool:
    """Whether a command restores a ledger at this name, or was stopped at it."""
    real = Path(os.path.realpath(ledger))
    paths = real.parent.glob(f"{glob.escape(_stem(real))}*.{Purpose.RESTORE}")
    return any(_is_ours(path) for path in paths if _NAME.fullmatch(path.name))


def delete_old_drafts(places: Iterable[Path]) -> None:
    """Delete what killed commands left behind an hour ago and more."""
    gone = []
    for path in _drafts(places):
        with suppress(OSError), _unless_held(path) as has_ended:
            if has_ended and (left := _read(path)).may_go and time() - left.changed > STALE_SECONDS:
                _delete(path)
                gone.append(path)
    for note, folder in _notes(places):
        with suppress(OSError):
            is_old = time() - note.stat().st_mtime > STALE_SECONDS
            if folder in gone or (is_old and not os.path.lexists(folder)):
                note.unlink()


def _drafts(places: Iterable[Path]) -> list[Path]:
    """The folders with a name of ours and a mark of ours; or with nothing in them, where the mark was not yet made."""
    paths = _entries(places) | {folder for _, folder in _notes(places)}
    return sorted(path for path in paths if _NAME.fullmatch(path.name) and _is_ours(path))


def _notes(places: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """The notes next to ledgers, each with the draft that it names."""
    for note in _entries(places):
        if _NOTE.fullmatch(note.name):
            content = _content(note)
            if content:
                yield note, Path(os.fsdecode(content))
            elif content is None and not note.lstat().st_size:  # killed before it was written
                yield note, note / MARK  # where nothing can be


def _entries(places: Iterable[Path]) -> set[Path]:
    entries: set[Path] = set()
    for place in places:
        with suppress(OSError):
            entries.update(place.iterdir())
    return entries


def _is_ours(path: Path) -> bool:
    with suppress(OSError):
        if not stat.S_ISDIR(path.lstat().st_mode):
            return False
        return _content(path / MARK) is not None or {one.name for one in path.iterdir()} <= {MARK}
    return False


def _content(mark: Path) -> bytes | None:
    """What a mark or a note holds after its head; None where there is no whole one."""
    with suppress(OSError):
        if stat.S_ISREG(mark.lstat().st_mode):
            with mark.open("rb") as file:
                content = file.read(_LARGEST_MARK)
            return content.removeprefix(_HEAD) if content.startswith(_HEAD) else None
    return None


def _read(folder: Path) -> AbandonedDraft:
    content = _content(folder / MARK)
    files = [(Path(at) / name).lstat() for at, _, names in os.walk(folder) for name in names]
    return AbandonedDraft(
        folder,
        Purpose(folder.suffix[1:]),
        Path(os.fsdecode(content)) if content else None,
        sum(one.st_size for one in files if stat.S_ISREG(one.st_mode)),
        folder.lstat().st_mtime,
    )


@contextmanager
def _unless_held(folder: Path) -> Iterator[bool | None]:
    """Whether the command that made a draft has ended, None where that is unknown; during the block no other one deletes it."""
    try:
        mark = (folder / MARK).open("r+b")  # over a network only a writer gets a lock
    except FileNotFoundError:  # killed before, or after
        yield True
        return
    with mark:
        yield lock(mark.fileno())


def _delete(folder: Path) -> None:
    """Delete a draft, the mark last: what another kill leaves of it can still be recognised."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARK:
            path.unlink()
    (folder / MARK).unlink(missing_ok=True)
    folder.rmdir()
