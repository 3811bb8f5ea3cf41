"""An entry in one phrase: its figure, its paper, its report in words, and what reversed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.entry_wording import WORDING, load_wording
from planledger.formats.text import figures, phrases
from planledger.plan.model.entry_kinds import MEANING, About
from planledger.plan.model.rows import Indicator, amount_text
from planledger.plan.model.terms import AmendmentKind, EntryKind
from planledger.plan.people.contact import FOOTER, sender_in
from planledger.questions.facts.progress import NOTHING, REPORT_WORDS

if TYPE_CHECKING:
    from planledger.plan.model.entry_details import Details
    from planledger.questions.answers.history import History
    from planledger.questions.facts.entry_rows import Entry
    from planledger.questions.facts.progress import Mark
    from planledger.questions.receipt import Draft


def paper_content(one: Entry, _answer: History) -> str:
    """Return which paper lies where: 会议纪要（试办〔2019〕3号，另存江海区委办）."""
    return (
        f"{one.subject}（{one.detail('ref')}，另存{one.detail('held_by')}）" if one.details else one.subject
    )


def evidence_content(one: Entry, answer: History) -> str:
    """Return which file proves something: 会议纪要（minutes.pdf，12.3KB）."""
    from planledger.questions.answers.evidence import shown_name

    name = shown_name(one.details, is_full=answer.is_full)
    return f"{one.subject}（{name}，{figures.size_text(one.details.number('size'))}）"


def file_text(mark: Mark, *, is_full: bool) -> str:
    """Return which file is a proof, from whom and of which day: 第3号 会议纪要（minutes.pdf，12.3KB），江海区委办，2019-07-18."""
    from planledger.questions.answers.evidence import shown_name

    size = figures.size_text(mark.details.number("size"))
    name = shown_name(mark.details, is_full=is_full)
    text = f"第{mark.entry}号 {mark.subject}（{name}，{size}），{phrases.who(mark.agency, mark.side)}，{mark.day}"
    return text + (f"：已由第{mark.destroyed_by}号销毁" if mark.destroyed_by else "")


def report_text(one: Entry, _answer: History | None = None) -> str:
    """Return a report in words: 进展情况：…；存在问题：…；下一步措施：…, or 零报告."""
    if one.subject == NOTHING:
        return "零报告"
    parts = {label: one.detail(name) for name, label in REPORT_WORDS.items()}
    return "；".join(f"{label}：{text}" for label, text in parts.items() if text)


def amendment_text(subject: str, agency: str, details: Details, indicator: Indicator | None) -> str:
    """Return what was changed, behind the plan's own words: 新增转移就业 原155人，调整为172人（粤扶〔2019〕5号）."""
    kind = AmendmentKind(subject)
    own, basis = details.text("said"), details.text("basis")  # `said`: what the plan itself says
    if kind == AmendmentKind.DUE:
        changed = f"最后一天 原{own or '未定'}，调整为{details.text('due')}"
    elif kind in (AmendmentKind.TARGET, AmendmentKind.QUOTA) and indicator:
        name, nothing = (f"{agency}的{indicator.label}", "任务数") if agency else (indicator.label, "目标")
        before = f"原{amount_text(details.number('said'), indicator)}" if own else f"原无{nothing}"
        now = amount_text(details.number("target"), indicator)
        changed = f"{name} {before}，调整为{now}"
    elif kind == AmendmentKind.ADD:
        changed = f"{kind.label} {agency}（{phrases.role_text(details.text('role'))}）"
    else:
        changed = f"{kind.label} {agency}".rstrip()
    return f"{changed}（{basis}）"


def amendment_content(one: Entry, answer: History) -> str:
    """Return what an amendment changed."""
    indicator = answer.indicators.get((one.code, one.detail("key")))
    return amendment_text(one.subject, one.agency, one.details, indicator)


def contact_content(one: Entry, answer: History) -> str:
    """Return whom to call in a unit."""
    from planledger.questions.answers.agencies import contact_in

    return contact_in(one.details).text(is_full=answer.is_full)


def sender_content(one: Entry, answer: History) -> str:
    """Return who answers for a form: 单位负责人试**，填表人某**，联系电话138****0000，填报日期2019-08-02."""
    people = sender_in(one.details, is_full=answer.is_full)
    return "，".join(name + text for name, text in zip(FOOTER, people, strict=True) if text)


def sender_text(one: Entry, answer: History) -> str:
    """Return who sent the form that an entry came with, the person who filled it in first: （填报人第5号 试**）; or nothing."""
    if not (number := one.number_of("sender")):
        return ""
    sender, person = answer.senders.get(number), ""
    if sender:
        people = sender_in(sender.details, is_full=answer.is_full)
        person = f" {people.preparer or people.reviewer or people.head}".rstrip()
    return f"（填报人第{number}号{person}{'，已冲正' if sender and sender.reversed_by else ''}）"


def filing_content(one: Entry, answer: History) -> str:
    """Return what a unit filed, or what was returned to it."""
    from planledger.formats.text import filing_text

    more = filing_text.filed_as(one.details)
    return answer.filings.get(one.subject, one.subject) + (f"（{more}）" if more else "")


def close_content(one: Entry, answer: History) -> str:
    """Return who approved that an item is closed out, and by which paper."""
    return phrases.approved_text(one.details, is_full=answer.is_full)


def name_content(one: Entry, _answer: History) -> str:
    """Return what the office is called from then on."""
    return one.subject


def unit_change_text(one: Entry | Draft, _answer: History | None = None) -> str:
    """Return what was changed of the names of units: 甲局、乙局 → 丙局（试办〔2019〕3号）."""
    others = "、".join(name for name in one.subject.split("、") if name != one.agency)
    return f"{others} → {one.agency}（{one.details.text('basis')}）"


def labelled_line(one: Entry, content: str) -> str:
    """Return the content behind the word of its kind; the kind alone where there is no content."""
    return WORDING[one.kind].prefix + content if content else EntryKind(one.kind).label


def destroyed_line(one: Entry, _content: str) -> str:
    """Return which file is gone."""
    return f"销毁第{one.number_of('entry')}号的文件"


def reversed_line(one: Entry, content: str) -> str:
    """Return which entry was reversed, and its figure."""
    return f"冲正第{one.reverses}号" + (f"：{content or EntryKind(one.kind).label}" if one.indicator else "")


def entry_text(one: Entry, answer: History) -> str:
    """Return an entry in one phrase, with what is to be known of it and its note."""
    text: str = load_wording(one.kind, "line")(one, content_text(one, answer))
    text += f"（{event_text(one)}）" if event_text(one) else ""
    if one.resembles:
        text += f"（疑似与第{one.resembles}号重复上报）"
    text += sender_text(one, answer)
    if one.was_typed_late:
        text += "（补录）"
    if one.reversed_by:
        text += f"（已由第{one.reversed_by}号冲正）"
    return f"{text}  {answer.note_of(one)}".rstrip()


def event_text(one: Entry) -> str:
    """Return what happened, and which other entry is about the same event or is proven by this one."""
    parts = [one.detail("event")] if one.detail("event") else []
    if one.number_of("entry") and MEANING[one.kind].about is not About.ENTRY:
        parts.append(f"属第{one.number_of('entry')}号")
    elif one.number_of("same_event"):
        parts.append(f"与第{one.number_of('same_event')}号是同一件事")
    return "，".join(parts)


def content_text(one: Entry, answer: History) -> str:
    """Return what an entry is about: its figure, its paper, its words; empty where its kind is all there is."""
    content = load_wording(one.kind, "content")
    return str(content(one, answer)) if content else ""


def figure_content(one: Entry, answer: History) -> str:
    """Return the figure; empty where the plan does not know its indicator."""
    indicator = answer.indicator_of(one)
    return figures.given_text(one.amount, indicator) if indicator and one.amount is not None else ""
