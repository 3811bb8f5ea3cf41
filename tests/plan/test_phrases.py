"""Made phrases of real kinds, each with its right answer: `tests/plan/phrases/`, one kind a file."""

import re
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.model.rows import Side
from planledger.plan.phrases.deadlines import read_deadline
from planledger.plan.phrases.targets import read_target
from planledger.plan.phrases.units import UnitReading, read_units

COUNTY = (Side("云岭县", "云岭"),)
FOLDER = Path(__file__).parent / "phrases"
FILES = sorted(FOLDER.glob("*.yaml"))


def content_of(file: Path) -> Any:
    """Return what a file of phrases says."""
    import yaml

    return yaml.safe_load(file.read_text("utf-8"))


def cases(kind: str) -> list[Any]:
    """Return every phrase of the files of a kind, with what its file says of all."""
    loaded = [(file, content_of(file)) for file in FILES if file.stem.startswith(kind)]
    return [
        pytest.param(content, phrase, id=f"{file.stem}: {phrase['words']}")
        for file, content in loaded
        for phrase in content["phrases"]
    ]


def duties(reading: UnitReading) -> str:
    """Write the duties as the files do: 负责:县教育局 配合:各乡镇*."""
    return " ".join(f"{duty.role.label}:{duty.agency}{'*' * duty.is_group}" for duty in reading.duties)


@pytest.mark.parametrize(("content", "phrase"), cases("units"))
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


NAMES = content_of(FOLDER / "units_names.yaml")["one_each"].split()
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


@pytest.mark.parametrize("name", NAMES)
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


@pytest.mark.parametrize(("content", "phrase"), cases("deadlines"))
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


@pytest.mark.parametrize(("content", "phrase"), cases("targets"))
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
