"""Faults: what is wrong in data that was handed to us, as values with their places.

What the user asked and cannot have is another thing: :mod:`.refusal`.
"""

from typing import NamedTuple

from planledger.plan.refusal import ExitCode, Refusal


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


class PlanRefused(Refusal):
    """The plan file has faults; all of them are carried, in the order of their lines."""

    exit_code = ExitCode.PLAN_REFUSED

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        """Keep every fault of *file*."""
        super().__init__(f"方案文件 {file} 有 {len(faults)} 处问题，未启用；请按行改正后再试。")
        self.faults = faults
