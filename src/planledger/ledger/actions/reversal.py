"""What may be reversed, and the entry that reverses it (冲正). Only recording anew follows a reversal, never another one."""

from typing import TYPE_CHECKING

from planledger.plan.model.entry_kinds import MEANING, Undone
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import NotRecorded
from planledger.questions import sql
from planledger.questions.receipt import Draft
from planledger.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from planledger.questions.answers.history import Entry


_FOR_GOOD: dict[str, str] = {  # why what is never reversed is not, and what to do instead
    EntryKind.REVERSAL: "第 {number} 号是冲正，冲正不能再冲正；请重新登记正确的数。",
    EntryKind.DESTRUCTION: "第 {number} 号是销毁，文件已经没有了，不能冲正；有原件的请重新存入：planledger attach {code} 文件。",
}


def entry_to_reverse(store: Store, number: int, plan_key: str) -> "Entry":
    """Find the entry that is to be cancelled.

    Raises:
        Refusal: there is none of that number, it belongs to another plan than *plan_key*, it is cancelled
            already, or something stands on it.
    """
    from planledger.questions.answers.history import entry_numbered

    entry = entry_numbered(store, number)
    undone = MEANING[entry.kind].undone
    if undone is Undone.NEVER:
        raise NotRecorded(_FOR_GOOD[entry.kind].format(number=entry.id, code=entry.code))
    if entry.reversed_by:
        raise NotRecorded(f"第 {entry.id} 号已由第 {entry.reversed_by} 号冲正，不能再冲。")
    refuse_other_plan(entry, plan_key)
    if undone is not Undone.REVERSED:
        _CHECKS[undone](store, entry)
    return entry


def refuse_other_plan(entry: "Entry", plan_key: str) -> None:
    """Refuse an action on an entry of another plan than the one that was named.

    Raises:
        Refusal: it is of another plan.
    """
    if plan_key and entry.plan != plan_key:
        raise NotRecorded(f"第 {entry.id} 号属于方案 {entry.plan}，与 --plan {plan_key} 不符。")


def repeated_entry(entry: "Entry") -> Draft:
    """Say again what an entry says of whom, of what and of which day."""
    return Draft(
        kind=entry.kind,
        dated=entry.dated,
        code=entry.code,
        indicator=entry.indicator,
        side=entry.side,
        agency=entry.agency,
        subject=entry.subject,
    )


def reversal(entry: "Entry", why: str) -> Draft:
    """Write the entry that cancels another: the amount negated, on the day of what it cancels."""
    amount = None if entry.amount is None else -entry.amount
    return repeated_entry(entry)._replace(
        kind=EntryKind.REVERSAL.value, amount=amount, note=why, reverses=entry.id
    )


def hanging_on(store: Store, entry: "Entry") -> tuple[str, ...]:
    """Say which other entries tell of the same event or prove this one, and stay when it is reversed."""
    number = entry.id
    asked: dict[str, object] = {"plan": entry.plan_id, "id": store.chain.entry_id(number)}
    asked |= {"same": f'["same_event","{number}"]', "of": f'["entry","{number}"]'}
    found = [str(row[0]) for row in store.rows(sql.HANGING_ON, asked)]
    if not found:
        return ()
    return (f"注意：第{'、'.join(found)}号与第{number}号是同一件事或属于它，仍然有效；需要时也请冲正。",)


def _unit_may_be_taken_back(store: Store, entry: "Entry") -> None:
    """Refuse to forget a unit of which something was recorded since it was added."""
    if not entry.agency:
        return
    asked = {"plan": entry.plan_id, "id": store.chain.entry_id(entry.id), "agency": entry.agency}
    row = store.row(sql.OF_ADDED_UNIT, asked)
    if row is not None:
        raise NotRecorded(
            f"{entry.agency} 增加之后已有记录（第 {row[0]} 号），不能冲正；不再由它承担的，请用 planledger amend {entry.code} --drop-agency {entry.agency}。"
        )


def _adoption_may_be_taken_back(store: Store, entry: "Entry") -> None:
    """Refuse to take back an adoption on which anything stands already."""
    where = {"plan": entry.plan_id, "id": store.chain.entry_id(entry.id)}
    if store.row(sql.EARLIER_ADOPTION, where) is None:
        raise NotRecorded(f"第 {entry.id} 号是方案的首次启用，台账由它开始，不能冲正。")
    if store.row(sql.LATER_ENTRY, where) is not None:
        raise NotRecorded(
            f"第 {entry.id} 号启用之后已有记录，不能冲正；要换回旧版本请运行 planledger adopt 旧方案文件。"
        )


_CHECKS: "dict[Undone, Callable[[Store, Entry], None]]" = {
    Undone.BEFORE_OTHERS: _adoption_may_be_taken_back,
    Undone.WITHOUT_UNIT: _unit_may_be_taken_back,
}
