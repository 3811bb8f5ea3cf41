"""How people type days and moments: many ways in, one text out, or the sentence that says why not."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from planledger.plan.days import CHINA, FIRST_YEAR, LAST_YEAR, last_day_of_month
from planledger.plan.phrases.texts import fold, quoted

# Patterns are text: they are compiled when a day is read, and most commands read none.
_DAY = (
    r"(?P<year>[0-9]{4})(?:"
    r"(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|年(?P<month_cn>[0-9]{1,2})月(?P<day_cn>[0-9]{1,2})[日号]"
    r"|(?P<month_plain>[0-9]{2})(?P<day_plain>[0-9]{2}))"
)
_SHORT_YEAR = r"[0-9]{1,2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}[日号]?)"
_NO_YEAR = r"[0-9]{1,2}(?:月[0-9]{1,2}[日号]?|[-/.][0-9]{1,2})"
_TIME = (
    r"(?P<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?)"
    r"(?:Z|(?P<sign>[-+])(?:(?P<hours>0[0-9]|1[0-3])(?::?(?P<minutes>[0-5][0-9]))?|14(?::?00)?))?"
)
EXAMPLE_DAY = "2020-06-18"  # of no plan in particular
_HOW_DAY = f"请写成 年-月-日，如 {EXAMPLE_DAY}"
_HOW_MOMENT = f"请写成 {EXAMPLE_DAY}T15:30 或 {EXAMPLE_DAY}T15:30:00+08:00（00:00到23:59）"


class DayReading(NamedTuple):
    """A day as it was understood, or the sentence that says why it was not; one of the two is empty."""

    day: str
    fault: str


class MomentReading(NamedTuple):
    """A moment as it was understood, or the sentence that says why it was not."""

    moment: str  # YYYY-MM-DDTHH:MM:SS.ffffff+08:00
    fault: str


def read_day(text: str) -> DayReading:
    """Read a day that carries its year, in any of the ways an office writes one."""
    words = fold(text)
    match = re.fullmatch(_DAY, words)
    if match:
        year = int(match["year"])
        month = int(match["month"] or match["month_cn"] or match["month_plain"])
        day = int(match["day"] or match["day_cn"] or match["day_plain"])
        fault = calendar_fault(year, month, day)
        return DayReading("", fault) if fault else DayReading(date(year, month, day).isoformat(), "")
    if not words:
        return DayReading("", f"没有写日期；{_HOW_DAY}。")
    if re.fullmatch(_NO_YEAR, words):
        return DayReading("", f"日期{quoted(words)}没有写年份；请写上年份，如 {EXAMPLE_DAY}。")
    if re.fullmatch(_SHORT_YEAR, words):
        return DayReading("", f"日期{quoted(words)}的年份不是四位；请写四位年份，如 {EXAMPLE_DAY}。")
    return DayReading("", f"日期{quoted(words)}看不懂；{_HOW_DAY}。")


def read_moment(text: str) -> MomentReading:
    """Read a moment in ISO 8601: +08:00 where no offset is given, a bare day up to its very end."""
    words = fold(text)
    day_words, mark, time_words = words.partition("T")
    if not mark:
        day_words, mark, time_words = words.partition(" ")
    day, fault = read_day(day_words)
    if fault:
        return MomentReading("", fault)
    if not mark:
        return MomentReading(f"{day}T23:59:59.999999+08:00", "")
    match = re.fullmatch(_TIME, time_words.lstrip())
    if not match:
        return MomentReading("", f"时间{quoted(words)}看不懂；{_HOW_MOMENT}。")
    clock, _, fraction = match["clock"].partition(".")
    given = datetime.fromisoformat(f"{day}T{clock}.{fraction:0<6}" if fraction else f"{day}T{clock}")
    moment = given.replace(tzinfo=_offset(match)).astimezone(CHINA)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return MomentReading("", f"时间{quoted(words)}不在{FIRST_YEAR}年到{LAST_YEAR}年之间；请改写。")
    return MomentReading(moment.isoformat(timespec="microseconds"), "")


def _offset(match: re.Match[str]) -> timezone:
    """Read the offset of a moment."""
    if match[0].endswith("Z"):
        return UTC
    if not match["sign"]:
        return CHINA
    offset = timedelta(hours=int(match["hours"] or 14), minutes=int(match["minutes"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset)


def calendar_fault(year: int, month: int, day: int) -> str:
    """Return why the calendar has no such day; empty where it has."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"年份{year}不在{FIRST_YEAR}到{LAST_YEAR}之间；请改写年份。"
    if month not in range(1, 13):
        return f"没有{month}月；月份请写1到12。"
    last = int(last_day_of_month(year, month)[-2:])
    if day not in range(1, last + 1):
        return f"{year}年{month}月没有{day}日，该月最后一天是{last}日；请改写日期。"
    return ""
