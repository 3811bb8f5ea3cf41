"""Working days: by the State Council's holiday notices where the extra is installed, else Monday to Friday."""

from datetime import date, timedelta
from typing import NamedTuple

SATURDAY = 5


class WorkingDay(NamedTuple):
    """The last working day up to a day, and how it was found."""

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

        found = start
        while not is_workday(found):
            found -= timedelta(days=1)
        return WorkingDay(found.isoformat(), weekday, by_holidays=True)
    except (ImportError, NotImplementedError):
        found = start
        while found.weekday() >= SATURDAY:
            found -= timedelta(days=1)
        return WorkingDay(found.isoformat(), weekday, by_holidays=False)
