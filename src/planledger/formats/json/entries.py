"""The elements of JSON answers about what was recorded: entries, reports, filings, chases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.json.items import Json, amount_json
from planledger.plan.model.rows import names_in
from planledger.plan.model.terms import FilingStanding

if TYPE_CHECKING:
    from planledger.plan.model.entry_details import Details
    from planledger.plan.model.rows import Filing
    from planledger.questions.answers.chases import AnsweredChase
    from planledger.questions.answers.filings import Filings
    from planledger.questions.answers.history import History
    from planledger.questions.facts.entry_rows import Entry
    from planledger.questions.judge.chasing import Chased
    from planledger.questions.judge.filings import FilingState


def entry_json(entry: Entry, answer: History) -> Json:
    """An entry as it was stored."""
    from planledger.formats.entry_wording import load_wording

    fields = load_wording(entry.kind, "fields")
    return {
        "id": entry.number,
        "code": entry.code or None,
        "kind": entry.kind,
        "indicator": entry.indicator or None,
        "amount": amount_json(entry.amount, answer.decimals_of(entry)),
        "dated": entry.dated,
        "recorded_at": entry.recorded_at,
        "agency": entry.agency or None,
        "side": entry.side or None,
        "by": entry.by,
        "note": answer.note_of(entry),
        "subject": entry.subject or None,
        **dict.fromkeys(("reference", "held_by", "progress", "problem", "next", "amendment")),
        "file": _file_of(entry),
        "evidence": None,
        "event": entry.detail("event") or None,
        "same_event": entry.number_of("same_event"),
        "of_entry": entry.number_of("entry"),
        "corrects": entry.number_of("corrects"),
        "sent_by": entry.number_of("sender"),
        "duplicate_of": entry.resembles or None,
        "typed_late": entry.was_typed_late,
        "reverses": entry.reverses,
        "reversed_by": entry.reversed_by,
        **dict.fromkeys(("form", "to", "stamped", "contact", "sender", "unit_change", "approved", "chase")),
        **(fields(entry, answer) if fields else {}),
    }


def paper_fields(entry: Entry, _answer: History) -> Json:
    """Which paper lies where."""
    return {"reference": entry.detail("ref") or None, "held_by": entry.detail("held_by") or None}


def report_fields(entry: Entry, _answer: History | None = None) -> Json:
    """What a unit reported in words; all three are null in a 零报告."""
    return {name: entry.detail(name) or None for name in ("progress", "problem", "next")}


def close_fields(entry: Entry, answer: History) -> Json:
    """Who approved that an item is closed out, and by which paper."""
    from planledger.formats.text import phrases

    approved = phrases.approver(entry.details, is_full=answer.is_full)
    return {"approved": approved or None, "reference": entry.detail("ref") or None}


def filing_fields(entry: Entry, _answer: History) -> Json:
    """In which form something came, to whom, and whether it bears a stamp."""
    return {
        "form": entry.details.names("form"),
        "to": entry.details.names("to"),
        "stamped": bool(entry.detail("stamped")),
    }


def contact_fields(entry: Entry, answer: History) -> Json:
    """Whom to call in a unit."""
    from planledger.questions.answers.agencies import contact_in

    return {"contact": contact_in(entry.details).text(is_full=answer.is_full)}


def sender_fields(entry: Entry, answer: History) -> Json:
    """Who answers for a form."""
    from planledger.plan.people.contact import sender_in

    people = sender_in(entry.details, is_full=answer.is_full)._asdict()
    return {"sender": {name: text or None for name, text in people.items()}}


def filing_asked_json(filing: Filing, answer: Filings) -> Json:
    """What every unit must file, and how many did."""
    return {
        "key": filing.key,
        "label": filing.label,
        "last_day": filing.last_day,
        "form": names_in(filing.forms),
        "to": names_in(filing.recipients),
        "stamped": bool(filing.stamped),
        "clause": filing.clause or None,
        "expected": len(answer.units),
        **{word.value: answer.stand(filing, word) for word in FilingStanding},
        "late": answer.late(filing),
    }


def filing_json(state: FilingState) -> Json:
    """Where a unit stands with one filing."""
    return {
        "key": state.filing.key,
        "standing": state.standing.value,
        "first_on": state.first_on or None,
        "returned_on": state.returned_on or None,
        "complete_on": state.complete_on or None,
        "days_late": state.days_late,
        "parts": list(state.parts),
        "lacks": [
            {"kind": one.kind.value, "form": one.form or None, "to": one.to or None} for one in state.lacks
        ],
    }


def _file_of(entry: Entry) -> Json | None:
    """The workbook that an entry came from; null where it was typed."""
    if not entry.detail("file"):
        return None
    return {"name": entry.detail("file_name"), "sha256": entry.detail("file"), "cell": entry.detail("cell")}


def evidence_fields(entry: Entry, answer: History) -> Json:
    """The file that an entry took in."""
    from planledger.questions.answers.evidence import shown_name

    file = {
        "name": shown_name(entry.details, is_full=answer.is_full),
        "sha256": entry.detail("sha256"),
        "size": entry.details.number("size"),
        "personal": bool(entry.detail("personal")),
    }
    return {"evidence": file}


def amendment_fields(entry: Entry, answer: History) -> Json:
    """What an amendment changed."""
    key = entry.detail("key")
    indicator = answer.indicators.get((entry.code, key))
    changed = {
        "basis": entry.detail("basis"),
        "due": entry.detail("due") or None,
        "role": entry.detail("role") or None,
        "indicator": key or None,
        "target": amount_json(entry.details.number("target"), indicator.decimals if indicator else 0)
        if key
        else None,
    }
    return {"amendment": changed}


def unit_change_fields(entry: Entry, _answer: History) -> Json:
    """What units were called until then, and on which 文号 it stands; `agency` is the name from then on."""
    return {"unit_change": {"names": names_in(entry.subject), "basis": entry.detail("basis")}}


def chase_fields(entry: Entry, _answer: History) -> Json:
    """By which way a unit was chased, for what, and until when it is to answer."""
    return {"chase": chase_json(entry.details)}


def chase_json(details: Details) -> Json:
    """By which way a unit was chased, for what, and until when it is to answer."""
    return {
        "way": details.text("way"),
        "items": details.names("items"),
        "filings": details.names("filings"),
        "month": details.text("month") or None,
        "reply_by": details.text("reply_by") or None,
    }


def chased_json(chased: Chased) -> Json | None:
    """How often a unit was chased for something, and when last; null where it never was."""
    return chased._asdict() if chased.times else None


def answered_chase_json(one: AnsweredChase) -> Json:
    """A chase, and the first entry that answers it; null where nothing came since."""
    chase, answer, recorded_at = one
    return {
        "id": chase.entry,
        "dated": chase.day,
        **chase_json(chase.details),
        "note": chase.note,
        "answer": answer
        and {"id": answer.entry, "dated": answer.day, "recorded_at": recorded_at, "kind": answer.kind},
    }


def report_json(entry: Entry) -> Json:
    """A report in words; all three are null in a 零报告."""
    return {"id": entry.number, "code": entry.code, "dated": entry.dated, **report_fields(entry)}
