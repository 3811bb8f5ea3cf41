"""The papers on a whole plan as drafts for approval (送审稿): 通报, 工作总结, 工作月报, and 进展情况汇报 for a meeting.

They repeat what questions answer and what units reported, in the order of the plan, and add no word of their own on
anybody: nothing is ranked, praised, blamed or proposed. What the ledger does not know is a gap.
"""

from planledger.formats.letter.paper import Attachment, Paper, PaperBlock, gap, numbered, paper_on
from planledger.formats.letter.plan_lists import entries_behind_table, late_rows, late_sentences
from planledger.formats.letter.plan_paragraphs import paragraphs_by_area, paragraphs_in_words
from planledger.formats.text import phrases
from planledger.plan.days import spoken
from planledger.questions.answers.overview import Overview

DRAFT = "送审稿"


def circular_paper(answer: Overview) -> Paper:
    """Return the 通报 to all units: how the plan stands, what is late, what units said."""
    begin = f"现将《{answer.sheet.plan.title}》截至{spoken(answer.sheet.as_of)}的进展情况通报如下。"
    sections = [
        ("总体情况", _whole(answer)),
        ("各项重点工作进展", paragraphs_by_area(answer)),
        ("逾期事项和报送", [*late_rows(answer), *late_sentences(answer.late)]),
        *_in_units_words(answer),
    ]
    blocks = (begin, *numbered(sections), "特此通报。")
    paper = _draft(answer, f"关于《{answer.sheet.plan.title}》进展情况的通报", blocks, has_filings=True)
    return paper._replace(addressee="各责任单位")


def summary_paper(answer: Overview) -> Paper:
    """Return the 工作总结 of the office, or of one unit on its part in the plan."""
    sections = [
        ("总体情况", [*_whole(answer), gap("组织领导、工作部署等总体做法")]),
        ("做法和成效", paragraphs_by_area(answer)),
        *_in_units_words(answer),
    ]
    title = f"{answer.agency}关于《{answer.sheet.plan.title}》实施情况的工作总结"
    paper = _draft(answer, title, numbered(sections))
    return paper._replace(office=answer.agency or paper.office)


def monthly_paper(answer: Overview, month: str) -> Paper:
    """Return the 工作月报 of a *month* (YYYY-MM): figures as of its end, words of the month alone."""
    sections = [
        ("总体情况", _whole(answer)),
        ("本月工作进展", paragraphs_by_area(answer)),
        *_in_units_words(answer),
    ]
    title = f"《{answer.sheet.plan.title}》{int(month[:4])}年{int(month[5:])}月工作月报"
    return _draft(answer, title, numbered(sections))


def briefing_paper(answer: Overview) -> Paper:
    """Return the 进展情况汇报 for a meeting of the leading group; what it is to decide is the office's to write."""
    blocks = numbered(
        [
            ("总体情况", _whole(answer)),
            ("逾期事项", late_rows(answer)),
            *_in_units_words(answer)[:1],
            ("提请研究事项", [gap("提请研究事项")]),
        ]
    )
    return _draft(answer, f"《{answer.sheet.plan.title}》进展情况汇报", blocks)


def _in_units_words(answer: Overview) -> list[tuple[str, list[PaperBlock]]]:
    """Return the sections in the units' own words."""
    parts = (("存在问题", "problem"), ("下一步工作", "next"))
    return [(name, paragraphs_in_words(answer, part) or [gap(name)]) for name, part in parts]


def _draft(
    answer: Overview, title: str, blocks: tuple[PaperBlock, ...], *, has_filings: bool = False
) -> Paper:
    entries = Attachment("本文所据的台账记录", entries_behind_table(answer, has_filings=has_filings))
    paper = paper_on(answer.sheet, answer.source, title, blocks)
    return paper._replace(attachment=entries, mark=DRAFT)


def _whole(answer: Overview) -> list[PaperBlock]:
    """Write how many rows stand where, and of how many the last day has passed."""
    late, whose = answer.late, f"涉及{answer.agency}的具体事项" if answer.agency else "具体事项"
    counts = phrases.standings_text(answer.rows)
    text = f"《{answer.sheet.plan.title}》共有{whose}{len(answer.rows)}项。截至{spoken(answer.sheet.as_of)}，{counts}。"
    done_late = f"（其中逾期完成{late.done_late}项）" if late.done_late else ""
    to_review = f"须复核{late.to_review}项，" if late.to_review else ""
    only_papers = f"（其中只缺材料{late.lacking_papers}项）" if late.lacking_papers else ""
    overdue = (*late.late, *late.late_without_debt)
    by_stages = sum(bool(row.judgement.late_stages) for row in overdue)
    passed = f"最后一天已过的{late.due}项中，已完成{late.done}项{done_late}，{to_review}"
    parts = [f"{passed}逾期{len(overdue) - by_stages}项{only_papers}"] if late.due else []
    parts += [f"{'另' * bool(late.due)}有{by_stages}项阶段未达"] if by_stages else []
    own = f"，其中本单位未了{late.owed}项" if answer.agency else ""
    text += f"{'；'.join(parts)}{own}。" if parts else ""
    return [text]
