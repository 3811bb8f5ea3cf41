"""Why a row has its standing, as plain lines: no line proposes a figure, and none is a command that records one."""

from planledger.formats.text import figures, lack_text
from planledger.plan.model.terms import Comparison, Standing
from planledger.questions.answers.why import Condition, Obstacle, Reasons
from planledger.questions.sheet import Row

MOST_OWNERS = 4  # in one line; of more, the section on duties has the names
_WITHOUT_WORDS = "方案没有写完成时限"
_OBSTACLES = {
    Obstacle.CANCELLED: "本项已终止，不再要求，补什么也不会成为已完成",
    Obstacle.EXCEEDED: "已经超出上限，补登什么都不能完成；只有登记有误（须冲正）或上限另行调整",
    Obstacle.NOT_YET: "上限要到期以后才能认定，在那以前补什么都不能完成",
    Obstacle.UNANSWERED: "报数单位都已调出，没有哪家的数可以计入；须先调整责任单位",
}


def reasons_section(row: Row, why: Reasons) -> list[str]:
    """Return the day that counts, each condition with what it rests on, what stands in the way, and the last turn."""
    word = row.judgement.standing.label
    since = f"{why.since}起{word}，此前{why.before.label}" if why.before else f"一直是{word}"
    obstacles = [_OBSTACLES[one] for one in why.obstacles]
    return [_day(row, why), *(_condition(one, row) for one in why.conditions), *obstacles, since]


def _day(row: Row, why: Reasons) -> str:
    """Return which last day counts, and who made it so."""
    last_day, words = row.item.last_day, f"原文“{row.item.due}”" if row.item.due else _WITHOUT_WORDS
    if row.judgement.last_day != last_day:
        first = next(one.stage for one in row.judgement.stages if one.is_missed)
        return f"按阶段“{first.name}”的最后一天 {first.last_day} 判：原文“{first.due}”，当天算在内"
    if not last_day:
        return f"{words}没有写到哪一天，不判逾期" if row.item.due else f"{words}，不判逾期"
    if not why.amended_by:
        return f"按最后一天 {last_day} 判：{words}，当天算在内"
    own = "没有写到哪一天" if row.item.due else ""
    own = f"{'是' if row.item.due else '，认定为'} {why.plan_day}" if why.plan_day else own
    return f"按最后一天 {last_day} 判：{words}{own}，第{why.amended_by}号调整改到这一天，当天算在内"


def _condition(one: Condition, row: Row) -> str:
    """Return what one condition rests on and what is lacking of it: 新增转移就业 40/155人（第2号），还缺新增转移就业115人——大新县人社局."""
    if one.figure:
        name = f"{one.figure.indicator.label} {figures.against_target(one.figure)}"
    else:
        name = one.subject or "申报完成"
    basis = f"（第{'、'.join(map(str, one.entries))}号）" if one.entries else "（没有记录）"
    if row.judgement.standing == Standing.CANCELLED:
        return name + basis
    if not one.lacks:
        return f"{name}{basis}，{_fulfilled(one)}"
    lacking = lack_text.lacks_text(one.lacks, row.progress)
    papers = [kind for kind in one.papers if kind != one.subject]
    proof = f"；证明材料：{'、'.join(papers)}" if papers else ""
    return f"{name}{basis}，还缺{lacking}{_owners(one)}{proof}"


def _fulfilled(one: Condition) -> str:
    """Return how a condition that lacks nothing is fulfilled; what has no target is only to be reported."""
    if not one.figure:
        return "已有"
    if one.figure.indicator.target is None:
        return "已报数"
    return "未超上限" if one.figure.indicator.comparison == Comparison.AT_MOST else "已达到"


def _owners(one: Condition) -> str:
    """Return whose it is, where the words on what is lacking do not name them already."""
    is_named = not one.figure and not one.subject and len(one.lacks) <= lack_text.MOST_NAMES
    if is_named or not one.owners:
        return ""
    if len(one.owners) > MOST_OWNERS:
        return f"——{len(one.owners)}家单位（见“责任”）"
    return f"——{'、'.join(one.owners)}"
