"""The program from its arguments to its exit code: open the streams, run one command, report an output that fails."""

import os
import sys
from contextlib import suppress

from planledger.cli.framework.command_table import COMPLETION, OVERVIEW, VERSION
from planledger.plan.refusal import ExitCode
from planledger.store.errors import os_error_text

STDOUT = 1


def run(args: list[str]) -> int:
    """Run one command and return its exit code; what needs no command does not load Typer."""
    _open_streams()
    os.environ.setdefault(
        "OPENPYXL_LXML", "False"
    )  # of a full disk lxml, where it is there, says nothing of use
    session = None
    try:
        text = "" if COMPLETION in os.environ else _text_without_command(args)
        if text:
            sys.stdout.write(text)
            code = int(ExitCode.DONE)
        else:
            from planledger.cli.dispatch import dispatch
            from planledger.cli.session.session import Session

            session = Session(args)
            code = dispatch(args, session)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
        if isinstance(error, BrokenPipeError):  # whoever read the output has gone (`| head`)
            return int(ExitCode.DONE)
        return _report_output_error(error, is_stored=session is not None and session.ledger.has_written)
    return code


def _open_streams() -> None:
    """Replace standard streams that were closed before the start; write what an encoding lacks as its code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _text_without_command(args: list[str]) -> str:
    """Return what is shown where no command is named; empty where there is one, or an option of another kind."""
    return OVERVIEW if not args else VERSION if args == ["--version"] else ""


def _report_output_error(error: OSError, *, is_stored: bool) -> int:
    """Write that the output could not be written; what was stored is stored, and the exit code says so."""
    what, where = "结果显示不出来", "磁盘空间或输出位置"
    if error.filename:  # of a file that was named, and not of the output
        from planledger.cli.dispatch import printable

        what, where = f"{printable(str(error.filename))} 读写不了", "名字、路径和权限"
    with suppress(OSError):  # standard error may be what cannot be written
        sys.stderr.write(
            f"{'已登记，但' if is_stored else ''}{what}（{os_error_text(error)}）；请检查{where}。\n"
        )
    return int(ExitCode.DONE if is_stored else ExitCode.STORAGE)
