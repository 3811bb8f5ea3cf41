"""Who reported in words in a month, who did not, and what each reported last (月报)."""

from collections import Counter
from typing import NamedTuple

from planledger.plan.model.entry_kinds import IN_WORDS, WITHOUT_WORDS
from planledger.plan.model.rows import Agency
from planledger.questions.answers.history import history
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.plans import PlanInForce
from planledger.questions.sheet import Sheet, units_bound
from planledger.store.database import Store


class UnitReports(NamedTuple):
    """One unit in one month: its reports in words, newest first, and how much else came from it."""

    agency: Agency
    reports: tuple[Entry, ...]
    others: int  # figures, papers, declarations: it reported, though not in words

    @property
    def is_silent(self) -> bool:
        """Whether nothing came from it at all."""
        return not (self.reports or self.others)


class Reports(NamedTuple):
    """All units that have a duty, those that did not report first."""

    sheet: Sheet
    month: str  # YYYY-MM
    units: tuple[UnitReports, ...]

    @property
    def silent(self) -> int:
        """How many units did not report."""
        return sum(unit.is_silent for unit in self.units)


def reports(store: Store, plan: PlanInForce, sheet: Sheet, month: str) -> Reports:
    """Gather what is dated in *month*, as far as the sheet's day and moment allow: words, and how much else."""
    in_words: dict[str, list[Entry]] = {}
    others: Counter[str] = Counter()
    for entry in history(store, plan, sheet.as_of, sheet.known_at, since=f"{month}-01").entries:
        if entry.dated[:7] != month or entry.reversed_by:
            continue
        if entry.kind in IN_WORDS:
            in_words.setdefault(entry.agency, []).append(entry)
        elif entry.kind in WITHOUT_WORDS:
            others[entry.agency] += 1
    units = [
        UnitReports(agency, tuple(in_words.get(agency.name, ())), others[agency.name])
        for agency in units_bound(sheet)
    ]
    return Reports(
        sheet, month, tuple(sorted(units, key=lambda unit: (not unit.is_silent, bool(unit.reports))))
    )
