"""What an archive is made of: pages, copied files, and tables that stand on a page and in a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from planledger.formats.page.document import HtmlFile, PageColumn
from planledger.formats.text.display import cell_text, lined, safe
from planledger.formats.workbook.tables import Head, reproducible, saved, table
from planledger.questions.answers.evidence import Evidence
from planledger.questions.sheet import Sheet


class Link(NamedTuple):
    """A text that leads to a file of the same archive."""

    text: str
    path: str  # from the page on which it stands


class ArchiveFile(NamedTuple):
    """One file of an archive: its bytes, or the evidence whose bytes it is to have."""

    path: str  # with / between folders
    data: bytes = b""
    evidence: Evidence | None = None


class Table(NamedTuple):
    """A list as it stands in a workbook and on a page."""

    title: str
    heads: tuple[Head, ...]
    lines: tuple[tuple[Any, ...], ...]  # texts, numbers and links


_LEAST = 11  # of a column's width, as workbooks count it: a narrower one would break a code or a day
_STYLE = """
body { font-family: "Noto Serif CJK SC", "SimSun", "宋体", serif; line-height: 1.6; max-width: 64em;
  margin: 2em auto; padding: 0 1em; color: #111; }
h1, h2, th { font-family: "Noto Sans CJK SC", "SimHei", "黑体", sans-serif; }
h1 { font-size: 1.5em; text-align: center; }
h2 { font-size: 1.15em; margin: 1.6em 0 0.4em; border-bottom: 1px solid #888; break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 0.92em; }
th, td { border: 1px solid #888; padding: 0.25em 0.5em; vertical-align: top; text-align: left; overflow-wrap: break-word; }
th { background: #e4eaf0; }
table.particulars th { width: 6em; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.told { text-align: center; color: #444; }
.alarm { border: 2px solid #a00; padding: 0.5em 1em; font-weight: bold; }
.sound { border: 2px solid #070; padding: 0.5em 1em; font-weight: bold; }
code { font-family: monospace; overflow-wrap: anywhere; }
body.wide { max-width: 90em; page: wide; }
body.wide table { table-layout: fixed; }
@page { size: A4; margin: 18mm 15mm; }
@page wide { size: A4 landscape; margin: 15mm 12mm; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; text-decoration: none; } }
"""


class Page(HtmlFile):
    """One page of an archive; the kinds of a text are `alarm` and `sound`, for what must be seen first."""

    def __init__(self, title: str, extent: str, *, is_wide: bool = False) -> None:
        """Begin with the title, and below it of which day the page is; a wide one is printed across."""
        viewport = {"name": "viewport", "content": "width=device-width"}
        super().__init__(title, _STYLE, (viewport,), "wide" if is_wide else "")
        self.text("p", extent, "told")

    def code(self, text: str) -> None:
        """Add what is to be typed or compared."""
        SubElement(SubElement(self._body, "p"), "code").text = safe(text)

    def listing(self, lines: Sequence[str | Link], head: str = "") -> None:
        """Add lines below each other, under a heading if there is one; nothing where there are none."""
        if not lines:
            return
        if head:
            self.text("h2", head)
        several = SubElement(self._body, "ul")
        for line in lines:
            self._fill(SubElement(several, "li"), line)

    def particulars(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add names, each with its value."""
        table = SubElement(self._body, "table", {"class": "particulars"})
        for name, value in lines:
            row = SubElement(table, "tr")
            SubElement(row, "th").text = name
            self._fill(SubElement(row, "td"), value)

    def sized_table(self, table: Table) -> None:
        """Add a table whose columns have their widths."""
        names, widths = zip(*((head.name, max(head.width, _LEAST)) for head in table.heads), strict=True)
        self.plain_table(names, table.lines, widths)

    def plain_table(
        self, heads: Sequence[str], lines: Iterable[Sequence[object]], widths: Sequence[int] = ()
    ) -> None:
        """Add a table; the widths of its columns are shares of the whole."""
        shares = Element("colgroup")
        for width in widths:
            SubElement(shares, "col", {"style": f"width: {100 * width / sum(widths):.1f}%"})
        self.table(map(PageColumn, heads), lines).insert(0, shares)

    def _fill(self, element: Element, cell: object) -> None:
        """Write a text with its line breaks, or a link to a file of the same archive."""
        if isinstance(cell, Link):
            SubElement(element, "a", {"href": quote(cell.path)}).text = safe(cell.text)
            return
        element.text, *more = lined("" if cell is None else str(cell)).split("\n")
        for line in more:
            SubElement(element, "br").tail = line


def lists_workbook(sheet: Sheet, extent: str, title: str, tables: tuple[Table, ...]) -> bytes:
    """Return lists as a workbook, each on a sheet of its own; *extent* is of which day they are."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    for one in tables:
        page = book.create_sheet(one.title)
        lines = [[_value(cell) for cell in line] for line in one.lines]
        table(page, f"{sheet.plan.title}{one.title}", f"{extent}  共{len(lines)}条", one.heads, lines)
    return reproducible(saved(book, f"{sheet.plan.title}{title}"))


def _value(cell: object) -> object:
    if isinstance(cell, Link):
        cell = cell.text
    return cell_text(cell) if isinstance(cell, str) else cell
