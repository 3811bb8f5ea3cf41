"""Days and months as people type them: without the year, counted from today (昨天), a month alone, from one day to another.

One reader for every place in which a day is typed. Where words leave something out, the place says what is meant; what may
mean two days is refused with both. Whoever reads loosely shows what was read.
"""

import re
from datetime import date
from typing import NamedTuple

from planledger.plan.days import last_day_of_month, shift
from planledger.plan.phrases.days import SpokenDay, calendar_fault, read_day, spoken_day, squeezed
from planledger.plan.phrases.texts import fold, quoted

# Where a day is typed, which decides what is meant by words that leave something out: when something happened; from which day
# on something counts (`--since` too); up to which day (`--as-of` too); a whole month (`--period` too); a cell of a form, of
# which nobody knows when it was filled in.
WORK, FIRST, LAST, MONTH, FORM = "--on", "--from", "--due", "--month", "form"


class TypedDay(NamedTuple):
    """A day or a month as it was understood, or the sentence that says why it was not; one of the two is empty."""

    day: str
    fault: str
    choices: tuple[str, ...] = ()  # what to type instead of refused words
    span: str = ""  # the words, where they name a first and a last day


_TO = "[-–—−~〜至到]{1,2}"
_DAYS_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_WEEK = "一二三四五六日一二三四五六天"


def read_typed_day(text: str, place: str, today: str, year: int, period: str = "") -> TypedDay:
    """Read a day as it was typed.

    Args:
        text: the words.
        place: where they were typed.
        today: from which 昨天 counts.
        year: of the plan; 0 where no one plan is meant.
        period: the month (YYYY-MM) of a form.
    """
    words = squeezed(text)
    counted = _counted(words, today)
    if counted and place == FORM:
        return TypedDay("", f"{quoted(words)}要看是哪一天写的；请写成 年-月-日，如 {period}-18。")
    alone = counted or spoken_day(words)
    first, last = (alone, alone) if alone else _span(words)
    if not (first and last and last.month >= 0):
        return TypedDay("", read_day(text).fault)
    reading = _placed(last, place, today, year, period)
    if alone or reading.fault:
        return reading if alone else reading._replace(choices=())  # the words would be lost
    begin = first if first.year else first._replace(year=int(reading.day[:4]))
    if calendar_fault(*begin) or begin.text > reading.day:
        return TypedDay("", f"{quoted(words)}的起止不对；请核对，跨年的两头都写上年份。")
    if place in (WORK, FORM):
        return reading._replace(span=fold(text))
    both = (begin.text, reading.day)
    return TypedDay("", f"{quoted(words)}是两天，这里只写一天：{' 或 '.join(both)}。", both)


def read_typed_month(text: str, today: str, year: int) -> TypedDay:
    """Read a month as it was typed, as YYYY-MM; *year* is that of the plan, 0 where no one plan is meant."""
    words = squeezed(text)
    month = _counted(words, today) or spoken_day(words)
    if month is None or not month.is_month or month.month not in range(1, 13):
        return TypedDay("", "看不懂；请写成 年-月，如 2020-06。")
    return _placed(month, MONTH, today, year, "")


def read_day_of_form(text: str, today: str, period: str, *, is_number: bool) -> TypedDay:
    """Read a day of a form of the month *period*; a spreadsheet that takes it for a *number* makes 6.1 of 6.10."""
    month, _, day = text.partition(".") if is_number else ("", "", "")
    days = [SpokenDay(int(period[:4]), int(month), int(each)) for each in (day, f"{day}0") if day]
    if len(day) != 1 or calendar_fault(*days[1]):
        return read_typed_day(text, FORM, today, 0, period)
    names = " 或 ".join(f"{one.month}月{one.day}日" for one in days)
    full = tuple(one.text for one in days)
    return TypedDay("", f"表格把 {text}0 也记成 {text}，分不清是 {names}；请写成 {' 或 '.join(full)}。", full)


def year_in(text: str) -> str | None:
    """Return the year that was typed with a day or a month; empty where it is left out, None where the text is neither.

    A day without its year chooses no plan.
    """
    words = squeezed(text)
    spoken = SpokenDay() if _counted(words, "2000-01-01") else spoken_day(words) or _span(words)[1]
    return spoken and (spoken.text[:4] if spoken.year else "")


def _counted(words: str, today: str) -> SpokenDay | None:
    """Count a day, or a month, from *today*."""
    ago = re.fullmatch("([0-9]{1,3})天[以之]?前", words)
    week = re.fullmatch("([上本这])个?(?:周|星期|礼拜)([一二三四五六日天])", words)
    month = re.fullmatch("([上本这当])个?月([底末]?)", words)
    if month:
        year, number = divmod(12 * int(today[:4]) + int(today[5:7]) - 1 - (month[1] == "上"), 12)
        return SpokenDay(year, number + 1, int(last_day_of_month(year, number + 1)[8:]) if month[2] else -1)
    n = int(ago[1]) if ago else _DAYS_AGO.get(words)
    if week:
        n = date.fromisoformat(today).weekday() - _WEEK.index(week[2]) % 7 + 7 * (week[1] == "上")
    return None if n is None else SpokenDay(*map(int, shift(today, -n).split("-")))


def _span(words: str) -> tuple[SpokenDay, SpokenDay] | tuple[None, None]:
    """Read a first and a last day; what the last one leaves out is as the first has it."""
    for mark in re.finditer(_TO, words):
        first, last = spoken_day(words[: mark.start()]), spoken_day(words[mark.end() :])
        if first and last and first.month >= 0 and not (first.is_month or last.is_month):
            month = first.month if last.month < 0 else last.month
            return first, last._replace(year=last.year or first.year, month=month)
    return None, None


def _placed(spoken: SpokenDay, place: str, today: str, year: int, period: str) -> TypedDay:
    """Read one day by where it was typed."""
    if spoken.has_short_year:
        return TypedDay("", f"年份不是四位；请写成 {spoken.text}。", (spoken.text,))
    this_year = int(today[:4])
    only = spoken.year or {LAST: year, FORM: int(period[:4] or 0)}.get(place)
    years = [only] if only else sorted({year or this_year, this_year})
    faults = [calendar_fault(one, spoken.month, 1 if spoken.is_month else spoken.day) for one in years]
    days = [_day_in(one, spoken, place) for one, fault in zip(years, faults, strict=True) if not fault]
    if not days:
        return TypedDay("", faults[0])
    if spoken.is_month and place in (WORK, FORM):
        return TypedDay("", f"只写了月份；请写是哪一天，如 {days[0]}。")
    if spoken.year or (place == LAST and year) or days[0][:7] == period:
        return TypedDay(days[0], "")
    if place in (LAST, FORM):
        last = days[0] if days[0] <= today else f"{years[0] - 1}{days[0][4:]}"
        outside = f"，又不在填报期 {period} 里" if period else ""
        return TypedDay("", f"没有写年份{outside}；请写上年份，如 {last}。")
    return _past(days, today, is_month=place == MONTH)


def _past(days: list[str], today: str, *, is_month: bool) -> TypedDay:
    """Read the one of the days that is not in the future; a month may be one that comes."""
    past = [day for day in days if day <= today] or (days if is_month else [])
    if len(past) == 1:
        return TypedDay(past[0], "")
    doubt = f"可以是 {'，也可以是 '.join(past)}；请写上年份。"
    return TypedDay("", doubt if past else f"{days[0]} 还没有到（今天是 {today}）；请检查日期。", tuple(past))


def _day_in(year: int, spoken: SpokenDay, place: str) -> str:
    """Return the day in a year; of a month alone its first or its last, where it is no month that is asked for."""
    if place == MONTH or not spoken.is_month:
        return spoken._replace(year=year).text
    return last_day_of_month(year, spoken.month) if place == LAST else f"{year}-{spoken.month:02}-01"
