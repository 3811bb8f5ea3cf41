"""How one ledger takes the place of another, so that at every moment one of the two stands there whole.

The files of both may lie in one folder, because each bears its SHA-256: those of the new one come in first, the one
rename of the ledger itself is the moment at which it is the other one, and what only the old one knows goes last.
What is put aside has second names of the same files, so it needs no room.
"""

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from planledger.store.disk import appear, make_folder, second_name, sync_folder
from planledger.store.errors import StorageTrouble
from planledger.store.places import files_beside
from planledger.store.shelves import is_plain, stored_in


def set_aside(old: Path, draft: Path) -> None:
    """Give every file beside a ledger a second name in a new folder."""
    files = files_beside(old)
    draft.mkdir(mode=0o700)
    for at, _, names in os.walk(files) if is_plain(files) else ():
        for name in names:
            path = Path(at) / name
            place = draft / path.relative_to(files)
            make_folder(place.parent)
            with suppress(FileNotFoundError):  # a draft that was finished with meanwhile
                second_name(path, place)


def bring_in(new: Path, old: Path) -> list[Path]:
    """Lay the files of a ledger among those of the one whose place it is to take; name those that were not there.

    Raises:
        StorageTrouble: they would come to lie elsewhere.
    """
    files, come = files_beside(old), []
    places = [(path, files / path.relative_to(files_beside(new))) for path in stored_in(files_beside(new))]
    for _, place in places:
        if not is_plain(place.parent):
            raise StorageTrouble(
                f"佐证材料文件夹 {place.parent} 是链接，不跟随；请换成真的文件夹再恢复。没有恢复，什么都没有动。"
            )
    try:
        for path, place in places:
            make_folder(place.parent)
            come += [] if place.exists() else [place]
            path.replace(place)
        for folder in {place.parent for place in come}:
            sync_folder(folder)
        if come:
            sync_folder(files)
    except BaseException:
        dismiss(come)
        raise
    return come


def takes_place(new: Path, old: Path, kept: Path, files: Path) -> bool:
    """Let a ledger take the place of another, which is kept under another name with *files*; say whether there was one.

    Beside a journal of the old one the new one must never stand: then, and where a file can have no second
    name, there is none for a moment, and what lies there says so.
    """
    was_there = old.exists()
    beside = [old.with_name(f"{old.name}-{part}") for part in ("journal", "wal", "shm")]
    left = [path for path in beside if path.exists()]
    stays = was_there and not left and _has_second_name(old, kept)
    moves = [(old, kept)] if was_there and not stays else []
    moves += [(path, kept.with_name(path.name.replace(old.name, kept.name, 1))) for path in left]
    moves += [(files, files_beside(kept))] if was_there and any(files.iterdir()) else []
    try:
        for path, name in moves:
            path.rename(name)
        sync_folder(old.parent)
        appear(new, old, covers=stays)
    except BaseException:
        if not has_taken(new, old):
            for path, name in reversed(moves):
                if name.exists() and not path.exists():
                    name.rename(path)
        raise
    return was_there


def has_taken(new: Path, old: Path) -> bool:
    """Whether a ledger stands in the place of another already."""
    return not new.exists() or (old.exists() and new.samefile(old))


def _has_second_name(old: Path, kept: Path) -> bool:
    try:
        os.link(old, kept)
    except OSError:
        return False
    return True


def dismiss(files: Collection[Path]) -> None:
    """Let files go that are kept elsewhere, and the folders that are empty without them."""
    for path in files:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()


def withdraw(ledger: Path, kept: Collection[Path]) -> None:
    """Take back what a restore put aside that was cut off before it changed anything: a second name of the ledger itself."""
    for path in kept:
        with suppress(OSError):
            if path.samefile(ledger):
                shutil.rmtree(files_beside(path), ignore_errors=True)
                path.unlink()
