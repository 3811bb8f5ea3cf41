"""What restoring would lose is reported before anything is moved; it is done at one moment, and there is a way back."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from stopping import CHILD, Killed, interrupted_after, killed_after
from trials import sampled, some, soundness

Cli = Callable[..., Result]
LINE = "没有恢复，什么都没有动；确要换成备份的，请输入：planledger restore 备份.zip --replace"


@pytest.fixture
def used(home: Path, begun: Callable[..., None]) -> Path:
    """A ledger with three entries and a file."""
    for name in ("照片.jpg", "纪要.pdf", "名单.pdf"):
        (home / name).write_bytes(name.encode() * 50)
    begun(["record 6.1 --transferred 40 --evidence 照片.jpg"])
    return home / "share" / "planledger" / "ledger.db"


def everything(folder: Path) -> dict[str, bytes | str]:
    """All that lies below a folder, but the ledger's own bytes, which a look does not change either."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def entries(ledger: Path) -> int:
    """How many entries a sound ledger has."""
    result = soundness(ledger)
    assert "" == result.fault
    return result.entries


def before(ledger: Path) -> list[Path]:
    return sorted(ledger.parent.glob(f"{ledger.name}.*.before"))


def test_entries_that_the_backup_does_not_know_are_reported_and_nothing_is_moved(
    cli: Cli, home: Path, used: Path
) -> None:
    cli("backup", "备份.zip")
    cli("record", "6.1", "--transferred", "1")
    cli("attach", "6.1", "纪要.pdf")
    there = everything(home)
    text = f"现在有5条，备份只有其中3条：第4至5号不在其中。{LINE}。\n"

    assert Result(ExitCode.REFUSED, "", text) == cli("restore", "备份.zip")
    assert there == everything(home)
    answer = cli("restore", "备份.zip", "--replace")
    assert (ExitCode.DONE, 3) == (answer.code, entries(used))
    assert "注意：现在有5条，备份只有其中3条：第4至5号不在其中。\n" == answer.err
    assert ExitCode.DONE == cli("verify").code
    assert "没有记录的文件" not in cli("verify").out


def test_the_line_to_type_names_the_ledger_that_was_named(cli: Cli, home: Path, used: Path) -> None:
    cli("backup", "备份.zip")
    cli("record", "6.1", "--transferred", "1")
    text = cli("restore", "备份.zip", "--ledger", str(used)).err

    assert text.endswith(f"{LINE.replace('planledger', f'planledger --ledger {used}')}。\n")
    line = re.findall("请输入：planledger (.*)。", text)[0]
    assert ExitCode.DONE == cli(*line.split()).code


def test_a_backup_of_another_ledger_is_reported(cli: Cli, home: Path, used: Path) -> None:
    cli("init", "--ledger", "别的.db")
    cli("backup", "备份.zip", "--ledger", "别的.db")
    there = everything(home)
    text = f"备份是另一个台账的，{used} 有3条记录。{LINE}。\n"

    assert Result(ExitCode.REFUSED, "", text) == cli("restore", "备份.zip")
    assert there == everything(home)
    assert ExitCode.DONE == cli("restore", "备份.zip", "--replace").code
    assert 1 == entries(used)


def test_two_that_went_apart_are_held_against_each_other(cli: Cli, home: Path, used: Path) -> None:
    """From a common beginning each has entries that the other does not know: fewer is not the same as before."""
    shutil.copytree(used.parent, home / "另")
    there = str(home / "另" / "ledger.db")
    cli("record", "6.1", "--transferred", "1")
    for _ in range(3):
        cli("record", "6.1", "--transferred", "2", "--ledger", there)
    cli("backup", "备份.zip", "--ledger", there)

    assert cli("restore", "备份.zip").err.startswith("现在有4条，备份只有其中3条：第4号不在其中。")


def test_where_nothing_is_lost_nothing_is_asked(cli: Cli, home: Path, used: Path) -> None:
    """The same ledger, an older state of it, an empty file, and no ledger at all."""
    early = shutil.copytree(used.parent, home / "早")
    cli("record", "6.1", "--transferred", "1", "--evidence", "纪要.pdf")
    cli("backup", "备份.zip")

    answer = cli("restore", "备份.zip")
    assert (ExitCode.DONE, "", 5) == (answer.code, answer.err, entries(used))
    for place in (early / "ledger.db", home / "空.db", home / "无" / "台账.db"):
        if place.name == "空.db":
            place.touch()
        answer = cli("restore", "备份.zip", "--ledger", str(place))
        assert (ExitCode.DONE, "", 5) == (answer.code, answer.err, entries(place))
        assert "佐证材料2个文件" in cli("verify", "--ledger", str(place)).out


def test_a_file_that_only_the_ledger_has_is_reported_and_stays(cli: Cli, home: Path, used: Path) -> None:
    place = next(path for path in used.with_name("ledger.db.files").rglob("*") if path.is_file())
    place.rename(home / "放一边")
    assert ExitCode.VERIFICATION == cli("backup", "备份.zip").code
    (home / "放一边").rename(place)
    text = f"备份里没有第3号的文件，现在的台账有。{LINE}。\n"

    assert Result(ExitCode.REFUSED, "", text) == cli("restore", "备份.zip")
    answer = cli("restore", "备份.zip", "--replace")
    assert (ExitCode.DONE, True) == (answer.code, "佐证材料1个文件" in answer.out.replace("\n", ""))
    assert ExitCode.DONE == cli("verify").code


@pytest.mark.parametrize("data", [b"my photo" * 99, b"SQLite format 3\0" + b"\1" * 4000, b"PK\3\4"])
def test_what_is_no_ledger_does_not_give_way_by_itself(cli: Cli, home: Path, used: Path, data: bytes) -> None:
    cli("backup", "备份.zip")
    (home / "我的").write_bytes(data)
    answer = cli("restore", "备份.zip", "--ledger", "我的")

    assert (ExitCode.REFUSED, "", data) == (answer.code, answer.out, (home / "我的").read_bytes())
    assert answer.err.endswith("planledger --ledger 我的 restore 备份.zip --replace。\n")
    assert ExitCode.DONE == cli("restore", "备份.zip", "--ledger", "我的", "--replace").code
    assert [data] == [path.read_bytes() for path in before(home / "我的")]


def test_a_folder_does_not_give_way_at_all(cli: Cli, home: Path, used: Path) -> None:
    cli("backup", "备份.zip")
    (home / "夹").mkdir()

    assert ExitCode.NOT_A_LEDGER == cli("restore", "备份.zip", "--ledger", "夹", "--replace").code
    assert [] == list((home / "夹").iterdir())


@pytest.mark.parametrize("remaining", [5000, 50, 0])
def test_a_damaged_ledger_gives_way_and_that_is_reported(cli: Cli, used: Path, remaining: int) -> None:
    """Cut off, or wiped out."""
    cli("backup", "备份.zip")
    used.write_bytes(used.read_bytes()[:remaining] or b"\0" * 5000)
    answer = cli("restore", "备份.zip")

    assert (ExitCode.DONE, True) == (answer.code, "已损坏，里面有什么查不出来" in answer.err)
    assert [remaining or 5000] == [path.stat().st_size for path in before(used)]
    assert ExitCode.DONE == cli("verify").code


def test_what_was_put_aside_comes_back_and_back_again(cli: Cli, home: Path, used: Path) -> None:
    """Forth and back three times: each state is whole, and none that was put aside is written over."""
    cli("backup", "备份.zip")
    cli("record", "6.1", "--transferred", "1", "--evidence", "纪要.pdf")
    cli("restore", "备份.zip", "--replace")
    (first,) = before(used)
    for turn, (source, count) in enumerate(3 * [(str(first), 5), ("备份.zip", 3)]):
        answer = cli("restore", source, *(["--replace"] if count == 3 else []))
        assert (ExitCode.DONE, count) == (answer.code, entries(used)), answer.err
        verified = cli("verify").out
        assert f"佐证材料{2 if count == 5 else 1}个文件，与存入时一致" in verified
        assert "没有记录的文件" not in verified
        assert turn + 2 == len(before(used))
        for remaining in before(used):
            assert ExitCode.DONE == cli("verify", "--ledger", str(remaining)).code


def test_what_was_put_aside_is_restored_elsewhere_too(cli: Cli, home: Path, used: Path) -> None:
    cli("backup", "备份.zip")
    cli("restore", "备份.zip")
    (remaining,) = before(used)
    answer = cli("restore", str(remaining), "--ledger", "新/台账.db")

    assert (ExitCode.DONE, 3) == (answer.code, entries(home / "新" / "台账.db")), answer.err
    assert "佐证材料1个文件" in cli("verify", "--ledger", "新/台账.db").out
    assert remaining.exists()


def test_the_ledger_is_no_backup_of_itself(cli: Cli, used: Path) -> None:
    text = f"{used} 就是现在的台账，不用恢复。\n"

    assert Result(ExitCode.REFUSED, "", text) == cli("restore", str(used))


def test_of_several_offices_each_has_its_files_again(
    cli: Cli, home: Path, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = str(Path(__file__).parents[1] / "plans" / "second.yaml")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-02-01")
    assert ExitCode.DONE == cli("adopt", plan, "--office", "乙办（试验）").code
    attach = ("attach", "1", "--kind", "实施方案", "--plan", "jiaxian-2021")
    assert ExitCode.DONE == cli(*attach, "纪要.pdf").code
    cli("backup", "备份.zip")
    assert ExitCode.DONE == cli(*attach, "名单.pdf").code

    assert cli("restore", "备份.zip").err.startswith(
        "乙办（试验）现在有3条，备份只有其中2条：第3号不在其中。"
    )
    for source, count in (("备份.zip", 2), ("", 3)):
        answer = cli("restore", source or str(before(used)[0]), "--replace")
        assert ExitCode.DONE == answer.code, answer.err
        assert f"佐证材料{count}个文件，与存入时一致" in cli("verify").out


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's here")
def test_through_a_link_ledger_and_files_are_replaced_together(cli: Cli, home: Path, used: Path) -> None:
    real = home / "真的"
    shutil.move(used.parent, real)
    link = home / "链.db"
    link.symlink_to(real / "ledger.db")
    cli("backup", "备份.zip", "--ledger", "链.db")
    cli("record", "6.1", "--transferred", "1", "--evidence", "纪要.pdf", "--ledger", "链.db")
    answer = cli("restore", "备份.zip", "--ledger", "链.db", "--replace")

    assert (ExitCode.DONE, True, 3) == (answer.code, link.is_symlink(), entries(real / "ledger.db")), answer
    assert ["真的", "链.db"] == [path.name for path in sorted(home.iterdir()) if path.suffix in ("", ".db")][
        -2:
    ]
    assert "佐证材料1个文件" in cli("verify", "--ledger", str(real / "ledger.db")).out
    (remaining,) = before(real / "ledger.db")
    assert "佐证材料2个文件" in cli("verify", "--ledger", str(remaining)).out
    assert ExitCode.DONE == cli("restore", str(remaining), "--ledger", "链.db").code
    assert (True, 5) == (link.is_symlink(), entries(link))


def test_a_folder_that_was_made_for_nothing_is_gone(cli: Cli, home: Path, used: Path) -> None:
    assert ExitCode.NOT_A_LEDGER == cli("restore", "没有.zip", "--ledger", "新/台账.db").code
    assert not (home / "新").exists()


REMAINS: dict[str, Callable[[Path], object]] = {
    ".before": lambda ledger: ledger.rename(ledger.with_name("ledger.db.20191120-100000.before")),
    "files": Path.unlink,
    "journal": lambda ledger: shutil.rmtree(
        ledger.rename(ledger.with_name("ledger.db-journal")).with_name("ledger.db.files")
    ),
}
FOUNDING = (
    "record 6.1 --transferred 1",
    "attach 6.1 照片.jpg",
    "adopt second.yaml",
    "init",
    "status",
    "verify",
    "doctor",
    "backup 备份2.zip",
)


@pytest.mark.parametrize("left", REMAINS)
def test_none_creates_a_ledger_where_another_left_something(
    cli: Cli, home: Path, used: Path, left: str
) -> None:
    shutil.copy(Path(__file__).parents[1] / "plans" / "second.yaml", home)
    REMAINS[left](used)
    there = everything(home)
    for line in FOUNDING:
        answer = cli(*line.split())
        assert (ExitCode.REFUSED, "") == (answer.code, answer.out), (line, answer)
        assert answer.err.startswith(f"没有台账 {used}，可是"), answer.err
        assert "planledger restore " in answer.err
        assert there == everything(home), line
    for line in FOUNDING:
        answer = cli(*line.split(), "--ledger", str(used))
        assert answer.code == (ExitCode.REFUSED if line == "init" else ExitCode.NOT_A_LEDGER), answer
        assert "planledger restore " in answer.err
        assert there == everything(home), line
    line = re.findall("请输入：planledger (.*)。", cli("init").err)[0]
    assert ExitCode.DONE == cli(*line.split()).code
    assert used.exists()


@pytest.fixture
def apart(cli: Cli, home: Path, used: Path) -> Path:
    """A ledger that knows more than a backup, whose file the backup has and which has one more."""
    cli("backup", "备份.zip")
    cli("record", "6.1", "--transferred", "1", "--evidence", "纪要.pdf")
    return used


def _linkless(*_: object, **__: object) -> None:
    raise OSError(95, "no hard links here")


def _next(cli: Cli, home: Path, ledger: Path, after: str) -> None:
    """Whichever command comes next finds the old or the new ledger whole, or says how to go on."""
    state = home / "当时"
    shutil.rmtree(state, ignore_errors=True)
    (home / "share").rename(state)
    for words in (
        ("status",),
        ("verify",),
        ("record", "6.1", "--transferred", "7"),
        ("restore", "备份.zip", "--replace"),
    ):
        _laid_again(state, home / "share")
        has_begun = ledger.exists() or bool(list(ledger.parent.glob(".*.restore")))
        answer = cli(*words)
        where = (after, words, answer)
        if answer.code == ExitCode.NOT_A_LEDGER and after.startswith("damaged"):
            assert "用备份恢复" in answer.err or "移到别处" in answer.err, where
        elif answer.code:
            assert (ExitCode.REFUSED, False) == (answer.code, ledger.exists()), where
            assert "planledger restore " in answer.err, where
            line = re.findall("换回这一个：planledger (.*?)。", answer.err)
            assert (
                not line
                or after.startswith("damaged")
                or ExitCode.DONE == cli(*line[0].split(), "--replace").code
            ), where
        elif has_begun or words[0] == "restore":
            assert entries(ledger) - (words[0] == "record") in (3, 5), where
            assert "与存入时一致" in cli("verify").out, where
        if words[0] == "restore":
            assert (ExitCode.DONE, 3) == (answer.code, entries(ledger)), where
            assert after.startswith(("none", "damaged")) or any(
                _goes_back(cli, remaining) for remaining in before(ledger)
            ), where


def _laid_again(one: Path, other: Path) -> None:
    """Copy a folder, and give the copies the second names that the files have."""
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(one, other, symlinks=True)
    known: dict[int, Path] = {}
    for path in sorted(path for path in one.rglob("*") if path.is_file()):
        first = known.setdefault(path.stat().st_ino, path)
        if first != path:
            (other / path.relative_to(one)).unlink()
            os.link(other / first.relative_to(one), other / path.relative_to(one))


def _goes_back(cli: Cli, remaining: Path) -> bool:
    ledger = remaining.with_name("ledger.db")
    answer = cli("restore", str(remaining), "--replace")
    is_back = answer.code == ExitCode.DONE and entries(ledger) == 5
    return is_back and "佐证材料2个文件，与存入时一致" in cli("verify").out


def _put(home: Path, way: str) -> None:
    """Lay a ledger as it was before it is restored."""
    folder = home / "share" / "planledger"
    if way == "none":
        shutil.rmtree(folder)
    if way == "damaged":
        (folder / "ledger.db").write_bytes((folder / "ledger.db").read_bytes()[:5000])
        (folder / "ledger.db-journal").write_bytes(b"of a write that was cut off")


@pytest.mark.parametrize("way", some({"links"}, ["links", "no links", "none", "damaged"]))
@sampled("step", 7, 1)
def test_killed_at_any_moment_one_of_the_two_is_whole(
    cli: Cli, home: Path, apart: Path, monkeypatch: pytest.MonkeyPatch, way: str, step: int
) -> None:
    """After each of its calls that change files; from a missing or damaged ledger it is the new one or none."""
    if way == "no links":
        monkeypatch.setattr(os, "link", _linkless)
    _put(home, way)
    state, count, moments = shutil.copytree(home / "share", home / "原样"), 1, []
    while True:
        _laid_again(state, home / "share")
        with killed_after(count, monkeypatch) as done:
            try:
                cli("restore", "备份.zip", "--replace")
            except Killed:
                moments.append(done[-1])
            else:
                break
        _next(cli, home, apart, f"{way}, {count}: {done[-3:]}")
        count += step
    print(f"{way}: stopped at {len(moments)} moments")  # noqa: T201
    assert len(moments) * step > 20, moments


@sampled("step", 11, 1)
@pytest.mark.parametrize("way", some({"no links"}, ["links", "no links"]))
def test_interrupted_at_any_moment_it_is_taken_back_or_done(
    cli: Cli, home: Path, apart: Path, monkeypatch: pytest.MonkeyPatch, way: str, step: int
) -> None:
    """Ctrl-C leaves the old ledger alone, or the new one with the old one put aside."""
    if way == "no links":
        monkeypatch.setattr(os, "link", _linkless)
    state, count = shutil.copytree(home / "share", home / "原样"), 2
    while True:
        _laid_again(state, home / "share")
        with interrupted_after(count, monkeypatch) as done:
            answer = cli("restore", "备份.zip", "--replace")
        if len(done) < count:
            break
        where = (count, done[count - 1], answer)
        assert answer.code in (ExitCode.INTERRUPTED, ExitCode.DONE), where
        assert (entries(apart), len(before(apart))) in ((5, 0), (3, 1)), where
        assert ExitCode.DONE == cli("verify").code, where
        is_cleaning = done[count - 1] in ("rmdir", "unlink", "open")
        assert is_cleaning or [] == list(apart.parent.glob(".*")), where
        count += step
    assert count > 24


@pytest.mark.skipif(os.name != "posix", reason="a kill is POSIX's here")
@sampled("moments", (14,), (tuple(range(1, 60)),))
def test_so_it_is_where_a_program_is_killed(
    cli: Cli, home: Path, apart: Path, moments: tuple[int, ...]
) -> None:
    state = shutil.copytree(home / "share", home / "原样")
    path = os.pathsep.join(map(str, Path(__file__).parents[:2]))
    for count in moments:
        _laid_again(state, home / "share")
        words = [sys.executable, "-c", CHILD, str(count), "restore", "备份.zip", "--replace"]
        ended = subprocess.run(
            words, env={**os.environ, "PYTHONPATH": path}, check=False, stderr=subprocess.DEVNULL
        )
        if ended.returncode == 0:
            break
        assert ended.returncode == 9
        _next(cli, home, apart, f"links, {count}")
