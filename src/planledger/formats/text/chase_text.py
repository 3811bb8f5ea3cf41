"""Chases as text (催办): what a unit was chased for, how often, and the short text that goes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.text import lack_text, phrases
from planledger.plan.days import short_day
from planledger.plan.model.terms import ChaseWay
from planledger.questions.judge.filings import filing_task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planledger.plan.model.entry_details import Details
    from planledger.plan.people.contact import Contact
    from planledger.questions.answers.debts import Chosen, Debts, OwedRow
    from planledger.questions.answers.history import History
    from planledger.questions.facts.entry_rows import Entry
    from planledger.questions.judge.chasing import Chased
    from planledger.questions.receipt import Draft, Receipt

MESSAGE = 400  # columns of what a short text lists: the whole stays below 300 characters


def chased_for_text(details: Details, labels: Mapping[str, str], *, has_reply: bool = True) -> str:
    """Return what a unit was chased for, and until when it is to answer: 6.1、6.2，归档资料，请于2019-11-25前回复."""
    month, reply_by = details.text("month"), details.text("reply_by") if has_reply else ""
    parts = [
        f"{month}月报" if month else "",
        "、".join(details.names("items")),
        "、".join(labels.get(key, key) for key in details.names("filings")),
        f"请于{reply_by}前回复" if reply_by else "",
    ]
    return "，".join(filter(None, parts))


def way_text(details: Details) -> str:
    """Return by which way a unit was chased: 电话."""
    return ChaseWay(details.text("way")).label


def chase_content(one: Entry, answer: History) -> str:
    """Return by which way a unit was chased, and for what: 电话，6.1、6.2."""
    return f"{way_text(one.details)}，{chased_for_text(one.details, answer.filings)}"


def chase_reply(draft: Draft, receipt: Receipt) -> str:
    """Return which unit was chased, by which way, for what."""
    what = chased_for_text(draft.details, receipt.sheet.filing_labels)
    return f"{draft.agency} 催办（{way_text(draft.details)}）：{what}"


def chased_text(chased: Chased, year: int) -> str:
    """Return how often a unit was chased, and when last: 2次 11-20; empty where it never was."""
    return f"{chased.times}次 {short_day(chased.last, year)}" if chased.times else ""


def message_text(debts: Debts, chosen: Chosen, office: str, contact: Contact | None) -> str:
    """Return a short text to a unit: what it has to do, until when; nobody is blamed, and nothing is asked but what is open.

    Args:
        debts: what the unit owes.
        chosen: of which choice they are.
        office: what the office is called; empty where it bears no name.
        contact: whom to call in the unit; None where that was not asked for, or nobody is known.
    """
    rows = [_row_text(one, chosen.day) for one in debts.rows]
    filings = [
        f"{filing_task(one.filing.label)}{_until(one.filing.last_day, chosen.day)}" for one in debts.filings
    ]
    listed = phrases.fitting_text([*rows, *filings], MESSAGE, "项")
    month, reply_by = chosen.choice.month, chosen.choice.reply_by
    asked = "请报来完成情况或进展情况" if rows else "请办理"
    if month:
        asked = f"请报{month}的进展情况"
    until = f"请于{reply_by}前回复。" if reply_by else ""
    to = f"{debts.agency.name}（{contact.text(is_full=True)}）" if contact else debts.agency.name
    return f"{to}：{asked}：{listed}。{until}{f'（{office}）' if office else ''}"


def _row_text(one: OwedRow, day: str) -> str:
    """Return what is to be done, with the stages it is about, the periods of a rhythm that lack, and the milestones that were missed: 1 安全检查，1月、3月（最早一期2022-01-31，已过20天）."""
    inner = lack_text.stages_text(one.stages), lack_text.periods_text(one.periods)
    what = "，".join(filter(None, (one.item.title, *inner)))
    missed = lack_text.milestones_text(one.milestones, one.row.progress)
    until = _until(one.last_day, day, lack_text.earliest_text(one.periods))
    return "，".join(filter(None, (f"{one.item.code} {what}{until}", missed)))


def _until(last_day: str, day: str, which: str = "") -> str:
    """Return the last day of something, *which* of several it is, and how far that is from a day; empty where there is none."""
    return f"（{which}{last_day}，{phrases.distance_text(day, last_day)}）" if last_day else ""
