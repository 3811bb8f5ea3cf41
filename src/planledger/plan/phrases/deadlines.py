"""What the words of 完成时限 mean: the last day that is still in time.

A grammar that must match the whole phrase. A quiet wrong reading would let an office believe that it
has time, so whatever the grammar does not know is a fault that says how to write it.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from planledger.plan.days import last_day_of_month, shift, spoken
from planledger.plan.phrases.days import NUMBER, calendar_fault, numeral
from planledger.plan.phrases.texts import fold, quoted, squeeze
from planledger.plan.phrases.undated import WITHOUT_END, DeadlineKind, read_undated

_YEAR = "(?P<year>(?:[0-9]{4}|[今本当明次翌来])年度?)?"
_END_YEAR = _YEAR.replace("year", "end_year")
_DASH = "(?:[-–—―─~〜]{1,2}|至|到)"

# How sure, and that it is a limit: both leave the day as it is.
_BEGINNING = (
    "(?:(?:完成|整改|办结)?(?:时限|时间|期限)[:为])?(?:预计|力争|确保|争取|计划|拟|原则上|务必|保证|要求|必须|限[期时]?|[请应须需])*"
    "(?:[于在到至]|截止(?:日期|时间|期限)[:为是]?|截[止至][到至]?|最[迟晚]?不?(?:得?[迟晚]于|超过)|不(?:得?[迟晚]于|超过)|最[迟晚][于到]?|(?:持续|延续)[至到])?"
)
# 底前, 末, 内 include the period they follow; 前 alone leaves open whether it does.
_EDGE = "(?P<edge>[底末](?:之前|以前|前|止)?|[以之]?内|为?止|截止|(?P<bare>之前|以前|前))?(?:截止)?"
_WORK = f"(?![并且]|{WITHOUT_END})(?:前期|后续|上?年度|[春夏秋冬]季|(?![年月日季旬每未不没暂缓前后])[一-龥“”《》]){{1,20}}?"
_OCCASION = "(?:(?![年月日季旬每未不没底])[一-龥]){1,6}"
_REST = f"{_EDGE}(?P<occasion>{_OCCASION}(?:之前|以前|前(?!期)))?(?P<work>{_WORK})?(?:[,;、]?(?:并且?|且|此后|之?后)?(?P<then>{WITHOUT_END}))?。?"
_ENDS = (
    "完成|取得|完工|竣工|办结|完毕|到位|建成|投产|投用|投入使用|交付|交工|交房|验收|通车|通水|通电|通气|运营|运行|开业|开园|开馆|开通"
    "|上线|挂牌|揭牌|印发|出台|发布|公布|公示|制定|编制|报送|上报|报|提交|移交|拨付|兑现|发放|召开|举办|举行|签约|签订|见效|达标"
    "|收官|销号|清零|整改|关闭|搬迁|入住|落地|确定|形成|建立|落实|实现|通过|解决|消除|补齐|评审|结题|毕业|结束|供货|采购"
)
_BEGINS = "启动|开工|动工|开始|进场|施工|实施|开展|推进|着手|筹备|谋划|建设|部署"
# Without a 前 the work must begin at once: 6月初完成 and 6月左右完成 are other days.
_DONE_AT_ONCE = f"(?:全面|全部|全域|基本|初步|正式|陆续|逐步|统一|集中|组织|如期|按期|争取|力争|确保|并)*(?:{_ENDS}|{_BEGINS})"
# Another time among the words of the work, or one that is over.
_OTHER_TIME = f"已|左右|节|末|(?:{NUMBER}|两)(?:[号天周]|个(?:星期|工作))"
_ONE_STEP = "一半|过半|半数|分之|首批|部分|阶段|初稿|初步|基本|前期"
_NOW = "即日"
_MAY_BE_EACH = ("一月", "一月份", "一季度")  # 一季度召开一次
_INCLUDED = r"\(含(?:[本当该][数日天月年]|(?P<what>[^()]{2,6}))?\)"
# What stands in brackets and may change the day is no aside: 次年, 农历, 不含, 上旬.
_ASIDE = r"\((?![^()]*[年月日号季旬周每次翌明下上中初底末前后内不含农阴左右约度])[一-龥]{1,10}\)"
_TIME_OF_DAY = "(?<=[日号])(?:(?:上午|中午|下午|晚上?|早上)?(?:[1-9]|1[0-9]|2[0-3])(?::[0-5][0-9]|[时点](?:整|半|[0-9]{1,2}分)?)|下班|[上下]午)(?=[前止之以]|$)"
_WEEKDAY = "(?<=[日号0-9])(?:\\((?:周|星期|礼拜)[一二三四五六日天]\\)|(?:周|星期)[一二三四五六日天])"
# No word of the loop is read in two ways, else a long text takes for ever.
_WHOLE_YEAR = (
    "(?:全年度?(?!$)|贯穿全年)(?:长期|持续|常年|常态化|不断|不间断|坚持|推进|推动|开展|实施|抓好|工作|任务)*"
)

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HALVES = {"上": 1, "下": 2}
_SIZES = {DeadlineKind.MONTH: 1, DeadlineKind.QUARTER: 3, DeadlineKind.HALF_YEAR: 6, DeadlineKind.YEAR: 12}
_REVERSED = "完成时限{}前后颠倒；跨年请写成“11月至次年3月”。"
_LOST_ZERO = "可以是1月，也可以是10月（表格会把 .10 变成 .1）；请写成“{0}年1月”或者“{0}年10月”。"
_ONE_OF_SEVERAL = r"[0-9一二三四五六七八九十](?:月|[、和及])|季度|半年|年[底内末]"


KEPT = "请用 last_day 写明最后一天，原文不改"
"""What every refusal of a row's deadline names before other words: the document's words stay."""


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
    written = re.sub(r"(?<=[0-9])[ T]0{1,2}:00(?::00(?:\.0+)?)?$", "", fold(text))  # a day as Excel keeps it
    words = squeeze(written)
    if _is_torn(written):
        problem = f"完成时限{quoted(' '.join(text.split()))}的数字中间有空格，看不出是一个数还是两个"
        return _faulty(text, f"{problem}；是一个数的，请写成{quoted(words)}。")
    undated = read_undated(words)
    if undated is None:
        return _dated(text, words, year)
    fault = undated.fault or (
        _dated(undated.start, undated.start, year).fault if undated.start not in ("", _NOW) else ""
    )
    return _faulty(text, fault) if fault else Deadline(text, "", undated.kind, undated.assumed)


def _is_torn(text: str) -> bool:
    """Whether a blank stands between two digits: 1 2月 may be December, or a 、 was lost."""
    parts = [part for part in map(squeeze, text.split()) if part]
    return any(one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(parts))


def _dated(text: str, words: str, year: int) -> Deadline:
    """Read a phrase that names a day or a period of the calendar."""
    if re.fullmatch(_WHOLE_YEAR, words):
        assumed = f"{quoted(words)}按到{year}年底认定；没有期限的，请写“长期坚持”。"
        return Deadline(text, f"{year:04}-12-31", DeadlineKind.YEAR, assumed)
    core, notes = _without_asides(words)
    core = re.sub(f"^{_BEGINNING}", "", core)
    read = _until(text, core, year) or _last_of_range(text, core, year)
    if read is None or read.fault:
        return read or _faulty(text, _not_understood(words, year))
    if int(read.last_day[:4]) < year:
        return _faulty(text, f"完成时限{quoted(words)}早于方案年度（{year}年）；请核对年份。")
    return read._replace(assumed="".join((read.assumed, *notes)))


def _until(text: str, core: str, year: int) -> Deadline | None:
    """Read one day or period, and what stands behind it; None where it is not understood."""
    included = re.search(_INCLUDED, core)
    core = core.replace(included[0], "") if included else core
    body, period = _period(core, year)
    rest = re.fullmatch(_REST, core[len(body) :])
    if isinstance(period, str):
        return _faulty(text, period) if period else None
    is_of_body = included is None or body.endswith(included["what"] or "")
    if rest is None or not is_of_body or not _goes_with(rest, body, period):
        return None
    notes = "".join(_notes(rest, body))
    is_inclusive = included or not rest["bare"] or period.kind is DeadlineKind.DAY
    if is_inclusive or int(period.last[:4]) < year:
        return Deadline(text, period.last, period.kind, notes)
    before = _before(text, body, rest["edge"], period, year)
    return before._replace(assumed=before.assumed and before.assumed + notes)


def _last_of_range(text: str, core: str, year: int) -> Deadline | None:
    """Read 自3月起至年底, 5月上旬至6月中旬: the end, by the year of the start; None where the words are no range."""
    for dash in re.finditer(f"(?:起|开始)?{_DASH}", core):
        start = re.sub("^[自从]", "", core[: dash.start()])
        body, period = _period(start, year)
        if start != _NOW and (body != start or isinstance(period, str)):
            continue
        first = "" if isinstance(period, str) else period.first
        last = _until(text, core[dash.end() :], int(first[:4] or year))
        if last and not last.fault:
            return last if first <= last.last_day else _faulty(text, _REVERSED.format(quoted(core)))
    return None


def _goes_with(rest: re.Match[str], body: str, period: _Period) -> bool:
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
    core = re.sub("[〇○零一二三四五六七八九]{4}(?=年)", lambda year: year[0].translate(_DIGITS), words)
    core = re.sub(_WEEKDAY, "", core.replace("元月", "1月"))
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


def _period(core: str, year: int) -> tuple[str, _Period | str]:
    """Return the longest beginning of *core* that has a form, and its days; a text is a fault, the empty one: not understood."""
    found = [(match, kind) for form, kind in _FORMS.items() if (match := re.match(form, core))]
    if not found:
        return "", ""
    match, kind = max(found, key=lambda each: each[0].end())
    if re.fullmatch(r"[0-9]{4}\.1", match[0]):
        return match[0], f"完成时限{quoted(match[0])}{_LOST_ZERO.format(match['year'])}"
    return match[0], _days_of(kind, match.groupdict(""), year) or _REVERSED.format(quoted(match[0]))


def _days_of(kind: DeadlineKind, words: dict[str, str], year: int) -> _Period | str:
    """Return the first and the last day that the parts of a form name; the empty text: the last comes before the first.

    Of a quarter or a half year the number says which of the year it is; a day is in time itself, with 前 as without.
    """
    size = _SIZES.get(kind, 1)
    first_year = _year(words.get("year", ""), year)
    last_year = _year(words["end_year"], year) if words.get("end_year") else first_year
    number = words.get("number") or "一"
    first_month, last_month = size * _number(number) - size + 1, size * _number(words.get("end") or number)
    day, end_day = (
        _number(words.get("day") or "一"),
        _number(words.get("end_day") or words.get("day") or "一"),
    )
    fault = calendar_fault(first_year, first_month, day) or calendar_fault(last_year, last_month, end_day)
    if fault:
        return fault
    first, last = f"{first_year}-{first_month:02}-{day:02}", last_day_of_month(last_year, last_month)
    if kind is DeadlineKind.DAY:
        last = f"{last[:8]}{end_day:02}"
    if kind is DeadlineKind.TEN_DAYS:
        begin, end = {"上": ("01", "10"), "中": ("11", "20"), "下": ("21", last[8:])}[words["part"][-1]]
        first, last = first[:8] + begin, last[:8] + end
    return _Period(kind, first, last) if first <= last else ""


# Each form of a day or a period of the calendar.
_FORMS = {
    f"{_YEAR}(?P<number>{NUMBER})月份?": DeadlineKind.MONTH,
    "(?P<year>[0-9]{4})[-/.](?P<number>[0-9]{1,2})(?![0-9])": DeadlineKind.MONTH,
    f"{_YEAR}(?P<number>{NUMBER})月(?P<day>{NUMBER})[日号]": DeadlineKind.DAY,
    "(?P<year>[0-9]{4})([-/.])(?P<number>[0-9]{1,2})\\2(?P<day>[0-9]{1,2})": DeadlineKind.DAY,
    f"{_YEAR}(?P<number>{NUMBER})(?:月份?)?{_DASH}{_END_YEAR}(?P<end>{NUMBER})月份?": DeadlineKind.MONTH,
    f"{_YEAR}(?P<number>{NUMBER})月(?P<day>{NUMBER})[日号]?{_DASH}{_END_YEAR}(?:(?P<end>{NUMBER})月)?(?P<end_day>{NUMBER})[日号]": DeadlineKind.DAY,
    "(?P<year>[0-9]{4})([-/.])(?P<number>[0-9]{1,2})\\2(?P<day>[0-9]{1,2})(?:[-–—―─~〜]|至|到)"
    "(?:(?P<end_year>[0-9]{4})\\2)?(?P<end>[0-9]{1,2})\\2(?P<end_day>[0-9]{1,2})": DeadlineKind.DAY,
    f"{_YEAR}(?P<number>{NUMBER})月份?(?P<part>[上中]?[上中下])旬": DeadlineKind.TEN_DAYS,
    f"{_YEAR}第?(?P<number>[1-4一二三四])季度": DeadlineKind.QUARTER,
    f"{_YEAR}(?:第?(?P<number>[1-4一二三四])(?:季度)?{_DASH}第?|前)(?P<end>[1-4一二三四两])个?季度": DeadlineKind.QUARTER,
    f"{_YEAR}[Qq](?P<number>[1-4])": DeadlineKind.QUARTER,
    f"{_YEAR}(?P<number>[上下])半年": DeadlineKind.HALF_YEAR,
    f"{_YEAR}(?:全年度?|年度?)": DeadlineKind.YEAR,
    f"(?P<year>[0-9]{{4}})年?{_DASH}(?P<end_year>[0-9]{{4}})年度?": DeadlineKind.YEAR,
    "(?P<year>(?:[0-9]{4}|[今本当明次翌来])年度?)": DeadlineKind.YEAR,
}


def _year(word: str, year: int) -> int:
    """Resolve the word for the year; without one it is the plan's."""
    if not word or word[0] in "今本当":
        return year
    return year + 1 if word[0] in "明次翌来" else int(word[:4])


def _number(word: str) -> int:
    """Resolve a number that the grammar has let through; the halves of a year are the 上 and the 下 one."""
    return _HALVES.get(word) or numeral(word)


def _faulty(text: str, fault: str) -> Deadline:
    """Make the reading of words that could not be read; before other words come those that keep the document's."""
    if "last_day" not in fault:
        problem, _, advice = fault.partition("；")
        fault = f"{problem}；{KEPT}；{advice}"
    return Deadline(text, "", DeadlineKind.NONE, fault=fault)


def _not_understood(words: str, year: int) -> str:
    """Return how to say the last day; where there are several, where the others belong."""
    which = re.match("(?:[本当]?(月)|(季度?))[底末内]", words)
    if which:
        asked, example = ("几月", "11月底前") if which[1] else ("第几季度", "第三季度末")
        return f"完成时限{quoted(words)}没有写是{asked}；请写全，如“{example}”。"
    if "每" not in words and len(re.findall(_ONE_OF_SEVERAL, words)) > 1:
        return f"完成时限{quoted(words)}不止一个时间；{KEPT}；其余的写成时间节点（milestones）。"
    return (
        f"完成时限{quoted(words)}看不懂；{KEPT}；请写成 {year}年11月、"
        f"{year}年11月15日前、上半年、第三季度、每季度末、长期坚持 之一。"
    )
