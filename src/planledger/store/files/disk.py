"""The one way to place a file: written under the name of a draft, synced, then renamed; its folder is synced too."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* as durable as the files; where a system knows no such thing, it needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_file(path: Path) -> IO[bytes]:
    """Open a new file for its owner alone; what stands there is never opened."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "w+b")


@contextmanager
def synced(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give an open file to write; at the end of the block it is on the disk, and closed."""
    with file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def place_file(path: Path, folder: Path | None = None, *, covers: bool = False) -> Iterator[IO[bytes]]:
    """Give a file to write, for its owner alone; at the end of the block it takes its name, whole or not at all.

    Args:
        path: its name.
        folder: where it lies until then, on the same disk; None for beside its name.
        covers: what stands there gives way.

    Raises:
        FileExistsError: something stands there that is not to give way.
    """
    draft = (folder or path.parent) / f".{os.urandom(8).hex()}.new"  # short, however long the name is
    try:
        with synced(new_file(draft)) as file:
            yield file
        appear(draft, path, covers=covers)
    finally:
        with suppress(OSError):  # the caller says why the file could not be written
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
    """Make the folder of *path* where it is missing; where nothing comes to lie in it, it is gone again at the end."""
    missing = make_folder(path.parent)
    try:
        yield
    finally:
        with suppress(OSError):  # something is in it
            for folder in missing:
                folder.rmdir()


def second_name(path: Path, name: Path) -> None:
    """Give a file a second name on the same disk; where a file system knows no such thing, a copy.

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
