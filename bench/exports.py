"""What a ledger as a workbook costs, beside its floor: openpyxl writing the same values without any look.

Usage: `python bench/exports.py [--entries 10000]`
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import made_up

from planledger.formats.workbook.daybook import ledger_workbook
from planledger.questions.answers.history import daybook
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import plan_in_force
from planledger.store.sqlite.opening import open_to_read

TURNS = 15
GOAL = 1.3
DAY, ALWAYS = "2019-12-05", "9999"


def main() -> None:
    """Seal made-up entries, write them turn by turn with and without all that is ours, print the ratio."""
    from openpyxl import load_workbook

    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, default=10_000)
    entries: int = options.parse_args().entries
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "ledger.db"
        made_up.one_office(path, entries)
        store = open_to_read(path)
        book = daybook(LedgerAsOf(store, plan_in_force(store, "", DAY, ALWAYS), DAY, ALWAYS))
        store.close()
    written = load_workbook(BytesIO(ledger_workbook(book, DAY)), read_only=True)
    rows = [list(row) for row in written["台账"].iter_rows(values_only=True)]
    gc.disable()  # as the program does
    times = [(_cpu(lambda: _bare(rows)), _cpu(lambda: ledger_workbook(book, DAY))) for _ in range(TURNS)]
    least, ours = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(ours / least for least, ours in times)
    print(f"{entries:,} made-up entries: {ours:.2f} s, the same values without a look {least:.2f} s")
    print(f"{ratio:.2f} x the floor; goal {GOAL}")


def _bare(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    workbook, out = Workbook(write_only=True), BytesIO()
    sheet = workbook.create_sheet()
    for row in rows:
        sheet.append(row)
    workbook.save(out)
    return out.getvalue()


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
