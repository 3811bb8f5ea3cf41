"""Names and telephone numbers of people, as they are shown to whoever did not ask for them whole (打码).

The one place that hides: enough is left to recognise a person that one knows, and too little to call a stranger.
"""

import re

from planledger.plan.digits import fold

HIDDEN = "**"
_MOBILE = 11  # digits of a mobile number; it begins with 1
_COUNTRY = "86"
_SHORTEST = 7  # digits of the shortest telephone number
_PARTS = re.compile(r"(?P<number>\+?\d(?:[ -]*\d)+)|[^\W\d_]+")


def masked_name(name: str) -> str:
    """Keep the first character of a name: 试**."""
    return name[:1] + HIDDEN if name else ""


def masked_phone(phone: str) -> str:
    """Keep three and four digits of a mobile number (138****5678), of any other number the last four."""
    digits = "".join(char for char in phone if char.isdigit())
    mobile = digits.removeprefix(_COUNTRY) if len(digits) == _MOBILE + len(_COUNTRY) else digits
    if len(mobile) == _MOBILE and mobile.startswith("1"):
        return f"{mobile[:3]}****{mobile[-4:]}"
    return "****" + (digits[-4:] if len(digits) >= _SHORTEST else "")


def masked_text(text: str) -> str:
    """Mask a contact that was written as one text: every number in it, and of every word all but its beginning."""
    return _PARTS.sub(
        lambda part: masked_phone(part[0]) if part["number"] else masked_name(part[0]), fold(text)
    )


def masked_file(name: str) -> str:
    """Mask the name of a file that tells of private people, and leave its ending: 试**.jpg."""
    stem, dot, ending = name.rpartition(".")
    return masked_text(stem) + dot + ending if stem else masked_text(name)


def masked_numbers(text: str) -> str:
    """Mask what may be a telephone number in a text, and leave its words."""
    return _PARTS.sub(lambda part: masked_phone(part[0]) if _is_long(part["number"]) else part[0], text)


def _is_long(number: str | None) -> bool:
    return sum(char.isdigit() for char in number or "") >= _SHORTEST
