"""Several people at once, in processes of their own: no chain forks, and nothing that was acknowledged is lost."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planledger.ledger.chain.verification import verify
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, begin
from planledger.plan.file.yaml_file import require_plan
from planledger.store.database import Store
from postgres import Kept

SECOND = Path(__file__).parent.parent / "plans" / "second.yaml"
WRITER = """
import sys
from pathlib import Path
from planledger.ledger.actions.recording import record_item
from planledger.ledger.clerk import Clerk
from planledger.ledger.actions.request import Recording
from planledger.ledger.session import PlanSession
from planledger.store.errors import Busy
address, plan, item, figure, day, who, entries = sys.argv[1:]
if "://" in address:
    from planledger.store.postgres.address import open_server as opened
else:
    from planledger.store.sqlite.opening import open_to_write
    opened = lambda path: open_to_write(Path(path))
store = opened(address).choose(plan)
clerk = Clerk(who, day + "T09:00:00.000000+08:00")
print("ready", flush=True)
sys.stdin.readline()
for amount in range(1, int(entries) + 1):
    said = Recording(item, ((figure, str(amount)),), note=who)
    while True:  # who is refused as busy tries again, as the refusal asks
        try:
            receipt = store.run(lambda store: record_item(PlanSession(store, clerk, plan), said))
            break
        except Busy:
            continue
    print(receipt.stored[0].number, flush=True)
store.close()
"""
OURS = ("jianghai-daxin-2019", "6.1", "transferred", "2019-06-18")


def writer(
    kept: Kept, who: str, entries: int, about: tuple[str, str, str, str] = OURS
) -> subprocess.Popen[str]:
    """Start a process that records as fast as it can, once a line is sent to it."""
    words = [sys.executable, "-c", WRITER, kept.address, *about, who, str(entries)]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert "ready\n" == child.stdout.readline()
    return child


def together(children: list[subprocess.Popen[str]]) -> list[list[int]]:
    """Start all of them, and return the numbers that each printed."""
    for child in children:
        assert child.stdin
        child.stdin.write("\n")
        child.stdin.flush()
    written = []
    for child in children:
        out, _ = child.communicate()
        assert 0 == child.returncode
        written.append([int(line) for line in out.split()])
    return written


@pytest.mark.parametrize("entries", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_eight_writers_at_once_fork_no_chain_and_lose_nothing(
    kept: Kept, opened: Store, entries: int
) -> None:
    written = together([writer(kept, f"第{n}人", entries) for n in range(8)])
    verification = verify(opened)

    assert list(range(2, 8 * entries + 2)) == sorted(number for numbers in written for number in numbers)
    assert (8 * entries + 1, "") == (verification.entries, verification.fault)
    for n, numbers in enumerate(written):
        sql = "SELECT seq, amount FROM entry WHERE note = :who ORDER BY seq"
        stored = opened.rows(sql, {"who": f"第{n}人"})
        assert list(zip(numbers, range(1, entries + 1), strict=True)) == stored


def test_two_offices_write_at_once_and_neither_disturbs_the_other(kept: Kept, opened: Store) -> None:
    plan = require_plan(SECOND)
    begin(opened, NewPlan(plan, Clerk("试验员", "2019-05-06T09:00:00.000000+08:00"), "虚构办"))
    indicator = plan.indicators[0]
    theirs = (plan.meta.key, indicator.code, indicator.key, f"{plan.meta.year}-12-01")
    ours, others = together([writer(kept, "甲办", 20), writer(kept, "乙办", 20, theirs)])

    both = kept.open()
    verification = verify(both)
    both.close()

    assert list(range(2, 22)) == ours == others
    assert (42, "") == (verification.entries, verification.fault)


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_a_killed_writer_leaves_whole_actions_and_holds_nobody_up(
    kept: Kept, opened: Store, kills: int
) -> None:
    acknowledged = 0
    for turn in range(kills):
        child = writer(kept, "被打断的", 10_000)
        assert child.stdin
        assert child.stdout
        child.stdin.write("\n")
        child.stdin.flush()
        for _ in range(3 + turn):
            last = int(child.stdout.readline())
        time.sleep(0.003 * turn)
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
        acknowledged = max(
            [last, *(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))]
        )
        ((after,),) = together([writer(kept, "下一个", 1)])
        assert acknowledged < after <= acknowledged + 2
    verification = verify(opened)

    assert (after, "") == (verification.entries, verification.fault)
    assert acknowledged
