"""Working days: by the State Council's holiday notices where the extra is installed, else Monday to Friday."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planledger.plan.days import days_between, shift
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

        last = start
        while not is_workday(last):
            last -= timedelta(days=1)
        return WorkingDay(last.isoformat(), weekday, by_holidays=True)
    except (ImportError, NotImplementedError):
        last = start
        while last.weekday() >= SATURDAY:
            last -= timedelta(days=1)
        return WorkingDay(last.isoformat(), weekday, by_holidays=False)


DEADLINE = "deadline"
MILESTONE = "milestone"
FILING = "filing"
PERIOD = "period"
STAGE = "stage"


class Coming(NamedTuple):
    """One date that comes, with the last working day on which anybody can still act."""

    day: str
    kind: str
    code: str  # item code; empty for a filing
    label: str
    days_left: int
    binding: bool
    working_day: WorkingDay
    row: Row | None
    agencies: tuple[str, ...]  # the units that have still to act


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
    dates: list[Coming] = []
    for row in sheet.rows:
        dates += _periods(sheet, row, agencies, until)
        if row.judgement.is_done or row.judgement.standing == Standing.CANCELLED:
            continue
        if agencies and not any(row.duty_of(agency) for agency in agencies):
            continue
        if sheet.as_of <= row.item.last_day <= until:
            units = _owing(row, agencies)
            dates.append(_coming(sheet, row.item.last_day, DEADLINE, row.item.title, row, units))
        dates += _stages(sheet, row, agencies, until)
        for milestone in row.progress.milestones:
            if sheet.as_of <= milestone.day <= until and not is_reached(milestone, row.progress):
                binding = milestone.kind == MilestoneKind.BINDING
                units = _owing(row, agencies, milestone.side)
                date = _coming(sheet, milestone.day, MILESTONE, milestone.label, row, units)
                dates.append(date._replace(binding=binding))
    dates += [
        _coming(sheet, filing.last_day, FILING, filing.label, None, units)
        for filing in sheet.filings
        if sheet.as_of <= filing.last_day <= until
        and ((units := owing_filing(sheet, filing, agencies)) or not agencies)
    ]
    dates.sort(key=lambda date: date.day)
    return Upcoming(sheet, days, tuple(dates))


def _periods(sheet: Sheet, row: Row, agencies: tuple[str, ...], until: str) -> Iterator[Coming]:
    """Yield the last days of the periods of a rhythm (逐期) for which something has still to come, of a finished row too."""
    for state in row.judgement.periods:
        units = tuple(name for name in state.missing if name and (not agencies or name in agencies))
        if state.missing and sheet.as_of <= state.period.last_day <= until and (units or not agencies):
            label = f"{row.item.title}（{state.period.label}）"
            yield _coming(sheet, state.period.last_day, PERIOD, label, row, units)


def _stages(sheet: Sheet, row: Row, agencies: tuple[str, ...], until: str) -> Iterator[Coming]:
    """Yield the last days of the stages of a row that are not met, with the units that have still to act."""
    for state in row.judgement.stages:
        if not state.met_on and sheet.as_of <= state.stage.last_day <= until:
            duties = (duty for duty in row.duties if not agencies or duty.agency in agencies)
            units = tuple(duty.agency for duty in duties if state.owed_by(duty))
            yield _coming(
                sheet, state.stage.last_day, STAGE, f"{row.item.title}：{state.stage.name}", row, units
            )


def next_deadline(sheet: Sheet, rows: tuple[Row, ...]) -> Coming | None:
    """Find the nearest deadline of those *rows* that are not finished, or of a stage of them."""
    unfinished = [
        row for row in rows if not row.judgement.is_done and row.judgement.standing != Standing.CANCELLED
    ]
    days = [row.item.last_day for row in unfinished]
    days += [one.stage.last_day for row in unfinished for one in row.judgement.stages if not one.met_on]
    to_come = [day for day in days if day >= sheet.as_of]
    return _coming(sheet, min(to_come), DEADLINE, "", None, ()) if to_come else None


def _owing(row: Row, agencies: tuple[str, ...], side: str = "") -> tuple[str, ...]:
    """Return which units, of the *agencies* that were asked about, have still to act on a row, or on one side's part."""
    duties = (duty for duty in row.progress.duties if side in ("", duty.side) and row.owed_by(duty))
    return tuple(duty.agency for duty in duties if not agencies or duty.agency in agencies)


def _coming(sheet: Sheet, day: str, kind: str, label: str, row: Row | None, units: tuple[str, ...]) -> Coming:
    code, left = row.item.code if row else "", days_between(sheet.as_of, day)
    return Coming(day, kind, code, label, left, True, last_working_day(day), row, units)
