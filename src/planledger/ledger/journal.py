"""Appending to the chain: the one INSERT of an entry, its number, its seal."""

from collections.abc import Sequence
from typing import Any

from planledger.ledger.chain import FIRST, Sealed, seal
from planledger.ledger.hand import Hand
from planledger.ledger.texts import checked
from planledger.plan.rows import NamedTuple
from planledger.questions.receipt import Draft
from planledger.store.database import Store

OWN_ORIGIN = 1

HEAD = """SELECT o.name, e.seq, e.hash, e.recorded_at
FROM origin o LEFT JOIN entry e ON e.origin_id = o.id
WHERE o.id = :origin ORDER BY e.seq DESC LIMIT 1"""
LAST_NUMBER = "SELECT MAX(id) FROM entry"
CHAIN_PLACE = """SELECT o.name, e.seq, e.recorded_at FROM entry e JOIN origin o ON o.id = e.origin_id WHERE e.id = :id"""
INSERT_ENTRY = """INSERT INTO entry (id, origin_id, seq, plan_id, kind, code, indicator, amount, side, agency,
dated, recorded_at, recorded_by, subject, note, details, reverses, hash)
VALUES (:id, :origin_id, :seq, :plan_id, :kind, :code, :indicator, :amount, :side, :agency,
:dated, :recorded_at, :recorded_by, :subject, :note, :details, :reverses, :hash)"""


class Head(NamedTuple):
    """The end of this ledger's own chain."""

    origin: str
    seq: int
    hash: str
    recorded_at: str


def head(store: Store) -> Head:
    """Read the end of the own chain."""
    row = store.row(HEAD, {"origin": OWN_ORIGIN})
    if row is None or row[1] is None:
        return Head(str(row[0]) if row else "", 0, FIRST, "")
    name, seq, sealed, recorded_at = row
    return Head(
        str(name), int(seq), bytes(sealed).hex() if isinstance(sealed, bytes) else "", str(recorded_at)
    )


def append(store: Store, plan_id: int, plan_key: str, draft: Draft, hand: Hand) -> int:
    """Seal *draft* onto the own chain, inside the caller's transaction; give the entry's number."""
    return append_all(store, plan_id, plan_key, (draft,), hand)[0]


def append_all(
    store: Store, plan_id: int, plan_key: str, drafts: Sequence[Draft], hand: Hand
) -> tuple[int, ...]:
    """Seal *drafts* onto the own chain, one after the other, inside the caller's transaction; give their numbers."""
    end, first = head(store), next_number(store)
    by = checked(hand.by, "记录人")
    rows = []
    for number, draft in enumerate(drafts, first):
        reversed_place = store.row(CHAIN_PLACE, {"id": draft.reverses}) if draft.reverses else None
        sealed = _sealed(end, plan_key, draft, hand, by, reversed_place)
        made = seal(sealed)
        rows.append(
            {
                "id": number,
                "origin_id": OWN_ORIGIN,
                "seq": sealed.seq,
                "plan_id": plan_id,
                "recorded_at": sealed.recorded_at,
                "recorded_by": by,
                "hash": made,
                **draft._asdict(),
            }
        )
        end = Head(end.origin, sealed.seq, made.hex(), sealed.recorded_at)
    store.insert_all(INSERT_ENTRY, rows)
    return tuple(range(first, first + len(rows)))


def _sealed(
    end: Head, plan_key: str, draft: Draft, hand: Hand, by: str, reversed_place: tuple[Any, ...] | None
) -> Sealed:
    """Write everything that an entry says, in the order in which it is sealed."""
    # A clock set back must not let a reversal be known before what it cancels.
    recorded_at = max(hand.now, str(reversed_place[2])) if reversed_place else hand.now
    return Sealed(
        end.origin,
        end.seq + 1,
        end.hash,
        plan_key,
        draft.kind,
        draft.code,
        draft.indicator,
        draft.amount,
        draft.side,
        draft.agency,
        draft.dated,
        recorded_at,
        by,
        draft.subject,
        draft.note,
        draft.details,
        str(reversed_place[0]) if reversed_place else None,
        int(reversed_place[1] or 0) if reversed_place else None,
    )


def next_number(store: Store) -> int:
    """Say which number the next entry will bear, inside the caller's transaction."""
    row = store.row(LAST_NUMBER)
    return int(row[0] or 0) + 1 if row else 1
