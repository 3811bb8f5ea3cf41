"""Which meeting a paper is the proof of, wherever the paper lies. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from planledger.ledger.actions.request import Recording, Ties, needs_side
from planledger.ledger.clerk import checked_text
from planledger.plan.model.entry_details import event_of, write_details
from planledger.plan.model.entry_kinds import PROVABLE
from planledger.plan.model.rows import Requirement, grouped_pairs
from planledger.plan.model.terms import EntryKind, Scope
from planledger.plan.people.identity import CLASSIFIED
from planledger.plan.phrases.texts import hint, shell_word
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.figure import UnsummedAmount
from planledger.questions.judge.lacks import LackKind
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet
from planledger.questions.unit_naming import agency_named


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


class RecordedWith(NamedTuple):
    """What a paper is recorded with, wherever it lies."""

    recording: Recording
    sheet: Sheet
    row: Row  # the item as it stands
    shared: Draft  # what all entries of the recording share
    ties: Ties
    earlier: Sequence[Draft]  # the entries of the same recording that come before it

    @property
    def new(self) -> dict[str, int]:
        """The numbers of those earlier entries that are about work, by indicator."""
        numbered = enumerate(self.earlier, self.ties.first)
        return {one.indicator: number for number, one in numbered if one.kind in PROVABLE}


def _proof_in_general(paper: RecordedWith) -> Proof:
    """Find what a paper is the proof of that needs no meeting: an entry that was named, the first of this recording, or the item.

    Raises:
        Refusal: what was named is of another item or side.
    """
    row, shared, proven = paper.row, paper.shared, paper.ties.proven
    if proven is None:
        own = min(paper.new.values(), default=0)
        return Proof(own, event_of(own, shared.details) if own else 0, shared.side)
    if proven.code != row.item.code:
        raise NotRecorded(
            f"--entry：第{proven.number}号是 {proven.code} 的记录，不是 {row.item.code} 的；请核对。"
        )
    if shared.side and proven.side and shared.side != proven.side:
        raise NotRecorded(
            f"--entry：第{proven.number}号是{proven.side}的，与 {shared.side} 不符；请核对记录号。"
        )
    return Proof(proven.number, proven.event, proven.side)


def proof_of(requirement: Requirement | None, paper: RecordedWith) -> Proof:
    """Find the meeting that a required paper proves: the one named, the one just recorded, or the only one that lacks it.

    A paper that no meeting needs proves what it is recorded with, whether the item asks for it once or not at all.

    Raises:
        Refusal: it is not plain which one is meant; where no meeting needs the paper, what was named is of another item or side.
    """
    row, shared, proven, new = paper.row, paper.shared, paper.ties.proven, paper.new
    figure = row.progress.figure(requirement.per) if requirement else None
    if requirement is None or figure is None:
        return _proof_in_general(paper)
    if proven is None and requirement.per in new:
        number = new[requirement.per]
        return Proof(number, event_of(number, shared.details), shared.side)
    label, code = figure.indicator.label, row.item.code
    side = shared.side if requirement.scope == Scope.EACH else ""
    if proven is not None:
        of_event = [one for one in figure.singles if one.event == proven.event]
        if not of_event:
            raise NotRecorded(f"--entry：第{proven.number}号不是 {code} 的{label}，也不是同一件事。")
        return _of_side(of_event, side, proven)
    lacks = [one for one in row.judgement.lacks if one.kind == LackKind.PAPER and one.key == requirement.kind]
    lacking = {one.entry for one in lacks}
    held = [one for one in figure.singles if one.entry in lacking and side in ("", one.side)]
    if len(held) == 1:
        return Proof(held[0].entry, held[0].event, held[0].side)
    if held:
        several = "、".join(f"{one.entry}（{one.side}{one.day}）" for one in held)
        raise NotRecorded(
            f"有{len(held)}次{label}缺{requirement.kind}，请用 --entry 写明是哪一次：{several}。"
        )
    _refuse_second(requirement, row, side, paper.recording)
    raise NotRecorded(
        f"没有缺{requirement.kind}的{label}；请先登记{label}（--{requirement.per} 1），或用 --entry 记录号 写明是哪一次。"
    )


def _refuse_second(requirement: Requirement, row: Row, side: str, recording: Recording) -> None:
    """Refuse another paper where every meeting has one: the meeting is to be named, and none is recorded a second time."""
    figure, kind = row.progress.figure(requirement.per), requirement.kind
    marks = (mark for mark in row.progress.papers() if mark.subject == kind)
    papers = grouped_pairs((mark.event, str(mark.entry)) for mark in marks)
    singles = [one for one in figure.singles if one.amount and side in ("", one.side)] if figure else []
    held = {one.entry: papers[one.event] for one in singles}
    if not figure or not held or not all(held.values()):
        return
    label = figure.indicator.label
    there = "、".join(
        f"{one.side}{int(one.day[5:7])}-{int(one.day[8:])}{label}（第{one.entry}号）已有{kind}（第{'、'.join(held[one.entry])}号）"
        for one in singles
    )
    entry = str(min(held)) if len(held) == 1 else "记录号"
    raise NotRecorded(
        f"{there}；再存一份，{_typed_again(recording, row.item.code)} --entry {entry}；"
        f"是另一次{label}的，先登记那一次（--{requirement.per} 1）。"
    )


def _typed_again(recording: Recording, code: str) -> str:
    """Return the line that stores the paper alone, as far as it was typed; with a figure or a declaration it is to be added to."""
    if recording.amounts or recording.is_done:
        return "请加上"
    words = ["record", code, "--paper", recording.paper, "--ref", recording.reference]
    words += ["--held-by", recording.held_by]
    if recording.evidence:
        words = ["attach", code, *recording.evidence, "--kind", recording.kind]
    for option in ("agency", "side", "on", "note"):
        typed = getattr(recording, option)
        words += [f"--{option}", typed] if typed else []
    words += ["--personal"] if recording.is_personal else []
    return f"请写：planledger {' '.join(map(shell_word, words))}"


def _of_side(of_event: list[UnsummedAmount], side: str, proven: Entry) -> Proof:
    """Bind a paper to the event that was named; the sides of a meeting of both may each have their own."""
    sides = [one.side for one in of_event]
    if side and side not in sides and "" not in sides:
        raise NotRecorded(f"--entry：第{proven.number}号是{sides[0]}的，与 {side} 不符；请核对记录号。")
    return Proof(proven.number, proven.event, sides[0] if len(set(sides)) == 1 else "")


# the kind of a paper of which nobody typed more, where no paper is asked for
GENERAL = EntryKind.EVIDENCE.label
LONGEST_KIND = 20


def of_side(paper: RecordedWith, kind: str, requirement: Requirement | None, proof: Proof) -> Draft:
    """What the entries of a paper of this *kind* share: also the side, by itself or by what it proves.

    Raises:
        Refusal: every side has to bring its own, and none was named.
    """
    side = paper.shared.side or proof.side
    if requirement and requirement.scope == Scope.EACH:
        needs_side(side, paper.sheet, f"{paper.row.item.code} 的{kind}由各方分别提供")
    return paper.shared._replace(subject=kind, side=side)


def paper_draft(paper: RecordedWith) -> Draft:
    """Take note of a paper whose original lies elsewhere (另存), for an item or for one of its meetings.

    Raises:
        Refusal: it is no kind of paper, or it is not plain where it lies or which meeting it proves.
    """
    recording, sheet = paper.recording, paper.sheet
    kind, requirement = kind_of_paper(recording.paper, "--paper", paper.row)
    if not recording.reference or not recording.held_by:
        raise NotRecorded(
            f"登记材料还要写文号和存放单位，例如：--paper {kind} --ref 文号 --held-by 单位（没有文号写 --ref 无文号）。"
        )
    proof = proof_of(requirement, paper)
    draft = of_side(paper, kind, requirement, proof)
    keeper = agency_named(recording.held_by, sheet)
    more = write_details(ref=checked_text(recording.reference, "文号"), held_by=keeper.name, **proof.details)
    return draft._replace(kind=EntryKind.PAPER.value, details=more)


def kind_of_paper(typed: str, option: str, row: Row) -> tuple[str, Requirement | None]:
    """The kind of a paper, wherever it lies, with the requirement that it meets; an item may have papers that it does not ask for.

    Args:
        typed: the kind, as it was typed after *option*.
        option: of the command, for what is refused.
        row: the item.

    Raises:
        Refusal: the word is near a kind that the item asks for, or no kind of paper.
    """
    required = {requirement.kind: requirement for requirement in row.progress.requirements}
    code, kind = row.item.code, typed if typed in required else checked_text(typed, option)
    listed = "、".join(required)
    if kind in required:
        return kind, required[kind]
    if not kind:
        if required:
            raise NotRecorded(
                f"{code} 要求的材料：{listed}；请用 {option} 写明是哪一种，例如 {option} {next(iter(required))}。"
            )
        return GENERAL, None
    from planledger.plan.people.masking import masked_private

    if masked_private(kind) != kind:
        raise NotRecorded(f"{option} 里有手机号或卡号；请只写材料的种类，如 花名册。")
    if not kind.isprintable():
        raise NotRecorded(f"{option} 里有换行或控制字符；请写材料的种类，如 会议纪要。")
    if len(kind) > LONGEST_KIND:
        raise NotRecorded(f"{option} 有{len(kind)}个字，最多{LONGEST_KIND}个；请写材料的种类，如 会议纪要。")
    near = hint(kind, required)
    if near and kind not in (CLASSIFIED, GENERAL):
        raise NotRecorded(f"{code} 没有要求材料 {kind}。{near}该项要求的材料：{listed}。")
    return kind, None
