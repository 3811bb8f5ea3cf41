"""How a finished file gets its name, and what keeps it on the disk: its folder must be synced too."""

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


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, all of them for their owner alone; one that is there is left as it is.

    Raises:
        FileExistsError: something else stands there.
    """
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)


@contextmanager
def folder_for(path: Path) -> Iterator[None]:
    """Make the folder of *path* where it is missing; where nothing comes to lie in it, it is gone again at the end."""
    missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    make_folder(path.parent)
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


def appear(draft: Path, path: Path) -> None:
    """Give a finished file its name, never over another one.

    Raises:
        FileExistsError: something stands there.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        draft.rename(path)
    sync_folder(path.parent)
