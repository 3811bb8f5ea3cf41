"""How many: the one rule by which a number is read, wherever it comes from.

Amounts are whole numbers of the smallest unit that an indicator counts (分 where it counts 元), so that
sums are exact for ever. A number that could be taken in two ways is refused with what to write.
"""

import re
from typing import NamedTuple

from planledger.plan.model.terms import MOST_DIGITS
from planledger.plan.phrases.texts import SPELLED, fold, means_nothing, quoted

LIMIT = 10**MOST_DIGITS
"""The first number that is too large: it has more than nine digits before the point."""

MAGNITUDES = {"百": 2, "千": 3, "万": 4, "亿": 8}
"""How many noughts a word for a multiple stands for."""

# Patterns are text: they are compiled when a number is read, and most commands read none.
_NUMBER = (
    r"(?s)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<fraction>[0-9]+))?(?P<rest>[^0-9,.].*)?"
)
# 5.000 of what is counted whole: 5 as some write it, 5,000 as others do.
_GROUPED_BY_POINT = r"[1-9][0-9]{0,2}\.[0-9]{3}"
_LONGEST_EXPLAINED = 60
_SPELLING = "零〇○一二三四五六七八九十百千万亿两"

_NEGATIVE = rf"(?s)(?:[-−–—]\s*[0-9.]|负\s*[0-9{_SPELLING}]).*"

# What is not a number, by its shape: the first that fits says what to write.
_SHAPES = (
    (_NEGATIVE, "是负数；请写0或大于0的数。"),
    (r"(?i)0[xob][0-9a-f_]+", "不是十进制数；请写阿拉伯数字，例如 40。"),
    (r"(?is)[0-9.,]+e[-+]?[0-9]+.*", "是科学记数法；请把数字全部写出，例如 1e3 写成 1000。"),
    (r"(?s)[0-9]+(?:_[0-9]+)+.*", "里有下划线；请去掉下划线，例如 1_000 写成 1000。"),
    (
        "(?s)(?:[超逾几]|若干).*|.*(?:[约余多近〃]|左右|上下|同上|以[上下内]|至[少多]|不[少低超高多足到]|[0-9十百千万亿][来几]).*",
        "不是准确数；请填准确数，例如 40。",
    ),
    (r"(?s)[0-9].*[-–—~〜至到、/和\s].*[0-9].*", "不止一个数；请只写一个，例如 40。"),
    (r"(?s)[0-9]+(?:,[0-9]*)+(?:[^0-9,].*)?", "的逗号位置不对；请去掉逗号，或每三位一个，例如 1,000。"),
    (f"(?s)[{_SPELLING}]+.*", "是中文数字；请写阿拉伯数字，例如 40。"),
)


class Quantity(NamedTuple):
    """A number as it was understood, in the smallest unit, or the sentence that says why it was not."""

    amount: int | None
    fault: str


def read_quantity(text: str, unit: str, decimals: int) -> Quantity:
    """Read what was typed for an indicator that counts *unit* with *decimals* places."""
    words, unit = fold(text), fold(unit)
    if not words:
        return Quantity(None, f"没有写数量；请写阿拉伯数字，例如 40{unit}。")
    match = re.fullmatch(_NUMBER, words)
    magnitude = _magnitude(fold(match["rest"] or ""), unit) if match else None
    if not match or magnitude is None:
        return Quantity(None, _not_understood(words, unit))
    whole, fraction = match["whole"].replace(",", ""), match["fraction"] or ""
    if decimals == magnitude == 0 and re.fullmatch(_GROUPED_BY_POINT, f"{match['whole']}.{fraction}"):
        both = " 或 ".join([whole + fraction] if fraction.strip("0") else [whole, whole + fraction])
        return Quantity(None, f"数量{quoted(words)}的点可能是小数点，也可能是千位的逗号；请写成 {both}。")
    fraction = fraction.rstrip("0")
    too_large = Quantity(None, f"数量{quoted(words)}太大；小数点前最多九位，请核对后改写。")
    if len(whole) > MOST_DIGITS:
        return too_large
    places = decimals + magnitude - len(fraction)
    is_too_fine = bool(fraction) and places < 0
    if is_too_fine or int(whole) % 10 ** max(-places, 0):
        return Quantity(None, _too_fine(words, unit, decimals))
    amount = int(whole + fraction) * 10 ** max(places, 0) // 10 ** max(-places, 0)
    return Quantity(amount, "") if amount < LIMIT * 10**decimals else too_large


def how_to_take_back(text: str) -> str:
    """Return what takes back a figure that is recorded, where a negative number was typed for one; else empty."""
    return "登错的数请更正或冲正。" if re.fullmatch(_NEGATIVE, fold(text)) else ""


def is_converted(words: str, unit: str) -> bool:
    """Whether a number was written in another multiple of the unit than the one that is counted: 2.4亿元 for 万元."""
    return unit[:1] in MAGNITUDES and _behind_number(words) not in ("", unit)


def _behind_number(words: str) -> str:
    """Return what stands behind the number that words begin with, its unit; empty where they begin with none."""
    match = re.fullmatch(_NUMBER, words)
    return fold(match["rest"] or "") if match else ""


def _magnitude(words: str, unit: str) -> int | None:
    """Return how many noughts the *words* behind a number add to one of a unit: 万人 four to 人, 元 four less to 万元; None for others.

    Where the unit is 万元 itself, a bare 1.2万 may be 1.2万元 or 12,000万元.
    """
    (noughts, base), (counted, of_unit) = _parted(words), _parted(unit)
    if words in ("", unit):
        return 0
    is_same = base == of_unit and (base or not counted)
    return noughts - counted if is_same or not (base or counted) else None


def _parted(unit: str) -> tuple[int, str]:
    """Part a unit into the noughts that stand before it and itself: 万元 is four and 元."""
    base = unit.lstrip("".join(MAGNITUDES))
    return sum(MAGNITUDES[letter] for letter in unit[: len(unit) - len(base)]), fold(base)


def _too_fine(words: str, unit: str, decimals: int) -> str:
    """Return the sentence that a number is finer than what is counted."""
    if decimals == 0:
        return f"数量{quoted(words)}不是整数；这里只记整数，请写整数，例如 40{unit}。"
    return f"数量{quoted(words)}的小数太多；最多{decimals}位小数，请核对后改写。"


def _not_understood(words: str, unit: str) -> str:
    """Return why *words* are no number of *unit*, and what to write."""
    spelled = SPELLED.get(words.removesuffix(unit))
    if spelled:
        return f"数量{quoted(words)}是中文数字；请写 {spelled}。"
    if len(words) <= _LONGEST_EXPLAINED:
        for pattern, sentence in _SHAPES:
            if re.fullmatch(pattern, words):
                return f"数量{quoted(words)}{sentence}"
    if any(letter.isnumeric() and not letter.isascii() and not "一" <= letter <= "龥" for letter in words):
        return f"数量{quoted(words)}里有别种数字；只认 0123456789，请改写，例如 40。"
    rest = _behind_number(words)
    if unit and (rest.isalpha() or rest in ("%", "‰")):
        return f"数量{quoted(words)}的单位不对；这里的单位是{unit}，请按{unit}填写，例如 40{unit}。"
    if rest.endswith(")"):
        return f"数量{quoted(words)}后面有括号；请只写数，例如 40{unit}，括号里的话另写在文字里。"
    return f"数量{quoted(words)}看不懂；请写阿拉伯数字，例如 40。"


# What units write into a form besides numbers.
_REMARK = r"(?s)(.*?)\s*[（(]((?:其中|包括|包含|不?含).*)[）)]\s*"
_REMARK_OF_NONE = r"(\s*(?:[0０]+[一-龥%/]{0,6}|无|無|没有))\s*[（(](\D+)[）)]\s*"
_STROKES = r"[-–—−―/\\\s、]+|不适用|不涉及"
_ELSEWHERE = "[详另]?[见附].*"


def is_not_applicable(text: str) -> bool:
    """Whether a cell of a form has a stroke, which says that it does not apply (不适用): it is not filled, whatever it asks for."""
    return re.fullmatch(_STROKES, fold(text)) is not None


def read_filled_number(text: str, unit: str, decimals: int) -> tuple[Quantity, str]:
    """Read a number of a form for an indicator that counts *unit* with *decimals* places, and the remark behind it."""
    match = re.fullmatch(_REMARK, text) or re.fullmatch(_REMARK_OF_NONE, text)
    number, remark = (fold(match[1]), match[2]) if match else (fold(text), "")
    if re.fullmatch(_ELSEWHERE, number):
        return Quantity(None, f"数量{quoted(number)}不是数；数填在“明细”里的，这一格空着。"), ""
    # none of whatever is counted
    if number in ("无", "無", "没有") or re.fullmatch("0+[一-龥]{1,2}", number):
        number = "0"
    elif unit == "人" and number.endswith(("名", "位")):
        number = number[:-1]
    reading = read_quantity(number, unit, decimals)
    if reading.amount is None and means_nothing(number):
        return Quantity(None, f"数量{quoted(number)}不是数；没有就填 0，还没有统计的空着。"), ""
    return reading, remark
