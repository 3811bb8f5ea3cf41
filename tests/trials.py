"""What the trials of the catalogue share: samples and full figures, programs that write, and whether a ledger is sound."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection  # noqa: TID253  (what a ledger is made over)

from planledger.ledger.chain.verification import verify
from planledger.questions.answers.soundness import Verification
from planledger.store.schema import steps, tables
from planledger.store.schema.steps import Step
from planledger.store.sqlite.opening import open_to_read

# Records forty figures and more with the program's own store and actions, and prints each number once it is stored.
WRITER = """import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from planledger.ledger.actions.recording import record_item
from planledger.ledger.clerk import Clerk
from planledger.ledger.actions.request import Recording
from planledger.ledger.session import PlanSession
from planledger.store.sqlite.opening import open_to_write

ledger, count, unit = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
print("go", flush=True)
if sys.argv[4:]:
    sys.stdin.readline()
for number in range(count):
    store = open_to_write(ledger)
    book = PlanSession(store, Clerk("试验员", "2019-06-18T09:00:00.000000+08:00"))
    done = record_item(book, Recording("6.1", (("transferred", "1"),), agency=unit, note=f"试验{number}"))
    store.close()
    print(done.stored[0].number, flush=True)
"""
UNIT = "江海区人社局"
EXAMPLES = 20  # of a law in the ordinary run


def sampled(names: str, sample: Any, full: Any) -> pytest.MarkDecorator:
    """Run a case at a sample in the ordinary run, and at its full figure in the long one."""
    whole = full if isinstance(full, tuple) else (full,)
    return pytest.mark.parametrize(names, [sample, pytest.param(*whole, marks=pytest.mark.soak)])


def examples(few: int) -> settings:
    """Try a law that takes its time on a few examples, and in the long run on as many times more as any law."""
    return settings(max_examples=few * settings().max_examples // EXAMPLES)


def some(ordinary: Collection[str], all_of_them: Iterable[str]) -> list[Any]:
    """Try those that are named in the ordinary run, and all of them in the long one."""
    return [one if one in ordinary else pytest.param(one, marks=pytest.mark.soak) for one in all_of_them]


def every(rows: Iterable[tuple[str, Iterable[Any]]]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Hold a fact of each row of a table, by its name, in one test that lists all rows of which it is not true.

    For a check that costs less than a test of its own.
    """
    table = [(name, tuple(values)) for name, values in rows]

    def of(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            faults = []
            for name, values in table:
                try:
                    check(*values)
                except Exception as fault:  # noqa: BLE001  (any of them is one of this row)
                    faults.append(f"{name}: {type(fault).__name__}: {fault}")
            assert table
            assert not faults, "\n".join(faults)

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return of


def python(script: str, *words: object, **more: Any) -> "subprocess.Popen[str]":
    """Start a program of a test, with pipes to all of its ends."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **more,
    )


def typed(*words: object, **env: str) -> "subprocess.CompletedProcess[str]":
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "planledger", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
    )


def laid(ledger: Path, place: Path) -> Path:
    """Lay a copy of a ledger into a place."""
    return Path(shutil.copy(ledger, place))


def soundness(ledger: Path) -> Verification:
    """What `verify` finds, after SQLite took back what a killed program left half-done."""
    store = open_to_read(ledger)
    try:
        return verify(store)
    finally:
        store.close()


def privileged() -> bool:
    """Whether we are root, to whom no right is denied and who may mount."""
    return os.name == "posix" and os.geteuid() == 0


def next_version(patch: pytest.MonkeyPatch, *more: Step) -> None:
    """Be the program of the next version: its layout is some steps further, and a ledger that it makes has them in it."""
    patch.setattr(steps, "STEPS", (*steps.STEPS, *more))
    patch.setattr(steps, "SCHEMA_VERSION", 1 + len(steps.STEPS))
    made = tables.make

    def make(connection: Connection) -> None:
        made(connection)
        for statement in (statement for step in more for statement in step.statements):
            connection.exec_driver_sql(statement)

    patch.setattr(tables, "make", make)
