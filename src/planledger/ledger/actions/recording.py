"""Recording what was reported of an item (登记): figures, papers, files and declarations, all of them or none."""

from typing import TYPE_CHECKING

from planledger.ledger.actions import request
from planledger.ledger.actions.event import event_named, marked_resembling, refuse_counted
from planledger.ledger.actions.paper import RecordedWith, paper_draft
from planledger.ledger.clerk import SecrecyCheck, checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import EntryKind, Measure
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.office import read_head
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.naming import split_list
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row, Sheet

if TYPE_CHECKING:
    from planledger.store.files.vault import StagedFile


def record_item(book: PlanSession, recording: request.Recording) -> Receipt:
    """Record what was typed of one item.

    Raises:
        Refusal: anything of it cannot stand; nothing is stored then.
    """
    if not recording.evidence:
        with book.store.transaction():
            return _record(book, recording)
    from planledger.store.files.vault import Vault

    vault, check = Vault(book.store.files), SecrecyCheck(recording.code, recording.kind)
    staged = vault.stage(recording.evidence, recording.largest, check.admit)
    with staged as files, book.store.transaction(), vault.commit(files):
        return _record(book, recording, files)


def _record(book: PlanSession, recording: request.Recording, files: "tuple[StagedFile, ...]" = ()) -> Receipt:
    form, sheet, before = book.row_meant(recording.about)
    ties = _ties(book.ledger_today(form.plan), recording, before, files)
    wanted = drafts(recording, sheet, before, ties)
    typed = tuple(marked_resembling(book.store, sheet, before, draft) for draft in wanted)
    receipt = book.append_typed(form, typed, before.item.code)
    gone = (file.destroyed_by for file in ties.known.values() if file.destroyed_by)
    back = tuple(f"注意：这个文件曾由第{number}号销毁，现又存入；不该留的请再销毁。" for number in gone)
    return receipt._replace(warnings=receipt.warnings + back)


def _ties(
    ledger: LedgerAsOf, recording: request.Recording, row: Row, files: "tuple[StagedFile, ...]"
) -> request.Ties:
    """Find what the entries of a recording hang together with; most stand alone."""
    if not (recording.same_event or recording.paper or files):
        return request.Ties()
    event = proven = None
    if recording.same_event:
        event = event_named(ledger, recording.same_event, "--same-event")
        for name, _ in recording.amounts:
            refuse_counted(ledger, event, request.indicator_named(row, name))
    if recording.entry:
        proven = event_named(ledger, recording.entry, "--entry")
    ties = request.Ties(event, proven, read_head(ledger.store).number + 1)
    if not files:
        return ties
    from planledger.questions.answers.evidence import file_of

    known = {file.sha256: file_of(ledger.store, file.sha256) for file in files}
    return ties._replace(files=files, known=known)


def drafts(recording: request.Recording, sheet: Sheet, row: Row, ties: request.Ties) -> tuple[Draft, ...]:
    """The entries that a recording means, all or none, papers behind what they prove. Pure.

    Raises:
        Refusal: anything of it cannot stand; the sentence says what to type instead.
    """
    units = split_list(recording.agency)
    if len(units) > 1:
        if not recording.is_done or recording.amounts or recording.paper or recording.evidence:
            raise request.one_unit_each("数量和材料各算一家的，几家一起写只用于 --done")
        return request.of_each(units, lambda unit: drafts(recording._replace(agency=unit), sheet, row, ties))
    figures = _figures(recording, row)
    _refuse_senseless(recording, row)
    is_stock = bool(figures) and all(indicator.measure == Measure.STOCK for indicator, _ in figures)
    shared = request.shared_draft(recording, sheet, row, only_stock=is_stock and not recording.is_done)
    shared = _of_event(shared, recording, ties.event)
    entries = [request.amount_draft(shared, sheet, row, *figure) for figure in figures]
    if recording.is_done:
        entries.append(shared._replace(kind=EntryKind.DECLARATION.value))
    paper = RecordedWith(recording, sheet, row, shared, ties, entries)
    if recording.paper:
        entries.append(paper_draft(paper))
    if ties.files:
        from planledger.ledger.actions.evidence import evidence_drafts

        entries += evidence_drafts(paper)
    return tuple(entries)


def _figures(recording: request.Recording, row: Row) -> list[tuple[Indicator, int]]:
    """The figures of a recording, each indicator once."""
    figures = [
        (request.indicator_named(row, name), request.amount_of(row, name, typed, f"--{name}"))
        for name, typed in recording.amounts
    ]
    keys = [indicator.key for indicator, _ in figures]
    twice = next((key for key in keys if keys.count(key) > 1), "")
    if twice:
        raise NotRecorded(f"--{twice} 写了两次；一次登记里每个指标只写一次。")
    return figures


def _refuse_senseless(recording: request.Recording, row: Row) -> None:
    """Refuse what says nothing, or what would mean two things."""
    if not (recording.amounts or recording.is_done or recording.paper or recording.evidence):
        raise Refusal(f"没有要登记的内容；{request.recordable(row)}")
    if recording.event and not (recording.amounts or recording.is_done):
        raise NotRecorded(
            "--event 写明数量或申报是什么事；只登记材料的请去掉它，用 --entry 记录号 写明材料属于哪件事。"
        )
    if recording.is_done and recording.side and not recording.agency:
        raise NotRecorded("申报完成不分方：请用 --agency 写明单位，或去掉 --side 由本办对全项认定。")


def _of_event(shared: Draft, recording: request.Recording, event: Entry | None) -> Draft:
    """Add what happened; what another item counts already brings its day, unit, side and name along."""
    if event is None:
        return shared._replace(details=write_details(event=checked_text(recording.event, "事件")))
    typed = {"--on": recording.on, "--agency": recording.agency, "--event": recording.event}
    typed["--side"] = recording.side if event.side else ""
    twice = next((option for option, word in typed.items() if word), "")
    if twice:
        raise NotRecorded(f"--same-event 会带出第{event.number}号的日期、单位、方和事件；请去掉 {twice}。")
    more = write_details(event=event.detail("event"), same_event=str(event.event))
    side = event.side or shared.side
    return shared._replace(dated=event.dated, agency=event.agency, side=side, details=more)
