"""Forms that came back from the units: each is looked at as a whole, and stored as a whole or not at all (导入)."""

from collections.abc import Callable

from planledger.ledger.actions.event import Resemblance
from planledger.ledger.chain.verification import recent_fault
from planledger.ledger.forms.intake import judged
from planledger.ledger.session import PlanSession, people_warning
from planledger.plan.days import LATEST
from planledger.plan.refusal import ExitCode, NotRecorded, Refusal
from planledger.questions import sql
from planledger.questions.facts.entry_rows import entries
from planledger.questions.facts.plans import EmptySheet
from planledger.questions.facts.progress import detail
from planledger.questions.forms.form import Intake, Returned
from planledger.questions.receipt import Draft


class BrokenChain(Refusal):
    """What is to be built on is not what was sealed."""

    exit_code = ExitCode.VERIFICATION


class Incoming(PlanSession):
    """An open ledger of one clerk who takes forms in."""

    def take_in(
        self, returned: Returned, changed: str = "", tell: Callable[[Intake], object] = lambda _: None
    ) -> tuple[int, ...]:
        """Store all of a form that came back, or nothing where it has a fault (导入); give the new entries' numbers.

        Args:
            returned: the form.
            changed: what becomes of a cell that says something else than an earlier filling: `add`, `correct`, or
                empty to refuse it.
            tell: is told what the form comes to before anything is stored.
        """
        with self.store.transaction():
            fault = recent_fault(self.store)
            if fault:
                raise BrokenChain(
                    f"台账已被改动：{fault}没有导入；请运行 planledger verify，用最近的备份核对。"
                )
            form = self._empty_sheet()
            found = self._looked_at(form, returned, changed)
            tell(found)
            if found.faults or not found.wanted:
                return ()
            return tuple(new.number for new in self._append(form, found.wanted, "").stored)

    def look_at(self, returned: Returned, changed: str = "") -> Intake:
        """Say what taking in a form would come to, and store nothing."""
        with self.store.snapshot():
            return self._looked_at(self._empty_sheet(), returned, changed)

    def _looked_at(self, form: EmptySheet, returned: Returned, changed: str) -> Intake:
        if (
            returned.version_id != form.plan.version_id
        ):  # adopted since by another program: amounts may count otherwise
            raise NotRecorded(f"{returned.file} 读出以后方案又启用了新版本；请再导入一次。")
        asked = {"plan": form.plan.plan_id, "agency": returned.agency, "known_at": LATEST}
        asked |= {"template": f'["template","{returned.template}"]'}
        before = tuple(entries(self.store.rows(sql.OF_FORM, asked)))
        codes = {one.code for one in returned.filled} | {entry.code for entry in before}
        asked_about = form._replace(rows=tuple(row for row in form.rows if row.item.code in codes))
        sheet = self._filled_sheet(asked_about, "")
        found = judged(returned, sheet, before, self.clerk, changed)
        rows = {row.item.code: row for row in sheet.rows}
        resemblance = Resemblance(self.store, form.plan.plan_id)
        wanted = (
            draft if draft.reverses else resemblance.marked(rows[draft.code], draft) for draft in found.wanted
        )
        return found._replace(wanted=tuple(wanted), warnings=(*found.warnings, *_of_people(found.wanted)))


def _of_people(wanted: tuple[Draft, ...]) -> list[str]:
    """Say in which cells a number of a person stands: it is taken as it is, like one that is typed."""
    said = [
        (detail(draft.details, "cell"), people_warning((draft,))) for draft in wanted if not draft.reverses
    ]
    return [
        f"{cell}：{warning.removeprefix('注意：').replace('已照记', '照记')}"
        for cell, warning in said
        if warning
    ]
