"""What a row lacks, and what a unit owes of it, as phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.rows import Indicator, Milestone, amount_text, grouped_pairs
from planledger.plan.model.terms import Comparison, Standing
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.sheet import Row

if TYPE_CHECKING:
    from planledger.questions.answers.evidence import Evidence
    from planledger.questions.answers.missing import KeptPaper, Missing
    from planledger.questions.judge.inner_days import StageState

WHOLE = "全项还缺"  # what the whole row lacks, and others report
MOST_NAMES = 2  # of units or meetings in one phrase; more would hide the rest of the row


def lack_text(one: Lack, progress: Progress) -> str:
    """Return one thing that is lacking: 新增转移就业 115人."""
    if one.kind == LackKind.PAPER:
        return f"{one.side}{one.key}"
    if one.kind == LackKind.DECLARATION:
        return f"{one.agency}申报{parts_text(one.parts)}" if one.agency else "本办认定"
    indicator = progress.indicator(one.key)
    text = _figure_lack(one, indicator) if indicator else one.key
    return f"{one.agency or one.side}{text}{parts_text(one.parts)}"


def parts_text(parts: tuple[str, ...]) -> str:
    """Return which parts of a merged unit lack, where others do not: （缺大新县团委）."""
    return f"（缺{'、'.join(parts)}）" if parts else ""


def _figure_lack(one: Lack, indicator: Indicator) -> str:
    if one.kind == LackKind.FIGURE:
        return f"{indicator.label}未报数"
    if one.kind == LackKind.EXCEEDED:
        return f"{indicator.label}超上限{amount_text(one.amount, indicator)}"
    if indicator.comparison == Comparison.AT_MOST:
        return f"{indicator.label}到期后认定"
    return f"{indicator.label}{amount_text(one.amount, indicator)}"


def lacks_text(several: Iterable[Lack], progress: Progress, own: str = "") -> str:
    """Return everything that is lacking as one phrase; to the unit *own* its declaration is 本单位申报."""
    declarations, others, of_meetings, of_units = [], [], [], []
    shares: dict[tuple[str, LackKind], list[Lack]] = {}
    for one in several:
        if one.kind == LackKind.DECLARATION:
            declarations.append(one)
        elif one.entry:
            of_meetings.append(one)
        elif one.agency:
            shares.setdefault((one.key, one.kind), []).append(one)
        elif own and _sources(one, progress):
            of_units.append(one)
        else:
            others.append(lack_text(one, progress))
    others = [_of_shares(some, progress, own) for some in shares.values()] + others
    others += _papers_of_meetings(of_meetings, progress)
    if own and declarations:
        others.append(f"本单位申报{parts_text(declarations[0].parts)}")
    elif len(declarations) > MOST_NAMES:
        others.append(f"{len(declarations)}家单位申报")
    else:
        others += [lack_text(one, progress) for one in declarations]
    return "；".join(filter(None, ("、".join(others), *_of_units(of_units, progress, own))))


def periods_text(periods: Iterable[RhythmPeriod]) -> str:
    """Return for which periods of a rhythm nothing came: 1月、3月."""
    return "、".join(one.label for one in periods)


def earliest_text(periods: Sequence[RhythmPeriod]) -> str:
    """Return what a last day is of several periods, which is that of the first of them; empty of one or none."""
    return "最早一期" if periods[1:] else ""


def milestones_text(
    milestones: Iterable[Milestone], progress: Progress, day_text: Callable[[str], str] = str
) -> str:
    """Return which binding milestones were missed and what each lacks to this day: 节点未达：选派3名老师，应于2019-06-30，还缺支教2人.

    Args:
        milestones: the missed ones.
        progress: of their row.
        day_text: how a day is written there; a letter writes 2019年6月30日.
    """
    texts = []
    for one in milestones:
        if figure := progress.figure(one.indicator):
            left = amount_text((one.at_least or 0) - (figure.total(one.side) or 0), figure.indicator)
            whole = "全项" if figure.shares else ""
            lack = f"{whole}还缺{one.side}{figure.indicator.label}{left}"
            texts.append(f"{one.label}，应于{day_text(one.day)}，{lack}")
    return f"节点未达：{'；'.join(texts)}" if texts else ""


def stages_text(stages: Iterable[StageState]) -> str:
    """Return the names of stages, mostly of the missed ones by which alone a row is late: 阶段“过半”."""
    return "、".join(f"阶段“{one.stage.name}”" for one in stages)


def late_text(row: Row) -> str:
    """Return everything that is lacking of what is late."""
    if not row.judgement.late_stages:
        return lacking_text(row)
    return debt_text(row, _late_lacks(row))


def late_in_paper(row: Row) -> str:
    """Return everything that is lacking of what is late as an official paper says it."""
    lacking = lacks_in_paper(_late_lacks(row), row.progress)
    return "：".join(filter(None, (stages_text(row.judgement.late_stages), lacking)))


def _late_lacks(row: Row) -> tuple[Lack, ...]:
    stages = row.judgement.late_stages
    return tuple(lack for one in stages for lack in one.lacks) if stages else row.judgement.lacks


def debt_text(row: Row, lacks: Iterable[Lack], own: str = "") -> str:
    """Return what is owed of a late row, with the stages where it is late by these alone; *own* as for :func:`lacks_text`."""
    lacking = lacks_text(lacks, row.progress, own)
    return "：".join(filter(None, (stages_text(row.judgement.late_stages), lacking))) if lacking else ""


def lacks_in_paper(several: Iterable[Lack], progress: Progress, own: str = "") -> str:
    """Return what is lacking as an official paper says it: declarations are 完成情况说明 there; *own* as for :func:`lacks_text`."""
    lacks = tuple(several)
    others = tuple(one for one in lacks if one.kind != LackKind.DECLARATION)
    parts = [one.parts for one in lacks if own and one.kind == LackKind.DECLARATION]
    declaration = f"完成情况说明{parts_text(parts[0]) if parts else ''}" * (others != lacks)
    # first, because what others report of the row follows at the end of the rest
    rest = lacks_text(others, progress, own)
    between = "；" if rest.startswith(WHOLE) else "、"
    return between.join(filter(None, (declaration, rest)))


def lacks_under(head: str, lacks: str) -> str:
    """Return what is lacking under its head: 还缺：完成情况说明; what others report of the whole row says by itself that it lacks."""
    return lacks if not lacks or lacks.startswith(WHOLE) else f"{head}：{lacks}"


def _of_shares(lacking: list[Lack], progress: Progress, own: str) -> str:
    """Return what units lack that each owes by itself; to the unit *own* with its number, of many how many they are."""
    whole = lacking[0]._replace(agency="", amount=sum(one.amount for one in lacking))
    if len(lacking) > MOST_NAMES:
        return f"{len(lacking)}家单位{lack_text(whole._replace(parts=()), progress)}"
    figure = progress.figure(whole.key)
    share = figure.share_of(own) if figure else None
    if share and share.indicator.target is not None:
        bound = "上限" if share.indicator.comparison == Comparison.AT_MOST else "任务"
        return f"{lack_text(whole, progress)}（本单位{bound}{amount_text(share.indicator.target, share.indicator)}）"
    return "、".join(lack_text(one, progress) for one in lacking)


def _sources(one: Lack, progress: Progress) -> tuple[str, ...]:
    """Name the units whose figures count for what is lacking; those that still have a part in the item, if any."""
    figure = progress.figure(one.key) if one.kind != LackKind.PAPER else None
    named = figure.sources if figure else ()
    of_side = [duty.agency for duty in progress.duties if one.side in ("", duty.side)]
    return tuple(agency for agency in of_side if agency in named) or named


def _of_units(lacking: list[Lack], progress: Progress, own: str) -> tuple[str, str]:
    """Return what the unit *own* reports itself, and what the item lacks that others report."""
    mine: list[str] = []
    whole: dict[tuple[str, ...], list[str]] = {}
    for one in lacking:
        sources = _sources(one, progress)
        (mine if own in sources else whole.setdefault(sources, [])).append(lack_text(one, progress))
    own_part = f"{'、'.join(mine)}（本单位报数）" if mine else ""
    others = "；".join(f"{'、'.join(lacks)}，{'、'.join(units)}报数" for units, lacks in whole.items())
    return own_part, f"{WHOLE}{others}" if others else ""


def lacking_text(row: Row) -> str:
    """Return everything that a row lacks; empty where it is cancelled."""
    if row.judgement.standing == Standing.CANCELLED:
        return ""
    return lacks_text(row.judgement.lacks, row.progress)


def _papers_of_meetings(lacking: list[Lack], progress: Progress) -> list[str]:
    """Return which papers of which meetings are missing: 大新县7-16常委会的会议材料、会议纪要; of many only how many."""
    kinds = grouped_pairs((one.entry, one.key) for one in lacking)
    if len(kinds) > MOST_NAMES:
        return [f"{len(kinds)}次会议的材料{len(lacking)}份"]
    alike = grouped_pairs(
        ("、".join(missing), meeting_text(entry, progress)) for entry, missing in kinds.items()
    )
    return [f"{'和'.join(names)}的{missing}" for missing, names in alike.items()]


def meeting_text(entry: int, progress: Progress) -> str:
    """Return the name of a meeting, or of another thing that has papers of its own: 大新县7-16常委会."""
    single = progress.single(entry)
    if single is None:
        return f"第{entry}号"
    indicator = progress.indicator(single.indicator)
    day = f"{int(single.day[5:7])}-{int(single.day[8:])}"
    return f"{single.side}{day}{indicator.label if indicator else ''}"


def occasion_text(one: Missing | KeptPaper) -> str:
    """Return what a paper belongs to: a meeting, or the item as a whole."""
    return (
        meeting_text(one.meeting.entry, one.row.progress)
        if one.meeting
        else f"{one.side}{one.row.item.title}"
    )


def proven_text(one: Evidence | KeptPaper) -> str:
    """Return what a paper is the proof of: a meeting, one side's part, or nothing more than the item."""
    return meeting_text(one.meeting.entry, one.row.progress) if one.meeting else one.mark.side
