"""What the plan file of the year before lends to a draft: names, groups, rules, and what stood next to the words of a row."""

from planledger.plan.draft.drafting import items_of
from planledger.plan.draft.earlier import PlanPair
from planledger.plan.draft.unit_list import listed_names, unit_list
from planledger.plan.draft.writing import ASKED, BEHIND, NOTED, Fields, commented
from planledger.plan.file.duties import UNITS
from planledger.plan.model.rows import Side, names_in

_OF_PLAN = ("warn_days", "offices", "default_due")
_TITLES = ("title", "our_title")
_DOCUMENT = ("code", "number", "text", "due", "remark", "columns", *UNITS)
# What is read into other words of a row than its text and remark; everything else is read into these.
_READ_INTO = {"last_day": ("due",), "rhythm": ("due",), "readings": UNITS}
_ORDER = ("code", "number", *_TITLES, "text", "due", *_READ_INTO, *UNITS, "remark", "columns")


def carry_over(plans: PlanPair, sides: tuple[Side, ...]) -> frozenset[tuple[str, str]]:
    """Write into the draft what the plan before says and the document does not.

    Returns:
        The code of each row with those of its keys (units, due) whose words were read and settled before.
    """
    document, before = plans.after, plans.moved(plans.before)
    clauses = {each["number"] for each in document.get("clauses", ())}
    settled: list[tuple[str, str]] = []
    for was, item in plans.pairs():
        if was is not None and item is not None:
            keys = (*UNITS, "due")
            settled += [(item["code"], key) for key in keys if plans.has_same(was, item, [key])]
            _carry_row(was, item, plans, clauses)
    document["plan"] |= {key: before["plan"][key] for key in _OF_PLAN if key in before["plan"]}
    if before["plan"].get("contacts") in clauses:
        document["plan"]["contacts"] = before["plan"]["contacts"]
    _carry_lists(document, before, sides, clauses)
    return frozenset(settled)


def _carry_row(before: Fields, after: Fields, plans: PlanPair, clauses: set[str]) -> None:
    """Carry over what stood next to the words of one row; where the words changed, as comments that ask to be looked at."""
    own = _cited(plans.moved(before), clauses)
    own = {key: own[key] for key in own if key not in _DOCUMENT}
    titles = {key: own.pop(key) for key in _TITLES if key in own}
    elsewhere = {key: own.pop(key) for key in _READ_INTO if key in own}
    after |= {
        key: value for key, value in elsewhere.items() if plans.has_same(before, after, _READ_INTO[key])
    }
    if plans.has_same(before, after, ("text", "remark")):
        after |= own | {BEHIND: []}
        if "title" not in after:
            del after["our_title"]
            after |= titles | {f"{ASKED}our_title": []}
    elif own:
        after[f"{ASKED}text"] = ["这一行和原方案不同；原方案的指标和材料写成了注释，请核对后去掉 #。"]
        after[BEHIND] = commented(own)
    whole = {key: after[key] for key in (*_ORDER, *after) if key in after}
    after.clear()
    after |= whole


def _cited(fields: Fields, clauses: set[str]) -> Fields:
    """Leave out the clause that a part of the plan before comes from, where the document has none of that number."""
    return {key: value for key, value in fields.items() if key != "clause" or value in clauses}


def _carry_lists(document: Fields, before: Fields, sides: tuple[Side, ...], clauses: set[str]) -> None:
    """Carry over the units that are named again with their names, groups and rules, and what is filed; ask about what is not sure."""
    listed, kinds = unit_list(items_of(document), sides, before["agencies"])
    of_before = {group["name"]: group for group in before.get("groups", ())}
    groups = [next(filter(None, map(of_before.get, names_of(one, sides))), one) for one in kinds]
    written = (before["plan"].get("offices", ()), *(group["members"] for group in groups))
    named = {each["name"] for each in listed}
    wanted = {name for words in written for name in names_in(listed_names(words))} - named
    document["agencies"] = listed + [each for each in before["agencies"] if each["name"] in wanted]
    document |= {"groups": groups} if groups else {}
    document |= {"rules": before["rules"]} if "rules" in before else {}
    if "filings" in before:
        document["filings"] = [_cited(one, clauses) for one in before["filings"]]
    carried: list[str] = [key for key in ("rules", "filings") if key in document]
    carried += [key for key in ("default_due",) if key in document["plan"]]
    left = [key for key in before if key not in document and key not in ("items", "areas")]
    left += [key for key in before["plan"] if key not in document["plan"]]
    if carried:
        document[ASKED].append(f"{'、'.join(carried)} 照原方案带过来，日期挪了年度；请对照新文件核对。")
    if left:
        document[ASKED].append(
            f"原方案的 {'、'.join(left)} 说的是它自己的文件，没有带过来；新文件也有的，请照写。"
        )


def names_of(group: Fields, sides: tuple[Side, ...]) -> list[str]:
    """Return the names by which a plan file may have a group: 甲县各乡镇 and 各乡镇."""
    return [group["name"], *(group["name"].removeprefix(side.name) for side in sides)]


def next_year(plans: PlanPair) -> Fields:
    """Return the plan before with its dates moved; each row in which the document's own words were moved is asked about."""
    document: Fields = plans.moved(plans.before)
    for item, was in zip(items_of(document), items_of(plans.before), strict=True):
        changed = [key for key in ("title", "text", "remark") if item.get(key) != was.get(key)]
        if changed:
            item[f"{ASKED}{changed[0]}"] = [f"原文里写的年份挪了{plans.years}年；请对照新文件核对。"]
    document[NOTED] = ["由 planledger draft 起草。“# 问：”是没有答的问题，答好一条删去一条。"]
    document[ASKED] = [
        "全部照抄原方案，时限挪了年度，理由（because）没有改；新文件下来后请用 draft 文件 --like 重新起草，或逐行核对。"
    ]
    return document
