"""What the user asked cannot be done: an exception with its sentence and its exit code; nothing was stored."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Self, TypeVar

T = TypeVar("T")
A = TypeVar("A")


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


NOT_RECORDED = "未登记。"


class Refusal(Exception):  # noqa: N818  (a refusal is no error of the program)
    """What the user asked cannot be done; nothing was stored.

    Its `sentence` is Chinese: where, what, and what to do now. The screen shows it with the `outcome` behind it:
    what became of that which was to be stored; empty where the sentence needs none.
    """

    exit_code: ExitCode = ExitCode.REFUSED
    outcome = ""
    option = "--plan"
    # with which the option is to be typed, once each, so that the line can be done
    words: tuple[str, ...] = ()

    def __init__(self, sentence: str, outcome: str | None = None) -> None:
        """Keep the *sentence*; an *outcome* goes before that of the class."""
        super().__init__(sentence)
        self.sentence = sentence
        self.outcome = self.outcome if outcome is None else outcome

    def to_type(self, option: str, words: tuple[str, ...]) -> Self:
        """Add the *words* with which an *option* is to be typed instead."""
        self.option, self.words = option, words
        return self

    def __str__(self) -> str:
        """Write what the screen shows."""
        return self.sentence + self.outcome


class NotRecorded(Refusal):
    """What was to be stored is refused, and the screen says so."""

    outcome = NOT_RECORDED


class SeveralRefusals(Refusal):
    """Of several things that were asked at once more than one cannot be done: each has its sentence; none was done."""

    def __init__(self, refusals: list[Refusal]) -> None:
        """Keep every sentence, to be shown before this one."""
        super().__init__(f"共{len(refusals)}处问题，什么都没有登记；都改正后再运行。")
        self.faults = list(map(str, refusals))
        to_type = {(refusal.option, refusal.words) for refusal in refusals}
        if len(to_type) == 1:
            # what all of them waver between
            self.to_type(*to_type.pop())


def each(things: Iterable[A], do: Callable[[A], T]) -> list[T]:
    """Do the same with each of several *things*; every one that is refused is reported, not only the first.

    Raises:
        Refusal: one of them was refused.
        SeveralRefusals: several of them were.
    """
    done: list[T] = []
    refused: dict[str, Refusal] = {}
    for thing in things:
        try:
            done.append(do(thing))
        except Refusal as refusal:
            if refusal.exit_code != ExitCode.REFUSED:
                raise
            refused[str(refusal)] = refusal
    if len(refused) > 1:
        raise SeveralRefusals(list(refused.values()))
    for only in refused.values():
        raise only
    return done
