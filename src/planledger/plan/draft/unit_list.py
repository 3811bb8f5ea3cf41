"""The units and groups that a document names: each once, in its order; those that look like one body are asked about, never merged."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import NamedTuple

from planledger.plan.draft.writing import ASKED, Fields
from planledger.plan.file.duties import COLUMNS, as_read
from planledger.plan.file.omissions import bare_name
from planledger.plan.model.rows import Agency, Side
from planledger.plan.phrases.unit_names import AgencyNames, after_side, level_of
from planledger.plan.phrases.unit_pieces import ENDS_A_UNIT
from planledger.plan.phrases.units import UnitDuty, read_units

_PLACES = tuple("镇乡村道社")  # two of them are two places, however alike their names
_MOST_COMPARED = 600  # each with each other one, so that more would take minutes
_BRACKET_BEHIND = re.compile("（[^（）]*）$")
_TELLING = 3  # so many letters of a name in their order tell a body; fewer must stand at its end


class _Body(NamedTuple):
    """A unit as it is held against others: its side and what stands after the side's name."""

    side: str
    name: str

    def is_like(self, longer: "_Body") -> bool:
        """Whether this may be the *longer* one's body, or of another side the same kind of body, in other words."""
        if self.name == longer.name:
            return False
        bare, other = (bare_name(Agency(one.name, one.side, "", "", "")) for one in (self, longer))
        if bare == other and bare[1]:
            return True
        if self.name[-1:] != longer.name[-1:] or self.name.endswith(_PLACES):
            return False
        rest = iter(longer.name)
        is_short = len(self.name) < _TELLING and not longer.name.endswith(self.name)
        return not is_short and all(letter in rest for letter in self.name)


class UnitList(NamedTuple):
    """What stands under `agencies` and `groups`, as the document's rows name it."""

    agencies: list[Fields]
    groups: list[Fields]


def unit_list(items: Iterable[Fields], sides: tuple[Side, ...], known: Iterable[Fields] = ()) -> UnitList:
    """List the units that rows name.

    Args:
        items: the rows, each with its units as printed and with its readings.
        sides: whose units they can be; a unit of which the words do not say whose it is stands in no list.
        known: units of an earlier plan with what was written of them; one that is named again is taken over.
    """
    earlier = {each["name"]: each for each in known}
    of_before = [_agency(each, sides) for each in earlier.values()]
    names = AgencyNames(of_before, sides)
    by_name = {side.name: side for side in sides}
    rows_of: dict[_Body, dict[str, None]] = {}
    spelling: dict[_Body, str] = {}
    groups: dict[str, Fields] = {}
    for code, duty in _duties(items, sides):
        if duty.is_group:
            groups.setdefault(duty.agency, {"name": duty.agency, "members": []})
            continue
        known_as = names.find(duty.agency)
        if not (duty.side or len(known_as) == 1):
            continue
        is_known = len(known_as) == 1
        side = known_as[0].side if is_known else duty.side
        name = known_as[0].name if is_known else _official(duty.agency, side)
        body = _Body(side, after_side(name, by_name.get(side)))
        if body not in spelling or name.startswith(side):
            spelling[body] = name
        rows_of.setdefault(body, {})[code] = None
    agencies = [dict(earlier.get(name) or _fields(name, body.side, sides)) for body, name in spelling.items()]
    for fields in agencies:  # those through which others are reached come behind them
        ways = [one.name for one in names.find(fields.get("through", ""))]
        agencies += [dict(earlier[way]) for way in ways if all(way != each["name"] for each in agencies)]
    named = {name: list(rows_of[body]) for body, name in spelling.items()}
    bodies = {one.name: _Body(one.side, after_side(one.name, by_name.get(one.side))) for one in of_before}
    bodies |= {name: body for body, name in spelling.items()}
    _ask_about_names(agencies, named, earlier.keys() | by_name.keys())
    _ask_about_alike(agencies, bodies, named, frozenset(named.keys() - earlier.keys()))
    return UnitList(agencies, list(groups.values()))


def _duties(items: Iterable[Fields], sides: tuple[Side, ...]) -> Iterator[tuple[str, UnitDuty]]:
    """Yield every unit and group that the rows name, with the row's code; words that are refused name none."""
    for item in items:
        readings = [(each["of"], each.get("as", "")) for each in item.get("readings", ())]
        for column, role in COLUMNS:
            if words := item.get(column):
                for duty in read_units(as_read(words, readings), sides, role).duties:
                    yield item["code"], duty


def _official(name: str, side: str) -> str:
    """Return a name with the side in place of its level: 县财政局 in a plan of 甲县 is 甲县财政局."""
    level = level_of(name)
    return side + name[1:] if level and level == side[-1:] and name[2:] else name


def _side_of(fields: Fields, sides: tuple[Side, ...]) -> str:
    names = [side.name for side in sides]
    return fields.get("side") or next(
        filter(fields["name"].startswith, names), names[0] if len(names) == 1 else ""
    )


def _agency(fields: Fields, sides: tuple[Side, ...]) -> Agency:
    """Return a unit of an earlier plan by all its names."""
    listed = (fields.get(key, "") for key in ("short", "initials"))
    short, initials = (words if isinstance(words, str) else "、".join(words) for words in listed)
    return Agency(fields["name"], _side_of(fields, sides), short, initials, "")


def _fields(name: str, side: str, sides: tuple[Side, ...]) -> Fields:
    is_plain = name.startswith(side) or len(sides) == 1
    return {"name": name} if is_plain else {"name": name, "side": side}


def _ask_about_names(
    agencies: list[Fields], rows_of: dict[str, list[str]], settled: AbstractSet[str]
) -> None:
    """Ask about each unit whose name ends as none does: a person, 同上, half a name."""
    for fields in agencies:
        name = fields["name"]
        if name not in settled and not ENDS_A_UNIT.search(_BRACKET_BEHIND.sub("", name)):
            rows = "、".join(rows_of.get(name, ()))
            fields.setdefault(ASKED, []).append(
                f"“{name}”（{rows}）不像单位名称；不是的，请改写这一行的单位，再删去这一家。"
            )


def _ask_about_alike(
    agencies: list[Fields], bodies: dict[str, _Body], rows_of: dict[str, list[str]], fresh: frozenset[str]
) -> None:
    """Ask about each unit that may be one with another, or is written less fully than the same kind of unit elsewhere.

    Args:
        agencies: the units that the rows name.
        bodies: these and the units of an earlier plan.
        rows_of: the codes of the rows that name a unit.
        fresh: the units that no earlier plan has; what it had is settled.
    """
    if len(bodies) > _MOST_COMPARED and agencies:
        asked = f"有{len(bodies)}家单位，太多，没有逐家比较写法；请核对有没有同一家。"
        agencies[0].setdefault(ASKED, []).append(asked)
        return
    alike: dict[str, list[str]] = {}
    for pair in combinations(bodies, 2):
        shorter, longer = sorted(pair, key=lambda name: len(bodies[name].name))
        if not fresh.isdisjoint(pair) and bodies[shorter].is_like(bodies[longer]):
            asked, other = (shorter, longer) if shorter in rows_of else (longer, shorter)
            alike.setdefault(asked, []).append(other)
    for fields in agencies:
        name = fields["name"]
        for other in alike.get(name, ()):
            is_one = bodies[name].side == bodies[other].side
            both = "和".join(f"“{one}”（{'、'.join(rows_of.get(one, ['原方案']))}）" for one in (name, other))
            ask = "像是同一家；是一家的留一个，另一个写进 short" if is_one else "写法不同；请核对全称"
            fields.setdefault(ASKED, []).append(f"{both}{ask}。")
