"""No right to write, or something in the way: one sentence with exit code 8, and what stood there is kept."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from trials import laid, privileged, some

Cli = Callable[..., Result]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's here")

RIGHTS = {"file": (0o400, 0o700), "folder": (0o600, 0o500), "both": (0o400, 0o500)}
OUTPUTS = {
    "export": ("export", "annex", "{}.xlsx"),
    "answer": ("status", "-o", "{}.csv"),
    "template": ("template", "--agency", "大新县妇联", "-o", "{}.xlsx"),
    "backup": ("backup", "{}.zip"),
    "archive": ("archive", "build", "--zip", "{}.zip"),
    "folder of an archive": ("archive", "build", "{}"),
    "folder of forms": ("template", "--all", "{}"),
}
REPLACES = ("export", "answer")  # an answer may be written again; a backup, an archive and a form never
NEVER_OVER = ("template", "archive", "folder of an archive", "backup")  # which the commands themselves refuse
WAYS = [
    pytest.param(way, output, marks=() if output in {"export", "backup"} else pytest.mark.soak)
    for way in ("folder", "file", "device", "database", "no folder")
    for output in OUTPUTS
    if way != "folder"
    or output not in {"folder of forms", "backup"}  # these go into the folder that is there
]


def unprivileged(*words: object) -> "subprocess.CompletedProcess[str]":
    """Run as ourselves; root, who may write anywhere, first lays down what makes it root."""
    lay_down = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] if privileged() else []
    return subprocess.run(
        [*lay_down, sys.executable, "-m", "planledger", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("right", some({"file"}, RIGHTS))
def test_where_nothing_may_be_written_questions_are_answered_and_actions_refused(
    home: Path, fresh_ledger: Path, right: str
) -> None:
    of_file, of_folder = RIGHTS[right]
    folder = home / "台账"
    folder.mkdir()
    ledger = laid(fresh_ledger, folder / "ledger.db")
    ledger.chmod(of_file)
    folder.chmod(of_folder)
    before = ledger.read_bytes(), ledger.stat().st_mtime_ns, list(folder.iterdir())
    asked = unprivileged("status", "--ledger", ledger)
    refused = unprivileged("record", "6.1", "--transferred", "40", "--ledger", ledger)
    after = ledger.read_bytes(), ledger.stat().st_mtime_ns, list(folder.iterdir())
    folder.chmod(0o700)

    assert (ExitCode.DONE, "") == (asked.returncode, asked.stderr)
    sentence = f"台账 {ledger} 是只读的，写不进去；请检查文件和文件夹的权限。台账未改动。\n"
    assert (ExitCode.STORAGE, "", sentence) == (refused.returncode, refused.stdout, refused.stderr)
    assert before == after


def test_a_ledger_of_somebody_else_is_neither_read_nor_written(home: Path, fresh_ledger: Path) -> None:
    ledger = laid(fresh_ledger, home / "ledger.db")
    ledger.chmod(0)

    for words in (("status",), ("record", "6.1", "--transferred", "40"), ("backup", "备份.zip")):
        sentence = f"台账 {ledger} 打不开（没有权限）；请检查路径和权限。\n"
        done = unprivileged(*words, "--ledger", ledger)
        assert (ExitCode.STORAGE, "", sentence) == (done.returncode, done.stdout, done.stderr)
    assert ["ledger.db"] == [path.name for path in home.iterdir()]


def _stand(way: str, target: Path, ledger: Path) -> None:
    """Put something where an output is to be written."""
    if way == "folder":
        target.mkdir()
        (target / "我的").write_text("旧")
    elif way == "file":
        target.write_text("旧")
    elif way == "device":
        target.symlink_to("/dev/full")
    elif way == "database":
        laid(ledger, target)
    else:
        target.parent.rmdir()
        target.parent.write_text("不是文件夹")


def _standing(folder: Path) -> list[tuple[str, bytes]]:
    """Everything that is in a folder, or the file that stands for one."""
    paths = sorted(folder.rglob("*")) or [folder]
    return [
        (str(path), path.read_bytes() if path.is_file() and not path.is_symlink() else b"") for path in paths
    ]


@pytest.mark.parametrize(("way", "output"), WAYS)
def test_what_stands_where_an_output_goes_is_kept(
    cli: Cli, home: Path, ledger: Path, output: str, way: str
) -> None:
    """One sentence and no trace; only an answer that is asked again takes the place of the one before."""
    words = [word.replace("{}", str(home / "放" / "出")) for word in OUTPUTS[output]]
    target = Path(next(word for word in words if word.startswith(str(home))))
    target.parent.mkdir()
    _stand(way, target, ledger)
    before, bytes_before = _standing(home / "放"), ledger.read_bytes()
    answer = cli(*words, "--ledger", str(ledger))

    assert bytes_before == ledger.read_bytes()
    if way == "file" and output in REPLACES:
        assert (ExitCode.DONE, [str(target)]) == (answer.code, [name for name, _ in _standing(home / "放")])
        assert b"\xe6\x97\xa7" != target.read_bytes()
        return
    is_refused = output in NEVER_OVER and way != "no folder"
    assert answer.code == (ExitCode.REFUSED if is_refused else ExitCode.STORAGE), answer
    assert 1 == answer.err.count("\n"), answer.err
    assert ".new" not in answer.err  # the name of a draft is nobody's business
    assert "" == answer.out
    assert before == _standing(home / "放")


@pytest.mark.parametrize("output", some({"backup"}, OUTPUTS))
def test_into_a_folder_without_right_nothing_is_written(home: Path, fresh_ledger: Path, output: str) -> None:
    folder = home / "放"
    folder.mkdir(mode=0o500)
    words = [word.replace("{}", str(folder / "出")) for word in OUTPUTS[output]]
    done = unprivileged(*words, "--ledger", fresh_ledger)

    assert (ExitCode.STORAGE, "", 1) == (done.returncode, done.stdout, done.stderr.count("\n")), done
    assert [] == list(folder.iterdir())
    assert 0o500 == stat.S_IMODE(folder.stat().st_mode)
