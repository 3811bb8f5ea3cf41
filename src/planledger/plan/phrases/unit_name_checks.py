"""What no name of one unit is: a sentence, a person, words that stand for nobody, two units in one, brackets that hold a list.

A name is refused with the way to write it, and never cut down to what might be meant.
"""

import re

from planledger.plan.phrases.texts import UnreadablePhrase, quoted
from planledger.plan.phrases.unit_pieces import is_group, split_of_group, split_of_units, unit_in_open_words
from planledger.plan.phrases.unit_words import ENDS_A_UNIT, rule

SHORTEST_NAME = 2
LONGEST_NAME = 30
NO_NAME = f"不是单位名称；请写{SHORTEST_NAME}到{LONGEST_NAME}个汉字、字母或者数字"

# These also stand in names, and are roles only behind the end of a name: 县政协办, 县项目实施中心.
STANDS_IN_NAMES = frozenset(("主办", "协办", "协作", "组织实施", "组织落实", "实施", "落实"))

_NAME = "[A-Za-z0-9〇\u3400-\u9fff\U00020000-\U0003134f（）“”]+"
# What no name of one unit holds: open-ended words, the number of a list, a remark, a beginning (拟由), an end (县教育局统筹),
# and behind the end of a name a 等, a footnote or what the unit does.
_NOT_OF_A_NAME = (
    "各(?!庄)|^<SOME>|^[0-9]{1,2}(?![0-9中小院号队连A-Za-z]|师(?!范)|团(?!.?委))|..(?:两|[三四五六])[镇乡]$|..乡镇$|(?:等|<SOME>)(?:部门|单位|乡镇|企业)|<ETC>.{0,4}(?:组织|团体)$|<REMARK>|^(?:[拟暂均应仍改须需可请]|原则上|建议|主要|统一|具体|分别|计划)由|<BEGUN>$"
    "|^(?:按照?|根据(?!地)|依[据照]|本着)(?!.{1,6}(?:<TOWN>|<VILLAGE>)$)|^<ASKED>.+<BUREAU>$"
    "|(?<![政科残文作记侨老消律体民自])[主协]办$|^(?![二三四五六七八九][县区市]|二七区)<DIGIT>{1,2}<OPENS>(?!<DIGIT>|多|联|.*(?:<TOWN>|<VILLAGE>)$)"  # but no 县政协办
    "|<ENDS>(?:等(?!级)|[0-9]+$|<DOES>$|(?:[做抓]好|加强).)"
)
_OF_SENTENCE = "(?P<role><PLAIN_ROLE>|主办|主责|协办|参加|(?:组织)?(?:实施|落实)(?!单位|主体))|责任单位|以及|(?:<COUNT>|两)个|^<ASKED>(?=<ALL>|<SOME>)|^或(?=<ALL>|<SOME>|[省县市区])"
# Behind the end of a bureau or a company stands at most another unit, a part of it.
_GOES_ON = "(?:(?<!总)局|公司|委员会|办公室|医院)(?!$)(?!.*(?:专班|窗口|[股科班期段警])$)(?P<rest>[^（）]+)(?:（[^（）]*）)?$"
_PAIRED = "(?!（)(?:[^“”（）]|“[^“”（）]+”|（(?:[^“”（）]|“[^“”（）]+”)+）)*"
_HAS_LIST = "（[^）]*[、，；（]"
_GROUP_HAS_LIST = "（[^）]*(?:<ALL>|<OPENS>[^）]*(?:局|馆|委|办|中心|公司)）)"


def check_name(words: str, *, nobody: bool) -> None:
    """Refuse what is not one unit's name."""
    if len(words) > LONGEST_NAME:
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}。")
    if rule("<INSTEAD>").fullmatch(words):
        raise UnreadablePhrase(f"{quoted(words)}不是单位；是哪几家请用 readings 写明，还没有定的写“无”。")
    apart = [part for part in re.split("[（）]", words) if not ENDS_A_UNIT.search(part)]
    of_group = is_group(words)
    names_kind = of_group and not split_of_group(words)
    if not names_kind and any(map(rule("<PERSON>").fullmatch, apart)):
        raise UnreadablePhrase(f"{quoted(words)}像是人，不是单位；请写单位名称，不写人。")
    _check_brackets(words, of_group=of_group or nobody)
    name = re.sub("（[^）]*）", "", words) if of_group else words.replace("：", "", 1)
    if not rule(_NAME).fullmatch(name):
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}，不写别的符号。")
    if nobody:
        check_open_words(words)
    names_one = not nobody and not of_group
    if (
        _is_sentence(words, of_group=of_group)
        or (nobody and rule("..<ETC>.").search(words))
        or (names_one and (_goes_on(words) or rule(_NOT_OF_A_NAME).search(words)))
    ):
        raise UnreadablePhrase(
            f"{quoted(words)}不像单位名称；请写单位的全称，职责写在名称后面，如“教育局牵头，财政局配合”。"
        )
    parts = split_of_units(words) if not of_group else None
    if parts:
        raise UnreadablePhrase(
            f"{quoted(words)}像是两个单位；两家的请写“{'、'.join(parts)}”，一家的请用 readings 写成它的简称。"
        )


def check_open_words(words: str) -> None:
    """Refuse a unit that open-ended words would swallow."""
    parts = unit_in_open_words(words)
    if parts:
        raise UnreadablePhrase(
            f"{quoted(words)}里像是少了“、”；两样的请写“{'、'.join(parts)}”，是它下面的单位的请写“{'的'.join(parts)}”。"
        )


def _check_brackets(words: str, *, of_group: bool) -> None:
    """Refuse brackets that are not whole, stand in front, or hold a list: that of a group (各镇（街道、园区）) only."""
    if rule(_GROUP_HAS_LIST if of_group else _HAS_LIST).search(words) or not rule(_PAIRED).fullmatch(words):
        raise UnreadablePhrase(
            f"{quoted(words)}的括号不成对，或者括号里有标点；请把括号写全，括号里的单位另外用“、”列出。"
        )


def _goes_on(words: str) -> bool:
    """Whether words behind the end of a name are no unit: 县教育局张三."""
    match = rule(_GOES_ON).search(words)
    return match is not None and not ENDS_A_UNIT.search(match["rest"])


def _is_sentence(words: str, *, of_group: bool) -> bool:
    """Whether words that belong to a sentence stand in what should be a name."""
    for match in rule(_OF_SENTENCE).finditer(words):
        in_name = match["role"] in STANDS_IN_NAMES and not ENDS_A_UNIT.search(words[: match.start()])
        of_all = of_group and rule("<DUTY><OFFICE>$").match(words, match.start())
        counts_all = of_group and match[0].endswith("个")
        if not (in_name or of_all or counts_all):
            return True
    return False
