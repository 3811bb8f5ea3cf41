"""What each unit owes by itself, within some last days: whom the office chases, and writes to."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from planledger.plan.days import LATEST, days_between, shift
from planledger.plan.model.entry_kinds import MEANING
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.rows import Agency, Duty, Item, Milestone
from planledger.plan.model.terms import EntryKind, FilingStanding, Standing
from planledger.plan.refusal import Refusal, each
from planledger.questions.answers.agencies import reports
from planledger.questions.answers.filings import filings
from planledger.questions.facts.office import office_doubt, office_unit, own_office
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.judge.filings import FilingState
from planledger.questions.judge.inner_days import StageState
from planledger.questions.judge.lacks import Lack
from planledger.questions.naming import once_each, split_list
from planledger.questions.sheet import Row, Sheet
from planledger.questions.unit_naming import agency_named


class OwedRow(NamedTuple):
    """A row on which one unit owes something, with the last day that counts for it."""

    row: Row
    lacks: tuple[Lack, ...]  # empty of a unit that only assists
    last_day: str  # empty where there is none
    days_late: int  # behind that day; 0 while it is in time
    stages: tuple[StageState, ...] = ()  # by which alone it is late (阶段未达), or the one that comes
    # of a rhythm that obliges (逐期), where they and not the row are what lacks
    periods: tuple[RhythmPeriod, ...] = ()
    # binding ones, not met to this day, of figures that the unit reports
    milestones: tuple[Milestone, ...] = ()

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.row.item


class Debts(NamedTuple):
    """What one unit owes: the rows and the filings, the nearest last day first; the periods of a row stand beside it."""

    agency: Agency
    rows: tuple[OwedRow, ...]
    filings: tuple[FilingState, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the rows, each once."""
        return tuple(dict.fromkeys(one.item.code for one in self.rows))

    @property
    def filing_keys(self) -> tuple[str, ...]:
        """Of the filings."""
        return tuple(state.filing.key for state in self.filings)


class Choice(NamedTuple):
    """Whose debts are meant, and by when they are to answer; nothing means what is late of all units."""

    # as typed; alone: everything that these owe; else of what follows, their part
    agencies: tuple[str, ...] = ()
    is_late: bool = False
    days: int | None = None  # what has its last day within so many days
    month: str = ""  # YYYY-MM: of units from which nothing was reported in it, what is not finished
    reply_by: str = ""  # a day; empty where none is named

    @property
    def is_everything(self) -> bool:
        """Whether all that some units owe is meant."""
        return bool(self.agencies) and not (self.is_late or self.month or self.days is not None)

    def of(self, agencies: tuple[str, ...]) -> "Choice":
        """The same of these units alone."""
        is_late = not (self.is_everything or self.month or self.days is not None)
        return self._replace(agencies=agencies, is_late=is_late)


class Chosen(NamedTuple):
    """The units that owe what was meant, in the plan's order, the office itself never."""

    debts: tuple[Debts, ...]
    choice: Choice
    day: str  # of the question
    remarks: tuple[str, ...]  # who was left out, and why


def chosen_debts(ledger: LedgerAsOf, sheet: Sheet, choice: Choice) -> Chosen:
    """Find the units that owe what was meant.

    Args:
        ledger: in the view in which the sheet was read.
        sheet: the whole annex.
        choice: which.

    Raises:
        Refusal: a unit is none or owes nothing of it, two choices exclude each other, no unit owes anything of it, the
            month is none of the plan until now, the day of the reply has passed.
    """
    ways = {
        "--overdue": choice.is_late,
        "--unreported": choice.month,
        "--due-within": choice.days is not None,
    }
    typed = [option for option, is_typed in ways.items() if is_typed]
    if len(typed) > 1:
        raise Refusal(f"{'、'.join(typed)} 只能写一个；请去掉多余的。")
    words = split_list(*choice.agencies)
    named = tuple(each(words, lambda word: agency_named(word, sheet).name))
    once_each(named)
    months = f"{sheet.plan.year}-01", sheet.as_of[:7]
    if choice.month and not months[0] <= choice.month <= months[1]:
        raise Refusal(f"--unreported {choice.month}：请写 {months[0]} 到 {months[1]} 之间的月份。")
    owing, remarks = (
        _unreported(ledger, sheet, choice.month) if choice.month else (_within(sheet, choice), [])
    )
    left_out, doubt = _offices(ledger, sheet, named)
    remarks += [doubt] if any(one.agency.name in left_out for one in owing) and doubt else []
    debts = tuple(
        one for one in owing if one.agency.name not in left_out and (not named or one.agency.name in named)
    )
    each(named, lambda name: _refuse_without_debt(name, debts, left_out))
    if not debts:
        raise Refusal("没有单位欠这样的事项或报送，不用催办。" + "".join(remarks))
    if choice.reply_by and choice.reply_by < sheet.as_of:
        raise Refusal(
            f"--reply-by {choice.reply_by} 已经过了（今天是 {sheet.as_of}）；请写今天或以后的一天。"
        )
    return Chosen(debts, choice, sheet.as_of, tuple(remarks))


def debts_between(sheet: Sheet, first: str, last: str) -> list[Debts]:
    """What each unit still owes of the rows, their periods and the filings whose last day lies between two days, both included."""
    owing = []
    filed = {unit.agency.name: unit.states for unit in filings(sheet).units}
    for agency in sheet.agencies:
        duties = ((row, row.duty_of(agency.name)) for row in sheet.rows)
        rows = [
            one for row, duty in duties if duty for one in _owed_between(row, duty, sheet.as_of, first, last)
        ]
        lacking = (one for one in filed.get(agency.name, ()) if one.standing != FilingStanding.HANDED_IN)
        states = tuple(one for one in lacking if first <= one.filing.last_day <= last)
        if rows or states:
            owing.append(Debts(agency, tuple(sorted(rows, key=_last_day)), states))
    return owing


def _within(sheet: Sheet, choice: Choice) -> list[Debts]:
    if choice.days is not None:
        return debts_between(sheet, sheet.as_of, shift(sheet.as_of, choice.days))
    return debts_between(sheet, "", LATEST if choice.is_everything else shift(sheet.as_of, -1))


def _owed_rows(row: Row, duty: Duty) -> tuple[OwedRow, ...]:
    """Return what a unit owes of a row that is late, and behind it, where stages alone are late, what it owes of the whole."""
    judgement = row.judgement
    days_late = judgement.days_late if judgement.standing == Standing.OVERDUE else 0
    stages = judgement.late_stages
    milestones = tuple(_milestones_owed(row, duty))
    late = OwedRow(row, row.late_with(duty), judgement.last_day, days_late, stages, milestones=milestones)
    whole = OwedRow(row, row.owed_by(duty), row.item.last_day, 0, milestones=milestones)
    return (late, whole) if stages else (late,)


def _milestones_owed(row: Row, duty: Duty) -> Iterator[Milestone]:
    """Yield the missed binding milestones that are not met since, where the figure is one that the unit reports."""
    for milestone in row.judgement.missed:
        figure = row.progress.figure(milestone.indicator)
        if figure is None or figure.reached_on(milestone.side, milestone.at_least or 0):
            continue
        if milestone.side in ("", duty.side) and duty.agency in (figure.sources or (duty.agency,)):
            yield milestone


def _owed_between(row: Row, duty: Duty, day: str, first: str, last: str) -> Iterator[OwedRow]:
    """Yield what a unit owes of a row between two days, and of its periods that have begun those for which nothing came of it.

    Of a row that is closed out or cancelled nobody owes anything.
    """
    if row.judgement.standing in (Standing.CLOSED, Standing.CANCELLED):
        return
    coming = row.judgement.stages if first == day else ()
    of_stages = (OwedRow(row, one.owed_by(duty), one.stage.last_day, 0, (one,)) for one in coming)
    several = (one for one in (*of_stages, *_owed_rows(row, duty)) if one.lacks)
    yield from islice((one for one in several if first <= _last_day(one) <= last), 1)
    missing = [state for state in row.judgement.periods if duty.agency in state.missing]
    begun = [state for state in missing if state.period.first_day <= day]
    for is_passed in (True, False):
        periods = (state.period for state in begun if state.is_passed is is_passed)
        owed = tuple(period for period in periods if first <= period.last_day <= last)
        if owed:
            last_day = owed[0].last_day
            yield OwedRow(row, (), last_day, max(0, days_between(last_day, day)), periods=owed)


def _last_day(one: OwedRow) -> str:
    return one.last_day or LATEST  # rows without one are owed too, and come after all others


def _unreported(ledger: LedgerAsOf, sheet: Sheet, month: str) -> tuple[list[Debts], list[str]]:
    """Find the units that reported nothing in a month, with their rows that are not finished; and those that have none left."""
    owing, finished = [], []
    for unit in reports(ledger, sheet, month).units:
        open_rows = (row for row in sheet.rows if row.judgement.standing in MEANING[EntryKind.REPORT].open_to)
        duties = ((row, row.duty_of(unit.agency.name)) for row in open_rows)
        rows = [_owed_rows(row, duty)[0] for row, duty in duties if duty]
        if unit.is_silent and rows:
            owing.append(Debts(unit.agency, tuple(sorted(rows, key=_last_day))))
        elif unit.is_silent:
            finished.append(unit.agency.name)
    remark = f"注意：{'、'.join(finished)} 的事项都已办结，没有列入。"
    return owing, [remark] if finished else []


def _offices(ledger: LedgerAsOf, sheet: Sheet, named: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return which units are the office itself; where that is not known all that may be it and were not named, and why."""
    name = own_office(ledger)
    own = office_unit(name, sheet)
    if own:
        return (own.name,), ""
    left_out = tuple(one for one in sheet.plan.office_names if one not in named)
    return left_out, f"注意：{office_doubt(name, sheet)}主办单位没有列入。"


def _refuse_without_debt(name: str, debts: tuple[Debts, ...], offices: tuple[str, ...]) -> None:
    if name in offices:
        raise Refusal(f"{name} 是本办，不用催办自己。")
    if all(one.agency.name != name for one in debts):
        raise Refusal(f"{name} 没有欠这样的事项或报送；它承担的见 planledger status --agency {name}")
