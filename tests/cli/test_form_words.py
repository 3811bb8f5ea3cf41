"""Forms as units fill them: days without a year, numbers in words, strokes, remarks; through real workbooks."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import Result
from forms import sent
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
Fill = Callable[..., str]
LOOKS = ("yyyy-mm-dd", "General", "@")  # that of the form, and those that pasting leaves


@pytest.fixture(scope="module")
def july(fresh_ledger: Path) -> bytes:
    """The form of one unit for July, as the office sends it."""
    return sent(fresh_ledger)


@pytest.fixture
def form(july: bytes, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The form, come back on 2 August."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    (home / "七月.xlsx").write_bytes(july)
    return home / "七月.xlsx"


@pytest.fixture
def fill(form: Path) -> Fill:
    """Fill cells of a form: `fill("a.xlsx", I7=40, 明细_A3="6.1")`."""

    def write(name: str, source: Path = form, **cells: object) -> str:
        book = load_workbook(source)
        for place, value in cells.items():
            sheet, _, cell = place.rpartition("_")
            book[sheet or "填报表"][cell].value = value
        book.save(form.with_name(name))
        return str(form.with_name(name))

    return write


def entries(cli: Cli) -> list[Any]:
    """What was stored after the plan was adopted, oldest first."""
    return [one for one in json.loads(cli("history", "--json").out)["entries"][::-1] if one["code"]]


def figures(cli: Cli) -> list[tuple[str, str, int, str]]:
    return [
        (one["code"], one["indicator"], one["amount"], one["dated"])
        for one in entries(cli)
        if one["kind"] == "amount"
    ]


def lines_of(answer: Result) -> list[str]:
    return answer.out.replace("\n    ", "").splitlines()


def details(path: Path, days: Sequence[object], numbers: Sequence[object] = (), look: str = LOOKS[0]) -> str:
    """Fill lines of the details, each with a day and a number that its place gives."""
    book = load_workbook(path)
    sheet = book["明细"]
    for place, day in enumerate(days):
        row = 3 + place
        number = numbers[place] if numbers else 1 + place
        cells = {"A": "6.1", "B": "新增转移就业", "C": number, "D": day}
        for column, value in cells.items():
            sheet[f"{column}{row}"].value = value
        sheet[f"D{row}"].number_format = look
    book.save(path)
    return str(path)


READ = [
    ("7.16", "2019-07-16"),
    ("7-16", "2019-07-16"),
    ("07-16", "2019-07-16"),
    ("7/16", "2019-07-16"),
    ("7月16日", "2019-07-16"),
    ("７月１６号", "2019-07-16"),
    ("7.1", "2019-07-01"),
    ("7.10", "2019-07-10"),
    (7.4, "2019-07-04"),
    (7.5, "2019-07-05"),
    (7.6, "2019-07-06"),
    (7.7, "2019-07-07"),
    (7.8, "2019-07-08"),
    (7.9, "2019-07-09"),
    (7.16, "2019-07-16"),
    (7.05, "2019-07-05"),
    ("6月30日-7月3日", "2019-07-03"),
    ("7月1日至5日", "2019-07-05"),
]
FULL = ["2019-07-16", "2019-07-16 00:00:00", "2019年7月16日", "20190716", 20190716, date(2019, 7, 16), 43662]


@pytest.mark.parametrize("look", LOOKS)
def test_a_day_without_its_year_is_of_the_forms_month(cli: Cli, form: Path, look: str) -> None:
    """However the cell is to look: where it is to look like a day the spreadsheet shows 1900-01-07 for 7.4."""
    answer = cli("import", details(form, [value for value, _ in READ] + FULL, look=look))

    assert ExitCode.DONE == answer.code, answer.out
    days = [day for _, day in READ] + ["2019-07-16"] * len(FULL)
    assert [("6.1", "transferred", 1 + place, day) for place, day in enumerate(days)] == figures(cli)
    shown = [f"  注意：明细!D{3 + place} “{value}”读作 {day}。" for place, (value, day) in enumerate(READ)]
    if look != LOOKS[0]:  # then a spreadsheet shows the number that it keeps for a day
        shown += [f"  注意：明细!D{row} “43662”读作 2019-07-16。" for row in (26, 27)]
    assert shown == [line for line in lines_of(answer) if "读作" in line]


LOST = [
    (7.1, "7月1日", "7月10日"),
    (7.2, "7月2日", "7月20日"),
    (7.3, "7月3日", "7月30日"),
    (6.1, "6月1日", "6月10日"),
]


@pytest.mark.parametrize("look", LOOKS[:2])
def test_a_number_that_may_have_lost_its_nought_names_both_days(
    cli: Cli,
    form: Path,
    look: str,
) -> None:
    answer = cli("import", details(form, [number for number, _, _ in LOST], look=look))

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    for place, (number, *both) in enumerate(LOST):
        pairs = [one[:-1].split("月") for one in both]
        full = " 或 ".join(f"2019-{int(month):02}-{int(day):02}" for month, day in pairs)
        fault = f"表格把 {number}0 也记成 {number}，分不清是{'还是'.join(both)}；请写成 {full}。"
        assert 1 == lines_of(answer).count(f"  明细!D{3 + place} “{number}”：{fault}")
    assert f"有{len(LOST)}处问题" in answer.out


def test_in_february_a_three_can_only_be_the_third(
    cli: Cli,
    form: Path,
    fill: Fill,
    home: Path,
) -> None:
    february = str(home / "二月.xlsx")
    assert 0 == cli("template", "--agency", "大新县人社局", "--period", "2019-02", "-o", february).code
    answer = cli("import", fill("a.xlsx", Path(february), I7=40, J7=2.3))

    assert ExitCode.DONE == answer.code
    assert [("6.1", "transferred", 40, "2019-02-03")] == figures(cli)


# midnight here is an hour of the day before to programs that count in UTC, and some of them lose seconds
TWO_DAYS = "，可能是 2019-07-15，也可能是 2019-07-16；请写成 年-月-日，不带时刻。"
FAULTY: list[tuple[object, str]] = [
    ("昨天", "“昨天”要看是哪一天写的；请写成 年-月-日，如 2019-07-18。"),
    ("今天", "“今天”要看是哪一天写的；"),
    ("3天前", "“3天前”要看是哪一天写的；"),
    ("上周五", "“上周五”要看是哪一天写的；"),
    ("本月底", "“本月底”要看是哪一天写的；"),
    ("6.18", "没有写年份，又不在填报期 2019-07 里；请写上年份，如 2019-06-18。"),
    ("8月1日", "没有写年份，又不在填报期 2019-07 里；请写上年份，如 2019-08-01。"),
    (6.18, "没有写年份，又不在填报期 2019-07 里；请写上年份，如 2019-06-18。"),
    ("6月28日-8月1日", "没有写年份，又不在填报期 2019-07 里"),
    ("7月", "只写了月份；请写是哪一天，如 2019-07-01。"),
    ("7.32", "2019年7月没有32日"),
    ("19-7-16", "年份不是四位；请写成 2019-07-16。"),
    ("同上", "看不懂"),
    (datetime(2019, 7, 15, 16), f"“2019-07-15 16:00:00”：带着时刻 16:00{TWO_DAYS}"),  # noqa: DTZ001
    (datetime(2019, 7, 15, 23, 59, 17), f"“2019-07-15 23:59:17”：带着时刻 23:59{TWO_DAYS}"),  # noqa: DTZ001
    (datetime(1900, 1, 7), "“1900-01-07”：这里只填了数 7；请写成 年-月-日，如 2019-07-07。"),  # noqa: DTZ001
]


def test_a_day_that_says_too_little_is_one_fault(cli: Cli, form: Path) -> None:
    answer = cli("import", details(form, [value for value, _ in FAULTY]))
    faults = [line for line in lines_of(answer) if line.startswith("  明细!")]

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    assert [True] * len(FAULTY) == [fault in line for line, (_, fault) in zip(faults, FAULTY, strict=True)], (
        faults
    )


def test_the_hour_of_a_day_is_shown_and_stays_in_words(cli: Cli, form: Path) -> None:
    """One that everybody sees in its cell is that of the clerk, also where a program may have made one of midnight."""
    book = load_workbook(form)
    page, moment = book["填报表"], datetime(2019, 7, 16, 16)  # noqa: DTZ001
    page["I7"], page["J7"], page["L6"] = 40, moment, moment
    page["J7"].number_format = "yyyy/m/d h:mm"
    book.save(form)
    answer = cli("import", str(form))

    assert "  注意：填报表!J7 “2019-07-16 16:00:00”读作 2019-07-16。" in lines_of(answer)
    assert ["2019-07-16 16:00:00"] == [one["progress"] for one in entries(cli) if one["kind"] == "report"]


NUMBERS = [
    ("无", 0, "0人"),
    ("0人", 0, "0人"),
    ("1名", 1, "1人"),
    ("40 人", 40, "40人"),
    ("41（含脱贫户12人）", 41, "41人"),
    ("42人（其中女性约3人）", 42, "42人"),
]


def test_a_number_in_words_is_read_and_shown(cli: Cli, form: Path) -> None:
    answer = cli("import", details(form, ["2019-07-16"] * len(NUMBERS), [number for number, _, _ in NUMBERS]))

    assert [("6.1", "transferred", amount, "2019-07-16") for _, amount, _ in NUMBERS] == figures(cli)
    shown = [
        f"  注意：明细!C{3 + place} “{number}”读作 {meant}。"
        for place, (number, _, meant) in enumerate(NUMBERS)
    ]
    assert shown == [line for line in lines_of(answer) if "读作" in line]
    assert ["", "", "", "", "含脱贫户12人", "其中女性约3人"] == [one["note"] or "" for one in entries(cli)]


INEXACT = ["约40", "40余", "40多人", "近40", "40左右", "同上", "约40人（含女性3人）", "40（约）"]


def test_a_number_that_is_not_exact_is_one_fault(cli: Cli, form: Path, fill: Fill) -> None:
    answer = cli("import", details(form, ["2019-07-16"] * len(INEXACT), INEXACT))

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    assert f"有{len(INEXACT)}处问题，整份未登记。" in answer.out
    assert len(INEXACT) == answer.out.replace("\n    ", "").count("请填准确数，例如 40。")

    answer = cli("import", fill("a.xlsx", I7="约40", J7="2019-07-16", 明细_C3=None))
    assert 1 == answer.out.count("填报表!I7")
    assert "  填报表!I7 “约40”：数量“约40”不是准确数；请填准确数，例如 40。" in lines_of(answer)


def test_the_words_of_two_days_and_a_remark_stay_in_the_note(cli: Cli, fill: Fill) -> None:
    """In the details beside what was written there; in the form with each thing of the row."""
    of_details = {"A3": "6.1", "B3": "新增转移就业", "C3": "40（含脱贫户12人）", "D3": "7月1日-7月5日"}
    of_details |= {"E3": "县城专场", "F3": "签到表"}
    of_form = {"I6": "1（含线上）", "J6": "7月1日~7月5日", "L6": "办了招聘会", "O6": "照片"}
    of_form |= {f"明细_{cell}": value for cell, value in of_details.items()}
    cli("import", fill("a.xlsx", **of_form))

    assert [
        ("amount", "含线上；7月1日~7月5日；佐证材料：照片"),
        ("report", "7月1日~7月5日"),
        ("amount", "县城专场；含脱贫户12人；7月1日-7月5日；佐证材料：签到表"),
    ] == [(one["kind"], one["note"]) for one in entries(cli)]


@pytest.mark.parametrize("stroke", ["/", "—", "-", "\\", "、", "不适用"])
def test_a_stroke_is_a_blank_cell_and_is_shown(cli: Cli, fill: Fill, stroke: str) -> None:
    """Whatever the cell asks for: a number, a day, 是否完成, words, papers; also where nothing is counted."""
    strokes = ("I5", "K5", "L5", "I6", "J6", "M6", "N6", "O6", "O7")
    answer = cli("import", fill("a.xlsx", **dict.fromkeys(strokes, stroke), I7=40, J7="2019-07-16"))

    assert [("amount", "6.1", 40, "")] == [
        (one["kind"], one["code"], one["amount"], one["note"]) for one in entries(cli)
    ]
    assert "行数7＝采纳1＋空白6＋退回0" in answer.out
    notes = [line for line in lines_of(answer) if "按未填" in line]
    assert sorted(f"  注意：填报表!{cell} “{stroke}”按未填（不适用）。" for cell in strokes) == sorted(notes)


def test_without_progress_a_problem_a_next_step_or_a_paper_of_none_is_not_filled(
    cli: Cli, fill: Fill
) -> None:
    """A unit that writes 无 in every cell of words has no fault; words that say something still need the progress."""
    filled = {"M5": "无", "N5": "暂无", "N7": "没有", "O11": "（无）"}  # N7 is not of the first line of 6.1
    answer = cli("import", fill("a.xlsx", **filled, L6="正在摸底", M6="无"))
    notes = [f"  注意：填报表!{place} “{text}”按未填。" for place, text in filled.items()]
    refused = cli("import", fill("b.xlsx", M5="无", N5="下月开班"))

    assert ExitCode.DONE == answer.code, answer.out
    assert notes == [line for line in lines_of(answer) if "按未填" in line]
    assert [("正在摸底", "无")] == [(one["progress"], one["problem"]) for one in entries(cli)]
    assert ExitCode.WORKBOOK_REFUSED == refused.code
    assert "写了问题或措施，还要写进展情况，没有进展的写无。" in refused.out


def test_the_same_form_a_second_time_brings_nothing(cli: Cli, fill: Fill) -> None:
    """And a stroke where a figure stood takes nothing back."""
    cells = {
        "I6": "无",
        "J6": "7.16",
        "I7": "40（含脱贫户12人）",
        "J7": "7月1日-7月5日",
        "I8": "/",
        "L6": "摸底",
    }
    cli("import", fill("a.xlsx", **cells))
    before = entries(cli)

    assert "没有新增内容。" in cli("import", fill("b.xlsx", **cells)).out
    answer = cli("import", fill("c.xlsx", **cells | {"I7": "/", "J7": "/"}))
    assert ExitCode.WORKBOOK_REFUSED == answer.code
    assert "上次报的 40人，2019-07-05" in answer.out
    assert before == entries(cli)


@pytest.mark.parametrize(
    ("reported", "cells", "noted"),
    [
        ("", {"G7": 30}, "30"),
        ("", {"G7": "30人"}, "30人"),
        ("40", {"G7": 41}, "41"),
        ("", {"G7": 30, "I7": 30, "J7": "2019-07-16"}, "30"),
        ("40", {}, ""),
    ],
)
def test_a_total_that_a_unit_typed_in_place_of_what_is_new_is_noted(
    cli: Cli, fill: Fill, reported: str, cells: dict[str, object], noted: str
) -> None:
    """It is not read; what was reported since the form was sent changes no cell of it."""
    if reported:
        cli("record", "6.1", "--transferred", reported, "--agency", "大新县人社局", "--on", "2019-06-18")
    answer = cli("import", fill("a.xlsx", **cells))
    note = f"  注意：填报表!G7 “{noted}”没有读取，累计由台账算；要报的请填到“本期新增”。"

    assert ([note] if noted else []) == [line for line in lines_of(answer) if "没有读取" in line]
    assert ExitCode.DONE == answer.code
