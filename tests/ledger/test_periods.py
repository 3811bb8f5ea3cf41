"""Rhythms that oblige (rhythm: binding): what is read, what counts as reported, what is missed. All is made up."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
PLAN = """format: {format}
plan: {{id: jia-2019, title: 甲县2019年清单（虚构）, year: 2019, offices: 甲县办, issued: 2019-02-10}}
sides: [{{name: 甲县}}]
agencies: [{{name: 甲县办}}, {{name: 甲县农业局}}, {{name: 甲县水利局}}, {{name: 甲县林业局}}]
items:
  - {{code: "1", title: 巡查, text: 每月巡查。, due: {due}{rhythm}, lead: 农业局、水利局, assist: 林业局}}
  - {{code: "2", title: 村里报, text: 各村每季度末报。, due: 每季度末{rhythm}, units: 各村}}
filings:
  - {{key: brief, label: 简报（电子）, due: {filing}}}
"""
BINDING = ", rhythm: binding"


def text(
    version: int = 2, due: str = "每月20日前", rhythm: str = BINDING, filing: str = "每月25日前" + BINDING
) -> str:
    return PLAN.format(format=version, due=due, rhythm=rhythm, filing=filing)


@pytest.fixture
def adopted(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The ledger of the plan, on a day in spring."""
    (home / "a.yaml").write_text(text(), "utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-04-22")
    assert ExitCode.DONE == cli("init", "a.yaml").code
    return cli


def missed(cli: Cli, *words: str) -> list[tuple[str, str, list[str]]]:
    answer = json.loads(cli("overdue", "--json", *words).out)
    return [(one["code"], one["label"], one["agencies"]) for one in answer["missed_periods"]]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (text(1).replace(", issued: 2019-02-10", "").replace(", due: 每季度末, rhythm: binding", "").replace("每月25日前, rhythm: binding", "11月"),
         ["6 事项 1 用了 rhythm，这是第2版的写法；请把第一行改成 format: 2。"]),
        (text(due="2019年11月"),
         ["6 事项 1 写了 rhythm: binding，“2019年11月”却排不出每一期的最后一天；能排的有每周五、每月、每月25日前、每季度末、每季度首月10日前、每半年、每年3月31日前，不能排的请去掉 rhythm。"]),
        (text(due="每年春节"),  # no last day of December
         ["6 事项 1 写了 rhythm: binding，“每年春节”却排不出每一期的最后一天；能排的有每周五、每月、每月25日前、每季度末、每季度首月10日前、每半年、每年3月31日前，不能排的请去掉 rhythm。"]),
        (text(rhythm=", rhythm: strict"),
         [f"{line} 事项 {line - 5} 的 rhythm 不能写“strict”。可写：binding。" for line in (6, 7)]),
        (text(filing="每季度末"),
         ["9 报送的 due：“每季度末”没有说出是哪一天；请写日期，如 11月30日。每期都要报的，请另写 rhythm: binding。"]),
        (text(filing="月末"),
         ["9 报送的 due：完成时限“月末”没有写是几月；请写全，如“11月底前”。"]),
        (text(filing="尽早"),
         ["9 报送的 due：完成时限“尽早”看不懂；请写成 2019年11月、2019年11月15日前、上半年、第三季度 之一。"]),
        (text().replace("key: brief", "key: a/b"), ["9 逐期报送的 key 里不能有“/”；请换一个英文短词。"]),
    ],
)  # fmt: skip
def test_what_cannot_oblige_is_a_fault_and_no_advice_leads_in_a_circle(
    content: str, faults: list[str]
) -> None:
    _, read = plan_of(content.encode(), "a.yaml")
    assert faults == [f"{one.line} {one.message}" for one in read]


def test_each_unit_that_answers_reports_for_itself_and_the_standing_stays(adopted: Cli) -> None:
    """From the day of issue on; the present period is due and not missed, and what is reversed is not reported."""
    both = ["甲县农业局", "甲县水利局"]
    nobody = ["（没有点名的责任主体，由本办处理）"]
    before = [("1", label, both) for label in ("2月", "3月", "4月")] + [("2", "一季度", nobody)]
    assert before == missed(adopted)
    assert [one for one in before if one[1] != "4月"] == missed(adopted, "--as-of", "2019-04-20")
    for words in (
        "report 1 --nothing --agency 农业局 --on 2019-02-28",
        "record 1 --done --agency 林业局 --on 2019-03-01",
        "report 1 --progress 已巡查 --on 2019-03-31",
        "record 1 --done --agency 水利局 --on 2019-04-20",
        "report 2 --progress 已报 --agency 农业局 --any-agency --on 2019-03-01",
    ):
        assert ExitCode.DONE == adopted(*words.split()).code, words
    assert [("1", "2月", both[1:]), ("1", "4月", both[:1])] == missed(adopted)
    assert [("1", "4月", both[:1])] == missed(adopted, "--agency", "农业局")
    periods = json.loads(adopted("show", "1", "--json").out)["items"][0]["periods"]
    late = [period["late"] for period in periods[:3]]  # 20 April is in time
    assert (11, [["甲县农业局"], both, []]) == (len(periods), late)
    items = json.loads(adopted("status", "--json").out)["items"]
    assert [("open", ["2月", "4月"]), ("open", [])] == [
        (one["standing"], one["missed_periods"]) for one in items
    ]
    assert ExitCode.DONE == adopted("reverse", "4", "--because", "误").code
    assert ("1", "3月", both) in missed(adopted)


def test_a_row_that_is_closed_or_has_a_last_day_owes_no_later_period(
    adopted: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ExitCode.DONE == adopted("record", "1", "--done", "--on", "2019-04-01").code
    assert ExitCode.DONE == adopted("close", "1").code
    assert (
        ExitCode.DONE
        == adopted("amend", "2", "--due", "2019-07-10", "--because", "提前", "--basis", "无文号").code
    )
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-30")
    assert {("1", "2月"), ("1", "3月"), ("2", "一季度"), ("2", "二季度")} == {
        one[:2] for one in missed(adopted)
    }


def test_a_filing_is_of_the_period_of_its_day_or_of_the_one_that_is_named(adopted: Cli, home: Path) -> None:
    """What was late comes to an earlier period by its name alone; of a merged unit each part files for itself."""
    answer = adopted("filing", "record", "简报（电子）", "--agency", "农业局")
    assert "甲县农业局 报送简报（电子）（4月）" in answer.out
    assert "注意：甲县农业局 还缺简报（电子）（2月）、简报（电子）（3月）；" in answer.err
    assert ExitCode.DONE == adopted("filing", "record", "简报电子2月", "--agency", "农业局").code
    words = {"COMP_WORDS": "planledger filing record 简", "COMP_CWORD": "3"}
    typed = {**os.environ, **words, "_PLANLEDGER_COMPLETE": "complete_bash"}
    offered = subprocess.run(
        [sys.executable, "-m", "planledger"], env=typed, capture_output=True, text=True, check=True
    )
    assert ["简报电子2月", "简报电子3月"] == offered.stdout.split()[:2]
    assert "没有报送 通报。" in adopted("filing", "record", "通报", "--agency", "农业局").err
    of_unit = json.loads(adopted("filings", "--json", "--agency", "农业局").out)["agencies"][0]["filings"]
    assert [
        ("brief/2019-02-01/2019-02-28", "handed_in"),
        ("brief/2019-03-01/2019-03-31", "missing"),
        ("brief/2019-04-01/2019-04-30", "handed_in"),
    ] == [(one["key"], one["standing"]) for one in of_unit]
    days = json.loads(adopted("upcoming", "--days", "40", "--json").out)["dates"]
    assert [
        ("2019-04-25", "filing", ["甲县水利局", "甲县林业局"]),
        ("2019-05-20", "period", ["甲县农业局", "甲县水利局"]),
    ] == [(one["day"], one["kind"], one["agencies"]) for one in days if one["day"] < "2019-05-25"]
    assert "2月、3月：甲县水利局、甲县林业局；3月：甲县农业局" in adopted("overdue").out.replace("\n    ", "")
    (home / "a.yaml").write_text(text(filing="每季度末" + BINDING), "utf-8")
    assert (
        "新版本丢掉了已有记录的内容：报送 简报（电子）（2月）；报送 简报（电子）（4月）。"
        in adopted("adopt", "a.yaml").err
    )
    assert ExitCode.DONE == adopted("verify").code


def test_without_the_word_a_rhythm_obliges_to_nothing(cli: Cli, home: Path) -> None:
    (home / "a.yaml").write_text(text(rhythm="", filing="11月"), "utf-8")
    assert ExitCode.DONE == cli("init", "a.yaml").code
    assert [] == missed(cli)
    assert "逐期" not in cli("show", "1").out + cli("upcoming").out + cli("status").out
