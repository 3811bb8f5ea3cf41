"""Consoles as offices have them: GBK, no colour, closed pipes, full disks, and text that means to act."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from planledger.__main__ import main
from planledger.cli.session.output import Output
from planledger.formats.text.display import safe
from trials import python, sampled, soundness

Process = Callable[..., "tuple[int, str, str]"]
QUESTIONS = [["status"], ["overdue"], ["overdue", "--by", "item"], ["upcoming"], ["show", "6.1"], ["history"], ["agencies"],
             ["filings"], ["check"], ["verify"], ["--help"], []]  # fmt: skip


# Runs every line that it is given, each on a stream as an interpreter begins with it.
EACH = """import sys
from planledger.cli.app import run
for line in sys.argv[1:]:
    sys.stdout.reconfigure(errors="strict")
    assert run(line.split()) == 0, line
"""


def raw(*args: str, **env: str) -> "subprocess.CompletedProcess[bytes]":
    return started("-m", "planledger", *args, **env)


def typed_each(*lines: str, **env: str) -> "subprocess.CompletedProcess[bytes]":
    return started("-c", EACH, *lines, **env)


def started(*words: str, **env: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, *words], capture_output=True, check=False, env={**os.environ, **env}
    )


@pytest.mark.parametrize(
    "encoding",
    ["gbk", *(pytest.param(one, marks=pytest.mark.soak) for one in ("gb18030", "ascii", "latin-1", "cp437"))],
)
def test_every_answer_leaves_through_any_console(home: Path, ledger: Path, encoding: str) -> None:
    lines = (" ".join(question) for question in QUESTIONS)
    done = typed_each(*lines, PYTHONIOENCODING=encoding, PLANLEDGER_LEDGER=str(ledger))
    assert (0, b"") == (done.returncode, done.stderr)
    assert 0 == raw("record", "6.1", "--transferred", "40", PYTHONIOENCODING=encoding).returncode


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_character_of_a_screen_is_in_gbk(forked: Process, ledger: Path, question: list[str]) -> None:
    forked(*question, "--ledger", str(ledger))[1].encode("gbk")


def test_a_gbk_console_reads_the_same_words(here: Path) -> None:
    as_gbk = raw("status", "--json", PYTHONIOENCODING="gbk").stdout.decode("gbk")

    assert as_gbk == raw("status", "--json", PYTHONIOENCODING="utf-8").stdout.decode()


def test_a_reader_that_goes_away_is_no_error(here: Path) -> None:
    done = subprocess.run(  # noqa: S602  (a real shell, a real pipe)
        f"{sys.executable} -m planledger status | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (1, "") == (done.stdout.count("\n"), done.stderr)


def test_a_write_whose_answer_has_no_reader_is_stored_and_says_so_by_its_code(here: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "planledger", "record", "6.1", "--transferred", "40"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert 0 == done.returncode
    assert "累计 80/155人" in raw("record", "6.1", "--transferred", "40").stdout.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_output_is_reported_and_what_was_stored_stays(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        wrote = subprocess.run(
            [sys.executable, "-m", "planledger", "record", "6.1", "--transferred", "40"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        asked = subprocess.run(
            [sys.executable, "-m", "planledger", "status"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert 0 == wrote.returncode
    assert "已登记，但结果显示不出来" in wrote.stderr
    assert (8, 1) == (asked.returncode, asked.stderr.count("\n"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("line", [[], ["--version"]])
def test_a_full_output_is_reported_where_no_command_is_named(home: Path, line: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planledger", *line],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )

    assert (8, "结果显示不出来（磁盘已满）；请检查磁盘空间或输出位置。\n") == (done.returncode, done.stderr)


@sampled("presses", 4, 300)
def test_ctrl_c_ends_with_130_and_no_traceback(home: Path, ledger: Path, presses: int) -> None:
    """From our first line on, while modules are loaded and while the process ends; before it Python itself answers."""
    first_line = "from planledger.__main__ import main\nprint('go', flush=True)\nmain()\n"
    chance = random.Random(presses)  # noqa: S311
    codes: Counter[int] = Counter()
    for _ in range(presses):
        with python(first_line, "status", "--ledger", ledger) as child:
            assert child.stdout
            assert child.stdout.readline() == "go\n"
            time.sleep(chance.uniform(0, 0.15))
            child.send_signal(signal.SIGINT)
            _, err = child.communicate()
        codes[child.returncode] += 1
        assert child.returncode in (130, 0), err
        assert err == ""
    print(codes)  # noqa: T201


def test_ctrl_c_that_python_dresses_up_as_another_error_is_still_ctrl_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While a class is made, what a field raises comes out as a RuntimeError."""

    def interrupted(_: object) -> int:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("planledger.cli.app.run", interrupted)
    monkeypatch.setattr("planledger.__main__.signal", lambda *_: None)
    monkeypatch.setattr("planledger.__main__.gc.disable", lambda: None)
    monkeypatch.setattr("planledger.__main__.atexit.register", lambda *_: None)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    with pytest.raises(SystemExit) as left:
        main()

    assert 130 == left.value.code


def test_ctrl_c_after_an_action_says_that_it_is_stored(
    cli: Callable[..., Result], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Output, "reply", interrupted)
    note = "已登记；因按了 Ctrl-C，结果没有显示完。\n"

    assert Result(130, "", note) == cli("record", "6.1", "--transferred", "40", "--ledger", str(ledger))
    assert 2 == soundness(ledger).entries


@pytest.mark.soak
def test_before_our_first_line_python_itself_answers(home: Path, ledger: Path) -> None:
    """Ctrl-C in the very start of the interpreter: it says so at length, and nothing has begun."""
    chance = random.Random(100)  # noqa: S311
    at_length = 0
    for _ in range(100):
        child = subprocess.Popen(
            [sys.executable, "-m", "planledger", "status", "--ledger", str(ledger)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        time.sleep(chance.uniform(0, 0.2))
        child.send_signal(signal.SIGINT)
        _, err = child.communicate()
        assert child.returncode in (130, 0, 1, -signal.SIGINT)
        at_length += b"Traceback" in err
        assert b"planledger/cli" not in err
    print(f"Python answered at length {at_length} times of 100")  # noqa: T201


HOSTILE = [
    "[/nosuch]",
    "[b]粗[/b]",
    "[link=http://x]点[/link]",
    ":100:",
    "\x1b[31m红",
    "\x9b31m",
    "\u202e反",
    "\x07",
    "a\nb",
    "\x1b]8;;http://x\x07点",
]


@pytest.mark.parametrize("note", HOSTILE)
def test_text_from_outside_is_shown_and_never_acts(forked: Process, here: Path, note: str) -> None:
    assert 0 == forked("record", "6.1", "--transferred", "40", "--note", note, "--by", note)[0]
    for question in (["history"], ["show", "6.1"], ["history", "--csv"], ["history", "--json"]):
        code, out, err = forked(*question, env={"COLUMNS": "120"})
        assert (0, "") == (code, err)
        assert [] == [
            char
            for char in out.replace("\n", "").replace("\r", "")
            if not char.isprintable() and char not in "\ufeff\u3000"
        ]
    shown = forked("history", env={"COLUMNS": "200"})[1]
    assert [] == [line for line in note.split("\n") if safe(line) not in shown]


@given(st.text(max_size=60))
def test_whatever_is_typed_prints_as_itself_or_escaped(text: str) -> None:
    shown = safe(text)

    assert all(char.isprintable() or char == "\u3000" for char in shown)
    assert shown == text or not text.isprintable()
