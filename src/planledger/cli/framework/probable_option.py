"""The option that a word without one was probably meant for, by what the plan and the calendar know the word as."""

import re
from collections.abc import Collection, Iterator
from itertools import chain

from planledger.plan.model.terms import Standing
from planledger.plan.people.contact import name_fault, phone_fault
from planledger.plan.phrases.days import LAST, MONTH, DayPlace, read_typed_day
from planledger.plan.phrases.texts import fold
from planledger.plan.phrases.unit_names import find_agencies
from planledger.questions.naming import split_list
from planledger.questions.sheet import Row, Sheet

_NUMBERED = re.compile(r"(\D+?)[=＝:： ]*([\d０-９].*)")
_DONE = ("done", "完成", "已完成", "申报完成", "办结")


def option_of_row(row: Row, word: str, rest: Iterator[str]) -> list[str]:
    """Return the option for the indicator or the paper of a row that a word names: 转移40人, transferred=40, 会议纪要."""
    if any(word == one.kind for one in row.progress.requirements):
        return ["--paper", word]
    if len(several := split_list(word)) > 1:
        parts = [option_of_row(row, one, iter(())) for one in several]
        return list(chain(*parts)) if all(parts) else []
    match = _NUMBERED.fullmatch(word)
    name = match[1] if match else word
    labels = [figure.indicator.label for figure in row.progress.figures if name in figure.indicator.label]
    is_known = labels or any(name == figure.indicator.key for figure in row.progress.figures)
    number = (match[2] if match else next(rest, "")).rstrip("，。；") if is_known else ""
    return [f"--{name}", number] if number else []


def options_glued(row: Row, word: str, options: Collection[str], sheet: Sheet) -> list[str]:
    """Return the options for a unit or a day with a figure of the row behind it in one word: 大新县人社局转移40人."""
    for end in range(len(word) - 1, 1, -1):
        figure = option_of_row(row, word[end:], iter(()))
        before = option_for(word[:end], options, sheet) if figure else []
        if before[1:]:  # 完成 is none
            return [*before, *figure]
    return []


def option_for(word: str, options: Collection[str], sheet: Sheet) -> list[str]:
    """Return the option that a word is the value of, or is: a unit, a side, an area, a standing, a month, a day, 已完成."""
    if word in _DONE and "--done" in options:
        return ["--done"]
    of_plan = sheet.as_of, sheet.plan.year
    is_month = bool(read_typed_day(word, DayPlace(MONTH, *of_plan)).day)
    is_full = re.search("[^0-9.]|[0-9]{4}", fold(word))  # 6.1 is an item
    reading = read_typed_day(word, DayPlace(LAST, *of_plan))
    is_day = bool(is_full and not is_month and (reading.day or reading.choices))
    is_unit = all(find_agencies(one, sheet.agencies, sheet.sides) for one in split_list(word) or (word,))
    fits = {
        "--basis": bool(re.search("〕[0-9]+号$|^无文号$", word)),
        "--evidence": bool(re.search("[.][A-Za-z]{3,4}$", word)),
        "--agency": is_unit,
        "--side": any(word in side for side in sheet.sides),
        "--area": any(fold(word) in area for area in sheet.areas),
        "--standing": any(word == standing.label for standing in Standing),
        "--month": is_month,
        "--period": is_month,
        "--on": is_day,
        "--due": is_day,
        "--since": is_day or is_month,
        "--as-of": is_day or is_month,
        "--filing": any(word in (one.key, one.label) for one in sheet.filings),
        "--to": fold(word)[:1].isdigit(),
        "--days": fold(word).isdecimal(),
        "--against": bool(re.fullmatch("[0-9]+:[0-9a-f]+", fold(word))),
        "--phone": not phone_fault(fold(word)),
        "--name": not is_unit and not name_fault(word),
    }
    fits["--because"] = not (is_unit or fold(word)[:1].isdigit())  # whatever else it is, it may be a reason
    return next(([name, word] for name, fit in fits.items() if fit and name in options), [])
