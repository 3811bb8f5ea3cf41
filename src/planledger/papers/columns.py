"""Columns of a terminal: a Chinese character takes two, and a line breaks where a reader would pause."""

from unicodedata import east_asian_width

_PAUSES = "，。；：、）》” "
_NEVER_FIRST = "，。；：、）》”？！"
_NEVER_LAST = "（《“"
_LEAST = 0.85  # a pause is worth breaking at only if the line is at least so full


def columns(text: str) -> int:
    """Count the columns that *text* takes."""
    return len(text) if text.isascii() else sum(_column(char) for char in text)


def folded(text: str, width: int) -> list[str]:
    """Break *text* into lines of at most *width* columns, after a pause where there is one near the edge.

    What is indented stays so on the lines that follow, by two columns more.
    """
    lines = []
    for paragraph in text.split("\n"):
        indent = len(paragraph) - len(paragraph.lstrip(" "))
        hanging = " " * (indent + 2 if indent else 0)
        rest = paragraph
        while columns(rest) > width:
            cut = max(_cut(rest, width), len(hanging) + 1)
            lines.append(rest[:cut].rstrip(" "))
            rest = hanging + rest[cut:].lstrip(" ")
        lines.append(rest)
    return lines


def _cut(text: str, width: int) -> int:
    """Find where the first line of *text* ends."""
    taken, end, pause = 0, 0, 0
    for end, char in enumerate(text):
        taken += _column(char)
        if taken > width:
            break
        if char in _PAUSES and taken >= width * _LEAST and text[end + 1 : end + 2] not in _NEVER_FIRST:
            pause = end + 1
    if pause:
        return pause
    whole, indent = end, len(text) - len(text.lstrip(" "))
    while end > 1 and (
        text[end] in _NEVER_FIRST or text[end - 1] in _NEVER_LAST or _splits_a_word(text, end)
    ):
        end -= 1
    return (
        end if end > max(indent, 1) else max(whole, 1)
    )  # a word that is longer than a line is broken at its edge


def _splits_a_word(text: str, end: int) -> bool:
    """Whether a break before *end* would part digits or Latin letters that belong together."""
    return text[end - 1].isascii() and text[end].isascii() and text[end - 1] != " " and text[end] != " "


def _column(char: str) -> int:
    return 2 if east_asian_width(char) in "WF" else 1
