"""`overdue` after the late rows: filings that are due and have not come, and milestones that were missed."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., "tuple[int, str, str]"]
BY = [[], ["--by", "item"]]
OFFICES = ("江海区扶贫办", "大新县扶贫办")
PLANS = Path(__file__).parents[1] / "plans"


@pytest.fixture
def late(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over a made-up year, on 5 December."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    return cli


def asked(cli: Cli, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(cli("overdue", *words, "--json")[1])
    return answer


def flat(screen: str) -> str:
    """A screen without its line breaks."""
    return "".join(screen.split())


@pytest.mark.parametrize("by", BY)
def test_one_line_a_filing_and_its_units_after_it(cli: Cli, home: Path, by: list[str]) -> None:
    """On 16 November nothing has come of what was to come on the 15th, from 48 units: the offices collect it."""
    out = cli("overdue", *by, "--as-of", "2019-11-16")[1]
    late_ones = asked(cli, *by, "--as-of", "2019-11-16")["filings"]

    assert "\n归档资料 应于11-15，48家未交 → planledger filings\n" in out
    assert [("archive", "2019-11-15", 1, 48)] == [
        (one["key"], one["last_day"], one["days_late"], len(one["agencies"])) for one in late_ones
    ]
    assert ["key", "last_day", "days_late", "agencies", "parts", "chased"] == list(late_ones[0])
    assert not set(OFFICES) & set(late_ones[0]["agencies"])
    assert "、".join(late_ones[0]["agencies"]) in flat(out)
    assert "缺材料0项；报送逾期1项，48家未交齐" in flat(out)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize(
    ("day", "keys"), [("2019-11-15", []), ("2019-11-30", ["archive"]), ("2019-12-01", ["archive", "summary"])]
)
def test_the_last_day_itself_is_in_time(
    cli: Cli, home: Path, by: list[str], day: str, keys: list[str]
) -> None:
    assert keys == [one["key"] for one in asked(cli, *by, "--as-of", day)["filings"]]
    assert bool(keys) == ("报送" in cli("overdue", *by, "--as-of", day)[1])


def test_what_came_in_part_and_what_went_back_is_late_too_and_shown_so(late: Cli) -> None:
    """What came late but whole is owed no more."""
    out = flat(late("overdue")[1])
    archive, summary = asked(late)["filings"]

    assert "逾期21项，涉及48家单位，缺材料0项；报送逾期2项，47家未交齐" in out
    assert "归档资料应于11-15，44家未交、1家退回、1家不全→planledgerfilings未交：" in out
    assert "；退回：大新县妇联；不全：大新县人社局" in out
    assert "工作总结应于11-30，44家未交、2家不全" in out
    assert (46, 46) == (len(archive["agencies"]), len(summary["agencies"]))
    assert not {"江海区人社局", "江海区教育局"} & set(archive["agencies"])
    assert not {"江海区人社局", "江海区工商联"} & set(summary["agencies"])


def test_what_is_known_decides(late: Cli) -> None:
    """As of a day, or as far as was known at a moment, what came later has not come."""
    then = asked(late, "--as-of", "2019-11-19")["filings"][0]["agencies"]
    known = asked(late, "--known-at", "2019-11-19")["filings"][0]["agencies"]

    assert "江海区教育局" in then
    assert "江海区教育局" in known
    assert "江海区人社局" not in then + known


def test_one_unit_has_its_filings_under_its_name(late: Cli) -> None:
    """Whether or not it has a late row too."""
    out = late("overdue", "--agency", "妇联")[1].splitlines()
    lines = [" ".join(line.split()) for line in out]

    assert "缺材料0项；报送逾期2项，2家未交齐" in lines
    start = lines.index("大新县妇联 欠1项 最近记录 2019-11-12")
    assert [
        "报送 归档资料 2019-11-15 20天 退回 11-18（首报 11-12）",
        "报送 工作总结 2019-11-30 5天 未交",
        "江海区妇联 最近记录 2019-09-20",
        "报送 归档资料 2019-11-15 20天 未交",
        "报送 工作总结 2019-11-30 5天 未交",
    ] == lines[start + 3 :]
    assert [["江海区妇联", "大新县妇联"]] * 2 == [
        one["agencies"] for one in asked(late, "--agency", "妇联")["filings"]
    ]
    assert ["大新县妇联"] == [one["agency"] for one in asked(late, "--agency", "妇联")["agencies"]]
    by_item = late("overdue", "--agency", "江海区妇联", "--by", "item")[1]
    assert "本单位没有欠的逾期事项，但有报送逾期。" in by_item
    assert "归档资料 应于11-15，1家未交 → planledger filings\n  未交：江海区妇联\n" in by_item


@pytest.mark.parametrize("by", BY)
def test_nothing_late_is_never_written_over_a_late_filing(cli: Cli, home: Path, by: list[str]) -> None:
    out = cli("overdue", *by, "--agency", "江海区教育局", "--as-of", "2019-11-20")[1]

    assert "没有逾期事项，但有报送逾期。" in out
    assert "没有逾期事项。" not in out
    assert "归档资料" in out


@pytest.mark.parametrize("words", [["overdue", "--agency", "扶贫办"], ["filings", "--agency", "扶贫办"]])
def test_an_office_owes_no_filing(late: Cli, words: list[str]) -> None:
    assert not {"归档资料", "未交"} & set(late(*words)[1].split())
    assert [] == asked(late, "--agency", "扶贫办")["filings"]
    assert "报送" not in late("upcoming", "--agency", "扶贫办", "--as-of", "2019-11-10")[1]
    assert "应交48家" in late("filings")[1]


def test_csv_has_a_line_for_each_unit_and_filing(late: Cli) -> None:
    """Behind the late rows, whose lines are what they were."""
    lines = list(csv.DictReader(StringIO(late("overdue", "--csv")[1].removeprefix("\ufeff"))))
    by_item = list(
        csv.DictReader(StringIO(late("overdue", "--by", "item", "--csv")[1].removeprefix("\ufeff")))
    )

    of_filings = [line for line in lines if line["职责"] == "报送"]
    assert of_filings == lines[-92:]
    assert {"责任单位": "大新县人社局", "职责": "报送", "编号": "", "事项": "归档资料", "最后一天": "2019-11-15",
            "逾期天数": "20", "还缺": "缺电子", "该单位最近记录": "2019-11-15",
            "催办次数": "0", "最近催办": ""} in of_filings  # fmt: skip
    assert ["归档资料", "工作总结"] == [line["事项"] for line in by_item if not line["编号"]]
    assert 23 == len(by_item)


def test_a_plan_without_late_filings_says_nothing_of_them(cli: Cli, home: Path) -> None:
    """A made-up plan whose filing is due on 30 November and has come from neither of its two units."""
    cli("init", str(PLANS / "small.yaml"))

    assert "报送" not in cli("overdue", "--as-of", "2019-11-30")[1]
    assert "总结 应于11-30，2家未交 → planledger filings" in cli("overdue", "--as-of", "2019-12-01")[1]


def test_doctor_counts_them_and_names_nobody(late: Cli) -> None:
    out = late("doctor")[1]

    assert "  逾期21项，见 planledger overdue\n  报送逾期2项，47家未交齐，见 planledger filings\n" in out
    assert "妇联" not in out


@pytest.mark.parametrize("by", BY)
def test_a_missed_milestone_stands_in_a_block_of_its_own(late: Cli, by: list[str]) -> None:
    """What is missed stays missed, whenever the figure came; the row is what it was."""
    block = "\n必达节点未达（不改变事项的状态）\n  3.1 上半年选派3名老师：应于2019-06-30，当天累计2人，{}\n"

    assert block.format("已过143天") in late("overdue", *by, "--as-of", "2019-11-20")[1]
    late("record", "3.1", "--teachers-h1", "1", "--agency", "江海区教育局", "--on", "2019-07-20")
    assert block.format("2019-07-20 达到") in late("overdue", *by, "--as-of", "2019-11-20")[1]
    items = json.loads(late("status", "--as-of", "2019-11-20", "--json")[1])["items"]
    assert ["due_soon"] == [item["standing"] for item in items if item["code"] == "3.1"]
    assert "节点未达" not in late("overdue", *by, "--as-of", "2019-06-30")[1]
