"""What a plan without faults leaves out, which nobody would notice until somebody should have been late.

An item without a last day is never late, one that names nobody is chased at nobody, a unit that no item names gets no form.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from operator import attrgetter

from planledger.plan.model.rows import Agency, Duty, Indicator, Item, answering, grouped, promised
from planledger.plan.model.terms import Comparison
from planledger.plan.model.version import Plan
from planledger.plan.phrases.quantities import MAGNITUDES
from planledger.plan.phrases.texts import fold

# Longest first; of other units the first character is the unit, so that 20套住房 is 20套.
_LONG_UNITS = (
    "微克/立方米|毫克/立方米|毫克/升|立方米/日|吨标准煤|平方公里|平方千米|个百分点|个工作日|百分点|工作日|吨标煤|个小时|平方米|立方米|延长米|标准箱|千瓦时|兆瓦时|千伏安"
    "|个月|小时|分钟|课时|学时|学分|人次|户次|场次|车次|班次|架次|批次|件次|例次|台次|台套|平方|平米|立方|公里|千米|厘米|毫米|海里|延米"
    "|公顷|公斤|千克|毫克|公吨|标箱|千瓦|兆瓦|千伏|千卡|分贝|吨/日|吨/年|元/人|美元|欧元|港元|港币|日元|床位|学位|泊位|k?m[23²³](?![0-9])"
)
_NUMBER = re.compile(
    r"(?<![0-9.第])(?<![0-9][·:])(?:(?<![A-Za-z])|(?=[0-9.,]{1,40}+(?:%|[余多]?[百千万亿]?[元个家台套项户人名])))(?:(?P<least>[0-9][0-9,]{0,20}+)[^0-9]{0,2}?[-–—―~〜至到]{1,2})?(?P<whole>[0-9][0-9,]{0,20}+)(?:\.(?P<fraction>[0-9]{1,20}+))?"
    rf"[余多]?(?P<size>(?:(?!{_LONG_UNITS})[百千万亿])?)(?P<unit>%|‰|{_LONG_UNITS}|(?![GA]+(?![a-zA-Z]))[㎡㎥a-zA-Z]+|(?!强|热线|[国省县乡]道|[百千万亿]?级)[\u3400-\u9fff])"
)
_OF_TIME = ("年", "月", "日", "号", "时", "点", "季", "届", "版", "条", "周", "款", "旬", "岁")
_OF_CEILINGS = frozenset(("分钟", "小时", "天", "日", "个工作日", "工作日", "秒"))
_CEILING = re.compile(  # 失业率 and 投诉件数, but not 投诉办结率
    "^(?!.*(?:办结|化解|结案|达标|合格|满意|覆盖|处置|处理|回复|答复|整改|下降|降低|控制|监测|治理|帮扶|消除|查处|破案)率$).*(?:失业|辍学|流失|发生|事故|死亡|负债|不良|误差|投诉|差错|超标|涨幅|返贫|空置|逾期|能耗|排放|浓度|用时|耗时|时长|时限|时间|成本|债务率|赤字|漏损|发病|上访|信访量|火灾起?数|跑动|审批环节|(?<!节约)用水总?量|三公)"
)
# 青石镇和平村 is no 青平.
_JOINED_BY_AND = "^(.)[^和镇乡道]+和(.).*(局|委员会|[委办]|办公室)$"
_FLOOR = re.compile("以上|不低于|不少于|至少|提高|增长")
_CODE = attrgetter("code")


def omissions(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    """Return all that *plan* leaves out: under each heading the places (an item's code, a unit) and the words."""
    duties, indicators = grouped(plan.duties, _CODE), grouped(plan.indicators, _CODE)
    counted = _counted(plan)
    recurring = {rhythm.code for rhythm in plan.rhythms}
    named = {duty.agency for duty in plan.duties} | set(plan.meta.offices.split("、"))
    left_out = {
        "没有一个事项写到的单位，收不到填报表": [
            (one.name, "") for one in plan.agencies if one.name not in named
        ],
        "像是同一家的两个单位；是一家的，留一个，另一个写进 short": [
            (one.name, other.name)
            for of_body in grouped(plan.agencies, bare_name).values()
            for one, other in combinations(of_body, 2)
        ],
        "没有责任主体的事项，催不到任何单位": [
            (item.code, item.units) for item in plan.items if not answering(tuple(duties[item.code]))
        ],
        "没有点名的单位，催不到；定得下来的，请用 groups 或 readings 写明是哪几家": [
            (item.code, words) for item in plan.items for words in _unnamed(item, duties[item.code])
        ],
        "没有最后一天的事项，不会逾期": [
            (item.code, item.due or "没有写完成时限")
            for item in plan.items
            if not (item.last_day or item.code in recurring)
        ],
        "原文里没有作为指标的数": [
            (item.code, words) for item in plan.items for words in _uncounted(item.text, counted[item.code])
        ],
        "像是上限的目标，现按不少于认定；是上限的，请写 at_most": [
            (item.code, one.label + promised(one))
            for item in plan.items
            for one in indicators[item.code]
            if _seems_ceiling(one, item.text)
        ],
    }
    return {heading: places for heading, places in left_out.items() if places}


def _unnamed(item: Item, duties: list[Duty]) -> Iterator[str]:
    """Return the words of a row that stand for units, of which none is named, beside those that answer: 等部门, 各乡镇."""
    if answering(tuple(duties)):
        groups = {duty.agency for duty in duties if duty.is_group}
        meant = answering(tuple(duty._replace(is_group=False) for duty in duties))
        yield from (duty.agency for duty in meant if duty.agency in groups)
    if item.open_units:
        yield item.open_units


def bare_name(agency: Agency) -> tuple[str, str]:
    """Return the side of a unit and its name without what one and the same body is written with and without.

    Words joined by 和 are often shortened to their first characters: 人力资源和社会保障局 is 人社局.
    """
    name = re.sub("（[^）]*）", "", agency.name).removeprefix(agency.side)
    name = re.sub(_JOINED_BY_AND, r"\1\2\3", name)
    return agency.side, re.sub("委员会|人民政府|政府|办公室|[委办]$", "", name)


def _counted(plan: Plan) -> dict[str, set[Decimal]]:
    """Return for each row the numbers that its targets and milestones have, as they may stand in its text: 3 and 30000 of 3万元."""
    indicators = {(one.code, one.key): one for one in plan.indicators}
    promises = [(one.code, one.key, one.target) for one in plan.indicators]
    promises += [(one.code, one.key, one.target) for one in plan.quotas]
    promises += [(one.code, one.indicator, one.at_least) for one in plan.milestones]
    counted: dict[str, set[Decimal]] = defaultdict(set)
    for code, key, amount in promises:
        if amount is not None:
            indicator = indicators[code, key]
            alone = Decimal(amount).scaleb(-indicator.decimals)
            counted[code] |= {alone, alone * 10 ** MAGNITUDES.get(indicator.unit[:1], 0)}
    return counted


def _uncounted(text: str, counted: set[Decimal]) -> Iterator[str]:
    """Return the numbers of a text, with what they are of, that are not among those that its row counts."""
    for number in figures_in(text):
        alone = Decimal(f"{number['whole'].replace(',', '')}.{number['fraction'] or 0}")
        least = Decimal((number["least"] or "0").replace(",", ""))  # of a range the lower end is counted
        size, ends = 10 ** MAGNITUDES.get(number["size"], 0), {alone, least or alone}
        if counted.isdisjoint(ends | {end * size for end in ends}):
            yield number[0]


def figures_in(text: str) -> Iterator[re.Match[str]]:
    """Return the numbers of a text with what they are of, times and days aside; they are matched in the folded text."""
    return (number for number in _NUMBER.finditer(fold(text)) if not number["unit"].startswith(_OF_TIME))


def _seems_ceiling(indicator: Indicator, text: str) -> bool:
    """Whether a number that is taken for the least seems to be the most: 8分钟, a share of failures, about so many of them."""
    is_least = indicator.target is not None and indicator.comparison != Comparison.AT_MOST
    by_unit = indicator.unit in _OF_CEILINGS and "达到" not in text  # 优良天数达到300天
    seems_so = by_unit or _CEILING.search(indicator.label)
    return bool(is_least and seems_so and not _FLOOR.search(text))
