"""How a plan file is written: what is no text at all, what YAML would twist, and that nothing else goes wrong."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.file.lines import LARGEST
from planledger.plan.file.yaml_file import DEEPEST, PlanRefused, bytes_of, plan_of, require_plan
from planledger.plan.model.row_values import LONGEST_VALUE
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal

PLANS = Path(__file__).parent.parent / "plans"
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "plan-file.md"
GOOD = (PLANS / "small.yaml").read_text(encoding="utf-8")
SECOND = (PLANS / "second.yaml").read_text(encoding="utf-8")
TEN = PLANS / "ten_faults.yaml"
TITLE = "  title: 试验方案\n"
CLERK = Clerk("试验员", "2021-01-04T09:00:00.000000+08:00")

Cli = Callable[..., "tuple[int, str, str]"]


def faults_of(data: bytes | str) -> list[str]:
    """Read a plan file: `line message` of every fault; there is a plan only where there is none."""
    plan, faults = plan_of(data.encode() if isinstance(data, str) else data, "a.yaml")
    assert bool(faults) == (plan is None)
    return [f"{fault.line} {fault.message}" for fault in faults]


def plan_from(text: str) -> Plan:
    """Read a plan file that has no fault."""
    plan, faults = plan_of(text.encode(), "a.yaml")
    assert () == faults
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "0 文件是空的；请照 docs/plan-file.md 写。"),
        (b" \n\n", "0 文件是空的；请照 docs/plan-file.md 写。"),
        ("# 只有说明\n".encode(), "0 文件是空的；请照 docs/plan-file.md 写。"),
        (b"---\n", "0 文件是空的；请照 docs/plan-file.md 写。"),
        (b"- format: 1\n", "1 方案文件应写成“键: 值”的样子，例如 format: 1。"),
        (b"\nformat\n", "2 方案文件应写成“键: 值”的样子，例如 format: 1。"),
        (GOOD.encode("gb18030"), "4 文件像是 GBK（ANSI）编码；请在编辑器里另存为 UTF-8。"),
        (GOOD.encode("utf-16"), "0 文件是 UTF-16 编码，或者不是文字文件；请另存为 UTF-8。"),
        (GOOD.encode("utf-16-le"), "0 文件是 UTF-16 编码，或者不是文字文件；请另存为 UTF-8。"),
        (GOOD.encode("utf-16-be"), "0 文件是 UTF-16 编码，或者不是文字文件；请另存为 UTF-8。"),
        (b"format: 1\nplan: \xff\xff\n", "2 文件不是 UTF-8 编码；请另存为 UTF-8。"),
        (b"PK\x03\x04\x14\x00", "0 文件是 UTF-16 编码，或者不是文字文件；请另存为 UTF-8。"),
        (
            b"#" * (LARGEST + 1),
            "0 文件超过10,000,000字节，方案文件没有这么大；请检查是不是选错了文件。",
        ),
        (b"#" * 20_000_000, "0 文件超过10,000,000字节，方案文件没有这么大；请检查是不是选错了文件。"),
    ],
)
def test_what_is_no_plan_file_at_all_has_one_fault(data: bytes, expected: str) -> None:
    assert [expected] == faults_of(data)


def test_a_text_longer_than_any_that_is_read_of_a_ledger_is_a_fault_at_its_line() -> None:
    assert ["25 这段文字有1,000,001个字，超过1,000,000个字；请检查是不是粘错了内容。"] == faults_of(
        GOOD.replace("建议9月过半", "字" * (LONGEST_VALUE + 1))
    )


@pytest.mark.parametrize(
    "data",
    [GOOD.encode("utf-8-sig"), GOOD.replace("\n", "\r\n").encode(), b"%YAML 1.1\n---\n" + GOOD.encode()],
)
def test_a_mark_at_the_front_and_the_line_ends_of_windows_change_nothing(data: bytes) -> None:
    assert (plan_from(GOOD), ()) == plan_of(data, "a.yaml")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_editor_counts_them(end: str) -> None:
    text = GOOD.replace("at_least: 10}", "at_least: -10}").replace("\n", end)
    assert ["28 指标 teachers 的 at_least：数量“-10”是负数；请写0或大于0的数。"] == faults_of(text)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "方案.yaml")

    with pytest.raises(Refusal, match="不是普通文件"):
        bytes_of(tmp_path / "方案.yaml")


def test_a_file_that_is_not_there_is_refused_and_a_folder_too(tmp_path: Path) -> None:
    """What the user asked for cannot be done; that is no fault of a file."""
    with pytest.raises(Refusal, match=re.escape(f"没有方案文件 {tmp_path}/a.yaml；请检查路径。")):
        bytes_of(tmp_path / "a.yaml")
    with pytest.raises(Refusal, match=re.escape(f"{tmp_path} 是文件夹，请写方案文件的名字。")):
        bytes_of(tmp_path)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("\ttitle: 试验方案\n", "4 用了制表符（Tab）；请改用空格。"),
        ("  title:\t试验方案\n", "4 用了制表符（Tab）；请改用空格。"),
        ("  title: 试验\x07方案\n", "4 有看不见的控制字符；请删去。"),
        ("  title: 试验方案 \x9b31m\n", "4 有看不见的控制字符；请删去。"),
        (
            "  title: {a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1) + "}\n",
            f"4 嵌套超过 {DEEPEST} 层；方案文件没有这么深，请检查缩进和括号。",
        ),
        (
            "  title: " + "[" * 100_000 + "\n",
            f"4 嵌套超过 {DEEPEST} 层；方案文件没有这么深，请检查缩进和括号。",
        ),
    ],
)
def test_what_cannot_be_seen_or_followed_is_a_fault(typed: str, expected: str) -> None:
    assert [expected] == faults_of(GOOD.replace(TITLE, typed))


@pytest.mark.parametrize(
    "typed",
    [
        *("6.10", "11:15", "010", "no", "1e3", "~", "null", "true", "0x1F", "2019-11-15", "1_000", "=", "<<"),
        *(".inf", "+1", "12.0", "3万", "“6.1”", "甲：乙", "a#b"),
    ],
)
def test_a_text_stays_what_was_typed(typed: str) -> None:
    """YAML would make 6.1, 675, 8, False, 1000.0 … of these."""
    assert typed == plan_from(GOOD.replace(TITLE, f"  title: {typed}\n")).meta.title


def test_6_10_and_6_1_are_two_rows() -> None:
    """In quotes a code stays a code."""
    row = GOOD[GOOD.index('      - code: "1.1"') : GOOD.index("filings:")]
    plan = plan_from(GOOD.replace(row, row + row.replace('"1.1"', '"1.10"')))
    assert ["1.1", "1.10"] == [item.code for item in plan.items]


def test_a_full_width_code_is_folded() -> None:
    assert ["1.1"] == [item.code for item in plan_from(GOOD.replace('"1.1"', '"１.１"')).items]


def test_a_block_of_text_may_hold_what_looks_like_a_key() -> None:
    """In a block every line is the document's."""
    text = GOOD.replace(
        "        remark: 建议9月过半\n",
        "        remark: |\n          WiFi：有\n          a:b\n\n          备注:\t无\n",
    )
    assert "WiFi：有\na:b\n\n备注:\t无" == plan_from(text).items[0].remark


@pytest.mark.parametrize(
    "key", ["indicators", "milestones", "papers", "slips", "readings", "remark", "last_day"]
)
def test_a_key_that_is_left_empty_says_nothing(key: str) -> None:
    """As it stands in a row that was copied and not yet filled in."""
    row = f'      - code: "1.2"\n        title: 会议\n        text: 开会。\n        units: 两地财政局\n        {key}:\n'
    plan = plan_from(GOOD.replace("filings:", row + "filings:"))
    assert plan_from(GOOD.replace("filings:", row.replace(f"        {key}:\n", "") + "filings:")) == plan


TEN_FAULTS = """\
ten_faults.yaml 第7行：方案里没有“warn_day”这个键。您是不是要写：warn_days？可写：contacts、default_due、id、issued、offices、title、warn_days、year。
ten_faults.yaml 第13行：单位“甲县财政局”写了两次（上一次在第11行）；只能留一个。
ten_faults.yaml 第15行：事项的 code 请加引号，写成 code: "6.10"；不加引号会被当作数，6.10 就成了 6.1。
ten_faults.yaml 第18行：事项 6.10 的 due：2021年2月没有30日，该月最后一天是28日；请用 last_day 写明最后一天，原文不改；或者改写日期。
ten_faults.yaml 第19行：事项 6.10 的责任单位 水力局 不在 agencies 里。您是不是要写：水利局？请在 agencies 里补上，或改正写法。
ten_faults.yaml 第21行：指标 coverage 的 at_least：数量“-95”是负数；请写0或大于0的数。
ten_faults.yaml 第22行：on 是 record 自己的选项，不能作指标的 key；请换一个词。
ten_faults.yaml 第23行：事项 6.10 的 declare 只能写 true 或 false，不能写“yes”。
ten_faults.yaml 第25行：事项 7 的短标题“从严控制会议费，压减一般性支出”有15个字，最多14个。
ten_faults.yaml 第29行：不能用锚点（&…）；请去掉，文字本身以 & 开头的请加引号。
"""


def test_check_prints_ten_faults_of_a_file_as_ten_lines(cli: Cli) -> None:
    """To standard output, with exit code 6."""
    note = "共10处问题；改正后再运行 planledger check。\n"
    assert (6, TEN_FAULTS, note) == tuple(cli("check", str(TEN)))


def test_a_plan_with_faults_creates_no_ledger(cli: Cli, home: Path) -> None:
    """The same ten lines, and nothing is left behind."""
    code, out, err = cli("init", str(TEN), "--ledger", str(home / "new.db"))
    assert (6, "") == (code, out)
    assert TEN_FAULTS + "方案文件 ten_faults.yaml 有10处问题，未启用；请按行改正后再试。\n" == err
    assert [] == list(home.rglob("*"))


def test_a_plan_with_faults_leaves_a_ledger_as_it_was(cli: Cli, ledger: Path) -> None:
    before = ledger.read_bytes()
    code, _, _ = cli("adopt", str(TEN), "--ledger", str(ledger))
    assert (6, before) == (code, ledger.read_bytes())


def test_a_plan_with_faults_is_carried_by_its_refusal() -> None:
    """Whoever adopts a plan gets every fault as a value."""
    with pytest.raises(PlanRefused) as refused:
        require_plan(TEN)
    assert (6, TEN_FAULTS.splitlines()) == (refused.value.exit_code, [str(f) for f in refused.value.faults])


WORDS = (
    *("：", ": ", ":", "- ", "\n", "\n  ", "\t", '"', "'", "{", "}", "[", "]", ", ", "#", "&a ", "*a", "!t "),
    *(
        "|\n",
        ">\n",
        "---\n",
        "...\n",
        "? ",
        "%",
        "@",
        "`",
        "\x00",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u200b",
    ),
    *("甲县", "两地", "财政局", "、", "；", "，", "各乡镇", "2019年", "11月", "6.10", "-1", "万", "9" * 20),
    *("name: ", "units: ", "lead: ", "items:", "text: ", "code: ", "side: 乙区", "last_day: ", "target: "),
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """Spoil a good plan file in a few places."""
    text = draw(st.sampled_from([GOOD, SECOND]))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(text))), draw(st.sampled_from([0, 0, 1, 4, 20]))
        text = text[:at] + draw(st.sampled_from(WORDS)) + text[at + length :]
    return text


@given(
    st.one_of(
        spoiled().map(str.encode), st.lists(st.sampled_from(WORDS)).map("".join).map(str.encode), st.binary()
    )
)
def test_reading_never_raises_and_gives_a_plan_or_faults(data: bytes) -> None:
    """Each fault is one printable sentence, on a line that there is."""
    plan, faults = plan_of(data, "a.yaml")
    lines = len(re.split("\r\n|[\r\n\x85\u2028\u2029]", data.decode(errors="replace")))
    assert bool(faults) == (plan is None)
    for fault in faults:
        assert ("。", True) == (fault.message[-1], fault.message.isprintable())
        assert 0 <= fault.line <= lines


@given(spoiled())
def test_a_plan_without_faults_can_be_adopted(text: str) -> None:
    """What the reader lets pass never fails behind it."""
    plan, _ = plan_of(text.encode(), "a.yaml")
    if plan is not None:
        adopt_in_memory(plan, CLERK).close()


def test_the_minimal_plan_of_the_document_has_no_fault() -> None:
    """`docs/plan-file.md` shows a whole plan that works."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    whole = [block for block in blocks if block.startswith("format: 1")]
    assert [[]] == [faults_of(block) for block in whole]


def test_words_that_no_rule_counts_are_kept_and_declared() -> None:
    """A promise such as 应保尽保 makes no number: the row is done when the answering units declare it."""
    plan = plan_from(GOOD.replace("at_least: 10}", "target: 应保尽保}"))
    assert [(None, True)] == [
        (indicator.target, item.declare)
        for item in plan.items
        for indicator in plan.indicators
        if (indicator.code, indicator.key) == (item.code, "teachers")
    ]
    assert [("指标“教师”的目标“应保尽保”", "不能按数认定，由责任主体申报完成")] == [
        (finding.text, finding.because) for finding in plan.findings if "应保尽保" in finding.text
    ]
