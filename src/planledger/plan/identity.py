"""Resident identity numbers, which must never enter a ledger from which nothing can be erased."""

from unicodedata import category, decimal, normalize

_LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SEPARATORS = " -.·—－_/"


def masked_identity(text: str) -> str:
    """Find a valid 18-digit identity number (GB 11643) in *text* and give it masked; empty if there is none.

    A number counts only if no further digit touches it, its birthday can be one, and its check digit is
    right, so that the number of a document or a bank account is not taken for a person. Digits may be of
    any script, and one separator may stand between two of them.
    """
    if len(text) < _LENGTH:
        return ""
    plain = [char for char in text if category(char) != "Cf"]
    for shape in ("".join(plain), normalize("NFKC", "".join(plain))):
        digits = "".join(str(decimal(char, char)) for char in shape).upper()
        for start in range(len(digits)):
            number = _number_at(digits, start)
            if number:
                return number[:4] + "*" * 11 + number[-3:]
    return ""


def _number_at(text: str, start: int) -> str:
    """Read an identity number that begins at *start*, its separators left out; empty if none does."""
    if _is_digit(text[start]) and not _is_digit(text[start - 1 : start]):
        number, end = text[start], start + 1
        while len(number) < _LENGTH and end < len(text):
            if text[end] in _SEPARATORS and text[end - 1] not in _SEPARATORS:
                end += 1
                continue
            if not (_is_digit(text[end]) or (text[end] == "X" and len(number) == _LENGTH - 1)):
                break
            number, end = number + text[end], end + 1
        if not _is_digit(text[end : end + 1]) and _is_identity(number):
            return number
    return ""


def _is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def _is_identity(number: str) -> bool:
    if len(number) != _LENGTH:
        return False
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not (1850 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return False
    return number[-1] == _CHECKS[sum(int(d) * w for d, w in zip(number[:-1], _WEIGHTS, strict=True)) % 11]
