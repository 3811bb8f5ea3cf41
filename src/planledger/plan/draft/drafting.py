"""From the clerk's document to the first draft of its plan file: every word copied, nothing invented.

What the document leaves open is asked about at its place. What may be counted is proposed in comments alone, because a
target, a reason (because) and a reading are for the office to give.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import count, takewhile

from planledger.plan.draft.annex import AnnexRow, ReadAnnex
from planledger.plan.draft.writing import ASKED, BEHIND, NOTED, Fields, one_line, scalar
from planledger.plan.file.duties import UNITS
from planledger.plan.file.items import LONGEST_TITLE
from planledger.plan.file.omissions import figures_in
from planledger.plan.model.row_values import CODE
from planledger.plan.model.rows import grouped_pairs
from planledger.plan.phrases.targets import BEFORE_NUMBER, BEHIND_NUMBER, read_target
from planledger.plan.phrases.texts import fold

_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PLACE = re.compile(
    "(?:^|[年和与及、（—–~\\s-]|对口|帮扶|协作|支援)(?P<name>[\u3400-\u9fff]{1,5}?[县区市旗])(?![域级场委])"
)
_NUMBERED = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．](?![0-9])|[①-⑳])\s*")
# The first character of each initial: the first level of GB 2312 is in the order of pinyin, and ends before the last one.
_FIRST_OF = tuple(
    character.encode("gb2312") for character in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝亍"
)
_INITIALS = "abcdefghjklmnopqrstwxyz"
UNKNOWN_SIDE = "本县"


def first_draft(annex: ReadAnnex, sides: tuple[str, ...], year: int, today: str) -> Fields:
    """Write what the document says as a plan file, its units not listed yet.

    Args:
        annex: the document.
        sides: the sides that were named; without any they are taken from the title, and asked about.
        year: the year that was named, 0 for that of the title.
        today: the day on which it is drafted; of a document without a year its year is taken, and asked about.
    """
    years = list(dict.fromkeys(_YEAR.findall(fold(annex.title))))
    of_plan = str(year or (years[0] if years else today[:4]))
    written = f"标题里写的是{'、'.join(years)}" if years else "标题里没有年度"
    asked_year = f"{written}，现按{of_plan}年读完成时限；不是的，请加 --year 重新起草。"
    is_sure = years == [of_plan] or (year and not years)
    named = sides or tuple(dict.fromkeys(place["name"] for place in _PLACE.finditer(annex.title)))
    notes = (f"表后写着“{note}”；要照办的，请写进 rules、remark 或 assumptions。" for note in annex.footnotes)
    document: Fields = {
        NOTED: ["由 planledger draft 起草，原文一字不改。“# 问：”是没有答的问题，答好一条删去一条。"],
        ASKED: [*annex.questions, *notes],
        "format": "2",
        "plan": {
            "id": f"{_places(named)}-{of_plan}",
            "title": one_line(annex.title),
            f"{ASKED}year": [] if is_sure else [asked_year],
            "year": of_plan,
        },
        f"{ASKED}sides": _asked_of_sides(annex, sides, named),
        "sides": [{"name": name} for name in named or (UNKNOWN_SIDE,)],
        "agencies": [],
    }
    if annex.clauses:
        document["clauses"] = [{"number": number, "text": text} for number, text in annex.clauses]
    return document | _in_areas(list(_numbered(annex.rows)))


def items_of(document: Fields) -> Iterator[Fields]:
    """Return the rows of a plan file in its order: those without an area first."""
    yield from document.get("items", ())
    for area in document.get("areas", ()):
        yield from area["items"]


def _places(sides: tuple[str, ...]) -> str:
    """Return the initials of the places, as far as an id has room; `plan` where one of them is a rare character."""
    words = [[_initial(character) for character in side[:-1] or side] for side in sides]
    is_known = words and all(map(all, words))
    return "-".join(map("".join, words))[:30].rstrip("-") if is_known else "plan"


def _initial(character: str) -> str:
    """Return the first letter of how a common character is read; empty for others."""
    place = bisect(_FIRST_OF, character.encode("gb2312", errors="ignore"))
    return _INITIALS[place - 1] if 0 < place < len(_FIRST_OF) else ""


def _asked_of_sides(annex: ReadAnnex, sides: tuple[str, ...], named: tuple[str, ...]) -> list[str]:
    """Ask whose plan it is where nobody gave it, or where the document never writes what was given."""
    if not named:
        return [f"标题里看不出是哪个县（区）的；请把“{UNKNOWN_SIDE}”改成全名，或加 --side 重新起草。"]
    if not sides:
        return [f"{'、'.join(named)}是从标题里取的；不是这几方的，请加 --side 重新起草。"]
    absent = "、".join(name for name in sides if name not in str(annex))
    return [f"文件里没有一处写到{absent}；请核对 --side。"] if absent else []


def _numbered(rows: tuple[AnnexRow, ...]) -> Iterator[tuple[str, Fields]]:
    """Write each row with the area that it stands in; where the document's numbers are no codes, the rows are counted.

    A row without a number among numbered ones is counted behind the one before it, and asked about.
    """
    printed = [fold(row.code) for row in rows]
    codes = [code for code in printed if code]
    known = frozenset(codes)
    are_codes = codes and all(map(CODE.fullmatch, codes)) and len(known) == len(codes)
    places = {area: place for place, area in enumerate(dict.fromkeys(row.area for row in rows), 1)}
    counted = dict.fromkeys(places, 0)
    before, behind = "0", count(1)
    for row, code in zip(rows, printed, strict=True):
        counted[row.area] += 1
        own = f"{places[row.area]}.{counted[row.area]}" if any(places) else str(counted[row.area])
        if are_codes and code:
            own, before, behind = code, code, count(1)
        elif are_codes:
            own = next(one for number in behind if (one := f"{before}.{number}") not in known)
        item = _item(row, own)
        if are_codes and not code:
            item[ASKED].append(f"原文这一行没有编号，编作 {own}；请核对。")
        yield row.area, item


def _item(row: AnnexRow, code: str) -> Fields:
    """Write one row; a title that is too long stays whole in a column, and what is short is ours."""
    title, text = one_line(row.title), one_line(row.text or row.title)
    is_long = len(title) > LONGEST_TITLE
    item: Fields = {NOTED: [row.place], ASKED: list(row.questions), "code": code}
    if row.code and fold(row.code) != code:
        item["number"] = row.code
    if is_long:
        item[f"{ASKED}our_title"] = [f"原文的标题超过{LONGEST_TITLE}个字，全文在 columns 里；请核对短标题。"]
    if title and not is_long:
        item["title"] = title
    else:
        item["our_title"] = short_title(title or text)
    words = {key: one_line(getattr(row, key)) for key in ("due", *UNITS, "remark")}
    columns = {"标题": title} if is_long and row.text else {}
    for head, words_of in row.columns:  # several cells may stand below one head
        known = columns.get(one_line(head), "")
        columns[one_line(head)] = f"{known}；{one_line(words_of)}" if known else one_line(words_of)
    item |= {"text": text} | {key: value for key, value in words.items() if value}
    return item | ({"columns": columns} if columns else {}) | {BEHIND: _proposed(text)}


def short_title(text: str) -> str:
    """Return the first clause of a text, cut to what a short title may have."""
    clauses = map(str.strip, re.split("[，。；：！？;!?]|[,:](?![0-9])", _NUMBERED.sub("", text)))
    clause = next(filter(None, clauses), text)
    begun = takewhile(lambda one: one.start() < LONGEST_TITLE, figures_in(clause))
    torn = (one.start() for one in begun if one.end() > LONGEST_TITLE)
    short = clause[: next(torn, LONGEST_TITLE)]
    is_torn = re.match("[0-9.]{2}", clause[LONGEST_TITLE - 1 :])  # half a number would be another one
    return (re.sub("[0-9.]+$", "", short) if is_torn else short).strip()


def _proposed(text: str) -> list[str]:
    """Propose what may be counted in a row, as comments: each number that is a target with the words around it."""
    folded, found, lines = fold(text), dict[tuple[str, str, int], None](), list[str]()
    for number in figures_in(text):
        unit, start = number["unit"], number.start()
        before = next((word for word in BEFORE_NUMBER if folded.endswith(word, 0, start)), "")
        end = number.start("unit") + len(unit)
        behind = next((word for word in BEHIND_NUMBER if folded.startswith(word, end)), "")
        decimals = 0 if number["size"] else len(number["fraction"] or "")
        found[folded[start - len(before) : end] + behind, unit, decimals] = None
    for target, unit, decimals in found:
        if not read_target(target, unit, decimals).fault:
            places = f"decimals: {decimals}, " if decimals else ""
            lines.append(f"  - {{key: , label: , unit: {scalar(unit)}, {places}target: {scalar(target)}}}")
    head = ["原文里的数；要统计的，去掉 #，写好 key 和 label：", "indicators:"]
    return [*head, *lines] if lines else []


def _in_areas(items: list[tuple[str, Fields]]) -> Fields:
    """Part the rows into their areas; an area bears the number with which the codes of its rows begin, where they agree."""
    areas = grouped_pairs(items)
    document: Fields = {"items": areas.pop("")} if "" in areas else {}
    firsts = ["、".join({item["code"].partition(".")[0]: "" for item in rows}) for rows in areas.values()]
    agree = len(set(firsts)) == len(firsts) and all(map(str.isdecimal, firsts))
    codes = firsts if agree else map(str, range(1, len(firsts) + 1))
    parts = zip(codes, areas.items(), strict=True)
    named = [{"code": code, "name": name, "items": rows} for code, (name, rows) in parts]
    return document | ({"areas": named} if named else {})
