"""How people name a unit: the official name, what stands after the side, short names, initials.

Nothing is near enough here: a word means a unit or it does not (`texts.nearest` makes suggestions).
"""

from collections.abc import Iterable

from planledger.plan.model.rows import Agency, Side
from planledger.plan.phrases.texts import squeeze

_LEVELS = "县区市州旗"
# Words that begin with the sign of a level and yet do not name one: 市场监管局 is no 场监管局 of a 市.
_NO_LEVEL = {
    "市": ("市场", "市政管", "市政工", "市政园", "市政设", "市容", "市民", "市郊", "市区", "市域", "市内"),
    "区": ("区域", "区划", "区间", "区块"),
    "县": ("县域", "县城", "县级"),
}


def find_agencies(word: str, agencies: Iterable[Agency], sides: Iterable[Side]) -> tuple[Agency, ...]:
    """Return every unit that *word* means: 人社局 means that of each side, an official name only its own.

    委 may be put in or left out (大新县委组织部, 大新县组织部), the side may be named short or by its
    level alone (江海人社局, 区人社局), initials may be typed in capitals.

    Returns:
        The units in their given order; empty where the word means none.
    """
    wanted = _folded(word)
    if not wanted:
        return ()
    known = tuple(agencies)
    exact = tuple(agency for agency in known if agency.name == word)
    if exact:
        return exact[:1]
    official = tuple(agency for agency in known if _folded(agency.name) == wanted)
    if official:
        return official[:1]
    by_name = {side.name: side for side in sides}
    return tuple(agency for agency in known if wanted in _names_of(agency, by_name.get(agency.side)))


def agency_choices(agencies: Iterable[Agency], sides: Iterable[Side]) -> list[str]:
    """Return the names worth suggesting to a typist, each once: official ones and what stands after the side."""
    by_name = {side.name: side for side in sides}
    choices: dict[str, None] = {}
    for agency in agencies:
        names = (agency.name, _after_side(agency.name, by_name.get(agency.side)), *_listed(agency.short))
        choices.update(dict.fromkeys(names))
    return list(choices)


def level_of(words: str) -> str:
    """Return the level that a unit's name begins with: 县 of 县委办, nothing for 市场监管局."""
    level = words[:1]
    if not words[1:] or level not in _LEVELS or words.startswith(_NO_LEVEL.get(level, ())):
        return ""
    return level


def _after_side(name: str, side: Side | None) -> str:
    """Return what stands after the side's name (or after its level, in 县教育局 of a plan of one county)."""
    if side is None:
        return name
    if name.startswith(side.name) and name != side.name:
        return name[len(side.name) :]
    level = level_of(name)
    return name[1:] if level and level == side.name[-1:] and name[2:] else name


def _names_of(agency: Agency, side: Side | None) -> set[str]:
    """Return all that the unit is called, folded as a typed word is."""
    names = {_after_side(name, side) for name in (agency.name, *_listed(agency.short))}
    names |= {_other_spelling(name) for name in names}
    all_names = {agency.name, *_listed(agency.initials), *_listed(agency.short), *names}
    if side is not None:
        fronts = {side.name, side.short} | ({side.name[-1:]} & set(_LEVELS))
        all_names |= {front + name for front in fronts for name in names if front}
    return set(_listed(_folded("、".join(all_names))))


def _other_spelling(name: str) -> str:
    """Return the name with 委 left out or put in (组织部, 委组织部)."""
    if not name.startswith("委"):
        return "委" + name
    return name[1:] if name[2:] and not name.startswith("委员") else name


def _listed(joined: str) -> list[str]:
    """Return the names of a list joined by 、."""
    return [name for name in joined.split("、") if name]


def _folded(word: str) -> str:
    """Fold what does not distinguish names: full-width letters, spaces, capitals."""
    return squeeze(word).casefold()
