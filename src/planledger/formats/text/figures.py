"""How a figure is said: with its unit, against what was promised of it, by who reported it."""

from planledger.plan.model.rows import Indicator
from planledger.plan.model.standard import write_quantity
from planledger.plan.model.terms import Comparison, Measure, Scope
from planledger.questions.facts.progress import DOUBLED, Figure


def amount_text(value: int, indicator: Indicator) -> str:
    """Write an amount with its unit: 1,250.00元."""
    return write_quantity(value, indicator.decimals) + indicator.unit


def given_text(value: int, indicator: Indicator) -> str:
    """Write what one entry gives to an indicator: 新增转移就业 +40人; of a stock, 稳定就业 60人."""
    sign = "+" if value >= 0 and indicator.measure == Measure.FLOW else ""
    return f"{indicator.label} {sign}{amount_text(value, indicator)}"


def so_far(figure: Figure) -> str:
    """Say of an indicator what is recorded and how it is counted: 稳定就业（人），已登记 未报；取最近一次的数."""
    indicator = figure.indicator
    by = f"；由{'、'.join(figure.sources)}报数" if figure.sources else ""
    return (
        f"{indicator.label}（{indicator.unit}），已登记 {against_target(figure)}{count_rule(indicator)}{by}"
    )


def against_target(figure: Figure, side: str = "") -> str:
    """Write a figure, the whole or that of one *side*, against what was promised of it: 40/155人."""
    indicator = figure.indicator
    total = figure.total(side)
    said = "未报" if total is None else write_quantity(total, indicator.decimals)
    if indicator.target is None:
        return said if total is None else said + indicator.unit
    if indicator.scope == Scope.EACH and not side:
        return f"{said}（每方{amount_text(indicator.target, indicator)}）"
    bound = "≤" if indicator.comparison == Comparison.AT_MOST else ""
    return f"{said}/{bound}{amount_text(indicator.target, indicator)}"


def count_rule(indicator: Indicator) -> str:
    """Say how an indicator is counted where that is not the plain way."""
    said = []
    if indicator.scope == Scope.EACH:
        said.append("两地分别计数")
    if indicator.measure == Measure.STOCK:
        said.append("取最近一次的数")
    if indicator.must_report:
        said.append("没有也要报0")
    return f"；{'，'.join(said)}" if said else ""


def size_text(count: int) -> str:
    """Write the size of a file: 812字节, 12.3KB, 4.0MB, 1.5GB."""
    for unit, bytes_ in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= bytes_:
            return f"{count / bytes_:.1f}{unit}"
    return f"{count}字节"


def plain_amount(value: int | None, indicator: Indicator) -> str:
    """Write an amount without its unit; nothing where there is none."""
    return "" if value is None else write_quantity(value, indicator.decimals)


def cross_checks(figure: Figure) -> str:
    """Say what other units than those who count reported: 核对数：江海区人社局68、江海区教育局50; nothing where nobody did."""
    decimals = figure.indicator.decimals
    said = "、".join(f"{agency}{write_quantity(total, decimals)}" for agency, total in figure.checks())
    return f"核对数：{said}" if said else ""


def cross_check_amounts(figure: Figure) -> str:
    """Say the numbers of those reports without their units: 68、50人; who reported which says :func:`checks`."""
    decimals = figure.indicator.decimals
    said = "、".join(write_quantity(total, decimals) for _, total in figure.checks())
    return said and said + figure.indicator.unit


def doubled_text(figure: Figure) -> str:
    """Say that units of both sides reported the same figure; nothing where they did not."""
    if not figure.may_be_doubled:
        return ""
    return figure.indicator.label + DOUBLED


def split_text(figure: Figure) -> str:
    """Say who reported how much of a figure, and what others say of it: 大新县人社局71；核对数：江海区人社局68."""
    return "；".join(filter(None, (by_agency(figure), cross_checks(figure))))


def by_agency(figure: Figure) -> str:
    """Split a figure by the units that reported it: 江海区人社局30、本办10; of a stock, the latest report."""
    if figure.indicator.measure == Measure.STOCK:
        latest = {s.agency or s.side or "本办": s for s in figure.singles}
        return "、".join(
            f"{name}{write_quantity(s.amount, figure.indicator.decimals)}（{s.day}）"
            for name, s in latest.items()
        )
    totals: dict[str, int] = {}
    for (side, agency, _), amount in figure.amounts.items():
        name = agency or (f"{side}（本办代记）" if side else "本办")
        totals[name] = totals.get(name, 0) + amount
    return "、".join(
        f"{name}{write_quantity(n, figure.indicator.decimals)}" for name, n in totals.items() if n
    )


def promised_text(indicator: Indicator) -> str:
    """Say what was promised of an indicator, without its unit: 不少于155, 每方不少于2, 300左右; nothing where nothing was."""
    if indicator.target is None:
        return ""
    figure = write_quantity(indicator.target, indicator.decimals)
    word = Comparison(indicator.comparison).label
    each = "每方" if indicator.scope == Scope.EACH else ""
    return each + (figure + word if indicator.comparison == Comparison.ABOUT else word + figure)
