"""The same said of several units in one deed: an entry for each, all or none."""

from collections.abc import Callable
from itertools import chain

from planledger.plan.refusal import NotRecorded, each
from planledger.questions.naming import once_each
from planledger.questions.receipt import Draft


def of_each(units: tuple[str, ...], told: Callable[[str], tuple[Draft, ...]]) -> tuple[Draft, ...]:
    """Say the same of several units, of each in an entry of its own, all or none.

    Raises:
        Refusal: of one of them it cannot be said, or two words mean the same unit.
    """
    found = tuple(chain.from_iterable(each(units, told)))
    once_each(draft.agency for draft in found)
    return found


def one_unit_each(why: str) -> NotRecorded:
    """Say why only one unit can be named here."""
    return NotRecorded(f"--agency 写了几家单位：{why}；请一家一条命令。")
