"""How a form looks: paper, fonts, lines, what is open; each kind of cell is described once and made once."""

from functools import lru_cache
from typing import Any, NamedTuple

from planledger.papers.columns import columns
from planledger.papers.text import written
from planledger.plan.refusal import Refusal

LONGEST = 32_767  # characters that a cell can hold; what is longer would be cut without a word
TEXT, DAY = "@", "yyyy-mm-dd"
LINE_HEIGHT, LEAST, TALLEST = 14.5, 28, 409  # points; no row of a sheet can be taller
A4 = 9
OPEN, HEAD_GREY, SHUT = "FFFFF8D9", "FFD9E1EA", "FFF2F2F2"
SONG, HEI, CHINESE = "宋体", "黑体", 134
FONTS = {
    "title": {"name": HEI, "sz": 16, "b": True},
    "head": {"name": HEI, "sz": 10, "b": True},
    "said": {"name": SONG, "sz": 11},
    "text": {"name": SONG, "sz": 10},
    "again": {"name": SONG, "sz": 10, "color": "FF7F7F7F"},
}


class Style(NamedTuple):
    """One kind of cell."""

    font: str = "text"
    fill: str = ""
    across: str = "left"
    is_open: bool = False
    is_ruled: bool = True
    number_format: str = "General"


PLAIN = Style(is_ruled=False)
HEAD = Style("head", HEAD_GREY, "center")
SHUT_CELL = Style(fill=SHUT)
TEXT_CELL = Style(number_format=TEXT)
AGAIN = Style("again", number_format=TEXT)  # the words of the line above, once more
CENTRED = Style(across="center", number_format=TEXT)
OPEN_TEXT = Style(fill=OPEN, is_open=True, number_format=TEXT)
OPEN_CHOICE = Style(fill=OPEN, across="center", is_open=True, number_format=TEXT)
OPEN_DAY = Style(fill=OPEN, across="center", is_open=True, number_format=DAY)


def number(decimals: int, *, is_open: bool = False) -> Style:
    """Describe a cell for amounts with so many decimals."""
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return Style(fill=OPEN if is_open else "", across="right", is_open=is_open, number_format=shown)


class Look:
    """The kinds of cell of one workbook, each made when it is first wanted and shared from then on."""

    def __init__(self, book: Any) -> None:
        """Start with none."""
        self.book = book
        self.made: dict[Style, Any] = {}

    def put(
        self, sheet: Any, row: int, column: int, value: str | float | None = None, style: Style = PLAIN
    ) -> None:
        """Put a value into a cell; a text is a text, whatever a spreadsheet would take it for.

        Raises:
            Refusal: the text is longer than a cell can hold.
        """
        cell = sheet.cell(row, column)
        cell._style = self.made.get(style) or self._make(sheet, style)  # noqa: SLF001  (all cells of a kind share it)
        if isinstance(value, str) and value:
            cell.value = fitting(value)
            cell.data_type = "s"  # =1+1 and #N/A too
        elif value != "":
            cell.value = value

    def _make(self, sheet: Any, style: Style) -> Any:
        from openpyxl.cell import Cell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        cell = Cell(sheet)
        cell.font = Font(charset=CHINESE, **FONTS[style.font])
        cell.alignment = Alignment(horizontal=style.across, vertical="center", wrap_text=True)
        cell.protection = Protection(locked=not style.is_open)
        cell.number_format = style.number_format
        if style.fill:
            cell.fill = PatternFill("solid", fgColor=style.fill)
        if style.is_ruled:
            thin = Side("thin", color="FF808080")
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        _ = cell.style_id  # numbered now, not when it is first printed: a form that is refused prints nothing
        self.made[style] = cell._style  # noqa: SLF001
        return self.made[style]


@lru_cache(maxsize=1024)
def fitting(text: str) -> str:
    """Show a text as it may stand in a cell.

    Raises:
        Refusal: it is longer than a cell can hold.
    """
    shown = written(text)
    length = len(shown.encode("utf-16-le")) // 2  # as a spreadsheet counts
    if length > LONGEST:
        raise Refusal(
            f"“{shown[:20]}……”有 {length} 个字，表格的一格只能放 {LONGEST} 个字，没有做填报表；请把方案里的这段文字写短。"
        )
    return shown


@lru_cache(maxsize=4096)
def lines_of(text: str, width: float) -> int:
    """Say how many lines a text takes in a column; rather one too many than one cut off."""
    return sum(max(1, -(-columns(part) // int(width - 2))) for part in text.split("\n"))


def height(lines: int) -> float:
    """Say how tall a row of so many lines is."""
    return min(max(lines * LINE_HEIGHT + 6, LEAST), TALLEST)


def page(sheet: Any, head_row: int, widths: tuple[float, ...]) -> None:
    """Set a sheet up for A4 across, one page wide, its heads on every page; only open cells can be written to."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4  # inches
    margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3
    if head_row:
        sheet.print_title_rows = f"{head_row}:{head_row}"
        sheet.freeze_panes = f"B{head_row + 1}"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: this is not forbidden


def across(sheet: Any, look: Look, row: int, said: tuple[str, Style], widths: tuple[float, ...]) -> None:
    """Write one text over the whole width of a sheet."""
    text, style = said
    look.put(sheet, row, 1, text, style)
    last = sheet.cell(row, len(widths)).coordinate
    sheet.merged_cells.add(f"A{row}:{last}")  # merge_cells() would dress every cell in between, one by one
    tall = 1.6 if style.font == "title" else 1.15
    # long words never part: some room at the end of each line stays empty
    sheet.row_dimensions[row].height = height(1 + lines_of(text, sum(widths) * 0.85 / tall)) * tall / 1.6
