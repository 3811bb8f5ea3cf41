"""Opening a workbook that came from outside: bounded in size and memory, and nothing of it is believed."""

import re
from hashlib import sha256
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import fromstring
from zipfile import BadZipFile, ZipFile
from zlib import error as CompressionError  # noqa: N812  (its own name says nothing)

from planledger.plan.refusal import ExitCode, Refusal
from planledger.plan.rows import NamedTuple

LARGEST_FILE, LARGEST_UNPACKED, MOST_PARTS = 10_000_000, 20_000_000, 500
MOST_ROWS, MOST_CELLS = 5_000, 100_000  # of a sheet; a form has some hundred rows
_SHEET, _ROW, _CELL, _FORMULA, _MERGE = (
    re.compile(rb"<(?:[^\s<>/:]+:)?" + name + rb"[\s/>]")
    for name in (b"worksheet", b"row", b"c", b"f", b"mergeCell")
)
_AREA = re.compile(rb"""\sref\s*=\s*["']([^"']*)["']""")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and what is encrypted
WORKBOOK = "xl/workbook.xml"
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


class WorkbookRefused(Refusal):
    """The file is no workbook that can be read, or not one of ours."""

    exit_code = ExitCode.WORKBOOK_REFUSED


class Opened(NamedTuple):
    """A workbook that was read: with the results of its formulas, and with the formulas themselves."""

    name: str
    sha256: str
    values: Any  # openpyxl Workbook
    formulas: Any  # None where there is no formula at all


def opened(path: Path) -> Opened:
    """Read a workbook into memory.

    Raises:
        WorkbookRefused: it is too large, damaged, encrypted, of another kind, or made to do harm.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        from planledger.store.trouble import meaning  # noqa: PLC0415

        raise WorkbookRefused(f"{path.name}：打不开（{meaning(error)}）；请检查路径和权限。") from error
    try:
        parts = _parts(path.name, data)
        with catch_warnings():
            simplefilter(
                "ignore"
            )  # of what openpyxl cannot keep nothing is asked; what it cannot read is a fault
            values, formulas = _loaded(data, parts)
    except WorkbookRefused:
        raise
    except Exception as error:  # whatever openpyxl stumbles over, the file is at fault
        raise _refused(path.name, "内容损坏，读不出来") from error
    return Opened(path.name, sha256(data).hexdigest(), values, formulas)


def _loaded(data: bytes, parts: dict[str, bytes]) -> tuple[Any, Any]:
    """Read a workbook with the results of its formulas, and where it has any once more with the formulas."""
    values = _read(data, data_only=True)
    has_formulas = any(_FORMULA.search(part) for part in _sheets(parts))
    return values, _read(data, data_only=False) if has_formulas else None


def _read(data: bytes, *, data_only: bool) -> Any:
    """Read a workbook, its texts as they are written: openpyxl would take `x005F_` out of some and leave the rest."""
    from openpyxl.cell.text import Text
    from openpyxl.reader import excel

    class Reader(excel.ExcelReader):  # type: ignore[misc]  # openpyxl has no types
        def read_strings(self) -> None:
            table = self.package.find(excel.SHARED_STRINGS)
            if table is not None:
                strings = fromstring(self.archive.read(table.PartName[1:]))  # noqa: S314  (definitions are refused)
                self.shared_strings = [Text.from_tree(one).content for one in strings]

    reader = Reader(BytesIO(data), data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


def _parts(name: str, data: bytes) -> dict[str, bytes]:
    """Unpack the parts of a workbook within bounds, and look for what no workbook needs."""
    parts = _unpacked(name, data)
    if WORKBOOK not in parts:
        raise _refused(name, "不是 xlsx 工作簿")
    for sheet in _sheets(parts):
        if len(_ROW.findall(sheet)) > MOST_ROWS or len(_CELL.findall(sheet)) > MOST_CELLS:
            raise _refused(name, f"有一张表超过 {MOST_ROWS} 行，多半是表下方的空行；删掉它们")
        if _merged_cells(sheet) > MOST_CELLS:
            raise _refused(name, "合并了过多的单元格；请取消合并")
    for path, part in parts.items():
        if path.endswith((".xml", ".rels")) and (part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:2]):
            raise _refused(name, "不是 Excel、WPS 或 LibreOffice 保存的")
    if any(any(word in part for word in ENTITIES) for part in parts.values()):
        raise _refused(name, "里有不该有的定义（DTD），可能有害")
    return parts


def _unpacked(name: str, data: bytes) -> dict[str, bytes]:
    if len(data) > LARGEST_FILE:
        raise _refused(name, f"超过 {LARGEST_FILE // 1_000_000}MB，填报表不会这样大")
    if data.startswith(OLE):
        raise _refused(name, "是旧格式（.xls）或加了密码")
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise _refused(name, "解开后过大，填报表不会这样大")
            return {info.filename: archive.read(info) for info in infos}
    except (
        BadZipFile,
        CompressionError,
        EOFError,
        LZMAError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise _refused(name, "不是 xlsx 工作簿，或已损坏") from error


def _sheets(parts: dict[str, bytes]) -> list[bytes]:
    """Find the parts that are sheets, wherever a file keeps them."""
    return [part for part in parts.values() if _SHEET.search(part)]


def _merged_cells(sheet: bytes) -> int:
    """Count the cells that a sheet merges: each costs memory, however small the file is."""
    from openpyxl.utils import range_boundaries

    count = 0
    for merge in _MERGE.finditer(sheet):
        area = _AREA.search(sheet[merge.end() - 1 : sheet.find(b">", merge.start())])
        first, top, last, bottom = range_boundaries(
            area.group(1).decode("ascii", "replace") if area else "A1"
        )
        count += ((last or 0) - (first or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
    return count


def _refused(name: str, why: str) -> WorkbookRefused:
    return WorkbookRefused(
        f"{name} {why}；请用 planledger template 发出的表填报，存为 .xlsx 再导入。未登记。"
    )
