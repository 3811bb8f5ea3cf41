"""A word of a command as it is to be typed: every suggested line is written with it."""

import shlex

_PLAIN = "._-/:"  # with letters and digits of any script, what no shell acts on


def word(text: str) -> str:
    """Write a word so that a shell takes it as one."""
    is_plain = text and all(char.isalnum() or char in _PLAIN for char in text)
    return text if is_plain else shlex.quote(text)
