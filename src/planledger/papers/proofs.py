"""What proves something, line by line: papers that are missing or lie elsewhere, rows without any, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.papers import words

if TYPE_CHECKING:
    from planledger.questions.evidence import Holdings
    from planledger.questions.missing import Papers, Unattached

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


def missing(answer: Papers) -> list[tuple[object, ...]]:
    """Give a line for each required paper, 缺, 未到期 or 另存, and for each row without proof."""
    lines: list[tuple[object, ...]] = []
    for said, several in (("缺", answer.missing), ("未到期", answer.pending)):
        for one in several:
            occasion, days = words.occasion(one.row, one.meeting, one.side), one.days if one.since else ""
            place = (said, one.row.item.code, occasion, one.kind, one.side, "、".join(one.units))
            lines.append((*place, one.since, days, "", "", ""))
    for kept in answer.kept:
        paper = kept.paper
        occasion = words.occasion(kept.row, kept.meeting, paper.side)
        place = ("另存", kept.row.item.code, occasion, paper.subject, paper.side, paper.agency)
        lines.append((*place, paper.day, "", kept.reference, kept.held_by, paper.entry))
    for bare in answer.unattached:
        place = (UNATTACHED, bare.row.item.code, bare.row.item.title, "", "", "、".join(bare.units))
        lines.append((*place, "", "", "", "", ""))
    return lines


def evidence(answer: Holdings) -> list[tuple[object, ...]]:
    """Give a line for each file."""
    return [
        (
            one.mark.entry,
            one.row.item.code,
            words.proven(one.row, one.meeting, one.mark.side),
            one.mark.subject,
            one.name(is_full=answer.is_full),
            one.size,
            words.who(one.holder, one.mark.side),
            one.mark.side,
            one.mark.day,
            "是" if one.is_personal else "",
            one.destroyed_by or "",
            one.sha256,
        )
        for one in answer.evidence
    ]
