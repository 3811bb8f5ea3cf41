"""Words of 完成时限 that name no day: work without an end, a rhythm, a time that is counted from something.

Each must match to its end; what only a person can say is left to `last_day`.
"""

import re
from typing import NamedTuple

from planledger.plan.model.terms import Term
from planledger.plan.phrases.spoken_days import NUMBER, calendar_fault, numeral
from planledger.plan.phrases.texts import UnreadablePhrase, quoted


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


WITHOUT_END = (
    "(?:(?:长期|持续|常年|常态化|不断)(?:坚持|推进|推动|开展|任务|工作|巩固|抓好|实施|整改|保持|落实|深化|化|执行|深入|用力|发力|更新|完善)*中?"
    "|(?:动态|随时|实时|及时(?=更新))(?:更新|调整|完善|推进|管理))"
)
AT_ONCE = "(?:立即|立行立改|即知即改|即时|马上)(?:整改|落实|执行|办理)?"

_NONE = frozenset(("", "无", "不限", "—", "——", "-", "/"))
_SOME_DAY = "(?:择机|适时|待定|(?:待|视)?条件成熟(?:时|后)?|视情况?(?:而定)?)(?:推进|实施|开展|启动)?"
HEDGE = "(?:务必?|[应请须需])*[于在]?"
_COUNT = f"(?:{NUMBER}|两)"
_BEFORE = "(?:之前|以前|前)"
_POINT = (
    f"(?:[月年]?[初中底末]|[上中下]旬|(?:首|末|(?:第?[一二三1-3]|最后[一1])个?)月|{NUMBER}(?:月份?|[日号]|(?=、))|第?[1-4一二三四]季度?|上(?=、下半年)|[上下]半年"
    "|下班|[0-9]{1,2}(?::[0-9]{2}|[时点])|[上下]午)"
)
_WEEKDAYS = "[一二三四五六日天](?:[、,和至]?(?:周|星期)?[一二三四五六日天])*(?:下班|[0-9]{1,2}(?::[0-9]{2}|[时点])|[上下]午)*"
_EVERY = (
    f"(?:每(?:个?月度?|个?季度?|半年|年度?)的?(?:{_POINT}(?:(?:[、,和及或至到]|-{{1,2}}|[–—])?{_POINT})*{_BEFORE}?)?"
    f"|每(?:个?月|个?季度?|半年|年度?)(?:结束|终了)?之?后{_COUNT}个?(?:工作)?[日天]内"
    f"|每(?:周(?!期)|星期)(?:{_WEEKDAYS}{_BEFORE}?)?|每(?:日|天|旬末?|学[期年]|半个?月)"
    f"|每隔?{_COUNT}个?(?:月|季度|年|周|星期|工作日|日|天)"
    "|(?!.*(?:计划|要求|安排|目标|方案|任务|进度|节点))[按逐](?:周(?![期边])|月(?!份)|季度?(?!节)|半年|年(?![龄代限初底])))"
)
_DEED = "(?:上个?(?:月|季度|年度|周)|年度|(?![年月日季旬周每前底])[一-龥])"
_TIMES = f"(?:(?:不少于|不低于|至少|最少){_DEED}{{0,6}}|{_DEED}{{0,8}}){_COUNT}(?:[-–—至到]{_COUNT})?[次期场回轮份篇]{_DEED}{{0,8}}"
_RHYTHM = f"{_EVERY}(?:{_TIMES}|{_DEED}{{2,10}})?。?"
_MEETING = "(?:调度|通报|例会|会商|研判|分析|督查|考核|报告|报送|报|检查|小结|总结|评估|推进|考评|评比)"
_MECHANISM = f"(?:周|月|旬|季|半月|半年|年)度?{_MEETING}"
_MECHANISMS = f"(?:[一半]个?(?:周|月|季度?|年){_COUNT}[次期]|{_MECHANISM}(?:[、,]{_MECHANISM})*|一(?:天|周|旬|月|季度?|年)一[一-龥]{{1,4}})(?:制度?|机制)?"
_FROM = f"(?:自|从)?(?P<start>.+?)(?<!前)(?:起|开始)(?:实施|施行|执行|试行|生效)?,?(?:{HEDGE}(?=每))?(?P<then>每.+|{WITHOUT_END})?"
_COUNTED = (
    "(?:应当?|须|要|必须)?[自从在于]?"
    "(?:(?:[0-9]{4}年|(?:(?![年月日季旬节前底每])[一-龥《》、“”]){1,24}?)(?:(?:之日)?起|之后|以后|后))?"
    f"(?!0+[^0-9])(?:[0-9]{{3}}|{NUMBER}|两|半)(?:个工作日|个月|日|天|周|年|个季度)[以之]?内(?:全部|全面)?(?:{_DEED}{{2,12}})?。?"
)
# What stands for itself: its kind, and what is ours in the reading.
_WHOLE = (
    (f"(?:{AT_ONCE}[,、并])?{WITHOUT_END}(?:,{WITHOUT_END})*。?", DeadlineKind.OPEN_ENDED, ""),
    (
        f"{_SOME_DAY}|(?!立即$|即时$|马上$){AT_ONCE}",
        DeadlineKind.NONE,
        "没有期限；定下日期后，请用 last_day 写明最后一天。",
    ),
    (_MECHANISMS, DeadlineKind.RECURRING, ""),
    (_COUNTED, DeadlineKind.RELATIVE, "从哪天起算，方案没有写；日期确定后，请用 last_day 写明最后一天。"),
)


class Undated(NamedTuple):
    """What words without a day mean."""

    kind: DeadlineKind
    assumed: str = ""
    start: str = ""  # the words of the day from which on it holds: 自2021年5月起


def read_undated(words: str) -> Undated | None:
    """Read words without blanks that name no last day; None where they name one, or are not understood.

    Raises:
        UnreadablePhrase: no period has the day of a rhythm.
    """
    if words in _NONE:
        return Undated(DeadlineKind.NONE)
    for pattern, kind, note in _WHOLE:
        if re.fullmatch(pattern, words):
            return Undated(kind, note and f"{quoted(words)}{note}")
    since = re.fullmatch(_FROM, words)
    rhythm = re.fullmatch(_RHYTHM, since["then"] or "" if since else words)
    if rhythm:
        _refuse_no_day(rhythm, words)
        return Undated(DeadlineKind.RECURRING, start=since["start"] if since else "")
    if since and not (since["then"] or "").startswith("每"):
        note = f"{quoted(words)}只写了从哪天起，没有写到哪天为止；有期限的，请用 last_day 写明最后一天。"
        return Undated(DeadlineKind.OPEN_ENDED, note, start=since["start"])
    return None


def _refuse_no_day(rhythm: re.Match[str], words: str) -> None:
    """Refuse a rhythm with a day that no period has."""
    leap_year, month_of_31_days = 2000, "1"
    for named in re.finditer(f"(?:({NUMBER})月)?({NUMBER})(?:[日号]|(?=、))|({NUMBER})月", rhythm[0]):
        month, day = named[1] or named[3] or month_of_31_days, named[2] or "1"
        if calendar_fault(leap_year, numeral(month), numeral(day)):
            raise UnreadablePhrase(f"完成时限{quoted(words)}里没有这一天；请核对月份和日子。")
