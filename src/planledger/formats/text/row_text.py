"""Everything about a row, section by section, as plain lines: the same on a screen and on a page for the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.text import entry_text, figures, phrases
from planledger.plan.model.entry_kinds import MEANING, PROOFS
from planledger.plan.model.rows import FindingKind
from planledger.plan.model.standard import standard
from planledger.plan.model.terms import AmendmentKind, Scope
from planledger.questions.facts.progress import detail

if TYPE_CHECKING:
    from planledger.questions.answers.dossier import Dossier
    from planledger.questions.sheet import Row

STATE = "状态"


def particulars_section(answer: Dossier, row: Row) -> list[tuple[str, str]]:
    """Say what the document says of a row and where it stands: (name, text), without what is empty."""
    item, judgement = row.item, row.judgement
    area = answer.sheet.area_name(item.area)
    indicators = [figure.indicator for figure in row.progress.figures]
    lines = [
        ("事项", f"{item.code} {item.title}{'（短标题为本台账所拟）' if item.title_is_ours else ''}"),
        (STATE, f"{phrases.state_text(row)}  {phrases.days_left(row, answer.sheet.as_of)}".rstrip()),
        ("重点工作", f"{item.area} {area}" if area else ""),
        ("具体事项", item.text),
        ("完成时限", _due(row)),
        ("终止于", row.progress.cancelled_on),
        ("责任单位", item.units),
        ("备注", item.remark),
        ("正文条款", f"{item.clause}　{answer.clauses.get(item.clause, '')}" if item.clause else ""),
        ("完成标准", standard(item, indicators, row.progress.requirements, len(answer.sheet.sides))),
        ("还缺", phrases.lacking_text(row)),
        ("完成于", judgement.finished_on if not judgement.lacks else ""),
    ]
    return [line for line in lines if line[1]]


def _due(row: Row) -> str:
    """Say the document's words and the last day that is in force."""
    if not row.item.last_day:
        return row.item.due
    now = any(one.subject == AmendmentKind.DUE for one in row.progress.amendments)
    return f"{row.item.due}（{'调整后' if now else ''}最后一天 {row.item.last_day}，当天算在内）"


def amendments_section(row: Row) -> list[str]:
    """Say what was changed since the plan was signed, each beside the plan's own words."""
    lines = []
    for one in row.progress.amendments:
        figure = row.progress.figure(detail(one.details, "key"))
        changed = entry_text.amendment_text(
            one.subject, one.agency, one.details, figure.indicator if figure else None
        )
        lines.append(f"自{one.day}起 {changed}：{one.because}  第{one.entry}号")
    return lines


def duties_section(row: Row) -> list[tuple[str, str, str]]:
    """Say who has a part in the row: role, unit, and what it has still to do."""
    lines = []
    for duty in row.progress.duties:
        owed = phrases.lacks_text(row.owed_by(duty), row.progress, duty.agency)
        lines.append(
            (
                phrases.role_text(duty.role),
                duty.agency,
                owed or ("泛指，不落到具体单位" if duty.is_group else ""),
            )
        )
    if row.item.open_units:
        lines.append(("", row.item.open_units, "方案未点名"))
    return lines


def sides_counted(answer: Dossier) -> tuple[str, ...]:
    """Name the sides that figures are split by; a plan of one side splits nothing."""
    return answer.sheet.side_names if len(answer.sheet.sides) > 1 else ()


def figures_section(answer: Dossier, row: Row) -> list[list[str]]:
    """Say the row's figures: name, total against target, one column a side, and who reported how much."""
    sides = sides_counted(answer)
    lines = []
    for figure in row.progress.figures:
        indicator = figure.indicator
        each = "（每方）" if indicator.scope == Scope.EACH and sides else ""
        cells = [f"{indicator.label}{each}", figures.against_target(figure)]
        cells += [figures.plain_amount(figure.total(side), indicator) for side in sides]
        lines.append([*cells, figures.split_text(figure)])
    return lines


def doubled_section(row: Row) -> list[str]:
    """Say which figures units of both sides reported, so that one thing may be counted twice."""
    return [said for figure in row.progress.figures if (said := figures.doubled_text(figure))]


def milestones_section(answer: Dossier, row: Row) -> list[str]:
    """Say where the dates inside the work stand."""
    return [phrases.milestone_text(one, row.progress, answer.sheet.as_of) for one in row.progress.milestones]


def requirements_section(answer: Dossier, row: Row) -> list[str]:
    """Say for whom each required paper is there."""
    return [phrases.requirement_text(one, row, answer.sheet.side_names) for one in row.progress.requirements]


def files_section(row: Row, *, is_full: bool = False) -> list[str]:
    """Name the files that were taken in; which of them stand for what is not asked for is seen here too."""
    return [
        entry_text.file_text(mark, is_full=is_full)
        for mark in row.progress.marks
        if mark.kind in PROOFS and "sha256" in MEANING[mark.kind].details
    ]


def findings_section(answer: Dossier, row: Row) -> list[str]:
    """Say what the document leaves open of the row, and how we take it."""
    found = [finding for finding in answer.findings if finding.place == row.item.code]
    return [f"{FindingKind(one.kind).label}：{phrases.finding_text(one)}" for one in found]
