"""Units that were renamed or merged (更名、合并): what was planned and recorded of them, by the names of the day. Pure.

A judgement behind this knows of names only. What a merged unit owes of one row it owes once, and it has declared or
handed in something only when each of its parts has.
"""

from collections.abc import Iterable
from typing import Any

from planledger.plan.model.entry_details import with_details
from planledger.plan.model.rows import Duty, answering
from planledger.plan.model.terms import Role
from planledger.plan.phrases.unit_names import UnitNames
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.facts.figure import Figure, UnsummedAmount
from planledger.questions.facts.progress import Mark, Progress
from planledger.questions.judge.shares import with_reported

BEFORE_MERGER = "（合并前）"  # behind the name of a unit, of what it reported before it took others in
Amounts = dict[tuple[str, str, str], int]


def named_on_day(form: EmptySheet, units: UnitNames) -> EmptySheet:
    """The annex with its units as they are called on the day of the question, and one duty for each of them in a row."""
    if not units:
        return form
    units = units._replace(agencies=form.agencies)
    offices = form.plan.office_names
    bound = {duty.agency for row in form.rows for duty in row.duties if not duty.is_group}
    return form._replace(
        plan=form.plan._replace(offices="、".join(units.in_plan(offices, units.day))),
        agencies=units.agencies_on(units.day),
        rows=tuple(_row(row, units) for row in form.rows),
        units=units,
        parts=_parts(bound.difference(offices), units),
    )


def _parts(names: Iterable[str], units: UnitNames) -> dict[str, frozenset[str]]:
    """Of each merged unit those of its parts that are among some *names* of the plan."""
    parts: dict[str, frozenset[str]] = {}
    for name in names:
        for unit in units.in_plan([name], units.day):
            parts[unit] = parts.get(unit, frozenset()) | units.parts_in_plan(name)
    return {unit: of_unit for unit, of_unit in parts.items() if len(units.parts(unit)) > 1}


def _row(row: Progress, units: UnitNames) -> Progress:
    duties: dict[str, Duty] = {}
    for duty in row.duties:
        for name in units.in_plan([duty.agency], units.day):
            both = (duties.get(name, duty), duty)
            duties[name] = min(both, key=lambda one: Role(one.role).strength)._replace(agency=name)
    every, answer = ([duty.agency for duty in some] for some in (row.duties, answering(row.duties)))
    figures = (
        figure._replace(
            sources=units.in_plan(figure.sources, units.day),
            parts=frozenset().union(*map(units.parts_in_plan, figure.sources)),
        )
        for figure in row.figures
    )
    parts = _parts(every, units) | _parts(answer, units)
    # a unit that was dropped from the row is asked for none of its stages
    named = {one.name: [unit for unit in one.units.split("、") if unit in every] for one in row.stages}
    stages = (one._replace(units="、".join(units.in_plan(named[one.name], units.day))) for one in row.stages)
    return row._replace(
        duties=tuple(duties.values()),
        figures=tuple(figures),
        parts=parts,
        stages=tuple(stages),
        stage_parts={stage: _parts(several, units) for stage, several in named.items() if several},
    )


def does_count(figure: Figure | None, agency: str, day: str, units: UnitNames) -> bool:
    """Whether a figure that a unit reported for a day counts, by whichever of its names; what a part reported that did not, does not."""
    if figure is None or not (units and agency and figure.sources):
        return figure is None or figure.counts(agency)
    return bool(units.parts(agency, day) & figure.parts)


def newest_that_counts(row: Progress, latest: Iterable[tuple[Any, ...]], units: UnitNames) -> int:
    """The number of the newest figure of a row that counts, of the latest of each indicator, unit and day."""
    figures = {one.indicator.key: one for one in row.figures}
    counted = [int(n) for key, agency, day, n in latest if does_count(figures.get(key), agency, day, units)]
    return max(counted, default=0)


def given(figure: Figure, amounts: Amounts, singles: Iterable[UnsummedAmount], units: UnitNames) -> Figure:
    """The figure with what was recorded; what a part reported that did not count (核对数) stays its own and does not count now."""
    if not units:
        return with_reported(figure.given(amounts, singles))

    def named(agency: str, day: str) -> str:
        now = units.of(agency)
        if now not in figure.sources or does_count(figure, agency, day, units):
            return now
        return f"{agency}{BEFORE_MERGER}" if agency == now else agency

    whole: Amounts = {}
    for (side, agency, day), amount in amounts.items():
        name = side, named(agency, day), day
        whole[name] = whole.get(name, 0) + amount
    if figure.shares:
        singles = [one._replace(parts=units.parts(one.agency, one.day, one.entry)) for one in singles]
    of_day = [one._replace(agency=named(one.agency, one.day)) for one in singles]
    return with_reported(figure.given(whole, of_day))


def marks_on_day(marks: Iterable[Mark], units: UnitNames) -> tuple[Mark, ...]:
    """The marks of a row or of the plan by the names of the day, with the units behind each."""
    return tuple(_named(mark, units) if units else mark for mark in marks)


def _named(mark: Mark, units: UnitNames) -> Mark:
    details = mark.details
    if held_by := details.text("held_by"):
        details = with_details(details, held_by=units.of(held_by))
    parts = units.parts(mark.agency, mark.day, mark.entry)
    return mark._replace(agency=units.of(mark.agency), parts=parts, details=details)
