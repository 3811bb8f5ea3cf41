"""The questions of what was recorded: entries, what changed, what is missing or deserves a look."""

import re
from typing import TYPE_CHECKING, Annotated

from planledger.cli.framework.parameters import FULL, AgencyOption, argument, option, question
from planledger.cli.session.output import note
from planledger.cli.session.session import Session
from planledger.cli.session.suggested_line import with_ledger
from planledger.plan.phrases.days import FIRST
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.naming import codes_named
from planledger.questions.sheet import load, load_printed
from planledger.questions.unit_naming import agencies_in

if TYPE_CHECKING:
    from planledger.questions.answers.changes import Changes

HEAD = "33:0123456789abcdef"  # as one is written
_PART_OF_HEAD = "第?[0-9]{1,7}号?|[0-9a-fA-F]{16,64}"  # its number alone, or its seal


@question()
def changes(
    session: Session,
    since: Annotated[str, option("日期|链首", "从哪一天起；或抄下的哪个链首（见 verify）之后")] = "",
    until: Annotated[str, option("日期", "到哪一天，与 --as-of 是一个意思")] = "",
) -> None:
    """Answer what is another than it was."""
    settings = session.settings
    if not since:
        raise Refusal(f"没有写从哪一天起；请加 --since 7天前，或 verify 抄下的链首，如 --since {HEAD}。")
    if until:
        if settings.as_of:
            raise Refusal("--until 和 --as-of 是一个意思，只能写一个。")
        settings.as_of, settings.day_option = until, "--until"
    with session.ledger.reading() as ledger:
        answer = _since_head(ledger, since) if ":" in fold(since) else _since_day(session, ledger, since)
    session.output.answer(lambda form: form.changes(answer), f"{since}起")
    if settings.form() not in ("", "json"):  # a list has its rows alone
        from planledger.formats.text.change_text import left_out_lines

        note(with_ledger("\n".join(left_out_lines(answer)), settings))


def _since_day(session: Session, ledger: LedgerAsOf, since: str) -> "Changes":
    from planledger.questions.answers.changes import changes_since_day

    try:
        first = session.settings.day_typed("--since", since, FIRST)
    except Refusal:
        if not re.fullmatch(_PART_OF_HEAD, fold(since)):
            raise
        neither = "不是日期，也不是整个链首；请写成 年-月-日，或照抄 verify 显示的链首"
        raise Refusal(f"--since {since}：{neither}，如 {HEAD}。") from None
    if first > ledger.as_of:
        raise Refusal(
            f"--since {since}：{first} 在 {ledger.as_of} 之后；请写更早的一天，或用 --until 写明到哪一天。"
        )
    return changes_since_day(ledger, first)


def _since_head(ledger: LedgerAsOf, since: str) -> "Changes":
    from planledger.ledger.chain.verification import noted_fault
    from planledger.questions.answers.changes import changes_since_head
    from planledger.questions.answers.soundness import noted_head

    noted = noted_head(since)
    if fault := noted_fault(ledger.store, noted):
        raise Refusal(f"--since {since}：{fault}")
    return changes_since_head(ledger, noted.number)


@question(FULL)
def history(
    session: Session,
    item: Annotated[str, argument("事项编号", "只看某一项")] = "",
    agency: AgencyOption = "",
    since: Annotated[str, option("日期", "只看这一天起发生的")] = "",
    limit: Annotated[int, option("条数", "最多列多少条，不写是 100", least=1, most=1_000_000)] = 100,
) -> None:
    """Answer what is recorded, newest first."""
    from planledger.questions.answers.history import EntryChoice
    from planledger.questions.answers.history import history as entries

    with session.ledger.reading() as ledger:
        sheet = load_printed(ledger) if item else load(ledger)
        names = agencies_in(sheet, agency)
        choice = EntryChoice(
            codes=codes_named(sheet, item),
            agencies=tuple(name for unit in names for name in sheet.units.names(unit)),
            since=session.settings.day_typed("--since", since, FIRST) if since else "",
            limit=limit,
        )
        answer = entries(ledger, choice, is_full=session.settings.is_full)
    answer = answer if session.ledger.has_ledger else answer._replace(entries=())
    session.output.answer(lambda form: form.history(answer), item, *names, since and f"{choice.since}起")


@question()
def missing(session: Session, agency: AgencyOption = "") -> None:
    """Answer which required papers are not there, from whom they are to come, and where the others lie."""
    from planledger.questions.answers.missing import papers

    sheet = session.ledger.sheet()
    answer = papers(sheet, names := agencies_in(sheet, agency))
    session.output.answer(lambda form: form.missing(answer), *names)


@question()
def doubts(session: Session) -> None:
    """Answer what in the data somebody should look at."""
    from planledger.questions.answers.doubts import doubts as findings

    answer = session.ledger.ask(findings)
    session.output.answer(lambda form: form.doubts(answer))


@question()
def duplicates(session: Session) -> None:
    """Answer which figures two units may both have reported."""
    from planledger.questions.answers.history import duplicates as pairs

    answer = session.ledger.ask(pairs)
    session.output.answer(lambda form: form.duplicates(answer))
