"""Which dates come next (近期): last days, stages, periods, milestones and filings, each with the last working day before it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from planledger.plan.days import days_between, shift
from planledger.plan.model.rows import Duty
from planledger.plan.model.terms import MilestoneKind, Standing
from planledger.plan.people.contact import Contact
from planledger.questions.answers.filings import owing_filing
from planledger.questions.judge.standing import is_reached
from planledger.questions.sheet import Row, Sheet

SATURDAY = 5


class WorkingDay(NamedTuple):
    """The last working day up to a day, and from what it is known."""

    day: str
    weekday: str  # of the day itself: 周六
    by_holidays: bool  # holidays and worked weekends were taken into account


def last_working_day(day: str) -> WorkingDay:
    """Find the last working day up to and including *day*.

    The holiday table of the extra `calendar-cn` ends with the newest notice; for later years, and
    without the extra, Monday to Friday count, and the answer says so.
    """
    start = date.fromisoformat(day)
    weekday = "周" + "一二三四五六日"[start.weekday()]
    try:
        from chinese_calendar import is_workday

        return WorkingDay(next(filter(is_workday, _back_from(start))).isoformat(), weekday, by_holidays=True)
    except (ImportError, NotImplementedError):
        last = next(one for one in _back_from(start) if one.weekday() < SATURDAY)
        return WorkingDay(last.isoformat(), weekday, by_holidays=False)


def _back_from(day: date) -> Iterator[date]:
    return (day - timedelta(days=back) for back in count())


DEADLINE = "deadline"
MILESTONE = "milestone"
FILING = "filing"
PERIOD = "period"
STAGE = "stage"


class Coming(NamedTuple):
    """One date that comes."""

    as_of: str  # the day of the question
    day: str
    kind: str
    label: str
    row: Row | None  # None for a filing
    agencies: tuple[str, ...]  # the units that have still to act
    binding: bool = True

    @property
    def code(self) -> str:
        """The code of the item; empty for a filing."""
        return self.row.item.code if self.row else ""

    @property
    def days_left(self) -> int:
        """How many days are left until then."""
        return days_between(self.as_of, self.day)

    @property
    def working_day(self) -> WorkingDay:
        """The last working day on which anybody can still act."""
        return last_working_day(self.day)


class Upcoming(NamedTuple):
    """The dates of the next days, the nearest first."""

    sheet: Sheet
    days: int
    dates: tuple[Coming, ...]
    # whom to call in each unit, as far as anybody is known; None where that was not asked for
    contacts: dict[str, Contact] | None = None


def upcoming(sheet: Sheet, days: int, agencies: tuple[str, ...] = ()) -> Upcoming:
    """List what falls within *days* from the day of the sheet, that day included.

    Finished rows are left out but for their periods, and so are milestones that were reached. Filings concern every unit that files;
    one that all of the *agencies* have submitted completely is left out too.
    """
    until = shift(sheet.as_of, days)
    of_rows = (date for row in sheet.rows for date in _of_row(sheet.as_of, row, agencies))
    dates = [date for date in of_rows if sheet.as_of <= date.day <= until]
    dates += [
        Coming(sheet.as_of, filing.last_day, FILING, filing.label, None, units)
        for filing in sheet.filings
        if sheet.as_of <= filing.last_day <= until
        and ((units := owing_filing(sheet, filing, agencies)) or not agencies)
    ]
    dates.sort(key=lambda date: date.day)
    return Upcoming(sheet, days, tuple(dates))


def next_deadline(sheet: Sheet, rows: tuple[Row, ...]) -> Coming | None:
    """Find the nearest deadline of those *rows* that are not finished, or of a stage of them."""
    dates = (date for row in rows for date in _of_row(sheet.as_of, row, ()))
    to_come = (date for date in dates if date.kind in (DEADLINE, STAGE) and date.day >= sheet.as_of)
    return min(to_come, key=lambda date: date.day, default=None)


def _of_row(as_of: str, row: Row, agencies: tuple[str, ...]) -> Iterator[Coming]:
    """Yield every date of a row for which something has still to come; of a finished row these are its periods alone."""
    yield from _periods(as_of, row, agencies)
    is_finished = row.judgement.is_done or row.judgement.standing == Standing.CANCELLED
    if is_finished or (agencies and not any(map(row.duty_of, agencies))):
        return
    if row.item.last_day:
        units = _owing(row, agencies, row.owed_by)
        yield Coming(as_of, row.item.last_day, DEADLINE, row.item.title, row, units)
    for state in row.judgement.stages:
        if not state.met_on:
            label, units = f"{row.item.title}：{state.stage.name}", _owing(row, agencies, state.owed_by)
            yield Coming(as_of, state.stage.last_day, STAGE, label, row, units)
    for milestone in row.progress.milestones:
        if not is_reached(milestone, row.progress):
            units = _owing(row, agencies, row.owed_by, milestone.side)
            is_binding = milestone.kind == MilestoneKind.BINDING
            yield Coming(as_of, milestone.day, MILESTONE, milestone.label, row, units, is_binding)


def _periods(as_of: str, row: Row, agencies: tuple[str, ...]) -> Iterator[Coming]:
    """Yield the last days of the periods of a rhythm (逐期) for which something has still to come."""
    for state in row.judgement.periods:
        units = tuple(name for name in state.missing if name and (not agencies or name in agencies))
        if state.missing and (units or not agencies):
            label = f"{row.item.title}（{state.period.label}）"
            yield Coming(as_of, state.period.last_day, PERIOD, label, row, units)


def _owing(
    row: Row, agencies: tuple[str, ...], owed_by: Callable[[Duty], object], side: str = ""
) -> tuple[str, ...]:
    """Return which units, of the *agencies* that were asked about, have still to act on a row, or on one side's part."""
    duties = (duty for duty in row.duties if side in ("", duty.side) and owed_by(duty))
    return tuple(duty.agency for duty in duties if not agencies or duty.agency in agencies)
