"""Judging a table of the office that came back: each row that was changed, by the actions that would be typed for it. Pure."""

from collections.abc import Iterator
from operator import itemgetter

from planledger.ledger.actions.contact import Person, contact_draft
from planledger.ledger.actions.filing import HandIn, SendBack, hand_in_draft, send_back_draft
from planledger.ledger.actions.recording import drafts
from planledger.ledger.actions.report import Words, report_draft
from planledger.ledger.actions.request import Recording, Ties
from planledger.ledger.clerk import Clerk, checked_text
from planledger.ledger.forms.intake import CHANGED, NEW, Outcome, summed
from planledger.plan.model.entry_details import with_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.people.masking import HIDDEN, masked_private
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.facts.progress import PlanMark
from planledger.questions.forms import tables
from planledger.questions.forms.form import CellFault, Intake, Returned, TableRow
from planledger.questions.forms.tables import FILE, NUMBER, Cells, table_rows
from planledger.questions.naming import agency_named, filing_named, row_named, split_list
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Sheet

BACK = {"退回日期", "退回原因"}
# The words of what is typed, and those of a table.
COLUMN_WORDS = {
    "例如 --name": "例如", "例如 --phone": "例如", "--name：": "", "--phone：": "", "--form": "形式", "--to": "报送到", "--on ": "",
    "不报到": "不报送到", "原因里": "退回原因里",
}  # fmt: skip
# Of what was refused, so that the other cells are judged too.
STAND_INS = {"姓名": "某某", "电话": "0000000", "退回原因": "某"}


def judged_table(returned: Returned, sheet: Sheet, clerk: Clerk) -> Intake:
    """What taking a table in comes to: the drafts, or the faults for which nothing is stored.

    Args:
        returned: the table.
        sheet: the annex as it stands, nothing of it masked, with the contacts of earlier plans.
        clerk: who stores it.
    """
    keys = tables.COLUMNS[returned.table].keys
    whole, masked = (
        {
            tuple(cells[name] for name in keys): cells
            for cells in table_rows(returned.table, sheet, is_full=full)
        }
        for full in (True, False)
    )
    outcomes, blank, seen = list[Outcome](), list[tuple[str, int]](), dict[tuple[str, ...], Cells]()
    faulty = {fault.cell.line for fault in returned.faults}
    for row in (one for one in returned.rows if one.cells[keys[0]].line not in faulty):
        key = (_unit(row.texts[keys[0]], sheet), *(row.texts[name] for name in keys[1:]))
        now, faults, changed = whole.get(key), list[CellFault](), Cells()
        if now is None or row.texts.get("具体事项") != now.get("具体事项"):
            faults.append(row.fault(keys[0], "表上没有这一行；单位、报送、序号和事项不要改，也不要加行。"))
        elif returned.sha256 not in now.get(FILE, ""):  # what came from this very file is there already
            changed = _changed(row, now, masked[key], faults)
            if seen.setdefault(key, changed) != changed:
                faults.append(row.fault(keys[0], "这一行有两处，填的不一样；请只留一处。"))
        if faults:
            outcomes.append(Outcome(faults=tuple(faults)))
        elif changed and seen[key] is changed:
            outcomes += _outcomes(row._replace(texts=changed), now or {}, sheet, clerk, returned)
        else:
            blank.append(row.cells[keys[0]].line)
    return summed(returned._replace(blank=tuple(blank)), outcomes, returned.notes)


def _unit(typed: str, sheet: Sheet) -> str:
    """What a unit is called on the day of the sheet, which may be renamed since the table was written."""
    try:
        return agency_named(typed, sheet.agencies, sheet.sides).name
    except Refusal:  # the row is none of the table
        return ""


def _changed(row: TableRow, now: Cells, shown: Cells, faults: list[CellFault]) -> Cells:
    """What was changed in a row: what says something else than stands there *now*, whole or as it is *shown*."""
    changed, is_late = Cells(), row.texts[NUMBER] != now.get(NUMBER, "")
    for name in tables.COLUMNS[row.kind].open:
        text, was = row.texts[name], now.get(name, "")
        if text and text not in (was, shown.get(name), masked_private(was)):
            changed[name] = text
            if name in row.hidden:
                faults.append(row.fault(name, "这一格被隐藏而有内容；请取消隐藏，核对后再导入。"))
        elif was and not (text or is_late or name == "说明"):
            faults.append(row.fault(name, "清空了；台账不删，没有变的请写回原样，变了的写新的。"))
    if changed.keys() - BACK and row.texts.get("说明"):
        changed.setdefault("说明", now.get("说明", ""))  # it goes on with what was changed
    if changed and is_late:
        since = f"写表以后这一行又登记过（第{now.get(NUMBER, '')}号）"
        faults.append(row.fault(NUMBER, f"{since}；没有改的请删去这一行，改了的请重新写表再填。"))
    return changed


def _outcomes(row: TableRow, now: Cells, sheet: Sheet, clerk: Clerk, returned: Returned) -> list[Outcome]:
    """Judge one row by what was changed in it; every cell that is refused is a fault."""
    texts, faults, wanted = dict(row.texts), dict[str, CellFault](), list[Draft]()
    first = next(iter(row.texts))
    for _ in row.cells:  # each time without what was refused
        try:
            wanted = [*_DRAFTS[row.kind](texts, now, sheet, clerk)]
            break
        except Refusal as refusal:
            sentence = refusal.sentence
            for typed, word in COLUMN_WORDS.items():
                sentence = sentence.replace(typed, word)
            column = next((name for name in tables.COLUMNS[row.kind].open if name in sentence), first)
            if column in faults:
                break
            faults[column] = row.fault(column, sentence)
            texts[column] = STAND_INS.get(column, "")
    if faults:
        return [Outcome(faults=tuple(faults.values()))]
    origin = {"file": returned.sha256, "file_name": checked_text(returned.file, "文件名")}
    outcomes = []
    for draft in wanted:
        place = row.cells["退回日期" if draft.kind == EntryKind.RETURN else first]
        details = with_details(draft.details, cell=str(place), **origin)
        outcomes.append(Outcome(CHANGED if NUMBER in now else NEW, (draft._replace(details=details),)))
    return outcomes


def _needed(cells: Cells, column: str) -> str:
    if not cells.get(column):
        raise NotRecorded(f"这一行填了别的，还要写{column}。")
    words = tables.CHOICES.get(column, ())
    if words and cells[column] not in words:
        raise NotRecorded(f"{column}请写{'或'.join(words)}。")
    return cells[column]


def _contact(texts: Cells, now: Cells, sheet: Sheet, clerk: Clerk) -> Iterator[Draft]:
    """Whom to call in a unit; what was not changed of it is what is known."""
    name, phone = (_needed(now | texts, column) for column in ("姓名", "电话"))
    if HIDDEN in name:
        raise NotRecorded("姓名打了码；要改的请写全。")
    yield contact_draft(Person(now["责任单位"], name, phone, texts.get("说明", "")), sheet, clerk.today)


def _filing(texts: Cells, now: Cells, sheet: Sheet, clerk: Clerk) -> Iterator[Draft]:
    """What a unit submitted and what was sent back of it, in the order of the days."""
    cells, unit, marks = now | texts, now["责任单位"], sheet.marks
    key = filing_named(now["报送"], sheet.filings).key
    steps = list[tuple[str, HandIn | SendBack]]()
    if texts.keys() - BACK:
        form, to = (split_list(cells.get(name, "")) for name in ("形式", "报送到"))
        is_stamped = bool(cells.get("盖章")) and _needed(cells, "盖章") == tables.YES
        day = _needed(cells, "报来日期")
        steps.append((day, HandIn(key, unit, form, to, is_stamped, day, texts.get("说明", ""))))
    if texts.keys() & BACK:
        day = _needed(cells, "退回日期")
        steps.append((day, SendBack(unit, _needed(cells, "退回原因"), key, day)))
    for day, step in sorted(steps, key=itemgetter(0)):
        if isinstance(step, HandIn):
            draft = hand_in_draft(step, sheet, marks, clerk.today)
        else:
            draft = send_back_draft(step, sheet, marks, clerk.today)
        number = 1 + max((mark.entry for mark in marks), default=0)
        marks += (PlanMark(draft.kind, unit, day, key, number, draft.note, draft.details),)
        yield draft


def _declaration(texts: Cells, now: Cells, sheet: Sheet, clerk: Clerk) -> Iterator[Draft]:
    """That a unit has done its part of a row, or that it has nothing to report of it."""
    cells, unit, code = now | texts, now["责任单位"], now["序号"]
    row, day, note = row_named(sheet, code), _needed(cells, "日期"), texts.get("说明", "")
    if now.get("申报") == tables.COMPLETE:  # one more would stand next to it and change nothing
        number = now[NUMBER]
        raise NotRecorded(
            f"申报过完成（第{number}号）；要改的先 planledger reverse {number} --because 原因，再重新写表填。"
        )
    if _needed(cells, "申报") == tables.COMPLETE:
        done = Recording(code, is_done=True, on=day, agency=unit, note=note)
        yield from drafts(done, sheet, row, clerk, Ties())
    elif note:
        raise NotRecorded("零报告不写说明；请清空，有进展的用 planledger report 登记。")
    else:
        yield report_draft(Words(code, is_nothing=True, on=day, agency=unit), sheet, row, clerk)


_DRAFTS = {tables.CONTACTS: _contact, tables.FILINGS: _filing, tables.DECLARATIONS: _declaration}
