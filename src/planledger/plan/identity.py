"""Resident identity numbers, which must never enter a ledger from which nothing can be erased."""

from planledger.plan.digits import fold

_LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def masked_identity(text: str) -> str:
    """Find a valid 18-digit identity number (GB 11643) in *text* and give it masked; empty if there is none.

    A number counts only if no further digit touches it, its birthday can be one, and its check digit is right, so
    that the number of a document or a bank account is not taken for a person.
    """
    folded = fold(text).upper()
    for start in range(len(folded) - _LENGTH + 1):
        number = folded[start : start + _LENGTH]
        before, after = folded[start - 1 : start], folded[start + _LENGTH : start + _LENGTH + 1]
        if _is_identity(number) and not (before + after).isdigit():
            return number[:4] + "*" * 11 + number[-3:]
    return ""


def _is_identity(number: str) -> bool:
    digits = number[:-1]
    if not (digits.isascii() and digits.isdigit()) or number[-1] not in _CHECKS:
        return False
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not (1850 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return False
    return number[-1] == _CHECKS[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]
