"""What is due inside an item, on days of its own: its stages (阶段) and the periods of a rhythm (逐期). Pure functions of progress and a day.

A stage is met when its figures are, or where it has none when each of its units has declared its part, or the office for
all. A row is late from the first missed stage on, and late are that stage's units.

What is dated in a period counts for it: a figure, a declaration, a paper, words, also that there is nothing to report (零报告).
Each unit that answers for the row reports for itself; an entry of the office without a unit (本办代记) counts for all of
them. A missed period never changes the standing of its row.
"""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.plan.days import LATEST, days_between
from planledger.plan.model.entry_kinds import HAPPENED
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.rows import Duty, Stage
from planledger.plan.model.terms import Comparison
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.lacks import Lack, declaration_judged, figure_judged


class StageState(NamedTuple):
    """Where one stage of a row stands on a day."""

    stage: Stage
    units: tuple[str, ...]  # that answer for it; none where the row names nobody
    met_on: str  # empty while it is not
    lacks: tuple[Lack, ...]  # of the stage, not of the row
    days_late: int  # until the day, or until it was met

    @property
    def is_missed(self) -> bool:
        """Whether its last day is over and it is not met."""
        return self.days_late > 0 and not self.met_on

    def owed_by(self, duty: Duty) -> tuple[Lack, ...]:
        """What one unit has still to do for the stage."""
        if duty.agency not in self.units:
            return ()
        return tuple(
            one for one in self.lacks if one.agency in ("", duty.agency) and one.side in ("", duty.side)
        )


def stages_on(progress: Progress, day: str, sides: tuple[str, ...]) -> tuple[StageState, ...]:
    """Return where each stage of an item stands on *day*, the first last day first."""
    stages = sorted(progress.stages, key=lambda one: one.last_day)
    return tuple(_stage(stage, progress, day, sides) for stage in stages)


def _stage(stage: Stage, progress: Progress, day: str, sides: tuple[str, ...]) -> StageState:
    own = [duty.agency for duty in progress.duties if duty.agency in stage.units.split("、")]
    units = tuple(own) or progress.answering
    promised = dict(one.split("=") for one in stage.targets.split("、") if one)
    parts = []
    for figure in progress.figures:
        if figure.indicator.key in promised:
            target = int(promised[figure.indicator.key])
            indicator = figure.indicator._replace(target=target, comparison=Comparison.AT_LEAST.value)
            parts.append(figure_judged(figure._replace(indicator=indicator), day, stage.last_day, sides))
    if not parts:
        of_stage = progress._replace(parts=progress.stage_parts.get(stage.name, progress.parts))
        parts = [declaration_judged(of_stage, units)]
    lacks = tuple(lack for _, of_part in parts for lack in of_part)
    met_on = "" if lacks else max(on for on, _ in parts)
    days_late = max(0, days_between(stage.last_day, met_on or day))
    return StageState(stage, units, met_on, lacks, days_late)


class PeriodState(NamedTuple):
    """Where one period of a row stands on a day."""

    period: RhythmPeriod
    # the units of which nothing is dated in it; an empty name where nobody is named who answers
    missing: tuple[str, ...]
    late: tuple[str, ...]  # those of which the first thing is dated behind its last day
    is_passed: bool  # its last day is over

    @property
    def is_missed(self) -> bool:
        """Whether its last day has passed and something is lacking (漏报)."""
        return self.is_passed and bool(self.missing)


def periods_on(progress: Progress, day: str) -> tuple[PeriodState, ...]:
    """Return where each period of an item stands on *day*, those to come too; none after the item ends or is closed out."""
    if not progress.periods:
        return ()
    closed_on = progress.closing.day if progress.closing else ""
    until = min(day or LATEST for day in (progress.item.last_day, progress.cancelled_on, closed_on))
    units = progress.answering or ("",)
    reports = sorted((on, agency) for agency, on in _reports(progress))
    periods = (period for period in progress.periods if period.last_day <= until)
    return tuple(_period(period, units, reports, day) for period in periods)


def _period(
    period: RhythmPeriod, units: tuple[str, ...], reports: list[tuple[str, str]], day: str
) -> PeriodState:
    first: dict[str, str] = {}
    for on, agency in reports:
        if period.first_day <= on <= period.end:
            for unit in (agency,) if agency and units != ("",) else units:
                first.setdefault(unit, on)
    return PeriodState(
        period,
        tuple(unit for unit in units if unit not in first),
        tuple(unit for unit in units if first.get(unit, "") > period.last_day),
        day > period.last_day,
    )


def _reports(progress: Progress) -> Iterator[tuple[str, str]]:
    """Yield (agency, day) of everything that units, or the office, reported of the work."""
    yield from progress.reported_figures()
    yield from ((mark.agency, mark.day) for mark in progress.marks if mark.kind in HAPPENED)
