"""One row of the plan file's annex: its words, its last day, what is counted, when, and on which papers."""

import re
from typing import NamedTuple

from planledger.plan.days import read_day
from planledger.plan.deadline import read_deadline
from planledger.plan.duties import duties_of
from planledger.plan.model import Agency, Duty, Finding, Indicator, Item, Milestone, Requirement, Side
from planledger.plan.quantity import Target, read_quantity, read_target, write_quantity
from planledger.plan.terms import Comparison, DeadlineKind, FindingKind, Measure, MilestoneKind, Scope
from planledger.plan.tree import Fields

LONGEST_TITLE = 14
# Words that `record` keeps for itself: an indicator called so could never be recorded.
RESERVED = frozenset(
    [
        "on",
        "agency",
        "any-agency",
        "side",
        "note",
        "by",
        "done",
        "paper",
        "ref",
        "held-by",
        "evidence",
        "event",
        "same-event",
        "entry",
        "because",
        "basis",
        "ledger",
        "plan",
        "as-of",
        "known-at",
        "json",
        "csv",
        "output",
        "help",
        "dry-run",
        "personal",
        "kind",
        "form",
        "stamped",
        "to",
        "full",
    ]
)
_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_TARGETS = {"at_least": Comparison.AT_LEAST, "at_most": Comparison.AT_MOST, "about": Comparison.ABOUT}


class Reader(NamedTuple):
    """What the readers of rows share: the year, who exists, and what was noticed on the way."""

    year: int
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    clauses: set[str]
    findings: list[Finding]

    def assume(self, place: str, text: str, because: str) -> None:
        """Note a reading that is ours and not the document's."""
        self.findings.append(Finding(FindingKind.ASSUMPTION.value, place, text, "", "", because))


class ItemPart(NamedTuple):
    """A row with everything that hangs on it."""

    item: Item
    indicators: tuple[Indicator, ...]
    duties: tuple[Duty, ...]
    milestones: tuple[Milestone, ...]
    requirements: tuple[Requirement, ...]


def item_from(fields: Fields, area: str, reader: Reader) -> ItemPart:
    """Read one row of the annex."""
    code = fields.code("code", required=True)
    if code and not _CODE.fullmatch(code):
        fields.fault("code", f'事项编号 {code} 看不懂；请写成 "6.1" 或 "5.2.1" 这样的数字编号。')
    fields.what = f"事项 {code}"
    text, clause = fields.text("text", required=True), fields.text("clause")
    if clause and clause not in reader.clauses:
        fields.fault("clause", f"{fields.what}的 clause 写的条款 {clause} 不在 clauses 里。")
    slips(fields, code, text + fields.text("remark") + fields.text("units"), reader)
    title, is_ours = _title(fields)
    last_day, kind = _deadline(fields, code, reader)
    duties, units, open_units = duties_of(fields, code, reader)
    indicators = tuple(_indicator(child, code, reader) for child in fields.children("indicators", "指标"))
    _once_in_row(fields, indicators)
    keys = {indicator.key: indicator for indicator in indicators}
    part = ItemPart(
        item=Item(
            code=code,
            area=area,
            title=title,
            title_is_ours=is_ours,
            text=text,
            due=fields.text("due"),
            units=units,
            remark=fields.text("remark"),
            clause=clause,
            last_day=last_day,
            deadline_kind=kind.value,
            open_units=open_units,
            declare=fields.flag("declare"),
        ),
        indicators=indicators,
        duties=duties,
        milestones=tuple(
            _milestone(child, code, reader, keys) for child in fields.children("milestones", "时间节点")
        ),
        requirements=tuple(_paper(child, code) for child in fields.children("papers", "材料要求")),
    )
    because = fields.text("because")
    if because:
        reader.findings.append(
            Finding(FindingKind.STANDARD.value, code, "完成标准由本台账约定", "", "", because)
        )
    fields.finish()
    return part


def slips(fields: Fields, place: str, text: str, reader: Reader) -> None:
    """Read the slips of the original, which stay in the text and are noted beside it."""
    for child in fields.children("slips", "笔误"):
        slip, because = child.text("text", required=True), child.text("because", required=True)
        if slip and slip not in text:
            child.fault("text", f"“{slip}”不在 {place} 的原文里；笔误要照原文写。")
        reader.findings.append(Finding(FindingKind.SLIP.value, place, slip, "", "", because))
        child.finish()


def _title(fields: Fields) -> tuple[str, bool]:
    theirs, ours = fields.text("title"), fields.text("our_title")
    if bool(theirs) == bool(ours):
        fields.faults.add(
            fields.line, f"{fields.what}要有短标题：取自原文写 title，自拟写 our_title，两者写一个。"
        )
    title = theirs or ours
    if len(title) > LONGEST_TITLE:
        fields.fault(
            "title" if theirs else "our_title",
            f"短标题“{title}”有 {len(title)} 个字，最多 {LONGEST_TITLE} 个。",
        )
    return title, not theirs


def _deadline(fields: Fields, code: str, reader: Reader) -> tuple[str, DeadlineKind]:
    """Read the last day by rule; where the words name none, the writer may, with a reason."""
    deadline = read_deadline(fields.text("due"), reader.year)
    given = fields.text("last_day")
    if deadline.fault and not given:
        fields.fault("due", f"{fields.what}：{deadline.fault}")
    if not given:
        if deadline.assumed:
            reader.assume(code, f"完成时限“{fields.text('due')}”", deadline.assumed)
        return deadline.last_day, deadline.kind
    reading = read_day(given)
    if reading.fault:
        fields.fault("last_day", f"{fields.what}的 last_day：{reading.fault}")
    if deadline.last_day and not deadline.assumed:
        fields.fault("last_day", f"“{fields.text('due')}”按规则就是 {deadline.last_day}，不必再写 last_day。")
    why = fields.text("because", required=True)
    reader.assume(code, f"完成时限“{fields.text('due')}”按 {reading.day} 认定", why)
    return reading.day, DeadlineKind.DAY


def _indicator(fields: Fields, code: str, reader: Reader) -> Indicator:
    key, label = fields.text("key", required=True), fields.text("label", required=True)
    fields.what = f"指标 {key}"
    if key and not _KEY.fullmatch(key):
        fields.fault("key", f"指标的 key 只用小写字母、数字和连字符，例如 joint-meetings，不能写 {key}。")
    for name, value in (("key", key), ("label", label)):
        if value in RESERVED:
            fields.fault(name, f"{value} 是 record 自己的选项，不能作指标的 {name}；请换一个词。")
    unit = fields.text("unit", required=True)
    decimals = fields.whole("decimals", 0, least=0, most=4)
    target = _target(fields, unit, decimals)
    indicator = Indicator(
        code=code,
        key=key,
        label=label,
        unit=unit,
        decimals=decimals,
        measure=fields.word("measure", list(Measure), Measure.FLOW),
        scope=fields.word("scope", list(Scope), Scope.WHOLE),
        comparison=target.comparison.value,
        target=target.amount,
        must_report=fields.flag("must_report"),
    )
    because = fields.text("because")
    if because or target.assumed:
        reader.assume(code, _said(indicator), "；".join(filter(None, (target.assumed, because))))
    fields.finish()
    return indicator


def _said(indicator: Indicator) -> str:
    """Say in one phrase how an indicator is counted and what is promised of it."""
    counted = "" if indicator.measure == Measure.FLOW else "，取最近一次的数"
    if indicator.target is None:
        return f"指标“{indicator.label}”（{indicator.unit}）{counted}"
    each = "每方" if indicator.scope == Scope.EACH else ""
    amount = write_quantity(indicator.target, indicator.decimals) + indicator.unit
    return f"指标“{indicator.label}”{each}{Comparison(indicator.comparison).label}{amount}{counted}"


def _target(fields: Fields, unit: str, decimals: int) -> Target:
    """Read what is promised: a number under its comparison, or the document's phrase under `target`."""
    given = [key for key in (*_TARGETS, "target") if fields.text(key)]
    none = Target(Comparison.NONE, None, unit, "", "")
    if len(given) > 1:
        fields.fault(given[1], f"{fields.what}写了两个目标（{'、'.join(given)}）；只留一个。")
    if not given:
        return none
    key, typed = given[0], fields.text(given[0])
    if key == "target":
        found = read_target(typed, unit, decimals)
    else:
        quantity = read_quantity(typed, unit, decimals)
        assumed = "“左右”按达到该数认定" if key == "about" else ""
        found = Target(_TARGETS[key], quantity.amount, unit, assumed, quantity.fault)
    if found.fault:
        fields.fault(key, f"{fields.what}的 {key}：{found.fault}")
        return none
    return found


def _once_in_row(fields: Fields, indicators: tuple[Indicator, ...]) -> None:
    words = [word for indicator in indicators for word in {indicator.key, indicator.label}]
    for word in sorted({word for word in words if word and words.count(word) > 1}):
        fields.fault("indicators", f"{fields.what}的指标 {word} 写了两次；键和名称在一行里都不能重。")


def _milestone(fields: Fields, code: str, reader: Reader, keys: dict[str, Indicator]) -> Milestone:
    by = fields.text("by", required=True)
    deadline = read_deadline(by, reader.year)
    if by and (deadline.fault or not deadline.last_day):
        fields.fault("by", deadline.fault or f"“{by}”没有说出是哪一天；节点要有日子。")
    key = fields.word("indicator", keys, "")
    typed = fields.text("at_least")
    indicator = keys.get(key)
    quantity = read_quantity(typed, indicator.unit, indicator.decimals) if typed and indicator else None
    if quantity and quantity.fault:
        fields.fault("at_least", f"节点的 at_least：{quantity.fault}")
    if bool(key) != bool(typed):
        fields.fault("indicator", "节点的 indicator 和 at_least 要么都写，要么都不写。")
    milestone = Milestone(
        code=code,
        label=fields.text("label", required=True),
        day=deadline.last_day,
        kind=fields.word("kind", list(MilestoneKind), MilestoneKind.ADVISORY),
        is_about=fields.flag("about"),
        side=fields.word("side", [side.name for side in reader.sides], ""),
        indicator=key,
        at_least=quantity.amount if quantity else None,
    )
    fields.finish()
    return milestone


def _paper(fields: Fields, code: str) -> Requirement:
    requirement = Requirement(
        code, fields.text("kind", required=True), fields.word("scope", list(Scope), Scope.WHOLE)
    )
    fields.finish()
    return requirement
