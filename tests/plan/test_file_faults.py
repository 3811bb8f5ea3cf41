"""What `planledger check` finds wrong in a plan file: each fault with its line and what to write instead."""

from pathlib import Path
from typing import NamedTuple

import pytest

from planledger.cli.framework.lazy_group import all_commands
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.rows import RECORD_OPTIONS, RESERVED

PLANS = Path(__file__).parent.parent / "plans"
GOOD = (PLANS / "small.yaml").read_text(encoding="utf-8")


class Case(NamedTuple):
    """An edit of the good plan, and all the faults that it makes."""

    name: str
    old: str
    new: str
    faults: list[str]

    def edit(self, text: str) -> str:
        """Make the edit, at the one place where it fits."""
        assert 1 == text.count(self.old)
        return text.replace(self.old, self.new)


def case_of(block: str) -> Case:
    """Read one case: its name, the lines to take out, the lines to put in, the faults."""
    name, *lines = block.splitlines()
    old = [line[1:] + "\n" for line in lines if line.startswith("-")]
    new = [line[1:] + "\n" for line in lines if line.startswith("+")]
    return Case(name, "".join(old), "".join(new), [line for line in lines if line[0].isdigit()])


CASES = [case_of(block) for block in (PLANS / "faults.txt").read_text(encoding="utf-8").split("\n# ")[1:]]
BY_NAME = {case.name: case for case in CASES}


def faults_of(text: str) -> list[str]:
    """Read a plan file: `line message` of every fault; there is a plan only where there is none."""
    plan, faults = plan_of(text.encode(), "small.yaml")
    assert bool(faults) == (plan is None)
    return [f"{fault.line} {fault.message}" for fault in faults]


def test_the_plan_that_is_edited_here_has_no_fault() -> None:
    assert [] == faults_of(GOOD)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_fault_has_its_line_and_says_what_to_write(case: Case) -> None:
    """The whole message, and no second fault for the same mistake."""
    assert case.faults == faults_of(case.edit(GOOD))


def test_no_fault_hides_another() -> None:
    """Faults of the head, the body, a row, its units, its figure and a filing come out together, by their lines."""
    names = (
        "a negative number of days",
        "a slip that is not in the clause",
        "a deadline that names no time",
        "a misspelt unit of one side",
        "a negative target",
        "a filing's day that is not on the calendar",
    )
    text, expected, added = GOOD, [], 0
    for name in names:
        case = BY_NAME[name]
        text = case.edit(text)
        for fault in case.faults:
            line, message = fault.split(" ", 1)
            expected.append(f"{int(line) + added} {message}")
        added += case.new.count("\n") - case.old.count("\n")

    assert expected == faults_of(text)


def test_no_option_of_record_can_be_an_indicator() -> None:
    """An indicator called so could never be recorded."""
    options = {name for param in all_commands().get_command(None, "record").params for name in param.opts}

    assert {f"--{name}" for name in RECORD_OPTIONS} == {name for name in options if name[:2] == "--"} | {
        "--help"
    }
    assert set() == set(RECORD_OPTIONS) - RESERVED


def test_the_same_name_may_stand_in_two_rows() -> None:
    """A key, a label, a paper are names within their row."""
    row = GOOD[GOOD.index('      - code: "1.1"') : GOOD.index("filings:")]
    again = row.replace('"1.1"', '"1.3"')
    assert [] == faults_of(GOOD.replace(row, row + again))


@pytest.mark.parametrize(
    ("units", "answering"),
    [
        ("两地教育局", "甲县教育局、乙区教育局"),
        ("两地教育局负责，甲县人社局配合", "甲县教育局、乙区教育局"),
        ("两地教育局、甲县人社局配合", "没有写"),
    ],
)
def test_whose_figures_count_answers_for_the_row(units: str, answering: str) -> None:
    """Who only assists, or has no part in the row, is not asked for its figures; where nobody answers, nobody is."""
    text = (
        (PLANS / "sources.yaml").read_text("utf-8").replace("units: 两地人社局、教育局", f"units: {units}", 1)
    )
    sentence = f"甲县人社局 不是这一行的责任主体，指标 moved 不能由它报数；责任主体：{answering}。"

    assert [one for one in faults_of(text.replace("    assist: 甲县扶贫办\n", "")) if one.endswith(sentence)]
