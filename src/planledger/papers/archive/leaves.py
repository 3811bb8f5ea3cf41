"""What an archive is made of: sheets that are written, files that are copied, tables that both are lists of."""

from typing import Any, NamedTuple

from planledger.papers.cells import Head
from planledger.questions.evidence import Evidence


class Link(NamedTuple):
    """A text that leads to a file of the same archive."""

    text: str
    path: str  # from the page on which it stands


class Leaf(NamedTuple):
    """One file of an archive: its bytes, or the evidence whose bytes it is to have."""

    path: str  # with / between folders
    data: bytes = b""
    evidence: Evidence | None = None


class Table(NamedTuple):
    """A list as it stands in a workbook and on a page."""

    title: str
    heads: tuple[Head, ...]
    lines: tuple[tuple[Any, ...], ...]  # texts, numbers and links

    @property
    def names(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return tuple(head.name for head in self.heads)
