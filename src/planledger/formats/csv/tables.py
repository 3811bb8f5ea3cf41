"""Rows under one head: columns and their cells, the columns of the annex, and the text of a CSV file, UTF-8 with a mark that Excel knows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, TypeVar

from planledger.formats.text import figures, lack_text, phrases
from planledger.formats.text.display import lined
from planledger.formats.text.figures import Amount, AnswerTable, Columns, cells_of
from planledger.plan.model.rows import write_quantity

if TYPE_CHECKING:
    from planledger.formats import answers

T = TypeVar("T")
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def annex_columns(sheet: answers.Sheet) -> Columns[str, answers.Row]:
    """Return the columns of a row of the annex."""
    return {
        "编号": lambda row: row.item.code,
        "重点工作": lambda row: sheet.area_name(row.item.area),
        "事项": lambda row: row.item.title,
        "具体事项": lambda row: row.item.text,
        "完成时限": lambda row: row.item.due,
        "最后一天": lambda row: row.item.last_day,
        "状态": phrases.standing_text,
        "逾期天数": lambda row: row.judgement.days_late,
        "进度": lambda row: "；".join(map(figures.with_shares, row.progress.figures)),
        "还缺": lack_text.lacking_text,
        "最近记录": lambda row: row.last_entry,
        "已启动": lambda row: "是" if row.progress.is_begun else "否",
        "审定": phrases.closed_text,
    }


def table_of(records: Iterable[T], columns: Columns[str, T]) -> AnswerTable:
    """Return a line for each record."""
    return answer_table(columns, cells_of(records, columns))


def answer_table(head: Iterable[str], rows: Iterable[Sequence[object]]) -> AnswerTable:
    """Return rows under one head."""
    return AnswerTable(tuple(head), tuple(rows))


def csv_text(table: AnswerTable) -> str:
    """Return an answer as the text of a CSV file."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in (table.head, *table.rows))
    return BOM + out.getvalue().removesuffix("\r\n")


def _cell(value: object) -> object:
    """Keep a number a number; a text that a spreadsheet would compute is prefixed so that it stays text."""
    if isinstance(value, Amount):
        value = write_quantity(*value)
    if not isinstance(value, str):
        return value
    value = lined(value)
    is_number = value.lstrip("-").replace(",", "").replace(".", "").isdigit()
    return f"'{value}" if value.lstrip().startswith(_FORMULA) and not is_number else value
