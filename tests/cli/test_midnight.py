"""A command that runs over midnight: all of it sees the day on which it began."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

EVENING, MORNING = "2019-11-30T23:59:59.900000+08:00", "2019-12-01T00:00:00.100000+08:00"


class Midnight(dict[str, str]):
    """An environment in which midnight comes when the clock was read once."""

    days: tuple[str, ...] = (EVENING, MORNING)

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        if key != "PLANLEDGER_TODAY":
            return super().get(key, default)
        day, *left = self.days
        self.days = tuple(left) or self.days
        return day


@pytest.mark.parametrize(
    "line",
    [
        "status --agency 江海区人社局",
        "overdue --json",
        "upcoming --days 1 --csv",
        "reports",
        "doctor",
        "export ledger 台账.xlsx",
        "record 6.1 --transferred 40",
        "filing record archive --agency 江海区人社局",
    ],
)
def test_a_command_over_midnight_sees_one_day(
    cli: Callable[..., Result], filled: Path, home: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """On 30 November items of 2019年11月 are in time, on 1 December they are late."""
    monkeypatch.chdir(home)
    before = filled.read_bytes()
    monkeypatch.setenv("PLANLEDGER_TODAY", EVENING)
    in_the_evening = cli(*line.split(), "--ledger", str(filled))
    assert 0 == in_the_evening.code

    filled.write_bytes(before)
    environment = Midnight(os.environ)
    monkeypatch.setattr(os, "environ", environment)

    assert in_the_evening == cli(*line.split(), "--ledger", str(filled))
    assert (MORNING,) == environment.days


def test_a_new_command_reads_the_clock_anew(
    cli: Callable[..., Result], filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = Midnight(os.environ)
    monkeypatch.setattr(os, "environ", environment)
    line = ("upcoming", "--csv", "--ledger", str(filled))

    assert cli(*line) != cli(*line)
