"""Pictures in a form: in an input cell a fault, over the cells a note; neither stored as a text nor passed over."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import Result
from forms import sent
from hostile_workbooks import SHEET, repacked

Cli = Callable[..., Result]
SAYS = "是图片，图片不随表存入；请清空这一格，另用 planledger attach 存入。"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@pytest.fixture
def blank(home: Path, ledger: Path, fresh_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A form, with a figure and its day in it."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    book: Any = load_workbook(BytesIO(sent(fresh_ledger)))
    book["填报表"]["I7"], book["填报表"]["J7"], book["填报表"]["O7"] = 40, "2019-07-16", "HERE"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def take(cli: Cli, home: Path) -> Callable[[bytes], Result]:
    """Import a form."""

    def imported(data: bytes) -> Result:
        (home / "表.xlsx").write_bytes(data)
        return cli("import", "表.xlsx")

    return imported


def cell(blank: bytes, written: str) -> bytes:
    """The form with the cell O7 written so."""
    here = b't="inlineStr"><is><t>HERE</t></is>'

    def put(sheet: bytes) -> bytes:
        assert here in sheet
        return sheet.replace(here, written.encode())

    return repacked(blank, {SHEET: put})


IN_CELL = {
    "WPS": 't="str"><f>_xlfn.DISPIMG("ID_0A1B2C3D",1)</f><v>=DISPIMG("ID_0A1B2C3D",1)</v>',
    "WPS, without the prefix": 't="str"><f>DISPIMG("ID_0A1B2C3D",1)</f><v>=DISPIMG("ID_0A1B2C3D",1)</v>',
    "WPS, opened in Excel": 't="e"><f>_xlfn.DISPIMG("ID_0A1B2C3D",1)</f><v>#NAME?</v>',
    "WPS, without a result": '><f>_xlfn.DISPIMG("ID_0A1B2C3D",1)</f>',
    "WPS, its text alone": 't="inlineStr"><is><t>=DISPIMG("ID_0A1B2C3D",1)</t></is>',
    "WPS, its text without its sign": 't="inlineStr"><is><t>_xlfn.DISPIMG("ID_0A1B2C3D",1)</t></is>',
    "IMAGE of Excel": 't="e" vm="1"><f>_xlfn.IMAGE("https://example.org/a.png")</f><v>#VALUE!</v>',
    "IMAGE, an array": 't="e"><f t="array" ref="O7">_xlfn.IMAGE("https://example.org/a.png")</f><v>#VALUE!</v>',
    "placed in the cell": 't="e" vm="1"><v>#VALUE!</v>',
    "chosen by a formula": 't="str"><f>IF(1,_xlfn.DISPIMG("ID_1",1),"")</f><v></v>',
}


@pytest.mark.parametrize("name", IN_CELL)
def test_a_picture_in_an_input_cell_is_a_fault_of_that_cell(
    cli: Cli, blank: bytes, take: Callable[[bytes], Result], name: str
) -> None:
    answer = take(cell(blank, IN_CELL[name]))

    assert 5 == answer.code
    assert "填报表!O7" in answer.out
    assert SAYS in answer.out
    assert "共1条" in cli("history").out


def test_what_is_left_of_a_picture_is_an_error_that_names_the_way_too(
    blank: bytes, take: Callable[[bytes], Result]
) -> None:
    """A program that knows no pictures in cells saves an error in their place."""
    assert "图片另用 planledger attach 存入" in take(cell(blank, 't="e"><v>#VALUE!</v>')).out


def test_a_picture_is_a_fault_among_others(blank: bytes, take: Callable[[bytes], Result]) -> None:
    """In a line of the details that says nothing else, in words behind others, and where nothing is counted."""
    book: Any = load_workbook(BytesIO(cell(blank, IN_CELL["WPS"])))
    for place in ("E3", "F4"):
        book["明细"][place] = '=_xlfn.DISPIMG("ID_2",1)'
    for place in ("L6", "M6", "N6"):
        book["填报表"][place] = '=_xlfn.DISPIMG("ID_3",1)'
    out = BytesIO()
    book.save(out)
    printed = take(out.getvalue()).out

    assert [] == [
        one
        for one in ("明细!E3", "明细!F4", "填报表!L6", "填报表!M6", "填报表!N6", "填报表!O7")
        if one not in printed
    ]
    assert 6 == printed.count(SAYS)


def test_words_about_pictures_are_words(cli: Cli, blank: bytes, take: Callable[[bytes], Result]) -> None:
    assert 0 == take(cell(blank, 't="inlineStr"><is><t>现场图片（IMAGE 3张），DISPIMG(1)</t></is>')).code


def floating(blank: bytes, anchor: str, relations: str = RELATIONS) -> bytes:
    """The form with a drawing over its first sheet."""
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}spreadsheetDrawing" xmlns:a="{DRAWING}main" '
        f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{anchor}</xdr:wsDr>'
    )
    sheet = "xl/worksheets/_rels/sheet1.xml.rels"
    relation = f'<Relationship Id="rId9" Type="{relations}/drawing" Target="../drawings/drawing1.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    return repacked(blank, {}, **{sheet: rels.encode(), "xl/drawings/drawing1.xml": drawing.encode()})


FROM = "<xdr:from><xdr:col>11</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row></xdr:from>"
PIC = "<xdr:pic><xdr:blipFill><a:blip/></xdr:blipFill></xdr:pic>"
BOX = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>已开班</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
OVER = {
    "over two cells": (f"<xdr:twoCellAnchor>{FROM}{PIC}</xdr:twoCellAnchor>", "（L6）有1张图片"),
    "over one cell": (f"<xdr:oneCellAnchor>{FROM}{PIC}</xdr:oneCellAnchor>", "（L6）有1张图片"),
    "anywhere": (f"<xdr:absoluteAnchor>{PIC}</xdr:absoluteAnchor>", "上有1张图片"),
    "in a group": (f"<xdr:twoCellAnchor>{FROM}<xdr:grpSp>{PIC}{BOX}</xdr:grpSp></xdr:twoCellAnchor>", "（L6）有1张图片"),
    "in an alternative": (
        f"<mc:AlternateContent><mc:Choice><xdr:twoCellAnchor>{FROM}{PIC}</xdr:twoCellAnchor></mc:Choice></mc:AlternateContent>",
        "（L6）有1张图片",
    ),
    "a shape that is filled with one": (
        f"<xdr:twoCellAnchor>{FROM}<xdr:sp><xdr:spPr><a:blipFill><a:blip/></a:blipFill></xdr:spPr></xdr:sp></xdr:twoCellAnchor>",
        "（L6）有1张图片",
    ),
    "a box with text": (f"<xdr:twoCellAnchor>{FROM}{BOX}</xdr:twoCellAnchor>", "（L6）有1个文本框，浮在表上，没有读取；请把文字写进表里的格子。"),
    "two": (f"<xdr:oneCellAnchor>{FROM}{PIC}</xdr:oneCellAnchor>" * 2 + f"<xdr:absoluteAnchor>{PIC}</xdr:absoluteAnchor>", "（L6）有2张图片"),
}  # fmt: skip


@pytest.mark.parametrize("name", OVER)
def test_what_floats_over_the_cells_is_a_note(
    blank: bytes, take: Callable[[bytes], Result], name: str
) -> None:
    """Nothing of it is stored, and the cells are; strict Open XML names its relations otherwise."""
    anchor, sentence = OVER[name]
    answer = take(floating(blank, anchor, STRICT if name == "anywhere" else RELATIONS))

    assert (0, True) == (answer.code, "新增1条" in answer.out)
    assert f"注意：“填报表”上{sentence.removeprefix('上')}" in answer.out


def test_what_floats_over_a_table_of_the_office_is_a_note_too(
    cli: Cli, blank: bytes, home: Path, take: Callable[[bytes], Result]
) -> None:
    assert blank
    assert 0 == cli("tables", "contacts", "联系人.xlsx").code
    answer = take(floating((home / "联系人.xlsx").read_bytes(), OVER["a box with text"][0]))

    assert (0, True) == (answer.code, "注意：“联系人”上（L6）有1个文本框，浮在表上，没有读取" in answer.out)


@pytest.mark.parametrize("anchor", ["<broken", "", f"<xdr:twoCellAnchor>{FROM}<xdr:sp/></xdr:twoCellAnchor>"])
def test_a_drawing_that_says_nothing_is_passed_over(
    blank: bytes, take: Callable[[bytes], Result], anchor: str
) -> None:
    answer = take(floating(blank, anchor))

    assert 0 == answer.code
    assert "浮在表上" not in answer.out
