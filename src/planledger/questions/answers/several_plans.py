"""Several plans in one chain: what is still open in those that a question is not about, and which of them an action means."""

from collections.abc import Sequence
from typing import NamedTuple

from planledger.plan.days import LATEST, work_day_fault
from planledger.plan.model.entry_kinds import MEANING, UNFINISHED
from planledger.plan.model.terms import EntryKind, FilingStanding, Standing
from planledger.plan.phrases.days import FIRST, DayPlace, DayReading, read_typed_day, typed_year
from planledger.plan.phrases.texts import codes_numbered
from planledger.plan.refusal import Refusal
from planledger.questions.answers.filings import filings
from planledger.questions.facts.annex import empty_sheet
from planledger.questions.facts.entry_rows import entry_numbered
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce, PlanSubject
from planledger.questions.facts.which_plan import WhichPlan, plan_of_day, word_for
from planledger.questions.judge.filings import states_of
from planledger.questions.naming import code_typed, entry_number, filings_named
from planledger.questions.sheet import in_force, load, units_bound, with_plan_marks
from planledger.questions.unit_naming import agency_named
from planledger.store.database import Store

MOST = 3  # plans that are read; the newest


class OtherPlan(NamedTuple):
    """One plan that a question is not about."""

    plan: PlanInForce
    word: str  # by which --plan names it
    unfinished: int  # rows
    overdue: int  # of them
    filings: int  # that are not here completely


class OtherPlans(NamedTuple):
    """The other plans of the chain, the newest first, and how many were not read."""

    plans: tuple[OtherPlan, ...]
    left_out: int


def other_plans(ledger: LedgerAsOf, plans: Sequence[PlanInForce]) -> OtherPlans:
    """What is still open in the *plans* other than the one that is asked."""
    others = sorted(
        (plan for plan in plans if plan.key != ledger.plan.key), key=lambda plan: (-plan.year, -plan.plan_id)
    )
    summaries = []
    for plan in others[:MOST]:
        sheet = load(ledger._replace(plan=plan))
        standings = [row.judgement.standing for row in sheet.rows]
        states = [state.standing for unit in filings(sheet).units for state in unit.states]
        summaries.append(
            OtherPlan(
                plan,
                word_for(plan, plans),
                sum(standing in UNFINISHED for standing in standings),
                standings.count(Standing.OVERDUE),
                len(states) - states.count(FilingStanding.HANDED_IN),
            )
        )
    return OtherPlans(tuple(summaries), max(0, len(others) - MOST))


class Weighed(NamedTuple):
    """What one plan has to do with an action on the day on which it is done."""

    plan: PlanInForce
    has_it: bool  # the row or the filing is there
    is_open: bool  # and it is still open
    is_past: bool  # and its last day is over


def meant(plans: Sequence[Weighed], year: str) -> tuple[PlanInForce, ...]:
    """Which plan is meant: one, or all between which nobody can choose; none where no plan has to do with it.

    Args:
        plans: the plans of the chain.
        year: that was typed with the day of the action; empty where none was.
    """
    of_year = [one for one in plans if one.has_it and str(one.plan.year) == year]
    if len(of_year) == 1 and not any(one.is_open and one.is_past for one in plans if one is not of_year[0]):
        return (of_year[0].plan,)
    fitting = [one for one in plans if one.is_open] or [one for one in plans if one.has_it]
    return tuple(one.plan for one in fitting)


def plan_meant(store: Store, plans: Sequence[PlanInForce], about: PlanSubject, today: str) -> PlanInForce:
    """Choose between the *plans* of a chain for an action.

    What no plan has is left to the plan of the day, which says so.

    Raises:
        WhichPlan: several may be meant.
    """
    if not store.has_chosen:
        return plan_of_day(plans, today)
    number = next(filter(None, about.entries), "")
    if number:
        return _of_entry(store, plans, number)
    year = typed_year(about.on, today)
    if not (about.code or about.agencies):
        return plan_of_day(plans, year or today)
    several = (LedgerAsOf(store, plan, today, LATEST) for plan in plans)
    weighed = [_weighed(ledger, about, year or today[:4]) for ledger in several]
    fitting = meant(weighed, year)
    if len(fitting) > 1:
        days = {plan: _day_of(plan, about.on, today) for plan in fitting}
        if not any(one.day for one in days.values()):
            return fitting[0]  # it can be the day of no plan, and the action says why
        possible = [plan for plan, one in days.items() if one.day or one.choices]
        doubt = f"{about.code or about.filing or about.agencies[0]} 在几个方案里都有"
        raise WhichPlan(doubt, possible, plans)
    return fitting[0] if fitting else plan_of_day(plans, today)


def _day_of(plan: PlanInForce, typed: str, today: str) -> DayReading:
    """Read a day that was typed as one on which something of a plan can have happened; else it is none."""
    reading = read_typed_day(typed or today, DayPlace(FIRST, today, plan.year))
    fault = reading.day and work_day_fault(reading.day, plan.year, today, of_stock=True)
    return reading._replace(day="", fault=fault) if fault else reading


def _of_entry(store: Store, plans: Sequence[PlanInForce], typed: str) -> PlanInForce:
    key = entry_numbered(store, entry_number(typed)).plan
    return next(plan for plan in plans if plan.key == key)


def _weighed(ledger: LedgerAsOf, about: PlanSubject, year: str) -> Weighed:
    """What a plan has to do with an action; before its year nothing of it can be done."""
    has_begun = str(ledger.plan.year) <= year
    states = _row_states(ledger, about) if about.code else _filing_states(ledger, about)
    return Weighed(
        ledger.plan,
        bool(states),
        has_begun and any(is_open for is_open, _ in states),
        any(is_open and "" < last_day < ledger.as_of for is_open, last_day in states),
    )


def _row_states(ledger: LedgerAsOf, about: PlanSubject) -> list[tuple[bool, str]]:
    """Of each row that the code means: whether it is open, and its last day."""
    code = code_typed(about.code)
    rows = load(ledger, code).rows
    numbered = codes_numbered({row.item.code: row.progress.number for row in rows}, about.code)
    return [
        (row.judgement.standing in MEANING[about.kind].open_to, row.item.last_day)
        for row in rows
        if row.item.code == code or row.item.code.startswith(f"{code}.") or row.item.code in numbered
    ]


def _filing_states(ledger: LedgerAsOf, about: PlanSubject) -> list[tuple[bool, str]]:
    """Of each filing that is meant, of each unit: whether it is open, and its last day."""
    form = with_plan_marks(ledger, in_force(ledger, empty_sheet(ledger)))
    bound = units_bound(form)
    all_states = []
    for word in about.agencies:
        try:
            unit = agency_named(word, form)
            asked = filings_named(about.filing, form) if about.filing else form.filings
        except Refusal:  # another plan may know the word; the action itself says what is wrong with it
            continue
        states = states_of(unit, asked, form) if unit in bound else ()
        for state in states:
            is_lacking = state.standing != FilingStanding.HANDED_IN
            is_open = state.is_here if about.kind == EntryKind.RETURN else is_lacking
            all_states.append((is_open, state.filing.last_day))
    return all_states
