"""The one meaning of done, late and owed: pure functions of an item's progress and a day.

Done means proven, by those who answer for it: every target met, every figure there that must be, the
declarations given where numbers are not the whole, and every required paper in hand. Late is judged by
the work (the day the last target was met or the last declaration is dated), never by the typing; a
paper that is missing after finished work is a missing paper, not late work. The day that a deadline
names is in time.
"""

from enum import StrEnum
from functools import lru_cache

from planledger.plan.days import LATEST, days_between
from planledger.plan.model import Duty, Milestone, Requirement
from planledger.plan.rows import NamedTuple
from planledger.plan.standard import asks_declaration
from planledger.plan.terms import Comparison, EntryKind, MilestoneKind, Role, Scope, Standing
from planledger.questions.progress import Figure, Progress, event_of


class LackKind(StrEnum):
    """Why an item is not done."""

    TARGET = "target"
    EXCEEDED = "exceeded"
    FIGURE = "figure"
    DECLARATION = "declaration"
    PAPER = "paper"


class Lack(NamedTuple):
    """One thing that an item still lacks (还缺)."""

    kind: LackKind
    key: str = ""  # indicator key, or kind of paper
    side: str = ""  # empty: the item as a whole
    amount: int = 0  # what is missing of the target, or what is over an upper bound
    agency: str = ""  # who has not declared; empty: the office
    entry: int = 0  # of a paper: the entry of the meeting that it is missing for; 0: the item as a whole


class Judgement(NamedTuple):
    """Where an item stands on a day."""

    standing: Standing
    days_late: int  # of an overdue item until the day, of a finished one until its work was finished
    late_before: int  # so many of them before its deadline was put off (逾期后延期)
    finished_on: str  # the day the work was finished; empty while it is not
    lacks: tuple[Lack, ...]
    missed: tuple[Milestone, ...]  # binding milestones that were not reached (节点未达)
    needs_review: bool  # closed, but what it was closed on no longer holds (须复核)

    @property
    def is_done(self) -> bool:
        """Whether the item is finished, closed out or not."""
        return self.standing in (Standing.DONE, Standing.CLOSED)

    @property
    def lacks_only_papers(self) -> bool:
        """Whether the work is finished and only papers are missing (缺材料)."""
        return bool(self.lacks) and all(lack.kind == LackKind.PAPER for lack in self.lacks)


# One condition of an item: the day it was met, empty while it is not, and what is lacking for it.
_Part = tuple[str, tuple[Lack, ...]]


def answers(duty: Duty, duties: tuple[Duty, ...]) -> bool:
    """Say whether a unit answers for an item (责任主体): the leads where a lead is stated, else all but those who assist.

    A group that names nobody and an open list answer for nothing.
    """
    return duty in answering(duties)


@lru_cache(maxsize=256)  # asked once for each unit of a row, and always the same
def answering(duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """Name the units that answer for an item."""
    named = [duty for duty in duties if not duty.is_group and duty.role != Role.ASSIST]
    leads = [duty for duty in named if duty.role == Role.LEAD]
    return tuple(leads or named)


def judge(progress: Progress, day: str, warn_days: int, sides: tuple[str, ...]) -> Judgement:
    """Say where an item stands on *day*.

    Args:
        progress: the item with everything that had happened by *day*.
        day: the day of the question; the deadline day itself is still in time.
        warn_days: so many last days before the deadline are 临期.
        sides: the plan's sides, for targets and papers that each side owes by itself.
    """
    last_day = progress.item.last_day
    work = [_target(figure, day, last_day, sides) for figure in progress.figures]
    if asks_declaration(progress.item, [figure.indicator for figure in progress.figures]):
        work.append(_declaration(progress))
    papers = _papers(progress, sides)
    lacks = tuple(lack for _, lacking in work for lack in lacking)
    finished_on = "" if lacks else max((met_on for met_on, _ in work), default="")
    lacks += papers
    standing = _standing(progress, day, warn_days, not lacks)
    late_until = _late_until(progress, standing, day, finished_on)
    late_before = sum(_days_after(was, min(put_off, late_until)) for was, put_off in progress.put_off)
    return Judgement(
        standing=standing,
        days_late=late_before + _days_after(last_day, late_until),
        late_before=late_before,
        finished_on=finished_on,
        lacks=lacks,
        missed=tuple(
            m for m in progress.milestones if m.kind == MilestoneKind.BINDING and is_missed(m, progress, day)
        ),
        needs_review=standing == Standing.CLOSED and (bool(lacks) or _changed_since(progress)),
    )


def owed(judgement: Judgement, progress: Progress, duty: Duty) -> tuple[Lack, ...]:
    """Say what one unit has still to do on one item (未了).

    Only an answering unit owes; what another side or another unit lacks is not its debt; a closed
    item is owed by nobody.
    """
    if not judgement.lacks or judgement.standing in (Standing.CLOSED, Standing.CANCELLED):
        return ()
    if not answers(duty, progress.duties):
        return ()
    return tuple(
        lack
        for lack in judgement.lacks
        if (lack.agency == duty.agency if lack.kind is LackKind.DECLARATION else lack.side in ("", duty.side))
    )


def declared_on(progress: Progress, duty: Duty) -> str:
    """Say on which day a unit's part was declared done, by itself or by the office for all; empty if nobody did."""
    days = [
        mark.day
        for mark in progress.marks
        if mark.kind == EntryKind.DECLARATION and mark.agency in (duty.agency, "")
    ]
    return min(days, default="")


def is_reached(milestone: Milestone, progress: Progress) -> bool | None:
    """Say whether a milestone was reached by its day; None where no figure can tell."""
    figure = progress.figure(milestone.indicator) if milestone.indicator else None
    if figure is None or milestone.at_least is None:
        return None
    total = figure.total(milestone.side, milestone.day)
    return total is not None and total >= milestone.at_least


def is_missed(milestone: Milestone, progress: Progress, day: str) -> bool:
    """Say whether the day of a milestone has passed without its figure."""
    return day > milestone.day and is_reached(milestone, progress) is False


def _standing(progress: Progress, day: str, warn_days: int, proven: bool) -> Standing:  # noqa: FBT001  (read beside its name)
    """Choose the word for what is proven and what the calendar says."""
    # By number: of a close-out and a reopening the later word counts, whatever days they claim.
    turns = sorted((m.entry, m.kind) for m in progress.marks if m.kind in (EntryKind.CLOSE, EntryKind.REOPEN))
    last_day = progress.item.last_day
    if progress.cancelled_on:
        return Standing.CANCELLED
    if turns and turns[-1][1] == EntryKind.CLOSE:
        return Standing.CLOSED
    if proven:
        return Standing.DONE
    if last_day and day > last_day:
        return Standing.OVERDUE
    if last_day and days_between(day, last_day) <= warn_days:
        return Standing.DUE_SOON
    return Standing.OPEN if progress.is_begun else Standing.NOT_STARTED


def _changed_since(progress: Progress) -> bool:
    """Whether figures were recorded or taken back after the item was closed out."""
    closed = max(mark.entry for mark in progress.marks if mark.kind == EntryKind.CLOSE)
    return progress.latest_figure > closed


def _late_until(progress: Progress, standing: Standing, day: str, finished_on: str) -> str:
    """Say up to which day an item may have been late; a deadline put off too late does not make up for it."""
    if standing == Standing.CANCELLED:
        return progress.cancelled_on
    if standing == Standing.OVERDUE:
        return day
    return finished_on or (day if progress.put_off and standing != Standing.CLOSED else "")


def _days_after(last_day: str, until: str) -> int:
    return max(0, days_between(last_day, until)) if last_day and until else 0


def _target(figure: Figure, day: str, last_day: str, sides: tuple[str, ...]) -> _Part:
    """Judge one figure against what was promised of it, for the whole or for each side by itself."""
    scopes = sides if figure.indicator.scope == Scope.EACH else ("",)
    parts = [_one_target(figure, side, day, last_day) for side in scopes]
    return max(met_on for met_on, _ in parts), tuple(lack for _, lacks in parts for lack in lacks)


def _one_target(figure: Figure, side: str, day: str, last_day: str) -> _Part:
    indicator = figure.indicator
    singles = [single for single in figure.singles if side in ("", single.side)]
    wants_figure = indicator.must_report or indicator.comparison == Comparison.AT_MOST
    if wants_figure and not singles:
        return "", (Lack(LackKind.FIGURE, indicator.key, side),)
    reported_on = min((single.day for single in singles), default="") if wants_figure else ""
    if indicator.target is None or indicator.comparison == Comparison.NONE:
        return reported_on, ()
    if indicator.comparison == Comparison.AT_MOST:
        total = figure.total(side, last_day or LATEST) or 0
        return _upper_bound(indicator.key, side, total - indicator.target, day, last_day)
    total = figure.total(side) or 0
    if total < indicator.target:
        return "", (Lack(LackKind.TARGET, indicator.key, side, indicator.target - total),)
    return max(reported_on, figure.reached_on(side, indicator.target)), ()


def _upper_bound(key: str, side: str, over: int, day: str, last_day: str) -> _Part:
    """Judge an upper bound, which can be kept only when the time is over."""
    if over > 0 and (not last_day or day > last_day):
        return "", (Lack(LackKind.EXCEEDED, key, side, over),)
    if not last_day or day <= last_day:
        return "", (Lack(LackKind.TARGET, key, side),)
    return last_day, ()


def _declaration(progress: Progress) -> _Part:
    """Judge the declarations: the office's own counts for all (本办认定), else each answering unit's."""
    first: dict[str, str] = {}
    for mark in progress.marks:
        if mark.kind == EntryKind.DECLARATION:
            first.setdefault(mark.agency, mark.day)
    units = [duty.agency for duty in answering(progress.duties)]
    silent = [unit for unit in units if unit not in first]
    if units and not silent:
        by_all = max(first[unit] for unit in units)
        return min(by_all, first.get("", by_all)), ()
    if "" in first:
        return first[""], ()
    return "", tuple(Lack(LackKind.DECLARATION, "", "", 0, unit) for unit in silent or [""])


def _papers(progress: Progress, sides: tuple[str, ...]) -> tuple[Lack, ...]:
    """Find the required papers that are not there, of the item as a whole or of each meeting."""
    return tuple(
        lack
        for requirement in progress.requirements
        for side in (sides if requirement.scope == Scope.EACH else ("",))
        for lack in _lacking(progress, requirement, side)
    )


def _lacking(progress: Progress, requirement: Requirement, side: str) -> tuple[Lack, ...]:
    """Say for which meetings a paper is missing; where none was held yet, and where it is asked once, for the item."""
    kind, figure = requirement.kind, progress.figure(requirement.per)
    if figure is None:
        papers = (mark for mark in progress.marks if mark.kind == EntryKind.PAPER)
        is_there = any(paper.subject == kind and side in ("", paper.side) for paper in papers)
        return () if is_there else (Lack(LackKind.PAPER, kind, side),)
    held = [single for single in figure.singles if single.amount and side in ("", single.side)]
    there = {
        event_of(paper.entry, paper.details)
        for paper in progress.papers()
        if paper.subject == kind and (not side or paper.side in ("", side))
    }
    lacking = [one for one in held if event_of(one.entry, one.details) not in there]
    if not held:
        return (Lack(LackKind.PAPER, kind, side),)
    return tuple(Lack(LackKind.PAPER, kind, side, 0, "", one.entry) for one in lacking)
