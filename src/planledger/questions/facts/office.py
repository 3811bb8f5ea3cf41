"""Whose ledger it is (本办): what the office is called, which unit of a plan that is, and where an answer comes from (出处)."""

from typing import Any, NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model.rows import Agency
from planledger.plan.phrases.texts import hint, nearest
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import Refusal
from planledger.questions import sql
from planledger.questions.facts.annex import Annex
from planledger.questions.facts.entry_rows import name_in, seal_text, short_head
from planledger.questions.facts.plans import LedgerAsOf
from planledger.store.database import Chain, Store


def office_name(store: Store, chain: Chain, as_of: str = LATEST, known_at: str = LATEST) -> str:
    """The name that the office of a chain bears on a day, as far as was known at a moment; empty where it has none.

    The newest that still stands counts, whichever plan it was recorded with; before the first of them the one under
    which the chain was begun, and of a chain that was begun without one the newest of all: an office that answers
    about a day before it gave its name is the same office.
    """
    asked = {"origin": chain.origin_id, "as_of": as_of, "known_at": known_at}
    row = store.row(sql.OFFICE_NAME, asked)
    if row is None and not chain.office:
        row = store.row(sql.OFFICE_NAME, {**asked, "as_of": LATEST})
    return name_in(*row) if row else chain.office


def own_office(ledger: LedgerAsOf) -> str:
    """The name that the office whose ledger it is bears on its day; empty where it has none."""
    return office_name(ledger.store, ledger.store.chain, ledger.as_of, ledger.known_at)


def office_unit(name: str, sheet: Annex[Any]) -> Agency | None:
    """The one unit among the `offices` of a plan that the name of the office means; None where it means none or several.

    The name is read as every name of a unit is, so a short one is enough.
    """
    meant = _units_meant(name, sheet)
    return meant[0] if len(meant) == 1 else None


def require_office(name: str, sheet: Annex[Any]) -> Agency:
    """The unit of a plan that the office is, for whatever needs it; its side is the office's.

    Raises:
        Refusal: its name means none of the plan's `offices`, or several.
    """
    unit = office_unit(name, sheet)
    if unit is None:
        doubt, offices = office_doubt(name, sheet), sheet.plan.office_names
        if not offices:
            listed = find_agencies(name, sheet.agencies, sheet.sides)
            full = listed[0].name if len(listed) == 1 else name or "单位全称"
            where = f"请在方案文件的 plan 下写上 offices: [{full}]"
            raise Refusal(
                f"{doubt}{where}，名册（agencies）里没有的先补上，再启用：planledger adopt 方案文件"
            )
        names = [agency.name for agency in _units_meant(name, sheet)] or nearest(name, offices) or offices
        raise Refusal(f"{doubt}请先登记本办的名称：planledger office name {names[0]}")
    return unit


def office_doubt(name: str, sheet: Annex[Any]) -> str:
    """Why it is not known which unit of a plan the office is, in one sentence; empty where its name means one."""
    meant, offices = _units_meant(name, sheet), sheet.plan.office_names
    listed = "、".join(offices)
    if not listed:
        return "方案没有写主办单位（offices），看不出本办是哪家单位。"
    if not name:
        return f"台账没有写明本办的名称，看不出本办是方案的哪家主办单位（{listed}）。"
    if not meant:
        return f"方案的主办单位（{listed}）里没有 {name}。{hint(name, offices)}"
    several = "、".join(agency.name for agency in meant)
    return f"{name} 可以指方案的{len(meant)}家主办单位（{several}）。" if len(meant) > 1 else ""


def _units_meant(name: str, sheet: Annex[Any]) -> tuple[Agency, ...]:
    offices = [agency for agency in sheet.agencies if agency.name in sheet.plan.office_names]
    return find_agencies(name, offices, sheet.sides)


class ChainHead(NamedTuple):
    """The last entry of a chain, or of what was known of it at a moment (链首)."""

    number: int  # 0 where there is none
    seal: str  # in hexadecimal; empty where there is none
    recorded_at: str

    @property
    def text(self) -> str:
        """The head as people copy it."""
        return short_head(self.number, self.seal)


def head_in(row: tuple[Any, ...] | None) -> ChainHead:
    """Read a head; where there is no row, that of nothing."""
    number, seal, recorded_at = row or (0, b"", "")
    return ChainHead(int(number), seal_text(seal), str(recorded_at))


def read_head(store: Store) -> ChainHead:
    """Read the end of the chain that a ledger writes."""
    chain = store.chain
    return head_in(store.row(sql.LAST_OF_CHAIN, {"origin": chain.origin_id, "end": chain.end}))


class Provenance(NamedTuple):
    """What an answer that leaves says of itself, so that it can be held against the ledger later."""

    title: str
    office: str = ""  # whose ledger it is; empty where it bears no name, and where there is none
    head: str = ""  # number and whole seal of the last entry of its chain that was known (链首); empty without a ledger

    @property
    def short_head(self) -> str:
        """The head as people copy it."""
        number, _, seal = self.head.partition(":")
        return short_head(int(number), seal) if self.head else ""


def provenance(ledger: LedgerAsOf) -> Provenance:
    """Where an answer comes from, inside the view of the ledger in which it is given; while there is none, from nobody's."""
    title, known = ledger.plan.title, ledger.rows(sql.CHAIN_KNOWN)
    if not (known and ledger.store.is_kept):
        return Provenance(title)
    *origin, number, seal = known[0]
    office = office_name(ledger.store, Chain._make(origin), ledger.as_of, ledger.known_at)
    return Provenance(title, office, f"{number}:{seal_text(seal)}")
