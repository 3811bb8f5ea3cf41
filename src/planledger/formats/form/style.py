"""How a form looks: what is open, what is locked, which words stand out."""

from typing import Any

from planledger.formats.text.display import cell_text
from planledger.formats.workbook.style import (
    ANY,
    DAY,
    HEI,
    LONGEST,
    TALLEST,
    Style,
    amount_format,
    dress,
    fill,
    height,
    lines_of,
    set_up_paper,
)
from planledger.plan.refusal import Refusal

LEAST = 28  # points of a row
OPEN = "FFFFF8D9"
TITLE = Style("", "center", ANY, HEI, 16, is_bold=True, is_ruled=False)
SAID = Style(number=ANY, size=11, is_ruled=False)
PLAIN = Style(number=ANY, is_ruled=False)
HEAD = Style("FFD9E1EA", "center", ANY, HEI, is_bold=True)
SHUT_CELL = Style("FFF2F2F2", number=ANY)
TEXT_CELL = Style()
AGAIN = Style(color="FF7F7F7F")  # the words of the line above, once more
CENTRED = Style(across="center")
OPEN_TEXT = Style(OPEN, is_open=True)
OPEN_CHOICE = Style(OPEN, "center", is_open=True)
OPEN_DAY = Style(OPEN, "center", DAY, is_open=True)


def number(decimals: int, *, is_open: bool = False) -> Style:
    """Return the style of a cell for amounts with so many decimals."""
    return Style(OPEN if is_open else "", "right", amount_format(decimals), is_open=is_open)


def put(sheet: Any, row: int, column: int, value: str | float | None = None, style: Style = PLAIN) -> None:
    """Put a value into a cell of a form.

    Raises:
        Refusal: the text is longer than a cell can hold.
    """
    fill(dress(sheet.cell(row, column), style), fitting(value) if isinstance(value, str) else value)


def fitting(text: str) -> str:
    """Return a text as it may stand in a cell.

    Raises:
        Refusal: it is longer than a cell can hold.
    """
    shown = cell_text(text)
    length = len(shown.encode("utf-16-le")) // 2  # as a spreadsheet counts
    if length > LONGEST:
        raise Refusal(
            f"“{shown[:20]}……”有 {length} 个字，表格的一格只能放 {LONGEST} 个字，没有做填报表；请把方案里的这段文字写短。"
        )
    return shown


def row_height(lines: int) -> float:
    """Return how many points a row of so many lines takes in a form."""
    return min(max(height(lines), LEAST), TALLEST)


def page(sheet: Any, head_row: int, widths: tuple[float, ...]) -> None:
    """Set a sheet of a form up for printing; only open cells can be written to."""
    set_up_paper(sheet, widths, first=head_row, head=head_row)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: this is not forbidden


def across(sheet: Any, row: int, said: tuple[str, Style], widths: tuple[float, ...]) -> None:
    """Write one text over the whole width of a sheet."""
    text, style = said
    put(sheet, row, 1, text, style)
    last = sheet.cell(row, len(widths)).coordinate
    sheet.merged_cells.add(f"A{row}:{last}")  # merge_cells() would dress every cell in between, one by one
    tall = 1.6 if style == TITLE else 1.15
    # long words never part: some room at the end of each line stays empty
    sheet.row_dimensions[row].height = row_height(1 + lines_of(text, sum(widths) * 0.85 / tall)) * tall / 1.6
