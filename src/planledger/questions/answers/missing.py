"""Papers: which required ones are not there, of which meeting, from whom, since when; which lie elsewhere (另存); which rows have none."""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model.entry_kinds import DECLARED
from planledger.plan.model.rows import answering
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.facts.figure import UnsummedAmount
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.sheet import Row, Sheet


class Missing(NamedTuple):
    """One required paper that is not there."""

    row: Row
    kind: str
    side: str  # whose it is; empty: the item's as a whole
    meeting: UnsummedAmount | None  # the meeting that it should prove; None: the item as a whole
    units: tuple[str, ...]  # from whom: who reported the meeting, else who answers
    since: str  # the day from which on it is missing (缺); empty while nothing is due (未到期)
    days: int  # since then


class KeptPaper(NamedTuple):
    """One paper whose original lies with somebody (另存)."""

    row: Row
    mark: Mark  # of the paper
    meeting: UnsummedAmount | None

    @property
    def side(self) -> str:
        """Whose it is; empty: the item's as a whole."""
        return self.mark.side

    @property
    def reference(self) -> str:
        """Its 文号."""
        return self.mark.details.text("ref")

    @property
    def held_by(self) -> str:
        """Who has the original."""
        return self.mark.details.text("held_by")


class Unattached(NamedTuple):
    """One row that is done or declared, without one piece of proof (未附佐证材料): no paper is asked for that could be missing."""

    row: Row
    units: tuple[str, ...]  # from whom proof is to come: who declared, else who answers


class Papers(NamedTuple):
    """All papers of a plan on a day, as far as somebody would ask for them."""

    sheet: Sheet
    missing: tuple[Missing, ...]  # 缺: it happened, or its day is past
    pending: tuple[Missing, ...]  # 未到期
    kept: tuple[KeptPaper, ...]  # 另存
    unattached: tuple[Unattached, ...] = ()  # 未附佐证材料
    proven: int = 0  # rows of the whole plan with one piece of proof or more


def papers(sheet: Sheet, agencies: tuple[str, ...] = (), gone: frozenset[int] = frozenset()) -> Papers:
    """List the required papers, and the rows without any proof.

    Args:
        sheet: the annex on the day of the question.
        agencies: official names of the units asked about; empty for all.
        gone: entries of files that prove nothing any more, in addition to those that were destroyed by the day of the question.
    """
    rows = (row for row in sheet.rows if row.judgement.standing != Standing.CANCELLED)
    lacks = ((row, one) for row in rows for one in row.judgement.lacks if one.kind == LackKind.PAPER)
    lacking = [_missing(sheet, row, lack) for row, lack in lacks]
    marks = ((row, one) for row in sheet.rows for one in row.progress.marks if one.kind == EntryKind.PAPER)
    kept = [KeptPaper(row, mark, row.progress.held(mark)) for row, mark in marks]
    proven = _proven(sheet, gone)
    named = {one.row.item.code for one in lacking if one.since} | proven
    bare = [
        Unattached(row, _asked(row)) for row in sheet.rows if _is_claimed(row) and row.item.code not in named
    ]
    of_units = [one for one in lacking if not agencies or set(agencies) & set(one.units)]
    return Papers(
        sheet,
        missing=tuple(sorted((one for one in of_units if one.since), key=lambda one: one.since)),
        pending=tuple(one for one in of_units if not one.since),
        kept=tuple(one for one in kept if not agencies or _concerns(one, set(agencies))),
        unattached=tuple(one for one in bare if not agencies or set(agencies) & set(one.units)),
        proven=len(proven),
    )


def _proven(sheet: Sheet, gone: frozenset[int]) -> set[str]:
    """The rows with proof: a paper or a file of their own, or one of an event that they count together with another row.

    Of a figure that is only added up nobody knows here which events are in it.
    """
    own = {
        row.item.code: [one for one in row.progress.own_papers() if one.entry not in gone]
        for row in sheet.rows
    }
    events = {one.event for several in own.values() for one in several}
    return {row.item.code for row in sheet.rows if own[row.item.code] or events & set(_events(row))}


def _events(row: Row) -> Iterator[int]:
    """What happened on a row, as far as each thing stands by itself."""
    singles = (one for figure in row.progress.figures for one in figure.singles)
    marks = (one for one in row.progress.marks if one.kind in DECLARED)
    return (one.event for several in (singles, marks) for one in several)


def _declared(row: Row) -> list[str]:
    return [mark.agency for mark in row.progress.marks if mark.kind in DECLARED]


def _is_claimed(row: Row) -> bool:
    """Whether somebody says of a row that it is finished; what is not carried on any more is asked nothing."""
    return row.judgement.standing != Standing.CANCELLED and (row.judgement.is_done or bool(_declared(row)))


def _asked(row: Row) -> tuple[str, ...]:
    declared = tuple(dict.fromkeys(filter(None, _declared(row))))
    return declared or row.progress.answering


def _concerns(one: KeptPaper, agencies: set[str]) -> bool:
    """Whether a kept paper concerns any of some units: who gave it, who has it, who answers for the item on its side."""
    side = one.mark.side
    units = {duty.agency for duty in answering(one.row.duties) if side == "" or duty.side in ("", side)}
    return bool({one.mark.agency, one.held_by, *units} & agencies)


def _missing(sheet: Sheet, row: Row, lack: Lack) -> Missing:
    meeting = row.progress.single(lack.entry) if lack.entry else None
    side = lack.side or (meeting.side if meeting else "")
    since = _since(sheet, row, meeting)
    return Missing(
        row=row,
        kind=lack.key,
        side=side,
        meeting=meeting,
        units=_units(row, side, meeting),
        since=since,
        days=days_between(since, sheet.as_of) if since else 0,
    )


def _since(sheet: Sheet, row: Row, meeting: UnsummedAmount | None) -> str:
    """Since when a paper is missing: the meeting's day, the day the work was finished, or the last day."""
    if meeting is not None:
        return meeting.day
    last_day = row.item.last_day if row.item.last_day < sheet.as_of else ""
    return row.judgement.finished_on or last_day


def _units(row: Row, side: str, meeting: UnsummedAmount | None) -> tuple[str, ...]:
    """From whom a paper of one *side*, or of the item, is to come."""
    if meeting is not None and meeting.agency:
        return (meeting.agency,)
    return tuple(duty.agency for duty in answering(row.duties) if side in ("", duty.side))
