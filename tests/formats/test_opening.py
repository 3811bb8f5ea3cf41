"""Opening what came back: a form is read whatever program saved it, harm is refused before it costs anything."""

import os
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from asking import ledger_as_of
from conftest import copied
from hostile_workbooks import HARM, SHEET, STYLES, WORKBOOK, costs, repacked
from planledger.formats.form.mark_faults import marked
from planledger.formats.form.read_identity import identity_of
from planledger.formats.form.write_form import write_form
from planledger.formats.xlsx.contents import Content, Look
from planledger.formats.xlsx.opening import OpenedWorkbook, WorkbookRefused, open_workbook
from planledger.formats.xlsx.sheets import ReadSheet
from planledger.questions.forms.form import form_of
from planledger.questions.forms.returned import CellFault, CellPlace
from planledger.questions.sheet import load

DAY = "2019-08-02"
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def good(fresh_ledger: Path) -> bytes:
    """A form with a figure, a day, and a day within words."""
    store, out = copied(fresh_ledger), BytesIO()
    sheet = load(ledger_as_of(store, DAY))
    unit = next(one for one in sheet.agencies if one.name == "大新县人社局")
    write_form(form_of(sheet, unit, "2019-07"), out)
    store.close()
    book = load_workbook(out)
    page = book["填报表"]
    page["I7"].value, page["J7"].value = 40, date(2019, 7, 16)
    page["L6"].value, page["O7"].value = "召开\n招聘会", datetime(2019, 7, 17)  # noqa: DTZ001
    book.save(out := BytesIO())
    return out.getvalue()


def read(folder: Path, data: bytes) -> OpenedWorkbook:
    (folder / "表.xlsx").write_bytes(data)
    return open_workbook(folder / "表.xlsx")


# What it costs to refuse harm


def test_harm_is_refused_before_it_costs_time_or_memory(good: bytes, tmp_path: Path) -> None:
    """Each in two seconds of CPU, and all of them one after the other in 200 MB."""
    for name, harm in HARM.items():
        (tmp_path / f"{name}.xlsx").write_bytes(harm(good))

    assert dict.fromkeys(HARM, ("refused", True, True)) == costs(open_workbook, tmp_path)


# What reads the same, whatever program saved it

MAIN, STRICT = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"


def each(change: Callable[[str, bytes], tuple[str, bytes]]) -> Change:
    def repack(data: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                target.writestr(*change(name, source.read(name)))
        return out.getvalue()

    return repack


def replaced(part: str, *pairs: tuple[str, str]) -> Change:
    def change(text: bytes) -> bytes:
        for old, new in pairs:
            assert old.encode() in text, old
            text = text.replace(old.encode(), new.encode())
        return text

    return lambda data: repacked(data, {part: change})


def _strict(name: str, part: bytes) -> tuple[str, bytes]:
    text = part.replace(MAIN.encode(), f"{STRICT}spreadsheetml/main".encode())
    text = text.replace(OFFICE.encode(), f"{STRICT}officeDocument/".encode())
    return name, re.sub(rb'(r="J7"[^>]*) t="n"><v>43662<', rb'\1 t="d"><v>2019-07-16<', text)


def _elsewhere(name: str, part: bytes) -> tuple[str, bytes]:
    return name.replace("xl/", "a/b/").replace("workbook.xml", "book2.xml"), part.replace(
        b"/xl/", b"/a/b/"
    ).replace(b"xl/workbook.xml", b"/a/b/book2.xml")


def _prefixed(name: str, part: bytes) -> tuple[str, bytes]:
    if not name.startswith("xl/worksheets"):
        return name, part
    text = part.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:x="{MAIN}"'.encode())
    return name, re.sub(rb"<(/?)(?=[a-zA-Z])(?![a-z]+:)", rb"<\1x:", text)


def _without(*parts: str) -> Change:
    def repack(data: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                if name not in parts:
                    target.writestr(name, source.read(name))
        return out.getvalue()

    return repack


def _nonsense(part: str) -> Change:
    return lambda data: repacked(data, {part: lambda _: b"<broken"})


def _unplaced(name: str, part: bytes) -> tuple[str, bytes]:
    """No cell and no row says where it stands; those that are left out are there, and empty."""
    return name, re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", part) if name == SHEET else part


AS_GOOD: dict[str, Change] = {
    "strict open xml": each(_strict),
    "names with a backslash": each(lambda name, part: (name.replace("/", "\\"), part)),
    "names in capitals": each(lambda name, part: (name.upper(), part)),
    "names with a slash before": each(lambda name, part: (f"/{name}", part)),
    "names as an address": each(lambda name, part: (name.replace("sheet", "%73heet"), part)),
    "the main part elsewhere": each(_elsewhere),
    "a prefix everywhere": each(_prefixed),
    "cells without a place": each(_unplaced),
    "no list of contents": _without("[Content_Types].xml"),
    "macros": replaced("[Content_Types].xml", ("openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")),
    "an empty fill": replaced(STYLES, ("<fill>", "<fill/><fill>")),
    "an odd colour": replaced(STYLES, ('<color rgb="', '<color rgb="auto')),
    "an extension in a fill": replaced(STYLES, ("</patternFill>", "<extLst/></patternFill>")),
    "fonts of another kind": replaced(STYLES, ("<fonts ", '<fonts family="?" ')),
    "a link to nowhere": replaced(SHEET, ("</worksheet>", '<hyperlinks><hyperlink ref="A1" id="x"/></hyperlinks></worksheet>')),
    "a drawing that is gone": replaced(SHEET, ("</worksheet>", '<drawing id="rId9"/></worksheet>')),
    "a rule that cannot be": replaced(SHEET, ("</worksheet>", '<conditionalFormatting sqref="?"><cfRule type="?"/></conditionalFormatting></worksheet>')),
    "a page without measure": replaced(SHEET, ("<pageMargins ", '<pageMargins odd="x" ')),
    "a row with an odd height": replaced(SHEET, ('<row r="7"', '<row odd="x" r="7"')),
    "a day as a property": replaced("docProps/core.xml", ("</cp:coreProperties>", '<dcterms:modified xmlns:dcterms="http://purl.org/dc/terms/">2019-07-18</dcterms:modified></cp:coreProperties>')),
    "properties that are broken": _nonsense("docProps/core.xml"),
    "properties of ours that are broken": _nonsense("docProps/custom.xml"),
    "properties in letters of another code": replaced("docProps/custom.xml", ("大新县人社局", "大新县人社局".encode().decode("latin-1"))),
    "properties on lines of their own": each(lambda name, part: (name, part.replace(b"</property>", b"\n  </property>"))),
    "no properties": _without("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"),
    "names that point nowhere": replaced(WORKBOOK, ("<definedNames>", '<definedNames><definedName name="x" localSheetId="77">#REF!</definedName>')),
    "a print area of the whole sheet": replaced(WORKBOOK, ("<definedNames>", '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">填报表!$A$1:$XFD$1048576</definedName>')),
    "a rule over whole columns": replaced(SHEET, ("</worksheet>", '<conditionalFormatting sqref="A:O"/></worksheet>')),
    "numbers with a point": each(lambda name, part: (name, re.sub(rb"<v>(\d+)</v>", rb"<v>\1.0</v>", part))),
    "a last row": replaced(SHEET, ("</sheetData>", '<row r="1048576" ht="12.8" hidden="1" spans="1:16384"/></sheetData>')),
    "a theme that is broken": _nonsense("xl/theme/theme1.xml"),
    "a part that nobody knows": lambda data: repacked(data, {}, **{"xl/comments1.xml": b"<broken", "x/y.bin": b"\0"}),
}  # fmt: skip


@pytest.mark.parametrize("name", AS_GOOD)
def test_whatever_is_odd_outside_the_cells_the_cells_are_read(good: bytes, tmp_path: Path, name: str) -> None:
    expected, opened = read(tmp_path, good), read(tmp_path, AS_GOOD[name](good))

    assert identity_of(expected) == identity_of(opened)
    assert [*expected.workbook.sheets] == [*opened.workbook.sheets]
    for title, sheet in expected.workbook.sheets.items():
        assert sheet.cells == opened.workbook.sheets[title].cells


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("yyyy-mm-dd", datetime(2019, 7, 16)),  # noqa: DTZ001
        ('yyyy"年"m"月"d"日"', datetime(2019, 7, 16)),  # noqa: DTZ001
        ("[$-804]yyyy/m/d;@", datetime(2019, 7, 16)),  # noqa: DTZ001
        ("General", 43662),
        ("G/通用格式", 43662),
        ("0_);[Red]\\(0\\)", 43662),
        ('0"days"', 43662),
        ("0.00E+00", 43662),
    ],
)
def test_a_number_is_a_day_where_its_cell_is_to_look_like_one(
    good: bytes, tmp_path: Path, code: str, value: object
) -> None:
    book = load_workbook(BytesIO(good))
    book["填报表"]["O7"].value, book["填报表"]["O7"].number_format = 43662, code
    book.save(out := BytesIO())

    assert value == read(tmp_path, out.getvalue()).workbook.sheets["填报表"].at(7, 15).value


def test_a_look_may_scale_a_number_and_hide_parts_of_what_stands_in_its_cells() -> None:
    """Parts are for numbers above zero, below zero, zero, and texts; 千米 is a unit of measure and no thousand."""
    scaled = ['0.0"万人"', "0%", "0‰", "#,##0,", '0.0,"千"', '"百分之"0']
    plain = ["", "General", '0"千米"', '0"百分点"', "#,##0.00", "yyyy-mm-dd"]
    seen = {
        ";;;": [],
        "0;-0;;@": [40, -1, "字"],
        '0;-0;"";[Red]""': [40, -1],
        '0;-0;"无"': [40, -1, 0, "字"],
        '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ': [40, -1, 0, "字"],
        "#,###": [40, -1, "字"],
        "#,##0_);[Red]\\(#,##0\\)": [40, -1, 0, "字"],
        '[=0]"";General': [40, -1, 0, "字"],
        "[>9];;": ["字"],
    }

    assert [True] * len(scaled) + [False] * len(plain) == [
        Look(code=code).is_scaled for code in scaled + plain
    ]
    for code in plain:
        seen[code] = [40, -1, 0, "字"]
    for code, values in seen.items():
        assert values == [one for one in (40, -1, 0, "字") if not Look(code=code).hides(one)], code


@pytest.mark.parametrize("number", [31, 57, 14])
def test_the_days_of_chinese_spreadsheets_have_numbers_of_their_own(
    good: bytes, tmp_path: Path, number: int
) -> None:
    """Excel and WPS do not write those looks down: the number says all."""
    odd = replaced(STYLES, *[(f'numFmtId="{n}"', f'numFmtId="{number}"') for n in (164,)])
    book = load_workbook(BytesIO(good))
    book["填报表"]["O7"].value, book["填报表"]["O7"].number_format = 43662, "yyyy-mm-dd"
    book.save(out := BytesIO())
    moment = read(tmp_path, odd(out.getvalue())).workbook.sheets["填报表"].at(7, 10).value

    assert datetime(2019, 7, 16) == moment  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        ('t="n"><v>20190716</v>', 20190716, "n"),
        ('t="n"><v>-3</v>', -3, "n"),
        ('t="n"><v>1e999</v>', float("inf"), "n"),
        ('t="n"><v>1_000</v>', "1_000", "e"),
        ('t="n"><v>４０</v>', "４０", "e"),
        ('t="n"><v>nan</v>', "nan", "e"),
        ('t="s"><v>999999</v>', "999999", "e"),
        ('t="?"><v>1</v>', "1", "e"),
        ('t="e"><v>#VALUE!</v>', "#VALUE!", "e"),
        ('t="b"><v>1</v>', True, "b"),
        ('t="d"><v>2019-07-16T00:00:00.000Z</v>', datetime(2019, 7, 16), "d"),  # noqa: DTZ001
        ('t="d"><v>2019-02-30</v>', "2019-02-30", "e"),
        ('t="str"><f>1+1</f><v>二</v>', "二", "s"),
        ('t="inlineStr"><is><r><t>摸</t></r><r><t>底</t></r><rPh><t>x</t></rPh></is>', "摸底", "s"),
        ('t="str"><v></v>', None, "n"),
        ("><f>1+1</f>", None, "n"),
    ],
)
def test_a_cell_is_read_as_it_stands(
    good: bytes, tmp_path: Path, cell: str, value: object, kind: str
) -> None:
    def put(part: bytes) -> bytes:
        match = re.search(rb'<c r="J7"([^>]*?) t="n"><v>[^<]*</v></c>', part)
        assert match
        return part.replace(match[0], b'<c r="J7"' + match[1] + b" " + cell.encode() + b"</c>")

    content = read(tmp_path, repacked(good, {SHEET: put})).workbook.sheets["填报表"].at(7, 10)

    assert (value, kind) == content[:2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="J7"', '<c r="I7"'),
        ('<c r="J7"', '<c r="J8"'),
        ('<c r="J7"', '<c r="?"'),
        ('<row r="7"', '<row r="x"'),
        ("<v>40</v>", "<v>40</v><v>50</v>"),
        ("<v>40</v>", "<v>40</v><is><t>50</t></is>"),
    ],
)
def test_cells_that_say_two_places_or_values_are_damage(
    good: bytes, tmp_path: Path, old: str, new: str
) -> None:
    with pytest.raises(WorkbookRefused, match="不完整或内容损坏"):
        read(tmp_path, replaced(SHEET, (old, new))(good))


# What goes back marked


@pytest.mark.parametrize(
    ("name", "is_as_sent"),
    [
        ("macros", True),
        ("a link to nowhere", True),
        ("a rule that cannot be", True),
        ("a day as a property", True),
        ("strict open xml", True),
        ("an empty fill", False),
    ],
)
def test_a_marked_form_keeps_its_contents_whatever_program_saved_it(
    good: bytes, tmp_path: Path, name: str, *, is_as_sent: bool
) -> None:
    """The look is kept where openpyxl can read it; what was typed is kept always, also what no calendar has."""
    typed = replaced(SHEET, ("<v>43662</v>", "<v>20190716</v>"))(good)
    book = read(tmp_path, AS_GOOD[name](typed))
    made, looks_as_sent = marked(book, (CellFault(CellPlace("填报表", "I7"), "40", "请核对。"),))
    opened = read(tmp_path, made)

    assert is_as_sent == looks_as_sent
    assert 20190716 == opened.workbook.sheets["填报表"].at(7, 10).value
    assert "I7：请核对。" == opened.workbook.sheets["填报表"].at(7, 16).value
    assert identity_of(book) == identity_of(opened)
    for title, sheet in book.workbook.sheets.items():
        assert typed_in(sheet).items() <= typed_in(opened.workbook.sheets[title]).items()


def typed_in(sheet: ReadSheet) -> dict[tuple[int, int], Content]:
    """What stands in the cells, whatever they look like."""
    return {place: content._replace(look=Look()) for place, content in sheet.cells.items()}


# What is none, and why

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return out.getvalue()


FOREIGN = {
    "empty": (b"", "是空文件；请让填报单位重发"),
    "noughts": (bytes(500), "是空文件"),
    "encrypted": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "加了打开密码；请用 Excel 或 WPS 打开，另存为",
    ),
    "old": (OLE + "Workbook\0".encode("utf-16-le"), "是旧格式（.xls、.et）；请用 Excel 或 WPS 打开，另存为"),
    "old or not": (OLE, "是旧格式（.xls）或加了密码；请用 Excel"),
    "old word": (OLE + "WordDocument".encode("utf-16-le"), "是 Word 文档，不是填报表；请导入当初"),
    "binary": (zipped("xl/workbook.bin", "xl/worksheets/sheet1.bin"), "是二进制工作簿（.xlsb）；请用 Excel"),
    "open document": (zipped("mimetype", "content.xml"), "是 OpenDocument 表格（.ods）；请用 Excel"),
    "word": (zipped("_rels/.rels", "word/document.xml"), "是 Word 文档，不是填报表；"),
    "numbers": (zipped("Index/Document.iwa"), "是 Numbers 表格；请在 Numbers 里导出"),
    "zip": (zipped("大新县人社局-2019-07.xlsx"), "是压缩包，不是 xlsx 工作簿；请先解压"),
    "rar": (b"Rar!\x1a\x07\0", "是压缩包，不是 xlsx 工作簿；请先解压"),
    "pdf": (b"%PDF-1.4\n", "是 PDF，不是填报表"),
    "csv": ("\ufeff序号,指标\n6.1,招聘会\n".encode(), "是文字（如 .csv），认不出是哪一份表；请导入当初"),
    "gbk csv": ("序号,指标\n6.1,招聘会\n".encode("gbk"), "是文字（如 .csv）"),
    "page": (b"\r\n<HTML><table>", "是网页，不是填报表；请导入当初"),
    "old xml": (b'<?xml version="1.0"?><Workbook/>', "是 XML，不是 xlsx 工作簿；请用 Excel"),
    "no sheets": (zipped("xl/workbook.xml"), "不完整或内容损坏，读不出来；请用 Excel"),
    "anything": (b"\x01\x00\x02", "不是 xlsx 工作簿，或已损坏；请让填报单位重发"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_of_what_is_no_form_the_refusal_names_what_it_is_and_what_to_do(tmp_path: Path, name: str) -> None:
    data, sentence = FOREIGN[name]
    with pytest.raises(WorkbookRefused) as refused:
        read(tmp_path, data)

    assert f"表.xlsx {sentence}" in str(refused.value)


def test_a_form_in_an_archive_with_a_password_is_refused_as_such(good: bytes, tmp_path: Path) -> None:
    """The first part is marked as encrypted, where it stands and in the list of parts."""
    locked = bytearray(good)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    with pytest.raises(WorkbookRefused, match="加了密码；请用 Excel 或 WPS 打开，另存为"):
        read(tmp_path, bytes(locked))


def test_a_form_that_was_cut_off_is_refused_as_incomplete(good: bytes, tmp_path: Path) -> None:
    with pytest.raises(WorkbookRefused, match="不完整或内容损坏，读不出来；请用 Excel 或 WPS 打开"):
        read(tmp_path, good[:-500])


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "表.xlsx")
    with pytest.raises(WorkbookRefused, match="不是普通文件（设备或管道）"):
        open_workbook(tmp_path / "表.xlsx")
