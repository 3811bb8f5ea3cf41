"""How what only some kinds of entry say is read: each takes a text and raises ValueError where it says nothing of the kind."""

from datetime import date

from planledger.plan.model.terms import Role

DIGEST = 64  # hexadecimal digits of a SHA-256
_DIGITS = 18  # more than anything is counted to, and no database takes a longer number
_HEX = frozenset("0123456789abcdef")


def read_text(said: str) -> str:
    """Take any words."""
    return said


def read_names(said: str) -> tuple[str, ...]:
    """Read names that are joined by 、."""
    return tuple(said.split("、"))


def read_empty(said: str) -> str:
    """Take nothing: of some kinds the subject names nothing."""
    return _one_of(said, ("",))


def read_nothing(said: str) -> str:
    """Read whether a report says that there is nothing to tell (零报告)."""
    return _one_of(said, ("", "nothing"))


def read_flag(said: str) -> bool:
    """Read what is said or left out, and never denied."""
    return bool(_one_of(said, ("1",)))


def read_number(said: str) -> int:
    """Read the number of an entry, or how many bytes a file has."""
    if len(said) > _DIGITS or f"{int(said)}" != said or said < "0":
        raise ValueError(said)
    return int(said)


read_amount = read_number  # of the smallest unit that an indicator counts


def read_stored_day(said: str) -> str:
    """Read a day as it is stored: 2019-11-30."""
    if date.fromisoformat(said).isoformat() != said:  # a day may be written in other ways too
        raise ValueError(said)
    return said


def read_day_or_amount(said: str) -> str | int:
    """Read what the plan itself says of a deadline or of a target."""
    return read_number(said) if said.isdigit() else read_stored_day(said)


def read_digest(said: str) -> str:
    """Read a SHA-256 in hexadecimal; as a name it leads to a file, so it is nothing else."""
    if len(said) != DIGEST or not _HEX.issuperset(said):
        raise ValueError(said)
    return said


def read_role(said: str) -> str:
    """Read how a unit answers for an item, by the word that is stored."""
    return Role(said)


def read_amendment_kind(said: str) -> str:
    """Read what an amendment changes, by the word that is stored."""
    from planledger.plan.model.terms import AmendmentKind

    return AmendmentKind(said)


def _one_of(said: str, words: tuple[str, ...]) -> str:
    if said not in words:
        raise ValueError(said)
    return said
