"""Forms that are out while the plan changes: what still means the same is taken, the rest comes back with its reason."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import Result
from forms import sent
from planledger.ledger.chain.chain import plan_digest
from planledger.plan.file.yaml_file import require_plan
from planledger.store.paths import built_in_plan, earlier_plans
from trials import sampled

Cli = Callable[..., Result]
UNIT, SAME_TITLE = "大新县人社局", "title: 召开招聘会促进贫困人口就业"
ROW_6_2 = "开展粤桂扶贫协作职业技能培训，开展1期大新县精准扶贫对象“粤菜师傅”培训培训班。"
FAIRS = "{key: fairs, label: 招聘会, unit: 期, at_least: 1}"
TRAINEES = "{key: trainees, label: 培训人次, unit: 人次}"
UNITS_6_2 = "units: 两地人社局\n        clause: 三（六）2"
GOOD = {"I7": 40, "J7": "2019-07-16", "I10": 30, "J10": "2019-07-20", "L9": "正在开班"}


@pytest.fixture(autouse=True)
def _on_2_august(home: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))


@pytest.fixture
def form(home: Path, fresh_ledger: Path) -> Callable[..., None]:
    """The form of one unit, sent before the plan changes, and come back filled."""

    def fill(**cells: object) -> None:
        book: Any = load_workbook(BytesIO(sent(fresh_ledger)))
        for place, value in cells.items():
            sheet, _, cell = place.rpartition("_")
            book[sheet or "填报表"][cell].value = value
        book.save(home / "表.xlsx")

    return fill


@pytest.fixture
def adopt(cli: Cli, home: Path) -> Callable[..., None]:
    """Adopt the plan with some of its words written otherwise."""

    def changed(*pairs: tuple[str, str]) -> None:
        text = built_in_plan().read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (home / "新版.yaml").write_text(text, "utf-8")
        done = cli("adopt", "新版.yaml")
        assert 0 == done.code, done.err

    return changed


def stored(cli: Cli) -> list[tuple[str, str | None, int | None]]:
    entries = json.loads(cli("history", "--json", "--limit", "100").out)["entries"][::-1]
    return [
        (one["code"], one["indicator"], one["amount"])
        for one in entries
        if one["agency"] == UNIT and one["kind"] != "amendment"
    ]


WHOLE = [("6.1", "transferred", 40), ("6.2", None, None), ("6.2", "trainees", 30)]
SAME = {
    "another title": ((SAME_TITLE, "title: 两地招聘会"),),
    "another target": (("at_least: 155, from", "at_least: 172, from"),),
    "another last day": (
        ("due: 2019年11月\n        units: 两地人社局、教育局", "due: 2019年10月\n        units: 两地人社局、教育局"),
    ),
    "another remark": (("根据两省区签订的任务数分解。", "根据两省区签订的任务数分解（更正）。"),),
    "another title of the plan": (("title: 2019年江海区对口", "title: 二〇一九年江海区对口"),),
    "other words for the units": ((UNITS_6_2, "units: 大新县人社局、江海区人社局\n        clause: 三（六）2"),),
    "the order of indicators": ((FAIRS + "\n", ""), ("与就读职业学校同样按大新县教育局的数}\n",
        "与就读职业学校同样按大新县教育局的数}\n          - " + FAIRS + "\n"), ("          -           -", "          -")),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_is_taken(
    cli: Cli, form: Callable[..., None], adopt: Callable[..., None], name: str
) -> None:
    """A change of what nobody was asked for changes no form."""
    form(**GOOD, L6="招聘会筹备中")
    adopt(*SAME[name])
    answer = cli("import", "表.xlsx")

    assert (0, True) == (answer.code, "新增4条" in answer.out), answer.out
    assert "注意" not in answer.out
    assert sorted([*WHOLE, ("6.1", None, None)], key=str) == sorted(stored(cli), key=str)


CHANGED = {
    "a text": (("，开展1期大新县", "，联合开展1期大新县"), "具体事项 原“…业技能培训，开展1期大新…”，现“…业技能培训，联合开展1期大新…”"),
    "a label": (("label: 培训人次", "label: 培训人数"), "指标 原“培训人次”，现“培训人数”"),
    "a unit of count": (("培训人次, unit: 人次}", "培训人次, unit: 人}"), "单位 原“人次”，现“人”"),
    "decimals": (("培训人次, unit: 人次}", "培训人次, unit: 人次, decimals: 1}"), "小数位 原“0”，现“1”"),
    "a measure": (("unit: 人次}\n          - {key: certificates", "unit: 人次, measure: stock, because: 改}\n          - {key: certificates"),
        "口径 原“流量”，现“存量”"),
    "a scope": (("unit: 人次}\n          - {key: certificates", "unit: 人次, scope: each, because: 改}\n          - {key: certificates"),
        "计数范围 原“全项”，现“各方分别”"),
    "a role": ((UNITS_6_2, "units: 江海区人社局牵头，大新县人社局配合\n        clause: 三（六）2"), "职责 原“责任”，现“配合”"),
    "a duty": ((UNITS_6_2, "units: 江海区人社局\n        clause: 三（六）2"), "这一行已不由本单位承担（原职责：责任）"),
    "an indicator gone": ((f"          - {TRAINEES}\n", ""), "这一行的指标已从方案里去掉（原“培训人次”）"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_a_filled_row_that_changed_is_a_fault_and_a_blank_one_a_note(
    cli: Cli, form: Callable[..., None], adopt: Callable[..., None], name: str
) -> None:
    change, shown = CHANGED[name]
    form(**GOOD)
    adopt(change)
    answer = cli("import", "表.xlsx")

    assert 5 == answer.code
    assert "填报表!A10：" in answer.out
    assert shown in answer.out
    assert [] == stored(cli)

    form(I7=40, J7="2019-07-16")
    answer = cli("import", "表.xlsx")
    assert 0 == answer.code
    assert "注意：填报表第10行（6.2 培训人次）空着：" in answer.out
    assert shown in answer.out
    assert [("6.1", "transferred", 40)] == stored(cli)


def test_a_line_of_the_details_is_held_against_its_version_too(
    cli: Cli, form: Callable[..., None], adopt: Callable[..., None]
) -> None:
    """By the name that its indicator had then."""
    form(明细_A3="6.2", 明细_B3="培训人次", 明细_C3=30, 明细_D3="2019-07-20")
    adopt(("label: 培训人次", "label: 培训人数"))
    answer = cli("import", "表.xlsx")

    assert "明细!B3 “培训人次”：这一行在方案的新版本里改了：指标 原“培训人次”，现“培训人数”" in answer.out
    assert 5 == answer.code


def test_what_is_new_is_noted(cli: Cli, form: Callable[..., None], adopt: Callable[..., None]) -> None:
    form(**GOOD)
    adopt((TRAINEES, TRAINEES + "\n          - {key: tests, label: 考试, unit: 次}"))
    answer = cli("import", "表.xlsx")

    assert 0 == answer.code
    assert "现在还要本单位填 6.2，共1行，这份表上没有" in answer.out


def test_a_unit_that_is_gone_has_its_reason(
    cli: Cli, form: Callable[..., None], adopt: Callable[..., None]
) -> None:
    form(**GOOD)
    name = "{name: 大新县人力社保局, "
    adopt((UNIT, "大新县人力社保局"), (name, name + "short: [人社局], "))
    answer = cli("import", "表.xlsx")

    assert 5 == answer.code
    assert answer.out.count(f"现行方案里没有 {UNIT}") == 7
    form()
    assert 0 == cli("import", "表.xlsx").code


def test_amendments_change_no_meaning_but_whose_a_row_is(cli: Cli, form: Callable[..., None]) -> None:
    because = ("--because", "调整", "--basis", "无文号")
    form(**GOOD)
    cli("amend", "6.1", "--target", "transferred", "172", *because)
    cli("amend", "6.2", "--due", "2019-12-31", *because)
    cli("amend", "5.4", "--add-agency", UNIT, "--role", "配合", *because)
    answer = cli("import", "表.xlsx")
    assert 0 == answer.code
    assert "现在还要本单位填 5.4" in answer.out

    cli("amend", "6.2", "--drop-agency", UNIT, *because)
    cli("amend", "2.3", "--cancel", *because)
    answer = cli("import", "表.xlsx")
    assert "填报表!A10：这一行已不由本单位承担（原职责：责任）；请清空" in answer.out
    assert "空着：这一行已终止。" in answer.out


def test_a_version_that_this_ledger_never_had_is_refused(
    cli: Cli, form: Callable[..., None], adopt: Callable[..., None], home: Path
) -> None:
    form(**GOOD)
    assert 0 == cli("init", "--ledger", "别的.db", str(built_in_plan())).code
    adopt(("at_least: 155, from", "at_least: 172, from"))
    assert 0 == cli("template", "--agency", UNIT, "--period", "2019-07", "-o", "新表.xlsx").code
    answer = cli("import", "新表.xlsx", "--ledger", "别的.db")

    assert 5 == answer.code
    assert "是方案另一版本的表，本台账没有启用过那一版" in answer.out


def test_a_version_that_was_taken_back_is_held_against_its_rows(
    cli: Cli, adopt: Callable[..., None], home: Path
) -> None:
    adopt(("label: 培训人次", "label: 培训人数"))
    cli("template", "--agency", UNIT, "--period", "2019-08", "-o", "新表.xlsx")
    assert 0 == cli("reverse", "2", "--because", "误启用").code
    book = load_workbook(home / "新表.xlsx")
    book["填报表"]["I10"], book["填报表"]["J10"] = 3, "2019-08-01"
    book.save(home / "新表.xlsx")

    assert "指标 原“培训人数”，现“培训人次”" in cli("import", "新表.xlsx").out


def test_the_same_form_brings_nothing_new_after_the_plan_changed(
    cli: Cli, form: Callable[..., None], adopt: Callable[..., None]
) -> None:
    form(**GOOD)
    cli("import", "表.xlsx")
    adopt(*SAME["another target"])

    assert "新增0条，变更0条，未变3条" in cli("import", "表.xlsx").out
    form(**GOOD | {"I7": 45})
    assert "上次报的是 40人" in cli("import", "表.xlsx").out


@sampled("units", (UNIT, "江海区人社局", "大新县妇联", "江海区财政局"), ((),))
def test_every_unit_s_form_survives_a_new_version(
    cli: Cli, home: Path, adopt: Callable[..., None], units: tuple[str, ...]
) -> None:
    """Blank, of a few or of all fifty: a row whose words were corrected is a note to those who have it, and to no one else."""
    (home / "七月").mkdir()
    for unit in units:
        cli("template", "--agency", unit, "--period", "2019-07", "-o", f"七月/{unit}.xlsx")
    if not units:
        cli("template", "--all", "七月", "--period", "2019-07", "--force")
    adopt(CHANGED["a text"][0])
    answer = cli("import", "七月")

    assert 0 == answer.code
    assert 2 * 3 == answer.out.count("这一行在方案的新版本里改了")
    assert (len(units) or 50) == answer.out.count("没有填任何内容")


def test_a_form_of_the_plan_with_which_an_earlier_program_came_is_taken(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No ledger here ever adopted it: the form was sent before there was one."""
    (earlier,) = earlier_plans()
    assert "c317dbdf0226950614d49355cad9fead674f99ee27394563d6f59be96b594788" == plan_digest(
        require_plan(earlier)
    )
    cli("init", str(earlier), "--ledger", "旧.db")
    words = ("template", "--agency", UNIT, "--period", "2019-07", "-o", "表.xlsx", "--ledger", "旧.db")
    assert 0 == cli(*words).code
    book = load_workbook(home / "表.xlsx")
    book["填报表"]["I7"], book["填报表"]["J7"], book["填报表"]["L6"] = 40, "2019-07-16", "正在摸底"
    book["填报表"]["I9"], book["填报表"]["J9"] = 5, "2019-07-16"
    book.save(home / "表.xlsx")
    monkeypatch.delenv("PLANLEDGER_LEDGER")
    answer = cli("import", "表.xlsx")

    assert (0, True) == (answer.code, "新增3条" in answer.out), answer.out
    assert "注意：填报表!I9：就读职业学校由大新县教育局报数，本单位的作核对数，不计入累计。" in answer.out
    assert "这份表上没有" not in answer.out
    (figure,) = [
        one
        for one in json.loads(cli("show", "6.1", "--json").out)["items"][0]["indicators"]
        if one["key"] == "students"
    ]
    assert (None, [{"agency": UNIT, "total": 5}]) == (figure["total"], figure["checks"])
