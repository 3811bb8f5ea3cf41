"""Lines as a Chinese keyboard types them: names are read as English ones, signs that stand for hyphens and `=` are refused.

A refusal ends with the line in which they are right.
"""

import re
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from planledger.cli.framework.command_table import COMMANDS, DASHES, WIDE_BLANK, with_default
from planledger.cli.session.session import Session
from planledger.cli.session.suggested_line import pasted_line, with_words
from planledger.plan.phrases.option_names import OPTION_NAMES
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal

# dashes, a name, what parts it from a value in the same word, and that value
_OPTION = re.compile(rf"([{DASHES}]{{1,4}})([^{DASHES}\d\s][^=＝:：\s]*)([=＝:：]?)\s*(.*)", re.DOTALL)
_EQUALS = ("=", "＝")
_QUOTED = re.compile("“[^“”]+”|‘[^‘’]+’")
TEXTS = ("文字", "原因")  # what help calls the values of which quotation marks may be a part
_WIDE_OPTION = re.compile(f"{WIDE_BLANK}[{DASHES}]")


def in_english(words: Iterable[str], command: Any) -> list[str]:
    """Return the words with the English names of commands and options in place of their Chinese ones; values stay.

    Args:
        words: what was typed behind the command.
        command: the group of all commands, a group of it, or a command.
    """
    commands = commands_named(command) | {name: [name] for name in getattr(command, "rows", ())}
    options = options_named(command)
    values = {name: 0 if p.is_flag else p.nargs for p in command.params for name in p.opts if name[0] == "-"}
    values["--help"] = 0
    line, rest = list[str](), iter(with_default(getattr(command, "path", ""), list(words)))
    for word in rest:
        name, joint, value = word.partition("=")
        name = options.get(name, name)
        if name in values:
            line += [name + joint + value, *islice(rest, max(0, values[name] - len(joint)))]
        elif word in commands:
            for step in commands[word]:
                command = command.get_command(None, step)
            return [*line, *commands[word], *in_english(rest, command)]
        elif word == "--":
            return [*line, word, *rest]
        else:
            line.append(word)
    return line


def commands_named(group: Any) -> dict[str, list[str]]:
    """Return the Chinese names of the commands of a group, and the words behind the group that each means; none of a command."""
    if not hasattr(group, "path"):
        return {}
    size = len(group.path.split())
    paths = (path for path in COMMANDS if f"{path} ".startswith(f"{group.path} ".lstrip()))
    return {COMMANDS[path].chinese_name: path.split()[size:] for path in paths if path != group.path}


def options_named(command: Any) -> dict[str, str]:
    """Return the Chinese names of the options that a command has, with the hyphens, and the option that each means."""
    names = [*(name for param in command.params for name in param.opts), "--help"]
    named = {name: OPTION_NAMES.get(f"{command.name} {name}", OPTION_NAMES.get(name)) for name in names}
    return {f"--{chinese}": name for name, chinese in named.items() if chinese}


def names_listed(command: Any, typed: str) -> list[str]:
    """Return the Chinese names of a command, of what stands below it, and of its options, each with what it means.

    Args:
        command: a command or a group.
        typed: its words, the program's name first.
    """
    rows = COMMANDS.items()
    names = {path: row.chinese_name for path, row in rows if f"planledger {path} ".startswith(f"{typed} ")}
    names |= {option: name for name, option in options_named(command).items()}
    return [f"{name}（{meant}）" for meant, name in names.items()]


def completed_in_chinese(command: Any, options: Iterable[Any], incomplete: str) -> list[Any]:
    """Return the Chinese names that complete a word behind a command or a group.

    Args:
        command: the command or the group.
        options: those that may still be typed, as what completes the line.
        incomplete: the beginning of the word; where there is none, no option is offered.
    """
    from typer.core import CompletionItem  # type: ignore[attr-defined]  # Typer gives the name on and does not list it

    offered = {option.value for option in options}
    names = [name for name, option in options_named(command).items() if option in offered and incomplete]
    names += commands_named(command)
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def refuse_other_dashes(ctx: Any, typed: Collection[str], *, any_name: bool) -> None:
    """Refuse dashes for the hyphens of an option, another sign for `=` or a blank, and quotation marks that no shell takes, with the right line.

    Args:
        ctx: of the command, whose options are known.
        typed: the words after it.
        any_name: whether what it does not know may be an option too, as the indicators of `record` are.

    Raises:
        Refusal: there is such a word where an option stands.
    """
    options = in_both_languages(ctx)
    takes_value = {name: not param.is_flag for name, param in options.items()}
    wrong, is_value, is_group = dict[str, list[str]](), False, hasattr(ctx.command, "rows")
    last = ""
    for word in typed:
        if word == "--":
            break
        is_text = is_value and takes_value.keys().isdisjoint(word.split()[1:])
        right = [] if is_text else _right_words(word, takes_value, any_name=any_name, is_command=is_group)
        name, joint, value = _parted(word) if not is_value else (last, "", word)
        if _QUOTED.fullmatch(value) and not (name in options and options[name].metavar in TEXTS):
            right = [name + joint + value[1:-1]] if joint else [value[1:-1]]
        if right and right != [word]:
            wrong[word] = right
        last = (right or [word])[-1]
        is_value = (
            not is_value and "=" not in last and takes_value.get(last, any_name and last.startswith("--"))
        )
    if wrong:
        first = next(iter(wrong))
        line = line_to_type([right for word in Session.of(ctx).typed for right in wrong.get(word, [word])])
        what = "开头应是两个英文减号，等号、空格也要用英文的" if first[0] in DASHES else "里的空格要用英文的"
        what = "里不写等号、冒号" if first[:2] in options and first[1] not in DASHES else what
        what = "的引号要用英文的" if _QUOTED.fullmatch(_parted(first)[2]) else what
        raise Refusal(f"{first} {what}{line}")


def _parted(word: str) -> tuple[str, str, str]:
    """Return an option, `=` and the value in the same word; only the value where the word is no option with one."""
    name, joint, value = word.partition("=")
    return (name, joint, value) if joint and name[:1] == "-" else ("", "", word)


def _right_words(word: str, known: dict[str, bool], *, any_name: bool, is_command: bool) -> list[str]:
    """Return an option as it should be typed, or the words that a full-width blank parts; empty where the word is right."""
    if _WIDE_OPTION.search(word) or (WIDE_BLANK in word and word[0] not in DASHES and is_command):
        return word.split()
    match = _OPTION.fullmatch(word)
    if match and word[:2] in known and re.match("[=＝:：]", word[2:]):
        return [word[:2], word[3:]]
    if not match or (word[:2] in known and not word.startswith("--")):
        return []
    dashes, name, sign, value = match.groups()
    right = fold(name)
    if f"--{right}" not in known:
        if not any_name or (dashes in DASHES and right.isascii() and len(right) == 1):
            return []
        right = right if right.isascii() else name
        is_of_label = (sign or value) and sign not in _EQUALS and not fold(value)[:1].isdigit()
        if is_of_label:  # signs and blanks may be
            return [f"--{word.lstrip(DASHES)}"]
    return [f"--{right}={value}" if sign or value else f"--{right}"]


def missing_values(ctx: Any) -> str:
    """Return which options lack their values, and the line in which each has its place, or one that is allowed; empty where none does."""
    options = options_of(ctx)
    names = {name: name for name in options} | options_named(ctx.command)
    typed, line, lacking = list(Session.of(ctx).typed), list[str](), list[str]()
    while typed and typed[0] != "--":
        word = typed.pop(0)
        line.append(names.get(word, word))
        param = options.get(name := line[-1])
        for value in str(param.metavar).split()[: param.nargs] if param and not param.is_flag else ():
            is_there = bool(typed) and typed[0].partition("=")[0] not in names
            line.append(typed.pop(0) if is_there else value)
            lacking += [] if is_there or name in lacking else [name]
    return f"{'、'.join(lacking)} 后面缺少内容{line_to_type([*line, *typed])}" if lacking else ""


def together(ctx: Any, about: dict[tuple[str, ...], list[str]], options: dict[str, Any]) -> str:
    """Return that options count only with one of those that they are *about*, and the line in which the first stands too."""
    why = "，".join(f"{'、'.join(about[one])} 要和 {' 或 '.join(one)} 一起写" for one in about)
    added = [word for one in about for word in (one[0], options[one[0]].metavar) if word]
    return f"{why}，用不上就去掉{line_to_type(with_words(Session.of(ctx).typed, *added))}"


def options_of(ctx: Any) -> dict[str, Any]:
    """Return the options of a command by their names."""
    options = (param for param in ctx.command.get_params(ctx) if param.param_type_name == "option")
    return {name: param for param in options for name in param.opts}


def in_both_languages(ctx: Any) -> dict[str, Any]:
    """Return the options of a command by their Chinese names too."""
    options = options_of(ctx)
    return options | {name: options[meant] for name, meant in options_named(ctx.command).items()}


def line_to_type(words: list[str], otherwise: str = "。") -> str:
    """Return the end of a sentence: the line to type instead, or *otherwise* where it may not be repeated."""
    line = pasted_line(words)
    return f"，请写：{line}" if line else otherwise
