"""Required papers: which are not there, of which meeting, from whom, since when; and which lie elsewhere (另存)."""

from planledger.plan.days import days_between
from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind, Standing
from planledger.questions.lacks import Lack, LackKind, answering
from planledger.questions.progress import Mark, Single, detail, event_of
from planledger.questions.sheet import Row, Sheet


class Missing(NamedTuple):
    """One required paper that is not there."""

    row: Row
    kind: str
    side: str  # whose it is; empty: the item's as a whole
    meeting: Single | None  # the meeting that it should prove; None: the item as a whole
    units: tuple[str, ...]  # from whom: who reported the meeting, else who answers
    since: str  # the day from which on it is missing (缺); empty while nothing is due (未到期)
    days: int  # since then


class Kept(NamedTuple):
    """One paper whose original lies with somebody (另存)."""

    row: Row
    paper: Mark
    meeting: Single | None

    @property
    def reference(self) -> str:
        """Its 文号."""
        return detail(self.paper.details, "ref")

    @property
    def held_by(self) -> str:
        """Who has the original."""
        return detail(self.paper.details, "held_by")


class Papers(NamedTuple):
    """All required papers of a plan on a day."""

    sheet: Sheet
    missing: tuple[Missing, ...]  # 缺: it happened, or its day is past
    pending: tuple[Missing, ...]  # 未到期
    kept: tuple[Kept, ...]  # 另存


def papers(sheet: Sheet, agencies: tuple[str, ...] = ()) -> Papers:
    """List the required papers; *agencies* are official names of the units asked about, empty for all."""
    found = [
        _missing(sheet, row, lack)
        for row in sheet.rows
        if row.judgement.standing != Standing.CANCELLED
        for lack in row.judgement.lacks
        if lack.kind == LackKind.PAPER
    ]
    found = [one for one in found if not agencies or set(agencies) & set(one.units)]
    kept = [
        Kept(row, mark, row.progress.held(event_of(mark.entry, mark.details)))
        for row in sheet.rows
        for mark in row.progress.marks
        if mark.kind == EntryKind.PAPER
    ]
    return Papers(
        sheet,
        missing=tuple(sorted((one for one in found if one.since), key=lambda one: one.since)),
        pending=tuple(one for one in found if not one.since),
        kept=tuple(one for one in kept if not agencies or _concerns(one, set(agencies))),
    )


def _concerns(one: Kept, agencies: set[str]) -> bool:
    """Whether a kept paper concerns any of some units: who gave it, who has it, who answers for the item on its side."""
    sides = ("", one.paper.side)
    duties = {d.agency for d in answering(one.row.progress.duties) if one.paper.side == "" or d.side in sides}
    return bool({one.paper.agency, one.held_by, *duties} & agencies)


def _missing(sheet: Sheet, row: Row, lack: Lack) -> Missing:
    meeting = row.progress.single(lack.entry) if lack.entry else None
    since = _since(sheet, row, meeting)
    return Missing(
        row=row,
        kind=lack.key,
        side=lack.side or (meeting.side if meeting else ""),
        meeting=meeting,
        units=_units(row, lack, meeting),
        since=since,
        days=days_between(since, sheet.as_of) if since else 0,
    )


def _since(sheet: Sheet, row: Row, meeting: Single | None) -> str:
    """Say since when a paper is missing: the meeting's day, the day the work was finished, or the last day."""
    if meeting is not None:
        return meeting.day
    last_day = row.item.last_day if row.item.last_day < sheet.as_of else ""
    return row.judgement.finished_on or last_day


def _units(row: Row, lack: Lack, meeting: Single | None) -> tuple[str, ...]:
    """Say from whom a paper is to come."""
    if meeting is not None and meeting.agency:
        return (meeting.agency,)
    side = lack.side or (meeting.side if meeting else "")
    duties = [duty for duty in answering(row.progress.duties) if side in ("", duty.side)]
    return tuple(duty.agency for duty in duties)
