"""The list of a handover: every part is what the question of its own answers at the same moment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_letters import asked, lines_of, written

from conftest import Result

Cli = Callable[..., Result]
PARTS = (
    "一、台账和备份", "二、未办结和须复核的事项", "三、逾期的报送和漏报", "四、将到的节点和报送", "五、等待回复的催办",
    "六、30天以上没有记录的单位", "七、要核对的数据", "八、缺的材料和文件", "九、签字",
)  # fmt: skip


@pytest.fixture
def used(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over a made-up year, with a chase that waits for its reply, a backup and a lost file, on 20 November."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20")
    (filled.parent / "名单.pdf").write_bytes(b"1")
    for line in (
        "attach 6.1 名单.pdf",
        "chase 大新县妇联 江海区工会 江海区团委 --way 电话 --reply-by 2019-11-25",
        "report 7.1 --progress 已开展 --agency 江海区团委",
        "chase 江海区妇联 --way 电话",
        "record 6.2 --classes 1 --agency 大新县人社局",
        "backup",
    ):
        assert 0 == cli(*line.split()).code
    return cli


def test_a_handover_lists_what_the_questions_answer(used: Cli, home: Path, filled: Path) -> None:
    (lost, *_) = asked(used, "evidence", "list")["evidence"]
    next(filled.with_name(f"{filled.name}.files").rglob(lost["sha256"])).unlink()
    done = used("归档", "交接", "交接清单.docx")
    assert (0, "已写入 交接清单.docx：交接，截至2019-11-20；有8处［请填写］要由本办补上。\n") == (
        done.code,
        done.out,
    )

    lines = lines_of(home / "交接清单.docx")
    places = [lines.index(part) for part in (*PARTS, "")[:-1]]
    parts = {
        part: lines[start + 1 : end]
        for part, start, end in zip(PARTS, places, [*places[1:], len(lines)], strict=True)
    }
    rows, dates, replies, silent, doubts, missing = (
        [line.split("|") for line in parts[part] if "|" in line][1:] for part in (PARTS[1], *PARTS[3:8])
    )
    head = used("verify").out.split("链首 ")[1].split(":")
    backups = [file.name for file in filled.with_name(f"{filled.name}.backups").glob("*.zip")]
    assert parts[PARTS[0]][1:] == [
        f"台账|{filled}",
        f"链首|{head[0]}:{head[1].strip()[:16]}",
        f"备份|台账旁边的备份文件夹里1份，最新 {backups[0]}；［请填写其他备份的存放地点］",
    ]
    items = asked(used, "status")["items"]
    finished = {"done", "closed", "cancelled"}
    assert [one["code"] for one in items if one["standing"] not in finished or one["needs_review"]] == [
        line[0] for line in rows
    ]
    (reviewed,) = (line[2:] for line in rows if line[0] == "6.2")
    assert ["2019-11-30，已销号（数据已变，须复核）", "", "本办"] == reviewed
    (late,) = parts[PARTS[2]]
    assert late in written(used, home, "circular")
    coming = asked(used, "upcoming", "--days", "366")["dates"]
    assert [one["day"] for one in coming if one["kind"] != "deadline"] == [line[0] for line in dates]
    assert [
        ["2019-11-25", "江海区工会", "7.1，归档资料、工作总结"],
        ["2019-11-25", "大新县妇联", "7.1，归档资料、工作总结"],
    ] == [line[:3] for line in replies]
    assert [one["agency"] for one in asked(used, "silent")["agencies"]] == [line[0] for line in silent]
    entries = [[str(entry["id"]) for entry in one["entries"]] for one in asked(used, "doubts")["doubts"]]
    assert entries == [line[3].split("、") for line in doubts] != []
    assert [one["kind"] for one in asked(used, "missing")["missing"]] == [line[2] for line in missing] != []
    assert any(line.startswith("存入的文件不见了：第") for line in parts[PARTS[7]])
    signed = [f"{who}|［请填写姓名］|［请填写日期］" for who in ("移交人", "接收人", "监交人")]
    assert signed == parts[PARTS[8]][1:4]


def test_without_a_ledger_nothing_is_handed_over(cli: Cli, home: Path) -> None:
    sentence = "还没有台账，没有可交接的；先登记，或用 --ledger 写明台账。\n"
    done = cli("archive", "handover", "交接清单.docx")
    assert (2, "", sentence) == (done.code, done.out, done.err.partition("\n")[2])
    assert [] == list(home.glob("*.docx"))
