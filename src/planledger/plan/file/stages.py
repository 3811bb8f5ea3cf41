"""What a plan file says of the stages of a row (阶段): each with its last day, and perhaps units and figures of its own."""

from collections.abc import Iterator, Sequence

from planledger.plan.file.reading import Reader
from planledger.plan.file.tree import Fields
from planledger.plan.model.rows import Duty, Indicator, Stage, answering
from planledger.plan.model.terms import Comparison, Scope
from planledger.plan.phrases.quantities import read_quantity
from planledger.plan.phrases.texts import hint, quoted


def stages_of(
    fields: Fields,
    code: str,
    last_day: str,
    duties: tuple[Duty, ...],
    indicators: Sequence[Indicator],
    reader: Reader,
) -> tuple[Stage, ...]:
    """Read the stages of a row whose own last day is *last_day*; none may end behind it."""
    if not reader.is_further(fields, "stages"):
        return ()
    stages, lines = [], []
    for child in fields.children("stages", "阶段"):
        name = child.text("name", required=True)
        child.what = f"{fields.what}的阶段{quoted(name)}"
        day = reader.last_day(child, "due", "8月31日")
        if "" < last_day < day:
            child.fault("due", f"{child.what}到 {day}，晚于这一行的最后一天 {last_day}；请核对。")
        units = [unit for word in child.texts("units") for unit in _unit(word, child, duties, reader)]
        targets = "、".join(f"{key}={amount}" for key, amount in _targets(child, indicators))
        stages.append(Stage(code, name, child.text("due"), day, "、".join(units), targets))
        lines.append((child.line_of("name"), name))
        child.finish()
    fields.faults.once(lines, f"{fields.what}的阶段")
    _refuse_alike(fields, stages, duties)
    return tuple(stages)


def _unit(word: str, fields: Fields, duties: tuple[Duty, ...], reader: Reader) -> Iterator[str]:
    """Yield the one unit that a word means, which must have a part in the row."""
    names = [duty.agency for duty in duties if not duty.is_group]
    agency = reader.agency(word, fields, "units", names)
    if agency and agency.name in names:
        yield agency.name
    elif agency and duties:
        fields.fault(
            "units",
            f"{agency.name} 不是这一行的责任单位，{fields.what}不能由它负责；责任单位：{'、'.join(names)}。",
        )


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


def _refuse_alike(fields: Fields, stages: list[Stage], duties: tuple[Duty, ...]) -> None:
    """Refuse two stages without figures of one unit: its one declaration could not say which of them it means."""
    known: dict[str, str] = {}
    for stage in stages:
        if stage.targets:
            continue
        for unit in stage.units.split("、") if stage.units else [duty.agency for duty in answering(duties)]:
            if known.setdefault(unit, stage.name) != stage.name:
                both = f"{quoted(known[unit])}和{quoted(stage.name)}"
                fields.fault(
                    "stages",
                    f"{fields.what}的阶段{both}都由 {unit} 申报，分不清申报的是哪一段；请给其中一段写 targets。",
                )
