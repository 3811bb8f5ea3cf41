"""Whatever the program writes is for its owner alone, however open the machine's habit is."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from book import Book
from conftest import Result, at
from forms import form_with_details
from planledger.ledger.actions.request import Recording
from planledger.plan.refusal import ExitCode
from planledger.store.files.vault import Vault
from planledger.store.paths import files_beside
from planledger.store.sqlite.opening import open_to_write

Cli = Callable[..., Result]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's here")
WRITING = (
    "record 6.1 --transferred 40",
    "attach 6.1 照片.jpg",
    "import 填报表.xlsx --marked 退回",
    "evidence extract 3 --to 深/取出",
    "export annex 总表.xlsx",
    "status -o 总表.csv",
    "history -o 记录.json",
    "overdue -o 逾期.txt",
    "template --agency 大新县妇联 -o 表.xlsx",
    "template --all 深深/填报表",
    "backup 备份.zip",
    "backup",
    "archive build 归档 --zip 归档.zip",
    "restore 备份.zip",
)


@pytest.fixture(params=[0o022, pytest.param(0o077, marks=pytest.mark.soak)], ids=oct)
def habit(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the machine takes away from the rights of every new file: of 022, nobody's right to read."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(folder: Path, given: set[Path]) -> dict[str, int]:
    """Return what is too open below a folder, but for what the test itself put there."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
        if path not in given and stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }


def test_files_are_0600_and_folders_0700(cli: Cli, home: Path, fresh_ledger: Path, habit: None) -> None:
    (home / "照片.jpg").write_bytes(b"\xff" * 100)
    form_with_details(cli, home, fresh_ledger)
    given = set(home.iterdir())

    for line in WRITING:
        answer = cli(*line.split())
        assert ExitCode.DONE == answer.code, (line, answer.err)
        assert {} == rights(home, given), line
    assert 60 < len(list(home.rglob("*")))


def test_so_are_journals_and_drafts_while_they_last(home: Path, ledger: Path, habit: None) -> None:
    store = open_to_write(ledger)
    (home / "照片.jpg").write_bytes(b"\xff" * 100)
    ledger.chmod(0o600)
    given = {home / "照片.jpg"}
    with Vault(files_beside(ledger)).stage([str(home / "照片.jpg")]), store.transaction():
        store.connection.execute(
            "DROP TRIGGER entry_no_update"
        )  # the journal is there from the first change on
        seen = {path.suffix for path in home.rglob("*")}
        assert {} == rights(home, given)
    Book(store, at("2019-06-18")).record(Recording("9.2", is_done=True))
    store.close()

    assert {".db", ".db-journal", ".new"} <= seen
    assert {} == rights(home, given)
