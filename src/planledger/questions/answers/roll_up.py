"""Every plan of a ledger in one line (各方案汇总): read all at once, and judged by the function that judges one.

Of what the plans say only that is read on which a standing hangs, and of figures one sum a side. The moment of recording goes
before a figure that stands by itself, because they are put in order plan by plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from planledger.plan.model.rows import Duty, Indicator, Item, Requirement, asks_declaration, grouped
from planledger.plan.model.terms import Comparison, Measure
from planledger.questions import sql
from planledger.questions.answers.sums import Tally
from planledger.questions.facts import entry_rows
from planledger.questions.facts.entry_rows import papers_of_events, standing_marks
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce, checked_rows
from planledger.questions.facts.progress import Progress
from planledger.questions.facts.which_plan import plans_of_chain, titled
from planledger.questions.judge.standing import judge
from planledger.questions.sheet import Row, load
from planledger.store.database import Store

ALL_ITEMS = """SELECT version_id, code, area, '', 0, '', '', '', '', '', last_day, deadline_kind, '', declare
FROM item ORDER BY version_id, position"""
ALL_SIDES = "SELECT version_id, name FROM side ORDER BY version_id, position"
ALL_INDICATORS = """SELECT version_id, code, key, label, unit, decimals, measure, scope, comparison, target, must_report
FROM indicator"""
ALL_DUTIES = "SELECT version_id, code, agency, side, role, is_group FROM duty"
ALL_REQUIREMENTS = "SELECT version_id, code, kind, scope, per FROM requirement"
_HAS_SOURCES = """EXISTS (
  SELECT 1 FROM source s WHERE s.version_id = n.version_id AND s.code = n.code AND s.key = n.key)"""
# Of a figure that some units count, what others reported of it is left out.
_IS_SOURCE = """EXISTS (SELECT 1 FROM source s
  WHERE s.version_id = n.version_id AND s.code = n.code AND s.key = n.key AND s.agency = e.agency)
"""
_COUNTS = "AND (e.agency = '' OR NOT " + _HAS_SOURCES + " OR " + _IS_SOURCE + ") "
ALL_SOURCES = "SELECT DISTINCT version_id, code, key FROM source"
ALL_SUMS = f"""SELECT e.plan_id, e.code, e.indicator, e.side, SUM(e.amount) FROM entry e
WHERE e.indicator <> '' AND {sql.IS_KNOWN}
GROUP BY e.plan_id, e.code, e.indicator, e.side"""
_OF_INDICATORS = f"""FROM version v JOIN indicator n ON n.version_id = v.id CROSS JOIN entry e
WHERE e.plan_id = v.plan_id AND e.code = n.code AND e.indicator = n.key {_COUNTS}"""
# An upper bound is held against what had happened by the last day, so its days count; what some units count is read here too.
ALL_BOUNDED = f"""SELECT v.id, e.code, e.indicator, e.side, e.dated, SUM(e.amount) {_OF_INDICATORS}
AND (n.comparison = 'at_most' OR {_HAS_SOURCES}) AND e.indicator <> '' AND {sql.IS_KNOWN}
GROUP BY v.id, e.code, e.indicator, e.side, e.dated"""
_SINGLE = "SELECT v.id, e.recorded_at, e.code, e.indicator, e.side, e.agency, e.dated, e.amount, e.seq, e.details, '' "
# Of an upper bound it counts when a figure came, of a meeting that has papers which one it is: they are read one by one.
_ONE_BY_ONE = f"(n.comparison = 'at_most' OR {sql.HAS_PAPERS})"
ALL_SINGLES = f"{_SINGLE}{_OF_INDICATORS}AND {_ONE_BY_ONE} AND {sql.FIGURE_STOOD}"
# Of a stock the latest is enough, of what must be there one, of each side and of no side.
_OF_SIDES = """FROM version v JOIN indicator n ON n.version_id = v.id
JOIN (SELECT version_id, name AS side FROM side UNION ALL SELECT id, '' FROM version) x ON x.version_id = v.id
"""
_OF_FIGURE = f"""FROM entry e
WHERE e.plan_id = v.plan_id AND e.code = n.code AND e.indicator = n.key AND e.side = x.side {_COUNTS} AND {sql.FIGURE_STOOD}"""
ALL_LATEST = f"""{_SINGLE}{_OF_SIDES}JOIN entry e ON e.id = (SELECT e.id {_OF_FIGURE}
  ORDER BY e.dated DESC, e.recorded_at DESC, e.id DESC LIMIT 1)
WHERE {sql.IS_STOCK} AND NOT {_ONE_BY_ONE}"""
ALL_REPORTED = f"""SELECT v.id, n.code, n.key, x.side {_OF_SIDES}
WHERE n.must_report = 1 AND NOT {sql.IS_STOCK} AND NOT {_ONE_BY_ONE} AND EXISTS (SELECT 1 {_OF_FIGURE})"""
ALL_MARKS = "SELECT e.plan_id, " + sql.MARK + " FROM entry e WHERE " + sql.IS_MARK + sql.IN_ORDER
AMENDED_PLANS = f"""SELECT DISTINCT e.plan_id FROM entry e
WHERE {sql.OF_ITEM} AND {sql.IS_AMENDMENT} AND {sql.IS_KNOWN}
UNION SELECT p.id FROM plan p JOIN plan s ON s.origin_id = p.origin_id CROSS JOIN entry e
WHERE e.plan_id = s.id AND {sql.OF_PLAN} AND {sql.IS_OF_NAME}
UNION SELECT v.plan_id FROM version v JOIN indicator n ON n.version_id = v.id WHERE n.scope = 'unit'"""


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
        plans = plans_of_chain(store, known_at, is_every=True)
        amended = {row[0] for row in store.rows(AMENDED_PLANS, asked)}
        everything = _AllPlans(store, asked)

        def rows_of(plan: PlanInForce) -> tuple[Row, ...]:
            if plan.plan_id in amended:
                return load(LedgerAsOf(store, plan, as_of, known_at)).rows
            return tuple(everything.rows(plan))

        counted = tuple(Tally.of(titled(plan, plans), rows_of(plan)) for plan in plans)
    return RollUp(as_of, known_at, plans, counted)


_FIRST, _FIRST_TWO, _FIGURE_OF_SINGLE = itemgetter(0), itemgetter(0, 1), itemgetter(0, 2, 3)
_AS_THEY_FOLLOW = itemgetter(6, 1, 8)  # day, moment of recording, number
_Sums = dict[tuple[int, str, str], dict[tuple[str, str, str], int]]


class _AllPlans:
    """What all plans say and what was recorded of them: rows by the plan or version in front of them."""

    def __init__(self, store: Store, asked: dict[str, str]) -> None:
        self.day = asked["as_of"]
        self.items = grouped(store.rows(ALL_ITEMS), _FIRST)
        self.sides = grouped(store.rows(ALL_SIDES), _FIRST)
        self.indicators = grouped(store.rows(ALL_INDICATORS), _FIRST_TWO)
        self.duties = grouped(store.rows(ALL_DUTIES), _FIRST_TWO)
        self.requirements = grouped(store.rows(ALL_REQUIREMENTS), _FIRST_TWO)
        self.marks = grouped(store.rows(ALL_MARKS, asked), _FIRST)
        self.sourced = set(store.rows(ALL_SOURCES))
        self.sums = _sums((*row[:4], self.day, row[4]) for row in store.rows(ALL_SUMS, asked))
        self.bounded = _sums(store.rows(ALL_BOUNDED, asked))
        reported = (
            (version, "", code, indicator, side, "", self.day, 0, 0, "", "")
            for version, code, indicator, side in store.rows(ALL_REPORTED, asked)
        )
        singles = chain(store.rows(ALL_SINGLES, asked), store.rows(ALL_LATEST, asked), reported)
        self.singles = grouped(singles, _FIGURE_OF_SINGLE)

    def rows(self, plan: PlanInForce) -> Iterator[Row]:
        """Judge the items of one plan."""
        sides = tuple(str(name) for _, name in self.sides[plan.version_id])
        of_plan = standing_marks(entry_rows.marks(mark[1:] for mark in self.marks[plan.plan_id]))
        marks, papers = grouped(of_plan, attrgetter("code")), papers_of_events(of_plan)
        for item in checked_rows(Item, (row[1:] for row in self.items[plan.version_id])):
            name = (plan.version_id, item.code)
            indicators = checked_rows(Indicator, (one[1:] for one in self.indicators[name]))
            duties = self.duties[name] if asks_declaration(item, indicators) else ()
            requirements = checked_rows(Requirement, (one[1:] for one in self.requirements[name]))
            progress = Progress(
                item,
                tuple(self._figure(plan, indicator) for indicator in indicators),
                checked_rows(Duty, (one[1:] for one in duties)),
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
