"""What every action does with the ledger's pages: ask where things stand, seal and append, ask again."""

from collections.abc import Sequence

from planledger.ledger.actions.request import year_warning
from planledger.ledger.chain.journal import append_all, read_head
from planledger.ledger.clerk import Clerk
from planledger.plan.days import CHINA, LATEST, to_the_minute
from planledger.plan.phrases.texts import fold
from planledger.questions import sql
from planledger.questions.facts.entry_rows import moment_of
from planledger.questions.facts.plans import PlanInForce, PlanSubject, plan_in_force
from planledger.questions.facts.progress import PlanMark
from planledger.questions.receipt import SAME_AGAIN_MINUTES, Draft, Receipt, Stored
from planledger.questions.sheet import (
    EmptySheet,
    Sheet,
    empty_sheet,
    filled_sheet,
    in_force,
    read_plan_marks,
    unfilled,
)
from planledger.store.database import Store

NOTHING = PlanSubject()
CLOCK_SLACK_MINUTES = 1  # others may have written while this clerk waited


class PlanSession:
    """An open ledger of one clerk, for one plan, inside the transaction that an action holds."""

    def __init__(self, store: Store, clerk: Clerk, plan_key: str = "") -> None:
        """Open *store* for actions by *clerk*; *plan_key* is empty where the ledger may choose."""
        self.store = store
        self.clerk = clerk
        self.plan_key = plan_key
        self.has_chosen = False  # between several plans, by what the action is about

    def _blank(self, about: PlanSubject = NOTHING, key: str = "") -> EmptySheet:
        """Read the plan that the action is *about*; *key* where an entry says which."""

        def among(plans: Sequence[PlanInForce]) -> PlanInForce:
            from planledger.questions.answers.several_plans import plan_meant

            self.has_chosen = True
            return plan_meant(self.store, plans, about, self.clerk.today)

        key = key or self.plan_key
        return empty_sheet(self.store, plan_in_force(self.store, key, self.clerk.today, LATEST, among))

    def _in_force(self, about: PlanSubject = NOTHING) -> EmptySheet:
        """Read the plan with what was amended of it, for an action that is about no row."""
        return in_force(self.store, self._blank(about), self.clerk.today, LATEST)

    def _filled(self, form: EmptySheet, code: str) -> Sheet:
        return filled_sheet(self.store, form, self.clerk.today, LATEST, fold(code))

    def _marks(self, form: EmptySheet) -> tuple[PlanMark, ...]:
        return read_plan_marks(self.store, form, self.clerk.today, LATEST)

    def _stored_and_compared(self, form: EmptySheet, wanted: tuple[Draft, ...], code: str) -> Receipt:
        """Store what somebody typed, and say which of it was typed a few minutes ago already."""
        twins = [self._twin(form.plan, draft) for draft in wanted]
        receipt = self._stored(form, wanted, code)
        pairs = tuple((new.number, twin) for new, twin in zip(receipt.stored, twins, strict=True) if twin)
        return receipt._replace(twins=pairs)

    def _stored(self, form: EmptySheet, wanted: tuple[Draft, ...], code: str) -> Receipt:
        """Seal and append, then ask again where the item stands; without a *code* the action is about the whole plan."""
        plan = form.plan
        warnings = self._warnings(plan, tuple(draft for draft in wanted if not draft.reverses))
        numbers = append_all(self.store, plan.plan_id, plan.key, wanted, self.clerk)
        stored = tuple(map(Stored, numbers, wanted))
        sheet = self._after(form, code, wanted)
        after = sheet.rows[0] if code else None
        return Receipt(stored, after, sheet, warnings, has_chosen=self.has_chosen)

    def _after(self, form: EmptySheet, code: str, stored: tuple[Draft, ...]) -> Sheet:
        """Ask where things stand now; whom the office called before counts again where a contact was taken back."""
        if code:
            return self._filled(form, code)
        sheet = unfilled(self.store, form, self.clerk.today, LATEST)
        if not any(draft.reverses and draft.agency for draft in stored):
            return sheet
        from planledger.questions.answers.agencies import with_inherited

        return with_inherited(self.store, sheet)

    def _warnings(self, plan: PlanInForce, wanted: tuple[Draft, ...]) -> tuple[str, ...]:
        """Say what is stored all the same but deserves a second look."""
        said = [year_warning(dated, plan.year) for dated in sorted({draft.dated for draft in wanted})]
        end = read_head(self.store)
        last = moment_of(end.seq, end.recorded_at) if end.seq else ""
        if _minutes_before(last or self.clerk.now, CLOCK_SLACK_MINUTES) > self.clerk.now:
            said.append(
                f"注意：本机时钟（{to_the_minute(self.clerk.now)}）比上一条记录（{to_the_minute(last)}）还早，请核对时钟；已照记。"
            )
        if any(draft.note or draft.details for draft in wanted):
            said.append(people_warning(wanted))
        return tuple(sentence for sentence in said if sentence)

    def _twin(self, plan: PlanInForce, draft: Draft) -> int:
        """Find an entry of the last minutes that says the same: somebody may have pressed Enter twice."""
        row = self.store.row(
            sql.LIKE_FIGURE if draft.indicator else sql.LIKE_MARK,
            {
                "plan": plan.plan_id,
                "since": _minutes_before(self.clerk.now, SAME_AGAIN_MINUTES),
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


def people_warning(wanted: tuple[Draft, ...]) -> str:
    """Say that a text has a number of a person in it, which is stored all the same."""
    from planledger.questions.facts.masked_rows import note_lacks_a_digit, tells_of_people

    if any(note_lacks_a_digit(draft.kind, draft.note, draft.details) for draft in wanted):
        return "注意：有一个十位数像少了一位的手机号，已照记，各处打码显示；请核对，写错了的请冲正后重记。"
    if not any(tells_of_people(draft.kind, draft.note, draft.details) for draft in wanted):
        return ""
    return "注意：文字里有手机号或银行卡号，已照记，各处打码显示；台账不能删改，没有必要留的请冲正后不带号码重记。"


def _minutes_before(moment: str, minutes: int) -> str:
    from datetime import datetime, timedelta

    earlier = datetime.fromisoformat(moment).astimezone(CHINA) - timedelta(minutes=minutes)
    return earlier.isoformat(timespec="microseconds")
