"""What the words of a rhythm come to as days of the calendar: 每月25日前, 每季度末, 每周五, 自5月起每月8日前.

A rhythm that obliges needs one last day in each of its periods; words that leave it open are refused and never guessed.
"""

import re
from typing import NamedTuple

from planledger.plan.model.rhythm_periods import WEEK
from planledger.plan.phrases.deadlines import bare_words, read_deadline
from planledger.plan.phrases.periods import period_in
from planledger.plan.phrases.spoken_days import NUMBER, numeral
from planledger.plan.phrases.texts import quoted
from planledger.plan.phrases.undated import DeadlineKind, read_undated

EXAMPLES = "每周五、每月、每月25日前、每季度末、每季度首月10日前、每半年、每年3月31日前"
_MONTHS = {"月": 1, "季": 3, "半年": 6, "年": 12}
_WEEKDAYS = "一二三四五六日"
_LAST = "31"  # of any month
_WEEKLY = f"[每按逐]?(?:周|星期)(?:的?(?:周|星期))?(?P<weekday>[{_WEEKDAYS}天](?![次期场回轮份篇]))?"
_MONTHLY = (
    f"(?:每(?P<count>{NUMBER}|两)?个?|[按逐])?(?P<unit>月|季|半年|年)度?的?"
    f"(?:(?P<ordinal>首|末|第?[一二三1-3]个)月|(?P<month>{NUMBER})月份?)?(?:(?P<day>{NUMBER})[日号]|[月年季]?度?(?P<end>[底末]))?"
)
_BEFORE = "(?:下班|[上下]午|[0-9]{1,2}(?::[0-9]{2}|[时点]))*(?:之前|以前|前)?"
_TIMES = f"({NUMBER}|两)[次期场回轮份篇]"
_OCCASION = "[节春夏秋冬汛雨旱暑寒假]|开学|学期|两会|元旦|国庆|中秋|清明|[五七八]一|农[闲忙]|(?<![0-9一两])期间?$"  # no day of the calendar


class Schedule(NamedTuple):
    """A rhythm of the calendar."""

    every: str  # WEEK, or so many months
    day: str  # the last day in each stretch: 3-25 is the 25th of its third month; of a week 1 to 7
    first_day: str  # on which it begins by its own words; empty where they name none


def read_schedule(text: str, year: int) -> Schedule | None:
    """Read the words of a rhythm in a plan of *year*; None where they are none, or leave the last day of a period open."""
    words = bare_words(text)
    undated = None if read_deadline(text, year).fault else read_undated(words)
    if undated is None or undated.kind is not DeadlineKind.RECURRING:
        return None
    core = words[words.index("每") :] if undated.start else words
    weekly, monthly = re.match(_WEEKLY, core), re.match(_MONTHLY, core)
    read = weekly or monthly
    if read is None or not _is_once(core[read.end() :]):
        return None
    first_day = _first_day(undated.start, year) if undated.start else ""
    if weekly:
        weekday = (weekly["weekday"] or "日").replace("天", "日")
        return Schedule(WEEK, f"{_WEEKDAYS.index(weekday) + 1}", first_day)
    months, day = _day_of_months(read)
    return Schedule(f"{months}", day, first_day) if day else None


def binding_note(text: str, year: int) -> str:
    """Return what the words of a rhythm leave out, and how it is written that each of its periods is to be reported."""
    without = f"{quoted(text)}没有最后一天，不会逾期，有一次完成申报就算完成"
    if read_schedule(text, year):
        return f"{without}；每期都要报的，请在这一行另写 rhythm: binding"
    return f"{without}；每期都要报的，这样写排不出每一期的最后一天，请用 last_day 写明最后一天"


def _first_day(start: str, year: int) -> str:
    """Return the first day of the day or period from which on a rhythm holds; empty where it is not known (即日起)."""
    body, period = period_in(start, year)
    if period is None:
        return ""
    return period.last if start[len(body) :].startswith(("底", "末")) else period.first


def _day_of_months(read: re.Match[str]) -> tuple[int, str]:
    """Return of how many months a stretch is, and which day of it is meant; an empty day where the words leave it open."""
    count, ordinal = numeral(read["count"] or "一"), read["ordinal"] or ""
    months = _MONTHS[read["unit"]] * count
    if count > 1 and (read["unit"] != "月" or _MONTHS["年"] % months):
        return months, ""
    if ordinal:
        month = {"首": 1, "末": months}.get(ordinal) or numeral(ordinal.strip("第个"))
    elif read["month"]:
        month = numeral(read["month"]) if months == _MONTHS["年"] else 0
    else:
        month = months if months == 1 or not read["day"] else 0  # 每季度10日: of which month?
    return months, f"{month}-{numeral(read['day'] or _LAST)}" if 1 <= month <= months else ""


def _is_once(rest: str) -> bool:
    """Whether what stands behind the day of a rhythm leaves it one thing in each period, by the day itself."""
    work = re.sub(f"^{_BEFORE}", "", rest)
    is_plain = re.fullmatch("(?![初中])[一-龥1]*。?", work) and not re.search(
        f"[每后左上下月季周旬年]|星期|{_OCCASION}", work
    )
    return bool(is_plain) and set(re.findall(_TIMES, work)) <= {"一", "1"}
