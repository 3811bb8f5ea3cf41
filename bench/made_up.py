"""Made-up ledgers to measure on: no unit in them exists, nothing in them happened.

`one_office` is an office's ledger: the built-in plan with sealed entries. `nation` is many offices in one database, each
with its plan and its chain, written in bulk.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine  # noqa: TID253  (a ledger is made here, as in the store)
from sqlmodel import SQLModel  # noqa: TID253

from planledger.ledger.chain.chain import FIRST as BEFORE
from planledger.ledger.chain.chain import Sealed, plan_digest, seal
from planledger.ledger.chain.journal import append_all
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model import rows as plan_rows
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.version import Meta
from planledger.questions.facts.plans import whole_plan
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.receipt import Draft
from planledger.store.database import Chain, Store
from planledger.store.paths import built_in_plan
from planledger.store.schema import tables
from planledger.store.schema.tables import make
from planledger.store.sqlite.embedded import Embedded

WHO = "虚构"
SIDES = ("甲县", "乙县")
UNITS, ITEMS, UNITS_PER_ITEM = 50, 26, 5
YEAR = 2019
DAYS = [(date(YEAR, 1, 1) + timedelta(days=n)).isoformat() for n in range(330)]
FIRST = "2019-01-01T09:00:00.000000+08:00"
REVERSED, DECLARED = 50, 40  # of so many entries one is a reversal, one a declaration


def one_office(path: Path, entries: int = 1000) -> None:
    """Found a ledger of the built-in plan with sealed entries and hardly a target met: most units owe something."""
    plan = require_plan(built_in_plan())
    duties = {item.code: [duty for duty in plan.duties if duty.code == item.code] for item in plan.items}

    def record(store: Store) -> bool:
        force = plan_in_force(store, "", DAYS[0], "9999")
        with store.transaction():
            for n in range(entries - 1):
                turn, place = divmod(n, len(plan.indicators))
                indicator = plan.indicators[place]
                duty = duties[indicator.code][turn % len(duties[indicator.code])]
                day = DAYS[90 + n * 230 // entries]
                amount = 1 if indicator.target is None or indicator.target > 2 * (turn + 1) else 0
                draft = Draft(
                    "amount", day, indicator.code, indicator.key, amount, duty.side, duty.agency, note=WHO
                )
                append_all(store, force.plan_id, (draft,), Clerk(WHO, f"{day}T{9 + n % 8:02}{FIRST[13:]}"))
        return True

    create_ledger(path, NewPlan(plan, Clerk(WHO, FIRST), WHO), record)


def nation(path: Path, entries: int, own: int = 1000, plans: int = 573) -> None:
    """Make a ledger of many plans in which the first has *own* of the *entries*, spread among the others'."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        make(connection)
    engine.dispose()
    with sqlite3.connect(path) as ledger:
        ledger.execute("PRAGMA synchronous=OFF")
        kept: tuple[type[SQLModel], ...] = (tables.Origin, tables.Plan, *tables.VERSIONED.values())
        for table in kept:
            _fill(ledger, table, (row for plan in range(1, plans + 1) for row in _rows_of(table, plan)))
        store = Embedded(ledger, str(path))
        digests = [plan_digest(whole_plan(store, plan)) for plan in range(1, plans + 1)]
        versions = [{"id": n, "plan_id": n, "digest": mark} for n, mark in enumerate(digests, 1)]
        _fill(ledger, tables.Version, versions)
        _fill(ledger, tables.Entry, _sealed(_entries(entries, own, digests)))
    ledger.close()


def kept_nation(folder: Path, entries: int, own: int, plans: int) -> Path:
    """Make a nation in *folder*, unless it was kept there from another run."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"made-up-{plans}-{entries}.db"
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        nation(draft, entries, own, plans)
        draft.rename(path)
    return path


def key(plan: int) -> str:
    """Name a plan of the nation."""
    return f"made-up-{plan}"


def _chain(plan: int) -> Chain:
    return Chain(plan, f"{plan:016x}", f"虚构办{plan}")


def _fill(ledger: sqlite3.Connection, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows in bulk; a column of which they say nothing is empty, 0, or null where it may be."""
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    empty = {c.name: None if c.nullable or c.primary_key else c.type.python_type() for c in columns}
    names = ", ".join(empty)
    marks = ", ".join(f":{name}" for name in empty)
    sql = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})"  # noqa: S608  (names of our own tables)
    ledger.executemany(sql, ({**empty, **row} for row in rows))


def _code(item: int) -> str:
    return f"{1 + item // 3}.{1 + item % 3}"


def _unit(unit: int) -> dict[str, Any]:
    return {"agency": f"{SIDES[unit % 2]}虚构{unit}局", "side": SIDES[unit % 2]}


def _rows_of(table: type[SQLModel], plan: int) -> Iterator[dict[str, Any]]:
    """Say the rows of one made-up plan in one table."""
    if table is tables.Origin:
        chain = _chain(plan)
        yield {"id": plan, "name": chain.name, "office": chain.office}
    elif table is tables.Plan:
        yield {"id": plan, "key": key(plan), "origin_id": plan}
    elif table is tables.VERSIONED[Meta]:
        head = {"key": key(plan), "title": f"虚构方案{plan}", "year": YEAR, "warn_days": 30}
        yield {"version_id": plan, "position": 0, **head}
    else:
        for position, row in enumerate(_PARTS.get(table, ())):
            yield {"version_id": plan, "position": position, **row}


def _item(n: int) -> dict[str, Any]:
    words = {
        "title": f"虚构事项{n}",
        "text": f"虚构事项{n}，仅供测量",
        "due": "2019年11月",
        "units": "两地虚构局",
    }
    return {
        "code": _code(n),
        "area": _code(n)[0],
        "last_day": "2019-11-30",
        "deadline_kind": "month",
        **words,
    }


def _indicator(n: int) -> dict[str, Any]:
    """The first is a flow with a target on every item; the last five are stocks and figures that must be there."""
    fields = {
        "code": _code(n % ITEMS),
        "label": f"虚构指标{n}",
        "unit": "人",
        "scope": "whole",
        "measure": "flow",
    }
    if n < ITEMS:
        return {**fields, "key": "people", "comparison": "at_least", "target": 400}
    measure = "stock" if n % 2 else "flow"
    return {**fields, "key": "more", "comparison": "none", "measure": measure, "must_report": 1}


_PARTS: dict[type[SQLModel], list[dict[str, Any]]] = {
    tables.VERSIONED[plan_rows.Side]: [{"name": side, "short": side[0]} for side in SIDES],
    tables.VERSIONED[plan_rows.Agency]: [
        {"name": u["agency"], "side": u["side"]} for u in map(_unit, range(UNITS))
    ],
    tables.VERSIONED[plan_rows.Area]: [
        {"code": str(n), "name": f"虚构工作{n}"} for n in range(1, 2 + ITEMS // 3)
    ],
    tables.VERSIONED[plan_rows.Item]: [_item(n) for n in range(ITEMS)],
    tables.VERSIONED[plan_rows.Indicator]: [_indicator(n) for n in range(ITEMS + 5)],
    tables.VERSIONED[plan_rows.Duty]: [
        {"code": _code(n), "role": "responsible", **_unit((UNITS_PER_ITEM * n + k) % UNITS)}
        for n in range(ITEMS)
        for k in range(UNITS_PER_ITEM)
    ],
}
"""What every made-up plan says, the same for all."""


def _entries(entries: int, own: int, digests: list[str]) -> Iterator[dict[str, Any]]:
    """Adopt every plan, then record: the first plan's entries at even distances among the others'."""
    plans = len(digests)
    common = {"recorded_by": WHO, "note": WHO}
    for plan, mark in enumerate(digests, 1):
        fields = {"kind": "adoption", "subject": mark, "dated": DAYS[0], "recorded_at": FIRST}
        fields["details"] = write_details(office=_chain(plan).office)
        yield {**common, **fields, "plan_id": plan}
    turns = [0] * (plans + 1)
    last: list[dict[str, Any]] = [{}] * (plans + 1)
    for n in range(entries):
        is_own = plans == 1 or n * own // entries != (n + 1) * own // entries
        plan = 1 if is_own else 2 + n % (plans - 1)
        turn = turns[plan]
        turns[plan] += 1
        if turn % REVERSED == REVERSED - 1 and last[plan]["kind"] == "amount":
            row = {**last[plan], "kind": "reversal", "amount": -1, "reverses": turn + 1}
        else:
            row = {**common, "plan_id": plan, **_recorded(turn)}
        last[plan] = row
        yield row


def _sealed(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each entry its place in the chain of its plan, and seal it there."""
    ends: dict[int, tuple[int, str]] = {}
    for entry in entries:
        chain = _chain(entry["plan_id"])
        seq, previous = ends.get(chain.origin_id, (0, BEFORE))
        seq += 1
        texts = {name: entry.get(name, "") for name in Sealed._fields if name not in _NAMED}
        reverses = entry.get("reverses")
        made = seal(
            Sealed(
                origin=chain.name,
                seq=seq,
                previous=previous,
                plan=key(chain.origin_id),
                amount=entry.get("amount"),
                reversed_origin=chain.name if reverses else None,
                reversed_seq=reverses,
                **texts,
            )
        )
        ends[chain.origin_id] = seq, made.hex()
        place = {"id": chain.entry_id(seq), "origin_id": chain.origin_id, "seq": seq, "hash": made}
        yield {**entry, **place, "reverses": chain.entry_id(reverses) if reverses else None}


_NAMED = ("origin", "seq", "previous", "plan", "amount", "reversed_origin", "reversed_seq")


def _recorded(turn: int) -> dict[str, Any]:
    """Say the entry of one turn: mostly a figure, now and then a declaration."""
    indicator = _indicator(turn % (ITEMS + 5))
    day = DAYS[turn % len(DAYS)]
    item = turn % (ITEMS + 5) % ITEMS
    fields = {
        "code": indicator["code"],
        "dated": day,
        "recorded_at": f"{day}T{10 + turn % 8:02}{FIRST[13:]}",
        **_unit((UNITS_PER_ITEM * item + turn % UNITS_PER_ITEM) % UNITS),
    }
    if turn % DECLARED == DECLARED - 1:
        return {**fields, "kind": "declaration"}
    return {**fields, "kind": "amount", "indicator": indicator["key"], "amount": 1}
