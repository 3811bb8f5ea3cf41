"""The place where a ledger lies and its risks: network folders, synchronised ones, free space, rights, journals."""

import os
import re
import shutil
import sys
from pathlib import Path, PurePath

from planledger.store.files.disk import stored_in
from planledger.store.paths import backups_beside, files_beside
from planledger.store.place import Surroundings

SCARCE = 200 << 20  # bytes; one attached file may take as many
_NETWORK = re.compile(r"^(nfs\d?|cifs|smb\w*|9p|afs|ncpfs|davfs|fuse\.(sshfs|s3fs|rclone|gvfsd-fuse))$")
_SYNCED = re.compile(
    "dropbox|onedrive|google drive|icloud|nutstore|坚果云|百度网盘|baidusyncdisk|wpsdrive|seafile|nextcloud|syncthing"
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def surroundings(path: Path, mounts: str | None = None) -> Surroundings:
    """The state of the place of a ledger; nothing is written.

    Args:
        path: the ledger.
        mounts: the mounts as Linux lists them; for tests.
    """
    stored = [file.stat().st_size for file in stored_in(files_beside(path))]
    backups = sorted(one.name for one in backups_beside(path).glob("*.zip"))
    status = path.stat()
    return Surroundings(
        size=status.st_size,
        files=len(stored),
        files_size=sum(stored),
        free=_free(path),
        is_open_to_others=os.name == "posix" and bool(status.st_mode & 0o077),
        has_journal=path.with_name(f"{path.name}-journal").exists(),
        is_writable=os.access(path, os.W_OK) and os.access(path.parent, os.W_OK),
        network=network_of(path, mounts),
        synced=synced_in(path),
        backups=len(backups),
        last_backup=backups[-1] if backups else "",
    )


def network_of(path: Path, mounts: str | None = None) -> str:
    """The kind of network file system that a path is on, empty for a local one; SQLite's locks cannot be relied on there."""
    whole = path.resolve()
    if sys.platform == "win32":
        return "UNC" if str(whole).startswith("\\\\") else ""
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return ""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, at, of_kind, *_ = [*line.split(), "", "", ""]
        at = _OCTAL.sub(lambda match: chr(int(match[1], 8)), at)
        if at and whole.is_relative_to(at) and len(at) > best:
            best, kind = len(at), of_kind
    return kind if _NETWORK.match(kind) else ""


def synced_in(path: PurePath) -> str:
    """The folder above a ledger that a program synchronises, which would copy half-written states; empty if there is none."""
    return next((part for part in path.parts if _SYNCED.search(part.casefold())), "")


def _free(path: Path) -> int:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return -1
