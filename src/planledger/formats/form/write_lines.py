"""The sheet that a unit fills in (填报表): one line for each duty and indicator."""

from typing import Any

from planledger.formats.form import layout
from planledger.formats.form.layout import COLUMNS, FILL_IN, FIRST_ROW, HEAD_ROW, column
from planledger.formats.form.style import (
    AGAIN,
    CENTRED,
    HEAD,
    OPEN_CHOICE,
    OPEN_DAY,
    OPEN_TEXT,
    SAID,
    SHUT_CELL,
    TEXT_CELL,
    TITLE,
    across,
    number,
    page,
    put,
    row_height,
)
from planledger.formats.text import figures, phrases
from planledger.formats.workbook.style import LINE, TALLEST, Style, lines_of
from planledger.plan.model.rows import Filing
from planledger.plan.model.standard import plain_quantity
from planledger.questions.forms.form import Form, FormLine

WIDTHS = {
    "序号": 6.0,
    "具体事项": 40.0,
    "职责": 6.0,
    "指标": 18.0,
    "单位": 6.0,
    "目标": 13.0,
    "本单位累计": 11.0,
    "全项累计": 11.0,
    "本期新增": 11.0,
    "发生日期": 12.0,
    "是否完成": 10.0,
    "进展情况": 22.0,
    "存在问题": 18.0,
    "下一步措施": 18.0,
    "佐证材料": 18.0,
}
TEXTS = ("进展情况", "存在问题", "下一步措施")
WIDEST = 120.0
_LINES_OF_THE_TALLEST = TALLEST // LINE - 1
_LETTERS = {name: chr(ord("A") + place) for place, name in enumerate(COLUMNS)}
Value = tuple[str | int | float | None, Style]


def write_lines(sheet: Any, form: Form) -> None:
    """Lay out the form of one unit on an empty sheet.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    widths = tuple((WIDTHS | {"具体事项": _width_of_items(form)}).values())
    page(sheet, HEAD_ROW, widths)
    _head(sheet, form, widths)
    for row, line in enumerate(form.lines, FIRST_ROW):
        values = _asked(line) | _open(line)
        for place, name in enumerate(COLUMNS, 1):
            put(sheet, row, place, *values.get(name, ("", SHUT_CELL)))
        tall = max(
            lines_of(said, widths[column(name) - 1])
            for name, (said, _) in values.items()
            if isinstance(said, str)
        )
        sheet.row_dimensions[row].height = row_height(tall)
    _rule(sheet, form)


def _width_of_items(form: Form) -> float:
    """Widen the column of the items where one is so long that no row is tall enough for it."""
    width = WIDTHS["具体事项"]
    while width < WIDEST and any(
        lines_of(line.row.item.text, width) > _LINES_OF_THE_TALLEST for line in form.lines
    ):
        width += 10
    return width


def _head(sheet: Any, form: Form, widths: tuple[float, ...]) -> None:
    """Say which form of which unit it is, and who gets it back."""
    year, month = form.period.split("-")
    period = f"{year}年{int(month)}月"
    above = (
        (form.sheet.plan.title + FILL_IN, TITLE),
        (f"填报单位：{form.agency.name}　　　填报期：{period}", SAID),
        (_return_to(form), SAID),
    )
    for row, line in enumerate(above, 1):
        across(sheet, row, line, widths)
    for place, name in enumerate(COLUMNS, 1):
        put(sheet, HEAD_ROW, place, name, HEAD)
    sheet.row_dimensions[HEAD_ROW].height = 32


def _return_to(form: Form) -> str:
    """Say to whom the form goes back, and what else the plan wants handed in by when."""
    offices = [name for name in form.sheet.plan.office_names if name != form.agency.name]
    said = f"本表由{form.agency.name}填写，" + (f"交{'、'.join(offices)}。" if offices else "自存。")
    filings = "；".join(map(_filing, form.filings))
    return said + (f"方案规定的报送：{filings}。" if filings else "")


def _filing(one: Filing) -> str:
    how = "，".join(part for part in (one.forms, "盖章" if one.stamped else "") if part)
    clause = f"（方案{one.clause}）" if one.clause else ""
    day = f"，最后一天 {one.last_day}" if one.last_day else ""
    return f"{one.label}{f'（{how}）' if how else ''}{day}，报{one.recipients}{clause}"


def _asked(line: FormLine) -> dict[str, Value]:
    """Say what is known of a line before the unit fills it in."""
    item, indicator = line.row.item, line.indicator
    known: dict[str, Value] = {
        "序号": (item.code, CENTRED),
        "具体事项": (item.text, TEXT_CELL if line.is_first else AGAIN),
        "职责": (phrases.role_text(line.duty.role), CENTRED),
        "指标": (indicator.label if indicator else "", TEXT_CELL),
        "单位": (indicator.unit if indicator else "", CENTRED),
        "目标": (figures.promised_text(indicator) if indicator else "", CENTRED),
    }
    figure = number(indicator.decimals if indicator else 0)
    for name, amount in (("本单位累计", line.own), ("全项累计", line.whole)):
        shown = plain_quantity(amount, indicator.decimals) if indicator and amount is not None else None
        known[name] = (shown, figure)
    return known


def _open(line: FormLine) -> dict[str, Value]:
    """Say which cells of a line the unit fills in."""
    cells: dict[str, Value] = {}
    if line.indicator:
        cells["本期新增"] = (None, number(line.indicator.decimals, is_open=True))
    if line.indicator or line.may_declare:
        cells["发生日期"] = (None, OPEN_DAY)
        cells["佐证材料"] = (None, OPEN_TEXT)
    if line.may_declare:
        cells["是否完成"] = (None, OPEN_CHOICE)
    if line.is_first:
        cells |= dict.fromkeys(TEXTS, (None, OPEN_TEXT))
    return cells


def _rule(sheet: Any, form: Form) -> None:
    """Lay the rules on what may be typed over the open cells; what is counted alike shares one."""
    amounts: dict[tuple[object, ...], Any] = {}
    day, done = layout.day_rule(form.sheet.plan.year), layout.done_rule()
    for row, line in enumerate(form.lines, FIRST_ROW):
        counted = line.indicator
        if counted:
            alike = counted.unit, counted.decimals, counted.measure, counted.must_report
            amounts.setdefault(alike, layout.amount_rule(counted)).add(f"{_LETTERS['本期新增']}{row}")
        if counted or line.may_declare:
            day.add(f"{_LETTERS['发生日期']}{row}")
        if line.may_declare:
            done.add(f"{_LETTERS['是否完成']}{row}")
    for rule in (*amounts.values(), day, done):
        if rule.sqref:
            sheet.add_data_validation(rule)
