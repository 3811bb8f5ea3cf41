"""A command that is suggested, in a line as a shell takes it: what the line that was typed chose comes back as options."""

import re

from planledger.cli.session.settings import Settings
from planledger.formats.text.display import safe
from planledger.plan.phrases.texts import shell_word as word_of
from planledger.plan.refusal import Refusal

AS_ABOVE = "（同上）"
_PROGRAM = "planledger "
# a command, and no file or folder whose name begins so
_SUGGESTED = re.compile(rf"(?<![/\\']){_PROGRAM}(?=[a-z][a-z-]*(?![-\w./\\']))")
_WITHOUT_LEDGER = ("archive verify", "check", "completion", "config", "read", "server-setup")
WITHOUT = {"--ledger": _WITHOUT_LEDGER, "--plan": (*_WITHOUT_LEDGER, "backup", "draft", "init", "restore")}
"""The commands that do not take the option of a ledger or of a plan."""


def chosen_options(settings: Settings) -> list[str]:
    """Return the options of ledger, plan and clerk, as words; not those that are set anyway."""
    chosen = _typed_options(settings, "--ledger", "--plan", "--by")
    return option_words(*((name, _shown(value)) for name, value in chosen.items()))


def with_ledger(text: str, settings: Settings) -> str:
    """Return a text in which every command that is suggested works as it is pasted.

    Where the line named a ledger or a plan, each gets it as far as it takes and lacks it: pasted without, it would
    answer, or store, elsewhere.
    """
    head, *commands = _SUGGESTED.split(text)
    try:
        chosen = _typed_options(settings, *WITHOUT) if commands else {}
    except Refusal:  # the user's file cannot be read, which is what the text says
        return text
    return head + "".join(f"{_PROGRAM}{_lacked(command, chosen)}{command}" for command in commands)


def _lacked(command: str, chosen: dict[str, str]) -> str:
    """Return the chosen options that a suggested command takes and does not have, to stand before it; none for help."""
    line = re.split(f"\n|{_PROGRAM}", command)[0]
    if "--help" in line:
        return ""
    lacked = {name: _shown(chosen[name]) for name in chosen if name not in line}
    words = option_words(*(pair for pair in lacked.items() if not line.startswith(WITHOUT[pair[0]])))
    return "".join(f"{word if word == AS_ABOVE else word_of(word)} " for word in words)


def question_options(settings: Settings) -> list[str]:
    """Return the options of ledger, plan, day, moment and form, as words."""
    chosen = _typed_options(settings, "--ledger", "--plan", "--as-of", "--known-at")
    forms = [f"--{form}" for form in ("json", "csv") if getattr(settings, f"is_{form}")]
    return [*option_words(*chosen.items()), *forms]


def with_option(typed: list[str], option: str, values: tuple[str, ...]) -> list[str]:
    """Return a line that was typed once for each of several *values* of an option, or other names of it, to be pasted.

    None where it holds what may not be repeated.
    """
    words = without(typed, option)
    lines = (
        renamed(typed, option, one) if one[:2] == "--" else with_words(words, option, one) for one in values
    )
    return list(filter(None, (pasted_line(line) for line in lines if line != typed)))


def renamed(typed: list[str], option: str, name: str) -> list[str]:
    """Return a line that was typed with another *name* of an option.

    Where no value stands behind the old one, a Chinese value that stuck to it does: --单位人社局.
    """
    rest = option.removeprefix(name).lstrip("：:＝") if option.startswith(name) else ""
    line = list[str]()
    for word, after in zip(typed, [*typed[1:], "--"], strict=True):
        old, joint, value = word.partition("=")
        line.append(name + joint + value if old == option else word)
        if word == option and after[:2] == "--" and not rest.isascii():
            line.append(rest)
    return line


def with_words(typed: list[str], *added: str) -> list[str]:
    """Return a line that was *typed* with more options and values, before a -- behind which nothing is an option."""
    end = [*typed, "--"].index("--")
    return [*typed[:end], *added, *typed[end:]]


def pasted_line(words: list[str]) -> str:
    """Return a line to be pasted; empty where it holds what may not be repeated: a masked number would be stored as one."""
    from planledger.plan.people.masking import masked_aside

    line = " ".join(("planledger", *map(word_of, words)))
    return line if masked_aside(line) == line == safe(line) else ""


def without(typed: list[str], option: str) -> list[str]:
    """Return the words without an option and its value."""
    for place, word in enumerate(typed):
        if word == option or word.startswith(f"{option}="):
            return typed[:place] + typed[place + (2 if word == option else 1) :]
    return typed


def _shown(value: str) -> str:
    """Return a value; for an address with a password or parameters only a stand-in."""
    _, is_address, rest = value.partition("://")
    user, at, _ = rest.rpartition("@")
    return AS_ABOVE if is_address and ("?" in rest or (at and ":" in user)) else value


def option_words(*pairs: tuple[str, str]) -> list[str]:
    """Return options and their values as words, without the empty ones."""
    return [word for name, value in pairs if value for word in (name, value)]


def _typed_options(settings: Settings, *names: str) -> dict[str, str]:
    """Return these options with their values, as far as they are not set anyway."""
    values = {name: getattr(settings, name[2:].replace("-", "_")) for name in names}
    words = values | {
        "--plan": settings.plan_word or settings.plan
    }  # the variable may have another word for it
    return {name: value for name, value in values.items() if words[name] != settings.lasting(name[2:])[0]}
