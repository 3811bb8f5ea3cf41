"""Checking a ledger: every seal of every chain, every adopted plan against its digest, every reversal, the file itself.

What is checked is walked row by row; a ledger of a million entries needs no more memory than a small one.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from planledger.ledger.chain.chain import FIRST, is_digest, seal
from planledger.ledger.chain.journal import ENTRIES, seal_of
from planledger.plan.model.entry_details import (
    EntryNames,
    ImpossibleEntryError,
    check_earlier,
    check_figure,
    check_moment,
    check_texts,
    is_recordable,
    read_entry,
)
from planledger.plan.model.entry_kinds import Nature, kinds, sql_list
from planledger.plan.model.terms import EntryKind
from planledger.questions.answers.soundness import ChainEnd, NotedHead, Verification
from planledger.questions.facts.office import office_name, read_head
from planledger.questions.facts.plans import ForgedPlan, whole_plan
from planledger.store.database import FIRST_CHAINS, NAME, Chain, Store, is_hex

RECENT = 1_000  # entries that are checked again before a form is taken in

VERSIONS = """SELECT v.id, p.key, v.digest FROM plan p LEFT JOIN version v ON v.plan_id = p.id
WHERE p.origin_id = :origin ORDER BY v.id"""
HEADS_OF = """SELECT m.position, CASE WHEN m.key = p.key THEN 1 ELSE 0 END AS is_its_own FROM meta m
JOIN version v ON v.id = m.version_id JOIN plan p ON p.id = v.plan_id WHERE m.version_id = :version"""
_UNDOINGS = sql_list(kinds(Nature.UNDOING))
# A reversal takes its entry's amount away on its entry's day, else the sums of some day are wrong.
UNEQUAL = f"""SELECT r.seq FROM entry r JOIN entry e ON e.id = r.reverses
WHERE r.id >= :least AND r.id <= :end AND (
  r.kind NOT IN {_UNDOINGS} OR e.kind IN {_UNDOINGS} OR r.plan_id <> e.plan_id OR r.code <> e.code
  OR r.indicator <> e.indicator OR r.side <> e.side OR r.dated <> e.dated
  OR COALESCE(r.amount, 0) <> -COALESCE(e.amount, 0)) ORDER BY r.id LIMIT 1"""  # noqa: S608  (kinds of the table)
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


class Walked(NamedTuple):
    """The entries of a chain, up to the first that is not what was sealed."""

    chain: Chain
    entries: int  # all that stand, those before the walk too
    since: str  # the day on which the first of those that were walked was recorded
    head: str
    fault: str
    adopted: dict[tuple[str, str], int]  # plan and digest of a version: number of the entry that adopted it


def verify(store: Store, noted: NotedHead | None = None) -> Verification:
    """Recompute every seal and every plan digest; nothing is written.

    Where several offices share the database and a plan names one of them, its chain alone is checked;
    else all of them, and the database itself.

    Args:
        store: the ledger.
        noted: the head that somebody noted earlier: nothing before it may have been altered or cut off.
    """
    with store.snapshot():
        fault = store.structure_fault()
        if fault:
            return _faulty(fault)
        is_whole = len(store.rows(FIRST_CHAINS)) == 1 or not store.has_chosen
        chains = store.chains() if is_whole else (store.chain,)
        ends: list[ChainEnd] = []
        since = ""
        for chain, span in zip(chains, _spans(chains, is_whole=is_whole), strict=True):
            walked = _checked(store, chain, span)
            since = min(filter(None, (since, walked.since)), default="")
            fault = walked.fault
            office = chain.office if fault else office_name(store, chain)
            ends.append(ChainEnd(chain._replace(office=office).shown_name, walked.entries, walked.head))
            if fault:
                break
        if is_whole and not fault:
            fault = store.inner_fault()
        if noted and not fault and (fault := noted_fault(store, noted)):
            return _faulty(fault)
        entries, head = sum(end.entries for end in ends), ends[-1].head if ends else ""
        return Verification(entries, since, head, fault, tuple(ends), is_whole)


def _faulty(fault: str) -> Verification:
    return Verification(0, "", "", fault)


def _checked(store: Store, chain: Chain, span: tuple[int, int]) -> Walked:
    """Check one chain between two row ids: its seals, its plans, its reversals, and that nothing of it lies elsewhere."""
    walked = walk(store, chain, span=span)
    fault = "" if is_hex(chain.name, NAME) else f"链的名称“{chain.name}”不是程序所写，被改动过。"
    fault = fault or walked.fault or _plans_fault(store, walked) or _sums_fault(store, span)
    if not fault and not walked.entries:
        fault = f"{chain.shown_name} 没有任何记录，启用方案的第1号也没有。"
    if not fault and store.row(STRAYS, {"origin": chain.origin_id, "least": span[0], "end": span[1]}):
        fault = "有记录不在这条链上，却算在它的方案里。"
    return walked._replace(fault=fault)


def verify_since(store: Store, noted: NotedHead) -> Verification:
    """Check only what came after a head that was sound when it was noted."""
    with store.snapshot():
        fault = store.structure_fault() or noted_fault(store, noted)
        if fault:
            return _faulty(fault)
        walked = walk(store, store.chain, noted.number)
        fault = walked.fault or _plans_fault(store, walked, is_all=False)
        return Verification(walked.entries, walked.since, walked.head, fault)


def recent_fault(store: Store) -> str:
    """The fault of the newest entries, inside a transaction that builds on them; empty where there is none."""
    return walk(store, store.chain, max(0, read_head(store).number - RECENT)).fault


def _spans(chains: tuple[Chain, ...], *, is_whole: bool) -> list[tuple[int, int]]:
    """The row ids between which each chain lies; where all are walked, no row lies outside of every one."""
    if not is_whole:
        return [(chain.entry_id(1), chain.end) for chain in chains]
    ends = [chain.end for chain in chains[:-1]]
    return list(zip((_LEAST, *(end + 1 for end in ends)), (*ends, _LARGEST), strict=True))


def noted_fault(store: Store, noted: NotedHead) -> str:
    """Why the chain does not have the head that somebody noted; empty where it has it."""
    last = read_head(store).number
    if noted.number > last:
        return f"抄下的链首是第{noted.number}条，台账只有{last}条：不是这个台账的链首，或后面的被截去，或换成了旧的台账。"
    sealed = seal_of(store, store.chain, noted.number)
    if not sealed.startswith(noted.seal):
        return f"抄下的链首与台账不同：第{noted.number}号的封签是 {sealed[: len(noted.seal)]}，抄下的是 {noted.seal}。请先核对有没有抄错、是不是这个台账的；没有抄错，就是它之前有记录被改动过。"
    return ""


def _plans_fault(store: Store, walked: Walked, *, is_all: bool = True) -> str:
    """The plan version in the tables that is not what its adoption sealed, in one sentence; empty where all are."""
    adopted, known = walked.adopted, set()
    for version, key, mark in store.rows(VERSIONS, {"origin": walked.chain.origin_id}):
        if version is None and is_all:
            return f"方案 {key} 没有启用记录。"
        name = (str(key), str(mark))
        if name not in adopted:
            if is_all:
                return f"方案 {key} 有一个版本没有启用记录。"
            continue
        try:
            is_sound = is_as_adopted(store, int(version), str(mark))
        except ForgedPlan as forged:
            return f"{forged.fault}。"
        if not is_sound:
            return f"方案 {key} 的内容与第{adopted[name]}号启用记录不符：方案的行被改动过。"
        known.add(name)
    left = sorted(number for name, number in adopted.items() if name not in known)
    return f"第{left[0]}号启用记录的方案内容不在台账里。" if left else ""


def is_as_adopted(store: Store, version: int, mark: str) -> bool:
    """Whether the rows of a plan version are those of which its digest was computed."""
    try:
        is_headed_once = store.rows(HEADS_OF, {"version": version}) == [(0, 1)]
        return is_headed_once and is_digest(mark, whole_plan(store, version))
    except (IndexError, TypeError, ValueError):  # rows are gone, or hold what no plan can hold
        return False


def _sums_fault(store: Store, span: tuple[int, int]) -> str:
    """The reversal that does not cancel exactly what it reverses, in one sentence; empty where all do."""
    row = store.row(UNEQUAL, {"least": span[0], "end": span[1]})
    return f"第{row[0]}号冲正与它所冲的记录不相抵，合计不可信。" if row else ""


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
        return f"第{place}号记录不见了，或记录号被改动过。"
    if seq != place:
        return f"第{place}号记录前面少了记录（链上应是第{place}条，实为第{seq}条）。"
    if strayed:
        return f"方案 {plan} 不在第{place}号记录所在的链上：方案的行被改动过。"
    return f"第{place}号记录与封存时不符：内容、顺序或封签被改动过。"


def _forged(place: int, fields: Sequence[Any], office: str, plain: set[tuple[object, ...]]) -> str:
    """The fault of an entry that holds what the program never writes, although its seal fits: answers would stop at it.

    Most entries are like an earlier one, of which nothing else need be checked; the shapes of those stand in *plain*.
    """
    _, kind, code, indicator, amount, side, agency, dated, recorded_at, *more = fields
    by, subject, note, written, _, reverses = more
    is_amount = amount is None, is_recordable(amount)
    shape = kind, bool(code), bool(agency), dated, subject, bool(indicator), is_amount, reverses is None
    try:
        check_moment(recorded_at)
        check_texts(note, by, subject, agency, side, code, indicator)
        if written or place == 1 or shape not in plain:
            details = read_entry(kind, EntryNames(code, agency, dated, subject), written)
            check_figure(kind, indicator, amount, reverses)
            check_earlier(place, details)
            if place == 1 and details.text("office") != office:
                return f"本办的名称（{office}）与第1号记录所说的不符：名称被改动过。"
            plain.update(() if written else (shape,))
    except ImpossibleEntryError as why:
        return f"第{place}号记录的{why}，不是程序所写。"
    return ""


def _is_sealed(entry: tuple[Any, ...], stored: object) -> bool:
    try:
        return seal(entry) == stored
    except (TypeError, ValueError):  # a column holds what no entry can hold
        return False
