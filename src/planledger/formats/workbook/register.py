"""The annex, the units and the rows of any answer as workbooks (总表、各单位、清单), for print and for other offices."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from planledger.formats.text import entry_text, figures, lack_text, phrases
from planledger.formats.text.display import cell_text, columns
from planledger.formats.text.figures import Amount, AnswerTable, Columns, Moment, cells_of
from planledger.formats.workbook.style import ANY, TEXT, fill
from planledger.formats.workbook.tables import HEAD, Head, Light, Value, lines, new_workbook, saved, table
from planledger.plan.days import to_the_minute
from planledger.plan.model.entry_kinds import DECLARED, IN_WORDS
from planledger.plan.model.rows import NUMBER, Agency, Duty, plain_quantity
from planledger.plan.model.terms import Standing
from planledger.questions.answers.agencies import Units
from planledger.questions.facts.progress import NOTHING, Mark, Progress
from planledger.questions.sheet import Row, Sheet

PAGE = 190  # half-width characters that stand side by side on A4 and can still be read
NARROWEST = 16  # of a column of text; what is longer breaks
EDGES = 4  # of a head: what its borders and the button of the filter take
LONGEST_REPORT = 120  # of a report in words so much stands in the annex; the entry has it whole

_AREA = Head("重点工作", 10, centred=True, is_merged=True)
_DUTIES = ("责任单位", "方", "职责", "编号", "事项", "最后一天", "状态", "本单位未了", "本单位最近记录")


def annex_workbook(sheet: Sheet) -> bytes:
    """Return the annex word for word, each row with what became of it (总表)."""
    workbook, page = new_workbook("总表")
    columns, title = _annex(sheet), f"{sheet.plan.title}总表"
    table(page, title, _extent(sheet), list(columns), cells_of(sheet.rows, columns))
    return saved(workbook, title)


def _annex(sheet: Sheet) -> Columns[Head, Row]:
    """Return the columns of the annex, each with what stands in it of a row; a plan without areas has none for them."""
    areas = {_AREA: lambda row: cell_text(sheet.area_name(row.item.area))} if sheet.areas else {}
    has_numbers = any(row.progress.number for row in sheet.rows)  # then what people type stands beside them
    code = {Head("编号", 7, centred=True): lambda row: row.item.code} if has_numbers else {}
    heads = dict.fromkeys(head for row in sheet.rows for head in row.progress.own_columns)
    return {
        Head(NUMBER, 7, centred=True): (
            lambda row: cell_text(row.progress.number) if has_numbers else row.item.code
        ),
        **code,
        **areas,
        Head("具体事项", 44): lambda row: cell_text(row.item.text),
        Head("完成时限", 16, centred=True): lambda row: cell_text(row.item.due),
        Head("责任单位", 26): lambda row: cell_text(row.item.units),
        Head("备注", 20): lambda row: cell_text(row.item.remark),
        **{Head(cell_text(head), NARROWEST): _in_column(head) for head in heads},
        Head("进展", 28): lambda row: lines(_progress(row.progress)),
        Head("状态", 13, centred=True): lambda row: _light(
            row, phrases.closed_text(row), *phrases.missed_words(row)
        ),
        Head("还缺", 26): lambda row: cell_text(lack_text.lacking_text(row)),
        Head("最近填报", 12, centred=True): lambda row: row.last_entry,
    }


def _in_column(head: str) -> Callable[[Row], Value]:
    """Return what stands in a row under a head of the document's own."""
    return lambda row: cell_text(row.progress.own_columns.get(head, ""))


def _light(row: Row, *below: str) -> Light:
    """Return where a row stands, and what is to be seen *below* that, on the ground of its standing."""
    look = phrases.LOOKS[row.judgement.standing]
    return Light(lines((phrases.standing_text(row) + look.mark, *below)), look.ground)


def agencies_workbook(answer: Units, listed: AnswerTable) -> bytes:
    """Return who has what and owes what, unit by unit and row by row; then the units as they are *listed*, one a line."""
    sheet, (workbook, page) = answer.sheet, new_workbook("分工")
    extent = phrases.extent_text(sheet)
    duties = [_duty_line(unit.agency, row, duty) for unit in answer.units for row, duty in unit.duties]
    _list(page, f"{sheet.plan.title}责任单位分工", extent, AnswerTable(_DUTIES, tuple(duties)))
    _list(workbook.create_sheet("责任单位"), f"{sheet.plan.title}责任单位一览", extent, listed)
    return saved(workbook, f"{sheet.plan.title}责任单位")


def _extent(sheet: Sheet) -> str:
    """Return of which day and moment the annex is, and how many rows have which standing."""
    counted = Counter(row.judgement.standing for row in sheet.rows)
    counts = "  ".join(
        f"{one.label}{phrases.LOOKS[one].mark} {counted[one]}" for one in Standing if counted[one]
    )
    return f"{phrases.extent_text(sheet)}  共{len(sheet.rows)}项：{counts}"


def _progress(progress: Progress) -> list[str]:
    """Return what was done on an item: its figures, who declared it done, the last report in words, amendments."""
    texts = []
    for figure in progress.figures:
        checks = figures.cross_checks(figure)
        checks = f"（{checks}）" if checks else ""
        texts.append(f"{figures.with_shares(figure)}{checks}")
    declared = [mark for mark in progress.marks if mark.kind in DECLARED]
    if declared:
        texts.append("申报完成：" + "、".join(f"{mark.agency or '本办'}（{mark.day}）" for mark in declared))
    reports = [mark for mark in progress.marks if mark.kind in IN_WORDS]
    texts += map(_report, reports[-1:])
    for one in progress.amendments:
        indicator = progress.indicator(one.details.text("key"))
        texts.append(f"调整：{entry_text.amendment_text(one.subject, one.agency, one.details, indicator)}")
    return texts


def _report(mark: Mark) -> str:
    """Return the last report in words; one that is too long for a table with the number under which the ledger has it."""
    text = "零报告" if mark.subject == NOTHING else mark.details.text("progress")
    if len(text) > LONGEST_REPORT:
        text = f"{text[:LONGEST_REPORT]}……（全文见台账第{mark.entry}号记录）"
    return f"{phrases.who(mark.agency, mark.side)}（{mark.day}）：{text}" if text else ""


def _duty_line(agency: Agency, row: Row, duty: Duty) -> tuple[object, ...]:
    last = max((day for unit, day in row.progress.traces() if unit == agency.name), default="")
    return (
        agency.name,
        agency.side,
        phrases.role_text(duty.role),
        row.item.code,
        row.item.title,
        phrases.last_day(row),
        _light(row),
        lack_text.lacks_text(row.owed_by(duty), row.progress, agency.name),
        last,
    )


def answer_workbook(title: str, extent: str, answer: AnswerTable) -> bytes:
    """Return an answer as a workbook with its *title*, and below it the *extent*: day, moment, for whom."""
    workbook, page = new_workbook("清单")
    _list(page, title, extent, answer)
    return saved(workbook, title)


def plain_workbook(title: str, answer: AnswerTable) -> bytes:
    """Return rows as a workbook with the heads in the first row, as the mail merge (邮件合并) of Word and WPS reads them."""
    workbook, page = new_workbook("清单")
    for number, row in enumerate((answer.head, *answer.rows), 1):
        for column, value in enumerate(row, 1):
            fill(page.cell(number, column), _value(value))
    return saved(workbook, title)


def _list(page: Any, title: str, extent: str, answer: AnswerTable) -> None:
    """Write an answer onto a sheet, with heads that filter."""
    several = list(zip(*answer.rows, strict=True)) or [()] * len(answer.head)
    widths = _widths(answer.head, several)
    heads = [
        Head(
            name,
            width,
            TEXT if set(map(type, cells)) <= {str, Light} else ANY,
            centred=_longest(cells) <= width,
        )
        for name, width, cells in zip(answer.head, widths, several, strict=True)
    ]
    table(page, title, extent, heads, ([_value(cell) for cell in row] for row in answer.rows))
    page.auto_filter.ref = f"A{HEAD}:{page.dimensions.split(':')[1]}"


def _widths(names: tuple[str, ...], several: list[tuple[object, ...]]) -> list[int]:
    """Return how wide each column is: room for its head, and of what is left the more, the longer its longest line is."""
    longest = [_longest(cells) for cells in several]
    widths = [
        max(columns(name) + EDGES, min(long, NARROWEST)) for name, long in zip(names, longest, strict=True)
    ]
    wanted = [max(0, long - width) for long, width in zip(longest, widths, strict=True)]
    left = max(0, PAGE - sum(widths)) / max(1, sum(wanted))
    return [width + int(more * min(1, left)) for width, more in zip(widths, wanted, strict=True)]


def _longest(cells: tuple[object, ...]) -> int:
    """Return how wide the longest line of a column is, with its borders."""
    texts = (cell.text if isinstance(cell, Light) else str(_value(cell)) for cell in cells)
    return 2 + max((columns(line) for text in texts for line in text.split("\n")), default=0)


def _value(cell: object) -> Value:
    """Return what stands in a cell; a number is a number."""
    if isinstance(cell, Amount):
        return plain_quantity(*cell)
    if isinstance(cell, Moment):
        return to_the_minute(cell)
    return cell_text(cell) if isinstance(cell, str) else cell
