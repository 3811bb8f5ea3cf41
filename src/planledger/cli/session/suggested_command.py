"""The line that does the same as what was answered step by step, as a shell takes it."""

import os

from planledger.cli.session.settings import Settings
from planledger.formats.text.display import columns, safe
from planledger.ledger.actions.report import Words
from planledger.ledger.actions.request import Recording
from planledger.plan.phrases.texts import shell_word as word_of

_GOES_ON = " \\"
_INDENT = "  "
AS_ABOVE = "（同上）"


def record_command(recording: Recording | Words, settings: Settings) -> list[str]:
    """Return the words of the command that stores a recording, with the options of ledger, plan and clerk."""
    words = _report(recording) if isinstance(recording, Words) else _record(recording)
    words += _options(("--agency", recording.agency), ("--on", recording.on))
    return words + _chosen(("--ledger", settings.ledger), ("--plan", settings.plan), ("--by", settings.by))


def ledger_options(settings: Settings) -> str:
    """Return the options of ledger and plan, to stand behind a command that is suggested."""
    words = _chosen(("--ledger", settings.ledger), ("--plan", settings.plan))
    return "".join(f" {word if word == AS_ABOVE else word_of(word)}" for word in words)


def question_options(settings: Settings) -> list[str]:
    """Return the options of ledger, plan, day, moment and form, as words."""
    chosen = {
        "--ledger": settings.ledger,
        "--plan": settings.plan,
        "--as-of": settings.as_of,
        "--known-at": settings.known_at,
    }
    forms = [
        f"--{form}" for form, is_asked in (("json", settings.is_json), ("csv", settings.is_csv)) if is_asked
    ]
    return _options(*(one for one in chosen.items() if one[1] != _of_environment(one[0]))) + forms


def with_plan(typed: list[str], plans: tuple[str, ...]) -> list[str]:
    """Return a line that was typed once for each of several *plans*, to be pasted.

    None where it holds what may not be repeated.
    """
    words = _without_plan(typed)
    named = [["--plan", plan] for plan in plans]
    # behind -- nothing is an option
    return list(
        filter(None, (pasted_line([*one, *words] if "--" in words else [*words, *one]) for one in named))
    )


def pasted_line(words: list[str]) -> str:
    """Return a line to be pasted; empty where it holds what may not be repeated: a masked number would be stored as one."""
    from planledger.plan.people.masking import masked_aside

    line = " ".join(("planledger", *map(word_of, words)))
    return line if masked_aside(line) == line == safe(line) else ""


def _without_plan(typed: list[str]) -> list[str]:
    """Return the words without the plan that was named."""
    for place, word in enumerate(typed):
        if word == "--plan" or word.startswith("--plan="):
            return typed[:place] + typed[place + (2 if word == "--plan" else 1) :]
    return typed


def shell_lines(words: list[str], width: int, head: str = "") -> list[str]:
    """Return a command behind *head* in lines of at most *width* columns that a shell puts together again."""
    written, line, gap = [], head, ""
    for word in words:
        parts = _parts(word, width - len(_INDENT + _GOES_ON))
        for part in parts:
            if line != head and columns(line + gap + part + _GOES_ON) > width:
                # within a word nothing may stand between the parts, at the end of a line neither
                inside = part is not parts[0]
                written.append(line + ("\\" if inside else _GOES_ON))
                line, gap = "" if inside else _INDENT, ""
            line += gap + part
            gap = "" if part is not parts[-1] else " "
    return [*written, line]


def _record(recording: Recording) -> list[str]:
    words = ["planledger", "record", recording.code]
    for key, number in recording.amounts:
        words += [f"--{key}", number]
    words += ["--done"] if recording.is_done else []
    return words + _options(("--side", recording.side))


def _report(recording: Words) -> list[str]:
    words = ["planledger", "report", recording.code]
    words += _options(
        ("--progress", recording.progress), ("--problem", recording.problem), ("--next", recording.next_step)
    )
    return words + (["--nothing"] if recording.is_nothing else [])


def _chosen(*pairs: tuple[str, str]) -> list[str]:
    """Return the options without those that the environment sets anyway."""
    return _options(*((name, _shown(value)) for name, value in pairs if value != _of_environment(name)))


def _shown(value: str) -> str:
    """Return a value; for an address with a password or parameters only a stand-in."""
    _, is_address, rest = value.partition("://")
    user, at, _ = rest.rpartition("@")
    return AS_ABOVE if is_address and ("?" in rest or (at and ":" in user)) else value


def _options(*pairs: tuple[str, str]) -> list[str]:
    return [word for name, value in pairs if value for word in (name, value)]


def _of_environment(name: str) -> str:
    return os.environ.get(f"PLANLEDGER_{name.removeprefix('--').upper()}", "")


def _parts(word: str, width: int) -> list[str]:
    """Return a word quoted for a shell, in parts where it is longer than a line."""
    parts, part = [], ""
    for char in word:
        if part and columns(word_of(part + char)) > width:
            parts.append(word_of(part))
            part = ""
        part += char
    return [*parts, word_of(part)]
