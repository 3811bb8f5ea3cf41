"""Opening a workbook that came from outside: bounded in size and memory, and nothing of it is believed."""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from planledger.formats.xlsx.bounds import OddWorkbookError, TooLargeError, is_xml
from planledger.formats.xlsx.parts import Parts
from planledger.formats.xlsx.sheets import ReadWorkbook, read_sheets
from planledger.plan.refusal import ExitCode, NotRecorded
from planledger.store.errors import translate_os_errors

LARGEST_FILE = 10_000_000
ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # before 2007, and what is encrypted today
SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再导入"
SEND_AGAIN = "请让填报单位重发一次，或重新拷贝"
COPY_OVER = "请把填的内容抄到 planledger template 新发的表里再导入"
NO_FILE = "不是普通文件（设备或管道）"
OPEN_ORIGINAL = "请导入当初用 planledger template 发出、填好的那份 .xlsx"
_DAMAGED = "不完整或内容损坏，读不出来", f"{SAVE_AS}；打不开的，{SEND_AGAIN}"
_TEXT = "是文字（如 .csv），认不出是哪一份表", OPEN_ORIGINAL
_ARCHIVE = "是压缩包，不是 xlsx 工作簿", "请先解压，再导入里面的填报表"
_KINDS = (  # by how a file begins, in small letters
    ((b"<html", b"<!doctype html"), ("是网页，不是填报表", OPEN_ORIGINAL)),
    ((b"<",), ("是 XML，不是 xlsx 工作簿", SAVE_AS)),
    ((b"%pdf",), ("是 PDF，不是填报表", OPEN_ORIGINAL)),
    ((b"rar!", b"7z\xbc\xaf"), _ARCHIVE),
    ((b"\xff\xd8\xff", b"\x89png"), ("是图片，不是填报表", OPEN_ORIGINAL)),
    ((b"\xff\xfe",), _TEXT),
)
_KINDS_OF_OLE = (  # by the name of a stream that only they have
    ("EncryptedPackage", ("加了打开密码", f"{SAVE_AS}，存时取消密码")),
    ("Workbook\0", ("是旧格式（.xls、.et）", SAVE_AS)),
    ("Book\0", ("是旧格式（.xls、.et）", SAVE_AS)),
    ("WordDocument", ("是 Word 文档，不是填报表", OPEN_ORIGINAL)),
    ("", ("是旧格式（.xls）或加了密码", SAVE_AS)),
)
_KINDS_OF_ZIP = (  # by a part that only they have
    ("xl/workbook.bin", ("是二进制工作簿（.xlsb）", SAVE_AS)),
    ("word/", ("是 Word 文档，不是填报表", OPEN_ORIGINAL)),
    ("ppt/", ("是演示文稿，不是填报表", OPEN_ORIGINAL)),
    ("content.xml", ("是 OpenDocument 表格（.ods）", SAVE_AS)),
    ("index/", ("是 Numbers 表格", "请在 Numbers 里导出为 Excel（.xlsx）再导入")),
    ("xl/", _DAMAGED),
    ("", _ARCHIVE),
)


class WorkbookRefused(NotRecorded):
    """The file is no workbook that can be read, or not one of ours."""

    exit_code = ExitCode.WORKBOOK_REFUSED


class OpenedWorkbook(NamedTuple):
    """A workbook that was read."""

    name: str
    sha256: str
    workbook: ReadWorkbook
    parts: Parts


def open_workbook(path: Path) -> OpenedWorkbook:
    """Read a workbook into memory.

    Raises:
        WorkbookRefused: it is too large, damaged, encrypted, of another kind, or made to do harm.
    """
    data = bounded_bytes(path, path.name, workbook_refused(path.name, NO_FILE, OPEN_ORIGINAL))
    try:
        return _read(path.name, data)
    except WorkbookRefused:
        raise
    except TooLargeError as error:
        remedy = SAVE_AS if isinstance(error, OddWorkbookError) else COPY_OVER
        raise workbook_refused(path.name, str(error), remedy) from error
    except Exception as error:  # whatever it stumbles over, the file is at fault
        raise workbook_refused(path.name, *_DAMAGED) from error


def bounded_bytes(path: Path, name: str, no_file: WorkbookRefused) -> bytes:
    """Return what a file holds; of one above the bound, a byte more than the bound.

    Raises:
        WorkbookRefused: it cannot be opened; of a device or pipe, *no_file*.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
        raise no_file
    with (
        translate_os_errors(f"{name}：打不开", "请检查路径和权限。", WorkbookRefused, outcome=""),
        path.open("rb") as file,
    ):
        return file.read(LARGEST_FILE + 1)


def _read(name: str, data: bytes) -> OpenedWorkbook:
    if len(data) > LARGEST_FILE:
        raise workbook_refused(name, f"超过 {LARGEST_FILE // 1_000_000}MB，填报表不会这样大", COPY_OVER)
    if not data.startswith(ZIP):
        raise workbook_refused(name, *_other_kind(data))
    parts = Parts(data)
    book = read_sheets(parts) if is_xml(parts.get(parts.main) or b"") else None
    if book is None or not book.sheets:
        raise workbook_refused(name, *next(kind for part, kind in _KINDS_OF_ZIP if parts.has(part)))
    return OpenedWorkbook(name, sha256(data).hexdigest(), book, parts)


def _other_kind(data: bytes) -> tuple[str, str]:
    """Return what a file is that is no workbook of today, and what to do about it."""
    if not data.strip(b"\0"):
        return "是空文件", SEND_AGAIN
    if data.startswith(OLE):
        return next(kind for name, kind in _KINDS_OF_OLE if name.encode("utf-16-le") in data)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
    for beginnings, kind in _KINDS:
        if start.startswith(beginnings):
            return kind
    return ("不是 xlsx 工作簿，或已损坏", SEND_AGAIN) if b"\0" in data else _TEXT


def workbook_refused(name: str, why: str, remedy: str = COPY_OVER) -> WorkbookRefused:
    """Return the refusal of a workbook: why, and what to do now."""
    return WorkbookRefused(f"{name} {why}；{remedy}。")
