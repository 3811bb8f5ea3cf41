"""What is late as rows: by unit, by item, by side, filings behind the rows; and how often each unit was chased for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from planledger.formats.csv.tables import annex_columns, answer_table
from planledger.formats.text import lack_text, phrases
from planledger.formats.text.figures import cells_of
from planledger.plan.days import days_between

if TYPE_CHECKING:
    from planledger.formats import answers
    from planledger.formats.text.figures import AnswerTable

_OVERDUE = ("责任单位", "职责", "编号", "事项", "最后一天", "逾期天数", "还缺", "该单位最近记录", "催办次数", "最近催办")  # fmt: skip


def overdue(answer: answers.Overdue) -> AnswerTable:
    """What is late, one line for each unit and row, then one for each unit and missed period, then for each filing."""
    rows = (
        (
            debtor.agency.name,
            phrases.role_text(debt.duty.role),
            debt.row.item.code,
            debt.row.item.title,
            debt.row.judgement.last_day,
            debt.row.judgement.days_late,
            lack_text.debt_text(debt.row, debt.lacks, debtor.agency.name),
            answer.latest.get(debtor.agency.name, ""),
            *answer.chased(debtor.agency.name, [debt.row.item.code]),
        )
        for debtor in answer.debtors
        for debt in debtor.debts
    )
    return answer_table(_OVERDUE, chain(rows, _missed_periods(answer), _late_filings(answer)))


def overdue_by_side(_sheet: answers.Sheet, parts: tuple[tuple[str, answers.Overdue], ...]) -> AnswerTable:
    """What is late of each side for itself, in the lines of :func:`overdue`."""
    return answer_table(
        ("方", *_OVERDUE), ((side, *row) for side, part in parts for row in overdue(part).rows)
    )


def _missed_periods(answer: answers.Overdue) -> Iterator[tuple[object, ...]]:
    for one in answer.missed_periods:
        item, last_day = one.row.item, one.period.last_day
        days = days_between(last_day, answer.sheet.as_of)
        for name in one.agencies:
            line = (name, "逐期", item.code, item.title, last_day, days, f"漏报{one.period.label}")
            yield (*line, answer.latest.get(name, ""), *answer.chased(name, [item.code]))


def _late_filings(answer: answers.Overdue) -> Iterator[tuple[object, ...]]:
    from planledger.formats.text import filing_text

    for late in answer.filings:
        for agency, state in late.units:
            where = filing_text.filing_standing(state, answer.sheet.plan.year)
            line = (agency.name, "报送", "", late.filing.label, late.filing.last_day, late.days_late, where)
            chased = answer.chased(agency.name, (), [late.filing.key])
            yield (*line, answer.latest.get(agency.name, ""), *chased)


def overdue_by_item(answer: answers.Overdue) -> AnswerTable:
    """What is late, row by row, then each missed period and each filing with the units from which it has not come."""
    from planledger.formats.text import filing_text

    def chased(row: answers.Row) -> str:
        each = ((name, answer.chased(name, [row.item.code])) for name in row.owing_agencies)
        return "；".join(f"{name}{one.times}次，最近{one.last}" for name, one in each if one.times)

    columns = {**annex_columns(answer.sheet), "催办": chased}
    others: list[dict[str, object]] = [
        {
            "编号": one.row.item.code,
            "事项": one.row.item.title,
            "最后一天": one.period.last_day,
            "状态": f"漏报{one.period.label}",
            "还缺": "、".join(one.agencies),
        }
        for one in answer.missed_periods
    ]
    others += [
        {
            "事项": late.filing.label,
            "最后一天": late.filing.last_day,
            "状态": f"逾期{late.days_late}天",
            "逾期天数": late.days_late,
            "还缺": filing_text.late_units(late),
        }
        for late in answer.filings
    ]
    lines = ([cells.get(head, "") for head in columns] for cells in others)
    return answer_table(columns, chain(cells_of(answer.late, columns), lines))
