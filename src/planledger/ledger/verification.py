"""Checking a ledger: every seal of every chain, every adopted plan against its digest, every reversal, the file itself.

What is checked is walked row by row; a ledger of a million entries needs no more memory than a small one.
"""

from planledger.ledger.chain import FIRST, digest, seal
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions.adopted import whole_plan
from planledger.questions.soundness import NotedHead, Verification
from planledger.store.database import Store

RECENT = 1_000  # entries that are looked at again before a form is taken in

ENTRIES = """SELECT e.id, o.name, e.seq, p.key, e.kind, e.code, e.indicator, e.amount, e.side, e.agency,
e.dated, e.recorded_at, e.recorded_by, e.subject, e.note, e.details, ro.name, r.seq, e.hash
FROM entry e
LEFT JOIN origin o ON o.id = e.origin_id
LEFT JOIN plan p ON p.id = e.plan_id
LEFT JOIN entry r ON r.id = e.reverses
LEFT JOIN origin ro ON ro.id = r.origin_id
WHERE e.id > :after ORDER BY e.id"""
# Where each chain stood at an entry: from its end backwards, because what came after is little.
PLACES = """SELECT o.name, e.seq, e.hash FROM origin o CROSS JOIN entry e
WHERE e.origin_id = o.id AND e.seq = (SELECT l.seq FROM entry l WHERE l.origin_id = o.id AND l.id <= :after ORDER BY l.seq DESC LIMIT 1)"""
SEAL_OF = "SELECT hash FROM entry WHERE id = :id"
LAST = "SELECT MAX(id) FROM entry"
VERSIONS = "SELECT v.id, p.key, v.digest FROM version v LEFT JOIN plan p ON p.id = v.plan_id ORDER BY v.id"
# A reversal takes its entry's amount away on its entry's day, or sums of some day are wrong.
UNEQUAL = """SELECT r.id FROM entry r JOIN entry e ON e.id = r.reverses
WHERE r.kind <> 'reversal' OR e.kind = 'reversal' OR r.plan_id <> e.plan_id OR r.code <> e.code
  OR r.indicator <> e.indicator OR r.side <> e.side OR r.dated <> e.dated
  OR COALESCE(r.amount, 0) <> -COALESCE(e.amount, 0) ORDER BY r.id LIMIT 1"""


def verify(store: Store, noted: NotedHead | None = None) -> Verification:
    """Recompute every seal and every plan digest; nothing is written.

    Args:
        store: the ledger.
        noted: the head that somebody noted earlier: nothing before it may have been altered or cut off.
    """
    with store.snapshot():
        chains = _chains(store, 0)
        fault = chains.fault or _versions(store, chains.adopted) or _sums(store) or _file(store)
        if noted and not fault:
            fault = _noted_fault(store, noted)
        return Verification(chains.entries, chains.since, chains.head, fault)


def verify_since(store: Store, noted: NotedHead) -> Verification:
    """Check only what came after a head that was sound when it was noted."""
    with store.snapshot():
        return checked_since(store, noted)


def checked_since(store: Store, noted: NotedHead) -> Verification:
    """Check what came after a head, inside a transaction that the caller holds."""
    fault = _noted_fault(store, noted)
    if fault:
        return Verification(0, "", "", fault)
    chains = _chains(store, noted.number)
    fault = chains.fault or _versions(store, chains.adopted, all_of_them=False)
    return Verification(chains.entries, chains.since, chains.head, fault)


def recent_fault(store: Store) -> str:
    """Look at the newest entries again, inside a transaction that builds on them; say what is wrong, or nothing."""
    row = store.row(LAST)
    after = max(0, int(row[0] or 0) - RECENT) if row else 0
    return _chains(store, after).fault


class _Chains(NamedTuple):
    """What walking the entries found, up to the first that is not what it was."""

    entries: int  # all that stand, those before the walk too
    since: str  # the day on which the first of those that were walked was recorded
    head: str
    fault: str
    adopted: dict[tuple[str, str], int]  # plan and digest of a version: number of the entry that adopted it


def _chains(store: Store, after: int) -> _Chains:
    """Walk all entries behind a number in their order, one head for each origin."""
    heads = _heads(store, after)
    adopted: dict[tuple[str, str], int] = {}
    since, head, count = "", "", after
    if after:
        head = max(heads.values(), default=(0, ""))[1]
    for number, origin, seq, *said, stored in store.walk(ENTRIES, {"after": after}):
        place, previous = heads.get(origin, (0, FIRST))
        count += 1
        if number != count:
            fault = f"第 {count} 号记录不见了，或记录号被改动过。"
        elif seq != place + 1:
            fault = f"第 {number} 号记录前面少了记录（链上应是第 {place + 1} 条，实为第 {seq} 条）。"
        elif not _is_sealed((origin, seq, previous, *said), stored):
            fault = f"第 {number} 号记录与封存时不符：内容、顺序或封签被改动过。"
        else:
            head = stored.hex()
            heads[origin] = (seq, head)
            since = since or said[8][:10]
            if said[1] == EntryKind.ADOPTION:
                adopted[said[0], said[10]] = number
            continue
        return _Chains(count - 1, since, head, fault, adopted)
    return _Chains(count, since, head, "", adopted)


def _is_sealed(said: tuple[object, ...], stored: object) -> bool:
    try:
        return seal(said) == stored
    except (TypeError, ValueError):  # a column holds what no entry can say
        return False


def _heads(store: Store, after: int) -> dict[object, tuple[int, str]]:
    """Say where each chain stood at an entry, so that a walk can begin behind it."""
    if not after:
        return {}
    found = store.rows(PLACES, {"after": after})
    return {name: (int(seq), stored.hex()) for name, seq, stored in found if isinstance(stored, bytes)}


def _noted_fault(store: Store, noted: NotedHead) -> str:
    """Hold the ledger against a head that somebody noted."""
    row, last = store.row(SEAL_OF, {"id": noted.number}), store.row(LAST)
    if row is None:
        return f"抄下的链首是第 {noted.number} 条，台账只有 {int(last[0] or 0) if last else 0} 条：后面的被截去，或换成了旧的台账。"
    sealed = row[0].hex() if isinstance(row[0], bytes) else ""
    if not sealed.startswith(noted.seal):
        return f"第 {noted.number} 号记录的封签是 {sealed[: len(noted.seal)]}，与抄下的 {noted.seal} 不同：在它之前有记录被改动过，或不是这个台账的链首。"
    return ""


def _versions(store: Store, adopted: dict[tuple[str, str], int], *, all_of_them: bool = True) -> str:
    """Hold every plan version in the tables against the digest that its adoption sealed."""
    known: set[tuple[str, str]] = set()
    for version, key, mark in store.rows(VERSIONS):
        name = (str(key), str(mark))
        if name not in adopted:
            if all_of_them:
                return f"方案 {key} 有一个版本没有启用记录。"
            continue
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


def _sums(store: Store) -> str:
    """Let every reversal cancel exactly what it reverses."""
    row = store.row(UNEQUAL)
    return f"第 {row[0]} 号冲正与它所冲的记录不相抵，合计不可信。" if row else ""


def _file(store: Store) -> str:
    """Let SQLite hold tables and indexes against each other: answers are read from indexes, seals from tables."""
    lost = store.rows("PRAGMA foreign_key_check")
    if lost:
        return f"台账文件内部不一致（{lost[0][0]} 表第 {lost[0][1]} 行指向不存在的行）。"
    found = [str(row[0]) for row in store.rows("PRAGMA integrity_check(1)")]
    return "" if found == ["ok"] else f"台账文件内部不一致（{found[0]}）。"
