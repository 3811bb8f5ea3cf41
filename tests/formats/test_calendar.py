"""Calendars for telephones and desks: read back by a library, an event known by the same UID for good."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from conftest import Result
from planledger.formats.calendar.ics import WIDTH, _folded

Cli = Callable[..., Result]
RHYTHMS = Path(__file__).parent.parent / "plans" / "rhythms.yaml"


def events(path: Path) -> dict[str, Any]:
    """The events of a file by their titles; every line is short enough and ends as it must."""
    data = path.read_bytes()
    assert all(len(line) <= WIDTH for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    read = Calendar.from_ical(data).walk("VEVENT")
    by_title = {str(one["SUMMARY"]): one for one in read}
    assert len({str(one["UID"]) for one in by_title.values()}) == len(read)
    return by_title


def test_a_library_reads_the_days_of_the_office_and_of_each_unit(cli: Cli, filled: Path, home: Path) -> None:
    on = ("--ledger", str(filled))
    assert cli("calendar", "日历.ics", *on) == Result(0, "已写入 日历.ics：28个日子，截至2019-11-20。\n", "")
    office = events(home / "日历.ics")
    hiring = office["6.1 召开招聘会促进贫困人口就业"]
    assert str(hiring["DTSTART"].dt) == "2019-11-30"
    assert ["-P7D"] == [one["TRIGGER"].to_ical().decode() for one in hiring.walk("VALARM")]
    assert (
        str(hiring["UID"]) == "5c84b4c2797dc5c18789bdf77044dd0f@planledger"
    )  # calendars know it by this for good
    assert "完成时限：2019年11月（最后一天 2019-11-30，当天算在内）\n责任单位：两地人社局、教育局" in str(
        hiring["DESCRIPTION"]
    )
    assert str(office["报送归档资料"]["DTSTART"].dt) == "2019-11-15"

    assert cli("calendar", "日历", *on) == Result(0, "已写入50份日历，在 日历，截至2019-11-20。\n", "")
    unit = events(home / "日历" / "大新县教育局.ics")
    assert str(unit["6.1 召开招聘会促进贫困人口就业"]["UID"]) == "b98954313ccbfa81ec7d860e2dce18e1@planledger"
    assert [*unit] == [
        "2.3 挂职及专业技术人才保障",
        "3.1 开展教育协作",
        "6.1 召开招聘会促进贫困人口就业",
        "报送归档资料",
        "报送工作总结",
    ]
    assert [*events(home / "日历" / "江海区扶贫办.ics")][-1].startswith("9.2")  # the offices file nothing

    assert 0 == cli("agency", "rename", "大新县教育局", "大新县教体局", "--basis", "无文号", *on).code
    cli("calendar", "新历", *on)
    renamed = events(home / "新历" / "大新县教体局.ics")
    assert {name: one["UID"] for name, one in unit.items()} == {n: one["UID"] for n, one in renamed.items()}


def test_an_amended_day_moves_its_event_and_no_other(cli: Cli, filled: Path, home: Path) -> None:
    """A reversal of the amendment is a revision more: a calendar takes no older one."""
    on = ("--ledger", str(filled))
    states = []
    why = ("--because", "秋收", "--basis", "无文号")
    for line in (
        (),
        ("amend", "6.1", "--due", "2019-12-20", *why),
        ("reverse", "36", "--because", "误"),
        ("amend", "5.4", "--cancel", *why),
    ):
        if line:
            assert 0 == cli(*line, *on).code
        cli("calendar", "日历.ics", "--force", *on)
        states.append({name: one.to_ical() for name, one in events(home / "日历.ics").items()})
    changed = [{name for name in now if now[name] != before[name]} for before, now in pairwise(states)]
    hiring, fair = "6.1 召开招聘会促进贫困人口就业", "5.4 开展宣传推广活动"
    assert changed == [{hiring}, {hiring}, {fair}]
    assert b"SEQUENCE:1" in states[1][hiring]
    assert b"DTSTART;VALUE=DATE:20191220" in states[1][hiring]
    words = [one[hiring].decode().replace("\r\n ", "") for one in states[:2]]
    assert "完成时限：2019年11月（最后一天 2019-11-30，" in words[0]
    assert "完成时限：2019年11月（调整后最后一天 2019-12-20，" in words[1]
    assert b"SEQUENCE:2" in states[2][hiring]
    assert b"STATUS:CANCELLED" in states[3][fair]
    assert b"VALARM" not in states[3][fair]


def test_nothing_that_is_there_is_replaced_unasked_and_another_ending_is_refused(
    cli: Cli, ledger: Path, home: Path
) -> None:
    on = ("--ledger", str(ledger))
    assert 0 == cli("calendar", "历", *on).code
    again = cli("calendar", "历", *on)
    assert (again.code, again.out) == (2, "")
    assert (
        again.err
        == f"历 里已经有 江海区扶贫办.ics 等50份，没有覆盖；请换一个文件夹，要替换请运行：planledger calendar 历 --ledger {ledger} --force\n"
    )
    line = f"planledger --ledger {ledger} calendar 日历.ics"
    wrong = f"请写以 .ics 结尾的文件名，如 {line}，或一个文件夹，每家单位一个文件。\n"
    assert cli("calendar", "日历.pdf", *on) == Result(2, "", f"日历.pdf 不是日历文件名；{wrong}")
    assert cli("calendar", *on) == Result(2, "", f"没有写文件名；{wrong}")
    assert not (home / "日历.pdf").exists()


def test_a_stage_is_an_event_of_its_own_units_and_a_period_of_a_rhythm_of_those_of_its_row(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A period behind a day to which its row was brought forward is cancelled: calendars have it already."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-03-01")
    assert 0 == cli("init", str(RHYTHMS), "--ledger", "节奏.db", "--office", "虚构办").code
    assert 0 == cli("calendar", "日历", "--ledger", "节奏.db").code
    days = {
        path.stem: [(name, str(one["DTSTART"].dt)) for name, one in events(path).items() if name[0] in "27"]
        for path in (home / "日历").iterdir()
    }
    quarters = (
        ("一季度", "2022-03-31"),
        ("二季度", "2022-06-30"),
        ("三季度", "2022-09-30"),
        ("四季度", "2022-12-31"),
    )
    (filed,) = (one for name, one in events(home / "日历" / "东湖区统计局.ics").items() if "备案" in name)
    assert str(filed["DESCRIPTION"]).endswith("\n完成时限：5月底前\n责任单位：东湖区统计局")
    rhythm = [(f"2 经济运行分析（{label}）", day) for label, day in quarters]
    assert {unit: several for unit, several in days.items() if several} == {
        "东湖区财政局": rhythm,
        "东湖区统计局": [
            *rhythm,
            ("7 统计培训", "2022-06-30"),
            ("7 首批（统计培训）", "2022-03-31"),
            ("7 备案（统计培训）", "2022-05-31"),
        ],
    }
    amended = "amend 2 --due 2022-10-15 --because 机构改革 --basis 无文号 --ledger 节奏.db"
    assert 0 == cli(*amended.split()).code
    assert 0 == cli("calendar", "日历.ics", "--ledger", "节奏.db").code
    states = {name: one["STATUS"] for name, one in events(home / "日历.ics").items() if name[0] == "2"}
    assert [name for name, state in states.items() if state == "CANCELLED"] == ["2 经济运行分析（四季度）"]
    (home / "新版.yaml").write_text(RHYTHMS.read_text("utf-8").replace("5月底前", "6月10日前"), "utf-8")
    assert 0 == cli("adopt", "新版.yaml", "--ledger", "节奏.db").code
    assert 0 == cli("calendar", "新版.ics", "--ledger", "节奏.db").code
    filed = events(home / "新版.ics")["7 备案（统计培训）"]
    assert (1, "2022-06-10") == (filed["SEQUENCE"], str(filed["DTSTART"].dt)), "a new version is a revision"
    for duty in (("--add-agency", "财政局", "--role", "负责"), ("--drop-agency", "统计局")):
        more = ("--because", "机构改革", "--basis", "无文号", "--ledger", "节奏.db")
        assert 0 == cli("amend", "7", *duty, *more).code
    assert 0 == cli("calendar", "调整", "--ledger", "节奏.db").code
    stage = {path.stem: events(path).get("7 备案（统计培训）") for path in (home / "调整").iterdir()}
    owners = {unit: str(one["STATUS"]) for unit, one in stage.items() if one}
    assert {"东湖区财政局": "CONFIRMED", "东湖区统计局": "CANCELLED"} == owners, (
        "it goes on with those who are left"
    )


WHY = ("--because", "机构改革", "--basis", "无文号")


def cancelled_and_kept(cli: Cli, home: Path, unit: str) -> tuple[set[str], set[str]]:
    """The rows, and the words of filings, of the cancelled and of the other events of a unit."""
    assert 0 == cli("calendar", "日历", "--force").code
    states: tuple[set[str], set[str]] = (set(), set())
    for name, event in events(home / "日历" / f"{unit}.ics").items():
        is_kept = event["STATUS"] != "CANCELLED"
        states[is_kept].add(name.split(" ")[0].split("（")[0])
        assert is_kept == ("VALARM" in event.to_ical().decode())
    return states


def test_what_a_unit_has_no_part_in_any_more_is_cancelled_in_its_own_calendar(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was dropped, or its addition was reversed; filings go with its last duty."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-03-01")
    assert 0 == cli("init", str(RHYTHMS), "--office", "虚构办").code
    lost = partial(cancelled_and_kept, cli, home)
    before = lost("东湖区统计局")
    assert (set(), {"2", "7"}) == (before[0], {name for name in before[1] if name.isdigit()})
    assert 0 == cli("amend", "2", "--drop-agency", "东湖区财政局", *WHY).code
    assert ({"2"}, before[1] - {"2", "7"}) == lost("东湖区财政局"), "its row 3 has no days"
    assert 0 == cli("amend", "7", "--add-agency", "东湖区财政局", "--role", "负责", *WHY).code
    assert {"2"} == lost("东湖区财政局")[0]
    assert 0 == cli("reverse", "3", "--because", "误").code
    assert {"2", "7"} == lost("东湖区财政局")[0]
    assert 0 == cli("amend", "7", "--add-agency", "东湖区应急局", "--role", "负责", *WHY).code
    for code in "27":
        assert 0 == cli("amend", code, "--drop-agency", "东湖区统计局", *WHY).code
    assert (before[1], set()) == lost("东湖区统计局")
    assert 0 == cli("reverse", "6", "--because", "误").code
    assert ({"7"}, before[1] - {"7"}) == lost("东湖区统计局")


def test_what_a_new_version_has_no_more_is_cancelled_for_the_office_and_its_units(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row, the periods of a rhythm, a filing, and the part of a unit."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-03-01")
    assert 0 == cli("init", str(RHYTHMS), "--office", "虚构办").code
    text = RHYTHMS.read_text("utf-8").replace("应急局牵头", "信访局牵头").replace("每季度末", "每半年")
    text = text.replace("units: 统计局\n    indicators", "units: 信访局\n    indicators").replace(
        "统计局牵头，", ""
    )
    text = text.replace("units: 统计局}", "units: 信访局}").replace("  - {name: 东湖区统计局}\n", "")
    row, filing = text.index('  - code: "6"'), text.index("  - {key: summary")
    (home / "新版.yaml").write_text(text[:row] + text[text.index('  - code: "7"') : filing], "utf-8")
    assert 0 == cli("adopt", "新版.yaml").code
    assert {"1", "报送半年总结"} == cancelled_and_kept(cli, home, "东湖区应急局")[0]
    assert {"6", "报送半年总结"} == cancelled_and_kept(cli, home, "东街街道")[0]
    assert set() == cancelled_and_kept(cli, home, "东湖区统计局")[1], "the plan does not name it any more"
    assert 0 == cli("calendar", "日历.ics").code
    office = events(home / "日历.ics")
    gone = {name.split("（")[0] for name, one in office.items() if one["STATUS"] == "CANCELLED"}
    assert {"2 经济运行分析", "6 月报", "报送半年总结"} == gone
    assert {1} == {int(one["SEQUENCE"]) for one in office.values()}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_folded_line_unfolds_to_itself_and_no_part_is_too_long(line: str) -> None:
    parts = [*_folded(line)]
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(
        len(part.encode()) <= WIDTH and (part[0] == " " or not place)
        for place, part in enumerate(parts)
        if part
    )
