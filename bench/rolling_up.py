"""Every plan of a ledger in one line (`status --all-plans`), compared with reading the covering index; turn by turn, in one process.

Reading the covering index is passing every figure of it to Python, as any question that adds up outside SQL must;
what SQLite itself takes to add up by plan and indicator, and to return the sums alone, is printed with it.

Usage: `python bench/rolling_up.py [--entries 1000000] [--folder DIR]`
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import made_up

from planledger.questions.answers.roll_up import roll_up
from planledger.store.sqlite.opening import open_to_read

DAY, ALWAYS, OWN, PLANS, TURNS = "2019-12-05", "9999", 1000, 573, 7
GOAL = 1.4
_FIGURES = "FROM entry WHERE indicator <> '' AND dated <= :as_of AND recorded_at <= :known_at"
INDEX = f"SELECT plan_id, code, indicator, side, agency, dated, amount {_FIGURES}"
SUMS = f"SELECT plan_id, code, indicator, SUM(amount) {_FIGURES} GROUP BY plan_id, code, indicator"


def main() -> None:
    """Make the ledger, roll it up and read its index in turn, print the ratio."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path, help="where the ledger is kept for the next time")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = made_up.kept_nation(chosen.folder or Path(scratch), chosen.entries, OWN, PLANS)
        store = open_to_read(path)
        asked = {"as_of": DAY, "known_at": ALWAYS}

        def index() -> None:
            for _ in store.connection.execute(INDEX, asked):
                pass

        def sums() -> None:
            for _ in store.connection.execute(SUMS, asked):
                pass

        def ours() -> None:
            roll_up(store, DAY, ALWAYS)

        gc.disable()  # as the command does (`__main__`)
        ours()
        times = [(_cpu(index), _cpu(sums), _cpu(ours)) for _ in range(TURNS)]
        store.close()
    read, added, rolled = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(ours / least for least, _, ours in times)
    print(f"{PLANS} plans, {chosen.entries:,} made-up entries: rolled up in {rolled:.2f} s of CPU,")
    print(f"{ratio:.2f} x reading the covering index ({read:.2f} s); goal {GOAL}")
    print(f"(SQLite alone adds up by plan and indicator in {added:.2f} s)")


def _cpu(work: Callable[[], None]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
