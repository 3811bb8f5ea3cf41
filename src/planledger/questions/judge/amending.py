"""What amendments (调整) make of an item: the deadline, targets and units that are in force. Pure."""

from collections.abc import Callable, Iterable
from functools import partial

from planledger.plan.model.rows import Agency, Duty
from planledger.plan.model.terms import AmendmentKind, Comparison, Role, Scope
from planledger.plan.phrases.unit_names import UNCHANGED, UnitNames
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.progress import Mark, Progress


def amended(plain: Progress, amendments: Iterable[Mark], units: UnitNames = UNCHANGED) -> Progress:
    """Apply to an item as the plan has it what was changed of it since.

    Args:
        plain: the item by the plan's own words.
        amendments: those of this item, in the order of their days. One that was made of other words than
            the plan has now (a later version changed the same thing) no longer applies.
        units: by which names a unit that is added or dropped is the one that has a duty.
    """
    now = plain
    for one in amendments:
        # `said`: the plan's own value then
        key, own = one.details.text("key"), one.details.text("said")
        if (
            own_value(plain, one.subject, key, one.agency, partial(units.on, day=one.day, number=one.entry))
            != own
        ):
            continue
        changed = _APPLIED[AmendmentKind(one.subject)](plain, now, one, units)
        if changed is not None:
            now = changed._replace(amendments=(*changed.amendments, one))
    return now


def with_added(agencies: tuple[Agency, ...], amendments: Iterable[Mark]) -> tuple[Agency, ...]:
    """The units of the plan and those that amendments added to it (5.1 的项目实施单位)."""
    known = {agency.name: agency for agency in agencies}
    for one in amendments:
        if one.subject == AmendmentKind.ADD and one.agency not in known:
            known[one.agency] = Agency(one.agency, one.side, "", "", "")
    return tuple(known.values())


def unreported(row: Progress, sides: tuple[str, ...]) -> tuple[tuple[Figure, str], ...]:
    """Find the figures of which nobody is left who counts them (报数单位): each was dropped, or only assists by now.

    Where each side counts for itself, the side that has nobody left comes with it.
    """
    return tuple(
        (one, side)
        for one in row.figures
        if one.sources
        for side in (sides if one.indicator.scope == Scope.EACH else ("",))
        if not any(
            duty.agency in one.sources and duty.role != Role.ASSIST and side in ("", duty.side)
            for duty in row.duties
        )
    )


def own_value(plain: Progress, subject: str, key: str, agency: str, called: Callable[[str], str]) -> str:
    """What the plan itself says of what is amended: the last day of an item, the target of a figure, what a unit owes of it.

    Empty where it says nothing, or where units are changed. A unit is known by what it is *called* on the day of the
    amendment, as far as that one could know of changes: one that is recorded later, for a day before, changes nothing.
    """
    if subject == AmendmentKind.DUE:
        return plain.item.last_day
    figure = plain.figure(key)
    if figure is None:
        return ""
    own: list[int | None] = [figure.indicator.target]
    if agency:
        name = called(agency)
        meant = (duty.agency for duty in plain.duties if called(duty.agency) == name)
        own = [figure.quotas.get(one, figure.quotas.get("")) for one in meant]
    return "" if None in own or not own else str(sum(one or 0 for one in own))


def _due(_plain: Progress, now: Progress, one: Mark, _units: UnitNames) -> Progress | None:
    was = now.item.last_day
    late = ((was, one.day),) if was and one.day > was else ()
    item = now.item._replace(last_day=one.details.text("due"))
    return now._replace(item=item, put_off=now.put_off + late)


def _target(plain: Progress, now: Progress, one: Mark, _units: UnitNames) -> Progress | None:
    figure = now.figure(one.details.text("key"))
    if figure is None:
        return None
    indicator = figure.indicator
    bound = Comparison.AT_LEAST.value if indicator.comparison == Comparison.NONE else indicator.comparison
    item = now.item
    if plain.asks_declaration:
        # a number that was added later proves nothing for those who answer
        item = item._replace(declare=True)
    target = one.details.number("target")
    each = {"": target} if "" in figure.quotas else {}
    aimed = figure._replace(
        indicator=indicator._replace(target=target, comparison=bound), quotas={**figure.quotas, **each}
    )
    return now.with_figure(aimed)._replace(item=item)


def _quota(_plain: Progress, now: Progress, one: Mark, units: UnitNames) -> Progress | None:
    figure = now.figure(one.details.text("key"))
    names = [duty.agency for duty in now.duties if _is_meant(duty, one, units)]
    if figure is None or not figure.quotas or not names:
        return None
    unit = "、".join(names)  # of a merged unit its parts together
    others = {
        of: n for of, n in figure.quotas.items() if of == unit or not {*names}.intersection(of.split("、"))
    }
    aimed = figure._replace(quotas={**others, unit: one.details.number("target")})
    return now.with_figure(aimed)


def _add(_plain: Progress, now: Progress, one: Mark, units: UnitNames) -> Progress | None:
    if any(_is_meant(duty, one, units) for duty in now.duties):
        return None
    duty = Duty(one.code, one.agency, one.side, one.details.text("role"), is_group=False)
    return now._replace(duties=(*now.duties, duty))


def _drop(_plain: Progress, now: Progress, one: Mark, units: UnitNames) -> Progress | None:
    left = tuple(duty for duty in now.duties if not _is_meant(duty, one, units))
    return None if len(left) == len(now.duties) else now._replace(duties=left)


def _is_meant(duty: Duty, one: Mark, units: UnitNames) -> bool:
    """Whether the unit of a duty is the one that is added or dropped, by the names of that day."""
    return units.on(duty.agency, one.day, one.entry) == units.on(one.agency, one.day, one.entry)


def _cancel(_plain: Progress, now: Progress, one: Mark, _units: UnitNames) -> Progress | None:
    return None if now.cancelled_on else now._replace(cancelled_on=one.day)


_APPLIED: dict[AmendmentKind, Callable[[Progress, Progress, Mark, UnitNames], Progress | None]] = {
    AmendmentKind.DUE: _due,
    AmendmentKind.TARGET: _target,
    AmendmentKind.QUOTA: _quota,
    AmendmentKind.ADD: _add,
    AmendmentKind.DROP: _drop,
    AmendmentKind.CANCEL: _cancel,
}
