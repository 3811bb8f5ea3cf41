"""How people type a moment: a day with its year, and a clock time where one is meant."""

import re
from datetime import datetime
from typing import NamedTuple

from planledger.plan.days import CHINA, FIRST_YEAR, LAST_YEAR
from planledger.plan.phrases.days import example_day, read_day
from planledger.plan.phrases.texts import fold

_TIME = (
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?:Z|[-+](?:(?:0[0-9]|1[0-3])(?::?[0-5][0-9])?|14(?::?00)?))?"
)


class MomentReading(NamedTuple):
    """A moment as it was understood, or the sentence that says why it was not."""

    moment: str  # YYYY-MM-DDTHH:MM:SS.ffffff+08:00
    fault: str


def read_moment(text: str, year: int) -> MomentReading:
    """Read a moment in ISO 8601: +08:00 where no offset is given, a bare day up to its very end."""
    day_words, *rest = re.split("[T ]", fold(text), maxsplit=1)
    reading = read_day(day_words, year)
    if reading.fault or not rest:
        return MomentReading(reading.day and f"{reading.day}T23:59:59.999999+08:00", reading.fault)
    match = re.fullmatch(_TIME, rest[0].lstrip())
    if not match:
        example = f"{example_day(year)}T15:30"
        return MomentReading("", f"时间看不懂；请写成 {example} 或 {example}:00+08:00（00:00到23:59）。")
    given = datetime.fromisoformat(f"{reading.day}T{match[0]}")
    moment = given.replace(tzinfo=given.tzinfo or CHINA).astimezone(CHINA)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return MomentReading("", f"时间不在{FIRST_YEAR}年到{LAST_YEAR}年之间；请改写。")
    return MomentReading(moment.isoformat(timespec="microseconds"), "")
