"""Line breaks and escapes of texts that travel: however a program writes a line break, it is one and the same.

A workbook writes what XML cannot hold as `_xHHHH_`, a unit of UTF-16 in hexadecimal, and an underscore that
would begin such an escape as `_x005F_` (ECMA-376, ST_Xstring).
"""

import re

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def alike(text: str) -> str:
    """Let every line break of a text be the same, whichever program wrote it: CR, CR+LF, LF, and what Word has."""
    return text if text.isprintable() else "\n".join(text.splitlines())


def from_cell(written: str) -> str:
    """Say what a text of a workbook says: what is escaped in it read, its line breaks alike."""
    if "_x" not in written:
        return alike(written)
    read = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), written)
    # what UTF-16 writes as two units is one character
    return alike(read.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass"))


def into_cell(text: str) -> str:
    """Write a text so that a workbook says it as it is, also where it looks like an escape."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", text) if "_x" in text else text
