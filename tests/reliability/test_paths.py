"""Paths and names of every sort: what a database cannot hold ends with 8 and a sentence; Chinese names need no locale."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from trials import laid, some, soundness

Cli = Callable[..., Result]
LINES = (
    "status --ledger {}",
    "record 6.1 --transferred 1 --ledger {}",
    "init --ledger {}",
    "verify --ledger {}",
    "doctor --ledger {}",
    "backup 新.zip --ledger {}",
    "archive build 新 --ledger {}",
    "restore 备份.zip --ledger {}",
)
TARGETS = (
    "backup {} --ledger ledger.db",
    "archive build {} --ledger ledger.db",
    "restore {} --ledger ledger.db",
    "status -o {}.csv --ledger ledger.db",
    "export annex {}.xlsx --ledger ledger.db",
    "attach 6.1 {} --ledger ledger.db",
    "adopt {} --ledger ledger.db",
    "import {} --ledger ledger.db",
    "archive verify {}",
)


@pytest.fixture
def there(cli: Cli, home: Path, ledger: Path) -> Path:
    """A ledger here, and a backup of it."""
    assert ExitCode.DONE == cli("backup", "备份.zip", "--ledger", "ledger.db").code
    return ledger


def deep(home: Path, length: int) -> Path:
    """A folder whose path has so many bytes."""
    folder = home
    while len(os.fsencode(folder)) + 60 < length:
        folder = folder / ("d" * 50)
    folder = folder / ("d" * (length - len(os.fsencode(folder)) - 1))
    folder.mkdir(parents=True)
    return folder


def test_a_ledger_in_a_path_that_is_too_long_is_refused_with_the_reason(
    cli: Cli, home: Path, there: Path
) -> None:
    """The system takes it, SQLite does not."""
    folder = deep(home, 700)
    for name in ("有.db", "无.db"):
        place = folder / name
        if name == "有.db":
            laid(there, place)
        for line in LINES:
            if name == "无.db" and not line.startswith(("init", "restore")):
                continue
            code, out, err = cli(*(word.replace("{}", str(place)) for word in line.split()))
            if name == "有.db" and line.startswith("init"):
                assert (ExitCode.REFUSED, "") == (code, out)
                continue
            assert (ExitCode.STORAGE, "", 1) == (code, out, err.count("\n")), (line, err)
            assert "路径太长" in err, line
    assert ["有.db"] == [path.name for path in folder.iterdir()]
    code, out, err = cli("backup", str(folder / "新.zip"), "--ledger", "ledger.db")
    assert (ExitCode.STORAGE, "", True) == (code, out, "路径太长" in err)


@pytest.mark.parametrize(
    "name", ["长" * 100, "a\0b", "a\ud800b"], ids=["name too long", "NUL", "no character"]
)
def test_a_name_that_no_system_takes_ends_with_8(cli: Cli, home: Path, there: Path, name: str) -> None:
    before = sorted(home.rglob("*"))
    for line in LINES:
        code, out, err = cli(*(word.replace("{}", name) for word in line.split()))
        assert (ExitCode.STORAGE, "", 1) == (code, out, err.count("\n")), (line, err)
        assert "结果显示不出来" not in err, line
    for line in TARGETS:
        code, out, err = cli(*(word.replace("{}", name) for word in line.split()))
        assert code in {2, 3, 5, 6, 8}, (line, err)
        assert "结果显示不出来" not in err, line
    assert before == sorted(home.rglob("*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name here")
def test_nothing_is_waited_for(cli: Cli, home: Path, there: Path) -> None:
    """A pipe in the place of a ledger or of a backup is refused."""
    os.mkfifo(home / "管道")
    for line in (
        "status --ledger 管道",
        "record 6.1 --transferred 1 --ledger 管道",
        "restore 备份.zip --ledger 管道",
    ):
        assert (ExitCode.NOT_A_LEDGER, "") == cli(*line.split())[:2], line
    assert (ExitCode.NOT_A_LEDGER, "") == cli("restore", "管道", "--ledger", "ledger.db")[:2]


NAMES = {
    "question": "a?b",
    "hash": "a#b",
    "percent": "a %41b",
    "quote": "a'b",
    "blank": " a b ",
    "bytes": "b\udcff",
}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="not every system takes such names")
@pytest.mark.parametrize("name", some({"percent", "bytes"}, NAMES))
def test_whatever_a_name_holds_ledger_backup_and_archive_bear_it(cli: Cli, home: Path, name: str) -> None:
    name = NAMES[name]
    (home / name).mkdir()
    here = ("--ledger", f"{name}/{name}.db")
    if name.isprintable():  # else it is shown otherwise
        suggested = cli("status", *here).err.partition("请运行：")[2]
        assert ["planledger", "init", *here] == shlex.split(suggested)
    for line in (
        ("init",),
        ("record", "6.1", "--transferred", "1"),
        ("backup", f"{name}/{name}.zip"),
        ("backup",),
        ("restore", f"{name}/{name}.zip"),
        ("archive", "build", f"{name}/归档", "--zip", f"{name}/{name} 归档.zip"),
        ("verify",),
        ("doctor",),
    ):
        answer = cli(*line, *here)
        assert ExitCode.DONE == answer.code, (line, answer.err)
    assert ExitCode.DONE == cli("archive", "verify", f"{name}/归档").code
    assert ExitCode.DONE == cli("archive", "verify", f"{name}/{name} 归档.zip").code
    assert 2 == soundness(home / name / f"{name}.db").entries


BARE = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere names are Unicode")
@pytest.mark.parametrize("flags", some({""}, ("", "-I", "-W error")))
def test_without_a_locale_it_archives_and_backs_up(home: Path, fresh_ledger: Path, flags: str) -> None:
    """Chinese names in the ledger and of files, typed as bytes that no locale explains."""
    laid(fresh_ledger, home / "台账.db")
    (home / "照片.jpg").write_bytes(b"\xff" * 100)
    for line in (
        "attach 6.1 照片.jpg --agency 江海区人社局 --note 备注 --ledger 台账.db",
        "backup 备份.zip --ledger 台账.db",
        "archive build 归档 --zip 归档.zip --ledger 台账.db",
        "restore 备份.zip --ledger 新.db",
        "archive verify 归档",
    ):
        words = [sys.executable, *flags.split(), "-m", "planledger", *line.split()]
        done = subprocess.run(words, capture_output=True, check=False, env={**os.environ, **BARE})
        assert (ExitCode.DONE, False) == (done.returncode, b"\\u" in done.stdout), (line, done)
    assert [2, 2] == [soundness(home / name).entries for name in ("台账.db", "新.db")]
    assert {"归档", "归档.zip", "备份.zip"} <= {path.name for path in home.iterdir()}
