"""Random histories over the made-up plan of all shapes: every kind of entry, through the office's own actions."""

import random
from functools import cache
from pathlib import Path

from book import Book
from conftest import at
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.filing import HandIn, SendBack
from planledger.ledger.actions.report import Words
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.chain import plan_digest
from planledger.ledger.chain.journal import append_all
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.plan.days import shift
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.answers.debts import Choice
from planledger.questions.receipt import Draft
from planledger.store.database import Store

SHAPES = Path(__file__).parent / "plans" / "shapes.yaml"
FIRST_DAY = "2019-01-05"
_NEW_NAMES = ("甲县财经局", "甲县综合局", "乙区财经局", "乙区综合局")
_FILED = ("archive", "summary", "briefs", "简报（二季度）")
NEW_WORDS = (
    ("due: 2019年9月\n", "due: 2019年10月\n"),
    ("at_most: 5,", "at_most: 6,"),
    ("unit: 期, at_least: 3}", "unit: 期, at_least: 3, from: 乙区教育局, because: 虚构}"),
    ("    responsible: 两地财政局、各乡镇", "    lead: 甲县财政局\n    responsible: 乙区财政局"),
    ("2019年11月15日前", "2019年11月20日前"),
)


@cache
def versions() -> tuple[Plan, ...]:
    """The plan, and two later versions of it: other days, another target, another part of a unit."""
    text = SHAPES.read_text("utf-8")
    plans = []
    for count in (0, 3, len(NEW_WORDS)):
        changed = text
        for old, new in NEW_WORDS[:count]:
            assert old in changed
            changed = changed.replace(old, new)
        plan, faults = plan_of(changed.encode(), SHAPES.name)
        assert () == faults
        assert plan is not None
        plans.append(plan)
    return tuple(plans)


def by_digest() -> dict[str, Plan]:
    """The versions by what their adoption says."""
    return {plan_digest(plan): plan for plan in versions()}


class History:
    """One random life of a ledger; the same number gives the same one."""

    def __init__(self, store: Store, number: int) -> None:
        self.store, self.chance = store, random.Random(number)  # noqa: S311
        self.plan = versions()[0]
        self.today, self.count = FIRST_DAY, 0
        self.files = 0

    def live(self, actions: int) -> None:
        """Do so many things, some of which are refused."""
        pace = self.chance.choice([3, 20, 60])
        for _ in range(actions):
            self.today = shift(self.today, self.chance.randrange(pace))
            action = self.chance.choices(_ACTIONS, _WEIGHTS)[0]
            try:
                action(self)
            except Refusal:
                continue

    def book(self) -> Book:
        """The ledger of a clerk, a minute later on the same day."""
        self.count += 1
        return Book(self.store, at(self.today, f"{9 + self.count // 60 % 12:02}:{self.count % 60:02}"))

    def day(self) -> str:
        """A day of work: today, some day before, or the very last day of a row."""
        last_days = [one.last_day for one in self.plan.items if one.last_day]
        near = [shift(self.chance.choice(last_days), self.chance.choice([-1, 0, 0, 1, 9]))]
        past = [FIRST_DAY, *(shift(self.today, -n) for n in (0, 0, 3, 40))]
        return max("2019-01-01", min(self.today, self.chance.choice(past + near)))

    def number(self) -> int:
        """The number of some entry, the newest more often."""
        last = self.store.row("SELECT MAX(seq) FROM entry") or (1,)
        return min(int(last[0]), max(2, int(last[0]) - int(self.chance.expovariate(0.3))))

    def code(self) -> str:
        """Some row."""
        return self.chance.choice(self.plan.items).code

    def unit(self, code: str) -> str:
        """A unit of a row, or the office itself."""
        units = [one.agency for one in self.plan.duties if one.code == code and not one.is_group]
        return self.chance.choice([*units, ""])

    def record(self, recording: Recording) -> None:
        """Record something from a unit of its row, or by the office for a side."""
        unit = self.unit(recording.code)
        is_whole = bool(unit) or recording.is_done
        side = "" if is_whole else self.chance.choice([side.name for side in self.plan.sides])
        self.book().record(recording._replace(agency=unit, side=side, on=self.day()))

    def figure(self) -> None:
        """Record a figure, of a meeting perhaps with its paper, or of an event that another row counted."""
        indicator = self.chance.choice(self.plan.indicators)
        target = indicator.target or 3
        amount = self.chance.choice([0, 1, 1, 2, target, target + 1, target // 2])
        recording = Recording(indicator.code, ((indicator.key, str(amount)),))
        if self.chance.random() < 0.1:
            self.book().record(recording._replace(same_event=str(self.number())))
        else:
            self.record(recording)

    def declaration(self) -> None:
        """Declare a part, or the row, done."""
        self.record(Recording(self.code(), is_done=True))

    def paper(self) -> None:
        """Note where a paper lies."""
        one = self.chance.choice(self.plan.requirements)
        entry = str(self.number()) if self.chance.random() < 0.5 else ""
        self.record(
            Recording(one.code, paper=one.kind, reference="无文号", held_by="甲县办公室", entry=entry)
        )

    def evidence(self) -> None:
        """Note a file, without its bytes, which nobody judges by."""
        one = self.chance.choice(self.plan.requirements)
        self.files += 1
        entry = str(self.number()) if one.per else ""
        details = write_details(entry=entry, sha256=f"{self.files:064x}", name="件.pdf", size="1")
        side = self.chance.choice([side.name for side in self.plan.sides])
        draft = Draft("evidence", self.day(), one.code, side=side, subject=one.kind, details=details)
        self._append(draft)

    def destruction(self) -> None:
        """Let a file go that still stands."""
        rows = self.store.rows(
            "SELECT e.seq, e.code, e.side, e.subject FROM entry e WHERE e.kind = 'evidence' "
            "AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)"
        )
        if rows:
            seq, code, side, subject = self.chance.choice(rows)
            details = write_details(entry=str(seq), sha256="0" * 64)
            self._append(Draft("destruction", self.today, code, side=side, subject=subject, details=details))

    def _append(self, draft: Draft) -> None:
        clerk = self.book().clerk
        with self.store.transaction():
            append_all(self.store, 1, (draft,), clerk)

    def report(self) -> None:
        """Report in words, or that there is nothing to report."""
        code, nothing = self.code(), self.chance.random() < 0.5
        unit = self.unit(code)
        self.book().report(
            Words(code, progress="" if nothing else "已开展", is_nothing=nothing, agency=unit, on=self.day())
        )

    def reversal(self) -> None:
        """Take an entry back."""
        self.book().reverse(self.number(), "误")

    def correction(self) -> None:
        """Put another figure in place of one."""
        self.book().correct(self.number(), self.chance.choice(["1", "4", "10"]), "误")

    def finishing(self) -> None:
        """Do all that a row without papers asks, in one go, and close it out where that was enough."""
        bare = {one.code for one in self.plan.items} - {one.code for one in self.plan.requirements}
        bare -= {one.code for one in self.plan.indicators if one.comparison == "at_most"}
        code = self.chance.choice(sorted(bare))
        for side in [side.name for side in self.plan.sides]:
            own = [one for one in self.plan.indicators if one.code == code]
            amounts = tuple((one.key, str(one.target or 1)) for one in own)
            if amounts:
                self.book().record(Recording(code, amounts, side=side, on=self.day()))
        self.book().record(Recording(code, is_done=True, on=self.day()))
        self.book().close(code)

    def closing(self) -> None:
        """Close a row out, or take that back."""
        closed = self.store.rows("SELECT code FROM entry WHERE kind = 'close'")
        if closed and self.chance.random() < 0.5:
            self.book().reopen(str(self.chance.choice(closed)[0]), "误")
        else:
            self.book().close(self.code())

    def amendment(self) -> None:
        """Change a day, a target or a unit, or cancel a row."""
        code = self.code()
        keys = [one.key for one in self.plan.indicators if one.code == code] or ["people"]
        ways: tuple[dict[str, object], ...] = (
            {"due": shift(self.today, self.chance.choice([0, 9, 60]))},
            {"due": shift(self.today, self.chance.choice([0, 9, 60]))},
            {"target": (self.chance.choice(keys), str(self.chance.choice([2, 4, 6])))},
            {
                "quota": (
                    self.unit(code) or "甲县财政局",
                    self.chance.choice(["1", "3", "placed=2", "complaints=4"]),
                )
            },
            {"add_agency": self.chance.choice(self.plan.agencies).name, "role": "负责"},
            {"add_agency": "乙区新单位（虚构）", "side": "乙区", "role": "牵头"},
            {"drop_agency": self.unit(code) or "甲县财政局"},
            {"is_cancelled": self.chance.random() < 0.5},
        )
        since = self.day() if self.chance.random() < 0.3 else ""
        amending = Amending(code, "上级要求", "无文号", since=since)
        self.book().amend(amending._replace(**self.chance.choice(ways)))  # type: ignore[arg-type]

    def filing(self) -> None:
        """Record what a unit filed, or send it back."""
        unit = self.chance.choice(self.plan.agencies).name
        if self.chance.random() < 0.3:
            self.book().send_back(SendBack(unit, "缺页", self.chance.choice(_FILED)))
            return
        forms = self.chance.choice([(), ("纸质",), ("电子",)])
        key = self.chance.choice(_FILED)
        forms = () if key == "summary" else forms
        self.book().hand_in(HandIn(key, unit, forms, is_stamped=self.chance.random() < 0.7, on=self.day()))

    def contact(self) -> None:
        """Note whom to call."""
        unit = self.chance.choice(self.plan.agencies).name
        self.book().set_contact(unit, "某某", f"0771-{self.count:07}")

    def sender(self) -> None:
        """Note who sent a form in which nothing else was filled in."""
        unit = self.chance.choice(self.plan.agencies)
        details = write_details(preparer="某某", phone=f"0771-{self.count:07}")
        self._append(Draft("sender", self.day(), side=unit.side, agency=unit.name, details=details))

    def office_name(self) -> None:
        """Record what the office is called, as a unit of the plan or as nobody."""
        name = self.chance.choice(["虚构办", "虚构新办", self.chance.choice(self.plan.agencies).name])
        book = self.book()
        book.name_office(name)

    def renaming(self) -> None:
        """Give a unit another name, by any name that it ever had, or one that is another's."""
        unit, book = self.chance.choice(self.plan.agencies).name, self.book()
        new = self.chance.choice([*_NEW_NAMES, unit])
        book.rename(unit, new, self.day(), "无文号")

    def merger(self) -> None:
        """Make units of a side one, a new one or one of those that are there."""
        side, book = self.chance.choice([side.name for side in self.plan.sides]), self.book()
        there = [one.name for one in self.plan.agencies if one.side == side]
        several = tuple(self.chance.sample(there, self.chance.choice([1, 2, 2])))
        new = self.chance.choice([*there, *(name for name in _NEW_NAMES if name.startswith(side))])
        book.merge(several, new, self.day(), "无文号")

    def chase(self) -> None:
        """Chase a unit for all that it owes."""
        unit = self.chance.choice(self.plan.agencies).name
        self.book().chase(Choice((unit,)), "phone")

    def adoption(self) -> None:
        """Adopt another version of the plan."""
        plan = self.chance.choice(versions())
        adopt(self.store, NewPlan(plan, self.book().clerk))
        self.plan = plan


_CHOICES = {
    History.figure: 40,
    History.declaration: 9,
    History.paper: 8,
    History.evidence: 4,
    History.destruction: 2,
    History.report: 3,
    History.reversal: 10,
    History.correction: 3,
    History.finishing: 6,
    History.closing: 7,
    History.amendment: 9,
    History.filing: 8,
    History.contact: 1,
    History.sender: 1,
    History.office_name: 0.5,
    History.renaming: 1,
    History.merger: 1,
    History.chase: 1,
    History.adoption: 0.4,
}
_ACTIONS, _WEIGHTS = tuple(_CHOICES), tuple(_CHOICES.values())
