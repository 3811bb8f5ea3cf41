"""What a unit filled in and sent back (报回), as values: read by the formats, judged and stored by the ledger."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from planledger.plan.people.contact import Sender
from planledger.questions.receipt import Draft

FIGURE, DONE, WORDS, SENDER = "figure", "done", "words", "sender"
DETAIL = "detail/"  # what the slot of a line of the details begins with


class CellPlace(NamedTuple):
    """A cell of a workbook (表!格)."""

    sheet: str
    name: str  # I5

    @property
    def line(self) -> tuple[str, int]:
        """On which sheet and in which row it stands."""
        return self.sheet, int("".join(filter(str.isdigit, self.name)) or 0)

    def __str__(self) -> str:
        """Write it as the office reads it: 填报表!I5."""
        return f"{self.sheet}!{self.name}"


class CellFault(NamedTuple):
    """A fault of a workbook: where, what stands there, what is wrong and what to write."""

    cell: CellPlace
    content: str  # of the cell
    message: str

    def __str__(self) -> str:
        """Write the fault as one line."""
        content = f" “{self.content}”" if self.content else ""
        return f"{self.cell}{content}：{self.message}"


class Filled(NamedTuple):
    """One thing that a unit filled in: a figure, that its part is done, words, or who sends the form."""

    cell: CellPlace
    kind: str
    code: str = ""  # of the item; empty where it is about the form as a whole
    key: str = ""  # indicator
    number: str = ""  # of a figure, as it would be typed
    amount: int | None = None  # of a figure, in the smallest unit of its indicator
    day: str = ""
    progress: str = ""
    problem: str = ""
    next_step: str = ""
    note: str = ""
    papers: str = ""  # what the unit wrote about papers (佐证材料); it stands in the note too
    sender: Sender = Sender()
    is_detail: bool = False  # from the sheet of details, whose lines have no fixed place

    @property
    def slot(self) -> str:
        """What the same thing is known by in another filling of the same form."""
        return f"{DETAIL if self.is_detail else ''}{self.code}/{self.key or self.kind}"


class TableRow(NamedTuple):
    """A row of a table of the office; its cells are known by the names of their columns."""

    kind: str  # of the table
    texts: Mapping[str, str]
    cells: Mapping[str, CellPlace]
    hidden: tuple[str, ...]  # what nobody sees
    is_filtered: bool  # a filter hides the whole row

    def fault(self, column: str, message: str) -> CellFault:
        """Return a fault of a cell."""
        return CellFault(self.cells[column], self.texts.get(column, ""), message)


class Returned(NamedTuple):
    """A form that came back, or a table of the office."""

    file: str  # name of the file
    sha256: str
    plan: str  # whose form it is
    version_id: int  # of the plan, by which it was read
    agency: str  # the name under which the unit got the form
    faults: tuple[CellFault, ...]
    # (sheet, row) of the form's lines, and of the details that say something
    lines: tuple[tuple[str, int], ...]
    blank: tuple[tuple[str, int], ...] = ()  # those that say nothing
    template: str = ""
    period: str = ""
    filled: tuple[Filled, ...] = ()
    # the cells that the form has, whatever they say, by their slots
    slots: Mapping[str, CellPlace] = MappingProxyType({})
    notes: tuple[str, ...] = ()  # what deserves a second look and hinders nothing
    table: str = ""  # which table of the office it is; empty for a form
    rows: tuple[TableRow, ...] = ()  # of a table


class Intake(NamedTuple):
    """What taking in a form comes to, before anything is stored."""

    returned: Returned
    wanted: tuple[Draft, ...]
    new: int
    changed: int
    unchanged: int
    faults: tuple[CellFault, ...]
    warnings: tuple[str, ...]

    @property
    def accepted(self) -> int:
        """How many lines of the form are in the ledger, or can be."""
        return len(self.returned.lines) - self.blank - self.refused

    @property
    def blank(self) -> int:
        """How many lines say nothing, and need not."""
        return len(set(self.returned.blank) - self._faulty)

    @property
    def refused(self) -> int:
        """How many lines have a fault."""
        return len(set(self.returned.lines) & self._faulty)

    @property
    def _faulty(self) -> set[tuple[str, int]]:
        return {fault.cell.line for fault in self.faults}
