"""Clocks that are wrong, machines in other zones, systems without zones: the chain keeps its order, days stay China's."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.days import CHINA
from planledger.plan.refusal import ExitCode
from trials import laid, python

Cli = Callable[..., Result]
LATE = "注意：2029-11-20 在方案年度2019年之后，已照记。\n"
EARLY = "注意：本机时钟（{}）比上一条记录（2019-11-20 09:00）还早，请核对时钟；已照记。\n"
# As the program starts where the clock shows a moment: the seconds since 1970 are the same in every zone.
AT_A_MOMENT = """import datetime, sys
seconds = float(sys.argv.pop(1))
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(seconds, tz)
datetime.datetime = Clock
from planledger.__main__ import main
main()
"""
WITHOUT_ZONES = "import sys\nsys.modules['zoneinfo'] = sys.modules['tzdata'] = None\n"
ZONES = (
    "UTC0",
    "CST-8",
    "EST5EDT,M3.2.0,M11.1.0",
)  # written in full: a system without a list of zones knows them too
MOMENTS = ("2019-11-15T23:59", "2019-11-16T00:01", "2019-11-30T23:59", "2019-12-01T00:01")


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("2019-11-19T09:00", (ExitCode.DONE, EARLY.format("2019-11-19 09:00"))),
        (
            "2018-11-20T09:00",
            (ExitCode.REFUSED, "--on 2018-11-20 在方案年度2019年之前；请检查年份。未登记。\n"),
        ),
        ("2029-11-20T09:00", (ExitCode.DONE, LATE)),
    ],
    ids=["a day back", "a year back", "ten years on"],
)
def test_a_wrong_clock_is_reported_and_the_chain_keeps_its_order(
    cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch, clock: str, expected: tuple[int, str]
) -> None:
    """Entries follow each other as they came, each bears the clock of its clerk, and a question has its own day."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20T09:00")
    cli("record", "6.1", "--transferred", "40")
    overdue = cli("overdue", "--as-of", "2019-11-25", "--known-at", "2019-11-20T09:00")
    monkeypatch.setenv("PLANLEDGER_TODAY", clock)
    answer = cli("record", "9.2", "--done")

    assert expected == (answer.code, answer.err)
    assert overdue == cli("overdue", "--as-of", "2019-11-25", "--known-at", "2019-11-20T09:00")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20T09:00")
    entries = json.loads(cli("history", "--json", "--as-of", "2029-12-31").out)["entries"]
    numbers = [one["id"] for one in entries]
    assert sorted(numbers, reverse=True) == numbers
    assert [clock[:16]] * (answer.code == 0) == [
        one["recorded_at"][:16] for one in entries if one["code"] == "9.2"
    ]
    assert ExitCode.DONE == cli("verify").code


def _at(moment: str, zone: str, *words: str, ledger: Path) -> tuple[int | None, str, str]:
    seconds = datetime.fromisoformat(moment).replace(tzinfo=CHINA).timestamp()
    env = {name: value for name, value in os.environ.items() if name != "PLANLEDGER_TODAY"}
    env |= {"TZ": zone, "PYTHONTZPATH": "", "PLANLEDGER_LEDGER": str(ledger), "PYTHONIOENCODING": "utf-8"}
    with python(WITHOUT_ZONES + AT_A_MOMENT, seconds, *words, env=env) as child:
        out, err = child.communicate()
    return child.returncode, out, err


@pytest.mark.parametrize(
    "moment", [MOMENTS[0], *(pytest.param(moment, marks=pytest.mark.soak) for moment in MOMENTS[1:])]
)
def test_the_day_is_chinas_whatever_zone_the_machine_is_in(
    home: Path, fresh_ledger: Path, moment: str
) -> None:
    """One minute before midnight and one after, without any list of time zones: the same words everywhere."""
    answers = []
    for number, zone in enumerate(ZONES):
        ledger = laid(fresh_ledger, home / f"{number}.db")
        answers.append(
            [
                _at(moment, zone, *words, ledger=ledger)
                for words in (("record", "6.1", "--transferred", "40"), ("overdue",), ("history", "--json"))
            ]
        )

    assert answers[0] == answers[1] == answers[2]
    assert {ExitCode.DONE} == {code for code, _, _ in answers[0]}
    entry = json.loads(answers[0][2][1])["entries"][0]
    assert (moment[:10], f"{moment}:00.000000+08:00") == (entry["dated"], entry["recorded_at"])
    assert f"截至{moment[:10]}" in answers[0][1][1]
