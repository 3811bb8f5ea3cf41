"""Checking a ledger: every seal of every chain, every adopted plan against its digest, every reversal, the file itself.

What is checked is walked row by row; a ledger of a million entries needs no more memory than a small one.
"""

from planledger.ledger.chain import FIRST, digest, seal
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions.adopted import whole_plan
from planledger.questions.progress import detail
from planledger.questions.soundness import ChainEnd, NotedHead, Verification
from planledger.store.database import FIRST_CHAINS, Chain, Store

RECENT = 1_000  # entries that are looked at again before a form is taken in

# One chain lies between two row ids, so that the check of one office reads nothing of the others.
ENTRIES = """SELECT e.id, o.name, e.seq, p.key, e.kind, e.code, e.indicator, e.amount, e.side, e.agency,
e.dated, e.recorded_at, e.recorded_by, e.subject, e.note, e.details, ro.name, r.seq, p.origin_id - o.id, e.hash
FROM entry e
LEFT JOIN origin o ON o.id = e.origin_id
LEFT JOIN plan p ON p.id = e.plan_id
LEFT JOIN entry r ON r.id = e.reverses
LEFT JOIN origin ro ON ro.id = r.origin_id
WHERE e.id >= :least AND e.id <= :end ORDER BY e.id"""
SEAL_OF = "SELECT hash FROM entry WHERE id = :id"
LAST = "SELECT MAX(seq) FROM entry WHERE origin_id = :origin"
VERSIONS = """SELECT v.id, p.key, v.digest FROM plan p JOIN version v ON v.plan_id = p.id
WHERE p.origin_id = :origin ORDER BY v.id"""
HEADS_OF = "SELECT position FROM meta WHERE version_id = :version"
# A reversal takes its entry's amount away on its entry's day, or sums of some day are wrong.
UNEQUAL = """SELECT r.seq FROM entry r JOIN entry e ON e.id = r.reverses
WHERE r.id >= :least AND r.id <= :end AND (
  r.kind <> 'reversal' OR e.kind = 'reversal' OR r.plan_id <> e.plan_id OR r.code <> e.code
  OR r.indicator <> e.indicator OR r.side <> e.side OR r.dated <> e.dated
  OR COALESCE(r.amount, 0) <> -COALESCE(e.amount, 0)) ORDER BY r.id LIMIT 1"""
# What would count in the answers about a chain, and does not lie in it.
STRAYS = """SELECT e.id FROM plan p CROSS JOIN entry e
WHERE p.origin_id = :origin AND e.plan_id = p.id AND e.id < :least
UNION ALL
SELECT e.id FROM plan p CROSS JOIN entry e WHERE p.origin_id = :origin AND e.plan_id = p.id AND e.id > :end
UNION ALL
SELECT e.id FROM entry e WHERE e.origin_id = :origin AND (e.id < :least OR e.id > :end)
UNION ALL
SELECT r.id FROM entry r WHERE r.reverses >= :least AND r.reverses <= :end AND (r.id < :least OR r.id > :end) LIMIT 1"""
_LEAST, _LARGEST = -(1 << 63), (1 << 63) - 1  # row ids


def verify(store: Store, noted: NotedHead | None = None) -> Verification:
    """Recompute every seal and every plan digest; nothing is written.

    Where several offices share the database and a plan said which of them is meant, its chain alone is checked;
    else all of them, and the database itself.

    Args:
        store: the ledger.
        noted: the head that somebody noted earlier: nothing before it may have been altered or cut off.
    """
    with store.snapshot():
        is_alone = len(store.rows(FIRST_CHAINS)) == 1
        is_whole = is_alone or not store.has_chosen
        wanted = store.chains() if is_whole else (store.chain,)
        ends: list[ChainEnd] = []
        since = fault = ""
        for chain, span in zip(wanted, _spans(wanted, is_whole=is_whole), strict=True):
            found = _checked(store, chain, span)
            since = min(filter(None, (since, found.since)), default="")
            ends.append(ChainEnd(chain.called, found.entries, found.head))
            fault = found.fault
            if fault:
                break
        if is_whole and not fault:
            fault = store.inner_fault()
        if noted and not fault:
            fault = _noted_fault(store, noted)
            if fault:
                return Verification(0, "", "", fault)
        return Verification(
            sum(end.entries for end in ends),
            since,
            ends[-1].head if ends else "",
            fault,
            tuple(ends),
            is_whole,
        )


def _checked(store: Store, chain: Chain, span: tuple[int, int]) -> "_Walked":
    """Check one chain between two row ids: its seals, its plans, its reversals, and that nothing of it lies elsewhere."""
    walked = _walk(store, chain, span=span)
    fault = walked.fault or _plans_fault(store, walked) or _sums_fault(store, span)
    if not fault and not walked.entries:
        fault = f"{chain.called} 没有任何记录，启用方案的第 1 号也没有。"
    if not fault and store.row(STRAYS, {"origin": chain.origin_id, "least": span[0], "end": span[1]}):
        fault = "有记录不在这条链上，却算在它的方案里。"
    return walked._replace(fault=fault)


def verify_since(store: Store, noted: NotedHead) -> Verification:
    """Check only what came after a head that was sound when it was noted."""
    with store.snapshot():
        return checked_since(store, noted)


def checked_since(store: Store, noted: NotedHead) -> Verification:
    """Check what came after a head, inside a transaction that the caller holds."""
    fault = _noted_fault(store, noted)
    if fault:
        return Verification(0, "", "", fault)
    walked = _walk(store, store.chain, noted.number)
    return Verification(
        walked.entries, walked.since, walked.head, walked.fault or _plans_fault(store, walked, is_all=False)
    )


def recent_fault(store: Store) -> str:
    """Look at the newest entries again, inside a transaction that builds on them; say what is wrong, or nothing."""
    return _walk(store, store.chain, max(0, _last(store) - RECENT)).fault


class _Walked(NamedTuple):
    """What walking the entries of a chain found, up to the first that is not what it was."""

    chain: Chain
    entries: int  # all that stand, those before the walk too
    since: str  # the day on which the first of those that were walked was recorded
    head: str
    fault: str
    adopted: dict[tuple[str, str], int]  # plan and digest of a version: number of the entry that adopted it


def _spans(chains: tuple[Chain, ...], *, is_whole: bool) -> list[tuple[int, int]]:
    """Say between which row ids each chain lies; where all are walked, no row lies outside of every one."""
    if not is_whole:
        return [(chain.entry_id(1), chain.end) for chain in chains]
    ends = [chain.end for chain in chains[:-1]]
    return list(zip((_LEAST, *(end + 1 for end in ends)), (*ends, _LARGEST), strict=True))


def _walk(store: Store, chain: Chain, after: int = 0, span: tuple[int, int] | None = None) -> _Walked:
    """Walk the entries of a chain behind a number, each sealed onto the one before it."""
    first, end = span or (chain.entry_id(after + 1), chain.end)
    head = _seal_of(store, chain, after) if after else FIRST
    adopted: dict[tuple[str, str], int] = {}
    since, place, fault = "", after, ""
    for row_id, origin, seq, *said, strayed, stored in store.walk(ENTRIES, {"least": first, "end": end}):
        place += 1
        if row_id != chain.entry_id(place):
            fault = f"第 {place} 号记录不见了，或记录号被改动过。"
        elif seq != place:
            fault = f"第 {place} 号记录前面少了记录（链上应是第 {place} 条，实为第 {seq} 条）。"
        elif origin != chain.name or not _is_sealed((origin, seq, head, *said), stored):
            fault = f"第 {place} 号记录与封存时不符：内容、顺序或封签被改动过。"
        elif place == 1 and detail(said[12], "office") != chain.office:
            fault = f"本办的名称（{chain.office}）与第 1 号记录所说的不符：名称被改动过。"
        elif strayed:
            fault = f"方案 {said[0]} 不在第 {place} 号记录所在的链上：方案的行被改动过。"
        else:
            head = stored.hex()
            since = since or said[8][:10]
            if said[1] == EntryKind.ADOPTION:
                adopted[said[0], said[10]] = place
            continue
        place -= 1
        break
    return _Walked(chain, place, since, head if place else "", fault, adopted)


def _is_sealed(said: tuple[object, ...], stored: object) -> bool:
    try:
        return seal(said) == stored
    except (TypeError, ValueError):  # a column holds what no entry can say
        return False


def _seal_of(store: Store, chain: Chain, number: int) -> str:
    row = store.row(SEAL_OF, {"id": chain.entry_id(number)})
    return row[0].hex() if row and isinstance(row[0], bytes) else ""


def _last(store: Store) -> int:
    row = store.row(LAST, {"origin": store.chain.origin_id})
    return int(row[0] or 0) if row else 0


def _noted_fault(store: Store, noted: NotedHead) -> str:
    """Hold the chain against a head that somebody noted."""
    last = _last(store)
    if noted.number > last:
        return f"抄下的链首是第 {noted.number} 条，台账只有 {last} 条：不是这个台账的链首，或后面的被截去，或换成了旧的台账。"
    sealed = _seal_of(store, store.chain, noted.number)
    if not sealed.startswith(noted.seal):
        return f"抄下的链首与台账不同：第 {noted.number} 号的封签是 {sealed[: len(noted.seal)]}，抄下的是 {noted.seal}。请先核对有没有抄错、是不是这个台账的；没有抄错，就是它之前有记录被改动过。"
    return ""


def _plans_fault(store: Store, walked: _Walked, *, is_all: bool = True) -> str:
    """Hold every plan version in the tables against the digest that its adoption sealed."""
    adopted, known = walked.adopted, set()
    for version, key, mark in store.rows(VERSIONS, {"origin": walked.chain.origin_id}):
        name = (str(key), str(mark))
        if name not in adopted:
            if is_all:
                return f"方案 {key} 有一个版本没有启用记录。"
            continue
        if not _is_as_adopted(store, int(version), str(mark)):
            return f"方案 {key} 的内容与第 {adopted[name]} 号启用记录不符：方案的行被改动过。"
        known.add(name)
    left = sorted(number for name, number in adopted.items() if name not in known)
    return f"第 {left[0]} 号启用记录的方案内容不在台账里。" if left else ""


def _is_as_adopted(store: Store, version: int, mark: str) -> bool:
    try:
        is_headed_once = store.rows(HEADS_OF, {"version": version}) == [(0,)]
        return is_headed_once and digest(whole_plan(store, version)) == mark
    except (IndexError, TypeError, ValueError):  # rows are gone, or hold what no plan can say
        return False


def _sums_fault(store: Store, span: tuple[int, int]) -> str:
    """Let every reversal cancel exactly what it reverses."""
    row = store.row(UNEQUAL, {"least": span[0], "end": span[1]})
    return f"第 {row[0]} 号冲正与它所冲的记录不相抵，合计不可信。" if row else ""
