"""The units and groups that a document names: each once, in its order; those that look like one body are asked about, never merged."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from planledger.plan.draft.writing import ASKED, Fields
from planledger.plan.file.duties import COLUMNS, as_read
from planledger.plan.file.omissions import bare_name
from planledger.plan.model.rows import Agency, Side
from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import stands_in
from planledger.plan.phrases.unit_names import AgencyNames, after_side, level_of
from planledger.plan.phrases.unit_words import ENDS_A_UNIT
from planledger.plan.phrases.units import UnitDuty, UnitReading, read_units

_PLACE = re.compile("(?:[镇乡村道]|(?<!供销)社)$")  # two of them are two places, however alike their names
_MOST_COMPARED = 600  # each with each other one, so that more would take minutes
_BRACKET_BEHIND = re.compile("（[^（）]*）$")
# One of them may be a part of the other (县教育局教研中心), which nobody but the office knows.
_MAY_BE_TWO = re.compile(
    "..+(?:(?<!总)局|中心|馆|公司|[妇残文侨科商]联|工会|[中小]学|银行)(?!.*[分支]).{1,7}(?:局|中心|馆|台|公司|联|会|[法察]院|银行)"
)
_SPOKEN_WITHOUT = re.compile("(?:(?<=委)员会|(?<=办)公室|(?<=联)合会|(?<=协)会|(?<=街道)办事处)$")
# So many letters of a name in their order tell a body; fewer must stand at its end, or be its first and one of these.
_TELLING = 3
_SPOKEN_IN_TWO = ("联", "协", "办", "委")  # 科协; but 农行 is no 农商行, 一中 no 一职中


@dataclass
class _Unit:
    """A unit that the rows name, or that stands in the plan before."""

    name: str
    side: str
    after_side: str  # what stands after the side's name
    may_be: str = ""  # the name with the end that it may share with the next one in a row
    rows: dict[str, None] = field(default_factory=dict)  # the codes of those that name it
    asked: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Name it with where it stands."""
        return f"“{self.name}”（{'、'.join(self.rows) or '原方案'}）"

    @cached_property
    def bare(self) -> tuple[str, str]:
        """Its side and its name without what one and the same body is written with and without."""
        return bare_name(Agency(self.after_side, self.side, "", "", ""))

    @cached_property
    def shortened(self) -> str:
        """Its name with the end that is left out in speech: 卫生健康委, 政府办, 残疾人联."""
        return _SPOKEN_WITHOUT.sub("", self.after_side)

    def is_like(self, longer: "_Unit") -> bool:
        """Whether this may be the *longer* one's body, or of another side the same kind of body, in other words."""
        if self.after_side == longer.after_side:
            return False
        name, whole = self.shortened, longer.shortened
        if name == whole or (self.bare == longer.bare and self.bare[1]):
            return True
        if name[-1:] != whole[-1:] or _PLACE.search(name):
            return False
        is_spoken = name.endswith(_SPOKEN_IN_TWO) and whole[0] == name[0]
        tells = len(name) >= _TELLING or whole.endswith(name) or is_spoken
        return tells and stands_in(name, whole)


def unit_list(
    items: Iterable[Fields], sides: tuple[Side, ...], known: Iterable[Fields] = ()
) -> tuple[list[Fields], list[Fields]]:
    """List the units that rows name.

    Args:
        items: the rows, each with its units as printed and with its readings.
        sides: whose units they can be; a unit of which the words do not say whose it is stands in no list.
        known: units of an earlier plan with what was written of them; one that is named again is taken over.

    Returns:
        What stands under `agencies` and `groups`, as the rows name it.
    """
    earlier = {each["name"]: each for each in known}
    of_before = [_agency(each, sides) for each in earlier.values()]
    names, by_name = AgencyNames(of_before, sides), {side.name: side for side in sides}
    rows = [(item["code"], reading.duties) for item in items for reading in _columns_read(item, sides)]
    duties = [(code, duty) for code, several in rows for duty in several]
    groups = dict.fromkeys(duty.agency for _, duty in duties if duty.is_group)
    agencies, units = [], _named_units(duties, names, by_name)
    for unit in units:
        if unit.name not in earlier and unit.name not in by_name:
            _ask_about_name(unit)
        agencies.append(dict(earlier.get(unit.name) or _fields(unit, sides)) | {ASKED: unit.asked})
    of_both = {
        one.name: _Unit(one.name, one.side, after_side(one.name, by_name.get(one.side))) for one in of_before
    }
    of_both |= {unit.name: unit for unit in units}
    _ask_about_alike(list(of_both.values()), earlier.keys())
    for fields in agencies:  # those through which others are reached come behind them
        ways = [one.name for one in names.find(fields.get("through", ""))]
        agencies += [dict(earlier[way]) for way in ways if all(way != each["name"] for each in agencies)]
    return agencies, [{"name": group, "members": []} for group in groups]


def _named_units(
    duties: Iterable[tuple[str, UnitDuty]], names: AgencyNames, sides: Mapping[str, Side]
) -> list[_Unit]:
    """Return each unit that rows name once, however they name it, with the rows' codes."""
    units: dict[tuple[str, str], _Unit] = {}
    for code, duty in duties:
        known_as = names.find(duty.agency)
        is_known = len(known_as) == 1
        side = known_as[0].side if is_known else duty.side
        name = known_as[0].name if is_known else _official(duty.agency, side)
        if (is_known or side) and not duty.is_group:
            body = side, after_side(name, sides.get(side))
            unit = units.setdefault(body, _Unit(name, *body))
            unit.name = name if name.startswith(side) else unit.name
            unit.rows[code] = None
            unit.may_be = unit.may_be or (duty.may_be and _official(duty.may_be, side))
    return list(units.values())


def _columns_read(item: Fields, sides: tuple[Side, ...]) -> Iterator[UnitReading]:
    """Read the units of a row, column by column."""
    readings = [(each["of"], each.get("as", "")) for each in item.get("readings", ())]
    for column, role in COLUMNS:
        if words := item.get(column):
            yield read_units(as_read(words, readings), sides, role)


def roles_in_row(item: Fields, names: AgencyNames, sides: tuple[Side, ...]) -> dict[str, Role] | None:
    """Return which unit has which part in a row, a known one by its name; None where its words are refused."""
    parts: dict[str, Role] = {}
    for reading in _columns_read(item, sides):
        if reading.fault:
            return None
        for duty in reading.duties:
            known = names.find(duty.agency)
            parts[known[0].name if len(known) == 1 else duty.agency] = duty.role
    return parts


def names_of_units(documents: Iterable[Fields], sides: tuple[Side, ...]) -> AgencyNames:
    """Return the units that plan files list by all their names; of two with one name the first."""
    listed = {each["name"]: each for document in reversed(list(documents)) for each in document["agencies"]}
    return AgencyNames([_agency(each, sides) for each in listed.values()], sides)


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
    short, initials = (listed_names(fields.get(key, "")) for key in ("short", "initials"))
    return Agency(fields["name"], _side_of(fields, sides), short, initials, "")


def listed_names(words: str | list[str]) -> str:
    """Return the names that a plan file gives, as a list or in one text, as the text with 、 between them."""
    return words if isinstance(words, str) else "、".join(words)


def _fields(unit: _Unit, sides: tuple[Side, ...]) -> Fields:
    is_plain = unit.name.startswith(unit.side) or len(sides) == 1
    return {"name": unit.name} if is_plain else {"name": unit.name, "side": unit.side}


def _ask_about_name(unit: _Unit) -> None:
    """Ask about a unit whose name ends as none does: a person, 同上, half a name."""
    if not ENDS_A_UNIT.search(_BRACKET_BEHIND.sub("", unit.name)):
        shared = f"和后面的单位合写的，请把这一行的单位写成“{unit.may_be}”；" if unit.may_be else ""
        unit.asked.append(f"{unit}不像单位名称；{shared}不是的，请改写这一行的单位，再删去这一家。")
    elif _MAY_BE_TWO.fullmatch(unit.name):
        unit.asked.append(f"{unit}像是两家连在一起；是两家的，请在这一行里用“、”隔开，再删去这一家。")


def _ask_about_alike(units: Sequence[_Unit], settled: AbstractSet[str]) -> None:
    """Ask about each unit that may be one with another, or is written less fully than the same kind of unit elsewhere.

    Args:
        units: those that the rows name, and all of an earlier plan.
        settled: the names of an earlier plan; what that had was looked at there.
    """
    if len(units) > _MOST_COMPARED:
        asked = f"有{len(units)}家单位，太多，没有逐家比较写法；请核对有没有同一家。"
        for unit in [one for one in units if one.rows][:1]:
            unit.asked.append(asked)
        return
    for pair in combinations(units, 2):
        shorter, longer = sorted(pair, key=lambda unit: len(unit.after_side))
        if not settled >= {shorter.name, longer.name} and shorter.is_like(longer):
            unit, other = (shorter, longer) if shorter.rows else (longer, shorter)
            is_one = unit.side == other.side
            ask = "像是同一家；是一家的留一个，另一个写进 short" if is_one else "写法不同；请核对全称"
            unit.asked.append(f"{unit}和{other}{ask}。")
