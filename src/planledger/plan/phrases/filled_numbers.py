"""Numbers as units write them into a form: 无, a unit of their own, a remark in brackets; and what says that there is none."""

import re

from planledger.plan.phrases.quantities import Quantity, read_quantity
from planledger.plan.phrases.texts import fold, quoted

# Patterns are text: they are compiled when a form is read, and most commands read none.
_INEXACT = "(?s).*(?:[约余多近〃]|左右|上下|同上|以[上下内]|至[少多]|不[少低超高多]).*"
_REMARK = r"(?s)(.*?)\s*[（(]((?:其中|包括|包含|不?含).*)[）)]\s*"
_NO_NUMBER = r"[-–—−―/\\\s]+"


def is_not_applicable(text: str) -> bool:
    """Whether a cell has a stroke, which says that it does not apply (不适用): it is not filled."""
    return re.fullmatch(_NO_NUMBER, fold(text)) is not None


def read_filled_number(text: str, unit: str, decimals: int) -> tuple[Quantity, str]:
    """Read a number of a form for an indicator that counts *unit* with *decimals* places, and the remark behind it."""
    match = re.fullmatch(_REMARK, text)
    number, remark = (fold(match[1]), match[2]) if match else (fold(text), "")
    if re.fullmatch(_INEXACT, number):
        return Quantity(None, f"数量{quoted(number)}不是准确数；请填准确数，例如 40{unit}。"), ""
    if number in ("无", "無") or re.fullmatch("0+[一-龥]{1,2}", number):  # none of whatever is counted
        number = "0"
    elif unit == "人" and number.endswith(("名", "位")):
        number = number[:-1]
    return read_quantity(number, unit, decimals), remark
