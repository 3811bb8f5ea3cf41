"""The elements that JSON answers are made of: rows, figures, duties, entries, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planledger.plan.model.rows import Agency, Duty, Milestone, Requirement, plain_quantity
from planledger.plan.model.terms import Measure, Scope
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.inner_days import PeriodState, StageState
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.judge.standing import declared_on, is_missed, is_reached

if TYPE_CHECKING:
    from planledger.questions.answers.history import History
    from planledger.questions.answers.sums import Tally
    from planledger.questions.answers.upcoming import Coming
    from planledger.questions.answers.why import Reasons
    from planledger.questions.sheet import Row, Sheet

Json = dict[str, Any]


def head_json(answer: Sheet | History) -> Json:
    """Which plan an answer is about, and of which day."""
    return {"plan": answer.plan.key, "as_of": answer.as_of}


def tally_json(tally: Tally) -> Json:
    """How many rows stand where."""
    return {"rows": tally.rows, **{word.value: n for word, n in tally.standings.items()}}


def unit_json(agency: Agency) -> Json:
    """Which unit something is of."""
    return {"agency": agency.name, "side": agency.side}


def item_json(sheet: Sheet, row: Row) -> Json:
    """A row as it stands."""
    item, judgement = row.item, row.judgement
    return {
        "code": item.code,
        "area": sheet.area_name(item.area),
        "title": item.title,
        "text": item.text,
        "due": item.due,
        "last_day": item.last_day or None,
        "standing": judgement.standing.value,
        "begun": row.progress.is_begun,
        "days_late": judgement.days_late,
        "late_before_extension": judgement.late_before,
        "finished_on": judgement.finished_on or None,
        "needs_review": judgement.needs_review,
        "lacks": [lack_json(one, row) for one in judgement.lacks],
        "missed_milestones": [milestone.label for milestone in judgement.missed],
        "missed_stages": [one.stage.name for one in judgement.stages if one.is_missed],
        "missed_periods": [period.label for period in judgement.missed_periods],
        "indicators": [indicator_json(figure, row, sheet.side_names) for figure in row.progress.figures],
        "duties": [duty_json(duty, row) for duty in row.progress.duties],
        "amendments": [amendment_json(one, row) for one in row.progress.amendments],
        "last_entry": row.last_entry or None,
    }


def amendment_json(one: Mark, row: Row) -> Json:
    """What was changed of a row, with the plan's own value and the one in force."""
    key, own = one.details.text("key"), one.details.text("said") or None  # `said`: the plan's own value
    indicator = row.progress.indicator(key)
    decimals = indicator.decimals if indicator else 0
    return {
        "entry": one.entry,
        "subject": one.subject,
        "from": one.day,
        "basis": one.details.text("basis"),
        "because": one.note,
        "indicator": key or None,
        "agency": one.agency or None,
        "role": one.details.text("role") or None,
        "plan_value": amount_json(one.details.number("said"), decimals) if own and key else own,
        "value": amount_json(one.details.number("target"), decimals)
        if key
        else one.details.text("due") or None,
    }


def indicator_json(figure: Figure, row: Row, sides: tuple[str, ...]) -> Json:
    """A figure against what was promised of it, for the whole and for each side."""
    indicator, decimals = figure.indicator, figure.indicator.decimals
    total = figure.total()
    lacking = row.judgement.lacks_of_figure(indicator.key)
    is_by_side = indicator.measure == Measure.STOCK or indicator.scope == Scope.EACH
    unreported = None if is_by_side or total is None else 0
    by_side = {}
    for side in sides:
        own = figure.total(side)
        by_side[side] = amount_json(unreported if own is None else own, decimals)
    return {
        "key": indicator.key,
        "label": indicator.label,
        "unit": indicator.unit,
        "measure": indicator.measure,
        "scope": indicator.scope,
        "total": amount_json(total, decimals),
        "by_side": by_side,
        "comparison": indicator.comparison,
        "target": amount_json(indicator.target, decimals),
        "from": list(figure.sources),
        "checks": [{"agency": agency, "total": amount_json(n, decimals)} for agency, n in figure.checks()],
        "quotas": [
            {
                "agency": share.owner,
                "target": amount_json(share.indicator.target, decimals),
                "total": amount_json(share.total(), decimals),
                "met": not any(one.agency == share.owner for one in lacking),
            }
            for share in figure.shares
        ],
        "met": None if indicator.target is None else not lacking,
    }


def amount_json(amount: int | None, decimals: int) -> int | float | None:
    """An amount in its unit; null where there is none."""
    return None if amount is None else plain_quantity(amount, decimals)


def duty_json(duty: Duty, row: Row) -> Json:
    """A unit's part in a row, and whether it still owes."""
    return {
        "agency": duty.agency,
        "side": duty.side or None,
        "role": duty.role,
        "group": bool(duty.is_group),
        "declared_on": declared_on(row.progress, duty) or None,
        "owes": bool(row.owed_by(duty)),
    }


def lack_json(one: Lack, row: Row) -> Json:
    """One thing that is lacking."""
    counted = row.progress.indicator(one.key) if one.kind in (LackKind.TARGET, LackKind.EXCEEDED) else None
    return {
        "kind": one.kind.value,
        "key": one.key or None,
        "side": one.side or None,
        "agency": one.agency or None,
        "parts": list(one.parts),
        "entry": one.entry or None,
        "amount": plain_quantity(one.amount, counted.decimals) if counted else None,
    }


def why_json(sheet: Sheet, row: Row, why: Reasons) -> Json:
    """Why a row has its standing, and of each figure what the calendar would ask by today (序时进度)."""
    from planledger.questions.answers.why import pace

    conditions = [
        {
            "indicator": one.figure.indicator.key if one.figure else None,
            "paper": None if one.figure else one.subject or None,
            "entries": list(one.entries),
            "lacks": [lack_json(lack, row) for lack in one.lacks],
            "agencies": list(one.owners),
            "papers": list(one.papers),
            "pace": amount_json(pace(sheet, row, one.figure.indicator), one.figure.indicator.decimals)
            if one.figure
            else None,
        }
        for one in why.conditions
    ]
    return {
        "plan_day": why.plan_day or None,
        "amended_by": why.amended_by or None,
        "conditions": conditions,
        "obstacles": [one.value for one in why.obstacles],
        "since": why.since or None,
        "before": why.before and why.before.value,
    }


def split_json(figure: Figure) -> Json:
    """A figure by the unit that reported it; null is the office's own entry."""
    totals: dict[tuple[str, str], int] = {}
    for (side, agency, _), amount in figure.amounts.items():
        totals[side, agency] = totals.get((side, agency), 0) + amount
    decimals = figure.indicator.decimals
    reported = [
        {"side": s or None, "agency": a or None, "total": plain_quantity(n, decimals)}
        for (s, a), n in totals.items()
        if n
    ]
    return {"key": figure.indicator.key, "reported": reported}


def milestone_json(milestone: Milestone, row: Row, day: str) -> Json:
    """A date inside the work, and whether it was reached."""
    return {
        "label": milestone.label,
        "day": milestone.day,
        "kind": milestone.kind,
        "about": bool(milestone.is_about),
        "reached": is_reached(milestone, row.progress),
        "missed": is_missed(milestone, row.progress, day),
    }


def stage_json(state: StageState) -> Json:
    """A stage of a row, whose it is, and whether it was met."""
    return {
        "name": state.stage.name,
        "due": state.stage.due,
        "last_day": state.stage.last_day,
        "agencies": list(state.units),
        "met_on": state.met_on or None,
        "missed": state.is_missed,
        "days_late": state.days_late,
    }


def period_json(state: PeriodState) -> Json:
    """A period of a rhythm, and from which units nothing came for it, or only behind its last day."""
    return {
        **state.period._asdict(),
        "missed": state.is_missed,
        "missing": [name for name in state.missing if name],
        "late": [name for name in state.late if name],
    }


def requirement_json(requirement: Requirement, row: Row) -> Json:
    """A paper that a row must have, and whether any is lacking."""
    lacking = {one.key for one in row.judgement.lacks if one.kind == LackKind.PAPER}
    return {
        "kind": requirement.kind,
        "scope": requirement.scope,
        "per": requirement.per or None,
        "lacking": requirement.kind in lacking,
    }


def date_json(date: Coming) -> Json:
    """A date that comes, and the units that have still to act."""
    return {
        "day": date.day,
        "kind": date.kind,
        "code": date.code or None,
        "label": date.label,
        "days_left": date.days_left,
        "binding": date.binding,
        "last_working_day": date.working_day.day,
        "by_holidays": date.working_day.by_holidays,
        "agencies": list(date.agencies),
    }
