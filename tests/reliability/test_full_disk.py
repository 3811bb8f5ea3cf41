"""No room on the disk: one sentence, the ledger as it was, and no half of a file."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from conftest import Result
from forms import form_with_details
from planledger.plan.refusal import ExitCode
from trials import laid, privileged, sampled, some, soundness, typed

Cli = Callable[..., Result]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and rights are POSIX's here")

LIMITED = """import resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.argv[:2] = ["planledger"]
from planledger.__main__ import main
main()
"""
LIMITS = (
    0, 1, 511, 512, 4096, 8192, 12288, 16384, 20480, 24576, 28672, 32768, 49152, 65536, 98304, 131072,
    163840, 196608, 212992, 221184, 225280, 229375, 229376, 229377, 233472, 237568, 245760, 262144, 524288, 1048576,
)  # fmt: skip
PAGE = 4096
PAGES_LEFT = (1, 2, 3, 4, 6, 9, 14, 22, 35, 56, 90, 200)


class Action(NamedTuple):
    """What is tried: an action has more entries at its end, a question leaves a file."""

    words: tuple[str, ...]
    entries: int = 0
    output: str = ""


ACTIONS = {
    "record": Action(("record", "6.1", "--transferred", "1"), 1),
    "attach": Action(("attach", "6.1", "照片.jpg"), 1),
    "import": Action(("import", "填报表.xlsx"), 40),
    "export": Action(("export", "ledger", "台账.xlsx"), 0, "台账.xlsx"),
    "answer": Action(("status", "-o", "总表.csv"), 0, "总表.csv"),
    "template": Action(("template", "--agency", "大新县妇联", "-o", "表.xlsx"), 0, "表.xlsx"),
    "backup": Action(("backup", "备份.zip"), 0, "备份.zip"),
    "archive": Action(("archive", "build", "--zip", "归档.zip"), 0, "归档.zip"),
    "restore": Action(("restore", "从前.zip"), 0),
}


def _dump(ledger: Path) -> list[str]:
    """Everything that a ledger says."""
    raw = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    statements = list(raw.iterdump())
    raw.close()
    return statements


@pytest.fixture
def made(cli: Cli, home: Path, fresh_ledger: Path) -> Path:
    """What the actions need: a picture, a form, a backup; and a ledger that is copied for each of them."""
    (home / "照片.jpg").write_bytes(b"\xff" * 9000)
    form_with_details(cli, home, fresh_ledger)
    assert ExitCode.DONE == cli("backup", "从前.zip", "--ledger", str(fresh_ledger)).code
    return fresh_ledger


def _is_whole(path: Path) -> bool:
    if path.suffix in (".zip", ".xlsx"):
        with ZipFile(path) as archive:
            return archive.testzip() is None
    return path.read_text("utf-8-sig").endswith("\n")


def _held(action: Action, folder: Path, before: list[str], done: "subprocess.CompletedProcess[str]") -> bool:
    """Hold what is there afterwards against the exit code; say whether the action was done."""
    assert done.returncode in (ExitCode.DONE, ExitCode.STORAGE), done.stderr
    assert "Traceback" not in done.stderr
    is_done = done.returncode == ExitCode.DONE
    verification = soundness(folder / "ledger.db")
    assert ("", 1 + action.entries * is_done) == (verification.fault, verification.entries)
    if not is_done:
        assert 1 == done.stderr.count("\n"), done.stderr
        assert before == _dump(folder / "ledger.db")
    names = {path.name for path in folder.iterdir()}
    wanted = {"ledger.db", *([action.output] if action.output and is_done else [])}
    # a file that was stored before the ledger had no room stays: no entry names it, and `verify` says so
    may_be = {"ledger.db.files"} if action.words[0] == "attach" else set()
    may_be |= {name for name in names if name.endswith(".before")} if action.words[0] == "restore" else set()
    assert wanted <= names <= wanted | may_be
    assert not list(folder.glob("*.files/*.new"))
    assert not action.output or not is_done or _is_whole(folder / action.output)
    return is_done


def _put(made: Path, folder: Path) -> list[str]:
    """Lay a new ledger into an empty folder."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    laid(made, folder / "ledger.db")
    return _dump(folder / "ledger.db")


def _words(action: Action, home: Path, folder: Path) -> list[str]:
    """Name what is read where it lies, and what is written in the folder that is full."""
    named = {name: str(home / name) for name in ("照片.jpg", "填报表.xlsx", "从前.zip")}
    named |= {action.output: str(folder / action.output)} if action.output else {}
    return [*(named.get(word, word) for word in action.words), "--ledger", str(folder / "ledger.db")]


@pytest.mark.parametrize("name", some({"record", "import", "template"}, ACTIONS))
@sampled("limits", (4096,), (LIMITS,))
def test_where_a_file_may_not_grow_an_action_is_done_or_nothing_is(
    made: Path, home: Path, name: str, limits: tuple[int, ...]
) -> None:
    action = ACTIONS[name]
    folder = home / "台账"
    folder.mkdir()
    done = 0
    for limit in limits:
        before = _put(made, folder)
        answer = subprocess.run(
            [sys.executable, "-B", "-c", LIMITED, str(limit), *_words(action, home, folder)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        done += _held(action, folder, before, answer)
    assert done < len(limits)
    print(f"{action.words}: {done} of {len(limits)} done")  # noqa: T201


@contextmanager
def _small_disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    options = f"size={size},mode=0700"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.soak
@pytest.mark.skipif(not privileged(), reason="only root may mount a disk")
@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_on_a_full_disk_an_action_is_done_or_nothing_is(made: Path, home: Path, action: Action) -> None:
    """Twelve disks, each with so many pages left besides the ledger."""
    size = made.stat().st_size
    done = 0
    for free in PAGES_LEFT:
        with _small_disk(home / "盘", size + free * PAGE) as disk:
            before = _put(made, disk)
            done += _held(action, disk, before, typed(*_words(action, home, disk)))
    print(f"{action.words}: {done} of {len(PAGES_LEFT)} done")  # noqa: T201
