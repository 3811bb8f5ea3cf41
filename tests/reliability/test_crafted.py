"""A ledger that somebody made up, its seals recomputed: it leads the program to no file that is not the ledger's own."""

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from stranger import ENTRIES, sealed
from tampering import unguarded

Cli = Callable[..., Result]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="paths and links are POSIX's here")
MINUTES = "一次会议的纪要".encode()
DIGEST = sha256(MINUTES).hexdigest()
ACTIONS: tuple[tuple[str, ...], ...] = (
    ("evidence", "destroy", "2", "--because", "试"),
    ("evidence", "extract", "2", "--to", "取出"),
    ("evidence", "open", "2"),
    ("evidence", "list", "--json"),
    ("backup", "备份.zip"),
    ("archive", "build", "归档"),
    ("verify",),
)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A ledger without its triggers, which stand again at the end, over seals that were computed anew."""
    raw = sqlite3.connect(path)
    with unguarded(raw):
        yield raw
        seal_anew(raw)
    raw.close()


def seal_anew(raw: sqlite3.Connection) -> None:
    chains: dict[str, str] = {}
    for origin, seq, *fields, _, _ in raw.execute(ENTRIES).fetchall():
        chains[origin] = sealed([1, origin, seq, chains.get(origin, "0" * 64), *fields])
        of_chain = (
            "UPDATE entry SET hash = ? WHERE seq = ? AND origin_id = (SELECT id FROM origin WHERE name = ?)"
        )
        raw.execute(of_chain, (bytes.fromhex(chains[origin]), seq, origin))


@pytest.fixture
def path(begun: Callable[..., None], home: Path) -> Path:
    """A ledger with one file, entry 2."""
    (home / "会议纪要.pdf").write_bytes(MINUTES)
    begun(["attach 6.1 会议纪要.pdf"])
    return home / "share" / "planledger" / "ledger.db"


def named(path: Path, digest: str) -> None:
    """Let the entry of the file name another digest."""
    details = json.dumps([["name", "会议纪要.pdf"], ["sha256", digest], ["size", "21"]], ensure_ascii=False)
    with opened(path) as raw:
        raw.execute("UPDATE entry SET details = ? WHERE id = 2", (details.replace(", ", ","),))


@pytest.fixture
def victim(home: Path) -> Path:
    """A file of the user's that is none of the ledger's."""
    file = home / "家书.txt"
    file.write_text("与台账无关", "utf-8")
    return file


def everything(home: Path) -> dict[str, str]:
    """All that lies at home but what a refused output may have made."""
    return {
        str(file.relative_to(home)): f"{file.lstat().st_mode}:{sha256(file.read_bytes()).hexdigest()}"
        for file in home.rglob("*")
        if file.is_file() and not file.is_symlink()
    }


@pytest.mark.parametrize(
    "digest",
    [
        "{}",
        "../../../../{name}",
        "",
        "..",
        DIGEST.upper(),
        DIGEST[:-1],
        f"{DIGEST}\n",
        "１" * 64,
        "g" * 64,
        f"/{'0' * 63}",
    ],
    ids=["absolute", "up", "empty", "dots", "upper", "short", "line", "wide", "letters", "root"],
)
def test_what_is_no_digest_leads_nowhere(cli: Cli, home: Path, path: Path, victim: Path, digest: str) -> None:
    named(path, digest.format(victim, name=victim.name))
    before = everything(home)

    for action in ACTIONS:
        answer = cli(*action)
        is_checked = action[0] in {"verify", "backup"}
        assert (ExitCode.VERIFICATION if is_checked else ExitCode.NOT_A_LEDGER) == answer.code, action
        assert "第2号记录的文件摘要不是 64 位十六进制数，不是程序所写" in answer.out + answer.err, action
    assert before == everything(home)
    assert ExitCode.NOT_A_LEDGER == cli("status").code


def test_a_backup_of_such_a_ledger_is_not_restored(cli: Cli, home: Path, path: Path, victim: Path) -> None:
    assert ExitCode.DONE == cli("backup", "备份.zip").code
    named(path, str(victim))
    made_up = home / "假.zip"
    with ZipFile(home / "备份.zip") as old, ZipFile(made_up, "w") as new:
        for part in old.namelist():
            new.writestr(part, path.read_bytes() if part == "ledger.db" else old.read(part))
    before = everything(home)
    answer = cli("restore", str(made_up))

    assert (ExitCode.VERIFICATION, "") == (answer.code, answer.out)
    assert "第2号记录的文件摘要" in answer.err
    assert before == everything(home)


def linked(path: Path, how: str, elsewhere: Path) -> None:
    """Put the true bytes elsewhere, and a link to them where the ledger looks."""
    vault = path.with_name("ledger.db.files")
    place = {"vault": vault, "folder": vault / DIGEST[:2], "file": vault / DIGEST[:2] / DIGEST}[how]
    place.rename(elsewhere)
    place.symlink_to(elsewhere)


@pytest.mark.parametrize("how", ["vault", "folder", "file"])
def test_what_lies_behind_a_link_is_none_of_the_ledgers(cli: Cli, home: Path, path: Path, how: str) -> None:
    linked(path, how, home / "别处")
    before = everything(home)

    for action in ACTIONS[1:3]:
        assert (ExitCode.VERIFICATION, "第2号的文件不见了") == (cli(*action).code, cli(*action).err[:9])
    for action in ACTIONS[-2:]:
        answer = cli(*action)
        assert ExitCode.VERIFICATION == answer.code
        assert "第2号" in answer.out + answer.err
    assert before == everything(home)
    assert ExitCode.VERIFICATION == cli("backup", "备份.zip").code
    (home / "备份.zip").unlink()
    repaired = cli("evidence", "repair", "会议纪要.pdf")
    assert repaired.code == (ExitCode.DONE if how == "file" else ExitCode.STORAGE)
    if how != "file":
        assert "是链接，不跟随" in repaired.err
        assert ExitCode.STORAGE == cli("attach", "6.2", "会议纪要.pdf").code
        assert before == everything(home)
        destroyed = cli("evidence", "destroy", "2", "--because", "试")
        assert ExitCode.DONE == destroyed.code
        assert "没有这个文件" in destroyed.err
    assert {name for name in before if name.startswith("别处")} <= set(everything(home))


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(cli: Cli, home: Path, path: Path) -> None:
    place = path.with_name("ledger.db.files") / DIGEST[:2] / DIGEST
    place.unlink()
    os.mkfifo(place)

    assert "第2号的文件不见了" in cli("verify").out
    assert ExitCode.VERIFICATION == cli("evidence", "extract", "2", "--to", "取出").code
    assert ExitCode.VERIFICATION == cli("backup", "备份.zip").code


@pytest.mark.parametrize("name", ["../../../家", "/srv", "", "0123456789ABCDEF"])
def test_the_name_of_a_chain_leads_nowhere(cli: Cli, home: Path, path: Path, name: str) -> None:
    """The files of a second office lie in a folder that bears its chain's name."""
    small = Path(__file__).parents[1] / "plans" / "small.yaml"
    assert ExitCode.DONE == cli("adopt", str(small), "--office", "试验乡").code
    with opened(path) as raw:
        raw.execute("UPDATE origin SET name = ? WHERE id = 2", (name,))
    before = everything(home)
    key = next(
        line.split()[-1] for line in small.read_text("utf-8").splitlines() if " id:" in line or "id:" in line
    )

    for action in (("verify",), ("verify", "--plan", key), ("backup", "备份.zip")):
        answer = cli(*action)
        assert ExitCode.VERIFICATION == answer.code, (action, answer)
        assert "不是程序所写" in answer.out + answer.err
    answer = cli("attach", "1", "会议纪要.pdf", "--plan", key)
    assert ExitCode.VERIFICATION == answer.code, answer
    assert before == everything(home)


@pytest.mark.parametrize("details", ["[", "{}", '[["size",21]]', '[["size","x"]]', "7", '[["entry","-1"]]'])
def test_details_that_no_entry_says_are_noticed(cli: Cli, path: Path, details: str) -> None:
    """Answers read numbers out of them: what is none would stop every question."""
    with opened(path) as raw:
        raw.execute("UPDATE entry SET kind = 'paper', details = ? WHERE id = 2", (details,))
    answer = cli("verify")

    assert re.search("第2号记录的附加内容读不懂.*，不是程序所写。", answer.out)
    for question in (
        "history",
        "show 6.1",
        "status",
        "missing",
        "archive build 归档",
        "record 6.1 --transferred 4",
    ):
        answer = cli(*question.split())
        assert ExitCode.NOT_A_LEDGER == answer.code, question
        assert "第2号记录的附加内容读不懂" in answer.err


@pytest.mark.parametrize(
    "made_up",
    [
        "kind = 'x'",
        "kind = 'amendment'",
        "kind = 'evidence'",
        "kind = 'amount', indicator = 'transferred'",
        "dated = 'x'",
        "dated = '2019-02-31'",
        "recorded_at = 'x'",
        "recorded_at = '2019-11-20Tx'",
        "kind = 'amendment', subject = 'due', details = '[[\"due\",\"x\"]]'",
        "kind = 'amendment', subject = 'target', details = '[[\"key\",\"transferred\"]]'",
    ],
)
def test_what_no_program_writes_ends_no_command_with_a_traceback(cli: Cli, path: Path, made_up: str) -> None:
    with opened(path) as raw:
        raw.execute(f"UPDATE entry SET details = '', {made_up} WHERE id = 2")  # noqa: S608
    answer = cli("verify")

    assert ExitCode.VERIFICATION == answer.code
    assert "第2号记录的" in answer.out
    assert "不是程序所写" in answer.out
    for question in (
        "history --json",
        "show 6.1",
        "status",
        "missing",
        "record 6.1 --transferred 4",
    ):
        assert cli(*question.split()).code in (ExitCode.DONE, ExitCode.NOT_A_LEDGER), question
