"""Days and moments as the office writes them, kept as text in +08:00.

A day is text `YYYY-MM-DD` and a moment is text of fixed width, so that both sort as they follow each
other. Nothing here asks what day it is today.
"""

from datetime import date, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1900, 2999
LATEST = "9999"  # sorts after every day and every moment


def last_day_of_month(year: int, month: int) -> str:
    """Return the last day of a month, as text like every day."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()


def days_between(first: str, second: str) -> int:
    """Count the days from *first* to *second*; negative where *second* is the earlier one."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def shift(day: str, n: int) -> str:
    """Return the day *n* days after *day*, or before it where *n* is negative."""
    return (date.fromisoformat(day) + timedelta(days=n)).isoformat()


def work_day_fault(day: str, year: int, today: str, *, of_stock: bool) -> str:
    """Return why nothing of a plan can have happened on *day*; empty where it can: not in the future, not before its year.

    A stock may be dated on the last day of the year before: that is where it starts from.
    """
    first = f"{year}-01-01"
    if day > today:
        return f"还没有到（今天是 {today}）；请写事情发生的那一天。"
    if day < (shift(first, -1) if of_stock else first):
        return f"在方案年度{year}年之前；请检查年份。"
    return ""


def spoken(day: str, year: int | None = None) -> str:
    """Write *day* as people write it in a sentence: 2020年11月30日, or 11月30日 where *year* is understood."""
    text = f"{int(day[5:7])}月{int(day[8:])}日"
    return text if day[:4] == f"{year}" else f"{int(day[:4])}年{text}"


def short_day(day: str, year: int) -> str:
    """Write *day* in as few columns as it takes: 11-30 where it is in *year*, which is understood."""
    return day[5:] if day[:4] == str(year) else day


def to_the_minute(moment: str) -> str:
    """Write *moment* as people read it: 2019-06-18 09:30."""
    return moment[:16].replace("T", " ")
