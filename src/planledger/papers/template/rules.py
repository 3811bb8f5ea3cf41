"""What may be typed into an open cell: the rule, the hint beside the cell, and the word that a wrong entry gets."""

from datetime import date
from typing import Any

from planledger.papers.form import NO, YES
from planledger.plan.model import Indicator
from planledger.plan.terms import Measure

NO_LESS = "greaterThanOrEqual"


def amount(indicator: Indicator) -> Any:
    """Rule on a figure: none below zero, whole where the indicator is counted in whole units."""
    kind = f"{indicator.decimals}位以内小数" if indicator.decimals else "整数"
    what = "填现有的总数，不是增加数" if indicator.measure == Measure.STOCK else "填本期新发生的数"
    nothing = "没有也要填0" if indicator.must_report else "没有就空着"
    hint = f"{what}，单位是{indicator.unit}（{kind}）；{nothing}。几件事分开填到“明细”的，这里空着。"
    return _rule(
        "decimal" if indicator.decimals else "whole",
        ("本期新增", hint, f"这里只能填不小于0的{kind}，不写单位。"),
        operator=NO_LESS,
        formula1="0",
    )


def any_amount() -> Any:
    """Rule on a figure of which it is not yet known what it counts."""
    return _rule(
        "decimal",
        ("数量", "这一件事的数，只写数字，单位同填报表。", "这里只能填不小于0的数，不写单位。"),
        operator=NO_LESS,
        formula1="0",
    )


def day(year: int) -> Any:
    """Rule on a day: one of the plan's year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return _rule(
        "date",
        (
            "发生日期",
            f"事情发生的那一天，写成 {year}-07-16 这样；须在{year}年内。",
            f"这里只能填{year}年内的日期，写成 {year}-07-16 这样。",
        ),
        operator="between",
        formula1=str(_serial(first)),
        formula2=str(_serial(last)),
    )


def done() -> Any:
    """Rule on 是否完成."""
    return _rule(
        "list",
        ("是否完成", "本单位承担的部分全部完成了选“是”；没有完成选“否”或空着。", "这里只能选“是”或“否”。"),
        formula1=f'"{YES},{NO}"',
    )


def one_of(name: str, what: str) -> Any:
    """Rule on a word that is offered in a list of the hidden sheet."""
    return _rule(
        "list",
        (what, f"从下拉列表里选，与填报表的{what}相同。", f"没有这个{what}；请从下拉列表里选填报表上有的。"),
        formula1=name,
    )


def _serial(day: date) -> int:
    """Say a day as a spreadsheet counts it."""
    return (day - date(1899, 12, 30)).days


def _rule(kind: str, said: tuple[str, str, str], **rule: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    title, hint, wrong = said
    return DataValidation(
        type=kind,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        errorStyle="stop",
        promptTitle=title[:32],
        prompt=hint[:255],
        errorTitle="填写有误",
        error=wrong[:255],
        **rule,
    )
