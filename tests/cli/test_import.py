"""Forms that come back: all of one is stored or none, every fault of every cell is listed, and nothing is stored twice."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from itertools import count, zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import Result, copied
from planledger.formats.xlsx.opening import open_workbook
from planledger.plan.refusal import ExitCode
from trials import examples

Cli = Callable[..., Result]
UNIT, NAME = "大新县人社局", "大新县人社局-2019-07.xlsx"
FORM, DETAILS = "填报表", "明细"
NUMBER, DAY, DONE, PROGRESS, PROBLEM, NEXT, PAPER = "IJKLMNO"
FAIRS, TRANSFERRED, STABLE = 6, 7, 8  # rows of 6.1; row 5 is 2.3, rows 9 to 11 are 6.2
Fill = Callable[..., Path]


@pytest.fixture(scope="module")
def sent(fresh_ledger: Path) -> bytes:
    """The form of one unit for July, as the office sends it."""
    from asking import ledger_as_of
    from planledger.formats.form.write_form import write_form
    from planledger.questions.forms.form import form_of
    from planledger.questions.sheet import load

    store, day = copied(fresh_ledger), "2019-08-02"
    sheet = load(ledger_as_of(store, day))
    out = BytesIO()
    write_form(form_of(sheet, next(a for a in sheet.agencies if a.name == UNIT), "2019-07"), out)
    store.close()
    return out.getvalue()


@pytest.fixture
def form(sent: bytes, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The form, come back on 2 August."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    (home / NAME).write_bytes(sent)
    return home / NAME


@pytest.fixture
def fill(form: Path) -> Fill:
    """Fill cells of the form: `fill("a.xlsx", I7=40, 明细_A3="6.1")`."""

    def write(name: str, source: Path = form, **cells: object) -> Path:
        book = load_workbook(source)
        for place, value in cells.items():
            sheet, _, cell = place.rpartition("_")
            book[sheet or FORM][cell].value = value
        path = form.parent / name
        book.save(path)
        return path

    return write


def entries(cli: Cli) -> list[Any]:
    """The entries of the ledger but its adoption, oldest first."""
    answer = cli("history", "--json", "--limit", "10000")
    return [one for one in json.loads(answer.out)["entries"][::-1] if one["kind"] != "adoption"]


def figures(cli: Cli) -> list[tuple[str, str, int, str]]:
    return [
        (one["code"], one["indicator"], one["amount"], one["dated"])
        for one in entries(cli)
        if one["kind"] == "amount" and not one["reversed_by"]
    ]


GOOD = {
    "I7": 40,
    "J7": "2019-07-16",
    "I8": "３００人",
    "J8": date(2019, 7, 31),
    "L6": "正在摸底",
    "M6": "名单不全",
}


@pytest.mark.parametrize("order", [(6, 5, 4, 3, 2, 1, 0), (0, 2, 1, 3, 4, 5, 6)])
def test_sorted_lines_are_read_as_what_they_say_with_a_note(
    cli: Cli, fill: Fill, home: Path, order: tuple[int, ...]
) -> None:
    """Whole lines in another order bring the entries of the form as it was sent; sent again in that order, none."""
    path = fill("a.xlsx", **GOOD)
    book = load_workbook(path)
    lines = [[cell.value for cell in book[FORM][row]] for row in range(5, 12)]
    for row, line in zip(range(5, 12), order, strict=True):
        for column, value in enumerate(lines[line], 1):
            book[FORM].cell(row, column).value = value
    book.save(home / "b.xlsx")
    answer = cli("import", "b.xlsx")

    assert 0 == answer.code
    assert "注意：“填报表”的行挪动过，按每一行的序号和指标读；请核对。" in answer.out
    assert [("6.1", "stable", 300, "2019-07-31"), ("6.1", "transferred", 40, "2019-07-16")] == sorted(
        figures(cli)
    )
    assert ("正在摸底", "名单不全") == next(
        (one["progress"], one["problem"]) for one in entries(cli) if one["kind"] == "report"
    )
    assert "新增0条，变更0条，未变3条" in cli("import", str(path)).out


@pytest.mark.parametrize("nought", ["无", 0, "0人"])
def test_a_nought_without_a_day_is_of_the_last_day_of_the_month(cli: Cli, fill: Fill, nought: object) -> None:
    """What did not happen has no day; a day that is there counts, and one that is refused stays a fault."""
    answer = cli("import", str(fill("a.xlsx", I7=nought)))

    assert f"注意：填报表!I7 “{nought}”没有写发生日期，记在 2019-07-31。" in answer.out
    assert [("6.1", "transferred", 0, "2019-07-31")] == figures(cli)
    assert "新增1条" in cli("import", str(fill("b.xlsx", I8=nought, J8="2019-07-16", I7=nought))).out
    assert ("6.1", "stable", 0, "2019-07-16") in figures(cli)
    assert "  填报表!J8 “昨天”：" in cli("import", str(fill("c.xlsx", I8=nought, J8="昨天"))).out


def test_where_a_line_is_missing_moved_lines_are_refused(cli: Cli, fill: Fill) -> None:
    """A line that stands twice hides another one; nobody knows which is meant."""
    path = fill("a.xlsx", I7=40, J7="2019-07-16", D8="新增转移就业")

    assert "行被改动或删除过" in cli("import", str(path)).out


def test_a_filled_form_is_stored_whole(cli: Cli, fill: Fill) -> None:
    answer = cli("import", str(fill("a.xlsx", **GOOD)))

    assert (
        0,
        f"a.xlsx  {UNIT} 2019-07：新增3条，变更0条，未变0条\n"
        "  行数7＝采纳3＋空白4＋退回0\n  注意：填报表!I8 “３００人”读作 300人。\n"
        "  已登记（第2号至第4号记录）。\n",
    ) == answer[:2]
    assert [("6.1", "transferred", 40, "2019-07-16"), ("6.1", "stable", 300, "2019-07-31")] == figures(cli)
    words = next(one for one in entries(cli) if one["kind"] == "report")
    assert ("正在摸底", "名单不全", UNIT, "2019-07-31") == (
        words["progress"],
        words["problem"],
        words["agency"],
        words["dated"],
    )


def test_an_entry_says_from_which_file_it_came(cli: Cli, fill: Fill) -> None:
    from hashlib import sha256

    path = fill("a.xlsx", I7=40, J7="2019-07-16")
    cli("import", str(path))

    assert ("a.xlsx", sha256(path.read_bytes()).hexdigest(), "填报表!I7") == (
        entries(cli)[0]["file"]["name"],
        entries(cli)[0]["file"]["sha256"],
        entries(cli)[0]["file"]["cell"],
    )


def test_the_same_form_again_adds_nothing_and_says_so(cli: Cli, fill: Fill, form: Path) -> None:
    path = fill("a.xlsx", **GOOD, 明细_A3="6.2", 明细_B3="培训人次", 明细_C3=30, 明细_D3="2019-07-20")
    cli("import", str(path))
    shutil.copy(path, form.parent / "改名.xlsx")
    load_workbook(path).save(form.parent / "重存.xlsx")
    before = entries(cli)

    for name in ("a.xlsx", "改名.xlsx", "重存.xlsx"):
        answer = cli("import", str(form.parent / name))
        assert (0, True) == (
            answer.code,
            "新增0条，变更0条，未变4条" in answer.out and "没有新增内容。" in answer.out,
        )
    assert before == entries(cli)


def test_a_changed_cell_is_a_fault_until_an_option_gives_its_meaning(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", **GOOD)))
    changed = fill("b.xlsx", **{**GOOD, "I7": 45})
    refused = cli("import", str(changed))

    assert (5, True) == (refused.code, "填报表!I7 “45”：上次报的是 40人，2019-07-16（第3号）" in refused.out)
    assert 0 == cli("import", str(changed), "--changed", "add").code
    assert [40, 300, 45] == [amount for _, _, amount, _ in figures(cli)]
    assert "没有新增内容" in cli("import", str(changed)).out
    assert 0 == cli("import", str(fill("c.xlsx", **{**GOOD, "I7": 50})), "--changed", "更正").code
    assert [300, 50] == [amount for _, _, amount, _ in figures(cli)]


def test_what_stands_already_is_not_stored_again_whatever_was_added_meanwhile(cli: Cli, fill: Fill) -> None:
    first, second = fill("a.xlsx", **GOOD), fill("b.xlsx", **{**GOOD, "I7": 60})
    cli("import", str(first))
    cli("import", str(second), "--changed", "add")

    for path in (first, second):
        assert "没有新增内容。" in cli("import", str(path), "--changed", "add").out
    assert [40, 300, 60] == [amount for _, _, amount, _ in figures(cli)]


def test_a_figure_that_was_corrected_or_reversed_in_the_ledger_does_not_come_in_again(
    cli: Cli, fill: Fill
) -> None:
    path = fill("a.xlsx", I7=40, J7="2019-07-16", O7="花名册")
    cli("import", str(path))
    cli("correct", "2", "--to", "45", "--because", "漏报5人")
    again = cli("import", str(path))

    assert (5, True) == (again.code, "填报表!I7 “40”：上次报的是 45人，2019-07-16（第4号）" in again.out)
    right = cli("import", str(fill("b.xlsx", I7=45, J7="2019-07-16", O7="花名册")))
    assert (0, True) == (right.code, "新增0条，变更0条，未变1条\n" in right.out), right.out
    cli("reverse", "4", "--because", "重复登记")
    assert (
        "同样的内容已登记过（第2号），后来冲正了；请清空，确要再登记的加 --changed add。"
        in cli("import", str(path)).out
    )
    assert 0 == cli("import", str(path), "--changed", "add").code
    assert [40] == [amount for _, _, amount, _ in figures(cli)]


def test_words_about_papers_are_never_lost(cli: Cli, fill: Fill) -> None:
    """They stand in the note of what the line says; where it says nothing else, they are a fault."""
    lonely = cli("import", str(fill("a.xlsx", O5="会议纪要")))
    assert (5, True) == (lonely.code, "填报表!O5 “会议纪要”：只写了佐证材料" in lonely.out)
    cli("import", str(fill("b.xlsx", K5="是", J5="2019-07-20", O5="验收单", L6="正在摸底", O6="花名册")))

    assert {"declaration": "佐证材料：验收单", "report": "佐证材料：花名册"} == {
        one["kind"]: one["note"] for one in entries(cli)
    }


def test_papers_in_words_are_named_once_a_form_as_no_proof_and_the_line_that_counts_can_be_typed(
    cli: Cli, form: Path
) -> None:
    """A required paper comes first; a stroke is no paper, and a form that brings nothing new has no such line."""
    unit = "大新县委办"
    cli("template", "--agency", unit, "--period", "2019-07", "-o", "空.xlsx")
    book = load_workbook(form.parent / "空.xlsx")
    page = book[FORM]
    rows = {page[f"A{row}"].value: row for row in range(page.max_row, 4, -1) if page[f"A{row}"].value}
    wanted: dict[str, dict[str, object]] = {
        "1.2": {NUMBER: 1, DAY: "2019-07-10", PAPER: "出访方案"},
        "1.3": {NUMBER: 1, DAY: "2019-07-16", PAPER: "纪要〔2019〕7号"},
        "1.5": {PAPER: "/"},
    }
    for code, cells in wanted.items():
        for column, value in cells.items():
            page[f"{column}{rows[code]}"].value = value
    book.save(form.parent / "b.xlsx")
    line = f"planledger record 1.3 --paper 会议材料 --ref 文号 --held-by 单位 --agency {unit}"
    note = f"“佐证材料”栏的文字只记作说明，不算已交的材料（1.2、1.3）；要算数请登记，例如 {line}。"
    answer = cli("import", "b.xlsx")

    assert (ExitCode.DONE, 1) == (answer.code, answer.out.replace("\n    ", "").count(note)), answer
    assert ExitCode.DONE == cli(*line.replace("文号", "无文号").replace(" 单位", f" {unit}").split()[1:]).code
    assert "只记作说明" not in cli("import", "b.xlsx").out
    cli("init", "--ledger", "另.db")
    there = cli("import", "b.xlsx", "--dry-run", "--ledger", "另.db").out.replace("\n    ", "")
    assert f"例如 {line.replace('record', '--ledger 另.db record')}。" in there


def test_rows_that_are_no_longer_asked_may_stay_blank_and_what_they_held_counts(cli: Cli, fill: Fill) -> None:
    old = fill("a.xlsx", I7=40, J7="2019-07-16", I9=1, J9="2019-07-17")
    cli("import", str(old))
    cli("amend", "6.2", "--drop-agency", UNIT, "--because", "调整分工", "--basis", "无文号")

    assert "填报表!A9：这一行已不由本单位承担" in (shown := cli("import", str(old)).out)
    assert "由本办用 planledger record 登记（不再承担的加 --any-agency）。" in shown.replace("\n    ", "")
    late = cli("record", "6.2", "--classes", "1", "--on", "7.18", "--agency", UNIT, "--any-agency")
    cli("reverse", late.out.partition("reverse ")[2].split()[0], "--because", "多记")
    new = fill("b.xlsx", I7=45, J7="2019-07-16")
    assert 0 == cli("import", str(new), "--changed", "correct").code
    assert [("6.2", "classes", 1, "2019-07-17"), ("6.1", "transferred", 45, "2019-07-16")] == figures(cli)


def test_no_news_next_to_a_problem_stays_as_the_unit_wrote_it(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", L6="无", M6="缺资金")))
    answer = cli("history", "6.1")

    assert "缺资金" in answer.out
    assert "零报告" not in answer.out


def test_what_a_program_reckoned_is_read_to_the_digits_that_it_shows(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", I7=0.1 * 3 * 100 + 10, J7="2019-07-04")))

    assert [("6.1", "transferred", 40, "2019-07-04")] == figures(cli)


def test_a_form_of_a_unit_without_duties_is_refused_by_its_name(cli: Cli, fill: Fill) -> None:
    unit = "江海区督查室"
    cli("template", "--agency", unit, "--period", "2019-07", "-o", "b.xlsx")
    cli("amend", "1.1", "--drop-agency", unit, "--because", "职能划转", "--basis", "江办〔2019〕9号")
    answer = cli("import", "b.xlsx")

    assert 5 == answer.code
    assert (
        f"b.xlsx：{unit} 没有承担任何事项，没有可填的表；此前发生的由本办用 planledger record 登记，加 --any-agency。未登记。"
        in answer.out
    )


def test_a_unit_may_say_on_the_form_that_there_is_nothing_to_tell(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", L5="零报告", L6="无")))

    assert ["nothing", "nothing"] == [one["subject"] for one in entries(cli)]
    assert "没有新增内容。" in cli("import", str(fill("b.xlsx", L5="零报告", L6="零报告"))).out


def test_a_place_for_marked_workbooks_that_cannot_be_is_refused_first(
    cli: Cli, fill: Fill, home: Path
) -> None:
    (home / "标红").write_text("", encoding="utf-8")
    answer = cli("import", str(fill("a.xlsx", **GOOD)), "--marked", "标红")

    assert (8, "") == answer[:2]
    assert "建不了文件夹 标红" in answer.err


def test_a_file_of_another_kind_in_a_folder_is_not_passed_over(cli: Cli, fill: Fill, home: Path) -> None:
    (home / "收").mkdir()
    (home / "收" / "旧.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    fill("收/11010519491231002X.xlsx", **GOOD)
    fill("收/好.xlsx", **GOOD)
    answer = cli("import", "收")

    assert "共3份：已导入1份，退回2份。" in answer.err
    assert "旧.xls 是旧格式（.xls）或加了密码" in answer.out


ODD = {
    "time": lambda book: _format(book, "I7", 40, "[h]:mm:ss"),
    "a row that is no number": lambda book: _put(book, "A8", "五"),
    "a row twice": lambda book: _put(book, "A9", 5),
    "a row below nought": lambda book: _put(book, "A8", -3),
}


def _put(book: Any, cell: str, value: object) -> None:
    book["_planledger"][cell].value = value


def _format(book: Any, cell: str, value: object, number_format: str) -> None:
    book[FORM][cell].value, book[FORM][cell].number_format = value, number_format


@pytest.mark.parametrize("name", ODD)
def test_odd_cells_are_faults_and_never_a_traceback(cli: Cli, form: Path, home: Path, name: str) -> None:
    book = load_workbook(form)
    book[FORM]["J7"].value = "2019-07-16"
    ODD[name](book)
    book.save(home / "a.xlsx")
    answer = cli("import", "a.xlsx")

    assert (5, "") == (answer.code, answer.err.replace(answer.err, ""))
    assert not (home / "share").exists()


def test_merged_cells_without_end_are_refused_before_they_cost_memory(
    cli: Cli, form: Path, home: Path
) -> None:
    with zipfile.ZipFile(form) as source, zipfile.ZipFile(home / "a.xlsx", "w") as archive:
        for part in source.infolist():
            data = source.read(part)
            bomb = b'<mergeCells count="1"><mergeCell ref="A100:XFD4000"/></mergeCells>'
            archive.writestr(part, data.replace(b"</sheetData>", b"</sheetData>" + bomb))

    assert "合并了过多的单元格" in cli("import", "a.xlsx").out


def test_what_was_filled_before_and_is_blank_now_is_a_fault_too(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", **GOOD)))
    blank = fill("b.xlsx", **{**GOOD, "I7": None, "J7": None})

    assert "6.1 上次报的 40人，2019-07-16（第3号）不见了" in cli("import", str(blank)).out
    assert 0 == cli("import", str(blank), "--changed", "correct").code
    assert [("6.1", "stable", 300, "2019-07-31")] == figures(cli)


def test_details_are_known_by_what_they_say_wherever_they_stand(cli: Cli, fill: Fill) -> None:
    lines = {
        f"明细_{c}{r}": v
        for r, n in ((3, 30), (4, 31))
        for c, v in zip("ABCD", ("6.1", "新增转移就业", n, "2019-07-20"), strict=True)
    }
    cli("import", str(fill("a.xlsx", **lines)))
    swapped = {k.replace("3", "9").replace("4", "3") if k[-1] in "34" else k: v for k, v in lines.items()}

    assert "没有新增内容" in cli("import", str(fill("b.xlsx", **swapped))).out
    changed = {**lines, "明细_C4": 32}
    assert (
        "明细!C4 “32”：上次报的是 31人，2019-07-20（第3号）"
        in cli("import", str(fill("c.xlsx", **changed))).out
    )


EAST = {
    "明细_A3": "6.1",
    "明细_B3": "新增转移就业",
    "明细_C3": 10,
    "明细_D3": "2019-07-05",
    "明细_E3": "东莞",
}
SOUTH = {
    "明细_A4": "6.1",
    "明细_B4": "新增转移就业",
    "明细_C4": 20,
    "明细_D4": "2019-07-06",
    "明细_E4": "深圳",
}


def test_a_line_of_the_details_that_was_reversed_in_the_ledger_does_not_come_in_again(
    cli: Cli, fill: Fill
) -> None:
    fill("a.xlsx", **EAST, **SOUTH)
    cli("import", "a.xlsx")
    cli("reverse", "2", "--because", "虚报")
    again, anew = cli("import", "a.xlsx"), cli("import", "a.xlsx", "--changed", "add")

    assert (5, 0) == (again.code, anew.code)
    assert (
        "明细!C3 “10”：同样的内容已登记过（第2号），后来冲正了；请清空，确要再登记的加 --changed add。"
        in again.out
    )


def test_a_correction_of_one_cell_does_not_bring_back_what_was_reversed_in_another(
    cli: Cli, fill: Fill
) -> None:
    cells = {"J6": "2019-07-05", "I7": 40, "J7": "2019-07-06"}
    fill("a.xlsx", I6=1, **cells)
    cli("import", "a.xlsx")
    cli("reverse", "3", "--because", "虚报")
    fill("b.xlsx", I6=2, **cells)
    answer = cli("import", "b.xlsx", "--changed", "correct")

    assert 5 == answer.code
    assert "填报表!I7 “40”：同样的内容已登记过（第3号）" in answer.out


def test_of_lines_that_say_the_same_only_the_missing_ones_are_taken_back(cli: Cli, fill: Fill) -> None:
    twin = {cell.replace("3", "4"): value for cell, value in EAST.items()}
    fill("a.xlsx", **EAST, **twin)
    fill("b.xlsx", **EAST)
    cli("import", "a.xlsx")
    answer = cli("import", "b.xlsx", "--changed", "correct")

    assert "变更1条，未变1条" in answer.out
    assert [10, 10, -10] == [one["amount"] for one in entries(cli)]


def test_a_correction_leaves_the_details_of_what_is_no_longer_asked(cli: Cli, fill: Fill) -> None:
    fill("a.xlsx", **EAST)
    cli("import", "a.xlsx")
    cli("amend", "6.1", "--cancel", "--because", "并入下年", "--basis", "江办〔2019〕9号")
    fill("b.xlsx")
    answer = cli("import", "b.xlsx", "--changed", "correct")

    assert 0 == answer.code
    assert [10] == [one["amount"] for one in entries(cli) if one["kind"] == "amount"]


def test_the_same_form_again_adds_nothing_after_its_change_was_added(cli: Cli, fill: Fill) -> None:
    fill("a.xlsx", I7=40, J7="2019-07-04")
    fill("b.xlsx", **EAST)
    cli("import", "a.xlsx")
    first, again = cli("import", "b.xlsx", "--changed", "add"), cli("import", "b.xlsx")

    assert (0, 0) == (first.code, again.code)
    assert "没有新增内容" in again.out


def test_a_line_of_formulas_without_results_is_a_fault(cli: Cli, fill: Fill) -> None:
    fill("a.xlsx", I7=40, J7="2019-07-04", **{place: "=1+1" for place in EAST if place != "明细_E3"})
    answer = cli("import", "a.xlsx")

    assert 5 == answer.code
    assert "明细!A3 “=1+1”：公式没有结果；请直接填写。" in answer.out


def _rows_hidden(sheet: Any) -> None:
    sheet.sheet_format.zeroHeight, sheet.row_dimensions[7].height = True, None


HIDDEN: dict[str, Callable[[Any], object]] = {
    "the sheet of details": lambda book: setattr(book[DETAILS], "sheet_state", "veryHidden"),
    "the form itself": lambda book: setattr(book[FORM], "sheet_state", "hidden"),
    "a column as thin as a hair": lambda book: setattr(book[FORM].column_dimensions["I"], "width", 0.01),
    "a row as flat as a hair": lambda book: setattr(book[FORM].row_dimensions[7], "height", 0.1),
    "all rows": lambda book: _rows_hidden(book[FORM]),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_whatever_hides_a_figure_is_refused(cli: Cli, fill: Fill, form: Path, name: str) -> None:
    book = load_workbook(fill("a.xlsx", I7=40, J7="2019-07-04"))
    HIDDEN[name](book)
    book.save(form.parent / "b.xlsx")
    answer = cli("import", "b.xlsx")

    assert 5 == answer.code
    assert "隐藏" in answer.out


def test_a_column_without_width_is_hidden_too(cli: Cli, fill: Fill, home: Path) -> None:
    book = load_workbook(fill("a.xlsx", I7=40, J7="2019-07-04"))
    book[FORM].column_dimensions["I"].width = 0.01
    book.save(home / "thin.xlsx")
    _respelt(home / "b.xlsx", home / "thin.xlsx", b'width="0.01"', b'width="0"')
    answer = cli("import", "b.xlsx")

    assert 5 == answer.code
    assert "这一格隐藏着，里面有内容" in answer.out


def _respelt(path: Path, good: Path, old: bytes, new: bytes) -> None:
    """Write *good* again with something of its form spelt otherwise."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(
                info, data.replace(old, new) if info.filename == "xl/worksheets/sheet1.xml" else data
            )


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="#REF!"/></mergeCells>', "内容损坏"),
        (
            b"</sheetData>",
            b"</sheetData><mergeCells><mergeCell ref='A100:XFD2000'/></mergeCells>",
            "合并了过多",
        ),
        (
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell\nref = "A100:XFD2000"/></mergeCells>',
            "合并了过多",
        ),
        (b"</sheetData>", b"<row\n/>" * 5_001 + b"</sheetData>", "超过5000行"),
    ],
)
def test_one_file_spelt_oddly_does_not_stop_a_folder(
    cli: Cli, fill: Fill, home: Path, old: bytes, new: bytes, text: str
) -> None:
    (home / "回").mkdir()
    good = fill("回/a.xlsx", I7=40, J7="2019-07-04")
    _respelt(home / "回" / "b.xlsx", good, old, new)
    answer = cli("import", "回")

    assert 5 == answer.code
    assert text in answer.out
    assert "已登记（第2号记录）" in answer.out


def test_a_marked_workbook_with_a_long_name_stops_nothing(cli: Cli, fill: Fill, home: Path) -> None:
    (home / "回").mkdir()
    fill(f"回/a{'长' * 78}.xlsx", I7="错", J7="2019-07-04")
    fill("回/b.xlsx", I7=40, J7="2019-07-04")
    answer = cli("import", "回", "--marked", "标")

    assert 5 == answer.code
    assert "已登记（第2号记录）" in answer.out
    assert 1 == len(list((home / "标").iterdir()))


def test_a_dry_run_says_the_same_and_stores_nothing(cli: Cli, fill: Fill, home: Path) -> None:
    answer = cli("import", str(fill("a.xlsx", **GOOD)), "--dry-run")

    assert (0, True) == (answer.code, answer.out.endswith("检查通过，尚未登记。\n"))
    assert not (home / "share").exists()


FAULTS: list[tuple[str, object, str]] = [
    ("I7", "四十", "数量“四十”是中文数字；请写 40。"),
    ("I7", -5, "是负数；请写0或大于0的数。登错的数请更正或冲正。"),
    ("I7", 40.5, "不是整数"),
    ("I7", 12345678901, "太大"),
    ("I7", True, "是逻辑值"),
    ("I7", "=20+20", "公式没有结果；请直接填写。"),
    ("I7", datetime(2019, 7, 1), "是日期，不是数量；请填数。"),  # noqa: DTZ001
    ("I7", "11010519491231002X", "数量"),
    ("J7", "2019-08-03", "还没有到（今天是 2019-08-02）"),
    ("J7", "2018-12-31", "在方案年度2019年之前"),
    ("J7", "2019-02-30", "2019年2月没有30日"),
    ("J7", "6月16日", "没有写年份，又不在填报期 2019-07 里；请写上年份，如 2019-06-16。"),
    ("J7", 7, "这里只填了数 7；请写成 年-月-日，如 2019-07-07。"),
    ("J7", 20190230, "2019年2月没有30日"),
    ("J7", 20190803, "还没有到（今天是 2019-08-02）"),
    ("J7", "########", "只剩下出错的标记，原来填的没有存下来；请重新填写。"),
    ("L6", "#VALUE!", "读不出来"),
    ("J7", None, "填了数就要写发生日期，例如 2019-07-18。"),
    ("K7", "是", "这一行按数量认定"),
    ("K5", "完成了", "请写 是 或 否"),
    ("K5", "是", "填了完成就要写哪一天完成的"),
    ("L7", "进展", "文字请写在 6.1 的第一行"),
    ("M6", "只有问题", "还要写进展情况"),
    ("L6", "身份证11010519491231002X", "身份证号"),
    ("L6", "身份证110105194912310021", "请改写为 1101***********021"),
    ("L6", "老证110105491231002", "1101********002"),
    ("L6", "4.52E+17", "452***************"),
    ("L6", 452127199001011230, "4521***********"),
    ("L6", 4.52127199001011e17, "4521***********"),
    ("I7", 452127199001011230, "太大"),
    ("L6", "按秘密★1年文件办理", "密级标志（秘密★1年）"),
    ("J11", "2019-07-01", "只写了发生日期"),
    ("A7", "6.2", "行被改动或删除过"),
    ("D7", "招聘会", "行被改动或删除过"),
    ("I4", "数", "这一列应是“本期新增”"),
    ("Q7", "备注", "表外的格子不会被读取"),
    ("I99", 3, "表外的行不会被读取"),
    ("明细_A3", "6.1", "6.1 的指标有：招聘会、新增转移就业"),
    ("明细_C3", 3, "请从下拉表里选本单位承担的序号"),
]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1380000001", "有一个十位数像少了一位的手机号，照记，各处打码显示"),
        ("13800000001", "文字里有手机号或银行卡号，照记，各处打码显示"),
    ],
)
def test_a_number_of_a_person_in_a_cell_is_stored_with_a_warning(
    cli: Cli, fill: Fill, number: str, text: str
) -> None:
    answer = cli("import", str(fill("a.xlsx", I7=40, J7="2019-07-16", L5=f"请找{number}")))

    assert 0 == answer.code
    assert f"  注意：填报表!L5：{text}" in answer.out.replace("\n    ", "")
    assert number not in answer.out + cli("history").out


# The fault lies in the cell that must be filled or that tells what the row is, not always in the one that was touched.
ELSEWHERE = {
    ("K5", "是"): "填报表!J5",
    ("明细_A3", "6.1"): "明细!B3",
    ("明细_C3", 3): "明细!A3",
    ("M6", "只有问题"): "填报表!L6",
    ("D7", "招聘会"): "填报表!A7",
}


def place_of(cell: str) -> str:
    return cell.replace("_", "!") if "_" in cell else f"{FORM}!{cell}"


def rounds() -> list[list[tuple[str, object, str]]]:
    """The n-th faults of all cells, for one form each, but for those beside which others of the row or column are not named."""
    alone = [fault for fault in FAULTS if fault[0] in {"A7", "D7", "I4", "M6", "明细_C3"}]
    of_cell: dict[str, list[tuple[str, object, str]]] = {}
    for fault in FAULTS:
        if fault not in alone:
            of_cell.setdefault(fault[0], []).append(fault)
    together = zip_longest(*of_cell.values())
    return [[one for one in several if one] for several in together] + [[one] for one in alone]


@pytest.mark.parametrize("faults", rounds(), ids=count())
def test_every_fault_is_named_with_its_cell_and_nothing_is_stored(
    cli: Cli, fill: Fill, home: Path, faults: list[tuple[str, object, str]]
) -> None:
    cells = {cell: value for cell, value, _ in faults}
    answer = cli("import", str(fill("a.xlsx", **{"I7": 40, "J7": "2019-07-16", **cells})))

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    for cell, value, text in faults:
        lines = [line.strip() for line in answer.out.splitlines() if text in line]
        at = ELSEWHERE.get((cell, value), place_of(cell))
        assert any(line.startswith(at) for line in lines), (text, answer.out)
    assert not (home / "share").exists()


@pytest.mark.parametrize(
    "typed", [20190716, 20190716.0, "20190716", "2019.7.16", "2019/7/16", 43662, date(2019, 7, 16)]
)
def test_a_day_is_read_however_it_was_typed(cli: Cli, fill: Fill, typed: object) -> None:
    """A number of eight digits too, though no calendar has such a day and a spreadsheet shows ######## for it."""
    assert 0 == cli("import", str(fill("a.xlsx", I7=40, J7=typed))).code
    assert [("6.1", "transferred", 40, "2019-07-16")] == figures(cli)


def test_a_number_that_no_calendar_has_goes_back_as_it_was_typed(cli: Cli, fill: Fill, home: Path) -> None:
    cli("import", str(fill("a.xlsx", I7=40, J7=20190230)), "--marked", "标红")

    marked = open_workbook(home / "标红" / "a-问题.xlsx").workbook.sheets[FORM]
    assert 20190230 == marked.at(7, 10).value


def test_no_advice_is_given_that_a_locked_sheet_forbids(cli: Cli, form: Path, home: Path) -> None:
    """What stands in a locked cell, and how a cell looks, can be changed only where the sheet is unlocked first."""
    book = load_workbook(form)
    page = book[FORM]
    locked = {"K7": "是", "L7": "进展", "Q7": "备注", "I99": 3, "A8": "6.2", "I4": "数"}
    assert [] == [cell for cell in locked if not page[cell].protection.locked]
    for cell, value in locked.items():
        page[cell].value = value
    page["I9"].value, page["I9"].number_format = date(2019, 7, 16), "yyyy-mm-dd"
    page["I10"].value, page["I10"].number_format = 3, "[h]:mm"
    page["J9"].value = page["J10"].value = "2019-07-16"
    page.merge_cells("M6:N6")
    book.save(home / "a.xlsx")
    message = [
        line.strip() for line in cli("import", "a.xlsx").out.splitlines() if line.strip().startswith(FORM)
    ]

    assert {*locked, "I9", "I10", "M6"} == {
        line.partition("!")[2].partition(" ")[0].partition("：")[0] for line in message
    }
    assert all("先撤销工作表保护（没有密码）" in line or "请用原表重填" in line for line in message), message


def test_a_sheet_that_a_unit_added_is_not_passed_over(cli: Cli, form: Path, home: Path) -> None:
    """A copy of the form is refused, because what is in it would be lost; another sheet is reported."""
    book = load_workbook(form)
    book.create_sheet("说明材料")["A1"].value = "另附"
    book.save(home / "a.xlsx")
    book.copy_worksheet(book[FORM])
    book.save(home / "b.xlsx")

    answer = cli("import", "a.xlsx")
    assert (0, True) == (answer.code, "注意：工作表“说明材料”里写的没有读取" in answer.out)
    answer = cli("import", "b.xlsx")
    assert (5, True) == (
        answer.code,
        "里有2张填报表（“填报表”、“填报表 Copy”）；请把内容并到" in answer.out,
    )


def test_thirty_faults_are_named_and_marked_and_none_is_stored(cli: Cli, fill: Fill, home: Path) -> None:
    planted = {f"{NUMBER}{row}": "四十" for row in range(5, 14)}
    planted |= {f"{DAY}{row}": "昨天" for row in range(5, 14)} | {"L7": "进展"}
    planted |= {
        f"明细_{c}{row}": v
        for row in range(3, 9)
        for c, v in zip("ABCD", ("6.1", "招聘会", "三", "某天"), strict=True)
    }
    answer = cli("import", str(fill("a.xlsx", **planted)), "--marked", "标红")
    marked = load_workbook(home / "标红" / "a-问题.xlsx")
    red = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in marked
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment and cell.fill.start_color.rgb == "FFFF9999"
    ]

    assert (
        30
        == len(red)
        == sum("：" in line and line.startswith("  ") and "!" in line for line in answer.out.splitlines())
    )
    assert "问题" == marked[FORM].cell(4, 16).value
    assert "I7：" in str(marked[FORM].cell(7, 16).value)
    assert not (home / "share").exists()


def test_a_marked_workbook_that_was_put_right_is_taken_in(cli: Cli, fill: Fill, home: Path) -> None:
    cli("import", str(fill("a.xlsx", I7="四十", J7="2019-07-16")), "--marked", "标红")
    mended = fill("b.xlsx", home / "标红" / "a-问题.xlsx", I7=40)

    assert 0 == cli("import", str(mended)).code
    assert [("6.1", "transferred", 40, "2019-07-16")] == figures(cli)


def test_a_row_filled_in_both_places_is_refused(cli: Cli, fill: Fill) -> None:
    path = fill(
        "a.xlsx",
        I7=40,
        J7="2019-07-16",
        明细_A3="6.1",
        明细_B3="新增转移就业",
        明细_C3=3,
        明细_D3="2019-07-01",
    )

    assert "填报表!I7 “40”：6.1 的这个指标在“明细”里也填了；请只留一处" in cli("import", str(path)).out


def test_what_looks_like_a_running_total_is_named_before_it_is_stored(cli: Cli, fill: Fill) -> None:
    cli("record", "6.1", "--transferred", "30", "--agency", UNIT, "--on", "2019-06-18")
    answer = cli("import", str(fill("a.xlsx", I7=70, J7="2019-07-16")), "--dry-run")

    assert "注意：填报表!I7 填 70，本单位此前累计 30人：疑似填了累计数，请核对。" in answer.out
    assert "疑似填了累计数" not in cli("import", str(fill("b.xlsx", I7=29, J7="2019-07-16")), "--dry-run").out


def test_the_offices_doubt_about_the_same_people_holds_here_too(cli: Cli, fill: Fill) -> None:
    cli("record", "6.1", "--fairs", "4", "--agency", "江海区人社局", "--on", "2019-07-03")
    cli("record", "6.1", "--transferred", "40", "--agency", "江海区人社局", "--on", "2019-07-03")
    answer = cli("import", str(fill("a.xlsx", I6=4, J6="2019-07-16", I7=40, J7="2019-07-16")))

    assert [2, None] == [one["duplicate_of"] for one in entries(cli)[-2:]]
    doubt = "6.1 招聘会不止一方报了，可能是同一批人或同一件事，请核对口径。"
    assert 1 == (answer.out + answer.err).count(doubt)
    assert "新增转移就业不止一方报了" not in answer.out + answer.err


def test_a_declaration_and_details_of_several_events(cli: Cli, fill: Fill) -> None:
    cells: dict[str, object] = {"K5": "已完成", "J5": "2019-07-20"}
    cells |= {
        f"明细_{c}{r}": v
        for r, n in ((3, 3), (5, 4))
        for c, v in zip("ABCDE", ("6.1", "招聘会", n, "2019年7月2日", "春风行动"), strict=True)
    }
    answer = cli("import", str(fill("a.xlsx", **cells)))

    assert (0, True) == (answer.code, "行数9＝采纳3＋空白6＋退回0" in answer.out), answer.out
    assert "注意：填报表!K5 “已完成”读作 是。" in answer.out
    assert "注意：填报表!K5 “×”读作 否。" in cli("import", str(fill("b.xlsx", K5="×")), "--dry-run").out
    assert [3, 4] == [amount for *_, amount, _ in figures(cli)]
    assert ["2.3"] == [one["code"] for one in entries(cli) if one["kind"] == "declaration"]


# What is no form of ours


def repacked(path: Path, good: Path, more: dict[str, bytes], before: bytes = b"") -> None:
    """Pack a form again, with something in it that does not belong there."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            is_sheet = part.filename.endswith("sheet1.xml")
            archive.writestr(part, (before if is_sheet else b"") + source.read(part))
        for name, data in more.items():
            archive.writestr(name, data)


def in_word(path: Path, _good: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
HOSTILE: dict[str, Callable[[Path, Path], object]] = {
    "text": lambda path, _: path.write_text("不是表格", encoding="utf-8"),
    "empty": lambda path, _: path.write_bytes(b""),
    "old": lambda path, _: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
    "truncated": lambda path, good: path.write_bytes(good.read_bytes()[:3000]),
    "foreign": lambda path, _: Workbook().save(path),
    "docx": in_word,
    "laughs": lambda path, good: repacked(path, good, {}, ENTITIES.encode()),
    "laughs_in_utf_16": lambda path, good: repacked(path, good, {"xl/x.xml": ENTITIES.encode("utf-16")}),
    "bomb": lambda path, good: repacked(path, good, {"xl/media/zero.bin": b"\0" * 30_000_000}),
    "parts": lambda path, good: repacked(path, good, {f"xl/media/{number}": b"x" for number in range(600)}),
    "rows": lambda path, good: repacked(
        path, good, {"xl/worksheets/sheet9.xml": b"<worksheet >" + b"<row />" * 5_001}
    ),
    "absent": lambda path, _: path,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_form_is_refused_in_one_sentence(
    cli: Cli, form: Path, home: Path, name: str
) -> None:
    path = home / f"{name}.xlsx"
    HOSTILE[name](path, form)
    answer = cli("import", str(path))

    assert (5, 1) == (answer.code, len(answer.out.splitlines()))
    assert answer.out.startswith(f"{name}.xlsx")
    assert not (home / "share").exists()


def test_a_form_that_was_tampered_with_is_refused(cli: Cli, form: Path, home: Path) -> None:
    for cell, value, text in (
        ("B4", "江海区人社局", "标识缺失或被改动过"),
        ("B2", "another-plan", "标识缺失或被改动过"),
        ("A1", "x", "标识缺失或被改动过"),
    ):
        book = load_workbook(form)
        book["_planledger"][cell].value = value
        book.save(home / "b.xlsx")
        answer = cli("import", "b.xlsx")
        assert (5, True) == (answer.code, text in answer.out)


def test_another_units_form_is_refused_where_one_unit_is_meant(cli: Cli, fill: Fill) -> None:
    path = str(fill("a.xlsx", **GOOD))

    assert "是 大新县人社局 的表，不是 江海区人社局 的" in cli("import", path, "--agency", "江海人社局").out
    assert 0 == cli("import", path, "--agency", "大新人社局").code


def test_a_folder_is_taken_in_file_by_file(cli: Cli, fill: Fill, home: Path) -> None:
    (home / "收").mkdir()
    fill("收/a.xlsx", **GOOD)
    fill("收/b.xlsx", I7="四十")
    (home / "收" / "~$a.xlsx").write_bytes(b"x")
    answer = cli("import", "收")

    assert 5 == answer.code
    assert "共2份：已导入1份，退回1份。" in answer.err
    assert 3 == len(entries(cli))


def test_hidden_rows_and_merged_cells_are_refused(cli: Cli, form: Path, home: Path) -> None:
    book = load_workbook(form)
    book[FORM]["I7"] = 40
    book[FORM]["J7"] = "2019-07-16"
    book[FORM].row_dimensions[7].hidden = True
    book[FORM].merge_cells("I8:I9")
    book.save(home / "b.xlsx")
    answer = cli("import", "b.xlsx")

    assert "填报表!I7 “40”：这一格隐藏着，里面有内容" in answer.out
    assert "填报表!I8 “I8:I9”：这几格合并成了一格" in answer.out


NUMBERS = st.integers(0, 999_999_999)


@given(st.dictionaries(st.sampled_from([6, 7, 9, 10, 11]), NUMBERS, max_size=5))
@examples(6)
def test_any_valid_filling_gives_exactly_those_entries(
    cli: Cli, form: Path, home: Path, numbers: dict[int, int]
) -> None:
    shutil.rmtree(home / "share", ignore_errors=True)
    book = load_workbook(form)
    keys = {}
    for row, number in numbers.items():
        book[FORM].cell(row, 9).value, book[FORM].cell(row, 10).value = number, "2019-07-16"
        keys[row] = str(book[FORM].cell(row, 4).value)
    book.save(home / "a.xlsx")
    answer = cli("import", "a.xlsx")
    stored = {} if not numbers else {(one["code"], one["amount"], one["dated"]) for one in entries(cli)}

    assert 0 == answer.code
    assert f"行数7＝采纳{len(numbers)}＋空白{7 - len(numbers)}＋退回0" in answer.out
    assert len(stored) == len({(row > 8, n) for row, n in numbers.items()})
    assert {n for _, n, _ in stored} == set(numbers.values())


@pytest.mark.libreoffice
@pytest.mark.parametrize("by_way_of", ["xlsx", "ods"])
def test_a_form_that_libreoffice_saved_again_is_the_same_form(
    cli: Cli, fill: Fill, home: Path, by_way_of: str
) -> None:
    text = {"L6": "召开\n招聘会\t二期，_x005F_x000D_", "M6": "名单_x000D_\n不全"}
    path = fill("a.xlsx", **GOOD | text, 明细_A3="6.2", 明细_B3="培训人次", 明细_C3=30, 明细_D3="2019-07-20")
    for form in dict.fromkeys((by_way_of, "xlsx")):
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(home / 'office').as_uri()}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                home / "out",
                path,
            ],
            check=True,
            capture_output=True,
        )
        path = home / "out" / f"a.{form}"
    assert 0 == cli("import", str(home / "a.xlsx")).code

    answer = cli("import", str(path))
    assert "新增0条，变更0条，未变4条" in answer.out
    assert "没有新增内容。" in answer.out


def test_a_day_outside_the_month_of_the_form_is_noted_and_stored(cli: Cli, fill: Fill) -> None:
    """Of what is new only: the same form again says nothing of it."""
    cells = {"I7": 40, "J7": "2019-06-28", "I6": 1, "J6": "2019-07-31", "I11": 1, "J11": "2019-08-01"}
    answer = cli("import", str(fill("a.xlsx", **cells)))

    assert 0 == answer.code
    assert (
        "注意：发生日期不在填报期 2019-07 内：填报表!I7（2019-06-28）、填报表!I11（2019-08-01）；照记，请核对。"
        in answer.out
    )
    assert ("6.1", "transferred", 40, "2019-06-28") in figures(cli)
    assert "填报期" not in cli("import", str(fill("b.xlsx", **cells))).out.replace("2019-07：", "")


@pytest.mark.parametrize("words", ["暂无", "本月无进展。", "（ 无 ）", "零报告"])
def test_what_only_says_that_there_is_nothing_is_a_report_of_nothing(
    cli: Cli, fill: Fill, words: str
) -> None:
    """In a form, also in all three cells, and typed; a form that an older version read as words is the same."""
    cli("import", str(fill("a.xlsx", L5=words, L6=words, M6="无", N6=words)))
    cli("report", "6.2", "--agency", UNIT, "--progress", words)

    assert [("nothing", None)] * 3 == [(one["subject"], one["progress"]) for one in entries(cli)]
    assert "未变2条" in cli("import", str(fill("b.xlsx", L5="零报告", L6="暂无进展"))).out


def test_words_of_nothing_that_were_stored_as_words_are_the_same(
    cli: Cli, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("planledger.ledger.actions.report.means_nothing", lambda _: False)
        cli("import", str(fill("a.xlsx", L6="暂无")))
    assert ["暂无"] == [one["progress"] for one in entries(cli)]

    assert "新增0条，变更0条，未变1条" in cli("import", str(fill("a.xlsx", L6="本月无进展"))).out


def test_what_a_folder_holds_besides_and_is_not_read_is_named(cli: Cli, fill: Fill, home: Path) -> None:
    """A folder in it that has forms, and archives, are named; what programs leave next to files is not."""
    source = fill("甲.xlsx", **GOOD)
    for name in ("表", "表/第二批", "表/照片", "表/__MACOSX"):
        (home / name).mkdir()
    for name in ("表/一.xlsx", "表/第二批/二.xlsx", "表/三.ZIP", "表/照片/图.jpg", "表/__MACOSX/._一.xlsx"):
        (home / name).write_bytes(source.read_bytes())
    for dry in ([], ["--dry-run"]):
        answer = cli("import", "表", *dry)

        assert 0 == answer.code
        assert (
            "注意：表 里的 三.ZIP、第二批 没有读取；里面的填报表请放到这个文件夹里，或另行导入。"
            in answer.err
        )
