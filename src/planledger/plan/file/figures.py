"""What a plan file says of the figures of a row: indicators, who reports them, milestones."""

import re
from collections.abc import Sequence

from planledger.plan.file.reading import DayField, RowReading
from planledger.plan.file.tree import Fields
from planledger.plan.model import rows
from planledger.plan.model.terms import MOST_DECIMALS, Comparison, Measure, MilestoneKind, Role, Scope
from planledger.plan.phrases.quantities import read_quantity
from planledger.plan.phrases.targets import Target, read_target
from planledger.plan.phrases.texts import quoted

SOURCES, QUOTAS = "from", "quotas"
_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TARGETS = {"at_least": Comparison.AT_LEAST, "at_most": Comparison.AT_MOST, "about": Comparison.ABOUT}


def indicators_of(row: RowReading) -> tuple[tuple[rows.Indicator, ...], bool]:
    """Read what is counted on a row, and by whom; a key or a label names one indicator of it only.

    Returns:
        The indicators, and whether one is promised in words that no rule counts, so that the row must be declared.
    """
    indicators, words, is_declared = [], [], False
    for fields in row.fields.children("indicators", "指标"):
        one, target = _indicator(fields, row)
        indicators.append(one)
        is_declared = is_declared or bool(target.declared)
        words.append((fields.line_of("key"), one.key))
        if one.label != one.key:
            words.append((fields.line_of("label"), one.label))
    row.fields.faults.once(words, f"{row.fields.what}的指标")
    return tuple(indicators), is_declared


def _indicator(fields: Fields, row: RowReading) -> tuple[rows.Indicator, Target]:
    """Read one indicator with its sources and quotas, and what is promised of it."""
    key, label = _names(fields)
    unit = fields.text("unit", required=True)
    decimals = fields.whole("decimals", 0, least=0, most=MOST_DECIMALS)
    target = _target(fields, unit, decimals)
    indicator = rows.Indicator(
        code=row.code,
        key=key,
        label=label,
        unit=unit,
        decimals=decimals,
        measure=fields.word("measure", list(Measure), Measure.FLOW.value),
        scope=row.reader.scope(fields, is_figure=True).value,
        comparison=target.comparison.value,
        target=target.amount,
        must_report=fields.flag("must_report"),
    )
    sources = _sources(fields, indicator, row)
    quotas = _quotas(fields, indicator, row)
    if quotas and indicator.target is None:  # then what its units owe together is that of the row
        together = sum(quota.target or 0 for quota in quotas)
        indicator = indicator._replace(target=together, comparison=Comparison.AT_LEAST.value)
    row.reader.rows.extend((*sources, *quotas))
    because = fields.text("because")
    if target.declared:
        row.assume(f"指标“{label}”的目标“{target.declared}”", "不能按数认定，由责任主体申报完成")
    if because or target.assumed:
        reasons = filter(None, (target.assumed.removesuffix("。"), because))
        by = f"，由{'、'.join(source.agency for source in sources)}报数" if sources else ""
        row.assume(_reading_text(indicator) + by, "；".join(reasons))
    fields.finish()
    return indicator, target


def _names(fields: Fields) -> tuple[str, str]:
    """Read the key and the label, which are options of `record` too."""
    key, label = fields.text("key", required=True), fields.text("label", required=True)
    if key and not _KEY.fullmatch(key):
        fields.fault("key", "指标的 key 只用小写字母、数字和连字符，例如 joint-meetings。")
    elif key:
        fields.what = f"指标 {key[:40]} "
    if label and (label.startswith("-") or re.search(r"[\s=]", label)):
        fields.fault("label", "指标的 label 里不能有空格和“=”，也不能以“-”开头；它也是 record 的选项。")
    for name, value in (("key", key), ("label", label)):
        if value in rows.RESERVED:
            fields.fault(name, f"{value} 是 record 自己的选项，不能作指标的 {name}；请换一个词。")
    return key, label


def _target(fields: Fields, unit: str, decimals: int) -> Target:
    """Read what is promised: a number under its comparison, or the document's phrase under `target`."""
    given = [key for key in (*_TARGETS, "target") if fields.text(key)]
    none = Target(Comparison.NONE, None)
    if len(given) > 1:
        fields.fault(given[1], f"{fields.what}写了两个目标（{'、'.join(given)}）；只留一个。")
    if len(given) != 1:
        return none
    key, typed = given[0], fields.text(given[0])
    if key == "target":
        target = read_target(typed, unit, decimals)
    else:
        quantity = read_quantity(typed, unit, decimals)
        assumed = "“左右”按达到该数认定" if key == "about" else ""
        target = Target(_TARGETS[key], quantity.amount, assumed, quantity.fault)
    if target.fault:
        fields.fault(key, f"{fields.what}的 {key}：{target.fault}")
        return none
    if target.amount == 0 and target.comparison != Comparison.AT_MOST:
        fields.fault(key, f"{fields.what}的目标是 0，不做也算完成；没有目标的，请去掉 {key}。")
    return target


def _sources(fields: Fields, indicator: rows.Indicator, row: RowReading) -> list[rows.Source]:
    """Read which units' figures count; the document seldom says so, which takes a reason."""
    if not row.reader.is_further(fields, SOURCES):
        return []
    words = fields.texts(SOURCES)
    if not words:
        fields.fault(SOURCES, f"{fields.what}的 from 是空的；请写由哪家单位报数，没有限定的请去掉 from。")
    if fields.is_blank("because"):
        fields.fault(SOURCES, f"{fields.what}写了 from（由哪家单位报数），就要写 because 说明理由。")
    if indicator.scope == Scope.UNIT:
        fields.fault(SOURCES, f"{fields.what}由各单位分别完成（scope: unit），各报各的数；请去掉 from。")
    agencies = [one for word in words for one in row.unit(word, fields, SOURCES, "由它报数", answers=True)]
    line = fields.line_of(SOURCES)
    fields.faults.once([(line, agency.name) for agency in agencies], f"{fields.what}的 from 里的")
    sides = {agency.side for agency in agencies}
    without = "、".join(side.name for side in row.reader.sides if side.name not in sides)
    if indicator.scope == Scope.EACH and agencies and without:
        fields.fault(
            SOURCES,
            f"{fields.what}由各方分别计数，from 里还要有{without}的单位，否则那一方没有单位报数。",
        )
    return [rows.Source(row.code, indicator.key, agency.name) for agency in agencies]


def _quotas(fields: Fields, indicator: rows.Indicator, row: RowReading) -> list[rows.Quota]:
    """Read what each unit owes by itself (任务分解); without a table all that answer owe the number of the indicator."""
    if fields.is_blank(QUOTAS):
        if indicator.scope == Scope.UNIT and row.duties and not row.answering:
            fields.fault("scope", f"{fields.what}由各单位分别完成，这一行却没有点名的责任主体；请写 quotas。")
        behind = [one.agency for one in row.duties if not one.is_group and one.role != Role.ASSIST]
        if indicator.scope == Scope.UNIT and len(behind) > len(row.answering):
            left = "、".join(unit for unit in behind if unit not in row.answering)
            because = "写了牵头的，只由牵头单位完成；由它们完成的请写 quotas"
            row.assume(f"{left}没有“{indicator.label}”的任务数", because)
        return []
    if indicator.scope != Scope.UNIT:
        fields.fault(QUOTAS, f"{fields.what}写了 quotas（分解任务数），还要写 scope: unit。")
    child = fields.child(QUOTAS, f"{fields.what}的 quotas ", "{青石镇: 80, 河口乡: 75}")
    quotas = [
        rows.Quota(row.code, indicator.key, agency.name, _quota(child, word, indicator))
        for word in child.names()
        for agency in row.unit(word, child, word, "给它任务数")
    ]
    with_quota = [quota.agency for quota in quotas]
    fields.faults.once([(child.line, agency) for agency in with_quota], f"{child.what}里的")
    _hold_against_whole(child, indicator, quotas)
    if without := [unit for unit in row.answering if unit not in with_quota]:
        row.assume(f"{'、'.join(without)}没有“{indicator.label}”的任务数", "quotas 没有写到")
    return quotas


def _quota(fields: Fields, word: str, indicator: rows.Indicator) -> int | None:
    """Read what the unit of a *word* owes; none may owe nothing, but at most nothing."""
    quantity = read_quantity(fields.text(word), indicator.unit, indicator.decimals)
    fault = quantity.fault
    if quantity.amount == 0 and indicator.comparison != Comparison.AT_MOST:
        fault = "任务数是 0，不做也算完成；没有任务的单位请不写。"
    if fault:
        fields.fault(word, f"{fields.what}里{quoted(word)}的数：{fault}")
    return None if fault else quantity.amount


def _hold_against_whole(fields: Fields, indicator: rows.Indicator, quotas: list[rows.Quota]) -> None:
    """Take note of a fault where the numbers of the units do not add up to that of the row."""
    amounts = [quota.target for quota in quotas if quota.target is not None]
    if not amounts or len(amounts) < len(fields.names()) or indicator.target in (None, sum(amounts)):
        return
    both = [rows.amount_text(amount or 0, indicator) for amount in (sum(amounts), indicator.target)]
    fields.faults.add(fields.line, f"{fields.what}合计 {both[0]}，目标是 {both[1]}；两个数应当相同，请核对。")


def _reading_text(indicator: rows.Indicator) -> str:
    """Return in one phrase how an indicator is counted and what is promised of it."""
    counted = "" if indicator.measure == Measure.FLOW else "，取最近一次的数"
    if indicator.target is None:
        return f"指标“{indicator.label}”（{indicator.unit}）{counted}"
    each = {Scope.EACH: "每方", Scope.UNIT: "各单位"}.get(Scope(indicator.scope), "")
    return f"指标“{indicator.label}”{each}{rows.promised(indicator)}{counted}"


def read_milestones(row: RowReading, last_day: str, indicators: Sequence[rows.Indicator]) -> None:
    """Read the dates inside the work of a row; one that comes after its *last day* is noted."""
    for fields in row.fields.each("milestones", "时间节点", "label", of=f"{row.fields.what}的"):
        milestone = _milestone(fields, row, indicators)
        row.reader.rows.append(milestone)
        if row.reader.format > 1 and "" < last_day < milestone.day:  # in format 1 it would change the digest
            late = f"晚于这一行的最后一天 {last_day}；请核对"
            row.assume(f"时间节点“{milestone.label}”到 {milestone.day}", late)


def _milestone(fields: Fields, row: RowReading, indicators: Sequence[rows.Indicator]) -> rows.Milestone:
    day = row.reader.last_day(DayField(fields, "by", "9月30日"), row.code)
    keys = {indicator.key: indicator for indicator in indicators}
    key, typed = fields.word("indicator", keys, ""), fields.text("at_least")
    indicator = keys.get(key)
    quantity = read_quantity(typed, indicator.unit, indicator.decimals) if typed and indicator else None
    if quantity and quantity.fault:
        fields.fault("at_least", f"时间节点的 at_least：{quantity.fault}")
    if bool(fields.text("indicator")) != bool(typed):
        fields.faults.add(fields.line, "时间节点的 indicator 和 at_least 要么都写，要么都不写。")
    return rows.Milestone(
        code=row.code,
        label=fields.text("label", required=True),
        day=day,
        kind=fields.word("kind", list(MilestoneKind), MilestoneKind.ADVISORY.value),
        is_about=fields.flag("about"),
        side=fields.word("side", [side.name for side in row.reader.sides] or [fields.text("side")], ""),
        indicator=key,
        at_least=quantity.amount if quantity else None,
    )
