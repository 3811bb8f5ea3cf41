"""What a plan file says of the stages of a row (阶段): each with its last day, and perhaps units and figures of its own."""

from collections.abc import Iterator, Sequence

from planledger.plan.file.reading import DayField, RowReading
from planledger.plan.file.tree import Fields
from planledger.plan.model.rows import Indicator, Stage, names_in
from planledger.plan.model.terms import Comparison, Scope
from planledger.plan.phrases.quantities import read_quantity
from planledger.plan.phrases.texts import hint, quoted


def read_stages(row: RowReading, last_day: str, indicators: Sequence[Indicator]) -> None:
    """Read the stages of a row whose own last day is *last_day*; none may end behind it."""
    if not row.reader.is_further(row.fields, "stages"):
        return
    stages = []
    for fields in row.fields.each("stages", "阶段", "name", of=f"{row.fields.what}的"):
        name = fields.text("name", required=True)
        fields.what = f"{row.fields.what}的阶段{quoted(name)}"
        day = row.reader.last_day(DayField(fields, "due", "8月31日"), row.code)
        if "" < last_day < day:
            fields.fault("due", f"{fields.what}到 {day}，晚于这一行的最后一天 {last_day}；请核对。")
        units = "、".join(_units(fields, row))
        targets = "、".join(f"{key}={amount}" for key, amount in _targets(fields, indicators))
        stages.append(Stage(row.code, name, fields.text("due"), day, units, targets))
    _refuse_alike(row, stages)
    row.reader.rows.extend(stages)


def _units(fields: Fields, row: RowReading) -> Iterator[str]:
    """Yield the units of a stage that have a part in the row, in place of a group its members."""
    for word in fields.texts("units"):
        members = [one.name for one in row.reader.rules.groups.get(word, ())]
        for name in members or [word]:
            named = row.unit(name, fields, "units", "由它负责")
            yield from (one.name for one in named if one.name in row.units)


def _targets(fields: Fields, indicators: Sequence[Indicator]) -> Iterator[tuple[str, int]]:
    """Yield the figures that must be there by the end of a stage, by the keys of the row's indicators."""
    if fields.is_blank("targets"):
        return
    child = fields.child("targets", f"{fields.what}的 targets ", "{trained: 30}")
    counted = {
        one.key: one for one in indicators if one.scope != Scope.UNIT and one.comparison != Comparison.AT_MOST
    }
    for key in child.names():
        one, typed = counted.get(key), child.text(key)
        if one is None:
            near = hint(key, list(counted))
            child.fault(
                key,
                f"{child.what}里的{quoted(key)}不是这一行可以分阶段的指标（上限和分解到单位的不行）。{near}",
            )
            continue
        quantity = read_quantity(typed, one.unit, one.decimals)
        whole = one.target if one.target is not None else quantity.amount
        if quantity.fault or not quantity.amount or quantity.amount > (whole or 0):
            why = quantity.fault or "请写大于0、不超过这一行目标的数。"
            child.fault(key, f"{child.what}里{quoted(key)}的数：{why}")
            continue
        yield key, quantity.amount


def _refuse_alike(row: RowReading, stages: list[Stage]) -> None:
    """Refuse two stages without figures of one unit: its one declaration could not say which of them it means."""
    known: dict[str, str] = {}
    for stage in stages:
        if stage.targets:
            continue
        for unit in names_in(stage.units) or row.answering:
            if known.setdefault(unit, stage.name) != stage.name:
                both = f"{quoted(known[unit])}和{quoted(stage.name)}"
                row.fields.fault(
                    "stages",
                    f"{row.fields.what}的阶段{both}都由 {unit} 申报，分不清申报的是哪一段；请给其中一段写 targets。",
                )
