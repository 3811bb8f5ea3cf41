"""Whom the office chased (催办): recorded, listed, and as short texts for the group of the units."""

from typing import Annotated

from planledger.cli.framework.parameters import FULL, AgencyOption, action, argument, flag, option, question
from planledger.cli.session.output import note as note_aside
from planledger.cli.session.session import Session
from planledger.plan.model.terms import ChaseWay
from planledger.plan.phrases.days import MONTH, REPLY
from planledger.plan.refusal import Refusal
from planledger.questions.answers.debts import Choice, chosen_debts
from planledger.questions.sheet import load
from planledger.questions.unit_naming import agencies_in

_WAYS = "|".join(way.label for way in ChaseWay)


@action(FULL)
def record(
    session: Session,
    agencies: Annotated[
        list[str] | None,
        argument("单位", "催哪些单位，催它欠的全部；不写是所有欠逾期事项或报送的单位", is_several=True),
    ] = None,
    *,
    is_late: Annotated[bool, flag("--overdue", "只催已逾期的")] = False,
    unreported: Annotated[str, option("月份", "催这个月没有报进展的，如 上月")] = "",
    due_within: Annotated[int | None, option("天数", "催今后这些天内到期的", least=0, most=3660)] = None,
    way: Annotated[str, option(_WAYS, "怎么催的（登记时必写）")] = "",
    reply_by: Annotated[str, option("日期", "请单位在哪一天前回复")] = "",
    note: Annotated[str, option("文字", "说明")] = "",
    text: Annotated[bool, flag("--text", "只打印发给各单位的短文，不登记")] = False,
) -> None:
    """Record that units were chased, or print what to write to each."""
    choice = Choice(
        tuple(agencies or ()), is_late=is_late, days=due_within, month=unreported, reply_by=reply_by
    )
    if text:
        if way or note:
            raise Refusal("--text 只打印、不登记，用不上 --way 和 --note；请去掉再运行。")
        _print_texts(session, choice)
        return
    from planledger.ledger.actions.chasing import chase_units

    session.output.reply(session.ledger.run(chase_units, choice, way, note))


def _print_texts(session: Session, choice: Choice) -> None:
    """Print a short text for each unit that owes, with whom to call where that was asked for whole."""
    from planledger.formats.text.chase_text import message_text
    from planledger.questions.answers.agencies import contacts, with_inherited
    from planledger.questions.facts.office import own_office

    with session.ledger.reading() as ledger, ledger.store.snapshot():
        sheet = load(ledger)
        chosen = chosen_debts(ledger, sheet, _read_days(session, choice))
        office = own_office(ledger)
        known = contacts(with_inherited(ledger, sheet)) if session.settings.is_full else {}
    session.output.note_which()
    for remark in chosen.remarks:
        note_aside(remark)
    texts = [message_text(one, chosen, office, known.get(one.agency.name)) for one in chosen.debts]
    session.output.write("\n\n".join(texts))


def _read_days(session: Session, choice: Choice) -> Choice:
    """Read the month and the day of a choice that were typed for a question, once its plan is chosen.

    Raises:
        Refusal: one of them is none, or may be several.
    """
    read = session.settings.day_typed
    return choice._replace(
        month=read("--unreported", choice.month, MONTH) if choice.month else "",
        reply_by=read(REPLY, choice.reply_by, REPLY) if choice.reply_by else "",
    )


@question()
def list_(session: Session, agency: AgencyOption = "") -> None:
    """Answer who was chased for what, how often, when last, and what came since."""
    from planledger.questions.answers.chases import chases

    with session.ledger.reading() as ledger, ledger.store.snapshot():
        sheet = load(ledger)
        answer = chases(ledger, sheet, names := agencies_in(sheet, agency))
    session.output.answer(lambda form: form.chases(answer), *names)
