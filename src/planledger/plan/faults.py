"""The two ways in which something can be wrong, never mixed.

A `Fault` is a value: something in data that was handed to us, with its place. A `Refusal` is an
exception: what the user asked for cannot be done; it carries the sentence to show and the exit code.
"""

from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """What a script learns from the end of a command; `docs/commands.md` lists them."""

    DONE = 0
    BUG = 1
    REFUSED = 2
    NOT_A_LEDGER = 3
    NEWER_LEDGER = 4
    WORKBOOK_REFUSED = 5
    PLAN_REFUSED = 6
    BUSY = 7
    STORAGE = 8
    VERIFICATION = 9
    INTERRUPTED = 130


class Place(NamedTuple):
    """Where a fault lies: a file and a line of it (1 is the first, 0 the file as a whole)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Write the place as the office reads it: `plan.yaml 第12行`."""
        return f"{self.file} 第{self.line}行" if self.line else self.file


class Fault(NamedTuple):
    """A fault (问题) in a file handed to us: where, and one sentence with what to write instead."""

    place: Place
    message: str

    def __str__(self) -> str:
        """Write the fault as one line."""
        return f"{self.place}：{self.message}"


class Refusal(Exception):  # noqa: N818  (a refusal is no error of the program)
    """What the user asked cannot be done; nothing was stored.

    The text is one Chinese sentence: where, what, and what to do now.
    """

    exit_code: ExitCode = ExitCode.REFUSED


class PlanRefused(Refusal):
    """The plan file has faults; all of them are carried, in the order of their lines."""

    exit_code = ExitCode.PLAN_REFUSED

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        """Keep every fault of *file*."""
        super().__init__(f"方案文件 {file} 有 {len(faults)} 处问题，未启用；请按行改正后再试。")
        self.faults = faults
