"""The days of a plan for a calendar (日历): last days, stages, periods and filings, of the whole office or of one unit."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.model.rows import Stage
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.answers.filings import filers
from planledger.questions.answers.history import history
from planledger.questions.answers.upcoming import DEADLINE, FILING, PERIOD, STAGE
from planledger.questions.facts.office import own_office
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.judge.filings import filing_task
from planledger.questions.sheet import Row, Sheet, load, units_bound


class CalendarDay(NamedTuple):
    """One day of a calendar."""

    kind: str
    key: str  # code of the row, with the name of its stage or the first day of its period, or key of the filing
    day: str
    title: str
    units: tuple[str, ...]
    revision: int  # grows when the day may be another than before, and never shrinks
    row: Row | None = None  # none of a filing
    stage: Stage | None = None  # where it is one

    @property
    def is_cancelled(self) -> bool:
        """Whether its row is not carried on any more (终止), or ends before this period of it."""
        if self.row is None:
            return False
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
        office = own_office(ledger)
    later = max(0, sum(one.kind == EntryKind.ADOPTION for one in known) - 1)  # versions behind the first
    changed = Counter(one.code for one in known if EntryKind.AMENDMENT in (one.kind, one.reversed_kind))
    events = (*_deadlines(sheet, changed, later), *_filings(sheet, later))
    units = [agency.name for agency in units_bound(sheet)]
    of_units = (
        Calendar(sheet, name, name, tuple(one for one in events if name in one.units)) for name in units
    )
    return (Calendar(sheet, "", office, events), *(one for one in of_units if one.events))


def _deadlines(sheet: Sheet, changed: Counter[str], versions: int) -> Iterable[CalendarDay]:
    """List the last days of the rows, of their stages, and of the periods of a rhythm (逐期); what has no day has no event."""
    for row in sheet.rows:
        item = row.item
        in_duty = {duty.agency: duty.is_group for duty in row.duties}
        units = tuple(agency for agency, is_group in in_duty.items() if not is_group)
        title, revision = f"{item.code} {item.title}", changed[item.code] + versions
        whole = CalendarDay(DEADLINE, item.code, item.last_day, title, units, revision, row)
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


def _filings(sheet: Sheet, versions: int) -> Iterable[CalendarDay]:
    """List the filings, which every unit but the office owes."""
    units = tuple(agency.name for agency in filers(sheet))
    for one in sheet.filings:
        yield CalendarDay(FILING, one.key, one.last_day, filing_task(one.label), units, versions)
