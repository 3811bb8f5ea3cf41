"""Everything about a row, section by section, as plain lines: the same on a screen and on a page of an archive."""

from typing import TYPE_CHECKING

from planledger.formats.text import entry_text, figures, lack_text, phrases
from planledger.plan.days import days_between
from planledger.plan.model.entry_kinds import MEANING, PROOFS
from planledger.plan.model.rows import NUMBER, Milestone, Requirement
from planledger.plan.model.terms import AmendmentKind, MilestoneKind, Scope
from planledger.plan.model.version import FindingKind
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.inner_days import PeriodState, StageState
from planledger.questions.judge.lacks import LackKind
from planledger.questions.judge.standing import is_missed, is_reached
from planledger.questions.sheet import Row

if TYPE_CHECKING:
    from planledger.questions.answers.evidence import Dossier

BY_SIDE = "按方"
STATE = "状态"


def particulars_section(answer: "Dossier", row: Row) -> list[tuple[str, str]]:
    """Return the words of the document on a row, and where it stands: (name, text), without what is empty."""
    item, judgement = row.item, row.judgement
    area = answer.sheet.area_name(item.area)
    indicators = [figure.indicator for figure in row.progress.figures]
    lines = [
        ("事项", f"{item.code} {item.title}{'（短标题为本台账所拟）' if item.title_is_ours else ''}"),
        (NUMBER, row.progress.number),
        (STATE, f"{phrases.state_text(row)}  {phrases.days_left(row, answer.sheet.as_of)}".rstrip()),
        ("重点工作", f"{item.area} {area}" if area else ""),
        ("具体事项", item.text),
        ("完成时限", due_text(row)),
        ("终止于", row.progress.cancelled_on),
        ("责任单位", item.units),
        ("备注", item.remark),
        *row.progress.own_columns.items(),
        ("正文条款", f"{item.clause}　{answer.clauses.get(item.clause, '')}" if item.clause else ""),
        ("完成标准", figures.standard(item, indicators, row.progress.requirements, len(answer.sheet.sides))),
        ("还缺", lack_text.lacking_text(row)),
        ("完成于", judgement.finished_on if not judgement.lacks else ""),
    ]
    return [line for line in lines if line[1]]


def due_text(row: Row) -> str:
    """Return the document's words and the last day that is in force."""
    if not row.item.last_day:
        return row.item.due
    now = any(one.subject == AmendmentKind.DUE for one in row.progress.amendments)
    words = row.item.due or "方案没有写"
    return f"{words}（{'调整后' if now else ''}最后一天 {row.item.last_day}，当天算在内）"


def amendments_section(row: Row) -> list[str]:
    """Return what was changed since the plan was signed, with the plan's own words."""
    lines = []
    for one in row.progress.amendments:
        indicator = row.progress.indicator(one.details.text("key"))
        changed = entry_text.amendment_text(one.subject, one.agency, one.details, indicator)
        lines.append(f"自{one.day}起 {changed}：{one.note}  第{one.entry}号")
    return lines


def duties_section(row: Row) -> list[tuple[str, str, str]]:
    """Return who has a part in the row: role, unit, and what it has still to do."""
    lines = []
    for duty in row.progress.duties:
        owed = lack_text.lacks_text(row.owed_by(duty), row.progress, duty.agency)
        group = "泛指，不落到具体单位" if duty.is_group else ""
        lines.append((phrases.role_text(duty.role), duty.agency, owed or group))
    if row.item.open_units:
        lines.append(("", row.item.open_units, "方案未点名"))
    return lines


def sides_counted(answer: "Dossier") -> tuple[str, ...]:
    """Return the columns by which figures are split: one a side, of more than two sides one of all; none in a plan of one side."""
    names = answer.sheet.side_names
    return (BY_SIDE,) if names[2:] else names if names[1:] else ()


def figures_section(answer: "Dossier", row: Row) -> list[list[str]]:
    """Return the row's figures: name, total against target, the columns of the sides, and who reported how much."""
    sides = answer.sheet.side_names if answer.sheet.side_names[1:] else ()
    lines = []
    for figure in row.progress.figures:
        indicator = figure.indicator
        each = "（每方）" if indicator.scope == Scope.EACH and sides else "（各单位）" * bool(figure.shares)
        cells = [f"{indicator.label}{each}", figures.against_target(figure)]
        amounts = [figures.plain_amount(figure.total(side), indicator) for side in sides]
        joined = ["、".join(map("".join, zip(sides, amounts, strict=True)))]
        lines.append([*cells, *(joined if sides[2:] else amounts), figures.split_text(figure)])
    return lines


def milestones_section(answer: "Dossier", row: Row) -> list[str]:
    """Return where the dates inside the work stand."""
    return [_milestone(one, row.progress, answer.sheet.as_of) for one in row.progress.milestones]


def stages_section(answer: "Dossier", row: Row) -> list[str]:
    """Return where the stages of a row stand: 过半 最后一天 2022-04-30（东湖区统计局）：还缺培训统计员6人，逾期3天."""
    return [_stage(one, row, answer.sheet.as_of) for one in row.judgement.stages]


def _stage(one: StageState, row: Row, day: str) -> str:
    units = f"（{'、'.join(one.units)}）" if one.units else ""
    late = f"，逾期{one.days_late}天" if one.days_late else ""
    if one.met_on:
        state = f"{one.met_on} 达到{late}"
    else:
        state = f"还缺{lack_text.lacks_text(one.lacks, row.progress)}" + (
            late or f"，还有{days_between(day, one.stage.last_day)}天"
        )
    return f"{one.stage.name} 最后一天 {one.stage.last_day}{units}：{state}"


def periods_section(answer: "Dossier", row: Row) -> list[str]:
    """Return how many periods of a rhythm are over, then those that are not reported in time and by all, and the present one."""
    begun = [one for one in row.judgement.periods if one.period.first_day <= answer.sheet.as_of]
    over = [one for one in begun if one.is_passed]
    if not row.judgement.periods:
        return []
    lines = [
        f"共{len(row.judgement.periods)}期，已到期{len(over)}期，漏报{len(row.judgement.missed_periods)}期"
    ]
    return lines + [_period(one) for one in begun if one.missing or one.late or not one.is_passed]


def _period(state: PeriodState) -> str:
    """Return where one period stands: 3月（最后一天 2022-03-31）：漏报 东街街道；迟报 西街街道."""
    units = "、".join(name or "（没有点名的责任主体）" for name in state.missing)
    parts = [f"{'漏报' if state.is_passed else '还没有报'} {units}"] if units else []
    parts += [f"迟报 {'、'.join(state.late)}"] if state.late else []
    return f"{state.period.label}（最后一天 {state.period.last_day}）：{'；'.join(parts) or '已报'}"


def requirements_section(answer: "Dossier", row: Row) -> list[str]:
    """Return for whom each required paper is there."""
    return [_requirement(one, row, answer.sheet.side_names) for one in row.progress.requirements]


def _milestone(one: Milestone, progress: Progress, day: str) -> str:
    """Return where a milestone stands: 必达 2019-06-30 上半年选派3名老师：节点未达."""
    about = "左右" if one.is_about else ""
    kind = MilestoneKind(one.kind).label
    if is_reached(one, progress):
        state = f"已达到（到这一天{phrases.total_by_day(one, progress)}）"
    elif is_missed(one, progress, day) and one.kind == MilestoneKind.BINDING:
        state = "节点未达"
    elif day > one.day:
        state = f"日子已过，{phrases.later_text(one, progress) or '未见登记'}"
    else:
        state = f"还有{days_between(day, one.day)}天"
    return f"{kind} {one.day}{about} {one.label}：{state}"


def _requirement(one: Requirement, row: Row, sides: tuple[str, ...]) -> str:
    """Return for whom a required paper is there: 会议纪要：江海区 有，大新县 还没有; of a meeting that was held: 缺."""
    lacking = [lack for lack in row.judgement.lacks if lack.kind == LackKind.PAPER and lack.key == one.kind]
    of_meetings = [lack_text.meeting_text(lack.entry, row.progress) for lack in lacking if lack.entry]
    missing = {lack.side for lack in lacking if not lack.entry}
    if of_meetings:
        without = [f"{side or '本项'} 还没有" for side in sorted(missing)]
        return f"{one.kind}：" + "，".join([*(f"{name} 缺" for name in of_meetings), *without])
    if one.scope == Scope.EACH:
        return f"{one.kind}：" + "，".join(
            f"{side} {'还没有' if side in missing else '有'}" for side in sides
        )
    return f"{one.kind}：{'还没有' if missing else '有'}"


def files_section(row: Row, *, is_full: bool = False) -> list[str]:
    """Return the files that were taken in, those too that the item does not ask for."""
    return [
        entry_text.file_text(mark, is_full=is_full)
        for mark in row.progress.marks
        if mark.kind in PROOFS and "sha256" in MEANING[mark.kind].details
    ]


def findings_section(answer: "Dossier", row: Row) -> list[str]:
    """Return what the document leaves open of the row, and how it is read."""
    return [
        f"{FindingKind(one.kind).label}：{phrases.finding_text(one)}"
        for one in answer.findings
        if one.place == row.item.code
    ]
