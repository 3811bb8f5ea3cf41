"""Checking a ledger: every seal of every chain, and every adopted plan against its digest."""

from planledger.ledger.chain import FIRST, Sealed, digest, seal
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions.adopted import whole_plan
from planledger.questions.soundness import Verification
from planledger.store.database import Store

ENTRIES = """SELECT e.id, o.name, e.seq, p.key, e.kind, e.code, e.indicator, e.amount, e.side, e.agency,
e.dated, e.recorded_at, e.recorded_by, e.subject, e.note, e.details, ro.name, r.seq, e.hash
FROM entry e
LEFT JOIN origin o ON o.id = e.origin_id
LEFT JOIN plan p ON p.id = e.plan_id
LEFT JOIN entry r ON r.id = e.reverses
LEFT JOIN origin ro ON ro.id = r.origin_id
ORDER BY e.id"""
VERSIONS = "SELECT v.id, p.key, v.digest FROM version v LEFT JOIN plan p ON p.id = v.plan_id ORDER BY v.id"


def verify(store: Store) -> Verification:
    """Recompute every seal and every plan digest; nothing is written."""
    with store.snapshot():
        chains = _chains(store)
        fault = chains.fault or _versions(store, chains.adopted) or _file(store)
        return Verification(chains.entries, chains.since, chains.head, fault)


class _Chains(NamedTuple):
    """What walking all entries found, up to the first that is not what it was."""

    entries: int
    since: str
    head: str
    fault: str
    adopted: dict[tuple[str, str], int]  # plan and digest of a version: number of the entry that adopted it


def _chains(store: Store) -> _Chains:
    """Walk all entries in the order of their numbers, one head for each origin."""
    heads: dict[object, tuple[int, str]] = {}
    adopted: dict[tuple[str, str], int] = {}
    since, head, count = "", "", 0
    for number, origin, seq, *said, stored in store.rows(ENTRIES):
        place, previous = heads.get(origin, (0, FIRST))
        entry = Sealed._make([origin, place + 1, previous, *said])
        fault = _entry_fault(int(number or 0), entry, seq, stored)
        if number != count + 1:
            fault = f"第 {count + 1} 号记录不见了，或记录号被改动过。"
        if fault:
            return _Chains(count, since, head, fault, adopted)
        count += 1
        since = since or entry.recorded_at[:10]
        head = stored.hex() if isinstance(stored, bytes) else ""
        heads[origin] = (entry.seq, head)
        if entry.kind == EntryKind.ADOPTION:
            adopted[entry.plan, entry.subject] = int(number or 0)
    return _Chains(count, since, head, "", adopted)


def _entry_fault(number: int, entry: Sealed, seq: object, stored: object) -> str:
    if seq != entry.seq:
        return f"第 {number} 号记录前面少了记录（链上应是第 {entry.seq} 条，实为第 {seq} 条）。"
    try:
        computed = seal(entry)
    except (TypeError, ValueError):  # a column holds what no entry can say
        computed = b""
    if computed != stored:
        return f"第 {number} 号记录与封存时不符：内容、顺序或封签被改动过。"
    return ""


def _versions(store: Store, adopted: dict[tuple[str, str], int]) -> str:
    """Hold every plan version in the tables against the digest that its adoption sealed."""
    known: set[tuple[str, str]] = set()
    for version, key, mark in store.rows(VERSIONS):
        name = (str(key), str(mark))
        if name not in adopted:
            return f"方案 {key} 有一个版本没有启用记录。"
        if not _is_as_adopted(store, int(version), str(mark)):
            return f"方案 {key} 的内容与第 {adopted[name]} 号启用记录不符：方案的行被改动过。"
        known.add(name)
    left = sorted(number for name, number in adopted.items() if name not in known)
    return f"第 {left[0]} 号启用记录的方案内容不在台账里。" if left else ""


def _is_as_adopted(store: Store, version: int, mark: str) -> bool:
    try:
        return digest(whole_plan(store, version)) == mark
    except (IndexError, TypeError, ValueError):  # rows are gone, or hold what no plan can say
        return False


def _file(store: Store) -> str:
    """Let SQLite hold tables and indexes against each other: answers are read from indexes, seals from tables."""
    found = [str(row[0]) for row in store.rows("PRAGMA integrity_check(1)")]
    return "" if found == ["ok"] else f"台账文件内部不一致（{found[0]}）。"
