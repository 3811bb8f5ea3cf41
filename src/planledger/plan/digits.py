"""How the office types: full-width digits, stray spaces, Chinese numerals.

The one place that folds typed text before it is read. Deliberately less than NFKC, which would turn
`²` into 2 and so read a number that nobody wrote: only the full-width forms of ASCII are folded, and
only 0-9 count as digits afterwards.
"""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_INVISIBLE = {0x200B: None, 0x2060: None, 0xFEFF: None}  # no white space to Python, yet nothing to see
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


def fold(text: str) -> str:
    """Give back *text* with full-width forms as ASCII (`４０，` is `40,`) and no blanks at its ends."""
    return text.translate(_FULL_WIDTH).strip(_BLANK)


def squeeze(text: str) -> str:
    """Give back *text* folded and without any blank, also inside: `2020 年 11 月` is `2020年11月`."""
    return "".join(text.translate(_FULL_WIDTH).translate(_INVISIBLE).split())


def quoted(text: str) -> str:
    """Give back *text* in “ ” for a sentence: short, on one line, control characters as `?`."""
    short = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "……"
    return "“" + "".join(letter if letter.isprintable() else "?" for letter in short) + "”"
