"""What a unit reports in words (进展情况、存在问题、下一步措施), or that there is nothing to report (零报告)."""

from typing import NamedTuple

from planledger.ledger.actions.request import Recording, of_each, one_unit_each, shared_draft
from planledger.ledger.clerk import checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.phrases.texts import means_nothing
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.facts.progress import NOTHING, REPORT_WORDS
from planledger.questions.naming import split_list
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row, Sheet


class Words(NamedTuple):
    """What was typed after `report`: how far the work is, what hinders it, what comes next."""

    code: str
    progress: str = ""
    problem: str = ""
    next_step: str = ""
    is_nothing: bool = False  # 零报告: there is nothing to report, and that is reported
    on: str = ""
    agency: str = ""
    any_agency: bool = False


def record_words(book: PlanSession, words: Words) -> Receipt:
    """Record what a unit reports in words: it ends its silence and finishes nothing.

    Raises:
        Refusal: as :func:`report_draft`, of every unit; or several units report the same.
    """
    with book.store.transaction():
        form, sheet, row = book.row_meant(PlanSubject(words.code, on=words.on))
        units = split_list(words.agency)
        if len(units) > 1 and not words.is_nothing:
            raise one_unit_each("进展情况各说各的，几家一起写只用于 --nothing（零报告）")
        several = units if len(units) > 1 else (words.agency,)
        drafts = of_each(several, lambda unit: (report_draft(words._replace(agency=unit), sheet, row),))
        return book.append(form, drafts, row.item.code)


def report_draft(words: Words, sheet: Sheet, row: Row) -> Draft:
    """The entry that a report in words means. Pure.

    Raises:
        Refusal: it says nothing, or says both something and nothing.
    """
    texts = report_texts(words)
    whom = Recording(words.code, on=words.on, agency=words.agency, any_agency=words.any_agency)
    return with_texts(shared_draft(whom, sheet, row, only_stock=False), texts)


def with_texts(draft: Draft, texts: dict[str, str]) -> Draft:
    """The entry of a report: *draft* names the unit and the day, *texts* are those of :func:`report_texts`."""
    return draft._replace(
        kind=EntryKind.REPORT.value,
        subject="" if any(texts.values()) else NOTHING,
        details=write_details(**texts),
    )


def report_texts(words: Words) -> dict[str, str]:
    """The texts of a report by their names, each as it may be written; all empty where they only say that there is nothing.

    Raises:
        Refusal: it says nothing, says both something and nothing, or a text may not be written.
    """
    texts = {"progress": words.progress, "problem": words.problem, "next": words.next_step}
    if words.is_nothing and any(texts.values()):
        raise NotRecorded("--nothing 是零报告，不能同时写进展、问题或措施。")
    if not words.is_nothing and not words.progress.strip():
        raise NotRecorded("没有写进展；请写 --progress 文字，没有进展写 --nothing（零报告）。")
    if all(means_nothing(text) for text in texts.values() if text.strip()):
        return dict.fromkeys(texts, "")
    return {name: checked_text(text, REPORT_WORDS[name]) for name, text in texts.items()}
