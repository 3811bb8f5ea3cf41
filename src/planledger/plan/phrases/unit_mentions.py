"""The mentions of a phrase of 责任单位: one unit each, with the role words that belong to it.

Whose unit it is (which side) is not asked here. A role word holds where the grammar around it says so: behind the name
of a unit, at the end of a list, in front with a ：. Elsewhere it is part of a name (县政协办).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import UnreadablePhrase, quoted
from planledger.plan.phrases.unit_pieces import (
    ENDS_A_UNIT,
    NOBODY,
    OPENS,
    ROLE_WORDS,
    ROLES,
    TAIL_OF_UNIT,
    group_continued,
    is_group,
    split_of_units,
    unit_in_open_words,
)

SHORTEST_NAME = 2
LONGEST_NAME = 30
NO_NAME = f"不是单位名称；请写{SHORTEST_NAME}到{LONGEST_NAME}个汉字、字母或者数字"

# These also stand in names, and are roles only behind the end of a name: 县政协办, 县项目实施中心.
_STANDS_IN_NAMES = frozenset(("主办", "协办", "组织实施", "组织落实", "实施", "落实"))
_NOUN = "(?:单位|部门|乡镇|镇街|镇|乡|街道|村|社区|企业|公司|机构|学校|医院|团体)(?:（[^（）]{1,9}）)?(?:(?:人民)?政府|办事处)?"
_VAGUE = "(?:各|全体|所有|相关|有关|其他|其它|其余|涉及|主管|职能|成员|下属|所属|直属|[县区市州]直)"

_LABEL = re.compile(
    "(牵头|主办|主责|责任|负责|配合|协办|协助|参与|承办|实施|落实|主管)(?:责任)?(?:单位|部门|主体|科室|股室|处室|机构)?："
)
_PERSON = re.compile("[^：]{0,6}(?:领导|负责人|联系人|责任人)：")
_TIME = re.compile(
    "(?:[0-9]{4}年)?(?:[0-9一二三四五六七八九十]{1,3}月|年[底内]|[上下]半年|第?[1-4一二三四]季度).*"
)
# No word of the loop can be read in two ways, else a long text takes for ever.
_TAIL = re.compile(
    f"(?P<adverbs>(?:双(?=牵头)|按照?|依[据照]?|根据|各自|职责|职能|分工|共同|联合|具体|主要|全面|统筹|总|分别|协同|积极|密切)*)(?P<role>{ROLE_WORDS})$"
)
_OWN = re.compile(rf"（(?:({ROLE_WORDS})(?:单位|部门)?|责任(?:单位|部门))）$")
_OPEN = re.compile(
    rf"(?:以?及其?{_VAGUE}+[^及等]{{0,6}}?{_NOUN}|以?及[^及等]{{0,8}}单位"
    rf"|(?<![高中初平])等(?:{_VAGUE}|[0-9一二三四五六七八九十两]+[个家]*)*(?:{_NOUN})?"
    rf"|(?<![高中初平])等[^等]{{0,12}}?(?:{_VAGUE}|责任|牵头|项目|业务|帮扶|包保|驻.|涉.|[县区市州省]级){_NOUN})$"
)
_NOBODY = re.compile(
    rf"(?:相关|有关|其他|其它|其余|涉及|属地|所在地?)的?(?:[县区市州]直)?(?:{_NOUN}|政府)$|(?:主管|职能|业务|成员)部门$|单位$"
)
_NAME = re.compile("[A-Za-z0-9〇\u3400-\u9fff\U00020000-\U0003134f（）“”]+")
# What cannot be part of a unit's name; with it the phrase is a sentence and not a list.
_SENTENCE = re.compile(
    "(?P<role>牵头|为主|主办|主责|负责|配合|协办|协助|参与|参加|(?:组织)?(?:实施|落实)(?!单位|主体))|责任单位|以及|[0-9一二三四五六七八九十两]个"
)
# What a cell says instead of a unit, and what brackets say that are no part of a name: a time, a footnote, another unit.
_NO_UNIT = re.compile(
    "[同如]上|上同|同[前左]|详见.*|见(?:附件|附表|上表|下表|备注)|待定|未定|另[行定].*|暂[未定无].*|每.+|.{0,2}(?:两|[三四五六七八九]大)(?:村|镇|乡|街道|社区|单位|部门|企业|公司|运营商|银行)|(?:乡镇?|镇街?|街道|村|社区|企业|学校|园区|县区|市县)+|.{0,3}两级.*|(?:长期|持续|常态|立行立改).{0,4}|全年|全社会|全[省市县区](?:上下)?"
)
_REMARK = re.compile(
    "（(?:[^）]*(?:[0-9]|[一二三四五六七八九十]月|[年月][底末])|或|拟|全年|长期|[待暂]定|详?见附|局长)[^）]*）|（(?:[主副正]|[^）]*责任人)?）|^[一二三四五六七八九十]是"
)
_UNFINISHED = re.compile(
    "(?:落实|实施|推进|开展|承担|承办|完成|参加|指导|统筹|主要|主抓|主管|抓总|为辅|分工|共同|分别|联合|部门|(?<![高中初平])等)$"
)
# Behind the end of a name: a 等 with what follows it, a footnote or number, what the unit does, who works there.
_GOES_PAST_A_UNIT = re.compile(
    f"{TAIL_OF_UNIT}(?:等(?!级)|[0-9]+$|(?:监督|督办|督导|督促|(?:统筹|组织)?协调|汇总|审核|收集|报送|上报|会办|办理|协同|指导"
    "|支持|保障|跟进|验收|督查|把关|备案|审批|兼|[代分共]管|组织|牵总|推动|执行|提供|联系|包保|包抓|兜底|承接|主导|领办|负总责|负(?:主要|主体|直接)?责任?)$"
    "|(?:[做抓]好|加强).|.{0,4}(?:局长|部长|院长|校长|主任|书记|领导|联系人)$)"
)
# Behind the end of a bureau or a company stands at most another unit, a part of it.
_GOES_ON = re.compile(
    "(?:(?<!总)局|公司|委员会|办公室|医院)(?!$)(?!.*(?:专班|窗口|[股科班期段警])$)(?P<rest>[^（）]+)(?:（[^（）]*）)?$"
)
_HEDGED = re.compile("^(?:拟|暂|原则上|建议|主要|统一|具体|分别|均|计划)由")
_NOT_OF_A_NAME = (_UNFINISHED, _REMARK, _GOES_PAST_A_UNIT, _HEDGED)
# Who is a person: by the office that one holds, or by a surname that begins no word for a unit.
_SURNAME = "(?:[王李张刘陈杨赵黄周吴徐孙朱胡郭何罗宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛余潘杜戴夏钟汪姜范廖邹熊孟秦邱侯尹段雷]|欧阳|上官|司马|诸葛)"
_SOMEBODY = re.compile(
    f"{_SURNAME}(?!家)[一-龥]{{1,2}}(?<![省市县区州旗盟关庄屯湾沟集])|.*(?:[县区市州镇乡]长|书记|主任|同志|某).{{0,3}}"
)


class Mention(NamedTuple):
    """One unit as the phrase names it, before it is asked whose unit it is."""

    words: str  # 两地县（区）委办; empty where only open-ended words stand
    mark: str  # the mark before it: 、 ， ； or nothing at the start
    names_nobody: bool  # 相关单位: the words as a whole are open-ended
    open: str  # 等乡镇, 及相关单位 behind the name
    label: Role | None  # 牵头单位： in front; holds until the next label
    own: Role | None  # （牵头） behind the name; holds for this unit alone
    tail: Role | None  # …配合 at the end; holds backwards
    tail_word: str


def read_mentions(pieces: Iterable[tuple[str, str]]) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Read the pieces of a phrase, each with the mark before it.

    Returns:
        The mentions in the phrase's order, and what was assumed, one sentence each.

    Raises:
        UnreadablePhrase: a role word stands alone, or a piece cannot be a unit's name.
    """
    pieces = tuple(pieces)
    times = [piece for _, piece in pieces if _TIME.fullmatch(piece)]
    notes = [f"{quoted(piece)}是时间，不是单位；完成时限请写在 due。" for piece in times]
    named = [
        pair for pair in pieces if pair[1] not in times and _LABEL.sub("", pair[1], count=1) not in NOBODY
    ]
    if times and not named:
        raise UnreadablePhrase("责任单位里没有写单位；请写单位名称，多个单位用“、”隔开。")
    mentions: list[Mention] = []
    starts = [0, *(place for place, (mark, _) in enumerate(named) if mark == "；" and place)]
    for start, end in zip(starts, [*starts[1:], len(named)], strict=True):
        _read_clause(named[start:end], mentions, notes)
    return tuple(mentions), tuple(notes)


def _read_clause(pieces: list[tuple[str, str]], mentions: list[Mention], notes: list[str]) -> None:
    """Add the mentions of what stands between two ；, as far as a 由, a 以 or a 会同 reaches."""
    preposition, is_joined = "", False
    for mark, whole in pieces:
        piece = whole.removeprefix("由")
        if not whole.startswith("以上"):
            piece = piece.removeprefix("以")
        preposition = preposition if piece == whole else whole[0]
        first, joins, second = piece.partition("会同")
        if first:
            mentions.append(
                _in_company(_mention(mark, first, mentions), is_joined=is_joined, leads=bool(joins))
            )
        if joins:
            is_joined = True
            tail = _TAIL.search(piece)
            if tail and ROLES[tail["role"]] is Role.ASSIST:
                raise UnreadablePhrase(f"{quoted(piece)}前后写了两种职责；请只写一种。")
            notes.append(f"{quoted(piece)}里“会同”前面的按牵头、后面的按配合认定。")
            mentions.append(_in_company(_mention("、" if first else mark, second, mentions), is_joined=True))
        preposition = "" if _TAIL.search(piece) else preposition
    if preposition:
        raise UnreadablePhrase(
            f"写了“{preposition}”，没有写是什么职责；请在最后一个单位后面写“负责”“牵头”一类的话。"
        )


def _in_company(mention: Mention, *, is_joined: bool, leads: bool = False) -> Mention:
    """Give the parts of A会同B、C负责: A leads, the others assist, and the word at the end is of all of them."""
    if is_joined:
        return mention._replace(own=mention.own or Role.ASSIST, tail=None)
    return mention._replace(own=mention.own or mention.tail or Role.LEAD, tail=None) if leads else mention


def _mention(mark: str, piece: str, before: list[Mention]) -> Mention:
    """Read one piece: label, name, own role, closing role, open-ended words."""
    if _PERSON.match(piece):
        raise UnreadablePhrase(f"{quoted(piece)}是人，不是单位；请不要写在责任单位里。")
    match = _LABEL.match(piece)
    label = ROLES.get(match[1], Role.RESPONSIBLE) if match else None  # 责任单位： says no more than 负责
    words = re.sub("^(?:由|以(?!上))", "", piece[match.end() :]) if match else piece
    words, tail_word = _without_role(words)
    own = _OWN.search(words)
    words = words[: own.start()] if own else words
    if not words:
        raise UnreadablePhrase(
            f"{quoted(piece)}没有写单位；请在职责前面或者“：”后面写单位名称，如“教育局牵头”“牵头单位：教育局”。"
        )
    words = (before and mark == "、" and group_continued(before[-1].words, words)) or words
    words, open_words = _open(mark, words)
    _check_open(open_words)
    nobody = bool(_NOBODY.search(words)) and not is_group(words)
    if words:
        _check(words, nobody=nobody)
    own_role = ROLES.get(own[1], Role.RESPONSIBLE) if own else None
    return Mention(words, mark, nobody, open_words, label, own_role, ROLES.get(tail_word), tail_word)


def _without_role(words: str) -> tuple[str, str]:
    """Return *words* without the role at their end, and the role's word (empty where they have none)."""
    match = _TAIL.search(words)
    if match is None:
        return words, ""
    name = words[: match.start()]
    is_name = (
        not name or is_group(name) or ENDS_A_UNIT.search(name) or _NOBODY.search(name) or name[-1] == "）"
    )
    if match["role"] in _STANDS_IN_NAMES and not (match["adverbs"] or is_name):
        return words, ""
    return name, match["role"]


def _open(mark: str, words: str) -> tuple[str, str]:
    """Return the name and the open-ended words behind it."""
    match = _OPEN.search(words)
    if match:
        return words[: match.start()], match[0]
    if mark:  # 、以及教育局: behind a mark 及 joins and is no part of a name
        words = words.removeprefix("以及").removeprefix("及")
    return words, ""


def _check(words: str, *, nobody: bool) -> None:
    """Refuse what is not one unit's name."""
    if len(words) > LONGEST_NAME:
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}。")
    if _NO_UNIT.fullmatch(words):
        raise UnreadablePhrase(f"{quoted(words)}不是单位；请写单位名称，还没有定的写“无”。")
    apart = [part for part in re.split("[（）]", words) if not ENDS_A_UNIT.search(part)]
    if any(map(_SOMEBODY.fullmatch, apart)):
        raise UnreadablePhrase(f"{quoted(words)}像是人，不是单位；请写单位名称，不写人。")
    of_group = is_group(words)
    _check_brackets(words, of_group=of_group or nobody)
    name = re.sub("（[^）]*）", "", words) if of_group else words.replace("：", "", 1)
    if not _NAME.fullmatch(name):
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}，不写别的符号。")
    if nobody:
        _check_open(words)
    names_one = not nobody and not of_group
    holds_open = names_one and re.search("(?:等|有关|相关|其[他它])(?:部门|单位|乡镇|企业)", words)
    hides_one = nobody and re.search(r"..(?<![高中初平])等.", words)
    if (
        holds_open
        or hides_one
        or _is_sentence(words, of_group=of_group)
        or (names_one and _goes_on(words))
        or (names_one and ("各" in words or any(end.search(words) for end in _NOT_OF_A_NAME)))
    ):
        raise UnreadablePhrase(
            f"{quoted(words)}不像单位名称；请写单位的全称，职责写在名称后面，如“教育局牵头，财政局配合”。"
        )
    parts = split_of_units(words) if not of_group else None
    if parts:
        raise UnreadablePhrase(
            f"{quoted(words)}像是两个单位；两家的请写“{'、'.join(parts)}”，一家的请用 readings 写成它的简称。"
        )


def _check_open(words: str) -> None:
    """Refuse a unit that open-ended words would swallow."""
    parts = unit_in_open_words(words)
    if parts:
        raise UnreadablePhrase(
            f"{quoted(words)}里像是少了“、”；两样的请写“{'、'.join(parts)}”，是它下面的单位的请写“{'的'.join(parts)}”。"
        )


def _check_brackets(words: str, *, of_group: bool) -> None:
    """Refuse brackets that are not whole, stand in front, or hold a list: that of a group (各镇（街道、园区）) only."""
    is_paired = words.count("（") == words.count("）") and "）" not in words.partition("（")[0]
    of_others = f"各|全体|所有|{OPENS}[^）]*(?:局|馆|委|办|中心|公司)）"
    has_list = re.search(f"（[^）]*(?:{of_others})" if of_group else "（[^）]*[、，；（]", words)
    if not is_paired or has_list or words.startswith("（"):
        raise UnreadablePhrase(
            f"{quoted(words)}的括号不成对，或者括号里有标点；请把括号写全，括号里的单位另外用“、”列出。"
        )


def _goes_on(words: str) -> bool:
    """Whether words behind the end of a name are no unit: 县教育局张三."""
    match = _GOES_ON.search(words)
    return match is not None and not ENDS_A_UNIT.search(match["rest"])


def _is_sentence(words: str, *, of_group: bool) -> bool:
    """Whether words that belong to a sentence stand in what should be a name."""
    for match in _SENTENCE.finditer(words):
        in_name = match["role"] in _STANDS_IN_NAMES and not ENDS_A_UNIT.search(words[: match.start()])
        of_all = of_group and match[0] == "责任单位" and match.end() == len(words)
        counts_all = of_group and match[0].endswith("个")
        if not (in_name or of_all or counts_all):
            return True
    return False
