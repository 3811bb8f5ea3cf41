"""How a question grows: virtual-machine steps of SQLite in a ledger of one plan, and among 573 in one database.

Steps are exact and the same on every machine. The plan that is asked about has 1,000 entries in both.

Usage: `python bench/steps.py [--entries 1000000] [--folder DIR]`
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import made_up

from planledger.ledger.actions.recording import record_item
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify
from planledger.ledger.clerk import Clerk
from planledger.ledger.session import PlanSession
from planledger.questions.answers.evidence import dossier
from planledger.questions.answers.history import EntryChoice, history
from planledger.questions.answers.soundness import Verification
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.sheet import load
from planledger.store.sqlite.embedded import Embedded
from planledger.store.sqlite.opening import open_to_read, open_to_write

DAY, ALWAYS, OWN, PLANS = "2019-12-05", "9999", 1000, 573
GOAL = 1.05
NOW = f"{DAY}T09:00:00.000000+08:00"


def main() -> None:
    """Make both ledgers, ask everything of each, print the steps side by side."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, default=1_000_000, help="entries of the big ledger")
    options.add_argument("--folder", type=Path, help="where the ledgers are kept for the next time")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        small = made_up.kept_nation(folder, OWN, OWN, 1)
        big = made_up.kept_nation(folder, chosen.entries, OWN, PLANS)
        print(f"steps; the plan asked about has {OWN:,} made-up entries; beside it stand no other,")
        print(f"and {PLANS - 1} others with {chosen.entries:,} in all, each office with its own chain")
        print(f"{'question':34} {'alone':>12} {'among others':>12}   ratio   goal")
        for (name, few), many in zip(_steps(small).items(), _steps(big).values(), strict=True):
            print(f"{name:34} {few:12,} {many:12,} {many / few:7.3f}   {GOAL}")


def _steps(path: Path) -> dict[str, int]:
    """Count the steps of every question of one plan, and of recording on it in a copy."""
    store = open_to_read(path).choose(made_up.key(1))
    ledger = LedgerAsOf(store, plan_in_force(store, made_up.key(1), DAY, ALWAYS), DAY, ALWAYS)
    in_july = ledger._replace(as_of="2019-06-30", known_at="2019-07-15")
    unit = ("甲县虚构0局",)
    store.inner_fault = lambda: ""  # type: ignore[method-assign]  # of the whole file, where one office has it alone
    questions: dict[str, Callable[[], object]] = {
        "which plan, named": lambda: plan_in_force(store, made_up.key(1), DAY, ALWAYS),
        "status, overdue, upcoming": lambda: load(ledger),
        "the same, as known in July": lambda: load(in_july),
        "show 1.1": lambda: dossier(ledger, "1.1"),
        "history --limit 100": lambda: history(ledger, EntryChoice(limit=100)),
        "history 1.1": lambda: history(ledger, EntryChoice(("1.1",), limit=100)),
        "history --agency": lambda: history(ledger, EntryChoice(agencies=unit, limit=100)),
        "check of the chain": lambda: _sound(verify(store)),
    }
    counts = {name: _counted(store, ask) for name, ask in questions.items()}
    store.close()
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        copy = Path(shutil.copy(path, scratch))
        writing = open_to_write(copy).choose(made_up.key(1))
        book = PlanSession(writing, Clerk(made_up.WHO, NOW), made_up.key(1))
        counts["record 1.1 --people 1"] = _counted(
            writing, lambda: record_item(book, Recording("1.1", (("people", "1"),)))
        )
        counts["record 1.1 --done"] = _counted(
            writing, lambda: record_item(book, Recording("1.1", is_done=True))
        )
        writing.close()
    return counts


def _sound(verification: Verification) -> None:
    if verification.fault:
        raise SystemExit(verification.fault)


def _counted(store: Embedded, ask: Callable[[], object]) -> int:
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    store.connection.set_progress_handler(step, 1)
    ask()
    store.connection.set_progress_handler(None, 1)
    return steps


if __name__ == "__main__":
    main()
