"""The counter's front: the one group of commands, and the one edge at which a refusal becomes a sentence."""

import os
import sys
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperOption

from planledger import __version__
from planledger.cli.framework.command_table import COMMANDS
from planledger.cli.framework.lazy_group import ANYWHERE, LazyGroup, UsageError
from planledger.cli.session.session import Session
from planledger.formats.text.display import safe
from planledger.plan.refusal import ExitCode, Refusal
from planledger.store.errors import NotALedger, StorageTrouble

OVERVIEW = """planledger 方案台账：谁逾期、谁做了什么、谁说的、材料在哪里

先试这三条：
  planledger status --agency 人社局            人社局承担的事项进展到哪里
  planledger record 6.1 --transferred 40       登记 6.1 新增转移就业 40 人
  planledger overdue                           今天谁欠什么

还没有台账也能查；第一次登记时自动建立。
登错了不删不改，用 planledger reverse 记录号 --because 原因 冲正。
全部命令：planledger --help    某个命令：planledger record --help
"""
COMPLETION = "_PLANLEDGER_COMPLETE"
STDOUT = 1


def run(args: list[str]) -> int:
    """Run one command of the counter and give its exit code."""
    if sys.stdout is None or sys.stderr is None:  # closed before we came
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (open as long as the process)
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    session = Session(args)
    try:
        code = _answered(args, session)
        sys.stdout.flush()
    except BrokenPipeError:
        return _without_reader()
    except OSError as error:
        return _unprinted(error, session)
    return code


def _answered(args: list[str], session: Session) -> int:
    """Run the command; what the user asked and cannot have becomes one sentence here and nowhere else."""
    try:
        code = _understood(args, session)
    except Refusal as refusal:
        for said in (*getattr(refusal, "faults", ()), refusal):
            sys.stderr.write(f"{_told(str(said))}\n")
        plans = getattr(refusal, "words", ())
        if plans:
            from planledger.cli.session.suggested_command import with_plan

            sys.stderr.writelines(f"  {line}\n" for line in with_plan(args, plans))
        return int(refusal.exit_code)
    except UsageError as error:
        from planledger.cli.framework.usage_errors import sentence

        sys.stderr.write(f"{_told(sentence(error))}\n")
        return int(ExitCode.REFUSED)
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
    if (
        code == ExitCode.INTERRUPTED and session.ledger.has_written
    ):  # Typer turns Ctrl-C into this code itself
        sys.stderr.write("已登记；因按了 Ctrl-C，结果没有显示完。\n")
    return code


def _is_no_path(arg: str) -> bool:
    """Whether a word can name no file: no system takes a NUL in a name, nor what stands for no character."""
    try:
        return b"\0" in os.fsencode(arg)
    except UnicodeEncodeError:
        return True


def _no_path(arg: str) -> StorageTrouble:
    return StorageTrouble(f"{arg} 里有文件名不能有的字符；请换一个名字。什么都没有改动。")


def _understood(args: list[str], session: Session) -> int:
    """Run the command; where it stumbled over a ledger that somebody made up, that is no fault of the program."""
    try:
        return _called(args, session)
    except (ValueError, TypeError, LookupError, ArithmeticError):
        fault = "" if session.ledger.has_written else _made_up(session)
        if not fault:
            raise
    raise NotALedger(
        f"台账里有程序不会写的内容：{fault}请勿再登记，运行 planledger verify 核对，用最近的备份恢复。"
    )


def _made_up(session: Session) -> str:
    """Say what is wrong with the ledger over which a command stumbled; nothing where the fault is the program's own."""
    from planledger.ledger.chain.verification import verify

    try:
        store = session.ledger.opened()
        try:
            return verify(store).fault
        finally:
            store.close()
    except NotALedger:  # it cannot even be read
        raise
    except (Refusal, ValueError, TypeError, LookupError, ArithmeticError):
        return ""


def _told(sentence: str) -> str:
    """Show a refusal: nothing in it acts on a terminal, and neither a number of a person nor a password is repeated."""
    from planledger.plan.people.masking import masked_aside

    return safe(masked_aside(sentence))


def _called(args: list[str], session: Session) -> int:
    if args[:1] in (["-h"], ["help"]):
        args = ["--help", *args[1:]]
    if not args and COMPLETION not in os.environ:
        sys.stdout.write(OVERVIEW)
        return int(ExitCode.DONE)
    if COMPLETION in os.environ:
        from planledger.cli.framework.completion import prepare

        prepare()
    try:
        ended = command_group().main(args, prog_name="planledger", standalone_mode=False, obj=session)
    except ValueError as error:
        raise next((_no_path(arg) for arg in args if _is_no_path(arg)), error) from error
    except typer.Exit as left:
        ended = left.exit_code
    except SystemExit as left:
        if left.code:  # how Typer and Rich leave when their reader has gone
            raise BrokenPipeError from left
        ended = int(ExitCode.DONE)  # how Typer leaves after it offered completions
    return ended if isinstance(ended, int) else int(ExitCode.DONE)


def command_group() -> LazyGroup:
    """Build the group of all commands; each command itself is loaded when it is named."""
    group = LazyGroup(
        name="planledger",
        callback=lambda: None,
        invoke_without_command=False,
        params=[option() for option in ANYWHERE] + [_version()],
    )
    group.offers = COMMANDS
    return group


def _version() -> TyperOption:
    def tell(ctx: Any, _param: Any, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            sys.stdout.write(f"planledger {__version__}\n")
            raise typer.Exit

    return TyperOption(
        param_decls=["--version"],
        is_flag=True,
        default=False,
        is_eager=True,
        expose_value=False,
        callback=tell,
        help="显示版本",
    )


def _without_reader() -> int:
    """End quietly when whoever read the output has gone (`| head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
    return int(ExitCode.DONE)


def _unprinted(error: OSError, session: Session) -> int:
    """Say that the output could not be written; what was stored is stored, and the code says so."""
    from planledger.store.errors import os_error_text

    os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
    stored = "已登记，但" if session.ledger.has_written else ""
    what, where = "结果显示不出来", "磁盘空间或输出位置"
    if error.filename:  # of a file that was named, and not of the output
        what, where = f"{_told(str(error.filename))} 读写不了", "名字、路径和权限"
    sys.stderr.write(f"{stored}{what}（{os_error_text(error)}）；请检查{where}。\n")
    return int(ExitCode.DONE if session.ledger.has_written else ExitCode.STORAGE)
