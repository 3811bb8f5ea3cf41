"""How the cells, rows and paper of every workbook look: forms, tables, the ledger export, the lists of an archive.

openpyxl is loaded where a workbook is made, and nowhere else.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from planledger.formats.text.display import columns

SONG, HEI, CHINESE = "宋体", "黑体", 134
A4, A3 = 9, 8  # as Excel numbers papers
TEXT, WHOLE, DAY, ANY = "@", "0", "yyyy-mm-dd", "General"  # a cell that is typed over stays text
LONGEST = 32_767  # units of UTF-16 that a cell can hold; what is longer would be cut without a word
LINE = 14.5  # points that a line of the body takes
TALLEST = 409  # points of the tallest row that a sheet can have
MARGIN = 2  # half-width characters of a column that a line may leave empty before it breaks


class Style(NamedTuple):
    """One kind of cell: font, ground, alignment, number format, border, and whether a reader may type into it."""

    fill: str = ""
    across: str = "left"
    number: str = TEXT
    font: str = SONG
    size: int = 10
    is_bold: bool = False
    color: str | None = None
    is_struck: bool = False
    is_ruled: bool = True
    is_open: bool = False


def amount_format(decimals: int) -> str:
    """Return the number format of an amount with so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def font_of(style: Style) -> Any:
    """Make the openpyxl font of a style."""
    from openpyxl.styles import Font

    return Font(
        name=style.font,
        size=style.size,
        bold=style.is_bold,
        color=style.color,
        strike=style.is_struck or None,  # some programs take a written "no" for a yes
        charset=CHINESE,
    )


def dress(cell: Any, style: Style) -> Any:
    """Give a cell its style and return the cell.

    All cells of a style share one hidden named style of their workbook: setting font, border and ground
    of each cell by itself takes openpyxl ten times as long.
    """
    name, book = _name(style), cell.parent.parent
    if name not in book.named_styles:
        book.add_named_style(_named(name, style))
    cell.style = name
    return cell


@lru_cache(maxsize=256)
def _name(style: Style) -> str:
    return " ".join(map(str, style))


def _named(name: str, style: Style) -> Any:
    from openpyxl.styles import Alignment, Border, NamedStyle, PatternFill, Protection, Side

    rule = Side("thin", color="FF808080") if style.is_ruled else Side()
    return NamedStyle(
        name,
        font_of(style),
        PatternFill("solid", fgColor=style.fill) if style.fill else PatternFill(),
        Border(left=rule, right=rule, top=rule, bottom=rule),
        Alignment(horizontal=style.across, vertical="center", wrap_text=True),
        style.number,
        Protection(locked=not style.is_open),
        hidden=True,
    )


def fill(cell: Any, value: Any) -> Any:
    """Write a value into a cell and return the cell; a text is text, whatever it looks like (`=1+1`, `#N/A`)."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"
    return cell


class RowWriter:
    """Writes the rows of a write-only sheet from top to bottom.

    A row is written out at once, so one cell of each style serves for all that have it.
    """

    def __init__(self, sheet: Any) -> None:
        """Begin above the first row of *sheet*."""
        self._sheet = sheet
        self._cells: dict[Style, Any] = {}
        self.row = 0  # the last one that was written

    def append(self, values: Iterable[Any], points: float | None = None) -> None:
        """Write a row.

        Args:
            values: what stands in its cells: (value, style), a value without a style, or None for no cell.
            points: its height; None for that of the sheet.
        """
        self.row += 1
        if points is not None:
            self._sheet.row_dimensions[self.row].height = points
        self._sheet.append(self._filled(values))

    def _filled(self, values: Iterable[Any]) -> Iterator[Any]:
        from openpyxl.cell import WriteOnlyCell

        for one in values:
            if isinstance(one, tuple):
                value, style = one
                if style not in self._cells:
                    self._cells[style] = dress(WriteOnlyCell(self._sheet), style)
                yield fill(self._cells[style], value)
            else:
                yield one


def set_up_paper(sheet: Any, widths: Iterable[float], *, first: int = 1, head: int, size: int = A4) -> None:
    """Set up the paper: landscape, one page wide, pages counted, each column as wide as *widths* says.

    The rows from *first* to *head* stand on every page and always in view.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins

    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", size, 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if head:
        sheet.print_title_rows = f"{first}:{head}"
        sheet.freeze_panes = f"B{head + 1}"


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column; rather one too many than one cut off.

    A spreadsheet program does not see to that itself.
    """
    room = int(width - MARGIN)
    return sum(max(1, -(-columns(part) // room)) for part in text.split("\n"))


def height(lines: int) -> float:
    """Return how many points a row of so many lines takes."""
    return lines * LINE + 6
