"""Papers as JSON: required ones that are missing, those that lie elsewhere, and the files that stand as proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.json.items import Json, head_json

if TYPE_CHECKING:
    from planledger.formats import answers
    from planledger.questions.answers.evidence import Evidence
    from planledger.questions.answers.missing import KeptPaper, Missing
    from planledger.questions.facts.figure import UnsummedAmount


def missing(answer: answers.Papers) -> Json:
    """Required papers: missing, not due yet, and those whose original lies elsewhere."""
    return {
        **head_json(answer.sheet),
        "missing": [_missing(one) for one in answer.missing],
        "pending": [_missing(one) for one in answer.pending],
        "kept": [_kept(one) for one in answer.kept],
    }


def evidence(answer: answers.Holdings) -> Json:
    """The files that stand as proof."""
    return {
        **head_json(answer.sheet),
        "evidence": [_evidence(one, is_full=answer.is_full) for one in answer.evidence],
    }


def _missing(one: Missing) -> Json:
    """A required paper that is not there."""
    return {
        "code": one.row.item.code,
        "kind": one.kind,
        "side": one.side or None,
        "meeting": _meeting_of(one.meeting),
        "agencies": list(one.units),
        "since": one.since or None,
        "days": one.days if one.since else None,
    }


def _kept(one: KeptPaper) -> Json:
    """A paper whose original is elsewhere, and who has it."""
    return {
        "entry": one.mark.entry,
        "code": one.row.item.code,
        "kind": one.mark.subject,
        "side": one.mark.side or None,
        "meeting": _meeting_of(one.meeting),
        "reference": one.reference,
        "held_by": one.held_by,
        "agency": one.mark.agency or None,
        "dated": one.mark.day,
    }


def _evidence(one: Evidence, *, is_full: bool) -> Json:
    """A file that stands as proof."""
    return {
        "entry": one.mark.entry,
        "code": one.row.item.code,
        "kind": one.mark.subject,
        "name": one.name(is_full=is_full),
        "sha256": one.sha256,
        "size": one.size,
        "side": one.mark.side or None,
        "meeting": _meeting_of(one.meeting),
        "agency": one.mark.agency or None,
        "dated": one.mark.day,
        "personal": one.is_personal,
        "destroyed_by": one.destroyed_by or None,
    }


def _meeting_of(one: UnsummedAmount | None) -> Json | None:
    if one is None:
        return None
    return {"entry": one.entry, "day": one.day, "side": one.side or None, "agency": one.agency or None}
