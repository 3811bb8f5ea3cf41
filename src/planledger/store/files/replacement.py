"""Putting a ledger in the place of another, and what a restore that was cut off left where none stands.

A new ledger there would hide what is left: every answer would be that nothing was ever recorded.
"""

import glob
import os
import re
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from planledger.plan.phrases.texts import shell_word
from planledger.plan.refusal import Refusal
from planledger.store.errors import StorageTrouble
from planledger.store.files.disk import appear, is_plain, make_folder, second_name, stored_in, sync_folder
from planledger.store.files.draft import is_being_restored
from planledger.store.paths import files_beside, is_there, journal_files

_BEFORE = r"\.[0-9]{8}-[0-9]{6}(-[0-9]+)?\.before"


def refuse_remains(path: Path) -> None:
    """Refuse to create a ledger at a name where something of another one lies.

    Raises:
        Refusal: something of another ledger lies there.
    """
    remains = remains_at(path)
    if remains and not is_there(path):
        at = shell_word(str(path))
        raise Refusal(
            f"没有台账 {path}，可是{remains}没有另建台账；不要了、确要另建的，请输入：planledger init --beside --ledger {at}。"
        )


def remains_at(path: Path) -> str:
    """What of a ledger lies at the name of a missing one, and the next step, in Chinese; empty where nothing does."""
    at = shell_word(str(path))
    real = Path(os.path.realpath(path))
    if kept := sorted(real.parent.glob(f"{glob.escape(real.name)}.*before")):
        return f"旁边有它换下来的 {kept[-1]}：请用原来的备份再恢复一次，或换回这一个：planledger restore {shell_word(str(kept[-1]))} --ledger {at}。"
    if is_being_restored(path):
        return f"有一次恢复没有做完：请用那份备份再恢复一次：planledger restore 备份 --ledger {at}。"
    files = files_beside(path)
    left = [files] if files.is_dir() and any(files.iterdir()) else []
    left += [one for one in (journal_files(path, "journal"), journal_files(path, "wal")) if one.exists()]
    if left:
        return f"旁边有一个台账的 {left[0].name}：请找回那个台账文件，或用备份恢复：planledger restore 备份 --ledger {at}。"
    return ""


def earlier_ledgers(path: Path) -> list[Path]:
    """The ledgers that restoring put aside at a name."""
    real = Path(os.path.realpath(path))
    exact = re.compile(re.escape(real.name) + _BEFORE)
    return [one for one in real.parent.glob("*.before") if exact.fullmatch(one.name)]


def link_files(old: Path, draft: Path) -> None:
    """Give every file of a ledger a second name in a new folder."""
    files = files_beside(old)
    draft.mkdir(mode=0o700)
    for at, _, names in os.walk(files) if is_plain(files) else ():
        for name in names:
            path = Path(at) / name
            place = draft / path.relative_to(files)
            make_folder(place.parent)
            with suppress(FileNotFoundError):  # a draft that is deleted meanwhile
                second_name(path, place)


def move_files_in(new: Path, old: Path) -> list[Path]:
    """Move the files of a ledger among those of the one that it replaces.

    Returns:
        Those that were not there before.

    Raises:
        StorageTrouble: a link would lead them elsewhere.
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
        delete_files(come)
        raise
    return come


def replace_ledger(new: Path, old: Path, kept: Path, files: Path) -> bool:
    """Put a ledger in the place of another, which is kept under another name with *files*.

    Next to a journal of the old one the new one must never stand: then, and where a file can have no second
    name, there is none for a moment, and the name of what lies there shows it.

    Returns:
        Whether there was another.
    """
    was_there = old.exists()
    parts = [old.with_name(f"{old.name}-{part}") for part in ("journal", "wal", "shm")]
    left = [path for path in parts if path.exists()]
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
        if not is_replaced(new, old):
            for path, name in reversed(moves):
                if name.exists() and not path.exists():
                    name.rename(path)
        raise
    return was_there


def is_replaced(new: Path, old: Path) -> bool:
    """Whether a ledger stands in the place of another already."""
    return not new.exists() or (old.exists() and new.samefile(old))


def _has_second_name(old: Path, kept: Path) -> bool:
    try:
        os.link(old, kept)
    except OSError:
        return False
    return True


def delete_files(files: Collection[Path]) -> None:
    """Delete files that are kept elsewhere, and the folders that are empty without them."""
    for path in files:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()


def delete_second_names(ledger: Path, kept: Collection[Path]) -> None:
    """Delete what a restore put aside that was cut off before it changed anything: a second name of the ledger itself."""
    for path in kept:
        with suppress(OSError):
            if path.samefile(ledger):
                shutil.rmtree(files_beside(path), ignore_errors=True)
                path.unlink()
