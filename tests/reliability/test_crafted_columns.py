"""A ledger in which some column of an entry holds what no entry holds: a blob, nothing, infinity, a text that is none.

The table itself refuses most of it; whoever alters the file first lets it take anything, and puts its text back afterwards.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from test_crafted import seal_anew

from conftest import Result
from planledger.plan.refusal import ExitCode
from tampering import unguarded
from trials import some

Cli = Callable[..., Result]
FIGURE, REPORT, REVERSAL = 2, 3, 6  # numbers of entries in the ledger
STORED = (
    "record 6.1 --transferred 40 --agency 大新县人社局",
    "report 6.1 --progress 正在摸底 --agency 大新县人社局",
    "filing record 归档资料 --agency 大新县妇联",
    "record 6.1 --transferred 7",
    "reverse 5 --because 重复登记",
)
QUESTIONS = (
    "status --json", "status --all-plans --json", "overdue --json", "upcoming --json", "show 6.1 --json", "history --json",
    "agencies --json", "reports --json", "silent --json", "missing --json", "duplicates --json", "filings --json",
    "evidence list --json",
)  # fmt: skip
ACTIONS = (
    "doctor", "export annex 总表.xlsx", "export ledger 台账.xlsx", "export agencies 责任单位.xlsx", "archive build 归档",
    "template --agency 大新县人社局 -o 填报表.xlsx", "record 6.1 --transferred 4 --agency 大新县人社局", "close 6.1",
    "reverse 3 --because 试", "correct 2 --to 41 --because 试", "filing return 大新县妇联 --because 缺目录",
    "contact set 大新县妇联 --name 试验员 --phone 13900000000", "evidence extract 3 --to 取出", "backup 备份.zip",
)  # fmt: skip
VALUES: dict[str, object] = {
    "null": None, "blob": b"\xff\x00", "float": 1.5, "infinity": float("inf"), "negative": -7, "seventeen digits": 10**16,
    "empty": "", "a word": "banana", "NUL": "a\0b", "two lines": "甲\n乙", "a number": 7,
}  # fmt: skip
LONE = "a lone surrogate"  # which SQLite keeps, and no text can be made of
COLUMNS = (
    "id", "origin_id", "seq", "plan_id", "kind", "code", "indicator", "amount", "side", "agency", "dated", "recorded_at",
    "recorded_by", "subject", "note", "details", "reverses", "hash",
)  # fmt: skip
CASES = [f"{column}: {value}" for column in COLUMNS for value in (*VALUES, LONE)]
SAMPLE = {f"{column}: {value}" for column, value in zip(COLUMNS, (*VALUES, LONE) * 2, strict=False)}
# An entry of another chain or plan, or of no row, can be one: its seal alone says which it was of.
SEALED_ALONE = {"origin_id", "plan_id", "code"}
# A reversal has these of the entry that it takes back, and `verify` alone holds the two together.
MIRRORED = {"amount", "side", "dated", "indicator"}
LONGEST = 20  # seconds
_SEAL = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{16}\b")
_TEXT_OF = "SELECT sql FROM sqlite_master WHERE name = 'entry'"
_WRITE_TEXT = "UPDATE sqlite_master SET sql = ? WHERE name = 'entry'"


def craft(path: Path, column: str, value: str, number: int) -> None:
    """Let a column of an entry hold a value whatever the table says, and seal the ledger anew where that can be sealed."""
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        (strict,) = raw.execute(_TEXT_OF).fetchone()
        anything = re.sub(r"STRICT|NOT NULL|\bINTEGER\b|\bTEXT\b|\bBLOB\b|CHECK \([^)]*\),?", "", strict)
        raw.execute(_WRITE_TEXT, (re.sub(r"\tid\s*,", "\tid INTEGER,", anything),))
    raw.close()
    raw = sqlite3.connect(path)
    with unguarded(raw):
        held = "CAST(x'61eda08062' AS TEXT)" if value == LONE else ":value"
        alter = f"UPDATE OR IGNORE entry SET {column} = {held} WHERE id = :number"  # noqa: S608  (columns of ours)
        with suppress(TypeError, ValueError, sqlite3.Error):  # a row id is a whole number
            raw.execute(alter, {"value": VALUES.get(value), "number": number})
            seal_anew(raw)
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(_WRITE_TEXT, (strict,))
    raw.close()


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The bytes of the ledger, made once."""
    return {}


@pytest.fixture(scope="module")
def honest() -> dict[str, str]:
    """What the ledger answers before anything is altered."""
    return {}


@pytest.fixture
def path(cli: Cli, home: Path, whole: dict[str, bytes], honest: dict[str, str]) -> Path:
    """A ledger with entries of several kinds."""
    place = home / "share" / "planledger" / "ledger.db"
    if not whole:
        for line in STORED:
            answer = cli(*line.split())
            assert ExitCode.DONE == answer.code, answer.err
        honest.update({line: _SEAL.sub("", cli(*line.split()).out) for line in QUESTIONS})
        whole["ledger"] = place.read_bytes()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(whole["ledger"])
    return place


@pytest.mark.parametrize("case", some(SAMPLE, CASES))
def test_whatever_a_column_holds_no_figure_is_wrong(
    cli: Cli, path: Path, honest: dict[str, str], case: str
) -> None:
    """Where `verify` names a fault, every other command names one too, or answers what it answered before."""
    look_at(cli, path, honest, case, FIGURE if CASES.index(case) % 2 else REPORT)


@pytest.mark.soak
@pytest.mark.parametrize("number", [FIGURE, REPORT, REVERSAL])
@pytest.mark.parametrize("case", CASES)
def test_whatever_a_column_of_any_entry_holds_no_figure_is_wrong(
    cli: Cli, path: Path, honest: dict[str, str], case: str, number: int
) -> None:
    """The same of a figure, of words and of a reversal, and with the commands that do something."""
    look_at(cli, path, honest, case, number, ACTIONS)


def look_at(
    cli: Cli, path: Path, honest: dict[str, str], case: str, number: int, more: tuple[str, ...] = ()
) -> None:
    """Alter one entry, and ask everything."""
    column, _, value = case.partition(": ")
    craft(path, column, value, number)
    before = path.read_bytes()
    is_sound = ExitCode.DONE == cli("verify").code
    apart = SEALED_ALONE | (MIRRORED if number == REVERSAL else set())
    apart |= {column} if case == "reverses: float" else set()  # 1.5 lies between two entries
    for line in (*QUESTIONS, *more):
        began = time.monotonic()
        answer = cli(*line.split())
        assert time.monotonic() - began < LONGEST, line
        ends = {ExitCode.DONE, ExitCode.REFUSED, ExitCode.NOT_A_LEDGER}
        if line.startswith("backup"):  # of a text that is none SQLite itself says that it is no ledger
            ends = {ExitCode.VERIFICATION} | ({ExitCode.NOT_A_LEDGER} if value == LONE else set())
        assert answer.code in ends or (is_sound and answer.code == ExitCode.DONE), (line, answer.err[:300])
        if not is_sound and answer.code == ExitCode.DONE and column not in apart:
            assert honest.get(line, "") in {"", _SEAL.sub("", answer.out)}, (line, answer.out[:300])
        path.write_bytes(before)
