"""Walking a chain: each entry is held against its seal and the one before it, row by row as they are read."""

from datetime import date, datetime
from typing import Any

from planledger.ledger.chain import FIRST, seal
from planledger.ledger.journal import ENTRIES
from planledger.plan.days import CHINA
from planledger.plan.entry_kinds import MEANING, with_detail
from planledger.plan.readings import text
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions.progress import details_in
from planledger.store.database import DIGEST, Chain, Forged, Store, is_hex

OF_FILES = with_detail("sha256")
_AMENDED = {"due": {"due"}, "target": {"key", "target"}}  # what an amendment must say of what it changes

SEAL_OF = "SELECT hash FROM entry WHERE id = :id"


class Walked(NamedTuple):
    """What walking the entries of a chain found, up to the first that is not what it was."""

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
    since, place, fault, base, moment = "", after, "", chain.entry_id(0), ""
    for row in store.walk(ENTRIES, {"least": first, "end": end}):
        row_id, origin, seq, *said, strayed, stored = row
        place += 1
        is_in_its_place = seq == place and row_id == base + place and origin == chain.name and not strayed
        shape = (said[1], said[7], said[8][:10], said[4] is None, not said[3], said[10])
        if not (is_in_its_place and _is_sealed((origin, seq, head, *said), stored)):
            fault = _fault_of(row, chain, place)
        elif said[12] or place == 1 or shape not in plain:  # most entries are like one before
            fault = _made_up(place, said, chain.office)
            if not (said[12] or fault):
                plain.add(shape)
        if fault:
            place -= 1
            break
        head = stored.hex()
        moment = said[8]
        since = since or moment[:10]
        if said[1] == EntryKind.ADOPTION:
            adopted[said[0], said[10]] = place
    if moment and not fault and not _is_moment(moment):  # the next entry is held against the last one's
        fault = f"第 {place} 号记录的登记时间读不懂，不是程序所写。"
    return Walked(chain, place, since, head if place else "", fault, adopted)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text) > datetime.min.replace(tzinfo=CHINA)
    except (TypeError, ValueError):
        return False


def _fault_of(row: tuple[Any, ...], chain: Chain, place: int) -> str:
    """Say why a row is not the entry that was sealed at a place of a chain."""
    row_id, _origin, seq, plan, *_said, strayed, _stored = row
    if row_id != chain.entry_id(place):
        return f"第 {place} 号记录不见了，或记录号被改动过。"
    if seq != place:
        return f"第 {place} 号记录前面少了记录（链上应是第 {place} 条，实为第 {seq} 条）。"
    if strayed:
        return f"方案 {plan} 不在第 {place} 号记录所在的链上：方案的行被改动过。"
    return f"第 {place} 号记录与封存时不符：内容、顺序或封签被改动过。"


def _made_up(place: int, said: list[Any], office: str) -> str:
    """Say what an entry says that the program never writes, although its seal fits: answers read it and would stop."""
    kind, subject, meaning = said[1], said[10], MEANING.get(said[1])
    if meaning is None:
        return f"第 {place} 号记录的种类读不懂，不是程序所写。"
    try:
        more = details_in(said[12]) if said[12] else {}
        if kind in OF_FILES and not is_hex(more.get("sha256", ""), DIGEST):
            return f"第 {place} 号记录的文件摘要不是 64 位十六进制数，不是程序所写。"
        needed = meaning.needed | (_AMENDED.get(subject, set()) if kind == EntryKind.AMENDMENT else set())
        is_said = needed <= more.keys() and (said[4] is not None or not said[3])
        read = [meaning.subject(subject), date.fromisoformat(said[7]), date.fromisoformat(said[8][:10])]
        read += [meaning.details.get(name, text)(value) for name, value in more.items()]
    except (Forged, ValueError):
        is_said = False
    if not is_said:
        return f"第 {place} 号记录的日期、数量或附加内容读不懂，不是程序所写。"
    if place == 1 and more.get("office", "") != office:
        return f"本办的名称（{office}）与第 1 号记录所说的不符：名称被改动过。"
    return ""


def _is_sealed(said: tuple[Any, ...], stored: object) -> bool:
    try:
        return seal(said) == stored
    except (TypeError, ValueError):  # a column holds what no entry can say
        return False


def seal_of(store: Store, chain: Chain, number: int) -> str:
    """Give the seal of an entry in hexadecimal; empty where there is none."""
    row = store.row(SEAL_OF, {"id": chain.entry_id(number)})
    return row[0].hex() if row and isinstance(row[0], bytes) else ""
