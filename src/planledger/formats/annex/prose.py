"""The paragraphs of a document: its title, its clauses by number, and items that stand in no table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from planledger.formats.annex.grid import Paragraph, joined
from planledger.plan.draft.annex import AnnexRow
from planledger.plan.phrases.texts import fold, quoted, squeeze
from planledger.plan.phrases.unit_words import ENDS_A_UNIT

_NUMERAL = "[一二三四五六七八九十]{1,3}"
LEADING_NUMBER = re.compile(  # how a paragraph begins that is numbered: a group for each depth, from the outermost inwards
    rf"(第{_NUMERAL}[章部条]分?|{_NUMERAL})[、．.\s]"
    rf"|([（(]{_NUMERAL}[）)])"
    r"|(\d{1,2}(?=[．、]|\.(?!\d))|\d{1,2}(?:\.\d{1,2})+(?=[．、\s（]|(?!月|年|日|个|元|倍|吨|亩|斤|小时|[厘毫]?米(?![粉线业])|千[克瓦米]|[万亿公平])[\u4e00-\u9fff]))[．、.\s]?"
    r"|([（(]\d{1,2}[）)])"
    r"|([①-⑳])"
)
_TITLE = re.compile(
    r".*(?:方案|清单|计划|要点|分工|一览表|任务|台账|措施|事项|安排|分解表|责任表|任务书|责任书|办法|意见|分解|汇总|举措|规划|目标|项目|工程|实事|重点工作|表|情况)(?:\(.*\))?"
)
_NO_TITLE = re.compile(  # of a text without blanks, its marks half-width
    r"附[件表录]?[0-9一二三四五六七八九十]*:?|附件:.*|.*[。;:,]|(?:单位|填报|日期|制表|时间).{0,3}:.*|.*〔[0-9]{4}〕.*号"
    r"|[0-9]{4}年[0-9]+月[0-9]+日|.*(?:办公室|政府|委员会|文件|局|的通知)"
)
PAGE_NUMBER = re.compile(  # or that a table goes on over a page or ends
    r"[—–\-－·]*第?[0-9]{1,3}页?(?:[/／,，]?共?[0-9]{1,3}页?)?[—–\-－·]*"
    r"|[（(]?(?:[续接]上?[表页]|(?:下转|转下|接下)(?:第?[0-9]{0,3}[表页])?)[）)]?|[（(]?(?:以下空白|此页无正文)[）)]?"
)
_ANNEX = re.compile(r"附\s*件\s*[0-9一二三]*(?=[：:]|$)")
_LIST = re.compile(r"附\s*件\s*[：:]\s*[1１][.．、]")  # of annexes, a line each
_OPEN_END = ("重点工作", "任务", "事项", "措施", "目标", "项目", "工程", "举措")  # of a title that may go on
_MOST_LINES, _LONGEST_TITLE, _LONGEST_BRACKET = 20, 80, 2_000
_DUE = "(?:完成|办理|整改|工作)?(?:时间|时限|期限)(?:要求|安排|节点)?[：:]"
_UNITS = "(?:牵头|责任|主办|承办|配合|协办|主管|实施|落实)(?:责任)?(?:单位|部门|科室|主体)"
_OF_UNITS, _LABEL, _OF_DUE = re.compile(_UNITS), re.compile(f"{_UNITS}[：:]"), re.compile(_DUE)
# where a line of its own begins
_LABELLED = re.compile(rf"\s(?=[\u4e00-\u9fff]{{2,8}}[：:])|(?<=[。；;，,])\s*(?={_UNITS}[：:]|{_DUE})")
_DAY = re.compile(rf"{_DUE}(?P<day>[^；;]+)[；;，,]?")
_FIGURE, _END_OF_DAY = re.compile(r"\d[年月日]|\d\.\d{1,2}[日前底]"), re.compile("前|底|完成")
_ROLE = re.compile(r"(?:负责|牵头|配合|落实)(?=[，；,;]|$)")
# A text is read from behind, so that however many brackets are open each sign of it is looked at a few times.
_BRACKET_BACKWARDS = re.compile(
    r"[。；;，,*＊\s]{0,3}[）)\]】〕］](?P<inside>(?:[^（）()]|[）)][^（）()]*[（(])*)[（(\[【〔［]"
)
_NEXT_BRACKET = re.compile(r"[\]】〕］][\[【〔［]")
_IN_BRACKETS = re.compile(r"[（(\[【〔［]([^（）()\[\]【】〔〕［］]*)[）)\]】〕］]")
_ONLY_UNITS = re.compile(r"^(?:责任)?单位[：:]")


class NumberedParagraph(NamedTuple):
    """A numbered paragraph, and those behind it that have no number."""

    number: str  # 三（一）2
    text: str
    place: str
    words: int  # where its words begin, behind the number; 0 where it has none
    parent: str  # the text of the paragraph above it
    end: int  # of the paragraph, where those without a number begin


def title_of(texts: Sequence[str]) -> tuple[str, int]:
    """Return the title that stands among the first texts of a document, and behind how many; it may take several lines."""
    before, lines = "", list(map(joined, texts[:_MOST_LINES]))
    for at, text in enumerate(lines, 1):
        if _NO_TITLE.fullmatch(squeeze(text)) or len(text) > _LONGEST_TITLE or LEADING_NUMBER.match(text):
            before = ""
        elif _TITLE.fullmatch(squeeze(text)):
            if text.endswith(_OPEN_END) and lines[at:] and title_of(lines[at : at + 1])[0]:
                return before + text + lines[at], at + 1
            return before + text, at
        else:
            before += text
    return "", 0


def clauses_of(paragraphs: Sequence[Paragraph]) -> list[NumberedParagraph]:
    """Return the clauses of a body as far as its annex; what stands before the first number is 前言."""
    clauses: list[NumberedParagraph] = []
    above: list[tuple[str, str]] = []
    dotted, annexes = dict[str, str](), 0  # the text of 1, below which 1.1 stands; how many are listed
    for paragraph in paragraphs:
        text = joined(paragraph.text, " ")
        if clauses and _ANNEX.fullmatch(text):
            break
        number, last = LEADING_NUMBER.match(text), clauses[-1] if clauses else None
        annexes = _annexes_listed(text, annexes) if clauses and text else annexes
        if not text or _ANNEX.match(text) or annexes:
            continue
        if number and number.lastindex:
            mark, depth = number[number.lastindex], number.lastindex - 1
            del above[depth:]
            above += [("", "")] * (depth - len(above))
            whole = "".join(one for one, _ in above) + mark
            nearest = (words for _, words in reversed(above) if words)
            parent = dotted.get(mark.rpartition(".")[0]) or next(nearest, "")
            above.append((mark, text))
            dotted = dotted | {mark: text} if depth > 1 else {}
            clauses.append(NumberedParagraph(whole, text, paragraph.place, number.end(), parent, len(text)))
        elif last and _is_another(text, last):
            parent = last.text if _row(last) is None else last.parent
            own = last.number if last.words else last.number.partition("第")[0]
            number_of = f"{own}第{len(clauses)}段"
            clauses.append(NumberedParagraph(number_of, text, paragraph.place, 0, parent, len(text)))
        elif last:
            clauses[-1] = last._replace(text=last.text + (" " if last.words else "") + text)
        else:
            clauses.append(NumberedParagraph("前言", text, paragraph.place, 0, "", len(text)))
    return clauses


def _annexes_listed(text: str, before: int) -> int:
    """Return how many annexes are listed as far as this line, of which *before* stand above it; 0 where it lists none."""
    if _LIST.match(text):
        return 1
    goes_on = before and re.match(rf"{before + 1}[.．、]", fold(text)) and not names_units(text)
    return before + 1 if goes_on else 0


def _is_another(text: str, last: NumberedParagraph) -> bool:
    """Whether a paragraph without a number is work of its own: it names its units at its end, and the one before has its own or is a heading."""
    before, inside = _last_brackets(text)
    names = before.strip() and (_OF_UNITS.search(inside) or _ROLE.search(inside))
    is_part = _LABELLED.match(f" {text}") or not names  # 整改措施：…
    return not is_part and (_row(last) is not None or not re.search("[。；]", last.text))


def behind_annex(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the texts behind the word 附件 on a line of its own, or all where no body is numbered, without its title."""
    texts = [joined(paragraph.text, " ") for paragraph in paragraphs]
    body = len(texts) if any(map(LEADING_NUMBER.match, texts)) else 0
    first = next((at for at, text in enumerate(texts) if _ANNEX.fullmatch(text)), body)
    return [text for text in texts[first:] if not title_of([text])[0]]


def is_mark_of_annex(text: str) -> bool:
    """Whether a line says no more than that an annex begins, and which."""
    return _ANNEX.fullmatch(text) is not None


def names_units(heading: str) -> bool:
    """Whether a heading says whose work it is: in its last bracket, or behind a label."""
    _, inside = _last_bracket(heading)
    is_unit = any(map(ENDS_A_UNIT.search, re.split("[、，；;,]", inside)))
    return bool(is_unit or _ROLE.search(inside) or _OF_UNITS.search(heading))


def _last_bracket(text: str) -> tuple[str, str]:
    """Part a text that ends with a bracket: what stands before it, and what inside; that is empty where it has none."""
    bracket = _BRACKET_BACKWARDS.match(text[-_LONGEST_BRACKET:][::-1])
    return (text[: -bracket.end()], bracket["inside"][::-1]) if bracket else (text, "")


def unread_margins(lines: Iterable[str], of: str = "") -> Iterator[str]:
    """Ask about the words at the head and foot of the pages *of* a sheet, or of all; numbers of pages are none."""
    for words in map(str.strip, lines):
        if words and not PAGE_NUMBER.fullmatch(squeeze(words)):
            yield f"{of}页眉页脚里的{quoted(words)}没有读"


def clause_rows(clauses: Sequence[NumberedParagraph]) -> tuple[list[AnnexRow], list[str]]:
    """Return the clauses that name their units in a last bracket or in lines of their own, and those next to or below them that do not."""
    rows = [(clause, row) for clause in clauses if (row := _row(clause)) is not None]
    read, above = {clause.number for clause, _ in rows}, {clause.parent for clause in clauses}
    around, left = {text for clause, _ in rows for text in (clause.parent, clause.text)}, []
    for one in clauses:
        if one.parent in around:
            around.add(one.text)
            left += [one] if one.number not in read and one.text not in above else []
    return [row for _, row in rows], [
        f"{one.place}{quoted(one.text)}没有写责任单位，没有读成事项" for one in left
    ]


def _row(clause: NumberedParagraph) -> AnnexRow | None:
    text = clause.text[clause.words :]
    (before, inside), behind = _last_brackets(text), ""
    if not inside:
        before, inside = _last_brackets(clause.text[clause.words : clause.end])
        behind = clause.text[clause.end :]
    due, named = _parted(inside)
    pieces = [piece for piece in re.split(r"[、，；;,]", named) if piece]
    is_named = bool(_OF_UNITS.search(named) or _ROLE.search(named) or _OF_DUE.search(inside))
    questions: list[str] = []
    if is_named or (pieces and all(map(ENDS_A_UNIT.search, pieces))):
        text, units = before + behind, [named]
        questions += [] if is_named else [f"括号里没有写“责任单位”，{quoted(named.strip('，,；;'))}按单位读"]
        is_loose = behind and not _LABELLED.match(behind)
        questions += [f"后面的{quoted(behind.strip())}一并读作这一项"] if is_loose else []
    else:
        text, due, units = _read_lines(text)
    if not units:
        return None
    whole = "；".join(unit.strip("；;，, 。") for unit in units)
    is_several = _OF_UNITS.search(text) or any(map(_ROLE.search, _IN_BRACKETS.findall(text)))
    questions += ["这一段里另有责任单位，可能是几项连在一起"] if is_several else []
    if len(_LABEL.findall(whole)) == 1:
        whole = _ONLY_UNITS.sub("", whole)
    texts = clause.parent, "", text.strip(), due.strip(), whole
    code = clause.number if clause.words else ""
    return AnnexRow(clause.place, code, *texts, questions=tuple(questions))


def _last_brackets(text: str) -> tuple[str, str]:
    """Part a text from its last bracket, and from the one before it where that says the day or other units: （县交通局牵头）（10月底前）."""
    before, inside = _last_bracket(text)
    further, other = _last_bracket(before)
    if other and _is_day(inside) != _is_day(other):
        return further, f"{other}，{inside}" if _is_day(inside) else f"{inside}，{other}"
    if _LABEL.match(other) and _LABEL.match(inside):
        return further, f"{other}；{inside}"
    return before, _NEXT_BRACKET.sub("；", inside)


def _parted(inside: str) -> tuple[str, str]:
    """Part what stands in a bracket: the day, which is labelled or comes last or first, and the units."""
    if labelled := _DAY.search(inside):
        return labelled["day"], inside.replace(labelled[0], "")
    first, *_, last = re.split("[，,；;]", f"{inside}，")[:-1] * 2
    day = next((one for one in (last, first) if len(one) < len(inside) and _is_day(one)), "")
    return day, inside.removesuffix(day) if day == last else inside.removeprefix(day).lstrip("，,；;")


def _is_day(words: str) -> bool:
    """Whether words say when something is to be done, and nothing else: 10月底前, 2022年完成."""
    has_day = _FIGURE.search(words) and _END_OF_DAY.search(words) and not re.search("[、，；,;：:]", words)
    return bool(has_day) and not (_ROLE.search(words) or ENDS_A_UNIT.search(words))


def _read_lines(text: str) -> tuple[str, str, list[str]]:
    """Part a text from its labelled lines: what is promised, until when, and the lines that name units."""
    whole, *lines = _LABELLED.split(text)
    due, units = "", []
    for line in (line.strip("。；; ") for line in lines):
        if label := _OF_DUE.match(line):
            due = line[label.end() :]
        elif _LABEL.match(line):
            units.append(line)
        else:
            whole = f"{whole} {line}"
    return whole, due, units
