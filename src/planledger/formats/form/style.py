"""How a form looks: what is open, what is locked, which words stand out; its sheets are written row by row."""

from collections.abc import Iterable, Sequence
from typing import Any

from planledger.formats.text.display import cell_text
from planledger.formats.workbook import style
from planledger.formats.workbook.style import ANY, DAY, HEI, RowWriter, Style
from planledger.plan.refusal import Refusal

LEAST = 28  # points of a row
OPEN = "FFFFF8D9"
TITLE = Style("", "center", ANY, HEI, 16, is_bold=True, is_ruled=False)
BELOW_TITLE = Style(number=ANY, size=11, is_ruled=False)
PLAIN = Style(number=ANY, is_ruled=False)
HEAD = Style("FFD9E1EA", "center", ANY, HEI, is_bold=True)
SHUT_CELL = Style("FFF2F2F2", number=ANY)
TEXT_CELL = Style()
AGAIN = Style(color="FF7F7F7F")  # the words of the line above, once more
CENTRED = Style(across="center")
OPEN_TEXT = Style(OPEN, is_open=True)
OPEN_CHOICE = Style(OPEN, "center", is_open=True)
OPEN_DAY = Style(OPEN, "center", DAY, is_open=True)
Value = tuple[str | float | None, Style]


def number(decimals: int, *, is_open: bool = False) -> Style:
    """Return the style of a cell for amounts with so many decimals."""
    return Style(OPEN if is_open else "", "right", style.amount_format(decimals), is_open=is_open)


def row_height(lines: int) -> float:
    """Return how many points a row of so many lines takes in a form."""
    return min(max(style.height(lines), LEAST), style.TALLEST)


class FormSheet:
    """A sheet of a form on which only open cells can be written to; it is written when all of the form is known to fit."""

    def __init__(self, sheet: Any, widths: Sequence[float], head_row: int = 0) -> None:
        """Set *sheet* up for printing, each column as wide as *widths* says; 0 where no row stands on every page."""
        style.set_up_paper(sheet, widths, first=head_row, head=head_row)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: this is not forbidden
        self.sheet, self.widths = sheet, widths
        self._rows: list[tuple[list[Value], float]] = []

    def append(self, values: Iterable[Value], points: float) -> None:
        """Add a row so many points high.

        Raises:
            Refusal: a text is longer than a cell can hold.
        """
        self._rows.append(([(fitting(value), look) for value, look in values], points))

    def across(self, text: str, look: Style) -> None:
        """Add a row with one text over the whole width."""
        tall = 1.6 if look == TITLE else 1.15
        # long words never part: some room at the end of each line stays empty
        lines = 1 + style.lines_of(text, sum(self.widths) * 0.85 / tall)
        self.append([(text, look)], row_height(lines) * tall / 1.6)
        row = len(self._rows)
        self.sheet.merged_cells.add(f"A{row}:{chr(ord('@') + len(self.widths))}{row}")

    def write(self) -> None:
        """Write the rows."""
        rows = RowWriter(self.sheet)
        for values, points in self._rows:
            rows.append(values, points)


def fitting(value: str | float | None) -> str | float | None:
    """Return a value as it may stand in a cell.

    Raises:
        Refusal: it is a text that is longer than a cell can hold.
    """
    if not isinstance(value, str):
        return value
    shown = cell_text(value)
    length = len(shown.encode("utf-16-le")) // 2  # as a spreadsheet counts
    if length > style.LONGEST:
        raise Refusal(
            f"“{shown[:20]}……”有 {length} 个字，表格的一格只能放 {style.LONGEST} 个字，没有做填报表；请把方案里的这段文字写短。"
        )
    return shown
