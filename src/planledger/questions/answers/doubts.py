"""What in the data somebody should look at (数据核查): rules without scores, each finding with its entries.

A finding says what is so and judges nobody: whether it is right as it stands, the office finds out.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model.entry_kinds import PROVABLE
from planledger.plan.model.rows import grouped
from planledger.plan.model.terms import EntryKind, Measure, Scope, Term
from planledger.questions.answers.history import History, history
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.merging import BEFORE_MERGER
from planledger.questions.sheet import Row, Sheet, load

ARCHIVE = "archive", "归档"  # by its key, or by a word of its label, a filing is that of the archive


class DoubtKind(Term):
    """What in the data somebody should look at (核查内容)."""

    SHARED_FILE = "shared_file", "一份文件证明几件事"
    UNPROVEN_FIGURE = "unproven_figure", "数字没有材料"
    EQUAL_FIGURES = "equal_figures", "几家单位数字相同"
    DIFFERING_CHECK = "differing_check", "核对数不一致"
    LATE_CORRECTION = "late_correction", "归档期限以后改过"
    LATE_RECORD = "late_record", "事后很久才登记"


class UnitTotal(NamedTuple):
    """What one unit reported of a figure, added up; of a stock its latest report."""

    agency: str
    total: int
    counted: int | None = None  # against which it is held; None while nobody who counts has reported


class Doubt(NamedTuple):
    """One finding."""

    kind: DoubtKind
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]  # the oldest first
    figure: Figure | None = None  # where it is about one
    units: tuple[UnitTotal, ...] = ()
    day: str = ""  # of the archive, after which something was corrected
    days: int = 0  # the most that lie between the day of an entry and its recording


class Doubts(NamedTuple):
    """The findings, rule by rule and in the order of the rows."""

    sheet: Sheet
    history: History  # every entry, the oldest first
    doubts: tuple[Doubt, ...]

    def of_kind(self, kind: DoubtKind) -> tuple[Doubt, ...]:
        """The findings of one rule."""
        return tuple(one for one in self.doubts if one.kind == kind)


class _Known(NamedTuple):
    """What the rules look at: the sheet, and its entries as each rule asks for them, the oldest first."""

    sheet: Sheet
    numbered: dict[int, Entry]
    of_rows: dict[str, list[Entry]]  # by code
    of_figures: dict[tuple[str, str], list[Entry]]  # those of a figure that stand; one of 0 adds nothing
    corrections: dict[int, list[Entry]]  # by the number of what each corrects

    def first_of(self, entry: Entry) -> Entry:
        """The entry by which it was first recorded what *entry* says, however often that was corrected."""
        while earlier := self.numbered.get(entry.number_of("corrects") or 0):
            entry = earlier
        return entry

    def behind(self, figure: Figure, agencies: set[str]) -> tuple[Entry, ...]:
        """The entries that make up what some units reported of a figure; of a stock the latest of each.

        A check (核对数) of a unit that was merged bears its name of before.
        """
        units = self.sheet.units
        names = {name.removesuffix(BEFORE_MERGER) for name in agencies}
        several = [one for one in self.of_figures[figure.name] if {units.of(one.agency), one.agency} & names]
        if figure.indicator.measure == Measure.STOCK:
            in_time = sorted(several, key=lambda one: (one.dated, one.number))
            several = [*{units.of(one.agency): one for one in in_time}.values()]
        return tuple(sorted(several, key=lambda one: one.number))


def doubts(ledger: LedgerAsOf) -> Doubts:
    """Hold the entries of a plan against every rule, as of a day and a moment."""
    with ledger.store.snapshot():
        sheet, newest_first = load(ledger), history(ledger)
    entries = newest_first.entries[::-1]
    amounts = (one for one in entries if one.amount and not (one.reversed_by or one.reverses))
    known = _Known(
        sheet,
        {one.number: one for one in entries},
        grouped(entries, lambda one: one.code),
        grouped(amounts, lambda one: (one.code, one.indicator)),
        grouped(entries, lambda one: one.number_of("corrects") or 0),
    )
    of_rows = (doubt for rule in ROW_RULES for row in sheet.rows for doubt in rule(known, row))
    return Doubts(sheet, newest_first._replace(entries=entries), (*_shared_files(known), *of_rows))


def _shared_files(known: _Known) -> Iterator[Doubt]:
    """One file by its SHA-256 proves several rows, or several things that happened on one.

    Papers of one event serve every row that counts it; what is attached to a row as a whole is about all that happened there.
    """
    rows = known.sheet.rows
    files = [mark for row in rows for mark in row.progress.own_papers() if mark.kind == EntryKind.EVIDENCE]
    for marks in grouped(files, lambda mark: mark.details.text("sha256")).values():
        bound = [mark for mark in marks if _is_bound(mark)]
        codes = {mark.code for mark in marks}
        proven = {mark.event for mark in bound}
        if len(proven) + len(codes - {mark.code for mark in bound}) > 1:
            entries = tuple(known.numbered[number] for number in sorted(mark.entry for mark in marks))
            yield Doubt(DoubtKind.SHARED_FILE, tuple(row for row in rows if row.item.code in codes), entries)


def _is_bound(paper: Mark) -> bool:
    """Whether a paper proves one thing that happened, and not the row as a whole."""
    return paper.event != paper.entry


def _unproven_figures(known: _Known, row: Row) -> Iterator[Doubt]:
    """What counts of a figure has neither a file nor a paper that lies elsewhere, of its event, of the same recording or of the row as a whole."""
    if not all(map(_is_bound, row.progress.own_papers())):
        return
    papers = tuple(row.progress.papers())
    proven = {paper.event for paper in papers}
    # a paper of one recording proves all of its figures, unless it was recorded for an earlier entry
    numbered = known.numbered
    pairs = ((numbered[one.entry], numbered.get(one.details.number("entry"))) for one in papers)
    recordings = {one.recorded_at for one, named in pairs if named and named.recorded_at == one.recorded_at}
    proven |= {one.number for one in known.of_rows[row.item.code] if one.recorded_at in recordings}
    for figure in row.progress.figures:
        unproven = (one for one in known.of_figures[figure.name] if one.event not in proven)
        bare = tuple(one for one in unproven if figure.counts(known.sheet.units.of(one.agency)))
        if bare:
            yield Doubt(DoubtKind.UNPROVEN_FIGURE, (row,), bare, figure)


def _equal_figures(known: _Known, row: Row) -> Iterator[Doubt]:
    """Several units report the same total of what the row counts once.

    Where each side or each unit owes a number of its own, equal numbers are what the plan asks for.
    """
    for figure in row.progress.figures:
        if figure.indicator.scope != Scope.WHOLE or figure.shares:
            continue
        agencies = dict.fromkeys(
            known.sheet.units.of(one.agency) for one in known.of_figures[figure.name] if one.agency
        )
        totals = (UnitTotal(agency, figure.of({agency}).total() or 0) for agency in agencies)
        for total, units in grouped(totals, lambda one: one.total).items():
            if total and len(units) > 1:
                behind = known.behind(figure, {unit.agency for unit in units})
                yield Doubt(DoubtKind.EQUAL_FIGURES, (row,), behind, figure, tuple(units))


def _differing_checks(known: _Known, row: Row) -> Iterator[Doubt]:
    """A unit that does not count a figure reports another total (核对数) than those who count it.

    Where each side counts for itself, its own total is meant. Several that add up to the whole are its parts.
    """
    for figure in row.progress.figures:
        if not figure.aside:
            continue
        is_by_side = figure.indicator.scope == Scope.EACH
        sides = {agency: side for side, agency, _ in figure.aside.amounts if is_by_side}
        counted = {side: figure.total(side) for of, _, _ in figure.amounts for side in ("", of)}
        checks = [
            UnitTotal(agency, total, counted.get(sides.get(agency, ""))) for agency, total in figure.checks()
        ]
        differing = tuple(one for one in checks if one.total != one.counted)
        if differing and sum(one.total for one in checks) != figure.total():
            counting = {agency for _, agency, _ in figure.amounts}
            behind = known.behind(figure, counting | {one.agency for one in differing})
            yield Doubt(DoubtKind.DIFFERING_CHECK, (row,), behind, figure, differing)


def _late_corrections(known: _Known, row: Row) -> Iterator[Doubt]:
    """What happened by the last day of an archive was reversed after it: an archive handed in by then says something else."""
    key, word = ARCHIVE
    days = sorted(one.last_day for one in known.sheet.filings if one.key == key or word in one.label)
    for entry in known.of_rows[row.item.code]:
        day = next((day for day in days if day >= entry.dated), "")
        reversal = known.numbered.get(entry.reversed_by or 0)
        if day and reversal and day < reversal.recorded_at[:10]:
            changed = (entry, reversal, *known.corrections[entry.number])
            figure = row.progress.figure(entry.indicator)
            yield Doubt(DoubtKind.LATE_CORRECTION, (row,), changed, figure, day=day)


def _late_records(known: _Known, row: Row) -> Iterator[Doubt]:
    """Figures and declarations of a row came into the ledger long after the work (补录); of a corrected one the first entry counts."""
    standing = [one for one in known.of_rows[row.item.code] if one.kind in PROVABLE and not one.reversed_by]
    late = [(one, first) for one in standing if (first := known.first_of(one)).was_typed_late]
    if late:
        days = max(days_between(first.dated, first.recorded_at[:10]) for _, first in late)
        yield Doubt(DoubtKind.LATE_RECORD, (row,), tuple(one for one, _ in late), days=days)


ROW_RULES: tuple[Callable[[_Known, Row], Iterable[Doubt]], ...] = (
    _unproven_figures,
    _equal_figures,
    _differing_checks,
    _late_corrections,
    _late_records,
)
"""What is looked at row by row, behind the files of several rows, in the order in which it is shown."""
