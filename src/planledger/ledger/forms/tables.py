"""Judging a table of the office that came back: each row that was changed, by the actions that would be typed for it. Pure."""

from collections.abc import Iterator
from itertools import chain

from planledger.ledger.actions import filing
from planledger.ledger.actions.contact import contact_draft
from planledger.ledger.actions.recording import drafts
from planledger.ledger.actions.report import Words, report_draft
from planledger.ledger.actions.request import Recording, Ties
from planledger.ledger.clerk import checked_text
from planledger.ledger.forms.intake import CHANGED, NEW, Outcome, summed
from planledger.plan.model.entry_details import with_details
from planledger.plan.people.contact import name_fault, phone_fault
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.questions.facts.progress import Mark
from planledger.questions.forms import tables
from planledger.questions.forms.returned import Intake, Returned, TableRow
from planledger.questions.forms.tables import NUMBER, TABLES, Cells, masked_cell, table_rows
from planledger.questions.naming import filings_named, row_named, split_list
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Sheet
from planledger.questions.unit_naming import agency_named

# Where anything else is written of the same entry.
NEEDED = ("姓名", "电话", *tables.DAYS, "退回原因", "申报")
FIRST = ("姓名", "报来日期", "申报")  # in each row that has a number
INSTEAD = {
    "状态": "请改回，报来的填报来日期，退回的填退回日期",
    "最后一天": "请改回，时限不在这张表里改",
    "具体事项": "请核对序号，改回原样",
    NUMBER: "改动过的请改回，写表以后又登记过的请删去这一行，或重新写表再填",
}
PEOPLE = {"姓名": name_fault, "电话": phone_fault}
Faults = dict[str, str]  # of a row, by their columns


def judged_table(returned: Returned, sheet: Sheet) -> Intake:
    """What taking a table in comes to: the drafts, or the faults for which nothing is stored.

    Args:
        returned: the table.
        sheet: the annex as it stands, nothing of it masked, with the contacts of earlier plans.
    """
    unit, *others = TABLES[returned.table].keys
    of_rows = {(cells[unit], *map(cells.get, others)): cells for cells in table_rows(returned.table, sheet)}
    outcomes, blank, first = list[Outcome](), list[tuple[str, int]](), dict[tuple[str, ...], TableRow]()
    for row in returned.rows:
        key = (_unit(row.texts[unit], sheet), *(row.texts[name] for name in others))
        now, earlier = of_rows.get(key, Cells()), first.setdefault(key, row)
        faults, wanted, changed = Faults(), list[Draft](), _changed(row, now)
        if not now:
            faults[unit] = "表上没有这一行；单位、报送和序号不要改，也不要加行。"
        elif returned.sha256 not in now.get(tables.FILE, ""):  # else it came from this very file
            if earlier is not row and (changed or earlier.texts[unit] == row.texts[unit]):
                faults[unit] = f"和 {earlier.cells[unit].name} 是同一行；请只留一处。"
            faults |= _misplaced(row, now, changed)
            wanted = _drafts(row, now, changed, faults, sheet)
            outcomes += _left_blank(row, now, changed)
        if wanted and row.is_filtered:
            hidden = "{0.sheet}第{0.line[1]}行筛选时隐藏了，照样读取；请核对。".format(row.cells[unit])
            outcomes.append(Outcome(warnings=(hidden,)))
        outcomes += [Outcome(faults=(row.fault(name, sentence),)) for name, sentence in faults.items()]
        outcomes += [Outcome(CHANGED if NUMBER in now else NEW, (draft,)) for draft in wanted]
        blank += [] if faults or wanted else [row.cells[unit].line]
    warnings = (*returned.notes, *chain.from_iterable(one.warnings for one in outcomes))
    intake = summed(returned._replace(blank=tuple(blank)), outcomes, warnings)
    origin = {"file": returned.sha256, "file_name": checked_text(returned.file, "文件名")}
    of_file = (one._replace(details=with_details(one.details, **origin)) for one in intake.wanted)
    return intake._replace(wanted=tuple(of_file))


def _unit(typed: str, sheet: Sheet) -> str:
    """What a unit is called on the day of the sheet, which may be renamed since the table was written."""
    try:
        return agency_named(typed, sheet).name
    except Refusal:  # the row is none of the table
        return ""


def _changed(row: TableRow, now: Cells) -> Cells:
    """What says something else than stands there *now*, whole or as it is shown."""
    typed = {name: text for name in TABLES[row.kind].open if (text := row.texts.get(name))}
    return {
        name: text
        for name, text in typed.items()
        if text not in (now.get(name), masked_cell(name, now.get(name, "")))
    }


def _misplaced(row: TableRow, now: Cells, changed: Cells) -> Faults:
    """The faults of what was typed where it is not read, or over what is newer or not seen, and of what was emptied."""
    faults, table = Faults(), TABLES[row.kind]
    number, newest = row.texts[NUMBER] or "0", now.get(NUMBER, "0")
    is_earlier = number.isdecimal() and int(number) < int(newest)
    may_differ = {"状态": number != newest, NUMBER: is_earlier and not changed}
    for name in table.known:
        if row.texts[name] != now.get(name, "") and not may_differ.get(name):
            faults[name] = f"这一列不读，台账里是{now.get(name) or '空的'}；{INSTEAD.get(name, '请改回')}。"
    for name in table.open:
        if name in changed and name in row.hidden:
            faults[name] = "这一格隐藏着，里面有内容；请取消隐藏，核对后再导入。"
        elif (
            row.texts.get(name) == ""
            and (number == newest or (number != "0" and name in FIRST))
            and now.get(name)
            and (name != "说明" or not changed)
        ):
            faults[name] = "清空了；台账不删，没有变的请写回原样，变了的写新的。"
    if changed and now.get("申报") == tables.COMPLETE:  # one more would stand next to it and change nothing
        how = f"要改的先 planledger reverse {newest} --because 原因，再重新写表填"
        faults.setdefault(next(iter(changed)), f"申报过完成（第{newest}号）；{how}。")
    return faults


def _left_blank(row: TableRow, now: Cells, changed: Cells) -> Iterator[Outcome]:
    """Warn of a row without a number and with less in it than the ledger has: emptied, or recorded since the table was written."""
    unit, names = TABLES[row.kind].keys[0], TABLES[row.kind].open
    blank = [name for name in names if row.texts.get(name) == "" and now.get(name)]
    if blank and not changed and NUMBER in now and not row.texts[NUMBER]:
        of_ledger = f"的{'、'.join(blank)}空着，台账里有（第{now[NUMBER]}号）"
        how = "台账不删，没有登记。变了的写新的。"
        yield Outcome(warnings=(f"{row.cells[unit]} {now[unit]} {of_ledger}；{how}",))


def _drafts(row: TableRow, now: Cells, changed: Cells, faults: Faults, sheet: Sheet) -> list[Draft]:
    """The entries that a row means, in the order of their days; why a cell cannot be taken is added to *faults*."""
    cells = now | changed
    cells["说明"] = cells.get("说明", "") if row.texts.get("说明") else ""  # it goes on unless it was emptied
    entries = [names for names in TABLES[row.kind].entries if changed.keys() & set(names)]
    for names in entries:
        for name in names:
            text = cells.get(name, "")
            is_needed = name in NEEDED and (name in PEOPLE or names[0] not in faults)
            if text and (sentence := _cell_fault(name, text, cells, sheet)):
                faults[name] = sentence
            elif not text and is_needed and name in row.texts:
                faults.setdefault(name, f"这一行填了别的，还要写{name}。")
    wanted = list[Draft]()
    for names in sorted(entries, key=lambda names: cells.get(names[0], "")):
        if faults or row.texts.keys() < row.cells.keys():
            break
        try:
            draft = _DRAFTS[names[0]](cells, sheet)
        except Refusal as refusal:
            faults[names[0]] = refusal.sentence
            break
        place = next(row.cells[name] for name in names if name in changed)
        wanted.append(draft._replace(details=with_details(draft.details, cell=str(place))))
        sheet = sheet._replace(marks=(*sheet.marks, _mark(draft, now["责任单位"], sheet)))
    return wanted


def _cell_fault(name: str, text: str, cells: Cells, sheet: Sheet) -> str:
    """Why a cell cannot be taken, whatever stands in the others; empty where it can."""
    if text not in (words := tables.CHOICES.get(name, (text,))):
        return f"请写{'或'.join(words)}，都不是的空着。"
    if name in PEOPLE and (fault := PEOPLE[name](fold(text))):
        return f"{fault}。"
    if name == "说明" and cells.get("申报") == tables.NO_NEWS:
        return "零报告不写说明；请清空，有进展的用 planledger report 登记。"
    try:
        checked_text(text, name)
        if name in ("形式", "报送到"):
            filing.parts_named(name, split_list(text), filings_named(cells["报送"], sheet)[0])
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _contact(cells: Cells, sheet: Sheet) -> Draft:
    """Whom to call in a unit."""
    return contact_draft(sheet, cells["责任单位"], cells["姓名"], cells["电话"], cells["说明"])


def _hand_in(cells: Cells, sheet: Sheet) -> Draft:
    """What a unit submitted."""
    forms, recipients = (split_list(cells.get(name, "")) for name in ("形式", "报送到"))
    is_stamped, day = cells.get("盖章") == tables.YES, cells["报来日期"]
    filed = filing.HandIn(cells["报送"], cells["责任单位"], forms, recipients, is_stamped, day, cells["说明"])
    return filing.hand_in_draft(filed, sheet)


def _send_back(cells: Cells, sheet: Sheet) -> Draft:
    """What the office returned of it."""
    back = filing.SendBack(cells["责任单位"], cells["退回原因"], cells["报送"], cells["退回日期"])
    return filing.send_back_draft(back, sheet)


def _mark(draft: Draft, unit: str, sheet: Sheet) -> Mark:
    """What the next entry of a row finds of the one before."""
    number = 1 + max((mark.entry for mark in sheet.marks), default=0)
    parts = sheet.units.parts(draft.agency, draft.dated)
    named = "", draft.kind, draft.side, unit, draft.dated, draft.subject, number, draft.details
    return Mark(*named, parts=parts, note=draft.note)


def _declaration(cells: Cells, sheet: Sheet) -> Draft:
    """That a unit has done its part of a row, or that it has nothing to report of it."""
    code, unit, day = cells["序号"], cells["责任单位"], cells["日期"]
    row = row_named(sheet, code)
    if cells["申报"] == tables.NO_NEWS:
        return report_draft(Words(code, is_nothing=True, on=day, agency=unit), sheet, row)
    done = Recording(code, is_done=True, on=day, agency=unit, note=cells["说明"])
    return drafts(done, sheet, row, Ties())[0]


_DRAFTS = {"姓名": _contact, "报来日期": _hand_in, "退回日期": _send_back, "申报": _declaration}
