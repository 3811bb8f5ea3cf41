"""How many rows stand where, by area, side or unit (汇总)."""

from collections import Counter
from typing import NamedTuple

from planledger.plan.model.terms import Standing
from planledger.plan.refusal import Refusal
from planledger.questions.sheet import Row, Sheet


class Tally(NamedTuple):
    """How many rows stand where (按状态汇总)."""

    name: str
    rows: int
    standings: dict[Standing, int]

    @classmethod
    def of(cls, name: str, rows: tuple[Row, ...]) -> "Tally":
        """Count *rows* under *name*."""
        counts = Counter(row.judgement.standing for row in rows)
        return cls(name, len(rows), {standing: counts[standing] for standing in Standing})


def tallied(sheet: Sheet, rows: tuple[Row, ...], by: str) -> tuple[Tally, ...]:
    """Count *rows* by `area`, `side` or `agency`; a row counts under each side and unit that has a duty in it.

    Raises:
        Refusal: the plan has no areas to count by.
    """
    if by == "area":
        if not sheet.areas:
            raise Refusal("这个方案没有分重点工作；请写 --sum-by side 或 --sum-by agency。")
        groups = [
            (f"{area.code} {area.name}", [row for row in rows if row.item.area == area.code])
            for area in sheet.areas
        ]
    elif by == "side":
        groups = [
            (side, [row for row in rows if any(d.side == side for d in row.progress.duties)])
            for side in sheet.side_names
        ]
    else:
        groups = [
            (agency.name, [row for row in rows if row.duty_of(agency.name)]) for agency in sheet.agencies
        ]
    return tuple(Tally.of(name, tuple(of_group)) for name, of_group in groups if of_group)
