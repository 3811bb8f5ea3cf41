"""`doctor` says where everything is and what deserves a look, and names nobody."""

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from planledger.store.files.surroundings import network_of, synced_in
from planledger.store.schema.steps import SCHEMA_VERSION

Cli = Callable[..., Result]
MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/b /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
"""


@pytest.fixture
def used(cli: Cli, home: Path) -> Path:
    cli("record", "6.1", "--transferred", "40")
    return home / "share" / "planledger" / "ledger.db"


def test_it_tells_where_everything_is_and_what_is_due(cli: Cli, used: Path) -> None:
    cli("contact", "set", "江海区人社局", "--name", "试验员", "--phone", "13800000001")
    answer = cli("doctor")

    assert (0, "") == (answer.code, answer.err)
    for line in (
        r"程序　　  planledger 0\.\d+\.\d+，Python 3\.\d+\.\d+，SQLite 3\.\d+\.\d+",
        rf"台账　　  ~/share/planledger/ledger\.db（\d+\.\dKB，第{SCHEMA_VERSION}版结构）",
        r"记录　　  3条，最后一条登记于 2019-11-20 \d\d:\d\d；链首 3:[0-9a-f]{16}",
        r"方案　　  2019年江海区对口大新县粤桂扶贫协作工作方案（jianghai-daxin-2019）",
        r"佐证材料  0个文件，0字节",
        r"备份　　  台账旁没有备份",
        r"  逾期2项，见 planledger overdue",
        r"  2019-11-30 1\.1 加强督导，确保工作落实",
        r"  ……共24个日期，见 planledger upcoming",
        r"注意：还没有备份；请运行 planledger backup，并另存一份到别的磁盘。",
    ):
        assert re.search(f"^{line}$", answer.out, re.MULTILINE), line
    assert not re.search("试验员|1380000|138[*×]", answer.out)
    assert [] == [line for line in answer.out.splitlines() if len(line) > 80]


def test_on_a_new_machine_it_says_where_the_ledger_will_be(cli: Cli, home: Path) -> None:
    answer = cli("doctor")

    assert (
        "\n台账　　  还没有，第一次登记时建在 ~/share/planledger/ledger.db\n设置　　  记录人：" in answer.out
    )
    assert (ExitCode.DONE, "") == (answer.code, answer.err)
    assert [] == list(home.iterdir())


def test_after_a_backup_nothing_is_left_to_say(cli: Cli, used: Path) -> None:
    cli("backup")

    assert cli("doctor").out.endswith("注意：没有发现问题。\n")


def test_a_clock_that_is_behind_is_reported(cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-01T10:00")

    assert "注意：本机时钟（2019-11-01 10:00）比最后一条记录（2019-11-20" in cli("doctor").out.replace(
        "\n  ", ""
    )


@pytest.mark.skipif(os.name != "posix", reason="rights are others there")
def test_a_ledger_that_others_can_read_and_a_leftover_are_reported(cli: Cli, used: Path) -> None:
    used.chmod(0o644)
    used.with_name("ledger.db-journal").touch()
    out = cli("doctor").out

    assert "注意：台账文件别人也能读；请改成只有自己能读（chmod 600）。" in out
    assert "注意：台账旁有 -journal 文件" in out


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/x/ledger.db", ""),
        ("/mnt/share/ledger.db", "nfs4"),
        ("/mnt/my share/deep/ledger.db", "cifs"),
        ("/mnt/share/local/ledger.db", ""),
        ("/mnt/sharepoint/ledger.db", ""),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="paths of another system")
def test_a_network_folder_is_known_by_what_is_mounted(path: str, kind: str) -> None:
    assert kind == network_of(Path(path), MOUNTS)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/home/x/Dropbox/ledger.db", "Dropbox"),
        ("/home/x/OneDrive - 单位/ledger.db", "OneDrive - 单位"),
        ("/home/x/我的坚果云/ledger.db", "我的坚果云"),
        ("/home/x/台账/ledger.db", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(path: str, folder: str) -> None:
    assert folder == synced_in(PurePosixPath(path))
