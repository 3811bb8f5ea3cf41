"""How far the name of a side reaches over a list of units, so that every unit gets its side.

大新县商务口岸局、硕龙镇 names two units of 大新县; 两地扶贫办、财政局 names four. The document never
says so: what is taken beyond its plain way goes into the notes, for `planledger check` to show.
"""

import re
from typing import NamedTuple

from planledger.plan.model.rows import Side
from planledger.plan.phrases.texts import UnreadablePhrase, quoted
from planledger.plan.phrases.unit_mentions import Mention
from planledger.plan.phrases.unit_name_checks import LONGEST_NAME, NO_NAME, SHORTEST_NAME
from planledger.plan.phrases.unit_names import level_of
from planledger.plan.phrases.unit_pieces import is_group, split_of_group
from planledger.plan.phrases.unit_words import rule

_COUNTS = {"双": 2, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ALL = re.compile(f"([{''.join(_COUNTS)}])(地|方|县区|区县|县（区）|区（县）|县|区|市)")
_OTHER_PARTY = re.compile("(?:[0-9十多几数]+[地方县区市]|[甲乙我对]方)")
# Behind other words than 两 and 双 this makes a place of it: 四方坪街道 is a street and no four sides.
_PLACE = re.compile("(?!各).{0,3}(?:村|镇|乡|街道|社区)$")
# 县（区）委办 of two sides; but 县市场监管局 is the 市场监管局 of a county.
_EITHER_LEVEL = re.compile(
    "县（[区市]）|市（[县区]）|区（[县市]）|(?:县区|区县)(?![域划城级])|(?:县市|市县)(?![场容民政城级])"
)
_ELSEWHERE = re.compile(
    "[\u4e00-\u9fff]{2,6}?(?:(?<!治)省|自治区|自治州|(?<!治)县(?![域城级支])|(?<![城上超集治])市(?!场|容|区|政[管工园设]|民(?![政宗族])))(?=..)"
)
# A side's name inside a name: 国网大新县供电公司 is one unit, 扶贫办大新县财政局 are two.
_LOCAL_UNIT = "(?:<ENDS>(?<!公司|集团|政协|人大|书店|学社)(?<![行库])|^[县区旗].*公司|[和与及])$"
# no 云岭分局, no 云岭派出所
_UNIT_OF_ITS_OWN = re.compile("(?!.*[分支]).{2,}(?:局|院|馆|集团|[大中小]学|公司)$")
_FROM_ABOVE = re.compile("[国省市州中]")
_BRANCH = re.compile(
    "[^局]{0,6}(?:分[局院行社会]|支[行队]|[大中]队|调查队|[分支]公司|管理部)(?:.{0,4}[大中]队)?"
)
_SENT_THERE = re.compile("(?:驻|赴|援|对口|帮扶|协作|支援|结对)$")

_CARRIED = "逗号后的*没有另写是哪一方，沿用前面的“{}”。"


class NamedUnit(NamedTuple):
    """A unit with its full name and its side (empty where the words name none)."""

    agency: str
    side: str
    is_group: bool


class SideInForce:
    """The side that is in force while a phrase is read from left to right, and what was assumed on the way."""

    def __init__(self, sides: tuple[Side, ...]) -> None:
        """Start a phrase: no side is in force."""
        self._sides = sides
        self._word = ""  # 两地, 江海区: as written
        self._reached: tuple[Side, ...] = ()
        self._over_comma = False
        self._clause = 0
        self._notes: dict[tuple[str, int], list[str]] = {}

    def place(self, mention: Mention) -> tuple[NamedUnit, ...]:
        """Return the units that a mention names: one for each side that it means.

        Raises:
            UnreadablePhrase: it is not certain whose unit it is.
        """
        self._turn(mention.mark)
        if not mention.words:
            return ()
        word, reached, rest = self._front(mention.words)
        if word:
            self._word, self._reached, self._over_comma = word, reached, False
        inner = self._check(mention.words, word, rest)
        if mention.names_nobody:
            return ()
        if not self._sides[1:]:
            return (NamedUnit(word + rest, "".join(side.name for side in self._sides), is_group(rest)),)
        if inner:
            self._end()
            return (NamedUnit(rest, inner, is_group(rest)),)
        return self._units(rest, is_stated=bool(word))

    def assumed(self) -> tuple[str, ...]:
        """Return what was assumed, one sentence each, in the order of the phrase."""
        notes = (note.replace("*", "、".join(names)) for (note, _), names in self._notes.items())
        return tuple(dict.fromkeys(notes))

    def _turn(self, mark: str) -> None:
        """Pass a mark: ； ends what is in force, a ， lets it carry on as our assumption."""
        if mark == "；":
            self._end()
        if mark in ("；", "，"):
            self._clause += 1
            self._over_comma = bool(self._word)

    def _end(self) -> None:
        """No side is in force any more."""
        self._word, self._reached, self._over_comma = "", (), False

    def _front(self, words: str) -> tuple[str, tuple[Side, ...], str]:
        """Return the side's word at the front, the sides that it means, and what stands after it."""
        names = [(name, side) for side in self._sides for name in (side.name, side.short) if name]
        for name, side in sorted(names, key=lambda pair: -len(pair[0])):
            if words.startswith(name):
                return name, (side,), _after(words, name)
        match = _all_sides(words)
        if not match:
            other = _OTHER_PARTY.match(words)
            if other and not _PLACE.match(words, other.end()):
                raise UnreadablePhrase(
                    f"看不出{quoted(words)}是哪一方的单位；请在单位前面写{self._side_names()}。"
                )
            return "", (), words
        levels = {side.name[-1:] for side in self._sides}
        is_other_level = match[2] in set("县区市") and levels != {match[2]}
        if _COUNTS[match[1]] != len(self._sides) or is_other_level:
            raise UnreadablePhrase(
                f"“{match[0]}”与方案的{len(self._sides)}方对不上；请在单位前面写{self._side_names()}。"
            )
        return match[0], self._sides, _after(words, match[0])

    def _side_names(self) -> str:
        """Return the names of the sides for a message."""
        return "或者".join(f"“{side.name}”" for side in self._sides) or "方名，并给出各方的名称"

    def _check(self, words: str, front: str, rest: str) -> str:
        """Refuse what names no unit or two sides; return the side named inside (国家税务总局大新县税务局)."""
        if not rest:
            raise UnreadablePhrase(f"{quoted(words)}后面没有写单位；请写出单位名称，如“{words}教育局”。")
        if "：" in rest:
            raise UnreadablePhrase(
                f"{quoted(words)}里的“：”看不懂；请只在“牵头单位”“配合单位”一类的话后面写“：”。"
            )
        if len(words) < SHORTEST_NAME:
            raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}。")
        _refuse_lost_mark(words, rest)
        inner = ""
        for side in self._sides:
            before, named, after = rest.partition(side.name)
            has_branches = not front or front[-1] in "省市州"  # 市公安局大新县分局
            if has_branches and _BRANCH.fullmatch(after) and rule(_LOCAL_UNIT).search(before):
                inner = side.name
                continue
            is_joined = bool(side.short) and bool(re.search(f"[和与及]{re.escape(side.short)}", rest))
            unit, of_short, other = rest.partition(side.short or side.name)
            is_own = of_short and rule(_LOCAL_UNIT).search(unit) and _UNIT_OF_ITS_OWN.match(other)
            is_joined = is_joined or bool(is_own and not _FROM_ABOVE.match(words))
            is_sent = _SENT_THERE.search(before)
            if is_joined or (named and not is_sent and (front or inner or rule(_LOCAL_UNIT).search(before))):
                raise UnreadablePhrase(
                    f"{quoted(words)}里不止一方或者不止一个单位；请用“、”隔开，每个单位写全称。"
                )
            inner = side.name if named and not is_sent else inner
        if re.search("两地|双方", rest) or (front and _all_sides(rest)):
            raise UnreadablePhrase(f"{quoted(words)}里不止一方；请只写“两地”或者一方的名称。")
        self._refuse_other_side(words, front, rest)
        return inner

    def _refuse_other_side(self, words: str, front: str, rest: str) -> None:
        """Refuse one side's word right behind another's: 江海大新教育局; but 江海区大新村 is a place of the first."""
        others = [side.short for side in self._sides if side.short and not front.startswith(side.short)]
        if front and any(rest.startswith(other) and not _PLACE.match(rest, len(other)) for other in others):
            raise UnreadablePhrase(f"{quoted(words)}里不止一方；请用“、”隔开，每个单位写全称。")

    def _units(self, words: str, *, is_stated: bool) -> tuple[NamedUnit, ...]:
        """Return a unit of each side in force, or a group as it is written.

        A group names nobody, so a side that only carries on is not put before it; of two sides it is open whose it is.
        """
        of_group = is_group(words)
        if not (is_stated or of_group) and _ELSEWHERE.match(words):
            self._end()
        as_written = of_group and not is_stated
        if not self._word or (as_written and len(self._reached) > 1):
            self._note("“*”没有写明是哪一方。", words)
            return (NamedUnit(words, "", of_group),)
        named = tuple(
            NamedUnit(words if as_written else self._full_name(words, side), side.name, of_group)
            for side in self._reached
        )
        if is_stated:
            self._note_short(words, named)
        elif self._over_comma:
            self._note(_CARRIED.format(self._word), words)
        elif len(named) > 1:
            self._note(f"“{self._word}”及于其后所列的*。", words)
        return named

    def _note_short(self, words: str, named: tuple[NamedUnit, ...]) -> None:
        """Note that a short name was taken for the side's: 江海人社局, but 江海大道 may be a road."""
        if len(named) == 1 and self._word != named[0].side:
            self._note(f"“{self._word}{words}”读作{named[0].agency}。")

    def _full_name(self, words: str, side: Side) -> str:
        """Join the side's name, whose own level takes the place of 县（区） or 县 in 县（区）委办, 县委办."""
        if is_group(words):
            return side.name + words
        either = _EITHER_LEVEL.match(words)
        level = either[0] if either else level_of(words)
        own = words[len(level) :]
        if not either and level and level != side.name[-1:]:
            if level not in {each.name[-1:] for each in self._reached}:
                raise UnreadablePhrase(
                    f"{quoted(words)}写在“{self._word}”之后，看不出是哪一方的单位；请写出单位全称。"
                )
            self._note(f"{quoted(words)}在{side.name}读作{side.name}{own}。")
        if (len(own) < SHORTEST_NAME and own != "委") or len(side.name + own) > LONGEST_NAME:
            raise UnreadablePhrase(f"{quoted(words)}{NO_NAME}，如“教育局”。")
        return side.name + own

    def _note(self, sentence: str, name: str = "") -> None:
        """Note an assumption; the names that it concerns in one clause stand in one sentence, in place of *."""
        self._notes.setdefault((sentence, self._clause), []).append(name)


def _refuse_lost_mark(words: str, rest: str) -> None:
    """Refuse a unit and a group without a mark between them; *rest* is what stands behind the side's name."""
    parts = split_of_group(rest) if is_group(rest) else None
    if parts:
        front = words[: len(words) - len(rest)]
        is_kind = is_group(parts[1]) or not level_of(parts[1])
        one_kind = f"，是一类单位的请写“{front}{parts[0]}的{parts[1]}”" if is_kind else ""
        problem = f"{quoted(words)}里少了“、”，看不出各是哪些单位"
        raise UnreadablePhrase(f"{problem}；请写“{front}{parts[0]}、{parts[1]}”{one_kind}。")


def _all_sides(words: str) -> re.Match[str] | None:
    """Return the word for all sides at the front (两地, 双方, 两县（区）), if there is one."""
    match = _ALL.match(words)
    return match if match and (match[1] in "两双" or not _PLACE.match(words, match.end())) else None


def _after(words: str, front: str) -> str:
    """Return what stands after a side's word; 的 and ： behind it join and name nothing."""
    return words[len(front) :].removeprefix("的").removeprefix("：")
