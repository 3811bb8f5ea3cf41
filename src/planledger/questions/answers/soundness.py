"""The result of a check of the ledger, as values: made by the ledger, worded by the formats."""

import re
from typing import NamedTuple

from planledger.plan.phrases.texts import fold, quoted
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import File

_HEAD = re.compile(r"(?:链首)?\s*([1-9][0-9]{0,11})\s*:\s*([0-9A-Fa-f]{16,64})")


class ChainEnd(NamedTuple):
    """How much of one office's chain stands, and where it ends."""

    office: str  # whose it is, as the chain is called
    entries: int
    head: str  # seal of the last entry, in hexadecimal


class Behind(NamedTuple):
    """A chain of which a ledger knows more than the backup that is to take its place."""

    office: str
    had: int  # entries in the ledger
    has: int  # how many of them the backup knows; 0 where it is another's


class Loss(NamedTuple):
    """What a ledger has that the backup does not, which is to take its place: nothing, mostly."""

    behind: tuple[Behind, ...] = ()
    is_other: bool = False  # none of its chains is in the backup
    lacking: tuple[File, ...] = ()  # files that the backup should hold, and only the ledger has
    unread: str = ""  # why nobody can say what it has
    is_damaged: bool = False  # and it was a ledger once


class Verification(NamedTuple):
    """The result of a check: how much stands, where the chain ends that was checked last, and the first thing that is wrong."""

    entries: int
    since: str  # the day of the first entry
    head: str  # seal of the last entry, in hexadecimal
    fault: str  # one sentence; empty where everything is as it was sealed
    ends: tuple[ChainEnd, ...] = ()  # of every chain that was checked
    is_whole: bool = True  # the database was checked too, not one chain of several alone


class Stock(NamedTuple):
    """The state of the files of a ledger (盘点)."""

    whole: int  # files that are what was taken in
    destroyed: int  # whose bytes are gone, and the ledger says so
    lost: tuple[File, ...]
    altered: tuple[File, ...]
    undestroyed: tuple[File, ...]  # by an entry they are destroyed, yet the bytes are there
    strays: int  # files that no entry names: left by a program that was killed, and harmless

    @property
    def is_sound(self) -> bool:
        """Whether every file is what the ledger says of it."""
        return not (self.lost or self.altered or self.undestroyed)


class NotedHead(NamedTuple):
    """The end of a chain as somebody noted it outside of the ledger (链首): how many entries, and how the last seal begins."""

    number: int
    seal: str  # at least sixteen hexadecimal digits


def noted_head(typed: str) -> NotedHead:
    """Read a head as `verify` prints it: 链首 33:0123456789abcdef.

    Raises:
        Refusal: it is none.
    """
    match = _HEAD.fullmatch(fold(typed).replace("：", ":"))
    if not match:
        raise Refusal(
            f"{quoted(typed)}不是链首；请照抄 verify 显示的那一段，例如 33:0123456789abcdef（冒号后至少16位）。"
        )
    return NotedHead(int(match[1]), match[2].lower())
