"""A command or an option that there is none of: what it was probably meant to be, and the line in which it is right."""

from typing import Any

from planledger.cli.framework.chinese_line import (
    commands_named,
    in_both_languages,
    line_to_type,
    options_named,
    options_of,
)
from planledger.cli.framework.command_table import COMMANDS, DASHES, OTHER_WORDS
from planledger.cli.framework.suggestions import extra_words_hint
from planledger.cli.session.session import AMOUNTS, TYPED, Session
from planledger.cli.session.suggested_line import renamed
from planledger.plan.phrases.option_names import OPTION_NAMES, OTHER_NAMES
from planledger.plan.phrases.texts import HALF, fold, nearest, question_of
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import Refusal

UNLIKE = (
    "ledger",
    "reply-by",
)  # take a file and a day as others do, and nobody who types one of those means them
MOST_ABOUT = 3  # so many names may stand in a question, where none of them is near in letters


def unknown_command(typed: str, group: Any, ctx: Any) -> str:
    """Return that a group has no command as it was *typed*, and the nearest ones, or the one that is about an item or a unit."""
    word = fold(typed).lower()
    other = [name for name, words in OTHER_WORDS.items() if word in words]
    meant = (
        ([] if other else nearest(word, group.rows))
        or _commands_about(group, word, other)
        or nearest(word, commands_named(group), near=HALF)
    )
    pages = f"运行 {ctx.command_path} --help 可看全部命令。"
    question = question_of(meant) or _asked_about(ctx, word)
    words = Session.of(ctx).typed
    if len(meant) == 1 and words.count(typed) == 1:  # else nobody knows which of them is the command
        line = [meant[0] if word == typed else word for word in words]
        pages = line_to_type(line, pages).removeprefix("，")
    return f"没有命令 {typed}。{question}{pages}"


def _commands_about(group: Any, word: str, other: list[str]) -> list[str]:
    """Return the *other* command that is meant where the group has it, or those whose summaries have the word; none of too many."""
    names = commands_named(group)
    if names.keys() & other:
        return other
    about = [row.chinese_name for row in COMMANDS.values() if word[1:] and word in row.summary]
    about = [name for name in about if name in names]
    return about if len(about) <= MOST_ABOUT else []


def _asked_about(ctx: Any, word: str) -> str:
    """Return which command is about an item or a unit that stands in the place of a command; empty where the word is neither."""
    ledger = Session.of(ctx).ledger
    ledger.is_quiet = True
    try:
        sheet = ledger.sheet()
    except Refusal:
        return ""
    if any(word == row.item.code for row in sheet.rows):
        return f"一项的情况用 planledger show {word} 看；"
    is_unit = find_agencies(word, sheet.agencies, sheet.sides)
    return f"一家单位承担什么用 planledger status --agency {word} 看；" if is_unit else ""


def unknown_option(typed: str, ctx: Any) -> str:
    """Return that there is no option as it was *typed*, and the nearest one: by its English name, its Chinese one, or what it takes."""
    options = {name[2:]: param for name, param in _options_left(ctx).items()}
    word = fold(typed).lstrip(DASHES).lower()
    word = OTHER_NAMES.get(word, word)
    takes = OPTION_NAMES.get(f"--{word}", word)  # what an option of another command takes
    chinese = [name[2:] for name, meant in options_named(ctx.command).items() if meant[2:] in options]
    english = next((option.partition("--")[2] for option, name in OPTION_NAMES.items() if name == word), word)
    # then it is no slip of the pen
    is_elsewhere = word not in options and takes in OPTION_NAMES.values()
    as_argument = _as_argument(ctx, typed, takes)
    meant = not as_argument and (
        [name for name in chinese if name == word]
        or [f"{name} {english}" for name, one in options.items() if english in _choices(one)]
        or [name for name, param in options.items() if param.metavar == takes and name not in UNLIKE]
        or [name for name in options if word in name.split("-")]
        or (not is_elsewhere and _nearest_option(word, options, chinese))
    )
    if not meant:
        return f"没有选项 {typed}。{as_argument}"
    question = f"没有选项 {typed}。{question_of([f'--{name}' for name in meant])}"
    if meant[1:] or " " in meant[0]:
        return question
    return question + line_to_type(renamed(Session.of(ctx).typed, typed, f"--{meant[0]}")).strip("，。")


def _options_left(ctx: Any) -> dict[str, Any]:
    """Return the options of a command that the line does not have yet, or may have more than once."""
    known, typed = in_both_languages(ctx), Session.of(ctx).typed
    there = {known[name].name for word in typed if (name := word.partition("=")[0]) in known}
    options = {name: one for name, one in options_of(ctx).items() if name.startswith("--")}
    return {name: one for name, one in options.items() if one.name not in there or one.multiple}


def _nearest_option(word: str, options: dict[str, Any], chinese: list[str]) -> list[str]:
    """Return the options that a word is near in letters, or whose help has it; none of too many."""
    about = [
        name for name, one in options.items() if word[1:] and word in (one.help or "") and name not in UNLIKE
    ]
    near = nearest(word, options)
    return near or (about if len(about) <= MOST_ABOUT else []) or nearest(word, chinese, near=HALF)


def _choices(option: Any) -> list[str]:
    """Return the words of which an option takes one; none where it takes others."""
    words = str(option.metavar).split("|")
    return words if words[1:] else []


def swallowed_option(ctx: Any) -> str:
    """Return the option that is none and stands as the value of the one before it; empty where there is none, or an indicator may be meant."""
    known = in_both_languages(ctx)
    typed = () if AMOUNTS in ctx.meta else ctx.meta.get(TYPED, ())
    options = (word for word in typed if word.startswith("--") and word != "--")
    return next((word for word in options if word.partition("=")[0] not in known), "")


def _as_argument(ctx: Any, option: str, takes: str) -> str:
    """Return the line in which the value of an *option* that is none stands as an argument; empty where none is called so, or is what it *takes*."""
    session, behind = Session.of(ctx), ctx.meta.get(TYPED, ())
    arguments = (param for param in ctx.command.params if param.param_type_name == "argument")
    argument = next((one for one in arguments if {option[2:], takes} & {one.name, one.metavar}), None)
    parted = (word.split("=", 1) if word.startswith(f"{option}=") else [word] for word in behind)
    words = [part for parts in parted for part in parts]
    if argument is None or option not in words[:-1]:
        return ""
    place = words.index(option)
    line = [words[place + 1], *words[:place], *words[place + 2 :]]
    session.typed[len(session.typed) - len(behind) :] = line
    ctx.meta[TYPED] = tuple(line)
    meant = extra_words_hint(ctx)
    return f"{argument.metavar} 不写选项名" + (f"；{meant}" if meant else line_to_type(session.typed))
