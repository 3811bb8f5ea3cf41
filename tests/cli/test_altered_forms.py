"""Forms whose rows, columns or title were altered: what changes nothing is read, else each cause is one fault that says what to do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import comments, load_workbook  # noqa: TID253  (what comes back is a workbook)
from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: TID253  (as above)
from openpyxl.cell.text import InlineFont  # noqa: TID253  (as above)
from openpyxl.styles import Font  # noqa: TID253  (as above)

from conftest import Result
from forms import PEOPLE, filled, footer, sent
from hostile_workbooks import SHEET, WORKBOOK, repacked
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
Come = Callable[..., Result]
GOOD = {"I7": 40, "J7": "2019-07-16", "L6": "正在摸底"}
ENTRIES = [
    ("amount", "6.1", 40, "2019-07-16"),
    ("report", "6.1", None, "2019-07-31"),
    ("sender", None, None, "2019-08-01"),
]
UNLOCK = "先撤销工作表保护（没有密码），"
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案填报表"
UNIT_AND_MONTH = "填报单位：大新县人社局 填报期：2019年7月"
OTHER_FORM = f"要报别的单位或月份的，请用 planledger template 发那一份表填，没有要改的请{UNLOCK}改回。"


@pytest.fixture(scope="module")
def july(fresh_ledger: Path) -> bytes:
    """The form of one unit for July."""
    return sent(fresh_ledger)


@pytest.fixture
def come(cli: Cli, july: bytes, home: Path, monkeypatch: pytest.MonkeyPatch) -> Come:
    """Fill the form, alter its sheet and import it on 2 August."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")

    def back(alter: Callable[[Any], object], **cells: object) -> Result:
        book = load_workbook(filled(july, home / "a.xlsx", **cells))
        alter(book["填报表"])
        book.save(home / "a.xlsx")
        return cli("import", "a.xlsx")

    return back


def stored(cli: Cli) -> list[tuple[object, ...]]:
    listed = json.loads(cli("history", "--json").out)["entries"]
    return sorted(
        (one["kind"], one["code"], one["amount"], one["dated"]) for one in listed if one["kind"] != "adoption"
    )


def copy(page: Any, row: int, to: int) -> None:
    for column in range(1, 16):
        page.cell(to, column).value = page.cell(row, column).value


def turn_round(page: Any) -> None:
    """All rows below the head in the opposite order, the footer among them."""
    rows = [[cell.value for cell in line] for line in page.iter_rows(5, 14, 1, 15)]
    for row, values in enumerate([*reversed(rows[:8]), *rows[8:]], 5):
        for column, value in enumerate(values, 1):
            page.cell(row, column).value = value


def type_print_anew(page: Any) -> None:
    """With blanks in it and outside of the form, the unit's seal, and numbers that became texts."""
    anew = {"I4": "本期 新增 ", "L4": "进展\n情况", "D7": "新增 转移就业", "A40": " ", "Q7": "\u200b"}
    for cell, text in (anew | {"A2": "填报单位：大新县人社局（盖章） 填报期：2019年7月"}).items():
        put(page, cell, text)
    for row in range(8, 15):
        put(page.parent["_planledger"], f"A{row}", str(row - 3))


def hide_by_filter(page: Any) -> None:
    page.auto_filter.ref = "A4:O11"
    page.auto_filter.add_filter_column(3, ["招聘会"])
    for row in (5, 7, 8, 9, 10, 11):
        page.row_dimensions[row].hidden = True


MOVED = "注意：“填报表”的行挪动过，按每一行的序号和指标读；请核对。"
HARMLESS = {
    "a row put in before the footer": (lambda page: page.insert_rows(12), ""),
    "a row put in among the lines": (lambda page: page.insert_rows(6), MOVED),
    "rows put in above the heads": (lambda page: page.insert_rows(4, 2), MOVED),
    "the blank row above the footer deleted": (lambda page: page.delete_rows(12), ""),
    "lines turned round": (turn_round, MOVED),
    "lines that a filter hides": (hide_by_filter, "注意：填报表第7行筛选时隐藏了，照样读取；请核对。"),
    "print and title typed anew": (type_print_anew, ""),
}


def put(page: Any, cell: str, value: object) -> object:
    page[cell].value = value
    return value


@pytest.mark.parametrize("name", HARMLESS)
def test_what_moves_whole_rows_or_types_print_anew_changes_nothing(cli: Cli, come: Come, name: str) -> None:
    alter, note = HARMLESS[name]
    answer = come(alter, **GOOD, **footer(*PEOPLE))

    notes = [line.strip() for line in answer.out.splitlines() if "注意" in line]
    assert (ExitCode.DONE, [note] if note else []) == (answer.code, notes), answer.out
    assert ENTRIES == stored(cli)


def write_over(page: Any) -> None:
    """What is printed changed, and comments written on cells, one of them as in a marked form."""
    page["P4"].value, page["P7"].value = "问题", "K7：请填准确数。"
    for cell, value in PRINTED.items():
        page[cell].value = value
    for cell, text in (("I7", "另有3人\n待核实 13900000001"), ("K7", "请填准确数。")):
        page[cell].comment = comments.Comment(text, "某某")
    page.parent["明细"]["H1"].value = "见附件"
    page.parent["填表说明"]["A9"].value = "有疑问"


PRINTED = {"A3": "交给小李", "B6": "另一件事", "C7": None, "F7": 100, "G7": 30, "H7": "约90"}
OVERWRITTEN = [
    "填报表!A3 “交给小李”在表头上，没有读取；要报的请写进表里。",
    "填报表!B6 “另一件事”没有读取，表上印的是“促进贫困人口就业，两地联合举办1期以上粤桂扶贫协……”。",
    "填报表!F7 “100”没有读取，表上印的是“不少于155”。",
    "填报表!G7 “30”没有读取，累计由台账算；要报的请填到“本期新增”。",
    "填报表!H7 “约90”没有读取，累计由台账算；要报的请填到“本期新增”。",
    "明细!H1 “见附件”在表头上，没有读取；要报的请写进表里。",
    "填报表!I7 有批注“另有3人 待核实 139****0001”，没有读取；要报的请写进表里的格子。",
    "工作表“填表说明”里写的没有读取；要报的请写进“填报表”。",
]


def test_what_was_written_over_print_and_in_comments_is_noted_with_its_cell(cli: Cli, come: Come) -> None:
    """Nothing of it is read, and the rest comes in as it is."""
    answer = come(write_over, **GOOD, **footer(*PEOPLE))

    notes = [
        line.strip().removeprefix("注意：")
        for line in answer.out.replace("\n    ", "").splitlines()
        if "注意" in line
    ]
    assert (ExitCode.DONE, OVERWRITTEN) == (answer.code, notes), answer.out
    assert ENTRIES == stored(cli)


STRUCK = "：有划了删除线的字，照样会读进去；请删去划掉的，只留要报的。"


def strike_through(page: Any, cell: str, value: object, *, is_whole: bool = False) -> None:
    """The cell as a whole, or its first character, as who writes the right number behind the wrong one."""
    struck = TextBlock(InlineFont(strike=True), str(value)[:1])
    page[cell].value = value if is_whole else CellRichText(struck, str(value)[1:])
    page[cell].font = Font(strike=is_whole)


OTHER_NUMBER = (
    f"看上去是另一个数（格式里带着万、% 这样的倍数，或少显示几位）；请{UNLOCK}把格式改回常规，重新填写。"
)


UNSEEN = f"里面的内容看不见（格式如 ;;; 不显示它）；请{UNLOCK}把格式改回常规，核对后再导入。"


def show_as(page: Any, look: str) -> None:
    page["I7"].number_format = look


FAULTS = {
    "a number that looks like ten thousands": (
        lambda page: show_as(page, '0.0"万人"'),
        f"填报表!I7 “40”：{OTHER_NUMBER}",
    ),
    "a number struck through": (
        lambda page: strike_through(page, "I7", 40, is_whole=True),
        f"填报表!I7 “40”{STRUCK}",
    ),
    "a digit struck through": (lambda page: strike_through(page, "I7", "45"), f"填报表!I7 “45”{STRUCK}"),
    "a note raised behind the number": (
        lambda page: put(page, "I7", CellRichText("4", TextBlock(InlineFont(vertAlign="superscript"), "1"))),
        "填报表!I7 “4¹”：数量“4¹”里有别种数字；只认 0123456789，请改写，例如 40。",
    ),
    "a number that its look hides": (lambda page: show_as(page, ";;;"), f"填报表!I7 “40”：{UNSEEN}"),
    "another month": (
        lambda page: put(page, "A2", "填报单位：大新县人社局　　　填报期：2019年8月"),
        f"填报表!A2 “填报单位：大新县人社局　　　填报期：2019年8月”：发出的表上是“{UNIT_AND_MONTH}”；{OTHER_FORM}",
    ),
    "another unit": (
        lambda page: put(page, "A2", "填报单位：江海区人社局　　　填报期：2019年7月"),
        f"填报表!A2 “填报单位：江海区人社局　　　填报期：2019年7月”：发出的表上是“{UNIT_AND_MONTH}”；{OTHER_FORM}",
    ),
    "no unit and month": (
        lambda page: put(page, "A2", None),
        f"填报表!A2：发出的表上是“{UNIT_AND_MONTH}”；{OTHER_FORM}",
    ),
    "another plan": (
        lambda page: put(page, "A1", TITLE.replace("2019", "2020")),
        f"填报表!A1 “{TITLE.replace('2019', '2020')}”：发出的表上是“{TITLE}”；{OTHER_FORM}",
    ),
    "a line deleted": (
        lambda page: page.delete_rows(8),
        f"填报表!A4：少了1行：6.1 稳定就业（原第8行）；请{UNLOCK}从原表复制回来，没有要报的空着。",
    ),
    "a line of its own put in": (
        lambda page: (
            page.insert_rows(8),
            put(page, "I8", 3),
            put(page, "J8", "2019-07-20"),
            put(page, "O8", "照片"),
        ),
        f"填报表!I8 “3”：表外的行不会被读取；请把内容写进表里，{UNLOCK}把这里清空。",
    ),
    "a line copied below": (
        lambda page: copy(page, 7, 17),
        f"填报表!A17 “6.1”：表外的行不会被读取；请把内容写进表里，{UNLOCK}把这里清空。",
    ),
    "a line copied over another": (
        lambda page: copy(page, 7, 8),
        "填报表!A8：这一行应是 6.1 稳定就业，行被改动或删除过；请用原表重填。",
    ),
    "a column deleted": (
        lambda page: page.delete_cols(4),
        "填报表!D4 “单位”：这一列应是“指标”，列被移动或删除过；请用原表重填。",
    ),
    "a column put in": (
        lambda page: page.insert_cols(9),
        "填报表!I4：这一列应是“本期新增”，列被移动或删除过；请用原表重填。",
    ),
    "a head emptied": (
        lambda page: put(page, "I4", None),
        f"填报表!I4：这一列应是“本期新增”；请{UNLOCK}改回列名。",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_cause_is_one_fault_and_nothing_is_stored(come: Come, home: Path, name: str) -> None:
    alter, fault = FAULTS[name]
    answer = come(alter, **GOOD)

    lines = [line.strip() for line in answer.out.replace("\n    ", "").splitlines()]
    assert ExitCode.WORKBOOK_REFUSED == answer.code
    stored_nothing = answer.out.splitlines()[0].endswith(("新增0条，变更0条，未变0条", "，都没有登记"))
    assert stored_nothing, answer.out
    assert [fault, "有1处问题，整份未登记。"] == [line for line in lines[2:] if "注意" not in line]
    assert not (home / "share").exists()


def test_the_nought_of_a_formula_is_read_where_a_program_calculated_it(
    cli: Cli, july: bytes, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Libraries write one for any result, and leave it to the next program to calculate."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    good = filled(july, home / "a.xlsx", **GOOD).read_bytes()
    parts = {SHEET: lambda part: part.replace(b"<v>40</v>", b"<f>SUM(R1:R9)</f><v>0</v>")}
    (home / "a.xlsx").write_bytes(repacked(good, parts))
    answer = cli("import", "a.xlsx")
    parts[WORKBOOK] = lambda part: part.replace(b' fullCalcOnLoad="1"', b"")
    (home / "a.xlsx").write_bytes(repacked(good, parts))
    calculated = cli("import", "a.xlsx")

    assert (ExitCode.WORKBOOK_REFUSED, ExitCode.DONE) == (answer.code, calculated.code), calculated.out
    assert "填报表!I7 “=SUM(R1:R9)”：公式没有结果；请直接填写。\n" in answer.out
    assert ("amount", "6.1", 0, "2019-07-16") in stored(cli)


def copy_below(page: Any) -> None:
    copy(page, 7, 17)


def empty_below(page: Any) -> None:
    for column in range(1, 16):
        page.cell(17, column).value = None


def put_back(page: Any) -> None:
    page.insert_rows(8)
    for column, text in (("A", "6.1"), ("D", "稳定就业"), ("E", "人")):
        page[f"{column}8"].value = text


def overtype(page: Any) -> None:
    put(page, "A2", "填报单位：大新县人社局　　　填报期：2019年8月")


def type_again(page: Any) -> None:
    put(page, "A2", "填报单位：大新县人社局　　　填报期：2019年7月")


@pytest.mark.parametrize(
    ("alter", "mend"),
    [(copy_below, empty_below), (lambda page: page.delete_rows(8), put_back), (overtype, type_again)],
    ids=["a row too many", "a row too few", "another title"],
)
def test_a_marked_form_in_which_rows_and_title_were_put_right_comes_in(
    cli: Cli, come: Come, home: Path, alter: Callable[[Any], object], mend: Callable[[Any], object]
) -> None:
    come(alter, **GOOD, **footer(*PEOPLE), I6="约3")
    assert ExitCode.WORKBOOK_REFUSED == cli("import", "a.xlsx", "--marked", "标红").code
    book = load_workbook(home / "标红" / "a-问题.xlsx")
    mend(book["填报表"])
    put(book["填报表"], "I6", None)
    book.save(home / "b.xlsx")
    answer = cli("import", "b.xlsx")

    assert 0 == answer.code, answer.out
    assert ENTRIES == stored(cli)
