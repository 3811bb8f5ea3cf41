"""The office's confirmation that an item is finished (销号), and how it is taken back (撤销销号)."""

from planledger.ledger.clerk import checked_text, reason
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import Details, write_details
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.people.contact import name_fault
from planledger.plan.phrases.texts import fold, quoted
from planledger.plan.refusal import NotRecorded, Refusal, each
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.naming import once_each, row_named
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row


class ClosingActions(PlanSession):
    """The actions `close` and `reopen`."""

    def close_all(
        self, codes: tuple[str, ...], note: str = "", approved: str = "", ref: str = ""
    ) -> tuple[Receipt, ...]:
        """Close several items out, all or none.

        Args:
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
        with self.store.transaction():
            return self._combined(each(codes, lambda code: self._close(code, note, details)))

    def _close(self, code: str, note: str, details: Details) -> Receipt:
        form, row = self._row(code, EntryKind.CLOSE)
        code, standing = row.item.code, row.judgement.standing
        if standing == Standing.CLOSED:
            raise Refusal(f"{code} 已经销号；要撤销请用 planledger reopen {code} --because 原因。")
        if standing != Standing.DONE:
            raise Refusal(
                f"{code} 还没有完成（{standing.label}），不能销号；运行 planledger show {code} 可看还缺什么。"
            )
        draft = Draft(EntryKind.CLOSE.value, form.as_of, code, note=note, details=details)
        return self._append(form, (draft,), code)

    def reopen(self, code: str, because: str) -> Receipt:
        """Take a close-out back, with a reason.

        Raises:
            Refusal: the item is not 已销号, or there is no reason.
        """
        why = reason(because)
        with self.store.transaction():
            form, row = self._row(code, EntryKind.REOPEN)
            code, standing = row.item.code, row.judgement.standing
            if standing != Standing.CLOSED:
                raise Refusal(f"{code} 没有销号（{standing.label}），不需要撤销。")
            draft = Draft(EntryKind.REOPEN.value, form.as_of, code, note=why)
            return self._append(form, (draft,), code)

    def _row(self, code: str, kind: EntryKind) -> tuple[EmptySheet, Row]:
        form = self._empty_sheet(PlanSubject(code, kind=kind))
        return form, row_named(self._filled_sheet(form, code), code)
