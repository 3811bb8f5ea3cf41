"""What was reported of an indicator (数量): day by day, of each side, of each unit; whose figures count, and what units owe by themselves.

A reversal carries its amount negated on the day of the entry it cancels, so a day's sum is what still stands of that day.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model import rows
from planledger.plan.model.entry_details import NO_DETAILS, Details, event_of
from planledger.plan.model.terms import Comparison, Measure, Scope

DOUBLED = "不止一方报了，可能是同一批人或同一件事，请核对口径"


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

    @property
    def event(self) -> int:
        """Which event it belongs to, by the number of the first entry of it."""
        return event_of(self.entry, self.details)


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

    @property
    def must_be_there(self) -> bool:
        """Whether a figure has to be reported, be it 0; of an upper bound nothing reported is not kept."""
        return self.indicator.must_report or self.indicator.comparison == Comparison.AT_MOST

    def total(self, side: str = "", until: str = LATEST) -> int | None:
        """The figure up to *until* inclusive, of one *side* or of the whole.

        A stock, a figure that must be reported, and one under an upper bound has none until somebody reports it, be it 0.
        """
        if self.indicator.measure == Measure.STOCK or self.must_be_there:
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
