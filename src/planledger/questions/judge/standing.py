"""The one meaning of done, late and owed: pure functions of an item's progress and a day.

Done means proven, by those who answer for it: every target met, every figure there that must be, the
declarations given where numbers are not the whole, and every required paper there. Late is judged by
the work (the day the last target was met or the last declaration is dated), never by the typing; a
paper that is missing after finished work is a missing paper, not late work. The day that a deadline
names is in time.
"""

from typing import NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.rows import Duty, Milestone, answering
from planledger.plan.model.terms import MilestoneKind, Standing
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.inner_days import PeriodState, StageState, periods_on, stages_on
from planledger.questions.judge.lacks import Lack, LackKind, declared, lacking


class Judgement(NamedTuple):
    """Where an item stands on a day."""

    standing: Standing
    days_late: int  # of an overdue item until the day, of a finished one until its work was finished
    late_before: int  # so many of them before its deadline was put off (逾期后延期)
    finished_on: str  # the day the work was finished; empty while it is not
    lacks: tuple[Lack, ...]
    missed: tuple[Milestone, ...]  # binding milestones that were not reached (节点未达)
    stages: tuple[StageState, ...]
    late_stages: tuple[StageState, ...]  # those by which alone the item is late: its own last day is not over
    # behind which it is late: that of the first missed stage, or its own; empty where it has none
    last_day: str
    periods: tuple[PeriodState, ...]  # of a rhythm that obliges (逐期); a missed one changes nothing else
    needs_review: bool  # closed, but what it was closed on no longer holds (须复核)

    @property
    def is_done(self) -> bool:
        """Whether the item is finished, closed out or not."""
        return self.standing in (Standing.DONE, Standing.CLOSED)

    @property
    def missed_periods(self) -> tuple[RhythmPeriod, ...]:
        """The periods for which something was to come and did not (漏报)."""
        return tuple(state.period for state in self.periods if state.is_missed)

    @property
    def lacks_only_papers(self) -> bool:
        """Whether the work is finished and only papers are missing (缺材料)."""
        return bool(self.lacks) and all(lack.kind == LackKind.PAPER for lack in self.lacks)

    def lacks_of_figure(self, key: str) -> tuple[Lack, ...]:
        """What is lacking of one figure, whoever owes it; its papers are no part of it."""
        return tuple(lack for lack in self.lacks if lack.key == key and lack.kind != LackKind.PAPER)


def judge(progress: Progress, day: str, warn_days: int, sides: tuple[str, ...]) -> Judgement:
    """Where an item stands on *day*.

    Args:
        progress: the item with everything that had happened by *day*.
        day: the day of the question; the deadline day itself is still in time.
        warn_days: so many last days before the deadline are 临期.
        sides: the plan's sides, for targets and papers that each side owes by itself.
    """
    last_day = progress.item.last_day
    finished_on, lacks = lacking(progress, day, sides)
    stages = stages_on(progress, day, sides)
    missed = tuple(one for one in stages if one.is_missed)
    standing = _standing(progress, day, warn_days, is_proven=not lacks, is_missed=bool(missed))
    late_until = _late_until(progress, standing, day, finished_on)
    is_late = standing in (Standing.OVERDUE, Standing.CANCELLED)
    is_stage = is_late and missed and not "" < last_day < missed[0].stage.last_day
    limit = missed[0].stage.last_day if is_stage else last_day
    put_off = [(was, on) for was, on in progress.put_off if not is_stage or was < limit]
    late_before = sum(_days_after(was, min(on, late_until)) for was, on in put_off)
    return Judgement(
        standing=standing,
        days_late=late_before + _days_after(limit, late_until),
        late_before=late_before,
        finished_on=finished_on,
        lacks=lacks,
        missed=tuple(
            m for m in progress.milestones if m.kind == MilestoneKind.BINDING and is_missed(m, progress, day)
        ),
        stages=stages,
        late_stages=missed if standing == Standing.OVERDUE and not "" < last_day < day else (),
        last_day=limit,
        periods=periods_on(progress, day),
        needs_review=standing == Standing.CLOSED and (bool(lacks) or _changed_since(progress)),
    )


def owed(judgement: Judgement, progress: Progress, duty: Duty) -> tuple[Lack, ...]:
    """What one unit has still to do on one item (未了).

    Only an answering unit owes, and one that has a share of its own (分解任务数); what another side or another unit lacks
    is not its debt; a closed item is owed by nobody.
    """
    if judgement.standing in (Standing.CLOSED, Standing.CANCELLED):
        return ()
    answers = duty in answering(progress.duties)
    return tuple(
        lack
        for lack in judgement.lacks
        if (
            lack.agency == duty.agency
            if lack.agency or lack.kind is LackKind.DECLARATION
            else answers and lack.side in ("", duty.side)
        )
    )


def late_with(judgement: Judgement, progress: Progress, duty: Duty) -> tuple[Lack, ...]:
    """What one unit owes of what is late: of the item, or of its missed stages while its own last day is not over."""
    if not judgement.late_stages:
        return owed(judgement, progress, duty)
    return tuple(lack for one in judgement.late_stages for lack in one.owed_by(duty))


def declared_on(progress: Progress, duty: Duty) -> str:
    """On which day a unit's part was declared done, by itself or by the office for all; empty if nobody did."""
    first, _ = declared(progress)
    return min((day for agency, day in first.items() if agency in (duty.agency, "")), default="")


def is_reached(milestone: Milestone, progress: Progress) -> bool | None:
    """Whether a milestone was reached by its day; None where no figure decides it."""
    figure = progress.figure(milestone.indicator) if milestone.indicator else None
    if figure is None or milestone.at_least is None:
        return None
    total = figure.total(milestone.side, milestone.day)
    return total is not None and total >= milestone.at_least


def is_missed(milestone: Milestone, progress: Progress, day: str) -> bool:
    """Whether the day of a milestone has passed without its figure."""
    return day > milestone.day and is_reached(milestone, progress) is False


def _standing(progress: Progress, day: str, warn_days: int, *, is_proven: bool, is_missed: bool) -> Standing:
    """Choose the word for what is proven and what the calendar says."""
    last_day = progress.item.last_day
    if progress.cancelled_on:
        return Standing.CANCELLED
    if progress.closing:
        return Standing.CLOSED
    if is_proven:
        return Standing.DONE
    if is_missed or (last_day and day > last_day):
        return Standing.OVERDUE
    if last_day and days_between(day, last_day) <= warn_days:
        return Standing.DUE_SOON
    return Standing.OPEN if progress.is_begun else Standing.NOT_STARTED


def _changed_since(progress: Progress) -> bool:
    """Whether figures were recorded or taken back after the item was closed out."""
    return progress.closing is not None and progress.latest_figure > progress.closing.entry


def _late_until(progress: Progress, standing: Standing, day: str, finished_on: str) -> str:
    """Up to which day an item may have been late; a deadline put off too late does not make up for it."""
    if standing == Standing.CANCELLED:
        return progress.cancelled_on
    if standing == Standing.OVERDUE:
        return day
    return finished_on or (day if progress.put_off and standing != Standing.CLOSED else "")


def _days_after(last_day: str, until: str) -> int:
    return max(0, days_between(last_day, until)) if last_day and until else 0
