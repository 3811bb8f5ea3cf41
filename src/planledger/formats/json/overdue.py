"""What is late as JSON: by unit, by item, by side, with the late filings; and how often each unit was chased for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.json import entries as json_entries
from planledger.formats.json import items as json_items
from planledger.formats.json.items import Json, head_json, unit_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planledger.formats import answers


def overdue(answer: answers.Overdue) -> Json:
    """What is late, by the unit that owes it."""
    return {
        **head_json(answer.sheet),
        "due": answer.due,
        "done": answer.done,
        "done_late": answer.done_late,
        "overdue": len(answer.late),
        "to_review": answer.to_review,
        "overdue_by_stages": answer.by_stages,
        "late_without_debt": [row.item.code for row in answer.late_without_debt],
        "owing_agencies": answer.owing,
        "lacking_papers": answer.lacking_papers,
        "agencies": [
            {
                **unit_json(debtor.agency),
                "last_entry": answer.latest.get(debtor.agency.name) or None,
                "chased": json_entries.chased_json(answer.chased_unit(debtor.agency.name)),
                "items": [
                    {
                        "code": debt.row.item.code,
                        "title": debt.row.item.title,
                        "role": debt.duty.role,
                        "owes": not debt.assists,
                        "last_day": debt.row.judgement.last_day,
                        "days_late": debt.row.judgement.days_late,
                        "stages": [one.stage.name for one in debt.row.judgement.late_stages],
                        "lacks": [json_items.lack_json(one, debt.row) for one in debt.lacks],
                        "chased": json_entries.chased_json(
                            answer.chased(debtor.agency.name, [debt.row.item.code])
                        ),
                    }
                    for debt in debtor.debts
                ],
            }
            for debtor in answer.debtors
        ],
        "missed_periods": _missed_periods(answer),
        "filings": _late_filings(answer),
    }


def overdue_by_item(answer: answers.Overdue) -> Json:
    """What is late, row by row."""
    return {
        **head_json(answer.sheet),
        "items": [
            {
                **json_items.item_json(answer.sheet, row),
                "chased": _chased_units(answer, row.owing_agencies, [row.item.code]),
            }
            for row in answer.late
        ],
        "missed_periods": _missed_periods(answer),
        "filings": _late_filings(answer),
    }


def overdue_by_side(sheet: answers.Sheet, parts: tuple[tuple[str, answers.Overdue], ...]) -> Json:
    """What is late, of each side for itself."""
    head = head_json(sheet)
    sides = [
        {"side": side, **{k: v for k, v in overdue(part).items() if k not in head}} for side, part in parts
    ]
    return {**head, "sides": sides}


def _missed_periods(answer: answers.Overdue) -> list[Json]:
    """The periods for which something was to come by now, with the units from which nothing came."""
    return [
        {"code": one.row.item.code, **one.period._asdict(), "agencies": list(one.agencies)}
        for one in answer.missed_periods
    ]


def _late_filings(answer: answers.Overdue) -> list[Json]:
    """What was to be filed by now, with the units from which it has not come, or not whole."""
    return [
        {
            "key": late.filing.key,
            "last_day": late.filing.last_day,
            "days_late": late.days_late,
            "agencies": [agency.name for agency, _ in late.units],
            "parts": {agency.name: list(state.parts) for agency, state in late.units if state.parts},
            "chased": _chased_units(answer, [agency.name for agency, _ in late.units], (), [late.filing.key]),
        }
        for late in answer.filings
    ]


def _chased_units(
    answer: answers.Overdue, agencies: Iterable[str], codes: Collection[str], filings: Collection[str] = ()
) -> Json:
    """How often each unit that owes something was chased for it; those that never were are left out."""
    chased = {name: json_entries.chased_json(answer.chased(name, codes, filings)) for name in agencies}
    return {name: one for name, one in chased.items() if one}
