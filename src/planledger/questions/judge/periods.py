"""Which periods of a rhythm that obliges (逐期) were reported, by whom, and which were missed: pure functions of progress and a day.

What is dated in a period counts for it: a figure, a declaration, a paper, words, also that there is nothing to report (零报告).
Each unit that answers for the row reports for itself; an entry of the office without a unit (本办代记) counts for all of
them. A missed period never changes the standing of its row.
"""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model.entry_kinds import HAPPENED
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.questions.facts.progress import Progress


class PeriodState(NamedTuple):
    """Where one period of a row stands on a day."""

    period: RhythmPeriod
    missing: tuple[
        str, ...
    ]  # the units of which nothing is dated in it; an empty name where nobody is named who answers
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
    return tuple(
        _state(period, units, reports, day) for period in progress.periods if period.last_day <= until
    )


def _state(
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
