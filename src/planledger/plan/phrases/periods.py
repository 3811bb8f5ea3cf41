"""Days and periods of the calendar as the words of 完成时限 name them: each form once, and the days that its parts mean."""

import re
from typing import NamedTuple

from planledger.plan.days import last_day_of_month
from planledger.plan.phrases.spoken_days import NUMBER, TENTHS, calendar_fault, numeral
from planledger.plan.phrases.texts import UnreadablePhrase, quoted
from planledger.plan.phrases.undated import DeadlineKind

_YEAR = "(?P<year>(?:[0-9]{4}|[今本当明次翌来])年度?)?"
_END_YEAR = _YEAR.replace("year", "end_year")
DASH = "(?:[-−–—―─~〜]{1,2}|至|到)"
_HALVES = {"上": 1, "下": 2}
_SIZES = {DeadlineKind.MONTH: 1, DeadlineKind.QUARTER: 3, DeadlineKind.HALF_YEAR: 6, DeadlineKind.YEAR: 12}
REVERSED = "完成时限{}前后颠倒；跨年请写成“11月至次年3月”。"
_LOST_ZERO = "可以是1月，也可以是10月（表格会把 .10 变成 .1）；请写成“{0}年1月”或者“{0}年10月”。"

# Each form of a day or a period of the calendar.
_FORMS = {
    f"{_YEAR}(?P<number>{NUMBER})月份?": DeadlineKind.MONTH,
    "(?P<year>[0-9]{4})[-/.](?P<number>[0-9]{1,2})(?![0-9])": DeadlineKind.MONTH,
    f"{_YEAR}(?P<number>{NUMBER})月(?P<day>{NUMBER})[日号]": DeadlineKind.DAY,
    "(?P<year>[0-9]{4})([-/.])(?P<number>[0-9]{1,2})\\2(?P<day>[0-9]{1,2})": DeadlineKind.DAY,
    "(?P<year>[0-9]{4})(?P<number>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])": DeadlineKind.DAY,
    f"{_YEAR}(?P<number>{NUMBER})(?:月份?)?{DASH}{_END_YEAR}(?P<end>{NUMBER})月份?": DeadlineKind.MONTH,
    f"{_YEAR}(?P<number>{NUMBER})月(?P<day>{NUMBER})[日号]?{DASH}{_END_YEAR}(?:(?P<end>{NUMBER})月)?(?P<end_day>{NUMBER})[日号]": DeadlineKind.DAY,
    "(?P<year>[0-9]{4})([-/.])(?P<number>[0-9]{1,2})\\2(?P<day>[0-9]{1,2})(?:[-–—―─~〜]|至|到)"
    "(?:(?P<end_year>[0-9]{4})\\2)?(?P<end>[0-9]{1,2})\\2(?P<end_day>[0-9]{1,2})": DeadlineKind.DAY,
    f"{_YEAR}(?P<number>{NUMBER})月份?(?P<part>[上中]?[上中下])旬": DeadlineKind.TEN_DAYS,
    f"{_YEAR}第?(?P<number>[1-4一二三四])季度": DeadlineKind.QUARTER,
    f"{_YEAR}(?:第?(?P<number>[1-4一二三四])(?:季度)?{DASH}第?|前)(?P<end>[1-4一二三四两])个?季度": DeadlineKind.QUARTER,
    f"{_YEAR}第?(?P<number>一(?=、第?二)|二(?=、第?三)|三(?=、第?四))、第?(?P<end>[二三四])季度": DeadlineKind.QUARTER,
    f"{_YEAR}[Qq](?P<number>[1-4])": DeadlineKind.QUARTER,
    f"{_YEAR}(?P<number>[上下])半年": DeadlineKind.HALF_YEAR,
    f"{_YEAR}(?:全年度?|年度?)": DeadlineKind.YEAR,
    f"(?P<year>[0-9]{{4}})年?{DASH}(?P<end_year>[0-9]{{4}})年度?": DeadlineKind.YEAR,
    "(?P<year>(?:[0-9]{4}|[今本当明次翌来])年度?)": DeadlineKind.YEAR,
    '[“"]?十(?P<plan>[一二三四五六七八九])五[”"]?(?:规划)?(?:期间|时期|期)?': DeadlineKind.YEAR,
}
_END_OF_TENTH, _YEARS_OF_PLAN = 2005, 5  # 十五 ends with 2005


class Period(NamedTuple):
    """A stretch of days that words name; a single day is one too."""

    kind: DeadlineKind
    first: str
    last: str


def period_in(core: str, year: int) -> tuple[str, Period | None]:
    """Return the longest beginning of *core* that has a form, and its days in a plan of *year*; none where nothing has one.

    Raises:
        UnreadablePhrase: the calendar has no such day, the last comes before the first, or a nought may be lost.
    """
    matches = [(match, kind) for form, kind in _FORMS.items() if (match := re.match(form, core))]
    if not matches:
        return "", None
    match, kind = max(matches, key=lambda each: each[0].end())
    if re.fullmatch(r"[0-9]{4}\.1", match[0]):
        raise UnreadablePhrase(f"完成时限{quoted(match[0])}{_LOST_ZERO.format(match['year'])}")
    period = _days_of(kind, match.groupdict(""), year)
    if period.first > period.last:
        raise UnreadablePhrase(REVERSED.format(quoted(match[0])))
    return match[0], period


def _days_of(kind: DeadlineKind, words: dict[str, str], year: int) -> Period:
    """Return the first and the last day that the parts of a form name.

    Of a quarter or a half year the number says which of the year it is; a day is in time itself, with 前 as without.
    """
    size = _SIZES.get(kind, 1)
    first_year = _year(words.get("year", ""), year)
    last_year = _year(words["end_year"], year) if words.get("end_year") else first_year
    if words.get("plan"):
        last_year = _END_OF_TENTH + _YEARS_OF_PLAN * numeral(words["plan"])
        first_year = last_year - _YEARS_OF_PLAN + 1
    number, day = words.get("number") or "一", words.get("day") or "一"
    first_month, last_month = size * _number(number) - size + 1, size * _number(words.get("end") or number)
    first_day, last_day = _number(day), _number(words.get("end_day") or day)
    fault = calendar_fault(first_year, first_month, first_day) or calendar_fault(
        last_year, last_month, last_day
    )
    if fault:
        raise UnreadablePhrase(fault)
    first, last = f"{first_year}-{first_month:02}-{first_day:02}", last_day_of_month(last_year, last_month)
    if kind is DeadlineKind.DAY:
        last = f"{last[:8]}{last_day:02}"
    if kind is DeadlineKind.TEN_DAYS:
        begin, end = TENTHS[words["part"][0]][0], TENTHS[words["part"][-1]][1]
        first, last = f"{first[:8]}{begin:02}", f"{last[:8]}{min(end, int(last[8:]))}"
    return Period(kind, first, last)


def _year(word: str, year: int) -> int:
    """Resolve the word for the year; without one it is the plan's."""
    if not word or word[0] in "今本当":
        return year
    return year + 1 if word[0] in "明次翌来" else int(word[:4])


def _number(word: str) -> int:
    """Resolve a number that the grammar has let through; the halves of a year are the 上 and the 下 one."""
    return _HALVES.get(word) or numeral(word)
