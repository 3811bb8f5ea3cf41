"""How people name a unit: the official name, what stands after the side, short names, initials; and what it is called on a day.

Nothing is near enough here: a word means a unit or it does not (`texts.nearest` makes suggestions). Where units were renamed or
merged (更名、合并), a name that a unit ever bore gives its name of any day; a merged unit consists of others, its parts.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model.entry_details import Details
from planledger.plan.model.rows import Agency, Side, names_in
from planledger.plan.phrases.texts import squeeze

_LAST = 10**18  # more than any number of an entry
_LEVELS = "省县区市州旗"
# Words that begin with the sign of a level and yet do not name one: 市场监管局 is no 场监管局 of a 市.
_NO_LEVEL = {
    "市": ("市场", "市政管", "市政工", "市政园", "市政设", "市容", "市民", "市郊", "市区", "市域", "市内"),
    "区": ("区域", "区划", "区间", "区块"),
    "县": ("县域", "县城", "县级"),
}


class AgencyNames:
    """What the units of a plan are called, for as many words as a plan file has: none is held against every unit."""

    def __init__(self, agencies: Iterable[Agency], sides: Iterable[Side]) -> None:
        """Take the units, in their order, and the sides that they are of."""
        self._agencies, self._sides = tuple(agencies), {side.name: side for side in sides}

    def find(self, word: str) -> tuple[Agency, ...]:
        """Return every unit that *word* means: 人社局 means that of each side, an official name only its own.

        委 may be put in or left out (大新县委组织部, 大新县组织部), the side may be named short or by its
        level alone (江海人社局, 区人社局), initials may be typed in capitals.

        Returns:
            The units in their given order; empty where the word means none.
        """
        wanted = _folded(word)
        official = self._official.get(word) or self._folded.get(wanted)
        return (official,) if official and wanted else self._called.get(wanted, ())

    @cached_property
    def _official(self) -> dict[str, Agency]:
        return {agency.name: agency for agency in reversed(self._agencies)}

    @cached_property
    def _folded(self) -> dict[str, Agency]:
        return {_folded(agency.name): agency for agency in reversed(self._agencies)}

    @cached_property
    def _called(self) -> dict[str, tuple[Agency, ...]]:
        called: dict[str, tuple[Agency, ...]] = {}
        for agency in self._agencies:
            for name in _names_of(agency, self._sides.get(agency.side)):
                called[name] = (*called.get(name, ()), agency)
        return called


def find_agencies(word: str, agencies: Iterable[Agency], sides: Iterable[Side]) -> tuple[Agency, ...]:
    """Return every unit that *word* means, of which one is asked alone."""
    return AgencyNames(agencies, sides).find(word)


def agency_choices(agencies: Iterable[Agency], sides: Iterable[Side]) -> list[str]:
    """Return the names worth suggesting to a typist, each once: official ones and what stands after the side."""
    by_name = {side.name: side for side in sides}
    choices: dict[str, None] = {}
    for agency in agencies:
        names = (agency.name, after_side(agency.name, by_name.get(agency.side)), *names_in(agency.short))
        choices.update(dict.fromkeys(names))
    return list(choices)


def level_of(words: str) -> str:
    """Return the level that a unit's name begins with: 县 of 县委办, nothing for 市场监管局."""
    level = words[:1]
    if not words[1:] or level not in _LEVELS or words.startswith(_NO_LEVEL.get(level, ())):
        return ""
    return level


def after_side(name: str, side: Side | None) -> str:
    """Return what stands after the side's name (or after its level, in 县教育局 of a plan of one county)."""
    if side is None:
        return name
    if name.startswith(side.name) and name != side.name:
        return name[len(side.name) :]
    level = level_of(name)
    return name[1:] if level and level == side.name[-1:] and name[2:] else name


def _names_of(agency: Agency, side: Side | None) -> frozenset[str]:
    """Return all that the unit is called, folded as a typed word is."""
    names = {after_side(name, side) for name in (agency.name, *names_in(agency.short))}
    names |= {_other_spelling(name) for name in names}
    all_names = {agency.name, *names_in(agency.initials), *names_in(agency.short), *names}
    if side is not None:
        fronts = {side.name, side.short} | ({side.name[-1:]} & set(_LEVELS))
        all_names |= {front + name for front in fronts for name in names if front}
    return frozenset(names_in(_folded("、".join(all_names))))


def _other_spelling(name: str) -> str:
    """Return the name with 委 left out or put in (组织部, 委组织部)."""
    if not name.startswith("委"):
        return "委" + name
    return name[1:] if name[2:] and not name.startswith("委员") else name


def _folded(word: str) -> str:
    """Fold what does not distinguish names: full-width letters, spaces, capitals."""
    return squeeze(word).casefold()


class UnitChange(NamedTuple):
    """From a day on a unit bears another name, or several units are one."""

    entry: int
    kind: str
    agency: str  # the name from then on
    day: str  # from this day on
    subject: str  # the names until then, joined by 、; that of a unit which takes others in is one of them
    details: Details

    @property
    def names(self) -> tuple[str, ...]:
        """The names until then."""
        return tuple(self.subject.split("、"))

    @property
    def is_merger(self) -> bool:
        """Whether several units become one."""
        return "、" in self.subject


class UnitNames(NamedTuple):
    """The units of a plan by their names on the day of a question."""

    changes: tuple[UnitChange, ...] = ()  # of all days, in their order
    day: str = LATEST
    agencies: tuple[Agency, ...] = ()  # as the plan has them

    def __bool__(self) -> bool:
        """Whether any name was ever changed."""
        return bool(self.changes)

    def on(self, name: str, day: str, number: int = _LAST, *, is_alone: bool = False) -> str:
        """The name that a unit bore on a day, as far as an entry of a *number* can know of changes; *alone* also after a merger."""
        made = [change for change in self.changes if change.day <= day and change.entry < number]
        for change in reversed(self.changes):
            if change.agency == name and not change.is_merger and change not in made:
                name = change.subject
        for change in made:
            if name in change.names and not (is_alone and change.is_merger):
                name = change.agency
        return name

    def of(self, name: str) -> str:
        """The name on the day of the question."""
        return self.on(name, self.day) if self.changes else name

    def alone(self, name: str) -> str:
        """The last name of a unit by itself, whatever it became a part of; that of a merged one is its own."""
        return self.on(name, LATEST, is_alone=True)

    def parts(self, name: str, day: str = LATEST, number: int = _LAST) -> frozenset[str]:
        """The units behind a name in an entry of a *day* and *number*, by their last names: a merged unit is all its parts, another is itself.

        A unit that took others in is more than itself only from that day on, and in an entry that came after the merger.
        """
        name = self.alone(name)
        for change in reversed(self.changes):
            if not change.is_merger or change.entry >= number or self.alone(change.agency) != name:
                continue
            names = set(map(self.alone, change.names))
            if change.day <= day or name not in names:
                return frozenset().union(*(self.parts(one, day, change.entry) for one in names))
        return frozenset((name,))

    def parts_in_plan(self, name: str) -> frozenset[str]:
        """The units behind a name of the plan itself, which may name a unit that took others in beside these."""
        whole, itself = self.parts(name), self.parts(name, "")
        others = whole - itself
        is_beside = others and not others.isdisjoint(self.alone(agency.name) for agency in self.agencies)
        return itself if is_beside else whole

    def in_plan(self, names: Iterable[str], day: str) -> tuple[str, ...]:
        """What the units that the plan itself names are called on a day, each once; before a merger that is its parts."""
        parts = (part for name in names for part in sorted(self.parts_in_plan(name)))
        return tuple(dict.fromkeys(self.on(part, day) for part in parts))

    def names(self, name: str, *, is_alone: bool = False) -> tuple[str, ...]:
        """All names of a unit, this one first, and those of its parts; *alone* those of this unit and no other."""
        known = (one for change in self.changes for one in (*change.names, change.agency))
        same = self.alone if is_alone else self.of
        return tuple(dict.fromkeys((name, *(one for one in known if same(one) == same(name)))))

    def named_twice(self, names: Iterable[str]) -> tuple[str, ...]:
        """Pairs of names of a plan, joined by 、, by which it names one unit, or a merged unit and one of its parts; none where each is another."""
        known: dict[str, str] = {}
        twice: dict[str, None] = {}
        for name in names:
            for part in sorted(self.parts(name, "")):
                if known.setdefault(part, name) != name:
                    twice[f"{known[part]}、{name}"] = None
        return tuple(twice)

    def agencies_on(self, day: str) -> tuple[Agency, ...]:
        """The units of the plan as they are called on a day; their other names, also the latest, are among the short ones."""
        units: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            for name in self.in_plan([agency.name], day):
                several = units.setdefault(name, [])
                is_own = self.alone(agency.name) == self.alone(name)  # it took the others in
                several.insert(0 if is_own else len(several), agency)
        on_day = self._replace(day=day)
        return tuple(
            _as_one(n, several, (*on_day.names(n), self.on(n, LATEST))) for n, several in units.items()
        )


def _as_one(name: str, several: list[Agency], names: tuple[str, ...]) -> Agency:
    short = (*(one for one in names if one != name), *(one.short for one in several))
    contact = next((one.contact for one in several if one.contact), "")
    return Agency(name, several[0].side, _joined(short), _joined(one.initials for one in several), contact)


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, names)))


UNCHANGED = UnitNames()
