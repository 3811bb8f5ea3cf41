"""What a unit filled in and sent back (报回), as values: read by the papers, judged and stored by the ledger."""

from collections.abc import Mapping
from typing import NamedTuple

from planledger.questions.receipt import Draft

FIGURE, DONE, WORDS = "figure", "done", "words"
DETAIL = "detail/"  # what the slot of a line of the details begins with


class Cell(NamedTuple):
    """A cell of a workbook (表!格)."""

    sheet: str
    name: str  # I5

    @property
    def line(self) -> tuple[str, int]:
        """Say on which sheet and in which row it stands."""
        return self.sheet, int("".join(filter(str.isdigit, self.name)) or 0)

    def __str__(self) -> str:
        """Write it as the office reads it: 填报表!I5."""
        return f"{self.sheet}!{self.name}"


class CellFault(NamedTuple):
    """A fault of a workbook: where, what stands there, what is wrong and what to write."""

    cell: Cell
    found: str
    message: str

    def __str__(self) -> str:
        """Write the fault as one line."""
        return f"{self.cell} “{self.found}”：{self.message}" if self.found else f"{self.cell}：{self.message}"


class Filled(NamedTuple):
    """One thing that a unit filled in: a figure, that its part is done, or words."""

    cell: Cell
    kind: str
    code: str
    key: str = ""  # indicator
    number: str = ""  # of a figure, as it would be typed
    amount: int | None = None  # of a figure, in the smallest unit of its indicator
    day: str = ""
    progress: str = ""
    problem: str = ""
    next_step: str = ""
    note: str = ""
    is_detail: bool = False  # from the sheet of details, whose lines have no fixed place

    @property
    def slot(self) -> str:
        """What the same thing is known by in another filling of the same form."""
        return f"{DETAIL if self.is_detail else ''}{self.code}/{self.key or self.kind}"


class Returned(NamedTuple):
    """A form that came back."""

    file: str  # name of the file
    sha256: str
    template: str
    plan: str  # whose form it is
    version_id: int  # of the plan, by which it was read
    agency: str
    period: str
    filled: tuple[Filled, ...]
    faults: tuple[CellFault, ...]
    lines: tuple[
        tuple[str, int], ...
    ]  # (sheet, row) of the form's lines, and of the details that say something
    blank: tuple[tuple[str, int], ...]  # those that say nothing
    slots: Mapping[str, Cell]  # the cells that the form has, whatever they say, by their slots
    notes: tuple[str, ...] = ()  # what deserves a second look and hinders nothing


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
