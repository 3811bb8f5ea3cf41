"""Lines that name commands and options in Chinese: read as the same lines in English, completed, and listed by help."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from planledger.cli.framework.command_table import COMMANDS
from planledger.plan.phrases.option_names import OPTION_NAMES


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
    line, rest = list[str](), iter(words)
    for word in rest:
        name, joint, value = word.partition("=")
        name = options.get(name, name)
        if name in values:
            line += [name + joint + value, *islice(rest, 0 if joint else values[name])]
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
    return {f"--{OPTION_NAMES[name]}": name for name in names if name in OPTION_NAMES}


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
