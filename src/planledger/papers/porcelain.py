"""Answers as JSON: a promise to programs that does not change. Keys are English, amounts in the indicator's unit."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from planledger.plan.amounts import plain_quantity
from planledger.plan.model import Duty, Milestone, Requirement
from planledger.plan.standard import standard
from planledger.plan.terms import Measure
from planledger.questions.progress import Figure
from planledger.questions.standing import Lack, LackKind, is_missed, is_reached

if TYPE_CHECKING:
    from planledger.questions.agencies import Units
    from planledger.questions.dossier import Dossier
    from planledger.questions.history import Entry, History
    from planledger.questions.overdue import Overdue
    from planledger.questions.sheet import Row, Sheet
    from planledger.questions.tally import Tally
    from planledger.questions.upcoming import Coming, Upcoming

Json = dict[str, Any]

_encode = JSONEncoder(ensure_ascii=False).encode
_encode_ascii = JSONEncoder().encode


def text(answer: Json) -> str:
    """Write an answer as the text of one JSON value: a line for each element of a list, nothing that acts on a terminal."""
    parts = []
    for key, value in answer.items():
        if isinstance(value, list) and value:
            elements = ",\n    ".join(_written(element) for element in value)
            parts.append(f"  {_written(key)}: [\n    {elements}\n  ]")
        else:
            parts.append(f"  {_written(key)}: {_written(value)}")
    return "{\n" + ",\n".join(parts) + "\n}"


def _written(value: Any) -> str:
    written = _encode(value)
    if written.isprintable():
        return written
    return "".join(c if c.isprintable() or c == "\u3000" else _encode_ascii(c)[1:-1] for c in written)


def status(sheet: Sheet, rows: tuple[Row, ...], _agencies: tuple[str, ...]) -> Json:
    """The rows of the annex as they stand."""
    return {**_head(sheet), "items": [_item(sheet, row) for row in rows]}


def sums(sheet: Sheet, counted: tuple[Tally, ...], _by: str) -> Json:
    """How many rows stand where."""
    rows = [
        {"name": t.name, "rows": t.rows, **{word.value: n for word, n in t.standings.items()}}
        for t in counted
    ]
    return {**_head(sheet), "sums": rows}


def overdue(answer: Overdue) -> Json:
    """What is late, by the unit that owes it."""
    return {
        **_head(answer.sheet),
        "due": answer.due,
        "done": answer.done,
        "done_late": answer.done_late,
        "overdue": len(answer.late),
        "owing_agencies": answer.owing,
        "lacking_papers": answer.lacking_papers,
        "agencies": [
            {
                "agency": debtor.agency.name,
                "side": debtor.agency.side,
                "last_entry": debtor.last_entry or None,
                "items": [
                    {
                        "code": debt.row.item.code,
                        "title": debt.row.item.title,
                        "role": debt.duty.role,
                        "owes": not debt.assists,
                        "last_day": debt.row.item.last_day,
                        "days_late": debt.row.judgement.days_late,
                        "lacks": [_lack(one, debt.row) for one in debt.lacks],
                    }
                    for debt in debtor.debts
                ],
            }
            for debtor in answer.debtors
        ],
    }


def overdue_by_item(answer: Overdue) -> Json:
    """What is late, row by row."""
    return {**_head(answer.sheet), "items": [_item(answer.sheet, row) for row in answer.late]}


def upcoming(answer: Upcoming) -> Json:
    """The dates of the next days."""
    return {**_head(answer.sheet), "days": answer.days, "dates": [_date(date) for date in answer.dates]}


def dossier(answer: Dossier) -> Json:
    """Everything about a row."""
    sheet = answer.sheet
    items = []
    for row in answer.rows:
        item, progress = row.item, row.progress
        indicators = [figure.indicator for figure in progress.figures]
        items.append(
            {
                **_item(sheet, row),
                "units": item.units,
                "open_units": item.open_units or None,
                "remark": item.remark or None,
                "clause": {"number": item.clause, "text": answer.clauses.get(item.clause, "")}
                if item.clause
                else None,
                "standard": standard(item, indicators, progress.requirements, len(sheet.sides)),
                "by_agency": [_split(figure) for figure in progress.figures],
                "milestones": [_milestone(m, row, sheet.as_of) for m in progress.milestones],
                "papers": [_requirement(requirement, row) for requirement in progress.requirements],
                "entries": history(answer.entries[item.code])["entries"],
                "findings": [f._asdict() for f in answer.findings if f.place == item.code],
            }
        )
    return {**_head(sheet), "items": items}


def history(answer: History) -> Json:
    """The entries, newest first."""
    return {
        "plan": answer.plan.key,
        "as_of": answer.as_of,
        "entries": [_entry(entry, answer) for entry in answer.entries],
    }


def agencies(answer: Units) -> Json:
    """The units with their duties and their silence."""
    return {
        **_head(answer.sheet),
        "agencies": [
            {
                "agency": unit.agency.name,
                "side": unit.agency.side,
                "short": [name for name in unit.agency.short.split("、") if name],
                "initials": [name for name in unit.agency.initials.split("、") if name],
                "contact": unit.agency.contact or None,
                "duties": [
                    {"code": row.item.code, "role": duty.role, "owes": bool(row.owed_by(duty))}
                    for row, duty in unit.duties
                ],
                "owing": unit.owing,
                "last_entry": unit.last_entry or None,
                "silent_days": unit.silent_days,
            }
            for unit in answer.units
        ],
    }


def _head(sheet: Sheet) -> Json:
    return {"plan": sheet.plan.key, "as_of": sheet.as_of}


def _item(sheet: Sheet, row: Row) -> Json:
    item, judgement = row.item, row.judgement
    return {
        "code": item.code,
        "area": sheet.area_name(item.area),
        "title": item.title,
        "text": item.text,
        "due": item.due,
        "last_day": item.last_day or None,
        "standing": judgement.standing.value,
        "days_late": judgement.days_late,
        "finished_on": judgement.finished_on or None,
        "needs_review": judgement.needs_review,
        "lacks": [_lack(one, row) for one in judgement.lacks],
        "missed_milestones": [milestone.label for milestone in judgement.missed],
        "indicators": [_indicator(figure, row, sheet.side_names) for figure in row.progress.figures],
        "duties": [_duty(duty, row) for duty in row.progress.duties],
        "last_entry": row.last_entry or None,
    }


def _indicator(figure: Figure, row: Row, sides: tuple[str, ...]) -> Json:
    indicator, decimals = figure.indicator, figure.indicator.decimals
    total = figure.total()
    lacking = any(one.key == indicator.key and one.kind != LackKind.PAPER for one in row.judgement.lacks)
    if indicator.measure == Measure.STOCK:
        by_side = {side: _plain(figure.total(side), decimals) for side in sides}
    else:
        totals = figure.by_side()
        by_side = {side: _plain(totals.get(side, 0), decimals) for side in sides}
    return {
        "key": indicator.key,
        "label": indicator.label,
        "unit": indicator.unit,
        "measure": indicator.measure,
        "scope": indicator.scope,
        "total": _plain(total, decimals),
        "by_side": by_side,
        "comparison": indicator.comparison,
        "target": _plain(indicator.target, decimals),
        "met": None if indicator.target is None else not lacking,
    }


def _plain(amount: int | None, decimals: int) -> int | float | None:
    return None if amount is None else plain_quantity(amount, decimals)


def _duty(duty: Duty, row: Row) -> Json:
    return {
        "agency": duty.agency,
        "side": duty.side or None,
        "role": duty.role,
        "group": bool(duty.is_group),
        "owes": bool(row.owed_by(duty)),
    }


def _lack(one: Lack, row: Row) -> Json:
    figure = row.progress.figure(one.key) if one.kind in (LackKind.TARGET, LackKind.EXCEEDED) else None
    return {
        "kind": one.kind.value,
        "key": one.key or None,
        "side": one.side or None,
        "agency": one.agency or None,
        "amount": plain_quantity(one.amount, figure.indicator.decimals) if figure else None,
    }


def _split(figure: Figure) -> Json:
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


def _milestone(milestone: Milestone, row: Row, day: str) -> Json:
    return {
        "label": milestone.label,
        "day": milestone.day,
        "kind": milestone.kind,
        "about": bool(milestone.is_about),
        "reached": is_reached(milestone, row.progress),
        "missed": is_missed(milestone, row.progress, day),
    }


def _requirement(requirement: Requirement, row: Row) -> Json:
    return {
        "kind": requirement.kind,
        "scope": requirement.scope,
        "lacking": any(
            one.kind == LackKind.PAPER and one.key == requirement.kind for one in row.judgement.lacks
        ),
    }


def _entry(entry: Entry, answer: History) -> Json:
    indicator = answer.indicators.get((entry.code, entry.indicator))
    return {
        "id": entry.id,
        "code": entry.code or None,
        "kind": entry.kind,
        "indicator": entry.indicator or None,
        "amount": _plain(entry.amount, indicator.decimals) if indicator else entry.amount,
        "dated": entry.dated,
        "recorded_at": entry.recorded_at,
        "agency": entry.agency or None,
        "side": entry.side or None,
        "by": entry.by,
        "note": entry.note,
        "subject": entry.subject or None,
        "reverses": entry.reverses,
        "reversed_by": entry.reversed_by,
    }


def _date(date: Coming) -> Json:
    return {
        "day": date.day,
        "kind": date.kind,
        "code": date.code or None,
        "label": date.label,
        "days_left": date.days_left,
        "binding": date.binding,
        "last_working_day": date.working_day.day,
        "by_holidays": date.working_day.by_holidays,
    }
