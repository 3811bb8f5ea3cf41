"""The terminal: its width, what it would act on, and the one style of all tables.

Every width is computed here and every cell is folded before Rich sees it: Rich would measure each cell
twice, and cut Chinese where it finds no space. Everything from outside is data: no markup, no emoji
codes, no control characters go to the terminal.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.table import Table
from rich.text import Text

from planledger.formats.text.display import columns, folded, lined

NARROW = 100  # below so many columns the less important ones drop
PAGE = 120  # columns of a table that goes into a file
GIVES_WAY = 12  # a column that is wider holds text, which may fold
LEAST = 8  # columns that a text keeps in the narrowest terminal
T = TypeVar("T")


class Column(NamedTuple):
    """A column of a table: figures, codes and days have a width and are never cut; text takes what is left."""

    name: str
    width: int = 0  # 0: a share of what the others leave
    is_right: bool = False


class StyledCell(NamedTuple):
    """A cell that is shown in a style."""

    text: str
    style: str


Columns = Mapping[Column, Callable[[T], str | StyledCell]]  # a column, and its cell of a record


class Screen(Console):
    """A console on which tables and folded texts are drawn, and a command that is suggested works as it is pasted, by the ledger and the plan that were typed."""

    def __init__(self, pasted: Callable[[str], str], **look: Any) -> None:
        """Take what gives a text its commands as they are *pasted*."""
        super().__init__(**look, markup=False, emoji=False, highlight=False, soft_wrap=False)
        self.pasted = pasted

    @property
    def is_wide(self) -> bool:
        """Whether there is room for the less important columns."""
        return self.width >= NARROW

    def print_texts(self, *texts: str, style: str = "") -> None:
        """Print texts, folded at the edge of the terminal where a reader pauses, and never cut."""
        lines = [line for text in map(self.pasted, texts) for line in folded(lined(text), self.width)]
        self.print(Text("\n".join(lines), style=style), no_wrap=True, overflow="ignore", crop=False)

    def print_heading(self, text: str) -> None:
        """Print the heading of a section."""
        self.print_texts("", text, style="bold")

    def print_listed(self, head: str, lines: Sequence[str]) -> None:
        """Print a section that is a list; nothing where the list is empty."""
        if lines:
            self.print_heading(head)
            self.print_texts(*(lined(f"  {line}", "    ") for line in lines))

    def print_table(
        self, heads: Sequence[Column], rows: Iterable[Sequence[str | StyledCell]], *, has_head: bool = True
    ) -> None:
        """Print a table without a frame; every row has a cell for every column.

        In a terminal too narrow for what must stay whole the table is wider than the terminal: nothing is lost.
        """
        widths = _widths(self.width, heads)
        lines = Table(box=SIMPLE_HEAD, show_header=has_head, show_edge=False, pad_edge=False, padding=0)
        for head, width in zip(heads, widths, strict=True):
            lines.add_column(_cell(head.name, width, head), width=width, no_wrap=True, overflow="ignore")
        for row in rows:
            lines.add_row(
                *(_cell(cell, width, head) for cell, width, head in zip(row, widths, heads, strict=True))
            )
        before = self.width
        self.width = max(before, sum(widths) + len(widths) - 1)
        try:
            self.print(lines, crop=False)
        finally:
            self.width = before

    def print_records(self, records: Iterable[T], columns: Columns[T]) -> None:
        """Print a table with one row for each record."""
        self.print_table(tuple(columns), ([cell(one) for cell in columns.values()] for one in records))


def draw_to_text(draw: Callable[[Screen], None], pasted: Callable[[str], str]) -> str:
    """Return what is drawn as a text, for `-o FILE`."""
    screen = Screen(pasted, width=PAGE, no_color=True)
    with screen.capture() as captured:
        draw(screen)
    return captured.get()


def terminal(pasted: Callable[[str], str], *, is_plain: bool) -> Screen:
    """Return standard output as a console, without colours where it is to be plain."""
    return Screen(pasted, file=sys.stdout, no_color=is_plain or None)


def fitting_column(head: Column, cells: Iterable[str]) -> Column:
    """Return a column of figures as wide as the longest of them: a figure is never broken."""
    return head._replace(width=max(head.width, columns(head.name), *(columns(cell) for cell in cells)))


def _widths(whole: int, heads: Sequence[Column]) -> list[int]:
    """Return the width of every column; those without one share what the others and the gaps leave.

    Where too little is left, the widest texts give way first.
    """
    given = [head.width for head in heads]
    sharing = sum(not width for width in given)
    while sharing * LEAST > (left := whole - sum(given) - (len(given) - 1)) and max(given) > GIVES_WAY:
        given[given.index(max(given))] -= 1
    share = max(LEAST, left // sharing) if sharing else 0
    return [width or share for width in given]


def _cell(cell: str | StyledCell, width: int, head: Column) -> Segments:
    """Return the lines of a cell as they go to the terminal, so Rich neither measures nor wraps them; it pads each of them."""
    text, style = (cell.text, cell.style) if isinstance(cell, StyledCell) else (cell, "")
    text = lined(text)
    taken = columns(text)
    if taken > width or "\n" in text:
        text = "\n".join(folded(text, width))
    elif head.is_right:
        text = " " * (width - taken) + text
    return Segments([Segment(text, Style.parse(style))])
