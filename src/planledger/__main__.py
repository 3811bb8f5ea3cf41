"""The door: `planledger` and `python -m planledger` both come in here."""

import _thread
import atexit
import gc
import os
import sys
from _signal import SIG_IGN, SIGINT, signal  # type: ignore[import-not-found]  # `signal` without its enumerations

TYPE_CHECKING = False  # to a type checker it is true; importing it would lengthen the start

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


def main() -> None:
    """Run one command and end with its exit code.

    A process of a tenth of a second never needs the collector, and freezing what is there lets the
    interpreter end without a last walk over it. The counter is imported inside, so that Ctrl-C during
    the start ends as quietly as later on.
    """
    _begin_in_utf8()
    sys.unraisablehook = _interrupt_again
    gc.disable()
    atexit.register(gc.freeze)
    try:
        from planledger.cli.app import run

        code = run(sys.argv[1:])
    except BaseException as error:
        if not _is_of_ctrl_c(error):
            raise
        code = 130
    signal(
        SIGINT, SIG_IGN
    )  # all is done and said: Ctrl-C while the interpreter ends must not change the code
    sys.exit(code)


def _begin_in_utf8() -> None:
    """Begin once more in UTF-8 where Python took from the environment (LANG=C) that no file may have a Chinese name.

    What was typed is handed on byte for byte, and is Chinese then.
    """
    try:
        "台账".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        if sys.executable and "utf8" not in sys._xoptions:  # noqa: SLF001  (CPython's own; else it would not end)
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


def _is_of_ctrl_c(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind an error: while a class is made, Python dresses it up as another one."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _interrupt_again(lost: "UnraisableHookArgs") -> None:
    """Deliver a Ctrl-C once more that Python lost in a place where it cannot raise, instead of telling of it.

    A thread does so, which comes to its turn when this place is left: here it would be lost again.
    """
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _thread.start_new_thread(_thread.interrupt_main, ())
    else:
        sys.__unraisablehook__(lost)


if __name__ == "__main__":
    main()
