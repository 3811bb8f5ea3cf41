"""The annex and the units as workbooks: read back, every cell is what the plan and the answers say."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook  # noqa: TID253  (a workbook is what is tested)

import workbooks
from conftest import Result
from planledger.formats.text import phrases
from planledger.formats.text.display import cell_text
from planledger.formats.workbook.tables import Head, table, text_pieces
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.terms import Standing
from planledger.plan.model.version import Plan
from planledger.store.database import Store

SECOND = Path(__file__).parent.parent / "plans" / "second.yaml"
DAY = "2019-12-05"
DOCUMENT = ("序号", "重点工作", "具体事项", "完成时限", "责任单位", "备注")
Cli = Callable[..., Result]


@pytest.fixture
def exported(cli: Cli, filled: Path, home: Path) -> Callable[..., Path]:
    """A workbook of the year, as of 5 December."""

    def export(name: str, *options: str) -> Path:
        path = home / f"{name}.xlsx"
        done = cli("export", name, str(path), "--ledger", str(filled), "--as-of", DAY, *options)
        assert (0, "") == (done.code, done.err)
        return path

    return export


def annex_of(path: Path) -> list[dict[str, Any]]:
    return workbooks.lines_of(workbooks.sheet_of(path, "总表"))


def test_the_annex_has_the_documents_words(exported: Callable[..., Path], plan: Plan) -> None:
    """Row by row and cell by cell; an area stands once, in the first of its rows."""
    areas = {area.code: area.name for area in plan.areas}
    firsts = {next(items).code for _, items in groupby(plan.items, lambda item: item.area)}
    expected = [
        (
            item.code,
            areas[item.area] if item.code in firsts else None,
            item.text,
            item.due or None,
            item.units or None,
            item.remark or None,
        )
        for item in plan.items
    ]

    assert expected == [tuple(line[name] for name in DOCUMENT) for line in annex_of(exported("annex"))]


def test_an_area_is_one_cell_along_all_of_its_rows(exported: Callable[..., Path], plan: Plan) -> None:
    page = workbooks.sheet_of(exported("annex"), "总表")
    expected, row = set(), workbooks.HEADS_IN + 1
    for _, items in groupby(plan.items, lambda item: item.area):
        first, row = row, row + len(list(items))
        expected |= {f"B{first}:B{row - 1}"} if row - 1 > first else set()

    assert expected == {str(area) for area in page.merged_cells.ranges} - {"A1:J1", "A2:J2"}
    assert expected


def test_the_annex_has_the_figures_of_status(exported: Callable[..., Path], cli: Cli, filled: Path) -> None:
    """What was reported, the standing, and the latest day are those of the answer for programs."""
    items = json.loads(cli("status", "--ledger", str(filled), "--as-of", DAY, "--json").out)["items"]
    lines = annex_of(exported("annex"))

    assert [item["code"] for item in items] == [line["序号"] for line in lines]
    for item, line in zip(items, lines, strict=True):
        figures = (line["进展"] or "").split("\n")
        for indicator, text in zip(item["indicators"], figures, strict=False):
            number = re.search(r" (?:(-?[\d,.]+)|未报)", text)
            assert text.startswith(indicator["label"] + " ")
            assert number
            total = None if number[1] is None else float(number[1].rstrip(".").replace(",", ""))
            assert indicator["total"] == total
        assert (Standing(item["standing"]).label in line["状态"]) or "缺材料" in line["状态"]
        assert item["last_entry"] == line["最近填报"]


def test_a_standing_shows_its_mark_and_its_colour(exported: Callable[..., Path]) -> None:
    """The mark behind the word is there without any colour, and the grounds differ from light to dark."""
    page = workbooks.sheet_of(exported("annex"), "总表")
    cells = {row[0].value: row[7] for row in page.iter_rows(min_row=4) if row[0].value}

    assert "逾期35天▲" == cells["7.1"].value
    assert f"00{phrases.LOOKS[Standing.OVERDUE].ground}" == cells["7.1"].fill.fgColor.rgb
    assert "已销号■\n未写审定人" == cells["6.2"].value
    assert f"00{phrases.LOOKS[Standing.CLOSED].ground}" == cells["6.2"].fill.fgColor.rgb
    assert "逾期5天▲\n节点未达" == cells["3.1"].value
    looks = phrases.LOOKS.values()
    assert len(Standing) == len({one.mark for one in looks}) == len({one.ground for one in looks})


def test_the_annex_says_its_day_and_whose_knowledge_counts(exported: Callable[..., Path]) -> None:
    page = workbooks.sheet_of(exported("annex", "--known-at", "2019-08-01"), "总表")

    assert "2019年江海区对口大新县粤桂扶贫协作工作方案总表" == page["A1"].value
    assert page["A2"].value.startswith(f"截至{DAY}（只计2019-08-01 23:59以前登记的）  共26项：")


@pytest.mark.parametrize(("name", "pages"), [("annex", ["总表"]), ("agencies", ["分工", "责任单位"])])
def test_a_workbook_is_ready_for_the_printer(
    exported: Callable[..., Path], name: str, pages: list[str]
) -> None:
    """A4 across, one page wide, heads on every page and in view, pages counted, nothing cut."""
    for sheet in pages:
        page = workbooks.sheet_of(exported(name), sheet)
        setup = page.page_setup
        assert ("landscape", 9, 1, 0) == (
            setup.orientation, int(setup.paperSize), int(setup.fitToWidth), int(setup.fitToHeight),
        )  # fmt: skip
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert "第 &P 页 共 &N 页" == page.oddFooter.center.text
        assert ("$1:$3", "B4") == (page.print_title_rows, page.freeze_panes)
        for row in page.iter_rows(min_row=4):
            assert page.row_dimensions[row[0].row].height <= 409
            assert all(cell.alignment.wrap_text and "宋体" == cell.font.name for cell in row if cell.value)


def test_a_row_is_as_tall_as_its_longest_cell(exported: Callable[..., Path]) -> None:
    """Lines times the height of a line: a full-width character takes two of the column's half widths."""
    page = workbooks.sheet_of(exported("annex"), "总表")
    widths = [one.width for one in page.column_dimensions.values()]
    for row, values in enumerate(page.iter_rows(min_row=4, values_only=True), 4):
        for value, width in zip(values, widths, strict=True):
            parts = str(value or "").split("\n")
            least = sum(max(1, -(-sum(1 + (c > "⺀") for c in part) // width)) for part in parts)
            assert page.row_dimensions[row].height >= least * 13


def test_a_text_of_any_length_is_whole_on_a_sheet() -> None:
    """It goes on in the cells below, in as many rows as it needs; each cell next to it is merged over those rows."""
    text = "".join(chr(0x4E00 + n % 5000) for n in range(40_000))
    page: Any = Workbook().active
    table(page, "题", "截至", (Head("甲", 40), Head("乙", 10)), [(text, "乙一"), ("甲二", "乙二")])
    rows = page.iter_rows(min_row=4, values_only=True)
    pairs = [(first, second) for first, second in rows if first or second]

    assert text == pairs[0][0] + pairs[1][0]
    assert ["乙一", None, "乙二"] == [second for _, second in pairs]
    assert max(len(first) for first, _ in pairs) <= 32_767
    assert all(page.row_dimensions[row].height <= 409 for row in range(4, page.max_row + 1))


def test_a_workbook_is_a_question(exported: Callable[..., Path], filled: Path) -> None:
    """The ledger is what it was, to the byte."""
    before = filled.read_bytes()
    for name in ("annex", "ledger", "agencies"):
        exported(name)

    assert before == filled.read_bytes()


def test_the_units_are_those_of_the_answer(exported: Callable[..., Path], cli: Cli, filled: Path) -> None:
    """A row for each unit and duty, and on the second sheet a row for each unit."""
    answer = json.loads(cli("agencies", "--ledger", str(filled), "--as-of", DAY, "--json").out)["agencies"]
    path = exported("agencies")
    duties = workbooks.lines_of(workbooks.sheet_of(path, "分工"))
    units = workbooks.lines_of(workbooks.sheet_of(path, "责任单位"))

    assert [(unit["agency"], duty["code"], duty["owes"]) for unit in answer for duty in unit["duties"]] == [
        (line["责任单位"], line["编号"], bool(line["本单位未了"])) for line in duties
    ]
    assert [
        (u["agency"], u["side"], len(u["duties"]), u["owing"], u["last_entry"], u["silent_days"])
        for u in answer
    ] == [
        (
            u["责任单位"],
            u["方"],
            len((u["事项"] or "").split("、")),
            u["未了"],
            u["最近记录"],
            u["已多少天没有记录"],
        )
        for u in units
    ]
    own = next(d for d in duties if (d["责任单位"], d["编号"]) == ("江海区人社局", "6.1"))
    assert ("责任", "2019-11-30", "2019-08-05") == (own["职责"], own["最后一天"], own["本单位最近记录"])


def test_without_a_ledger_the_built_in_plan_answers_and_nothing_is_made(cli: Cli, home: Path) -> None:
    code, out, err = cli("export", "annex", "总表.xlsx")

    assert (0, "已写入 总表.xlsx：总表26项，截至2019-11-20。\n") == (code, out)
    assert err.startswith("还没有台账")
    assert ["总表.xlsx"] == [path.name for path in home.iterdir()]


@pytest.mark.parametrize("name", ["annex", "ledger", "agencies"])
@pytest.mark.parametrize("file", ["总表.xls", "总表", "总表.csv", ".xlsx"])
def test_a_name_that_is_none_of_a_workbook_is_refused(cli: Cli, home: Path, name: str, file: str) -> None:
    code, out, err = cli("export", name, file)

    assert (2, "") == (code, out)
    assert f"{file} 不是 Excel 文件名；请写以 .xlsx 结尾的文件名，如 总表.xlsx。\n" == err
    assert [] == list(home.iterdir())


@pytest.mark.parametrize("name", ["annex", "ledger", "agencies"])
def test_a_workbook_takes_the_place_of_another_and_never_of_a_ledger(cli: Cli, home: Path, name: str) -> None:
    cli("init", "--ledger", "台账.xlsx")
    (home / "旧.xlsx").write_text("旧", encoding="utf-8")
    before = (home / "台账.xlsx").read_bytes()
    refused = cli("export", name, "台账.xlsx", "--ledger", "台账.xlsx")
    done = cli("export", name, "旧.xlsx", "--ledger", "台账.xlsx")

    assert (8, before) == (refused.code, (home / "台账.xlsx").read_bytes())
    assert (0, b"PK") == (done.code, (home / "旧.xlsx").read_bytes()[:2])
    assert ["台账.xlsx", "旧.xlsx"] == sorted(path.name for path in home.iterdir())


def test_what_was_amended_stands_next_to_the_documents_words(cli: Cli, home: Path) -> None:
    cli("amend", "6.1", "--due", "2019-12-31", "--because", "延期", "--basis", "试〔2019〕9号")
    cli("report", "6.1", "--progress", "正在摸底" * 40)
    cli("export", "annex", "总表.xlsx", "--as-of", DAY)
    line = next(line for line in annex_of(home / "总表.xlsx") if line["序号"] == "6.1")

    assert "2019年11月" == line["完成时限"]
    assert "调整：最后一天 原2019-11-30，调整为2019-12-31（试〔2019〕9号）" in line["进展"]
    assert f"{('正在摸底' * 40)[:120]}……（全文见台账第3号记录）" in line["进展"]


def test_a_plan_without_areas_has_no_column_for_them(cli: Cli, home: Path) -> None:
    """Another county's plan works by its file alone."""
    second = require_plan(SECOND)
    assert 0 == cli("init", str(SECOND), "--ledger", "乙.db").code
    for name in ("annex", "ledger", "agencies"):
        assert 0 == cli("export", name, f"{name}.xlsx", "--ledger", "乙.db", "--as-of", "2021-11-01").code
    lines = annex_of(home / "annex.xlsx")

    assert "重点工作" not in lines[0]
    assert [(i.code, i.text, i.due or None, i.units) for i in second.items] == [
        (line["序号"], line["具体事项"], line["完成时限"], line["责任单位"]) for line in lines
    ]


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@x",
    "#N/A",
    "=",
    "\t=1",
    "a\rb",
    "\x01\x1b[31m",
    "_x000D_",
    "6.10",
)


@pytest.mark.parametrize("name", ["annex", "ledger", "agencies"])
def test_a_text_that_looks_like_something_else_stays_a_text(
    cli: Cli, home: Path, ledger: Path, store: Store, plan: Plan, name: str
) -> None:
    """No formula, no error, nothing that acts on a machine, whatever a unit wrote."""
    for text, item in zip(HOSTILE, plan.items, strict=False):
        workbooks.report(store, text, item.code)
    cli("export", name, "表.xlsx", "--ledger", str(ledger))
    cells = list(workbooks.cells_of(home / "表.xlsx"))

    assert "<f>" not in workbooks.raw(home / "表.xlsx")
    assert {"s", "n"} >= {cell.data_type for cell in cells}
    assert all(line.isprintable() for cell in cells for line in re.split("[\t\n]", str(cell.value)))


def test_texts_are_escaped_as_on_every_paper() -> None:
    """Lone surrogates and what a spreadsheet would unescape included."""
    assert "a\tb\n\\x1b\\ud800" == cell_text("a\tb\r\x1b\ud800")
    assert "_x005F_x000D_" == cell_text("_x000D_")


@pytest.mark.parametrize("text", ["", "短", "长" * 32_750, "长" * 40_000, "😀" * 30_000])
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    parts = text_pieces(text)

    assert text == "".join(parts)
    assert all(len(part.encode("utf-16-le")) // 2 < 32_767 for part in parts)
    assert len(parts) == 1 or all(parts)


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads the pages")
def test_the_printed_annex_is_one_page_wide(exported: Callable[..., Path], tmp_path: Path) -> None:
    """The first page has the last column and says that it is the first."""
    path = exported("annex")
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    typed = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(typed, check=True, capture_output=True)
    printed = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"],
        check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip
    first = printed.split("\f")[0]

    assert "最近填报" in first
    assert re.search(r"第 *1 *页", first)
    assert "9.2" in printed


def test_a_name_as_long_as_a_disk_takes_is_written_and_a_longer_one_is_refused(cli: Cli, home: Path) -> None:
    """A name has at most 255 bytes; the file that is written first has a shorter one."""
    longest, too_long = f"{'长' * 83}.xlsx", f"{'长' * 84}.xlsx"  # 254 and 257 bytes

    assert 0 == cli("export", "annex", longest, "--as-of", DAY).code
    answer = cli("export", "annex", too_long, "--as-of", DAY)
    assert 8 == answer.code
    assert f"写不进 {too_long}（名字太长）；请检查路径、权限和磁盘空间。" in answer.err
    assert [longest] == [path.name for path in home.glob("*.xlsx")]
    assert not list(home.glob(".*.new"))
