"""Workbooks that were made to do harm, written by code: a good form that asks for more than any form has."""

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

SHEET, DETAILS, WORKBOOK, STYLES, STRINGS = (
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)
WHOLE = "A1:XFD1048576"


def repacked(good: bytes, changes: dict[str, Callable[[bytes], bytes]], **more: bytes) -> bytes:
    """Pack a workbook again with some of its parts changed, and with *more* of them."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(good)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info.filename, changes.get(info.filename, bytes)(part))
        for name, part in more.items():
            target.writestr(name, part)
    return out.getvalue()


def _in_sheet(text: str, before: str = "</worksheet>") -> Callable[[bytes], bytes]:
    return lambda good: repacked(good, {SHEET: _put(text, before)})


def _put(text: str, before: str) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(before.encode(), (text + before).encode(), 1)


def _part(name: str, text: str) -> Callable[[bytes], bytes]:
    return lambda good: repacked(good, {name: lambda _: text.encode()})


def _more(name: str, text: bytes | str) -> Callable[[bytes], bytes]:
    return lambda good: repacked(good, {}, **{name: text if isinstance(text, bytes) else text.encode()})


def _links(ref: str, count: int = 3) -> Callable[[bytes], bytes]:
    link = f'<hyperlink ref="{ref}" location="A1"/>'
    return _in_sheet(f"<hyperlinks>{link * count}</hyperlinks>")


@cache  # two cases have it, and it takes a second
def _blanks(good: bytes) -> bytes:
    return repacked(good, {SHEET: lambda part: part + b" " * 300_000_000})


def _lying(good: bytes) -> bytes:
    """An archive whose directory says that a part is small, and whose bytes unfold to gigabytes' worth of noughts."""
    data = _blanks(good)
    size, large = struct.pack("<L", len(_sheet_of(good)) + 300_000_000), struct.pack("<L", 9_000)
    return data.replace(size, large)


def _sheet_of(good: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(good)) as archive:
        return archive.read(SHEET)


def _other_packing(good: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def _directory(count: int) -> Callable[[bytes], bytes]:
    def more(good: bytes) -> bytes:
        out = BytesIO(good)
        with zipfile.ZipFile(out, "a") as archive:
            for number in range(count):
                archive.writestr(f"x{number}", b"")
        return out.getvalue()

    return more


def _utf_16(good: bytes) -> bytes:
    return repacked(good, {SHEET: lambda part: part.decode().replace("UTF-8", "UTF-16").encode("utf-16")})


def _names(count: int) -> str:
    return " ".join(f'a{number}=""' for number in range(count))


_RULE = '<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'
_CHECK = '<dataValidation type="whole" sqref="A1"><formula1>1</formula1></dataValidation>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEETS = "".join(f'<sheet name="s{n}" sheetId="{n + 9}" r:id="rId1"/>' for n in range(3_000))
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

HARM: dict[str, Callable[[bytes], bytes]] = {
    "three links over a sheet": _links(WHOLE),
    "links over columns": _links("A:C"),
    "many small links": _links("A1:Z99", 200),
    "merged cells over a sheet": _in_sheet(f'<mergeCells><mergeCell ref="{WHOLE}"/></mergeCells>'),
    "a rule over a sheet": _in_sheet(_RULE.replace("A1", WHOLE)),
    "a check over a sheet": _in_sheet(f"<dataValidations>{_CHECK.replace('A1', WHOLE)}</dataValidations>"),
    "many areas in one rule": _in_sheet(_RULE.replace('"A1"', f'"{"A:XFD " * 20_000}"')),
    "a million small areas": _in_sheet(_RULE.replace('"A1"', f'"{"A1 " * 90_000}"')),
    "a filter over a sheet": _in_sheet(f'<autoFilter ref="{WHOLE}"/>'),
    "a dimension of a sheet": _in_sheet(f'<dimension ref="{WHOLE}"/>', "<sheetFormatPr"),
    "an area beyond all sheets": _links("A1:A99999999999999"),
    "a comment over a sheet": _more(
        "xl/comments9.xml",
        f'<comments {_MAIN}><commentList><comment ref="{WHOLE}" authorId="0"/></commentList></comments>',
    ),
    "a table over a sheet": _more("xl/tables/table9.xml", f'<table {_MAIN} id="9" ref="{WHOLE}"/>'),
    "a million nested tags": _in_sheet("<a>" * 1_000_000),
    "a million tags": _in_sheet("<a/>" * 1_000_000),
    "600,000 attributes": _in_sheet(f"<a {_names(600_000)}/>"),
    "600,000 attributes here and there": _in_sheet(f"<a {_names(20)}/>" * 30_000),
    "150,000 rules": _in_sheet(_RULE * 150_000),
    "150,000 empty rules": _in_sheet('<conditionalFormatting sqref="A1"/>' * 150_000),
    "100,000 checks": _in_sheet(f"<dataValidations>{_CHECK * 100_000}</dataValidations>"),
    "300,000 fonts": lambda good: repacked(good, {STYLES: _put("<font/>" * 300_000, "</fonts>")}),
    "300,000 looks": lambda good: repacked(good, {STYLES: _put("<xf/>" * 300_000, "</cellXfs>")}),
    "300,000 names": lambda good: repacked(
        good, {WORKBOOK: _put('<definedName name="x">A1</definedName>' * 300_000, "</definedNames>")}
    ),
    "300,000 texts": _more(STRINGS, f"<sst {_MAIN}>{'<si><t>a</t></si>' * 300_000}</sst>"),
    "300,000 pieces of a text": _more(STRINGS, f"<sst {_MAIN}><si>{'<r><t>a</t></r>' * 300_000}</si></sst>"),
    "300,000 cells": _in_sheet(f'<row r="100">{"<c><v>1</v></c>" * 300_000}</row>', "</sheetData>"),
    "300,000 values in a cell": _in_sheet(f'<row r="100"><c>{"<v/>" * 300_000}</c></row>', "</sheetData>"),
    "10,000 rows": _in_sheet("<row/>" * 10_000, "</sheetData>"),
    "300,000 relations": lambda good: repacked(
        good,
        {"xl/_rels/workbook.xml.rels": _put('<Relationship Id="x" Target="x"/>' * 300_000, "</Relationships>")},
    ),
    "an attribute of megabytes": _in_sheet(f'<a b="{"x" * 15_000_000}"/>'),
    "a text of megabytes": _more(STRINGS, f"<sst {_MAIN}><si><t>{'x' * 15_000_000}</t></si></sst>"),
    "a comment of megabytes": _in_sheet(f"<!--{'x' * 15_000_000}-->"),
    "harm in a part that nobody asks for": _more("xl/theme/theme9.xml", "<a>" * 1_000_000),
    "harm under another ending": _more("xl/media/image9.png", f"{' ' * 99}<a>{'<a/>' * 1_000_000}</a>"),
    "definitions": lambda good: repacked(good, {SHEET: lambda part: _ENTITIES.encode() + part.partition(b"?>")[2]}),
    "definitions in utf-16": _more("xl/x.xml", _ENTITIES.encode("utf-16")),
    "a sheet in utf-16": _utf_16,
    "300 MB of blanks": _blanks,
    "300 MB that say they are 9 KB": _lying,
    "a packing that cannot be bounded": _other_packing,
    "100,000 empty parts": _directory(100_000),
    "600 parts": _directory(600),
    "one part as 3,000 sheets": lambda good: repacked(good, {WORKBOOK: _put(_SHEETS, "</sheets>")}),
    "two parts of one name": _more("xl\\Worksheets\\sheet1.xml", f"<worksheet {_MAIN}/>"),
}  # fmt: skip


def _columns(good: bytes) -> bytes:
    """Details on many rows, in columns that are described many times."""
    cells = '<c r="C{0}"><v>1</v></c><c r="D{0}"><v>43664</v></c><c r="F{0}"><v>1</v></c>'
    rows = "".join(f'<row r="{row}">{cells.format(row)}</row>' for row in range(60, 4_900))
    columns = '<cols><col min="3" max="3" width="9"/>' + '<col min="3" max="3" width="9"/>' * 40_000
    ends = _put(rows, "</sheetData>")
    return repacked(good, {DETAILS: lambda part: ends(part).replace(b"<cols>", columns.encode(), 1)})


def _drawings(good: bytes) -> bytes:
    """One long drawing, named by a sheet a thousand times."""
    drawing = "<d>" + "<oneCellAnchor/>" * 40_000 + "</d>"
    one = '<x:Relationship Id="r{}" Type="x/drawing" Target="../drawings/d.xml"/>'
    relations = '<x xmlns:x="x">' + "".join(map(one.format, range(1_000))) + "</x>"
    more = {"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/drawings/d.xml": drawing}
    return repacked(good, {}, **{name: part.encode() for name, part in more.items()})


def _look(code: str, count: int) -> Callable[[bytes], bytes]:
    """Cells that look as *code* says."""
    written = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><fonts'.encode()
    looks = _put('<xf numFmtId="200"/>' * count, "</cellXfs>")
    return lambda good: repacked(good, {STYLES: lambda part: looks(part).replace(b"<fonts", written, 1)})


SLOW: dict[str, Callable[[bytes], bytes]] = {  # no more than a form may have, in a way that may cost minutes
    "columns that are described often": _columns,
    "a drawing that is named often": _drawings,
    "a look that many cells share": _look("&quot;" * 30_000, 49_000),
    "a look that never ends": _look("[" * 250_000, 1),
}


CHILD = """
import json, sys
from importlib import import_module
from pathlib import Path
from time import process_time
from planledger.formats.xlsx.opening import WorkbookRefused
module, function, folder = sys.argv[1:]
read = getattr(import_module(module), function)
outcomes = {}
for path in sorted(Path(folder).iterdir()):
    before = process_time()
    try:
        read(path)
        outcome = "READ"
    except WorkbookRefused:
        outcome = "refused"
    status = Path("/proc/self/status")  # the most memory so far, which no parent's counts into
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024 if status.exists() else 0
    outcomes[path.stem] = outcome, process_time() - before < 2, peak < 200
print(json.dumps(outcomes))
"""


def costs(read: Callable[[Path], object], folder: Path) -> dict[str, tuple[object, ...]]:
    """Read every file of a folder, one after the other in a process of its own.

    Returns:
        For each by its stem: READ or refused, whether it took two seconds of CPU at most, and whether all so far took 200 MB.
    """
    words = [sys.executable, "-c", CHILD, read.__module__, read.__name__, str(folder)]
    answer = subprocess.run(words, capture_output=True, check=True, text=True, cwd=Path(__file__).parent)
    return {name: tuple(outcome) for name, outcome in json.loads(answer.stdout).items()}
