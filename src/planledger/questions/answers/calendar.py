"""The days of a plan for a calendar (日历): last days, stages, periods and filings, of the whole office or of one unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from planledger.plan.model.rows import Stage
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.answers.filings import filers
from planledger.questions.answers.history import history
from planledger.questions.answers.upcoming import DEADLINE, FILING, PERIOD, STAGE
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.office import own_office
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import version_in_force
from planledger.questions.judge.filings import filing_task
from planledger.questions.sheet import Row, Sheet, load, units_bound

Parts = dict[str, set[str]]
"""The units that an amendment gave a part in each row, or took it from, by its code."""


class CalendarDay(NamedTuple):
    """One day of a calendar."""

    kind: str
    key: str  # code of the row, with the name of its stage or the first day of its period, or key of the filing
    day: str
    title: str
    units: tuple[str, ...]
    revision: int  # grows when the day may be another than before, and never shrinks
    former: frozenset[str]  # units that had a part in it and have none any more
    row: Row | None = None  # none of a filing
    stage: Stage | None = None  # where it is one
    is_lost: bool = False  # a new version has it no more, or the unit of this calendar has no part in it

    @property
    def is_cancelled(self) -> bool:
        """Whether its row is not carried on any more (终止) or ends before this period of it, or the unit has no part in it any more."""
        if self.is_lost or self.row is None:
            return self.is_lost
        is_behind = self.kind == PERIOD and "" < self.row.item.last_day < self.day
        return is_behind or self.row.judgement.standing == Standing.CANCELLED


class Calendar(NamedTuple):
    """The days of a plan, for its office or for one unit."""

    sheet: Sheet
    agency: str  # empty: the office, which sees all of them
    owner: str  # what the unit, or the office, is called
    events: tuple[CalendarDay, ...]


def calendars(ledger: LedgerAsOf) -> tuple[Calendar, ...]:
    """Gather the calendar of the office, then that of each unit that has a duty, in one view of the ledger.

    Whether a row is done is not in it: an event changes when its day does, and only then.
    """
    with ledger.store.snapshot():
        sheet = load(ledger)
        known = history(ledger).entries
        office, earlier = own_office(ledger), (*_earlier(ledger, known),)
    later = max(0, sum(one.kind == EntryKind.ADOPTION for one in known) - 1)  # versions behind the first
    amendments = [one for one in known if EntryKind.AMENDMENT in (one.kind, one.reversed_kind)]
    changed = Counter(one.code for one in amendments)
    of_units = sum(bool(one.agency) for one in amendments)
    parts: Parts = defaultdict(set)
    for one in amendments:
        if one.agency:
            parts[one.code].add(sheet.units.of(one.agency))

    def events_of(one: Sheet) -> tuple[CalendarDay, ...]:
        return (*_deadlines(one, changed, later, parts), *_filings(one, later + of_units, parts))

    events = _with_lost(events_of(sheet), chain.from_iterable(map(events_of, earlier)))
    units = [agency.name for agency in units_bound(sheet)]
    gone = {name for one in events for name in (*one.units, *one.former)}.difference(units)
    of_each = (Calendar(sheet, name, name, tuple(_of_unit(events, name))) for name in (*units, *sorted(gone)))
    return (Calendar(sheet, "", office, events), *(one for one in of_each if one.events))


def _of_unit(events: Iterable[CalendarDay], name: str) -> Iterable[CalendarDay]:
    """Return the events of one unit, those with which it has no more to do as lost."""
    for one in events:
        if name in one.former or name in one.units:
            yield one._replace(is_lost=name in one.former or one.is_lost)


def _earlier(ledger: LedgerAsOf, known: Iterable[Entry]) -> Iterable[Sheet]:
    """Load the annex by the versions of the plan that were in force before, the latest first."""
    for one in known:
        if one.kind == EntryKind.ADOPTION:
            version = version_in_force(ledger.store, ledger.plan.key, one.recorded_at)
            if version and version != ledger.plan:
                yield load(ledger._replace(plan=version))


def _with_lost(events: Sequence[CalendarDay], earlier: Iterable[CalendarDay]) -> tuple[CalendarDay, ...]:
    """Return the events with those of *earlier* versions that the plan has no more, and the units that these name and it does not."""
    known = {(one.kind, one.key): one for one in events}
    for one in earlier:
        now = known.setdefault((one.kind, one.key), one._replace(is_lost=True))
        known[now.kind, now.key] = now._replace(former=now.former.union(one.units).difference(now.units))
    return tuple(known.values())


def _deadlines(sheet: Sheet, changed: Counter[str], versions: int, parts: Parts) -> Iterable[CalendarDay]:
    """List the last days of the rows, of their stages, and of the periods of a rhythm (逐期); what has no day has no event."""
    for row in sheet.rows:
        item = row.item
        in_duty = {duty.agency: duty.is_group for duty in row.duties}
        units = tuple(agency for agency, is_group in in_duty.items() if not is_group)
        title, revision = f"{item.code} {item.title}", changed[item.code] + versions
        former = frozenset(parts[item.code].difference(units))
        whole = CalendarDay(DEADLINE, item.code, item.last_day, title, units, revision, former, row)
        if item.last_day:
            yield whole
        for one in row.progress.stages:
            own = tuple(unit for unit in one.units.split("、") if unit in in_duty)
            yield whole._replace(
                kind=STAGE,
                key=f"{item.code}/{one.name}",
                day=one.last_day,
                title=f"{item.code} {one.name}（{item.title}）",
                units=own or units,
                former=frozenset(one.units.split("、")).difference(own or units) if one.units else former,
                stage=one,
            )
        for period in row.progress.periods:
            if changed[item.code] or not "" < item.last_day < period.last_day:  # put into calendars before
                yield whole._replace(
                    kind=PERIOD,
                    key=f"{item.code}/{period.first_day}",
                    day=period.last_day,
                    title=f"{title}（{period.label}）",
                )


def _filings(sheet: Sheet, revision: int, parts: Parts) -> Iterable[CalendarDay]:
    """List the filings, which every unit but the office owes."""
    units = tuple(agency.name for agency in filers(sheet))
    former = frozenset(chain(*parts.values())).difference(units, sheet.plan.office_names)
    for one in sheet.filings:
        title = filing_task(one.label)
        yield CalendarDay(FILING, one.key, one.last_day, title, units, revision, former)
