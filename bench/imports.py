"""What forms cost that come back: CPU beside openpyxl reading the same files, and beside sealing and inserting the same entries.

First the 50 forms of the built-in plan, each filled on its first three lines with made-up figures, read with all checks and
judged against the ledger; the peer only opens each and looks at every cell. Then many entries, judged already, stored in one
transaction; the peer seals as many entries and passes them to `sqlite3` all at once.

Usage: `python bench/imports.py [--rounds 7] [--entries 10000]`
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook  # noqa: TID253  (the peer)

from planledger.formats.form.layout import FILL_IN, FIRST_ROW, letter
from planledger.formats.form.read_form import returned
from planledger.formats.form.read_identity import identity_of
from planledger.formats.form.write_form import write_form
from planledger.formats.xlsx.opening import open_workbook
from planledger.ledger.chain.chain import Sealed, seal
from planledger.ledger.chain.journal import INSERT_ENTRY, append_all
from planledger.ledger.clerk import Clerk
from planledger.ledger.forms.incoming import look_at
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.ledger.session import PlanSession
from planledger.plan.file.yaml_file import require_plan
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.forms.form import Form, form_of, forms_of_all
from planledger.questions.forms.returned import FIGURE, CellPlace, Filled, Returned
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store
from planledger.store.paths import built_in_plan
from planledger.store.sqlite.opening import open_to_read, open_to_write

DAY, PERIOD, WHO = "2019-07-31", "2019-07", "虚构"
CLERK = Clerk(WHO, f"{DAY}T18:00:00.000000+08:00")


def main() -> None:
    """Measure both, turn by turn, and print the ratios."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--entries", type=int, default=10_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = folder / "ledger.db"
        create_ledger(
            ledger,
            NewPlan(require_plan(built_in_plan()), Clerk(WHO, f"{DAY}T09:00:00.000000+08:00"), WHO),
            lambda _: True,
        )
        files = _filled_forms(ledger, folder)
        print(f"CPU in seconds, median of {given.rounds}; turn by turn")
        _compare(
            f"{len(files)} forms, read and judged",
            lambda: _ours(ledger, files),
            lambda: _peer(files),
            given.rounds,
            1.3,
        )
        drafts = _judged(ledger, given.entries)
        turns = iter(range(10_000))
        _compare(
            f"{given.entries:,} entries stored",
            lambda: _stored(_copy(ledger, folder, next(turns)), drafts),
            lambda: _sealed(_copy(ledger, folder, next(turns)), given.entries),
            max(1, given.rounds // 2),
            1.5,
        )


def _compare(
    what: str, ours: Callable[[], object], peer: Callable[[], object], rounds: int, goal: float
) -> None:
    one, other = [], []
    for _ in range(rounds):
        one.append(_timed(ours))
        other.append(_timed(peer))
    ratio = statistics.median(a / b for a, b in zip(one, other, strict=True))
    print(
        f"{what:32} {statistics.median(one):7.3f} {statistics.median(other):7.3f}  ratio {ratio:5.2f}   goal: at most {goal}"
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _sheet(store: Store) -> Sheet:
    return load(LedgerAsOf(store, plan_in_force(store, "", DAY, "9999"), DAY, "9999"))


def _filled_forms(ledger: Path, folder: Path) -> list[Path]:
    store = open_to_read(ledger)
    forms = forms_of_all(_sheet(store), PERIOD)
    store.close()
    return [_filled(form, folder / f"{number}.xlsx") for number, form in enumerate(forms)]


def _filled(form: Form, path: Path) -> Path:
    out = BytesIO()
    write_form(form, out)
    book = load_workbook(out)
    asked = [row for row, line in enumerate(form.lines, FIRST_ROW) if line.indicator]
    for row in asked[:3]:
        book[FILL_IN][f"{letter('本期新增')}{row}"].value = 1
        book[FILL_IN][f"{letter('发生日期')}{row}"].value = "2019-07-16"
    book.save(path)
    return path


def _ours(ledger: Path, files: list[Path]) -> None:
    store = open_to_read(ledger)
    sheet = _sheet(store)
    units = {agency.name: agency for agency in sheet.agencies}
    for path in files:
        book = open_workbook(path)
        identity = identity_of(book)
        form = form_of(sheet, units[identity.agency], identity.period)
        faults = look_at(PlanSession(store, CLERK), returned(book, form, DAY), "").faults
        assert not faults, faults
    store.close()


def _peer(files: list[Path]) -> None:
    for path in files:
        for sheet in load_workbook(path, data_only=True):
            for row in sheet.iter_rows(values_only=True):
                tuple(row)


def _copy(ledger: Path, folder: Path, turn: int) -> Path:
    path = folder / f"copy-{turn}.db"
    path.write_bytes(ledger.read_bytes())
    return path


def _judged(ledger: Path, count: int) -> tuple[Draft, ...]:
    """Judge a form of many entries, and say what the rules cost for each."""
    filled = tuple(
        Filled(
            *(CellPlace("明细", f"C{n + 3}"), FIGURE, "6.1", "transferred", str(n + 1), n + 1, "2019-07-16"),
            note=WHO,
            is_detail=True,
        )
        for n in range(count)
    )
    lines = tuple(one.cell.line for one in filled)
    form = Returned(
        *("虚构.xlsx", "0" * 64, "plan", 1, "大新县人社局", (), lines),
        template="0" * 16,
        period=PERIOD,
        filled=filled,
    )
    store = open_to_read(ledger)
    start = time.process_time()
    intake = look_at(PlanSession(store, CLERK), form, "")
    print(f"judging {count:,} entries: {(time.process_time() - start) / count * 1e6:.0f} µs each")
    store.close()
    return intake.wanted


def _stored(ledger: Path, drafts: tuple[Draft, ...]) -> None:
    store = open_to_write(ledger)
    with store.transaction():
        append_all(store, 1, drafts, CLERK)
    store.close()


def _sealed(ledger: Path, count: int) -> None:
    connection = sqlite3.connect(ledger)
    previous, rows = "0" * 64, []
    for n in range(count):
        entry = Sealed(
            *("peer", n + 1, previous, "plan", "amount", "6.1", "transferred", n + 1, "大新县", "大新县人社局"),
            *("2019-07-16", CLERK.now, WHO, "", WHO, '[["a","b"]]', None, None),
        )  # fmt: skip
        made = seal(entry)
        previous = made.hex()
        fields = {name: getattr(entry, name) for name in entry._fields[4:16]}
        rows.append(
            {
                "id": n + 2,
                "origin_id": 1,
                "seq": n + 2,
                "plan_id": 1,
                "reverses": None,
                "hash": made,
                **fields,
            }
        )
    with connection:
        connection.executemany(INSERT_ENTRY, rows)
    connection.close()


if __name__ == "__main__":
    main()
