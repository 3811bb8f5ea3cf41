"""What may be recorded: the rules between what somebody typed and the drafts of entries. Pure."""

from typing import TYPE_CHECKING

from planledger.ledger.actions.request import (
    Recording,
    Ties,
    amount_draft,
    amount_of,
    indicator_named,
    of_each,
    one_unit_each,
    recordable,
    shared,
)
from planledger.ledger.clerk import Clerk, checked_text
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import EntryKind, Measure
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.naming import split_list
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet

if TYPE_CHECKING:
    from planledger.ledger.actions.event import Event


def drafts(recording: Recording, sheet: Sheet, row: Row, clerk: Clerk, ties: Ties) -> tuple[Draft, ...]:
    """Turn a recording into the entries that it means, all or none, the figures first.

    Raises:
        Refusal: anything of it cannot stand; the sentence says what to type instead.
    """
    units = split_list(recording.agency)
    if len(units) > 1:
        if not recording.is_done or recording.amounts or recording.paper or recording.evidence:
            raise one_unit_each("数量和材料各算一家的，几家一起写只用于 --done")
        return of_each(units, lambda unit: drafts(recording._replace(agency=unit), sheet, row, clerk, ties))
    figures = _figures(recording, row)
    _has_sense(recording, row)
    only_stock = (
        bool(figures) and all(i.measure == Measure.STOCK for i, _ in figures) and not recording.is_done
    )
    said = shared(recording, sheet, row, clerk, only_stock=only_stock)
    said = _of_event(said, recording, ties.event)
    found = [amount_draft(said, sheet, row, *figure) for figure in figures]
    if recording.paper:
        from planledger.ledger.actions.paper import paper_draft

        new = {indicator.key: ties.first + place for place, (indicator, _) in enumerate(figures)}
        found.append(paper_draft(recording, sheet, row, said, ties.proven, new))
    if recording.is_done:
        found.append(said._replace(kind=EntryKind.DECLARATION.value))
    if ties.files:
        from planledger.ledger.actions.evidence import evidence_drafts

        found += evidence_drafts(recording, sheet, row, said, ties, found)
    return tuple(found)


def _figures(recording: Recording, row: Row) -> list[tuple[Indicator, int]]:
    """Read the figures of a recording, each indicator once."""
    figures = [
        (indicator_named(row, name), amount_of(row, name, typed, f"--{name}"))
        for name, typed in recording.amounts
    ]
    keys = [indicator.key for indicator, _ in figures]
    twice = next((key for key in keys if keys.count(key) > 1), "")
    if twice:
        raise NotRecorded(f"--{twice} 写了两次；一次登记里每个指标只写一次。")
    return figures


def _has_sense(recording: Recording, row: Row) -> None:
    """Refuse what says nothing, or what would mean two things."""
    if not (recording.amounts or recording.is_done or recording.paper or recording.evidence):
        raise Refusal(f"没有要登记的内容；{recordable(row)}")
    if recording.entry and not (recording.paper or recording.evidence):
        raise NotRecorded("--entry 写明材料属于哪条记录，要和 --paper 或 --evidence 一起写。")
    if (recording.kind or recording.is_personal) and not recording.evidence:
        raise NotRecorded("--kind 和 --personal 说明 --evidence 的文件，要和它一起写。")
    if recording.is_done and recording.side and not recording.agency:
        raise NotRecorded("申报完成不分方：请用 --agency 写明单位，或去掉 --side 由本办对全项认定。")


def _of_event(said: Draft, recording: Recording, event: "Event | None") -> Draft:
    """Let a draft say what happened; what another item counts already brings its day, unit, side and name along."""
    if event is None:
        return said._replace(details=write_details(event=checked_text(recording.event, "事件")))
    typed = {"--on": recording.on, "--agency": recording.agency, "--event": recording.event}
    typed["--side"] = recording.side if event.side else ""
    twice = next((option for option, word in typed.items() if word), "")
    if twice:
        raise NotRecorded(f"--same-event 会带出第 {event.entry} 号的日期、单位、方和事件；请去掉 {twice}。")
    more = write_details(event=event.name, same_event=str(event.number))
    return said._replace(dated=event.day, agency=event.agency, side=event.side or said.side, details=more)
