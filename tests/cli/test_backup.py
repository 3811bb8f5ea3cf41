"""A backup is whole whoever writes meanwhile, verified before anybody relies on it, and never over anything."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from book import Book
from conftest import Result, no_ledger
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify
from planledger.ledger.clerk import Clerk
from planledger.plan.refusal import ExitCode
from planledger.store.errors import StorageTrouble
from planledger.store.sqlite.opening import open_to_read, open_to_write
from tampering import unguarded

Cli = Callable[..., Result]
PHOTO = "照片".encode()


@pytest.fixture
def used(home: Path, begun: Callable[..., None]) -> Path:
    """A ledger with three entries and a file."""
    (home / "照片.jpg").write_bytes(PHOTO)
    begun(["record 6.1 --transferred 40 --evidence 照片.jpg"])
    return home / "share" / "planledger" / "ledger.db"


def dump(path: Path) -> list[str]:
    """Everything that a ledger says, in one order."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
        shown = list(raw.iterdump())
    raw.close()
    return shown


def head(cli: Cli, *words: str) -> str:
    result: str = re.findall(r"链首 (\d+:[0-9a-f]{16})", cli("verify", *words).out)[0]
    return result


def test_a_backup_holds_ledger_and_files_for_its_owner_alone(cli: Cli, home: Path, used: Path) -> None:
    answer = cli("backup", "备份.zip")

    assert (
        Result(
            0,
            "已备份到 备份.zip：3条记录；佐证材料1个文件，与存入时一致，写成后已校验。\n"
            f"链首 {head(cli)}\n请把备份另存一份到别的磁盘。\n",
            "",
        )
        == answer
    )
    with ZipFile(home / "备份.zip") as zipped:
        assert {"ledger.db", f"files/{sha256(PHOTO).hexdigest()}"} == set(zipped.namelist())
    if os.name == "posix":
        assert 0o600 == (home / "备份.zip").stat().st_mode & 0o777
    assert ["share", "备份.zip", "照片.jpg"] == sorted(path.name for path in home.iterdir())


def test_without_a_name_it_lies_next_to_the_ledger(
    cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20T08:03:01")
    cli("backup")

    folder = used.with_name("ledger.db.backups")
    assert ["ledger-20191120-080301.zip"] == [path.name for path in folder.iterdir()]
    if os.name == "posix":
        assert 0o700 == folder.stat().st_mode & 0o777


def test_it_writes_over_nothing(cli: Cli, home: Path, used: Path) -> None:
    (home / "有了.zip").write_text("我的")

    assert Result(ExitCode.REFUSED, "", "已经有 有了.zip，没有覆盖；请换一个文件名。\n") == cli(
        "backup", "有了.zip"
    )
    assert "我的" == (home / "有了.zip").read_text()


def test_in_a_folder_it_bears_its_moment_and_a_slash_makes_no_folder(
    cli: Cli, home: Path, used: Path
) -> None:
    for folder, named in (("备份", "备份/"), ("二", "二")):
        (home / folder).mkdir()
        assert 0 == cli("backup", named).code
        assert [".zip"] == [one.suffix for one in (home / folder).iterdir()]
    assert Result(2, "", "没有文件夹 别处/；请先建文件夹，或写成文件名，如 别处.zip。没有备份。\n") == cli(
        "backup", "别处/"
    )
    assert ["备份"] == [one.name for one in home.iterdir() if one.name in ("备份", "别处", "别处.zip")]


def test_without_a_ledger_there_is_nothing_to_back_up(cli: Cli, home: Path) -> None:
    assert Result(ExitCode.REFUSED, "", no_ledger(home) + "还没有台账，没有可备份的内容。\n") == cli(
        "backup", "备份.zip"
    )
    assert [] == list(home.iterdir())


def test_a_broken_chain_makes_no_backup(cli: Cli, home: Path, used: Path) -> None:
    tampered(used)
    answer = cli("backup", "备份.zip")

    assert ExitCode.VERIFICATION == answer.code
    assert answer.err.startswith(f"{used} 校验未通过：第2号记录与封存时不符")
    assert answer.err.endswith("没有备份；请勿再登记，保留此台账，用最近的备份核对。\n")
    assert not (home / "备份.zip").exists()


def tampered(path: Path) -> None:
    raw = sqlite3.connect(path)
    with unguarded(raw):
        raw.execute("UPDATE entry SET amount = 41 WHERE id = 2")
    raw.close()


def test_a_lost_file_is_reported_and_the_rest_is_backed_up(cli: Cli, home: Path, used: Path) -> None:
    shutil.rmtree(used.with_name("ledger.db.files"))
    answer = cli("backup", "备份.zip")

    assert ExitCode.VERIFICATION == answer.code
    assert "以下文件没有或不对，台账和其余文件已备份：\n  第3号的文件不见了" in answer.out
    assert ExitCode.DONE == cli("restore", "备份.zip").code


def test_a_backup_comes_back_as_it_was_and_the_old_ledger_is_kept(
    cli: Cli, home: Path, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, noted = dump(used), head(cli)
    cli("backup", "备份.zip")
    cli("record", "6.1", "--transferred", "1")
    (used.with_name("ledger.db.files") / "多余").write_text("?")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-21T10:00:00")
    before = dump(used)
    answer = cli("restore", "备份.zip", "--replace")

    assert ExitCode.DONE == answer.code, answer.err
    assert then == dump(used)
    left = used.with_name("ledger.db.20191121-100000.before")
    assert before == dump(left)
    assert (left.with_name(left.name + ".files") / "多余").exists()
    assert "ledger.db.20191121-100000.before" in answer.out.replace("\n", "")
    assert ExitCode.DONE == cli("verify", "--against", noted).code
    assert ExitCode.DONE == cli("restore", "备份.zip").code
    assert used.with_name("ledger.db.20191121-100000-2.before").exists()
    assert [] == [path.name for path in used.parent.iterdir() if path.name.startswith(".")]


def test_a_backup_becomes_a_ledger_where_there_is_none(cli: Cli, home: Path, used: Path) -> None:
    cli("backup", "备份.zip")
    answer = cli("restore", "备份.zip", "--ledger", "新/台账.db")

    assert "原来的台账" not in answer.out
    assert dump(used) == dump(home / "新" / "台账.db")
    assert ExitCode.DONE == cli("verify", "--ledger", "新/台账.db").code
    assert PHOTO in [
        path.read_bytes() for path in (home / "新" / "台账.db.files").rglob("*") if path.is_file()
    ]


@pytest.mark.parametrize(
    ("name", "sentence", "code"),
    [
        ("没有.zip", "没有备份 没有.zip；请检查文件名。", ExitCode.NOT_A_LEDGER),
        ("照片.jpg", "照片.jpg 不是备份，或已损坏；请换一份备份。", ExitCode.NOT_A_LEDGER),
        ("别的.zip", "别的.zip 不是 planledger 的备份；请换一份。", ExitCode.NOT_A_LEDGER),
        ("外面.zip", "外面.zip 不是 planledger 的备份；请换一份。", ExitCode.NOT_A_LEDGER),
        ("截断.zip", "截断.zip 不是备份，或已损坏；请换一份备份。", ExitCode.NOT_A_LEDGER),
        (
            "没台账.zip",
            "备份 没台账.zip 里没有台账，或已损坏。没有采用；请换一份备份。\n",
            ExitCode.NOT_A_LEDGER,
        ),
        ("半本.zip", "备份 半本.zip 里没有台账，或已损坏。没有采用；请换一份备份。\n", ExitCode.NOT_A_LEDGER),
        (
            "更新.zip",
            "备份 更新.zip 由更新的版本写成；请先升级 planledger。没有采用。\n",
            ExitCode.NEWER_LEDGER,
        ),
        ("改过.zip", "改过.zip 校验未通过：第2号记录与封存时不符", ExitCode.VERIFICATION),
    ],
)
def test_what_is_no_sound_backup_touches_nothing(
    cli: Cli, home: Path, used: Path, name: str, sentence: str, code: ExitCode
) -> None:
    cli("backup", "备份.zip")
    with ZipFile(home / "别的.zip", "w") as zipped:
        zipped.writestr("a.txt", "a")
    with ZipFile(home / "外面.zip", "w") as zipped:
        zipped.writestr("ledger.db", "a")
        zipped.writestr("../外面", "a")
    (home / "截断.zip").write_bytes((home / "备份.zip").read_bytes()[:-100])
    whole = used.read_bytes()
    for other, ledger in (
        ("没台账", b"SQLite format 3\0" + bytes(4096)), ("半本", whole[: len(whole) // 2]),
        ("更新", whole[:60] + (99).to_bytes(4, "big") + whole[64:]),
    ):  # fmt: skip
        with ZipFile(home / f"{other}.zip", "w") as zipped:
            zipped.writestr("ledger.db", ledger)
    shutil.copy(used, home / "改.db")
    tampered(home / "改.db")
    with ZipFile(home / "改过.zip", "w") as zipped:
        zipped.write(home / "改.db", "ledger.db")
    before = dump(used)
    answer = cli("restore", name)

    assert (code, "") == (answer.code, answer.out)
    assert answer.err.startswith(sentence)
    assert before == dump(used)
    assert [] == [
        path.name for path in used.parent.iterdir() if "unpacked" in path.name or "before" in path.name
    ]


def test_files_that_belong_to_no_chain_make_it_none_of_ours(cli: Cli, home: Path, used: Path) -> None:
    cli("backup", "备份.zip")
    before = dump(used)
    with ZipFile(home / "备份.zip", "a") as zipped:
        zipped.writestr(f"files/{'0' * 16}/{sha256(b'x').hexdigest()}", b"x")
    code, out, err = cli("restore", "备份.zip")

    assert (ExitCode.NOT_A_LEDGER, "") == (code, out)
    assert "备份.zip 里有不属于这个台账的文件，不是 planledger 的备份；请换一份。\n" == err
    assert before == dump(used)


def test_a_link_in_the_place_of_a_file_is_not_followed(cli: Cli, home: Path, used: Path) -> None:
    (place,) = (path for path in (used.parent / "ledger.db.files").rglob("*") if path.is_file())
    place.unlink()
    place.symlink_to("/etc/hostname")

    assert ExitCode.VERIFICATION == cli("backup", "备份.zip").code
    with ZipFile(home / "备份.zip") as zipped:
        assert ["ledger.db"] == zipped.namelist()


def test_where_a_backup_went_stands_in_one_line_as_far_as_it_fits(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path is longer than a line and has no pause: it is broken at the edge, never letter by letter."""
    folder = home / ("deep" * 30)
    folder.mkdir()
    cli("record", "6.1", "--transferred", "40")
    lines = cli("backup", str(folder / "b.zip")).out.splitlines()

    assert len(lines) < 8
    assert f"{folder / 'b.zip'}：2条记录" in "".join(lines)


def test_who_waited_while_the_ledger_was_put_away_is_refused(cli: Cli, used: Path) -> None:
    """A writer that has the old file open stores nothing into it behind everybody's back."""
    cli("backup", "备份.zip")
    store = open_to_write(used)
    assert ExitCode.DONE == cli("restore", "备份.zip").code
    with pytest.raises(StorageTrouble, match="刚被移走或换成了别的"):
        Book(store, Clerk("试验员", "2019-11-20T09:00:00.000000+08:00")).record(
            Recording("9.2", is_done=True)
        )
    store.close()

    assert ExitCode.DONE == cli("verify").code


def test_a_ledger_that_is_held_is_busy(cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("backup", "备份.zip")
    monkeypatch.setattr("planledger.store.database.BUSY_SECONDS", 0.2)
    store = open_to_write(used)
    with store.transaction():
        assert ExitCode.BUSY == cli("restore", "备份.zip").code
    store.close()


@pytest.mark.parametrize("backups", [3, pytest.param(25, marks=pytest.mark.soak)])
def test_a_backup_is_whole_while_others_write(cli: Cli, home: Path, used: Path, backups: int) -> None:
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            store = open_to_write(used)
            clerk = Clerk("试验员", "2019-11-20T09:00:00.000000+08:00")
            Book(store, clerk).record(Recording("6.1", (("transferred", "1"),), note=str(number)))
            store.close()
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(backups):
            assert ExitCode.DONE == cli("backup", f"{number}.zip").code
    finally:
        ended.set()
        writer.join()
    for number in range(backups):
        copy = home / f"{number}.db"
        with ZipFile(home / f"{number}.zip") as zipped:
            copy.write_bytes(zipped.read("ledger.db"))
        store = open_to_read(copy)
        assert "" == verify(store).fault
        store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limit on the size of files here")
@pytest.mark.parametrize("blocks", [0, 64, 150, 224])
def test_a_full_disk_leaves_no_half_a_backup(home: Path, used: Path, blocks: int) -> None:
    script = f"ulimit -f {blocks}; exec {sys.executable} -m planledger backup 备份.zip"
    done = subprocess.run(["bash", "-c", script], cwd=home, capture_output=True, text=True, check=False)

    assert ExitCode.STORAGE == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert ["share", "照片.jpg"] == sorted(path.name for path in home.iterdir())
