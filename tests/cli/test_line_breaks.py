"""Texts of several lines: stored with one kind of line break, shown as lines wherever they are shown."""

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # noqa: TID253  (a workbook is what is tested)

from book import Book
from conftest import Result
from forms import sent
from planledger.plan.phrases.texts import from_cell, into_cell

Cli = Callable[..., Result]
TYPED, KEPT = "召开\r\n招聘会\r二期\n\t三期_x000D_", "召开\n招聘会\n二期\n\t三期_x000D_"
SHOWN = ["召开", "招聘会", "二期", "三期"]


@pytest.fixture
def filled_ledger(cli: Cli, ledger: Path, book: Callable[..., Book], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with texts of several lines by a unit and by the office."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-07-31")
    unit = ("--agency", "大新县人社局")
    paper = ("--paper", "会议纪要", "--held-by", "江海区委办", "--side", "江海区")
    for words in (
        ("report", "6.1", *unit, "--progress", TYPED, "--problem", TYPED),
        ("record", "6.1", *unit, "--transferred", "4", "--note", TYPED),
        ("reverse", "3", "--because", TYPED),
        ("record", "1.3", "--meetings", "1", "--side", "江海区"),
        ("record", "1.3", *paper, "--ref", TYPED),
        ("amend", "6.1", "--due", "2019-12-31", "--basis", TYPED, "--because", TYPED),
        ("filing", "record", "archive", *unit, "--note", TYPED),
    ):
        assert 0 == cli(*words).code, words
    return ledger


def test_what_is_typed_is_kept_with_one_kind_of_line_break(cli: Cli, filled_ledger: Path) -> None:
    """A text that looks like an escape of a workbook is that text: nobody has read it from one."""
    entries = json.loads(cli("history", "--json", "--limit", "100").out)["entries"]
    texts = {text for one in entries for text in (one["note"], one["progress"], one["reference"]) if text}

    assert {KEPT} == {text for text in texts if "召开" in text}
    assert sum("召开" in str(one["note"]) for one in entries) >= 3


@pytest.mark.parametrize(
    "question",
    [
        "history --limit 100",
        "show 6.1",
        "show 1.3",
        "reports --month 2019-07",
        "missing",
        "history 6.1 -o 记录.txt",
    ],
)
def test_a_screen_shows_lines_as_lines(cli: Cli, filled_ledger: Path, home: Path, question: str) -> None:
    shown = cli(*question.split()).out + "".join(
        path.read_text("utf-8-sig") for path in home.glob("记录.txt")
    )

    assert [] == [word for word in SHOWN if word not in shown]
    assert "\\n" not in shown
    assert "\\r" not in shown
    assert "\\t" not in shown


def test_a_reply_sets_the_lines_of_a_text_in(cli: Cli, filled_ledger: Path) -> None:
    """No line of a text can pass for one of ours."""
    number = re.findall("（第([0-9]+)号记录）", cli("record", "6.1", "--transferred", "5").out)[0]
    out = cli("reverse", number, "--because", "登错\n  状态：已完成\r\n6.1 完").out

    assert "（原因：登错\n      状态：已完成\n    6.1 完）" in out


def test_csv_and_pages_and_workbooks_have_lines_too(cli: Cli, filled_ledger: Path, home: Path) -> None:
    rows = list(
        csv.DictReader(
            StringIO(cli("history", "--csv", "--limit", "100").out.removeprefix("\ufeff"), newline="")
        )
    )
    assert "召开\n招聘会\n二期\n 三期_x000D_" in {row["说明"] for row in rows}

    for what in ("ledger", "annex"):
        cli("export", what, f"{what}.xlsx")
        cells = [
            cell for page in load_workbook(home / f"{what}.xlsx") for row in page.iter_rows() for cell in row
        ]
        (first, *_) = [cell for cell in cells if "召开\n招聘会\n二期\n\t三期_x005F_x000D_" in str(cell.value)]
        assert first.alignment.wrap_text
    assert 0 == cli("archive", "build", "归档").code
    page = next(path for path in (home / "归档").rglob("*.html") if "6.1" in str(path.parent))
    assert "召开<br>招聘会<br>二期<br> 三期_x000D_" in page.read_text("utf-8")
    assert not [path for path in (home / "归档").rglob("*.html") if "\\n" in path.read_text("utf-8")]


# --- forms -----------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
SHARED_RELATION = (
    '<Relationship Id="rId99" Target="sharedStrings.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)
WORDS = '"inlineStr"><is><t>WORDS</t></is>'
WAYS = ("is", "str", "s", "runs")  # in the cell, as what a formula gives, in the table of texts, in pieces
RAW = {
    "an escape and a line break": "召开_x000D_&#10;招聘会",
    "an escape alone": "召开_x000D_招聘会",
    "CR": "召开&#13;招聘会",
    "CR+LF": "召开&#13;&#10;招聘会",
    "Alt+Enter": "召开&#10;招聘会",
    "a line of Word": "召开_x000B_招聘会",
}


def parts_of(path: Path) -> dict[str, str]:
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def zip_of(path: Path, parts: dict[str, str]) -> Path:
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


@pytest.fixture
def form(
    ledger: Path, fresh_ledger: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Path]:
    """A form whose words are written in the file as they are given, as text of the cell or in the shared table."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))

    def written(raw: str, way: str = "is") -> Path:
        book: Any = load_workbook(BytesIO(sent(fresh_ledger)))
        book["填报表"]["L6"], book["填报表"]["J7"], book["填报表"]["I7"] = "WORDS", "2019-07-16", 40
        book["明细"]["A3"], book["明细"]["B3"], book["明细"]["C3"] = "6.1", "招聘会", 1
        book["明细"]["D3"], book["明细"]["E3"] = "2019-07-16", "WORDS"
        book.save(home / "填.xlsx")
        inside = f"<t>{raw}</t>" if way != "runs" else f"<r><t>{raw[:2]}</t></r><r><t>{raw[2:]}</t></r>"
        parts = parts_of(home / "填.xlsx")
        cell = {"is": f'"inlineStr"><is>{inside}</is>', "str": f'"str"><f>A1</f><v>{raw}</v>'}
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            parts[name] = parts[name].replace(WORDS, cell.get(way, '"s"><v>0</v>'))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si>{inside}</si></sst>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", SHARED_TYPE)
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace("</Relationships>", SHARED_RELATION)
        return zip_of(home / f"{way}.xlsx", parts)

    return written


def texts_stored(cli: Cli) -> set[str]:
    entries = json.loads(cli("history", "--json").out)["entries"]
    return {
        text for one in entries for text in (one["progress"], one["kind"] == "amount" and one["note"]) if text
    }


def test_a_line_break_of_a_form_is_one_however_it_is_written(cli: Cli, form: Callable[..., Path]) -> None:
    """In the form and in the details; however another program saves it, it is the same form."""
    assert 0 == cli("import", str(form(RAW["CR"]))).code
    assert {"召开\n招聘会"} == texts_stored(cli)

    for other, way in zip((*RAW.values(), *RAW.values()), WAYS * 3, strict=True):
        assert "新增0条，变更0条，未变3条" in cli("import", str(form(other, way))).out, (other, way)


@pytest.mark.parametrize("way", WAYS)
def test_what_a_form_escapes_is_read(cli: Cli, form: Callable[..., Path], way: str) -> None:
    raw = "召开_x0009_a_x005F_x000D_b_x005F_c_x005f_x005F_dx005F_e"

    assert 0 == cli("import", str(form(raw, way))).code
    assert {"召开\ta_x000D_b_c_x005F_dx005F_e"} == texts_stored(cli)


def test_words_that_were_stored_with_an_escape_are_the_same_words(
    cli: Cli, form: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older version kept `_x000D_` for ever; its entries stay, and the same form brings nothing."""
    with monkeypatch.context() as patch:
        for module in ("planledger.formats.xlsx.contents", "planledger.ledger.clerk"):
            patch.setattr(f"{module}.{'from_cell' if 'formats' in module else 'with_one_line_break'}", str)
        assert 0 == cli("import", str(form("召开_x000D_&#10;招聘会"))).code
    assert {"召开_x000D_\n招聘会"} == texts_stored(cli)

    assert "新增0条，变更0条，未变3条" in cli("import", str(form("召开&#10;招聘会"))).out


PIECES = st.sampled_from(
    ("召开", "_", "_x000D_", "_x005F_", "x005F_", "_x0009_", "\t", "\n", "a", "，", "=1")
)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map(lambda pieces: f"说{''.join(pieces)}完")


@given(st.lists(TEXTS, min_size=12, max_size=12, unique=True))
@settings(max_examples=1, phases=[Phase.generate])
def test_a_text_comes_back_from_every_workbook_as_it_was(
    cli: Cli, form: Callable[..., Path], home: Path, texts: list[str]
) -> None:
    """From the register, and from a form with a fault that was marked, put right and sent again."""
    for text in texts[1:]:
        assert (
            0 == cli("report", "6.1", "--agency", "大新县人社局", "--progress", "有", "--problem", text).code
        )
    cli("record", "6.1", "--fairs", "1", "--note", texts[0])
    cli("export", "ledger", "台账.xlsx")
    cells = [
        str(cell)
        for row in load_workbook(home / "台账.xlsx")["台账"].iter_rows(values_only=True)
        for cell in row
    ]
    read = "".join(map(from_cell, cells))
    assert [] == [text for text in texts if text not in read]

    book = load_workbook(form(escape(into_cell(texts[0])).replace("\t", "&#9;").replace("\n", "&#10;")))
    book["填报表"]["I8"] = "看不懂"
    book.save(home / "错.xlsx")
    assert 5 == cli("import", "错.xlsx", "--marked", "退回").code
    book = load_workbook(home / "退回" / "错-问题.xlsx")
    book["填报表"]["I8"] = None
    book.save(home / "对.xlsx")
    assert 0 == cli("import", "对.xlsx").code
    assert texts[0] in texts_stored(cli)
