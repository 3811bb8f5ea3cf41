"""That the office chased units (催办): one entry a unit, with what it owed then."""

from planledger.ledger.clerk import checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import grouped_pairs
from planledger.plan.model.terms import ChaseWay, EntryKind
from planledger.plan.phrases.days import MONTH, REPLY, read_typed_day
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.answers.debts import Choice, Chosen, Debts, chosen_debts
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.judge.chasing import chases_in
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Sheet

_MOST_NAMED = 3  # units in a warning


def chase_units(book: PlanSession, choice: Choice, way: str, note: str = "") -> Receipt:
    """Record that units were chased today, one entry for each of them, all or none.

    Nothing that was typed is believed yet, days and months of the choice neither.

    Of several plans the one is meant of which `overdue` answers: that whose year holds the day.
    A unit that was chased today already is chased once more, and the receipt says so.

    Raises:
        Refusal: as :func:`chosen_debts`; there is no such way, or the day of the reply is none or has passed.
    """
    chase_way, note = _way(way), checked_text(note, "说明")
    with book.store.transaction():
        form = book.empty_sheet()
        sheet = book.filled_sheet(form, "")
        choice = choice._replace(
            month=_read_day("--unreported", choice.month, MONTH, form),
            reply_by=_read_day(REPLY, choice.reply_by, REPLY, form),
        )
        chosen = chosen_debts(book.ledger_today(form.plan), sheet, choice)
        drafts = tuple(_draft(one, chosen, chase_way, note) for one in chosen.debts)
        receipt = book.append(book.amended_sheet(key=form.plan.key), drafts, "")
    warnings = (*receipt.warnings, *chosen.remarks, *_again(drafts, sheet))
    return receipt._replace(warnings=warnings)


def _read_day(option: str, typed: str, place: str, form: EmptySheet) -> str:
    """Read a day, or a month, that was typed after an *option*; empty where nothing was."""
    if not typed:
        return ""
    reading = read_typed_day(typed, form.day_place(place))
    if reading.fault:
        raise Refusal(f"{option} {typed}：{reading.fault}").to_type(option, reading.choices)
    return reading.day


def _way(typed: str) -> ChaseWay:
    for way in ChaseWay:
        if typed.strip() in (way.label, way.value):
            return way
    choices = "、".join(way.label for way in ChaseWay)
    why = f"没有催办方式 {typed.strip()}" if typed.strip() else "请用 --way 写明怎么催的"
    raise NotRecorded(f"{why}；可写：{choices}，例如 --way {ChaseWay.PHONE.label}。")


def _draft(debts: Debts, chosen: Chosen, way: ChaseWay, note: str) -> Draft:
    details = write_details(
        way=way.value,
        items="、".join(debts.codes),
        filings="、".join(debts.filing_keys),
        month=chosen.choice.month,
        reply_by=chosen.choice.reply_by,
    )
    agency = debts.agency
    return Draft(
        EntryKind.CHASE.value, chosen.day, side=agency.side, agency=agency.name, note=note, details=details
    )


def _again(drafts: tuple[Draft, ...], sheet: Sheet) -> list[str]:
    """Name the units that were chased today before, with the entries; of many the first, and how many."""
    today = grouped_pairs(
        (one.agency, f"第{one.entry}号") for one in chases_in(sheet.marks) if one.day == sheet.as_of
    )
    again = [f"{one.agency}（{'、'.join(today[one.agency])}）" for one in drafts if one.agency in today]
    more = f"等{len(again)}家" if again[_MOST_NAMED:] else ""
    return [f"注意：今天已经催办过{'、'.join(again[:_MOST_NAMED])}{more}，已照记。"] if again else []
