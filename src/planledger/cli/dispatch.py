"""One command is called here, and this is the one edge at which a refusal becomes a sentence and an exit code."""

import os
import sys
from contextlib import closing

from planledger.cli.framework.command_table import COMMANDS, COMPLETION, GROUP
from planledger.cli.framework.lazy_group import all_commands
from planledger.cli.framework.parameters import UsageError
from planledger.cli.session.session import Session
from planledger.cli.session.suggested_line import with_ledger, with_option
from planledger.formats.text.display import safe
from planledger.plan.refusal import ExitCode, Refusal
from planledger.store.errors import NotALedger, StorageTrouble


def dispatch(args: list[str], session: Session) -> int:
    """Run the command and return its exit code; what was asked and cannot be done is written to standard error."""
    try:
        session.typed = _in_english(args)
        code = _check_after_failure(session.typed, session)
    except Refusal as refusal:
        session.refusal = refusal.sentence
        for sentence in map(str, (*getattr(refusal, "faults", ()), refusal)):
            sys.stderr.write(f"{printable(with_ledger(sentence, session.settings))}\n")
        lines = with_option(session.typed, refusal.option, refusal.words)
        sys.stderr.writelines((*(f"  {line}\n" for line in lines), _encoding_hint(args)))
        return int(refusal.exit_code)
    except UsageError as error:
        from planledger.cli.framework.help_pages import usage_sentence

        session.refusal = usage_sentence(error)
        sys.stderr.write(f"{printable(session.refusal)}\n{_encoding_hint(args)}")
        return int(ExitCode.REFUSED)
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
    # Typer turns Ctrl-C into this code itself
    if code == ExitCode.INTERRUPTED and session.ledger.has_written:
        sys.stderr.write("已登记；因按了 Ctrl-C，结果没有显示完。\n")
    return code


def _encoding_hint(args: list[str]) -> str:
    """Return the line for a terminal whose Chinese is not that of the system (GBK); empty where all words could be read."""
    is_other = any("\udc80" <= char <= "\udcff" for char in "".join(args))
    return "有的字不是 UTF-8（终端用的可能是 GBK）；请把终端的编码改成 UTF-8 再运行。\n" if is_other else ""


def _in_english(words: list[str]) -> list[str]:
    """Return a line with its commands and options in English; a value that is Chinese costs it nothing."""
    if words[:1] in (["-h"], ["help"], ["帮助"]):
        words = ["--help", *words[1:]]
    place = next((place for place, word in enumerate(words) if word in COMMANDS), len(words))
    is_group = any(COMMANDS[word].module == GROUP for word in words[place : place + 1])
    names = words[: place + 2 if is_group else place]
    if all(map(str.isascii, names)) and all(w.partition("=")[0].isascii() for w in words if w[:1] == "-"):
        return words
    from planledger.cli.framework.chinese_line import in_english

    return in_english(words, all_commands())


def printable(sentence: str) -> str:
    """Return a sentence in which nothing acts on a terminal, without numbers of people and without passwords."""
    from planledger.plan.people.masking import masked_aside

    return safe(masked_aside(sentence))


def _check_after_failure(args: list[str], session: Session) -> int:
    """Call the command; where an error comes from a ledger that this program did not write, refuse that ledger."""
    try:
        return _call(args, session)
    except (ValueError, TypeError, LookupError, ArithmeticError):
        fault = "" if session.ledger.has_written else _ledger_fault(session)
        if not fault:
            raise
    raise NotALedger(
        f"台账里有程序不会写的内容：{fault}请勿再登记，运行 planledger verify 核对，用最近的备份恢复。"
    )


def _ledger_fault(session: Session) -> str:
    """Return what is wrong with the ledger; empty where nothing is, so that the error is the program's own."""
    from planledger.ledger.chain.verification import verify

    try:
        with closing(session.ledger.opened()) as store:
            return verify(store).fault
    except NotALedger:  # it cannot even be read
        raise
    except (Refusal, ValueError, TypeError, LookupError, ArithmeticError):
        return ""


def _call(args: list[str], session: Session) -> int:
    if COMPLETION in os.environ:
        from planledger.cli.framework.completion import prepare

        prepare()
    try:
        result = all_commands().main(args, prog_name="planledger", standalone_mode=False, obj=session)
    except ValueError as error:
        unusable = next(filter(_cannot_name_a_file, args), None)
        if unusable is None:
            raise
        raise StorageTrouble(f"{unusable} 里有文件名不能有的字符；请换一个名字。什么都没有改动。") from error
    except SystemExit as left:
        if left.code:  # how Typer and Rich leave when their reader has gone
            raise BrokenPipeError from left
        result = int(ExitCode.DONE)  # how Typer leaves after it offered completions
    return result if isinstance(result, int) else int(ExitCode.DONE)


def _cannot_name_a_file(word: str) -> bool:
    """Whether a word can name no file: no system takes a NUL in a name, nor what stands for no character."""
    try:
        return b"\0" in os.fsencode(word)
    except UnicodeEncodeError:
        return True
