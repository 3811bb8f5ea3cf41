"""The entry point of `planledger` and of `python -m planledger`."""

import _thread
import atexit
import gc
import os
import sys
from signal import SIG_IGN, SIGINT, signal


def main() -> None:
    """Run one command and end with its exit code.

    A process of a tenth of a second never needs the collector, and freezing what is there lets the
    interpreter end without a last walk over it. The command line is imported inside, so that Ctrl-C during
    the start ends as quietly as later on.
    """
    _require_utf8()
    sys.unraisablehook = _interrupt_again
    gc.disable()
    atexit.register(gc.freeze)
    try:
        from planledger.cli.app import run

        code = run(sys.argv[1:])
    except BaseException as error:
        if not _comes_from_ctrl_c(error):
            raise
        code = 130
    # all is done and written: Ctrl-C while the interpreter ends must not change the code
    signal(SIGINT, SIG_IGN)
    sys.exit(code)


def _require_utf8() -> None:
    """Start once more in UTF-8 where the environment (LANG=C) makes Python refuse Chinese file names.

    The arguments pass byte for byte, and are Chinese then.
    """
    try:
        "台账".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        utf8 = ["-X", "utf8"]
        if sys.executable and sys.orig_argv[1:3] != utf8:  # else it was started once more already
            os.execv(sys.executable, [sys.executable, *utf8, *sys.orig_argv[1:]])  # noqa: S606  (this program itself)


def _comes_from_ctrl_c(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind an error: while a class is made, Python raises another one from it."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Deliver a Ctrl-C once more that Python lost in a place where it cannot raise, instead of writing of it.

    A thread does so, which runs when this place is left: here it would be lost again.
    """
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _thread.start_new_thread(_thread.interrupt_main, ())
    else:
        sys.__unraisablehook__(lost)


if __name__ == "__main__":
    main()
