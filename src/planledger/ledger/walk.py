"""Walking a chain: each entry is held against its seal and the one before it, row by row as they are read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from planledger.ledger.chain import FIRST, seal
from planledger.ledger.journal import ENTRIES
from planledger.plan.sayable import UnsayableError, check_figure, check_moment, check_texts, read
from planledger.plan.terms import EntryKind
from planledger.store.database import Chain, Store

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
    since, place, fault, base = "", after, "", chain.entry_id(0)
    for row in store.walk(ENTRIES, {"least": first, "end": end}):
        row_id, origin, seq, *said, strayed, stored = row
        place += 1
        is_in_its_place = seq == place and row_id == base + place and origin == chain.name and not strayed
        if not (is_in_its_place and _is_sealed((origin, seq, head, *said), stored)):
            fault = _fault_of(row, chain, place)
        else:
            fault = _made_up(place, said, chain.office, plain)
        if fault:
            place -= 1
            break
        head = stored.hex()
        since = since or said[8][:10]
        if said[1] == EntryKind.ADOPTION:
            adopted[said[0], said[10]] = place
    return Walked(chain, place, since, head if place else "", fault, adopted)


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


def _made_up(place: int, said: Sequence[Any], office: str, plain: set[tuple[object, ...]]) -> str:
    """Say what an entry says that the program never writes, although its seal fits: answers read it and would stop.

    Most entries are like one before, of which nothing else need be asked; those stand in *plain*.
    """
    _, kind, code, indicator, amount, side, agency, dated, recorded_at, *more_said = said
    by, subject, note, written, _, reverses = more_said
    shape = (
        kind,
        bool(code),
        bool(agency),
        dated,
        subject,
        bool(indicator),
        amount is None,
        reverses is None,
    )
    try:
        check_moment(recorded_at)
        check_texts(note, by, subject, agency, side, code, indicator)
        if written or place == 1 or shape not in plain:
            more = read(kind, code, agency, dated, subject, written)
            check_figure(kind, indicator, amount, reverses)
            if place == 1 and more.said.get("office", "") != office:
                return f"本办的名称（{office}）与第 1 号记录所说的不符：名称被改动过。"
            plain.update(() if written else (shape,))
    except UnsayableError as why:
        return f"第 {place} 号记录的{why}，不是程序所写。"
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
