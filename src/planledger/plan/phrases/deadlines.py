"""What the words of 完成时限 mean: the last day that is still in time.

A grammar that must match the whole phrase. A quiet wrong reading would let an office believe that it
has time, so whatever the grammar does not know is a fault that says how to write it.
"""

import re
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from planledger.plan.days import shift, spoken
from planledger.plan.phrases.periods import DASH, REVERSED, Period, period_in
from planledger.plan.phrases.spoken_days import NUMBER, in_digits
from planledger.plan.phrases.texts import UnreadablePhrase, fold, quoted, refuse_torn, squeeze
from planledger.plan.phrases.undated import AT_ONCE, HEDGE, WITHOUT_END, DeadlineKind, read_undated

# How sure, and that it is a limit: both leave the day as it is.
_BEGINNING = (
    f"(?:{AT_ONCE}[,、])?(?:预计|力争|确保|争取|计划|拟|原则上|务必?|保证|要求|必须|限[期时]?|[请应须需])*"
    "(?:[于在到至]|截止(?:日期|时间|期限)[:为是]?|截[止至][到至]?|(?:最[迟晚])?不得?(?:[迟晚]于|超过)|最[迟晚][于到]?|(?:持续|延续|延长|直)[至到])?"
)
# 底前, 末, 内 include the period they follow; 前 alone leaves open whether it does.
_EDGE = "(?P<edge>[底末](?:之前|以前|前|止)?|[以之]?内|为?止|截止|(?P<bare>之前|以前|前))?(?:截止)?"
_WORK = f"(?![并且、]|{WITHOUT_END})(?:前期|后续|上?年度|[春夏秋冬]季|(?![年月日季旬每未不没暂缓前后])[一-龥“”《》]|[0-9]+(?:[.][0-9]+)?(?:%|[万亿]?[个家所座处户人名亩项件公平米吨条台套辆间栋盏株场次轮元])|、(?=[一-龥])){{1,20}}?"
_OCCASION = "(?:(?![年月日季旬每未不没底])[一-龥]|[春秋]季){1,6}"
_REST = f"{_EDGE}(?P<occasion>{_OCCASION}(?:之前|以前|前(?!期)))?(?P<work>{_WORK})?(?:[,;、]?(?:并且?|且|此后|之?后)?(?P<then>{WITHOUT_END}))?。?"
_ENDS = (
    "完成|取得|完工|竣工|办结|完毕|到位|建成|投产|投用|投入使用|交付|交工|交房|验收|通车|通水|通电|通气|运营|运行|开业|开园|开馆|开通"
    "|上线|挂牌|揭牌|印发|出台|发布|公布|公示|制定|编制|报送|上报|报|提交|移交|拨付|兑现|发放|召开|举办|举行|签约|签订|见效|达标|达到"
    "|收官|销号|清零|整改|关闭|搬迁|入住|落地|确定|形成|建立|落实|实现|通过|解决|消除|补齐|拆除|取缔|排查|摸排|摸底|修订|备案|公开|公告|反馈|下达|到岗|达产|提出|拿出|提请|交接|评审|结题|毕业|结束|供货|采购|封顶|评估|总结"
)
_BEGINS = "启动|开工|动工|开始|进场|施工|实施|开展|推进|着手|筹备|谋划|建设|部署|推开"
# Without a 前 the work must begin at once: 6月初完成 and 6月左右完成 are other days.
_DONE_AT_ONCE = f"(?:全面|全部|全域|基本|初步|正式|陆续|逐步|统一|集中|组织|如期|按期|争取|力争|确保|并)*(?:{_ENDS}|{_BEGINS})"
# Another time among the words of the work, or one that is over.
_OTHER_TIME = f"已|无法|难以|延[期后迟]|顺延|视情|另行|待定|[农阴]历|左右|节|末|、.*(?:中秋|国庆|元旦|清明|端午|[寒暑][假期]|[五六七八十]一|开学|择[期机]|适时|待|[汛春夏秋冬])|(?:{_ENDS})的|(?:{NUMBER}|两)(?:[号天周]|个(?:星期|工作))"
_ONE_STEP = f"^(?:主?城区|[省市县乡村]级|其[他余]|重点.{{2,4}})(?:全部|全面|率先)*完成|一半|过半|半数|分之|[一二三四五六七八九]成(?!立)|第?{NUMBER}[期批]|首[期批]|试点|大部|部分|阶段|初稿|初步|初验|基本|前期|主体|(?<!100)%"
_NOW = "即日|现在|(?:[一-龥]{2,6})?(?:印发|下发|发布|公布)之日"
_MAY_BE_EACH = ("一月", "一月份", "一季度")  # 一季度召开一次
_INCLUDED = r"\(含(?:[本当该][数日天月年]|(?P<what>[^()]{2,6}))?\)"
# What stands in brackets and may change the day is no aside: 次年, 农历, 不含, 上旬.
_ASIDE = (
    r"(?<=[日号]前)\([一-龥]{0,3}[汛冬节学春秋夏暑寒耕种]期?前\)"
    r"|\((?![^()]*[年月日号季旬周每次翌明下上中初底末前后内不含农阴左右约度延顺已未])[一-龥]{1,10}\)"
)
_TIME_OF_DAY = "(?<=[日号])(?:(?:上午|中午|下午|晚上?|早上)?(?:[1-9]|1[0-9]|2[0-3])(?::[0-5][0-9]|[时点](?:整|半|[0-9]{1,2}分)?)|下班|[上下]午)(?=[前止之以]|$)"
# A day as Excel keeps it, whose midnight says nothing.
_CLOCK = r"(?<=[0-9])[ T](?:0{1,2}:00(?::00(?:\.0+)?)?|((?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?))$"
_LABEL = "^(?:完成|整改|办结|实施)?(?:时限|时间|期限)(?:要求)?(?:[:为]|(?=[至到]))"
_ENCLOSED = r"^[(\[【〔「“\"]([^()\[\]【】〔〕「」“”\"]+)[)\]】〕」”\"]$"
_WEEKDAY = "(?<=[日号0-9])(?:\\((?:周|星期|礼拜)[一二三四五六日天]\\)|(?:周|星期)[一二三四五六日天])"
# No word of the loop is read in two ways, else a long text takes for ever.
_WHOLE_YEAR = (
    "(?:全年度?(?!$)|贯穿全年)(?:长期|持续|常年|常态化|不断|不间断|坚持|推进|推动|开展|实施|抓好|工作|任务)*"
)

_LONGEST_START = 60  # of a range, in characters: no form of a day is half as long
_ONE_OF_SEVERAL = r"[0-9一二三四五六七八九十](?:月|[、和及])|季度|半年|年[底内末]"


# What several of may stand before 前, and how many days the longest of them has.
_PARTS = {DeadlineKind.MONTH: ("月", 31), DeadlineKind.QUARTER: ("季度", 92)}

KEPT = "请用 last_day 写明最后一天，原文不改"
"""What every refusal of a row's deadline names before other words: the document's words stay."""
WITHOUT_DAY = "、每季度末、长期坚持"  # what a refusal proposes, though it names no day


class Deadline(NamedTuple):
    """A deadline as written and as understood; a fault leaves no last day and the kind 未定."""

    text: str
    last_day: str  # still in time; empty where the words name none
    kind: DeadlineKind
    assumed: str = ""  # where the reading is ours: what we took, and how to write the other
    fault: str = ""


def read_deadline(text: str, year: int) -> Deadline:
    """Read the words of 完成时限 in a plan of *year*; never guess, never raise."""
    clock = re.search(_CLOCK, fold(text))
    written = fold(text)[: clock.start()] if clock else fold(text)
    words = bare_words(written)
    note = f"{quoted(clock[1])}不计，按当天认定。" if clock and clock[1] else ""
    try:
        refuse_torn("完成时限", text, written)
        undated = read_undated(words)
        if undated is None:
            dated = _dated(words, year)
            return dated._replace(text=text, assumed=dated.assumed + note)
        if undated.start and not re.fullmatch(_NOW, undated.start):
            _dated(undated.start, year)
        return Deadline(text, "", undated.kind, undated.assumed)
    except UnreadablePhrase as unreadable:
        fault = str(unreadable)
        if "last_day" not in fault:  # before other words come those that keep the document's
            problem, _, advice = fault.partition("；")
            fault = f"{problem}；{KEPT}；{re.sub('^请', '或者', advice)}"
        return Deadline(text, "", DeadlineKind.NONE, fault=fault)


def named_beginning(text: str, year: int) -> str:
    """Return the day on which the work begins where the words of 完成时限 name one: 5月至11月, 自3月起至年底; else nothing."""
    words = re.sub("^[自从]", "", bare_words(text))
    try:
        body, period = period_in(words, year)
    except UnreadablePhrase:
        return ""
    goes_on = re.match(f"(?:起|开始)?{DASH}", words[len(body) :])
    # 2019-11 is a month
    is_range = period and period.first < period.last and re.search(f"(?<![0-9]{{4}}){DASH}|、", body)
    return period.first if period and (goes_on or is_range) else ""


def bare_words(text: str) -> str:
    """Return the words of a deadline without blanks, marks around them all or at their end, and their label."""
    words = re.sub(_ENCLOSED, r"\1", re.sub("(?<=[^;。,])[;。,]$", "", squeeze(text)))
    return re.sub(f"{_LABEL}|^{HEDGE}(?=每)", "", words)


def _dated(words: str, year: int) -> Deadline:
    """Read a phrase that names a day or a period of the calendar."""
    if re.fullmatch(_WHOLE_YEAR, words):
        assumed = f"{quoted(words)}按到{year}年底认定；没有期限的，请写“长期坚持”。"
        return Deadline(words, f"{year:04}-12-31", DeadlineKind.YEAR, assumed)
    core, notes = _without_asides(words)
    core = re.sub(f"^{_BEGINNING}", "", core)
    read = _until(core, year) or _last_of_range(core, year)
    if read is None:
        raise UnreadablePhrase(_not_understood(words, year))
    if int(read.last_day[:4]) < year:
        raise UnreadablePhrase(f"完成时限{quoted(words)}早于方案年度（{year}年）；请核对年份。")
    if next_year := re.search(f"(?:^|{DASH})([明来]年)", core):
        notes.append(f"{quoted(next_year[1])}按{year + 1}年认定。")
    weekday = re.search(f"(?:{_WEEKDAY})(?!.*[0-9][日号])", in_digits(words))
    its_own = "一二三四五六日"[date.fromisoformat(read.last_day).weekday()]
    if weekday and read.kind is DeadlineKind.DAY and its_own not in weekday[0].replace("天", "日"):
        notes.append(f"{quoted(weekday[0].strip('()'))}和日期对不上，按日期认定。")
    return read._replace(assumed="".join((read.assumed, *notes)))


def _until(core: str, year: int) -> Deadline | None:
    """Read one day or period, and what stands behind it; None where it is not understood."""
    included = re.search(_INCLUDED, core)
    core = core.replace(included[0], "") if included else core
    body, period = period_in(core, year)
    rest = re.fullmatch(_REST, core[len(body) :])
    is_of_body = included is None or body.endswith(included["what"] or "")
    if period is None or rest is None or not is_of_body or not _goes_with(rest, body, period):
        return None
    notes = "".join(_notes(rest, body))
    is_inclusive = included or not rest["bare"] or period.kind is DeadlineKind.DAY
    if is_inclusive or int(period.last[:4]) < year:
        return Deadline(core, period.last, period.kind, notes)
    before = _before(body, rest["edge"], period, year)
    return before._replace(assumed=before.assumed + notes)


def _last_of_range(core: str, year: int) -> Deadline | None:
    """Read 自3月起至年底, 5月上旬至6月中旬: the end, by the year of the start; None where the words are no range."""
    dashes = re.finditer(f"(?:起|开始)?{DASH}", core)
    for dash in takewhile(lambda one: one.start() <= _LONGEST_START, dashes):
        start = re.sub("^[自从]", "", core[: dash.start()])
        try:
            body, period = period_in(start, year)
            first = period.first if period else ""
            last = _until(core[dash.end() :], int(first[:4] or year))
        except UnreadablePhrase:
            continue
        if last and (re.fullmatch(_NOW, start) or (period and body == start)):
            if first > last.last_day:
                raise UnreadablePhrase(REVERSED.format(quoted(core)))
            return last
    return None


def _goes_with(rest: re.Match[str], body: str, period: Period) -> bool:
    """Whether what stands behind a period leaves its last day certain."""
    # 年底 and 年内 are the plan's year; 年前 is a word for the weeks before the Spring Festival.
    is_year_alone = body.endswith(("年年", "年年度")) or body in ("年", "年度")
    is_bare = is_year_alone and (not rest["edge"] or rest["bare"])
    # 9月底开学前 ends in September, 9月开学前 perhaps before it, 2021年春节前 certainly before the year's end.
    occasion, work, edge = rest["occasion"], rest["work"] or "", rest["edge"] or ""
    is_early = occasion and (edge not in ("底", "末") or re.search(_ENDS, occasion))
    is_year = occasion and period.kind in (DeadlineKind.YEAR, DeadlineKind.HALF_YEAR)
    may_be_each = body in _MAY_BE_EACH and not edge and re.search("[一两二三四][次期场回轮]|^一", work)
    is_work = (
        re.search(f"{_ENDS}|{_BEGINS}", work)
        if edge[-1:] in tuple("前内止")
        else re.match(_DONE_AT_ONCE, work)
    )
    is_clear = not work or (is_work and not re.search(_OTHER_TIME, work))
    return bool(is_clear) and not (is_bare or is_early or is_year or may_be_each)


def _without_asides(words: str) -> tuple[str, list[str]]:
    """Return the words without weekday, time of day and what stands in brackets, and a note on what was left out."""
    notes = []
    core = re.sub(_WEEKDAY, "", in_digits(words))
    core = re.sub("(?<=[日号])24(?:时|点|:00)", "", core)
    for pattern, note in ((_TIME_OF_DAY, "{}不计，按当天认定。"), (_ASIDE, "{}没有计入期限。")):
        aside = re.search(pattern, core)
        if aside:
            notes.append(note.format(quoted(aside[0].strip("()"))))
            core = core.replace(aside[0], "", 1)
    return core, notes


def _notes(rest: re.Match[str], body: str) -> list[str]:
    """Return what is ours in the reading of what stands behind the period."""
    work, notes = rest["work"] or "", []
    if work and not re.search(_ENDS, work):
        notes.append(f"{quoted(work)}只问到开始；做完的期限，请用 last_day 写明。")
    elif re.search(_ONE_STEP, work):
        notes.append(f"{quoted(work)}只问到这一步；做完的期限，请用 last_day 写明。")
    if rest["occasion"]:
        notes.append(f"{quoted(rest['occasion'])}没有日期，按{body}{rest['edge'] or ''}认定。")
    if rest["then"]:
        notes.append(f"此后的{quoted(rest['then'])}没有期限。")
    return notes


def _before(body: str, edge: str, period: Period, year: int) -> Deadline:
    """Read 11月前: as not including November, since only that reading cannot make anyone late.

    A year with 前 would end before the plan's own year begins, which nobody can have meant.
    """
    part, longest = _PARTS.get(period.kind, ("", 366))
    if part and shift(period.first, longest) <= period.last:
        raise UnreadablePhrase(f"{quoted(body + edge)}说不清含不含最后一个{part}；请写成{quoted(body)}。")
    last_day = shift(period.first, -1)
    inclusive = "内" if period.kind is DeadlineKind.TEN_DAYS else "底前"
    other = f"如含{body}，请写{quoted(body + inclusive)}。"
    if last_day < f"{year:04}-01-01":
        raise UnreadablePhrase(f"{quoted(body + edge)}不含{body}就早于方案年度（{year}年）；{other}")
    limit = spoken(last_day, int(period.last[:4]))
    assumed = f"{quoted(body + edge)}按不含{body}、即{limit}为限；{other}"
    return Deadline(body, last_day, period.kind, assumed)


def _not_understood(words: str, year: int) -> str:
    """Return how to say the last day; where there are several, where the others belong."""
    which = re.match("(?:[本当]?(月)|(季度?))[底末内]", words)
    if which:
        asked, example = ("几月", "11月底前") if which[1] else ("第几季度", "第三季度末")
        return f"完成时限{quoted(words)}没有写是{asked}；请写全，如“{example}”。"
    if "每" not in words and len(re.findall(_ONE_OF_SEVERAL, words)) > 1:
        return f"完成时限{quoted(words)}不止一个时间；{KEPT}；其余的写成阶段（stages）或者时间节点（milestones）。"
    return (
        f"完成时限{quoted(words)}看不懂；{KEPT}；或者写成 {year}年11月、"
        f"{year}年11月15日前、上半年、第三季度{WITHOUT_DAY} 之一。"
    )
