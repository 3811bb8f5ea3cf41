"""Which meeting a paper is the proof of, wherever the paper lies. Pure."""

from typing import NamedTuple

from planledger.ledger.actions.event import Event
from planledger.ledger.actions.request import Recording, needs_side
from planledger.ledger.clerk import checked_text
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import Requirement
from planledger.plan.model.terms import EntryKind, Scope
from planledger.plan.people.identity import CLASSIFIED
from planledger.plan.phrases.texts import hint
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.figure import UnsummedAmount
from planledger.questions.facts.progress import event_of
from planledger.questions.judge.lacks import LackKind
from planledger.questions.naming import agency_named
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet


class Proof(NamedTuple):
    """Which entry a paper is recorded for; none where the item needs it once."""

    entry: int = 0
    event: int = 0
    side: str = ""

    @property
    def details(self) -> dict[str, str]:
        """What the entry of the paper says of it."""
        same_event = str(self.event) if self.event != self.entry else ""
        return {"entry": str(self.entry or ""), "same_event": same_event}


def proof_in_general(row: Row, shared: Draft, proven: Event | None, own: int) -> Proof:
    """Find what a paper is the proof of that needs no meeting: an entry that was named, one of this recording, or the item.

    Args:
        row: the item.
        shared: what all entries of the recording share.
        proven: what `--entry` names.
        own: the first entry of this recording that is about work; 0 where none is.

    Raises:
        Refusal: what was named is of another item or side.
    """
    if proven is None:
        return Proof(own, event_of(own, shared.details) if own else 0, shared.side)
    if proven.code != row.item.code:
        raise NotRecorded(
            f"--entry：第 {proven.entry} 号是 {proven.code} 的记录，不是 {row.item.code} 的；请核对。"
        )
    if shared.side and proven.side and shared.side != proven.side:
        raise NotRecorded(
            f"--entry：第 {proven.entry} 号是{proven.side}的，与 {shared.side} 不符；请核对记录号。"
        )
    return Proof(proven.entry, proven.number, proven.side)


def proof_of(
    requirement: Requirement, row: Row, shared: Draft, proven: Event | None, new: dict[str, int]
) -> Proof:
    """Find the meeting that a paper proves: the one named, the one just recorded, or the only one that lacks it.

    Raises:
        Refusal: it is not plain which one is meant; or as :func:`proof_in_general`, where no meeting needs the paper.
    """
    figure = row.progress.figure(requirement.per)
    if figure is None:
        return proof_in_general(row, shared, proven, 0)
    if proven is None and requirement.per in new:
        number = new[requirement.per]
        return Proof(number, event_of(number, shared.details), shared.side)
    label, code = figure.indicator.label, row.item.code
    side = shared.side if requirement.scope == Scope.EACH else ""
    if proven is not None:
        of_event = [one for one in figure.singles if event_of(one.entry, one.details) == proven.number]
        if not of_event:
            raise NotRecorded(f"--entry：第 {proven.entry} 号不是 {code} 的{label}，也不是同一件事。")
        return _of_side(of_event, side, proven)
    lacks = [one for one in row.judgement.lacks if one.kind == LackKind.PAPER and one.key == requirement.kind]
    lacking = {one.entry for one in lacks}
    held = [one for one in figure.singles if one.entry in lacking and side in ("", one.side)]
    if len(held) == 1:
        return Proof(held[0].entry, event_of(held[0].entry, held[0].details), held[0].side)
    if held:
        several = "、".join(f"{one.entry}（{one.side}{one.day}）" for one in held)
        raise NotRecorded(
            f"有 {len(held)} 次{label}缺{requirement.kind}，请用 --entry 写明是哪一次：{several}。"
        )
    raise NotRecorded(
        f"没有缺{requirement.kind}的{label}；请先登记{label}（--{requirement.per} 1），或用 --entry 记录号 写明是哪一次。"
    )


def _of_side(of_event: list[UnsummedAmount], side: str, proven: Event) -> Proof:
    """Bind a paper to the event that was named; the sides of a meeting of both may each have their own."""
    sides = [one.side for one in of_event]
    if side and side not in sides and "" not in sides:
        raise NotRecorded(f"--entry：第 {proven.entry} 号是{sides[0]}的，与 {side} 不符；请核对记录号。")
    return Proof(proven.entry, proven.number, sides[0] if len(set(sides)) == 1 else "")


_GENERAL = (CLASSIFIED, EntryKind.EVIDENCE.label)


def paper_draft(
    recording: Recording, sheet: Sheet, row: Row, shared: Draft, proven: Event | None, new: dict[str, int]
) -> Draft:
    """Take note of a paper whose original lies elsewhere (另存), for an item or for one of its meetings.

    Args:
        recording: what was typed.
        sheet: the annex as it stands.
        row: the item as it stands.
        shared: what all entries of the recording share.
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
        proof = proof_of(requirement, row, shared, proven, new)
    else:
        proof = proof_in_general(row, shared, proven, min(new.values(), default=0))
    side = shared.side or proof.side
    if requirement and requirement.scope == Scope.EACH:
        needs_side(side, sheet, f"{row.item.code} 的{recording.paper}由各方分别提供")
    keeper = agency_named(recording.held_by, sheet.agencies, sheet.sides)
    more = write_details(ref=checked_text(recording.reference, "文号"), held_by=keeper.name, **proof.details)
    return shared._replace(kind=EntryKind.PAPER.value, subject=recording.paper, side=side, details=more)


def _requirement(kind: str, row: Row) -> Requirement | None:
    """Find what an item asks for; a paper that it does not ask for may be one that is not to be named closer."""
    required = {requirement.kind: requirement for requirement in row.progress.requirements}
    if kind in _GENERAL and kind not in required:
        return None
    if kind not in required:
        listed = f"该项要求的材料：{'、'.join(required)}。" if required else "该项没有要求必备材料。"
        raise NotRecorded(f"{row.item.code} 没有要求材料 {kind}。{hint(kind, required)}{listed}")
    return required[kind]
