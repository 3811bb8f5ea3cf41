"""Taking in a form that came back: what is new, changed, or there already; all of it is stored or none."""

from collections import Counter

from planledger.ledger.actions.report import Words, report_texts, with_texts
from planledger.ledger.actions.request import amount_draft, indicator_named, refuse_day, reporting_agency
from planledger.ledger.actions.reversal import reversal
from planledger.ledger.clerk import Clerk, checked_text
from planledger.plan.model.entry_details import with_details
from planledger.plan.model.rows import Indicator, write_quantity
from planledger.plan.model.terms import EntryKind, Measure
from planledger.plan.phrases.texts import from_cell, means_nothing
from planledger.plan.refusal import Refusal
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.progress import DOUBLED, detail
from planledger.questions.forms.form import DETAIL, DONE, WORDS, CellFault, Filled, Intake, Returned
from planledger.questions.naming import row_named
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet

DETAILS_NAME = "明细"
REFUSE, ADD, CORRECT = "", "add", "correct"  # what to do with a cell that says something else than before


class FormJudgement:
    """A form against what earlier fillings of it brought into the ledger. Pure."""

    def __init__(
        self, returned: Returned, sheet: Sheet, before: tuple[Entry, ...], clerk: Clerk, changed: str
    ) -> None:
        """Judge a form.

        Args:
            returned: the form that came back.
            sheet: the annex as it stands.
            before: what earlier fillings stored, in the order of their numbers.
            clerk: who takes it in.
            changed: what becomes of a cell that differs from an earlier filling: `REFUSE`, `ADD` or `CORRECT`.
        """
        self.returned, self.sheet, self.clerk, self.changed_means = returned, sheet, clerk, changed
        self.before = tuple(entry for entry in before if not entry.reversed_by)
        self.undone = tuple(entry for entry in before if entry.reversed_by)
        self.wanted: list[Draft] = []
        self.faults = list(returned.faults)
        self.warnings = list(returned.notes)
        self.outside: list[str] = []  # what is dated outside the month of the form
        self.new = self.changed = self.unchanged = 0

    def intake(self) -> Intake:
        """What taking the form in comes to: the drafts, or the faults for which nothing is stored."""
        for one in self.returned.filled:
            if not one.is_detail:
                self._take(one, [entry for entry in self.before if entry.detail("slot") == one.slot])
        self._details()
        if not self.returned.faults:
            self._emptied()
        if self.outside:
            month = self.returned.period
            self.warnings.append(f"发生日期不在填报期 {month} 内：{'、'.join(self.outside)}；照记，请核对。")
        counts = self.new, self.changed, self.unchanged
        return Intake(self.returned, tuple(self.wanted), *counts, tuple(self.faults), tuple(self.warnings))

    def _details(self) -> None:
        """Take the lines of the details, which have no fixed place: one that is stored already is known by its content."""
        former = [entry for entry in self.before if entry.detail("slot").startswith(DETAIL)]
        left = Counter(map(_content, former))
        fresh = []
        for one in (each for each in self.returned.filled if each.is_detail):
            draft = self._draft(one)
            if draft is not None and left[_content(draft)]:
                left[_content(draft)] -= 1
                self.unchanged += 1
            elif draft is not None:
                fresh.append((one, draft))
        gone = _gone(former, left)
        for one, draft in fresh:
            other = next((entry for entry in gone if entry.detail("slot") == one.slot), None)
            gone = [entry for entry in gone if entry is not other]
            if other or not self._was_undone(one, draft):
                self._add(one, draft, [other] if other else [])
        for entry in gone if not self.returned.faults else ():
            self._line_gone(entry)

    def _line_gone(self, entry: Entry) -> None:
        is_asked = entry.detail("slot").removeprefix(DETAIL) in self.returned.slots
        if self.changed_means == CORRECT and is_asked:
            self._take_back(entry)
        else:  # a line has no place of its own: nobody can ask for it here again
            self.warnings.append(
                f"{DETAILS_NAME}里不再有第{entry.number}号（{entry.code}{self._phrase(entry)}），它仍然有效。"
            )

    def _take(self, one: Filled, former: list[Entry]) -> None:
        draft = self._draft(one)
        if draft is None:
            return
        if any(_content(entry) == _content(draft) for entry in former):
            self.unchanged += 1
            return
        if former or not self._was_undone(one, draft):
            self._add(one, draft, former)

    def _was_undone(self, one: Filled, draft: Draft) -> bool:
        """Note a fault where the office took back just this: it comes in again only where that is asked for."""
        undone = [entry for entry in self.undone if _content(entry) == _content(draft)]
        if not undone or self.changed_means == ADD:
            return False
        message = f"同样的内容已登记过（第{undone[-1].number}号），后来冲正了；请清空，确要再登记的加 --changed add。"
        self.faults.append(CellFault(one.cell, one.number or one.progress[:20], message))
        return True

    def _add(self, one: Filled, draft: Draft, former: list[Entry]) -> None:
        """Want a new entry, or do with a changed cell what was asked for."""
        if not one.day.startswith(self.returned.period):
            self.outside.append(f"{one.cell}（{one.day}）")
        if not former:
            self.new += 1
            self.wanted.append(draft)
            return
        self.changed += 1
        if self.changed_means == REFUSE:
            was = self._phrase(former[-1])
            self.faults.append(
                CellFault(
                    one.cell,
                    one.number or one.progress[:20],
                    f"上次报的是{was}（第{former[-1].number}号）；本期另有的加 --changed add，更正前数的加 --changed correct。",
                )
            )
            return
        if self.changed_means == CORRECT:
            self.wanted += [reversal(entry, f"更正：{self.returned.file}") for entry in former]
        self.wanted.append(draft)

    def _emptied(self) -> None:
        """Look for cells that the form has, that had a content before and are blank now."""
        slots = {one.slot for one in self.returned.filled}
        is_known = any(entry.detail("file") == self.returned.sha256 for entry in self.before)
        for entry in self.before:
            slot = entry.detail("slot")
            if slot in slots or slot not in self.returned.slots:
                continue
            if self.changed_means == CORRECT:
                self._take_back(entry)
            elif self.changed_means == REFUSE and not is_known:  # the same file again brings nothing new
                self.changed += 1
                gone = f"{entry.code} 上次报的{self._phrase(entry)}（第{entry.number}号）不见了"
                how = "仍有效的请补回，更正的加 --changed correct，另报新数的加 --changed add。"
                self.faults.append(CellFault(self.returned.slots[slot], "", f"{gone}；{how}"))

    def _take_back(self, former: Entry) -> None:
        self.changed += 1
        self.wanted.append(reversal(former, f"更正：{self.returned.file} 里已清空"))

    def _draft(self, one: Filled) -> Draft | None:
        """The entry of a cell by the rules of recording; None where they refuse it, which is a fault of the cell."""
        try:
            row = row_named(self.sheet, one.code)
            draft = self._drafted(one, row)
        except Refusal as refusal:
            self.faults.append(CellFault(one.cell, one.number, refusal.sentence))
            return None
        self._look_twice(one, row, draft)
        form = self.returned
        more = {"template": form.template, "slot": one.slot, "cell": str(one.cell)}
        more |= {"file": form.sha256, "file_name": checked_text(form.file, "文件名")}
        return draft._replace(details=with_details(draft.details, **more))

    def _drafted(self, one: Filled, row: Row) -> Draft:
        if one.kind == WORDS:
            texts = report_texts(Words(one.code, one.progress, one.problem, one.next_step))
            return with_texts(self._shared(one, row), texts)
        if one.kind == DONE:
            return self._shared(one, row)._replace(kind=EntryKind.DECLARATION.value)
        indicator = indicator_named(row, one.key)
        shared = self._shared(one, row, only_stock=indicator.measure == Measure.STOCK)
        return amount_draft(shared, self.sheet, row, indicator, one.amount or 0)

    def _shared(self, one: Filled, row: Row, *, only_stock: bool = False) -> Draft:
        unit = reporting_agency(self.returned.agency, self.sheet, row)
        refuse_day(one.day, self.sheet.plan.year, self.clerk.today, only_stock=only_stock)
        return Draft(
            "", one.day, row.item.code, side=unit.side, agency=unit.name, note=checked_text(one.note, "说明")
        )

    def _look_twice(self, one: Filled, row: Row, draft: Draft) -> None:
        """Warn where 本期新增 looks like a running total, and of figures that the other side has reported too."""
        figure = row.progress.figure(draft.indicator) if draft.kind == EntryKind.AMOUNT else None
        if figure is None:
            return
        if not figure.counts(self.returned.agency):  # the form is older than the plan's word on who counts
            counted = f"{figure.indicator.label}由{'、'.join(figure.sources)}报数"
            self.warnings.append(f"{one.cell}：{counted}，本单位的作核对数，不计入累计。")
            return
        now = {**figure.amounts, (draft.side, draft.agency, draft.dated): draft.amount or 0}
        doubled = f"{one.code} {figure.indicator.label}{DOUBLED}。"
        if figure._replace(amounts=now).may_be_doubled and doubled not in self.warnings:
            self.warnings.append(doubled)
        if figure.indicator.measure == Measure.STOCK:
            return
        own = sum(n for (_, of, _), n in figure.amounts.items() if of == self.returned.agency)
        own -= sum(
            entry.amount or 0
            for entry in self.before
            if (entry.code, entry.indicator) == (one.code, draft.indicator)
        )
        if own and (draft.amount or 0) >= own:
            total = _written(own, figure.indicator)
            self.warnings.append(
                f"{one.cell} 填 {one.number}，本单位此前累计 {total}：疑似填了累计数，请核对。"
            )

    def _phrase(self, entry: Entry) -> str:
        """What an earlier filling held, in a few words."""
        if entry.kind == EntryKind.AMOUNT:
            figure = row_named(self.sheet, entry.code).progress.figure(entry.indicator)
            number = _written(entry.amount or 0, figure.indicator) if figure else str(entry.amount)
            return f" {number}，{entry.dated}"
        report = f"“{entry.detail('progress')[:20] or '零报告'}”"
        phrases: dict[str, str] = {EntryKind.DECLARATION: "完成", EntryKind.REPORT: report}
        return phrases[entry.kind]


def _gone(former: list[Entry], left: Counter[tuple[object, ...]]) -> list[Entry]:
    """The lines that are gone: where fewer of the same content are left, the last of them."""
    gone = []
    for entry in reversed(former):
        if left[_content(entry)]:
            left[_content(entry)] -= 1
            gone.append(entry)
    return gone


def _written(amount: int, indicator: Indicator) -> str:
    return write_quantity(amount, indicator.decimals) + indicator.unit


def _content(one: Entry | Draft) -> tuple[object, ...]:
    """The content of an entry, by which two fillings are compared; the day of a report is that of its reading."""
    note = _read_alike(one.note)
    if one.kind == EntryKind.REPORT:
        words = [_read_alike(detail(one.details, name)) for name in ("progress", "problem", "next")]
        if all(means_nothing(text) for text in words):  # an older version kept some of these as texts
            words = []
        return (one.kind, one.code, note, *words)
    return one.kind, one.code, one.indicator, one.amount, one.dated, note


def _read_alike(text: str) -> str:
    """Leave out of a text what another program may have saved otherwise: blanks, and line breaks as they once were read."""
    return "".join(from_cell(text).split())
