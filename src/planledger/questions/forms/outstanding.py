"""A form that is out while the plan changes: which of its lines still mean what they meant when it was sent."""

from collections.abc import Collection, Iterable
from posixpath import commonprefix
from typing import NamedTuple

from planledger.plan.model.rows import Duty, Indicator, Item
from planledger.plan.model.terms import Measure, Role, Scope, Standing
from planledger.plan.model.version import Plan
from planledger.plan.phrases.texts import hint
from planledger.questions import sql
from planledger.questions.facts.plans import PlanInForce, whole_plan
from planledger.questions.forms.form import Form, FormLine
from planledger.questions.sheet import Row
from planledger.store.database import Store

Key = tuple[str, str]  # item and indicator; what a line of a form is known by
SHOWN, MARGIN = 24, 6  # characters of what changed in a long text, and of what stands on either side of it


class HeldLine(NamedTuple):
    """One line of a form that is out, held against the plan of today."""

    label: str  # of the indicator, as the form has it
    unit: str
    line: FormLine | None  # where it is still asked, and means the same
    changed: str  # why what was filled in cannot be taken; empty where it can


def held_lines(form: Form, sent: Plan | None, keys: Iterable[Key]) -> dict[Key, HeldLine]:
    """Hold the lines of a form that is out against the plan of today. Pure.

    Args:
        form: the form as it would be sent today.
        sent: the version of the plan by which it was sent, where that may be another one.
        keys: what the lines are about.
    """
    asked = {line.key: line for line in form.lines}
    rows = {row.item.code: row for row in form.sheet.rows}
    return {key: _held(form, asked.get(key), rows.get(key[0]), sent, key) for key in keys}


def added_lines(form: Form, keys: Collection[Key]) -> list[FormLine]:
    """The lines that are asked today and that a form, whose lines are about *keys*, does not have."""
    codes = {code for code, _ in keys}
    return [
        line for line in form.lines if line.key not in keys and (line.indicator or line.key[0] not in codes)
    ]


def _held(form: Form, asked: FormLine | None, row: Row | None, sent: Plan | None, key: Key) -> HeldLine:
    now = asked or (_of_other_units(form, row, key[1]) if row else None)
    item, indicator, duty = _sent(sent, form, key) if sent else (None, None, None)
    counted = indicator or (now.indicator if now else None)
    label, unit = (counted.label, counted.unit) if counted else ("", "")
    if now is None:
        return HeldLine(label, unit, None, _gone(form, row, key, label, duty))
    if item is None:  # an amendment added it, or its row
        return HeldLine(label, unit, now, "")
    was = _meaning(item, indicator, duty or now.duty)
    changed = _difference(was, _meaning(now.row.item, now.indicator, now.duty))
    if changed:
        return HeldLine(label, unit, None, f"这一行在方案的新版本里改了：{changed}")
    return HeldLine(label, unit, now, "")


def _of_other_units(form: Form, row: Row, indicator: str) -> FormLine | None:
    """Make the line of a figure for which the plan names other units now: what this unit says of it is no total, and kept."""
    duty, figure = row.duty_of(form.agency.name), row.progress.figure(indicator)
    if duty is None or figure is None or row.judgement.standing == Standing.CANCELLED:
        return None
    return FormLine(row, duty, figure.indicator, None, None, is_first=False, may_declare=False)


def _sent(sent: Plan, form: Form, key: Key) -> tuple[Item | None, Indicator | None, Duty | None]:
    """Find what a line was about in the version by which the form was sent."""
    item = next((one for one in sent.items if one.code == key[0]), None)
    indicator = next((one for one in sent.indicators if (one.code, one.key) == key), None)
    if item is None or (key[1] and indicator is None):
        return None, None, None
    units, name = form.sheet.units, form.agency.name  # a part of a merged unit had a part of its duties
    names = () if len(units.parts(name)) > 1 else units.names(name, is_alone=True)
    duties = (one for one in sent.duties if one.code == key[0] and one.agency in names)
    return item, indicator, next(duties, None)


def _gone(form: Form, row: Row | None, key: Key, label: str, duty: Duty | None) -> str:
    """The reason why a line is not asked any more."""
    name, names = form.agency.name, [agency.name for agency in form.sheet.agencies]
    if row is None:
        return f"原有的 {key[0]} 现行方案里没有了"
    if name not in names:
        return f"这一行已不由本单位承担：现行方案里没有 {name}。{hint(name, names)}".removesuffix("。")
    if row.judgement.standing == Standing.CANCELLED:
        return "这一行已终止"
    if row.duty_of(name) is None:
        return f"这一行已不由本单位承担{f'（原职责：{Role(duty.role).label}）' if duty else ''}"
    if key[1] and row.progress.figure(key[1]) is None:
        return f"这一行的指标已从方案里去掉（原“{label}”）"
    return "这一行现在按指标填报"


def sent_by(store: Store, plan: PlanInForce, digest: str) -> Plan | None:
    """Read the version of a plan that has a digest; None where the ledger never had it."""
    row = store.row(sql.VERSION_OF, {"plan": plan.plan_id, "digest": digest})
    return whole_plan(store, int(row[0])) if row else None


def _meaning(item: Item, indicator: Indicator | None, duty: Duty) -> dict[str, str]:
    """What a line asks for; two lines that agree in all of this ask for the same, whatever their targets and dates are."""
    return {
        "具体事项": item.text,
        "指标": indicator.label if indicator else "",
        "单位": indicator.unit if indicator else "",
        "小数位": str(indicator.decimals) if indicator else "",
        "口径": Measure(indicator.measure).label if indicator else "",
        "计数范围": Scope(indicator.scope).label if indicator else "",
        "方": duty.side,
        "职责": Role(duty.role).label,
    }


def _difference(was: dict[str, str], now: dict[str, str]) -> str:
    """What one line asks otherwise than another: 单位 原“人”，现“人次”; empty where both ask for the same."""
    return "；".join(
        "{} 原“{}”，现“{}”".format(name, *apart(before, now[name]))
        for name, before in was.items()
        if before != now[name]
    )


def apart(was: str, now: str) -> tuple[str, str]:
    """The parts in which two long texts differ, with a few characters around them."""
    if max(len(was), len(now)) <= SHOWN + 2 * MARGIN:
        return was, now
    first = len(commonprefix([was, now]))
    last = len(commonprefix([was[first:][::-1], now[first:][::-1]]))
    return _part(was, first, len(was) - last), _part(now, first, len(now) - last)


def _part(text: str, first: int, last: int) -> str:
    begin, end = max(0, first - MARGIN), min(len(text), last + MARGIN)
    shown = text[begin:end] if end - begin <= SHOWN + 2 * MARGIN else f"{text[begin : begin + SHOWN]}……"
    return f"{'…' if begin else ''}{shown}{'…' if end < len(text) else ''}"
