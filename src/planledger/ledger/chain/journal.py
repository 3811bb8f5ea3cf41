"""The chain in the database: appending entries, each with its number and its seal."""

from collections.abc import Sequence
from typing import Any

from planledger.ledger.chain.chain import FIRST, Sealed, seal
from planledger.ledger.clerk import Clerk, checked_text
from planledger.plan.refusal import NOT_RECORDED, NotRecorded
from planledger.questions.facts.entry_rows import seal_text
from planledger.questions.facts.office import read_head
from planledger.questions.receipt import Draft
from planledger.store.database import Chain, Store
from planledger.store.errors import NotALedger

SEAL_OF = "SELECT hash FROM entry WHERE id = :id"
CHAIN_PLACE = """SELECT o.name, e.seq, e.recorded_at FROM entry e JOIN origin o ON o.id = e.origin_id WHERE e.id = :id"""
PLAN_OF = "SELECT p.key, p.origin_id FROM plan p WHERE p.id = :plan"
INSERT_ENTRY = """INSERT INTO entry (id, origin_id, seq, plan_id, kind, code, indicator, amount, side, agency,
dated, recorded_at, recorded_by, subject, note, details, reverses, hash)
VALUES (:id, :origin_id, :seq, :plan_id, :kind, :code, :indicator, :amount, :side, :agency,
:dated, :recorded_at, :recorded_by, :subject, :note, :details, :reverses, :hash)"""

# One chain lies between two row ids, so that verifying one office reads nothing of the others.
ENTRIES = """SELECT e.id, o.name, e.seq, p.key, e.kind, e.code, e.indicator, e.amount, e.side, e.agency,
e.dated, e.recorded_at, e.recorded_by, e.subject, e.note, e.details, ro.name, r.seq, p.origin_id - o.id, e.hash
FROM entry e
LEFT JOIN origin o ON o.id = e.origin_id
LEFT JOIN plan p ON p.id = e.plan_id
LEFT JOIN entry r ON r.id = e.reverses
LEFT JOIN origin ro ON ro.id = r.origin_id
WHERE e.id >= :least AND e.id <= :end ORDER BY e.id"""
_OF_ENTRY = Sealed._fields[4:16]  # what the entry itself holds, from its kind to its details


def seal_of(store: Store, chain: Chain, number: int) -> str:
    """The seal of an entry in hexadecimal; empty where there is none."""
    row = store.row(SEAL_OF, {"id": chain.entry_id(number)})
    return seal_text(row[0]) if row else ""


def append_all(store: Store, plan_id: int, drafts: Sequence[Draft], clerk: Clerk) -> tuple[int, ...]:
    """Seal *drafts* onto the chain, one after the other, inside the caller's transaction; return their numbers."""
    chain, (number, previous, _) = store.chain, read_head(store)
    ((plan, origin),) = store.rows(PLAN_OF, {"plan": plan_id})
    if origin != chain.origin_id:
        raise NotRecorded(f"方案 {plan} 不在这本台账里；请用 --plan 写明是哪一个方案。")
    by = checked_text(clerk.by, "记录人")
    rows: list[dict[str, Any]] = []
    expected: list[tuple[Any, ...]] = []  # as they are to be read back
    for draft in drafts:
        reversed_id = chain.entry_id(draft.reverses) if draft.reverses else None
        place = store.row(CHAIN_PLACE, {"id": reversed_id}) if reversed_id else None
        # A clock set back must not let a reversal be known before what it cancels.
        recorded_at = max(clerk.now, str(place[2])) if place else clerk.now
        row = draft._asdict() | {"details": str(draft.details), "reverses": reversed_id}
        row |= {"recorded_at": recorded_at, "recorded_by": by}
        sealed = Sealed(
            origin=chain.name,
            seq=number + 1,
            previous=previous or FIRST,
            plan=str(plan),
            reversed_origin=str(place[0]) if place else None,
            reversed_seq=int(place[1] or 0) if place else None,
            **{name: row[name] for name in _OF_ENTRY},
        )
        row |= {"id": chain.entry_id(sealed.seq), "origin_id": chain.origin_id, "seq": sealed.seq}
        row |= {"plan_id": plan_id, "hash": seal(sealed)}
        rows.append(row)
        expected.append((row["id"], *sealed[:2], *sealed[3:], 0, row["hash"]))
        number, previous = sealed.seq, row["hash"].hex()
    store.insert_all(INSERT_ENTRY, rows)
    if rows and store.rows(ENTRIES, {"least": rows[0]["id"], "end": chain.end}) != expected:
        raise unstored(f"第{rows[0]['seq']}号记录")
    return tuple(row["seq"] for row in rows)


def unstored(what: str) -> NotALedger:
    """The error of an action that does not read back what it has just written: the database drops or alters it."""
    return NotALedger(
        f"{what}写进台账后读出来的不一样，台账的表或触发器可能被改动过；请勿再登记，运行 planledger verify 核对。",
        NOT_RECORDED,
    )
