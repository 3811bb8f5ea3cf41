"""The office chases units (催办): who is meant, what is stored, what came since, what `overdue` shows of it. Made up."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from test_letters import lines_of

from asking import ledger_as_of
from conftest import Result
from planledger.plan.refusal import ExitCode
from planledger.questions.answers.debts import Choice, chosen_debts
from planledger.questions.sheet import load
from planledger.store.sqlite.opening import open_to_read

Cli = Callable[..., Result]
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案"
BUREAU, WOMEN = "大新县人社局", "大新县妇联"


@pytest.fixture
def office(cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The ledger of 江海区扶贫办, on 20 November, its last entry the name of the office."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    assert ExitCode.DONE == cli("office", "name", "江海区扶贫办").code
    return cli


def chases(cli: Cli, *words: str) -> dict[str, list[dict[str, Any]]]:
    """Each unit that was chased, with its chases."""
    units = json.loads(cli("chase", "list", "--json", *words).out)["agencies"]
    return {one["agency"]: one["chases"] for one in units}


def meant(ledger: Path, **choice: Any) -> list[tuple[str, list[str], list[str]]]:
    """Whom a choice means on 20 November, and for what."""
    store = open_to_read(ledger)
    asked = ledger_as_of(store, "2019-11-20")
    debts = chosen_debts(asked, load(asked), Choice(**choice)).debts
    store.close()
    codes = [[row.item.code for row in one.rows] for one in debts]
    keys = [[state.filing.key for state in one.filings] for one in debts]
    return list(zip([one.agency.name for one in debts], codes, keys, strict=True))


def test_the_reply_has_a_line_for_each_unit_with_what_it_owed(office: Cli) -> None:
    """The whole answer."""
    line = ("chase", "大新人社局", WOMEN, "--way", "工作群", "--reply-by", "11-25", "--note", "请抓紧")
    assert office(*line) == Result(
        ExitCode.DONE,
        f"{TITLE}\n"
        f"  {BUREAU} 催办（工作群）：2.3、6.1、6.2，归档资料、工作总结，请于2019-11-25前回复（第3号记录）\n"
        f"  {WOMEN} 催办（工作群）：7.1，归档资料、工作总结，请于2019-11-25前回复（第4号记录）\n"
        "  登错了就冲正：planledger reverse 3 4 --because 原因\n",
        "",
    )
    again = office("chase", WOMEN, "--overdue", "--way", "phone")
    assert f"  {WOMEN} 催办（电话）：7.1，归档资料（第5号记录）\n" in again.out
    assert f"注意：今天已经催办过{WOMEN}（第4号），已照记。\n" == again.err


def test_units_chased_today_already_are_named_up_to_three_and_counted_above(office: Cli) -> None:
    """Fifty units chased twice are one sentence."""
    office("chase", "大新人社局", "江海人社局", WOMEN, "--way", "函")
    three = office("chase", "大新人社局", "江海人社局", WOMEN, "--way", "函").err
    assert ["（第3号）", "（第4号）", "（第5号）"] == re.findall("（.+?）", three)
    four = office("chase", "大新人社局", "江海人社局", WOMEN, "江海妇联", "--way", "函").err
    assert (3, False) == (four.count("（第"), "等" in four)
    again = office("chase", "大新人社局", "江海人社局", WOMEN, "江海妇联", "--way", "函").err
    assert again.startswith("注意：今天已经催办过江海区人社局（第3号、第6号、第9号）、江海区妇联（第10号）、")
    assert again.endswith("等4家，已照记。\n")


def test_each_choice_means_its_units_and_what_is_owed_then(office: Cli, ledger: Path) -> None:
    """What a unit has finished is not asked of it, and the office asks nothing of itself."""
    office("record", "2.3", "--done", "--agency", BUREAU)
    office("report", "6.1", "--nothing", "--agency", BUREAU, "--on", "2019-10-08")
    late, silent = meant(ledger), meant(ledger, month="2019-10")
    assert late == meant(ledger, is_late=True)
    assert (WOMEN, ["7.1"], ["archive"]) in late
    assert (BUREAU, [], ["archive"]) in late
    assert [(BUREAU, ["6.1", "6.2"], ["archive", "summary"])] == meant(ledger, agencies=(BUREAU,))
    assert [(BUREAU, ["6.1", "6.2"], ["summary"])] == meant(ledger, agencies=(BUREAU,), days=10)
    assert (WOMEN, ["7.1"], []) in silent
    assert [] == [one for one in silent if one[0] == BUREAU]
    every = (*late, *silent, *meant(ledger, days=10))
    assert {"大新县扶贫办"} == {unit for unit, _, _ in every if unit.endswith("扶贫办")}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("chase 大新县妇联", "请用 --way 写明怎么催的；可写：函、电话、工作群、短信、当面，例如 --way 电话。未登记。\n"),
        ("chase --way 微信", "没有催办方式 微信；可写：函、电话、工作群、短信、当面，例如 --way 电话。未登记。\n"),
        ("chase 江海区扶贫办 --way 函", "江海区扶贫办 是本办，不用催办自己。\n"),
        ("chase 妇联 --way 函", "妇联 有2家，请写明是哪一家：江海区妇联、大新县妇联。\n"),
        ("chase 大新县妇联 大新妇联 --way 函", "大新县妇联 写了两次；请核对是不是要写另一个，再去掉多的。未登记。\n"),
        (
            "chase 大新县妇联 --due-within 3 --way 函",
            "大新县妇联 没有欠这样的事项或报送；它承担的见 planledger status --agency 大新县妇联\n",
        ),
        ("chase --due-within 3 --way 函", "没有单位欠这样的事项或报送，不用催办。\n"),
        ("chase --overdue --unreported 10月 --way 函", "--overdue、--unreported 只能写一个；请去掉多余的。\n"),
        ("chase --unreported 12月 --way 函", "--unreported 2019-12：请写 2019-01 到 2019-11 之间的月份。\n"),
        ("chase --way 函 --reply-by 2019-11-19", "--reply-by 2019-11-19 已经过了（今天是 2019-11-20）；请写今天或以后的一天。\n"),
        (
            "chase --way 函 --reply-by 1月20日",
            "--reply-by 1月20日：2019-01-20 已经过了（今天是 2019-11-20）；请写上年份，如 2020-01-20。\n"
            "  planledger chase --way 函 --reply-by 2020-01-20\n",
        ),
        ("chase --text --way 函", "--text 只打印、不登记，用不上 --way 和 --note；请去掉再运行。\n"),
        ("chase --way 函 --full", "--full 要和 --text 一起写，用不上就去掉，请写：planledger chase --way 函 --full --text\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_chased_is_refused_and_nothing_is_stored(
    office: Cli, line: str, sentence: str
) -> None:
    refused = office(*line.split())
    assert (ExitCode.REFUSED, "", sentence) == (refused.code, refused.out, refused.err)
    assert {} == chases(office)
    assert "还没有催办过。\n" == office("chase", "list").out


def test_while_the_office_is_unknown_no_office_is_chased_and_the_answer_says_so(
    cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    done = cli("chase", "--way", "函")
    assert "注意：方案的主办单位（江海区扶贫办、大新县扶贫办）里没有 试验办。主办单位没有列入。\n" == done.err
    assert "扶贫办 催办" not in done.out
    assert "大新县扶贫办 催办（函）" in cli("chase", "大新县扶贫办", "--way", "函").out


def test_the_list_says_how_often_when_last_and_what_came_since(
    office: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the names of the day, as of a day, and without what was reversed."""
    office("chase", BUREAU, WOMEN, "--way", "函")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-22")
    office("chase", BUREAU, "--way", "当面", "--note", "13800138000")
    office("record", "6.1", "--transferred", "40", "--agency", BUREAU, "--on", "2019-10-30")
    office("agency", "rename", BUREAU, "大新县人力局", "--basis", "无文号")

    listed = chases(office)
    assert ["大新县人力局", WOMEN] == list(listed)
    assert [("letter", 6, "2019-10-30"), ("in_person", 6, "2019-10-30")] == [
        (one["way"], one["answer"]["id"], one["answer"]["dated"]) for one in listed["大新县人力局"]
    ]
    assert {"2019-11-22"} == {one["answer"]["recorded_at"][:10] for one in listed["大新县人力局"]}
    line = next(line for line in office("chase", "list").out.splitlines() if line.startswith("大新县人力局"))
    assert line.rstrip().endswith("2019-11-22"), "on which day it came, and not of which day it is"
    assert [None] == [one["answer"] for one in listed[WOMEN]]
    assert "138****8000" == listed["大新县人力局"][1]["note"]
    assert (
        "截至2019-11-22：催办过2家单位、3次；最近一次催办以后，1家有记录，1家没有\n"
        "责任单位                     次数 最近一次   方式   催什么            此后记录\n"
    ) == "".join(line.rstrip() + "\n" for line in office("chase", "list").out.splitlines()[:2])
    lines = list(csv.DictReader(StringIO(office("chase", "list", "--csv", "--agency", WOMEN).out[1:])))
    assert [(WOMEN, "2019-11-20", "函", "")] == [
        (one["责任单位"], one["日期"], one["方式"], one["此后的记录号"]) for one in lines
    ]
    assert 1 == len(chases(office, "--as-of", "2019-11-20")[BUREAU])
    office("reverse", "6", "--because", "登错了")
    assert [None, None] == [one["answer"] for one in chases(office)["大新县人力局"]]


def test_overdue_shows_how_often_each_was_chased_for_what_is_late(office: Cli) -> None:
    """On the screen by unit, in JSON and CSV for each row and filing; nothing more where nobody was chased."""
    before = office("overdue").out
    assert "催办" not in before
    assert {"0"} == {
        line["催办次数"] for line in csv.DictReader(StringIO(office("overdue", "--csv").out[1:]))
    }
    office("chase", WOMEN, "--way", "函")
    office("chase", WOMEN, "--way", "电话", "--note", "再")
    office("chase", BUREAU, "--way", "函")  # nothing of its rows is late, and its filing is

    screen = office("overdue").out
    assert [WOMEN, "欠1项", "20天", "7.1", "从未有记录", "2次", "11-20"] in [
        line.split() for line in screen.splitlines()
    ]
    assert "48家未交，其中催办过2家 → planledger filings\n" in screen
    assert "从未有记录，催办2次11-20" in "".join(office("overdue", "--agency", WOMEN).out.split())
    answer = json.loads(office("overdue", "--json").out)
    twice, once = {"times": 2, "last": "2019-11-20"}, {"times": 1, "last": "2019-11-20"}
    units = {one["agency"]: one for one in answer["agencies"]}
    assert (twice, [twice]) == (units[WOMEN]["chased"], [one["chased"] for one in units[WOMEN]["items"]])
    assert None is units["江海区妇联"]["chased"]
    assert {WOMEN: twice, BUREAU: once} == answer["filings"][0]["chased"]
    by_item = json.loads(office("overdue", "--by", "item", "--json").out)["items"]
    assert {"7.1": {WOMEN: twice}} == {one["code"]: one["chased"] for one in by_item if one["chased"]}
    lines = list(csv.DictReader(StringIO(office("overdue", "--csv").out[1:])))
    assert [("7.1", "2", "2019-11-20"), ("", "2", "2019-11-20")] == [
        (one["编号"], one["催办次数"], one["最近催办"]) for one in lines if one["责任单位"] == WOMEN
    ]
    of_item = list(csv.DictReader(StringIO(office("overdue", "--by", "item", "--csv").out[1:])))
    assert [f"{WOMEN}2次，最近2019-11-20"] == [one["催办"] for one in of_item if one["编号"] == "7.1"]


def test_the_text_is_short_names_a_contact_only_when_asked_and_stores_nothing(office: Cli) -> None:
    office("contact", "set", WOMEN, "--name", "试验员", "--phone", "13800000000")
    text = (
        "请报来完成情况或进展情况：7.1 积极动员社会力量参与扶贫协作（2019-10-31，已过20天）、"
        "报送归档资料（2019-11-15，已过5天）、报送工作总结（2019-11-30，还有10天）。请于2019-11-25前回复。（江海区扶贫办）\n"
    )
    assert f"{WOMEN}：{text}" == office("chase", WOMEN, "--text", "--reply-by", "2019-11-25").out
    full = office("chase", WOMEN, "--text", "--reply-by", "2019-11-25", "--full").out
    assert f"{WOMEN}（试验员 13800000000）：{text}" == full
    assert 47 == office("chase", "--text").out.count("\n\n")
    longest = office("chase", "大新县扶贫办", "--text").out
    assert (True, True) == (300 >= len(longest), "等9项。（" in longest), longest
    assert "请报2019-10的进展情况：7.1" in office("chase", WOMEN, "--unreported", "2019-10", "--text").out
    office("record", "7.1", "--done", "--agency", WOMEN, "--on", "2019-10-20")
    assert f"{WOMEN}：请办理：报送归档资料（" in office("chase", WOMEN, "--text").out
    office("record", "7.1", "--done", "--on", "2019-10-20")
    finished = "江海区团委、江海区妇联、江海区工会、大新县团委、大新县妇联、大新县工会"
    left_out = office("chase", "--unreported", "2019-09", "--text").err
    assert f"注意：{finished} 的事项都已办结，没有列入。\n" == left_out
    assert {} == chases(office)


def test_a_missed_milestone_is_named_to_the_unit_whose_figure_it_asks_for_until_it_is_met(
    office: Cli,
) -> None:
    """The row is in time, and its last day stays; the other side, which reports nothing of it, is not asked for it."""
    office("record", "3.1", "--teachers-h1", "1", "--agency", "江海区教育局", "--on", "2019-06-20")
    missed = "节点未达：上半年选派3名老师，应于2019-06-30，还缺上半年支教2人"
    of_row = "3.1 开展教育协作（2019-11-30，还有10天）"
    assert f"{of_row}，{missed}、" in office("chase", "江海区教育局", "--text").out
    assert f"{of_row}、" in office("chase", "大新县教育局", "--text").out
    office("letter", "reminder", "函", "--agency", "江海区教育局、大新县教育局")
    (own,) = (line for line in lines_of(Path("函") / "江海区教育局-催办函.docx") if line.startswith("3.1"))
    assert own.endswith(f"（贵单位报数）；{missed.replace('2019-06-30', '2019年6月30日')}。")
    assert "节点" not in "".join(lines_of(Path("函") / "大新县扶贫办-工作联系函.docx"))
    office("record", "3.1", "--teachers-h1", "2", "--agency", "江海区教育局", "--on", "2019-07-02")
    assert "节点" not in office("chase", "江海区教育局", "--text").out


def test_the_command_is_meant_where_none_of_its_group_is_named(office: Cli) -> None:
    assert office("chase", "record", WOMEN, "--text") == office("chase", WOMEN, "--text")
    assert office("催办", WOMEN, "--text") == office("chase", WOMEN, "--text")
    assert "催办（当面）" in office("催办", WOMEN, "--方式", "当面", "--期限", "11-25").out
    assert office("chase", "list") == office("催办清单") == office("催办", "催办清单")
    assert "不写命令就是 record：planledger chase" in office("chase").out
