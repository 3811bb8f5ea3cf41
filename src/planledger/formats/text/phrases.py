"""The phrases that all formats share: what an item lacks, where it stands, how late it is, which day is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planledger.formats.text.display import columns, folded
from planledger.plan.days import LATEST, days_between, to_the_minute
from planledger.plan.model.rows import Milestone, amount_text, grouped, grouped_pairs
from planledger.plan.model.terms import Role, Standing
from planledger.questions.facts.progress import Progress
from planledger.questions.sheet import Row, Sheet

if TYPE_CHECKING:
    from planledger.plan.model.entry_details import Details
    from planledger.plan.model.version import Finding
    from planledger.questions.answers.history import History
    from planledger.questions.answers.missing import Unattached
    from planledger.questions.answers.overdue import MissedPeriod
    from planledger.questions.answers.roll_up import RollUp
    from planledger.questions.answers.several_plans import OtherPlan, OtherPlans
    from planledger.questions.answers.upcoming import Coming, Upcoming, WorkingDay

UNATTACHED = "未附佐证材料"
LINE = 1_000  # columns of what is not folded


class StandingLook(NamedTuple):
    """How a standing is shown."""

    mark: str  # behind the word, so that colour is never the only sign; GBK can print it
    ground: str  # in a workbook; printed in grey they still differ from light to dark
    colour: str = ""  # on a screen


LOOKS = {
    Standing.NOT_STARTED: StandingLook("○", "F2F2F2"),
    Standing.OPEN: StandingLook("◎", "DDEBF7"),
    Standing.DUE_SOON: StandingLook("△", "FFE699", "yellow"),
    Standing.OVERDUE: StandingLook("▲", "F4A6A0", "red"),
    Standing.DONE: StandingLook("√", "C6E0B4", "green"),
    Standing.CLOSED: StandingLook("■", "A9D08E", "green"),
    Standing.CANCELLED: StandingLook("×", "D0CECE"),
}


def who(agency: str, side: str) -> str:
    """Return from whom an entry comes: a unit, or the office for a side or for the item as a whole."""
    return agency or (f"{side}，本办代记" if side else "本办代记")


def standing_text(row: Row) -> str:
    """Return where a row stands: 逾期81天, 已完成（逾期3天）, 已销号（数据已变，须复核）."""
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


def counted_text(standings: Mapping[Standing, int]) -> str:
    """Return how many rows have each standing, as far as any has it: 逾期2项，已完成3项."""
    return "，".join(f"{word.label}{count}项" for word, count in standings.items() if count)


def standings_text(rows: Iterable[Row]) -> str:
    """Return how many of some rows have each standing: 逾期2项，已完成3项."""
    counts = Counter(row.judgement.standing for row in rows)
    return counted_text({word: counts[word] for word in Standing})


def state_text(row: Row, width: int = LINE) -> str:
    """Return where a row stands, with the mark that needs no colour, in lines of at most *width* columns where it can be.

    Behind what is late or due soon stands whether it was begun, behind what is closed out who approved it, behind any row
    whether a binding milestone or a period of a rhythm was missed.
    """
    lines = [standing_text(row) + LOOKS[row.judgement.standing].mark]
    begun = "已启动" if row.progress.is_begun else Standing.NOT_STARTED.label
    remarks = [begun] if row.judgement.standing in (Standing.DUE_SOON, Standing.OVERDUE) else []
    remarks += filter(None, (closed_text(row),))
    for remark in (*remarks, *missed_words(row)):
        longer = f"{lines[-1]} {remark}"
        lines[-1:] = [longer] if columns(longer) <= width else [lines[-1], remark]
    return "\n".join(lines)


def missed_words(row: Row) -> tuple[str, ...]:
    """Return what was missed of a row: the stages by which alone it is late, a binding milestone, a period of a rhythm."""
    judgement = row.judgement
    missed = {
        "阶段未达": judgement.late_stages,
        "节点未达": judgement.missed,
        "漏报": judgement.missed_periods,
    }
    return tuple(word for word, several in missed.items() if several)


def missed_periods_lines(several: Iterable[MissedPeriod]) -> list[str]:
    """Return of each row which periods were missed, those of the same units together: 1 安全检查 每月，漏2期：1月、2月 东街街道."""
    lines = []
    for code, missed in grouped(several, lambda one: one.row.item.code).items():
        of_units = grouped_pairs((one.agencies, one.period.label) for one in missed)
        parts = "；".join(f"{'、'.join(labels)} {'、'.join(units)}" for units, labels in of_units.items())
        item = missed[0].row.item
        lines.append(f"{code} {item.title}（{item.due}），漏{len(missed)}期：{parts}")
    return lines


def approver(details: Details, *, is_full: bool) -> str:
    """Return who approved that an item is closed out, masked unless asked for whole; empty where nobody says so."""
    from planledger.plan.people.masking import masked_name

    name = details.text("approved")
    return name if is_full else masked_name(name)


def approved_text(details: Details, *, is_full: bool) -> str:
    """Return who approved that an item is closed out, and by which paper: 审定人 试**（试办〔2019〕3号）."""
    name, paper = approver(details, is_full=is_full), details.text("ref")
    return f"审定人 {name}{f'（{paper}）' if paper else ''}" if name else "未写审定人"


def review_text(rows: Iterable[Row]) -> str:
    """Return which rows are closed out on what no longer holds: 已销号但数据已变，须复核：6.2 技能培训。; empty where none is."""
    named = [f"{row.item.code} {row.item.title}" for row in rows if row.judgement.needs_review]
    return f"已销号但数据已变，须复核：{'；'.join(named)}。" if named else ""


def closed_text(row: Row) -> str:
    """Return who approved that a row is closed out; empty where it is not."""
    closing = row.progress.closing if row.judgement.standing == Standing.CLOSED else None
    return approved_text(closing.details, is_full=False) if closing else ""


def last_day(row: Row) -> str:
    """Return the last day that is in time, or the document's words where they name none."""
    return row.item.last_day or row.item.due or "未定"


def days_left(row: Row, day: str) -> str:
    """Return how far the last day is from *day*; empty where there is none, or where the item is cancelled."""
    if not row.item.last_day or row.judgement.standing == Standing.CANCELLED:
        return ""
    return distance_text(day, row.item.last_day)


def distance_text(day: str, last_day: str) -> str:
    """Return how far a last day is from *day*: 还有10天, 已过5天."""
    left = days_between(day, last_day)
    return f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已过{-left}天"


def moment_text(known_at: str) -> str:
    """Return that only what was known at the moment counts; empty where everything does."""
    return "" if known_at == LATEST else f"（只计{to_the_minute(known_at)}以前登记的）"


def extent_text(answer: Sheet | History | RollUp) -> str:
    """Return of which day an answer is, and that only what was known at a moment counts: 截至2019-11-20."""
    return f"截至{answer.as_of}{moment_text(answer.known_at)}"


def role_text(word: str) -> str:
    """Return the Chinese word of a role."""
    return Role(word).label


def missed_text(one: Milestone, progress: Progress, day: str) -> str:
    """Return of a missed binding milestone how far it was on its day, and whether it was met since."""
    since = later_text(one, progress) or f"已过{days_between(one.day, day)}天"
    return f"{one.label}：应于{one.day}，当天{total_by_day(one, progress)}，{since}"


def later_text(one: Milestone, progress: Progress) -> str:
    """Return on which day what a milestone asks for was reached, if after its day; empty where it is not."""
    figure = progress.figure(one.indicator)
    later = figure.reached_on(one.side, one.at_least or 0) if figure else ""
    return later and f"{later} 达到"


def total_by_day(one: Milestone, progress: Progress) -> str:
    """Return what was added up by the day of a milestone; empty where the item does not count it."""
    figure = progress.figure(one.indicator)
    if figure is None:
        return ""
    return f"{one.side}累计{amount_text(figure.total(one.side, one.day) or 0, figure.indicator)}"


def finding_text(one: Finding) -> str:
    """Return what the document leaves open, with both wordings where body and annex differ, and our reason."""
    both = f"（正文：“{one.body}”；附件：“{one.annex}”）" if one.body or one.annex else ""
    because = f"——{one.because}" if one.because else ""
    return f"{one.text}{both}{because}"


def date_kind(date: Coming) -> str:
    """Return what kind of date comes: 报送, 逐期, 阶段, 必达节点, 建议节点 or 完成时限."""
    from planledger.questions.answers.upcoming import DEADLINE, FILING, MILESTONE, PERIOD, STAGE

    if date.kind == MILESTONE:
        return "必达节点" if date.binding else "建议节点"
    return {DEADLINE: "完成时限", FILING: "报送", PERIOD: "逐期", STAGE: "阶段"}[date.kind]


def fitting_text(names: Sequence[str], width: int, unit: str = "家", lines: int = 1) -> str:
    """Return as many names as fit into *lines* of *width* columns, and how many there are: 甲局、乙局等12家."""

    def first(shown: int) -> str:
        return "、".join(names[:shown]) + (f"等{len(names)}{unit}" if names[shown:] else "")

    shown = min(len(names), max(1, width * lines))  # a name takes at least one column
    while shown > 1 and len(folded(first(shown), width)) > lines:
        shown -= 1
    return first(shown)


def acting_text(date: Coming, answer: Upcoming, width: int = LINE) -> str:
    """Return which units have still to act by a date, as many as fit; each with whom to call where that was asked for."""
    if answer.contacts is None:
        return fitting_text(date.agencies, width)
    known = {name: one.text(is_full=True) for name, one in answer.contacts.items()}
    return "\n".join(f"{name} {known.get(name, '没有登记联系人')}" for name in date.agencies)


def calendar_note(working_day: WorkingDay) -> str:
    """Return how working days were counted."""
    if working_day.by_holidays:
        return "工作日按国务院放假安排。"
    return "工作日按周一至周五推算，未计节假日调休。"


def claimed(one: Unattached) -> str:
    """Return as what a row without proof stands: 已完成, 已销号, or 已申报 by units while it is not done."""
    return one.row.judgement.standing.label if one.row.judgement.is_done else "已申报"


def other_plans_lines(others: OtherPlans) -> list[str]:
    """Return of each plan what is open and which command shows it."""
    more = f"还有{others.left_out}个方案，见 planledger status --all-plans"
    return [_plan(one) for one in others.plans] + ([more] if others.left_out else [])


def _plan(one: OtherPlan) -> str:
    name = f"{one.word}年方案" if one.word == str(one.plan.year) else f"《{one.plan.title}》"
    late = f"（逾期{one.overdue}项）" if one.overdue else ""
    parts = [f"未完成{one.unfinished}项{late}"] if one.unfinished else []
    parts += [f"报送欠{one.filings}份"] if one.filings else []
    question = "overdue" if one.overdue else "filings" if one.filings and not one.unfinished else "status"
    return f"{name}{'，'.join(parts) or '已全部办结'} → planledger {question} --plan {one.word}"
