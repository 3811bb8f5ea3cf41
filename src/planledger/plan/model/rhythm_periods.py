"""The periods of a rhythm that obliges (逐期): each month, each quarter, each week, and the day by which each is to be reported.

A period is one of the calendar, whatever day in it is the last one in time: what is dated in March counts for March.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from planledger.plan.days import last_day_of_month, shift
from planledger.plan.model.rows import Filing, Rhythm

WEEK = "week"
_NAMES = {3: ("一季度", "二季度", "三季度", "四季度"), 6: ("上半年", "下半年"), 12: ("全年",)}
_OF_PERIOD = "/"  # between the key of a filing, the first day of one of its periods and the last one


class RhythmPeriod(NamedTuple):
    """One period of a rhythm: what is dated in it counts for it, and is in time up to its last day."""

    label: str  # 3月, 一季度, 3月21日至27日
    first_day: str
    end: str  # the last day that belongs to it
    last_day: str  # the last day that is in time


class PeriodicFiling(NamedTuple):
    """A filing that is asked in each period of a rhythm (逐期报送)."""

    filing: Filing  # as the plan has it
    rhythm: Rhythm
    of_periods: tuple[Filing, ...]  # one for each period, by its own key and label


def periodic_filings(filings: Iterable[Filing], rhythms: Iterable[Rhythm]) -> tuple[PeriodicFiling, ...]:
    """Return the filings that have a rhythm, in the order of the plan."""
    known = {one.filing: one for one in rhythms if one.filing}
    return tuple(_periodic(one, known[one.key]) for one in filings if one.key in known)


def _periodic(filing: Filing, rhythm: Rhythm) -> PeriodicFiling:
    key, label = filing.key + _OF_PERIOD, filing.label
    several = (
        filing._replace(
            key=f"{key}{one.first_day}{_OF_PERIOD}{one.end}",
            label=f"{label}（{one.label}）",
            last_day=one.last_day,
        )
        for one in periods_of(rhythm)
    )
    return PeriodicFiling(filing, rhythm, tuple(several))


def first_day(filing: Filing) -> str:
    """Return on which day the period of a filing begins; empty where it has none and may come at any time."""
    return filing.key.partition(_OF_PERIOD)[2].partition(_OF_PERIOD)[0]


def of_day(filings: Sequence[Filing], day: str) -> Filing:
    """Return which of the *filings* of several periods a day belongs to; before the first period the first one."""
    begun = [filing for filing in filings if first_day(filing) <= day]
    return (begun or filings)[-1 if begun else 0]


def by_period(filings: Sequence[Filing], rhythms: Iterable[Rhythm]) -> tuple[Filing, ...]:
    """Return everything that may be filed: in place of a filing with a rhythm that of each of its periods."""
    known = {one.filing.key: one.of_periods for one in periodic_filings(filings, rhythms)}
    return tuple(each for one in filings for each in known.get(one.key, (one,)))


def periods_of(rhythm: Rhythm) -> tuple[RhythmPeriod, ...]:
    """Return the periods of a rhythm whose last day is in its time, in their order."""
    several = (
        RhythmPeriod(_label(start, end), start, end, _day_in(rhythm, start)) for start, end in _spans(rhythm)
    )
    return tuple(one for one in several if rhythm.first_day <= one.last_day <= rhythm.last_day)


def _spans(rhythm: Rhythm) -> Iterator[tuple[str, str]]:
    """Yield the first and the last day of each stretch of the calendar in which the rhythm comes once round."""
    if rhythm.every == WEEK:
        day = shift(rhythm.first_day, -date.fromisoformat(rhythm.first_day).weekday())
        while day <= rhythm.last_day:
            yield day, shift(day, 6)
            day = shift(day, 7)
        return
    size = int(rhythm.every)
    for year in range(int(rhythm.first_day[:4]), int(rhythm.last_day[:4]) + 1):
        for month in range(1, 13, size):
            yield f"{year}-{month:02}-01", last_day_of_month(year, month + size - 1)


def _day_in(rhythm: Rhythm, start: str) -> str:
    """Return the last day in time of the stretch that begins on a day; a month without a 31st ends with its last."""
    if rhythm.every == WEEK:
        return shift(start, int(rhythm.day) - 1)
    month, day = map(int, rhythm.day.split("-"))
    last = last_day_of_month(int(start[:4]), int(start[5:7]) + month - 1)
    return min(f"{last[:8]}{day:02}", last)


def _label(first: str, last: str) -> str:
    month, end = int(first[5:7]), int(last[5:7])
    size = end - month + 1
    if not first.endswith("-01") or last != last_day_of_month(int(last[:4]), end):
        of_month = "" if month == end else f"{end}月"
        return f"{month}月{int(first[8:])}日至{of_month}{int(last[8:])}日"
    if size in _NAMES:
        return _NAMES[size][month // size]
    return f"{month}月" if month == end else f"{month}至{end}月"
