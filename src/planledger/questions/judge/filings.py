"""Who submitted what, in which form, and who is late (报送): pure functions of the entries and a day.

Clauses like 四（一） and 四（二） ask every unit for its papers by a day. A filing is submitted when each of its
pieces has come: each form to each recipient, stamped where the plan asks for it. What was sent back (退回补正)
is owed again from then on, all of it. Late is judged by the day on which the last piece came; the last day
itself is in time.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from planledger.plan.days import days_between
from planledger.plan.model.rows import Agency, Filing
from planledger.plan.model.terms import EntryKind, FilingStanding
from planledger.questions.facts.annex import Annex
from planledger.questions.facts.progress import Mark

Piece = tuple[str, str]  # form and recipient; empty where the plan names none


_WORST = tuple(FilingStanding)  # the last


class FilingLackKind(StrEnum):
    """What a filing still lacks."""

    FORM = "form"
    RECIPIENT = "recipient"
    STAMP = "stamp"


class FilingLack(NamedTuple):
    """One thing that a filing still lacks (缺)."""

    kind: FilingLackKind
    form: str  # empty: in every form
    to: str  # empty: to every recipient


class FilingState(NamedTuple):
    """Where one unit stands with one filing on a day."""

    filing: Filing
    standing: FilingStanding
    first_on: str  # the first day on which anything of it was submitted; empty if nothing ever was
    returned_on: str  # the day on which it was last sent back; empty if it never was
    complete_on: str  # the day on which the last piece came; empty while any is lacking
    lacks: tuple[FilingLack, ...]
    days_late: int
    # whether anything of it lies with the office now, of any part, so that it could be sent back
    is_here: bool
    # of a merged unit: the parts from which it has not come whole, where from others it has
    parts: tuple[str, ...] = ()


def filing_task(label: str) -> str:
    """Return what a unit is to do for a filing: 报送归档资料; a *label* that says 报送 by itself is enough."""
    return label if "报送" in label else f"报送{label}"


def states_of(agency: Agency, asked: tuple[Filing, ...], form: Annex[Any]) -> tuple[FilingState, ...]:
    """Where one unit stands with every filing that is *asked*, on the day and by the marks of an annex; a merged one as the part that lacks most."""
    day = form.as_of
    own = [mark for mark in form.marks if mark.agency == agency.name]
    states = []
    for filing in asked:
        of_filing = tuple(mark for mark in own if mark.subject == filing.key)
        of_parts = {
            part: judge_filing(filing, tuple(mark for mark in of_filing if part in mark.parts), day)
            for part in sorted(form.parts.get(agency.name, ()))
        }
        worst = max(of_parts.values(), key=_lacks_most, default=None) or judge_filing(filing, of_filing, day)
        left = [part for part, one in of_parts.items() if one.standing != FilingStanding.HANDED_IN]
        is_here = worst.is_here or any(one.is_here for one in of_parts.values())
        states.append(worst._replace(is_here=is_here, parts=tuple(left if len(left) < len(of_parts) else ())))
    return tuple(states)


def _lacks_most(state: FilingState) -> tuple[int, str]:
    return _WORST.index(state.standing), state.complete_on


def judge_filing(filing: Filing, marks: tuple[Mark, ...], day: str) -> FilingState:
    """Where a unit stands with one filing on *day*.

    Args:
        filing: what the plan asks for.
        marks: what the unit submitted of it and what was sent back, in the order of their numbers.
        day: the day of the question; the last day itself is in time.
    """
    came = [mark for mark in marks if mark.kind == EntryKind.FILING]
    # a return whose filing was reversed sends nothing back
    returns = [
        mark for mark in marks if mark.kind == EntryKind.RETURN and came and mark.entry > came[0].entry
    ]
    since = [mark for mark in came if not returns or mark.entry > returns[-1].entry]
    wanted = pieces(filing)
    handed_in = [_handed_in(mark) for mark in since]
    there = {piece: _came_on(piece, handed_in, stamped=False) for piece in wanted}
    right = {piece: _came_on(piece, handed_in, stamped=filing.stamped) for piece in wanted}
    is_complete = all(right.values())
    complete_on = max(right.values()) if is_complete else ""
    standing = FilingStanding.RETURNED if returns else FilingStanding.MISSING
    if since:
        standing = FilingStanding.HANDED_IN if is_complete else FilingStanding.INCOMPLETE
    return FilingState(
        filing=filing,
        standing=standing,
        first_on=min((mark.day for mark in came), default=""),
        returned_on=returns[-1].day if returns else "",
        complete_on=complete_on,
        lacks=_missing(there) + _unstamped(there, right),
        days_late=max(0, days_between(filing.last_day, complete_on or day)),
        is_here=bool(since),
    )


def pieces(filing: Filing) -> tuple[Piece, ...]:
    """Everything that a filing consists of: each form to each recipient."""
    return tuple((form, to) for to in filing.recipients.split("、") for form in filing.forms.split("、"))


def _handed_in(mark: Mark) -> tuple[str, frozenset[Piece], bool]:
    """Read of one entry its day, the pieces that came with it, and whether they were stamped."""
    forms, recipients = (mark.details.names(name) or ("",) for name in ("form", "to"))
    came = frozenset((form, to) for to in recipients for form in forms)
    return mark.day, came, bool(mark.details.text("stamped"))


def _came_on(piece: Piece, handed_in: list[tuple[str, frozenset[Piece], bool]], *, stamped: bool) -> str:
    """Find the first day on which a piece came; empty if it did not."""
    days = (day for day, came, has_stamp in handed_in if piece in came and (has_stamp or not stamped))
    return min(days, default="")


def _missing(there: dict[Piece, str]) -> tuple[FilingLack, ...]:
    """Find what did not come, as shortly as it is true: a recipient, a form, one form to one recipient."""
    absent = [piece for piece, day in there.items() if not day]
    with_something = {to for (_, to), day in there.items() if day}
    left_out = dict.fromkeys(to for _, to in absent if with_something and to not in with_something)
    rest = [piece for piece in absent if piece[1] not in left_out]
    lacks = [FilingLack(FilingLackKind.RECIPIENT, "", to) for to in left_out]
    served = with_something or {to for _, to in there}
    for form in dict.fromkeys(form for form, _ in rest):
        recipients = [to for of, to in rest if of == form]
        if len(recipients) == len(served):
            lacks.append(FilingLack(FilingLackKind.FORM, form, ""))
        else:
            lacks += [FilingLack(FilingLackKind.FORM, form, to) for to in recipients]
    return tuple(lacks)


def _unstamped(there: dict[Piece, str], right: dict[Piece, str]) -> tuple[FilingLack, ...]:
    """Find what came without the stamp that it must have."""
    bare = [piece for piece, day in there.items() if day and not right[piece]]
    if bare and len(bare) == sum(bool(day) for day in there.values()):
        return (FilingLack(FilingLackKind.STAMP, "", ""),)
    return tuple(FilingLack(FilingLackKind.STAMP, form, to) for form, to in bare)
