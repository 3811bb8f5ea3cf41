"""The annex as it stands on a day (总表): every row with its progress and its judgement."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from planledger.plan.model import Agency, Area, Duty, Filing, Indicator, Item, Milestone, Requirement, Side
from planledger.plan.terms import Standing
from planledger.questions import queries
from planledger.questions.plans import PlanInForce
from planledger.questions.progress import DaySum, Figure, Mark, Progress, Single
from planledger.questions.standing import Judgement, Lack, judge, owed
from planledger.questions.wording import read
from planledger.store.database import Store

K = TypeVar("K")
T = TypeVar("T")
_CODE = attrgetter("code")
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

    @property
    def side_names(self) -> tuple[str, ...]:
        """The sides by name, in the document's order."""
        return tuple(side.name for side in self.sides)

    def area_name(self, code: str) -> str:
        """The name of an area; empty in a plan without areas."""
        return next((area.name for area in self.areas if area.code == code), "")

    def last_entries(self) -> dict[str, str]:
        """The day of each unit's latest entry that still stands; the office's own under the empty name."""
        latest: dict[str, str] = {}
        for row in self.rows:
            for agency, day in row.progress.traces():
                if day > latest.get(agency, ""):
                    latest[agency] = day
        return latest


def load(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> Sheet:
    """Ask for everything that one plan's questions need, in one view of the ledger."""
    with store.snapshot():
        return load_here(store, plan, as_of, known_at)


def load_here(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> Sheet:
    """Ask the same inside a transaction that the caller holds."""
    version = plan.version_id
    sides = read(store, Side._make, queries.SIDES, version)
    names = tuple(side.name for side in sides)
    progresses = _progress(store, plan, as_of, known_at)
    return Sheet(
        plan=plan,
        as_of=as_of,
        known_at=known_at,
        sides=sides,
        agencies=read(store, Agency._make, queries.AGENCIES, version),
        areas=read(store, Area._make, queries.AREAS, version),
        rows=tuple(Row(p, judge(p, as_of, plan.warn_days, names)) for p in progresses),
        filings=read(store, Filing._make, queries.FILINGS, version),
    )


def _progress(store: Store, plan: PlanInForce, as_of: str, known_at: str) -> list[Progress]:
    """Join the wording of each item with what was recorded on it."""
    version = plan.version_id
    asked = {"plan": plan.plan_id, "version": version, "as_of": as_of, "known_at": known_at}
    sums = _grouped(_day_sums(store.rows(queries.AMOUNTS, asked)), _FIGURE_NAME)
    singles = _grouped((Single._make(row) for row in store.rows(queries.SINGLES, asked)), _FIGURE_NAME)
    marks = _grouped((Mark._make(row) for row in store.rows(queries.MARKS, asked)), _CODE)
    figures = _grouped(
        (
            Figure(n, tuple(sums[n.code, n.key]), tuple(singles[n.code, n.key]))
            for n in read(store, Indicator._make, queries.INDICATORS, version)
        ),
        lambda figure: figure.indicator.code,
    )
    duties = _grouped(read(store, Duty._make, queries.DUTIES, version), _CODE)
    milestones = _grouped(read(store, Milestone._make, queries.MILESTONES, version), _CODE)
    requirements = _grouped(read(store, Requirement._make, queries.REQUIREMENTS, version), _CODE)
    return [
        Progress(
            item,
            tuple(figures[item.code]),
            tuple(duties[item.code]),
            tuple(milestones[item.code]),
            tuple(requirements[item.code]),
            tuple(marks[item.code]),
        )
        for item in read(store, Item._make, queries.ITEMS, version)
    ]


def _grouped(rows: Iterable[T], name: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    return groups


def _day_sums(amounts: Iterable[tuple[Any, ...]]) -> Iterable[DaySum]:
    """Add up what one unit reported for one figure on one day, reversals included."""
    sums: dict[tuple[Any, ...], int] = {}
    for row in amounts:
        name = row[:-1]
        sums[name] = sums.get(name, 0) + row[-1]
    return (DaySum._make((*name, amount)) for name, amount in sums.items())


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
    """Count *rows* by `area`, `side` or `agency`; a row counts under each side and unit that has a duty in it."""
    if by == "area":
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
    return tuple(Tally.of(name, tuple(found)) for name, found in groups if found)
