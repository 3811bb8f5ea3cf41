"""Open questions of a plan file (# 问：): comments that `check` lists, and with which nothing is adopted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.file.lines import open_questions
from planledger.plan.refusal import ExitCode

SMALL = (Path(__file__).parents[1] / "plans" / "small.yaml").read_text("utf-8")
Cli = Callable[..., Result]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("# 问：哪一方？\na: 1", [(1, "哪一方？")]),
        ("a: 1\n  #问3: 年度", [(2, "年度")]),
        ("a: 1  # 问 ： 行尾", [(1, "行尾")]),
        ("a: [1, 2] ## 问：括号后", [(1, "括号后")]),
        ("# 问：", [(1, "")]),
        ("# 一\r\n# 问：回车换行\r\n", [(2, "回车换行")]),
        ("# 问：坏的\na: [1\n# 问：也在\n", [(1, "坏的"), (3, "也在")]),
        ('a: "甲 # 问：在引号里"', []),
        ("a: '甲 # 问：在引号里'  # 问：不在", [(1, "不在")]),
        ("a: 甲#问：没有空格", []),
        ("a: |\n  # 问：在一段文字里\n  # 问：还在\nb: 2 # 问：不在", [(4, "不在")]),
        ('a: "甲\n  # 问：引号跨行\n  乙"', []),
        ("a: 提问：在文字里", []),
        ("# 疑问：别的词", []),
    ],
)
def test_a_question_is_a_comment_and_no_text(text: str, asked: list[tuple[int, str]]) -> None:
    questions = open_questions(text.encode())
    assert asked == [(one.line, one.words) for one in questions]
    assert list(range(1, len(asked) + 1)) == [one.number for one in questions]


@pytest.fixture
def asked(home: Path) -> Path:
    """A plan without a fault and with two questions."""
    path = home / "plan.yaml"
    lines = SMALL.splitlines()
    path.write_text("\n".join(["# 问：哪一方？", *lines, "# 问：表后的说明"]), "utf-8")
    return path


def test_check_lists_the_open_questions_behind_what_it_says_of_the_plan(cli: Cli, asked: Path) -> None:
    last = len(asked.read_text("utf-8").splitlines())
    answer = cli("check", "plan.yaml")
    assert (ExitCode.PLAN_REFUSED, "") == (answer.code, answer.err)
    assert "没有问题：" in answer.out
    assert answer.out.endswith(
        f"\nplan.yaml 第1行：问1：哪一方？\nplan.yaml 第{last}行：问2：表后的说明\n"
        "还有2个问题没有答：改好那一处，删去那一行注释；有一个没答，就不能启用。\n"
    )


@pytest.mark.parametrize("command", ["init", "adopt"])
def test_a_plan_with_open_questions_is_not_adopted_and_nothing_is_stored(
    cli: Cli, asked: Path, home: Path, command: str
) -> None:
    before = sorted(home.rglob("*"))
    answer = cli(command, "plan.yaml")
    assert (ExitCode.PLAN_REFUSED, "") == (answer.code, answer.out)
    assert answer.err.splitlines()[0] == "plan.yaml 第1行：问1：哪一方？"
    assert answer.err.splitlines()[2] == (
        "方案文件 plan.yaml 还有2个问题没有答，未启用；"
        "请逐条改好并删去“# 问：”那一行，再运行 planledger check。"
    )
    assert before == sorted(home.rglob("*"))

    asked.write_text(SMALL, "utf-8")
    assert ExitCode.DONE == cli(command, "plan.yaml").code


def test_faults_and_questions_are_listed_together_in_the_order_of_their_lines(cli: Cli, asked: Path) -> None:
    asked.write_text(asked.read_text("utf-8").replace("year:", "yaer:"), "utf-8")
    answer = cli("init", "plan.yaml")
    assert ExitCode.PLAN_REFUSED == answer.code
    *lines, last = answer.err.splitlines()
    assert "，还有2个问题没有答，未启用；请按行改正后再试。" in last
    numbers = [int(line.split("第")[1].split("行")[0]) for line in lines]
    assert sorted(numbers) == numbers
    assert 2 == sum("：问" in line for line in lines)


def test_a_question_in_the_words_of_a_fault_leads_to_it(cli: Cli, home: Path) -> None:
    """As a draft has it: the same sentence is not read twice."""
    fault = "方案的 id 只用小写字母、数字和连字符（2到40个），不能写“甲”。"
    text = SMALL.replace("  id: ", f"  # 问：{fault}\n  id: 甲 # ")
    (home / "plan.yaml").write_text(text, "utf-8")
    line = text.splitlines().index(f"  # 问：{fault}") + 1
    answer = cli("check", "plan.yaml")
    assert (
        f"plan.yaml 第{line + 1}行：{fault}\nplan.yaml 第{line}行：问1：见第{line + 1}行的问题。\n"
        "还有1个问题没有答：改好那一处，删去那一行注释；有一个没答，就不能启用。\n"
    ) == answer.out
