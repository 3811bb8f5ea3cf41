"""The plan file of the year before beside a draft: in what the rows differ, and by how many years words and days are moved."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from planledger.plan.draft.drafting import items_of
from planledger.plan.draft.unit_list import names_of_units, roles_in_row
from planledger.plan.draft.writing import ASKED, Fields
from planledger.plan.file.duties import COLUMNS, UNITS
from planledger.plan.file.tree import Tree
from planledger.plan.model.rows import Side, grouped_pairs
from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import squeeze
from planledger.plan.phrases.unit_names import AgencyNames

_DATES = frozenset(("due", "by", "day", "issued", "id", "year"))  # in these every year is moved
_WORDS = frozenset(("title", "our_title", "text", "remark", "of", "as", "label", "body", "annex"))
_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?=[年./~至到—–-]|$)")
_YEAR_IN_WORDS = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
# Share of common characters from which a row is the same one in other words: of the same number, and of another.
_ALIKE, _NEARLY_SAME = 0.3, 0.6
_MOST_PAIRS = 40_000  # rows of other numbers are held against each other as long as they are so few

COLUMNS_OF_UNITS = "单位分栏改了"
NEW, GONE, NEW_UNIT, GONE_UNIT = "新增", "去掉", "新增单位", "不再写到的单位"
_PARTS = {
    "编号改了": ("code",),
    "标题改了": ("title",),
    "文字改了": ("text",),
    "单位改了": UNITS,
    "时限改了": ("due",),
    "备注改了": ("remark",),
    "栏目改了": ("columns",),
}


_HEADS = {column: role.label if role is not Role.UNSTATED else "责任单位" for column, role in COLUMNS}


class Difference(NamedTuple):
    """One row, or one part of it, or one unit, that is not as before."""

    kind: str
    code: str  # in the draft; of a row that is gone, before; of a unit empty
    before: str
    after: str


def plain(tree: Tree) -> Any:
    """Return what a plan file says as mappings, lists and texts, without its lines; what is left empty is left out."""
    if isinstance(tree.value, dict):
        return {key: plain(each) for key, each in tree.value.items() if each.value != ""}
    return [plain(each) for each in tree.value] if isinstance(tree.value, list) else tree.value.strip()


class PlanPair(NamedTuple):
    """The plan before and a draft, both as plan files say them, and by how many years they are apart."""

    before: Fields
    after: Fields
    years: int

    def moved(self, value: Any, key: str = "") -> Any:
        """Move a part of the plan before: in deadlines and days every year, in words that of the plan alone.

        Numbers, names and reasons stay: a reason is of its year.
        """
        if isinstance(value, dict):
            return {name: self.moved(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [self.moved(each, key) for each in value]
        own = self.before["plan"]["year"]
        if key in _WORDS:
            return _YEAR_IN_WORDS.sub(lambda y: self._later(y) if y[0] == own else y[0], value)
        return _YEAR.sub(self._later, value) if key in _DATES else value

    def _later(self, year: re.Match[str]) -> str:
        return str(int(year[0]) + self.years)

    def has_same(self, before: Fields, after: Fields, keys: Iterable[str]) -> bool:
        """Whether two rows say the same under some keys, blanks and the years aside that lie between the plans."""
        either = before, self.moved(before)
        return all(
            squeeze(_words(after, [key])) in {squeeze(_words(one, [key])) for one in either} for key in keys
        )

    def pairs(self) -> list[tuple[Fields | None, Fields | None]]:
        """Pair the rows: those of the same text, then those of nearly the same text; the others stand alone."""
        left = {id(item): item for item in items_of(self.before)}
        by_text = grouped_pairs(
            (words, item)
            for item in left.values()
            for words in {squeeze(item["text"]), squeeze(self.moved(item)["text"])}
        )
        paired: dict[int, Fields] = {}
        after = list(items_of(self.after))
        for item in after:
            several = [one for one in by_text.get(squeeze(item["text"]), ()) if id(one) in left]
            if several:
                same = next((one for one in several if one["code"] == item["code"]), several[0])
                paired[id(item)] = left.pop(id(same))
        rest = [item for item in after if id(item) not in paired]
        for item in rest:
            nearest = _nearest(item, left.values(), is_few=len(rest) * len(left) <= _MOST_PAIRS)
            if nearest:
                paired[id(item)] = left.pop(id(nearest))
        return [*((paired.get(id(item)), item) for item in after), *((item, None) for item in left.values())]

    def differences(self) -> Iterator[Difference]:
        """Return every difference of the rows, one by one in the draft's order; those that are gone come last.

        A group of work that bears another name is one difference, at the first of its rows.
        """
        was, now = _areas(self.before), _areas(self.after)
        renamed = set[tuple[str, str]]()
        sides = sides_of(self.after)
        names = names_of_units((self.before, self.after), sides)
        columns = _columns_changed(self.before, self.after)
        if columns:
            yield Difference(COLUMNS_OF_UNITS, "", *columns)
        for before, after in self.pairs():
            if before is None or after is None:
                item = before or after or {}
                yield Difference(GONE if before else NEW, item["code"], "", item["text"])
                continue
            for kind, keys in _PARTS.items():
                # else it is ours, and carried over with the row
                is_printed = keys != ("title",) or "title" in after
                is_same = self.has_same(before, after, keys) or (
                    keys == UNITS and columns and _has_same_parts(before, after, names, sides)
                )
                if is_printed and not is_same:
                    yield Difference(kind, after["code"], _words(before, keys), _words(after, keys))
            area = was[id(before)], now[id(after)]
            if area not in renamed and not self.has_same({"title": area[0]}, {"title": area[1]}, ["title"]):
                yield Difference("重点工作改了", after["code"], *area)
            renamed |= set() if area[0] in now.values() else {area}

    def _in_question(self) -> str:
        """Return what the draft asks about its units, and the words of rows that name units and are refused."""
        sides = sides_of(self.after)
        names = names_of_units((self.after,), sides)
        asked = [words for each in self.after["agencies"] for words in each.get(ASKED, ())]
        refused = [one for one in items_of(self.after) if roles_in_row(one, names, sides) is None]
        return "\n".join(asked + [_words(one, UNITS) for one in refused])

    def units(self) -> Iterator[Difference]:
        """Return the units and groups that only one of the two names; one that stands in an open question is not gone."""
        asked = self._in_question()
        known, named = (
            {one["name"]: "" for key in ("agencies", "groups") for one in each.get(key, ())}
            for each in (self.before, self.after)
        )
        yield from (Difference(NEW_UNIT, "", "", name) for name in named if name not in known)
        places = tuple(side["name"] for side in self.before["sides"])
        for name in known:
            own = next((name.removeprefix(place) for place in places if name.startswith(place)), name)
            if name not in named and own not in asked:
                yield Difference(GONE_UNIT, "", "", name)


def _has_same_parts(before: Fields, after: Fields, names: AgencyNames, sides: tuple[Side, ...]) -> bool:
    """Whether the same units have a part in two rows, in the same role where both rows say it."""
    was, now = roles_in_row(before, names, sides), roles_in_row(after, names, sides)
    if was is None or now is None or was.keys() != now.keys():
        return False
    return all(Role.UNSTATED in (role, now[unit]) or role == now[unit] for unit, role in was.items())


def _columns_changed(before: Fields, after: Fields) -> tuple[str, ...]:
    """Return the columns of units in words, before and after, where only one of the documents has a column for each role."""
    used = [[key for key in UNITS if any(key in item for item in items_of(one))] for one in (before, after)]
    was_one, is_one = (keys == [UNITS[0]] for keys in used)
    if was_one == is_one or not all(used):
        return ()
    words = ["、".join(_HEADS[key] for key in keys) for keys in used]
    note = "（新文件不分栏，没有写明谁牵头、谁配合的，都按责任单位）" if is_one else ""
    return words[0], f"{words[1]}{note}；只列单位有变的行"


def sides_of(document: Fields) -> tuple[Side, ...]:
    """Return the sides of a plan file."""
    return tuple(Side(side["name"], side.get("short", side["name"])) for side in document["sides"])


def _areas(document: Fields) -> dict[int, str]:
    """Return the group of work in which each row stands, by the row's identity; empty for those without one."""
    named = {id(item): area["name"] for area in document.get("areas", ()) for item in area["items"]}
    return {id(item): named.get(id(item), "") for item in items_of(document)}


def _words(item: Fields, keys: Iterable[str]) -> str:
    """Return what a row says under some keys, as one text; of units by which column they have the role of."""
    named = {key: _HEADS[key] for key in UNITS[1:]}
    values = [(named.get(key, ""), item[key]) for key in keys if item.get(key)]
    cells = (value if isinstance(value, dict) else {head: value} for head, value in values)
    return "；".join(f"{head}：{text}".removeprefix("：") for cell in cells for head, text in cell.items())


def _nearest(item: Fields, left: Iterable[Fields], *, is_few: bool) -> Fields | None:
    """Return the row that is the same one in other words, if any."""
    ranked = []
    for one in left:
        is_numbered_so = one["code"] == item["code"]
        if is_few or is_numbered_so:
            least = _ALIKE if is_numbered_so else _NEARLY_SAME
            matcher = SequenceMatcher(None, one["text"], item["text"], autojunk=False)
            if matcher.quick_ratio() >= least and (ratio := matcher.ratio()) >= least:
                ranked.append((ratio, one))
    return max(ranked, key=lambda each: each[0])[1] if ranked else None
