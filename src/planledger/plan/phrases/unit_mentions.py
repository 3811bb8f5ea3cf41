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
    NOBODY,
    is_group,
    name_continued,
    split_of_units,
    unit_in_open_words,
)
from planledger.plan.phrases.unit_words import ENDS_A_UNIT, ROLES, rule

SHORTEST_NAME = 2
LONGEST_NAME = 30
NO_NAME = f"不是单位名称；请写{SHORTEST_NAME}到{LONGEST_NAME}个汉字、字母或者数字"

# These also stand in names, and are roles only behind the end of a name: 县政协办, 县项目实施中心.
_STANDS_IN_NAMES = frozenset(("主办", "协办", "组织实施", "组织落实", "实施", "落实"))

_LABEL = "(<DUTY>|主责|负责|协助|参与|落实)(?:责任)?(?:<ANSWERER>|股室|处室|机构)?："
_PERSON = "[^：]{0,6}(?:领导|负责人|联系人|责任人)："
_TIME = "(?:[0-9]{4}年)?(?:<COUNT>{1,3}月|年[底内]|[上下]半年|第?[1-4一二三四]季度).*"
_TAIL = "(?P<adverbs><ADVERB>*)(?P<role><ROLE>)$"
_OWN = "（(?:(<ROLE>)<OFFICE>?|责任<OFFICE>)）$"
# 及相关单位, 等乡镇, 等5个部门, 等项目业主单位
_OPEN = (
    "(?:以?及其?<VAGUE>+[^及等]{0,6}?<NOUN>|以?及[^及等]{0,8}单位|<ETC>(?:<VAGUE>|(?:<COUNT>|两)+[个家]*)*<NOUN>?"
    "|<ETC>[^等]{0,12}?(?:<VAGUE>|责任|牵头|项目|业务|帮扶|包保|驻.|涉.|[县区市州省]级)<NOUN>)$"
)
_NOBODY = (
    "(?:<SOME>|其余|涉及|属地|所在地?)的?(?:[县区市州]直)?(?:<NOUN>|政府)$|(?:主管|职能|业务|成员|[县区市州]直)部门$|单位$|^<LEVEL>[直级]$"
    "|乡镇$|(?:沿线|试点|示范|重点)(?:<SETTLEMENT>)$|(?:<SOME>.{1,4}|施工|建设|重点|骨干|龙头|规上)企业$"
)

_NAME = "[A-Za-z0-9〇\u3400-\u9fff\U00020000-\U0003134f（）“”]+"
# What no name of one unit holds: open-ended words, the number of a list, a remark, a beginning (拟由), an end (县教育局统筹),
# and behind the end of a name a 等, a footnote, what the unit does or who works there.
_NOT_OF_A_NAME = (
    "各|^[0-9]{1,2}(?![0-9中小院号队连A-Za-z]|师(?!范)|团(?!.?委))|..(?:两|[三四五六])[镇乡]$|(?:等|<SOME>)(?:部门|单位|乡镇|企业)|<REMARK>|^(?:拟|暂|原则上|建议|主要|统一|具体|分别|均|计划)由|<BEGUN>$"
    "|<ENDS>(?:等(?!级)|[0-9]+$|<DOES>$|(?:[做抓]好|加强).|.{0,4}<OFFICER>$)"
)
_OF_SENTENCE = "(?P<role><PLAIN_ROLE>|主办|主责|协办|参加|(?:组织)?(?:实施|落实)(?!单位|主体))|责任单位|以及|(?:<COUNT>|两)个"
# Behind the end of a bureau or a company stands at most another unit, a part of it.
_GOES_ON = "(?:(?<!总)局|公司|委员会|办公室|医院)(?!$)(?!.*(?:专班|窗口|[股科班期段警])$)(?P<rest>[^（）]+)(?:（[^（）]*）)?$"
_HAS_LIST = "（[^）]*[、，；（]"
_GROUP_HAS_LIST = "（[^）]*(?:<ALL>|<OPENS>[^）]*(?:局|馆|委|办|中心|公司)）)"


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
    times = [piece for _, piece in pieces if rule(_TIME).fullmatch(piece)]
    notes = [f"{quoted(piece)}是时间，不是单位；完成时限请写在 due。" for piece in times]
    named = [
        pair
        for pair in pieces
        if pair[1] not in times and rule(_LABEL).sub("", pair[1], count=1) not in NOBODY
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
            tail = rule(_TAIL).search(piece)
            if tail and ROLES[tail["role"]] is Role.ASSIST:
                raise UnreadablePhrase(f"{quoted(piece)}前后写了两种职责；请只写一种。")
            notes.append(f"{quoted(piece)}里“会同”前面的按牵头、后面的按配合认定。")
            mentions.append(_in_company(_mention("、" if first else mark, second, mentions), is_joined=True))
        preposition = "" if rule(_TAIL).search(piece) else preposition
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
    if rule(_PERSON).match(piece):
        raise UnreadablePhrase(f"{quoted(piece)}是人，不是单位；请不要写在责任单位里。")
    match = rule(_LABEL).match(piece)
    label = ROLES.get(match[1], Role.RESPONSIBLE) if match else None  # 责任单位： says no more than 负责
    words = re.sub("^(?:由|以(?!上))", "", piece[match.end() :]) if match else piece
    words, tail_word = _without_role(words)
    own = rule(_OWN).search(words)
    words = words[: own.start()] if own else words
    if not words:
        raise UnreadablePhrase(
            f"{quoted(piece)}没有写单位；请在职责前面或者“：”后面写单位名称，如“教育局牵头”“牵头单位：教育局”。"
        )
    words = (before and mark == "、" and name_continued(before[-1].words, words)) or words
    words, open_words = _open(mark, words)
    if open_words:
        _check_open(open_words)
    nobody = bool(rule(_NOBODY).search(words)) and not is_group(words)
    if words:
        _check(words, nobody=nobody)
    own_role = ROLES.get(own[1], Role.RESPONSIBLE) if own else None
    return Mention(words, mark, nobody, open_words, label, own_role, ROLES.get(tail_word), tail_word)


def _without_role(words: str) -> tuple[str, str]:
    """Return *words* without the role at their end, and the role's word (empty where they have none)."""
    match = rule(_TAIL).search(words)
    if match is None:
        return words, ""
    name = words[: match.start()]
    is_name = (
        not name
        or is_group(name)
        or ENDS_A_UNIT.search(name)
        or rule(_NOBODY).search(name)
        or name[-1] == "）"
    )
    if match["role"] in _STANDS_IN_NAMES and not (match["adverbs"] or is_name):
        return words, ""
    return name, match["role"]


def _open(mark: str, words: str) -> tuple[str, str]:
    """Return the name and the open-ended words behind it."""
    match = rule(_OPEN).search(words)
    if match:
        return words[: match.start()], match[0]
    if mark:  # 、以及教育局: behind a mark 及 joins and is no part of a name
        words = words.removeprefix("以及").removeprefix("及")
    return words, ""


def _check(words: str, *, nobody: bool) -> None:
    """Refuse what is not one unit's name."""
    if len(words) > LONGEST_NAME:
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}。")
    if rule("<INSTEAD>").fullmatch(words):
        raise UnreadablePhrase(f"{quoted(words)}不是单位；是哪几家请用 readings 写明，还没有定的写“无”。")
    apart = [part for part in re.split("[（）]", words) if not ENDS_A_UNIT.search(part)]
    if any(map(rule("<PERSON>").fullmatch, apart)):
        raise UnreadablePhrase(f"{quoted(words)}像是人，不是单位；请写单位名称，不写人。")
    of_group = is_group(words)
    _check_brackets(words, of_group=of_group or nobody)
    name = re.sub("（[^）]*）", "", words) if of_group else words.replace("：", "", 1)
    if not rule(_NAME).fullmatch(name):
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}，不写别的符号。")
    if nobody:
        _check_open(words)
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
    has_list = rule(_GROUP_HAS_LIST if of_group else _HAS_LIST).search(words)
    if not is_paired or has_list or words.startswith("（"):
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
        in_name = match["role"] in _STANDS_IN_NAMES and not ENDS_A_UNIT.search(words[: match.start()])
        of_all = of_group and match[0] == "责任单位" and match.end() == len(words)
        counts_all = of_group and match[0].endswith("个")
        if not (in_name or of_all or counts_all):
            return True
    return False
