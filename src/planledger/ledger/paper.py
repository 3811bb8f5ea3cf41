"""Which paper that lies elsewhere (另存) may be recorded: its kind, its number and its keeper. Pure."""

from typing import TYPE_CHECKING

from planledger.ledger.proof import proof_in_general, proof_of
from planledger.ledger.request import Recording, needs_side
from planledger.ledger.texts import checked
from planledger.plan.model import Requirement
from planledger.plan.refusal import NotRecorded
from planledger.plan.sayable import write_details
from planledger.plan.secrecy import CLASSIFIED
from planledger.plan.terms import EntryKind, Scope
from planledger.questions.naming import agency_named, hint
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet

if TYPE_CHECKING:
    from planledger.ledger.event import Event

_GENERAL = (CLASSIFIED, EntryKind.EVIDENCE.label)


def paper_draft(
    recording: Recording, sheet: Sheet, row: Row, said: Draft, proven: "Event | None", new: dict[str, int]
) -> Draft:
    """Take note of a paper whose original lies elsewhere (另存), for an item or for one of its meetings.

    Args:
        recording: what was typed.
        sheet: the annex as it stands.
        row: the item as it stands.
        said: what all entries of the recording share.
        proven: what `--entry` names.
        new: numbers of the figures in the same recording, by indicator.

    Raises:
        Refusal: the item asks for no such paper, or it is not plain where it lies or which meeting it proves.
    """
    requirement = _requirement(recording.paper, row)
    if not recording.reference or not recording.held_by:
        raise NotRecorded(
            f"登记材料还要写文号和存放单位，例如：--paper {recording.paper} --ref 文号 --held-by 单位（没有文号写 --ref 无文号）。"
        )
    if requirement:
        proof = proof_of(requirement, row, said, proven, new)
    else:
        proof = proof_in_general(row, said, proven, min(new.values(), default=0))
    side = said.side or proof.side
    if requirement and requirement.scope == Scope.EACH:
        needs_side(side, sheet, f"{row.item.code} 的{recording.paper}由两地分别提供")
    keeper = agency_named(recording.held_by, sheet.agencies, sheet.sides)
    more = write_details(
        ref=checked(recording.reference, "文号"),
        held_by=keeper.name,
        entry=str(proof.entry or ""),
        same_event=str(proof.event) if proof.event != proof.entry else "",
    )
    return said._replace(kind=EntryKind.PAPER.value, subject=recording.paper, side=side, details=more)


def _requirement(kind: str, row: Row) -> Requirement | None:
    """Find what an item asks for; a paper that it does not ask for may be one that is not to be named closer."""
    required = {requirement.kind: requirement for requirement in row.progress.requirements}
    if kind in _GENERAL and kind not in required:
        return None
    if kind not in required:
        listed = f"该项要求的材料：{'、'.join(required)}。" if required else "该项没有要求必备材料。"
        raise NotRecorded(f"{row.item.code} 没有要求材料 {kind}。{hint(kind, required)}{listed}")
    return required[kind]
