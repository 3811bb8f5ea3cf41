"""Answers as JSON: a promise to programs that does not change. Keys are English, amounts in the indicator's unit."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from planledger.formats.json import entries as json_entries
from planledger.formats.json import items as json_items
from planledger.formats.json import overdue as late
from planledger.formats.json import papers
from planledger.formats.json.items import Json, head_json, tally_json, unit_json
from planledger.plan.model.rows import names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planledger.formats import answers
    from planledger.questions.answers.agencies import UnitReports, UnitRow
    from planledger.questions.answers.chases import ChasedUnit
    from planledger.questions.answers.doubts import Doubt
    from planledger.questions.answers.filings import UnitFilings
    from planledger.questions.facts.entry_rows import Entry
    from planledger.questions.facts.office import Provenance

overdue, overdue_by_item, overdue_by_side = late.overdue, late.overdue_by_item, late.overdue_by_side
missing, evidence = papers.missing, papers.evidence


def json_text(answer: Json) -> str:
    """Return an answer as the text of one JSON value: a line for each element of a list, nothing that a terminal acts on."""
    parts = []
    for key, value in answer.items():
        if isinstance(value, list) and value:
            listed = ",\n    ".join(_written(element) for element in value)
            parts.append(f"  {_written(key)}: [\n    {listed}\n  ]")
        else:
            parts.append(f"  {_written(key)}: {_written(value)}")
    return "{\n" + ",\n".join(parts) + "\n}"


def of_plan(answer: Json, source: Provenance) -> Json:
    """Return an answer about one plan with where it comes from, behind the plan's id; without a ledger office and head are null."""
    plan = {"plan": answer["plan"], "title": source.title}
    return {**plan, "office": source.office or None, "head": source.head or None, **answer}


def _written(value: object) -> str:
    written = dumps(value, ensure_ascii=False)
    if written.isprintable():  # nearly always; without this question `history --json` takes a tenth longer
        return written
    return "".join(c if c.isprintable() or c == "\u3000" else dumps(c)[1:-1] for c in written)


def status(sheet: answers.Sheet, rows: tuple[answers.Row, ...], _agencies: tuple[str, ...]) -> Json:
    """The rows of the annex as they stand."""
    return {**head_json(sheet), "items": [json_items.item_json(sheet, row) for row in rows]}


def sums(sheet: answers.Sheet, counted: tuple[answers.Tally, ...], _by: str) -> Json:
    """How many rows stand where."""
    return {**head_json(sheet), "sums": [{"name": tally.name, **tally_json(tally)} for tally in counted]}


def roll_up(answer: answers.RollUp) -> Json:
    """How many items of each plan stand where."""
    plans = [
        {"plan": plan.key, "title": plan.title, "year": plan.year, **tally_json(tally)}
        for plan, tally in zip(answer.plans, answer.counted, strict=True)
    ]
    return {"as_of": answer.as_of, "plans": plans}


def upcoming(answer: answers.Upcoming) -> Json:
    """The dates of the next days, and whom to call in the units that have still to act, where that was asked for."""
    known = answer.contacts
    return {
        **head_json(answer.sheet),
        "days": answer.days,
        "dates": [json_items.date_json(date) for date in answer.dates],
        "contacts": known and {name: one.text(is_full=True) for name, one in known.items()},
    }


def dossier(answer: answers.Dossier) -> Json:
    """Everything about a row."""
    from planledger.formats.text.figures import standard

    sheet = answer.sheet
    items = []
    for row, entries, reasons in answer.records:
        item, progress = row.item, row.progress
        indicators = [figure.indicator for figure in progress.figures]
        items.append(
            {
                **json_items.item_json(sheet, row),
                "units": item.units,
                "open_units": item.open_units or None,
                "remark": item.remark or None,
                "number": progress.number or None,
                "columns": progress.own_columns,
                "clause": {"number": item.clause, "text": answer.clauses.get(item.clause, "")}
                if item.clause
                else None,
                "standard": standard(item, indicators, progress.requirements, len(sheet.sides)),
                "by_agency": [json_items.split_json(figure) for figure in progress.figures],
                "milestones": [json_items.milestone_json(m, row, sheet.as_of) for m in progress.milestones],
                "stages": [json_items.stage_json(one) for one in row.judgement.stages],
                "periods": [json_items.period_json(one) for one in row.judgement.periods],
                "papers": [json_items.requirement_json(one, row) for one in progress.requirements],
                "entries": history(entries)["entries"],
                "findings": [f._asdict() for f in answer.findings if f.place == item.code],
                "why": json_items.why_json(sheet, row, reasons),
            }
        )
    return {**head_json(sheet), "items": items}


def history(answer: answers.History) -> Json:
    """The entries, newest first."""
    return {
        **head_json(answer),
        "entries": [json_entries.entry_json(entry, answer) for entry in answer.entries],
    }


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


def _of_units(
    sheet: answers.Sheet, units: Iterable[Any], fields: Callable[[Any], Json], **more: object
) -> Json:
    """An answer that lists units, each with what *fields* gives of it."""
    listed = [{**unit_json(unit.agency), **fields(unit)} for unit in units]
    return {**head_json(sheet), **more, "agencies": listed}


def reports(answer: answers.Reports) -> Json:
    """Who reported in words in a month, and what."""

    def fields(unit: UnitReports) -> Json:
        return {
            "reported": not unit.is_silent,
            "others": unit.others,
            "reports": [json_entries.report_json(entry) for entry in unit.reports],
        }

    return _of_units(answer.sheet, answer.units, fields, month=answer.month)


def duplicates(answer: answers.Duplicates) -> Json:
    """Figures that two units may both have reported."""
    entries = answer.history
    return {
        **head_json(entries),
        "duplicates": [
            {name: json_entries.entry_json(entry, entries) for name, entry in pair._asdict().items()}
            for pair in answer.pairs
        ],
    }


def agencies(answer: answers.Units) -> Json:
    """The units with their duties and their silence."""

    def fields(unit: UnitRow) -> Json:
        return {
            "short": names_in(unit.agency.short),
            "initials": names_in(unit.agency.initials),
            "through": answer.sheet.through(unit.agency.name) or None,
            "contact": unit.contact.text(is_full=answer.is_full) if unit.contact else None,
            "duties": [
                {"code": row.item.code, "role": duty.role, "owes": bool(row.owed_by(duty))}
                for row, duty in unit.duties
            ],
            "owing": unit.owing,
            "last_entry": unit.last_entry or None,
            "silent_days": unit.silent_days,
        }

    return _of_units(answer.sheet, answer.units, fields)


def filings(answer: answers.Filings) -> Json:
    """Who filed what, and who is late."""

    def fields(unit: UnitFilings) -> Json:
        return {"filings": [json_entries.filing_json(state) for state in unit.states]}

    asked = [json_entries.filing_asked_json(filing, answer) for filing in answer.sheet.filings]
    return _of_units(answer.sheet, answer.units, fields, filings=asked)


def chases(answer: answers.Chases) -> Json:
    """Who was chased for what, how often, when last, and what came since."""

    def fields(unit: ChasedUnit) -> Json:
        return {
            "times": len(unit.chases),
            "last": unit.last.chase.day,
            "answered": unit.last.answer is not None,
            "chases": [json_entries.answered_chase_json(one) for one in unit.chases],
        }

    return _of_units(answer.sheet, answer.units, fields)
