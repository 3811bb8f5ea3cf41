"""Recording step by step, on a real terminal: every question, every way out, and what is stored in the end."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from planledger.cli.session.settings import shell_lines
from planledger.formats.text.display import columns
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import adopt
from planledger.plan.model.rows import Plan
from planledger.store.sqlite.opening import open_to_write

pexpect = pytest.importorskip("pexpect")
termios = pytest.importorskip("termios")

Cli = Callable[..., Result]
Walk = list[tuple[str, str]]
Start = Callable[..., Any]

REFUSED = "缺少 事项编号。用法见：planledger record --help\n"
LEFT = "已退出，什么都没有登记。"
UNIT, WHICH, ITEM, WHAT = "本办登记） ", "是哪一家？（序号） ", "事项编号） ", "登记什么？（序号） "
NUMBER, SIDE, DAY, CONFIRM = "多少？（", "算在哪一方？（序号） ", "今天 2019-11-20） ", "n＝不登记） "
PROGRESS, PROBLEM, NEXT = "进展情况： ", "存在问题（没有就直接回车）： ", "下一步措施（没有就直接回车）： "

TO_6_1: Walk = [(UNIT, "人社局"), (WHICH, "2"), (ITEM, "6.1")]
WORDS: Walk = [(WHAT, "7"), (PROGRESS, "正在摸底"), (PROBLEM, ""), (NEXT, "下周“再 议”")]
OF_A_SIDE: Walk = [(UNIT, ""), (ITEM, "1.3"), (WHAT, "1"), (NUMBER, "1"), (SIDE, "1"), (DAY, "")]
WALKS: dict[str, Walk] = {
    "a figure": [*TO_6_1, (WHAT, "２"), (NUMBER, "４０人"), (DAY, "2019年11月1日")],
    "a stock of the first unit": [
        (UNIT, "江海人社局"),
        (ITEM, "２"),
        (WHAT, "1"),
        (NUMBER, "1"),
        (DAY, "20191120"),
    ],
    "words": [*TO_6_1, *WORDS, (DAY, "")],
    "nothing to tell": [*TO_6_1, (WHAT, "8"), (DAY, "11月5日至8日")],
    "a declaration": [*TO_6_1[:2], (ITEM, "2.3"), (WHAT, "2"), (DAY, "昨天")],
    "a declaration of the office": [(UNIT, ""), (ITEM, "２．３"), (WHAT, "2"), (DAY, "")],
    "a figure of a side": OF_A_SIDE,
}
QUESTIONS = {
    question: walk[:before]
    for walk in ([*TO_6_1, *WORDS], [*OF_A_SIDE, (CONFIRM, "")])
    for before, (question, _) in enumerate(walk)
}


@pytest.fixture
def start(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start the program on a terminal of its own."""
    monkeypatch.setenv("TERM", "dumb")
    children = []

    def spawn(*args: str, width: int = 80) -> Any:
        monkeypatch.setenv("COLUMNS", str(width))
        child = pexpect.spawn(
            sys.executable,
            ["-m", "planledger", *args],
            encoding="utf-8",
            timeout=20,
            dimensions=(50, width),
        )
        child.delaybeforesend = None
        child.delayafterclose = child.ptyproc.delayafterclose = 0.01
        children.append(child)
        return child

    yield spawn
    for child in children:
        child.close(force=True)


@pytest.fixture
def here(ledger: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """A ledger of one's own, where the commands look for it."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    return ledger


def answer(child: Any, walk: Walk) -> str:
    """Answer the questions in their order; gives everything that was on the screen until the last."""
    seen = ""
    for question, typed in walk:
        child.expect_exact(question)
        seen += child.before + child.after
        child.sendline(typed)
    return seen


def ended(child: Any) -> tuple[int, str]:
    """Wait for the end; return the exit code and the last lines."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before


def shown_command(screen: str) -> list[str]:
    """Read the command that is shown as the same."""
    shown = re.search(r"同样的命令：(.*?)\r\n登记吗", screen, re.DOTALL)
    assert shown, screen
    program, *words = shlex.split(re.sub(r"\\\r\n *", "", shown[1].replace(" \\\r\n", " \\\r\n ")))
    assert "planledger" == program
    return words


def entries(cli: Cli, ledger: Path) -> list[dict[str, object]]:
    """All that a ledger says was recorded, but for the moment."""
    printed = json.loads(cli("history", "--json", "--ledger", str(ledger)).out)["entries"]
    return [{name: value for name, value in entry.items() if name != "recorded_at"} for entry in printed]


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_a_walk_stores_what_the_command_that_it_shows_stores(
    start: Start, cli: Cli, here: Path, tmp_path: Path, walk: Walk
) -> None:
    other = Path(copy(here, tmp_path / "other.db"))
    child = start("record")
    answer(child, walk)
    child.expect_exact(CONFIRM)
    words = shown_command(child.before + child.after)
    child.sendline("")
    code, printed = ended(child)
    typed = cli(*words, "--ledger", str(other))

    assert (0, 0) == (code, typed.code), printed
    assert typed.out.replace(f" --ledger {other}", "") == printed.replace("\r\n", "\n").lstrip("\n")
    assert 2 == len(entries(cli, here))
    assert entries(cli, other) == entries(cli, here)


def test_the_line_before_the_confirmation_says_what_the_entry_will_say(start: Start, here: Path) -> None:
    child = start("--plan", "jianghai-daxin-2019", "record", "--by", "王 五", width=120)
    answer(child, WALKS["a figure"])
    child.expect_exact(CONFIRM)

    assert (
        "将登记：6.1 召开招聘会促进贫困人口就业，新增转移就业 +40人（大新县人社局，2019-11-01）\r\n"
        "同样的命令：planledger record 6.1 --transferred 40人 --agency 大新县人社局 --on 2019-11-01"
        " --plan jianghai-daxin-2019 \\\r\n"
        "  --by '王 五'\r\n"
        "登记吗？（直接回车＝登记，"
    ) in child.before


def test_of_two_years_the_plan_is_asked_for(start: Start, here: Path, plan: Plan) -> None:
    """Next year's plan is made up; before its year nobody is asked."""
    store = open_to_write(here)
    for year in (2018, 2020):
        meta = plan.meta._replace(key=f"made-up-{year}", year=year, title=f"{year}年试验方案")
        adopt(store, plan._replace(meta=meta), Clerk("试验员", "2019-10-01T09:00:00.000000+08:00"))
    store.close()
    child = start("record")
    screen = answer(child, [("登记到哪个方案？（序号） ", "1"), (UNIT, "")])

    assert "  1  2019年江海区对口大新县粤桂扶贫协作工作方案\r\n   2  2018年试验方案" in screen
    assert "2020年试验方案" not in screen


@pytest.mark.parametrize("width", [70, 80, 120])
def test_no_line_is_wider_than_the_terminal(start: Start, here: Path, width: int) -> None:
    child = start("record", width=width)
    shorter = [(question[-7:], typed) for question, typed in [*TO_6_1, *WORDS[:2]]]
    screen = answer(child, [*shorter, (PROBLEM[-7:], "缺人" * width), (NEXT[-7:], ""), (DAY[-7:], "")])
    child.expect_exact(CONFIRM[-7:])
    screen += child.before + child.after

    written = [
        line for line in screen.split("\r\n") if "缺人" not in line or line[0] != "存"
    ]  # not what is typed

    assert [] == [line for line in written if columns(line.strip("\r")) > width]


def test_the_open_items_of_a_unit_are_listed_with_what_it_owes(start: Start, here: Path) -> None:
    child = start("record")
    answer(child, TO_6_1[:2])
    child.expect_exact(ITEM)

    assert (
        "序号 编号  事项                         最后一天   还缺\r\n"
        f"{'─' * 80}\r\n"
        "   1 2.3   挂职及专业技术人才保障       2019-11-30 本单位申报\r\n"
        "   2 6.1   召开招聘会促进贫困人口就业   2019-11-30 招聘会1期；新增转移就业155\r\n"
    ) in re.sub(" +\r", "\r", child.before)


def test_the_office_is_offered_every_open_item_and_no_finished_one(
    start: Start, cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINES", "100")
    cli("record", "2.1", "--cadres", "2", "--on", "2019-07-01")
    child = start("record")
    answer(child, [(UNIT, "")])
    child.expect_exact(ITEM)
    codes = re.findall(r"^ +\d+ ([\d.]+) ", child.before, re.MULTILINE)

    standings = {row["code"]: row["standing"] for row in json.loads(cli("status", "--json").out)["items"]}
    assert "done" == standings["2.1"]
    assert [code for code, standing in standings.items() if standing != "done"] == codes


def test_a_wrong_answer_is_explained_and_the_question_comes_again(start: Start, cli: Cli, here: Path) -> None:
    child = start("record")
    wrong = [
        (UNIT, "人设局", "没有责任单位 人设局。您是不是要写：人社局"),
        (UNIT, "人社局", ""),
        (WHICH, "3", "请输入序号 1 到 2。"),
        (WHICH, "２", ""),
        (ITEM, "", "请输入序号或事项编号。"),
        (ITEM, "9", "请输入序号 1 到 3。"),
        (ITEM, "6.9", "没有事项 6.9。"),
        (ITEM, "5.2", "5.2 有 2 行，请写明是哪一行"),
        (ITEM, "1.1", "大新县人社局 不是 1.1 的责任单位"),
        (ITEM, "6.1", ""),
        (WHAT, "0", "请输入序号 1 到 8。"),
        (WHAT, "2", ""),
        (NUMBER, "四十", "是中文数字；请写 40。"),
        (NUMBER, "-1", "是负数；"),
        (NUMBER, "", "没有写数"),
        (NUMBER, "40", ""),
        (DAY, "19年11月1日", "年份不是四位；请写成 2019-11-01。"),
        (DAY, "2019-11-21", "2019-11-21 还没有到（今天是 2019-11-20）"),
        (DAY, "2018-12-31", "2018-12-31 在方案年度 2019 年之前"),
        (DAY, "", ""),
        (CONFIRM, "嗯", "登记请直接回车，不登记请输入 n。"),
        (CONFIRM, "Ｎ", "没有登记。"),
    ]
    for question, typed, message in wrong:
        child.expect_exact(question)
        child.sendline(typed)
        child.expect_exact(message)

    assert (0, 1) == (ended(child)[0], len(entries(cli, here)))


def test_words_are_held_to_the_rules_of_report(start: Start, here: Path) -> None:
    """No progress, an identity number: refused at once, and not after everything else was typed."""
    child = start("record")
    answer(child, [*TO_6_1, (WHAT, "7"), (PROGRESS, "")])
    child.expect_exact("没有写进展；")
    answer(child, [(PROGRESS, "正在摸底"), (PROBLEM, "张某11010519491231002X未联系上")])
    child.expect_exact("存在问题里有身份证号")
    child.expect_exact(PROBLEM)


def test_a_finished_item_in_which_the_unit_has_a_part_is_taken_by_its_code(
    start: Start, cli: Cli, here: Path
) -> None:
    cli("record", "2.3", "--done")
    child = start("record")
    answer(child, [*TO_6_1[:2], (ITEM, "2.3"), (WHAT, "4"), (DAY, ""), (CONFIRM, "")])

    assert (0, 3) == (ended(child)[0], len(entries(cli, here)))


def test_a_unit_without_open_items_reads_that_it_has_none(start: Start, cli: Cli, here: Path) -> None:
    cli("record", "5.2.1", "--done")
    child = start("record")
    answer(child, [(UNIT, "大新县国泰资产经营有限公司")])
    code, printed = ended(child)

    assert 0 == code
    assert "大新县国泰资产经营有限公司没有未完成的事项" in printed


def test_where_items_have_plain_numbers_a_number_is_the_items(start: Start, cli: Cli, home: Path) -> None:
    """In the second plan 7 is an item: it cannot be the seventh line too."""
    plan = Path(__file__).parent.parent / "plans" / "second.yaml"
    cli("init", str(plan), "--ledger", "second.db")
    child = start("record", "--ledger", "second.db")
    answer(child, [(UNIT, "财政局"), (ITEM, "3")])
    child.expect_exact("没有事项 3。")
    answer(child, [(ITEM, "7")])
    child.expect_exact("7 从严控制会议费\r\n")


@pytest.mark.parametrize("key", ["\x1b", "\x03", "\x04"], ids=["Esc", "Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize(("question", "walk"), QUESTIONS.items(), ids=range(len(QUESTIONS)))
def test_whoever_leaves_at_a_question_leaves_nothing_behind(
    start: Start, here: Path, question: str, walk: Walk, key: str
) -> None:
    """The ledger is the same byte for byte, and the terminal as it was before."""
    before, neighbours = here.read_bytes(), sorted(here.parent.iterdir())
    child = start("record")
    terminal = termios.tcgetattr(child.child_fd)
    answer(child, walk)
    child.expect_exact(question)
    assert terminal != termios.tcgetattr(child.child_fd)
    child.send(f"40{key}")
    child.expect_exact(LEFT)
    child.expect(pexpect.EOF)

    assert terminal == termios.tcgetattr(child.child_fd)
    child.close()
    assert 130 == child.exitstatus
    assert (before, neighbours) == (here.read_bytes(), sorted(here.parent.iterdir()))


def test_before_there_is_a_ledger_whoever_leaves_creates_none_and_whoever_confirms_does(
    start: Start, home: Path
) -> None:
    left = start("record")
    answer(left, [*WALKS["a figure"]])
    left.expect_exact(CONFIRM)
    left.send("\x1b")
    assert 130 == ended(left)[0]
    assert not (home / "share").exists()

    stayed = start("record")
    answer(stayed, [*WALKS["a figure"], (CONFIRM, "")])
    code, printed = ended(stayed)
    assert 0 == code
    assert "已新建台账" in printed
    assert "累计 40/155人（大新县人社局，2019-11-01）（第2号记录）" in printed.replace("\r\n", "")


def test_keys_that_write_nothing_do_nothing_and_a_long_text_arrives_whole(
    start: Start, cli: Cli, here: Path
) -> None:
    """Arrows and Ctrl-Z; Backspace takes one character back, Ctrl-U all; the terminal's own line ends at 4095 bytes."""
    child = start("record")
    answer(child, [*TO_6_1, (WHAT, "7")])
    child.expect_exact(PROGRESS)
    child.send("\x1b[A\x1b[1;5D\x1bOP\x1a错\x15")
    child.sendline("正在摸底\x7f\x7f" + "推进" * 900)
    answer(child, [(PROBLEM, ""), (NEXT, ""), (DAY, ""), (CONFIRM, "")])

    assert 0 == ended(child)[0]
    assert "正在" + "推进" * 900 == entries(cli, here)[0]["progress"]


def test_what_was_typed_before_the_question_confirms_nothing(start: Start, cli: Cli, here: Path) -> None:
    """A text that was pasted with its line ends answers the next questions, but stores nothing unseen."""
    child = start("record")
    answer(child, [*TO_6_1, (WHAT, "7")])
    child.expect_exact(PROGRESS)
    child.send("一\n二\n三\n\n\n\n")
    child.expect_exact(CONFIRM)
    child.sendline("n")

    assert (0, 1) == (ended(child)[0], len(entries(cli, here)))


@pytest.mark.parametrize("line", ["record", "record --by 试验员"])
def test_without_a_terminal_a_missing_item_is_refused_as_ever(process: Cli, line: str) -> None:
    assert (2, "", REFUSED) == process(*line.split())


@pytest.mark.parametrize(
    "line", ["record | cat", "record </dev/null", "record --done", "record --transferred 40"]
)
def test_half_a_terminal_or_half_a_line_is_refused_as_ever(start: Start, line: str) -> None:
    child = pexpect.spawn(
        "sh", ["-c", f"{sys.executable} -m planledger {line}"], encoding="utf-8", timeout=20
    )

    assert REFUSED == ended(child)[1].replace("\r\n", "\n")


def test_a_console_without_single_keys_takes_an_esc_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a line is read whole; one with an Esc in it leaves, as the end of the input does."""
    from planledger.cli.record.line_editor import open_dialogue

    typed = iter(["人社局", "2\x1b"])
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setattr("builtins.input", lambda: next(typed))
    with open_dialogue() as dialogue:
        assert "人社局" == dialogue.ask("哪家单位？")
        with pytest.raises(KeyboardInterrupt):
            dialogue.ask("是哪一家？")


@given(
    st.lists(st.text(st.sampled_from("ab人，'\"$ \\-~#=*"), max_size=40), min_size=1, max_size=6),
    st.integers(30, 90),
)
def test_a_shell_reads_a_folded_command_as_its_words(words: list[str], width: int) -> None:
    written = shell_lines(words, width)
    script = "\n".join(["printf '%s\\n' \\", *written])
    read = subprocess.run(["sh", "-c", script], capture_output=True, encoding="utf-8", check=True).stdout

    assert words == read.split("\n")[:-1]
    assert [] == [line for line in written if columns(line) > width]


@pytest.mark.parametrize(
    ("start", "typed", "stored", "screen"),
    [
        (4, "正在", 1, "\x1b[7G\x1b[J"),  # two columns for one character
        (78, "正在", 1, "\x1b[1G\x1b[J"),  # the first of the second row
        (78, "正在", 2, "\x1b[1A\x1b[79G\x1b[J"),  # over the edge, up to the question
        (79, "正", 1, "\x1b[1A\x1b[80G\x1b[J"),  # no room for it in the last column
        (10, "", 1, "\x1b[11G\x1b[J"),  # the question stays
    ],
)
def test_backspace_takes_a_character_from_where_it_stands(
    start: int, typed: str, stored: int, screen: str
) -> None:
    from planledger.cli.record.line_editor import TypedLine

    line = TypedLine(start, 80)
    for char in typed:
        line.followed_by(char)

    assert screen == line.without(stored)
    assert typed[: len(typed) - stored] == line.text
