"""Entries as lines of a list: what was recorded, and what was reported in words, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.papers import sayings
from planledger.plan.amounts import write_quantity
from planledger.plan.terms import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planledger.questions.history import Entry, History
    from planledger.questions.reports import Reports

HISTORY = (
    "编号",
    "事项",
    "类型",
    "指标",
    "数量",
    "发生日期",
    "记录时间",
    "责任单位",
    "方",
    "记录人",
    "说明",
    "冲正",
    "已被冲正",
)
REPORTS = ("责任单位", "方", "事项", "日期", "进展情况", "存在问题", "下一步措施")


def history(answer: History) -> Iterator[tuple[object, ...]]:
    """Write each entry, in the order of the answer."""
    return (_line(entry, answer) for entry in answer.entries)


def _line(entry: Entry, answer: History) -> tuple[object, ...]:
    indicator = answer.indicators.get((entry.code, entry.indicator))
    decimals = indicator.decimals if indicator else 0
    return (
        entry.id,
        entry.code,
        EntryKind(entry.kind).label,
        indicator.label if indicator else sayings.content(entry, answer),
        "" if entry.amount is None else write_quantity(entry.amount, decimals),
        entry.dated,
        entry.recorded_at,
        entry.agency or "本办",
        entry.side,
        entry.by,
        answer.note_of(entry),
        entry.reverses or "",
        entry.reversed_by or "",
    )


def reports(answer: Reports) -> Iterator[tuple[str, ...]]:
    """Write each report; a unit that did not report has one line without a day."""
    for unit in answer.units:
        name = (unit.agency.name, unit.agency.side)
        if not unit.reports:
            silent = "未报" if unit.is_silent else f"（只报了数或材料{unit.others}条）"
            yield (*name, "", "", silent, "", "")
        for one in unit.reports:
            progress = one.said("progress") or sayings.report(one)
            yield (*name, one.code, one.dated, progress, one.said("problem"), one.said("next"))
