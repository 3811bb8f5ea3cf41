"""Files on the disk: placed whole under their name and synced; where the files of a chain lie."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import IO

from planledger.store.database import DIGEST, NAME, is_hex
from planledger.store.errors import Unsound

STALE_SECONDS = 3600  # after its last change, what a killed command left may be deleted
_LOCKED_BYTE = 1 << 16  # on Windows, behind what is written: a locked byte cannot be read


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* as durable as the files; Windows has no such call, and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_file(path: Path) -> IO[bytes]:
    """Open a new file for its owner alone; an existing one is never opened."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "w+b")


def free_name(path: Path, is_taken: Callable[[Path], bool] = os.path.lexists) -> Path:
    """*path*, or the first of `-2`, `-3`, … behind its stem under which nothing is yet."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain((path,), numbered) if not is_taken(one))


def lock(handle: int, *, waits: bool = False) -> bool | None:
    """Take the lock of an open file, until it is closed.

    Returns:
        False where another program has it, None where the disk has no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError as error:
        return False if isinstance(error, BlockingIOError | PermissionError) else None
    return True


@contextmanager
def synced(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """An open file to write; at the end of the block it is on the disk, and closed."""
    with file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def place_file(path: Path, folder: Path | None = None, *, covers: bool = False) -> Iterator[IO[bytes]]:
    """A file to write, for its owner alone; at the end of the block it takes its name, whole or not at all.

    Args:
        path: its name.
        folder: where it lies until then, on the same disk; None for that of its name.
        covers: whether it replaces what stands there.

    Raises:
        FileExistsError: something stands there that it must not replace.
    """
    draft = (folder or path.parent) / f".{os.urandom(8).hex()}.new"  # short, however long the name is
    try:
        with synced(new_file(draft)) as file:
            yield file
        appear(draft, path, covers=covers)
    finally:
        with suppress(OSError):  # the first error says why the file could not be written
            draft.unlink(missing_ok=True)


def make_folder(folder: Path) -> list[Path]:
    """Make a folder and what is missing above it, all of them for their owner alone; one that is there is left as it is.

    Returns:
        What was missing, the folder itself first.

    Raises:
        FileExistsError: something else stands there.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)
    return missing


@contextmanager
def folder_for(path: Path) -> Iterator[None]:
    """Make the folder of *path* where it is missing; if it is still empty at the end of the block, delete it."""
    missing = make_folder(path.parent)
    try:
        yield
    finally:
        with suppress(OSError):  # something is in it
            for folder in missing:
                folder.rmdir()


def second_name(path: Path, name: Path) -> None:
    """Give a file a second name on the same disk; where a file system has no hard links, a copy.

    Raises:
        FileExistsError: something stands there.
    """
    try:
        os.link(path, name, follow_symlinks=False)
    except (FileExistsError, FileNotFoundError):
        raise
    except (OSError, NotImplementedError):
        if name.exists():
            raise FileExistsError(name) from None
        shutil.copy2(path, name, follow_symlinks=False)


def appear(draft: Path, path: Path, *, covers: bool = False) -> None:
    """Give a finished file its name, over another one only where it *covers* that.

    Raises:
        FileExistsError: something stands there.
    """
    if covers:
        draft.replace(path)
    else:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if path.exists():
                raise FileExistsError(path) from None
            draft.rename(path)
    sync_folder(path.parent)


def place_in(folder: Path, digest: str) -> Path:
    """The path of a file.

    Raises:
        Unsound: what names it is no SHA-256, and might lead out of the folder.
    """
    if not is_hex(digest, DIGEST):
        raise Unsound(
            "台账里有文件的摘要不是 64 位十六进制数，不是程序所写；请勿再登记，运行 planledger verify 核对。"
        )
    return folder / digest[:2] / digest


def is_plain(folder: Path) -> bool:
    """Whether no link stands on the way to a folder; it need not be there."""
    return os.path.realpath(folder) == os.path.abspath(folder)  # noqa: PTH100  (links must stay in it)


def stored(folder: Path) -> Iterator[Path]:
    """Every file that one chain keeps; what is a link, or lies behind one, does not count."""
    for below in folder.glob("??"):
        if is_plain(below) and below.is_dir():
            yield from (
                path for path in below.iterdir() if is_hex(path.name, DIGEST) and not path.is_symlink()
            )


def stored_in(folder: Path) -> list[Path]:
    """Every file under the folder of a ledger, of whichever chain."""
    of_others = (path for path in folder.glob("?" * NAME) if is_hex(path.name, NAME))
    return sorted(path for one in (folder, *of_others) for path in stored(one))
