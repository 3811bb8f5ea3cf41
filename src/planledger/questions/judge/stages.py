"""Where the stages of an item stand (阶段), each with a last day, units and figures of its own: pure functions of progress and a day.

A stage is met when its figures are, or where it has none when each of its units has declared its part, or the office for
all. A row is late from the first missed stage on, and late are that stage's units.
"""

from typing import NamedTuple

from planledger.plan.days import LATEST, days_between
from planledger.plan.model.rows import Duty, Stage
from planledger.plan.model.terms import Comparison
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.lacks import Lack, LackKind, declared, figure_judged


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
    return tuple(
        _state(stage, progress, day, sides) for stage in sorted(progress.stages, key=lambda one: one.last_day)
    )


def _state(stage: Stage, progress: Progress, day: str, sides: tuple[str, ...]) -> StageState:
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
        parts = _declarations(progress, units)
    lacks = tuple(lack for _, of_part in parts for lack in of_part)
    met_on = "" if lacks else max(on for on, _ in parts)
    days_late = max(0, days_between(stage.last_day, met_on or day))
    return StageState(stage, units, met_on, lacks, days_late)


def _declarations(progress: Progress, units: tuple[str, ...]) -> list[tuple[str, tuple[Lack, ...]]]:
    """Judge whether each unit, or the office for all, has declared its part."""
    first, _ = declared(progress)
    by_office = first.get("", LATEST)
    days = {unit: min(first.get(unit, LATEST), by_office) for unit in units or ("",)}
    return [
        (on, () if on < LATEST else (Lack(LackKind.DECLARATION, agency=unit),)) for unit, on in days.items()
    ]
