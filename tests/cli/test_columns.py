"""Columns and numbers of the document's own (栏目、序号): shown and printed word for word, asked for, typed."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import workbooks
from conftest import Result, at
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.rows import ColumnText
from planledger.questions.naming import codes_in_column

Cli = Callable[..., Result]
PLAN = Path(__file__).parent.parent / "plans" / "columns.yaml"
DAY = ("--as-of", "2021-07-01")


@pytest.fixture(autouse=True)
def columns(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of the made-up plan with columns, on 1 July."""
    path = home / "columns.db"
    create_ledger(path, NewPlan(require_plan(PLAN), at("2021-01-04"), "虚构办"), lambda _: True)
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(path))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-07-01")
    return path


@pytest.mark.parametrize(
    ("full", "leader", "phone"),
    [((), "李**(举**)", "139****0000"), (("--full",), "李四（举例）", "13900000000")],
)
def test_show_has_the_number_and_the_columns_of_the_document(
    cli: Cli, full: tuple[str, ...], leader: str, phone: str
) -> None:
    """People in them are masked, unless they are asked for whole; what is no person is as printed."""
    shown = cli("show", "1.2", *full)
    assert (0, "") == (shown.code, shown.err)
    lines = [re.split(r"\s+", line.strip(), maxsplit=1) for line in shown.out.splitlines()]
    assert ["序号", "（二）1"] in lines
    assert [["分管领导", leader], ["资金", "5万元"], ["联系电话", phone]] == [
        line for line in lines if line and line[0] in ("分管领导", "资金", "联系电话", "分值")
    ]
    item = json.loads(cli("show", "1.2", "--json", *full).out)["items"][0]
    assert ("（二）1", {"分管领导": leader, "资金": "5万元", "联系电话": phone}) == (
        item["number"],
        item["columns"],
    )
    head, row = cli("show", "1.2", "--csv", *full).out.splitlines()
    assert head.endswith(",审定,序号,分管领导,资金,联系电话")
    assert row.endswith(f",（二）1,{leader},5万元,{phone}")


def test_a_row_without_columns_says_so_in_json(cli: Cli) -> None:
    item = json.loads(cli("show", "2.2", "--json").out)["items"][0]
    assert ("①", {}) == (item["number"], item["columns"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [("（一）", "1.1"), ("(一)", "1.1"), ("一", "1.1"), ("二1", "1.2"), ("（二） 1", "1.2")],
)
def test_a_number_of_the_document_names_its_row(cli: Cli, typed: str, code: str) -> None:
    """In questions and in actions: what is stored bears the code."""
    assert code == json.loads(cli("show", typed, "--json").out)["items"][0]["code"]
    assert 0 == cli("report", typed, "--progress", "已部署", "--agency", "教育局", "--on", "2021-06-30").code
    entries = json.loads(cli("history", typed, "--json").out)["entries"]
    assert [code] == [entry["code"] for entry in entries]
    assert 0 == cli("evidence", "list", typed).code


def test_a_number_that_two_plans_have_asks_which_is_meant(cli: Cli, tmp_path: Path) -> None:
    """As a code does: an action by number is weighed by what is open in each plan."""
    other = tmp_path / "另一个.yaml"
    other.write_text(PLAN.read_text("utf-8").replace("columns-2021", "columns-b"), "utf-8")
    assert 0 == cli("adopt", str(other)).code
    asked = cli("record", "（二）1", "--done")
    assert (2, "") == (asked.code, asked.out)
    assert asked.err.startswith("（二）1 在几个方案里都有，请用 --plan 写明是哪一个：")
    assert 0 == cli("record", "（二）1", "--done", "--plan", "columns-b").code


def test_an_action_by_number_sees_what_was_recorded_before(cli: Cli) -> None:
    """The third school finishes the row that its code named before."""
    assert 0 == cli("record", "1.1", "--schools", "2", "--on", "2021-06-01").code
    done = cli("record", "（一）", "--schools", "1", "--on", "2021-06-30")
    assert (0, "") == (done.code, done.err)
    assert done.out.startswith("1.1 修缮校舍\n  校舍 +1所，累计 3/3所")


@pytest.mark.parametrize("command", [("show",), ("report", "--progress", "已部署"), ("history",), ("close",)])
def test_a_number_that_two_rows_have_is_refused_with_their_codes(cli: Cli, command: tuple[str, ...]) -> None:
    name, *rest = command
    refused = cli(name, "①", *rest)
    assert (2, "", "方案里序号是 ① 的有2行，请写编号：2.1、2.2。\n") == (
        refused.code,
        refused.out,
        refused.err,
    )


@pytest.mark.parametrize("word", ["1", "（三）", "（"])
def test_what_is_no_number_is_refused_as_before(cli: Cli, word: str) -> None:
    """An area keeps its meaning, and a lone bracket means no row."""
    refused = cli("show", word)
    assert 2 == refused.code
    assert ("是重点工作" if word == "1" else f"没有事项 {word}。") in refused.err


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        ("分管领导=张三", ["1.1", "2.1"]),
        ("分管领导=张三（举例）、王五（举例）", ["2.1"]),
        ("分管领导＝李", ["1.2"]),
        ("资金=5万元", ["1.2"]),
        ("资金=35", ["2.1"]),
        ("序号=①", ["2.1", "2.2"]),
    ],
)
def test_status_lists_the_rows_of_which_a_column_says_what_was_typed(
    cli: Cli, where: str, codes: list[str]
) -> None:
    """All that stands there, one of the names, or a part that is the only one."""
    assert codes == [
        item["code"] for item in json.loads(cli("status", "--where", where, "--json").out)["items"]
    ]
    lines = cli("status", "--where", where, "--csv").out.splitlines()
    assert codes == [line.split(",")[0] for line in lines[1:]]


def test_blanks_that_only_space_a_head_or_a_name_need_not_be_typed() -> None:
    """A name of two characters stands as wide as one of three in many documents."""
    texts = ("俞　悦、张三丰", "俞悦然", "李　四")
    cells = [ColumnText(f"{place}", "分 管 县领导", text) for place, text in enumerate(texts, 1)]
    typed = ("分管县领导=俞悦", "分 管 县领导=俞　悦", "分管县领导=俞　悦、张三丰")
    assert [{"1"}] * 3 == [codes_in_column(cells, where) for where in typed]


def test_where_goes_with_the_other_choices_and_into_a_workbook(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    asked = ("status", "--where", "分管领导=张三")
    assert ["2.1"] == [
        item["code"] for item in json.loads(cli(*asked, "--standing", "逾期", "--json").out)["items"]
    ]
    assert ["2.1"] == [
        item["code"] for item in json.loads(cli(*asked, "--where", "资金=35万元", "--json").out)["items"]
    ]
    assert 0 == cli(*asked, "-o", str(path)).code
    assert ["1.1", "2.1"] == [line["编号"] for line in workbooks.lines_of(workbooks.sheet_of(path, "清单"))]
    refused = cli(*asked, "--all-plans")
    assert (2, "") == (refused.code, refused.out)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (
            "分管领道=张三",
            "--where 分管领道=张三 看不懂，请写成 栏目=内容。您是不是要写：分管领导？方案自己的栏目：序号、分管领导、资金、分值、联系电话。",
        ),
        (
            "分管领导",
            "--where 分管领导 看不懂，请写成 栏目=内容。您是不是要写：分管领导？方案自己的栏目：序号、分管领导、资金、分值、联系电话。",
        ),
        (
            "分管领导=赵六",
            "分管领导 没有一行是 赵六；栏目里有：张**(举**)；李**(举**)；张**(举**)、王**(举**)。",
        ),
        ("资金=万", "资金 万 有3种写法，请写全；栏目里有：3万元；5万元；35万元。"),
    ],
)
def test_a_column_or_words_that_are_not_there_are_refused(cli: Cli, where: str, message: str) -> None:
    """With what there is, people masked."""
    assert Result(2, "", f"{message}\n") == cli("status", "--where", where)


def test_a_plan_without_columns_has_none_to_ask_for(cli: Cli, ledger: Path) -> None:
    refused = cli("status", "--where", "分管领导=张三", "--ledger", str(ledger))
    assert Result(2, "", "--where 分管领导=张三 看不懂，请写成 栏目=内容。方案自己的栏目：无。\n") == refused


@pytest.mark.parametrize(
    ("full", "leaders"),
    [
        ((), ["张**(举**)", "李**(举**)", "张**(举**)、王**(举**)", None]),
        (("--full",), ["张三（举例）", "李四（举例）", "张三（举例）、王五（举例）", None]),
    ],
)
def test_the_annex_prints_number_and_columns_behind_the_remark(
    cli: Cli, tmp_path: Path, full: tuple[str, ...], leaders: list[str | None]
) -> None:
    """序号 is that of the document; 编号 beside it is what people type."""
    path = tmp_path / "总表.xlsx"
    assert 0 == cli("export", "annex", str(path), *full).code
    lines = workbooks.lines_of(workbooks.sheet_of(path, "总表"))
    heads = [
        "序号",
        "编号",
        "重点工作",
        "具体事项",
        "完成时限",
        "责任单位",
        "备注",
        "分管领导",
        "资金",
        "分值",
        "联系电话",
    ]
    assert heads == list(lines[0])[: len(heads)]
    assert [("（一）", "1.1"), ("（二）1", "1.2"), ("①", "2.1"), ("①", "2.2")] == [
        (line["序号"], line["编号"]) for line in lines
    ]
    assert leaders == [line["分管领导"] for line in lines]
    assert ["3万元", "5万元", "35万元", None] == [line["资金"] for line in lines]


@pytest.mark.parametrize(("full", "leader"), [((), "张**(举**)"), (("--full",), "张三（举例）")])
def test_a_form_has_number_and_columns_with_the_words_of_the_row(
    cli: Cli, tmp_path: Path, full: tuple[str, ...], leader: str
) -> None:
    """And comes back as any form: 序号 of its lines is the code."""
    path = tmp_path / "教育局.xlsx"
    assert 0 == cli("template", "--agency", "教育局", "-o", str(path), *full).code
    sheet = workbooks.sheet_of(path, "填报表")
    assert ("1.1", f"（一）　修缮村小校舍3所。\n分管领导：{leader}\n资金：3万元\n分值：5") == (
        sheet["A5"].value,
        sheet["B5"].value,
    )


def test_adopt_shows_what_changed_in_a_column_and_masks_people(cli: Cli, tmp_path: Path) -> None:
    changed = tmp_path / "新版.yaml"
    text = PLAN.read_text("utf-8").replace("李四（举例）, 资金: 5万元", "赵六（举例）, 资金: 6万元")
    changed.write_text(text.replace("number: （一）\n", "number: 一、\n"), "utf-8")
    adopted = cli("adopt", str(changed))
    assert (0, "") == (adopted.code, adopted.err)
    assert adopted.out.splitlines()[1:] == [
        "  栏目 1.1 序号 的文字：（一） → 一、",
        "  栏目 1.2 分管领导 的文字：李**(举**) → 赵**(举**)",
        "  栏目 1.2 资金 的文字：5万元 → 6万元",
    ]
