"""What keeps a file on the disk once it is written: its folder must be synced too."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* as durable as the files; where a system knows no such thing, it needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
