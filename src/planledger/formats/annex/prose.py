"""The paragraphs of a document: its title, its clauses by number, and items that stand in no table."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from planledger.formats.annex.grid import Paragraph, joined
from planledger.plan.draft.annex import AnnexRow
from planledger.plan.phrases.texts import quoted, squeeze
from planledger.plan.phrases.unit_pieces import ENDS_A_UNIT

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_DEPTHS = (  # how a paragraph begins that is numbered, from the outermost depth inwards
    re.compile(rf"(?P<mark>第{_NUMERAL}[章部]分?|{_NUMERAL})[、．.\s]"),
    re.compile(rf"(?P<mark>[（(]{_NUMERAL}[）)])"),
    re.compile(r"(?P<mark>[0-9]{1,2})(?:[．、]|\.(?![0-9]))"),
    re.compile(r"(?P<mark>[（(][0-9]{1,2}[）)])"),
    re.compile(r"(?P<mark>[①-⑳])"),
)
_TITLE = re.compile(
    r".*(?:方案|清单|计划|要点|分工|一览表|任务|台账|措施|事项|安排|分解表|责任表|任务书|办法|意见|表)(?:\(.*\))?"
)
_NO_TITLE = re.compile(  # of a text without blanks, its marks half-width
    r"附[件表录]?[0-9一二三四五六七八九十]*:?|附件:.*|.*[。;:,]|(?:单位|填报|日期|制表|时间).{0,3}:.*|.*〔[0-9]{4}〕.*号"
    r"|[0-9]{4}年[0-9]+月[0-9]+日|.*(?:办公室|政府|委员会|文件|局|的通知)"
)
_ANNEX = re.compile(r"附\s*件\s*[0-9一二三]*(?=[：:]|$)")
_MOST_LINES, _LONGEST_TITLE, _LONGEST_BRACKET = 20, 80, 2_000
_LABEL = re.compile(
    r"(?P<due>(?:完成|办理|整改|工作)?(?:时间|时限|期限|时间节点|完成时间)(?:要求|安排)?)[：:](?P<day>[^；;]+)[；;，,]?"
)
_OF_UNITS = re.compile(
    r"(?:牵头|责任|主办|承办|配合|协办|主管|实施|落实)(?:责任)?(?:单位|部门|科室|主体)[：:]?"
)
_ROLE = re.compile(r".*(?:负责|牵头|配合|落实)")
_LAST_BRACKET = re.compile(r"[（(\[【](?P<inside>(?:[^（）()]|[（(][^（）()]*[）)])*)[）)\]】][。；;]?$")
_ONLY_UNITS = re.compile(r"^(?:责任)?单位[：:]")


class NumberedParagraph(NamedTuple):
    """A numbered paragraph, and those behind it that have no number."""

    number: str  # 三（一）2
    text: str
    place: str
    depth: int
    parent: str  # the text of the paragraph above it


def title_of(texts: Sequence[str]) -> tuple[str, int]:
    """Return the title that stands among the first texts of a document, and behind how many; it may take several lines."""
    before = ""
    for at, text in enumerate(map(joined, texts[:_MOST_LINES]), 1):
        if _NO_TITLE.fullmatch(squeeze(text)) or len(text) > _LONGEST_TITLE or depth_of(text) >= 0:
            before = ""
        elif _TITLE.fullmatch(squeeze(text)):
            return before + text, at
        else:
            before += text
    return "", 0


def clauses_of(paragraphs: Sequence[Paragraph]) -> list[NumberedParagraph]:
    """Return the clauses of a body as far as its annex; what stands before the first number is 前言."""
    clauses: list[NumberedParagraph] = []
    above: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        text = joined(paragraph.text, " ")
        depth = depth_of(text)
        if clauses and _ANNEX.fullmatch(text):
            break
        if not text or _ANNEX.match(text):
            continue
        if depth >= 0:
            mark = next(iter(_DEPTHS[depth].match(text).groups()))  # type: ignore[union-attr]
            del above[depth:]
            above += [("", "")] * (depth - len(above))
            number = "".join(one for one, _ in above) + mark
            parent = next((words for _, words in reversed(above) if words), "")
            above.append((mark, text))
            clauses.append(NumberedParagraph(number, text, paragraph.place, depth, parent))
        elif clauses and clauses[-1].depth >= 0:
            clauses[-1] = clauses[-1]._replace(text=f"{clauses[-1].text} {text}")
        elif clauses:
            clauses[-1] = clauses[-1]._replace(text=clauses[-1].text + text)
        else:
            clauses.append(NumberedParagraph("前言", text, paragraph.place, -1, ""))
    return clauses


def depth_of(text: str) -> int:
    """Return how deep a paragraph is numbered, from 0; -1 where it has no number."""
    return next((depth for depth, pattern in enumerate(_DEPTHS) if pattern.match(text)), -1)


def clause_rows(clauses: Sequence[NumberedParagraph]) -> list[AnnexRow]:
    """Return the clauses that name their units in a last bracket or in lines of their own, as rows."""
    return [row for clause in clauses if (row := _row(clause)) is not None]


def _row(clause: NumberedParagraph) -> AnnexRow | None:
    text, inside, questions = clause.text, "", list[str]()
    lines = re.split(r"\s(?=" + _OF_UNITS.pattern + ")", text)
    bracket = _LAST_BRACKET.search(text, max(0, len(text) - _LONGEST_BRACKET))
    if len(lines) > 1:
        text, inside = lines[0], "；".join(line.strip("。；") for line in lines[1:])
    elif bracket is not None:
        text, inside = text[: bracket.start()].strip(), bracket["inside"]
    label = _LABEL.search(inside)
    units = (inside[: label.start()] + inside[label.end() :]).strip("；;，, 。") if label else inside
    pieces = [piece for piece in re.split(r"[、，；;,]", units) if piece]
    is_named = bool(_OF_UNITS.search(inside) or label or (inside and _ROLE.fullmatch(inside)))
    if not is_named and not (pieces and all(ENDS_A_UNIT.search(piece) for piece in pieces)):
        return None
    if not is_named:
        questions.append(f"括号里没有写“责任单位”，{quoted(inside)}按单位读")
    mark = _DEPTHS[clause.depth].match(text) if clause.depth >= 0 else None
    return AnnexRow(
        place=clause.place,
        code=clause.number,
        area=clause.parent,
        title="",
        text=text[mark.end() :].strip() if mark else text,
        due=label["day"].strip() if label else "",
        units=_ONLY_UNITS.sub("", units) if len(_OF_UNITS.findall(units)) <= 1 else units,
        lead="",
        responsible="",
        assist="",
        remark="",
        questions=tuple(questions),
    )
