"""What a new version of a plan changes, row by row, and what it must not lose."""

from typing import NamedTuple

from planledger.plan.model.rows import Plan

# How a row of each part is named, so that the same row of two versions can be found.
_NAMES: dict[str, tuple[str, ...]] = {
    "sides": ("name",),
    "agencies": ("name",),
    "areas": ("code",),
    "clauses": ("number",),
    "items": ("code",),
    "indicators": ("code", "key"),
    "duties": ("code", "agency"),
    "milestones": ("code", "label"),
    "requirements": ("code", "kind"),
    "filings": ("key",),
    "sources": ("code", "key", "agency"),
    "findings": ("kind", "place", "text"),
}


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


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """List everything that *new* says differently from *old*, in the order of the document."""
    listed = [
        Change("meta", (), field, before, after)
        for field, before, after in zip(old.meta._fields, old.meta, new.meta, strict=True)
        if before != after
    ]
    for part, fields in _NAMES.items():
        before = {tuple(str(getattr(row, f)) for f in fields): row for row in getattr(old, part)}
        after = {tuple(str(getattr(row, f)) for f in fields): row for row in getattr(new, part)}
        listed += [Change(part, name, "", row, None) for name, row in before.items() if name not in after]
        for name, row in after.items():
            if name not in before:
                listed.append(Change(part, name, "", None, row))
                continue
            pairs = zip(row._fields, before[name], row, strict=True)
            listed += [Change(part, name, field, was, now) for field, was, now in pairs if was != now]
    return tuple(listed)


def dropped_from_entries(
    old: Plan, new: Plan, used: set[tuple[str, str, str, str, str]], added: set[str]
) -> list[str]:
    """Return what *new* would take away from entries that are there, or count in another way.

    Args:
        old: the version in force.
        new: the version to adopt.
        used: (item code, indicator key, agency, side, kind of paper) of everything recorded; empty where an
            entry says nothing of it.
        added: units that amendments added to the plan, which stay whatever the new version says.
    """
    codes = {item.code for item in new.items}
    agencies = {agency.name for agency in new.agencies} | added
    sides = {side.name for side in new.sides}
    gone = {(one.code, one.kind) for one in old.requirements} - {
        (one.code, one.kind) for one in new.requirements
    }
    lost = []
    for code, key, agency, side, paper in sorted(used):
        if code not in codes:
            lost.append(f"事项 {code}")
            continue
        lost += _remeasured(old, new, code, key) if key else []
        lost += [f"单位 {agency}"] if agency and agency not in agencies else []
        lost += [f"{side}（方）"] if side and side not in sides else []
        lost += [f"{code} 的材料 {paper}"] if (code, paper) in gone else []
    return list(dict.fromkeys(lost))


def dropped_of_units(old: Plan, new: Plan, used: set[tuple[str, str, str]], added: set[str]) -> list[str]:
    """Return what *new* would take away from entries that concern the plan as a whole and one unit.

    Args:
        old: the version in force.
        new: the version to adopt.
        used: (agency, side, filing's key) of everything handed in, sent back, or noted of a contact, which has no key.
        added: units that amendments added to the plan.
    """
    labels = {filing.key: filing.label for filing in old.filings}
    agencies = {agency.name for agency in new.agencies} | added
    sides = {side.name for side in new.sides} | {""}
    keys = {filing.key for filing in new.filings} | {""}
    lost = []
    for agency, side, key in sorted(used):
        lost += [f"单位 {agency}"] if agency not in agencies else []
        lost += [f"{side}（方）"] if side not in sides else []
        lost += [f"报送 {labels.get(key, key)}"] if key not in keys else []
    return list(dict.fromkeys(lost))


def _remeasured(old: Plan, new: Plan, code: str, key: str) -> list[str]:
    was = next((i for i in old.indicators if (i.code, i.key) == (code, key)), None)
    now = next((i for i in new.indicators if (i.code, i.key) == (code, key)), None)
    label = was.label if was else key
    if now is None:
        return [f"{code} 的指标 {label}"]
    if was and (now.decimals, now.measure, now.unit, now.scope) != (
        was.decimals,
        was.measure,
        was.unit,
        was.scope,
    ):
        return [f"{code} 的指标 {label} 的单位、小数位、口径或计数范围"]
    return []
