"""Who reported in a month, who did not, and from whom nothing has come."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def july(cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A ledger in which one unit reported in June and July, one reported nothing in July; asked on 20 July."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    for day, words in (
        ("2019-06-28", ["6.1", "--progress", "动员", "--agency", "江海区人社局"]),
        (
            "2019-07-10",
            [
                "6.1",
                "--progress",
                "摸底",
                "--problem",
                "名单不全",
                "--next",
                "核对",
                "--agency",
                "江海区人社局",
            ],
        ),
        ("2019-07-12", ["6.2", "--nothing", "--agency", "大新县人社局"]),
        ("2019-07-13", ["6.2", "--progress", "错的", "--agency", "大新县人社局"]),
    ):
        monkeypatch.setenv("PLANLEDGER_TODAY", day)
        assert 0 == cli("report", *words)[0]
    assert 0 == cli("reverse", "5", "--because", "报错了事项")[0]
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-07-20")
    return cli


def test_a_month_says_who_reported_what_and_who_did_not(july: Cli) -> None:
    answer = json.loads(july("reports", "--month", "2019年7月", "--json")[1])
    reported = {unit["agency"]: unit["reports"] for unit in answer["agencies"] if unit["reported"]}

    assert ("2019-07", 50) == (answer["month"], len(answer["agencies"]))
    assert {
        "江海区人社局": [
            {
                "id": 3,
                "code": "6.1",
                "dated": "2019-07-10",
                "progress": "摸底",
                "problem": "名单不全",
                "next": "核对",
            }
        ],
        "大新县人社局": [
            {"id": 4, "code": "6.2", "dated": "2019-07-12", "progress": None, "problem": None, "next": None}
        ],
    } == reported


def test_the_screen_names_the_silent_ones(july: Cli) -> None:
    code, out, err = july("reports")

    assert (0, "") == (code, err)
    assert out.startswith("2019-07 月报：2家已报，48家未报\n")
    assert "进展情况：摸底；存在问题：名单不全；" in out
    assert "未报：江海区扶贫办、" in out


def test_csv_has_a_line_for_every_unit(july: Cli) -> None:
    lines = july("reports", "--csv")[1].splitlines()

    assert 51 == len(lines)
    assert "江海区人社局,江海区,6.1,2019-07-10,摸底,名单不全,核对" in lines
    assert "大新县人社局,大新县,6.2,2019-07-12,零报告,," in lines
    assert "江海区妇联,江海区,,,未报,," in lines


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("2019", "看不懂；请写成 年-月，如 2019-06。"),
        ("2019-13", "没有13月；月份请写1到12。"),
        ("07", "看不懂；请写成 年-月，如 2019-06。"),
        ("2019-07-01", "看不懂；请写成 年-月，如 2019-06。"),
        ("2018-12", "2018-12 不在方案的月份里；请写 2019-01 到 2019-12 之间的月份。"),
        ("去年12月", "2018-12 不在方案的月份里；请写 2019-01 到 2019-12 之间的月份。"),
        ("2020-01", "2020-01 不在方案的月份里；请写 2019-01 到 2019-12 之间的月份。"),
    ],
)
def test_a_month_that_is_none_or_not_of_the_plan_is_refused(july: Cli, typed: str, fault: str) -> None:
    assert (2, "", f"--month {typed}：{fault}\n") == july("reports", "--month", typed)


def test_silence_is_counted_from_the_last_entry_that_stands(july: Cli) -> None:
    def quiet(days: str) -> list[str]:
        return [
            unit["agency"] for unit in json.loads(july("silent", "--days", days, "--json")[1])["agencies"]
        ]

    assert [50, 49, 48] == [len(quiet(days)) for days in ("8", "9", "11")]
    assert "大新县人社局" not in quiet("9")
