"""What entries say of people in passing, masked where it is read: every answer shows the same, and none shows it whole.

What a rule reads (a target, a digest, another entry's number) is never touched.
"""

from typing import Any, TypeVar

from planledger.plan.model.entry_details import Details, write_details
from planledger.plan.model.entry_kinds import TYPED
from planledger.plan.people.masking import has_digits, lacks_a_digit, masked_private

WRITTEN = ("note", "because", "by")
R = TypeVar("R", bound=Any)  # a row read of an entry


def masked_details(details: Details) -> Details:
    """Mask what people typed among the details of an entry, as far as it is about people."""
    if not details or not has_digits(details):
        return details
    parts = {name: masked_private(text) if name in TYPED else text for name, text in details.parts.items()}
    return write_details(**parts)


def masked(read: R) -> R:
    """Mask what was read of an entry: its details, and its note, reason and clerk where it has them."""
    written = {name: getattr(read, name) for name in WRITTEN if hasattr(read, name)}
    changed: dict[str, str] = {name: masked_private(text) for name, text in written.items()}
    changed["details"] = masked_details(read.details)
    if changed == {**written, "details": read.details}:
        return read
    altered: R = read._replace(**changed)
    return altered


def note_lacks_a_digit(note: str, details: Details) -> bool:
    """Whether a note, or what the details of an entry say of people, holds a mobile number that lost a digit."""
    if not has_digits(note) and not has_digits(details):
        return False
    texts = [text for name, text in details.parts.items() if name in {*TYPED, "phone"}]
    return any(map(lacks_a_digit, (note, *texts)))


def tells_of_people(note: str, details: Details) -> bool:
    """Whether a note or the texts among the details of an entry hold a number that is masked."""
    return masked_private(note) != note or masked_details(details) != details
