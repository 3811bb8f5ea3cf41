"""The forms of an answer: JSON as promised, CSV that a spreadsheet opens, a file that is whole or absent."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import no_ledger

Cli = Callable[..., "tuple[int, str, str]"]
QUESTIONS = [["status"], ["overdue"], ["overdue", "--by", "item"], ["upcoming"], ["show", "6.1"], ["history"], ["agencies"],
             ["status", "--sum-by", "agency"], ["filings"], ["missing"]]  # fmt: skip


@pytest.fixture
def ask(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Ask a ledger after a made-up year, on 5 December, for JSON."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")

    def type_in(*args: str) -> Any:
        code, out, err = cli(*args, "--json")
        assert (0, "") == (code, err)
        return json.loads(out)

    return type_in


def test_status_says_what_the_design_promises(ask: Callable[..., Any]) -> None:
    answer = ask("status", "--area", "6")
    item = answer["items"][0]

    assert {"plan": "jianghai-daxin-2019", "as_of": "2019-12-05"} == {k: answer[k] for k in ("plan", "as_of")}
    assert {
        "code": "6.1",
        "area": "劳务协作",
        "due": "2019年11月",
        "last_day": "2019-11-30",
        "standing": "overdue",
        "days_late": 5,
        "finished_on": None,
        "needs_review": False,
        "missed_milestones": [],
        "last_entry": "2019-08-05",
    } == {
        k: item[k]
        for k in (
            "code",
            "area",
            "due",
            "last_day",
            "standing",
            "days_late",
            "finished_on",
            "needs_review",
            "missed_milestones",
            "last_entry",
        )
    }
    assert item["text"].startswith("促进贫困人口就业，两地联合举办1期以上")
    assert {
        "key": "transferred",
        "label": "新增转移就业",
        "unit": "人",
        "total": 40,
        "target": 155,
        "from": ["大新县人社局"],
        "met": False,
    } == {
        key: item["indicators"][1][key] for key in ("key", "label", "unit", "total", "target", "from", "met")
    }
    assert [{"agency": "江海区人社局", "total": 60}] == item["indicators"][1]["checks"]
    assert ([], []) == (item["indicators"][0]["from"], item["indicators"][0]["checks"])
    assert {"key": "stable", "total": 280, "target": None, "met": None}.items() <= item["indicators"][
        2
    ].items()
    assert {"key": "students", "total": None}.items() <= item["indicators"][3].items()
    assert [
        {
            "agency": "江海区人社局",
            "side": "江海区",
            "role": "unstated",
            "group": False,
            "declared_on": None,
            "owes": True,
        },
        {
            "agency": "大新县人社局",
            "side": "大新县",
            "role": "unstated",
            "group": False,
            "declared_on": None,
            "owes": True,
        },
    ] == item["duties"][:2]
    assert [("target", "transferred", 115), ("figure", "students", None), ("figure", "graduates", None)] == [
        (lack["kind"], lack["key"], lack["amount"]) for lack in item["lacks"]
    ]


def test_overdue_says_what_the_design_promises(ask: Callable[..., Any]) -> None:
    answer = ask("overdue")

    assert {
        "as_of": "2019-12-05",
        "due": 25,
        "done": 4,
        "done_late": 1,
        "overdue": 21,
    }.items() <= answer.items()
    assert answer["owing_agencies"] == sum(any(i["owes"] for i in a["items"]) for a in answer["agencies"])
    worst = [max((i["days_late"] for i in a["items"] if i["owes"]), default=0) for a in answer["agencies"]]
    assert sorted(worst[:-2], reverse=True) == worst[:-2]
    assert ["江海区扶贫办", "大新县扶贫办"] == [a["agency"] for a in answer["agencies"][-2:]]
    assert [] == [
        a["agency"] for a in answer["agencies"] for i in a["items"] if i["owes"] and i["role"] == "assist"
    ]


def test_history_says_what_the_issue_promises(ask: Callable[..., Any]) -> None:
    entries = ask("history", "6.1")["entries"]

    assert {
        "id": 20,
        "code": "6.1",
        "kind": "reversal",
        "indicator": "transferred",
        "amount": -55,
        "dated": "2019-11-07",
        "recorded_at": "2019-11-07T10:00:00.000000+08:00",
        "agency": "江海区人社局",
        "side": "江海区",
        "by": "试验员",
        "note": "已含在8月所报之内",
        "subject": None,
        "reference": None,
        "held_by": None,
        "approved": None,
        "progress": None,
        "problem": None,
        "next": None,
        "amendment": None,
        "file": None,
        "evidence": None,
        "event": None,
        "same_event": None,
        "of_entry": None,
        "corrects": None,
        "sent_by": None,
        "duplicate_of": None,
        "typed_late": False,
        "reverses": 19,
        "reversed_by": None,
        "form": None,
        "to": None,
        "stamped": None,
        "contact": None,
        "sender": None,
        "unit_change": None,
        "chase": None,
    } == entries[0]
    assert 20 == entries[1]["reversed_by"]
    assert [20, 19, 10, 9, 8, 5] == [entry["id"] for entry in entries]


def test_money_is_a_number_in_yuan(ask: Callable[..., Any]) -> None:
    item = ask("status", "--area", "7")["items"][0]

    assert [12345.5] == [i["total"] for i in item["indicators"] if i["key"] == "donations"]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_json_is_one_value_and_the_same_every_time(
    cli: Cli, ask: Callable[..., Any], question: list[str]
) -> None:
    assert ask(*question) == ask(*question)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_csv_opens_in_a_spreadsheet_with_every_line_as_wide_as_its_head(
    cli: Cli, ask: Callable[..., Any], question: list[str]
) -> None:
    out = cli(*question, "--csv")[1]
    lines = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))

    assert out.startswith("\ufeff")
    assert {len(lines[0])} == {len(line) for line in lines}
    assert len(lines) > 1 or question == ["upcoming"]


@pytest.mark.parametrize("note", ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_compute_stays_text(cli: Cli, home: Path, note: str) -> None:
    cli("record", "6.1", "--transferred", "40", "--note", note)
    lines = list(csv.reader(io.StringIO(cli("history", "--csv")[1].removeprefix("\ufeff"))))

    assert "'" + note.strip() == lines[1][10]


def test_a_file_is_written_whole_and_named(cli: Cli, home: Path) -> None:
    code, out, err = cli("status", "--json", "-o", "总表.json")

    assert (0, "", no_ledger(home) + "已写入 总表.json。\n") == (code, out, err)
    assert 26 == len(json.loads((home / "总表.json").read_text(encoding="utf-8"))["items"])
    assert 0 == cli("overdue", "-o", "逾期.txt")[0]
    assert (home / "逾期.txt").read_text(encoding="utf-8").startswith("截至2019-11-20：应完成2项")
    assert ["总表.json", "逾期.txt"] == sorted(path.name for path in home.iterdir())


def test_a_file_that_cannot_be_written_is_refused_and_the_old_one_kept(cli: Cli, home: Path) -> None:
    (home / "夹.txt").mkdir()

    assert (8, "", no_ledger(home) + "夹.txt 是文件夹；请写文件名。\n") == cli("status", "-o", "夹.txt")
    assert 8 == cli("status", "-o", "没有/总表.txt")[0]
    assert ["夹.txt"] == [path.name for path in home.iterdir()]


@pytest.mark.parametrize("name", ["ledger.db-journal", "同一个文件", "表.xls"])
def test_a_file_never_takes_the_place_of_a_ledger(cli: Cli, home: Path, name: str) -> None:
    """Neither of the ledger itself, under whatever name, nor of what mends it; nor does a name lie about its form."""
    cli("init", "--ledger", "同一个文件")
    before = (home / "同一个文件").read_bytes()
    code, out, _ = cli("status", "--ledger", "同一个文件", "-o", name)

    assert code in (2, 8)
    assert ("", before, ["同一个文件"]) == (
        out,
        (home / "同一个文件").read_bytes(),
        [path.name for path in home.iterdir()],
    )


def test_the_ending_of_a_files_name_says_its_form(cli: Cli, home: Path) -> None:
    cli("status", "-o", "总表.json")
    cli("status", "-o", "总表.csv")

    assert 26 == len(json.loads((home / "总表.json").read_text(encoding="utf-8"))["items"])
    assert (home / "总表.csv").read_text(encoding="utf-8").startswith("\ufeff编号,")


def test_the_mark_of_a_csv_is_for_utf8_alone(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "planledger", "agencies", "--csv"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip

    assert done.stdout.decode("gbk").startswith("责任单位,")


def test_a_paper_by_reference_says_its_number_and_its_keeper(cli: Cli, home: Path) -> None:
    cli(
        "record",
        "1.3",
        "--meetings",
        "1",
        "--paper",
        "会议纪要",
        "--ref",
        "试〔2019〕1号",
        "--held-by",
        "江海区委办",
        "--side",
        "江海",
    )

    assert "会议纪要（试〔2019〕1号，另存江海区委办）" in cli("history", "--csv")[1]
    entry = json.loads(cli("history", "--json")[1])["entries"][0]
    assert ("试〔2019〕1号", "江海区委办") == (entry["reference"], entry["held_by"])


def test_a_device_is_no_file_to_write(cli: Cli, home: Path) -> None:
    os.mkfifo(home / "管道.txt")

    assert (8, "") == cli("status", "-o", "管道.txt")[:2]
    assert (home / "管道.txt").is_fifo()


@pytest.mark.parametrize(
    "line",
    [
        "overdue -o {}.txt", "overdue -o {}.csv", "overdue -o {}.json", "overdue -o {}.xlsx --force", "export annex {}.xlsx",
        "template --agency 江海区妇联 -o {}.xlsx", "tables contacts {}.xlsx --force",
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_dead", [False, True])
def test_a_link_is_not_followed(cli: Cli, home: Path, line: str, is_dead: bool) -> None:
    """What it leads to may be anybody's; it stays, and so does the link."""
    name = next(word for word in line.format("链接").split() if word.startswith("链接"))
    target = home / "真的"
    (home / name).symlink_to(target)
    if not is_dead:
        target.write_text("旧", encoding="utf-8")
    code, out, err = cli(*line.format("链接").split())

    assert ("", is_dead) == (out, not target.exists())
    assert (home / name).is_symlink()
    if line.startswith("template") and not is_dead:
        assert (2, True) == (code, "没有覆盖" in err)
        return
    assert (8, no_ledger(home) + f"{name} 是链接，不跟随；请写它所指的文件，或换一个文件名。\n") == (
        code,
        err,
    )
    assert is_dead or "旧" == target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "example"),
    [
        (".xlsx", "清单.xlsx"), (".csv", "清单.xlsx"), ("逾期.xlsx ", "逾期.xlsx"), ("逾期.pdf", "逾期.xlsx"), ("逾期", "逾期.xlsx"),
        ("夹/", "夹.xlsx"), ("夹.xlsx/", "夹.xlsx"), ("夹/.", "夹.xlsx"), ("逾期.xlsx.", "逾期.xlsx"), ("逾期。xlsx", "逾期。xlsx.xlsx"),
        ("逾期.ＸＬＳＸ", "逾期.xlsx"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_a_name_that_ends_in_no_form_is_refused(
    cli: Cli, home: Path, name: str, example: str, form: str
) -> None:
    typed = ("overdue", *filter(None, (form,)), "-o", name)

    sentence = f"{no_ledger(home)}-o {name}：文件名要以 .txt（表格）、.xlsx（Excel）、.csv 或 .json 结尾，如 {example}。\n"
    assert (2, "", sentence) == cli(*typed)
    assert [] == list(home.iterdir())


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        (("-o", "逾期.XLSX"), b"PK"), (("-o", "逾期.TXT"), "截至".encode()), (("-o", "a.b.csv"), "\ufeff责任单位".encode()),
        (("--json", "-o", "逾期.txt"), b"{"), (("--json", "-o", "逾期.json"), b"{"), (("--csv", "-o", "逾期.txt"), "\ufeff".encode()),
    ],
)  # fmt: skip
def test_an_answer_is_written_in_the_form_of_its_name_or_of_its_option(
    cli: Cli, home: Path, typed: tuple[str, ...], begins: bytes
) -> None:
    assert 0 == cli("overdue", *typed)[0]
    assert (home / typed[-1]).read_bytes().startswith(begins)


def test_filings_name_who_filed_what_and_who_is_late(ask: Callable[..., Any]) -> None:
    answer = ask("filings", "--agency", "教育局")
    unit = answer["agencies"][0]

    assert ["江海区教育局", "大新县教育局"] == [unit["agency"] for unit in answer["agencies"]]
    assert {
        "key": "archive",
        "label": "归档资料",
        "last_day": "2019-11-15",
        "form": ["纸质", "电子"],
        "to": ["粤桂扶贫协作领导小组办公室"],
        "stamped": False,
        "clause": "四（一）",
        "expected": 2,
        "handed_in": 1,
        "incomplete": 0,
        "returned": 0,
        "missing": 1,
        "late": 2,
    } == answer["filings"][0]
    assert [
        {
            "key": "archive",
            "standing": "handed_in",
            "first_on": "2019-11-14",
            "returned_on": "2019-11-18",
            "complete_on": "2019-11-20",
            "days_late": 5,
            "parts": [],
            "lacks": [],
        },
        {
            "key": "summary",
            "standing": "incomplete",
            "first_on": "2019-11-28",
            "returned_on": None,
            "complete_on": None,
            "days_late": 5,
            "parts": [],
            "lacks": [{"kind": "stamp", "form": None, "to": None}],
        },
    ] == unit["filings"]


def test_csv_of_filings_has_a_line_for_each_unit_and_filing(cli: Cli, ask: Callable[..., Any]) -> None:
    lines = cli("filings", "--csv")[1].splitlines()

    assert 97 == len(lines)
    assert "江海区教育局,江海区,工作总结,2019-11-30,不全,2019-11-28,,,5,盖章" in lines
    assert "大新县财政局,大新县,工作总结,2019-11-30,不全,2019-11-29,,,5,报江海区" in lines
    assert "大新县妇联,大新县,归档资料,2019-11-15,退回补正,2019-11-12,2019-11-18,,20," in lines
    assert "江海区团委,江海区,归档资料,2019-11-15,未交,,,,20," in lines


def test_history_says_form_recipients_and_stamp_of_a_filing(cli: Cli, ask: Callable[..., Any]) -> None:
    """A contact is masked, and no name of it stands anywhere else."""
    entries = {entry["id"]: entry for entry in ask("history")["entries"]}
    message = {
        number: {key: entries[number][key] for key in ("kind", "subject", "form", "to", "stamped", "contact")}
        for number in (26, 30, 34)
    }

    assert {
        26: {
            "kind": "return",
            "subject": "archive",
            "form": None,
            "to": None,
            "stamped": None,
            "contact": None,
        },
        30: {
            "kind": "filing",
            "subject": "summary",
            "form": ["纸质"],
            "to": ["大新县粤桂扶贫协作领导小组办公室"],
            "stamped": True,
            "contact": None,
        },
        34: {
            "kind": "contact",
            "subject": None,
            "form": None,
            "to": None,
            "stamped": None,
            "contact": "某** 138****0002",
        },
    } == message
    lines = cli("history", "--csv")[1].splitlines()
    assert any("报送,工作总结（纸质，已盖章，报大新县粤桂扶贫协作领导小组办公室）," in line for line in lines)
