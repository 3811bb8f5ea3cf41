"""What a plan promises in words: a number and how a total is held against it, or words that no rule counts.

A number that is read under a condition says so; words that no rule counts are kept, and the answering units declare them.
"""

import re
from typing import NamedTuple

from planledger.plan.model.rows import write_quantity
from planledger.plan.model.terms import Comparison
from planledger.plan.phrases.quantities import LIMIT, MAGNITUDES, is_converted, read_quantity
from planledger.plan.phrases.texts import UnreadablePhrase, fold, quoted, refuse_torn, squeeze


class Target(NamedTuple):
    """A promise such as 不低于155人: how a total is held against which amount."""

    comparison: Comparison
    amount: int | None  # in the smallest unit
    assumed: str = ""
    fault: str = ""
    declared: str = ""  # words that no rule counts: 应保尽保; the answering units declare them


_Sense = tuple[Comparison, int]
"""A comparison, and the step from the number named to the first that counts: 超过100人 is at least 101."""

BEFORE_NUMBER: dict[str, _Sense] = {
    **dict.fromkeys(
        ("不低于", "不少于", "不小于", "至少", "最少", "达到", "达", "完成", ">=", "≥", "≧"),
        (Comparison.AT_LEAST, 0),
    ),
    **dict.fromkeys(
        ("不超过", "不突破", "不高于", "不多于", "不大于", "至多", "最多", "最高", "上限", "<=", "≤", "≦"),
        (Comparison.AT_MOST, 0),
    ),
    **dict.fromkeys(("大约", "约"), (Comparison.ABOUT, 0)),
    **dict.fromkeys(("大于", "超过", "高于", "多于", "突破", "超", "逾", ">"), (Comparison.AT_LEAST, 1)),
    **dict.fromkeys(("小于", "低于", "少于", "<"), (Comparison.AT_MOST, -1)),
}
BEHIND_NUMBER: dict[str, _Sense] = {
    **dict.fromkeys(("及以上", "(含)以上", "以上"), (Comparison.AT_LEAST, 0)),
    **dict.fromkeys(("及以下", "以下", "及以内", "以内", "之内", "内"), (Comparison.AT_MOST, 0)),
    **dict.fromkeys(("左右", "上下"), (Comparison.ABOUT, 0)),
}
_INCLUDED = (
    r"^(.*?(?<![0-9.])([0-9.]++)[^0-9()]*以[上下内])\(含(?:本数|\2[^0-9()]*)?\)$"  # 20个以上（含20个）
)
_HELD = "控制在"  # says nothing without its 以内 or 左右

# What stands before a number and leaves it as it is, and what is ours in counting it so.
_WORK = (
    "召开|开展|组织|举办|举行|新增|新建|培训|建设|建成|打造|培育|引进|发放|安排|选派|扶持|支持|创建|改造|化解|实现|建立|累计|报送"
    "|净增|新认定|认定|新入库|入库|储备|谋划|一般|严格(?=控制)|城镇|就业|转移|改扩建|改建|扩建|实施|申报|整治|排查|整改|投资|投入|通报|检查|督查|应当?|须|原则上|力争|确保|争取|达到|完成"
)
_HELD_ABOUT = f"^(?:{_WORK})*{_HELD}(?:大?约([0-9].*)|([0-9].*)(?:左右|上下))$"  # must not pass the number
_SINCE = "(?:同比|环比|[比较](?:上年|去年|20[0-9]{2}年)|年均?|平均)?"
_RISES = "增长率?|增幅|增速|涨幅(?=控制|不[超高]|.*(?:以内|左右)$)|提高|提升|增加|上升"
_CONDITIONS = (
    (f"{_SINCE}(?:{_RISES})", "增幅", "“{}”按填报的增幅计。"),
    (f"{_SINCE}(?:下降率?|降幅|降低|减少|压减|压缩|缩短)", "降幅", "“{}”按填报的降幅计。"),
    ("每年(?:度)?", "", "“{}”按本方案年度计。"),
    ("均(?=[达不超控])", "", "“{}”指每一项，按最差的一项计。"),
    ("首批", "", "“{}”以后的各批没有写数。"),
    ("其中", "", "“{}”是总数的一部分，单独计数。"),
)
_OF_THE_YEAR = "^(?:全[年省市县区镇乡]|年内|[今当本]年度?|年度)*(?:共计?|总[计数量]|合计|累计)?"
# The name of a rate or an amount, where words behind it say which bound the number is: 满意度达到95%以上.
_MEASURE = (
    "^(?!.{0,8}(?:[增降减升提每均]|变化))[一-龥]{0,10}(?:率|满意度|比例|比重|占比|[产总]值|[销售采购金投资]额|面积|总量)"
    "(?=(?:稳定|保持|维持|控制)在?|达|不[低少高多超]|超过|低于|高于|大于|小于|100%$|[0-9.]+[^0-9,;]{1,4}(?:以[上下内])$)"
)
_STAYS = "^(?:稳定|保持|维持)在?(?=.+(?:以[上下内]|左右)$)"
# Where a number arrives, which is no growth: 由80%提高到95% is 95%.
_LEVELS = (("(?:提高|提升|增加|上升|增长)", "达到"), ("(?:下降|降低|降|压减|压缩|减少|缩短)", "不超过"))
_EVERY = "每(?:个?月|个?季度?|半年|周|日|天|旬)|[按逐](?:月|季)"
_RANGE = r"(?P<least>[0-9][0-9.,]*)(?P<mid>[^0-9]{0,4}?)(?:[-−–—―─~〜]{1,2}|至|到)(?P<most>[0-9][0-9.,]*)(?P<unit>[^0-9]*)"
_ZERO = "(?!.*(?:[不未半一每首]|基本|部分|大[部多]))[一-龥“”]{0,12}(?:清零|归零)|零(?:发生|增长|事故|死亡|上访|增加|新增|失误|差错|投诉|逾期|遗漏|伤亡|火灾|返贫|辍学)|不发生"
_ALL = "(?:实现|达到)?全覆盖|全部"
_MORE_THAN_HALF, _HALF = (
    "过半|(?:超过?|多于|大于)(?:一半|半数)",
    "(?:达到?|不少于|不低于)?(?:一半|半数)(?:以上)?",
)
# What no number tells; with a number, or with the unit at the end, a number was meant.
_STATE = (
    "同步|领先|前列|稳[定中步]|保持|有所|适度|只[增减]不|[省市县国]定|下达|上级|合理区间|平均水平|上年|去年"
    "|(?:全部|全面|按期)(?:完成|建成|落实|达标|办结|到位|整改)|不发生|杜绝|无.*(?:事故|事件)|持平|超额|不(?:下降|降低|减少|增加)"
)
_STATED = f"(?=.{{3}})(?!.*(?:待(?!遇)|[未0-9%‰{''.join(MAGNITUDES)}一二两三四五六七八九十半]|[在达到于率比]以[上下内]|左右)).*(?:{_STATE}).*"
# A price for one piece adds up to nothing, and these words name no number.
_UNCOUNTED = (
    "[0-9.,]+[百千万亿]?元[/／每].+|(?:每年)?每(?!年).{1,4}[0-9.,]+[百千万亿]?元.*|[^0-9]*全覆盖|基本[清归]零|应.尽.|[^0-9]*(?:稳步|逐步|明显|显著|大幅|持续|有效|不断)[^0-9]*"
    f"|(?:20[0-9]{{2}}年|[^0-9])*(?:平均|上年|去年|同期)(?:水平|数)?|{_MORE_THAN_HALF}|{_HALF}"
)

_WITHOUT_NUMBER = "；没有数的照原文写在 text，不写 target，另写 declare: true"


def read_target(text: str, unit: str, decimals: int) -> Target:
    """Read a promise of a plan, such as 155人, 不超过3万元, 约100人; a bare number is the least.

    Args:
        text: the document's words.
        unit: what the indicator counts.
        decimals: places behind the point.

    Returns:
        The promise; with a fault it is not understood.
    """
    words = fold(text)
    try:
        refuse_torn("目标", text, words)
        named = _named(words, fold(unit), decimals)
        if named:
            return named
        core, conditions = _without_conditions(re.sub("不[得能]", "不", words))
        read = _ranged(words, core, unit, decimals) or _bounded(words, core, unit, decimals)
    except UnreadablePhrase as unreadable:
        return Target(Comparison.NONE, None, fault=str(unreadable))
    return read._replace(assumed=read.assumed + conditions)


def _named(words: str, unit: str, decimals: int) -> Target | None:
    """Read words that are a number without digits, or that no rule counts; None where they are neither."""
    if re.fullmatch(_ZERO, words):
        return Target(Comparison.AT_MOST, 0)
    one, more = 10**decimals, bool(re.fullmatch(_MORE_THAN_HALF, words))
    if unit == "%" and re.fullmatch(_ALL, words):
        return Target(Comparison.AT_LEAST, 100 * one)
    if unit == "%" and (more or re.fullmatch(_HALF, words)):
        least = 50 * one + more
        assumed = f"{quoted(words)}不含一半，按不少于{write_quantity(least, decimals)}%认定。" if more else ""
        return Target(Comparison.AT_LEAST, least, assumed)
    has_unit = re.search(r"[/／]|^每", unit)
    is_state = re.fullmatch(_STATED, words) and not words.endswith(unit)
    if is_state or (re.fullmatch(_UNCOUNTED, words) and not has_unit):
        return Target(Comparison.NONE, None, declared=words)
    return None


def _without_conditions(words: str) -> tuple[str, str]:
    """Return the words without what only says of what the number is, and what is ours in counting it so."""
    core, notes = re.sub(_OF_THE_YEAR, "", squeeze(words)), ""
    core = re.sub(_INCLUDED, r"\1", re.sub(_MEASURE, "", core))
    for verb, bound in _LEVELS:
        core, arrived = re.subn(f"^(?:[由从][0-9.]+[^0-9]{{0,3}}?)?{verb}[到至为]", bound, core)
        notes += "按达到的数计，不是增减的数。" * arrived
    for pattern, sense, note in _CONDITIONS:
        condition = re.match(pattern, core)
        if condition:
            core = core[condition.end() :].removeprefix("为").removeprefix("的")
            notes += note.format(sense or condition[0])
    core, is_held = re.subn(_HELD_ABOUT, r"不超过\1\2", re.sub(_STAYS, "", core))
    notes += "“左右”按不超过该数认定。" * is_held
    core = re.sub(f"^(?:{_WORK})+(?=.)", lambda work: "" if work[0] not in BEFORE_NUMBER else work[0], core)
    return re.sub(f"(?<=至少)(?:{_WORK})+|(?<=[0-9]%)(?:完成|全?覆盖|达标)$", "", core), notes


def _ranged(words: str, core: str, unit: str, decimals: int) -> Target | None:
    """Read 3—5家: the lower number binds, the upper one is kept."""
    ends = re.fullmatch(_RANGE, core)
    if ends is None:
        return None
    magnitudes, of_most, of_least = "".join(MAGNITUDES), ends["unit"], ends["mid"]
    if not of_least.strip(magnitudes):  # 3—5家, 500万—1000万元, 5000万—1亿元
        of_least = of_most if of_most.startswith(of_least) else of_least + of_most.lstrip(magnitudes)
    numbers = (ends["least"] + of_least, ends["most"] + of_most)
    both = [_amount(words, number, unit, decimals) for number in numbers]
    if both[0] > both[1]:
        raise UnreadablePhrase(f"目标{quoted(words)}前后颠倒；请从小到大写。")
    bound, upper = (write_quantity(amount, decimals) + unit for amount in both)
    assumed = f"{quoted(words)}按不少于{bound}认定，上限{upper}照原文保留。"
    return Target(Comparison.AT_LEAST, both[0], assumed)


def _amount(words: str, number: str, unit: str, decimals: int) -> int:
    """Read a number of a promise."""
    reading = read_quantity(number, unit, decimals)
    if reading.amount is None:
        raise UnreadablePhrase(f"目标{quoted(words)}无法采用：{reading.fault}")
    return reading.amount


def _bounded(words: str, core: str, unit: str, decimals: int) -> Target:
    """Read a number with the words of its comparison before or behind it."""
    if re.match(_EVERY, core):
        whole = f"请写全年一共多少（如 24{unit}），每期的数照原文写在 text"
        raise UnreadablePhrase(f"目标{quoted(words)}写的是每一期的数；{whole}。")
    held = core.startswith(_HELD)
    core = core.removeprefix(_HELD)
    fronts: list[str] = []
    while front := next((word for word in BEFORE_NUMBER if core.startswith(word)), ""):
        fronts.append(front)
        core = core.removeprefix(front)
    behind = next((word for word in BEHIND_NUMBER if core.endswith(word)), "")
    core = core.removesuffix(behind)
    senses = [*(BEFORE_NUMBER[front] for front in fronts), *([BEHIND_NUMBER[behind]] if behind else [])]
    contradictory = len(set(senses)) > 1 or (held and (Comparison.AT_MOST, 0) not in senses)
    is_alone = core[:1] in MAGNITUDES and core[:1] != unit[:1]
    core = f"1{core}" if is_alone else core
    if contradictory or not (core[:1].isascii() and core[:1].isdigit()):
        raise _no_target(words, unit)
    read = _amount(words, core, unit, decimals)
    is_none = not senses and read == 0  # 0起 is a bound: at least 0 would always be met
    comparison, step = senses[0] if senses else (Comparison.AT_MOST if is_none else Comparison.AT_LEAST, 0)
    amount = read + step
    if not 0 <= amount < LIMIT * 10**decimals:
        raise _no_target(words, unit)
    is_other = is_alone or is_converted(core, unit)
    assumed = f"{quoted(words)}读作{write_quantity(read, decimals)}{unit}。" if is_other else ""
    if step:
        assumed += (
            f"“{fronts[-1]}”不含本数，按{comparison.label}{write_quantity(amount, decimals)}{unit}认定。"
        )
    elif comparison is Comparison.ABOUT:
        assumed += f"“{behind or fronts[-1]}”按达到该数认定。"
    return Target(comparison, amount, assumed)


def _no_target(words: str, unit: str) -> UnreadablePhrase:
    """The fault of words that are no promise."""
    forms = f"100{unit}、不少于100{unit}、不超过100{unit}、约100{unit}"
    without = "" if re.search("^$|[0-9]", words) else _WITHOUT_NUMBER
    problem = f"目标{quoted(words)}看不懂" if words else "没有写目标"
    return UnreadablePhrase(f"{problem}；请写成 {forms} 之一{without}。")
