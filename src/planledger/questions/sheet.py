"""The annex as it stands on a day (总表): every row with its progress and its judgement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter, index
from typing import Any, NamedTuple

from planledger.plan.model.entry_details import check_day, check_texts
from planledger.plan.model.entry_kinds import END_SILENCE
from planledger.plan.model.rows import Agency, Duty, Item, grouped
from planledger.plan.phrases.texts import codes_numbered
from planledger.plan.phrases.unit_names import UNCHANGED, UnitNames
from planledger.questions import sql
from planledger.questions.facts import entry_rows
from planledger.questions.facts.annex import Annex, EmptySheet, empty_sheet, with_cells
from planledger.questions.facts.entry_rows import masked_marks, papers_of_events, standing_marks
from planledger.questions.facts.office import own_office
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.progress import Mark, Progress
from planledger.questions.judge.amending import amended, with_added
from planledger.questions.judge.lacks import Lack
from planledger.questions.judge.merging import given, marks_on_day, named_on_day, newest_that_counts
from planledger.questions.judge.shares import divided
from planledger.questions.judge.standing import Judgement, judge, late_with, owed

_CODE = attrgetter("code")
_NUMBER = attrgetter("entry")
_FIGURE_NAME = attrgetter("code", "indicator")


class Row(NamedTuple):
    """One item on the day of the question."""

    progress: Progress
    judgement: Judgement

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.progress.item

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The parts of its units."""
        return self.progress.duties

    @property
    def last_entry(self) -> str:
        """The day of the latest thing that still stands; empty where nothing was recorded."""
        return max((day for _, day in self.progress.traces()), default="")

    def duty_of(self, agency: str) -> Duty | None:
        """The part that a unit has in the item."""
        return next((duty for duty in self.duties if duty.agency == agency), None)

    @property
    def owing_agencies(self) -> tuple[str, ...]:
        """The units that owe what is late of it, or what is still to be done."""
        return tuple(duty.agency for duty in self.duties if self.late_with(duty))

    def late_with(self, duty: Duty) -> tuple[Lack, ...]:
        """What the unit of *duty* owes of what is late."""
        return late_with(self.judgement, self.progress, duty)

    def owed_by(self, duty: Duty) -> tuple[Lack, ...]:
        """What the unit of *duty* has still to do."""
        return owed(self.judgement, self.progress, duty)


Sheet = Annex[Row]
"""All rows of a plan on a day, as far as was known at a moment."""


def last_entries(sheet: Sheet) -> dict[str, str]:
    """The day of each unit's latest entry that still stands; the office's own under the empty name.

    What a unit hands in ends its silence; a return by the office, or a contact that it notes, does not.
    """
    latest: dict[str, str] = {}
    filed = [(mark.agency, mark.day) for mark in sheet.marks if mark.kind in END_SILENCE]
    for traces in (filed, *(row.progress.traces() for row in sheet.rows)):
        for name, day in traces:
            agency = sheet.units.of(name)
            if day > latest.get(agency, ""):
                latest[agency] = day
    return latest


def load(ledger: LedgerAsOf, code: str = "") -> Sheet:
    """Read everything that the questions about one plan, or about one item of it, need, in one view of the ledger."""
    with ledger.store.snapshot():
        return filled_sheet(ledger, empty_sheet(ledger), code)


def load_printed(ledger: LedgerAsOf, *, is_full: bool = False) -> Sheet:
    """Read the annex with the columns and numbers of the document's own: where they are shown, or where numbers may be typed."""
    with ledger.store.snapshot():
        form = with_cells(ledger, empty_sheet(ledger), is_full=is_full)
        return filled_sheet(ledger, form, is_full=is_full)


def filled_sheet(ledger: LedgerAsOf, form: EmptySheet, code: str = "", *, is_full: bool = False) -> Sheet:
    """Fill the annex with what was recorded, inside a transaction that the caller holds.

    An action on one item names its *code*, or the document's own number of it: no other row is filled or judged, and
    nothing that concerns the plan as a whole is read. Where no row bears the code, all of them are there, so that the
    right one can be suggested.
    What entries say of people in passing is masked, unless the sheet is to be *full*.
    """
    if code and all(row.item.code != code for row in form.rows):
        form = with_cells(ledger, form)
        numbered = codes_numbered({row.item.code: row.number for row in form.rows}, code)
        code = numbered[0] if len(numbered) == 1 else code
    of_code = {"code": code} if code else {}
    form = in_force(ledger, form, is_full=is_full)
    rows = [row for row in form.rows if row.item.code == code] or form.rows
    amounts = _amounts(ledger.rows(sql.AMOUNTS_OF if code else sql.AMOUNTS, **of_code))
    one_by_one = entry_rows.singles(ledger.rows(sql.SINGLES_OF if code else sql.SINGLES, **of_code))
    singles = grouped(one_by_one, _FIGURE_NAME)
    of_items = standing_marks(entry_rows.marks(ledger.rows(sql.MARKS_OF if code else sql.MARKS, **of_code)))
    marks = grouped(masked_marks(of_items, is_full=is_full), _CODE)
    elsewhere = _papers_elsewhere(ledger, rows, marks, code)
    sides = tuple(side.name for side in form.sides)
    filled = []
    for row in rows:
        figures = tuple(given(one, amounts[one.name], singles[one.name], form.units) for one in row.figures)
        progress = row._replace(figures=figures, marks=marks_on_day(marks[row.item.code], form.units))
        if progress.closing:
            latest = ledger.rows(sql.LATEST_FIGURES, code=row.item.code)
            progress = progress._replace(latest_figure=newest_that_counts(row, latest, form.units))
        if any(requirement.per for requirement in row.requirements):
            progress = progress._replace(papers_elsewhere=elsewhere)
        filled.append(Row(progress, judge(progress, ledger.as_of, form.plan.warn_days, sides)))
    form = form if code else with_plan_marks(ledger, form, is_full=is_full)
    return _as_known(ledger, form, rows=tuple(filled))


def unfilled(ledger: LedgerAsOf, form: EmptySheet) -> Sheet:
    """Read what concerns the plan as a whole, for an action that is about no row: none is there, filled or judged."""
    form = form if form.units else named_on_day(form, read_unit_names(ledger))
    return _as_known(ledger, with_plan_marks(ledger, form), rows=(), office=own_office(ledger))


def _as_known(ledger: LedgerAsOf, form: EmptySheet, **more: object) -> Sheet:
    """Return the annex as it stands by a day and a moment, with what was read of it."""
    days = {"as_of": ledger.as_of, "known_at": ledger.known_at}
    return Sheet(**form._asdict() | days | more)


def in_force(ledger: LedgerAsOf, form: EmptySheet, *, is_full: bool = False) -> EmptySheet:
    """The annex with what was amended of the plan, its units by the names of the day; of most plans nothing was changed."""
    amending, units = ledger.rows(sql.AMENDMENTS), read_unit_names(ledger)
    if amending:
        amendments = grouped(masked_marks(entry_rows.marks(amending), is_full=is_full), _CODE)
        rows = tuple(amended(row, amendments[row.item.code], units) for row in form.rows)
        in_duty = {duty.agency for row in rows for duty in row.duties}
        added = [one for one in chain.from_iterable(amendments.values()) if one.agency in in_duty]
        form = form._replace(agencies=with_added(form.agencies, added), rows=rows)
    return named_on_day(divided(form, units), units)


def read_unit_names(ledger: LedgerAsOf) -> UnitNames:
    """Read by which names the units of the plan go on the day; of most ledgers none was ever changed."""
    changes = ledger.rows(sql.UNIT_CHANGES)
    return UnitNames(tuple(entry_rows.unit_changes(changes)), ledger.as_of) if changes else UNCHANGED


def _papers_elsewhere(
    ledger: LedgerAsOf, rows: Sequence[Progress], marks: dict[str, list[Mark]], code: str
) -> tuple[Mark, ...]:
    """The papers of events that several rows may count; an action on a row without such papers asks for none."""
    if not code:
        return papers_of_events(chain.from_iterable(marks.values()))
    if not any(requirement.per for row in rows for requirement in row.requirements):
        return ()
    return papers_of_events(entry_rows.marks(ledger.rows(sql.PAPERS_ELSEWHERE, code=code)))


def with_plan_marks(ledger: LedgerAsOf, form: EmptySheet, *, is_full: bool = False) -> EmptySheet:
    """Add what was submitted, sent back and noted of contacts until the day, inside a transaction that the caller holds."""
    of_plan = masked_marks(entry_rows.marks(ledger.rows(sql.PLAN_MARKS)), is_full=is_full)
    return form._replace(marks=marks_on_day(sorted(of_plan, key=_NUMBER), form.units))


def units_bound(sheet: Sheet | EmptySheet) -> tuple[Agency, ...]:
    """The units that have a duty in the plan, the offices too; a group that names nobody is none."""
    names = {duty.agency for row in sheet.rows for duty in row.duties if not duty.is_group}
    return tuple(agency for agency in sheet.agencies if agency.name in names)


def _amounts(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str], dict[tuple[str, str, str], int]]:
    """Add up what one unit reported for one figure on one day, reversals included.

    Raises:
        TypeError, ValueError: a figure is no number, or its day is none.
    """
    figures: dict[tuple[str, str], dict[tuple[str, str, str], int]] = defaultdict(dict)
    for code, indicator, side, agency, day, amount in rows:
        check_texts(code, indicator, side, agency)
        check_day(day)
        figure, name = figures[code, indicator], (side, agency, day)
        figure[name] = figure.get(name, 0) + index(amount)
    return figures
