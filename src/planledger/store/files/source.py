"""A file that somebody gives: read within bounds while it does not change, and what its first page says."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZipFile, ZipInfo

from planledger.plan.refusal import NotRecorded
from planledger.store.errors import translate_os_errors
from planledger.store.files.foreign_zip import BROKEN, CHUNK, is_listed_shortly, part_name, unpacked_pieces

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
    with translate_os_errors(f"{path} 读不了", "请检查文件名和权限。", NotRecorded):
        _require_file(path, path.lstat(), largest)
        handle = os.open(path, FLAGS)
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
        with translate_os_errors(f"{path} 读不完", "请检查文件所在的磁盘。", NotRecorded):
            chunk = os.read(handle, min(CHUNK, left))
        if not chunk:
            break
        left -= len(chunk)
        yield chunk
    after = os.fstat(handle)
    if left or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise NotRecorded(f"{path} 正在被改写，读到的不完整；请等它写完再登记。")


HEAD = 16_384  # bytes of a text: more than a page
LARGEST_MARKUP = 1_000_000
MOST_PARTS, LARGEST_PART, LARGEST_ALL = 2_000, 4_000_000, 32_000_000
READER_SECONDS = 10
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BREAKS = re.compile(r"</(?:\w+:)?(?:p|tr|row|si|h)>|<(?:\w+:)?(?:body|br\s*/?)>")
_STAR = re.compile(r'<w:sym\b[^<>]*w:char="(?:F0|00)AB"[^<>]*>', re.IGNORECASE)  # ★ of the font Wingdings
_TAG = re.compile(r"<[^<>]*>")
_BEFORE_TAGS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_UNREADABLE = (OSError, *BROKEN)
# A reader of PDF files is not ours and its input is anybody's: it has its own memory, which is bounded, and little time.
_READER = """import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
except ImportError:
    pass
from pypdf import PdfReader
text = PdfReader(sys.stdin.buffer).pages[0].extract_text()[:20000]
sys.stdout.buffer.write(text.encode("utf-8", "replace"))
"""


class PageText(NamedTuple):
    """A piece of text in a file, and where."""

    place: str  # the name of a part; empty for the file itself
    text: str
    is_name: bool = False


def first_page(file: IO[bytes]) -> Iterator[PageText]:
    """The readings of the first page of a file, one after the other; most of them are no text."""
    yield from _readings("", file.read(HEAD))
    if not (file.seekable() and file.seek(0) == 0):
        return
    start = file.read(1024)
    if b"%PDF-" in start:
        yield from _of_pdf(file)
    elif start.startswith(b"PK"):
        yield from _of_archive(file)


def _readings(place: str, data: bytes) -> Iterator[PageText]:
    """The beginning of a file in every encoding; of markup, the text between the tags."""
    for encoding in _ENCODINGS:
        yield PageText(place, data[:HEAD].decode(encoding, "replace"))
    if data[:8].lstrip(_BEFORE_TAGS).startswith(b"<"):
        encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
        text = _STAR.sub("★", data[:LARGEST_MARKUP].decode(encoding, "replace"))
        yield PageText(place, unescape(_TAG.sub("", _BREAKS.sub("\n", text))[:HEAD]))


def _of_archive(file: IO[bytes], within: str = "", left: int = LARGEST_ALL) -> Iterator[PageText]:
    """The names of the parts of a zip archive and the beginning of each, *left* bytes in all.

    A document that lies in an archive is read too, and named by the part that it is; what lies in it in turn is not unpacked.
    """
    if not is_listed_shortly(file):
        return
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()[:MOST_PARTS]
            for part in parts:
                yield PageText(within or part_name(part), part_name(part), is_name=True)
            for part in parts:
                place, data = within or part_name(part), _beginning(archive, part, min(left, LARGEST_PART))
                left -= len(data)
                yield from _readings(place, data)
                if data.startswith(b"PK") and not within:
                    yield from _of_archive(BytesIO(data), place, LARGEST_PART)
    except _UNREADABLE:
        return


def _beginning(archive: ZipFile, part: ZipInfo, most: int) -> bytes:
    """The beginning of one part; empty where it is encrypted or broken."""
    if most <= 0 or part.is_dir():
        return b""
    try:
        return b"".join(unpacked_pieces(archive, part, most))
    except _UNREADABLE:
        return b""


def _of_pdf(file: IO[bytes]) -> Iterator[PageText]:
    if find_spec("pypdf") is None or not sys.executable:
        return
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _READER],
            stdin=file,
            capture_output=True,
            timeout=READER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return
    yield PageText("", done.stdout.decode("utf-8", "replace"))
