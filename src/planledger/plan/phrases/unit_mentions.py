"""How a phrase of 责任单位 is cut into mentions: one unit each, with the role words that belong to it.

Whose unit it is (which side) is not asked here. 和 and 与 are never cut, because they stand inside
names (文化旅游和体育广电局); where they seem to join two units, the phrase is refused, not guessed.
"""

import re
from typing import NamedTuple

from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import quoted, squeeze

LONGEST_TEXT = 2000
SHORTEST_NAME = 2
LONGEST_NAME = 30
NO_NAME = f"不是单位名称；请写{SHORTEST_NAME}到{LONGEST_NAME}个汉字、字母或者数字"

_ROLES = {
    **dict.fromkeys(("牵头负责", "牵头", "为主", "主办", "主责"), Role.LEAD),
    "负责": Role.RESPONSIBLE,
    **dict.fromkeys(("配合", "协办", "协助", "参与"), Role.ASSIST),
}
_ROLE_WORDS = "|".join(_ROLES)
_NOUN = "(?:单位|部门|乡镇|镇街|镇|乡|街道|村|社区|企业|公司|机构|学校|医院|团体)(?:（[^（）]{1,6}）)?"
_VAGUE = "(?:各|相关|有关|其他|其它|涉及|主管|职能|成员|下属|所属|直属|[县区市州]直)"

# Half-width marks are folded, since an office types both kinds.
_FOLD = str.maketrans(",;:()､﹑﹔", "，；：（）、、；")
_LABEL = re.compile(r"(牵头|主办|主责|责任|负责|配合|协办|协助|参与)(?:单位|部门)?：")
_SPACED_LABEL = re.compile(rf"(?<=[^\s、，；])\s+(?={_LABEL.pattern})")
# A space may hide a forgotten 、 (教育局 财政局); a page's line break inside a word must not be refused.
_LOST_MARK = re.compile(
    rf"[^\s、，；]*(?:局|办|公司)\s+(?!公室|事处|学|{_ROLE_WORDS}|以?及|等|共同|分别|按)[\u3400-\u9fff][^\s、，；]*"
)
# No word of the loop can be read in two ways, else a long text takes for ever.
_TAIL = re.compile(rf"(?:按照?|根据|各自|职责|分工|共同|具体|分别|协同|积极|密切)*({_ROLE_WORDS})$")
_OWN = re.compile(rf"（({_ROLE_WORDS})(?:单位|部门)?）$")
_OPEN = re.compile(
    rf"(?:以?及其?{_VAGUE}+[^及等]{{0,6}}?{_NOUN}|以?及[^及等]{{0,8}}单位"
    rf"|(?<![高中初平])等(?:{_VAGUE}|[0-9一二三四五六七八九十两]+[个家])*(?:{_NOUN})?)$"
)
_NOBODY = re.compile(
    rf"(?:相关|有关|其他|其它|涉及)的?(?:[县区市州]直)?{_NOUN}$|(?:主管|职能|业务|成员)部门$|单位$"
)
_AND_GROUP = re.compile(r"(?<=[^、，；])以?及(?=各|全体|所有)")
_TWO_UNITS = re.compile(
    "(?:局|办|办公室|(?<!干)部|(?<!社)会|委|联|院|(?<!城)镇|(?<!城)乡|街道|中心|公司|政府|合作社|(?<![农乡])村)"
    "(?:和|与|以?及|或)(?=..)"
)
_NAME = re.compile("[A-Za-z0-9〇\u3400-\u9fff\U00020000-\U0003134f（）]+")
# What cannot be part of a unit's name; with it the phrase is a sentence and not a list.
_SENTENCE = re.compile(rf"{_ROLE_WORDS}|(?<!各)责任单位|会同|以及|[0-9一二三四五六七八九十两]个")
_UNFINISHED = re.compile(
    "(?:落实|实施|推进|开展|承担|承办|完成|参加|指导|统筹|主要|共同|分别|联合|部门|(?<![高中初平])等)$"
)


class UnreadablePhrase(Exception):  # noqa: N818  (no error of the program: it becomes the fault of a reading)
    """The phrase cannot be read for sure; the text is the sentence to show. It never leaves the readers."""


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


def read_mentions(text: str) -> tuple[Mention, ...]:
    """Cut a phrase into its mentions, in its order.

    Raises:
        UnreadablePhrase: a mark is stray, a role word stands alone, or a piece cannot be a unit's name.
    """
    return tuple(_mention(mark, piece) for mark, piece in _pieces(_folded(text)))


def _folded(text: str) -> str:
    """Fold marks and letters to one width, and take out the spaces and line breaks of the page."""
    if len(text) > LONGEST_TEXT:
        raise UnreadablePhrase(
            f"责任单位共{len(text)}个字，超过{LONGEST_TEXT}个字；请只写单位名称，用“、”隔开。"
        )
    folded = _SPACED_LABEL.sub("；", text.translate(_FOLD))
    lost = _LOST_MARK.search(folded)
    if lost:
        raise UnreadablePhrase(
            f"{quoted(' '.join(lost[0].split()))}中间有空格，看不出是不是两个单位；请用“、”隔开，或者去掉空格。"
        )
    folded = squeeze(folded).translate(_FOLD).removesuffix("。")
    if not folded:
        raise UnreadablePhrase("责任单位是空的；请写单位名称，多个单位用“、”隔开。")
    return _AND_GROUP.sub("、", folded)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return each piece with the mark before it."""
    parts = re.split("([、，；])", text)
    marks = ["", *parts[1::2]]
    for place, piece in enumerate(parts[::2]):
        if not piece:
            near = "".join(parts[max(0, 2 * place - 2) : 2 * place + 3])
            raise UnreadablePhrase(
                f"{quoted(near)}里有多余的标点；请只在两个单位之间写一个“、”“，”或者“；”。"
            )
    return list(zip(marks, parts[::2], strict=True))


def _mention(mark: str, piece: str) -> Mention:
    """Read one piece: label, name, own role, closing role, open-ended words."""
    match = _LABEL.match(piece)
    label = _ROLES.get(match[1], Role.RESPONSIBLE) if match else None  # 责任单位： says no more than 负责
    words = piece[match.end() :] if match else piece
    words, tail_word = _cut(_TAIL, words)
    if tail_word:
        words = words[1:] if words[:1] in ("由", "以") else words
    words, own_word = _cut(_OWN, words)
    if not words:
        raise UnreadablePhrase(
            f"{quoted(piece)}没有写单位；请在职责前面或者“：”后面写单位名称，如“教育局牵头”“牵头单位：教育局”。"
        )
    words, open_words = _open(mark, words)
    nobody = bool(_NOBODY.search(words)) and not is_group(words)
    if words:
        _check(words, nobody=nobody)
    return Mention(
        words, mark, nobody, open_words, label, _ROLES.get(own_word), _ROLES.get(tail_word), tail_word
    )


def _cut(pattern: re.Pattern[str], words: str) -> tuple[str, str]:
    """Return *words* without the role at their end, and the role's word (empty if there is none)."""
    match = pattern.search(words)
    return (words[: match.start()], match[1]) if match else (words, "")


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
    if words.count("（") != words.count("）") or "）" in words.partition("（")[0]:
        raise UnreadablePhrase(
            f"{quoted(words)}的括号不成对，或者括号里有标点；请把括号写全，括号里的单位另外用“、”列出。"
        )
    if _TWO_UNITS.search(words):
        raise UnreadablePhrase(f"{quoted(words)}像是两个单位；请用“、”隔开。")
    if words.startswith("（") or not _NAME.fullmatch(words.replace("：", "", 1)):
        raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}，不写别的符号。")
    if nobody and re.search("(?:局|办|中心|公司).*(?:相关|有关|其他|单位)", words):
        raise UnreadablePhrase(f"{quoted(words)}里像是少了“、”；请把单位名称和“相关单位”一类的话隔开。")
    names_one = not nobody and not is_group(words)
    if _SENTENCE.search(words) or (names_one and ("各" in words or _UNFINISHED.search(words))):
        raise UnreadablePhrase(
            f"{quoted(words)}不像单位名称；请写单位的全称，职责写在名称后面，如“教育局牵头，财政局配合”。"
        )


def is_group(words: str) -> bool:
    """Whether the words name a whole kind of unit and so nobody in particular (各乡镇, 全体成员单位)."""
    return bool(re.search("^[^和与及]{0,12}(?:各|全体|所有(?!制|权)).", words))
