"""Figures as text: with their unit, against their target, by who reported them; sizes of files; and tables that hold figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from planledger.plan.model.rows import (
    Indicator,
    Item,
    Requirement,
    amount_text,
    asks_declaration,
    promised,
    write_quantity,
)
from planledger.plan.model.terms import Comparison, Measure, Scope
from planledger.questions.facts.figure import DOUBLED, Figure


class Amount(NamedTuple):
    """A figure of an indicator: in CSV as people write it, in a workbook a number."""

    amount: int
    decimals: int


class Moment(str):
    """A moment: in CSV as it is stored, in a workbook to the minute."""

    __slots__ = ()


K = TypeVar("K")
T = TypeVar("T")
Columns = Mapping[K, Callable[[T], object]]  # the head of a column, and what stands in it of a record


def cells_of(records: Iterable[T], columns: Columns[K, T]) -> Iterator[list[object]]:
    """Yield the cells of each record."""
    return ([cell(record) for cell in columns.values()] for record in records)


class AnswerTable(NamedTuple):
    """The rows of an answer; a cell is a text, a moment, a whole number or an amount."""

    head: tuple[str, ...]
    rows: tuple[Sequence[object], ...]


def given_text(value: int, indicator: Indicator) -> str:
    """Return what one entry gives to an indicator: 新增转移就业 +40人; of a stock, 稳定就业 60人."""
    sign = "+" if value >= 0 and indicator.measure == Measure.FLOW else ""
    return f"{indicator.label} {sign}{amount_text(value, indicator)}"


def so_far(figure: Figure) -> str:
    """Return what is recorded of an indicator and how it is counted: 稳定就业（人），已登记 未报；取最近一次的数."""
    indicator = figure.indicator
    by = f"；由{'、'.join(figure.sources)}报数" if figure.sources else ""
    name = f"{indicator.label}（{indicator.unit}）"
    return f"{name}，已登记 {against_target(figure)}{count_rule(indicator)}{by}"


def against_target(figure: Figure, side: str = "") -> str:
    """Return a figure, the whole or that of one *side*, against its target: 40/155人."""
    indicator = figure.indicator
    total = figure.total(side)
    text = "未报" if total is None else write_quantity(total, indicator.decimals)
    if indicator.target is None:
        return text if total is None else text + indicator.unit
    target = "≤" * (indicator.comparison == Comparison.AT_MOST) + amount_text(indicator.target, indicator)
    if indicator.scope == Scope.EACH and not side:
        return f"{text}（每方{target}）"
    if figure.shares and indicator.scope == Scope.UNIT and not figure.is_divided:
        return f"{text}（每家{target}）"
    return f"{text}/{target}"


def with_shares(figure: Figure) -> str:
    """Return a figure against its target, and where units owe by themselves, each against its own: 新增转移就业 40/155人（青石镇40/80人）."""
    own = f"（{by_agency(figure)}）" if figure.shares else ""
    return f"{figure.indicator.label} {against_target(figure)}{own}"


def count_rule(indicator: Indicator) -> str:
    """Return how an indicator is counted; empty where it is added up for the item as a whole."""
    rules = {
        "各方分别计数": indicator.scope == Scope.EACH,
        "各单位分别完成": indicator.scope == Scope.UNIT,
        "取最近一次的数": indicator.measure == Measure.STOCK,
        "没有也要报0": indicator.must_report,
    }
    words = "，".join(word for word, holds in rules.items() if holds)
    return f"；{words}" if words else ""


def size_text(count: int) -> str:
    """Return the size of a file: 812字节, 12.3KB, 4.0MB, 1.5GB."""
    for unit, bytes_ in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= bytes_:
            return f"{count / bytes_:.1f}{unit}"
    return f"{count}字节"


def plain_amount(value: int | None, indicator: Indicator) -> str:
    """Return an amount without its unit; empty where there is none."""
    return "" if value is None else write_quantity(value, indicator.decimals)


def cross_checks(figure: Figure) -> str:
    """Return what other units than those who count reported: 核对数：江海区人社局68、江海区教育局50; empty where none did."""
    decimals = figure.indicator.decimals
    checks = "、".join(f"{agency}{write_quantity(total, decimals)}" for agency, total in figure.checks())
    return f"核对数：{checks}" if checks else ""


def cross_check_amounts(figure: Figure) -> str:
    """Return the numbers of those reports without who reported them: 68、50人; see :func:`cross_checks`."""
    decimals = figure.indicator.decimals
    totals = "、".join(write_quantity(total, decimals) for _, total in figure.checks())
    return totals and totals + figure.indicator.unit


def doubled_text(figure: Figure) -> str:
    """Return that units of both sides reported the same figure; empty where they did not."""
    return figure.indicator.label + DOUBLED if figure.may_be_doubled else ""


def split_text(figure: Figure) -> str:
    """Return who reported how much of a figure, and what others reported of it: 大新县人社局71；核对数：江海区人社局68."""
    return "；".join(filter(None, (by_agency(figure), cross_checks(figure))))


def by_agency(figure: Figure) -> str:
    """Return a figure by the units that reported it: 江海区人社局30、本办10; of a stock, the latest report.

    Units that owe by themselves stand with what they owe: 青石镇40/80人.
    """
    decimals = figure.indicator.decimals
    if figure.shares:
        others = figure.of({single.agency for single in figure.singles if not figure.share_of(single.agency)})
        owing = (f"{share.owner}{against_target(share)}" for share in figure.shares)
        return "、".join(filter(None, (*owing, by_agency(others))))
    if figure.indicator.measure == Measure.STOCK:
        latest = {s.agency or s.side or "本办": s for s in figure.singles}
        return "、".join(f"{n}{write_quantity(s.amount, decimals)}（{s.day}）" for n, s in latest.items())
    totals: Counter[str] = Counter()
    for (side, agency, _), amount in figure.amounts.items():
        totals[agency or (f"{side}（本办代记）" if side else "本办")] += amount
    return "、".join(f"{name}{write_quantity(total, decimals)}" for name, total in totals.items() if total)


def promised_text(indicator: Indicator) -> str:
    """Return the target of an indicator without its unit: 不少于155, 每方不少于2, 300左右; empty where there is none."""
    if indicator.target is None:
        return ""
    figure = write_quantity(indicator.target, indicator.decimals)
    word = Comparison(indicator.comparison).label
    each = "每方" if indicator.scope == Scope.EACH else ""
    return each + (figure + word if indicator.comparison == Comparison.ABOUT else word + figure)


def standard(
    item: Item, indicators: Sequence[Indicator], requirements: Sequence[Requirement], sides: int
) -> str:
    """Write the completion standard of *item* as one line; each unit's own number is not in it.

    Args:
        item: the row of the annex.
        indicators: the row's indicators.
        requirements: the papers that it must have.
        sides: how many sides the plan has; with one, "each side by itself" goes without saying.
    """
    parts = [_each(i.scope, sides) + i.label + promised(i) for i in indicators if i.target is not None]
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


def _each(scope: str, sides: int) -> str:
    if scope == Scope.UNIT:
        return "各单位分别完成任务数："
    return "每方" if scope == Scope.EACH and sides > 1 else ""
