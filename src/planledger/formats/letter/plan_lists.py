"""What a paper on a plan lists: the late rows, filings and periods with their units, and the entries behind all that it says."""

from collections.abc import Iterable

from planledger.formats.letter.paper import PaperBlock, PaperTable
from planledger.formats.letter.plan_paragraphs import figure_with_target
from planledger.formats.text import filing_text, lack_text, phrases
from planledger.plan.days import spoken
from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.answers.overdue import Overdue
from planledger.questions.answers.overview import Overview
from planledger.questions.judge.filings import filing_task
from planledger.questions.sheet import Row


def late_rows(answer: Overview) -> list[PaperBlock]:
    """List the late rows in the order of the plan, with what each lacks and the units that owe it."""
    rows = [row for row in answer.rows if row.judgement.standing == Standing.OVERDUE]
    return [open_rows_table(rows) if rows else f"截至{spoken(answer.sheet.as_of)}，没有逾期事项。"]


def open_rows_table(rows: Iterable[Row]) -> PaperTable:
    """Return rows in the order of the plan, with what each lacks and the units that owe it; what nobody owes is the office's."""
    lines = []
    for row in rows:
        owing = "、".join(row.owing_agencies) or "本办"
        lacks = lack_text.late_in_paper(row)
        late = f"{row.judgement.last_day or row.item.due or '未定'}，{phrases.standing_text(row)}"
        lines.append((row.item.code, row.item.title, late, lacks, owing))
    return PaperTable(("编号", "事项", "最后一天", "还缺", "未了的单位"), tuple(lines), (5, 11, 10, 13, 16))


def late_sentences(late: Overdue) -> list[PaperBlock]:
    """Return which filings are late and of which units, the most late first, and which periods of the rows were missed, a sentence each.

    The late periods of a filing that has a rhythm are in one.
    """
    sentences = [
        f"{one.filing.label}应于{spoken(one.filing.last_day)}以前报送，尚未报齐，{filing_text.late_units(one)}。"
        for one in late.filings
        if not first_day(one.filing)
    ]
    for filing in late.sheet.periodic:
        periods = [one for one in late.filings if one.filing in filing.of_periods]
        if periods:
            head = f"{filing.filing.label}（{filing.rhythm.words}）有{len(periods)}期尚未报齐"
            sentences.append(f"{head}。{filing_text.late_periods(filing, periods)}。")
    missed = phrases.missed_periods_lines(late.missed_periods)
    return [*sentences, *(f"{line}。" for line in missed)]


def entries_behind_table(answer: Overview, *, has_filings: bool) -> PaperTable:
    """List by row which entries of the ledger stand behind the figures and the words, and behind what was filed late."""
    lines: list[tuple[str, ...]] = []
    for row in answer.rows:
        code = row.item.code
        for (kind, subject), entries in answer.entries_behind(row).items():
            figure = row.progress.figure(subject)
            label = EntryKind(kind).label
            what = figure_with_target(figure, answer) if figure else f"{label} {subject}".rstrip()
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
