"""A clerk's morning at the desk, on a real terminal of 80 columns and 24 lines."""

import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from conftest import Result
from planledger.cli.record.line_editor import Dialogue, PlainLines, place_of
from planledger.formats.text.display import columns
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import adopt
from planledger.plan.model.rows import Plan
from planledger.plan.refusal import Refusal
from planledger.store.sqlite.opening import open_to_write

pexpect = pytest.importorskip("pexpect")
termios = pytest.importorskip("termios")

Cli = Callable[..., Result]
Walk = list[tuple[str, str]]
WHAT, UNIT, WHICH, ITEM = "做什么？（序号） ", "本办登记） ", "是哪一家？（序号） ", "事项编号） "
FIGURE, NUMBER, DAY, STORE = "登记什么？（序号） ", "多少？（", "今天 2019-11-20） ", "n＝不登记） "
PERSONAL = "含个人信息吗？（序号） "
ESC, CTRL_C = "\x1b", "\x03"

MORNING: Walk = [
    # a figure, by initials and parts of words, with one step back
    (WHAT, "登记"),
    (UNIT, "rsj"),
    (WHICH, "大新"),
    (ITEM, "招聘"),
    (FIGURE, "新增转移"),
    (NUMBER, "40"),
    (DAY, "<"),
    (NUMBER, "５０人"),
    (DAY, "11月18日"),
    (STORE, ""),
    # words of the office, whose open items take several pages; left in the middle, and again
    (WHAT, "填报"),
    (UNIT, ""),
    (ITEM, ""),
    (ITEM, "6.1"),
    ("填报什么？（序号） ", "文字"),
    ("进展情况： ", ESC),
    (WHAT, "2"),
    (UNIT, "大新县人社"),
    (ITEM, "6.1"),
    ("填报什么？（序号） ", "1"),
    ("进展情况： ", "正在摸底"),
    ("存在问题（没有就直接回车）： ", "缺“师资”"),
    ("下一步措施（没有就直接回车）： ", ""),
    (DAY, ""),
    (STORE, ""),
    # a meeting and its minutes; before there is a meeting the file is refused
    (WHAT, "佐证"),
    (UNIT, ""),
    (ITEM, "1.3"),
    ("隔开） ", "没有.pdf"),
    ("隔开） ", "'会议 纪要.pdf'"),
    ("是哪种材料？（序号） ", "纪要"),
    ("算在哪一方？（序号） ", "江海"),
    ("直接回车） ", ""),
    (PERSONAL, "不含"),
    (DAY, ""),
    (STORE, ""),
    (STORE, CTRL_C),
    (WHAT, "登记"),
    (UNIT, ""),
    (ITEM, "常委会"),
    (FIGURE, "1"),
    (NUMBER, "1"),
    ("算在哪一方？（序号） ", "1"),
    (DAY, ""),
    (STORE, ""),
    (WHAT, "3"),
    (UNIT, ""),
    (ITEM, "1.3"),
    ("隔开） ", "'会议 纪要.pdf'"),
    ("是哪种材料？（序号） ", "2"),
    ("算在哪一方？（序号） ", "江海"),
    ("直接回车） ", ""),
    (PERSONAL, "不含"),
    (DAY, ""),
    (STORE, ""),
    # what a unit submits; back over two questions, also from the first one of the task
    (WHAT, "签收"),
    ("报来的是什么？（序号） ", "<"),
    (WHAT, "签收"),
    ("报来的是什么？（序号） ", "归档"),
    ("首字母） ", ""),
    ("首字母） ", "江海区人社局"),
    (DAY, "《"),
    ("首字母） ", "上一步"),
    ("报来的是什么？（序号） ", "工作总结"),
    ("首字母） ", "江海区人社局"),
    ("盖章了吗？（序号） ", "1"),
    (DAY, ""),
    (STORE, ""),
    # a figure that was wrong
    (WHAT, "更正"),
    ("更正哪一条？（记录号） ", "9"),
    ("更正哪一条？（记录号） ", "大新县人社局"),
    ("正确的数是多少？（人） ", "45"),
    ("为什么更正？ ", ""),
    ("为什么更正？ ", "漏报5人"),
    (STORE, ""),
    # an item that is finished: declared by the office, and closed out
    (WHAT, "登记"),
    (UNIT, ""),
    (ITEM, "2.3"),
    (FIGURE, "完成"),
    (DAY, ""),
    (STORE, "n"),
    (WHAT, "登记"),
    (UNIT, ""),
    (ITEM, "2.3"),
    (FIGURE, "申报"),
    (DAY, ""),
    (STORE, ""),
    (WHAT, "销号"),
    (ITEM, "1"),
    ("谁审定的？（没有就直接回车） ", "试验员"),
    ("审定的文号？（没有就直接回车） ", ""),
    (STORE, ""),
    (WHAT, "近期"),
    (WHAT, "退出"),
]


@pytest.fixture
def start(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Start the program on a terminal of its own, of 80 columns and 24 lines."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS")
    children = []

    def spawn(*args: str) -> Any:
        child = pexpect.spawn(
            sys.executable, ["-m", "planledger", *args], encoding="utf-8", timeout=30, dimensions=(24, 80)
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


def walked(child: Any, walk: Walk) -> str:
    """Answer the questions in their order; gives everything that was on the screen, as plain text."""
    seen = ""
    for question, typed in walk:
        child.expect_exact(question.rstrip(" "))
        seen += child.before + child.after
        child.send(typed if typed in (ESC, CTRL_C) else f"{typed}\r")
    child.expect(pexpect.EOF)
    child.left = termios.tcgetattr(child.child_fd)
    child.close()
    return re.sub(r"\x1b\[[0-9;]*m", "", seen + child.before)


def confirmed_commands(screen: str) -> list[list[str]]:
    """Read every command that is shown as the same and was confirmed."""
    shown = re.findall(r"同样的命令：planledger (.*?)\r\n登记吗？[^\r]*\r\n([^\r]*)", screen, re.DOTALL)
    return [shlex.split(re.sub(r"\\\r\n *", "", words)) for words, answer in shown if answer != "没有登记。"]


def entries(cli: Cli, ledger: Path) -> list[dict[str, object]]:
    """All that a ledger says was recorded, but for the moment."""
    printed = json.loads(cli("history", "--json", "--ledger", str(ledger)).out)["entries"]
    return [{name: value for name, value in entry.items() if name != "recorded_at"} for entry in printed]


def test_a_clerks_morning_stores_what_the_commands_that_it_shows_store(
    start: Callable[..., Any], cli: Cli, here: Path, home: Path, tmp_path: Path
) -> None:
    other = Path(copy(here, tmp_path / "other.db"))
    (home / "会议 纪要.pdf").write_bytes(b"%PDF-1.4 made up")
    child = start("desk")
    screen = walked(child, MORNING)

    assert 0 == child.exitstatus
    assert screen.startswith("逾期2项，见 planledger overdue\r\n报送逾期1项，48家未交齐，")
    plain = screen.replace("\r\n", "")
    assert "将登记：6.1 召开招聘会促进贫困人口就业，新增转移就业 +50人（大新县人社局，2019-11-18）" in plain
    assert "没有这个文件：没有.pdf；请核对路径。" in plain
    typed = [cli(*words, "--ledger", str(other)) for words in confirmed_commands(screen)]
    assert [0, 0, 2, 0, 0, 0, 0, 0, 0] == [answer.code for answer in typed]
    replies = "".join(answer.out + answer.err for answer in typed).replace(f" --ledger {other}", "")
    assert [] == [line for line in screen.splitlines() if columns(line) > 80 and line not in replies]
    stored = entries(cli, here)
    assert entries(cli, other) == stored
    assert [
        *("close", "declaration", "amount", "reversal", "filing"),
        *("evidence", "amount", "report", "amount", "adoption"),
    ] == [entry["kind"] for entry in stored]


def test_without_a_terminal_the_desk_is_refused_with_what_to_type(process: Cli) -> None:
    answer = process("desk")

    assert (2, "") == answer[:2]
    assert "如 planledger record 6.1 --transferred 40。" in answer.err


@pytest.mark.parametrize("key", [ESC, CTRL_C, "\x04"], ids=["Esc", "Ctrl-C", "Ctrl-D"])
def test_whoever_leaves_a_task_leaves_nothing_of_it(
    start: Callable[..., Any], here: Path, home: Path, key: str
) -> None:
    """The ledger and its folder are the same byte for byte, and the terminal is as it was."""
    (home / "会议.pdf").write_bytes(b"%PDF-1.4 made up")
    before, neighbours = here.read_bytes(), sorted(here.parent.rglob("*"))
    child = start("desk")
    terminal = termios.tcgetattr(child.child_fd)
    tasks: tuple[Walk, ...] = (
        [(WHAT, "登记"), (UNIT, key)],
        [(WHAT, "登记"), (UNIT, ""), (ITEM, ""), (ITEM, key)],
        [(WHAT, "1"), (UNIT, ""), (ITEM, "6.1"), (FIGURE, "2"), (NUMBER, "1"), (DAY, ""), (STORE, key)],
        [(WHAT, "填报"), (UNIT, ""), (ITEM, "6.1"), ("填报什么？（序号） ", "2"), (DAY, key)],
        [
            (WHAT, "佐证"),
            (UNIT, ""),
            (ITEM, "6.1"),
            ("隔开） ", "会议.pdf"),
            (PERSONAL, "含："),
            (DAY, ""),
            (STORE, key),
        ],
        [(WHAT, "签收"), ("报来的是什么？（序号） ", "1"), ("首字母） ", key)],
    )
    screen = walked(child, [*(step for task in tasks for step in task), (WHAT, key)])

    assert (0, len(tasks)) == (child.exitstatus, screen.count("没有登记。"))
    assert "已离开工作台。" in screen
    assert terminal == child.left
    assert (before, neighbours) == (here.read_bytes(), sorted(here.parent.rglob("*")))


def test_what_cannot_be_done_is_said_and_the_desk_stays(start: Callable[..., Any], here: Path) -> None:
    screen = walked(start("desk"), [(WHAT, "更正"), (WHAT, "销号"), (WHAT, "九"), (WHAT, "<"), (WHAT, "8")])

    assert ["没有可更正的数。", "没有这样的事项。", "请输入序号 1 到 8。"] == re.findall(
        "没有可更正的数。|没有这样的事项。|请输入序号 1 到 8。", screen
    )


def test_each_task_may_concern_another_plan(
    start: Callable[..., Any], cli: Cli, here: Path, plan: Plan
) -> None:
    """The plan of the year before is made up, and holds the same items."""
    store = open_to_write(here)
    meta = plan.meta._replace(key="made-up-2018", year=2018, title="2018年试验方案")
    adopt(store, plan._replace(meta=meta), Clerk("试验员", "2019-10-01T09:00:00.000000+08:00"))
    store.close()
    which = "登记到哪个方案？（序号） "
    one: Walk = [(UNIT, ""), (ITEM, "6.1"), (FIGURE, "新增"), (NUMBER, "1"), (DAY, ""), (STORE, "")]
    walk = [(WHAT, "登记"), (which, "2018"), (which, "2018年"), (UNIT, "<"), (which, "1"), *one]
    walk += [(WHAT, "登记"), (which, "2"), *one, (WHAT, ESC)]
    walked(start("desk"), walk)

    counts = [
        len(json.loads(cli("history", "--json", "--plan", year).out)["entries"]) for year in ("2018", "2019")
    ]
    assert [2, 2] == counts


class TypedBefore(PlainLines):
    """Lines that were typed beforehand."""

    def __init__(self, *lines: str) -> None:
        self.lines = iter(lines)

    def readline(self, _start: int) -> str:
        return next(self.lines)


def test_after_a_step_back_an_earlier_answer_means_what_it_meant(capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody else finishes the first row meanwhile, so the list is another one; nobody is asked for the row again."""
    lists = iter([["甲", "乙"], ["乙", "丙"]])
    dialogue = Dialogue(TypedBefore("1", "笔误", "<", "说明", ""))

    def task() -> tuple[str, str]:
        rows = next(lists)
        row = dialogue.pick("哪一项？", rows, lambda typed: rows[int(typed) - 1])
        note = dialogue.answer("说明？", str)
        dialogue.answer("登记吗？", str)
        return row, note

    assert ("甲", "说明") == dialogue.steps(task)
    shown = capsys.readouterr().out
    assert (1, 2, 2) == tuple(map(shown.count, ("哪一项？", "说明？", "登记吗？")))


@pytest.mark.parametrize(
    ("typed", "place"), [("2", 1), ("２", 1), ("丙", 1), ("甲乙", 0), ("甲", 3), ("ＣＤ", 2)]
)
def test_a_choice_is_named_by_its_number_or_by_what_no_other_has(typed: str, place: int) -> None:
    assert place == place_of(typed, ("甲乙", "乙丙", "丁CD", "甲"))


@pytest.mark.parametrize("typed", ["", "0", "5", "戊", "99999999999999999999", "²"])
def test_what_names_no_choice_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Refusal, match="请输入序号 1 到 4。"):
        place_of(typed, ("甲乙", "乙丙", "丁", "甲"))


def test_a_part_of_several_choices_is_refused_with_all_of_them() -> None:
    with pytest.raises(Refusal, match="“乙”有几个：甲乙、乙丙。请输入序号 1 到 3。"):
        place_of("乙", ("甲乙", "乙丙", "丁"))
