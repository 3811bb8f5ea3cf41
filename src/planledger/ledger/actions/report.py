"""What a unit says in words (进展情况、存在问题、下一步措施), or that there is nothing to say (零报告). Pure."""

from typing import NamedTuple

from planledger.ledger.actions.request import Recording, of_each, one_unit_each, shared
from planledger.ledger.clerk import Clerk, checked_text
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.phrases.texts import means_nothing
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.progress import NOTHING
from planledger.questions.naming import split_list
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet


class Words(NamedTuple):
    """What was typed after `report`: how far the work is, what hinders it, what comes next."""

    code: str
    progress: str = ""
    problem: str = ""
    next_step: str = ""
    is_nothing: bool = False  # 零报告: there is nothing to tell, and that is told
    on: str = ""
    agency: str = ""
    any_agency: bool = False


def report_drafts(said: Words, sheet: Sheet, row: Row, clerk: Clerk) -> tuple[Draft, ...]:
    """Turn a report into the entries that it means: one, or of several units that there is nothing to tell.

    Raises:
        Refusal: as :func:`report_draft`, of every unit; or several units are said to have told the same.
    """
    units = split_list(said.agency)
    if len(units) > 1 and not said.is_nothing:
        raise one_unit_each("进展情况各说各的，几家一起写只用于 --nothing（零报告）")
    if len(units) > 1:
        return of_each(units, lambda unit: (report_draft(said._replace(agency=unit), sheet, row, clerk),))
    return (report_draft(said, sheet, row, clerk),)


def report_draft(said: Words, sheet: Sheet, row: Row, clerk: Clerk) -> Draft:
    """Turn a report in words into the entry that it means.

    Raises:
        Refusal: it says nothing, or says both something and nothing.
    """
    texts = report_texts(said)
    whom = Recording(said.code, on=said.on, agency=said.agency, any_agency=said.any_agency)
    return in_words(shared(whom, sheet, row, clerk, only_stock=False), texts)


def in_words(draft: Draft, texts: dict[str, str]) -> Draft:
    """Give the entry of a report: who says it and when is in *draft*, what is said in *texts*, as :func:`told` gives them."""
    return draft._replace(
        kind=EntryKind.REPORT.value,
        subject="" if any(texts.values()) else NOTHING,
        details=write_details(**texts),
    )


def report_texts(said: Words) -> dict[str, str]:
    """Take the texts of a report, each as it may be written; none of them where they only say that there is nothing to tell.

    Raises:
        Refusal: it says nothing, says both something and nothing, or a text may not be written.
    """
    texts = {"progress": said.progress, "problem": said.problem, "next": said.next_step}
    if said.is_nothing and any(texts.values()):
        raise NotRecorded("--nothing 是零报告，不能同时写进展、问题或措施。")
    if not said.is_nothing and not said.progress.strip():
        raise NotRecorded("没有写进展；请写 --progress 文字，没有进展写 --nothing（零报告）。")
    if all(means_nothing(text) for text in texts.values() if text.strip()):
        return dict.fromkeys(texts, "")
    return {name: checked_text(text, WORDS[name]) for name, text in texts.items()}


WORDS = {"progress": "进展情况", "problem": "存在问题", "next": "下一步措施"}
