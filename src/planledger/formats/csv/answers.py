"""Answers as CSV for a spreadsheet: UTF-8 with a mark that Excel knows, and no cell that becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING

from planledger.formats.text import figures, phrases
from planledger.formats.text.display import lined
from planledger.plan.model.terms import Standing

if TYPE_CHECKING:
    from planledger.questions.answers.agencies import Units
    from planledger.questions.answers.dossier import Dossier
    from planledger.questions.answers.evidence import Holdings
    from planledger.questions.answers.filings import Filings, LateFiling
    from planledger.questions.answers.history import Duplicates, History
    from planledger.questions.answers.missing import Papers
    from planledger.questions.answers.overdue import Overdue
    from planledger.questions.answers.reports import Reports
    from planledger.questions.answers.sums import RollUp, Tally
    from planledger.questions.answers.upcoming import Upcoming
    from planledger.questions.sheet import Row, Sheet

BOM = "\ufeff"
_ANNEX = (
    "编号",
    "重点工作",
    "事项",
    "具体事项",
    "完成时限",
    "最后一天",
    "状态",
    "逾期天数",
    "进度",
    "还缺",
    "最近记录",
    "已启动",
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def status(sheet: Sheet, rows: Iterable[Row], _agencies: tuple[str, ...] = ()) -> str:
    """The rows of the annex as they stand."""
    return _text(_ANNEX, _annex(sheet, rows))


def _annex(sheet: Sheet, rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (
            row.item.code,
            sheet.area_name(row.item.area),
            row.item.title,
            row.item.text,
            row.item.due,
            row.item.last_day,
            phrases.standing_text(row),
            row.judgement.days_late,
            "；".join(f"{f.indicator.label} {figures.against_target(f)}" for f in row.progress.figures),
            phrases.lacking_text(row),
            row.last_entry,
            "是" if row.progress.is_begun else "否",
        )


def sums(_sheet: Sheet, counted: tuple[Tally, ...], _by: str) -> str:
    """How many rows stand where."""
    standings = tuple(counted[0].standings) if counted else ()
    return _text(
        ("名称", "项数", *(standing.label for standing in standings)),
        ((t.name, t.rows, *t.standings.values()) for t in counted),
    )


def roll_up(answer: RollUp) -> str:
    """How many items of each plan stand where."""
    return _text(
        ("方案", "名称", "项数", *(word.label for word in Standing)),
        (
            (plan.key, tally.name, tally.rows, *tally.standings.values())
            for plan, tally in zip(answer.plans, answer.counted, strict=True)
        ),
    )


def overdue(answer: Overdue) -> str:
    """What is late, one line for each unit and row, then one for each unit and filing."""
    head = ("责任单位", "职责", "编号", "事项", "最后一天", "逾期天数", "还缺", "该单位最近记录")
    rows = (
        (
            debtor.agency.name,
            phrases.role_text(debt.duty.role),
            debt.row.item.code,
            debt.row.item.title,
            debt.row.item.last_day,
            debt.row.judgement.days_late,
            phrases.lacks_text(debt.lacks, debt.row.progress, debtor.agency.name),
            debtor.last_entry,
        )
        for debtor in answer.debtors
        for debt in debtor.debts
    )
    return _text(head, chain(rows, _late_filings(answer)))


def overdue_by_item(answer: Overdue) -> str:
    """What is late, row by row, then filing by filing with the units that have not handed it in."""
    from planledger.formats.text import filing_text

    late = (
        (
            "",
            "",
            one.filing.label,
            "",
            "",
            one.filing.last_day,
            *_days(one),
            "",
            filing_text.late_units(one),
            "",
            "",
        )
        for one in answer.filings
    )
    return _text(_ANNEX, chain(_annex(answer.sheet, answer.late), late))


def _days(late: LateFiling) -> tuple[str, int]:
    return f"逾期{late.days_late}天", late.days_late


def _late_filings(answer: Overdue) -> Iterator[tuple[object, ...]]:
    from planledger.formats.text import filing_text

    last_entries = answer.sheet.last_entries()
    for late in answer.filings:
        for agency, state in late.units:
            where = filing_text.filing_standing(state, answer.sheet.plan.year)
            line = (agency.name, "报送", "", late.filing.label, late.filing.last_day, late.days_late, where)
            yield (*line, last_entries.get(agency.name, ""))


def dossier(answer: Dossier) -> str:
    """The row as a line of the annex; its entries are what `history --csv` gives."""
    return status(answer.sheet, answer.rows)


def upcoming(answer: Upcoming) -> str:
    """The dates of the next days."""
    head = ("日期", "类别", "编号", "内容", "还有几天", "最后一个工作日")
    return _text(
        head,
        (
            (
                d.day,
                phrases.date_kind(d.kind, is_binding=d.binding),
                d.code,
                d.label,
                d.days_left,
                d.working_day.day,
            )
            for d in answer.dates
        ),
    )


def history(answer: History) -> str:
    """The entries, newest first."""
    from planledger.formats.text import list_lines

    return _text(list_lines.HISTORY, list_lines.history_lines(answer))


def reports(answer: Reports) -> str:
    """Who reported in words in a month, and what; a unit that did not has one line without a day."""
    from planledger.formats.text import list_lines

    return _text(list_lines.REPORTS, list_lines.report_lines(answer))


def missing(answer: Papers) -> str:
    """Required papers, one line each: 缺, 未到期 or 另存."""
    from planledger.formats.text import list_lines

    return _text(list_lines.MISSING, list_lines.missing_lines(answer))


def evidence(answer: Holdings) -> str:
    """The files that stand as proof, one line each."""
    from planledger.formats.text import list_lines

    return _text(list_lines.EVIDENCE, list_lines.evidence_lines(answer))


def duplicates(answer: Duplicates) -> str:
    """Figures that two units may both have reported, the two entries below each other."""
    return history(answer.history._replace(entries=tuple(entry for pair in answer.pairs for entry in pair)))


def agencies(answer: Units) -> str:
    """The units with their duties and their silence."""
    head = ("责任单位", "方", "事项", "未了", "最近记录", "已多少天没有记录", "联系人")
    return _text(
        head,
        (
            (
                unit.agency.name,
                unit.agency.side,
                "、".join(f"{row.item.code}（{phrases.role_text(duty.role)}）" for row, duty in unit.duties),
                unit.owing,
                unit.last_entry,
                "" if unit.silent_days is None else unit.silent_days,
                unit.contact.said(is_full=answer.is_full) if unit.contact else "",
            )
            for unit in answer.units
        ),
    )


def filings(answer: Filings) -> str:
    """Who handed in what, a line for each unit and filing."""
    from planledger.formats.text import filing_text

    return _text(filing_text.HEAD, filing_text.filing_lines(answer))


def _text(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return BOM + out.getvalue().removesuffix("\r\n")


def _cell(value: object) -> object:
    """Keep a number a number; a text that a spreadsheet would compute is prefixed so that it stays text."""
    if not isinstance(value, str):
        return value
    value = lined(value)
    unsafe = (
        value.lstrip().startswith(_FORMULA)
        and not value.lstrip("-").replace(",", "").replace(".", "").isdigit()
    )
    return "'" + value if unsafe else value
