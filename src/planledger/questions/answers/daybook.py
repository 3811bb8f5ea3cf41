"""The entries of one plan as a copy (台账导出), oldest first, with the seals by which it can be held against the ledger."""

from typing import NamedTuple

from planledger.plan.model.rows import Item
from planledger.questions import sql
from planledger.questions.answers.history import History, history
from planledger.questions.facts.plans import PlanInForce, read_plan_rows
from planledger.store.database import Store


class Daybook(NamedTuple):
    """All entries of one plan, oldest first, and where the chain ends (链首)."""

    history: History  # its entries are the oldest first
    titles: dict[str, str]  # of the items
    seals: dict[int, str]  # by number of the entry, in hexadecimal
    digest: str  # of the plan version
    total: int  # of all entries of the chain, whatever the question leaves out
    head: str  # seal of the last of them; empty where there is none


def daybook(store: Store, plan: PlanInForce, as_of: str, known_at: str, *, is_full: bool = False) -> Daybook:
    """Copy the entries of a plan, as of a day and a moment, in one view of the ledger."""
    with store.snapshot():
        newest_first = history(store, plan, as_of, known_at, is_full=is_full)
        items = read_plan_rows(store, Item, plan.version_id)
        seals = store.rows(sql.SEALS, {"plan": plan.plan_id})
        digest = store.row(sql.DIGEST, {"version": plan.version_id})
        last = store.row(sql.LAST_SEAL, {"origin": store.chain.origin_id})
    return Daybook(
        history=newest_first._replace(entries=newest_first.entries[::-1]),
        titles={item.code: item.title for item in items},
        seals={int(number): _hex(seal) for number, seal in seals},
        digest=str(digest[0]) if digest else "",
        total=int(last[0]) if last else 0,
        head=_hex(last[1]) if last else "",
    )


def unopened(book: Daybook) -> Daybook:
    """The copy without an entry: what stands in memory while there is no ledger is no entry of one."""
    return book._replace(history=book.history._replace(entries=()), total=0, head="")


def _hex(seal: object) -> str:
    """Write a seal as people and programs compare it."""
    return seal.hex() if isinstance(seal, bytes) else ""
