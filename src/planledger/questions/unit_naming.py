"""Units and sides by the words that people type, or a refusal with the nearest right word."""

from collections.abc import Sequence

from planledger.plan.model.rows import Agency, Side
from planledger.plan.phrases.texts import fold, hint
from planledger.plan.phrases.unit_names import agency_choices, find_agencies
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.naming import LONGEST, split_list
from planledger.questions.sheet import Sheet


def agencies_in(sheet: Sheet, word: str) -> tuple[str, ...]:
    """Find the units that --agency means, by official name; none where nothing was typed."""
    return tuple(agency.name for agency in agencies_named(word, sheet.agencies, sheet.sides)) if word else ()


def agencies_named(word: str, agencies: Sequence[Agency], sides: Sequence[Side]) -> tuple[Agency, ...]:
    """Find every unit that a word means; a bare 人社局 means the units of all sides.

    Raises:
        Refusal: no unit is called so.
    """
    matches = find_agencies(word, agencies, sides)
    if matches:
        return matches
    units = split_list(word)
    if len(units) > 1 and all(find_agencies(unit, agencies, sides) for unit in units):
        raise Refusal(f"这里一次只写一家单位，{word[:LONGEST]} 是{len(units)}家；请一家一条命令。")
    near = hint(fold(word), agency_choices(agencies, sides))
    raise Refusal(f"没有责任单位 {word[:LONGEST]}。{near}运行 planledger agencies 可看全部单位。")


def agency_named(word: str, form: Sheet | EmptySheet) -> Agency:
    """Find the one unit of a plan that a word means, for an action.

    Raises:
        Refusal: no unit is called so, or several are.
    """
    matches = agencies_named(word, form.agencies, form.sides)
    if len(matches) > 1:
        choices = "、".join(agency.name for agency in matches)
        raise Refusal(f"{fold(word)} 有{len(matches)}家，请写明是哪一家：{choices}。")
    return matches[0]


def name_on_day(word: str, day: str, form: Sheet | EmptySheet, *, is_alone: bool = False) -> str:
    """Find the name that the one unit which a word means bore on a day.

    Args:
        word: what was typed, or the name under which a unit got a form.
        day: the day of what happened.
        form: the annex with the units as they are called today.
        is_alone: the word says which part of a merged unit it is, also after the merger.

    Raises:
        Refusal: as :func:`agency_named`, or the unit was merged later, and the word does not say which part is meant.
    """
    unit, units = agency_named(word, form), form.units
    then = [one for one in units.agencies_on(day) if units.of(one.name) == unit.name]
    meant = find_agencies(word, then, form.sides) or (unit,)
    if len(meant) > 1:
        parts = "、".join(part.name for part in meant)
        raise NotRecorded(f"{unit.name} 在 {day} 还没有合并；那天的请记在合并前的单位上：{parts}。")
    return units.on(word, day, is_alone=True) if is_alone else meant[0].name


def side_named(word: str, sides: Sequence[Side]) -> str:
    """Find the side that a word means, by its name or its short name.

    Raises:
        Refusal: no side is called so.
    """
    folded = fold(word)
    for side in sides:
        if folded in (side.name, side.short):
            return side.name
    raise Refusal(f"没有 {word[:LONGEST]} 这一方；请写：{'、'.join(side.name for side in sides)}。")
