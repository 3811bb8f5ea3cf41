"""Reading zip archives from outside: nothing in them is believed, and no more is read than they declare."""

import zlib
from collections.abc import Iterator
from struct import unpack
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

CHUNK = 1 << 20  # bytes of a file that are read at once
# Of the others zipfile unpacks a piece whole: 400 bytes of BZIP2 are 400 MB.
METHODS = (ZIP_STORED, ZIP_DEFLATED)
# What zipfile raises.
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_MOST_RATIO = 1100  # DEFLATE packs a thousand bytes into one, and not more
_LARGEST_LIST = 1_000_000
_ELSEWHERE = 0xFFFF  # in place of a number that stands in the second end of a large archive
_LONGEST_COMMENT = 0xFFFF
_END, _END_SIZE = b"PK\x05\x06", 22
_LARGE_END, _LARGE_END_SIZE = b"PK\x06\x07", 20
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1


def is_listed_shortly(file: IO[bytes]) -> bool:
    """Whether the list of an archive's parts can be read without much memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_COMMENT - _END_SIZE))
    end = file.read()
    place = end.rfind(_END)
    if place < 0 or len(end) - place < _END_SIZE:
        return False
    if end[max(0, place - _LARGE_END_SIZE) : place].startswith(_LARGE_END):  # zipfile reads that one instead
        return False
    count, length = map(int, unpack("<HL", end[place + 10 : place + 16]))
    return count < _ELSEWHERE and length <= _LARGEST_LIST


def part_name(part: ZipInfo) -> str:
    """The name of a part; many programs write it in UTF-8 or, on Chinese Windows, in GBK without declaring that."""
    return decode_name(part.filename, is_utf8=bool(part.flag_bits & _UTF8_NAME))


def decode_name(stored: str, *, is_utf8: bool) -> str:
    """A name as it was meant, from the text that zipfile gives."""
    for encoding in () if is_utf8 else ("utf-8", "gb18030"):
        try:
            return stored.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return stored


def is_encrypted(part: ZipInfo) -> bool:
    """Whether a part is encrypted."""
    return bool(part.flag_bits & _ENCRYPTED)


def unpacked_pieces(archive: ZipFile, part: ZipInfo, most: int | None = None) -> Iterator[bytes]:
    """Unpack a part piece by piece, or as many bytes of it as *most*; never more than it declares.

    Raises:
        BROKEN: it cannot be unpacked within bounds, or declares more than it can hold.
        OSError: the archive cannot be read.
    """
    if part.compress_type not in METHODS or part.file_size > _MOST_RATIO * part.compress_size + CHUNK:
        raise BadZipFile
    with archive.open(part) as file:
        yield from bounded(file, part.file_size if most is None else min(part.file_size, most))


def bounded(file: IO[bytes], size: int) -> Iterator[bytes]:
    """Read *size* bytes of a file piece by piece, and not more."""
    while size > 0 and (piece := file.read(min(CHUNK, size))):
        size -= len(piece)
        yield piece
