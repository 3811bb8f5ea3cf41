"""Entries as lines of a list: what was recorded, and what was reported in words, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.text import entry_text, phrases
from planledger.plan.model.standard import write_quantity
from planledger.plan.model.terms import EntryKind
from planledger.questions.answers.several_plans import OtherPlan, OtherPlans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planledger.questions.answers.evidence import Holdings
    from planledger.questions.answers.history import Entry, History
    from planledger.questions.answers.missing import Papers, Unattached
    from planledger.questions.answers.reports import Reports

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


def history_lines(answer: History) -> Iterator[tuple[object, ...]]:
    """Write each entry, in the order of the answer."""
    return (_line(entry, answer) for entry in answer.entries)


def _line(entry: Entry, answer: History) -> tuple[object, ...]:
    indicator = answer.indicators.get((entry.code, entry.indicator))
    decimals = indicator.decimals if indicator else 0
    return (
        entry.id,
        entry.code,
        EntryKind(entry.kind).label,
        indicator.label if indicator else entry_text.content_text(entry, answer),
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


def report_lines(answer: Reports) -> Iterator[tuple[str, ...]]:
    """Write each report; a unit that did not report has one line without a day."""
    for unit in answer.units:
        name = (unit.agency.name, unit.agency.side)
        if not unit.reports:
            silent = "未报" if unit.is_silent else f"（只报了数或材料{unit.others}条）"
            yield (*name, "", "", silent, "", "")
        for one in unit.reports:
            progress = one.said("progress") or entry_text.report_text(one)
            yield (*name, one.code, one.dated, progress, one.said("problem"), one.said("next"))


MISSING = ("情况", "编号", "哪一次", "材料", "方", "向谁要", "自何时", "天数", "文号", "存放单位", "记录号")
EVIDENCE = (
    "记录号",
    "编号",
    "哪一次",
    "材料",
    "文件名",
    "字节数",
    "责任单位",
    "方",
    "日期",
    "含个人信息",
    "已由第几号销毁",
    "SHA-256",
)


UNATTACHED = "未附佐证材料"


def claimed(one: Unattached) -> str:
    """Say as what a row stands that has no proof: 已完成, 已销号, or 已申报 by units while it is not done."""
    return one.row.judgement.standing.label if one.row.judgement.is_done else "已申报"


def missing_lines(answer: Papers) -> list[tuple[object, ...]]:
    """Give a line for each required paper, 缺, 未到期 or 另存, and for each row without proof."""
    lines: list[tuple[object, ...]] = []
    for said, several in (("缺", answer.missing), ("未到期", answer.pending)):
        for one in several:
            occasion, days = (
                phrases.occasion_text(one.row, one.meeting, one.side),
                one.days if one.since else "",
            )
            place = (said, one.row.item.code, occasion, one.kind, one.side, "、".join(one.units))
            lines.append((*place, one.since, days, "", "", ""))
    for kept in answer.kept:
        paper = kept.paper
        occasion = phrases.occasion_text(kept.row, kept.meeting, paper.side)
        place = ("另存", kept.row.item.code, occasion, paper.subject, paper.side, paper.agency)
        lines.append((*place, paper.day, "", kept.reference, kept.held_by, paper.entry))
    for bare in answer.unattached:
        place = (UNATTACHED, bare.row.item.code, bare.row.item.title, "", "", "、".join(bare.units))
        lines.append((*place, "", "", "", "", ""))
    return lines


def evidence_lines(answer: Holdings) -> list[tuple[object, ...]]:
    """Give a line for each file."""
    return [
        (
            one.mark.entry,
            one.row.item.code,
            phrases.proven_text(one.row, one.meeting, one.mark.side),
            one.mark.subject,
            one.name(is_full=answer.is_full),
            one.size,
            phrases.who(one.holder, one.mark.side),
            one.mark.side,
            one.mark.day,
            "是" if one.is_personal else "",
            one.destroyed_by or "",
            one.sha256,
        )
        for one in answer.evidence
    ]


def other_plans_lines(others: OtherPlans, where: str) -> list[str]:
    """Say of each plan what is open and which command shows it; *where* are the options of the ledger."""
    more = f"还有{others.left_out}个方案，见 planledger status --all-plans{where}"
    return [_plan(one, where) for one in others.plans] + ([more] if others.left_out else [])


def _plan(one: OtherPlan, where: str) -> str:
    name = f"{one.word}年方案" if one.word == str(one.plan.year) else f"《{one.plan.title}》"
    late = f"（逾期{one.overdue}项）" if one.overdue else ""
    parts = [f"未完成{one.unfinished}项{late}"] if one.unfinished else []
    parts += [f"报送欠{one.filings}份"] if one.filings else []
    question = "overdue" if one.overdue else "filings" if one.filings and not one.unfinished else "status"
    return f"{name}{'，'.join(parts) or '已全部办结'} → planledger {question} --plan {one.word}{where}"
