"""Many at once: writers wait for their turn, readers are never in the way, and who waits too long is refused as busy."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planledger.plan.refusal import ExitCode
from planledger.store.database import BUSY_SECONDS
from trials import UNIT, WRITER, laid, python, sampled, soundness, typed

# As a program does that leaves transactions to the library: it reads the last number and appends the next one.
CARELESS = """import sqlite3, sys, time
raw = sqlite3.connect(sys.argv[1])
print("go", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    (last,) = raw.execute("SELECT MAX(seq) FROM chain").fetchone()
    time.sleep(0.001)
    raw.execute("INSERT INTO chain (seq) VALUES (?)", (last + 1,))
    raw.commit()
    print(last + 1, flush=True)
"""
HOLDING = """import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def _at_once(script: str, writers: int, *words: object) -> list[tuple[int, list[str], str]]:
    """Start programs, let all of them go at the same moment, and say how each ended and what it printed."""
    started = [python(script, *words) for _ in range(writers)]
    for one in started:
        assert one.stdout
        assert "go\n" == one.stdout.readline()
    for one in started:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    ended = [one.communicate() for one in started]
    return [(one.returncode, out.split(), err) for one, (out, err) in zip(started, ended, strict=True)]


@sampled("writers,records", (4, 10), (20, 50))
def test_writers_at_once_lose_nothing_and_fork_nothing(
    fresh_ledger: Path, tmp_path: Path, writers: int, records: int
) -> None:
    """None is refused as busy: each waits less than the program's patience."""
    ledger = laid(fresh_ledger, tmp_path / "ledger.db")
    answers = _at_once(WRITER, writers, ledger, records, UNIT, "together")

    assert [(0, "")] * writers == [(code, err) for code, _, err in answers]
    numbers = [int(number) for _, acknowledged, _ in answers for number in acknowledged]
    assert list(range(2, writers * records + 2)) == sorted(numbers)
    verification = soundness(ledger)
    assert (writers * records + 1, "") == (verification.entries, verification.fault)


@sampled("writers,records", (4, 25), (20, 50))
def test_without_a_turn_to_wait_for_the_chain_would_fork(tmp_path: Path, writers: int, records: int) -> None:
    """A library's own transactions let two read the same end: the trial above would notice."""
    raw = sqlite3.connect(tmp_path / "careless.db")
    raw.execute("CREATE TABLE chain (seq INTEGER)")
    raw.execute("INSERT INTO chain VALUES (0)")
    raw.commit()
    _at_once(CARELESS, writers, tmp_path / "careless.db", records)
    rows, places = raw.execute("SELECT COUNT(*), COUNT(DISTINCT seq) FROM chain").fetchone()
    raw.close()
    print(f"{rows - 1} stored, {rows - places} forks")  # noqa: T201

    assert places < rows


@contextmanager
def _writing(ledger: Path) -> Iterator[None]:
    """Let somebody write without end."""
    with python(WRITER, ledger, 1_000_000, UNIT, "together") as writer:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
        assert writer.stdout
        writer.stdout.readline()
        writer.stdout.readline()
        try:
            yield
        finally:
            writer.kill()


@sampled("questions", 4, 200)
def test_questions_are_answered_while_others_write(
    fresh_ledger: Path, tmp_path: Path, questions: int
) -> None:
    ledger = laid(fresh_ledger, tmp_path / "ledger.db")
    with _writing(ledger):
        for _ in range(questions):
            done = typed("status", "--ledger", ledger, PLANLEDGER_TODAY="2019-11-20")
            assert (0, "") == (done.returncode, done.stderr)
    assert "" == soundness(ledger).fault
    before = ledger.read_bytes(), ledger.stat().st_mtime_ns, sorted(tmp_path.iterdir())
    for _ in range(questions):
        assert 0 == typed("status", "--ledger", ledger, PLANLEDGER_TODAY="2019-11-20").returncode
    assert before == (ledger.read_bytes(), ledger.stat().st_mtime_ns, sorted(tmp_path.iterdir()))


@pytest.mark.soak
@pytest.mark.parametrize("words", [("record", "6.1", "--transferred", "1"), ("status",), ("verify",)])
def test_who_waits_longer_than_the_patience_is_refused_as_busy(
    fresh_ledger: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """With the real patience; a second more, and the time that a start takes here, is all that it may take."""
    ledger = laid(fresh_ledger, tmp_path / "ledger.db")
    before = ledger.read_bytes()
    with python(HOLDING, ledger) as holder:
        assert holder.stdout
        holder.stdout.readline()
        done = subprocess.run(
            [sys.executable, "-m", "planledger", *words, "--ledger", str(ledger)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=BUSY_SECONDS + 1 + 0.5,
        )
        holder.communicate()

    sentence = f"台账 {ledger} 正被另一个程序使用，等了10秒仍未空出；请稍后再试。台账未改动。\n"
    assert (ExitCode.BUSY, "", sentence) == (done.returncode, done.stdout, done.stderr)
    assert before == ledger.read_bytes()
