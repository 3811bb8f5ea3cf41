"""What a leader reads first: what is late, and who still owes it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.rows import Agency, Duty
from planledger.plan.model.terms import Role, Standing
from planledger.questions.answers.filings import LateFiling, late_filings
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.chasing import Chased, chases_for, chases_in, counted
from planledger.questions.judge.lacks import Lack
from planledger.questions.sheet import Row, Sheet, last_entries

# Whom a late row is listed under that no unit answers for: 各乡镇 names nobody, so the office must act.
NOBODY = Agency("（没有点名的责任主体，由本办处理）", "", "", "", "")


class Debt(NamedTuple):
    """One late item in the list of one unit; an assisting unit owes nothing and is only listed."""

    row: Row
    duty: Duty
    lacks: tuple[Lack, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """Of a merged unit the parts that have not declared, where others have."""
        return next((lack.parts for lack in self.lacks if lack.parts), ())

    @property
    def assists(self) -> bool:
        """Whether the unit only assists (配合)."""
        return not self.lacks


class Debtor(NamedTuple):
    """One unit with everything late that it still owes, then what it assists."""

    agency: Agency
    debts: tuple[Debt, ...]

    @property
    def owes(self) -> bool:
        """Whether anything of it is the unit's own debt."""
        return any(not debt.assists for debt in self.debts)

    @property
    def days_late(self) -> int:
        """How late the worst of its own debts is."""
        return max((debt.row.judgement.days_late for debt in self.debts if not debt.assists), default=0)


class MissedPeriod(NamedTuple):
    """One period of a row for which something was to come and did not (漏报); the standing of the row is another thing."""

    row: Row
    period: RhythmPeriod
    agencies: tuple[str, ...]  # the units from which nothing came


class Overdue(NamedTuple):
    """The answer: how many rows were to be finished, and who owes the late ones."""

    sheet: Sheet
    rows: tuple[Row, ...]  # what the question is about: all rows, or those of some units
    due: int  # rows whose last day has passed
    done: int
    done_late: int
    late: tuple[Row, ...]
    debtors: tuple[Debtor, ...]
    filings: tuple[LateFiling, ...] = ()  # what was to be submitted by now and was not, or not whole
    agencies: tuple[str, ...] = ()  # the units that were asked about; empty for all
    missed_periods: tuple[MissedPeriod, ...] = ()
    chases: tuple[Mark, ...] = ()  # of all units; mostly none
    latest: Mapping[str, str] = MappingProxyType({})  # the day of each unit's latest entry
    late_without_debt: tuple[Row, ...] = ()  # late rows of which the units that were asked about owe nothing

    def chased(self, agency: str, codes: Collection[str], filings: Collection[str] = ()) -> Chased:
        """How often a unit was chased for any of some rows and filings, and when last."""
        return counted(chases_for(self.chases, agency, codes, filings))

    def chased_unit(self, agency: str) -> Chased:
        """How often a unit was chased for what is late of it, filings too, and when last."""
        if not self.chases:
            return Chased()
        codes = [
            d.row.item.code for debtor in self.debtors if debtor.agency.name == agency for d in debtor.debts
        ]
        late = [one.filing.key for one in self.filings if any(unit.name == agency for unit, _ in one.units)]
        return self.chased(agency, codes, late)

    @property
    def by_stages(self) -> int:
        """How many late rows only missed a stage (阶段未达): their own last day has not passed, or there is none."""
        return sum(bool(row.judgement.late_stages) for row in self.late)

    @property
    def to_review(self) -> int:
        """How many rows whose last day has passed are closed out on what no longer holds (须复核)."""
        return sum(
            row.judgement.needs_review for row in self.rows if "" < row.item.last_day < self.sheet.as_of
        )

    @property
    def lacking_papers(self) -> int:
        """How many late rows lack nothing but papers: their work is finished."""
        return sum(row.judgement.lacks_only_papers for row in self.late)

    @property
    def late_filers(self) -> int:
        """How many units have a late filing."""
        return len({agency.name for filing in self.filings for agency, _ in filing.units})

    @property
    def owed(self) -> int:
        """How many late rows the units owe something of; those that they only assist are left out."""
        return len({d.row.item.code for one in self.debtors for d in one.debts if not d.assists})

    @property
    def owing(self) -> int:
        """How many units owe something."""
        return sum(debtor.owes for debtor in self.debtors if debtor.agency != NOBODY)


def overdue(sheet: Sheet, agencies: tuple[str, ...] = ()) -> Overdue:
    """What is late on the day of the sheet.

    Args:
        sheet: the annex as it stands.
        agencies: official names of the units asked about; empty for all.
    """
    rows = tuple(row for row in sheet.rows if not agencies or any(row.duty_of(agency) for agency in agencies))
    passed = [row for row in rows if row.item.last_day and row.item.last_day < sheet.as_of]
    passed = [row for row in passed if row.judgement.standing != Standing.CANCELLED]
    done = [row for row in passed if row.judgement.is_done and not row.judgement.needs_review]
    late = tuple(row for row in rows if row.judgement.standing == Standing.OVERDUE)
    debtors = _debtors(sheet, late, agencies)
    listed = {debt.row.item.code for debtor in debtors for debt in debtor.debts}
    without_debt = tuple(row for row in late if row.item.code not in listed)
    late = tuple(row for row in late if row.item.code in listed)
    return Overdue(
        sheet=sheet,
        rows=rows,
        due=len(passed),
        done=len(done),
        done_late=sum(row.judgement.days_late > 0 for row in done),
        late=tuple(sorted(late, key=lambda row: -row.judgement.days_late)),
        debtors=debtors,
        filings=late_filings(sheet, agencies),
        agencies=agencies,
        chases=chases_in(sheet.marks),
        missed_periods=tuple(_missed_periods(rows, agencies)),
        latest=last_entries(sheet),
        late_without_debt=without_debt,
    )


def _missed_periods(rows: tuple[Row, ...], agencies: tuple[str, ...]) -> Iterator[MissedPeriod]:
    for row in rows:
        for state in row.judgement.periods:
            units = tuple(name or NOBODY.name for name in state.missing if not agencies or name in agencies)
            if state.is_missed and units:
                yield MissedPeriod(row, state.period, units)


def by_side(sheet: Sheet, agencies: tuple[str, ...] = ()) -> tuple[tuple[str, Overdue], ...]:
    """What is late on the day of the sheet, of each side for itself; then, of no side, what nobody answers for."""
    asked = [agency for agency in sheet.agencies if not agencies or agency.name in agencies]
    parts = []
    for side in dict.fromkeys(agency.side for agency in asked):
        of_side = overdue(sheet, tuple(agency.name for agency in asked if agency.side == side))
        parts.append((side, of_side._replace(agencies=agencies)))
    whole = overdue(sheet, agencies)
    nobody = tuple(debtor for debtor in whole.debtors if debtor.agency == NOBODY)
    late = tuple(debt.row for debtor in nobody for debt in debtor.debts)
    missed = tuple(one for one in whole.missed_periods if one.agencies == (NOBODY.name,))
    if late or missed:
        of_nobody = Overdue(sheet, late, len(late), 0, 0, late, nobody, missed_periods=missed)
        parts.append((NOBODY.name, of_nobody))
    return tuple(parts)


def _debtors(sheet: Sheet, late: tuple[Row, ...], agencies: tuple[str, ...]) -> tuple[Debtor, ...]:
    """Group the late rows by unit: most late first, units that only assist after them, the offices last."""
    debts: dict[str, list[Debt]] = defaultdict(list)
    for row in late:
        for duty in row.progress.duties:
            lacks = row.late_with(duty)
            if lacks or duty.role == Role.ASSIST:
                debts[duty.agency].append(Debt(row, duty, lacks))
    asked = (agency for agency in sheet.agencies if not agencies or agency.name in agencies)
    debtors = [Debtor(agency, _in_order(debts[agency.name])) for agency in asked if agency.name in debts]
    offices = sheet.plan.office_names
    debtors.sort(key=lambda debtor: (debtor.agency.name in offices, not debtor.owes, -debtor.days_late))
    orphans = [] if agencies else [row for row in late if not any(map(row.late_with, row.progress.duties))]
    if orphans:
        duty = Duty("", NOBODY.name, "", Role.UNSTATED.value, is_group=True)
        debtors.append(Debtor(NOBODY, _in_order([Debt(row, duty, row.judgement.lacks) for row in orphans])))
    return tuple(debtors)


def _in_order(debts: list[Debt]) -> tuple[Debt, ...]:
    """Put a unit's own debts before the rows that it assists, the most late first."""
    return tuple(sorted(debts, key=lambda debt: (debt.assists, -debt.row.judgement.days_late)))
