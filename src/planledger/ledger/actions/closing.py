"""The office's confirmation that an item is finished (销号), and how it is taken back (撤销销号)."""

from planledger.ledger.clerk import checked_text, reason
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import Details, write_details
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.people.contact import name_fault
from planledger.plan.phrases.texts import fold, quoted
from planledger.plan.refusal import NotRecorded, Refusal, each
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.naming import once_each
from planledger.questions.receipt import Draft, Receipt


def close_all(
    book: PlanSession, codes: tuple[str, ...], note: str, approved: str, ref: str
) -> tuple[Receipt, ...]:
    """Close several items out, all or none.

    Args:
        book: the ledger.
        codes: the items.
        note: what else is to be known.
        approved: who approved it (审定人), as far as anybody says so.
        ref: the number of the paper by which that was approved (文号).

    Raises:
        Refusal: one of them is not 已完成, or stands there twice; neither a person nor a paper approved it.
    """
    note, approved = checked_text(note, "说明"), checked_text(approved, "审定人")
    if approved and not ref and (fault := name_fault(approved)):  # a meeting has its paper
        raise NotRecorded(f"--approved：{quoted(approved)}{fault}；会议审定的，用 --ref 写明文号。")
    details = write_details(approved=approved, ref=checked_text(ref, "文号"))
    once_each(map(fold, codes))
    with book.store.transaction():
        return book.combined(each(codes, lambda code: _close(book, code, note, details)))


def _close(book: PlanSession, code: str, note: str, details: Details) -> Receipt:
    form, _, row = book.row_meant(PlanSubject(code, kind=EntryKind.CLOSE))
    code, standing = row.item.code, row.judgement.standing
    if standing == Standing.CLOSED:
        raise Refusal(f"{code} 已经销号；要撤销请用 planledger reopen {code} --because 原因。")
    if standing != Standing.DONE:
        raise Refusal(
            f"{code} 还没有完成（{standing.label}），不能销号；运行 planledger show {code} 可看还缺什么。"
        )
    draft = Draft(EntryKind.CLOSE.value, form.as_of, code, note=note, details=details)
    return book.append(form, (draft,), code)


def reopen_item(book: PlanSession, code: str, because: str) -> Receipt:
    """Take a close-out back, with a reason.

    Raises:
        Refusal: the item is not 已销号, or there is no reason.
    """
    why = reason(because)
    with book.store.transaction():
        form, _, row = book.row_meant(PlanSubject(code, kind=EntryKind.REOPEN))
        code, standing = row.item.code, row.judgement.standing
        if standing != Standing.CLOSED:
            raise Refusal(f"{code} 没有销号（{standing.label}），不需要撤销。")
        draft = Draft(EntryKind.REOPEN.value, form.as_of, code, note=why)
        return book.append(form, (draft,), code)
