"""The draft of a plan file (方案草稿): its text with every open question in it, judged by the readers of plan files themselves."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from planledger.plan.draft.annex import ReadAnnex
from planledger.plan.draft.carrying import carry_over, next_year
from planledger.plan.draft.drafting import first_draft, items_of
from planledger.plan.draft.earlier import Difference, PlanPair, plain, sides_of
from planledger.plan.draft.unit_list import unit_list
from planledger.plan.draft.writing import ASKED, BEHIND, Fields, with_questions, written
from planledger.plan.file.document import plan_from
from planledger.plan.file.duties import BY_RULE, ONLY_ONE, TWO_COLUMNS, UNITS
from planledger.plan.file.lines import OpenQuestion, open_questions
from planledger.plan.file.tree import Tree
from planledger.plan.file.yaml_file import tree_of
from planledger.plan.model.version import FindingKind, Plan
from planledger.plan.people.identity import marking
from planledger.plan.phrases.rhythms import binding_note
from planledger.plan.phrases.texts import means_nothing
from planledger.plan.phrases.undated import DeadlineKind
from planledger.plan.refusal import Refusal

_DUE = ("due",)
_NAME = "draft.yaml"  # no fault shows it: each becomes a question at its line
_OTHER_LINE = re.compile("（上一次在第[0-9]+行）")  # the questions move it
_Settled = frozenset[tuple[str, str]]


class PlanDraft(NamedTuple):
    """A plan file that is ready to be written, and what a person has to look at."""

    text: str
    document: Fields
    questions: tuple[OpenQuestion, ...]
    differences: tuple[Difference, ...]  # from the plan before


def draft_of_document(
    annex: ReadAnnex, sides: tuple[str, ...], year: int, today: str, before: Fields | None = None
) -> PlanDraft:
    """Draft the plan file of a document.

    Args:
        annex: the document.
        sides: the sides that were named.
        year: the year that was named, 0 for that of the title.
        today: the day on which it is drafted.
        before: what the plan file says that the draft is to be like; None where there is none.

    Raises:
        Refusal: the document bears the mark of a state secret, of which no copy is made.
    """
    mark = annex.mark or marking(str(annex))
    if mark:
        raise Refusal(f"文件里有密级标志（{mark}）；涉密内容不得写进方案，没有起草，请核对文件。")
    known = {side["name"]: side for side in before["sides"]} if before else {}
    document = first_draft(annex, sides or tuple(known), year, today)
    document["sides"] = [known.get(side["name"], side) for side in document["sides"]]
    settled, differences = _Settled(), tuple[Difference, ...]()
    if before:
        of_plan = document["plan"]["year"]
        document["plan"]["id"] = _id_of(before, of_plan)
        plans = PlanPair(before, document, int(of_plan) - int(before["plan"]["year"]))
        settled = carry_over(plans, sides_of(document))
        differences = (*plans.differences(), *plans.units())
    else:
        _ask_about_office(document["plan"])
        document["agencies"], groups = unit_list(items_of(document), sides_of(document))
        document |= {"groups": groups} if groups else {}
    _ask_about_nothing(document)
    return _finished(document, settled, differences)


def draft_of_next_year(before: Fields, year: int) -> PlanDraft:
    """Draft the plan file of a later *year*, 0 for the next one, from the plan before alone: its words with the dates moved."""
    document = next_year(PlanPair(before, before, year - int(before["plan"]["year"]) if year else 1))
    document["plan"]["id"] = _id_of(before, document["plan"]["year"])
    settled = ((item["code"], key) for item in items_of(document) for key in item)
    return _finished(document, frozenset(settled))


def content_of(data: bytes) -> Fields | None:
    """Return what the bytes of a plan file say, faults in its words and all; None where its rows or its units cannot be told apart."""
    tree, _ = tree_of(data, _NAME)
    content: Any = plain(tree) if tree is not None else None
    try:
        content.setdefault("agencies", [])  # a draft of rows that name none is one too
        named = [item[key] for item in items_of(content) for key in ("code", "text")]
        named += [each["name"] for key in ("agencies", "sides") for each in content[key]]
        named += [content["plan"]["id"], content["plan"]["title"]]
        named += [words for item in items_of(content) for words in _of_units(item)]
        named += [words for each in content["agencies"] for words in _names(each)]
        is_whole = all(isinstance(name, str) for name in named) and int(content["plan"]["year"]) > 0
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return content if is_whole else None


def _of_units(item: Fields) -> list[Any]:
    """Return what a row says of its units and how that is read."""
    readings = item.get("readings", ())
    words = [one[key] for one in readings for key in ("of", "as") if key == "of" or key in one]
    return words + [item[column] for column in UNITS if column in item]


def _names(agency: Fields) -> list[Any]:
    """Return the names of a unit beside its own, and its side."""
    lists = [agency[key] for key in ("short", "initials") if key in agency]
    several = [words for one in lists for words in (one if isinstance(one, list) else [one])]
    return [*several, agency.get("side", "")]


def _id_of(before: Fields, year: str) -> str:
    """Return the id of the plan before with the year of this one."""
    known, own = before["plan"]["id"], before["plan"]["year"]
    return known if own == year else known.replace(own, year) if own in known else f"{known[:35]}-{year}"


def _ask_about_office(plan: Fields) -> None:
    """Ask which unit keeps the ledger, without which no letter goes out."""
    asked = "哪家单位主办（催办、发函）？请去掉下一行的 #，写那一家的全称；名册（agencies）里没有的，补进名册"
    plan |= {f"{ASKED}{BEHIND}": [f"{asked}。不发函的，删去这一行。"], BEHIND: ["offices: [单位全称]"]}


def _ask_about_nothing(document: Fields) -> None:
    """Ask about rows without a deadline, which would never be late, and where the document says that there is nothing (—, 无)."""
    rows = list(items_of(document))
    for keys, meant in (
        (UNITS, "责任单位写的是没有，谁也不欠，催不到"),
        (_DUE, "完成时限写的是没有，不会逾期"),
    ):
        printed = [(one["code"], [one[key] for key in keys if key in one]) for one in rows]
        codes = "、".join(code for code, words in printed if words and all(map(means_nothing, words)))
        document[ASKED] += [f"{codes} 的{meant}；有的，请写明。"] if codes else []
    without = "、".join(one["code"] for one in rows if not {"due", "last_day"} & one.keys())
    if without and "default_due" not in document["plan"]:
        rule = "全文另有规定的，请在 plan 下写 default_due（due、because）"
        document[ASKED].append(f"{without} 没有写完成时限，不会逾期；{rule}。")


def _finished(document: Fields, settled: _Settled, differences: tuple[Difference, ...] = ()) -> PlanDraft:
    """Write the draft, have it read as any plan file is, and ask about whatever is refused or assumed, at its line."""
    lines = written(document)
    tree, faults = tree_of("\n".join(lines).encode(), _NAME)
    plan = plan_from(tree, faults) if tree is not None else None
    asked = list(_asked_of_rows(plan, tree, settled)) if plan and tree else []
    asked += [(fault.line, _OTHER_LINE.sub("", fault.message)) for fault in faults.in_order()]
    text = "\n".join(with_questions(lines, asked)) + "\n"
    return PlanDraft(text, document, open_questions(text.encode()), differences)


def _asked_of_rows(plan: Plan, tree: Tree, settled: _Settled) -> Iterator[tuple[int, str]]:
    """Ask about what a rule assumed or left open in a row and nobody has settled, with the line of its words."""
    rows = {plain(fields["code"]): fields for fields in _rows(tree)}
    for code, keys, words in (*_assumed(plan), *_endless(plan), *_unnamed(plan)):
        fields = rows.get(code, {})
        lines = [fields[key].line for key in keys if key in fields and (code, key) not in settled]
        if lines and not (keys == _DUE and "last_day" in fields):
            yield lines[0], f"事项 {code} {words}"


def _assumed(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield what a rule assumed: the code, the keys of the words that it read, and what is asked."""
    for finding in plan.findings:
        keys: tuple[str, ...] = ()
        if finding.kind == FindingKind.ASSUMPTION and finding.because in (BY_RULE, ONLY_ONE, TWO_COLUMNS):
            keys = UNITS
        elif finding.text.startswith("完成时限"):
            keys = _DUE
        why = "" if finding.because == BY_RULE else f"（{finding.because.removesuffix('。')}）"
        yield finding.place, keys, f"按规则读作：{finding.text}{why}；不对的请改，对的删去这一行。"


def _endless(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each row whose deadline is a rhythm that does not oblige in each period."""
    obliging = {rhythm.code for rhythm in plan.rhythms}
    for item in plan.items:
        if item.deadline_kind == DeadlineKind.RECURRING and item.code not in obliging:
            note = binding_note(item.due, plan.meta.year)
            yield item.code, _DUE, f"的{note}；不用的，删去这一行。"


def _unnamed(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each row that leaves open which units have a part in it."""
    for item in plan.items:
        if item.open_units:
            how = "定得下来的，请用 readings（of、as、because）写明是哪几家；定不下来的，删去这一行"
            yield item.code, UNITS, f"的“{item.open_units}”没有点名，催不到；{how}。"


def _rows(tree: Tree) -> Iterator[dict[str, Tree]]:
    """Return the rows of a plan file that was read, each key with its line."""
    top: Any = tree.value
    lists = [top["items"]] if "items" in top else []
    lists += [area.value["items"] for area in top["areas"].value] if "areas" in top else []
    return (item.value for each in lists for item in each.value)
