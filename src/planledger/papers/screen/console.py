"""The terminal: its width, its traps, and the plain look that every table shares.

Everything from outside is data: no markup, no emoji codes, no control characters reach the terminal.
"""

import sys
from collections.abc import Callable
from typing import Any

from rich.box import SIMPLE_HEAD  # noqa: TID253  (a screen is imported only where a table is shown)
from rich.console import Console  # noqa: TID253
from rich.table import Table  # noqa: TID253
from rich.text import Text  # noqa: TID253

from planledger.papers.text import folded, safe

NARROW = 100  # below so many columns the less important ones drop
PAGE = 120  # columns of a table that goes into a file
_OPTIONS: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False, "soft_wrap": False}


def printed(draw: Callable[[Console], None]) -> str:
    """Draw into a text instead of the terminal, for `-o FILE`."""
    console = Console(width=PAGE, no_color=True, **_OPTIONS)
    with console.capture() as captured:
        draw(console)
    return captured.get()


def shown(draw: Callable[[Console], None]) -> None:
    """Draw on standard output."""
    draw(Console(file=sys.stdout, **_OPTIONS))


def say(console: Console, text: str, style: str = "") -> None:
    """Print a text, folded at the edge of the terminal where a reader pauses, and never cut."""
    for line in folded(safe(text), console.width):
        console.print(Text(line, style=style), no_wrap=True, overflow="ignore", crop=False)


def heading(console: Console, text: str) -> None:
    """Start a part of a page."""
    console.print()
    say(console, text, "bold")


def is_wide(console: Console) -> bool:
    """Whether there is room for the less important columns."""
    return console.width >= NARROW


def table(console: Console) -> Table:
    """Start a table without a frame."""
    return Table(
        box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=is_wide(console)
    )


def fixed(to: Table, name: str, width: int, *, right: bool = False) -> None:
    """Add a column of figures, codes or days, which are never cut."""
    to.add_column(name, width=width, no_wrap=True, justify="right" if right else "left")


def folding(to: Table, name: str, width: int | None = None) -> None:
    """Add a column of Chinese text: it folds, because Rich would cut what has no spaces."""
    to.add_column(name, width=width, overflow="fold", ratio=None if width else 1)
