"""What words say of a day or a month; where they were typed decides on what they leave out."""

import re
from datetime import date
from typing import NamedTuple

from planledger.plan.days import FIRST_YEAR, LAST_YEAR, last_day_of_month, shift
from planledger.plan.phrases.texts import SPELLED

# Patterns are text: they are compiled when a day is read, and most commands read none.
_ONE = "[一二三四五六七八九]"
NUMBER = f"(?:[0-9]{{1,2}}|三十一?|二?十{_ONE}?|{_ONE})"  # 一 to 三十一, nothing that only looks like it
_YEAR, _MONTH, _DAY = "(?P<year>[1-9][0-9]{3}|[1-9][0-9])", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_SHAPES = (
    rf"(?:{_YEAR}([-/.]))?{_MONTH}(?(2)\2|[/.]){_DAY}[日号]?",
    f"{_MONTH}-{_DAY}",  # 10-15日 would be two days
    f"(?:{_YEAR}年)?(?P<month>{NUMBER})月份?(?:(?P<day>{NUMBER}|[底末])[日号]?)?",
    f"(?P<year>[0-9]{{4}})[-/.年]{_MONTH}",
    "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    f"(?P<day>{NUMBER})[日号]",  # of the month that stands before it
)
END = 100  # a day that nobody can type
# The first and the last day of a part of a month, which is no day.
TENTHS = {"初": (1, 10), "上": (1, 10), "中": (11, 20), "下": (21, END)}
_YEAR_SPELLED = "[〇○零O0一二三四五六七八九]{4}(?=年)"  # 二〇一九年, as typed: 二O一九, 二0一九
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_WORDS = {"两": 2, "初": 1, "底": END, "末": END}  # of days, and of a month
_TO = "[-–—−~〜至到]{1,2}"
# from today's day, week, month or year; 今, 本, 这, 当 are that one
_STEPS = {"前": -2, "昨": -1, "去": -1, "上": -1, "明": 1, "下": 1, "后": 2}
_DAYS_OF_WEEK, _WEEK = "一二三四五六日天", "(?:周|星期|礼拜)"
WEEKDAY = f"{_WEEK}([{_DAYS_OF_WEEK}])"


class SpokenDay(NamedTuple):
    """What words say of a day or a month."""

    year: int = 0  # 0 where it is left out
    month: int = -1  # -1 where it is left out
    day: int = -1  # of a month alone
    is_short: bool = False  # its year has two digits
    is_counted: bool = False  # from today


def weekday_behind(words: str) -> tuple[str, str]:
    """Return a day without the day of the week behind it (11月18日(周一)), and its letter (一); empty where none is."""
    match = re.fullmatch(rf"(.*[0-9日号])\(?{WEEKDAY}\)?", words)
    return (match[1], match[2].replace("天", "日")) if match else (words, "")


def numeral(word: str) -> int:
    """Return the number that `NUMBER` has let through, that of 两天, or the day of 月初 and 月底."""
    return int(word) if word.isascii() else _WORDS.get(word) or SPELLED[word]


def in_digits(words: str) -> str:
    """Return words with each year that is spelled digit by digit (二〇一九年), and 元月, in digits."""
    return re.sub(_YEAR_SPELLED, lambda year: year[0].translate(_DIGITS), words).replace("元月", "1月")


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


def written_out(words: str, today: str) -> str:
    """Return words that count from *today* as what they come to: 昨天 as a day, 去年6月 as 2018年6月; others as they are."""
    year, month, _ = map(int, today.split("-"))
    step = _STEPS.get(words[:1], 0)
    of_year = re.fullmatch("[去今明本]年(.+)", words)
    of_month = re.fullmatch("(?:[上下本这当]个?月|月(?=[初底末中上下]))(.*)", words)
    of_week = re.fullmatch(f"[上下本这]个?{WEEKDAY}", words)
    days = re.fullmatch(f"([0-9]{{3}}|{NUMBER}|两)(天|个?{_WEEK})[以之]?([前后])", words)
    if of_year:
        return f"{year + step}年{of_year[1]}"
    if of_month:
        year, month = divmod(12 * year + month - 1 + step, 12)
        return f"{year}年{month + 1}月{of_month[1]}"
    if of_week:
        weekday = min(_DAYS_OF_WEEK.index(of_week[1]), 6)
        return shift(today, 7 * step + weekday - date.fromisoformat(today).weekday())
    if days:
        length = (1 if days[2] == "天" else 7) * (1 if days[3] == "后" else -1)
        return shift(today, numeral(days[1]) * length)
    return shift(today, step) if re.fullmatch("[前昨今明后][天日]", words) else words


def spoken_day(words: str, today: str) -> SpokenDay | None:
    """Read one day or month, also one that counts from *today*."""
    spoken = _absolute(words)
    if spoken:
        return spoken
    counted = _absolute(written_out(words, today))
    return counted and counted._replace(is_counted=True)


def _absolute(words: str) -> SpokenDay | None:
    """Read what words without blanks say of one day or month; None where they are neither."""
    digits = words if words.isascii() else in_digits(words)
    for shape in _SHAPES:
        match = re.fullmatch(shape, digits)
        if match:
            parts = {name: numeral(part) for name, part in match.groupdict().items() if part}
            year = parts.get("year", 0)
            is_short = year in range(1, 100)
            return SpokenDay(year + 2000 * is_short, parts.get("month", -1), parts.get("day", -1), is_short)
    return None


def spoken_span(words: str) -> tuple[SpokenDay, SpokenDay] | tuple[None, None]:
    """Read a first and a last day; what the last one leaves out is as the first has it."""
    for mark in re.finditer(_TO, words):
        first, last = _absolute(words[: mark.start()]), _absolute(words[mark.end() :])
        if first and last and first.month >= 0 and min(first.day, last.day) >= 0:
            month = first.month if last.month < 0 else last.month
            return first, last._replace(year=last.year or first.year, month=month)
    return None, None
