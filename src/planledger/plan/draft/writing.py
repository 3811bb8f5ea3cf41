"""A plan file written out: YAML as a person would type it, every text safe, each question in a comment above what it is about.

The value is what the file says, mappings and lists of texts. Keys that begin with a NUL are no keys of the file:
ASKED what is asked about the whole mapping, ASKED + key about that key; NOTED comments before it, BEHIND comments behind it,
with ASKED + BEHIND above these.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from planledger.plan.file.lines import MARK

ASKED, NOTED, BEHIND = "\0?", "\0#", "\0##"
Fields = dict[str, Any]

_NO_KEY = "\0"  # what no document holds

# One key a line; everything else is written on one line.
_BLOCKS = frozenset(("plan", "areas", "items", "clauses"))
_CODES = frozenset(("code", "place"))  # in quotes: "6.10" would be 6.1 to other programs
_PLAIN = re.compile(
    "[0-9A-Za-z\u3400-\u9fff《（“](?:[0-9A-Za-z\u3400-\u9fff，、。；：？！（）《》“”‘’—…·%_+./()~-]| (?! ))*(?<! )"
)
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Return a text on one line, without what no plan file may hold; blanks at its ends, which nobody reads, are gone."""
    return _UNWRITABLE.sub(" ", text).strip()


def scalar(text: str, *, is_code: bool = False) -> str:
    """Write a text so that the reader of plan files gives it back as it is."""
    line = one_line(text)
    if is_code:
        return f'"{line}"' if re.fullmatch("[0-9.]+", line) else _quoted(line)
    return line if _PLAIN.fullmatch(line) else _quoted(line)


def written(document: Fields) -> list[str]:
    """Return the lines of a plan file, a blank one before each of its parts."""
    return _block(document, "", is_file=True)


def with_questions(lines: list[str], asked: Iterable[tuple[int, str]]) -> list[str]:
    """Return the lines with what is asked about some of them, (line from 1, words), above each; 0 is the file as a whole."""
    above: dict[int, list[str]] = {}
    for line, words in asked:
        indent = re.match(" *", lines[line - 1])[0] if line else ""  # type: ignore[index]  # no blank at all matches too
        above.setdefault(max(line, 1), []).append(f"{indent}{MARK}{one_line(words)}")
    return [each for number, line in enumerate(lines, 1) for each in (*above.get(number, ()), line)]


def commented(fields: Fields) -> list[str]:
    """Return the lines of some keys as they would stand in the file, for comments."""
    return _block(fields, "")


def _block(fields: Fields, indent: str, dash: str = "", *, is_file: bool = False) -> list[str]:
    """Write a mapping one key a line; as an element of a list it begins with a dash."""
    lines = _above(fields, indent)
    inner, lead = indent + " " * len(dash), indent + dash
    for key, value in fields.items():
        if key[0] == _NO_KEY:
            continue
        lines += [""] if is_file and not isinstance(value, str) else []
        lines += _questions(fields, key, inner)
        deeper = f"{inner}  "
        if key in _BLOCKS and isinstance(value, dict):
            lines += [f"{lead}{key}:", *_block(value, deeper)]
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            lines.append(f"{lead}{key}:")
            for each in value:
                if key in _BLOCKS:
                    lines += _block(each, deeper, "- ")
                else:
                    lines += [*_above(each, deeper), f"{deeper}- {_flow(each)}"]
        else:
            lines.append(f"{lead}{key}: {_flow(value, key)}" if value else f"{lead}{key}:")
        lead = inner
    lines += _questions(fields, BEHIND, inner)
    return lines + [f"{inner}# {note}".rstrip() for note in fields.get(BEHIND, ())]


def _above(fields: Fields, indent: str) -> list[str]:
    """Return the comments and questions that stand before a mapping."""
    return [f"{indent}# {one_line(note)}" for note in fields.get(NOTED, ())] + _questions(fields, "", indent)


def _flow(value: Any, key: str = "") -> str:
    """Write a value on one line; an empty text needs its quotes there."""
    if isinstance(value, Mapping):
        named = {name: each for name, each in value.items() if name[:1] != _NO_KEY}
        return f"{{{', '.join(f'{scalar(name)}: {_flow(each, name)}' for name, each in named.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value, is_code=key in _CODES)


def _questions(fields: Fields, key: str, indent: str) -> list[str]:
    return [f"{indent}{MARK}{one_line(words)}" for words in fields.get(ASKED + key, ())]


def _quoted(line: str) -> str:
    return "'" + line.replace("'", "''") + "'"
