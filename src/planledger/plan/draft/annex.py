"""What the clerk's document says (附件): the rows of its table as they are printed, and what nobody can be sure of.

Nothing is read out of the words here: deadlines and units are judged by the readers of phrases.
"""

from typing import NamedTuple


class AnnexRow(NamedTuple):
    """One row of the document's table, or one numbered paragraph that names its units; every text word for word."""

    place: str
    """Where it stands, for a person who opens the document: 表名第5行, 第1个表第4行, 第3页第2行."""
    code: str
    """The number as it is printed, 6.10 or （一）; empty where there is none."""
    area: str
    """The group of work (重点工作) that the row stands in."""
    title: str
    text: str
    due: str
    units: str
    """The units of which no column says the role; one a line of the cell becomes 、."""
    lead: str = ""
    responsible: str = ""
    assist: str = ""
    remark: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    """Heads that are of no known kind, and what stands below them."""
    questions: tuple[str, ...] = ()
    """What a reader cannot be sure of in this row, one Chinese sentence each."""


class ReadAnnex(NamedTuple):
    """The whole document."""

    title: str
    """Empty where none can be found."""
    clauses: tuple[tuple[str, str], ...]
    """The paragraphs before the table: the number by which each is known, 三（一）2, and its text."""
    rows: tuple[AnnexRow, ...]
    footnotes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    """What concerns no single row."""
    mark: str = ""
    """Of a state secret, where a line of the document, a cell or what is asked about it bears one."""
