"""How people type days and moments: many ways in, one text out, or the sentence that says why not."""

import re
from datetime import datetime
from typing import NamedTuple

from planledger.plan.days import CHINA, FIRST_YEAR, LAST_YEAR, last_day_of_month
from planledger.plan.phrases.texts import fold, quoted, squeeze

# Patterns are text: they are compiled when a day is read, and most commands read none.
_YEAR, _MONTH, _DAY = "(?P<year>[1-9][0-9]{3}|[1-9][0-9])", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_SHAPES = (
    f"(?:{_YEAR}年)?{_MONTH}月(?:{_DAY}[日号]?|份)?",
    f"(?:{_YEAR}(?P<mark>[-/.]))?{_MONTH}(?(mark)(?P=mark)|[-/.]){_DAY}[日号]?",
    f"(?P<year>[0-9]{{4}})[-/.年]{_MONTH}(?:月份?)?",
    "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    f"{_DAY}[日号]",
)
_TIME = (
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?:Z|[-+](?:(?:0[0-9]|1[0-3])(?::?[0-5][0-9])?|14(?::?00)?))?"
)
EXAMPLE_DAY = "2020-06-18"  # of no plan in particular; where there is one: example_day
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


class SpokenDay(NamedTuple):
    """What words say of a day or a month."""

    year: int = 0  # 0 where it is left out
    month: int = -1  # -1 where it is left out
    day: int = -1  # of a month alone

    @property
    def has_short_year(self) -> bool:
        """Whether the year has two digits."""
        return self.year in range(1, 100)

    @property
    def is_month(self) -> bool:
        """Whether it is a month alone."""
        return self.day < 0

    @property
    def text(self) -> str:
        """Write it as it should be typed, a short year as one of this century."""
        year = self.year + 2000 * self.has_short_year
        return f"{year}-{self.month:02}" + ("" if self.is_month else f"-{self.day:02}")


def example_day(year: int) -> str:
    """Return a day of *year*, that of a plan, for a sentence that says how a day is written."""
    return f"{year}-06-18"


def squeezed(text: str) -> str:
    """Return the words of a day without blanks, but for those between digits, which would become another number."""
    words = fold(text)
    return (words if re.search(r"[0-9]\s+[0-9]", words) else squeeze(words)).replace("。", ".")


def spoken_day(words: str) -> SpokenDay | None:
    """Read what words without blanks say of a day or a month; None where they are neither."""
    for shape in _SHAPES:
        match = re.fullmatch(shape, words)
        if match:
            return SpokenDay(
                **{name: int(part) for name, part in match.groupdict().items() if part and name != "mark"}
            )
    return None


def read_day(text: str) -> DayReading:
    """Read a day that carries its year, in any of the ways an office writes one."""
    words = squeezed(text)
    spoken = spoken_day(words)
    if not words:
        return DayReading("", f"没有写日期；{_HOW_DAY}。")
    if not (spoken and spoken.month >= 0 <= spoken.day):
        return DayReading("", f"日期{quoted(words)}看不懂；{_HOW_DAY}。")
    if not spoken.year:
        return DayReading("", f"日期{quoted(words)}没有写年份；请写上年份，如 {EXAMPLE_DAY}。")
    if spoken.has_short_year:
        return DayReading("", f"日期{quoted(words)}的年份不是四位；请写四位年份，如 {EXAMPLE_DAY}。")
    fault = calendar_fault(*spoken)
    return DayReading("", fault) if fault else DayReading(spoken.text, "")


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
    given = datetime.fromisoformat(f"{day}T{match[0]}")
    moment = given.replace(tzinfo=given.tzinfo or CHINA).astimezone(CHINA)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return MomentReading("", f"时间{quoted(words)}不在{FIRST_YEAR}年到{LAST_YEAR}年之间；请改写。")
    return MomentReading(moment.isoformat(timespec="microseconds"), "")


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
