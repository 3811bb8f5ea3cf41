"""The papers on a whole plan as drafts for approval (送审稿): 通报, 工作总结, 工作月报, and 进展情况汇报 for a meeting.

They repeat what questions answer and what units reported, in the order of the plan, and add no word of their own on
anybody: nothing is ranked, praised, blamed or proposed. What the ledger does not know is a gap.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from planledger.formats.letter.paper import (
    Attachment,
    Paper,
    PaperBlock,
    PaperForm,
    PaperHeading,
    PaperSections,
    PaperTable,
    gap,
    in_chinese,
    numbered,
    paper_on,
)
from planledger.formats.text import filing_text, lack_text, phrases
from planledger.formats.text.figures import doubled_text
from planledger.plan.days import spoken
from planledger.plan.model.rows import amount_text, grouped, promised
from planledger.plan.model.terms import EntryKind, Scope, Standing
from planledger.plan.phrases.texts import means_nothing, names_none
from planledger.questions.answers.overview import Overview
from planledger.questions.answers.sums import Tally
from planledger.questions.facts.figure import Figure
from planledger.questions.judge.filings import filing_task
from planledger.questions.sheet import Row

DRAFT = "送审稿"


def circular_paper(answer: Overview) -> Paper:
    """Return the 通报 to all units: how the plan stands, what is late, what units said."""
    begin = f"现将《{answer.sheet.plan.title}》截至{spoken(answer.sheet.as_of)}的进展情况通报如下。"
    sections = [
        ("总体情况", _whole(answer)),
        ("各项重点工作进展", _by_area(answer)),
        ("逾期事项和报送", [*_late_rows(answer), *_late_filings(answer), *_missed_periods(answer)]),
        *_in_units_words(answer),
    ]
    blocks = (begin, *numbered(sections), "特此通报。")
    paper = _draft(answer, f"关于《{answer.sheet.plan.title}》进展情况的通报", blocks, has_filings=True)
    return paper._replace(addressee="各责任单位")


def summary_paper(answer: Overview) -> Paper:
    """Return the 工作总结 of the office, or of one unit on its part in the plan."""
    sections = [
        ("总体情况", [*_whole(answer), gap("组织领导、工作部署等总体做法")]),
        ("做法和成效", _by_area(answer)),
        *_in_units_words(answer),
    ]
    title = f"{answer.agency}关于《{answer.sheet.plan.title}》实施情况的工作总结"
    paper = _draft(answer, title, numbered(sections))
    return paper._replace(office=answer.agency or paper.office)


def monthly_paper(answer: Overview, month: str) -> Paper:
    """Return the 工作月报 of a *month* (YYYY-MM): figures as of its end, words of the month alone."""
    sections = [
        ("总体情况", _whole(answer)),
        ("本月工作进展", _by_area(answer)),
        *_in_units_words(answer),
    ]
    title = f"《{answer.sheet.plan.title}》{int(month[:4])}年{int(month[5:])}月工作月报"
    return _draft(answer, title, numbered(sections))


def briefing_paper(answer: Overview) -> Paper:
    """Return the 进展情况汇报 for a meeting of the leading group; what it is to decide is the office's to write."""
    sections: PaperSections = [
        ("总体情况", _whole(answer)),
        ("逾期事项", _late_rows(answer)),
        *_in_units_words(answer)[:1],
        ("提请研究事项", [gap("提请研究事项")]),
    ]
    return _draft(answer, f"《{answer.sheet.plan.title}》进展情况汇报", numbered(sections))


def _in_units_words(answer: Overview) -> list[tuple[str, list[PaperBlock]]]:
    """Return the sections in the units' own words."""
    parts = (("存在问题", "problem"), ("下一步工作", "next"))
    return [(name, _in_words(answer, part) or [gap(name)]) for name, part in parts]


def _draft(
    answer: Overview, title: str, blocks: tuple[PaperBlock, ...], *, has_filings: bool = False
) -> Paper:
    entries = Attachment("本文所据的台账记录", _entries(answer, has_filings=has_filings))
    paper = paper_on(answer.sheet, answer.source, PaperForm.DOCUMENT, title, blocks)
    return paper._replace(attachment=entries, mark=DRAFT)


def _whole(answer: Overview) -> list[PaperBlock]:
    """Say how many rows stand where, and of how many the last day has passed."""
    late, whose = answer.late, f"涉及{answer.agency}的具体事项" if answer.agency else "具体事项"
    counts = _counted(answer.rows)
    text = f"《{answer.sheet.plan.title}》共有{whose}{len(answer.rows)}项。截至{spoken(answer.sheet.as_of)}，{counts}。"
    if late.due or late.late:
        done_late = f"（其中逾期完成{late.done_late}项）" if late.done_late else ""
        only_papers = f"（其中只缺材料{late.lacking_papers}项）" if late.lacking_papers else ""
        overdue = [row for row in answer.rows if row.judgement.standing == Standing.OVERDUE]
        by_stages = sum(bool(row.judgement.late_stages) for row in overdue)
        text += (
            f"最后一天已过的{late.due}项中，已完成{late.done}项{done_late}，逾期{len(overdue) - by_stages}项"
        )
        text += f"；另有{by_stages}项阶段未达" if by_stages else ""
        text += f"，其中本单位未了{late.owed}项" if answer.agency else ""
        text += f"{only_papers}。"
    return [text]


def _counted(rows: Sequence[Row]) -> str:
    standings = Tally.of("", tuple(rows)).standings
    return "，".join(f"{word.label}{count}项" for word, count in standings.items() if count)


def _by_area(answer: Overview) -> list[PaperBlock]:
    """Say by area how its rows stand, what was done against the targets, and what units report of it."""
    blocks: list[PaperBlock] = []
    of_areas = grouped(answer.rows, lambda row: row.item.area)
    groups = [(area.name, of_areas[area.code]) for area in answer.sheet.areas if area.code in of_areas]
    for number, (name, rows) in enumerate(groups or [("", answer.rows)], 1):
        if name:
            heading = PaperHeading(f"（{in_chinese(number)}）{name}", 2)
            blocks += [heading, f"共{len(rows)}项，{_counted(rows)}。"]
        blocks += [_row(row, answer) for row in rows]
        if not any(_words_on(row, answer, "progress") for row in rows):
            blocks.append(gap("做法和成效"))
    return blocks


def _row(row: Row, answer: Overview) -> str:
    """Say where a row stands, its figures, what units report of it; of one unit what it still owes.

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
        f"本单位还缺：{owed}" if owed else "",
    ]
    words = _words_on(row, answer, "progress")
    texts += [f"{whose}：{text}" if whose else text for whose, text in words]
    return "".join(map(_sentence, texts))


def _figure(figure: Figure, answer: Overview) -> str:
    """Return a figure with what was promised of it: 新增转移就业40人（目标不少于155人）; of one unit its own, then that of the row."""
    indicator, share = figure.indicator, figure.share_of(answer.agency)
    if share:
        return _with_target(share, answer)
    whole = _with_target(figure, answer)
    own = figure.of({answer.agency}).total() if answer.agency else None
    if not own or own == figure.total():
        return whole
    return f"本单位报{indicator.label}{amount_text(own, indicator)}，全项{whole}"


def _with_target(figure: Figure, answer: Overview) -> str:
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


def _in_words(answer: Overview, part: str) -> list[PaperBlock]:
    """Say row by row what units report of problems or next steps."""
    return [
        _sentence(f"{row.item.code} {row.item.title}{f'（{whose}）' if whose else ''}：{words}")
        for row in answer.rows
        for whose, words in _words_on(row, answer, part)
    ]


def _late_rows(answer: Overview) -> list[PaperBlock]:
    """List the late rows in the order of the plan, with what each lacks and the units that owe it."""
    rows = [row for row in answer.rows if row.judgement.standing == Standing.OVERDUE]
    if not rows:
        return [f"截至{spoken(answer.sheet.as_of)}，没有逾期事项。"]
    return [open_rows_table(rows)]


def open_rows_table(rows: Iterable[Row]) -> PaperTable:
    """Return rows in the order of the plan, with what each lacks and the units that owe it."""
    lines = []
    for row in rows:
        owing = "、".join(duty.agency for duty in row.duties if row.late_with(duty))
        lacks = lack_text.late_in_paper(row)
        late = f"{row.judgement.last_day}，{phrases.standing_text(row)}"
        lines.append((row.item.code, row.item.title, late, lacks, owing))
    return PaperTable(("编号", "事项", "最后一天", "还缺", "责任单位"), tuple(lines), (5, 11, 10, 13, 16))


def _late_filings(answer: Overview) -> list[PaperBlock]:
    late = {one.filing.key: one for one in answer.late.filings}
    several = [late[filing.key] for filing in answer.sheet.filings if filing.key in late]
    return [
        f"{one.filing.label}应于{spoken(one.filing.last_day)}以前报送，尚未报齐，{filing_text.late_units(one)}。"
        for one in several
    ]


def _missed_periods(answer: Overview) -> list[PaperBlock]:
    return [f"{line}。" for line in phrases.missed_periods_lines(answer.late.missed_periods)]


def _entries(answer: Overview, *, has_filings: bool) -> PaperTable:
    """List by row which entries of the ledger stand behind the figures and the words, and behind what was filed late."""
    lines: list[tuple[str, ...]] = []
    for row in answer.rows:
        code = row.item.code
        for (kind, subject), entries in answer.entries_behind(row).items():
            figure = row.progress.figure(subject)
            label = EntryKind(kind).label
            what = _with_target(figure, answer) if figure else f"{label} {subject}".rstrip()
            lines.append((code, what, _numbers(entry.number for entry in entries)))
        lines += [
            (code, f"{word.agency or '本办'}填报的进展情况", _numbers([word.number]))
            for word in answer.words[code]
        ]
    for one in answer.late.filings if has_filings else ():
        marks = [mark.entry for mark in answer.sheet.marks if mark.subject == one.filing.key]
        lines.append(("", filing_task(one.filing.label), _numbers(marks) if marks else "无记录"))
    return PaperTable(("编号", "内容", "台账记录号"), tuple(lines or [("", "无记录", "")]), (5, 28, 14))


def _numbers(entries: Iterable[int]) -> str:
    return f"第{'、'.join(map(str, entries))}号"


def _sentence(text: str) -> str:
    """Return a text that ends as a sentence does; nothing where there is none."""
    return text if not text or text[-1] in "。！？；…" else f"{text}。"
