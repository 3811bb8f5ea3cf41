"""The mentions of a phrase of 责任单位: one unit each, with the role words that belong to it.

Whose unit it is (which side) is not asked here. A role word holds where the grammar around it says so: behind the name
of a unit, at the end of a list, in front with a ：. Elsewhere it is part of a name (县政协办).
"""

import re
from typing import NamedTuple

from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import UnreadablePhrase, quoted
from planledger.plan.phrases.unit_name_checks import STANDS_IN_NAMES, check_name, check_open_words
from planledger.plan.phrases.unit_pieces import NOBODY, is_group, name_continued
from planledger.plan.phrases.unit_words import ENDS_A_UNIT, ROLES, rule

_LABEL = "(<DUTY>|主责|负责|协助|参与|落实)(?:责任)?(?:<ANSWERER>|股室|处室|机构)?："
_PERSON = "[^：]{0,6}(?:领导|负责人|联系人|责任人)："
_TIME = "(?:[0-9]{4}年)?(?:<COUNT>{1,3}月|年[底内]|[上下]半年|第?[1-4一二三四]季度).*"
_WITH = "(?<![管居村常]委)(?<!总工|十字|联合|促进)(?<![总商])(?<!(?<!^[政科残文作消老个])(?<![省市县区州旗][政科残文作消老个])协)会同(?!镇$)"  # but no 管委会同县财政局
# In front of a name; but 由拳街道, 以上, 以勒镇, 以工代赈办.
_BY, _FROM = "由(?!拳)", "以(?![上及勒]|工代)"
_TAIL = "(?P<adverbs><ADVERB>*)(?P<role><ROLE>)$"
_OWN = "（(?:(<ROLE>)<OFFICE>?|责任<OFFICE>)）$"
# 及相关单位, 等乡镇, 等5个部门, 等项目业主单位
_OPEN = (
    "(?:以?及其?<VAGUE>+[^及等]{0,6}?<NOUN>|以?及[^及等]{0,8}单位|<ETC>(?:<VAGUE>|(?:<COUNT>|两)+[个家]*)*<NOUN>?"
    "|<ETC>[^等]{0,12}?(?:<VAGUE>|(?<!有限)责任|牵头|项目|业务|帮扶|包保|驻.|涉.|[县区市州省]级)<NOUN>)$"
)
_NOBODY = (
    "(?:<SOME>|其余|涉及|属地|所在地?)的?(?:[县区市州]直)?(?:<NOUN>|政府)$|(?:主管|职能|业务|成员|[县区市州]直)部门$|(?:[下所局]属的?|^直属|^派出)(?:机构|单位|学校|企业|公司|医院)$|(?:^|集团|公司|企业|投|全资|控股|[其属的])子公司$|^其[余他]$|单位$|(?:<LEVEL>|^[乡镇村])[直级]$"
    "|(?:[的在区郊边农属级]|任务|包[保联抓]|挂[点联]|联系|贫困|^)乡镇$|(?:沿线|试点|示范|重点|贫困|脱贫)(?:<SETTLEMENT>)$|<SOME>.{1,6}(?:村|机构|组织)$|(?:^|<SOME>|<LEVEL>).{1,4}企业$|社会(?:团体|组织)$"
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


def read_mentions(pieces: tuple[tuple[str, str], ...]) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Read the pieces of a phrase, each with the mark before it.

    Returns:
        The mentions in the phrase's order, and what was assumed, one sentence each.

    Raises:
        UnreadablePhrase: a role word stands alone, or a piece cannot be a unit's name.
    """
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
        piece = re.sub(f"^(?:{_BY})?(?:{_FROM})?", "", whole)
        preposition = preposition if piece == whole else whole[0]
        joins = rule(_WITH).search(piece)
        if joins and not joins.start() and not is_joined and (mark == "、" or not mentions):
            joins = None  # 会同县教育局 is a unit of 会同县
        _, role = _without_role(piece)
        first, second = (piece[: joins.start()], piece[joins.end() :]) if joins else (piece, "")
        if first:
            mentions.append(
                _in_company(_mention(mark, first, mentions), is_joined=is_joined, leads=bool(joins))
            )
        if joins:
            is_joined = True
            if ROLES.get(role) is Role.ASSIST:
                raise UnreadablePhrase(f"{quoted(piece)}前后写了两种职责；请只写一种。")
            notes.append(f"{quoted(piece)}里“会同”前面的按牵头、后面的按配合认定。")
            mentions.append(_in_company(_mention("、" if first else mark, second, mentions), is_joined=True))
        preposition = "" if role else preposition
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
    words = re.sub(f"^(?:{_BY}|{_FROM})", "", piece[match.end() :]) if match else piece
    words, tail_word = _without_role(words)
    own = rule(_OWN).search(words)
    words = words[: own.start()] if own else words
    if not words:
        raise UnreadablePhrase(
            f"{quoted(piece)}没有写单位；请在职责前面或者“：”后面写单位名称，如“教育局牵头”“牵头单位：教育局”。"
        )
    words, open_words = _open(mark, words)
    words = (before and mark == "、" and name_continued(before[-1].words, words)) or words
    if open_words:
        check_open_words(open_words)
    nobody = bool(rule(_NOBODY).search(words)) and not is_group(words)
    if words:
        check_name(words, nobody=nobody)
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
    if match["role"] in STANDS_IN_NAMES and not (match["adverbs"] or is_name):
        return words, ""
    return name, match["role"]


def _open(mark: str, words: str) -> tuple[str, str]:
    """Return the name and the open-ended words behind it."""
    match = rule(_OPEN).search(words)
    if match:
        return words[: match.start()], match[0]
    if mark:  # 、以及教育局: behind a mark 及 joins and is no part of a name
        words = rule("^(?:(?=[以及])<AND>|(?:与|暨|跟|并|兼|连同)(?=<ALL>|<SOME>|[省县市区]))").sub("", words)
    return words, ""
