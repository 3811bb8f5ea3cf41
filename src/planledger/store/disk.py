"""How a finished file gets its name, and what keeps it on the disk: its folder must be synced too."""

import os
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
