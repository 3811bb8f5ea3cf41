"""`docs/plan-file.md` says what the readers do: its tables are read by them, its keys are theirs."""

import re
from pathlib import Path

import pytest

from planledger.plan.file.tree import Fault
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.rhythm_periods import periods_of
from planledger.plan.model.rows import ColumnText, Side, write_quantity
from planledger.plan.model.version import Plan
from planledger.plan.phrases.deadlines import read_deadline
from planledger.plan.phrases.targets import read_target
from planledger.plan.phrases.units import read_units
from trials import every

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "plan-file.md").read_text(encoding="utf-8")
SIDES = (Side("甲县", "甲"), Side("乙区", "乙"))
ODD = "zzz: 1"
HEAD = "format: 2\nplan: {id: a-2021, title: 虚构, year: 2021}\nsides: [{name: 甲县}]\n"
# Every mapping that a plan file can have, with one key that means nothing.
EVERY_MAPPING = f"""\
{ODD}
plan: {{{ODD}}}
sides: [{{name: 甲县, {ODD}}}]
agencies: [{{{ODD}}}]
clauses: [{{{ODD}}}]
areas:
  - {ODD}
    items:
      - {ODD}
        last_day: {{{ODD}}}
        readings: [{{{ODD}}}]
        slips: [{{{ODD}}}]
        indicators: [{{{ODD}}}]
        milestones: [{{{ODD}}}]
        papers: [{{{ODD}}}]
filings: [{{{ODD}}}]
discrepancies: [{{{ODD}}}]
assumptions: [{{{ODD}}}]
"""
SECTIONS = (
    *(
        "The file",
        "`plan`",
        "`sides`",
        "`agencies`",
        "`clauses`",
        "`areas`",
        "`items`",
        "`last_day`",
        "`readings`",
    ),
    *("`slips`", "`indicators`", "`milestones`", "`papers`", "`filings`", "`discrepancies`", "`assumptions`"),
)


def table(heading: str) -> list[tuple[str, str]]:
    """Read the two columns of the table under a heading."""
    section = DOCUMENT.split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    return rows[2:]


def examples(heading: str) -> list[str]:
    """Return the pieces of a plan file that a section shows."""
    section = DOCUMENT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```yaml\n(.+?)^```$", section, re.MULTILINE | re.DOTALL)


def phrases(heading: str) -> list[tuple[str, str]]:
    """Return each phrase of the first column with its documented reading."""
    return [(phrase, reading) for words, reading in table(heading) for phrase in re.findall("`(.+?)`", words)]


def test_the_keys_of_every_mapping_are_those_that_are_read() -> None:
    """In the order of the document, which is that of a file."""
    _, faults = plan_of(EVERY_MAPPING.encode(), "a.yaml")
    read = [re.search("里没有“zzz”这个键。可写：(.+)。", fault.message) for fault in faults]
    documented = [
        sorted(re.findall(r"`(\w+)`", "".join(key for key, _ in table(f"### {name}")))) for name in SECTIONS
    ]
    assert [match[1].split("、") for match in read if match] == documented


def test_the_keys_in_bold_are_those_that_must_be_there() -> None:
    _, faults = plan_of(EVERY_MAPPING.encode(), "a.yaml")
    missing: dict[int, list[str]] = {}
    lines = [fault.line for fault in faults if "zzz" in fault.message]
    for fault in faults:
        match = re.search("缺少 (.+)，请补上。", fault.message)
        if match:
            missing.setdefault(fault.line, []).append(match[1])
    bold = [
        re.findall(r"\*\*`(\w+)`\*\*", "".join(key for key, _ in table(f"### {name}"))) for name in SECTIONS
    ]
    there = {"The file": ["plan", "sides", "agencies"], "`sides`": ["name"], "`areas`": ["items"]}
    assert [
        sorted(missing.get(line, []) + there.get(name, []))
        for line, name in zip(lines, SECTIONS, strict=True)
    ] == [sorted(keys) for keys in bold]


def test_the_targets_of_units_are_read_as_documented() -> None:
    """The example of the page, in a row of the two units that it names."""
    (example,) = examples("Targets for each unit")
    row = "".join(f"  {line}\n" for line in example.splitlines())
    plan, faults = plan_of(
        f"""format: 2
plan: {{id: a-2021, title: 虚构, year: 2021}}
sides: [{{name: 甲县}}]
agencies: [{{name: 青石镇, side: 甲县}}, {{name: 河口乡, side: 甲县}}]
items:
- code: "1"
  title: 转移就业
  text: 转移就业155人，每个乡镇建1个服务站。
  due: 11月
  units: 青石镇、河口乡
{row}""".encode(),
        "a.yaml",
    )
    assert () == faults
    assert plan is not None
    assert [("transferred", "青石镇", 80), ("transferred", "河口乡", 75)] == [one[1:] for one in plan.quotas]
    assert [("unit", 155), ("unit", 1)] == [(one.scope, one.target) for one in plan.indicators]


@every((words, (words, documented)) for words, documented in phrases("## Deadlines"))
def test_deadlines_are_read_as_documented(words: str, documented: str) -> None:
    reading = read_deadline(words, 2021)
    day = "a fault" if reading.fault else reading.last_day or "none"
    assert documented.partition(":")[0] == day + (", an assumption" if reading.assumed else "")


@pytest.mark.parametrize(("words", "documented"), phrases("## Units"))
def test_units_are_read_as_documented(words: str, documented: str) -> None:
    reading = read_units(words, SIDES)
    duties = "、".join(f"{duty.role.label} {duty.agency}" for duty in reading.duties)
    group = " (a group: answers for nothing, because it names nobody)"
    open_units = f" ({reading.open} is kept as open)" if reading.open else ""
    assert documented == (
        "a fault"
        if reading.fault
        else (duties or "nobody") + open_units + group * any(d.is_group for d in reading.duties)
    )


@pytest.mark.parametrize(("words", "documented"), phrases("## Targets"))
def test_targets_are_read_as_documented(words: str, documented: str) -> None:
    target = read_target(words, "人", 0)
    amount = write_quantity(target.amount or 0, 0)
    read = "a fault" if target.fault else f"{target.comparison.label} {amount}"
    assert documented == read + (", an assumption" if target.assumed else "")


def test_the_columns_and_the_number_of_the_example_are_read_word_for_word() -> None:
    (example,) = examples("Columns and numbers of the document")
    head = "format: 2\nplan: {id: example, title: 举例, year: 2021}\nsides: [{name: 甲县}]\n"
    plan, faults = plan_of(f"{head}agencies: [{{name: 甲县教育局}}]\n{example}".encode(), "a.yaml")
    assert () == faults
    cells = [("序号", "（一）"), ("分管领导", "张三（举例）"), ("资金", "3万元"), ("分值", "5")]
    assert plan is not None
    assert tuple(ColumnText("1.1", head, text) for head, text in cells) == plan.column_texts


def test_the_unit_of_the_example_is_reached_through_the_other_one() -> None:
    (example,) = examples("Through another unit")
    plan, faults = plan_of(
        f"""format: 2
plan: {{id: a-2021, title: 虚构, year: 2021}}
sides: [{{name: 甲县}}]
{example}
items: [{{code: "1", title: 修路, text: 修路, units: 柳林村}}]
""".encode(),
        "a.yaml",
    )
    assert () == faults
    assert plan is not None
    assert [("柳林村", "甲县东街街道")] == [tuple(route) for route in plan.routes]


@pytest.mark.parametrize(("words", "documented"), phrases("## Rhythms that oblige"))
def test_rhythms_are_read_as_documented(words: str, documented: str) -> None:
    plan, faults = obliging(f"due: {words}, rhythm: binding")
    days = [one.last_day for one in periods_of(plan.rhythms[0])] if plan else []
    assert documented == ("a fault" if faults else f"{len(days)}: {days[0]} to {days[-1]}")


def test_the_rhythms_of_the_example_oblige() -> None:
    (example,) = examples("Rhythms that oblige")
    plan, faults = plan_of(f"{HEAD}agencies: [{{name: 甲县应急局}}]\n{example}".encode(), "a.yaml")
    assert () == faults
    assert plan is not None
    assert [("1", "", "1-31"), ("", "monthly", "1-25")] == [(*one[:2], one.day) for one in plan.rhythms]


def obliging(fields: str) -> tuple[Plan | None, tuple[Fault, ...]]:
    item = f'{{code: "1", title: 事, text: 事, units: 甲县局, {fields}}}'
    return plan_of(f"{HEAD}agencies: [{{name: 甲县局}}]\nitems: [{item}]\n".encode(), "a.yaml")


def test_the_stages_of_the_example_are_those_of_the_row() -> None:
    (example,) = examples("Stages")
    agencies = "agencies: [{name: 甲县住建局}, {name: 甲县人社局}]\n"
    plan, faults = plan_of(f"{HEAD}{agencies}{example}".encode(), "a.yaml")
    assert () == faults
    assert plan is not None
    assert [
        ("培训过半", "2021-06-30", "甲县人社局", "trained=30"),
        ("建成", "2021-08-31", "甲县住建局", ""),
    ] == [(one.name, one.last_day, one.units, one.targets) for one in plan.stages]
