"""What may be reversed (冲正) and corrected (更正), and the entries that do it. A reversal is never reversed again."""

from collections.abc import Callable
from typing import Any

from planledger.ledger.actions.amendment_effect import refuse_unreported
from planledger.ledger.actions.event import corrected_details, marked_resembling, repeated
from planledger.ledger.actions.request import amount_of
from planledger.ledger.clerk import reason
from planledger.ledger.session import PlanSession
from planledger.plan.days import LATEST
from planledger.plan.model.entry_kinds import MEANING, About, Undone
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import NotRecorded, Refusal, each
from planledger.questions import sql
from planledger.questions.facts.entry_rows import Entry, entries, entry_numbered
from planledger.questions.facts.office import office_doubt, office_name
from planledger.questions.naming import row_named
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Sheet
from planledger.store.database import Store

CORRECTED = "更正："  # with the file's name behind it the reason of what an import reverses
SHOWN = 12  # digits of a digest that tell files apart


def reverse_all(book: PlanSession, numbers: tuple[int, ...], because: str) -> tuple[Receipt, ...]:
    """Cancel several entries for one reason, all or none, the newest first: what hangs on another goes before it.

    A reversal takes over the day of what it cancels: the sums of every day stay true.

    Raises:
        Refusal: as :func:`entry_to_reverse`, of every number; or there is no reason.
    """
    why = reason(because)
    with book.store.transaction():
        return _reverse_each(book, numbers, why)


def reverse_import(book: PlanSession, digest: str, because: str) -> tuple[Receipt, ...]:
    """Cancel what still stands of all that was imported from one file; as :func:`reverse_all`.

    Args:
        book: the ledger.
        digest: SHA-256 of the file, or a beginning of it that no other imported file has.
        because: the reason.

    Raises:
        Refusal: as :func:`reverse_all`; nothing was imported from such a file, or nothing of it stands.
    """
    why = reason(because)
    with book.store.transaction():
        imported = _imported(book.store, digest)
        standing = tuple(entry.number for entry in imported if not entry.reversed_by)
        undone = [entry.number for entry in imported if entry.reversed_by]
        if not standing:
            raise NotRecorded(f"这份表导入的记录（{_numbers(undone)}）都已冲正，没有可冲正的。")
        first, *others = _reverse_each(book, standing, why)
        notes = [f"{_numbers(undone)}先前已冲正，这次跳过。"] if undone else []
        replaced = _replaced(book.store, imported)
        if replaced:
            notes.append(
                f"注意：{_numbers(replaced)}是导入这份表时更正掉的，不因此恢复；仍有效的请重新登记。"
            )
        return (first._replace(warnings=(*first.warnings, *notes)), *others)


def _reverse_each(book: PlanSession, numbers: tuple[int, ...], why: str) -> tuple[Receipt, ...]:
    newest_first = sorted(numbers, reverse=True)
    return book.combined(each(newest_first, lambda number: _reverse(book, number, why)))


def _reverse(book: PlanSession, number: int, why: str) -> Receipt:
    entry = entry_to_reverse(book.store, number, book.plan_key)
    receipt = book.append(book.empty_sheet(key=entry.plan), (reversal(entry, why),), entry.code)
    if entry.kind == EntryKind.AMENDMENT:
        refuse_unreported(receipt)
    warnings = receipt.warnings + _hanging_on(book.store, entry)
    if MEANING[entry.kind].about is About.UNIT_NAME:
        warnings += _office_without_unit(book.store, entry, receipt.sheet)
    return receipt._replace(reversed_entry=entry, warnings=warnings)


def correct_figure(book: PlanSession, number: int, typed: str, because: str) -> Receipt:
    """Put another figure in place of one entry: its reversal and the right entry, both or neither.

    Raises:
        Refusal: as :func:`entry_to_reverse`; the entry holds no figure, or just this one.
    """
    why = reason(because)
    with book.store.transaction():
        entry = entry_to_reverse(book.store, number, book.plan_key)
        form = book.empty_sheet(key=entry.plan)
        if not entry.indicator:
            raise Refusal(
                f"第{number}号不是数量，不能更正；请冲正后重新登记：planledger reverse {number} --because 原因。"
            )
        sheet = book.filled_sheet(form, entry.code)
        row = row_named(sheet, entry.code)
        amount = amount_of(row, entry.indicator, typed, "--to")
        if amount == entry.amount:
            raise NotRecorded(f"第{number}号本来就是这个数，不需要更正。")
        right = repeated(entry)._replace(
            kind=EntryKind.AMOUNT.value,
            amount=amount,
            note=f"更正第{number}号：{why}",
            details=corrected_details(entry),
        )
        right = marked_resembling(book.store, sheet, row, right)
        receipt = book.append(form, (reversal(entry, why), right), entry.code)
        return receipt._replace(reversed_entry=entry)


_FOR_GOOD: dict[str, str] = {  # why what is never reversed is not, and what to do instead
    EntryKind.REVERSAL: "第{number}号是冲正，冲正不能再冲正；请重新登记正确的数。",
    EntryKind.DESTRUCTION: "第{number}号是销毁，文件已经没有了，不能冲正；有原件的请重新存入：planledger attach {code} 文件。",
}


def entry_to_reverse(store: Store, number: int, plan_key: str) -> Entry:
    """Find the entry that is to be cancelled.

    Raises:
        Refusal: there is none of that number, it belongs to another plan than *plan_key*, it is cancelled
            already, or something stands on it.
    """
    entry = entry_numbered(store, number)
    undone = MEANING[entry.kind].undone
    if undone is Undone.NEVER:
        raise NotRecorded(_FOR_GOOD[entry.kind].format(number=entry.number, code=entry.code))
    if entry.reversed_by:
        raise NotRecorded(f"第{entry.number}号已由第{entry.reversed_by}号冲正，不用再冲正。")
    refuse_other_plan(entry, plan_key)
    if undone is not Undone.REVERSED:
        _CHECKS[undone](store, entry)
    return entry


def refuse_other_plan(entry: Entry, plan_key: str) -> None:
    """Refuse an action on an entry of another plan than the one that was named.

    Raises:
        Refusal: it is of another plan.
    """
    # whichever plan was named with it
    is_of_chain = MEANING[entry.kind].about in (About.UNIT_NAME, About.OFFICE)
    if plan_key and entry.plan != plan_key and not is_of_chain:
        raise NotRecorded(f"第{entry.number}号属于方案 {entry.plan}，与 --plan {plan_key} 不符。")


def reversal(entry: Entry, why: str) -> Draft:
    """The entry that cancels another: the amount negated, on the day of what it cancels."""
    amount = None if entry.amount is None else -entry.amount
    return repeated(entry)._replace(
        kind=EntryKind.REVERSAL.value, amount=amount, note=why, reverses=entry.number
    )


def _hanging_on(store: Store, entry: Entry) -> tuple[str, ...]:
    """Warn of what stays when an entry is reversed: others of its event, its proof, what was returned of it or said again."""
    number = entry.number
    asked: dict[str, object] = {"plan": entry.plan_id, "id": store.chain.entry_id(number)}
    asked |= {"same": f'["same_event","{number}"]', "of": f'["entry","{number}"]'}
    asked |= {"kind": entry.kind, "code": entry.code, "agency": entry.agency, "subject": entry.subject}
    others = [str(row[0]) for row in store.rows(sql.HANGING_ON, asked)]
    if not others:
        return ()
    return (f"注意：第{'、'.join(others)}号与第{number}号是同一件事或属于它，仍然有效；需要时也请冲正。",)


def _office_without_unit(store: Store, entry: Entry, sheet: Sheet) -> tuple[str, ...]:
    """Warn where the office bears the name that is taken back: no unit of the plan has it any more."""
    name = office_name(store, store.chain)
    doubt = office_doubt(name, sheet) if name == entry.agency else ""
    return (f"注意：{doubt}请再登记本办的名称：planledger office name 名称",) if doubt else ()


def _imported(store: Store, digest: str) -> list[Entry]:
    """Find the entries that came from the one imported file of a digest, in whichever plan of the chain."""
    asked = {"known_at": LATEST, "file": f'["file","{digest}'}
    imported: list[Entry] = []
    for (plan,) in store.rows(sql.PLAN_IDS, {"origin": store.chain.origin_id}):
        imported += entries(store.rows(sql.OF_IMPORT, asked | {"plan": plan}))
    files = {entry.detail("file"): entry.detail("file_name") for entry in imported}
    if not files:
        raise NotRecorded(f"没有从这份表（摘要 {digest[:SHOWN]}）导入过记录；请核对是不是导入的那一份。")
    if len(files) > 1:
        choices = "；".join(f"{sha256[:SHOWN]}（{name}）" for sha256, name in files.items())
        raise NotRecorded(f"--import {digest} 有{len(files)}份表，请写长一些：{choices}。")
    return imported


def _replaced(store: Store, imported: list[Entry]) -> list[int]:
    """Find what an import put its own entries in place of (`import --changed correct`)."""
    replaced: set[int] = set()
    for plan, moment, file in {(one.plan_id, one.recorded_at, one.detail("file_name")) for one in imported}:
        asked = {"plan": plan, "moment": moment, "note": f"{CORRECTED}{file}"}
        replaced |= {int(row[0]) for row in store.rows(sql.REPLACED, asked)}
    return sorted(replaced)


def _numbers(numbers: list[int]) -> str:
    return f"第{'、'.join(map(str, sorted(numbers)))}号"


def _unit_may_be_taken_back(store: Store, entry: Entry) -> None:
    """Refuse to forget a unit of which something was recorded since it was added."""
    if not entry.agency:
        return
    asked: dict[str, Any] = {"plan": entry.plan_id, "id": store.chain.entry_id(entry.number)}
    asked |= {"agency": entry.agency, "listed": f"、{entry.agency}、"}
    row = store.row(sql.OF_ADDED_UNIT, asked)
    if row is not None:
        raise NotRecorded(
            f"{entry.agency} 增加之后已有记录（第{row[0]}号），不能冲正；不再由它承担的，请用 planledger amend {entry.code} --drop-agency {entry.agency}。"
        )


def _name_may_be_taken_back(store: Store, entry: Entry) -> None:
    """Refuse to forget a name that something names since; a unit that took others in had its name before."""
    if entry.agency in entry.subject.split("、"):
        return
    asked: dict[str, Any] = {"origin": store.chain.origin_id, "id": store.chain.entry_id(entry.number)}
    asked |= {"agency": entry.agency, "listed": f"、{entry.agency}、"}
    row = store.row(sql.OF_NEW_NAME, asked)
    if row is not None:
        used = f"第{row[0]}号已用 {entry.agency} 这个名称，不能冲正"
        raise NotRecorded(
            f"{used}；请先冲正第{row[0]}号，名称不对的也可以用 planledger agency rename 再更名。"
        )


def _adoption_may_be_taken_back(store: Store, entry: Entry) -> None:
    """Refuse to take back an adoption on which anything stands already."""
    where = {"plan": entry.plan_id, "id": store.chain.entry_id(entry.number)}
    if store.row(sql.EARLIER_ADOPTION, where) is None:
        raise NotRecorded(f"第{entry.number}号是方案的首次启用，台账由它开始，不能冲正。")
    if store.row(sql.LATER_ENTRY, where) is not None:
        raise NotRecorded(
            f"第{entry.number}号启用之后已有记录，不能冲正；要换回旧版本请运行 planledger adopt 旧方案文件。"
        )


_CHECKS: dict[Undone, Callable[[Store, Entry], None]] = {
    Undone.BEFORE_OTHERS: _adoption_may_be_taken_back,
    Undone.WITHOUT_UNIT: _unit_may_be_taken_back,
    Undone.WITHOUT_NAME: _name_may_be_taken_back,
}
