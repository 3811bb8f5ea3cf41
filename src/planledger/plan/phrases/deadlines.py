"""What the words of 完成时限 mean: the last day that is still in time.

A grammar that must match the whole phrase. A quiet wrong reading would let an office believe that it
has time, so whatever the grammar does not know is a fault that says how to write it.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from planledger.plan.days import last_day_of_month, shift, spoken
from planledger.plan.model.terms import Term
from planledger.plan.phrases.days import NUMBER, calendar_fault, numeral
from planledger.plan.phrases.texts import quoted, squeeze


class DeadlineKind(Term):
    """What kind of time the words of 完成时限 name."""

    DAY = "day", "日"
    TEN_DAYS = "ten_days", "旬"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"
    RECURRING = "recurring", "周期"
    OPEN_ENDED = "open_ended", "长期"
    RELATIVE = "relative", "相对"
    NONE = "none", "未定"


_YEAR = "(?P<year>(?:[0-9]{4}|[今本当明次])年度?)?"
_DASH = "(?:[-–—―─~〜]{1,2}|至|到)"
_DONE = "(?:(?:全部|全面)?(?:完成|完工|办结|完毕|落实到位))?。?"
_END_YEAR = _YEAR.replace("year", "end_year")

# 底前, 末, 内 include the period they follow; 前 alone leaves open whether it does.
_EDGE = "(?P<edge>[底末](?:之前|以前|前|止)?|[以之]?内|为?止|(?P<bare>之前|以前|前))?"
_PHRASE = f"(?:截[止至][到至]?|[于在到至])?(?P<body>.+?){_EDGE}{_DONE}"

_NONE = frozenset(("", "无", "不限", "—", "——", "-", "/"))
_OPEN_ENDED = "长期(?:坚持|推进|开展|任务)?|常年(?:坚持)?|持续(?:推进|开展|坚持)?|常态化(?:推进|开展)?"
_RECURRING = (
    f"(?:每个?月(?:(?:[底末]|(?P<day>{NUMBER})[日号])(?:之前|以前|前)?)?"
    "|每(?:个?季度?|半年)(?:[底末](?:之前|以前|前)?)?|每年(?:年?[底末](?:之前|以前|前)?)?"
    f"|每周(?:[一二三四五六日天](?:之前|以前|前)?)?|[按逐](?:周|月|季度?|半年|年)){_DONE}"
)
_EVENT = (
    "(?:通知|收到|文件|印发|下发|下达|发布|公布|公示|签订|签署|生效|批复|批准|审批|受理|立项|通过"
    "|到账|到位|启动|开工|竣工|完工|验收|成立|召开|结束)"
)
_RELATIVE = (
    f"[自从在于]?(?:(?![年月日季旬节前底每])[一-龥《》]){{0,16}}{_EVENT}(?:(?:之日)?起|之后|以后|后)"
    f"(?P<count>[0-9]{{3}}|{NUMBER})(?:个工作日|个月|日|天|周|年)[以之]?内{_DONE}"
)
_HALVES = {"上": 1, "下": 2}
_SIZES = {DeadlineKind.MONTH: 1, DeadlineKind.QUARTER: 3, DeadlineKind.HALF_YEAR: 6, DeadlineKind.YEAR: 12}
_REVERSED = "完成时限{}前后颠倒；跨年请写成“11月至次年3月”。"
_ONE_OF_SEVERAL = r"[0-9一二三四五六七八九十](?:月|[、和及])|季度|半年"


class Deadline(NamedTuple):
    """A deadline as written and as understood; a fault leaves no last day and the kind 未定."""

    text: str
    last_day: str  # still in time; empty where the words name none
    kind: DeadlineKind
    assumed: str = ""  # where the reading is ours: what we took, and how to write the other
    fault: str = ""


class _Period(NamedTuple):
    """A stretch of days that words name; a single day is one too."""

    kind: DeadlineKind
    first: str
    last: str


def read_deadline(text: str, year: int) -> Deadline:
    """Read the words of 完成时限 in a plan of *year*; never guess, never raise."""
    words = squeeze(text)
    if _is_torn(text):
        problem = f"完成时限{quoted(' '.join(text.split()))}的数字中间有空格，看不出是一个数还是两个"
        return _faulty(text, f"{problem}；是一个数的，请写成{quoted(words)}。")
    if words in _NONE or re.fullmatch(_OPEN_ENDED, words):
        return Deadline(text, "", DeadlineKind.NONE if words in _NONE else DeadlineKind.OPEN_ENDED)
    recurring = re.fullmatch(_RECURRING, words)
    if recurring:
        if recurring["day"] and _number(recurring["day"]) not in range(1, 32):
            return _faulty(text, f"完成时限{quoted(words)}里没有这一天；每月的日子请写1到31。")
        return Deadline(text, "", DeadlineKind.RECURRING)
    relative = re.fullmatch(_RELATIVE, words)
    if relative and _number(relative["count"]):
        assumed = f"{quoted(words)}从哪天起算，方案没有写；日期确定后，请用 last_day 写明最后一天。"
        return Deadline(text, "", DeadlineKind.RELATIVE, assumed)
    return _dated(text, words, year)


def _is_torn(text: str) -> bool:
    """Whether a blank stands between two digits: 1 2月 may be December, or a 、 was lost."""
    parts = [part for part in map(squeeze, text.split()) if part]
    return any(one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(parts))


def _dated(text: str, words: str, year: int) -> Deadline:
    """Read a phrase that names a day or a period of the calendar."""
    match = re.fullmatch(_PHRASE, words)
    if not match:
        return _faulty(text, _not_understood(words, year))
    body, edge = match["body"], match["edge"] or ""
    if body in ("月", "本月", "当月") and edge:
        return _faulty(text, f"完成时限{quoted(words)}没有写是几月；请写上月份，如“11月底前”。")
    # 年底 and 年内 are the plan's year; 年前 is a word for the weeks before the Spring Festival.
    is_bare_year = body.endswith(("年年", "年年度")) or body in ("年", "年度")
    period = "" if is_bare_year and (not edge or match["bare"]) else _period(body, year)
    if isinstance(period, str):
        return _faulty(text, period or _not_understood(words, year))
    if int(period.last[:4]) < year:
        return _faulty(text, f"完成时限{quoted(words)}早于方案年度（{year}年）；请核对年份。")
    if not match["bare"] or period.kind is DeadlineKind.DAY:
        return Deadline(text, period.last, period.kind)
    return _before(text, body, edge, period, year)


def _before(text: str, body: str, edge: str, period: _Period, year: int) -> Deadline:
    """Read 11月前: as not including November, since only that reading cannot make anyone late.

    A year with 前 would end before the plan's own year begins, which nobody can have meant.
    """
    if period.kind is DeadlineKind.MONTH and period.first[:7] != period.last[:7]:
        return _faulty(text, f"{quoted(body + edge)}说不清含不含最后一个月；请写成{quoted(body)}。")
    last_day = shift(period.first, -1)
    inclusive = "内" if period.kind is DeadlineKind.TEN_DAYS else "底前"
    other = f"如含{body}，请写{quoted(body + inclusive)}。"
    if last_day < f"{year:04}-01-01":
        return _faulty(text, f"{quoted(body + edge)}不含{body}就早于方案年度（{year}年）；{other}")
    limit = spoken(last_day, int(period.last[:4]))
    assumed = f"{quoted(body + edge)}按不含{body}、即{limit}为限；{other}"
    return Deadline(text, last_day, period.kind, assumed)


def _period(body: str, year: int) -> _Period | str:
    """Return the days that *body* names; a text is a fault, the empty one: not understood."""
    for form, kind in _FORMS.items():
        match = re.fullmatch(form, body)
        if match:
            return _days_of(kind, match.groupdict(""), year) or _REVERSED.format(quoted(body))
    return ""


def _days_of(kind: DeadlineKind, words: dict[str, str], year: int) -> _Period | str:
    """Return the first and the last day that the parts of a form name; the empty text: the last comes before the first.

    Of a quarter or a half year the number says which of the year it is; a day is in time itself, with 前 as without.
    """
    size, day = _SIZES.get(kind, 1), _number(words.get("day") or "一")
    first_year = _year(words["year"], year)
    last_year = _year(words["end_year"], year) if words.get("end_year") else first_year
    last_month = size * _number(words.get("number") or "一")
    first_month, last_month = last_month - size + 1, _number(words.get("end") or f"{last_month}")
    fault = calendar_fault(first_year, first_month, day) or calendar_fault(last_year, last_month, 1)
    if fault or (first_year, first_month) > (last_year, last_month):
        return fault
    first, last = f"{first_year}-{first_month:02}-{day:02}", last_day_of_month(last_year, last_month)
    if kind is DeadlineKind.DAY:
        return _Period(kind, first, first)
    if kind is DeadlineKind.TEN_DAYS:
        begin, end = {"上": ("01", "10"), "中": ("11", "20"), "下": ("21", last[8:])}[words["part"]]
        first, last = first[:8] + begin, last[:8] + end
    return _Period(kind, first, last)


# Each form of a day or a period of the calendar.
_FORMS = {
    f"{_YEAR}(?P<number>{NUMBER})月份?": DeadlineKind.MONTH,
    "(?P<year>[0-9]{4})[-/](?P<number>[0-9]{1,2})": DeadlineKind.MONTH,
    f"{_YEAR}(?P<number>{NUMBER})月(?P<day>{NUMBER})[日号](?:24(?:时|点|:00))?": DeadlineKind.DAY,
    "(?P<year>[0-9]{4})([-/.])(?P<number>[0-9]{1,2})\\2(?P<day>[0-9]{1,2})": DeadlineKind.DAY,
    f"{_YEAR}(?P<number>{NUMBER})(?:月份?)?{_DASH}{_END_YEAR}(?P<end>{NUMBER})月份?": DeadlineKind.MONTH,
    f"{_YEAR}(?P<number>{NUMBER})月份?(?P<part>[上中下])旬": DeadlineKind.TEN_DAYS,
    f"{_YEAR}第?(?P<number>[1-4一二三四])季度": DeadlineKind.QUARTER,
    f"{_YEAR}[Qq](?P<number>[1-4])": DeadlineKind.QUARTER,
    f"{_YEAR}(?P<number>[上下])半年": DeadlineKind.HALF_YEAR,
    f"{_YEAR}(?:全年|年度?)?": DeadlineKind.YEAR,
}


def _year(word: str, year: int) -> int:
    """Resolve the word for the year; without one it is the plan's."""
    if not word or word[0] in "今本当":
        return year
    return year + 1 if word[0] in "明次" else int(word[:4])


def _number(word: str) -> int:
    """Resolve a number that the grammar has let through; the halves of a year are the 上 and the 下 one."""
    return _HALVES.get(word) or numeral(word)


def _faulty(text: str, fault: str) -> Deadline:
    """Make the reading of words that could not be read."""
    return Deadline(text, "", DeadlineKind.NONE, fault=fault)


def _not_understood(words: str, year: int) -> str:
    """Return how to write a deadline; where there are several, where the others belong."""
    if "每" not in words and len(re.findall(_ONE_OF_SEVERAL, words)) > 1:
        return f"完成时限{quoted(words)}不止一个时间；请在 due 只写最后一个，其余写成时间节点（milestones）。"
    return (
        f"完成时限{quoted(words)}看不懂；请写成 {year}年11月、{year}年11月15日前、"
        "上半年、第三季度、每季度末、长期坚持 之一。"
    )
