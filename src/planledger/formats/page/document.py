"""The elements of the page: headings, tables and bars, as HTML that a browser shows without loading anything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from planledger.formats.text.display import safe
from planledger.plan.model.terms import Standing

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# In the order in which they are shown. What is late has ticks, so that a grey printer tells it apart.
SHADES: Mapping[Standing, str] = {
    Standing.DONE: "#2e7d4f",
    Standing.CLOSED: "#1d5235",
    Standing.OVERDUE: "#c0392b",
    Standing.DUE_SOON: "#e8b84a",
    Standing.OPEN: "#8fb8de",
    Standing.NOT_STARTED: "#e3e6e8",
    Standing.CANCELLED: "#c4c4c4",
}
_STYLE = """
:root { --line: #b8bec4; --grey: #50575e; }
* { box-sizing: border-box; }
body { font: 15px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "SimHei", "黑体", sans-serif; color: #16191c;
  max-width: 70em; margin: 0 auto; padding: 0.8em 1em 2em; overflow-wrap: anywhere; }
h1 { font-size: 1.4em; text-align: center; margin: 0.4em 0 0; }
h2 { font-size: 1.05em; margin: 1.3em 0 0.3em; border-bottom: 2px solid #5a7ca0; break-after: avoid; }
p { margin: 0.3em 0; } .extent, .note { color: var(--grey); font-size: 0.88em; } .extent { text-align: center; }
.state { font-size: 1.15em; font-weight: bold; text-align: center; margin: 0.6em 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.92em; }
th, td { text-align: left; vertical-align: top; padding: 0.18em 0.35em; border-bottom: 1px solid var(--line); }
th { font-weight: bold; border-bottom-color: #16191c; } thead { display: table-header-group; }
td.n, th.n { text-align: right; } .n, .w { white-space: nowrap; } td.bar { width: 32%; }
tr { break-inside: avoid; }
svg { display: block; width: 100%; height: 0.85em; margin: 0.32em 0; }
ul { list-style: none; padding: 0; margin: 0.3em 0; columns: 22em; column-gap: 2em; }
li { break-inside: avoid; padding: 0.15em 0; border-bottom: 1px solid #dfe3e6; }
.units { columns: 14em; } .right { float: right; white-space: nowrap; padding-left: 0.6em; }
@media screen and (max-width: 45em) { body { font-size: 14px; padding: 0.5em; } td.bar, th.bar { display: none; } th, td { padding: 0.18em 0.2em; }
  th.n { white-space: normal; word-break: keep-all; overflow-wrap: normal; } td:not(.n, .w) { min-width: 4.2em; } }
@page { size: A4; margin: 11mm 12mm; }
@media print { body { font-size: 8.2pt; line-height: 1.34; max-width: none; padding: 0; } h2 { margin-top: 0.8em; }
  ul { columns: 3; } .units { columns: 4; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


class PageCell(NamedTuple):
    """A cell of a table or a line of a list: its text, a picture below it, and what a program reads of it."""

    text: str
    picture: Element | None = None
    data: Mapping[str, str] = {}


class PageColumn(NamedTuple):
    """A column of a table: its head, and the kind of its cells.

    `n` are numbers, on the right; `w` is never broken, a code or a day; `bar` are pictures, which a telephone leaves out.
    """

    head: str
    kind: str = ""


class HtmlFile:
    """A file of HTML that loads nothing, written from top to bottom."""

    def __init__(self, title: str, style: str, metas: Iterable[dict[str, str]], kind: str = "") -> None:
        """Begin with the head, in which *metas* say how a browser takes it and *style* how it looks, and with the title."""
        self._root = Element("html", {"lang": "zh-CN"})
        head = SubElement(self._root, "head")
        for meta in ({"charset": "utf-8"}, *metas):
            SubElement(head, "meta", meta)
        SubElement(head, "title").text = safe(title)
        SubElement(head, "style").text = style
        self._place = self._body = SubElement(self._root, "body", _attributes(kind))
        self.text("h1", title)

    def text(self, tag: str, text: str, kind: str = "", data: Mapping[str, str] | None = None) -> None:
        """Add a text."""
        self._fill(SubElement(self._place, tag, _attributes(kind, data)), text)

    def table(self, columns: Iterable[PageColumn], lines: Iterable[Sequence[object]]) -> Element:
        """Add a table, and return it; every line has a cell for every column."""
        heads = tuple(columns)
        table = SubElement(self._place, "table")
        row = SubElement(SubElement(table, "thead"), "tr")
        for column in heads:
            self._fill(SubElement(row, "th", _attributes(column.kind)), column.head)
        body = SubElement(table, "tbody")
        for line in lines:
            row = SubElement(body, "tr")
            for column, cell in zip(heads, line, strict=True):
                self._fill(SubElement(row, "td", _attributes(column.kind)), cell)
        return table

    def _fill(self, element: Element, cell: object) -> None:
        """Write a text; of a `PageCell` its picture and its data too."""
        cell = cell if isinstance(cell, PageCell) else PageCell(str(cell))
        element.attrib.update(_attributes("", cell.data))
        element.text = safe(cell.text)
        if cell.picture is not None:
            element.append(cell.picture)

    def written(self) -> bytes:
        """Return the bytes of the file."""
        text = tostring(self._root, encoding="unicode", method="html")
        return f"<!DOCTYPE html>\n{text}\n".encode()


class HtmlPage(HtmlFile):
    """The page for a leader."""

    def __init__(self, title: str) -> None:
        """Begin with the title; the browser may load nothing."""
        policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
        viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
        super().__init__(title, _STYLE, (policy, viewport))

    def section(self, head: str) -> None:
        """Begin a section."""
        self._place = SubElement(self._body, "section")
        self.text("h2", head)

    def listing(self, lines: Iterable[tuple[PageCell, str]], kind: str = "") -> None:
        """Add lines in columns: a text, a number at its right, and below it a picture where there is one."""
        several = SubElement(self._place, "ul", _attributes(kind))
        for cell, right in lines:
            line = SubElement(several, "li", _attributes("", cell.data))
            SubElement(line, "span", {"class": "right"}).text = safe(right)
            SubElement(line, "span").text = safe(cell.text)
            if cell.picture is not None:
                line.append(cell.picture)


def shares_bar(counts: Mapping[Standing, int], words: str) -> Element:
    """Return a bar of how many rows stand where; *words* say it to those who do not see it."""
    picture, whole, left = _picture(words), sum(counts.values()) or 1, 0.0
    for standing, shade in SHADES.items():
        if width := 100 * counts[standing] / whole:
            _rectangle(picture, left, width, shade)
            if standing == Standing.OVERDUE:
                ticks = "".join(f"M{left + tick:.4g} 0v8" for tick in range(2, int(width), 2))
                SubElement(picture, "path", {"d": ticks, "stroke": "#fff", "stroke-width": ".5"})
            left += width
    return picture


def progress_bar(reached: tuple[int, int], pace: int | None, shade: str, words: str) -> Element:
    """Return a bar of a figure against its target, with a line where the calendar would have it by today."""
    picture, (total, target) = _picture(words), reached
    _rectangle(picture, 0, 100, "#e3e6e8")
    share = min(1, total / target) if target else total > 0
    if share > 0:
        _rectangle(picture, 0, 100 * share, shade)
    if pace is not None and target:
        _rectangle(picture, max(0, 100 * pace / target - 0.6), 1.2, "#000")
    return picture


def _picture(words: str) -> Element:
    attributes = {
        "viewBox": "0 0 100 8",
        "preserveAspectRatio": "none",
        "role": "img",
        "aria-label": safe(words),
    }
    picture = Element("svg", attributes)
    SubElement(picture, "title").text = safe(words)
    return picture


def _rectangle(picture: Element, left: float, width: float, shade: str) -> None:
    place = {"x": f"{left:.4g}", "width": f"{width:.4g}", "height": "8", "fill": shade}
    SubElement(picture, "rect", place)


def _attributes(kind: str, data: Mapping[str, str] | None = None) -> dict[str, str]:
    named = {f"data-{name}": safe(value) for name, value in (data or {}).items()}
    return {"class": kind, **named} if kind else named
