"""What every action on a plan has in common: it asks where things stand, seals and appends, and asks again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from planledger.ledger.chain.journal import append_all
from planledger.ledger.clerk import Clerk
from planledger.plan.days import CHINA, LATEST, to_the_minute
from planledger.plan.model.rows import grouped_pairs
from planledger.questions import sql
from planledger.questions.facts.annex import EmptySheet, empty_sheet
from planledger.questions.facts.entry_rows import moment_of
from planledger.questions.facts.office import read_head
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce, PlanSubject
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.naming import code_typed, row_named
from planledger.questions.receipt import SAME_AGAIN_MINUTES, Draft, Receipt, Stored
from planledger.questions.sheet import Row, Sheet, filled_sheet, in_force, unfilled, with_plan_marks
from planledger.store.database import Store

NOTHING = PlanSubject()
CLOCK_SLACK_MINUTES = 1  # others may have written while this clerk waited


class PlanSession:
    """An open ledger of one clerk, for one plan; an action asks and appends inside one transaction of its store."""

    def __init__(self, store: Store, clerk: Clerk, plan_key: str = "") -> None:
        """Open *store* for actions by *clerk*; *plan_key* is empty where the ledger may choose."""
        self.store = store
        self.clerk = clerk
        self.plan_key = plan_key
        self.has_chosen = False  # between several plans, by what the action is about

    def ledger_today(self, plan: PlanInForce) -> LedgerAsOf:
        """The ledger of a plan as it stands today, by all that is known."""
        return LedgerAsOf(self.store, plan, self.clerk.today, LATEST)

    def empty_sheet(self, about: PlanSubject = NOTHING, key: str = "") -> EmptySheet:
        """Read the plan that the action is *about*; *key* where an entry says which."""

        def among(plans: Sequence[PlanInForce]) -> PlanInForce:
            from planledger.questions.answers.several_plans import plan_meant

            self.has_chosen = True
            return plan_meant(self.store, plans, about, self.clerk.today)

        key = key or self.plan_key
        plan = plan_in_force(self.store, key, self.clerk.today, LATEST, among)
        return empty_sheet(self.ledger_today(plan))

    def amended_sheet(self, about: PlanSubject = NOTHING, key: str = "") -> EmptySheet:
        """Read the plan with what was amended of it, for an action that is about no row."""
        form = self.empty_sheet(about, key)
        return in_force(self.ledger_today(form.plan), form)

    def filled_sheet(self, form: EmptySheet, code: str) -> Sheet:
        """Fill the plan with what was recorded; with a *code* only the row that it means, or all where it means none."""
        return filled_sheet(self.ledger_today(form.plan), form, code_typed(code))

    def row_meant(self, about: PlanSubject) -> tuple[EmptySheet, Sheet, Row]:
        """Read the plan and the one row of it that the action is *about*, as it stands.

        Raises:
            Refusal: no row is called so, or several are.
        """
        form = self.empty_sheet(about)
        sheet = self.filled_sheet(form, about.code)
        return form, sheet, row_named(sheet, about.code)

    def sheet_with_marks(self, about: PlanSubject) -> EmptySheet:
        """Read the same with what concerns the plan as a whole."""
        form = self.amended_sheet(about)
        return with_plan_marks(self.ledger_today(form.plan), form)

    def append_typed(self, form: EmptySheet, drafts: tuple[Draft, ...], code: str) -> Receipt:
        """Append what somebody typed; the receipt names what was typed a few minutes ago already."""
        twins = [self._twin(form.plan, draft) for draft in drafts]
        receipt = self.append(form, drafts, code)
        pairs = tuple((new.number, twin) for new, twin in zip(receipt.stored, twins, strict=True) if twin)
        return receipt._replace(twins=pairs)

    def append(self, form: EmptySheet, drafts: tuple[Draft, ...], code: str) -> Receipt:
        """Seal and append, then ask again where the item stands; without a *code* the action is about the whole plan."""
        plan = form.plan
        warnings = self._warnings(plan, tuple(draft for draft in drafts if not draft.reverses))
        numbers = append_all(self.store, plan.plan_id, drafts, self.clerk)
        stored = tuple(map(Stored, numbers, drafts))
        sheet = self._sheet_after(form, code, drafts)
        after = sheet.rows[0] if code else None
        return Receipt(stored, after, sheet, warnings, has_chosen=self.has_chosen)

    def _sheet_after(self, form: EmptySheet, code: str, drafts: tuple[Draft, ...]) -> Sheet:
        """Ask where things stand now; whom the office called before counts again where a contact was taken back."""
        if code:
            return self.filled_sheet(form, code)
        ledger = self.ledger_today(form.plan)
        sheet = unfilled(ledger, form)
        if not any(draft.reverses and draft.agency for draft in drafts):
            return sheet
        from planledger.questions.answers.agencies import with_inherited

        return with_inherited(ledger, sheet)

    def combined(self, receipts: list[Receipt]) -> tuple[Receipt, ...]:
        """Put the receipts of one row into one, which says where the row stands now that all is stored."""
        rows = grouped_pairs(
            ((one.sheet.plan.key, one.after.item.code if one.after else f"{place}号"), one)
            for place, one in enumerate(receipts)
        )
        return tuple(map(self._one_receipt, rows.values()))

    def _one_receipt(self, receipts: list[Receipt]) -> Receipt:
        last = receipts[-1]
        form, code = self.empty_sheet(key=last.sheet.plan.key), last.after.item.code if last.after else ""
        stored = tuple(chain.from_iterable(one.stored for one in receipts))
        sheet = self._sheet_after(form, code, tuple(one.draft for one in stored))
        return last._replace(
            stored=stored,
            after=sheet.rows[0] if code else None,
            sheet=sheet,
            warnings=tuple(dict.fromkeys(chain.from_iterable(one.warnings for one in receipts))),
        )

    def _warnings(self, plan: PlanInForce, drafts: tuple[Draft, ...]) -> tuple[str, ...]:
        """Warn of what is stored all the same but deserves a second look."""
        after = sorted({draft.dated for draft in drafts if draft.dated > f"{plan.year}-12-31"})
        warnings = [f"注意：{dated} 在方案年度{plan.year}年之后，已照记。" for dated in after]
        end, now = read_head(self.store), self.clerk.now
        last = moment_of(end.number, end.recorded_at) if end.number else now
        if _minutes_before(last, CLOCK_SLACK_MINUTES) > now:
            warnings.append(
                f"注意：本机时钟（{to_the_minute(now)}）比上一条记录（{to_the_minute(last)}）还早，请核对时钟；已照记。"
            )
        if any(draft.note or draft.details for draft in drafts):
            warnings += filter(None, (people_warning(drafts),))
        return tuple(warnings)

    def _twin(self, plan: PlanInForce, draft: Draft) -> int:
        """Find an entry of the last minutes that says the same: somebody may have pressed Enter twice."""
        since = _minutes_before(self.clerk.now, SAME_AGAIN_MINUTES)
        statement = sql.LIKE_FIGURE if draft.indicator else sql.LIKE_MARK
        row = self.store.row(statement, draft._asdict() | {"plan": plan.plan_id, "since": since})
        return int(row[0] or 0) if row else 0


def people_warning(drafts: tuple[Draft, ...]) -> str:
    """Warn of a text with a number of a person in it, which is stored all the same; empty where there is none."""
    from planledger.plan.people.masking import note_lacks_a_digit, tells_of_people

    if any(note_lacks_a_digit(draft.note, draft.details) for draft in drafts):
        return "注意：有一个十位数像少了一位的手机号，已照记，各处打码显示；请核对，写错了的请冲正后重记。"
    if not any(tells_of_people(draft.note, draft.details) for draft in drafts):
        return ""
    return "注意：文字里有手机号或银行卡号，已照记，各处打码显示；台账不能删改，没有必要留的请冲正后不带号码重记。"


def _minutes_before(moment: str, minutes: int) -> str:
    earlier = datetime.fromisoformat(moment).astimezone(CHINA) - timedelta(minutes=minutes)
    return earlier.isoformat(timespec="microseconds")
