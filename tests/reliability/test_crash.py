"""Killed at any moment: what was acknowledged is there, what was begun is there whole or not at all."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from forms import form_with_details
from planledger.store.schema.steps import Step
from trials import UNIT, WRITER, laid, next_version, python, sampled, some, soundness

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")


def _killed(ledger: Path, delay: float) -> tuple[int, bool]:
    """Let a program record a thousand figures, kill it after a while; say what it acknowledged, and what it left."""
    with python(WRITER, ledger, 1000, UNIT) as writer:
        assert writer.stdout
        assert "go\n" == writer.stdout.readline()
        time.sleep(delay)
        writer.kill()
        acknowledged = len(writer.stdout.read().split())
    return acknowledged, ledger.with_name(f"{ledger.name}-journal").exists()


@sampled("runs", 2, 200)
def test_nothing_that_was_acknowledged_is_lost_by_a_kill(
    fresh_ledger: Path, tmp_path: Path, runs: int
) -> None:
    """SIGKILL at a random moment of a thousand recordings, seeded by the number of runs."""
    chance = random.Random(runs)  # noqa: S311
    ledger = tmp_path / "ledger.db"
    confirmed = left = more = 0
    for _ in range(runs):
        laid(fresh_ledger, ledger)
        acknowledged, has_journal = _killed(ledger, chance.uniform(0.0, 1.0))
        verification = soundness(ledger)

        assert "" == verification.fault
        assert acknowledged <= verification.entries - 1 <= acknowledged + 1
        confirmed, left = confirmed + acknowledged, left + has_journal
        more += verification.entries - 1 - acknowledged
    print(f"{runs} kills, {confirmed} acknowledged, {more} stored without, {left} journals left")  # noqa: T201
    assert confirmed


class Action(NamedTuple):
    """Something that is done as a whole, in a program of its own."""

    words: tuple[str, ...]
    before: int  # entries in the ledger before; -1 where there is none
    after: int
    lasts: float  # seconds in which it may be cut off
    set_up: str = ""  # what its program does first


ROWS = 60_000
LATER = Step(  # of a newer program: it takes a while
    "a table for a trial",
    (
        "CREATE TABLE trial (id INTEGER PRIMARY KEY, text TEXT)",
        "INSERT INTO trial (text) WITH RECURSIVE n (i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT 'x' || i FROM n",
    ),
)
NEWER = f"""from planledger.store.schema import steps
steps.STEPS = (*steps.STEPS, steps.Step{tuple(LATER)!r})
steps.SCHEMA_VERSION = 1 + len(steps.STEPS)
"""
ACTIONS = {
    "import": Action(("import", "填报表.xlsx"), 1, 41, 0.6),
    "first write": Action(("record", "6.1", "--transferred", "1"), -1, 2, 0.9),
    "init": Action(("init",), -1, 1, 0.9),
    "adopt": Action(("adopt", "second.yaml"), 1, 2, 0.6),
    "upgrade": Action(("record", "6.1", "--transferred", "1"), 1, 2, 0.3, NEWER),
}
STORED = "已登记；因按了 Ctrl-C，结果没有显示完。\n"
SIGNALS = ("SIGKILL", "SIGINT", "SIGTERM", "SIGHUP")
DOOR = "import sys; sys.argv[0] = 'planledger'\nfrom planledger.__main__ import main\n"


def _rows_of_the_trial(ledger: Path) -> int:
    """Count what the upgrade put in; -1 where it did not happen."""
    if not ledger.exists():
        return -1
    raw = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    try:
        return int(raw.execute("SELECT COUNT(*) FROM trial").fetchone()[0])
    except sqlite3.OperationalError:
        return -1
    finally:
        raw.close()


def _cut_off(action: Action, home: Path, ledger: Path, name: str, delay: float) -> tuple[int, str]:
    """Start an action, send its program a signal once its first line has run, and say how it ended."""
    words = (*action.words, *(() if action.before < 0 else ("--ledger", str(ledger))))
    script = f"{DOOR}{action.set_up}print('go', flush=True)\nmain()\n"
    with python(script, *words, cwd=home) as child:
        assert child.stdout
        assert "go\n" == child.stdout.readline()
        time.sleep(delay)
        child.send_signal(getattr(signal, name))
        _, err = child.communicate()
    return child.returncode, err


@pytest.mark.parametrize("name", some(set(ACTIONS) - {"init"}, ACTIONS))
@sampled("runs", 1, 10)
def test_what_is_cut_off_is_done_whole_or_not_at_all(
    cli: Callable[..., "tuple[int, str, str]"],
    home: Path,
    fresh_ledger: Path,
    name: str,
    runs: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of four signals, at random moments; Ctrl-C ends with 130 and no word."""
    action = ACTIONS[name]
    chance = random.Random(f"{action.words} {runs}")  # noqa: S311
    shutil.copy(Path(__file__).parents[1] / "plans" / "second.yaml", home)
    founded = home / "share" / "planledger" / "ledger.db"
    ledger = founded if action.before < 0 else home / "ledger.db"
    if action.words[0] == "import":
        form_with_details(cli, home, fresh_ledger)
    if action.set_up:
        next_version(monkeypatch, LATER)
    done = upgraded = 0
    for sent in SIGNALS if runs > 1 else chance.sample(SIGNALS, 1):
        for _ in range(runs):
            shutil.rmtree(founded.parent, ignore_errors=True)
            if action.before >= 0:
                laid(fresh_ledger, ledger)
            code, err = _cut_off(action, home, ledger, sent, chance.uniform(0, action.lasts))

            assert code in (0, 130 if sent == "SIGINT" else -getattr(signal, sent)), err
            assert "Traceback" not in err
            assert code != 130 or err in ("", STORED) or "已新建台账" in err or "台账已升级" in err
            entries = soundness(ledger).entries if ledger.exists() else -1
            assert entries == action.after or (entries == action.before and code != 0)
            assert ledger.exists() == (entries >= 0)
            rows = _rows_of_the_trial(ledger)
            assert rows in (-1, ROWS)
            done, upgraded = done + (entries == action.after), upgraded + (rows == ROWS)
    print(f"{action.words}: {done} done, {upgraded} upgraded")  # noqa: T201
