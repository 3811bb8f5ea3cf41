"""Lists as a clerk reads them: who owes what in one line a unit, side by side, whom to call; who approved a close-out."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from planledger.formats.text.display import columns
from planledger.formats.text.phrases import fitting_text

Cli = Callable[..., Result]
SIDES = ("江海区", "大新县")


@pytest.fixture
def late(cli: Cli, filled: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over a made-up year, on 5 December."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    monkeypatch.setenv("COLUMNS", "80")
    return cli


def asked(cli: Cli, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(cli(*words, "--json").out)
    return answer


@pytest.mark.parametrize("width", [80, 120])
def test_each_unit_that_owes_has_one_line_below_the_rows(
    late: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """It says how many rows, the days of the worst, which rows; the rows come before it."""
    monkeypatch.setenv("COLUMNS", str(width))
    rows, units = late("overdue").out.split("各单位欠什么", 1)
    lines = [line for line in units.split("\n\n")[0].splitlines()[3:] if line.strip()]
    debtors = asked(late, "overdue")["agencies"]

    assert [one["agency"] for one in debtors] == [line.split()[0] for line in lines]
    assert [] == [
        one["code"]
        for one in asked(late, "overdue", "--by", "item")["items"]
        if f"\n{one['code']} " not in rows
    ]
    for one, line in zip(debtors, lines, strict=True):
        own = [item for item in one["items"] if item["owes"]]
        assert f" 欠{len(own)}项 " in line if own else " 仅配合 " in line
        codes = [item["code"] + "*" * (not item["owes"]) for item in one["items"]]
        assert "、".join(codes) in line or f"等{len(codes)}项" in line
        assert (one["last_entry"] or "从未有记录") in line


def test_two_late_rows_are_not_forty_lines(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = cli("overdue", "--as-of", "2019-11-14").out

    assert 2 == len(asked(cli, "overdue", "--by", "item", "--as-of", "2019-11-14")["items"])
    assert len(out.splitlines()) < 40


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_sides_have_between_them_what_the_whole_has(late: Cli, form: str) -> None:
    """Units and filings of both are those of the whole, each under its own side."""
    if form == "csv":
        head, *whole = late("overdue", "--csv").out.removeprefix("\ufeff").splitlines()
        side_head, *by_side = late("overdue", "--by", "side", "--csv").out.removeprefix("\ufeff").splitlines()
        assert (f"方,{head}", sorted(whole)) == (side_head, sorted(line.split(",", 1)[1] for line in by_side))
        assert [] == [line for line in by_side if line.split(",")[0] != line.split(",")[1][:3]]
        return
    whole_answer, sides = asked(late, "overdue"), asked(late, "overdue", "--by", "side")["sides"]
    assert list(SIDES) == [one["side"] for one in sides]
    for one in sides:
        assert {one["side"]} == {unit["side"] for unit in one["agencies"]}
        assert one["overdue"] <= whole_answer["overdue"]
    units = [unit for one in sides for unit in one["agencies"]]
    assert sorted(map(str, whole_answer["agencies"])) == sorted(map(str, units))
    assert sum(one["owing_agencies"] for one in sides) == whole_answer["owing_agencies"]
    filers = [name for one in sides for filing in one["filings"] for name in filing["agencies"]]
    assert sorted(filers) == sorted(name for one in whole_answer["filings"] for name in one["agencies"])


def test_the_screen_of_a_side_names_its_own_units_alone(late: Cli) -> None:
    first, second = late("overdue", "--by", "side").out.split("\n\n大新县\n")

    assert first.startswith("江海区\n截至2019-12-05")
    assert ("大新县扶贫办" in first, "江海区扶贫办" in second) == (False, False)
    assert "大新县扶贫办" in second


def test_a_late_row_of_which_a_unit_owes_nothing_is_shown_to_it_all_the_same(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has declared its part and twelve others have not: not a word of theirs is its debt, and the row stays late."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-05")
    cli("record", "7.1", "--done", "--agency", "大新县团委", "--on", "2019-10-20")

    for view in ([], ["--by", "item"]):
        out = "".join(cli("overdue", "--agency", "大新县团委", *view).out.split())
        assert "应完成1项，已完成0项（逾期完成0项），逾期0项，本单位不欠而全项逾期1项，涉及0家单位" in out
        assert "本单位没有欠的逾期事项。" in out
        assert "全项逾期，本单位不欠7.1积极动员社会力量参与扶贫协作逾期5天，还缺12家单位申报" in out
    answer = asked(cli, "overdue", "--agency", "大新县团委")
    assert (0, ["7.1"]) == (answer["overdue"], answer["late_without_debt"])

    cli("record", "7.1", "--done", "--on", "2019-11-05")
    assert [] == asked(cli, "overdue", "--agency", "大新县团委")["late_without_debt"]
    assert "没有逾期事项。" in cli("overdue", "--agency", "大新县团委").out
    assert [] == asked(cli, "overdue")["late_without_debt"]


def test_a_row_in_which_a_side_only_assists_names_who_does(cli: Cli, home: Path) -> None:
    assert 0 == cli("init", str(Path(__file__).parents[1] / "plans" / "city.yaml")).code
    shown = cli("overdue", "--by", "方", "--as-of", "2022-12-31").out
    [line] = [line for line in shown.splitlines() if line.startswith("2 ") and "云岭县" in line]
    assert line.split()[-1] == "云岭县发改局*"


def test_a_row_that_nobody_answers_for_stands_behind_the_sides(cli: Cli, home: Path) -> None:
    """各乡镇 names nobody, so the office must act."""
    plan = Path(__file__).parents[1] / "plans" / "second.yaml"
    assert 0 == cli("init", str(plan)).code
    whole = asked(cli, "overdue", "--as-of", "2022-03-01")
    sides = asked(cli, "overdue", "--by", "side", "--as-of", "2022-03-01")["sides"]

    assert sorted(map(str, whole["agencies"])) == sorted(
        str(unit) for one in sides for unit in one["agencies"]
    )
    assert 0 == cli("overdue", "--by", "side", "--as-of", "2022-03-01").code


def test_a_date_names_the_units_that_have_still_to_act(late: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    day = ("--as-of", "2019-11-10")
    dates = asked(late, "upcoming", *day)["dates"]
    rows = {row["code"]: row["duties"] for row in asked(late, "status", *day)["items"]}
    monkeypatch.setenv("COLUMNS", "120")
    screen = late("upcoming", *day).out

    for date in dates:
        if date["kind"] == "deadline":
            assert [one["agency"] for one in rows[date["code"]] if one["owes"]] == date["agencies"]
    archive = next(date for date in dates if date["label"] == "归档资料")
    assert f"等{len(archive['agencies'])}家" in screen
    assert "、".join(archive["agencies"]) in late("upcoming", *day, "--csv").out
    assert asked(late, "upcoming", *day)["contacts"] is None


def test_a_unit_that_was_asked_about_is_named_alone(late: Cli) -> None:
    dates = asked(late, "upcoming", "--as-of", "2019-11-10", "--agency", "江海区人社局")["dates"]

    assert {("江海区人社局",), ()} == {tuple(date["agencies"]) for date in dates}
    assert [(), "5.3"] == next(
        [(), date["code"]] for date in dates if not date["agencies"]
    )  # it assists there


def test_whom_to_call_is_shown_where_it_is_asked_for(late: Cli) -> None:
    late("contact", "set", "江海区财政局", "--name", "试验员", "--phone", "13800000000")
    plain, full = late("upcoming").out, late("upcoming", "--full").out

    assert ("江海区财政局 试验员 13800000000" in full, "13800000000" in plain) == (True, False)
    assert "大新县财政局 没有登记联系人" in full
    assert "试验员 13800000000" == asked(late, "upcoming", "--full")["contacts"]["江海区财政局"]


@pytest.mark.parametrize("width", range(1, 60, 4))
def test_as_many_names_as_fit_and_then_how_many(width: int) -> None:
    names = ["江海区工商联", "大新县工商联", "江海区团委", "大新县团委"]
    text = fitting_text(names, width)

    assert text == "、".join(names) if width >= columns("、".join(names)) else text.endswith("等4家")
    assert columns(text) <= width or "江海区工商联等4家" == text


def test_who_approved_is_shown_with_the_name_masked(late: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    done = ("record", "9.1", "--done")
    assert 0 == late(*done).code
    closed = late("close", "9.1", "--approved", "试验员", "--ref", "试办〔2019〕9号")
    newest = asked(late, "history", "--limit", "1")["entries"][0]

    assert "  销号，审定人 试**（试办〔2019〕9号）（第" in closed.out
    assert ("试**", "试办〔2019〕9号") == (newest["approved"], newest["reference"])
    assert "试验员" == asked(late, "history", "--limit", "1", "--full")["entries"][0]["approved"]
    assert "销号：审定人 试**（试办〔2019〕9号）" in late("history", "--limit", "1").out
    assert "审定人 试**" in late("status").out
    assert "审定人 试**" in late("show", "9.1").out
    rows = list(csv.DictReader(late("status", "--csv").out.removeprefix("\ufeff").splitlines()))
    approvals = {row["编号"]: row["审定"] for row in rows if row["审定"]}
    assert {"6.2": "未写审定人", "9.1": "审定人 试**（试办〔2019〕9号）"} == approvals
    assert "未写审定人" in late("show", "6.2").out
    assert "试验员" not in late("close", "9.1").err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--approved", "11010519491231002X"), "审定人里有身份证号"),
        (("--approved", "某某", "--ref", "秘密★1年"), "文号里有密级标志"),
        (("--approved", "局长"), "--approved：“局长”不是姓名；请写这个人的姓名，不写职务"),
        (("--approved", "班子会"), "会议审定的，用 --ref 写明文号。未登记。"),
    ],
)
def test_what_says_nothing_of_an_approval_is_refused(
    late: Cli, words: tuple[str, ...], sentence: str
) -> None:
    late("record", "9.1", "--done")
    before = late("history", "--json").out
    answer = late("close", "9.1", *words)

    assert (2, "") == (answer.code, answer.out)
    assert sentence in answer.err
    assert before == late("history", "--json").out
