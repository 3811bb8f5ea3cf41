"""What a command costs from its start to its end, beside a bare Typer program and the peers that are installed.

Instructions are counted by callgrind where valgrind is there: they do not depend on what else the machine does.
Else CPU time is compared in rounds, each command once a round. T is a Typer program with one option.

Usage: `python bench/start_up.py [--entries 1000]`
"""

import argparse
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import made_up

BARE = """import typer


def main(number: int = 1) -> None:
    print(number)


if __name__ == "__main__":
    typer.run(main)
"""
ROUNDS = 12
IN_TIME, LATE = "2019-11-20", "2019-12-05"
TABLE, PLAIN = 1.54, 0.95  # x T: prototypes without a command tree that did just this work


class Command(NamedTuple):
    """A command to measure, with its goal and its floor in T."""

    name: str
    line: tuple[str, ...]
    goal: float | None = None
    floor: float | None = None
    today: str = IN_TIME
    columns: int = 120
    writes: bool = False


PYTHON = (sys.executable,)
OURS = (sys.executable, "-m", "planledger")
COMMANDS = (
    Command("planledger", OURS, 0.4, 0.16),
    Command("planledger --version", (*OURS, "--version"), 0.4, 0.16),
    Command("status", (*OURS, "status"), 2.0, TABLE),
    Command("status, 80 columns", (*OURS, "status"), 2.0, TABLE, columns=80),
    Command("status --agency 人社局", (*OURS, "status", "--agency", "人社局"), 2.0, TABLE),
    Command("show 6.1", (*OURS, "show", "6.1"), 2.0, TABLE),
    Command("overdue --by item", (*OURS, "overdue", "--by", "item"), 2.0, TABLE, LATE),
    Command("overdue --by item, 80 columns", (*OURS, "overdue", "--by", "item"), 2.0, TABLE, LATE, 80),
    Command("overdue, 50 units", (*OURS, "overdue"), 3.0, None, LATE),
    Command("overdue, 50 units, 80 columns", (*OURS, "overdue"), 3.0, None, LATE, 80),
    Command("overdue --by side", (*OURS, "overdue", "--by", "side"), None, None, LATE),
    Command("upcoming", (*OURS, "upcoming"), None, TABLE),
    Command("upcoming, 80 columns", (*OURS, "upcoming"), None, TABLE, columns=80),
    Command(
        "overdue -o 逾期.xlsx",
        (*OURS, "overdue", "-o", "逾期.xlsx", "--force"),
        None,
        None,
        LATE,
        writes=True,
    ),
    Command("history", (*OURS, "history")),
    Command("status --json", (*OURS, "status", "--json"), 1.3, PLAIN),
    Command("overdue --json", (*OURS, "overdue", "--json"), 1.3, PLAIN, LATE),
    Command("status --csv", (*OURS, "status", "--csv"), None, PLAIN),
    Command(
        "record 6.1 --transferred 40",
        (*OURS, "record", "6.1", "--transferred", "40"),
        1.3,
        PLAIN,
        writes=True,
    ),
)


def main() -> None:
    """Make the ledger, measure everything, print the ratios."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, default=1000, help="made-up entries of the ledger")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        made_up.one_office(folder / "ledger.db", chosen.entries)
        bare = Command("bare Typer program (T)", (*PYTHON, "-m", "bare"))
        commands = [
            bare,
            Command("python -I -c pass", (*PYTHON, "-I", "-c", "pass")),
            *COMMANDS,
            *_peers(folder),
        ]
        counted = shutil.which("valgrind") is not None
        costs = _instructions(commands, folder) if counted else _ratios(commands, folder)
        unit = "million instructions" if counted else "CPU, bare Typer = 1 (no valgrind here; margin 10 %)"
        print(f"{chosen.entries} made-up entries on the built-in plan; {unit}")
        print(f"{'command':34} {'cost':>8} {'x T':>6} {'goal':>6} {'floor':>6}")
        for command, cost in zip(commands, costs, strict=True):
            ratio = f"{cost:8.2f} {cost / costs[0]:6.2f}" if cost else "failed".rjust(15)
            print(f"{command.name:34} {ratio} {command.goal or '':>6} {command.floor or '':>6}")


def _start(command: Command, folder: Path, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command once in a known environment; one that writes gets a copy of the ledger."""
    ledger = folder / "ledger.db"
    if command.writes:
        ledger = Path(shutil.copy(ledger, folder / "copy.db"))
    ours = {"LEDGER": str(ledger), "TODAY": command.today, "BY": made_up.WHO}
    return subprocess.run(
        [*before, *command.line],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            **{f"PLANLEDGER_{name}": value for name, value in ours.items()},
            "COLUMNS": str(command.columns),
            "PYTHONHASHSEED": "0",
            "PYTHONIOENCODING": "utf-8",
            "TODOMAN_CONFIG": str(folder / "todoman.py"),
            "TASKRC": str(folder / "taskrc"),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def _instructions(commands: list[Command], folder: Path) -> list[float]:
    callgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    costs = []
    for command in commands:
        _start(command, folder)  # the first run compiles what is imported
        done = _start(command, folder, callgrind)
        match = re.search(r"Collected : (\d+)", done.stderr)
        costs.append(int(match[1]) / 1e6 if match and not done.returncode else 0.0)
    return costs


def _ratios(commands: list[Command], folder: Path) -> list[float]:
    """Compare CPU time with the bare program's of the same round; the machine drifts, so nothing else counts."""
    rounds: list[dict[Command, float]] = []
    for _ in range(ROUNDS + 1):
        times = {command: _cpu(command, folder) for command in random.sample(commands, len(commands))}
        rounds.append({command: spent / times[commands[0]] for command, spent in times.items()})
    return [statistics.median(ratios[command] for ratios in rounds[1:]) for command in commands]


def _cpu(command: Command, folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _start(command, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _peers(folder: Path) -> list[Command]:
    """Prepare the peers that are installed: each lists 26 late tasks, or the balance of 26 items."""
    peers: tuple[tuple[str, str, tuple[str, ...], Callable[[Path], None]], ...] = (
        ("todo", "todoman list, 26 tasks", ("todo", "list"), _todoman),
        (
            "task",
            "taskwarrior list, 26 tasks",
            ("task", "rc.verbose=nothing", "+OVERDUE", "list"),
            _taskwarrior,
        ),
        (
            "hledger",
            "hledger bal, 26 items",
            ("hledger", "-f", "items.journal", "bal", "--depth", "2"),
            _hledger,
        ),
    )
    commands = []
    for program, name, line, prepare in peers:
        if shutil.which(program):
            prepare(folder)
            commands.append(Command(name, line))
        else:
            print(f"{program} is not installed: left out")
    return commands


def _todoman(folder: Path) -> None:
    tasks = folder / "tasks" / "list"
    tasks.mkdir(parents=True)
    config = f'path = "{folder}/tasks/*"\ncache_path = "{folder}/todoman.sqlite3"\n'
    (folder / "todoman.py").write_text(config, encoding="utf-8")
    for n in range(26):
        body = f"UID:{n}\nSUMMARY:虚构事项{n}\nDTSTAMP:20190101T000000Z\nDUE;VALUE=DATE:20191130"
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VTODO\n{body}\nEND:VTODO\nEND:VCALENDAR\n"
        (tasks / f"{n}.ics").write_text(text.replace("\n", "\r\n"), encoding="utf-8")


def _taskwarrior(folder: Path) -> None:
    (folder / "task").mkdir()
    settings = f"data.location={folder}/task\nconfirmation=off\n"
    (folder / "taskrc").write_text(settings, encoding="utf-8")
    common = 'due:"1575072000" entry:"1546300800" status:"pending"'
    lines = [
        f'[description:"虚构事项{n}" {common} uuid:"{n:08x}-0000-4000-8000-000000000000"]\n'
        for n in range(26)
    ]
    (folder / "task" / "pending.data").write_text("".join(lines), encoding="utf-8")


def _hledger(folder: Path) -> None:
    posts = [f"2019-11-{1 + n:02} 虚构\n    item:虚构事项{n}  40 人\n    source\n" for n in range(26)]
    (folder / "items.journal").write_text("\n".join(posts), encoding="utf-8")


if __name__ == "__main__":
    main()
