"""A ledger whose entries say what their kind cannot say, with seals that fit: it is named, and never a traceback."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from test_crafted import opened

from conftest import Result
from forms import PEOPLE, filled, footer, sent
from planledger.plan.refusal import ExitCode
from trials import some

Cli = Callable[..., Result]
DEEP = "[" * 100_000 + "]" * 100_000
LONG = "长" * 17_000_000  # of fifty million bytes
AMOUNT, REPORT, DUE, TARGET, FILING, CONTACT, PAPER = range(2, 9)  # numbers of the entries in the ledger
STORED = (
    "record 6.1 --transferred 40 --agency 大新县人社局",
    "report 6.1 --progress 正在摸底 --agency 大新县人社局",
    "amend 6.1 --due 2019-12-20 --because 任务下达 --basis 试发〔2019〕5号",
    "amend 6.1 --target transferred 172 --because 任务下达 --basis 试发〔2019〕5号",
    "filing record 归档资料 --agency 大新县妇联",
    "contact set 大新县妇联 --name 试验员 --phone 13800000000",
    "record 1.3 --meetings 1 --paper 会议材料 --ref 试办〔2019〕3号 --held-by 江海区委办 --side 江海",
    "office name 江海扶贫办",
    "agency rename 大新县工会 大新县总工会 --from 2019-11-01 --basis 无文号",
    "agency merge 大新县团委 大新县总工会 --into 大新县群团办 --from 2019-11-02 --basis 无文号",
    "import 落款.xlsx",
    "chase 江海区妇联 --way 电话",
)
QUESTIONS = (
    "status", "status --json", "status --all-plans", "overdue", "upcoming", "show 6.1", "show 1.3", "history",
    "history --json", "history --csv", "changes --since 2019-01-01", "agencies", "reports", "silent", "missing", "duplicates", "doubts", "filings", "chase list",
    "evidence list", "doctor", "export annex 总表.xlsx", "export ledger 台账.xlsx", "archive build 归档",
    "template --agency 大新县人社局 -o 填报表.xlsx", "record 6.1 --transferred 4", "close 6.1", "reverse 3 --because 试",
)  # fmt: skip
TURNS = 6  # commands are parted between the cases; all of them are looked at in the long run
LARGE = frozenset(("50 MB", "50 MB of details"))
UNADOPTED = frozenset(("unknown kind of an adoption", "subject of an adoption", "moment of an adoption"))
READS_ALL = ("history", "history --json", "export ledger 台账.xlsx", "archive build 归档")
# What no entry can be, whatever it says: no command passes it over.
IMPOSSIBLE = frozenset((
    "unknown kind of a figure", "no amount", "an amount below 0", "an amount that nobody can record",
    "day of an entry", "day of a figure", "moment", "moment after all",
    "moment of an adoption", "day that is none", "day after the year 9999", "day in another way", "moment of a figure",
    "moment after the year 9999", "month of a moment", "hour of a moment", "another zone", "no zone",
    "a figure of another kind", "a mark of a figure", "a number without its figure", "a figure of no row",
    "what cancels and is no reversal", "a reversal of nothing",
))  # fmt: skip


def details_of(**parts: str) -> str:
    """Details as they are written."""
    return json.dumps(
        [[name, parts[name]] for name in sorted(parts)], ensure_ascii=False, separators=(",", ":")
    )


ADOPTION = 1
CASES: dict[str, tuple[int, dict[str, object]]] = {
    "unknown kind of an adoption": (ADOPTION, {"kind": "banana"}),
    "subject of an adoption": (ADOPTION, {"subject": "banana"}),
    "moment of an adoption": (ADOPTION, {"recorded_at": "banana"}),
    "details of a name": (PAPER + 2, {"details": details_of(name="x")}),
    "an item of a name": (PAPER + 2, {"code": "6.1"}),
    "a long name": (PAPER + 2, {"subject": "长" * 100_001}),
    "details of a new name": (PAPER + 3, {"details": ""}),
    "no new name": (PAPER + 3, {"agency": ""}),
    "no old name": (PAPER + 3, {"subject": ""}),
    "a merger of one twice": (PAPER + 4, {"subject": "大新县团委、大新县团委"}),
    "a merger of an item": (PAPER + 4, {"code": "6.1"}),
    "a long name of a unit": (PAPER + 4, {"agency": "长" * 100_001}),
    "details of a sender": (PAPER + 5, {"details": details_of(name="x")}),
    "day of a sender": (PAPER + 5, {"details": details_of(day="2019-02-30", preparer="某某")}),
    "a sender of nobody": (PAPER + 5, {"agency": ""}),
    "no way of a chase": (PAPER + 6, {"details": details_of(items="7.1")}),
    "unknown way of a chase": (PAPER + 6, {"details": details_of(items="7.1", way="banana")}),
    "a chase of an item": (PAPER + 6, {"code": "7.1"}),
    "a chase of nobody": (PAPER + 6, {"agency": ""}),
    "no number of a sender": (AMOUNT, {"details": details_of(sender="x")}),
    "unknown kind": (REPORT, {"kind": "banana"}),
    "unknown kind of a figure": (AMOUNT, {"kind": "banana"}),
    "unknown kind of a unit": (FILING, {"kind": "banana"}),
    "another kind": (REPORT, {"kind": "contact"}),
    "no JSON": (REPORT, {"details": "["}),
    "a list": (REPORT, {"details": '["progress","x"]'}),
    "an object": (REPORT, {"details": "{}"}),
    "no texts": (REPORT, {"details": '[["progress",7]]'}),
    "a name twice": (REPORT, {"details": '[["progress","甲"],["progress","乙"]]'}),
    "deep": (REPORT, {"details": DEEP}),
    "unknown name": (REPORT, {"details": details_of(banana="x")}),
    "a name of another kind": (REPORT, {"details": details_of(phone="13800000000")}),
    "details of a figure": (AMOUNT, {"details": details_of(same_event="x")}),
    "not said": (CONTACT, {"details": ""}),
    "unknown amendment": (DUE, {"subject": "banana"}),
    "unknown day": (DUE, {"details": details_of(basis="无文号", due="banana", said="2019-11-30")}),
    "no such day": (DUE, {"details": details_of(basis="无文号", due="2019-02-30", said="2019-11-30")}),
    "unknown target": (TARGET, {"details": details_of(basis="无文号", key="transferred", said="155", target="banana")}),
    "huge target": (TARGET, {"details": details_of(basis="无文号", key="transferred", said="155", target="9" * 5000)}),
    "subject of a report": (REPORT, {"subject": "banana"}),
    "day of an entry": (REPORT, {"dated": "1banana"}),
    "day of a figure": (AMOUNT, {"dated": "2019-02-30"}),
    "no amount": (AMOUNT, {"amount": None}),
    "an amount below 0": (AMOUNT, {"amount": -40}),
    "an amount that nobody can record": (AMOUNT, {"amount": 1 << 62}),
    "moment": (REPORT, {"recorded_at": "1banana"}),
    "moment after all": (PAPER + 1, {"recorded_at": "banana"}),
    "50 MB": (REPORT, {"note": LONG}),
    "50 MB of details": (REPORT, {"details": details_of(progress=LONG)}),
    "day that is none": (AMOUNT, {"dated": "2019-13-01"}),
    "day after the year 9999": (AMOUNT, {"dated": "10000-01-01"}),
    "day in another way": (REPORT, {"dated": "2019-W20-1"}),
    "day of no leap year": (AMOUNT, {"dated": "2019-02-29"}),
    "moment of a figure": (AMOUNT, {"recorded_at": "banana"}),
    "moment after the year 9999": (AMOUNT, {"recorded_at": "10000-06-18T09:00:00.000000+08:00"}),
    "month of a moment": (REPORT, {"recorded_at": "2019-13-01T09:00:00.000000+08:00"}),
    "hour of a moment": (REPORT, {"recorded_at": "2019-06-18T24:00:00.000000+08:00"}),
    "another zone": (AMOUNT, {"recorded_at": "2019-06-18T09:00:00.000000+00:00"}),
    "no zone": (AMOUNT, {"recorded_at": "2019-06-18T09:00:00.000000"}),
    "a figure of another kind": (AMOUNT, {"kind": "report"}),
    "a mark of a figure": (REPORT, {"kind": "amount"}),
    "a number without its figure": (REPORT, {"amount": 7}),
    "a figure of no row": (AMOUNT, {"code": ""}),
    "what cancels and is no reversal": (REPORT, {"reverses": AMOUNT}),
    "a reversal of nothing": (AMOUNT, {"kind": "reversal"}),
    "details in another order": (PAPER + 1, {"details": '[["ref","无文号"],["held_by","江海区委办"]]'}),
    "a number written otherwise": (PAPER + 1, {"details": details_of(entry="08", held_by="江海区委办", ref="无文号")}),
    "an entry that proves itself": (PAPER + 1, {"details": details_of(entry="9", held_by="江海区委办", ref="无文号")}),
    "a figure that corrects itself": (AMOUNT, {"details": details_of(corrects="2")}),
    "a figure of a form that was sent later": (AMOUNT, {"details": details_of(sender="99")}),
    "a number that is none": (PAPER + 1, {"details": details_of(held_by="江海区委办", ref="无文号", entry="x")}),
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of one ledger with entries of several kinds, and of its backup, made once."""
    return {}


@pytest.fixture
def path(cli: Cli, home: Path, fresh_ledger: Path, whole: dict[str, bytes]) -> Path:
    """A ledger with entries of several kinds."""
    place = home / "share" / "planledger" / "ledger.db"
    if not whole:
        filled(sent(fresh_ledger), home / "落款.xlsx", **footer(*PEOPLE))
        for line in STORED:
            answer = cli(*line.split())
            assert ExitCode.DONE == answer.code, answer.err
        whole["ledger"] = place.read_bytes()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(whole["ledger"])
    return place


@pytest.mark.parametrize("case", some(CASES.keys() - LARGE, CASES))
def test_what_a_kind_cannot_say_is_named(cli: Cli, path: Path, case: str) -> None:
    """`verify`, `backup` and `restore` end with 9, every other command that reads it with 3 and the next step."""
    turn = list(CASES).index(case) % TURNS
    look_at(cli, path, case, ("history --json", *QUESTIONS[turn::TURNS]))


@pytest.mark.soak
@pytest.mark.parametrize("case", CASES)
def test_what_a_kind_cannot_say_is_named_by_every_command(cli: Cli, path: Path, case: str) -> None:
    """The same with all of them."""
    look_at(cli, path, case, QUESTIONS)


def look_at(cli: Cli, path: Path, case: str, questions: tuple[str, ...]) -> None:
    """Make one entry up, and ask."""
    number, changed = CASES[case]
    with opened(path) as raw:
        for column, value in changed.items():
            raw.execute(f"UPDATE entry SET {column} = ? WHERE id = ?", (value, number))  # noqa: S608  (columns of ours)
    before = path.read_bytes()

    for line in ("verify", "backup 备份.zip"):
        answer = cli(*line.split())
        assert ExitCode.VERIFICATION == answer.code, (line, answer.err[:300])
        assert re.search(f"第{number}号记录的.*不是程序所写", answer.out + answer.err), line
    reading = []
    for line in questions:
        answer = cli(*line.split())
        assert answer.code in {ExitCode.DONE, ExitCode.REFUSED, ExitCode.NOT_A_LEDGER}, (
            line,
            answer.err[:300],
        )
        if answer.code == ExitCode.NOT_A_LEDGER:
            reading.append(line)
            assert re.search(f"第{number}号记录的.*不是程序所写[；。].*planledger verify", answer.err), (
                line,
                answer.err,
            )
        path.write_bytes(before)
    if case in UNADOPTED | IMPOSSIBLE:  # nothing can be asked
        assert list(questions) == reading
    assert set(READS_ALL) & set(questions) <= set(reading), reading


@pytest.mark.parametrize("case", some(CASES.keys() - LARGE, CASES))
def test_a_backup_of_what_no_kind_says_is_not_restored(
    cli: Cli, home: Path, path: Path, whole: dict[str, bytes], case: str
) -> None:
    """Neither over the ledger that it would put aside, nor, as is tried of some, where none is."""
    number, changed = CASES[case]
    ledger = path.read_bytes()
    if "backup" not in whole:
        assert ExitCode.DONE == cli("backup", "备份.zip").code
        whole["backup"] = (home / "备份.zip").read_bytes()
    with opened(path) as raw:
        for column, value in changed.items():
            raw.execute(f"UPDATE entry SET {column} = ? WHERE id = ?", (value, number))  # noqa: S608  (columns of ours)
    with ZipFile(BytesIO(whole["backup"])) as old, ZipFile(home / "假.zip", "w") as new:
        for part in old.namelist():
            new.writestr(part, path.read_bytes() if part == "ledger.db" else old.read(part))
    is_in_turn = list(CASES).index(case) % TURNS == 0
    for is_there in (True, False) if is_in_turn else (True,):
        path.write_bytes(ledger) if is_there else path.unlink()
        before = sorted(path.parent.iterdir())
        answer = cli("restore", str(home / "假.zip"))

        assert (ExitCode.VERIFICATION, "") == (answer.code, answer.out)
        assert re.search(f"第{number}号记录的.*不是程序所写", answer.err), answer.err
        assert before == sorted(path.parent.iterdir())
        assert not is_there or ledger == path.read_bytes()
