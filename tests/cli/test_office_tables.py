"""Tables of all units that the office fills in itself: what was changed in them is stored, all of it or nothing."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import comments, load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import Result
from hostile_workbooks import HARM
from planledger.plan.refusal import ExitCode
from trials import examples
from workbooks import raw

Cli = Callable[..., Result]
SHEETS = {"contacts": "联系人", "filings": "报送", "declarations": "申报"}
ALL_UNITS = "江海区妇联"
HEAD = 3
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案联系人表"
Edit = Callable[..., Path]


@pytest.fixture(scope="module")
def tables() -> dict[tuple[object, ...], bytes]:
    """The tables that were written, by their command and by the ledger of which they are."""
    return {}


@pytest.fixture
def written(
    cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch, tables: dict[tuple[object, ...], bytes]
) -> Callable[..., Path]:
    """A table of a ledger with a made-up year in it: `written("contacts")`."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20")

    def write(kind: str, *options: str) -> Path:
        path = Path(f"{kind}.xlsx")
        known = (kind, options, filled.read_bytes())
        if known not in tables:
            assert 0 == cli("tables", kind, str(path), "--force", *options).code
            tables[known] = path.read_bytes()
        path.write_bytes(tables[known])
        return path

    return write


def page_of(path: Path) -> Any:
    return load_workbook(path).worksheets[0]


def rows_of(page: Any) -> dict[tuple[str, ...], int]:
    """The row of each unit, or of each unit and filing or item."""
    heads = [cell.value for cell in page[HEAD]]
    width = 1 if "姓名" in heads else 2
    return {
        tuple(str(page.cell(row, place).value) for place in range(1, width + 1)): row
        for row in range(HEAD + 1, page.max_row + 1)
    }


def edited(path: Path, name: str, *changes: tuple[tuple[str, ...], dict[str, Any]]) -> Path:
    """A table with cells changed, each by its row and the name of its column."""
    book = load_workbook(path)
    page = book.worksheets[0]
    places, heads = rows_of(page), [cell.value for cell in page[HEAD]]
    for key, cells in changes:
        for column, value in cells.items():
            page.cell(places[key], heads.index(column) + 1).value = value
    target = path.with_name(name)
    book.save(target)
    return target


def stored(cli: Cli) -> list[Any]:
    """The entries of the ledger, oldest first."""
    answer: list[Any] = json.loads(cli("history", "--json", "--limit", "10000").out)["entries"]
    return answer[::-1]


@pytest.mark.parametrize("options", [(), ("--full",)])
@pytest.mark.parametrize("kind", SHEETS)
def test_a_table_that_comes_back_unchanged_stores_nothing(
    cli: Cli, written: Callable[..., Path], kind: str, options: tuple[str, ...]
) -> None:
    """Also where telephones are masked, and notes with numbers of people in them."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001", "--note", "另 13800000009")
    path = written(kind, *(options if kind == "contacts" else ()))
    before = stored(cli)

    answer = cli("import", str(path))

    count = len(rows_of(page_of(path)))
    assert (
        0,
        f"{kind}.xlsx  {SHEETS[kind]}表：新增0条，变更0条，未变0条\n"
        f"  行数{count}＝采纳0＋未改{count}＋退回0\n  没有新增内容。\n",
    ) == answer[:2]
    assert before == stored(cli)


def test_a_telephone_is_in_no_byte_of_a_table_unless_all_of_it_is_asked_for(
    cli: Cli, written: Callable[..., Path]
) -> None:
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")

    assert "13800000001" not in raw(written("contacts"))
    assert "13800000001" in raw(written("contacts", "--full"))


def test_of_a_contact_only_what_was_changed_is_new(cli: Cli, written: Callable[..., Path]) -> None:
    """A masked cell that nobody touched means whom the ledger knows."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")
    path = edited(
        written("contacts"),
        "a.xlsx",
        ((ALL_UNITS,), {"电话": "１３８０００００００２"}),
        (("大新县妇联",), {"姓名": "某某甲", "电话": 13800000003, "说明": "分管"}),
    )

    answer = cli("import", str(path))

    assert (0, True) == (answer.code, "联系人表：新增1条，变更1条，未变0条" in answer.out)
    known = {one["agency"]: one for one in json.loads(cli("agencies", "--json", "--full").out)["agencies"]}
    assert ["试验员 13800000002", "某某甲 13800000003"] == [
        known[unit]["contact"] for unit in (ALL_UNITS, "大新县妇联")
    ]
    cells = [one["file"]["cell"] for one in stored(cli)[-2:]]
    assert ["联系人!E", "联系人!D"] == [cell.rstrip("0123456789") for cell in cells]


def test_a_note_that_nobody_touched_goes_on_with_what_was_changed(
    cli: Cli, written: Callable[..., Path]
) -> None:
    """Of a contact, and of a filing that came again; what is sent back alone is no new filing."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001", "--note", "办公室")
    cli("import", str(edited(written("contacts"), "a.xlsx", ((ALL_UNITS,), {"电话": "13800000002"}))))
    assert ("contact", "办公室") == (stored(cli)[-1]["kind"], stored(cli)[-1]["note"])

    cli("filing", "record", "归档资料", "--agency", ALL_UNITS, "--on", "2019-11-05", "--note", "快递")
    key, before = (ALL_UNITS, "归档资料"), len(stored(cli))
    back = {"退回日期": "2019-11-08", "退回原因": "缺目录"}
    cli("import", str(edited(written("filings"), "b.xlsx", (key, back))))
    assert ["return"] == [one["kind"] for one in stored(cli)[before:]]
    cli("import", str(edited(written("filings"), "c.xlsx", (key, {"报来日期": "2019-11-12"}))))
    assert [("filing", "快递")] == [(one["kind"], one["note"]) for one in stored(cli)[before + 1 :]]


def test_a_unit_that_declared_is_not_declared_once_more(cli: Cli, written: Callable[..., Path]) -> None:
    """Both would stand, and the first would go on counting: the fault names what is to be reversed."""
    key = (ALL_UNITS, "7.1")
    assert 0 == cli("record", "7.1", "--done", "--agency", ALL_UNITS, "--on", "2019-10-20").code
    number, before = stored(cli)[-1]["id"], stored(cli)
    for cells in ({"日期": "2019-11-05"}, {"申报": "零报告"}):
        answer = cli("import", str(edited(written("declarations"), "a.xlsx", (key, cells))))
        assert ExitCode.WORKBOOK_REFUSED == answer.code
        assert f"申报过完成（第{number}号）；要改的先 planledger reverse {number} --because 原因" in (
            answer.out.replace("\n    ", "")
        )
    assert before == stored(cli)


def test_another_sheet_of_the_workbook_a_comment_and_words_above_the_heads_are_noted(
    cli: Cli, written: Callable[..., Path]
) -> None:
    path = written("contacts")
    book = load_workbook(path)
    book.create_sheet("申报")["A1"] = "另一张表"
    book.worksheets[0]["D5"].comment = comments.Comment("已调走", "某某")
    book.worksheets[0]["K2"] = "见附件"
    book.save(path)

    answer = joined(cli("import", str(path)).out)

    assert "注意：工作表“申报”没有读取，一个文件只读一张表；要导入的请另存成单独的文件。" in answer
    assert "注意：联系人!D5 有批注“已调走”，没有读取；要报的请写进表里的格子。" in answer
    assert 1 == answer.count("在表头上") == answer.count("联系人!K2 “见附件”在表头上，没有读取")


def test_what_units_submitted_and_what_was_sent_back_is_stored_in_the_order_of_the_days(
    cli: Cli, written: Callable[..., Path]
) -> None:
    """One row may say both; without a form or a recipient all of them came, as where it is typed."""
    first, second = fresh_rows(written("filings"))[:2]
    path = edited(
        Path("filings.xlsx"),
        "a.xlsx",
        (first, {"报来日期": "2019-11-14", "退回日期": "2019-11-15", "退回原因": "缺目录"}),
        (second, {"报来日期": "2019-11-16", "形式": "纸质", "盖章": "√"}),
    )

    answer = cli("import", str(path))

    assert (0, True) == (answer.code, "“√”读作 是。" in answer.out), answer.out

    new = [(one["kind"], one["agency"], one["dated"]) for one in stored(cli)[-3:]]
    assert {
        ("filing", first[0], "2019-11-14"),
        ("return", first[0], "2019-11-15"),
        ("filing", second[0], "2019-11-16"),
    } == set(new)
    assert new.index(("filing", first[0], "2019-11-14")) < new.index(("return", first[0], "2019-11-15"))
    assert "没有新增内容" in cli("import", str(path)).out


def fresh_rows(path: Path) -> list[tuple[str, ...]]:
    """Rows of which nothing is recorded."""
    page = page_of(path)
    number = [cell.value for cell in page[HEAD]].index("记录号") + 1
    return [key for key, row in rows_of(page).items() if page.cell(row, number).value is None]


def test_declarations_are_what_record_and_report_would_store(cli: Cli, written: Callable[..., Path]) -> None:
    """Also where a program made days of the texts that say days."""
    done, nothing = fresh_rows(written("declarations"))[:2]
    path = edited(
        Path("declarations.xlsx"),
        "a.xlsx",
        (done, {"申报": "已完成", "日期": "7月3日", "说明": "见总结"}),
        (nothing, {"申报": "零报告", "日期": "2019-07-04"}),
        *((key, {"最后一天": datetime(2019, 11, 30)}) for key in (done, nothing)),  # noqa: DTZ001
    )

    answer = cli("import", str(path))

    assert (0, True) == (answer.code, "“已完成”读作 完成。" in answer.out), answer.out

    one, other = stored(cli)[-2:]
    assert {("declaration", *done, "2019-07-03", "见总结"), ("report", *nothing, "2019-07-04", "")} == {
        (entry["kind"], entry["agency"], entry["code"], entry["dated"], entry["note"])
        for entry in (one, other)
    }


FILLED: list[tuple[str, dict[str, Any]]] = [
    ("contacts", {"姓名": "联系人：某某甲", "电话": "手机：0750-1234567", "说明": '="甲"&"乙"'}),
    ("filings", {"报来日期": "2019-11-14", "报送到": "小组", "说明": '="甲"&"乙"'}),
    ("declarations", {"申报": "完成", "日期": "2019-07-03", "说明": '="甲"&"乙"'}),
]


BACK = {"报来日期": "2019-11-14", "退回日期": "2019-11-15", "退回原因": "缺目录"}


@pytest.mark.parametrize("kind", SHEETS)
def test_the_same_table_twice_in_a_folder_is_stored_once(
    cli: Cli, written: Callable[..., Path], home: Path, kind: str
) -> None:
    path = edited(
        written(kind), "a.xlsx", (fresh_rows(Path(f"{kind}.xlsx"))[0], dict(FILLED)[kind] | {"说明": "甲"})
    )
    (home / "表").mkdir()
    for name in ("甲.xlsx", "乙.xlsx"):
        shutil.copy(path, home / "表" / name)
    before = len(stored(cli))

    answer = cli("import", "表")

    assert (0, 1, 1) == (answer.code, answer.out.count("新增1条"), answer.out.count("没有新增内容"))
    assert before + 1 == len(stored(cli))


PERSON = {"姓名": "某某", "电话": "0750-1234567"}
FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("contacts", PERSON | {"姓名": "1"}, "姓名", "“1”：不像姓名；至少两个字，不带数字。"),
    ("contacts", PERSON | {"姓名": "某**"}, "姓名", "“某**”：打了码；请写全名。"),
    ("contacts", PERSON | {"姓名": "同上"}, "姓名", "“同上”：不是姓名；请写这个人的姓名，不写职务、单位或“同上”。"),
    ("contacts", {"姓名": "某某"}, "电话", "：这一行填了别的，还要写电话。"),
    ("contacts", PERSON | {"电话": "一二三"}, "电话", "“一二三”：不像电话；只写一个号码（7到15位数字、+、- 和空格），分机接在 - 后面。"),
    ("contacts", PERSON | {"电话": "138****0001"}, "电话", "“138****0001”：不像电话；只写一个号码（7到15位数字、+、- 和空格），分机接在 - 后面。"),
    ("contacts", PERSON | {"电话": 7563860123}, "电话", "“7563860123”：少了区号前面的0，像是 0756-3860123；请核对后写全。"),
    ("contacts", PERSON | {"电话": date(2019, 11, 1)}, "电话", "“2019-11-01”：像日期，不像电话；真是电话的请写区号。"),
    ("contacts", PERSON | {"姓名": "电话：0750-1234567"}, "姓名", "“电话：0750-1234567”：写着“电话:”，这一格填“姓名”；请填到它自己的格里。"),
    ("contacts", {"说明": "=A1"}, "说明", "“=A1”：公式没有结果；请直接填写。"),
    ("contacts", PERSON | {"说明": "11010519491231002X"}, "说明", "“1101***********02X”：说明里有身份证号，台账记下后不能删除，不能写入；请改写为 1101***********02X 或不写。"),
    ("contacts", {"方": "别的县"}, "方", "“别的县”：这一列不读，台账里是江海区；请改回。"),
    ("contacts", {"记录号": "99"}, "记录号", "“99”：这一列不读，台账里是空的；改动过的请改回，写表以后又登记过的请删去这一行，或重新写表再填。"),
    ("filings", {"退回日期": "2019-11-14", "退回原因": "缺"}, "退回日期", "“2019-11-14”：江海区督查室 没有可以退回的：归档资料没有报来过；运行 planledger filings --agency 江海区督查室 可看报了什么。"),
    ("filings", {"状态": "已交"}, "状态", "“已交”：这一列不读，台账里是未交；请改回，报来的填报来日期，退回的填退回日期。"),
    ("filings", {"最后一天": "2019-12-31"}, "最后一天", "“2019-12-31”：这一列不读，台账里是2019-11-15；请改回，时限不在这张表里改。"),
    ("filings", {"形式": "纸质"}, "报来日期", "：这一行填了别的，还要写报来日期。"),
    ("filings", {"报来日期": "2019-12-24"}, "报来日期", "“2019-12-24”：2019-12-24 还没有到（今天是 2019-11-20）；请写事情发生的那一天。"),
    ("filings", {"报来日期": "2019-11-14", "形式": "口头"}, "形式", "“口头”：归档资料没有要求形式 口头。方案要求：纸质、电子。"),
    ("filings", {"报来日期": "2019-11-14", "报送到": "广西"}, "报送到", "“广西”：归档资料没有要求报送到 广西。方案要求：粤桂扶贫协作领导小组办公室。"),
    ("filings", {"报来日期": "2019-11-14", "盖章": "盖了"}, "盖章", "“盖了”：请写是或否，都不是的空着。"),
    ("filings", {"报来日期": "2019-11-14", "退回日期": "2019-11-15"}, "退回原因", "：这一行填了别的，还要写退回原因。"),
    ("declarations", {"具体事项": "别的事"}, "具体事项", "“别的事”：这一列不读，台账里是"),
    ("declarations", {"申报": "未完成"}, "申报", "“未完成”：请写完成或零报告，都不是的空着。"),
    ("declarations", {"申报": "否", "日期": "2019-07-03"}, "申报", "“否”：请写完成或零报告，都不是的空着。"),
    ("declarations", {"申报": "完成"}, "日期", "：这一行填了别的，还要写日期。"),
    ("declarations", {"日期": "2019-07-03"}, "申报", "：这一行填了别的，还要写申报。"),
    ("declarations", {"申报": "完成", "日期": "12.18"}, "日期", "“12.18”：2019-12-18 还没有到（今天是 2019-11-20）；请检查日期。"),
    ("declarations", {"申报": "完成", "日期": 6.1}, "日期", "“6.1”：表格把 6.10 也记成 6.1，分不清是6月1日还是6月10日；请写成 2019-06-01 或 2019-06-10。"),
    ("declarations", {"日期": "昨天", "申报": "完成"}, "日期", "“昨天”："),
    ("declarations", {"申报": "零报告", "日期": "2019-07-03", "说明": "无"}, "说明", "“无”：零报告不写说明；请清空，有进展的用 planledger report 登记。"),
]  # fmt: skip


def joined(screen: str) -> str:
    """What a screen says, its long lines in one piece."""
    return screen.replace("\n    ", "")


@pytest.mark.parametrize("kind", SHEETS)
def test_every_fault_is_named_at_its_cell_and_nothing_is_stored(
    cli: Cli, written: Callable[..., Path], kind: str
) -> None:
    """Each in a row of its own; nothing else is a fault."""
    faults = [fault[1:] for fault in FAULTS if fault[0] == kind]
    fresh = fresh_rows(written(kind))
    keys = [key for key in fresh if kind != "filings" or key[1] == fresh[0][1]][: len(faults)]
    rows = [(key, cells) for key, (cells, *_) in zip(keys, faults, strict=True)]
    path = edited(Path(f"{kind}.xlsx"), "a.xlsx", *rows)
    page, before = page_of(path), stored(cli)
    heads, places = [cell.value for cell in page[HEAD]], rows_of(page)

    answer = cli("import", str(path))

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    assert len(faults) == answer.out.count(f"{SHEETS[kind]}!"), answer.out
    for key, (_, column, sentence) in zip(keys, faults, strict=True):
        cell = page.cell(places[key], heads.index(column) + 1).coordinate
        assert f"\n  {SHEETS[kind]}!{cell}{' ' if sentence[0] == '“' else ''}{sentence}" in joined(answer.out)
    assert before == stored(cli)


def test_a_cell_that_cannot_be_read_hides_no_fault_of_another(cli: Cli, written: Callable[..., Path]) -> None:
    key = fresh_rows(written("filings"))[0]
    cells = {"报来日期": "昨天", "形式": "口头", "盖章": "盖了"}

    answer = cli("import", str(edited(Path("filings.xlsx"), "a.xlsx", (key, cells))))

    assert (5, 3) == (answer.code, answer.out.count("  报送!")), answer.out


def test_a_name_that_is_none_hides_no_missing_telephone(cli: Cli, written: Callable[..., Path]) -> None:
    """Nor does a row whose cells were emptied ask for them a second time."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")
    emptied = (ALL_UNITS,), {"姓名": None, "电话": None, "说明": "换人了"}
    wrong = fresh_rows(written("contacts"))[-1], {"姓名": "不变"}

    answer = cli("import", str(edited(Path("contacts.xlsx"), "a.xlsx", emptied, wrong)))

    assert (5, 4) == (answer.code, answer.out.count("  联系人!")), answer.out
    assert [2, 1, 1] == [answer.out.count(one) for one in ("清空了；", "不是姓名；", "还要写电话。")]


def test_every_faulty_cell_is_named_and_marked_and_the_workbook_put_right_is_taken_in(
    cli: Cli, written: Callable[..., Path], home: Path
) -> None:
    one, other = fresh_rows(written("contacts"))[:2]
    bad = {"姓名": "1", "电话": "一二三", "说明": "11010519491231002X"}
    path = edited(
        Path("contacts.xlsx"), "a.xlsx", (one, bad), (other, {"姓名": "某某", "电话": "0750-1234567"})
    )

    answer = cli("import", str(path), "--marked", "退回")

    assert (5, 3) == (answer.code, answer.out.count("  联系人!"))
    marked = home / "退回" / "a-问题.xlsx"
    page = page_of(marked)
    assert 3 == sum(cell.comment is not None for cell in page[rows_of(page)[one]])
    right = edited(marked, "b.xlsx", (one, {"姓名": "某某乙", "电话": "0750-1234568", "说明": None}))
    book = load_workbook(right)
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=HEAD + 1, min_col=7):
        for cell in row:
            cell.value = None
    book.save(right)
    assert "新增2条" in cli("import", str(right)).out


def test_a_row_is_known_wherever_it_stands_and_one_that_is_gone_means_nothing(
    cli: Cli, written: Callable[..., Path]
) -> None:
    """Sorted backwards, filtered, and with half of its rows deleted."""
    key = fresh_rows(written("contacts"))[0]
    path = edited(Path("contacts.xlsx"), "a.xlsx", (key, {"姓名": "某某", "电话": "0750-1234567"}))
    book = load_workbook(path)
    page = book.worksheets[0]
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEAD + 1)]
    kept = [line for place, line in enumerate(lines) if place % 2 or line[0] == key[0]][::-1]
    page.delete_rows(HEAD + 1, len(lines))
    for row, line in enumerate(kept, HEAD + 1):
        for place, value in enumerate(line, 1):
            page.cell(row, place).value = value
        page.row_dimensions[row].hidden = line[0] == key[0]
    page.auto_filter.add_filter_column(0, ["大新县妇联"])
    book.save(path)

    answer = cli("import", str(path))

    assert (0, True) == (answer.code, "新增1条" in answer.out)
    row = HEAD + 1 + [line[0] for line in kept].index(key[0])
    assert f"  注意：联系人第{row}行筛选时隐藏了，照样读取；请核对。\n" in answer.out
    assert 1 == answer.out.count("筛选")
    assert key[0] == stored(cli)[-1]["agency"]


def test_what_is_no_row_of_the_table_is_a_fault(cli: Cli, written: Callable[..., Path]) -> None:
    """A unit of nowhere, a number of another item, a row that stands twice, something next to the table."""
    path = written("declarations")
    book = load_workbook(path)
    page = book.worksheets[0]
    last = page.max_row
    page.cell(last + 1, 1).value = "没有这个局"
    for place in range(1, 9):
        page.cell(last + 2, place).value = page.cell(HEAD + 1, place).value
    page.cell(last + 2, 6).value, page.cell(last + 2, 7).value = "完成", "2019-07-03"
    page.cell(HEAD + 2, 2).value = "9.2"
    page.cell(last, 12).value = "备注"
    book.save("a.xlsx")

    answer = cli("import", "a.xlsx")

    assert 5 == answer.code
    for cell in (f"A{last + 1}", f"A{last + 2}", f"C{HEAD + 2}", f"L{last}"):
        assert f"申报!{cell}" in answer.out
    assert "撤销工作表保护" not in answer.out, "a table is not locked"


def altered(path: Path, alter: Callable[[Any], None]) -> str:
    """A table whose workbook was changed by hand."""
    book = load_workbook(path)
    alter(book)
    book.save("altered.xlsx")
    return "altered.xlsx"


def rename_sheet(book: Any) -> None:
    book.worksheets[0].title = "Sheet1"


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book.worksheets[0]).title = "联系人 (2)"


def edit_title(book: Any) -> None:
    book.worksheets[0]["A1"] = "联系人一览"


def empty_title(book: Any) -> None:
    book.worksheets[0]["A1"] = None


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (rename_sheet, "的工作表改了名，应是 联系人，现在是“Sheet1”；请改回原名再导入，不用重填。"),
        (copy_sheet, "里有2张联系人（“联系人”、“联系人 (2)”）；请把内容并到“联系人”一张里，删去别的。"),
        (edit_title, f"的 联系人!A1 是“联系人一览”，应是“{TITLE}”；改动过的请改回，别的方案的请用 planledger tables 重新写表再填。"),
        (empty_title, f"的 联系人!A1 空着，应是“{TITLE}”；改动过的请改回，别的方案的请用 planledger tables 重新写表再填。"),
    ],
)  # fmt: skip
def test_what_a_table_is_known_by_is_named_where_it_was_changed(
    cli: Cli, written: Callable[..., Path], alter: Callable[[Any], None], sentence: str
) -> None:
    answer = cli("import", altered(written("contacts"), alter))

    assert (5, f"altered.xlsx {sentence}未登记。\n") == (answer.code, joined(answer.out))


def edit_head(book: Any) -> None:
    book.worksheets[0]["E3"] = "手机"


def empty_heads(book: Any) -> None:
    book.worksheets[0]["D3"] = book.worksheets[0]["E3"] = None


def insert_column(book: Any) -> None:
    book.worksheets[0].insert_cols(5)


@pytest.mark.parametrize(
    ("alter", "cells"),
    [
        (edit_head, ["E3 “手机”：这一列应是“电话”；请改回列名"]),
        (empty_heads, ["D3：这一列应是“姓名”；请改回列名", "E3：这一列应是“电话”；请改回列名"]),
        (insert_column, ["E3：这一列应是“电话”，列被移动或删除过；请用原表重填"]),
    ],
)
def test_a_head_that_was_changed_is_named_with_what_it_should_be(
    cli: Cli, written: Callable[..., Path], alter: Callable[[Any], None], cells: list[str]
) -> None:
    faults = "".join(f"  联系人!{cell}。\n" for cell in cells)

    answer = cli("import", altered(written("contacts"), alter))

    assert 5 == answer.code
    assert f"{faults}  有{len(cells)}处问题，整份未登记。\n" in answer.out, answer.out


def test_a_unit_that_was_overtyped_with_another_is_a_fault(cli: Cli, written: Callable[..., Path]) -> None:
    """Also where nothing else of the row was touched."""
    path = written("contacts")
    rows = rows_of(page_of(path))

    for typed, sentence in (
        ("大新县教育局", f"和 A{rows['大新县教育局',]} 是同一行；请只留一处。"),
        ("妇女联合会", "表上没有这一行；单位、报送和序号不要改，也不要加行。"),
    ):
        answer = cli("import", str(edited(path, "a.xlsx", (("大新县妇联",), {"责任单位": typed}))))
        assert f"  联系人!A{rows['大新县妇联',]} “{typed}”：{sentence}\n" in answer.out, answer.out
        assert 5 == answer.code


@pytest.mark.parametrize("stroke", ["/", "—", "无"])
def test_a_stroke_in_the_cells_of_a_contact_is_not_filled_in_and_a_note_says_so(
    cli: Cli, written: Callable[..., Path], stroke: str
) -> None:
    row = dict.fromkeys(("姓名", "电话"), stroke)
    path = edited(written("contacts"), "a.xlsx", (("大新县妇联",), row))
    before = stored(cli)

    answer = cli("import", str(path))

    assert (0, 2) == (answer.code, answer.out.count(f" “{stroke}”按未填"))
    assert "行数50＝采纳0＋未改50＋退回0" in answer.out
    assert before == stored(cli)


def test_a_stroke_in_words_is_no_words(cli: Cli, written: Callable[..., Path]) -> None:
    key = fresh_rows(written("filings"))[0]
    cells = {"报来日期": "2019-11-14", "形式": "/", "说明": "/"}

    answer = cli("import", str(edited(Path("filings.xlsx"), "a.xlsx", (key, cells))))

    assert (0, 2, "") == (answer.code, answer.out.count("“/”按未填"), stored(cli)[-1]["note"])


def test_a_cell_that_was_emptied_deletes_nothing_and_is_a_fault(
    cli: Cli, written: Callable[..., Path]
) -> None:
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")
    path = edited(written("contacts"), "a.xlsx", ((ALL_UNITS,), {"姓名": None, "电话": None}))

    answer = cli("import", str(path))

    assert (5, 2) == (answer.code, answer.out.count("清空了；台账不删"))


def test_a_row_that_was_emptied_is_a_fault_after_a_newer_entry_too(
    cli: Cli, written: Callable[..., Path]
) -> None:
    """Its number says that somebody stood there."""
    contact = ("contact", "set", ALL_UNITS, "--name", "试验员", "--phone")
    cli(*contact, "13800000001")
    path = edited(written("contacts"), "a.xlsx", ((ALL_UNITS,), {"姓名": None, "电话": None}))
    cli(*contact, "13800000002")

    answer = cli("import", str(path))

    assert (5, 1) == (answer.code, answer.out.count("清空了；台账不删"))


def test_a_row_that_was_emptied_with_its_number_is_named(cli: Cli, written: Callable[..., Path]) -> None:
    """Nobody can tell it from one that was blank when the table was written; nothing changes, and a note says so."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")
    number, path = stored(cli)[-1]["id"], written("contacts")
    row = rows_of(page_of(path))[ALL_UNITS,]
    emptied = edited(path, "a.xlsx", ((ALL_UNITS,), {"姓名": None, "电话": None, "记录号": None}))

    answer = cli("import", str(emptied))

    assert (0, True) == (
        answer.code,
        f"  注意：联系人!A{row} {ALL_UNITS} 的姓名、电话空着，台账里有（第{number}号）；台账不删，没有登记。变了的写新的。\n"
        in joined(answer.out),
    ), answer.out


def test_what_was_recorded_since_the_table_was_written_is_not_taken_back_by_it(
    cli: Cli, written: Callable[..., Path]
) -> None:
    """A row with an older contact would make the new one the old one again: it is refused with the number."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")
    path = written("contacts", "--full")
    cli("contact", "set", ALL_UNITS, "--name", "试验乙", "--phone", "13800000002")
    number = stored(cli)[-1]["id"]

    answer = cli("import", str(path))

    assert (5, True) == (
        answer.code,
        f"“{number - 1}”：这一列不读，台账里是{number}；改动过的请改回，写表以后又登记过的请删去这一行，"
        "或重新写表再填。" in joined(answer.out),
    ), answer


def test_a_table_that_was_imported_stores_nothing_after_a_row_was_recorded_anew(
    cli: Cli, written: Callable[..., Path]
) -> None:
    path = edited(written("contacts"), "a.xlsx", ((ALL_UNITS,), {"姓名": "某某", "电话": "0750-1234567"}))
    cli("import", str(path))
    cli("contact", "set", ALL_UNITS, "--name", "试验乙", "--phone", "13800000002")
    before = stored(cli)

    assert "没有新增内容" in cli("import", str(path)).out
    assert before == stored(cli)


def test_a_number_of_a_person_in_a_note_is_stored_with_a_warning_that_masks_it(
    cli: Cli, written: Callable[..., Path]
) -> None:
    cells = {"姓名": "某某", "电话": "0750-1234567", "说明": "另 13800000009"}
    answer = cli("import", str(edited(written("contacts"), "a.xlsx", ((ALL_UNITS,), cells))))

    assert (0, True, False) == (
        answer.code,
        "手机号或银行卡号，照记" in answer.out,
        "13800000009" in answer.out,
    )


def test_a_unit_that_was_renamed_since_then_is_known_by_its_old_name(
    cli: Cli, written: Callable[..., Path]
) -> None:
    path = edited(written("contacts"), "a.xlsx", (("大新县工会",), {"姓名": "某某", "电话": "0750-1234567"}))
    renamed = cli(
        "agency", "rename", "大新县工会", "大新县总工会", "--basis", "无文号", "--from", "2019-11-01"
    )
    assert 0 == renamed.code

    assert "新增1条" in cli("import", str(path)).out
    assert ("contact", "大新县总工会") == tuple(stored(cli)[-1][name] for name in ("kind", "agency"))
    assert "没有新增内容" in cli("import", str(path)).out


def test_a_hidden_change_is_a_fault_and_a_formula_is_its_result(
    cli: Cli, written: Callable[..., Path]
) -> None:
    key = fresh_rows(written("contacts"))[0]
    path = edited(Path("contacts.xlsx"), "a.xlsx", (key, {"姓名": "某某", "电话": "0750-1234567"}))
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[rows_of(book.worksheets[0])[key]].hidden = True
    book.save(path)

    answer = cli("import", str(path))

    assert (5, 2) == (answer.code, answer.out.count("这一格隐藏着，里面有内容"))


def test_a_file_that_is_there_is_replaced_only_by_force(cli: Cli, home: Path) -> None:
    (home / "a.xlsx").write_bytes(b"x")

    answer = cli("tables", "filings", "a.xlsx")

    assert (2, "") == answer[:2]
    assert (
        "已经有 a.xlsx，没有覆盖；请换一个文件名，要替换请运行：planledger tables filings a.xlsx --force"
        in answer.err
    )
    assert b"x" == (home / "a.xlsx").read_bytes()
    assert 0 == cli("tables", "filings", "a.xlsx", "--force").code
    assert 2 == cli("tables", "filings", "a.csv").code


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--agency", "妇联"), "是各单位一起的表，不能只收一家；请去掉 --agency。"),
        (
            ("--plan", "2021"),
            "应是“甲县（虚构）2021年乡村振兴重点工作清单联系人表”；改动过的请改回，别的方案的请用 planledger --plan 2021 tables 重新写表再填。",
        ),
    ],
)
def test_a_table_is_of_all_units_of_one_plan(
    cli: Cli, written: Callable[..., Path], words: tuple[str, ...], sentence: str
) -> None:
    cli("adopt", str(Path(__file__).parents[1] / "plans" / "second.yaml"))
    written("contacts", "--plan", "2019")

    answer = cli("import", "contacts.xlsx", *words)

    assert (5, True) == (answer.code, sentence in joined(answer.out)), answer.out


def test_a_table_that_was_imported_is_taken_back_as_a_whole(cli: Cli, written: Callable[..., Path]) -> None:
    one, other = fresh_rows(written("filings"))[:2]
    day = {"报来日期": "2019-11-14"}
    path = edited(Path("filings.xlsx"), "a.xlsx", (one, day), (other, day))
    cli("import", str(path))
    before = len(stored(cli))

    answer = cli("reverse", "--import", str(path), "--because", "签错了表")

    assert (0, before + 2) == (answer.code, len(stored(cli)))
    assert {one, other} <= set(fresh_rows(written("filings")))


@pytest.mark.parametrize(
    ("kind", "cells", "later"),
    [
        ("filings", {"报来日期": "2019-11-14"}, "filing return {0} --because 缺目录 --filing {1}"),
        ("filings", {"报来日期": "2019-11-14"}, "filing record {1} --agency {0}"),
        ("contacts", PERSON, "contact set {0} --name 某某乙 --phone 0750-1234568"),
        ("declarations", {"申报": "完成", "日期": "2019-07-03"}, "record {1} --done --agency {0}"),
    ],
)
def test_what_stays_of_a_table_that_is_taken_back_is_named(
    cli: Cli, written: Callable[..., Path], kind: str, cells: dict[str, Any], later: str
) -> None:
    """What was returned of it, and what says the same again, is not of the file."""
    key = fresh_rows(written(kind))[0]
    path = edited(Path(f"{kind}.xlsx"), "a.xlsx", (key, cells))
    assert 0 == cli("import", str(path)).code
    number = stored(cli)[-1]["id"]
    assert 0 == cli(*later.format(*key).split()).code

    answer = cli("reverse", "--import", str(path), "--because", "签错了表")

    stays = f"注意：第{number + 1}号与第{number}号是同一件事或属于它，仍然有效；需要时也请冲正。\n"
    assert (0, stays) == (answer.code, joined(answer.err))


@pytest.mark.parametrize(("kind", "cells"), [*FILLED, ("filings", BACK)])
def test_a_table_goes_out_and_comes_back_to_a_server_as_to_a_file(
    cli: Cli, home: Path, served: str, kind: str, cells: dict[str, Any]
) -> None:
    """Stored once, and taken back as a whole."""
    where = ("--ledger", served)
    assert 0 == cli("tables", kind, "a.xlsx", *where).code
    key = fresh_rows(home / "a.xlsx")[0]
    path = str(edited(home / "a.xlsx", "b.xlsx", (key, {**cells, "说明": "甲"})))

    assert f"新增{1 + (cells is BACK)}条" in cli("import", path, "--dry-run", *where).out
    assert 0 == cli("import", path, *where).code
    assert "没有新增内容" in cli("import", path, *where).out
    answer = cli("reverse", "--import", path, "--because", "试验", *where)
    assert (0, 1 + (cells is BACK)) == (answer.code, answer.out.count("已冲正第")), answer
    assert "新增" in cli("import", path, *where).out


def test_a_rehearsal_says_the_same_and_stores_nothing(cli: Cli, written: Callable[..., Path]) -> None:
    key = fresh_rows(written("contacts"))[0]
    path = edited(Path("contacts.xlsx"), "a.xlsx", (key, {"姓名": "某某", "电话": "0750-1234567"}))
    before = stored(cli)

    answer = cli("import", str(path), "--dry-run")

    assert (0, True) == (answer.code, "检查通过，尚未登记。" in answer.out)
    assert before == stored(cli)


def test_without_a_ledger_the_first_table_begins_one(cli: Cli, home: Path) -> None:
    cli("tables", "contacts", "a.xlsx")
    path = edited(Path("a.xlsx"), "b.xlsx", ((ALL_UNITS,), {"姓名": "某某", "电话": "0750-1234567"}))

    assert "没有新增内容" in cli("import", "a.xlsx").out
    assert not (home / "share").exists()
    assert 0 == cli("import", str(path)).code
    assert "没有新增内容" in cli("import", str(path)).out


@pytest.mark.parametrize(
    "name", ["merged cells over a sheet", "300,000 cells", "definitions", "300 MB of blanks"]
)
def test_a_table_is_bounded_like_a_form(cli: Cli, home: Path, name: str) -> None:
    cli("tables", "contacts", "a.xlsx")
    (home / "b.xlsx").write_bytes(HARM[name]((home / "a.xlsx").read_bytes()))

    assert ExitCode.WORKBOOK_REFUSED == cli("import", "b.xlsx").code


@pytest.mark.libreoffice
@pytest.mark.parametrize(("kind", "cells"), FILLED)
def test_a_table_that_libreoffice_saved_again_is_the_same_table(
    cli: Cli, written: Callable[..., Path], home: Path, kind: str, cells: dict[str, Any]
) -> None:
    """Half filled, once through OpenDocument; what a formula comes to is what counts."""
    cli("contact", "set", ALL_UNITS, "--name", "试验员", "--phone", "13800000001")
    key = fresh_rows(written(kind))[0]
    edited(Path(f"{kind}.xlsx"), f"{kind}.xlsx", (key, cells))
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    for ending in ("ods", "xlsx"):
        source = f"{kind}.xlsx" if ending == "ods" else f"又存/{kind}.ods"
        words = ("soffice", profile, "--headless", "--convert-to", ending, "--outdir", "又存", source)
        subprocess.run(words, check=True, capture_output=True, timeout=180)

    assert "新增1条" in cli("import", f"又存/{kind}.xlsx").out
    assert (key[0], "甲乙") == tuple(stored(cli)[-1][name] for name in ("agency", "note"))
    assert "没有新增内容" in cli("import", f"又存/{kind}.xlsx").out


CHANGES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "contacts": st.fixed_dictionaries(
        {
            "姓名": st.sampled_from(["某某甲", "某某乙"]),
            "电话": st.integers(13 * 10**9, 2 * 10**10 - 1).map(str),
        }
    ),
    "filings": st.fixed_dictionaries(
        {
            "报来日期": st.sampled_from(["2019-11-14", "2019年11月18日"]),
            "盖章": st.sampled_from(["是", "否", None]),
        }
    ),
    "declarations": st.fixed_dictionaries(
        {"申报": st.sampled_from(["完成", "零报告"]), "日期": st.sampled_from(["2019-07-03", "20190704"])}
    ),
}


UNITS = st.sampled_from(["江海区妇联", "大新县妇联", "大新县人社局"])
DAYS = st.sampled_from(["2019-10-08", "2019-11-14", "2019-11-18"])
ACTIONS = st.one_of(
    st.builds(
        lambda unit, note: (
            "contact",
            "set",
            unit,
            "--name",
            "试验员",
            "--phone",
            "13800000001",
            "--note",
            note,
        ),
        UNITS,
        st.sampled_from(["", "另 13800000009", "=1+1", "_x000D_"]),
    ),
    st.builds(
        lambda unit, day, more: ("filing", "record", "工作总结", "--agency", unit, "--on", day, *more),
        UNITS,
        DAYS,
        st.sampled_from([(), ("--stamped",), ("--to", "大新"), ("--note", "13800000009")]),
    ),
    st.builds(lambda unit: ("filing", "return", unit, "--because", "缺章 13800000009"), UNITS),
    st.builds(lambda unit, day: ("record", "7.1", "--done", "--agency", unit, "--on", day), UNITS, DAYS),
    st.builds(lambda unit: ("report", "7.1", "--nothing", "--agency", unit), UNITS),
    st.just(("agency", "rename", "大新县妇联", "大新县妇女联合会", "--basis", "无文号")),
    st.just(("reverse", "2", "--because", "试验")),
)


@examples(3)
@given(actions=st.lists(ACTIONS, max_size=8), is_full=st.booleans())
def test_a_table_of_any_ledger_that_comes_back_unchanged_stores_nothing(
    cli: Cli, home: Path, fresh_ledger: Path, actions: list[tuple[str, ...]], is_full: bool
) -> None:
    """Whatever was typed before; some of it is refused."""
    shutil.copy(fresh_ledger, home / "any.db")
    where = ("--ledger", "any.db")
    for words in actions:
        cli(*words, *where)
    for kind in SHEETS:
        full = ("--full",) if is_full and kind == "contacts" else ()
        assert 0 == cli("tables", kind, "a.xlsx", "--force", *full, *where).code
        answer = cli("import", "a.xlsx", *where)
        assert (0, True) == (answer.code, "没有新增内容" in answer.out), answer.out


@pytest.mark.parametrize("kind", SHEETS)
@examples(2)
@given(data=st.data())
def test_whatever_is_changed_becomes_exactly_those_entries(
    cli: Cli, written: Callable[..., Path], kind: str, data: st.DataObject
) -> None:
    keys = fresh_rows(written(kind))
    chosen = data.draw(st.dictionaries(st.sampled_from(keys), CHANGES[kind], max_size=5))
    path, before = edited(Path(f"{kind}.xlsx"), "a.xlsx", *chosen.items()), len(stored(cli))

    assert 0 == cli("import", str(path)).code

    new = stored(cli)[before:]
    assert sorted(key[0] for key in chosen) == sorted(one["agency"] for one in new)
    if kind == "declarations":
        assert {
            (*key, {"完成": "declaration"}.get(cells["申报"], "report")) for key, cells in chosen.items()
        } == {(one["agency"], one["code"], one["kind"]) for one in new}
    assert "没有新增内容" in cli("import", str(path)).out
    if chosen:
        assert 0 == cli("reverse", "--import", str(path), "--because", "试验").code
