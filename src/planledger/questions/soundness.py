"""What a check of the ledger found, as values: made by the ledger, told by the papers."""

from planledger.plan.rows import NamedTuple
from planledger.questions.files import File


class Verification(NamedTuple):
    """What a check of the chain found: how much stands, the head of the own chain, and the first thing that is wrong."""

    entries: int
    since: str  # the day of the first entry
    head: str  # seal of the last entry, in hexadecimal
    fault: str  # one sentence; empty where everything is as it was sealed


class Stock(NamedTuple):
    """What was found of the files of a ledger (盘点)."""

    whole: int  # files that are what was taken in
    destroyed: int  # whose bytes are gone, and the ledger says so
    lost: tuple[File, ...]
    altered: tuple[File, ...]
    undestroyed: tuple[File, ...]  # said to be destroyed, yet the bytes are there
    strays: int  # files that no entry names: left by a program that was killed, and harmless

    @property
    def is_sound(self) -> bool:
        """Whether every file is what the ledger says of it."""
        return not (self.lost or self.altered or self.undestroyed)
