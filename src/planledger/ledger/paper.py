"""Which paper may be recorded: its kind, its number, its keeper, and the meeting that it proves. Pure."""

from typing import TYPE_CHECKING

from planledger.ledger.chain import details
from planledger.ledger.recording import Recording, needs_side
from planledger.ledger.texts import checked
from planledger.plan.model import Requirement
from planledger.plan.refusal import Refusal
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind, Scope
from planledger.questions.lacks import LackKind
from planledger.questions.naming import agency_named, hint
from planledger.questions.progress import Single, event_of
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet

if TYPE_CHECKING:
    from planledger.ledger.event import Event


class Proof(NamedTuple):
    """Which entry a paper is recorded for; none where the item needs it once."""

    entry: int = 0
    event: int = 0
    side: str = ""


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
        raise Refusal(
            f"登记材料还要写文号和存放单位，例如：--paper {recording.paper} --ref 文号 --held-by 单位（没有文号写 --ref 无文号）。未登记。"
        )
    proof = _proof(requirement, row, said, proven, new)
    side = said.side or proof.side
    if requirement.scope == Scope.EACH:
        needs_side(side, sheet, f"{row.item.code} 的{recording.paper}由两地分别提供")
    keeper = agency_named(recording.held_by, sheet.agencies, sheet.sides)
    more = details(
        ref=checked(recording.reference, "文号"),
        held_by=keeper.name,
        entry=str(proof.entry or ""),
        same_event=str(proof.event) if proof.event != proof.entry else "",
    )
    return said._replace(kind=EntryKind.PAPER.value, subject=recording.paper, side=side, details=more)


def _requirement(kind: str, row: Row) -> Requirement:
    required = {requirement.kind: requirement for requirement in row.progress.requirements}
    if kind not in required:
        listed = f"该项要求的材料：{'、'.join(required)}。" if required else "该项没有要求必备材料。"
        raise Refusal(f"{row.item.code} 没有要求材料 {kind}。{hint(kind, required)}{listed}未登记。")
    return required[kind]


def _proof(
    requirement: Requirement, row: Row, said: Draft, proven: "Event | None", new: dict[str, int]
) -> Proof:
    """Find the meeting that a paper proves: the one named, the one just recorded, or the only one that lacks it."""
    figure = row.progress.figure(requirement.per)
    if figure is None:
        return Proof(proven.entry, proven.number, proven.side) if proven else Proof()
    if proven is None and requirement.per in new:
        number = new[requirement.per]
        return Proof(number, event_of(number, said.details), said.side)
    label, code = figure.indicator.label, row.item.code
    side = said.side if requirement.scope == Scope.EACH else ""
    if proven is not None:
        of_event = [one for one in figure.singles if event_of(one.entry, one.details) == proven.number]
        if not of_event:
            raise Refusal(f"--entry：第 {proven.entry} 号不是 {code} 的{label}，也不是同一件事。未登记。")
        return _of_side(of_event, side, proven)
    lacks = [one for one in row.judgement.lacks if one.kind == LackKind.PAPER and one.key == requirement.kind]
    lacking = {one.entry for one in lacks}
    held = [one for one in figure.singles if one.entry in lacking and side in ("", one.side)]
    if len(held) == 1:
        return Proof(held[0].entry, event_of(held[0].entry, held[0].details), held[0].side)
    if held:
        several = "、".join(f"{one.entry}（{one.side}{one.day}）" for one in held)
        raise Refusal(
            f"有 {len(held)} 次{label}缺{requirement.kind}，请用 --entry 写明是哪一次：{several}。未登记。"
        )
    raise Refusal(
        f"没有缺{requirement.kind}的{label}；请先登记{label}（--{requirement.per} 1），或用 --entry 记录号 写明是哪一次。未登记。"
    )


def _of_side(of_event: list[Single], side: str, proven: "Event") -> Proof:
    """Bind a paper to the event that was named; the sides of a meeting of both may each have their own."""
    sides = [one.side for one in of_event]
    if side and side not in sides and "" not in sides:
        raise Refusal(f"--entry：第 {proven.entry} 号是{sides[0]}的，与 {side} 不符；请核对记录号。未登记。")
    return Proof(proven.entry, proven.number, sides[0] if len(set(sides)) == 1 else "")
