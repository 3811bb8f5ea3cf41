"""The power goes while a ledger is written: what was acknowledged is there when it comes back. A model, not a real cut."""

import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest

from book import Book
from planledger.ledger.actions.request import Recording
from planledger.ledger.clerk import Clerk
from planledger.store.paths import WRITING
from planledger.store.sqlite.embedded import Embedded, sole_chain
from trials import UNIT, sampled, soundness

if importlib.util.find_spec("apsw") is None:
    pytest.skip("the model of a disk needs apsw", allow_module_level=True)

import apsw

from powerless import VFS, Disk, Happened, Powerless

RECORDS = 60


def _written(fresh: Path, pragmas: tuple[str, ...]) -> Disk:
    """Let the program's own book record sixty figures on such a disk, each acknowledged in its log."""
    disk = Disk({"/ledger.db": fresh.read_bytes()})
    serving = Powerless(disk)
    raw: Any = apsw.Connection("/ledger.db", vfs=VFS)
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}")
    assert "delete" == raw.execute("PRAGMA journal_mode").fetchall()[0][0]
    book = Book(
        Embedded(raw, "（试验）", sole_chain(raw)), Clerk("试验员", "2019-06-18T09:00:00.000000+08:00")
    )
    for number in range(RECORDS):
        book.record(Recording("6.1", (("transferred", "1"),), agency=UNIT, note=f"试验{number}"))
        disk.log.append(Happened("acknowledged", acknowledged=number + 1))
    raw.close()
    serving.unregister()
    return disk


def _came_back(disk: Disk, folder: Path, place: int, chance: random.Random) -> tuple[str, int, int]:
    """Cut the power, open what is left with the program, and say: what is wrong, what is there, what was acknowledged."""
    for name in ("ledger.db", "ledger.db-journal"):
        (folder / name).unlink(missing_ok=True)
    for name, data in disk.state_after(place, chance).items():
        (folder / name[1:]).write_bytes(data)
    verification = soundness(folder / "ledger.db")
    return (
        verification.fault,
        verification.entries - 1,
        max((one.acknowledged for one in disk.log[:place]), default=0),
    )


def _lost(disk: Disk, folder: Path, states: int) -> int:
    """Count the states in which something acknowledged is gone; none may be damaged."""
    chance = random.Random(states)  # noqa: S311
    lost = 0
    for _ in range(states):
        fault, there, acknowledged = _came_back(disk, folder, chance.randint(1, len(disk.log)), chance)
        assert "" == fault
        assert there <= acknowledged + 1
        lost += there < acknowledged
    print(f"{states} states of {len(disk.log)} steps: {lost} lost something acknowledged")  # noqa: T201
    return lost


@sampled("states", 30, 3000)
def test_nothing_that_was_acknowledged_is_lost_with_the_power(
    fresh_ledger: Path, tmp_path: Path, states: int
) -> None:
    assert 0 == _lost(_written(fresh_ledger, WRITING), tmp_path, states)


@sampled("states", 40, 3000)
def test_the_usual_setting_of_sqlite_would_lose_some(fresh_ledger: Path, tmp_path: Path, states: int) -> None:
    """With synchronous=FULL the last record may be undone by a journal that comes back, so the model can fail."""
    usual = tuple("synchronous=FULL" if one == "synchronous=EXTRA" else one for one in WRITING)

    assert usual != WRITING
    assert _lost(_written(fresh_ledger, usual), tmp_path, states) > 0
