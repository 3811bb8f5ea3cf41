"""What entries say of people in passing, masked where it is read: every answer shows the same, and none shows it whole.

What a rule reads (a target, a digest, another entry's number) is never touched.
"""

from json import JSONEncoder, loads
from typing import Any, TypeVar

from planledger.plan import masking
from planledger.plan.masking import has_digits, masked_private

WRITTEN = ("note", "because", "by")
TEXTS = frozenset(("progress", "problem", "next", "event", "ref", "basis", "name", "file_name"))
R = TypeVar("R", bound=Any)  # a row read of an entry
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def masked_details(details: str) -> str:
    """Mask what the texts among the details of an entry say of people."""
    if not details or not has_digits(details):
        return details
    return _encode([[name, masked_private(said) if name in TEXTS else said] for name, said in loads(details)])


def masked(read: R) -> R:
    """Mask what was read of an entry: its details, and its note, reason and hand where it has them."""
    said: dict[str, str] = {name: getattr(read, name) for name in WRITTEN if hasattr(read, name)}
    changed = {name: masked_private(text) for name, text in said.items()}
    changed["details"] = masked_details(read.details)
    if changed == {**said, "details": read.details}:
        return read
    altered: R = read._replace(**changed)
    return altered


def lacks_a_digit(note: str, details: str) -> bool:
    """Say whether a note, or what the details of an entry say of people, holds a mobile number that lost a digit."""
    if not has_digits(note) and not has_digits(details):
        return False
    said = [text for name, text in loads(details or "[]") if name in {*TEXTS, "phone"}]
    return any(map(masking.lacks_a_digit, (note, *said)))


def tells_of_people(note: str, details: str) -> bool:
    """Say whether a note or the texts among the details of an entry hold a number that is masked."""
    return masked_private(note) != note or masked_details(details) != details
