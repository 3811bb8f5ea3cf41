"""Columns and numbers of the document's own in a plan file: word for word, in format 2, every fault of them."""

from pathlib import Path

import pytest

from planledger.plan.file.yaml_file import plan_of
from planledger.plan.people.masking import masked_column
from planledger.plan.phrases.texts import codes_numbered

TEXT = (Path(__file__).parent.parent / "plans" / "columns.yaml").read_text("utf-8")
FIRST = 'columns: {分管领导: 张三（举例）, 资金: 3万元, 分值: "5"}'


def faults_of(old: str, new: str) -> list[str]:
    """Every fault of the made-up plan after one edit."""
    assert 1 == TEXT.count(old)
    _, faults = plan_of(TEXT.replace(old, new).encode(), "方案.yaml")
    return [f"{fault.line} {fault.message}" for fault in faults]


def test_the_plan_that_is_edited_here_has_no_fault() -> None:
    assert [] == faults_of(FIRST, FIRST)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            FIRST,
            "columns: {责任单位: 教育局, 序号: 一, 分管领导: 张三}",
            [
                "22 事项 1.1 的 columns 里的“责任单位”不是另外的栏目；请写在 units 里。",
                "22 事项 1.1 的 columns 里的“序号”不是另外的栏目；请写在 number 里。",
            ],
        ),
        (
            FIRST,
            "columns: 分管领导",
            ["22 事项 1.1 的 columns 应写成“键: 值”的样子，例如 {分管领导: 张三}。"],
        ),
        (FIRST, "columns: {分管领导: [张三, 李四]}", ["22 事项 1.1 的 columns 的 分管领导 应是一段文字。"]),
        (
            FIRST,
            'columns: {"a=b": 张三}',
            ["22 事项 1.1 的 columns 里的栏目名“a=b”是空的，或者有“=”；请写原文的栏目名。"],
        ),
        (
            FIRST,
            'columns: {资金: 3万元, "资金 ": 4万元}',
            ["22 事项 1.1 的 columns 里的“资金”写了两次（上一次在第22行）；只能留一个。"],
        ),
        (
            "number: （二）1",
            "number: 2.1",
            ["26 事项 1.2 的 number “2.1”是另一行的 code；请把那一行的 code 改成别的。"],
        ),
    ],
)
def test_a_fault_of_them_says_what_to_write(old: str, new: str, faults: list[str]) -> None:
    assert faults == faults_of(old, new)


def test_in_format_1_they_are_faults_each() -> None:
    faults = faults_of("format: 2", "format: 1")
    assert [
        f"{line} 事项 {code} 用了 {key}，这是第2版的写法；请把第一行改成 format: 2。"
        for line, code, key in (
            (17, "1.1", "number"),
            (22, "1.1", "columns"),
            (26, "1.2", "number"),
            (31, "1.2", "columns"),
            (36, "2.1", "number"),
            (41, "2.1", "columns"),
            (43, "2.2", "number"),
        )
    ] == faults


def test_a_column_without_a_text_is_left_out() -> None:
    plan, faults = plan_of(TEXT.replace("资金: 3万元", "资金: ").encode(), "方案.yaml")
    assert () == faults
    assert plan is not None
    assert ["序号", "分管领导", "分值"] == [cell.head for cell in plan.column_texts if cell.code == "1.1"]


def test_a_slip_may_stand_in_a_column() -> None:
    assert [] == faults_of(FIRST, f"{FIRST}\n        slips: [{{text: 张三, because: 举例}}]")


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("（一）", ["1.1"]),
        ("（ 一 ）", ["1.1"]),
        ("一", ["1.1"]),
        ("a1", ["2.1", "2.2"]),
        ("一（一）1", ["2.3"]),
        ("一一1", ["2.3"]),
        ("1", []),
        ("1.1", []),
        ("（）", []),
        ("", []),
    ],
)
def test_a_number_is_typed_loosely_and_never_for_a_code(word: str, codes: list[str]) -> None:
    """What is a code, or the beginning of one, means no number, so no line means another row than before."""
    numbers = {"1.1": "（一）", "1.2": "", "2.1": "A1", "2.2": "A-1", "2.3": "一（一）1", "3": "1"}
    assert codes == codes_numbered(numbers, word)


@pytest.mark.parametrize(
    ("head", "text", "shown"),
    [
        ("分管领导", "张三", "张**"),
        ("包保责任人", "张三、李四", "张**、李**"),
        ("项目负责人", "张三 13900000000", "张** 139****0000"),
        ("联系人及电话", "张三", "张**"),
        ("分管副县长", "张三", "张**"),
        ("挂点县委常委", "张三", "张**"),
        ("经办人", "张三", "张**"),
        ("建设地点", "青石镇", "青石镇"),
        ("责任领域", "教育", "教育"),
        ("说明", "打13900000000", "打139****0000"),
    ],
)
def test_people_are_masked_where_the_head_names_them(head: str, text: str, shown: str) -> None:
    """And a number of a person wherever it stands."""
    assert shown == masked_column(head, text)
