"""How many rows stand where, by area, side or unit (汇总)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model.rows import Duty, Indicator, Item, Requirement, asks_declaration, grouped
from planledger.plan.model.terms import Comparison, Measure, Standing
from planledger.plan.refusal import Refusal
from planledger.questions import sql
from planledger.questions.facts import entry_rows
from planledger.questions.facts.entry_rows import papers_of_events, standing_marks
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.plans import PlanInForce
from planledger.questions.facts.progress import Progress
from planledger.questions.facts.which_plan import titled
from planledger.questions.judge.standing import judge
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store


class Tally(NamedTuple):
    """How many rows stand where (按状态汇总)."""

    name: str
    rows: int
    standings: dict[Standing, int]

    @classmethod
    def of(cls, name: str, rows: tuple[Row, ...]) -> "Tally":
        """Count *rows* under *name*."""
        counts = dict.fromkeys(Standing, 0)
        for row in rows:
            counts[row.judgement.standing] += 1
        return cls(name, len(rows), counts)


def tallied(sheet: Sheet, rows: tuple[Row, ...], by: str) -> tuple[Tally, ...]:
    """Count *rows* by `area`, `side` or `agency`; a row counts under each side and unit that has a duty in it.

    Raises:
        Refusal: the plan has no areas to count by.
    """
    if by == "area":
        if not sheet.areas:
            raise Refusal("这个方案没有分重点工作；请写 --sum-by side 或 --sum-by agency。")
        groups = [
            (f"{area.code} {area.name}", [row for row in rows if row.item.area == area.code])
            for area in sheet.areas
        ]
    elif by == "side":
        groups = [
            (side, [row for row in rows if any(d.side == side for d in row.progress.duties)])
            for side in sheet.side_names
        ]
    else:
        groups = [
            (agency.name, [row for row in rows if row.duty_of(agency.name)]) for agency in sheet.agencies
        ]
    return tuple(Tally.of(name, tuple(of_group)) for name, of_group in groups if of_group)


class RollUp(NamedTuple):
    """All plans of a ledger on a day, as far as was known at a moment."""

    as_of: str
    known_at: str
    plans: tuple[PlanInForce, ...]
    counted: tuple[Tally, ...]  # one a plan, by its title


def roll_up(store: Store, as_of: str, known_at: str) -> RollUp:
    """Count how many items of each plan stand where, in one view of the ledger."""
    asked = {"as_of": as_of, "known_at": known_at}
    with store.snapshot():
        entry_rows.refuse_impossible(store)
        plans = tuple(PlanInForce._make(row) for row in store.rows(sql.PLANS_IN_FORCE, asked))
        if known_at == LATEST and not plans:
            entry_rows.refuse_unadopted(store)
        amended = {row[0] for row in store.rows(sql.AMENDED_PLANS, asked)}
        everything = _AllPlans(store, asked)
        counted = tuple(
            Tally.of(
                titled(plan, plans),
                load(store, plan, as_of, known_at).rows
                if plan.plan_id in amended
                else tuple(everything.rows(plan)),
            )
            for plan in plans
        )
    return RollUp(as_of, known_at, plans, counted)


_FIRST, _FIRST_TWO, _FIGURE_OF_SINGLE = itemgetter(0), itemgetter(0, 1), itemgetter(0, 2, 3)
_AS_THEY_FOLLOW = itemgetter(6, 1, 8)  # day, moment of recording, number
_Sums = dict[tuple[int, str, str], dict[tuple[str, str, str], int]]


class _AllPlans:
    """What all plans say and what was recorded of them: rows by the plan or version in front of them."""

    def __init__(self, store: Store, asked: dict[str, str]) -> None:
        self.day = asked["as_of"]
        self.items = grouped(store.rows(sql.ALL_ITEMS), _FIRST)
        self.sides = grouped(store.rows(sql.ALL_SIDES), _FIRST)
        self.indicators = grouped(store.rows(sql.ALL_INDICATORS), _FIRST_TWO)
        self.duties = grouped(store.rows(sql.ALL_DUTIES), _FIRST_TWO)
        self.requirements = grouped(store.rows(sql.ALL_REQUIREMENTS), _FIRST_TWO)
        self.marks = grouped(store.rows(sql.ALL_MARKS, asked), _FIRST)
        self.sourced = set(store.rows(sql.ALL_SOURCES))
        self.sums = _sums((*row[:4], self.day, row[4]) for row in store.rows(sql.ALL_SUMS, asked))
        self.bounded = _sums(store.rows(sql.ALL_BOUNDED, asked))
        reported = (
            (version, "", code, indicator, side, "", self.day, 0, 0, "", "")
            for version, code, indicator, side in store.rows(sql.ALL_REPORTED, asked)
        )
        singles = chain(store.rows(sql.ALL_SINGLES, asked), store.rows(sql.ALL_LATEST, asked), reported)
        self.singles = grouped(singles, _FIGURE_OF_SINGLE)

    def rows(self, plan: PlanInForce) -> Iterator[Row]:
        """Judge the items of one plan."""
        sides = tuple(str(name) for _, name in self.sides[plan.version_id])
        of_plan = standing_marks(entry_rows.marks(mark[1:] for mark in self.marks[plan.plan_id]))
        marks, papers = grouped(of_plan, attrgetter("code")), papers_of_events(of_plan)
        for row in self.items[plan.version_id]:
            item = Item._make(row[1:])
            name = (plan.version_id, item.code)
            indicators = [Indicator._make(one[1:]) for one in self.indicators[name]]
            duties = self.duties[name] if asks_declaration(item, indicators) else ()
            requirements = tuple(Requirement._make(one[1:]) for one in self.requirements[name])
            progress = Progress(
                item,
                tuple(self._figure(plan, indicator) for indicator in indicators),
                tuple(Duty._make(one[1:]) for one in duties),
                (),
                requirements,
                tuple(marks[item.code]),
                papers_elsewhere=papers if any(one.per for one in requirements) else (),
            )
            yield Row(progress, judge(progress, self.day, plan.warn_days, sides))

    def _figure(self, plan: PlanInForce, indicator: Indicator) -> Figure:
        name = (plan.version_id, indicator.code, indicator.key)
        amounts = everybody = self.sums.get((plan.plan_id, indicator.code, indicator.key), {})
        if indicator.comparison == Comparison.AT_MOST or name in self.sourced:
            amounts = self.bounded.get(name, {})
        singles = self.singles[name]
        if indicator.measure == Measure.STOCK:  # of which the latest counts
            singles.sort(key=_AS_THEY_FOLLOW)
        aside = Figure(indicator, everybody, ()) if name in self.sourced else None  # what begins an item
        return Figure(indicator, amounts, tuple(entry_rows.singles(row[2:] for row in singles)), aside=aside)


def _sums(rows: Iterable[tuple[Any, ...]]) -> _Sums:
    """Sums by plan or version, item and indicator: each amount by side and day, of no unit in particular."""
    sums: _Sums = defaultdict(dict)
    for of, code, indicator, side, day, amount in rows:
        sums[of, code, indicator][side, "", day] = _whole(amount)
    return sums


def _whole(amount: Any) -> int:
    """Give a sum as a number: a server gives it as a decimal, and SQLite as a float where a figure is none.

    Raises:
        TypeError: it is a float.
    """
    if isinstance(amount, float):
        raise TypeError(amount)
    return int(amount)
