"""Numbers as units write them into a form."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.phrases.quantities import is_not_applicable, read_filled_number, read_quantity


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "amount", "remark"),
    [
        ("40", "人", 0, 40, ""),
        ("无", "人", 0, 0, ""),
        ("無", "元", 2, 0, ""),
        (" 无 ", "期", 0, 0, ""),
        ("0", "人", 0, 0, ""),
        ("0人", "人", 0, 0, ""),
        ("０人", "人次", 0, 0, ""),
        ("0次", "人", 0, 0, ""),
        ("0万元", "万元", 2, 0, ""),
        ("1名", "人", 0, 1, ""),
        ("１２位", "人", 0, 12, ""),
        ("40人", "人", 0, 40, ""),
        ("1.2万人", "人", 0, 12_000, ""),
        ("12.5元", "元", 2, 1250, ""),
        ("40（含脱贫户12人）", "人", 0, 40, "含脱贫户12人"),
        ("40人（含约10名女性）", "人", 0, 40, "含约10名女性"),
        ("40名(其中女性3人)", "人", 0, 40, "其中女性3人"),
        ("2期（包括 线上1期）", "期", 0, 2, "包括 线上1期"),
        ("无（不含劳务公司）", "人", 0, 0, "不含劳务公司"),
        ("无（本月未开展）", "人", 0, 0, "本月未开展"),
        ("0人（尚未启动）", "人", 0, 0, "尚未启动"),
        ("０（无）", "期", 0, 0, "无"),
        ("0平方米（未开工）", "平方米", 0, 0, "未开工"),
    ],
)
def test_a_number_is_read_with_its_remark(
    text: str, unit: str, decimals: int, amount: int, remark: str
) -> None:
    assert ((amount, ""), remark) == read_filled_number(text, unit, decimals)


@pytest.mark.parametrize(
    "text",
    [
        "约40",
        "40余人",
        "四十余人",
        "40多人",
        "近百人",
        "40左右",
        "40人左右",
        "同上",
        "大约40人",
        "将近40",
        "〃",
        "40（约）",
        "约40人（含女性3人）",
        "40人以上",
        "至少40",
        "40来人",
        "逾40人",
        "超40",
        "不足40人",
        "40人不到",
        "几十人",
        "若干",
    ],
)
def test_what_is_not_exact_is_one_fault(text: str) -> None:
    (amount, fault), _ = read_filled_number(text, "人", 0)

    assert amount is None
    assert fault.endswith("不是准确数；请填准确数，例如 40。")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1名", "人次"),
        ("3场", "期"),
        ("有", "人"),
        ("40（估计）", "人"),
        ("0（在谈12人）", "人"),
        ("40（含脱贫户", "人"),
    ],
)
def test_what_is_something_else_stays_refused(text: str, unit: str) -> None:
    (amount, fault), _ = read_filled_number(text, unit, 0)

    assert (None, "。") == (amount, fault[-1])


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("见明细", "数填在“明细”里的，这一格空着。"),
        ("详见附表", "数填在“明细”里的，这一格空着。"),
        ("暂无", "没有就填 0，还没有统计的空着。"),
        ("本月无新增", "没有就填 0，还没有统计的空着。"),
        ("零报告", "没有就填 0，还没有统计的空着。"),
    ],
)
def test_words_in_place_of_a_number_are_one_fault_that_says_what_to_do(text: str, remedy: str) -> None:
    assert ((None, f"数量“{text}”不是数；{remedy}"), "") == read_filled_number(text, "人", 0)


def test_the_table_in_the_documents_says_what_is_read() -> None:
    """Each line of the table of `docs/workbook.md`."""
    text = (Path(__file__).parents[2] / "docs" / "workbook.md").read_text(encoding="utf-8")
    lines = (
        text.partition("| in the cell | read as | in the note |\n")[2].partition("\n\n")[0].splitlines()[1:]
    )
    assert lines
    for typed, meant, note in ([cell.strip() for cell in line.split("|")[1:4]] for line in lines):
        (amount, fault), remark = read_filled_number(typed, "人", 0)
        if meant == "未填":
            assert is_not_applicable(typed)
        elif amount is None:
            assert meant in fault
        else:
            assert (meant, note) == (f"{amount}人", remark)


@pytest.mark.parametrize(
    "text", ["、", "不适用", "不涉及", "/", "//", "／", "—", "——", "-", "－", "–", "―", " / ", "/ /", "\\"]
)
def test_a_stroke_says_that_a_cell_does_not_apply(text: str) -> None:
    assert is_not_applicable(text)


@pytest.mark.parametrize("text", ["", " ", "0", "-5", "无", "1/2", "~", "。"])
def test_anything_else_says_something_or_nothing(text: str) -> None:
    assert not is_not_applicable(text)


@given(st.text(), st.sampled_from(["", "人", "元", "期"]), st.integers(0, 2))
def test_reading_never_raises_and_is_one_of_two(text: str, unit: str, decimals: int) -> None:
    (amount, fault), remark = read_filled_number(text, unit, decimals)
    assert (amount is None) == bool(fault)
    assert not (fault and remark and not text)


@given(st.integers(0, 10**8), st.sampled_from(["", "人"]))
def test_a_plain_number_is_read_as_everywhere(number: int, unit: str) -> None:
    typed = f"{number}{unit}"
    assert (read_quantity(typed, "人", 0), "") == read_filled_number(typed, "人", 0)
