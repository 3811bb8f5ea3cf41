"""What the entries of an item add up to on a day (进展): read models, no judgement.

A reversal carries its amount negated on the day of the entry it cancels, so a day's sum is what still
stands of that day. Nothing here knows which day it is.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model import rows
from planledger.plan.model.entry_details import NO_DETAILS, Details
from planledger.plan.model.entry_kinds import END_SILENCE, PROOFS
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.terms import Measure, Scope

# what a report says, by its details
REPORT_WORDS = {"progress": "进展情况", "problem": "存在问题", "next": "下一步措施"}
NOTHING = "nothing"  # the subject of a report that there is nothing to report (零报告)
DOUBLED = "不止一方报了，可能是同一批人或同一件事，请核对口径"


def detail(details: Details, name: str) -> str:
    """One of the parts that only some kinds of entry say; empty if it is not there."""
    return details.parts.get(name, "")


def event_of(entry: int, details: Details) -> int:
    """Which event an entry belongs to: the number of the first entry of it, its own if it stands alone.

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
    parts: frozenset[str] = frozenset()  # the units behind it, where names of units were changed


class Mark(NamedTuple):
    """An entry that is no figure.

    Of an item: a declaration, a paper, a close-out, an amendment (the plan's own words stay). Of the plan as a whole and
    one unit: what it submitted, what was sent back, whom to call.
    """

    code: str  # empty where it concerns the plan as a whole
    kind: str
    side: str
    agency: str  # of an amendment the unit that is added, dropped, or owes another number
    day: str  # of an amendment the day from which on it holds
    subject: str  # a kind of paper, an AmendmentKind, the key of a filing
    entry: int
    details: Details = NO_DETAILS
    destroyed_by: int = 0  # of a file: the entry that says that its bytes are gone
    parts: frozenset[str] = frozenset()  # the units behind it, where names of units were changed
    note: str = ""  # of the plan as a whole, and why an amendment was made; of other marks nobody asks for it


class Figure(NamedTuple):
    """An indicator with everything recorded for it.

    `amounts` gives for (side, agency, day) what was reported, added up; the office's own entries have
    no agency. `singles` are in the order of their days. Where the plan says whose figures count, those of
    other units stand aside: they are shown next to the total (核对数) and never in it.
    """

    indicator: rows.Indicator
    amounts: dict[tuple[str, str, str], int]
    singles: tuple[UnsummedAmount, ...]
    sources: tuple[str, ...] = ()  # the units whose figures count (报数单位); empty: everybody's
    aside: "Figure | None" = None  # what other units reported
    parts: frozenset[str] = frozenset()  # the units behind the sources, where names of units were changed
    # Where each unit owes by itself (分解任务数): by units as the plan names them, several joined by 、, no name is whoever answers.
    quotas: Mapping[str, int] = MappingProxyType({})
    shares: "tuple[Figure, ...]" = ()  # the same by the units of the day; of a merged unit, what its parts owe
    owner: str = ""  # of a share: the unit
    # of a share: what the units behind its owner owe
    owed: Mapping[frozenset[str], int] = MappingProxyType({})

    @property
    def is_divided(self) -> bool:
        """Whether the plan gives each unit a number of its own (任务分解)."""
        return bool(self.quotas) and "" not in self.quotas

    def share_of(self, agency: str) -> "Figure | None":
        """The part of it that a unit owes by itself, if any."""
        return next((share for share in self.shares if share.owner == agency), None)

    @property
    def name(self) -> tuple[str, str]:
        """Code of the item and key of the indicator."""
        return self.indicator.code, self.indicator.key

    def total(self, side: str = "", until: str = LATEST) -> int | None:
        """The figure up to *until* inclusive, of one *side* or of the whole.

        A stock, and a figure that must be reported, has none until somebody reports it, be it 0.
        """
        if self.indicator.measure == Measure.STOCK or self.indicator.must_report:
            reported = [s.amount for s in self.singles if s.day <= until and side in ("", s.side)]
            if self.indicator.measure == Measure.STOCK and self.shares and reported:
                return sum(share.total(side, until) or 0 for share in self.shares)
            if self.indicator.measure == Measure.STOCK or not reported:
                return reported[-1] if reported else None
        if side == "" and until == LATEST:
            return sum(self.amounts.values())
        return sum(n for (of, _, day), n in self.amounts.items() if day <= until and side in ("", of))

    def counts(self, agency: str) -> bool:
        """Whether what a unit reports is counted; what the office records without a unit (本办代记) always is."""
        return not self.sources or not agency or agency in self.sources

    def given(self, amounts: dict[tuple[str, str, str], int], singles: Iterable[UnsummedAmount]) -> "Figure":
        """The figure with what was recorded; what does not count is put aside."""
        whole = self._replace(amounts=amounts, singles=tuple(singles))
        if not self.sources:
            return whole
        agencies = {agency for _, agency, _ in amounts} | {single.agency for single in whole.singles}
        counting = {agency for agency in agencies if self.counts(agency)}
        aside = whole.of(agencies - counting)
        return whole.of(counting)._replace(sources=self.sources, parts=self.parts, aside=aside)

    def of(self, agencies: set[str]) -> "Figure":
        """The part of it that some units reported; whose figures count is left out."""
        return Figure(
            self.indicator,
            {name: amount for name, amount in self.amounts.items() if name[1] in agencies},
            tuple(single for single in self.singles if single.agency in agencies),
        )

    def checks(self) -> tuple[tuple[str, int], ...]:
        """What other units than those who count reported of it (核对数), one total each."""
        if self.aside is None:
            return ()
        parts = {agency: self.aside.of({agency}) for _, agency, _ in self.aside.amounts}
        return tuple(
            (agency, part.total() or 0)
            for agency, part in parts.items()
            if part.singles or any(part.amounts.values())
        )

    @property
    def may_be_doubled(self) -> bool:
        """Whether units of both sides reported one figure of the whole item, and the plan names nobody who counts it (不止一方报了)."""
        if self.sources or self.indicator.scope != Scope.WHOLE:
            return False
        sides = {side for (side, agency, _), amount in self.amounts.items() if side and agency and amount}
        return len(sides) > 1

    def by_side(self) -> dict[str, int]:
        """A flow by side; what the office recorded of no side stands under the empty name."""
        totals: dict[str, int] = {}
        for (side, _, _), amount in self.amounts.items():
            totals[side] = totals.get(side, 0) + amount
        return totals

    def reached_on(self, side: str, target: int) -> str:
        """The day from which on the figure has stood at *target* or above; empty while it does not."""
        since = ""
        for day, total in self.steps(side):
            if total < target:
                since = ""
            elif not since:
                since = day
        return since

    def steps(self, side: str = "") -> list[tuple[str, int]]:
        """The figure day by day: (day, figure at the end of that day)."""
        if self.indicator.measure == Measure.STOCK:
            return list({s.day: s.amount for s in self.singles if side in ("", s.side)}.items())
        steps: dict[str, int] = {}
        total = 0
        for day, amount in sorted((day, n) for (of, _, day), n in self.amounts.items() if side in ("", of)):
            total += amount
            steps[day] = total
        return list(steps.items())


class Progress(NamedTuple):
    """An item as it is in force, with everything that was recorded on it."""

    item: rows.Item
    figures: tuple[Figure, ...]
    duties: tuple[rows.Duty, ...]
    milestones: tuple[rows.Milestone, ...]
    requirements: tuple[rows.Requirement, ...]
    marks: tuple[Mark, ...]
    latest_figure: int = 0  # number of the newest figure of a row that was closed out
    papers_elsewhere: tuple[Mark, ...] = ()  # recorded on other items, of events that this one may count too
    amendments: tuple[Mark, ...] = ()  # those that made item, figures and duties what they are
    put_off: tuple[tuple[str, str], ...] = ()  # (last day, day on which it was put off after it had passed)
    cancelled_on: str = ""
    parts: dict[str, frozenset[str]] = {}  # noqa: RUF012  (of merged units: those of their parts that answered for the item)
    periods: tuple[RhythmPeriod, ...] = ()  # of a rhythm that obliges (逐期), as the plan has them
    stages: tuple[rows.Stage, ...] = ()  # parts of the work with last days of their own
    column_texts: tuple[rows.ColumnText, ...] = ()  # in the document's own columns, where asked for

    @property
    def number(self) -> str:
        """The number that the document gives the row, where that was asked for; empty where it gives none."""
        return next((cell.text for cell in self.column_texts if cell.head == rows.NUMBER), "")

    @property
    def own_columns(self) -> dict[str, str]:
        """What stands in the row under each head of the document's own, its number left out."""
        return {cell.head: cell.text for cell in self.column_texts if cell.head != rows.NUMBER}

    def figure(self, key: str) -> Figure | None:
        """The figure of an indicator."""
        return next((figure for figure in self.figures if figure.indicator.key == key), None)

    def with_figure(self, figure: Figure) -> "Progress":
        """The item with another figure in the place of the one of the same indicator."""
        return self._replace(
            figures=tuple(figure if one.name == figure.name else one for one in self.figures)
        )

    def single(self, entry: int) -> UnsummedAmount | None:
        """The figure that stands by itself, such as a meeting, by the number of its entry."""
        return next((one for figure in self.figures for one in figure.singles if one.entry == entry), None)

    def held(self, event: int) -> UnsummedAmount | None:
        """The meeting, or whatever has papers of its own, that is part of an event."""
        singles = (one for figure in self.figures for one in figure.singles)
        return next((one for one in singles if event_of(one.entry, one.details) == event), None)

    def papers(self) -> Iterable[Mark]:
        """The papers that may prove something of the item, wherever they were recorded: files, and what lies elsewhere.

        What was destroyed proves nothing any more.
        """
        yield from self.own_papers()
        yield from self.papers_elsewhere

    def own_papers(self) -> Iterable[Mark]:
        """The papers that were recorded on the item itself."""
        return (mark for mark in self.marks if mark.kind in PROOFS and not mark.destroyed_by)

    @property
    def is_begun(self) -> bool:
        """Whether anything was recorded of the item; a report that there is nothing to report (零报告) begins nothing."""
        return (
            any(mark.subject != NOTHING for mark in self.marks)
            or any(figure.singles for figure in self.figures)
            or any(any(figure.amounts.values()) for figure in self._reported())
        )

    def traces(self) -> Iterable[tuple[str, str]]:
        """(agency, day) of everything that still stands and ends a silence, close-outs by the office included."""
        yield from self.reported_figures()
        yield from ((mark.agency, mark.day) for mark in self.marks if mark.kind in END_SILENCE)

    def reported_figures(self) -> Iterable[tuple[str, str]]:
        """(agency, day) of every figure that still stands."""
        for figure in self._reported():
            yield from ((agency, day) for (_, agency, day), amount in figure.amounts.items() if amount)
            yield from ((s.agency, s.day) for s in figure.singles)

    def _reported(self) -> Iterable[Figure]:
        """Every figure that somebody reported, those that do not count too."""
        for figure in self.figures:
            yield figure
            if figure.aside:
                yield figure.aside
