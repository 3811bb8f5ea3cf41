"""What styles and lists of Word add to a paragraph: the numbers 一、 （一） 1. that no text of the document holds, and marks of its words."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planledger.formats.xlsx.parts import Parts, elements, local_name
from planledger.plan.phrases.texts import SPELLED

_SPELLED = {number: numeral for numeral, number in SPELLED.items()}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMERALS = {  # by the beginning of a look; the first that fits
    "chineseLegal": dict(enumerate("壹贰叁肆伍陆柒捌玖拾", 1)),
    "ideographTraditional": dict(enumerate("甲乙丙丁戊己庚辛壬癸", 1)),
    **dict.fromkeys(("chinese", "taiwanese", "japanese", "ideograph"), _SPELLED),
    "decimalEnclosed": dict(enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)),
    "upperLetter": dict(enumerate(_ALPHABET, 1)),
    "lowerLetter": dict(enumerate(_ALPHABET.lower(), 1)),
    "upperRoman": dict(enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), 1)),
}
_LARGEST, _DEPTHS, _LONGEST_TEXT = 999_999, 9, 40
STRUCK = ("strike", "dstrike")  # marks of words that are struck through
_OFF = ("0", "false", "off", "none")


class Level(NamedTuple):
    """How the numbers of one depth are written."""

    look: str
    text: str  # %1 stands for the number of the first depth
    first: int
    is_legal: bool  # it writes those of the depths above in digits too


class NumberedList(NamedTuple):
    """One list of a document."""

    key: str  # lists of one key are counted together
    levels: dict[int, Level]
    style: str  # whose list has the levels where this one has none


class WordStyle(NamedTuple):
    """What bears one name in a document gets from there, where it does not say otherwise itself."""

    counted: str  # the list of its paragraphs; empty where it gives none
    depth: str
    based: str  # the style that gives the rest
    element: Element


_NO_LIST = NumberedList("", {}, "")


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of an element by its own name; empty where it has none."""
    items = element.items() if element is not None else ()
    return next((text for key, text in items if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element below another by the names on the way to it; None where there is none."""
    for name in path:
        element = next((one for one in element or () if local_name(one) == name), None)
    return element


def number_in(element: Element | None, name: str = "val") -> int:
    """Return an attribute as a number, 0 where it is none."""
    text = value(element, name)
    return min(int(text), _LARGEST) if text.isdecimal() and len(text) < len("1000000") else 0


def is_on(mark: Element | None) -> bool:
    """Whether a mark is there that does not say itself that it is off."""
    return mark is not None and value(mark) not in _OFF


class Numbering:
    """Counts the paragraphs of one document, which are to be asked in their order."""

    def __init__(self, parts: Parts) -> None:
        """Read how its lists and styles are numbered."""
        self._lists: dict[str, NumberedList] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._marks: dict[str, dict[str, bool]] = {}
        shapes: dict[str, NumberedList] = {}
        for one in elements(parts.get(parts.named(parts.main, "numbering")) or b"<none/>"):
            if local_name(one) == "abstractNum":
                levels = [level for level in one if local_name(level) == "lvl"][:_DEPTHS]
                known = {number_in(level, "ilvl"): _level(level) for level in levels}
                key = value(one, "abstractNumId")
                shapes[key] = NumberedList(key, known, value(child(one, "numStyleLink")))
            elif local_name(one) == "num":
                shape = shapes.get(value(child(one, "abstractNumId")), _NO_LIST)
                self._lists[value(one, "numId")] = _changed(shape, one)
        self._styles = {
            value(one, "styleId"): _style(one)
            for one in elements(parts.get(parts.named(parts.main, "styles")) or b"<none/>")
            if local_name(one) == "style"
        }

    def printed(self, paragraph: Element) -> str:
        """Return the number that stands before a paragraph, and count it; empty where none does."""
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        of_style, depth = self._in_style(value(child(properties, "pStyle")))
        counted = self._list(value(child(own, "numId")) or of_style)
        depth = depth if own is None else number_in(child(own, "ilvl"))
        levels = counted.levels
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(counted.key, {})
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, levels[depth].first - 1) + 1
        text = "" if levels[depth].look in ("bullet", "none") else levels[depth].text
        for one, level in levels.items():
            look = "" if levels[depth].is_legal else level.look
            text = text.replace(f"%{one + 1}", _spelt(counts.get(one, level.first), look))
        return f"{text} " if text[-1:].isdecimal() else text  # before 30人 a bare 1 would be another figure

    def _list(self, number: str) -> NumberedList:
        """Return a list by its number; one that has no levels has those of the list of a style."""
        counted = self._lists.get(number, _NO_LIST)
        of_style, _ = self._in_style(counted.style)
        return self._lists.get(of_style, _NO_LIST) if counted.style else counted

    def _in_style(self, name: str) -> tuple[str, int]:
        """Return the list and the depth that a style gives, or the nearest of those on which it is based."""
        styles = list(self._chain(name))
        counted = next((one.counted for one in styles if one.counted), "")
        return counted, int(next((one.depth for one in styles if one.depth), 0))

    def marks(self, name: str) -> dict[str, bool]:
        """Return the marks of words that a style sets or takes back, or the nearest of those on which it is based."""
        if name not in self._marks:
            styles = reversed([*self._chain(name)])
            self._marks[name] = {mark: is_set for one in styles for mark, is_set in _marks_of(one.element)}
        return self._marks[name]

    def _chain(self, name: str) -> Iterator[WordStyle]:
        """Give a style and those on which it is based."""
        for _ in range(_DEPTHS):
            if name in self._styles:
                yield self._styles[name]
                name = self._styles[name].based


def marks_in(looks: Element | None) -> dict[str, bool]:
    """Return the marks of words among some looks: whether each is set or taken back."""
    marks = (one for one in looks or () if local_name(one) in (*STRUCK, "vanish"))
    return {local_name(one): is_on(one) for one in marks}


def _marks_of(style: Element) -> list[tuple[str, bool]]:
    """Return the marks of a style; those that it sets come last, as of a table style the parts of the table may differ."""
    looks = (one for one in style.iter() if local_name(one) == "rPr")
    return sorted((mark for one in looks for mark in marks_in(one).items()), key=lambda mark: mark[1])


def _style(element: Element) -> WordStyle:
    """Return what one style gives, its list and depth empty where it gives none."""
    counted, depth = child(element, "pPr", "numPr"), child(element, "pPr", "numPr", "ilvl")
    written = "" if depth is None else str(number_in(depth))
    return WordStyle(value(child(counted, "numId")), written, value(child(element, "basedOn")), element)


def _changed(shape: NumberedList, element: Element) -> NumberedList:
    """Return a list of a shape: it may change the look of its levels and where they begin."""
    changes = [one for one in element if local_name(one) == "lvlOverride"][:_DEPTHS]
    levels = dict(shape.levels)
    for one in changes:
        depth, look, start = number_in(one, "ilvl"), child(one, "lvl"), child(one, "startOverride")
        if look is not None:
            levels[depth] = _level(look)
        if start is not None and depth in levels:
            levels[depth] = levels[depth]._replace(first=number_in(start))
    return shape._replace(key=f"num {value(element, 'numId')}", levels=levels) if changes else shape


def _level(element: Element) -> Level:
    start = child(element, "start")
    first = 1 if start is None else number_in(start)
    look, text = value(child(element, "numFmt")), value(child(element, "lvlText"))[:_LONGEST_TEXT]
    return Level(look, text, first, is_on(child(element, "isLgl")))


def _spelt(number: int, look: str) -> str:
    numerals = next((those for name, those in _NUMERALS.items() if look.startswith(name)), {})
    return numerals.get(number, str(number))
