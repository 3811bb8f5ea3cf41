"""What happened once and counts on several items (同一件事): the day, side and unit that its entries share."""

from planledger.plan.model.entry_details import Details, event_of, with_details, write_details
from planledger.plan.model.entry_kinds import HAPPENED, MEANING, Nature
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import EntryKind, Measure, Scope
from planledger.plan.refusal import NotRecorded
from planledger.questions import sql
from planledger.questions.facts.entry_rows import Entry, details_of, entry_numbered
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.naming import entry_number
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet
from planledger.store.database import Store

# what stays with a corrected figure: what happened, the cell of the form that it came from, and who sent that
KEPT = ("event", "template", "slot", "cell", "file", "file_name", "sender")


def event_named(ledger: LedgerAsOf, typed: str, option: str) -> Entry:
    """Find the entry of an event that `--same-event` or `--entry` means: another item counts it too, or a paper proves it.

    Raises:
        Refusal: there is no entry of that number, it was reversed, belongs to another plan, or is about no work.
    """
    entry = entry_numbered(ledger.store, entry_number(typed, option))
    if entry.reversed_by:
        raise NotRecorded(
            f"{option}：第{entry.number}号已由第{entry.reversed_by}号冲正；请写仍有效的记录号。"
        )
    if entry.plan != ledger.plan.key:
        raise NotRecorded(f"{option}：第{entry.number}号属于方案 {entry.plan}，不能跨方案。")
    if entry.kind not in HAPPENED:
        raise NotRecorded(
            f"{option}：第{entry.number}号是{EntryKind(entry.kind).label}，不是一件事；请写登记那件事的记录号。"
        )
    return entry


def repeated(entry: Entry) -> Draft:
    """A draft of the same unit, subject and day as an entry."""
    return Draft(
        kind=entry.kind,
        dated=entry.dated,
        code=entry.code,
        indicator=entry.indicator,
        side=entry.side,
        agency=entry.agency,
        subject=entry.subject,
    )


def corrected_details(entry: Entry) -> Details:
    """The details of an entry that takes the place of another: they name that one, so that papers and event stay with it."""
    same = str(entry.event) if entry.event != entry.number else ""
    kept = {name: entry.details.text(name) for name in KEPT}
    return write_details(corrects=str(entry.number), same_event=same, **kept)


def refuse_counted(ledger: LedgerAsOf, counted: Entry, indicator: Indicator) -> None:
    """Refuse to count an event a second time on the same item.

    Raises:
        Refusal: an entry of this event stands there already.
    """
    asked = {"code": indicator.code, "indicator": indicator.key, "dated": counted.dated}
    for number, details in ledger.rows(sql.SAME_DAY, **asked):
        if event_of(int(number), details_of(int(number), EntryKind.AMOUNT, str(details))) == counted.event:
            raise NotRecorded(
                f"{indicator.code} 已登记过这件事（第{number}号），一件事在一项里只计一次；若不是同一件事，请去掉 --same-event。"
            )


def marked_resembling(store: Store, sheet: Sheet, row: Row, draft: Draft) -> Draft:
    """The draft, marked where it resembles what another unit reported of the same figure in the same month.

    Only a flow that counts for the item as a whole can be counted twice by two units. Alike are amounts
    that differ by at most a tenth. The mark is sealed with the entry: it holds what was known when it was stored.
    """
    is_figure = MEANING[draft.kind].nature is Nature.FIGURE and draft.agency and draft.amount
    figure = row.progress.figure(draft.indicator) if is_figure else None
    if figure is None or not draft.amount or figure.sources:  # the plan names who counts it
        return draft
    if figure.indicator.scope != Scope.WHOLE or figure.indicator.measure != Measure.FLOW:
        return draft
    least, most = -(-draft.amount * 9 // 10), draft.amount * 10 // 9
    month = draft.dated[:7]
    asked = draft._asdict() | {"plan": sheet.plan.plan_id, "first": f"{month}-01", "last": f"{month}-31"}
    reported = store.rows(sql.RESEMBLING, asked)
    own = sheet.units.of(draft.agency)
    others = ((entry, int(amount)) for entry, amount, agency in reported if sheet.units.of(agency) != own)
    alike = [int(entry) for entry, amount in others if least <= amount <= most]
    if not alike:
        return draft
    return draft._replace(details=with_details(draft.details, resembles=str(min(alike))))
