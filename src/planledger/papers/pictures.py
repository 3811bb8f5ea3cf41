"""What lies over the cells of a workbook, or in one in place of what was asked: it is told of, and none of it is taken in."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from planledger.papers.bounds import letters
from planledger.papers.contents import Content
from planledger.papers.parts import Parts, elements
from planledger.papers.sheets import worksheets

PICTURE, TEXT_BOX, FILE = "张图片", "个文本框", "个嵌入的文件"
_SHOWS = re.compile(  # of WPS, of Excel; where only the text of it is left, it may have lost its sign
    r"\s*(?:(?:of:)?[=＝].*\b(?:DISPIMG|IMAGE)|(?:_xlfn\.)?DISPIMG)\s*[(（]", re.IGNORECASE | re.DOTALL
)
_OF_SHEET = {"image": PICTURE, "oleObject": FILE, "package": FILE}  # what a sheet itself may name


class Floating(NamedTuple):
    """One thing that lies over a sheet."""

    sheet: str  # title
    cell: str  # under its upper left corner; empty where it has none
    kind: str


def is_picture(content: Content) -> bool:
    """Whether a cell shows a picture: by its formula, by what is left of one, or by a value that no cell can write."""
    said = [one for one in (content.value, content.formula) if isinstance(one, str)]
    return content.is_beyond or any(map(_SHOWS.match, said))


def floating(parts: Parts) -> tuple[Floating, ...]:
    """Name what lies over the cells: pictures, boxes with text in them, files."""
    found: list[Floating] = []
    seen: set[str] = set()  # a drawing lies over one sheet, and is read once
    for sheet, name in worksheets(parts):
        title = sheet.get("name", "")
        for kind, target in dict.fromkeys(parts.related(name).values()):
            if kind in _OF_SHEET:
                found.append(Floating(title, "", _OF_SHEET[kind]))
            elif kind == "drawing" and target not in seen:
                seen.add(target)
                found += (Floating(title, *one) for one in _drawn(parts.get(target) or b""))
    return tuple(dict.fromkeys(found))


def _drawn(drawing: bytes) -> Iterator[tuple[str, str]]:
    """Go through a drawing, as far as it can be read: each anchor holds one thing, and says over which cell it begins."""
    with suppress(ParseError):
        for anchor in elements(drawing):
            inside = list(anchor.iter()) if _word(anchor).endswith("Anchor") else []
            if any(_word(one) in ("pic", "blip") for one in inside):
                yield _corner(anchor), PICTURE
            elif any(_word(one) == "t" and (one.text or "").strip() for one in inside):
                yield _corner(anchor), TEXT_BOX


def _corner(anchor: Element) -> str:
    at = {_word(one): one.text or "" for child in anchor if _word(child) == "from" for one in child}
    with suppress(KeyError, ValueError):
        return f"{letters(int(at['col']) + 1)}{int(at['row']) + 1}"
    return ""


def _word(element: Element) -> str:
    """Name an element of a drawing, whatever it belongs to."""
    return element.tag.rpartition("}")[2]
