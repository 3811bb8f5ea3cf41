"""The sheet that a unit fills in (填报表): one line for each duty and indicator."""

from typing import Any

from planledger.formats.form import layout
from planledger.formats.form import style as look
from planledger.formats.form.layout import COLUMNS, FIRST_ROW
from planledger.formats.form.style import FormSheet, Value
from planledger.formats.text import figures, phrases
from planledger.formats.workbook.style import LINE, TALLEST, lines_of
from planledger.plan.model.rows import Filing
from planledger.plan.model.standard import plain_quantity
from planledger.questions.forms.form import Form, FormLine

TEXTS = ("进展情况", "存在问题", "下一步措施")
WIDEST = 120.0
_LINES_OF_THE_TALLEST = TALLEST // LINE - 1
_LETTERS = {name: chr(ord("A") + place) for place, name in enumerate(COLUMNS)}


def lines_sheet(sheet: Any, form: Form) -> FormSheet:
    """Lay out the lines of one unit on an empty sheet.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    widths = layout.WIDTHS | {"具体事项": _width_of_items(form)}
    out = FormSheet(sheet, tuple(widths.values()), layout.HEAD_ROW)
    _write_head(out, form)
    for line in form.lines:
        values = _asked(line) | _open(line)
        tall = max(
            lines_of(text, widths[name]) for name, (text, _) in values.items() if isinstance(text, str)
        )
        out.append((values.get(name, ("", look.SHUT_CELL)) for name in COLUMNS), look.row_height(tall))
    _add_rules(sheet, form)
    return out


def _width_of_items(form: Form) -> float:
    """Widen the column of the items where one is so long that no row is tall enough for it."""
    width = layout.WIDTHS["具体事项"]
    while width < WIDEST and any(
        lines_of(line.row.item.text, width) > _LINES_OF_THE_TALLEST for line in form.lines
    ):
        width += 10
    return width


def _write_head(out: FormSheet, form: Form) -> None:
    """Write which form of which unit it is, and to whom it goes back."""
    year, month = form.period.split("-")
    period = f"{year}年{int(month)}月"
    out.across(form.sheet.plan.title + layout.FILL_IN, look.TITLE)
    out.across(f"填报单位：{form.agency.name}　　　填报期：{period}", look.BELOW_TITLE)
    out.across(_return_to(form), look.BELOW_TITLE)
    out.append(((name, look.HEAD) for name in COLUMNS), 32)


def _return_to(form: Form) -> str:
    """Return to whom the form goes back, and what else the plan wants filed by when."""
    offices = [name for name in form.sheet.plan.office_names if name != form.agency.name]
    text = f"本表由{form.agency.name}填写，" + (f"交{'、'.join(offices)}。" if offices else "自存。")
    filings = "；".join(map(_filing, form.sheet.filings))
    return text + (f"方案规定的报送：{filings}。" if filings else "")


def _filing(one: Filing) -> str:
    how = "，".join(part for part in (one.forms, "盖章" if one.stamped else "") if part)
    clause = f"（方案{one.clause}）" if one.clause else ""
    day = f"，最后一天 {one.last_day}" if one.last_day else ""
    return f"{one.label}{f'（{how}）' if how else ''}{day}，报{one.recipients}{clause}"


def _asked(line: FormLine) -> dict[str, Value]:
    """Return what is known of a line before the unit fills it in."""
    item, indicator = line.row.item, line.indicator
    known: dict[str, Value] = {
        "序号": (item.code, look.CENTRED),
        "具体事项": (item.text, look.TEXT_CELL if line.is_first else look.AGAIN),
        "职责": (phrases.role_text(line.duty.role), look.CENTRED),
        "指标": (indicator.label if indicator else "", look.TEXT_CELL),
        "单位": (indicator.unit if indicator else "", look.CENTRED),
        "目标": (figures.promised_text(indicator) if indicator else "", look.CENTRED),
    }
    figure = look.number(indicator.decimals if indicator else 0)
    for name, amount in (("本单位累计", line.own), ("全项累计", line.whole)):
        shown = plain_quantity(amount, indicator.decimals) if indicator and amount is not None else None
        known[name] = (shown, figure)
    return known


def _open(line: FormLine) -> dict[str, Value]:
    """Return the cells of a line that the unit fills in."""
    cells: dict[str, Value] = {}
    if line.indicator:
        cells["本期新增"] = (None, look.number(line.indicator.decimals, is_open=True))
    if line.indicator or line.may_declare:
        cells["发生日期"] = (None, look.OPEN_DAY)
        cells["佐证材料"] = (None, look.OPEN_TEXT)
    if line.may_declare:
        cells["是否完成"] = (None, look.OPEN_CHOICE)
    if line.is_first:
        cells |= dict.fromkeys(TEXTS, (None, look.OPEN_TEXT))
    return cells


def _add_rules(sheet: Any, form: Form) -> None:
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
            sheet.data_validations.append(rule)
