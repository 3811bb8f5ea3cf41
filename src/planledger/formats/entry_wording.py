"""How each kind of entry is worded: one row a kind, loaded where that kind occurs.

A cell that is not a word names a function as "module:function"; it is empty where the kind has nothing there. A kind
without its row is a KeyError. What a kind means stands in `plan/model/entry_kinds.py`.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from planledger.plan.model.terms import EntryKind


class Wording(NamedTuple):
    """One kind of entry: one row. In brackets stands what the function of a cell takes."""

    content: str  # (entry, history): what it is about; empty where the kind is all there is
    prefix: str  # word before the content
    line: str  # (entry, content): the two in one phrase, as entries are listed
    reply: str  # (draft, receipt): what the action that stores it answers
    where: str  # (draft, sheet): lines of the reply on the unit that it is about; empty where there is none
    fields: str  # (entry, history): the fields of JSON that only this kind fills; empty where there are none
    supplement: str  # head in a later archive under which it stands


_LABELLED = "text.entry_text:labelled_line"
_PAPERS, _DESTROYED, _REVERSED, _OTHERS = "新增材料", "销毁材料", "冲正记录", "其他新增记录"
WITHDRAWN = "撤回材料"  # of a reversal that reverses a paper
SUPPLEMENTED = (_PAPERS, WITHDRAWN, _DESTROYED, _REVERSED, _OTHERS)

WORDING: dict[str, Wording] = {
    EntryKind.ADOPTION: Wording("", "", _LABELLED, "text.reply:noted_reply", "", "", _OTHERS),
    EntryKind.AMOUNT: Wording(
        "text.entry_text:figure_content", "", _LABELLED, "text.reply:amount_reply", "", "", _OTHERS
    ),
    EntryKind.DECLARATION: Wording("", "", _LABELLED, "text.reply:declaration_reply", "", "", _OTHERS),
    EntryKind.PAPER: Wording(
        "text.entry_text:paper_content", "材料：", _LABELLED, "text.reply:paper_reply", "", "json.entries:paper_fields", _PAPERS
    ),
    EntryKind.REPORT: Wording(
        "text.entry_text:report_content", "", _LABELLED, "text.reply:report_reply", "", "json.entries:report_fields", _OTHERS
    ),
    EntryKind.REVERSAL: Wording(
        "text.entry_text:figure_content", "", "text.entry_text:reversed_line", "text.reply:reversal_reply", "", "", _REVERSED
    ),
    EntryKind.CLOSE: Wording(
        "text.entry_text:close_content", "销号：", _LABELLED, "text.reply:close_reply", "", "json.entries:close_fields", _OTHERS
    ),
    EntryKind.REOPEN: Wording("", "", _LABELLED, "text.reply:noted_reply", "", "", _OTHERS),
    EntryKind.AMENDMENT: Wording(
        "text.entry_text:amendment_content", "调整：", _LABELLED,
        "text.reply:amendment_reply", "", "json.entries:amendment_fields", _OTHERS
    ),
    EntryKind.FILING: Wording(
        "text.entry_text:filing_content", "报送：", _LABELLED,
        "text.filing_text:filing_reply", "text.filing_text:filings_of_unit", "json.entries:filing_fields", _OTHERS
    ),
    EntryKind.RETURN: Wording(
        "text.entry_text:filing_content", "退回补正：", _LABELLED,
        "text.filing_text:return_reply", "text.filing_text:filings_of_unit", "", _OTHERS
    ),
    EntryKind.CONTACT: Wording(
        "text.entry_text:contact_content", "联系人：", _LABELLED,
        "text.reply:contact_reply", "text.reply:contact_of_unit", "json.entries:contact_fields", _OTHERS
    ),
    EntryKind.EVIDENCE: Wording(
        "text.entry_text:evidence_content", "佐证材料：", _LABELLED,
        "text.reply:evidence_reply", "", "json.entries:evidence_fields", _PAPERS
    ),
    EntryKind.DESTRUCTION: Wording(
        "", "", "text.entry_text:destroyed_line", "text.reply:destruction_reply", "", "", _DESTROYED
    ),
    EntryKind.SENDER: Wording(
        "text.entry_text:sender_content", "填报人：", _LABELLED, "text.reply:noted_reply", "", "json.entries:sender_fields", _OTHERS
    ),
    EntryKind.OFFICE_NAME: Wording(
        "text.entry_text:name_content", "本办名称：", _LABELLED, "text.reply:name_reply", "text.reply:office_now", "", _OTHERS
    ),
    EntryKind.AGENCY_RENAME: Wording(
        "text.entry_text:unit_change_content", "更名：", _LABELLED, "text.reply:unit_change_reply", "", "json.entries:unit_change_fields", _OTHERS
    ),
    EntryKind.AGENCY_MERGE: Wording(
        "text.entry_text:unit_change_content", "合并：", _LABELLED, "text.reply:unit_change_reply", "", "json.entries:unit_change_fields", _OTHERS
    ),
}  # fmt: skip


@cache
def load_wording(name: str) -> Callable[..., Any]:  # Any: each column has its own arguments
    """Load the function that a cell names."""
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(f"planledger.formats.{module}"), function)
    return loaded
