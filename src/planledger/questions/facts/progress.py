"""What the entries of an item add up to on a day (进展): read models, no judgement.

A reversal carries its amount negated on the day of the entry it cancels, so a day's sum is what still
stands of that day. Nothing here knows which day it is.
"""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model.entry_details import NO_DETAILS, Details
from planledger.plan.model.entry_kinds import END_SILENCE, PROOFS
from planledger.plan.model.rows import Duty, Indicator, Item, Milestone, Requirement
from planledger.plan.model.terms import Measure, Scope

NOTHING = "nothing"  # the subject of a report that there is nothing to report (零报告)
DOUBLED = "两地都报了，可能是同一批人或同一件事，请核对口径"


def detail(details: Details, name: str) -> str:
    """Give one of the parts that only some kinds of entry say; empty if it is not there."""
    return details.parts.get(name, "")


def event_of(entry: int, details: Details) -> int:
    """Say which event an entry belongs to: the number of the first entry of it, its own if it stands alone.

    A paper belongs to the event of the entry that it was recorded for, a correction to that of what it corrects.
    """
    if not details:
        return entry
    return details.number("same_event") or details.number("entry") or details.number("corrects") or entry


class UnsummedAmount(NamedTuple):
    """One figure that stands by itself: of a stock, of a must-report, under an upper bound, or with its own papers."""

    code: str
    indicator: str
    side: str
    agency: str
    day: str
    amount: int
    entry: int
    details: Details = NO_DETAILS


class Mark(NamedTuple):
    """An entry that is no figure: a declaration, a paper, a close-out, a reopening."""

    code: str
    kind: str
    side: str
    agency: str
    day: str
    subject: str
    entry: int
    details: Details = NO_DETAILS
    destroyed_by: int = 0  # of a file: the entry that says that its bytes are gone


class PlanMark(NamedTuple):
    """An entry that concerns the plan as a whole and one unit: what it handed in, what was sent back, whom to call."""

    kind: str
    agency: str
    day: str
    subject: str  # of what was handed in or sent back: the filing's key
    entry: int
    note: str
    details: Details


class Inherited(NamedTuple):
    """Whom the office called in a unit in an earlier year (沿用): known until somebody else is named."""

    agency: str
    name: str
    phone: str
    year: int  # of the plan in which the contact was known


class Figure(NamedTuple):
    """An indicator with everything recorded for it.

    `amounts` gives for (side, agency, day) what was reported, added up; the office's own entries have
    no agency. `singles` are in the order of their days. Where the plan says whose figures count, those of
    other units stand aside: they are shown beside the total (核对数) and never in it.
    """

    indicator: Indicator
    amounts: dict[tuple[str, str, str], int]
    singles: tuple[UnsummedAmount, ...]
    sources: tuple[str, ...] = ()  # the units whose figures count (报数单位); empty: everybody's
    aside: "Figure | None" = None  # what other units reported

    def total(self, side: str = "", until: str = LATEST) -> int | None:
        """Say the figure up to *until* inclusive, of one *side* or of the whole.

        A stock, and a figure that must be reported, has none until somebody reports it, be it 0.
        """
        if self.indicator.measure == Measure.STOCK or self.indicator.must_report:
            reported = [s.amount for s in self.singles if s.day <= until and side in ("", s.side)]
            if self.indicator.measure == Measure.STOCK or not reported:
                return reported[-1] if reported else None
        if side == "" and until == LATEST:
            return sum(self.amounts.values())
        return sum(n for (of, _, day), n in self.amounts.items() if day <= until and side in ("", of))

    def counts(self, agency: str) -> bool:
        """Say whether what a unit reports is counted; the office without a unit (本办代记) speaks for those who count."""
        return not self.sources or not agency or agency in self.sources

    def given(self, amounts: dict[tuple[str, str, str], int], singles: Iterable[UnsummedAmount]) -> "Figure":
        """Take what was recorded, and put aside what does not count."""
        if not self.sources:
            return self._replace(amounts=amounts, singles=tuple(singles))
        said, found = list(amounts.items()), list(singles)
        others = Figure(
            self.indicator,
            {name: amount for name, amount in said if not self.counts(name[1])},
            tuple(single for single in found if not self.counts(single.agency)),
        )
        return self._replace(
            amounts={name: amount for name, amount in said if self.counts(name[1])},
            singles=tuple(single for single in found if self.counts(single.agency)),
            aside=others,
        )

    def checks(self) -> tuple[tuple[str, int], ...]:
        """Say what other units than those who count reported of it (核对数), one total each."""
        aside = self.aside or Figure(self.indicator, {}, ())
        totals = {}
        for agency in dict.fromkeys(agency for _, agency, _ in aside.amounts):
            own = Figure(
                self.indicator,
                {name: amount for name, amount in aside.amounts.items() if name[1] == agency},
                tuple(single for single in aside.singles if single.agency == agency),
            )
            if own.singles or any(own.amounts.values()):
                totals[agency] = own.total() or 0
        return tuple(totals.items())

    @property
    def may_be_doubled(self) -> bool:
        """Whether units of both sides reported one figure of the whole item, and nobody said who counts it (两地都报了)."""
        if self.sources or self.indicator.scope != Scope.WHOLE:
            return False
        return (
            len({side for (side, agency, _), amount in self.amounts.items() if side and agency and amount})
            > 1
        )

    def by_side(self) -> dict[str, int]:
        """Split a flow by side in one pass; what the office gave to no side stands under the empty name."""
        totals: dict[str, int] = {}
        for (side, _, _), amount in self.amounts.items():
            totals[side] = totals.get(side, 0) + amount
        return totals

    def reached_on(self, side: str, target: int) -> str:
        """Find the day from which on the figure has stood at *target* or above; empty while it does not."""
        since = ""
        for day, total in self.steps(side):
            if total < target:
                since = ""
            elif not since:
                since = day
        return since

    def steps(self, side: str = "") -> list[tuple[str, int]]:
        """Follow the figure day by day: (day, figure at the end of that day)."""
        if self.indicator.measure == Measure.STOCK:
            return list({s.day: s.amount for s in self.singles if side in ("", s.side)}.items())
        steps: dict[str, int] = {}
        total = 0
        for day, amount in sorted((day, n) for (of, _, day), n in self.amounts.items() if side in ("", of)):
            total += amount
            steps[day] = total
        return list(steps.items())


class Amendment(NamedTuple):
    """What was changed of an item from a day on (调整); the plan's own words stay beside it."""

    entry: int
    code: str
    subject: str  # an AmendmentKind
    side: str
    agency: str  # the unit that is added or dropped
    day: str  # from this day on
    because: str
    details: Details  # basis (文号), and what the change is


class Progress(NamedTuple):
    """An item as it is in force, with everything that was recorded on it."""

    item: Item
    figures: tuple[Figure, ...]
    duties: tuple[Duty, ...]
    milestones: tuple[Milestone, ...]
    requirements: tuple[Requirement, ...]
    marks: tuple[Mark, ...]
    latest_figure: int = 0  # number of the newest figure of a row that was closed out
    papers_elsewhere: tuple[Mark, ...] = ()  # recorded on other items, of events that this one may count too
    amendments: tuple[Amendment, ...] = ()  # those that made item, figures and duties what they are
    put_off: tuple[tuple[str, str], ...] = ()  # (last day, day on which it was put off after it had passed)
    cancelled_on: str = ""

    def figure(self, key: str) -> Figure | None:
        """Find the figure of an indicator."""
        return next((figure for figure in self.figures if figure.indicator.key == key), None)

    def single(self, entry: int) -> UnsummedAmount | None:
        """Find a figure that stands by itself, such as a meeting, by the number of its entry."""
        return next((one for figure in self.figures for one in figure.singles if one.entry == entry), None)

    def held(self, event: int) -> UnsummedAmount | None:
        """Find the meeting, or whatever has papers of its own, that is part of an event."""
        singles = (one for figure in self.figures for one in figure.singles)
        return next((one for one in singles if event_of(one.entry, one.details) == event), None)

    def papers(self) -> Iterable[Mark]:
        """Give the papers that may prove something of the item, wherever they were recorded: files, and what lies elsewhere.

        What was destroyed proves nothing any more.
        """
        yield from self.own_papers()
        yield from self.papers_elsewhere

    def own_papers(self) -> Iterable[Mark]:
        """Give the papers that were recorded on the item itself."""
        return (mark for mark in self.marks if mark.kind in PROOFS and not mark.destroyed_by)

    @property
    def is_begun(self) -> bool:
        """Whether anything was done or told of the item; that there was nothing to tell (零报告) begins nothing."""
        return (
            any(mark.subject != NOTHING for mark in self.marks)
            or any(figure.singles for figure in self.figures)
            or any(any(figure.amounts.values()) for figure in self._reported())
        )

    def traces(self) -> Iterable[tuple[str, str]]:
        """Give (agency, day) of everything that still stands and ends a silence, close-outs by the office included."""
        for figure in self._reported():
            yield from ((agency, day) for (_, agency, day), amount in figure.amounts.items() if amount)
            yield from ((s.agency, s.day) for s in figure.singles)
        yield from ((mark.agency, mark.day) for mark in self.marks if mark.kind in END_SILENCE)

    def _reported(self) -> Iterable[Figure]:
        """Give every figure that somebody reported, those that do not count too."""
        for figure in self.figures:
            yield figure
            if figure.aside:
                yield figure.aside
