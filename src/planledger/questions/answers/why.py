"""Why a row has its standing (为什么): which day counts, what each condition rests on, what is lacking and whose it is."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from planledger.plan.days import days_between, shift
from planledger.plan.model.entry_kinds import DECLARED
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import AmendmentKind, Comparison, EntryKind, Measure, Standing
from planledger.questions.answers.history import History
from planledger.questions.facts.figure import Figure
from planledger.questions.judge.amending import unreported
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.judge.merging import does_count
from planledger.questions.sheet import Row, Sheet

LEAST_FOR_PACE = 10  # of a target: a straight line says nothing of two meetings


class Obstacle(StrEnum):
    """Why nothing that is supplied today finishes a row."""

    CANCELLED = "cancelled"  # 终止
    EXCEEDED = "exceeded"  # 超上限
    NOT_YET = "not_yet"  # an upper bound is judged when its last day is over
    UNANSWERED = "unanswered"  # nobody is left who counts the figure (报数单位)


class Condition(NamedTuple):
    """One thing that a row must have before it is done: a figure, the declarations, or a kind of paper."""

    subject: str  # key of the indicator, or kind of paper; empty: the declarations
    figure: Figure | None  # of an indicator
    entries: tuple[int, ...]  # that count for it, the oldest first
    lacks: tuple[Lack, ...]
    owners: tuple[str, ...]  # the units that owe what is lacking; empty: the office, or nobody
    papers: tuple[str, ...]  # the kinds of paper that the plan asks for as its proof


class Reasons(NamedTuple):
    """Why one row has its standing on a day."""

    plan_day: str  # the last day by the document's own words; empty where they name none
    amended_by: int  # the amendment that made the last day what it is; 0: none did
    conditions: tuple[Condition, ...]
    obstacles: tuple[Obstacle, ...]
    since: str  # from which day on the row has had this standing; empty: it never had another
    before: Standing | None  # the standing until then


def reasons(sheet: Sheet, row: Row, history: History, standing_on: Callable[[str], Standing]) -> Reasons:
    """Explain the standing of *row* by its judgement, and by the entries that the judgement rests on.

    Args:
        sheet: the annex on the day of the question.
        row: one of its rows.
        history: all entries of the row until that day.
        standing_on: the standing of the row on an earlier day, by what is known now.
    """
    moved = [one for one in row.progress.amendments if one.subject == AmendmentKind.DUE]
    since, before = _turn(sheet, row, history, standing_on)
    return Reasons(
        plan_day=moved[0].details.text("said") if moved else row.item.last_day,
        amended_by=moved[-1].entry if moved else 0,
        conditions=(*_figures(sheet, row, history), *_declarations(row), *_papers(row)),
        obstacles=tuple(_obstacles(sheet, row)),
        since=since,
        before=before,
    )


def _figures(sheet: Sheet, row: Row, history: History) -> Iterable[Condition]:
    """List the figures that are judged, with the entries that add up to them."""
    standing = [one for one in history.entries[::-1] if not one.reversed_by and not one.reverses]
    for figure in row.progress.figures:
        indicator = figure.indicator
        if indicator.target is None and not indicator.must_report:
            continue
        own = (one for one in standing if (one.kind, one.indicator) == (EntryKind.AMOUNT, indicator.key))
        counting = (one for one in own if does_count(figure, one.agency, one.dated, sheet.units))
        lacks = row.judgement.lacks_of_figure(indicator.key)
        papers = [one.kind for one in row.progress.requirements if one.per in ("", indicator.key)]
        owners = [one for one in _owners(row, lacks) if not figure.sources or one in figure.sources]
        entries = tuple(one.number for one in counting)
        yield Condition(indicator.key, figure, entries, lacks, tuple(owners), tuple(papers))


def _declarations(row: Row) -> Iterable[Condition]:
    """Give the declarations, where the row asks for them."""
    if row.progress.asks_declaration:
        entries = tuple(mark.entry for mark in row.progress.marks if mark.kind in DECLARED)
        lacks = tuple(one for one in row.judgement.lacks if one.kind == LackKind.DECLARATION)
        papers = tuple(one.kind for one in row.progress.requirements if not one.per)
        yield Condition("", None, entries, lacks, _owners(row, lacks), papers)


def _papers(row: Row) -> Iterable[Condition]:
    """List the papers that must be there, each kind once, with those of the row and of the events that it counts."""
    events = {one.event for figure in row.progress.figures for one in figure.singles}
    of_events = [one for one in row.progress.papers_elsewhere if one.event in events]
    papers = [*row.progress.own_papers(), *of_events]
    for kind in dict.fromkeys(one.kind for one in row.progress.requirements):
        entries = tuple(sorted({mark.entry for mark in papers if mark.subject == kind}))
        lacks = tuple(one for one in row.judgement.lacks if (one.kind, one.key) == (LackKind.PAPER, kind))
        yield Condition(kind, None, entries, lacks, _owners(row, lacks), (kind,))


def _owners(row: Row, lacks: Iterable[Lack]) -> tuple[str, ...]:
    """Name the units that owe any of what is lacking."""
    several = {*lacks}
    return tuple(duty.agency for duty in row.duties if several.intersection(row.owed_by(duty)))


def _obstacles(sheet: Sheet, row: Row) -> Iterable[Obstacle]:
    """Find out why nothing that is supplied today finishes the row."""
    if row.judgement.standing == Standing.CANCELLED:
        yield Obstacle.CANCELLED
        return
    lacks = row.judgement.lacks
    if any(one.kind == LackKind.EXCEEDED for one in lacks):
        yield Obstacle.EXCEEDED
    bounded = {
        one.indicator.key for one in row.progress.figures if one.indicator.comparison == Comparison.AT_MOST
    }
    is_over = "" < row.item.last_day < sheet.as_of
    if not is_over and any(
        one.kind in (LackKind.TARGET, LackKind.FIGURE) and one.key in bounded for one in lacks
    ):
        yield Obstacle.NOT_YET
    silent = {(figure.indicator.key, side) for figure, side in unreported(row.progress, sheet.side_names)}
    if any((one.key, one.side) in silent for one in lacks):
        yield Obstacle.UNANSWERED


def _turn(
    sheet: Sheet, row: Row, history: History, standing_on: Callable[[str], Standing]
) -> tuple[str, Standing | None]:
    """Find the day on which the row last came by another standing, and which one that was.

    A standing changes only on a day of an entry, when the warning days begin, or on the day after a last day.
    """
    progress = row.progress
    last_days = {progress.item.last_day, *(was for was, _ in progress.put_off)} - {""}
    days = {one.dated for one in history.entries} | {mark.day for mark in progress.papers_elsewhere}
    days |= {shift(stage.last_day, 1) for stage in progress.stages}
    days |= {shift(day, 1) for day in last_days} | {shift(day, -sheet.plan.warn_days) for day in last_days}
    for day in sorted((day for day in days if day <= sheet.as_of), reverse=True):
        before = standing_on(shift(day, -1))
        if before != row.judgement.standing:
            return day, before
    return "", None


def pace(sheet: Sheet, row: Row, indicator: Indicator) -> int | None:
    """Return how far a figure that adds up would be by today if it grew evenly from 1 January, or where its deadline begins, to the last day."""
    target, last_day = indicator.target or 0, row.item.last_day
    least = LEAST_FOR_PACE * 10**indicator.decimals
    if indicator.measure != Measure.FLOW or indicator.comparison == Comparison.AT_MOST or target < least:
        return None
    from planledger.plan.phrases.deadlines import named_beginning

    year = sheet.plan.year
    first = max(f"{year}-01-01", named_beginning(row.item.due, year))
    if not last_day or last_day <= first:
        return None
    elapsed, whole = days_between(first, sheet.as_of) + 1, days_between(first, last_day) + 1
    return target * max(0, min(elapsed, whole)) // whole
