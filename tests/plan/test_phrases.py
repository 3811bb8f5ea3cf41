"""Made phrases of real kinds, each with its right answer: `tests/plan/phrases/`, one kind a file."""

import json
import re
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.days import last_day_of_month
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.rows import Side
from planledger.plan.model.version import Plan
from planledger.plan.phrases.deadlines import read_deadline
from planledger.plan.phrases.targets import read_target
from planledger.plan.phrases.units import UnitReading, read_units
from trials import every

COUNTY = (Side("云岭县", "云岭"),)
FOLDER = Path(__file__).parent / "phrases"
FILES = sorted(FOLDER.glob("*.yaml"))


def content_of(file: Path) -> Any:
    """Return what a file of phrases says."""
    import yaml

    return yaml.safe_load(file.read_text("utf-8"))


def cases(kind: str) -> list[tuple[str, tuple[Any, Any]]]:
    """Return every phrase of the files of a kind by its name, with what its file says of all."""
    loaded = [(file, content_of(file)) for file in FILES if file.stem.startswith(kind)]
    return [
        (f"{file.stem}: {phrase['words']}", (content, phrase))
        for file, content in loaded
        for phrase in content["phrases"]
    ]


def duties(reading: UnitReading) -> str:
    """Write the duties as the files do: 负责:县教育局 配合:各乡镇*."""
    return " ".join(f"{duty.role.label}:{duty.agency}{'*' * duty.is_group}" for duty in reading.duties)


@every(cases("units"))
def test_units_are_read_as_they_are_meant_or_refused_with_the_way_to_write_them(
    content: dict[str, Any], phrase: dict[str, str]
) -> None:
    """No unit is swallowed, no role reaches where the words do not say so."""
    reading = read_units(phrase["words"], tuple(Side(name, name[:-1]) for name in content["sides"]))
    expected = (phrase.get("duties", ""), phrase.get("open", ""))
    assert (duties(reading), reading.open) == expected, reading.fault
    assert phrase.get("fault", "") in reading.fault
    assert bool(reading.fault) == ("fault" in phrase)
    assert phrase.get("note", "") in "".join(reading.assumed)


_NAMES = content_of(FOLDER / "units_names.yaml")
NAMES = _NAMES["one_each"].split()
OF_TOWNS = [kind.format(town) for town in _NAMES["towns"].split() for kind in _NAMES["of_a_town"].split()]
GROUPS = (
    "各乡镇",
    "各街道",
    "各有关单位",
    "各村（社区）",
    "全体成员单位",
    "所有学校",
    "各县直单位",
    "各行业主管部门",
)
SEPARATORS = ("、", "，", "；", "/", "、 ")
JOINTS = (*SEPARATORS, " ", "　", "\n", "", "和", "与", "及", "以及", "或")
# One name may go on where another seems to end: 县委 and 组织部, a town and its village.
GOES_ON = re.compile(r"(?:[县乡镇道村]|[委府会协]|党委|小组)$")


@every((name, [name]) for name in [*NAMES, *OF_TOWNS])
def test_a_name_is_one_unit_whatever_words_stand_in_it(name: str) -> None:
    """A role word, a level, 和, or the end of another name inside."""
    reading = read_units(name, COUNTY)
    assert ([name], "") == ([duty.agency for duty in reading.duties], reading.fault)


@given(st.lists(st.sampled_from([*NAMES, *GROUPS]), min_size=2, max_size=6, unique=True), st.data())
def test_a_list_of_units_reads_back_as_itself_by_every_separator(
    names: list[str], data: st.DataObject
) -> None:
    """Each name a duty, in the order of the words."""
    marks = [data.draw(st.sampled_from(SEPARATORS)) for _ in names[1:]]
    reading = read_units(names[0] + "".join(m + n for m, n in zip(marks, names[1:], strict=True)), COUNTY)
    assert (names, "") == ([duty.agency for duty in reading.duties], reading.fault)


@given(st.sampled_from([*NAMES, *GROUPS]), st.sampled_from(JOINTS), st.sampled_from([*NAMES, *GROUPS]))
def test_two_units_are_two_or_refused_however_they_are_joined(one: str, joint: str, other: str) -> None:
    """None is swallowed by the other, by a group least of all."""
    reading = read_units(one + joint + other, COUNTY)
    names = [duty.agency for duty in reading.duties]
    is_one_name = joint.strip() == "" and GOES_ON.search(one) and other not in GROUPS
    assert reading.fault or names == list(dict.fromkeys((one, other))) or is_one_name


@every(cases("deadlines"))
def test_a_deadline_has_the_day_that_is_meant_or_is_refused_with_the_way_to_write_it(
    content: dict[str, Any], phrase: dict[str, str]
) -> None:
    """Each kind of words of real plans; a refusal names what keeps the document's words."""
    del content
    reading = read_deadline(phrase["words"], 2021)
    assert (str(phrase.get("last_day", "")), "") == (
        reading.last_day,
        "" if "fault" in phrase else reading.fault,
    )
    assert phrase.get("kind", reading.kind.label) == reading.kind.label
    assert phrase.get("fault", "") in reading.fault
    assert bool(reading.fault) == ("fault" in phrase)
    assert phrase.get("note", "") in reading.assumed
    assert bool(reading.assumed) == ("note" in phrase)


@pytest.mark.parametrize("front", ["", "全年", "每月", "自3月起", "6月底前"])
@pytest.mark.parametrize("piece", ["持续推进", "每月10日、", "3月起至", "月调度、", "全面", "十", "-"])
def test_a_long_text_is_read_in_no_time(front: str, piece: str) -> None:
    """No word of a loop can be read in two ways."""
    text = front + piece * (2000 // len(piece))
    start = process_time()
    read_deadline(f"{text}内", 2021)
    assert process_time() - start < 1


@every(cases("targets"))
def test_a_figure_in_words_is_counted_by_rule_or_kept_as_words(
    content: dict[str, Any], phrase: dict[str, str]
) -> None:
    """What is counted under a condition says so; what no rule counts is declared."""
    del content
    target = read_target(phrase["words"], phrase["unit"], 0)
    read = f"{target.comparison.label}{target.amount}" if target.amount is not None else ""
    assert (phrase.get("read", ""), phrase.get("declared", "")) == (read, target.declared), target.fault
    assert phrase.get("fault", "") in target.fault
    assert bool(target.fault) == ("fault" in phrase)
    assert phrase.get("note", "") in target.assumed


MONTHS = st.integers(1, 12)
YEARS = st.sampled_from(["", "2021年", "今年", "本年度"])
HEDGES = st.sampled_from(["", "力争", "原则上", "预计", "不迟于", "请于", "截至", "完成时限："])
CLOSED = st.sampled_from(
    ["前", "前完成", "前全面完成", "前完成并长期坚持", "前资金拨付到位", "前（暂定）", "前，持续推进"]
)
SPELLED = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@st.composite
def dated(draw: st.DrawFn) -> tuple[str, str]:
    """Draw one day or period of 2021 as words, and its last day."""
    month = draw(MONTHS)
    written = draw(st.sampled_from([str(month), f"{month:02}", SPELLED[month - 1]]))
    last = last_day_of_month(2021, month)
    day = draw(st.integers(1, int(last[-2:])))
    quarter, end = (month + 2) // 3, last_day_of_month(2021, (month + 2) // 3 * 3)
    return draw(
        st.sampled_from(
            [
                (f"{written}月底", last),
                (f"{written}月{day}日", f"{last[:8]}{day:02}"),
                (f"{written}月{day}日（含）", f"{last[:8]}{day:02}"),
                (f"{written}月中旬内", f"{last[:8]}20"),
                (f"第{quarter}季度末", end),
                (f"{SPELLED[quarter - 1]}季度底", end),
            ]
        )
    )


@given(YEARS, HEDGES, dated(), CLOSED)
def test_a_last_day_is_the_same_however_it_is_worded(
    year: str, hedge: str, day: tuple[str, str], rest: str
) -> None:
    """Year, hedge, work and what follows leave it as it is, or the words are refused."""
    words, last_day = day
    reading = read_deadline(f"{hedge}{year}{words}{rest}", 2021)
    is_read = "内前" not in words + rest
    assert (last_day if is_read else "") == reading.last_day, reading.fault


@given(dated(), dated(), st.sampled_from(["至", "到", "—", "-"]), st.sampled_from(["", "自", "从"]))
def test_a_range_ends_with_its_last_day_or_is_refused(
    first: tuple[str, str], last: tuple[str, str], dash: str, front: str
) -> None:
    """What runs backwards is no range of one year."""
    reading = read_deadline(f"{front}{first[0]}{dash}{last[0]}", 2021)
    assert reading.fault or reading.last_day == last[1]


def plan_with(rows: list[tuple[str, str]], agencies: list[str]) -> tuple[Plan | None, list[str]]:
    """Read a made-up plan of 云岭县 with rows of 完成时限 and 责任单位."""
    items = [
        {"code": f"1.{number}", "our_title": "事项", "text": "办事", "due": due, "units": units}
        for number, (due, units) in enumerate(rows, 1)
    ]
    head = {"id": "yunling-2021", "title": "云岭县2021年重点工作（举例）", "year": "2021"}
    content = {
        "format": "1",
        "plan": head,
        "sides": [{"name": "云岭县", "short": "云岭"}],
        "agencies": [{"name": name, "side": "云岭县"} for name in agencies],
        "items": items,
    }
    plan, faults = plan_of(json.dumps(content, ensure_ascii=False).encode(), "方案.yaml")
    return plan, [fault.message for fault in faults]


def test_a_plan_file_has_the_deadlines_that_the_reader_shows() -> None:
    """Every phrase that is understood in one plan, every other in a second."""
    words = [phrase["words"] for _, (_, phrase) in cases("deadlines")]
    read = {each: read_deadline(each, 2021) for each in dict.fromkeys(words)}
    right = [each for each, reading in read.items() if not reading.fault and each.strip()]
    wrong = [each for each, reading in read.items() if reading.fault]
    plan, faults = plan_with([(each, "县教育局") for each in right], ["县教育局"])
    assert plan is not None, faults
    assert [read[each].last_day for each in right] == [item.last_day for item in plan.items]
    _, faults = plan_with([(each, "县教育局") for each in wrong], ["县教育局"])
    assert [read[each].fault for each in wrong] == [fault.partition("：")[2] for fault in faults]


@every((name, [phrase["words"]]) for kind in ("units_b", "units_r") for name, (_, phrase) in cases(kind))
def test_a_plan_file_has_the_duties_that_the_reader_shows(words: str) -> None:
    """Each unit listed by the name that the reader gives it; a refusal is the same sentence."""
    reading = read_units(words, COUNTY)
    units = [duty.agency for duty in reading.duties if not duty.is_group]
    plan, faults = plan_with([("6月", words)], units or ["县教育局"])
    named = [duty.agency for duty in plan.duties if not duty.is_group] if plan else []
    assert (units, [reading.fault] if reading.fault else []) == (
        named,
        [fault.partition("：")[2] for fault in faults],
    )


@pytest.mark.parametrize("words", ["县图书馆 各乡镇", "各镇\n县总工会"])
def test_a_unit_beside_a_group_has_one_way_to_be_written(words: str) -> None:
    """Joined, as one name, it would be refused in turn."""
    one, other = words.split()
    problem = f"“{one} {other}”中间有空格，看不出是不是两个单位；请写“{one}、{other}”。"
    assert problem == read_units(words, COUNTY).fault
