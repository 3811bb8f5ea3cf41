"""The questions about the units: who they are, who reported, who is silent, who submitted what."""

from typing import Annotated

from planledger.cli.framework.parameters import FULL, AgencyOption, one_of, option, question
from planledger.cli.session.session import Session
from planledger.plan.refusal import Refusal
from planledger.questions.sheet import load
from planledger.questions.unit_naming import agencies_in


@question(FULL)
def agencies(
    session: Session,
    agency: AgencyOption = "",
    missing: Annotated[str, option("contacts", "只看没有登记联系人的单位")] = "",
) -> None:
    """Answer who the units are, what they have to do, how long they have been silent, whom to call."""
    from planledger.questions.answers.agencies import lacking_contacts, load_with_contacts, units

    sheet = session.ledger.ask(load_with_contacts)
    answer = units(sheet, names := agencies_in(sheet, agency))
    if missing and one_of(missing, ("contacts",), "--missing"):
        if session.settings.is_full:
            raise Refusal("--missing contacts 列的单位都没有联系人，用不上 --full；请去掉一个。")
        answer = lacking_contacts(answer)
    answer = answer._replace(is_full=session.settings.is_full)
    session.output.answer(lambda form: form.agencies(answer), *names)


@question()
def reports(
    session: Session,
    month: Annotated[str, option("月份", "哪一个月，如 7月、上月；不写是本月")] = "",
) -> None:
    """Answer who reported in words in a month, who did not, and what each reported."""
    from planledger.questions.answers.agencies import reports as month_reports

    with session.ledger.reading(month) as ledger:
        sheet = load(ledger)
        asked = session.settings.month_typed("--month", month) if month else sheet.as_of[:7]
        answer = month_reports(ledger, sheet, asked)
    session.output.answer(lambda form: form.reports(answer), asked)


@question()
def silent(
    session: Session,
    agency: AgencyOption = "",
    days: Annotated[int, option("天数", "多少天，不写是 30", least=0, most=3660)] = 30,
) -> None:
    """Answer from which units nothing has come for so many days."""
    from planledger.questions.answers.agencies import load_with_contacts, silent_for, units

    sheet = session.ledger.ask(load_with_contacts)
    answer = silent_for(units(sheet, names := agencies_in(sheet, agency)), days)
    session.output.answer(lambda form: form.agencies(answer), f"{days}天", *names)


@question()
def filings(session: Session, agency: AgencyOption = "") -> None:
    """Answer who submitted what, in which form, and who is late."""
    from planledger.questions.answers.filings import filings as handed_in

    sheet = session.ledger.sheet()
    answer = handed_in(sheet, names := agencies_in(sheet, agency))
    session.output.answer(lambda form: form.filings(answer), *names)
