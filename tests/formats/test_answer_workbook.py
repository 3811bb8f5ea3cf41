"""Answers as workbooks: the rows of the answer, titled, on A4, with heads that filter; no file is replaced without --force."""

import csv
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import workbooks
from conftest import Result

Cli = Callable[..., Result]
QUESTIONS = {
    "status": "总表", "status --sum-by side": "总表", "status --all-plans": "总表",
    "overdue": "逾期", "overdue --by item": "逾期", "overdue --by side": "逾期",
    "upcoming --as-of 2019-11-10": "临近", "show 6.1": "详情", "history": "记录",
    "agencies": "责任单位", "reports --month 2019-07": "月报", "silent": "无记录",
    "missing": "缺件", "duplicates": "疑似重复", "doubts": "核查", "evidence list": "材料清单", "filings": "报送",
}  # fmt: skip
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案"


@pytest.fixture
def asked(filled: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a clerk who asks on 5 December, after a made-up year."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    return home


def page_of(path: Path) -> Any:
    return workbooks.sheet_of(path, "清单")


def plain(cell: str) -> str:
    """A cell of CSV without what only a CSV needs."""
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[^ ]*", cell):
        return cell[:16].replace("T", " ")  # a workbook shows a moment to the minute
    cell = cell.removeprefix("'").replace(",", "")
    return cell.rstrip("0").removesuffix(".") if re.fullmatch(r"[0-9]+\.[0-9]+0?", cell) else cell


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_workbook_has_the_rows_of_the_answer_and_prints_on_a4(cli: Cli, asked: Path, question: str) -> None:
    written = cli(*question.split(), "-o", "清单.xlsx")
    head, *rows = csv.reader(StringIO(cli(*question.split(), "--csv").out.removeprefix("\ufeff")))
    page = page_of(asked / "清单.xlsx")

    assert (0, "", "已写入 清单.xlsx。\n") == written
    plan = "" if "--all-plans" in question else f"{TITLE} "
    assert plan + QUESTIONS[question] == page["A1"].value
    day = "2019-11-10" if "11-10" in question else "2019-12-05"
    assert page["A2"].value.startswith(f"截至{day}")
    assert page["A2"].value.endswith(f"共{len(rows)}行")
    several = [
        ["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)
    ]
    shown = [row for row in several if any(row)]  # a line that is too tall for one row stands in two
    assert [head, *([plain(cell) for cell in row] for row in rows)] == [
        shown[2],
        *([plain(cell) for cell in row] for row in shown[3:]),
    ]
    assert (9, "landscape", 1, 0) == (
        page.page_setup.paperSize,
        page.page_setup.orientation,
        page.page_setup.fitToWidth,
        page.page_setup.fitToHeight,
    )
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert "$1:$3" == page.print_title_rows
    assert f"A3:{page.cell(3, len(head)).column_letter}{len(several)}" == page.auto_filter.ref


def test_numbers_are_numbers_and_a_text_is_never_a_formula(cli: Cli, asked: Path) -> None:
    cli("record", "6.1", "--stable", "1200", "--note", "=1+1")
    cli("history", "-o", "记录.xlsx")
    cells = {cell.value: cell.data_type for cell in page_of(asked / "记录.xlsx")[4]}

    assert ("n", "s") == (cells[1200], cells["=1+1"])
    cli("overdue", "-o", "逾期.xlsx")
    assert {"n"} == {row[5].data_type for row in page_of(asked / "逾期.xlsx").iter_rows(min_row=4)}


def test_what_is_masked_on_the_screen_is_masked_in_the_workbook(cli: Cli, asked: Path) -> None:
    cli("contact", "set", "江海区财政局", "--name", "试验员", "--phone", "13800000000")
    for name, more in (("打码", ()), ("全名", ("--full",))):
        for question in ("agencies", "history", "upcoming"):
            day = () if question == "history" else ("--as-of", "2019-12-05")
            cli(question, *day, *more, "-o", f"{question}{name}.xlsx")
            cells = " ".join(str(cell.value) for cell in workbooks.cells_of(asked / f"{question}{name}.xlsx"))
            assert bool(more) == ("13800000000" in cells and "试验员 13800000000" in cells)


def test_a_workbook_says_for_whom_it_is(cli: Cli, asked: Path) -> None:
    cli("filings", "--agency", "人社局", "-o", "报送.xlsx")
    cli("status", "--area", "劳务协作", "--known-at", "2019-11-15T18:00", "-o", "总表.xlsx")

    assert "截至2019-12-05  江海区人社局  大新县人社局  共4行" == page_of(asked / "报送.xlsx")["A2"].value
    assert (
        "截至2019-12-05（只计2019-11-15 18:00以前登记的）  劳务协作  共2行"
        == page_of(asked / "总表.xlsx")["A2"].value
    )


def test_a_file_that_is_there_is_replaced_by_the_line_that_is_shown_and_by_no_other(
    cli: Cli, asked: Path
) -> None:
    (asked / "清单.xlsx").write_text("别的")
    refused = cli("overdue", "--agency", "人社局", "-o", "清单.xlsx")
    line = "overdue --agency 人社局 -o 清单.xlsx --force"

    assert (2, "") == (refused.code, refused.out)
    assert f"已经有 清单.xlsx，没有覆盖；请换一个文件名，要替换请运行：planledger {line}\n" == refused.err
    assert "别的" == (asked / "清单.xlsx").read_text()
    assert 0 == cli(*shlex.split(line)).code
    assert page_of(asked / "清单.xlsx")["A1"].value == f"{TITLE} 逾期"
    assert "planledger show -o 清单.xlsx --force -- 6.1\n" in cli("show", "-o", "清单.xlsx", "--", "6.1").err


@pytest.mark.parametrize("ending", ["txt", "csv", "json"])
def test_a_file_of_another_kind_is_replaced_as_ever(cli: Cli, asked: Path, ending: str) -> None:
    (asked / f"清单.{ending}").write_text("别的")

    assert 0 == cli("filings", "-o", f"清单.{ending}").code
    assert "别的" != (asked / f"清单.{ending}").read_text()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_one_answer_leaves_in_one_form(cli: Cli, asked: Path, form: str) -> None:
    refused = cli("filings", f"--{form}", "-o", "清单.XLSX")

    assert (2, f"-o 清单.XLSX 不是 {form.upper()} 文件，不能再写 --{form}；请去掉一个。\n") == (
        refused.code,
        refused.err,
    )
    assert [] == list(asked.glob("*.XLSX"))


@pytest.mark.parametrize("name", ["annex", "ledger", "agencies"])
def test_an_export_names_its_file_in_either_way_and_replaces_it(cli: Cli, asked: Path, name: str) -> None:
    for words in (("总表.xlsx",), ("-o", "总表.xlsx"), ("总表.xlsx", "-o", "总表.xlsx")):
        (asked / "总表.xlsx").write_text("别的")
        assert 0 == cli("export", name, *words).code
        assert b"PK" == (asked / "总表.xlsx").read_bytes()[:2]
    both = cli("export", name, "总表.xlsx", "-o", "别的.xlsx")
    neither = cli("export", name)

    assert (2, "文件名只写一个，这里写了两个；请写成 planledger export annex 总表.xlsx 这样。\n") == (
        both.code,
        both.err,
    )
    assert (2, "没有写文件名；请写成 planledger export annex 总表.xlsx 这样。\n") == (
        neither.code,
        neither.err,
    )


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo tells the size of the pages")
def test_libreoffice_prints_every_list_on_a4(cli: Cli, asked: Path) -> None:
    """Landscape, every page of it, in one run of the program."""
    names = {question: question.replace(" ", "") for question in QUESTIONS}
    for question, name in names.items():
        cli(*question.split(), "-o", f"{name}.xlsx")
    files = [str(asked / f"{name}.xlsx") for name in names.values()]
    profile = f"-env:UserInstallation={(asked / 'profile').as_uri()}"
    typed = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(asked), *files]
    subprocess.run(typed, check=True, capture_output=True, timeout=180)
    for name in names.values():
        printed = subprocess.run(
            ["pdfinfo", "-l", "-1", str(asked / f"{name}.pdf")], check=True, capture_output=True, text=True
        )
        sizes = [line for line in printed.stdout.splitlines() if "size:" in line and "Page" in line]
        assert sizes
        assert [] == [line for line in sizes if "841.89 x 595" not in line]
