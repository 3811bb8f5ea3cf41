"""A person at a terminal: what is asked, what is typed, what stands on the screen. Its fixtures are in every test."""

import json
import os
import re
import shlex
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn, TextIO

import pytest

from forking import become
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.plan.model.version import Plan
from planledger.store.sqlite.opening import open_to_write

Start = Callable[..., Any]
Adopting = Callable[..., None]
Walk = list[tuple[str, str]]  # what is asked, and what is typed then
ESC, CTRL_C, CTRL_D = "\x1b", "\x03", "\x04"
KEYS = (ESC, CTRL_C, CTRL_D)  # any of them leaves

PLAN, TASK, UNIT, WHICH, ITEM = "登记到哪个方案？", "做什么？", "哪家单位报来的？", "是哪一家？", "哪一项？"
WHAT, NUMBER, SIDE, DAY, STORE = "登记什么？", "多少？", "算在哪一方？", "哪一天的情况？", "登记吗？"
WORDS, PROGRESS, PROBLEM, NEXT = "填报什么？", "进展情况：", "存在问题（", "下一步措施（"
FILES, KIND, MEETING, PRIVACY = "文件在哪里？", "是哪种材料？", "证明哪条记录？", "含个人信息吗？"
FILING, STAMP, WRONG, RIGHT, WHY = (
    "报来的是什么？",
    "盖章了吗？",
    "更正哪一条？",
    "正确的数是多少？",
    "为什么更正？",
)
APPROVER, PAPER_NUMBER, PART = "谁审定的？", "审定的文号？", "那一天还没有合并，是哪一家？"


@pytest.fixture
def start(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start the program on a terminal of its own, of 80 columns and 24 lines: in a fork of this process, which has loaded it."""
    pexpect = pytest.importorskip("pexpect")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    children = []

    def spawn(*args: str, width: int = 80, height: int = 24) -> Any:
        env = dict(os.environ)  # in this process GNU readline has put its own LINES behind Python's back

        def run() -> NoReturn:
            os.closerange(3, 256)  # the pipe by which pexpect waits for another program is one of them
            warnings.simplefilter("ignore")  # that are errors in a test
            become(args, env, _shown)

        child = pexpect.spawn(
            sys.executable, encoding="utf-8", timeout=30, dimensions=(height, width), preexec_fn=run
        )
        child.delaybeforesend = None
        child.delayafterclose = child.ptyproc.delayafterclose = 0.01
        children.append(child)
        return child

    yield spawn
    for child in children:
        child.close(force=True)


def _shown(descriptor: int) -> TextIO:
    """A standard stream of a program on a terminal, which writes line by line."""
    return open(descriptor, "w", buffering=1, encoding="utf-8", closefd=False)


@pytest.fixture
def here(ledger: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """A ledger of one's own, where the commands look for it."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    return ledger


@pytest.fixture
def adopt_years(here: Path, plan: Plan) -> Adopting:
    """Put made-up plans of other years in force in that ledger."""

    def adopt_all(*years: int) -> None:
        clerk = Clerk("试验员", "2019-10-01T09:00:00.000000+08:00")
        with closing(open_to_write(here)) as store:
            for year in years:
                meta = plan.meta._replace(key=f"made-up-{year}", year=year, title=f"{year}年试验方案")
                adopt(store, NewPlan(plan._replace(meta=meta), clerk))

    return adopt_all


def answer(child: Any, walk: Walk) -> str:
    """Answer the questions in their order; gives the screen until the last answer, as plain text."""
    seen = ""
    for question, typed in walk:
        child.expect_exact(question)
        seen += child.before + child.after
        if typed.endswith(CTRL_C):
            time.sleep(0.1)  # no person is so fast as to interrupt the writing of the question
        child.send(typed if typed.endswith(KEYS) else f"{typed}\r")
    return plain(seen)


def ended(child: Any) -> tuple[int, str]:
    """Wait for the end; return the exit code and the last lines."""
    rest = child.read()
    child.left = terminal_settings(child.child_fd)
    child.close()
    return child.exitstatus, plain(rest)


def terminal_settings(descriptor: int) -> list[Any]:
    """Return how a terminal is set."""
    import termios

    settings: list[Any] = termios.tcgetattr(descriptor)
    return settings


def new_terminal() -> list[Any]:
    """Return how a terminal is set on which nothing has run yet."""
    ends = os.openpty()
    try:
        return terminal_settings(ends[0])
    finally:
        for end in ends:
            os.close(end)


def plain(screen: str) -> str:
    """Return what a person reads of what was sent to a terminal."""
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", screen).replace("\r\n", "\n").replace(" \r", "")


def confirmed_commands(screen: str) -> list[list[str]]:
    """Read every command that is shown as the same and was confirmed."""
    shown = re.findall(r"同样的命令：planledger (.*)\n登记吗？.*\n(.*)", screen)
    return [shlex.split(words) for words, reply in shown if reply != "没有登记。"]


def entries(cli: Callable[..., Any], ledger: Path) -> list[dict[str, object]]:
    """All that a ledger says was recorded, the newest first, but for the moment."""
    printed = json.loads(cli("history", "--json", "--limit", "99", "--ledger", str(ledger)).out)["entries"]
    return [{name: value for name, value in entry.items() if name != "recorded_at"} for entry in printed]
