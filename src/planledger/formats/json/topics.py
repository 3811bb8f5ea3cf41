"""Answers of which each topic has its own list as JSON: what changed, and what in the data is to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.json import entries as json_entries
from planledger.formats.json import items as json_items
from planledger.formats.json.items import Json, head_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planledger.formats import answers
    from planledger.questions.answers.doubts import Doubt
    from planledger.questions.facts.entry_rows import Entry


def changes(answer: answers.Changes) -> Json:
    """What changed: rows, figures, and entries by their kinds."""
    from planledger.questions.answers.changes import TOPICS

    def entries(several: Iterable[Entry]) -> list[Json]:
        return [json_entries.entry_json(one, answer.history) for one in several]

    return {
        **head_json(answer.sheet),
        "since": answer.since,
        "since_entry": answer.head or None,
        "newly_late": [json_items.item_json(answer.sheet, row) for row in answer.newly_late],
        "newly_done": [json_items.item_json(answer.sheet, row) for row in answer.newly_done],
        "undone": [json_items.item_json(answer.sheet, row) for row in answer.undone],
        "figures": [
            {
                "code": one.row.item.code,
                "key": one.indicator.key,
                "label": one.indicator.label,
                "unit": one.indicator.unit,
                "before": json_items.amount_json(one.before, one.indicator.decimals),
                "after": json_items.amount_json(one.after, one.indicator.decimals),
            }
            for one in answer.figures
        ],
        **{kind.value: entries(answer.of_kind(kind)) for kind in TOPICS},
        "backdated": entries(answer.backdated),
        "left_out": answer.left_out,
        "left_out_since": answer.left_out_since or None,
    }


def doubts(answer: answers.Doubts) -> Json:
    """What is to be looked at, each finding with its entries."""

    def finding(one: Doubt) -> Json:
        indicator = one.figure.indicator if one.figure else None
        decimals = indicator.decimals if indicator else 0
        return {
            "kind": one.kind,
            "codes": [row.item.code for row in one.rows],
            "key": indicator.key if indicator else None,
            "agencies": [
                {
                    "agency": unit.agency,
                    "total": json_items.amount_json(unit.total, decimals),
                    "counted": json_items.amount_json(unit.counted, decimals),
                }
                for unit in one.units
            ],
            "archive_day": one.day or None,
            "entries": [json_entries.entry_json(entry, answer.history) for entry in one.entries],
        }

    return {**head_json(answer.sheet), "doubts": [finding(one) for one in answer.doubts]}
