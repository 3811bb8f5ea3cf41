"""Names and numbers of people, as they are shown to whoever did not ask for them whole (打码).

The one place that hides: enough is left to recognise a person that one knows, and too little to call a stranger.
"""

import re

from planledger.plan.digits import fold
from planledger.plan.identity import masked_identity

HIDDEN = "**"
_MOBILE = 11  # digits of a mobile number; it begins with 1
_COUNTRY = "86"
_SHORTEST = 7  # digits of the shortest telephone number
_DIGITS = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF0B: 0x2B, 0xFF0D: 0x2D, 0x3000: 0x20}
_MANY = re.compile(r"\d(?:[ \-\u3000\uff0d]?\d){10}")
_NUMBERS = re.compile(r"(?<![0-9A-Za-z.,_-])\+?[0-9](?:[ -]?[0-9]){10,18}[Xx]?(?![0-9A-Za-z_])(?![.,][0-9])")
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


def masked_private(text: str) -> str:
    """Mask mobile numbers, bank cards and identity numbers that stand in a text, and leave everything else.

    A number counts only if no letter or digit touches it: a digest, a code or an amount with its separators is none.
    """
    if not has_digits(text):
        return text
    plain, out, end = text.translate(_DIGITS), [], 0
    for found in _NUMBERS.finditer(plain):
        masked = _masked_number(found[0])
        if masked:
            out += [text[end : found.start()], masked]
            end = found.end()
    return "".join([*out, text[end:]])


def has_digits(text: str) -> bool:
    """Say quickly whether a text may hold a number of a person; of most it is plain that they do not."""
    return len(text) >= _MOBILE and _MANY.search(text) is not None


def _masked_number(number: str) -> str:
    """Mask a number that is one of a person; empty where it is none."""
    digits = "".join(char for char in number.upper() if char.isdigit() or char == "X")
    mobile = digits.removeprefix(_COUNTRY) if len(digits) == _MOBILE + len(_COUNTRY) else digits
    if len(mobile) == _MOBILE and mobile[0] == "1" and mobile[1] in "3456789" and "X" not in mobile:
        return masked_phone(mobile)
    if masked_identity(digits):
        return masked_identity(digits)
    if 13 <= len(digits) <= 19 and "X" not in digits and _is_card(digits):  # noqa: PLR2004  (ISO/IEC 7812)
        return f"{digits[:4]}****{digits[-4:]}"
    return ""


def _is_card(digits: str) -> bool:
    """Whether the check digit of a bank card is right (Luhn), and it is not one digit all over."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    total = sum(int(digit) for digit in digits[::-2]) + sum(n - 9 if n > 9 else n for n in doubled)  # noqa: PLR2004
    return total % 10 == 0 and len(set(digits)) > 1


def _is_long(number: str | None) -> bool:
    return sum(char.isdigit() for char in number or "") >= _SHORTEST
