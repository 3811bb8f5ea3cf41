"""Whole copies of a ledger that a killed command left: named, and gone an hour later, never too early, and nothing else with them."""

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from planledger.store.files.draft import MARK, Purpose, abandoned_drafts, make_draft
from stopping import Killed, killed_after
from trials import sampled, some

Cli = Callable[..., Result]
ACTIONS = {
    "backup": ("backup", "备份.zip"),
    "backup elsewhere": ("backup", "别处/备份.zip"),
    "backup beside": ("backup",),
    "archive": ("archive", "build", "归档"),
    "archive elsewhere": ("archive", "build", "--zip", "别处/归档.zip"),
    "restore": ("restore", "从前.zip"),
}
WORDS = {"backup": "备份", "archive": "归档", "restore": "恢复"}


@pytest.fixture
def used(cli: Cli, home: Path) -> Path:
    """A ledger with a file of evidence, and a backup next to it."""
    (home / "照片.jpg").write_bytes(b"\xff" * 90_000)
    (home / "别处").mkdir()
    assert ExitCode.DONE == cli("record", "6.1", "--transferred", "40", "--evidence", "照片.jpg").code
    assert ExitCode.DONE == cli("backup", "从前.zip").code
    return home / "share" / "planledger" / "ledger.db"


def hidden(home: Path) -> list[Path]:
    """Whatever a user would not see, below a home."""
    return sorted(path for path in home.rglob(".*") if path.name[0] == ".")


def aged(paths: list[Path], seconds: float = 3700) -> None:
    """Let it be an hour ago that anything below was changed."""
    then = time.time() - seconds
    for path in paths:
        for one in [*path.rglob("*"), path]:
            os.utime(one, (then, then), follow_symlinks=False)


def stopped(cli: Cli, patch: pytest.MonkeyPatch, words: tuple[str, ...], count: int) -> bool:
    """Kill a command after so many of its calls that change files; say whether it came so far."""
    with killed_after(count, patch):
        try:
            cli(*words)
        except Killed:
            return True
    return False


@pytest.mark.parametrize("name", some({"backup", "archive elsewhere", "restore"}, ACTIONS))
def test_what_is_left_is_named_and_gone_an_hour_later(
    cli: Cli, home: Path, used: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Doctor and verify name it with its size, wherever it lies; within the hour it stays, then the next such command takes it."""
    there = {path for path in home.rglob("*") if path.is_file()}
    assert stopped(cli, monkeypatch, ACTIONS[name], 7)
    left = [path for path in hidden(home) if path.is_dir()]
    assert left
    assert any(path.suffix == f".{name.split(maxsplit=1)[0]}" for path in left)
    monkeypatch.chdir(home / "别处")
    for question in ("doctor", "verify"):
        out = cli(question).out.replace("\n", "").replace(" ", "")
        assert re.search(rf"是被打断的{WORDS[name.split(maxsplit=1)[0]]}留下的（[\d.]+(KB|字节)）", out), out
    monkeypatch.chdir(home)
    cli("backup", "一.zip")
    assert left == [path for path in hidden(home) if path.is_dir()]
    aged(left)
    assert ExitCode.DONE == cli("backup", "二.zip").code
    assert [] == hidden(home)
    assert there <= {path for path in home.rglob("*") if path.is_file()}
    assert "被打断" not in cli("doctor").out + cli("verify").out


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a workbook that was cut off
@pytest.mark.parametrize("name", some({"backup elsewhere"}, ACTIONS))
@sampled("step", 6, 1)
def test_killed_at_any_moment_nothing_stays_for_ever(
    cli: Cli, home: Path, used: Path, monkeypatch: pytest.MonkeyPatch, name: str, step: int
) -> None:
    count = 1
    while stopped(cli, monkeypatch, ACTIONS[name], count):
        aged(hidden(home))
        for made in ("归档", "备份.zip", "别处/备份.zip", "别处/归档.zip", "下一份.zip"):
            path = home / made
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        assert ExitCode.DONE == cli("backup", "下一份.zip").code
        assert [] == hidden(home), count
        count += step
    assert count > 6


SLOW = """import sys, time
from planledger.store.sqlite import package
real = package.write_package
def write_slowly(*args):
    real(*args)
    print("go", flush=True)
    time.sleep(60)
package.write_package = write_slowly
sys.argv[0] = "planledger"
from planledger.__main__ import main
main()
"""


@contextlib.contextmanager
def working(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A backup in the middle of its work."""
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, "backup", "慢.zip"], stdout=subprocess.PIPE, encoding="utf-8", cwd=home
    ) as child:
        assert child.stdout
        assert "go\n" == child.stdout.readline()
        try:
            yield child
        finally:
            child.kill()


def test_on_a_disk_without_locks_it_is_named_and_stays(
    cli: Cli, home: Path, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can say there whether its process lives."""
    assert stopped(cli, monkeypatch, ACTIONS["backup"], 8)
    aged(hidden(home))

    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    assert ExitCode.DONE == cli("backup", "别的.zip").code

    left = [path for path in hidden(home) if path.suffix == ".backup"]
    assert 1 == len(left)
    assert left == [one.folder for one in abandoned_drafts(str(used))]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")
def test_while_its_process_lives_nothing_of_it_goes(cli: Cli, home: Path, used: Path) -> None:
    """However long it stands still, and whoever else makes a backup there; once it is dead, it goes."""
    with working(home) as child:
        child.send_signal(signal.SIGSTOP)
        before = sorted(home.rglob("*"))
        aged(hidden(home), 90_000)
        assert ExitCode.DONE == cli("backup", "二.zip").code
        assert "被打断" not in cli("doctor").out
        (home / "二.zip").unlink()
        assert before == sorted(home.rglob("*"))
        child.send_signal(signal.SIGCONT)
    assert "被打断" in cli("doctor").out
    aged(hidden(home))
    cli("backup", "三.zip")
    assert [] == hidden(home)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")
@pytest.mark.parametrize("name", some({"SIGINT"}, ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")))
def test_whatever_ends_it_nothing_stays_for_ever(cli: Cli, home: Path, used: Path, name: str) -> None:
    with working(home) as child:
        child.send_signal(getattr(signal, name))
        child.wait()
    assert (name == "SIGINT") == (hidden(home) == [])  # Ctrl-C cleans up itself
    aged(hidden(home))
    cli("backup", "下一份.zip")
    assert [] == hidden(home)


def test_while_no_ledger_stands_there_it_stays(
    cli: Cli, home: Path, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be all that is left, and the answer says so."""
    assert stopped(cli, monkeypatch, ACTIONS["backup"], 7)
    left = [path for path in hidden(home) if path.is_dir()]
    cli("init", "--ledger", "别的.db")
    aged(left)
    for standing in (False, True):
        used.rename(used.with_name("移走")) if not standing else used.write_bytes(b"\0" * 9000)
        assert ExitCode.DONE == cli("backup", f"{standing}.zip", "--ledger", "别的.db").code
        assert left == [path for path in hidden(home) if path.is_dir()]
        text = cli("doctor", "--ledger", "别的.db").out.replace("\n", "").replace(" ", "")
        assert "不在，可能只剩这一份，请先留着" in text
    used.with_name("移走").replace(used)
    assert ExitCode.DONE == cli("backup", "又.zip", "--ledger", "别的.db").code
    assert [] == [path for path in hidden(home) if path.is_dir()]


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's here")
def test_what_merely_looks_alike_stays(cli: Cli, home: Path, used: Path) -> None:
    mine = [
        home / ".备份.zip.0123456789ab.backup",  # a file
        home / ".备份.zip.0123456789ab.backup.old",
        home / ".备份.zip.bak.backup",
        home / "备份.zip.0123456789ab.backup",
        home / ".备份.zip.0123456789AB.restore",
        home / ".备份.zip.1234.new",
        home / ".ledger.db.0123456789ab.elsewhere",
    ]
    for path in mine:
        path.write_text("我的")
    full = home / ".归档.0123456789ab.archive"
    full.mkdir()
    (full / "我的").write_text("?")
    marked = home / ".归档.aaaaaaaaaaaa.archive"
    marked.mkdir()
    (marked / MARK).write_text("我的标记")
    (marked / "我的").write_text("?")
    with make_draft(home / "x", Purpose.BACKUP, str(used)) as draft:
        target = shutil.copytree(draft, home / "真的")
    link = home / ".备份.zip.bbbbbbbbbbbb.backup"
    link.symlink_to(target)
    inside = home / ".备份.zip.cccccccccccc.backup"
    shutil.copytree(target, inside)
    (inside / "链").symlink_to(home / "别处")
    (home / "别处" / "我的").write_text("?")
    aged([*mine, full, marked, target, inside])
    cli("backup", "备份.zip")
    cli("archive", "build", "归档")

    assert [] == [
        path for path in (*mine, full / "我的", marked / "我的", target / MARK) if not path.exists()
    ]
    assert (True, True, False) == (link.is_symlink(), (home / "别处" / "我的").exists(), inside.exists())
    assert [] == [one for one in abandoned_drafts(str(used)) if one.folder in (link, full, marked)]
