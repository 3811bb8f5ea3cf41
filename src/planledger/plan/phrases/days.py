"""How people write days, months and moments: many ways in, one text out, or the sentence that says why not.

One reader for every place in which a day is typed. Where words leave something out, the place says what is meant; what may
mean two days is refused with both. Whoever reads loosely shows what was read.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

from planledger.plan.days import CHINA, FIRST_YEAR, LAST_YEAR, last_day_of_month
from planledger.plan.phrases.spoken_days import (
    END,
    TENTHS,
    WEEKDAY,
    SpokenDay,
    calendar_fault,
    spoken_day,
    spoken_span,
    weekday_behind,
    written_out,
)
from planledger.plan.phrases.texts import fold, quoted, squeeze

# Where a day is typed, which decides what is meant by words that leave something out: when something happened; from which day
# on something counts (`--since` too); up to which day (`--as-of` too); by which day that is to come somebody answers; a whole
# month (`--period` too); a cell of a form, of which nobody knows when it was filled in, that of its footer for just this day,
# and one of a table, which has no month; where nothing may be left out.
WORK, FIRST, LAST, REPLY, MONTH = "--on", "--from", "--due", "--reply-by", "--month"
FORM, SIGNED, TABLE, WHOLE = _EARLIER = "form", "signed", "table", "whole"
_MAY_SPAN = (WORK, FORM, SIGNED)  # what lasted from one day to another is of its last day there
_UP_TO = LAST, REPLY  # a month alone is its last day
_WEEKDAYS = "一二三四五六日"


class DayReading(NamedTuple):
    """A day or a month as it was understood, or the sentence that says why it was not; one of the two is empty."""

    day: str
    fault: str
    choices: tuple[str, ...] = ()  # what to type instead of refused words
    span: str = ""  # the words, where they name a first and a last day
    is_loose: bool = False  # whether the words leave something out, or count from today


class DayPlace(NamedTuple):
    """Where a day is typed, and what is known there of what the words leave out."""

    place: str  # an option or a cell: WORK and its neighbours
    today: str  # from which 昨天 counts
    year: int = 0  # of the plan; 0 where no one plan is meant
    period: str = ""  # the month (YYYY-MM) of a form


def example_day(year: int) -> str:
    """Return a day of *year*, that of a plan, for a sentence that says how a day is written."""
    return f"{year}-06-18"


def read_day(text: str, year: int) -> DayReading:
    """Read a day that carries its year; *year* is that of a plan, for the example."""
    return read_typed_day(text, DayPlace(WHOLE, f"{year}-12-31", year))


def read_typed_day(text: str, where: DayPlace) -> DayReading:
    """Read a day, or a month, as it was typed; a day of the week behind it is that of the day, else it is refused."""
    words, weekday = weekday_behind(_squeezed(text))
    reading = _read_words(words, text, where)
    its_own = _WEEKDAYS[date.fromisoformat(reading.day).weekday()] if weekday and reading.day else weekday
    if its_own != weekday:
        return DayReading("", f"{reading.day} 是星期{its_own}，不是星期{weekday}；请核对。")
    return reading


def _read_words(words: str, text: str, where: DayPlace) -> DayReading:
    """Read *words* without blanks, of a *text* as it was typed."""
    place, today, year, period = where
    if place == MONTH:  # elsewhere 201112 may be a day of 2020
        words = re.sub("(20[0-9]{2})([0-9]{2})$", r"\1-\2", words)
    example = f"{period}-18" if period else example_day(year or int(today[:4]))
    if not words.isascii():
        refused = _of_part(words, where) or _of_no_week(words, where, example)
        if refused:
            return refused
    alone = spoken_day(words, today)
    first, last = (alone, alone) if alone else spoken_span(words)
    is_meant = last and last.month >= 0 and (last.day < 0 if place == MONTH else alone or place != WHOLE)
    if not (first and last and is_meant):
        how = f"年-月，如 {example[:7]}" if place == MONTH else f"年-月-日，如 {example}"
        return DayReading("", f"看不懂；请写成 {how}。")
    if last.is_counted and place in _EARLIER:
        return _unsettled(words, example)
    reading = _placed(last, where)
    if not alone:
        return _of_span(first, reading, text, place)
    is_exact = alone.year and not alone.is_counted and (alone.day in range(END) or place == MONTH)
    return reading._replace(is_loose=not is_exact)


def read_day_of_form(text: str, where: DayPlace, *, is_number: bool) -> DayReading:
    """Read a day of a form of a month, or of a table of a plan of a year; as a *number* a spreadsheet makes 6.1 of 6.10."""
    month, _, day = text.partition(".") if is_number else ("", "", "")
    year = _form_year(int(month), where.period) if day and where.period else where.year
    days = [SpokenDay(year, int(month), int(each)) for each in (day, f"{day}0") if day]
    if len(day) != 1 or _in_year(days[1], days[1].year).fault:
        return read_typed_day(text, where)
    names = "还是".join(f"{one.month}月{one.day}日" for one in days)
    full = tuple(_in_year(one, one.year).day for one in days)
    both = f"表格把 {text}0 也记成 {text}，分不清是{names}"
    return DayReading("", f"{both}；请写成 {' 或 '.join(full)}。", full)


def typed_year(text: str, today: str) -> str:
    """Return the year of a day or a month as it was typed, by which it chooses a plan; empty where words leave it out.

    What is counted from *today* has the year that it comes to.
    """
    if not text:
        return ""
    words, _ = weekday_behind(_squeezed(text))
    spoken = spoken_day(words, today) or spoken_span(words)[1]
    return str(spoken.year) if spoken and spoken.year else ""


def _squeezed(text: str) -> str:
    """Return the words of a day without blanks, but for those between digits, which would become another number."""
    words = fold(text)
    return (words if re.search(r"[0-9]\s+[0-9]", words) else squeeze(words)).replace("。", ".").rstrip(".")


def _of_span(first: SpokenDay, last: DayReading, text: str, place: str) -> DayReading:
    """Read two days as the *last* one, which was read already."""
    if last.fault:  # a line with the last day alone would lose the words
        choices, fault = list[str](), last.fault
        for day in last.choices if place in _MAY_SPAN else ():
            begin = _in_year(first, first.year or int(day[:4])).day
            if "" < begin <= day:
                choices.append(f"{begin}至{day}")
                fault = fault.replace(day, choices[-1])
        return last._replace(fault=fault, choices=tuple(choices))
    begin = _in_year(first, first.year or int(last.day[:4])).day
    if not "" < begin <= last.day:
        return DayReading("", f"{quoted(text)}的起止不对；请核对，跨年的两头都写上年份。")
    if place in _MAY_SPAN:
        return last._replace(span=fold(text), is_loose=True)
    both = (begin, last.day)
    return DayReading("", f"{quoted(text)}是两天，这里只写一天：{' 或 '.join(both)}。", both)


def _of_part(words: str, where: DayPlace) -> DayReading | None:
    """Refuse a part of a month (6月上旬), which is no day, with its first and its last one; None where the words are none."""
    place = where.place
    written = words if place in _EARLIER else written_out(words, where.today)
    match = re.fullmatch("(.+月份?)(初|中|(?:上|上?中|中?下)旬)", written)
    if place == MONTH or not match:
        return None
    month = read_typed_day(match[1], where._replace(place=place if place in _UP_TO else MONTH))
    if month.fault:
        return month._replace(choices=())  # they would be months
    year, number = map(int, month.day[:7].split("-"))
    letters = match[2].removesuffix("旬")
    days = TENTHS[letters[0]][0], TENTHS[letters[-1]][1]
    both = tuple(_in_year(SpokenDay(year, number, day), year).day for day in days)
    return DayReading("", f"{quoted(words)}不是一天，这里只写一天：{' 或 '.join(both)}。", both)


def _unsettled(words: str, example: str) -> DayReading:
    """Refuse words that mean another day on each day on which they are read."""
    return DayReading("", f"{quoted(words)}要看是哪一天写的；请写成 年-月-日，如 {example}。")


def _of_no_week(words: str, where: DayPlace, example: str) -> DayReading | None:
    """Refuse a day of no week (周五), with that of this one and of the one next to it; None where the words are none."""
    place, today = where.place, where.today
    if place == MONTH or not re.fullmatch(WEEKDAY, words):
        return None
    if place in _EARLIER:
        return _unsettled(words, example)
    days = (written_out(week + words, today) for week in ("本下" if place == REPLY else "上本"))
    possible = tuple(day for day in days if {WORK: day <= today, REPLY: day >= today}.get(place, True))
    return DayReading("", f"没有写是哪一周；请写成 {' 或 '.join(possible)}。", possible)


def _placed(spoken: SpokenDay, where: DayPlace) -> DayReading:
    """Read one day by where it was typed."""
    place, today, year, period = where
    this_year = int(today[:4])
    of_form = _form_year(spoken.month, period) if period else 0
    only = spoken.year or of_form or {LAST: year, WHOLE: year}.get(place)
    years = [only] if only else sorted({year or this_year, this_year})
    readings = [_in_year(spoken, one, is_last=place in _UP_TO) for one in years]
    days = [one.day[: 7 if place == MONTH else 10] for one in readings if one.day]
    if not days:
        return readings[0]
    if spoken.day < 0 and place in (WORK, *_EARLIER):
        return DayReading("", f"只写了月份；请写是哪一天，如 {days[0]}。")
    if spoken.is_short:
        return DayReading("", f"年份不是四位；请写成 {days[0]}。", (days[0],))
    is_of_form = days[0][:7] == period or (place == SIGNED and f"{period}-01" <= days[0])
    if spoken.year or (place == LAST and year) or is_of_form:
        return DayReading(days[0], "")
    if place in (LAST, *_EARLIER) and place != TABLE:
        last = days[0] if days[0] <= today or of_form else f"{years[0] - 1}{days[0][4:]}"
        outside = f"，又不在填报期 {period} 里" if period else ""
        return DayReading("", f"没有写年份{outside}；请写上年份，如 {last}。")
    return _chosen(days, where, _in_year(spoken, years[-1] + 1, is_last=True).day)


def _form_year(month: int, period: str) -> int:
    """Return the year in which a month is nearest to that of a form: 1月5日 on a form of December is of the next year."""
    year, of_form = map(int, period.split("-"))
    return year + round((of_form - month) / 12)


def _in_year(spoken: SpokenDay, year: int, *, is_last: bool = False) -> DayReading:
    """Return the day in a year, where the calendar has it; of a month alone its first day, or its *last* one."""
    fault = calendar_fault(year, spoken.month, spoken.day if 0 <= spoken.day < END else 1)
    if fault:
        return DayReading("", fault)
    if spoken.day == END or (is_last and spoken.day < 0):
        return DayReading(last_day_of_month(year, spoken.month), "")
    return DayReading(f"{year}-{spoken.month:02}-{max(spoken.day, 1):02}", "")


def _chosen(days: list[str], where: DayPlace, following: str) -> DayReading:
    """Read the one of the days that is not in the future, or for a reply not past; a month may be one that comes.

    Where a reply would be past on each of them, the day of the year *following* is to be typed; empty where the calendar has none.
    """
    place, today = where.place, where.today
    if place == REPLY:
        fitting = [day for day in days if day >= today]
    else:
        fitting = [day for day in days if day <= today] or (days if place == MONTH else [])
    if len(fitting) == 1:
        return DayReading(fitting[0], "")
    if fitting:
        return DayReading("", f"可以是 {'，也可以是 '.join(fitting)}；请写上年份。", tuple(fitting))
    if place != REPLY:
        return DayReading("", f"{days[0]} 还没有到（今天是 {today}）；请检查日期。")
    what, choices = (f"写上年份，如 {following}", (following,)) if following else ("检查日期", ())
    return DayReading("", f"{days[-1]} 已经过了（今天是 {today}）；请{what}。", choices)


_TIME = (
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?:Z|[-+](?:(?:0[0-9]|1[0-3])(?::?[0-5][0-9])?|14(?::?00)?))?"
)


def read_moment(text: str, year: int) -> tuple[str, str]:
    """Read a moment in ISO 8601: +08:00 where no offset is given, a bare day up to its very end.

    Returns:
        The moment as YYYY-MM-DDTHH:MM:SS.ffffff+08:00, or empty, and then the sentence that says why it was not understood.
    """
    day_words, *rest = re.split("[T ]", fold(text), maxsplit=1)
    reading = read_day(day_words, year)
    if reading.fault or not rest:
        return reading.day and f"{reading.day}T23:59:59.999999+08:00", reading.fault
    match = re.fullmatch(_TIME, rest[0].lstrip())
    if not match:
        example = f"{example_day(year)}T15:30"
        return "", f"时间看不懂；请写成 {example} 或 {example}:00+08:00（00:00到23:59）。"
    given = datetime.fromisoformat(f"{reading.day}T{match[0]}")
    moment = given.replace(tzinfo=given.tzinfo or CHINA).astimezone(CHINA)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return "", f"时间不在{FIRST_YEAR}年到{LAST_YEAR}年之间；请改写。"
    return moment.isoformat(timespec="microseconds"), ""
