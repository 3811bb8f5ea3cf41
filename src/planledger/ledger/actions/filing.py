"""What units submit and the office returns (报送、退回补正), of what the plan asks from every unit."""

from typing import NamedTuple

from planledger.ledger.actions.request import day_of_work, note_of, of_each
from planledger.ledger.clerk import checked_text, reason
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rhythm_periods import first_day, of_day
from planledger.plan.model.rows import Agency, Filing
from planledger.plan.model.terms import EntryKind, FilingStanding
from planledger.plan.phrases.days import WORK
from planledger.plan.phrases.texts import hint
from planledger.plan.refusal import NotRecorded
from planledger.questions.answers.filings import filers
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.judge.filings import FilingState, states_of
from planledger.questions.naming import LONGEST, filings_named, split_list
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Sheet
from planledger.questions.unit_naming import agency_named, name_on_day


class HandIn(NamedTuple):
    """What was typed after `filing record`: nothing of it is believed yet."""

    key: str
    agency: str
    forms: tuple[str, ...] = ()  # none: every form that the plan asks
    recipients: tuple[str, ...] = ()  # none: every recipient
    is_stamped: bool = False
    on: str = ""
    note: str = ""


class SendBack(NamedTuple):
    """What was typed after `filing return`."""

    agency: str
    because: str
    key: str = ""  # needed only where several filings of the unit are there
    on: str = ""


def hand_in(book: PlanSession, filed: HandIn) -> Receipt:
    """Record what units submitted, one entry for each of them, all or none.

    Raises:
        Refusal: as :func:`hand_in_draft`, of every unit.
    """
    with book.store.transaction():
        units = split_list(filed.agency)
        form = book.sheet_with_marks(PlanSubject(filing=filed.key, agencies=units, on=filed.on))
        drafts = of_each(
            units or (filed.agency,),
            lambda unit: (hand_in_draft(filed._replace(agency=unit), form),),
        )
        receipt = book.append_typed(form, drafts, "")
        several = filings_named(filed.key, form)
        warnings = tuple(_earlier_text(draft, several, receipt.sheet) for draft in drafts if several[1:])
        return receipt._replace(warnings=receipt.warnings + tuple(filter(None, warnings)))


def send_back(book: PlanSession, back: SendBack) -> Receipt:
    """Send back what a unit submitted, with a reason: from that day on it is owed again.

    Raises:
        Refusal: there is nothing to send back, or several filings that could be meant.
    """
    with book.store.transaction():
        about = PlanSubject("", back.key, (back.agency,), back.on, kind=EntryKind.RETURN)
        form = book.sheet_with_marks(about)
        return book.append(form, (send_back_draft(back, form),), "")


def hand_in_draft(filed: HandIn, form: EmptySheet | Sheet) -> Draft:
    """The entry that means what a unit submitted.

    Without a form every form that the plan asks has come, without a recipient all of them have it. A stamp that
    is not mentioned is not there: what lacks it is stored, and stays incomplete. Where the period is not mentioned it is
    that of the day.

    Raises:
        Refusal: the plan asks for nothing of the kind, or not of this unit, or not on such a day.
    """
    several = filings_named(filed.key, form)
    agency = agency_named(filed.agency, form)
    is_office = agency.name in form.plan.office_names
    if is_office or agency not in filers(form):
        why = "是本办" if is_office else "在方案里没有承担事项"
        raise NotRecorded(f"{agency.name} {why}，不在报送之列；运行 planledger filings 可看应报送的单位。")
    on = day_of_work(filed.on, form.day_place(WORK))
    filing = of_day(several, on.day)
    day, returned_on = on.day, states_of(agency, (filing,), form)[0].returned_on
    if day < returned_on:
        raise NotRecorded(
            f"{day} 早于{filing.label}退回的那一天（{returned_on}）；退回以后重新报来的才算，请检查日期。"
        )
    forms = parts_named("形式", filed.forms, filing)
    recipients = parts_named("报送到", filed.recipients, filing)
    stamped = "1" if filed.is_stamped else ""
    agency = agency._replace(name=name_on_day(filed.agency, day, form))
    return _draft(EntryKind.FILING, agency, filing, day)._replace(
        note=checked_text(note_of(filed.note, on), "说明"),
        details=write_details(form=forms, to=recipients, stamped=stamped),
    )


def _earlier_text(draft: Draft, several: tuple[Filing, ...], sheet: EmptySheet | Sheet) -> str:
    """Warn where what a unit submitted was taken for its day's period while an earlier one is lacking; empty where none is."""
    unit = next(agency for agency in sheet.agencies if agency.name == sheet.units.of(draft.agency))
    earlier = tuple(filing for filing in several if filing.key < draft.subject)
    states = states_of(unit, earlier, sheet)
    lacking = [one.filing.label for one in states if one.standing != FilingStanding.HANDED_IN]
    if not lacking:
        return ""
    return f"注意：{draft.agency} 还缺{'、'.join(lacking)}；这次补报的如果是其中一期，请冲正后写全名再登记，如 {lacking[0]}。"


def send_back_draft(back: SendBack, form: EmptySheet | Sheet) -> Draft:
    """The entry that means a return."""
    why = reason(back.because)
    agency = agency_named(back.agency, form)
    several = filings_named(back.key, form) if back.key else form.filings
    filing = several[0] if len(several) == 1 else _sole_filing(agency, several, form)
    state = states_of(agency, (filing,), form)[0]
    if not state.is_here:
        raise _nothing_to_return(agency, (state,))
    on = day_of_work(back.on, form.day_place(WORK))
    day = on.day
    last = max(m.day for m in form.marks if (m.agency, m.subject) == (agency.name, filing.key))
    if day < last:
        raise NotRecorded(f"{day} 早于{filing.label}报来的那一天（{last}）；请检查日期。")
    agency = agency._replace(name=name_on_day(back.agency, day, form))
    return _draft(EntryKind.RETURN, agency, filing, day)._replace(note=note_of(why, on))


def _draft(kind: EntryKind, agency: Agency, filing: Filing, day: str) -> Draft:
    return Draft(kind.value, day, side=agency.side, agency=agency.name, subject=filing.key)


def _sole_filing(agency: Agency, asked: tuple[Filing, ...], form: EmptySheet | Sheet) -> Filing:
    """Find the one of the *asked* filings of a unit that can be meant without being named."""
    states = states_of(agency, asked, form)
    if not states:
        return filings_named("", form)[0]
    here = [state.filing for state in states if state.is_here]
    if not here:
        raise _nothing_to_return(agency, states)
    if len(here) > 1:
        choices = " 或 ".join(
            f"--filing {filing.label if first_day(filing) else f'{filing.key}（{filing.label}）'}"
            for filing in here
        )
        raise NotRecorded(f"{agency.name} 报来了{len(here)}项，请写明退回哪一项：{choices}。")
    return here[0]


def _nothing_to_return(agency: Agency, states: tuple[FilingState, ...]) -> NotRecorded:
    """The refusal that names why no filing is here."""
    why = "，".join(
        f"{state.filing.label}已在 {state.returned_on} 退回、还没有重新报来"
        if state.returned_on
        else f"{state.filing.label}没有报来过"
        for state in states
    )
    return NotRecorded(
        f"{agency.name} 没有可以退回的：{why}；运行 planledger filings --agency {agency.name} 可看报了什么。"
    )


def parts_named(what: str, typed: tuple[str, ...], filing: Filing) -> str:
    """The forms (形式) or recipients (报送到) of a filing that were typed, by their names or parts of these, joined in the plan's order.

    All of them where none was typed.

    Raises:
        Refusal: the plan asks for nothing called so, or for several.
    """
    names = (filing.forms if what == "形式" else filing.recipients).split("、")
    meant = set[str]()
    for word in split_list(*typed):
        fitting = [name for name in names if name == word] or [name for name in names if word in name]
        if not any(names):
            raise NotRecorded(f"方案没有写{filing.label}的{what}；不用写。")
        if not fitting:
            choices = f"{hint(word, names)}方案要求：{'、'.join(names)}。"
            raise NotRecorded(f"{filing.label}没有要求{what} {word[:LONGEST]}。{choices}")
        if len(fitting) > 1:
            several = f"{len(fitting)}处，请写得更全：{'、'.join(fitting)}"
            raise NotRecorded(f"{what} {word[:LONGEST]} 有{several}。")
        meant.update(fitting)
    return "、".join(name for name in names if not meant or name in meant)
