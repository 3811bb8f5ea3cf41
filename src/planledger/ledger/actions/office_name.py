"""What the office is called (本办名称): a name is recorded, also a new one, and none before it is lost."""

from planledger.ledger.clerk import checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.days import LATEST
from planledger.plan.model.terms import EntryKind
from planledger.plan.people.masking import masked_private
from planledger.plan.phrases.texts import quoted
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.facts.office import office_doubt, office_name
from planledger.questions.naming import LONGEST
from planledger.questions.receipt import Draft, Receipt


class OfficeActions(PlanSession):
    """The action `office name`."""

    def name_office(self, typed: str, note: str = "") -> Receipt:
        """Record what the office is called from today on, in all plans of its chain.

        A name that means no unit of the plan is stored with a warning: an office may be renamed before its plan is.

        Raises:
            Refusal: it is no name, the office bears it already, or another office of the database does.
        """
        name, note = _name(typed), checked_text(note, "说明")
        with self.store.transaction():
            self._refuse_taken(name)
            form = self._amended_sheet()
            draft = Draft(EntryKind.OFFICE_NAME.value, self.clerk.today, subject=name, note=note)
            receipt = self._append(form, (draft,), "")
            doubt = office_doubt(name, form.plan, form.agencies, form.sides)
            warning = f"注意：{doubt}名称已照记；写错了的请冲正后重记。"
            return receipt._replace(warnings=(*receipt.warnings, warning)) if doubt else receipt

    def _refuse_taken(self, name: str) -> None:
        own = self.store.chain
        if name == office_name(self.store, own, self.clerk.today, LATEST):
            raise Refusal(f"本办的名称已经是 {name}，不用再登记。")
        others = [chain for chain in self.store.chains() if chain != own]
        if name in {office_name(self.store, chain) for chain in others}:
            raise NotRecorded(
                f"{name} 在 {self.store.path} 里已有自己的台账；请写本办自己的名称，或用 --plan 写明是哪一本。"
            )


def _name(typed: str) -> str:
    name = "".join(checked_text(typed, "本办名称").split())
    if not name:
        raise NotRecorded("请写本办的名称，照方案里主办单位的全称写。")
    if len(name) > LONGEST or not name.isprintable() or masked_private(name) != name:
        raise NotRecorded(f"{quoted(name)}不像办公室的名称；最多 {LONGEST} 个字，不带号码和看不见的字符。")
    return name
