"""An independent judgement: what the rules of docs/decisions.md come to, in plain Python over the raw entries.

Nothing here is shared with `planledger.questions`; it is slow and plain on purpose. Random histories hold the two
against each other.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from planledger.plan.model.version import Plan

Entry = dict[str, Any]  # one row of the table, by its columns
Lacking = tuple[str, str, str, int, str, int]  # kind, key, side, amount, agency, entry
FIELDS = (
    *("seq", "kind", "code", "indicator", "amount", "side", "agency", "dated", "recorded_at"),
    *("subject", "note", "details", "reverses"),
)
END = "9999-12-31"
END_OF_CHAIN = 10**9  # of a number in a sum nobody knows which entry it was


class Stand(NamedTuple):
    """Where a row stands."""

    standing: str
    days_late: int
    late_before: int
    finished_on: str
    lacks: frozenset[Lacking]
    missed: frozenset[str]
    stages: frozenset[tuple[str, str, int]]  # name, the day on which it was met, days late
    periods: frozenset[
        tuple[str, str, str]
    ]  # last day, unit, and whether it has not reported or reported late
    needs_review: bool
    owed: dict[str, frozenset[Lacking]]
    figures: dict[str, tuple[int | None, dict[str, int]]]  # total, and what others say of it


class Ledger:
    """What was known of a plan at a moment, and had happened by a day."""

    def __init__(self, entries: Iterable[Entry], plans: dict[str, Plan], day: str, moment: str) -> None:
        known = [one for one in entries if one["recorded_at"] <= moment]
        undone = {one["reverses"] for one in known if one["kind"] == "reversal"}
        standing = [one for one in known if one["kind"] != "reversal" and one["seq"] not in undone]
        self.plan = plans[[one for one in standing if one["kind"] == "adoption"][-1]["subject"]]
        self.sources: dict[tuple[str, str], set[str]] = {}
        for one in self.plan.sources:
            self.sources.setdefault((one.code, one.key), {""}).add(one.agency)
        self.day = day
        self.changes = [one for one in standing if one["kind"] in ("agency_rename", "agency_merge")]
        self.changes.sort(key=lambda one: (one["dated"], one["seq"]))
        self.standing = [one for one in standing if one["dated"] <= day and one["kind"] != "adoption"]
        self.standing.sort(key=lambda one: (one["dated"], one["recorded_at"], one["seq"]))
        self.touched = [one for one in known if one["indicator"] and one["dated"] <= day and self.counts(one)]
        self.sides = [side.name for side in self.plan.sides]
        gone = {more(one)["entry"] for one in self.standing if one["kind"] == "destruction"}
        self.proofs = [
            one
            for one in self.standing
            if one["kind"] in ("paper", "evidence") and str(one["seq"]) not in gone
        ]

    def counts(self, one: Entry) -> bool:
        """Return whether a figure is one of those that count: everybody's, or those of the units that are named."""
        units = self.sources.get((one["code"], one["indicator"]))
        return units is None or bool(units & self.behind(one, END_OF_CHAIN))

    def first(self, name: str) -> str:
        """The first name of a unit."""
        for one in reversed(self.changes):
            name = one["subject"] if one["kind"] == "agency_rename" and one["agency"] == name else name
        return name

    def behind(self, one: Entry, number: int = 0) -> set[str]:
        """The units that were never merged of which an entry tells: of a merged one all its parts."""
        return self._behind(one["agency"], one["dated"], number or one["seq"])

    def _behind(self, name: str, day: str, number: int) -> set[str]:
        name = self.first(name)
        for one in reversed(self.changes):
            parts = {self.first(part) for part in one["subject"].split("、")}
            came_before = one["seq"] < number and (name not in parts or one["dated"] <= day)
            if one["kind"] == "agency_merge" and self.first(one["agency"]) == name and came_before:
                return {each for part in parts for each in self._behind(part, day, one["seq"])}
        return {name}

    def called(self, name: str) -> str:
        """What a unit is called on the day, by its first name."""
        for one in self.changes:
            if one["dated"] <= self.day and name in one["subject"].split("、"):
                name = one["agency"]
        return name

    def filers(self, name: str) -> set[str]:
        """Those of the units behind a name of the day that hand something in."""
        rows = [_Row(self, item.code) for item in self.plan.items]
        units = {duty.agency for row in rows for duty in row.duties if not duty.is_group}
        return {one for one in units - set(self.plan.meta.offices.split("、")) if self.called(one) == name}

    def rows(self) -> dict[str, Stand]:
        """Judge every row."""
        return {item.code: _Row(self, item.code).stand() for item in self.plan.items}

    def filing(self, agency: str, key: str) -> tuple[str, str]:
        """Say where a unit stands with a filing, and on which day it was complete: as the part that has handed in least."""
        order = ("handed_in", "incomplete", "returned", "missing")
        return max(
            (self._filing(one, key) for one in self.filers(agency)),
            key=lambda one: (order.index(one[0]), one[1]),
        )

    def _filing(self, agency: str, key: str) -> tuple[str, str]:
        filing = next(one for one in self.plan.filings if one.key == key.partition("/")[0])
        own = [one for one in self.standing if agency in self.behind(one) and one["subject"] == key]
        own = sorted((one for one in own if one["kind"] in ("filing", "return")), key=lambda one: one["seq"])
        while own and own[0]["kind"] == "return":
            own.pop(0)
        back = [place for place, one in enumerate(own) if one["kind"] == "return"]
        here = own[back[-1] + 1 :] if back else own
        days = []
        for form in filing.forms.split("、"):
            for to in filing.recipients.split("、"):
                came = [
                    one["dated"]
                    for one in here
                    if form in more(one)["form"].split("、")
                    and to in more(one)["to"].split("、")
                    and (more(one)["stamped"] or not filing.stamped)
                ]
                days.append(min(came, default=END))
        if max(days) < END:
            return "handed_in", max(days)
        return ("incomplete" if here else "returned" if back else "missing"), ""


class _Row:
    """One row with what was amended of it."""

    def __init__(self, ledger: Ledger, code: str) -> None:
        plan, self.ledger, self.code = ledger.plan, ledger, code
        self.item = next(one for one in plan.items if one.code == code)
        own = [one for one in plan.indicators if one.code == code]
        self.targets = {one.key: (one.comparison, one.target) for one in own}
        self.of_units = {one.key for one in own if one.scope == "unit"}
        tables = {one.key for one in plan.quotas if one.code == code}
        self.each = {key: self.targets[key][1] or 0 for key in self.of_units - tables}
        self.quotas: dict[str, list[tuple[frozenset[str], int]]] = {key: [] for key in self.of_units}
        for quota in plan.quotas:
            if quota.code == code:
                self.quotas[quota.key].append((frozenset({quota.agency}), quota.target or 0))
        self.plan_quotas = {key: dict(each) for key, each in self.quotas.items()}
        self.indicators = {one.key: one for one in own}
        self.duties = [d for d in plan.duties if d.code == code]
        self.last_day, self.cancelled_on = self.item.last_day, ""
        self.put_off: list[tuple[str, str]] = []
        counts = any(one.target is not None or one.must_report for one in own)
        self.declares = bool(self.item.declare) or not counts
        self.standing = [one for one in ledger.standing if one["code"] == code]
        changes = [one for one in self.standing if one["kind"] == "amendment"]
        for one in sorted(changes, key=lambda one: (one["dated"], one["seq"])):
            self._amend(one, more(one))

    def _amend(self, one: Entry, details: dict[str, str]) -> None:  # noqa: C901  (one branch for each thing that changes)
        plan_targets = {key: each.target for key, each in self.indicators.items()}
        there = {duty.agency for duty in self.duties}
        units = self.ledger.behind(one) if one["agency"] else set()
        if one["subject"] == "due" and details["said"] == self.item.last_day:
            if self.last_day and one["dated"] > self.last_day:
                self.put_off.append((self.last_day, one["dated"]))
            self.last_day = details["due"]
        elif one["subject"] == "target" and details["key"] in plan_targets:
            key, own = details["key"], plan_targets[details["key"]]
            if details["said"] == ("" if own is None else str(own)):
                word = self.targets[key][0]
                self.targets[key] = ("at_least" if word == "none" else word, int(details["target"]))
                if key in self.each:
                    self.each[key] = int(details["target"])
        elif one["subject"] == "quota":
            self._amend_quota(details, units)
        elif one["subject"] == "add" and not units & there:
            first = self.ledger.plan.duties[0]
            new = first._replace(code=self.code, side=one["side"], role=details["role"], is_group=False)
            self.duties = [*self.duties, *(new._replace(agency=unit) for unit in sorted(units))]
        elif one["subject"] == "drop":
            self.duties = [duty for duty in self.duties if duty.agency not in units]
        elif one["subject"] == "cancel":
            self.cancelled_on = self.cancelled_on or one["dated"]

    def _amend_quota(self, details: dict[str, str], units: set[str]) -> None:
        """Give units a number of their own, several together where they are one."""
        key, first = details["key"], {duty.agency for duty in self.duties if not duty.is_group}
        meant = frozenset(units & first)
        if key not in self.of_units or not meant:
            return
        in_plan = [d.agency for d in self.ledger.plan.duties if d.code == self.code and d.agency in units]
        target = self.indicators[key].target
        each = {} if self.plan_quotas[key] else dict.fromkeys(in_plan, target or 0)
        own = [each.get(unit, self.plan_quotas[key].get(frozenset({unit}))) for unit in in_plan]
        if details["said"] != ("" if None in own or not own else str(sum(n or 0 for n in own))):
            return
        self.quotas[key] = [(of, n) for of, n in self.quotas[key] if not of & meant] + [
            (meant, int(details["target"]))
        ]

    def _owing(self, key: str) -> dict[str, list[tuple[frozenset[str], int]]]:
        """What each unit of the day owes by itself: of which units how much."""
        there = {duty.agency for duty in self.duties}
        own = [(of, n) for of, n in self.quotas[key] if of & there]
        named = {unit for of, _ in own for unit in of}
        if key in self.each:
            own += [
                (frozenset({d.agency}), self.each[key]) for d in self.answering() if d.agency not in named
            ]
        owing: dict[str, list[tuple[frozenset[str], int]]] = {}
        for of, target in own:
            for name in {self.ledger.called(unit) for unit in of}:
                owing.setdefault(name, []).append((of, target))
        return owing

    def _shares(self, key: str) -> tuple[list[str], list[Lacking]]:
        """Judge each unit that owes by itself: on which day it had done so, and what it lacks."""
        done: list[str] = []
        lacks: list[Lacking] = []
        for name, parts in self._owing(key).items():
            units = frozenset().union(*(of for of, _ in parts))
            counted = [
                (self.ledger.behind(one) & units, one)
                for one in self.reports(key, "")
                if self.ledger.behind(one) & units
            ]
            days_of = sorted({one["dated"] for _, one in counted})
            final, missing = self._together(key, parts, counted, END)
            if missing:
                of_kind: dict[str, int] = {}
                for kind, amount in missing:
                    of_kind[kind] = of_kind.get(kind, 0) + amount
                lacks += [(kind, key, "", amount, name, 0) for kind, amount in of_kind.items()]
                done.append("")
                continue
            comparison, target = self.targets[key]
            if comparison == "at_most" or not target or len(units) == 1:
                done.append(final)
                continue
            since = ""
            for when in days_of:
                since = "" if self._together(key, parts, counted, when)[1] else since or when
            done.append(since)
        return done, lacks

    def _together(
        self,
        key: str,
        parts: list[tuple[frozenset[str], int]],
        counted: list[tuple[set[str], Entry]],
        until: str,
    ) -> tuple[str, list[tuple[str, int]]]:
        """Judge those that owe together: parts of a merged unit alone until it has reported under its own name."""
        known = [(units, one) for units, one in counted if one["dated"] <= until]
        groups = {frozenset(units) for units, _ in known} | {of for of, _ in parts}
        groups = {one for one in groups if not any(one < other for other in groups)}
        done, missing = [""], []
        for group in groups:
            entries = [one for units, one in known if units <= group]
            target = sum(n for of, n in parts if of <= group)
            on, lacks = self._judged(key, entries, target)
            done.append(on)
            missing += lacks
        return max(done), missing

    def _judged(  # noqa: C901, PLR0911  (one branch for each case of docs/decisions.md)
        self, key: str, entries: list[Entry], target: int
    ) -> tuple[str, list[tuple[str, int]]]:
        comparison, promised = self.targets[key]
        day, last = self.ledger.day, self.last_day
        is_stock = self.indicators[key].measure == "stock"

        def total(until: str) -> int:
            amounts = [one["amount"] for one in entries if one["dated"] <= until]
            return (amounts or [0])[-1] if is_stock else sum(amounts)

        needed = self.indicators[key].must_report or comparison == "at_most"
        if needed and not entries:
            return "", [("figure", 0)]
        first = entries[0]["dated"] if needed else ""
        if promised is None or comparison == "none":
            return first, []
        if comparison == "at_most":
            in_time = any(one["dated"] <= last for one in entries) if last else False
            over = total(last if in_time else END) - target
            if last and day <= last:
                return "", [("target", 0)]
            if over > 0:
                return "", [("exceeded", over)]
            return ("", [("target", 0)]) if not last else (last if in_time else first, [])
        if total(END) < target:
            return "", [("target", target - total(END))]
        since = ""
        for one in entries:
            since = (since or one["dated"]) if total(one["dated"]) >= target else ""
        return max(first, since), []

    def stand(self) -> Stand:
        """Judge the row."""
        day, last = self.ledger.day, self.last_day
        done_on, lacks = self._work()
        finished = "" if lacks else max(done_on, default="")
        lacks += self._papers()
        turns = [one for one in self.standing if one["kind"] in ("close", "reopen")]
        turns.sort(key=lambda one: one["seq"])
        closed = bool(turns) and turns[-1]["kind"] == "close"
        stages = self._stages()
        missed = [one.last_day for one, met_on in stages if not met_on and day > one.last_day]
        standing = self._word(closed=closed, done=not lacks, missed=bool(missed))
        until = finished or (day if self.put_off and standing != "closed" else "")
        until = {"cancelled": self.cancelled_on, "overdue": day}.get(standing, until)
        limit, put_off = last, self.put_off
        if standing in ("overdue", "cancelled") and missed and min(missed) <= (last or END):
            limit = min(missed)
            put_off = [(was, on) for was, on in self.put_off if was < limit]
        before = sum(days(was, min(on, until)) for was, on in put_off)
        latest = max((one["seq"] for one in self.ledger.touched if one["code"] == self.code), default=0)
        ends = max((one["seq"] for one in turns if one["kind"] == "close"), default=0)
        return Stand(
            standing,
            before + days(limit, until),
            before,
            finished,
            frozenset(self._named(lacks)),
            frozenset(self._missed()),
            frozenset((one.name, met_on, days(one.last_day, met_on or day)) for one, met_on in stages),
            frozenset(self._periods(turns[-1]["dated"] if closed else END)),
            closed and standing == "closed" and (bool(lacks) or latest > ends),
            self._owed(lacks, standing),
            {key: self._stood(key) for key in self.indicators},
        )

    def _stood(self, key: str) -> tuple[int | None, dict[str, int]]:
        one, counted = self.indicators[key], self.reports(key, "")
        needs_report = one.measure == "stock" or one.must_report or self.targets[key][0] == "at_most"
        total = None if needs_report and not counted else self.total(key, "")
        if key in self.of_units and one.measure == "stock" and counted:
            latest: dict[frozenset[str], int] = {}
            for each in counted:
                units = frozenset(self.ledger.behind(each))
                latest = {of: n for of, n in latest.items() if not of <= units} | {units: each["amount"]}
            total = sum(latest.values())
        others: dict[str, list[int]] = {}
        for each in self.standing:
            if each["kind"] == "amount" and each["indicator"] == key and not self.ledger.counts(each):
                now = self.ledger.called(self.ledger.first(each["agency"]))
                alone = f"{now}（合并前）" if now == each["agency"] else each["agency"]
                sources = self.ledger.sources[self.code, key]
                name = alone if now in map(self.ledger.called, sources) else now
                others.setdefault(name, []).append(each["amount"])
        sums = {agency: n[-1] if one.measure == "stock" else sum(n) for agency, n in others.items()}
        return total, {agency: n for agency, n in sums.items() if n or self._counts_singly(key)}

    def _word(self, *, closed: bool, done: bool, missed: bool) -> str:
        day, last = self.ledger.day, self.last_day
        begun = any(
            one["kind"] in ("declaration", "paper", "evidence", "close", "reopen")
            or (one["kind"] == "report" and one["subject"] != "nothing")
            or (one["kind"] == "amount" and (one["amount"] or self._is_something(one)))
            for one in self.standing
        )
        if self.cancelled_on:
            return "cancelled"
        if closed or done:
            return "closed" if closed else "done"
        if missed or (last and day > last):
            return "overdue"
        if last and days(day, last) <= self.ledger.plan.meta.warn_days:
            return "due_soon"
        return "open" if begun else "not_started"

    def _is_something(self, one: Entry) -> bool:
        """Whether 0 of a figure that counts begins the row."""
        return self.ledger.counts(one) and self._counts_singly(one["indicator"])

    def _counts_singly(self, key: str) -> bool:
        """Whether a figure of 0 is something: of a stock, an upper bound, what must be reported, what has papers."""
        one = self.indicators[key]
        has_papers = any((r.code, r.per) == (self.code, key) for r in self.ledger.plan.requirements)
        stands_alone = one.scope == "unit" or one.comparison == "at_most" or one.measure == "stock"
        return bool(one.must_report) or stands_alone or has_papers

    def reports(self, key: str, side: str, until: str = END) -> list[Entry]:
        """Return what was reported of a figure, in the order of days."""
        return [
            one
            for one in self.standing
            if one["kind"] == "amount"
            and one["indicator"] == key
            and side in ("", one["side"])
            and one["dated"] <= until
            and self.ledger.counts(one)
        ]

    def total(self, key: str, side: str, until: str = END) -> int:
        """Add a flow up; of a stock the latest counts."""
        amounts = [one["amount"] for one in self.reports(key, side, until)]
        return (amounts or [0])[-1] if self.indicators[key].measure == "stock" else sum(amounts)

    def _work(self) -> tuple[list[str], list[Lacking]]:
        done: list[str] = []
        lacks: list[Lacking] = []
        for key, one in self.indicators.items():
            if key in self.of_units and self._owing(key):
                on_days, missing = self._shares(key)
                done += on_days
                lacks += missing
                continue
            for side in self.ledger.sides if one.scope == "each" else [""]:
                on, missing = self._figure(key, side)
                done.append(on)
                lacks += missing
        if self.declares:
            on, missing = self._declared()
            done.append(on)
            lacks += missing
        return done, lacks

    def _figure(self, key: str, side: str) -> tuple[str, list[Lacking]]:
        comparison, target = self.targets[key]
        report_days = [one["dated"] for one in self.reports(key, side)]
        needed = self.indicators[key].must_report or comparison == "at_most"
        if needed and not report_days:
            return "", [("figure", key, side, 0, "", 0)]
        first = report_days[0] if needed else ""
        if target is None or comparison == "none":
            return first, []
        if comparison == "at_most":
            return self._bound(key, side, target, first)
        if self.total(key, side) < target:
            return "", [("target", key, side, target - self.total(key, side), "", 0)]
        since = ""
        for when in report_days:
            since = (since or when) if self.total(key, side, when) >= target else ""
        return max(first, since), []

    def _bound(self, key: str, side: str, target: int, first: str) -> tuple[str, list[Lacking]]:
        day, last = self.ledger.day, self.last_day
        if not last:
            over = self.total(key, side) - target
            return "", [("exceeded", key, side, over, "", 0) if over > 0 else ("target", key, side, 0, "", 0)]
        if day <= last:
            return "", [("target", key, side, 0, "", 0)]
        in_time = bool(self.reports(key, side, last))
        over = self.total(key, side, last if in_time else day) - target
        if over > 0:
            return "", [("exceeded", key, side, over, "", 0)]
        return (last if in_time else first), []

    def _declared(self) -> tuple[str, list[Lacking]]:
        first: dict[str, str] = {}
        for one in self.standing:
            if one["kind"] == "declaration":
                for unit in self.ledger.behind(one):
                    first.setdefault(unit, one["dated"])
        units = [duty.agency for duty in self.answering()]
        office = first.get("", END)
        everybody = max((first.get(unit, END) for unit in units), default=END)
        if min(office, everybody) < END:
            return min(office, everybody), []
        silent = [unit for unit in units if unit not in first] or [""]
        return "", [("declaration", "", "", 0, unit, 0) for unit in silent]

    def answering(self) -> list[Any]:
        """Name the duties that answer for the row."""
        named = [duty for duty in self.duties if not duty.is_group and duty.role != "assist"]
        return [duty for duty in named if duty.role == "lead"] or named

    def _papers(self) -> list[Lacking]:
        lacks: list[Lacking] = []
        for one in self.ledger.plan.requirements:
            if one.code == self.code:
                for side in self.ledger.sides if one.scope == "each" else [""]:
                    lacks += self._per(one, side) if one.per else self._once(one.kind, side)
        return lacks

    def _once(self, kind: str, side: str) -> list[Lacking]:
        there = any(
            one["code"] == self.code and one["subject"] == kind and side in ("", one["side"])
            for one in self.ledger.proofs
        )
        return [] if there else [("paper", kind, side, 0, "", 0)]

    def _per(self, one: Any, side: str) -> list[Lacking]:
        held = [each for each in self.reports(one.per, side) if each["amount"]]
        if not held:
            return [("paper", one.kind, side, 0, "", 0)]
        proven = {
            event(paper)
            for paper in self.ledger.proofs
            if paper["subject"] == one.kind and (not side or paper["side"] in ("", side))
        }
        without = [each["seq"] for each in held if event(each) not in proven]
        return [("paper", one.kind, side, 0, "", entry) for entry in without]

    def _missed(self) -> list[str]:
        return [
            one.label
            for one in self.ledger.plan.milestones
            if one.code == self.code
            and one.kind == "binding"
            and one.at_least is not None
            and self.ledger.day > one.day
            and self.total(one.indicator, one.side, one.day) < one.at_least
        ]

    def _stages(self) -> list[tuple[Any, str]]:
        """Say of each stage of the row on which day it was met, if it was."""
        judged = []
        for one in self.ledger.plan.stages:
            if one.code == self.code:
                targets = [each.split("=") for each in one.targets.split("、") if each]
                done = [
                    self._stood_since(key, side, int(target))
                    for key, target in targets
                    for side in (self.ledger.sides if self.indicators[key].scope == "each" else [""])
                ] or self._parts_done(one.units.split("、"))
                judged.append((one, max(done) if max(done) < END else ""))
        return judged

    def _stood_since(self, key: str, side: str, target: int) -> str:
        since = ""
        for when in [one["dated"] for one in self.reports(key, side)]:
            since = (since or when) if self.total(key, side, when) >= target else ""
        return since or END

    def _parts_done(self, units: list[str]) -> list[str]:
        """On which day each unit had declared its part, a merged one by the last of those that answer."""
        first: dict[str, str] = {}
        for one in self.standing:
            if one["kind"] == "declaration":
                for unit in self.ledger.behind(one):
                    first.setdefault(unit, one["dated"])
        answering = {duty.agency for duty in self.answering()}
        named = [duty.agency for duty in self.duties if not duty.is_group]
        called = {self.ledger.called(unit) for unit in units if unit}
        names = {self.ledger.called(unit) for unit in named} & called
        names = names or {self.ledger.called(unit) for unit in answering}
        by_office = first.get("", END)
        done = []
        for name in names:
            of_unit = [unit for unit in named if self.ledger.called(unit) == name]
            parts = [unit for unit in of_unit if unit in answering] or of_unit
            done.append(min(by_office, max(first.get(unit, END) for unit in parts)))
        return done or [by_office]

    def _periods(self, closed_on: str) -> Iterable[tuple[str, str, str]]:
        """Say which unit has not reported for a period whose last day is over, or only after that day."""
        until = min(closed_on, self.last_day or END, self.cancelled_on or END)
        units = {self.ledger.called(duty.agency) for duty in self.answering()}
        kinds = ("amount", "declaration", "paper", "evidence", "report")
        reports = [
            (one["dated"], self.ledger.called(self.ledger.first(one["agency"])))
            for one in self.standing
            if one["kind"] in kinds
        ]
        for rhythm in self.ledger.plan.rhythms:
            for first, last, end in quarters(rhythm) if rhythm.code == self.code else ():
                for unit in units or {""}:
                    dated = [
                        on for on, who in reports if first <= on <= end and (who in (unit, "") or not units)
                    ]
                    if rhythm.first_day <= last <= until and not dated and last < self.ledger.day:
                        yield last, unit, "missing"
                    elif rhythm.first_day <= last <= until and dated and min(dated) > last:
                        yield last, unit, "late"

    def _owed(self, lacks: list[Lacking], standing: str) -> dict[str, frozenset[Lacking]]:
        answering = [] if standing in ("closed", "cancelled") else self.answering()
        owed: dict[str, frozenset[Lacking]] = {}
        for duty in self.duties:
            mine = [
                one
                for one in lacks
                if (
                    one[4] == duty.agency
                    if one[0] == "declaration"
                    else not one[4] and one[2] in ("", duty.side)
                )
            ]
            shares = [one for one in lacks if one[4] and one[0] != "declaration"]
            name = duty.agency if duty.is_group else self.ledger.called(duty.agency)
            own = frozenset(self._named(mine) if duty in answering else ())
            if standing not in ("closed", "cancelled"):
                own |= frozenset(one for one in shares if one[4] == name)
            owed[name] = owed.get(name, frozenset()) | own
        return owed

    def _named(self, lacks: list[Lacking]) -> list[Lacking]:
        """Name the units as they are called on the day; what two parts of one unit lack alike is one thing."""
        return [
            (*one[:4], self.ledger.called(one[4]), one[5]) if one[0] == "declaration" else one
            for one in lacks
        ]


def quarters(rhythm: Any) -> Iterable[tuple[str, str, str]]:
    """Name the first day, the last day in time and the end of each quarter of the year of a rhythm."""
    year, (month, day) = rhythm.first_day[:4], map(int, rhythm.day.split("-"))
    assert "3" == rhythm.every
    for first, end in (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")):
        yield f"{year}-{first}", f"{year}-{int(first[:2]) + month - 1:02}-{day:02}", f"{year}-{end}"


def more(entry: Entry) -> Any:
    """Read what only the kind of an entry says; what it does not say is empty."""
    details = dict(json.loads(entry["details"] or "[]"))
    return {name: details.get(name, "") for name in MORE} | details


MORE = ("form", "to", "stamped", "entry", "same_event", "corrects", "said", "due", "key", "target", "role")


def event(entry: Entry) -> int:
    """Return which event an entry belongs to."""
    details = more(entry)
    return int(details["same_event"] or details["entry"] or details["corrects"] or entry["seq"])


def days(since: str, until: str) -> int:
    """Count the days between two, none where either is missing or they are the other way round."""
    if not (since and until):
        return 0
    return max(0, (date.fromisoformat(until) - date.fromisoformat(since)).days)
