"""How the office types: full-width digits, stray spaces, Chinese numerals, nothing to report; and the nearest right word.

The one place that folds typed text before it is read. Deliberately less than NFKC, which would turn
`²` into 2 and so read a number that nobody wrote: only the full-width forms of ASCII and the radicals that
stand for a character are folded, and only 0-9 count as digits afterwards.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from unicodedata import normalize

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
# Browsers and printers write PDF in which a character has the code of the radical that looks like it (⽬, ⺠).
_RADICALS = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | str.maketrans(
    "⼾⺎⺐⺒⺓⺛⺞⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "户兀尢巳幺旡歺民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0xFE63), "-")
_FOLDED = _FULL_WIDTH | _RADICALS | _HYPHENS
# no white space to Python, yet nothing to see
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
_BLANK = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
_BLANK += "\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_LONGEST_QUOTE = 30
_ONES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")

SPELLED = {
    (_ONES[tens] if tens > 1 else "") + ("十" if tens else "") + _ONES[ones]: 10 * tens + ones
    for tens in range(10)
    for ones in range(10)
    if tens or ones
}
"""The numerals 一 to 九十九 as they are properly written, and nothing that only looks like one."""


class UnreadablePhrase(Exception):  # noqa: N818  (no error of the program: it becomes the fault of a reading)
    """The phrase cannot be read for sure; the text is the sentence to show. It never leaves the readers."""


def unified(text: str) -> str:
    """Return *text* as it is seen: for a radical the character that it looks like (`⺠⽣` is `民生`), nothing for what is invisible."""
    return text.translate(_RADICALS).translate(_INVISIBLE)


def fold(text: str) -> str:
    """Return *text* with full-width forms as ASCII (`４０，` is `40,`), no radicals, and no blanks at its ends."""
    return text.translate(_FOLDED).strip(_BLANK)


def squeeze(text: str) -> str:
    """Return *text* folded and without any blank, also inside: `2020 年 11 月` is `2020年11月`."""
    return "".join(text.translate(_FOLDED).translate(_INVISIBLE).split())


def quoted(text: str) -> str:
    """Return *text* in “ ” for a sentence: short, on one line, control characters as `?`."""
    short = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "……"
    return "“" + "".join(letter if letter.isprintable() else "?" for letter in short) + "”"


def refuse_torn(what: str, text: str, read: str) -> None:
    """Refuse a blank between two digits: 1 2月 may be December, 40 50人 two numbers, or a 、 was lost.

    Args:
        what: what the words are, for the sentence.
        text: the words as they are written.
        read: those of them that are read.

    Raises:
        UnreadablePhrase: there is one.
    """
    parts = [part for part in map(squeeze, read.split()) if part]
    if any(one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(parts)):
        problem = f"{what}{quoted(' '.join(text.split()))}的数字中间有空格，看不出是一个数还是两个"
        raise UnreadablePhrase(f"{problem}；是一个数的，请写成{quoted(squeeze(read))}。")


def codes_numbered(numbers: Mapping[str, str], word: str) -> list[str]:
    """Return the codes of the rows to which the document gives the number that a word means.

    A code, and the beginning of one, means itself. Brackets and points need not be typed, where no number is written
    just so: 一1 for 一（一）1.

    Args:
        numbers: of every row the number under its code; empty where the document gives none.
        word: what was typed.
    """
    typed = squeeze(word)
    if any(f"{code}.".startswith(f"{typed}.") for code in numbers):
        return []
    exact = [code for code, number in numbers.items() if squeeze(number) == typed != ""]
    return exact or [code for code, number in numbers.items() if _bare(number) == _bare(typed) != ""]


def _bare(number: str) -> str:
    return "".join(filter(str.isalnum, number)).casefold()


_ESCAPE = "_x([0-9A-Fa-f]{4})_"
_LIKE_AN_ESCAPE = "_(?=x[0-9A-Fa-f]{4}_)"


def with_one_line_break(text: str) -> str:
    """Let every line break of a text be the same, whichever program wrote it: CR, CR+LF, LF, and what Word has.

    Empty lines at the end say nothing and go, so that a text that is read again is the same.
    """
    return text if text.isprintable() else "\n".join(text.splitlines()).rstrip("\n")


def from_cell(written: str) -> str:
    """Return what a text of a workbook says: what is escaped in it read, its line breaks alike."""
    if "_x" not in written:
        return with_one_line_break(written)
    read = re.sub(_ESCAPE, lambda escape: chr(int(escape[1], 16)), written)
    # what UTF-16 writes as two units is one character
    return with_one_line_break(read.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass"))


def into_cell(text: str) -> str:
    """Write a text so that a workbook says it as it is, also where it looks like an escape."""
    return re.sub(_LIKE_AN_ESCAPE, "_x005F_", text) if "_x" in text else text


_PLAIN = "._-/:"  # with letters and digits of any script, what no shell acts on


def shell_word(text: str) -> str:
    """Write a word so that a shell takes it as one."""
    is_plain = text and all(char.isalnum() or char in _PLAIN for char in text)
    if is_plain:
        return text
    import shlex

    return shlex.quote(text)


# Patterns are text: they are compiled when somebody reports in words, and most commands read none.
# No word is made of others of the list, so that a text is read in one way only, however long it is.
_NOW = r"(?:截至|截止|到)?(?:目前|现在|当前|今)|[本上当该这]个?(?:月份?|期|季度?|周|旬|阶段)内?|(?:[0-9]{4}年)?(?:[0-9]{1,2}|十?[一二三四五六七八九十])月份?|近期|期内|月内"
_WHO = r"[本我](?:单位|局|办|部门|镇|街道|委|处|公司|村|社)|[本该此这]项"
_SUBJECT = (
    r"新增|新|其[他它]|任何|具体|相关|有关|实质|明显|重大|最新|[可需须要应的性]|工作|业务|项目|活动|情况|事项|"
    r"内容|数据|进展|进度|动态|变化|更新|报告|汇报|上报|填报|报送|说明"
)
_NONE = rf"(?:{_NOW}|{_WHO}|{_SUBJECT})*(?:暂时?|[尚还仍均都也])*(?:没有|未有|[无没零0])(?:{_WHO})?(?:{_SUBJECT}|{_NOW})*"
_ZERO = rf"(?:{_NOW}|{_WHO})*(?:作|为|实行)?[零0]报告|nil|none|null|na|no"

_SIGN = r"[^\s/\\.。·…,、;:!~*()\[\]|_=—–―-]"


def means_nothing(text: str) -> bool:
    """Whether a text says only that there is nothing to report, whatever dots and dashes stand around it.

    A text that says more than that is a report, and is kept: 暂无，下月开展.
    """
    return _says(text, _NONE)


def _says(text: str, none: str) -> bool:
    """Whether a text as a whole, or each piece of it, is one of the words for nothing, of which *none* is the pattern.

    Dots, dashes and brackets alone say nothing too; a tick or another sign says what nobody can be sure of.
    """
    pieces = re.findall(r"[^\W_]+", fold(text).lower().replace("無", "无"))
    if not pieces:
        return not re.search(_SIGN, fold(text))
    several = ("".join(pieces),), tuple(pieces)
    return any(all(re.fullmatch(f"{none}|{_ZERO}", word) for word in words if word) for words in several)


# Narrower than of progress: 没有项目 says of progress that there is none, and is a problem in the column of problems.
_OF_ANY = r"新|其[他它]|任何|具体|明显|重大|突出|相关|有关|[的需要和及与]"
_ASKED = {
    "problem": rf"{_OF_ANY}|存在|问题|困难|难点|情况|反映",
    "next": rf"{_OF_ANY}|下一?步|后续|措施|打算|计划|安排|工作",
}


def names_none(text: str, part: str) -> bool:
    """Whether what is said under a head says only that there is none of it: 无, 暂无困难, 不存在问题, or a dash.

    Args:
        text: what stands there.
        part: the head: "problem" (存在问题) or "next" (下一步措施).
    """
    asked = rf"(?:{_NOW}|{_WHO}|{_ASKED[part]})*"
    none = rf"{asked}(?:暂时?|[尚还仍均都也])*(?:没有|未有|不存在|未发现|[无没零0]){asked}"
    return _says(text, none)


# Below this share of common characters a suggestion confuses more than it helps.
_NEAR = 0.6
HALF = 0.5  # the share for names of two characters, of which one is wrong
# A beginning that so many choices share is no reason to suggest one of them, if this much still follows.
_SEVERAL = 3
_TELLING = 2
_LONGEST = 60  # nobody means a word that is longer


def nearest(word: str, choices: Iterable[str], near: float = _NEAR) -> list[str]:
    """Return the words that *word* was probably meant to be, best first.

    Near is what shares most characters (财证局, 财政局), and what is a shortening of the other:
    all its characters stand in the other in their order (文旅局, 文化旅游和体育广电局).

    Args:
        word: What was typed.
        choices: All right words.
        near: The least share of common characters.

    Returns:
        The nearest words, three at most; empty where nothing is near.
    """
    typed = "".join(word.split()).casefold()
    if not typed or len(typed) > _LONGEST:
        return []
    right = list(dict.fromkeys(choices))
    head = _common_head(typed, right)
    ranked = [(-_nearness(typed, choice.casefold(), head, near), choice) for choice in right]
    best = sorted((rank for rank in ranked if rank[0]), key=lambda rank: rank[0])
    return [choice for _, choice in best[:3]]


def hint(word: str, choices: Iterable[str], near: float = _NEAR) -> str:
    """Return the question to put to the typist: “您是不是要写：财政局？”, or nothing where no word is near."""
    return question_of(nearest(word, choices, near=near))


def question_of(meant: Collection[str]) -> str:
    """Return the question whether one of these words is meant; nothing where there is none."""
    return f"您是不是要写：{'、'.join(meant)}？" if meant else ""


def _common_head(typed: str, choices: list[str]) -> str:
    """Return the longest beginning of *typed* that says little, because several choices begin so (大新县…)."""
    for end in range(len(typed) - _TELLING, 0, -1):
        if sum(choice.casefold().startswith(typed[:end]) for choice in choices) >= _SEVERAL:
            return typed[:end]
    return ""


def _nearness(typed: str, choice: str, head: str, near: float) -> float:
    """Return how near two words are: above 0 only if near, 1 if equal; a shortening counts at least as near."""
    from difflib import SequenceMatcher

    if choice.startswith(head):
        typed, choice = typed.removeprefix(head), choice.removeprefix(head)
    ratio = SequenceMatcher(None, typed, choice, autojunk=False).ratio()
    shorter, longer = sorted((typed, choice), key=len)
    if len(shorter) >= _TELLING and stands_in(shorter, longer):
        return max(ratio, _NEAR + (1 - _NEAR) * ratio / 2)
    return ratio if ratio >= near else 0.0


def stands_in(shorter: str, longer: str) -> bool:
    """Whether all characters of *shorter* stand in *longer* in their order."""
    rest = iter(longer)
    return all(character in rest for character in shorter)
