"""The words of 责任单位, expanded by rule: who answers for an item, of which side, in which role.

No list of known units is needed. 两地扶贫办、江海区督查室 becomes three units; what the words leave
open (等乡镇, 及相关单位) is kept as words; what cannot be read for sure is a fault, never a guess.
"""

from typing import NamedTuple

from planledger.plan.model.rows import Side
from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import UnreadablePhrase
from planledger.plan.phrases.unit_mentions import Mention, read_mentions
from planledger.plan.phrases.unit_names import level_of
from planledger.plan.phrases.unit_pieces import is_group, read_pieces
from planledger.plan.phrases.unit_sides import SideInForce
from planledger.plan.phrases.unit_words import ENDS_A_UNIT, rule

# What the names of a list may share at the end of the last one: 青石、河口镇; 交警、城管大队.
_SHARED = "[大支分]?(?!(?<=人)社$)<ENDS>$"
_WHOLE = "<COUNT>[中小幼]$|<LEVEL>$|[（）]"  # lacks no end, although it ends in no word for a unit: 县一中


class UnitDuty(NamedTuple):
    """A unit that the words name (责任), or a group that names nobody."""

    agency: str
    side: str  # empty where the words name none
    role: Role
    is_group: bool  # 各乡镇
    may_be: str = ""  # 县教育局, where 县教育、财政局 may share the last word


class UnitReading(NamedTuple):
    """How a phrase of 责任单位 is understood. With a fault it is not understood at all: no duties."""

    text: str
    duties: tuple[UnitDuty, ...]
    open: str  # 等乡镇, 及相关单位, joined by 、
    assumed: tuple[str, ...]  # what is ours and not the document's, one sentence each
    fault: str


def read_units(
    text: str, sides: tuple[Side, ...], role: Role = Role.UNSTATED, of_plan: Role | None = None
) -> UnitReading:
    """Read a phrase of 责任单位.

    Args:
        text: The words of the document.
        sides: The sides of the plan. In a plan of one side every unit is its own.
        role: The role where the words state none (a column headed 牵头单位 states it for all).
        of_plan: What the document says once of the roles of all rows, where neither words nor column state one:
            RESPONSIBLE of each unit, LEAD of the first one.

    Returns:
        The reading; its units in the order of the words, those of 两地 in the order of the sides.
    """
    try:
        phrase = read_pieces(text)
        mentions, notes = read_mentions(phrase.pieces)
        if phrase.of_all is Role.LEAD and mentions:
            mentions = (mentions[0]._replace(own=Role.LEAD), *mentions[1:])
        side_in_force = SideInForce(sides)
        of_each = Role.RESPONSIBLE in (phrase.of_all, of_plan)
        roles, role_notes = _roles(mentions, Role.RESPONSIBLE if of_each else role)
        if of_plan is Role.LEAD and set(roles) == {Role.UNSTATED}:
            roles[0] = Role.LEAD
        duties: dict[tuple[str, str], UnitDuty] = {}
        for mention, its_role, end in zip(mentions, roles, _shared_ends(mentions, sides), strict=True):
            for named in side_in_force.place(mention):
                may_be = named.agency + end if end else ""
                _add(duties, UnitDuty(named.agency, named.side, its_role, named.is_group, may_be))
    except UnreadablePhrase as unreadable:
        return UnitReading(text, (), "", (), str(unreadable))
    shared = filter(None, map(shared_end_note, duties.values()))
    assumed = (*side_in_force.assumed(), *role_notes, *shared, *notes, *phrase.notes)
    return UnitReading(text, tuple(duties.values()), _open(mentions), assumed, "")


def shared_end_note(duty: UnitDuty) -> str:
    """Return both readings of a name that may lack what the next one ends with; nothing where it lacks nothing."""
    if not duty.may_be:
        return ""
    return f"“{duty.agency}”读作一家单位的全称；和后面的单位合写的，是“{duty.may_be}”。"


def unit_name_fault(name: str, side: str, sides: tuple[Side, ...]) -> str:
    """Why a text is no official name of one unit of a *side*: wherever a plan names a unit so, that unit alone must be read."""
    reading = read_units(name, sides)
    if reading.fault:
        return reading.fault
    only = UnitDuty(name, reading.duties[0].side if reading.duties else "", Role.UNSTATED, is_group=False)
    if reading.duties != (only,) or reading.open or name.isascii():
        return "这样写不是正好一家单位。"
    level = level_of(name)
    others = [
        one.name
        for one in sides
        if one.name != side and (one.name == only.side or level == one.name[-1:] != side[-1:])
    ]
    return f"这是{others[0]}的单位，不是{side}的。" if others else ""


def _add(duties: dict[tuple[str, str], UnitDuty], duty: UnitDuty) -> None:
    """Add a unit; named twice it counts once, but it cannot have two roles."""
    first = duties.setdefault((duty.agency, duty.side), duty)
    if first.role is not duty.role:
        raise UnreadablePhrase(
            f"“{duty.agency}”写了两次，一次是{first.role.label}，一次是{duty.role.label}；请只写一次，写明一种职责。"
        )


def _shared_ends(mentions: tuple[Mention, ...], sides: tuple[Side, ...]) -> list[str]:
    """Return for each mention what it may share with the end of the next whole name (县教育、财政局), or nothing.

    A whole name with a level or a side of its own shares nothing, and nothing is shared over another mark than 、 or
    behind a role.
    """
    if all(ENDS_A_UNIT.search(mention.words) for mention in mentions):
        return [""] * len(mentions)
    ends: list[str] = []
    shared, mark = "", ""
    for mention in reversed(mentions):
        if mark != "、" or mention.own or mention.tail or mention.open:
            shared = ""
        whole = rule(_SHARED).search(mention.words)
        names_one = mention.words and not (mention.names_nobody or is_group(mention.words))
        if names_one and not whole:
            ends.append("" if rule(_WHOLE).search(mention.words) else shared)
        else:
            ends.append("")
            fronts = [one.name for one in sides if one.name in mention.words]
            is_alone = fronts or rule("<OPENS>").match(mention.words)
            shared = whole[0] if whole and names_one and not is_alone else ""
        mark = "；" if mention.label else mention.mark
    return ends[::-1]


def _open(mentions: tuple[Mention, ...]) -> str:
    """Return the words that leave units open, joined by 、."""
    words = [part for m in mentions for part in (m.words if m.names_nobody else "", m.open)]
    return "、".join(dict.fromkeys(part for part in words if part))


def _roles(mentions: tuple[Mention, ...], default: Role) -> tuple[list[Role], tuple[str, ...]]:
    """Return the mentions with their roles, and where a closing role word was taken to hold across a mark.

    A closing …配合 holds back to the role before it, the label, or the ；; where no role stands before it, only
    to the last ，, because somebody has to be assisted (A，B配合). A closing 负责 at the very end holds also for
    what stands before a ； without a role of its own.
    """
    ends_all = bool(mentions) and mentions[-1].tail is Role.RESPONSIBLE
    roles: list[Role] = []
    notes: list[str] = []
    free: list[Mention] = []
    label = None
    for run in _runs(mentions):
        label, closing = run[0].label or label, run[-1].tail
        if closing and label in (Role.LEAD, Role.ASSIST) and label is not closing:
            raise UnreadablePhrase(f"“{run[0].words}”前后写了两种职责；请只写一种。")
        first = 0  # for which the closing word holds
        if closing:
            last_comma = max(place for place, mention in enumerate(run) if not place or mention.mark == "，")
            if closing is Role.ASSIST and (run[0].label or run[0].mark != "，"):
                first = last_comma
            notes += _reach_note(run[-1].tail_word, "逗号", run[:last_comma], "不" if first else "也")
        elif ends_all and not label:
            free += run
            closing = Role.RESPONSIBLE
        stated = [label] * first + [closing or label] * (len(run) - first)
        roles += [mention.own or role or default for mention, role in zip(run, stated, strict=True)]
    if free:
        notes += _reach_note(mentions[-1].tail_word, "分号", free, "也")
    return roles, tuple(notes)


def _runs(mentions: tuple[Mention, ...]) -> list[list[Mention]]:
    """Part the mentions where no closing role word reaches over: behind another one, before a label or a ；."""
    runs: list[list[Mention]] = []
    is_closed = True
    for mention in mentions:
        if is_closed or mention.label or mention.mark == "；":
            runs.append([])
        runs[-1].append(mention)
        is_closed = mention.tail is not None
    return runs


def _reach_note(word: str, mark: str, before: list[Mention], reaches: str) -> list[str]:
    """Return the sentence that a closing role word *reaches* (也 or 不) units before a mark, if there are any."""
    names = [mention.words for mention in before if mention.words and not mention.own]
    return [f"句末的“{word}”{reaches}及于{mark}前的{'、'.join(names)}。"] if names else []
