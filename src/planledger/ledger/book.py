"""The deeds of the office on a ledger: record, reverse, close, reopen. Each is one transaction.

A deed asks where things stand, judges, seals, appends and asks again, all inside the same transaction,
so what its receipt says was true when it was stored. What a deed did is undone by a reversal only.
"""

from typing import TYPE_CHECKING

from planledger.ledger.hand import Hand
from planledger.ledger.journal import append, head
from planledger.ledger.recording import Recording, Words, amount_of, drafts, report_draft, year_warning
from planledger.ledger.resemblance import marked
from planledger.ledger.texts import checked, reason
from planledger.plan.days import CHINA, LATEST, to_the_minute
from planledger.plan.digits import fold
from planledger.plan.refusal import Refusal
from planledger.plan.terms import EntryKind, Standing
from planledger.questions import queries
from planledger.questions.naming import row_named
from planledger.questions.plans import PlanInForce, plan_in_force
from planledger.questions.receipt import SAME_AGAIN_MINUTES, Draft, Receipt, Stored
from planledger.questions.sheet import Blank, Row, Sheet, blank, filled
from planledger.store.database import Store

if TYPE_CHECKING:
    from planledger.questions.history import Entry

CLOCK_SLACK_MINUTES = 1  # others may have written while this hand waited for its turn


class Book:
    """An open ledger in the hand of one person, for one plan."""

    def __init__(self, store: Store, hand: Hand, plan_key: str = "") -> None:
        """Open *store* for deeds by *hand*; *plan_key* is empty where the ledger may choose."""
        self.store = store
        self.hand = hand
        self.plan_key = plan_key

    def record(self, recording: Recording) -> Receipt:
        """Record figures, papers and declarations of one item (登记)."""
        with self.store.transaction():
            form = self._blank()
            plan, sheet = form.plan, self._filled(form, recording.code)
            before = row_named(sheet, recording.code)
            said = drafts(recording, sheet, before, self.hand)
            wanted = tuple(marked(self.store, plan.plan_id, before, draft) for draft in said)
            twins = [self._twin(plan, draft) for draft in wanted]
            warnings = self._warnings(plan, wanted)
            stored = self._append(plan, wanted)
            receipt = self._receipt(stored, form, before, warnings)
        pairs = tuple((new.number, twin) for new, twin in zip(stored, twins, strict=True) if twin)
        return receipt._replace(twins=pairs)

    def report(self, said: Words) -> Receipt:
        """Take down what a unit says in words (进展情况、存在问题、下一步措施): it ends its silence and finishes nothing."""
        with self.store.transaction():
            form = self._blank()
            sheet = self._filled(form, said.code)
            before = row_named(sheet, said.code)
            draft = report_draft(said, sheet, before, self.hand)
            stored = self._append(form.plan, (draft,))
            return self._receipt(stored, form, before, self._warnings(form.plan, (draft,)))

    def reverse(self, number: int, because: str) -> Receipt:
        """Cancel one entry with another that says why (冲正).

        The reversal takes over the day of what it cancels: the sums of every day stay true.
        """
        why = reason(because)
        with self.store.transaction():
            entry, form = self._to_undo(number)
            before = self._filled(form, entry.code).rows[0]
            stored = self._append(form.plan, (_reversal(entry, why),))
            receipt = self._receipt(stored, form, before, self._warnings(form.plan, ()))
        return receipt._replace(reversed_entry=entry)

    def correct(self, number: int, typed: str, because: str) -> Receipt:
        """Put another figure in place of one entry (更正): its reversal and the right entry, both or neither."""
        why = reason(because)
        with self.store.transaction():
            entry, form = self._to_undo(number)
            before = row_named(self._filled(form, entry.code), entry.code) if entry.indicator else None
            if before is None:
                raise Refusal(
                    f"第 {number} 号不是数量，不能更正；请冲正后重新登记：planledger reverse {number} --because 原因。"
                )
            amount = amount_of(before, entry.indicator, typed, "--to")
            if amount == entry.amount:
                raise Refusal(f"第 {number} 号本来就是这个数，不需要更正。未登记。")
            right = _like(entry)._replace(
                kind=EntryKind.AMOUNT.value, amount=amount, note=f"更正第{number}号：{why}"
            )
            stored = self._append(form.plan, (_reversal(entry, why), right))
            receipt = self._receipt(stored, form, before, self._warnings(form.plan, ()))
        return receipt._replace(reversed_entry=entry)

    def close(self, code: str, note: str = "") -> Receipt:
        """Confirm that an item is finished (销号): only what is done, judged inside the transaction."""
        with self.store.transaction():
            form = self._blank()
            before = row_named(self._filled(form, code), code)
            standing = before.judgement.standing
            if standing == Standing.CLOSED:
                raise Refusal(
                    f"{before.item.code} 已经销号；要撤销请用 planledger reopen {before.item.code} --because 原因。"
                )
            if standing != Standing.DONE:
                raise Refusal(
                    f"{before.item.code} 还没有完成（{standing.label}），不能销号；运行 planledger show {before.item.code} 可看还缺什么。"
                )
            draft = Draft(
                EntryKind.CLOSE.value, self.hand.today, before.item.code, note=checked(note, "说明")
            )
            return self._receipt(
                self._append(form.plan, (draft,)), form, before, self._warnings(form.plan, ())
            )

    def reopen(self, code: str, because: str) -> Receipt:
        """Take a close-out back, with a reason (撤销销号)."""
        why = reason(because)
        with self.store.transaction():
            form = self._blank()
            before = row_named(self._filled(form, code), code)
            if before.judgement.standing != Standing.CLOSED:
                raise Refusal(
                    f"{before.item.code} 没有销号（{before.judgement.standing.label}），不需要撤销。"
                )
            draft = Draft(EntryKind.REOPEN.value, self.hand.today, before.item.code, note=why)
            return self._receipt(
                self._append(form.plan, (draft,)), form, before, self._warnings(form.plan, ())
            )

    def _blank(self) -> Blank:
        return blank(self.store, plan_in_force(self.store, self.plan_key, self.hand.today, LATEST))

    def _filled(self, form: Blank, code: str) -> Sheet:
        return filled(self.store, form, self.hand.today, LATEST, fold(code))

    def _append(self, plan: PlanInForce, wanted: tuple[Draft, ...]) -> tuple[Stored, ...]:
        return tuple(
            Stored(append(self.store, plan.plan_id, plan.key, draft, self.hand), draft) for draft in wanted
        )

    def _receipt(
        self, stored: tuple[Stored, ...], form: Blank, before: Row, warnings: tuple[str, ...]
    ) -> Receipt:
        sheet = self._filled(form, before.item.code)
        return Receipt(stored, before, sheet.rows[0], sheet, warnings)

    def _to_undo(self, number: int) -> tuple["Entry", Blank]:
        """Find the entry that is to be cancelled, and the plan that it belongs to."""
        from planledger.questions.history import entry_numbered  # noqa: PLC0415  (recording needs no history)

        entry = entry_numbered(self.store, number)
        self._may_be_reversed(entry)
        self.plan_key = entry.plan
        return entry, self._blank()

    def _may_be_reversed(self, entry: "Entry") -> None:
        if entry.kind == EntryKind.REVERSAL:
            raise Refusal(f"第 {entry.id} 号是冲正，冲正不能再冲正；请重新登记正确的数。未登记。")
        if entry.reversed_by:
            raise Refusal(f"第 {entry.id} 号已由第 {entry.reversed_by} 号冲正，不能再冲。未登记。")
        if self.plan_key and entry.plan != self.plan_key:
            raise Refusal(f"第 {entry.id} 号属于方案 {entry.plan}，与 --plan {self.plan_key} 不符。未登记。")
        if entry.kind == EntryKind.ADOPTION:
            self._may_be_taken_back(entry)

    def _may_be_taken_back(self, entry: "Entry") -> None:
        """Refuse to take back an adoption on which anything stands already."""
        where = {"plan": entry.plan_id, "id": entry.id}
        if self.store.row(queries.EARLIER_ADOPTION, where) is None:
            raise Refusal(f"第 {entry.id} 号是方案的首次启用，台账由它开始，不能冲正。未登记。")
        if self.store.row(queries.LATER_ENTRY, where) is not None:
            raise Refusal(
                f"第 {entry.id} 号启用之后已有记录，不能冲正；要换回旧版本请运行 planledger adopt 旧方案文件。未登记。"
            )

    def _warnings(self, plan: PlanInForce, wanted: tuple[Draft, ...]) -> tuple[str, ...]:
        """Say what is stored all the same but deserves a second look."""
        said = [year_warning(dated, plan.year) for dated in sorted({draft.dated for draft in wanted})]
        last = head(self.store).recorded_at
        if _minutes_before(last or self.hand.now, CLOCK_SLACK_MINUTES) > self.hand.now:
            said.append(
                f"注意：本机时钟（{to_the_minute(self.hand.now)}）比上一条记录（{to_the_minute(last)}）还早，请核对时钟；已照记。"
            )
        return tuple(sentence for sentence in said if sentence)

    def _twin(self, plan: PlanInForce, draft: Draft) -> int:
        """Find an entry of the last minutes that says the same: somebody may have pressed Enter twice."""
        row = self.store.row(
            queries.LIKE_FIGURE if draft.indicator else queries.LIKE_MARK,
            {
                "plan": plan.plan_id,
                "since": _minutes_before(self.hand.now, SAME_AGAIN_MINUTES),
                **{name: getattr(draft, name) for name in _TWIN_FIELDS},
            },
        )
        return int(row[0] or 0) if row else 0


_TWIN_FIELDS = (
    "kind",
    "code",
    "indicator",
    "amount",
    "side",
    "agency",
    "dated",
    "subject",
    "note",
    "details",
)


def _like(entry: "Entry") -> Draft:
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


def _reversal(entry: "Entry", why: str) -> Draft:
    """Write the entry that cancels another: the amount negated, on the day of what it cancels."""
    amount = None if entry.amount is None else -entry.amount
    return _like(entry)._replace(kind=EntryKind.REVERSAL.value, amount=amount, note=why, reverses=entry.id)


def _minutes_before(moment: str, minutes: int) -> str:
    from datetime import datetime, timedelta  # noqa: PLC0415

    earlier = datetime.fromisoformat(moment).astimezone(CHINA) - timedelta(minutes=minutes)
    return earlier.isoformat(timespec="microseconds")
