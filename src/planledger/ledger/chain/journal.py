"""The chain in the database: appending entries, each with its number and its seal, and walking them again."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from planledger.ledger.chain.chain import FIRST, Sealed, seal
from planledger.ledger.clerk import Clerk, checked_text
from planledger.plan.model.entry_details import (
    ImpossibleEntryError,
    check_figure,
    check_moment,
    check_texts,
    read_entry,
)
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import NOT_RECORDED, NotRecorded
from planledger.questions.receipt import Draft
from planledger.store.database import Chain, Store
from planledger.store.errors import NotALedger

HEAD = """SELECT o.name, e.seq, e.hash, e.recorded_at
FROM origin o LEFT JOIN entry e ON e.origin_id = o.id AND e.id <= :end
WHERE o.id = :origin ORDER BY e.seq DESC LIMIT 1"""
CHAIN_PLACE = """SELECT o.name, e.seq, e.recorded_at FROM entry e JOIN origin o ON o.id = e.origin_id WHERE e.id = :id"""
CHAIN_OF = "SELECT origin_id FROM plan WHERE id = :plan"
SEAL_OF = "SELECT hash FROM entry WHERE id = :id"
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


class ChainHead(NamedTuple):
    """The end of the chain that this ledger writes."""

    origin: str
    seq: int
    hash: str
    recorded_at: str


def read_head(store: Store) -> ChainHead:
    """Read the end of the chain."""
    row = store.row(HEAD, {"origin": store.chain.origin_id, "end": store.chain.end})
    if row is None or row[1] is None:
        return ChainHead(str(row[0]) if row else "", 0, FIRST, "")
    name, seq, sealed, recorded_at = row
    return ChainHead(str(name), int(seq), sealed.hex() if isinstance(sealed, bytes) else "", str(recorded_at))


def append_all(
    store: Store, plan_id: int, plan_key: str, drafts: Sequence[Draft], clerk: Clerk
) -> tuple[int, ...]:
    """Seal *drafts* onto the chain, one after the other, inside the caller's transaction; return their numbers."""
    chain, end = store.chain, read_head(store)
    if store.row(CHAIN_OF, {"plan": plan_id}) != (chain.origin_id,):
        raise NotRecorded(f"方案 {plan_key} 不在这本台账里；请用 --plan 写明是哪一个方案。")
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
            origin=end.origin,
            seq=end.seq + 1,
            previous=end.hash,
            plan=plan_key,
            reversed_origin=str(place[0]) if place else None,
            reversed_seq=int(place[1] or 0) if place else None,
            **{name: row[name] for name in _OF_ENTRY},
        )
        row |= {"id": chain.entry_id(sealed.seq), "origin_id": chain.origin_id, "seq": sealed.seq}
        row |= {"plan_id": plan_id, "hash": seal(sealed)}
        rows.append(row)
        expected.append((row["id"], *sealed[:2], *sealed[3:], 0, row["hash"]))
        end = ChainHead(end.origin, sealed.seq, row["hash"].hex(), recorded_at)
    store.insert_all(INSERT_ENTRY, rows)
    if rows and store.rows(ENTRIES, {"least": rows[0]["id"], "end": chain.end}) != expected:
        raise unstored(f"第 {rows[0]['seq']} 号记录")
    return tuple(row["seq"] for row in rows)


def unstored(what: str) -> NotALedger:
    """The error of an action that does not read back what it has just written: the database drops or alters it."""
    return NotALedger(
        f"{what}写进台账后读出来的不一样，台账的表或触发器可能被改动过；请勿再登记，运行 planledger verify 核对。",
        NOT_RECORDED,
    )


class Walked(NamedTuple):
    """The entries of a chain, up to the first that is not what was sealed."""

    chain: Chain
    entries: int  # all that stand, those before the walk too
    since: str  # the day on which the first of those that were walked was recorded
    head: str
    fault: str
    adopted: dict[tuple[str, str], int]  # plan and digest of a version: number of the entry that adopted it


def walk(store: Store, chain: Chain, after: int = 0, span: tuple[int, int] | None = None) -> Walked:
    """Walk the entries of a chain behind a number, each sealed onto the one before it."""
    first, end = span or (chain.entry_id(after + 1), chain.end)
    head = seal_of(store, chain, after) if after else FIRST
    adopted: dict[tuple[str, str], int] = {}
    plain: set[tuple[object, ...]] = set()
    since, place, fault, base = "", after, "", chain.entry_id(0)
    for row in store.walk(ENTRIES, {"least": first, "end": end}):
        row_id, origin, seq, *fields, strayed, stored = row
        place += 1
        is_in_its_place = seq == place and row_id == base + place and origin == chain.name and not strayed
        if not (is_in_its_place and _is_sealed((origin, seq, head, *fields), stored)):
            fault = _fault_of(row, chain, place)
        else:
            fault = _forged(place, fields, chain.office, plain)
        if fault:
            place -= 1
            break
        head = stored.hex()
        since = since or fields[8][:10]
        if fields[1] == EntryKind.ADOPTION:
            adopted[fields[0], fields[10]] = place
    return Walked(chain, place, since, head if place else "", fault, adopted)


def _fault_of(row: tuple[Any, ...], chain: Chain, place: int) -> str:
    """Why a row is not the entry that was sealed at a place of a chain, in one sentence."""
    row_id, seq, plan, strayed = row[0], row[2], row[3], row[-2]
    if row_id != chain.entry_id(place):
        return f"第 {place} 号记录不见了，或记录号被改动过。"
    if seq != place:
        return f"第 {place} 号记录前面少了记录（链上应是第 {place} 条，实为第 {seq} 条）。"
    if strayed:
        return f"方案 {plan} 不在第 {place} 号记录所在的链上：方案的行被改动过。"
    return f"第 {place} 号记录与封存时不符：内容、顺序或封签被改动过。"


def _forged(place: int, fields: Sequence[Any], office: str, plain: set[tuple[object, ...]]) -> str:
    """The fault of an entry that holds what the program never writes, although its seal fits: answers would stop at it.

    Most entries are like an earlier one, of which nothing else need be checked; the shapes of those stand in *plain*.
    """
    _, kind, code, indicator, amount, side, agency, dated, recorded_at, *more = fields
    by, subject, note, written, _, reverses = more
    shape = kind, bool(code), bool(agency), dated, subject, bool(indicator), amount is None, reverses is None
    try:
        check_moment(recorded_at)
        check_texts(note, by, subject, agency, side, code, indicator)
        if written or place == 1 or shape not in plain:
            details = read_entry(kind, code, agency, dated, subject, written)
            check_figure(kind, indicator, amount, reverses)
            if place == 1 and details.parts.get("office", "") != office:
                return f"本办的名称（{office}）与第 1 号记录所说的不符：名称被改动过。"
            plain.update(() if written else (shape,))
    except ImpossibleEntryError as why:
        return f"第 {place} 号记录的{why}，不是程序所写。"
    return ""


def _is_sealed(entry: tuple[Any, ...], stored: object) -> bool:
    try:
        return seal(entry) == stored
    except (TypeError, ValueError):  # a column holds what no entry can hold
        return False


def seal_of(store: Store, chain: Chain, number: int) -> str:
    """The seal of an entry in hexadecimal; empty where there is none."""
    row = store.row(SEAL_OF, {"id": chain.entry_id(number)})
    return row[0].hex() if row and isinstance(row[0], bytes) else ""
