"""What a row of a plan may hold: the one check of a plan that was stored, for whoever reads it and whoever verifies it.

A digest says only that nobody altered a plan since it was adopted; somebody may have made up the whole ledger.
"""

import re
from collections.abc import Callable, Sequence
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple

from planledger.plan.days import FIRST_YEAR, LAST_YEAR
from planledger.plan.model.entry_kinds import read_number, read_stored_day
from planledger.plan.model.rhythm_periods import periods_of
from planledger.plan.model.terms import Comparison, Measure, MilestoneKind, Role, Scope

CODE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,4}")  # of an item
_SHOWN = 20
LONGEST_VALUE = 1_000_000  # characters of one text; screens and workbooks take seconds for as many
_TYPES = {bool: int, int | None: (int, NoneType)}  # in which a table keeps them
_Readers = dict[str, Callable[[Any], object]]


class ImpossibleRowError(ValueError):
    """What a row of a plan holds that the program never writes there."""


def _between(least: int, most: int) -> Callable[[int], None]:
    def read(value: int) -> None:
        if not least <= value <= most:
            raise ValueError(value)

    return read


_year = _between(FIRST_YEAR, LAST_YEAR)


def _day(value: str) -> None:
    _year(int(read_stored_day(value)[:4]))


def _day_if_any(value: str) -> None:
    if value:
        _day(value)


def _code(value: str) -> None:
    if not CODE.fullmatch(value):
        raise ValueError(value)


def _targets(value: str) -> None:
    """Read what a stage promises: trained=30、placed=4."""
    for promised in value.split("、") if value else ():
        read_number(promised.partition("=")[2])


_HEAD: _Readers = {"year": _year, "warn_days": _between(0, 366)}
# by the class of the row, and under no name what the row is as a whole
_VALUES: dict[str, _Readers] = {
    "Meta": _HEAD,
    "PlanInForce": _HEAD,
    "Item": {"code": _code, "last_day": _day_if_any},
    "Indicator": {"decimals": _between(0, 4), "measure": Measure, "scope": Scope, "comparison": Comparison},
    "Duty": {"role": Role},
    "Milestone": {"day": _day, "kind": MilestoneKind},
    "Requirement": {"scope": Scope},
    "Filing": {"last_day": _day_if_any},
    "Rhythm": {"first_day": _day, "last_day": _day, "": periods_of},
    "Stage": {"last_day": _day, "targets": _targets},
}


def check_rows(row: type[NamedTuple], several: Sequence[NamedTuple]) -> None:
    """Hold rows of one class that were read of plans against what the program writes there.

    Raises:
        ImpossibleRowError: one of them holds something else.
    """
    types: list[Any] = [_TYPES.get(kind, kind) for kind in row.__annotations__.values()]
    for one in several:
        if not all(isinstance(value, kind) for value, kind in zip(one, types, strict=True)):
            raise ImpossibleRowError(one[0])
        if any(len(value) > LONGEST_VALUE for value in one if isinstance(value, str)):
            raise ImpossibleRowError(f"{row.__name__}：文字太长")
    for name, reader in _VALUES.get(row.__name__, {}).items():
        for value in dict.fromkeys(map(attrgetter(name), several) if name else several):
            try:
                reader(value)
            except (ValueError, OverflowError):
                raise ImpossibleRowError(f"{name or row.__name__}：{str(value)[:_SHOWN]}") from None
