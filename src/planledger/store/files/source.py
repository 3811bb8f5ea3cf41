"""Reading a file that is to be copied in: an ordinary one, of a bounded size, that does not change meanwhile."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from planledger.plan.refusal import NotRecorded
from planledger.store.errors import os_error_text

CHUNK = 1 << 20
MEGABYTE = 1 << 20
LARGEST = 200 * MEGABYTE
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


Admit = Callable[[str, IO[bytes]], None]
"""Looks at the name and the open file before a byte of it is copied, and refuses what may not come in."""


def admit_all(_name: str, _file: IO[bytes]) -> None:
    """Admit every file."""


@contextmanager
def open_source(path: Path, largest: int = LARGEST, admit: Admit = admit_all) -> Iterator[Iterator[bytes]]:
    """Open a file that is to be copied, piece by piece; no link is followed, and nothing but a file is opened.

    Args:
        path: the file.
        largest: bytes that it may have.
        admit: looks at it first.

    Raises:
        Refusal: it is a link, a folder, a device or a pipe, too large, empty, cannot be read, or changes meanwhile.
    """
    try:
        _require_file(path, path.lstat(), largest)
        handle = os.open(path, FLAGS)
    except OSError as error:
        raise NotRecorded(f"{path} 读不了（{os_error_text(error)}）；请检查文件名和权限。") from error
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        _require_file(path, before, largest)
        admit(path.name, file)
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        yield _pieces(path, file.fileno(), before)


def _require_file(path: Path, status: os.stat_result, largest: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise NotRecorded(f"{path} 是链接，不跟随；请写它所指的文件。")
    if stat.S_ISDIR(status.st_mode):
        raise NotRecorded(f"{path} 是文件夹；请写里面的文件，一次可写多个。")
    if not stat.S_ISREG(status.st_mode):
        raise NotRecorded(f"{path} 不是普通文件（设备或管道），不能作为佐证材料。")
    if status.st_size > largest:
        raise NotRecorded(
            f"{path} 有 {status.st_size / MEGABYTE:.0f} MB，超过上限 {largest // MEGABYTE} MB；"
            "请压缩或拆开；确需存入，请用 planledger attach 并加 --largest 兆数。"
        )
    if not status.st_size:
        raise NotRecorded(f"{path} 是空文件；请检查是否拷贝完整。")


def _pieces(path: Path, handle: int, before: os.stat_result) -> Iterator[bytes]:
    """Read to the end that the file had when it was opened; a file that changes meanwhile is refused."""
    left = before.st_size
    while left > 0:
        try:
            chunk = os.read(handle, min(CHUNK, left))
        except OSError as error:
            raise NotRecorded(f"{path} 读不完（{os_error_text(error)}）；请检查文件所在的磁盘。") from error
        if not chunk:
            break
        left -= len(chunk)
        yield chunk
    after = os.fstat(handle)
    if left or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise NotRecorded(f"{path} 正在被改写，读到的不完整；请等它写完再登记。")
