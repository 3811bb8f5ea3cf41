"""The actions of the office on a ledger: record, reverse, close, reopen, file, return. Each is one transaction.

An action asks where things stand, judges, seals, appends and asks again, all inside the same transaction,
so what its receipt says was true when it was stored. What an action did is undone by a reversal only.
"""

from typing import TYPE_CHECKING

from planledger.ledger.actions.event import Resemblance
from planledger.ledger.actions.recording import drafts
from planledger.ledger.actions.request import Recording, Ties, amount_of, day_of_work, indicator_named
from planledger.ledger.actions.reversal import entry_to_reverse, hanging_on, repeated_entry, reversal
from planledger.ledger.chain.journal import next_number
from planledger.ledger.clerk import checked_text, reason
from planledger.ledger.session import PlanSession
from planledger.plan.days import LATEST
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.facts.plans import PlanInForce, PlanSubject
from planledger.questions.naming import row_named, split_list
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row, filled_sheet

if TYPE_CHECKING:
    from planledger.ledger.actions.amendment import Amending
    from planledger.ledger.actions.contact import Person
    from planledger.ledger.actions.filing import HandIn, SendBack
    from planledger.ledger.actions.report import Words
    from planledger.store.files.vault import StagedFile


class Book(PlanSession):
    """An open ledger of one clerk, for one plan."""

    def record(self, recording: Recording) -> Receipt:
        """Record figures, papers, files and declarations of one item (登记)."""
        if not recording.evidence:
            with self.store.transaction():
                return self._recorded(recording, ())
        from planledger.ledger.clerk import Doorkeeper
        from planledger.store.files.vault import Vault

        vault, door = Vault(self.store.files), Doorkeeper(recording.code, recording.kind)
        taken = vault.taken(recording.evidence, recording.largest, door.admit)
        with taken as files, self.store.transaction(), vault.kept(files):
            return self._recorded(recording, files)

    def _recorded(self, recording: Recording, files: "tuple[StagedFile, ...]") -> Receipt:
        form = self._blank(recording.about)
        plan, sheet = form.plan, self._filled(form, recording.code)
        before = row_named(sheet, recording.code)
        ties = self._ties(recording, plan, before)
        if files:
            from planledger.ledger.actions.evidence import known_files

            ties = ties._replace(files=files, known=known_files(self.store, files))
        resemblance = Resemblance(self.store, plan.plan_id)
        said = drafts(recording, sheet, before, self.clerk, ties)
        wanted = tuple(resemblance.marked(before, draft) for draft in said)
        receipt = self._stored_and_compared(form, wanted, before.item.code)
        back = tuple(
            f"注意：这个文件曾由第{file.destroyed_by}号销毁，现又存入；不该留的请再销毁。"
            for file in ties.known.values()
            if file.destroyed_by
        )
        return receipt._replace(warnings=receipt.warnings + back)

    def report(self, said: "Words") -> Receipt:
        """Take down what a unit says in words (进展情况、存在问题、下一步措施): it ends its silence and finishes nothing."""
        from planledger.ledger.actions.report import report_drafts

        with self.store.transaction():
            form = self._blank(PlanSubject(said.code, on=said.on))
            sheet = self._filled(form, said.code)
            before = row_named(sheet, said.code)
            wanted = report_drafts(said, sheet, before, self.clerk)
            return self._stored(form, wanted, before.item.code)

    def hand_in(self, said: "HandIn") -> Receipt:
        """Take down what a unit handed in of what the plan asks from every unit (报送)."""
        from planledger.ledger.actions.filing import hand_in_drafts

        with self.store.transaction():
            form = self._in_force(PlanSubject(filing=said.key, agencies=split_list(said.agency), on=said.on))
            wanted = hand_in_drafts(said, form, self._marks(form), self.clerk)
            return self._stored_and_compared(form, wanted, "")

    def send_back(self, said: "SendBack") -> Receipt:
        """Send back what a unit handed in, with a reason (退回补正): it is owed again."""
        from planledger.ledger.actions.filing import send_back_draft

        with self.store.transaction():
            form = self._in_force(PlanSubject("", said.key, (said.agency,), said.on, kind=EntryKind.RETURN))
            draft = send_back_draft(said, form, self._marks(form), self.clerk)
            return self._stored(form, (draft,), "")

    def set_contact(self, said: "Person") -> Receipt:
        """Note whom to call in a unit (联系人)."""
        from planledger.ledger.actions.contact import contact_draft

        with self.store.transaction():
            form = self._in_force()
            draft = contact_draft(said, form, self.clerk)
            return self._stored_and_compared(form, (draft,), "")

    def reverse(self, number: int, because: str) -> Receipt:
        """Cancel one entry with another that says why (冲正).

        The reversal takes over the day of what it cancels: the sums of every day stay true.
        """
        why = reason(because)
        with self.store.transaction():
            return self._reversed(number, why)

    def _reversed(self, number: int, why: str) -> Receipt:
        entry = entry_to_reverse(self.store, number, self.plan_key)
        receipt = self._stored(self._blank(key=entry.plan), (reversal(entry, why),), entry.code)
        if entry.kind == EntryKind.AMENDMENT:
            from planledger.ledger.actions.amendment import refuse_unreported

            refuse_unreported(receipt)
        warnings = receipt.warnings + hanging_on(self.store, entry)
        return receipt._replace(reversed_entry=entry, warnings=warnings)

    def correct(self, number: int, typed: str, because: str) -> Receipt:
        """Put another figure in place of one entry (更正): its reversal and the right entry, both or neither."""
        from planledger.ledger.actions.event import corrected_details

        why = reason(because)
        with self.store.transaction():
            entry = entry_to_reverse(self.store, number, self.plan_key)
            form = self._blank(key=entry.plan)
            if not entry.indicator:
                raise Refusal(
                    f"第 {number} 号不是数量，不能更正；请冲正后重新登记：planledger reverse {number} --because 原因。"
                )
            row = row_named(self._filled(form, entry.code), entry.code)
            amount = amount_of(row, entry.indicator, typed, "--to")
            if amount == entry.amount:
                raise NotRecorded(f"第 {number} 号本来就是这个数，不需要更正。")
            right = repeated_entry(entry)._replace(
                kind=EntryKind.AMOUNT.value,
                amount=amount,
                note=f"更正第{number}号：{why}",
                details=corrected_details(entry),
            )
            right = Resemblance(self.store, form.plan.plan_id).marked(row, right)
            done = self._stored(form, (reversal(entry, why), right), entry.code)
            return done._replace(reversed_entry=entry)

    def amend(self, said: "Amending") -> Receipt:
        """Change a deadline, a target or a unit from a day on, or cancel the item (调整); the plan's own words stay."""
        from planledger.ledger.actions.amendment import amendment_draft, changed_by, refuse_unreported

        with self.store.transaction():
            form = self._blank(PlanSubject(said.code, on=said.since))
            today = row_named(self._filled(form, said.code), said.code)
            since = day_of_work(said.since, form.plan.year, self.clerk.today, option="--from")
            sheet = filled_sheet(self.store, form, since, LATEST, today.item.code)
            plain = next(one for one in form.rows if one.item.code == today.item.code)
            draft = amendment_draft(said._replace(since=since), sheet, sheet.rows[0], plain)
            receipt = self._stored_and_compared(form, (draft,), today.item.code)
            refuse_unreported(receipt)
            return receipt._replace(warnings=receipt.warnings + changed_by(receipt, today))

    def close(self, code: str, note: str = "") -> Receipt:
        """Confirm that an item is finished (销号): only what is done, judged inside the transaction."""
        said = checked_text(note, "说明")
        with self.store.transaction():
            return self._closed(code, said)

    def _closed(self, code: str, note: str) -> Receipt:
        form = self._blank(PlanSubject(code, kind=EntryKind.CLOSE))
        row = row_named(self._filled(form, code), code)
        may_be_closed(row)
        return self._stored(
            form, (Draft(EntryKind.CLOSE.value, self.clerk.today, row.item.code, note=note),), row.item.code
        )

    def reopen(self, code: str, because: str) -> Receipt:
        """Take a close-out back, with a reason (撤销销号)."""
        why = reason(because)
        with self.store.transaction():
            form = self._blank(PlanSubject(code, kind=EntryKind.REOPEN))
            row = row_named(self._filled(form, code), code)
            if row.judgement.standing != Standing.CLOSED:
                raise Refusal(f"{row.item.code} 没有销号（{row.judgement.standing.label}），不需要撤销。")
            draft = Draft(EntryKind.REOPEN.value, self.clerk.today, row.item.code, note=why)
            return self._stored(form, (draft,), row.item.code)

    def _ties(self, recording: Recording, plan: PlanInForce, row: Row) -> Ties:
        """Find what the entries of a recording hang together with; most stand alone."""
        if not (recording.same_event or recording.paper or recording.evidence):
            return Ties()
        from planledger.ledger.actions.event import event_named, refuse_twice

        event = proven = None
        if recording.same_event:
            event = event_named(self.store, recording.same_event, plan.key, "--same-event")
            for name, _ in recording.amounts:
                refuse_twice(self.store, plan.plan_id, event, row.item.code, indicator_named(row, name).key)
        if recording.entry:
            proven = event_named(self.store, recording.entry, plan.key, "--entry")
        return Ties(event, proven, next_number(self.store))


def may_be_closed(row: Row) -> None:
    """Refuse to close out what is closed already or not done.

    Raises:
        Refusal: the item is not 已完成.
    """
    code, standing = row.item.code, row.judgement.standing
    if standing == Standing.CLOSED:
        raise Refusal(f"{code} 已经销号；要撤销请用 planledger reopen {code} --because 原因。")
    if standing != Standing.DONE:
        raise Refusal(
            f"{code} 还没有完成（{standing.label}），不能销号；运行 planledger show {code} 可看还缺什么。"
        )
