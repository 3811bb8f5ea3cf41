"""What an entry costs: CPU of one sealed append beside a bare INSERT, and how often the disk is asked to sync.

Both append to ledgers of the same size, turn by turn; the INSERT is the floor: the same row, transaction and
pragmas, without reading the head of the chain and without a seal.

Usage: `python bench/appending.py [--entries 1000000] [--folder DIR]`
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import made_up
from steps import DAY, NOW, OWN, PLANS

from planledger.ledger.chain.journal import INSERT_ENTRY, append_all
from planledger.ledger.clerk import Clerk
from planledger.questions.receipt import Draft
from planledger.store.database import Store
from planledger.store.sqlite.opening import open_to_write

TURNS = 300
CLERK = Clerk(made_up.WHO, NOW)
DRAFT = Draft("amount", DAY, "1.1", "people", 1, "甲县", "甲县虚构0局", note=made_up.WHO)
ROW = {
    **DRAFT._asdict(),
    "origin_id": 1,
    "plan_id": 1,
    "recorded_at": NOW,
    "recorded_by": made_up.WHO,
    "hash": bytes(32),
}


def main() -> None:
    """Measure in a ledger of a thousand entries, and in a big one where that is asked for."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, help="entries of a second, big ledger")
    options.add_argument("--folder", type=Path, help="where bench/steps.py keeps its ledgers")
    options.add_argument("--once", type=Path, help=argparse.SUPPRESS)  # what strace looks at
    chosen = options.parse_args()
    if chosen.once:
        _sealed(open_to_write(chosen.once).choose(made_up.key(1)))
        return
    print("one append, median; goal: at most 0.6 ms CPU, 5 syncs, and no growth")
    with tempfile.TemporaryDirectory(dir=chosen.folder) as scratch:
        for entries in filter(None, (OWN, chosen.entries)):
            kept = made_up.kept_nation(chosen.folder or Path(scratch), entries, OWN, PLANS)
            _report(Path(shutil.copy(kept, Path(scratch) / "ledger.db")), entries)


def _report(path: Path, entries: int) -> None:
    bare, sealed = Path(shutil.copy(path, path.with_name("bare.db"))), path
    bare_store, sealed_store = (open_to_write(ledger).choose(made_up.key(1)) for ledger in (bare, sealed))
    times: list[tuple[float, float]] = [
        (_cpu(_bare, bare_store), _cpu(_sealed, sealed_store)) for _ in range(TURNS)
    ]
    floor, ours = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    ratio = statistics.median(ours / floor for floor, ours in times)
    for store in (bare_store, sealed_store):
        store.close()
    print(
        f"{entries:>9,} entries: {ours:.2f} ms CPU, {ratio:.2f} x the bare INSERT ({floor:.2f} ms), {_syncs(sealed)}"
    )


def _cpu(write: Callable[[Store], None], store: Store) -> float:
    start = time.process_time()
    write(store)
    return time.process_time() - start


def _sealed(store: Store) -> None:
    with store.transaction():
        append_all(store, 1, (DRAFT,), CLERK)


def _bare(store: Store) -> None:
    with store.transaction():
        row = store.row("SELECT MAX(seq) + 1 FROM entry WHERE origin_id = 1")
        store.insert_all(INSERT_ENTRY, ({**ROW, "id": row[0] if row else 1, "seq": row[0] if row else 1},))


def _syncs(path: Path) -> str:
    if not shutil.which("strace"):
        return "syncs not counted (no strace here)"
    traced = [
        "strace",
        "-f",
        "-c",
        "-e",
        "trace=fsync,fdatasync",
        sys.executable,
        __file__,
        "--once",
        str(path),
    ]
    log = subprocess.run(traced, capture_output=True, encoding="utf-8", check=True).stderr
    calls = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?f(?:data)?sync$", log, re.MULTILINE)
    return f"{sum(map(int, calls))} syncs"


if __name__ == "__main__":
    main()
