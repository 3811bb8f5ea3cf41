"""The text on the first page of a file that comes in, as far as it can be read cheaply; nothing in it is run or believed.

Plain text is read in every encoding that the office's programs write, whatever the name and the kind of the file.
Of a zip archive (.docx is one, .xlsx and .odt too) the names of its parts are given, and the first page of each.
A .pdf is read by `pypdf` where it is installed, in a process of its own. What cannot be read within the bounds is
left out.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from importlib.util import find_spec
from io import BytesIO
from typing import IO, NamedTuple
from zipfile import ZipFile, ZipInfo

from planledger.store.files.foreign_zip import BROKEN, is_listed_shortly, part_name, unpacked_pieces

HEAD = 16_384  # bytes of a text: more than a page
LARGEST_MARKUP = 1_000_000
MOST_PARTS, LARGEST_PART, LARGEST_ALL = 2_000, 4_000_000, 32_000_000
READER_SECONDS = 10
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BREAKS = re.compile(r"</(?:\w+:)?(?:p|tr|row|si|h)>|<(?:\w+:)?br\s*/?>")
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
