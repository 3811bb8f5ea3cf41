"""Consoles, interpreters and homes of every sort: the same answers, the same codes, figures whole."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from planledger.store.schema.steps import SCHEMA_VERSION
from trials import laid, privileged, python, some, typed

Cli = Callable[..., Result]
SOURCE = Path(__file__).parents[2] / "src"
READING = (
    "status", "status --sum-by area", "overdue --as-of 2020-02-01", "overdue --by item", "upcoming", "show 6.1", "history",
    "agencies", "reports --month 2019-11", "silent --days 1", "missing", "duplicates", "filings", "evidence list", "check",
    "read deadline 上半年 --year 2019", "verify", "doctor", "completion bash", "--help", "record --help",
)  # fmt: skip
ENCODINGS = ("gbk", "cp936", "ascii", "latin-1", "cp437")


@pytest.fixture
def asked(filled: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with a year in it, in the environment of every process that is started."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    return filled


@pytest.mark.soak
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_that_reads_answers_through_any_console(asked: Path, encoding: str) -> None:
    for line in READING:
        done = subprocess.run(
            [sys.executable, "-m", "planledger", *line.split()],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert (ExitCode.DONE, b"") == (done.returncode, done.stderr), line
        # help leaves through Typer, which takes an ASCII console for one that was set wrongly, and writes UTF-8
        assert done.stdout.decode("utf-8" if "--help" in line and encoding == "ascii" else encoding), line


@pytest.mark.parametrize("width", some({"20", "40"}, ("20", "40", "80", "200")))
@pytest.mark.parametrize("look", some({""}, ("", "NO_COLOR", "TERM")))
def test_figures_and_item_numbers_are_whole_at_any_width(
    cli: Cli, asked: Path, monkeypatch: pytest.MonkeyPatch, width: str, look: str
) -> None:
    """However narrow the window, a number is never cut; JSON does not care."""
    wide = json.loads(cli("status", "--json").out)
    monkeypatch.setenv("COLUMNS", width)
    if look:
        monkeypatch.setenv(look, {"NO_COLOR": "1", "TERM": "dumb"}[look])
    shown, late, page = (cli(*line.split()).out for line in ("status", "overdue", "show 6.1"))

    assert wide == json.loads(cli("status", "--json").out)
    codes = [one["code"] for one in wide["items"]]
    starts = [line.split()[0] for line in shown.splitlines() if line.strip()]
    assert [] == [code for code in codes if code not in starts]
    assert shown.count("2019-11-30") >= 10
    for figure in ("40/155人", "280人", "+40人"):
        assert figure in re.sub(r"\s", "", page), figure
    assert "…" not in shown + late + page
    assert "\x1b" not in shown + late + page


@pytest.mark.skipif(os.name != "posix", reason="descriptors are POSIX's here")
@pytest.mark.parametrize(
    "closed", some({">&-"}, (">&-", "2>&-", "2>/dev/full", ">&- 2>&-", "<&-", "| head -c 1", "| true"))
)
def test_where_nobody_listens_the_code_says_what_is_so(
    asked: Path, fresh_ledger: Path, home: Path, closed: str
) -> None:
    """What was recorded is recorded, and the code says so; what is asked ends in peace."""
    for line in ("record 6.1 --transferred 1", "status", "export annex 总表.xlsx", "backup", "verify"):
        script = f"set -o pipefail; {sys.executable} -m planledger {line} {closed}"
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        assert (ExitCode.DONE, "") == (
            done.returncode,
            re.sub("^注意.*\n", "", done.stderr, flags=re.MULTILINE),
        ), line
    assert "累计" in typed("record", "6.1", "--transferred", "1").stdout
    assert (home / "总表.xlsx").exists()


@pytest.mark.parametrize("flags", some({"-OO"}, ("-OO", "-O", "-I", "-W error", "-X dev -W error")))
def test_the_interpreter_may_be_started_in_any_way(asked: Path, home: Path, flags: str) -> None:
    """Without assertions and docstrings, isolated, with warnings as errors: the same answers."""
    lines = (*READING, "show 9.9") if flags != "-OO" else ("status", "record --help")
    for line in (*lines, "record 6.1 --transferred -5"):
        plain = typed(*line.split())
        other = subprocess.run(
            [sys.executable, *flags.split(), "-m", "planledger", *line.split()],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        assert (plain.returncode, plain.stdout, plain.stderr) == (
            other.returncode,
            other.stdout,
            other.stderr,
        ), line


def test_nothing_in_the_program_depends_on_assertions() -> None:
    lines = [
        str(module)
        for module in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Assert)
    ]

    assert [] == lines


def test_no_command_opens_a_connection(cli: Cli, asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every way to a network taken away, everything is done as before."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    for line in (
        *READING,
        "record 6.1 --transferred 1",
        "backup",
        "archive build 归档",
        "export annex 总表.xlsx",
    ):
        assert ExitCode.DONE == cli(*line.split()).code, line


@pytest.mark.soak
@pytest.mark.skipif(not privileged(), reason="only root may take the network away")
def test_without_any_network_everything_is_answered(asked: Path) -> None:
    for line in (*READING, "record 6.1 --transferred 1"):
        words = ["unshare", "-n", sys.executable, "-m", "planledger", *line.split()]
        done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
        assert ExitCode.DONE == done.returncode, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="homes are POSIX's here")
def test_who_has_no_home_is_asked_to_name_the_ledger(
    cli: Cli, home: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a home and without a line in the list of users, nothing is made in the folder where somebody stands."""
    import pwd

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    sentence = (
        "找不到您的主目录，不知道台账放在哪里；请用 --ledger 写明台账文件，或设环境变量 PLANLEDGER_LEDGER。\n"
    )

    for line in ("record 6.1 --transferred 40", "status", "doctor", "init"):
        assert Result(ExitCode.REFUSED, "", sentence) == cli(*line.split())
        assert line == "init" or ExitCode.DONE == cli(*line.split(), "--ledger", str(ledger)).code
    assert [ledger] == list(home.iterdir())


# As a program of the next version, whose ledgers have one more table.
NEXT = """from planledger.store.schema import steps
steps.STEPS = (*steps.STEPS, steps.Step("a trial", ("CREATE TABLE trial (id INTEGER PRIMARY KEY)",)))
steps.SCHEMA_VERSION = 1 + len(steps.STEPS)
import sys
from planledger.__main__ import main
main()
"""


def test_two_versions_live_side_by_side(home: Path, fresh_ledger: Path) -> None:
    """The newer reads an older ledger as it is; once it wrote, the older one says so and touches nothing."""
    ledger = laid(fresh_ledger, home / "ledger.db")
    record = ("record", "6.1", "--transferred", "40", "--ledger", ledger)

    def newer(*words: object) -> tuple[int | None, str]:
        with python(NEXT, *words) as child:
            _, err = child.communicate()
        return child.returncode, err

    assert (ExitCode.DONE, "") == newer("status", "--ledger", ledger)
    assert ExitCode.DONE == typed(*record).returncode
    code, err = newer(*record)
    assert (ExitCode.DONE, True) == (code, "台账已升级到新版结构" in err)
    before = ledger.read_bytes()
    refused = typed(*record)
    assert (ExitCode.NEWER_LEDGER, "") == (refused.returncode, refused.stdout)
    assert before == ledger.read_bytes()
    copy = home / "ledger.db.backups" / f"ledger-v{SCHEMA_VERSION}.db"
    assert ExitCode.DONE == typed("verify", "--ledger", copy).returncode
