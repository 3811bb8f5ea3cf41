"""The annex as it stands on a day (总表): every row with its progress and its judgement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter, index
from typing import Any, NamedTuple, TypeVar

from planledger.plan.model.entry_details import check_day, check_texts
from planledger.plan.model.entry_kinds import END_SILENCE
from planledger.plan.model.rows import (
    Agency,
    Area,
    Duty,
    Filing,
    Indicator,
    Item,
    Milestone,
    Requirement,
    Side,
    Source,
)
from planledger.plan.model.terms import EntryKind
from planledger.questions import sql as questions_sql
from planledger.questions.facts import entry_rows
from planledger.questions.facts.entry_rows import masked_marks, papers_of_events, standing_marks
from planledger.questions.facts.office import office_name
from planledger.questions.facts.plans import PlanInForce, read_plan_rows
from planledger.questions.facts.progress import Figure, Inherited, Mark, PlanMark, Progress
from planledger.questions.judge.lacks import Lack
from planledger.questions.judge.standing import Judgement, judge, owed
from planledger.store.database import Store

K = TypeVar("K")
T = TypeVar("T")
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
    def last_entry(self) -> str:
        """The day of the latest thing that still stands; empty where nothing was recorded."""
        return max((day for _, day in self.progress.traces()), default="")

    def duty_of(self, agency: str) -> Duty | None:
        """Find what part a unit has in the item."""
        return next((duty for duty in self.progress.duties if duty.agency == agency), None)

    def owed_by(self, duty: Duty) -> tuple[Lack, ...]:
        """Say what the unit of *duty* has still to do."""
        return owed(self.judgement, self.progress, duty)


class Sheet(NamedTuple):
    """All rows of a plan on a day, as far as was known at a moment."""

    plan: PlanInForce
    as_of: str
    known_at: str
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    areas: tuple[Area, ...]
    rows: tuple[Row, ...]
    filings: tuple[Filing, ...]
    marks: tuple[PlanMark, ...] = ()  # what concerns the plan as a whole, in the order of the numbers
    inherited: tuple[Inherited, ...] = ()  # contacts of earlier plans, where they were asked for
    office: str = ""  # what the office is called, where that was asked for

    @property
    def side_names(self) -> tuple[str, ...]:
        """The sides by name, in the document's order."""
        return tuple(side.name for side in self.sides)

    def area_name(self, code: str) -> str:
        """The name of an area; empty in a plan without areas."""
        return next((area.name for area in self.areas if area.code == code), "")

    def last_entries(self) -> dict[str, str]:
        """The day of each unit's latest entry that still stands; the office's own under the empty name.

        What a unit hands in ends its silence; that the office sends it back, or notes whom to call, does not.
        """
        latest: dict[str, str] = {}
        filed = [(mark.agency, mark.day) for mark in self.marks if mark.kind in END_SILENCE]
        for traces in (filed, *(row.progress.traces() for row in self.rows)):
            for agency, day in traces:
                if day > latest.get(agency, ""):
                    latest[agency] = day
        return latest

    def bound(self) -> tuple[Agency, ...]:
        """The units that have a duty in the plan, the offices too; a group that names nobody is none."""
        return _bound(self.agencies, (row.progress for row in self.rows))


class EmptySheet(NamedTuple):
    """The annex of a plan version before anything is recorded on it."""

    plan: PlanInForce
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    areas: tuple[Area, ...]
    filings: tuple[Filing, ...]
    rows: tuple[Progress, ...]

    def bound(self) -> tuple[Agency, ...]:
        """The units that have a duty in the plan, the offices too; a group that names nobody is none."""
        return _bound(self.agencies, self.rows)


def load(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> Sheet:
    """Ask for everything that one plan's questions need, in one view of the ledger."""
    with store.snapshot():
        return filled_sheet(store, empty_sheet(store, plan), as_of, known_at)


def empty_sheet(store: Store, plan: PlanInForce) -> EmptySheet:
    """Read what the plan version says, inside a transaction that the caller holds."""
    version = plan.version_id
    sources = grouped(
        read_plan_rows(store, Source._make, questions_sql.SOURCES, version), lambda one: (one.code, one.key)
    )
    figures = grouped(
        (
            Figure(indicator, {}, (), tuple(one.agency for one in sources[indicator.code, indicator.key]))
            for indicator in read_plan_rows(store, Indicator._make, questions_sql.INDICATORS, version)
        ),
        lambda figure: figure.indicator.code,
    )
    duties = grouped(read_plan_rows(store, Duty._make, questions_sql.DUTIES, version), _CODE)
    milestones = grouped(read_plan_rows(store, Milestone._make, questions_sql.MILESTONES, version), _CODE)
    requirements = grouped(
        read_plan_rows(store, Requirement._make, questions_sql.REQUIREMENTS, version), _CODE
    )
    return EmptySheet(
        plan=plan,
        sides=read_plan_rows(store, Side._make, questions_sql.SIDES, version),
        agencies=read_plan_rows(store, Agency._make, questions_sql.AGENCIES, version),
        areas=read_plan_rows(store, Area._make, questions_sql.AREAS, version),
        filings=read_plan_rows(store, Filing._make, questions_sql.FILINGS, version),
        rows=tuple(
            Progress(
                item,
                tuple(figures[item.code]),
                tuple(duties[item.code]),
                tuple(milestones[item.code]),
                tuple(requirements[item.code]),
                (),
            )
            for item in read_plan_rows(store, Item._make, questions_sql.ITEMS, version)
        ),
    )


def filled_sheet(
    store: Store, form: EmptySheet, as_of: str, known_at: str, code: str = "", *, is_full: bool = False
) -> Sheet:
    """Fill the annex with what was recorded, inside a transaction that the caller holds.

    An action on one item names its *code*: no other row is filled or judged, and nothing that concerns the plan
    as a whole is read. Where no row bears the code, all of them are there, so that the right one can be suggested.
    What entries say of people in passing is masked, unless the sheet is to be *full*.
    """
    asked = {"plan": form.plan.plan_id, "version": form.plan.version_id, "as_of": as_of, "known_at": known_at}
    form = in_force(store, form, as_of, known_at, is_full=is_full)
    rows = [row for row in form.rows if row.item.code == code] or form.rows
    asked |= {"code": code} if code else {}
    amounts = _amounts(store, questions_sql.AMOUNTS_OF if code else questions_sql.AMOUNTS, asked)
    single_rows = store.rows(questions_sql.SINGLES_OF if code else questions_sql.SINGLES, asked)
    mark_rows = store.rows(questions_sql.MARKS_OF if code else questions_sql.MARKS, asked)
    singles = grouped(entry_rows.singles(single_rows), _FIGURE_NAME)
    marks = grouped(masked_marks(standing_marks(entry_rows.marks(mark_rows)), is_full=is_full), _CODE)
    elsewhere = _papers_elsewhere(store, rows, marks, asked)
    sides = tuple(side.name for side in form.sides)
    found = []
    for row in rows:
        names = [(row.item.code, figure.indicator.key) for figure in row.figures]
        figures = tuple(
            figure.given(amounts[name], singles[name])
            for figure, name in zip(row.figures, names, strict=True)
        )
        progress = row._replace(figures=figures, marks=tuple(marks[row.item.code]))
        if any(mark.kind == EntryKind.CLOSE for mark in progress.marks):
            latest = store.row(questions_sql.LATEST_FIGURE, {**asked, "code": row.item.code})
            progress = progress._replace(latest_figure=int(latest[0] or 0) if latest else 0)
        if any(requirement.per for requirement in row.requirements):
            progress = progress._replace(papers_elsewhere=elsewhere)
        found.append(Row(progress, judge(progress, as_of, form.plan.warn_days, sides)))
    of_plan = () if code else read_plan_marks(store, form, as_of, known_at, is_full=is_full)
    return Sheet(
        form.plan, as_of, known_at, form.sides, form.agencies, form.areas, tuple(found), form.filings, of_plan
    )


def in_force(
    store: Store, form: EmptySheet, as_of: str, known_at: str, *, is_full: bool = False
) -> EmptySheet:
    """Let what was amended of the plan stand in the form; of most plans nothing was."""
    asked = {"plan": form.plan.plan_id, "as_of": as_of, "known_at": known_at}
    found = store.rows(questions_sql.AMENDMENTS, asked)
    if not found:
        return form
    from planledger.questions.judge.amending import amended, with_added

    amendments = grouped(masked_marks(entry_rows.amendments(found), is_full=is_full), _CODE)
    rows = tuple(amended(row, amendments[row.item.code]) for row in form.rows)
    in_duty = {duty.agency for row in rows for duty in row.duties}
    added = [one for one in chain.from_iterable(amendments.values()) if one.agency in in_duty]
    return form._replace(agencies=with_added(form.agencies, added), rows=rows)


def _papers_elsewhere(
    store: Store, rows: Sequence[Progress], marks: dict[str, list[Mark]], asked: dict[str, Any]
) -> tuple[Mark, ...]:
    """Find the papers of events that several rows may count; an action on a row without such papers asks for none."""
    if "code" not in asked:
        found: Iterable[Mark] = chain.from_iterable(marks.values())
    elif any(requirement.per for row in rows for requirement in row.requirements):
        found = entry_rows.marks(store.rows(questions_sql.PAPERS_ELSEWHERE, asked))
    else:
        return ()
    return papers_of_events(found)


def unfilled(store: Store, form: EmptySheet, as_of: str, known_at: str) -> Sheet:
    """Read what concerns the plan as a whole, for an action that is about no row: none is there, filled or judged."""
    marks = read_plan_marks(store, form, as_of, known_at)
    said = (form.plan, as_of, known_at, form.sides, form.agencies, form.areas, (), form.filings, marks)
    return Sheet(*said, office=office_name(store, store.chain, as_of, known_at))


def read_plan_marks(
    store: Store, form: EmptySheet, as_of: str, known_at: str, *, is_full: bool = False
) -> tuple[PlanMark, ...]:
    """Read what was handed in, sent back and noted of contacts, inside a transaction that the caller holds."""
    asked = {"plan": form.plan.plan_id, "as_of": as_of, "known_at": known_at}
    found = masked_marks(entry_rows.plan_marks(store.rows(questions_sql.PLAN_MARKS, asked)), is_full=is_full)
    return tuple(sorted(found, key=_NUMBER))


def _bound(agencies: tuple[Agency, ...], rows: Iterable[Progress]) -> tuple[Agency, ...]:
    names = {duty.agency for row in rows for duty in row.duties if not duty.is_group}
    return tuple(agency for agency in agencies if agency.name in names)


def grouped(rows: Iterable[T], name: Callable[[T], K]) -> dict[K, list[T]]:
    """Part rows by a name that they bear; of what no row bears there is an empty list."""
    groups: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    return groups


def _amounts(
    store: Store, sql: str, asked: dict[str, Any]
) -> dict[tuple[str, str], dict[tuple[str, str, str], int]]:
    """Add up what one unit reported for one figure on one day, reversals included.

    Raises:
        TypeError, ValueError: a figure is no number, or its day is none.
    """
    figures: dict[tuple[str, str], dict[tuple[str, str, str], int]] = defaultdict(dict)
    for code, indicator, side, agency, day, amount in store.rows(sql, asked):
        check_texts(code, indicator, side, agency)
        check_day(day)
        figure, name = figures[code, indicator], (side, agency, day)
        figure[name] = figure.get(name, 0) + index(amount)
    return figures
