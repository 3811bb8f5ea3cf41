"""What checking the chain costs, beside its floor: reading the same rows and hashing as many bytes.

SQLite's own check of the file, which `verify` asks for too, is shown apart; so is the check of the newest 1,000
entries alone (`verify --since`, and before every import).

Usage: `python bench/verifying.py [--entries 20000]`
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import made_up

from planledger.ledger.chain.journal import ENTRIES
from planledger.ledger.chain.verification import verify, verify_since
from planledger.questions.answers.soundness import NotedHead
from planledger.store.database import Store
from planledger.store.sqlite.opening import open_to_read

TURNS = 7
GOAL = 2.5
NEWEST = 15  # ms
BYTES = bytes(240)  # about what an entry says when it is sealed


def main() -> None:
    """Seal made-up entries, check them turn by turn with the floor, print the ratio."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, default=20_000)
    entries: int = options.parse_args().entries
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "ledger.db"
        made_up.one_office(path, entries)
        store = open_to_read(path)
        fault = verify(store).fault
        if fault:
            raise SystemExit(fault)

        def floor() -> None:
            for _ in store.connection.execute(ENTRIES, {"least": 1, "end": entries + 1}):
                sha256(BYTES).digest()

        def file() -> None:
            store.rows("PRAGMA integrity_check(1)")

        noted = _head_before(store, 1_000)
        new = statistics.median(_cpu(lambda: verify_since(store, noted)) for _ in range(TURNS)) * 1e3
        times = [(_cpu(floor), _cpu(file), _cpu(lambda: verify(store))) for _ in range(TURNS)]
        store.close()
    least, checked, ours = (statistics.median(column) / entries * 1e6 for column in zip(*times, strict=True))
    ratio = statistics.median((ours - checked) / least for least, checked, ours in times)
    print(f"{entries:,} made-up entries: {ours:.1f} us an entry, {checked:.1f} of it the check of the file;")
    print(f"the rest is {ratio:.2f} x the floor ({least:.1f} us); goal {GOAL}")
    print(f"the newest 1,000 alone: {new:.1f} ms; goal {NEWEST}")


def _head_before(store: Store, entries: int) -> NotedHead:
    """The head as it was so many entries ago."""
    (last,) = store.rows("SELECT MAX(id) FROM entry")[0]
    (seal,) = store.rows("SELECT hash FROM entry WHERE id = :id", {"id": last - entries})[0]
    return NotedHead(last - entries, seal.hex()[:16])


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
