"""What finishes an item (完成标准): one line, made from the same facts that the judgement uses."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from planledger.plan.model.rows import Duty, Indicator, Item, Requirement
from planledger.plan.model.terms import Comparison, Role, Scope


@lru_cache(maxsize=256)  # asked once for each unit of a row, and always the same
def answering(duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """Return the units that answer for an item (责任主体): the leads where a lead is stated, else all but those who assist.

    A group that names nobody and an open list answer for nothing.
    """
    named = [duty for duty in duties if not duty.is_group and duty.role != Role.ASSIST]
    leads = [duty for duty in named if duty.role == Role.LEAD]
    return tuple(leads or named)


def asks_declaration(item: Item, indicators: Iterable[Indicator]) -> bool:
    """Whether answering units must declare: where numbers are not the whole, or where there are none."""
    return bool(item.declare) or not any(i.target is not None or i.must_report for i in indicators)


def standard(
    item: Item, indicators: Sequence[Indicator], requirements: Sequence[Requirement], sides: int
) -> str:
    """Write the completion standard of *item* as one line.

    Args:
        item: the row of the annex.
        indicators: the row's indicators.
        requirements: the papers that it must have.
        sides: how many sides the plan has; with one, "each side by itself" goes without saying.
    """
    parts = [_target(i, sides) for i in indicators if i.target is not None]
    reported = [i.label for i in indicators if i.must_report and i.target is None]
    if reported:
        parts.append(f"{'、'.join(reported)}须有数（没有也报0）")
    if asks_declaration(item, indicators):
        parts.append("责任主体逐家申报完成，或本办认定")
    labels = {i.key: i.label for i in indicators}
    papers = "、".join(
        (f"每次{labels.get(r.per, r.per)}的" if r.per else _each(r.scope, sides)) + r.kind
        for r in requirements
    )
    if papers:
        parts.append(f"{papers}齐全")
    return "；".join(parts)


def _target(indicator: Indicator, sides: int) -> str:
    amount = write_quantity(indicator.target or 0, indicator.decimals) + indicator.unit
    word = "约" if indicator.comparison == Comparison.ABOUT else Comparison(indicator.comparison).label
    return f"{_each(indicator.scope, sides)}{indicator.label}{word}{amount}"


def _each(scope: str, sides: int) -> str:
    return "每方" if scope == Scope.EACH and sides > 1 else ""


def write_quantity(amount: int, decimals: int) -> str:
    """Write an amount for people: 1,234,567, or 1,250.00 with two decimals."""
    whole, fraction = divmod(abs(amount), 10**decimals)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole:,}" + (f".{fraction:0{decimals}}" if decimals else "")


def plain_quantity(amount: int, decimals: int) -> int | float:
    """Return an amount in the indicator's unit for JSON; whole units stay whole numbers."""
    return amount / 10**decimals if decimals else amount
