"""What the user asked cannot be done: an exception with its sentence and its exit code; nothing was stored."""

from enum import IntEnum


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


class Refusal(Exception):  # noqa: N818  (a refusal is no error of the program)
    """What the user asked cannot be done; nothing was stored.

    The text is one Chinese sentence: where, what, and what to do now.
    """

    exit_code: ExitCode = ExitCode.REFUSED
