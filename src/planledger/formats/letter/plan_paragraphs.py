"""What a paper on a plan says of its rows in sentences: where each stands, how far its figures are, what units report of it."""

from functools import partial

from planledger.formats.letter.paper import PaperBlock, PaperHeading, gap, in_chinese
from planledger.formats.text import lack_text, phrases
from planledger.formats.text.figures import doubled_text
from planledger.plan.model.rows import amount_text, grouped, promised
from planledger.plan.model.terms import Scope
from planledger.plan.phrases.texts import means_nothing, names_none
from planledger.questions.answers.overview import Overview
from planledger.questions.facts.figure import Figure
from planledger.questions.sheet import Row


def paragraphs_by_area(answer: Overview) -> list[PaperBlock]:
    """Write by area how its rows stand, what was done against the targets, and what units report of it."""
    blocks: list[PaperBlock] = []
    of_areas = grouped(answer.rows, lambda row: row.item.area)
    groups = [(area.name, of_areas[area.code]) for area in answer.sheet.areas if area.code in of_areas]
    for number, (name, rows) in enumerate(groups or [("", answer.rows)], 1):
        if name:
            heading = PaperHeading(f"（{in_chinese(number)}）{name}", 2)
            blocks += [heading, f"共{len(rows)}项，{phrases.standings_text(rows)}。"]
        blocks += [_row(row, answer) for row in rows]
        if not any(_words_on(row, answer, "progress") for row in rows):
            blocks.append(gap("做法和成效"))
    return blocks


def _row(row: Row, answer: Overview) -> str:
    """Return where a row stands, its figures, what units report of it; of one unit what it still owes.

    What may be counted twice is for the office to settle before the figure goes out.
    """
    duty = row.duty_of(answer.agency)
    owed = lack_text.lacks_in_paper(row.owed_by(duty), row.progress, answer.agency) if duty else ""
    missed = "、".join(milestone.label for milestone in row.judgement.missed)
    doubled = filter(None, map(doubled_text, row.progress.figures))
    texts = [
        f"{row.item.code} {row.item.title}：{phrases.standing_text(row)}",
        "；".join(filter(None, (_figure(figure, answer) for figure in row.progress.figures))),
        *(gap(f"核对结果：{text}") for text in doubled),
        f"节点未达：{missed}" if missed else "",
        lack_text.lacks_under("本单位还缺", owed),
    ]
    words = _words_on(row, answer, "progress")
    texts += [f"{whose}：{text}" if whose else text for whose, text in words]
    return "".join(map(_sentence, texts))


def _figure(figure: Figure, answer: Overview) -> str:
    """Return a figure with what was promised of it: 新增转移就业40人（目标不少于155人）; of one unit its own, then that of the row."""
    indicator, share = figure.indicator, figure.share_of(answer.agency)
    if share:
        return figure_with_target(share, answer)
    whole = figure_with_target(figure, answer)
    own = figure.of({answer.agency}).total() if answer.agency else None
    if not own or own == figure.total():
        return whole
    return f"本单位报{indicator.label}{amount_text(own, indicator)}，全项{whole}"


def figure_with_target(figure: Figure, answer: Overview) -> str:
    """Return a figure with its target, by side where each has one; empty where nothing is promised or reported."""
    indicator, sides = figure.indicator, answer.sheet.side_names
    if indicator.target is None and not (figure.singles or any(figure.amounts.values())):
        return ""
    by_side = indicator.scope == Scope.EACH and len(sides) > 1
    totals = [(side, figure.total(side)) for side in (sides if by_side else ("",))]
    texts = [side + ("未报数" if total is None else amount_text(total, indicator)) for side, total in totals]
    each = "每方" * by_side + "每家" * bool(figure.shares and not figure.is_divided)
    aim = "" if indicator.target is None else f"（目标{each}{promised(indicator)}）"
    return f"{indicator.label}{'、'.join(texts)}{aim}"


def _words_on(row: Row, answer: Overview, part: str) -> list[tuple[str, str]]:
    """Return what units say of a row: whose words of which month they are, and the words.

    That there is nothing (无) is no problem and no step. Of one unit it is understood who says it; the month stands where it
    is not that of the paper, since 下月 means another one there.
    """
    is_none = means_nothing if part == "progress" else partial(names_none, part=part)
    texts = []
    for word in answer.words[row.item.code]:
        if not is_none(word.detail(part)):
            unit = "" if answer.agency else word.agency or "本办"
            month = _other_month(word.dated, answer.sheet.as_of)
            texts.append(("，".join(filter(None, (unit, month))), word.detail(part)))
    return texts


def _other_month(day: str, as_of: str) -> str:
    """Return in which month a day lies, its year too where that is another: 6月; empty where it is that of *as_of*."""
    if day[:7] == as_of[:7]:
        return ""
    return f"{'' if day[:4] == as_of[:4] else f'{int(day[:4])}年'}{int(day[5:7])}月"


def paragraphs_in_words(answer: Overview, part: str) -> list[PaperBlock]:
    """Write row by row what units report of problems or next steps."""
    return [
        _sentence(f"{row.item.code} {row.item.title}{f'（{whose}）' if whose else ''}：{words}")
        for row in answer.rows
        for whose, words in _words_on(row, answer, part)
    ]


def _sentence(text: str) -> str:
    """Return a text that ends as a sentence does; nothing where there is none."""
    return text if not text or text[-1] in "。！？；…" else f"{text}。"
