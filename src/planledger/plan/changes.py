"""What a new version of a plan changes, row by row, and what it must not lose."""

from typing import NamedTuple

from planledger.plan.document import Plan

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


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """List everything that *new* says differently from *old*, in the order of the document."""
    found = [
        Change("meta", (), field, before, after)
        for field, before, after in zip(old.meta._fields, old.meta, new.meta, strict=True)
        if before != after
    ]
    for part, fields in _NAMES.items():
        before = {tuple(str(getattr(row, f)) for f in fields): row for row in getattr(old, part)}
        after = {tuple(str(getattr(row, f)) for f in fields): row for row in getattr(new, part)}
        found += [Change(part, name, "", row, None) for name, row in before.items() if name not in after]
        for name, row in after.items():
            if name not in before:
                found.append(Change(part, name, "", None, row))
                continue
            pairs = zip(row._fields, before[name], row, strict=True)
            found += [Change(part, name, field, was, now) for field, was, now in pairs if was != now]
    return tuple(found)


def dropped(old: Plan, new: Plan, used: set[tuple[str, str]]) -> list[str]:
    """Say what *new* would take away from entries that are there: a row, an indicator, or how it is counted.

    Args:
        old: the version in force.
        new: the version to adopt.
        used: (item code, indicator key) of everything recorded; the key is empty where no figure is meant.
    """
    codes = {item.code for item in new.items}
    before = {(i.code, i.key): i for i in old.indicators}
    after = {(i.code, i.key): i for i in new.indicators}
    lost = []
    for code, key in sorted(used):
        now, was = after.get((code, key)), before.get((code, key))
        if code not in codes:
            lost.append(f"事项 {code}")
        elif key and now is None:
            lost.append(f"{code} 的指标 {was.label if was else key}")
        elif now and was and (now.decimals, now.measure, now.unit) != (was.decimals, was.measure, was.unit):
            lost.append(f"{code} 的指标 {was.label} 的单位、小数位或口径")
    return list(dict.fromkeys(lost))
