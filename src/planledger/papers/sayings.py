"""How an entry is said in one phrase: a figure, a paper, a report in words, what cancelled it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.papers import words
from planledger.plan.terms import EntryKind, Measure
from planledger.questions.progress import NOTHING

if TYPE_CHECKING:
    from planledger.questions.history import Entry, History


def paper(one: Entry) -> str:
    """Say which paper lies where: 会议纪要（试办〔2019〕3号，另存江海区委办）."""
    return f"{one.subject}（{one.said('ref')}，另存{one.said('held_by')}）" if one.details else one.subject


def report(one: Entry) -> str:
    """Say a report in words: 进展情况：…；存在问题：…；下一步措施：…, or 零报告."""
    if one.subject == NOTHING:
        return "零报告"
    said = (
        ("进展情况", one.said("progress")),
        ("存在问题", one.said("problem")),
        ("下一步措施", one.said("next")),
    )
    return "；".join(f"{name}：{text}" for name, text in said if text)


def entry(one: Entry, answer: History) -> str:
    """Say what an entry says, in one phrase."""
    indicator = answer.indicators.get((one.code, one.indicator))
    said = EntryKind(one.kind).label
    if one.kind == EntryKind.PAPER:
        said = f"材料：{paper(one)}"
    elif one.kind == EntryKind.REPORT:
        said = report(one)
    elif indicator and one.amount is not None:
        sign = "+" if one.amount >= 0 and indicator.measure == Measure.FLOW else ""
        said = f"{indicator.label} {sign}{words.amount(one.amount, indicator)}"
    if one.kind == EntryKind.REVERSAL:
        said = f"冲正第{one.reverses}号" + (f"：{said}" if indicator else "")
    if one.resembles:
        said += f"（疑似与第{one.resembles}号重复上报）"
    if one.was_typed_late:
        said += "（补录）"
    if one.reversed_by:
        said += f"（已由第{one.reversed_by}号冲正）"
    return f"{said}  {one.note}".rstrip()
