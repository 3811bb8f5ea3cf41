"""How what only some kinds of entry say is read: each takes a text and raises ValueError where it says nothing of the kind."""

from datetime import date

DIGEST = 64  # hexadecimal digits of a SHA-256
_DIGITS = 18  # more than anything is counted to, and no database takes a longer number
_HEX = frozenset("0123456789abcdef")


def read_names(text: str) -> tuple[str, ...]:
    """Read names that are joined by 、."""
    return tuple(text.split("、"))


def read_empty(text: str) -> str:
    """Take nothing: of some kinds the subject names nothing."""
    return _one_of(text, ("",))


def read_nothing(text: str) -> str:
    """Read whether a report says that there is nothing to report (零报告)."""
    return _one_of(text, ("", "nothing"))


def read_flag(text: str) -> bool:
    """Read what is text or left out, and never denied."""
    return bool(_one_of(text, ("1",)))


def read_number(text: str) -> int:
    """Read a whole number: of an entry, of the bytes of a file, of the smallest unit that an indicator counts."""
    if len(text) > _DIGITS or f"{int(text)}" != text or text < "0":
        raise ValueError(text)
    return int(text)


def read_stored_day(text: str) -> str:
    """Read a day as it is stored: 2019-11-30."""
    if date.fromisoformat(text).isoformat() != text:  # a day may be written in other ways too
        raise ValueError(text)
    return text


def read_day_or_amount(text: str) -> str | int:
    """Read what the plan itself says of a deadline or of a target."""
    return read_number(text) if text.isdigit() else read_stored_day(text)


def read_digest(text: str) -> str:
    """Read a SHA-256 in hexadecimal; as a name it leads to a file, so it is nothing else."""
    if len(text) != DIGEST or not _HEX.issuperset(text):
        raise ValueError(text)
    return text


def _one_of(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise ValueError(text)
    return text
