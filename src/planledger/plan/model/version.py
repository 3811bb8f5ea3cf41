"""A version of a plan as a whole (方案): its own row, the words of its document, every part; what a new one changes, and must not lose."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from planledger.plan.model import rows
from planledger.plan.model.rhythm_periods import by_period
from planledger.plan.model.terms import Term

_MEASURED = attrgetter("decimals", "measure", "unit", "scope")


class FindingKind(Term):
    """What a plan file says about its own document (说明)."""

    ASSUMPTION = "assumption", "我方理解"
    DISCREPANCY = "discrepancy", "正文与附件不一"
    SLIP = "slip", "原文笔误"
    STANDARD = "standard", "完成标准（我方）"


class Meta(NamedTuple):
    """The plan itself: its identity for ever (`key`), and what this version of it is called."""

    key: str
    title: str
    year: int
    warn_days: int  # 临期: so many last days before a deadline
    offices: str  # the units that keep the ledger and chase the others
    contact_clause: str  # where the document asks for a named person for each unit; empty if it does not


class Clause(NamedTuple):
    """A paragraph of the plan's body (条款), word for word."""

    number: str  # 三（六）1
    text: str


class Finding(NamedTuple):
    """What the document leaves open, says twice differently, or misspells, and how we take it (说明)."""

    kind: str
    place: str  # item code or clause number; empty for the plan as a whole
    text: str
    body: str  # wording of the body, where body and annex differ
    annex: str
    because: str


class Plan(NamedTuple):
    """One adopted document of one year (方案): the sum of its rows, each in the document's order."""

    meta: Meta
    sides: tuple[rows.Side, ...]
    agencies: tuple[rows.Agency, ...]
    areas: tuple[rows.Area, ...]
    clauses: tuple[Clause, ...]
    items: tuple[rows.Item, ...]
    indicators: tuple[rows.Indicator, ...]
    duties: tuple[rows.Duty, ...]
    milestones: tuple[rows.Milestone, ...]
    requirements: tuple[rows.Requirement, ...]
    filings: tuple[rows.Filing, ...]
    findings: tuple[Finding, ...]
    sources: tuple[rows.Source, ...] = ()
    column_texts: tuple[rows.ColumnText, ...] = ()
    quotas: tuple[rows.Quota, ...] = ()
    routes: tuple[rows.Route, ...] = ()
    rhythms: tuple[rows.Rhythm, ...] = ()
    stages: tuple[rows.Stage, ...] = ()
    format: int = 1  # of its file, which decides how its digest is written


class Part(NamedTuple):
    """One part of a plan: its word, the class of its rows, the fields by which the same row of two versions is recognised."""

    label: str
    row: type[NamedTuple]
    names: tuple[str, ...]
    is_unique: bool = True  # the table, too, has such a name once in a version


PARTS = {  # all but `meta`, by the field of `Plan`
    "sides": Part("方", rows.Side, ("name",)),
    "agencies": Part("单位", rows.Agency, ("name",)),
    "areas": Part("重点工作", rows.Area, ("code",)),
    "clauses": Part("条款", Clause, ("number",)),
    "items": Part("事项", rows.Item, ("code",)),
    "indicators": Part("指标", rows.Indicator, ("code", "key")),
    "duties": Part("责任", rows.Duty, ("code", "agency")),
    "milestones": Part("时间节点", rows.Milestone, ("code", "label"), is_unique=False),
    "requirements": Part("材料要求", rows.Requirement, ("code", "kind")),
    "filings": Part("报送", rows.Filing, ("key",)),
    "sources": Part("报数单位", rows.Source, ("code", "key", "agency")),
    "column_texts": Part("栏目", rows.ColumnText, ("code", "head")),
    "quotas": Part("分解任务数", rows.Quota, ("code", "key", "agency")),
    "routes": Part("经由", rows.Route, ("agency",)),
    "rhythms": Part("周期", rows.Rhythm, ("code", "filing")),
    "stages": Part("阶段", rows.Stage, ("code", "name")),
    "findings": Part("说明", Finding, ("kind", "place", "text"), is_unique=False),
}
# What came after the first format of a plan.
FURTHER = ("sources", "column_texts", "quotas", "routes", "rhythms", "stages")


def assembled_plan(
    meta: Meta, rows_of: Callable[[type[NamedTuple]], tuple[Any, ...]], format_: int = 1
) -> Plan:
    """Put a plan together from its own row and the rows of each class, in the document's order."""
    return Plan(meta, **{name: rows_of(part.row) for name, part in PARTS.items()}, format=format_)


class Change(NamedTuple):
    """One row that a new version adds, drops, or says differently."""

    part: str  # field of Plan: items, indicators …
    name: tuple[str, ...]
    field: str  # empty where the whole row comes or goes
    before: object  # None where the row is new
    after: object  # None where the row is gone


class Adoption(NamedTuple):
    """What adopting a plan did: a new plan, a new version with its changes, or nothing."""

    plan: Plan
    entry: int  # number of the adoption entry; 0 where the plan was in force already
    is_new: bool
    changes: tuple[Change, ...]
    is_of_others: bool = False  # none of its sides is in another plan of the same office
    # amendments that no longer apply, since the new version has another value there
    lapsed: tuple[int, ...] = ()


def changes(old: Plan, new: Plan, renamed: Mapping[str, str]) -> tuple[Change, ...]:
    """List everything that *new* says differently from *old*, in the order of the document.

    Args:
        old: the version in force.
        new: the version that follows it.
        renamed: of units of *old* that bear another name in *new*, that name.
    """
    listed = _differences("meta", (), old.meta, new.meta)
    for part, (_, _, fields, _) in PARTS.items():
        if part == "agencies":
            listed += [Change(part, (now,), "name", was, now) for was, now in renamed.items()]
        before, after = (
            {tuple(str(getattr(row, field)) for field in fields): row for row in some}
            for some in ((_renamed(row, renamed) for row in getattr(old, part)), getattr(new, part))
        )
        listed += [Change(part, name, "", row, None) for name, row in before.items() if name not in after]
        for name, row in after.items():
            if name in before:
                listed += _differences(part, name, before[name], row)
            else:
                listed.append(Change(part, name, "", None, row))
    return tuple(listed)


def _renamed(row: Any, renamed: Mapping[str, str]) -> Any:
    """A row with its unit by the name of the new version."""
    field = "name" if isinstance(row, rows.Agency) else "agency"
    name = getattr(row, field, "")
    return row._replace(**{field: renamed[name]}) if name in renamed else row


def _differences(part: str, name: tuple[str, ...], old: NamedTuple, new: NamedTuple) -> list[Change]:
    pairs = zip(old._fields, old, new, strict=True)
    return [Change(part, name, field, before, after) for field, before, after in pairs if before != after]


def dropped(
    old: Plan, new: Plan, used: set[tuple[str, ...]], of_units: set[tuple[str, ...]], added: set[str]
) -> list[str]:
    """Return what *new* would take away from entries that are there, or count in another way, each once.

    Args:
        old: the version in force.
        new: the version to adopt.
        used: (item code, indicator key, agency, side, kind of paper) of everything recorded on an item; empty where an
            entry says nothing of it.
        of_units: (agency, side, filing's key) of every filing, return and contact of a unit; a contact has no key.
        added: units that amendments added to the plan, which stay whatever the new version says.
    """
    codes = {item.code for item in new.items}
    agencies = {agency.name for agency in new.agencies} | {"", *added}
    sides = {side.name for side in new.sides} | {""}
    counted, still_counted = ({(one.code, one.key): one for one in plan.indicators} for plan in (old, new))
    papers, kept_papers = ({(one.code, one.kind) for one in plan.requirements} for plan in (old, new))
    labels, kept = (
        {filing.key: filing.label for filing in by_period(plan.filings, plan.rhythms)} for plan in (old, new)
    )
    lost = []
    for code, key, agency, side, paper in sorted(used):
        if code not in codes:
            lost.append(f"事项 {code}")
            continue
        if key:
            lost += _remeasured(code, key, counted.get((code, key)), still_counted.get((code, key)))
        lost += [f"单位 {agency}"] if agency not in agencies else []
        lost += [f"{side}（方）"] if side not in sides else []
        lost += [f"{code} 的材料 {paper}"] if (code, paper) in papers - kept_papers else []
    for agency, side, key in sorted(of_units):
        lost += [f"单位 {agency}"] if agency not in agencies else []
        lost += [f"{side}（方）"] if side not in sides else []
        lost += [f"报送 {labels.get(key, key)}"] if key and key not in kept else []
    return list(dict.fromkeys(lost))


def _remeasured(code: str, key: str, was: rows.Indicator | None, now: rows.Indicator | None) -> list[str]:
    """Return what a new version says otherwise of an indicator so that its figures would mean something else."""
    label = was.label if was else key
    if now is None:
        return [f"{code} 的指标 {label}"]
    if was and _MEASURED(was) != _MEASURED(now):
        return [f"{code} 的指标 {label} 的单位、小数位、口径或计数范围"]
    return []
