"""The numbers that Word counts itself and no text of the document holds: 一、 （一） 1. as they are printed."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from planledger.formats.xlsx.parts import Parts, elements, local_name
from planledger.plan.phrases.texts import SPELLED

_SPELLED = {number: numeral for numeral, number in SPELLED.items()}
_CIRCLES = dict(enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1))
_NUMERALS = {  # by the beginning of a look
    "chinese": _SPELLED,
    "taiwanese": _SPELLED,
    "japanese": _SPELLED,
    "ideograph": _SPELLED,
    "decimalEnclosed": _CIRCLES,
}
_LARGEST, _DEPTHS, _LONGEST_TEXT = 999_999, 9, 40


class Level(NamedTuple):
    """How the numbers of one depth are written."""

    look: str
    text: str  # %1 stands for the number of the first depth
    first: int


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


class Numbering:
    """Counts the paragraphs of one document, which are to be asked in their order."""

    def __init__(self, parts: Parts) -> None:
        """Read how its lists and styles are numbered."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, str]] = {}  # what counts, and whose levels it has
        self._counts: dict[str, dict[int, int]] = {}
        for one in elements(parts.get(parts.named(parts.main, "numbering")) or b"<none/>"):
            if local_name(one) == "abstractNum":
                levels = [level for level in one if local_name(level) == "lvl"][:_DEPTHS]
                known = {number_in(level, "ilvl"): _level(level) for level in levels}
                self._levels[value(one, "abstractNumId")] = known
            elif local_name(one) == "num":
                number, shared = value(one, "numId"), value(child(one, "abstractNumId"))
                starts_anew = child(one, "lvlOverride", "startOverride") is not None
                self._lists[number] = (f"num {number}" if starts_anew else shared, shared)
        self._styles = {
            value(one, "styleId"): child(one, "pPr", "numPr")
            for one in elements(parts.get(parts.named(parts.main, "styles")) or b"<none/>")
            if local_name(one) == "style"
        }

    def printed(self, paragraph: Element) -> str:
        """Return the number that stands before a paragraph, and count it; empty where none does."""
        properties = child(paragraph, "pPr")
        own, of_style = child(properties, "numPr"), self._styles.get(value(child(properties, "pStyle")))
        counted = own if own is not None else of_style
        number = value(child(counted, "numId")) or value(child(of_style, "numId"))
        key, shared = self._lists.get(number, ("", ""))
        levels, depth = self._levels.get(shared, {}), number_in(child(counted, "ilvl"))
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, levels[depth].first - 1) + 1
        text = "" if levels[depth].look in ("bullet", "none") else levels[depth].text
        for one, level in levels.items():
            text = text.replace(f"%{one + 1}", _spelt(counts.get(one, level.first), level.look))
        return text


def _level(element: Element) -> Level:
    start = child(element, "start")
    first = 1 if start is None else number_in(start)
    return Level(value(child(element, "numFmt")), value(child(element, "lvlText"))[:_LONGEST_TEXT], first)


def _spelt(number: int, look: str) -> str:
    numerals = next((those for name, those in _NUMERALS.items() if look.startswith(name)), {})
    return numerals.get(number, str(number))
