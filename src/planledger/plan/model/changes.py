"""What a new version of a plan changes, row by row, and what it must not lose."""

from typing import NamedTuple

from planledger.plan.model.rows import Plan

# How a row of each part is named, so that the same row of two versions is recognised.
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
    listed = _differences("meta", (), old.meta, new.meta)
    for part, fields in _NAMES.items():
        before, after = (
            {tuple(str(getattr(row, field)) for field in fields): row for row in getattr(plan, part)}
            for plan in (old, new)
        )
        listed += [Change(part, name, "", row, None) for name, row in before.items() if name not in after]
        for name, row in after.items():
            if name in before:
                listed += _differences(part, name, before[name], row)
            else:
                listed.append(Change(part, name, "", None, row))
    return tuple(listed)


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
    papers, kept_papers = ({(one.code, one.kind) for one in plan.requirements} for plan in (old, new))
    labels = {filing.key: filing.label for filing in old.filings}
    filings = {filing.key for filing in new.filings} | {""}
    lost = []
    for code, key, agency, side, paper in sorted(used):
        if code not in codes:
            lost.append(f"事项 {code}")
            continue
        lost += _remeasured(old, new, code, key) if key else []
        lost += [f"单位 {agency}"] if agency not in agencies else []
        lost += [f"{side}（方）"] if side not in sides else []
        lost += [f"{code} 的材料 {paper}"] if (code, paper) in papers - kept_papers else []
    for agency, side, key in sorted(of_units):
        lost += [f"单位 {agency}"] if agency not in agencies else []
        lost += [f"{side}（方）"] if side not in sides else []
        lost += [f"报送 {labels.get(key, key)}"] if key not in filings else []
    return list(dict.fromkeys(lost))


def _remeasured(old: Plan, new: Plan, code: str, key: str) -> list[str]:
    was, now = (
        next((one for one in plan.indicators if (one.code, one.key) == (code, key)), None)
        for plan in (old, new)
    )
    label = was.label if was else key
    if now is None:
        return [f"{code} 的指标 {label}"]
    if was and any(
        getattr(was, name) != getattr(now, name) for name in ("decimals", "measure", "unit", "scope")
    ):
        return [f"{code} 的指标 {label} 的单位、小数位、口径或计数范围"]
    return []
