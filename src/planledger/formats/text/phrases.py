"""The phrases that every paper shares: what is lacking, how a figure reads, how late is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planledger.formats.text import figures
from planledger.formats.text.display import columns
from planledger.plan.days import LATEST, days_between, to_the_minute
from planledger.plan.model.rows import Indicator, Milestone, Requirement
from planledger.plan.model.terms import Comparison, MilestoneKind, Role, Scope, Standing
from planledger.questions.facts.progress import Progress, UnsummedAmount
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.judge.standing import is_missed, is_reached
from planledger.questions.sheet import Row

if TYPE_CHECKING:
    from planledger.plan.model.rows import Finding
    from planledger.questions.answers.upcoming import WorkingDay

LINE = 1_000  # columns of what is not folded
# A mark that GBK can print stands behind the word, so that colour is never the only sign.
MARKS = {
    Standing.NOT_STARTED: "○",
    Standing.OPEN: "◎",
    Standing.DUE_SOON: "△",
    Standing.OVERDUE: "▲",
    Standing.DONE: "√",
    Standing.CLOSED: "■",
    Standing.CANCELLED: "×",
}


def who(agency: str, side: str) -> str:
    """Say from whom an entry comes: a unit, or the office for a side or for the item as a whole."""
    return agency or (f"{side}，本办代记" if side else "本办代记")


def lack_text(one: Lack, progress: Progress) -> str:
    """Say one thing that is lacking: 新增转移就业 115人."""
    if one.kind == LackKind.PAPER:
        return f"{one.side}{one.key}"
    if one.kind == LackKind.DECLARATION:
        return f"{one.agency}申报" if one.agency else "本办认定"
    figure = progress.figure(one.key)
    return f"{one.side}{_figure_lack(one, figure.indicator) if figure else one.key}"


def _figure_lack(one: Lack, indicator: Indicator) -> str:
    if one.kind == LackKind.FIGURE:
        return f"{indicator.label}未报数"
    if one.kind == LackKind.EXCEEDED:
        return f"{indicator.label}超上限{figures.amount_text(one.amount, indicator)}"
    if indicator.comparison == Comparison.AT_MOST:
        return f"{indicator.label}到期后认定"
    return f"{indicator.label}{figures.amount_text(one.amount, indicator)}"


def lacks_text(several: Iterable[Lack], progress: Progress, own: str = "") -> str:
    """Say everything that is lacking as one phrase; to the unit *own* its declaration is 本单位申报."""
    declarations, others, of_meetings, of_units = [], [], [], []
    for one in several:
        if one.kind == LackKind.DECLARATION:
            declarations.append(one)
        elif one.entry:
            of_meetings.append(one)
        elif own and _sources(one, progress):
            of_units.append(one)
        else:
            others.append(lack_text(one, progress))
    others += _papers_of_meetings(of_meetings, progress)
    if own and declarations:
        others.append("本单位申报")
    elif len(declarations) > 2:  # noqa: PLR2004  (three names and more would hide the rest of the row)
        others.append(f"{len(declarations)}家单位申报")
    else:
        others += [lack_text(one, progress) for one in declarations]
    return "；".join(filter(None, ("、".join(others), *_of_units(of_units, progress, own))))


def _sources(one: Lack, progress: Progress) -> tuple[str, ...]:
    """Name the units whose figures count for what is lacking; those that still have a part in the item, if any."""
    figure = progress.figure(one.key) if one.kind != LackKind.PAPER else None
    named = figure.sources if figure else ()
    of_side = [duty.agency for duty in progress.duties if one.side in ("", duty.side)]
    return tuple(agency for agency in of_side if agency in named) or named


def _of_units(lacking: list[Lack], progress: Progress, own: str) -> tuple[str, str]:
    """Say to a unit what it reports itself, and what the item lacks that others report."""
    mine: list[str] = []
    whole: dict[tuple[str, ...], list[str]] = {}
    for one in lacking:
        sources = _sources(one, progress)
        (mine if own in sources else whole.setdefault(sources, [])).append(lack_text(one, progress))
    own_part = f"{'、'.join(mine)}（本单位报数）" if mine else ""
    others = "；".join(f"{'、'.join(said)}，{'、'.join(units)}报数" for units, said in whole.items())
    return own_part, f"全项还缺{others}" if others else ""


def lacking_text(row: Row) -> str:
    """Say everything that a row lacks; what is cancelled lacks nothing any more."""
    if row.judgement.standing == Standing.CANCELLED:
        return ""
    return lacks_text(row.judgement.lacks, row.progress)


def _papers_of_meetings(lacking: list[Lack], progress: Progress) -> list[str]:
    """Say which papers of which meetings are missing: 大新县7-16常委会的会议材料、会议纪要; of many only how many."""
    kinds: dict[int, tuple[str, ...]] = {}
    for one in lacking:
        kinds[one.entry] = (*kinds.get(one.entry, ()), one.key)
    if len(kinds) > 2:  # noqa: PLR2004  (more names would hide the rest of the row)
        return [f"{len(kinds)}次会议的材料{len(lacking)}份"]
    alike: dict[tuple[str, ...], list[str]] = {}
    for entry, missing in kinds.items():
        alike.setdefault(missing, []).append(meeting_text(entry, progress))
    return [f"{'和'.join(names)}的{'、'.join(missing)}" for missing, names in alike.items()]


def meeting_text(entry: int, progress: Progress) -> str:
    """Name a meeting, or another thing that has papers of its own: 大新县7-16常委会."""
    single = progress.single(entry)
    if single is None:
        return f"第{entry}号"
    figure = progress.figure(single.indicator)
    day = f"{int(single.day[5:7])}-{int(single.day[8:])}"
    return f"{single.side}{day}{figure.indicator.label if figure else ''}"


def occasion_text(row: Row, held: UnsummedAmount | None, side: str) -> str:
    """Name what a paper belongs to: a meeting, or the item as a whole."""
    return meeting_text(held.entry, row.progress) if held else f"{side}{row.item.title}"


def proven_text(row: Row, held: UnsummedAmount | None, side: str) -> str:
    """Name what a file is the proof of: a meeting, one side's part, or nothing more than the item."""
    return meeting_text(held.entry, row.progress) if held else side


def standing_text(row: Row) -> str:
    """Say where a row stands: 逾期81天, 已完成（逾期3天）, 已销号（数据已变，须复核）."""
    judgement = row.judgement
    word, late, before = judgement.standing.label, judgement.days_late, judgement.late_before
    if judgement.standing == Standing.OVERDUE:
        before_that = f"（含延期前{before}天）" if before else ""
        return f"{'缺材料' if judgement.lacks_only_papers else word}{late}天{before_that}"
    if judgement.needs_review:
        return f"{word}（数据已变，须复核）"
    if not late:
        return word
    if judgement.standing == Standing.CANCELLED:
        return f"{word}（此前逾期{late}天）"
    return f"{word}（{'逾期后延期，' if before else ''}逾期{late}天）"


def state_text(row: Row, width: int = LINE) -> str:
    """Say where a row stands, with the mark that needs no colour, in lines of at most *width* columns where it can be.

    Of what is late or due soon it says whether it was begun, of any row whether a date inside the work was missed.
    """
    lines = [standing_text(row) + MARKS[row.judgement.standing]]
    remarks = [begun_text(row)] if row.judgement.standing in (Standing.DUE_SOON, Standing.OVERDUE) else []
    for remark in remarks + (["节点未达"] if row.judgement.missed else []):
        beside = f"{lines[-1]} {remark}"
        lines[-1:] = [beside] if columns(beside) <= width else [lines[-1], remark]
    return "\n".join(lines)


def begun_text(row: Row) -> str:
    """Say whether anything was done or told of a row."""
    return "已启动" if row.progress.is_begun else Standing.NOT_STARTED.label


def last_day(row: Row) -> str:
    """Say the last day that is in time, or the document's words where they name none."""
    return row.item.last_day or row.item.due or "未定"


def days_left(row: Row, day: str) -> str:
    """Say how far the last day is from *day*."""
    if not row.item.last_day or row.judgement.standing == Standing.CANCELLED:
        return ""
    left = days_between(day, row.item.last_day)
    return f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已过{-left}天"


def moment_text(known_at: str) -> str:
    """Say of a question that only what was known at a moment counts."""
    return "" if known_at == LATEST else f"（只计{to_the_minute(known_at)}以前登记的）"


def role_text(word: str) -> str:
    """Say a role."""
    return Role(word).label


def milestone_text(one: Milestone, progress: Progress, day: str) -> str:
    """Say where a milestone stands: 必达 2019-06-30 上半年选派3名老师：节点未达."""
    reached = is_reached(one, progress)
    about = "左右" if one.is_about else ""
    kind = MilestoneKind(one.kind).label
    if reached:
        state = f"已达到（到这一天{_by_day(one, progress)}）"
    elif day > one.day:
        state = (
            "节点未达"
            if is_missed(one, progress, day) and one.kind == MilestoneKind.BINDING
            else _after_its_day(one, progress)
        )
    else:
        state = f"还有{days_between(day, one.day)}天"
    return f"{kind} {one.day}{about} {one.label}：{state}"


def _after_its_day(one: Milestone, progress: Progress) -> str:
    """Say of a suggestion whose day has passed whether what it suggests was done later."""
    figure = progress.figure(one.indicator)
    later = figure.reached_on(one.side, one.at_least or 0) if figure else ""
    return f"日子已过，{later} 达到" if later else "日子已过，未见登记"


def missed_text(one: Milestone, progress: Progress, day: str) -> str:
    """Say of a binding milestone that was missed how far it was on its day, and whether it was reached since."""
    figure = progress.figure(one.indicator)
    later = figure.reached_on(one.side, one.at_least or 0) if figure else ""
    since = f"{later} 达到" if later else f"已过{days_between(one.day, day)}天"
    return f"{one.label}：应于{one.day}，当天{_by_day(one, progress)}，{since}"


def _by_day(one: Milestone, progress: Progress) -> str:
    figure = progress.figure(one.indicator)
    if figure is None:
        return ""
    return f"{one.side}累计{figures.amount_text(figure.total(one.side, one.day) or 0, figure.indicator)}"


def requirement_text(one: Requirement, row: Row, sides: tuple[str, ...]) -> str:
    """Say for whom a required paper is there: 会议纪要：江海区 有，大新县 还没有; of a meeting that was held: 缺."""
    lacking = [lack for lack in row.judgement.lacks if lack.kind == LackKind.PAPER and lack.key == one.kind]
    of_meetings = [meeting_text(lack.entry, row.progress) for lack in lacking if lack.entry]
    missing = {lack.side for lack in lacking if not lack.entry}
    if of_meetings:
        without = [f"{side or '本项'} 还没有" for side in sorted(missing)]
        return f"{one.kind}：" + "，".join([*(f"{name} 缺" for name in of_meetings), *without])
    if one.scope == Scope.EACH:
        return f"{one.kind}：" + "，".join(
            f"{side} {'还没有' if side in missing else '有'}" for side in sides
        )
    return f"{one.kind}：{'还没有' if missing else '有'}"


def finding_text(one: Finding) -> str:
    """Say what the document leaves open, with both wordings where body and annex differ, and our reason."""
    both = f"（正文：“{one.body}”；附件：“{one.annex}”）" if one.body or one.annex else ""
    because = f"——{one.because}" if one.because else ""
    return f"{one.text}{both}{because}"


def date_kind(kind: str, *, is_binding: bool) -> str:
    """Say what kind of date comes."""
    from planledger.questions.answers.upcoming import FILING, MILESTONE

    if kind == FILING:
        return "报送"
    if kind == MILESTONE:
        return "必达节点" if is_binding else "建议节点"
    return "完成时限"


def calendar_note(working_day: WorkingDay) -> str:
    """Say how working days were counted."""
    return (
        "工作日按国务院放假安排。" if working_day.by_holidays else "工作日按周一至周五推算，未计节假日调休。"
    )
