"""How each kind of entry is worded: one row a kind, loaded where that kind occurs.

A cell that is not a word names a function, which lies in the module of its column or is named as "module:function";
it is empty where the kind has nothing there. A kind without its row is a KeyError. What a kind means stands in
`plan/model/entry_kinds.py`.
"""

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


_LABELLED = "labelled_line"
_PAPERS, _DESTROYED, _REVERSED, _OTHERS = "新增材料", "销毁材料", "冲正记录", "其他新增记录"
WITHDRAWN = "撤回材料"  # of a reversal that reverses a paper
SUPPLEMENTED = (_PAPERS, WITHDRAWN, _DESTROYED, _REVERSED, _OTHERS)

WORDING: dict[str, Wording] = {
    EntryKind.ADOPTION: Wording("", "", _LABELLED, "noted_reply", "", "", _OTHERS),
    EntryKind.AMOUNT: Wording("figure_content", "", _LABELLED, "amount_reply", "", "", _OTHERS),
    EntryKind.DECLARATION: Wording("", "", _LABELLED, "declaration_reply", "", "", _OTHERS),
    EntryKind.PAPER: Wording("paper_content", "材料：", _LABELLED, "paper_reply", "", "paper_fields", _PAPERS),
    EntryKind.REPORT: Wording("report_text", "", _LABELLED, "report_reply", "", "report_fields", _OTHERS),
    EntryKind.REVERSAL: Wording("figure_content", "", "reversed_line", "reversal_reply", "", "", _REVERSED),
    EntryKind.CLOSE: Wording("close_content", "销号：", _LABELLED, "close_reply", "", "close_fields", _OTHERS),
    EntryKind.REOPEN: Wording("", "", _LABELLED, "noted_reply", "", "", _OTHERS),
    EntryKind.AMENDMENT: Wording("amendment_content", "调整：", _LABELLED, "amendment_reply", "", "amendment_fields", _OTHERS),
    EntryKind.FILING: Wording(
        "filing_content", "报送：", _LABELLED, "text.filing_text:filing_reply", "text.filing_text:filings_of_unit", "filing_fields", _OTHERS
    ),
    EntryKind.RETURN: Wording(
        "filing_content", "退回补正：", _LABELLED, "text.filing_text:return_reply", "text.filing_text:filings_of_unit", "", _OTHERS
    ),
    EntryKind.CONTACT: Wording("contact_content", "联系人：", _LABELLED, "contact_reply", "contact_of_unit", "contact_fields", _OTHERS),
    EntryKind.EVIDENCE: Wording("evidence_content", "佐证材料：", _LABELLED, "evidence_reply", "", "evidence_fields", _PAPERS),
    EntryKind.DESTRUCTION: Wording("", "", "destroyed_line", "destruction_reply", "", "", _DESTROYED),
    EntryKind.SENDER: Wording("sender_content", "填报人：", _LABELLED, "noted_reply", "", "sender_fields", _OTHERS),
    EntryKind.OFFICE_NAME: Wording("name_content", "本办名称：", _LABELLED, "name_reply", "office_now", "", _OTHERS),
    EntryKind.AGENCY_RENAME: Wording("unit_change_text", "更名：", _LABELLED, "unit_change_reply", "", "unit_change_fields", _OTHERS),
    EntryKind.AGENCY_MERGE: Wording("unit_change_text", "合并：", _LABELLED, "unit_change_reply", "", "unit_change_fields", _OTHERS),
    EntryKind.CHASE: Wording(
        "text.chase_text:chase_content", "催办：", _LABELLED, "text.chase_text:chase_reply", "", "chase_fields", _OTHERS
    ),
}  # fmt: skip


_MODULES = {  # where the functions of a column lie
    "content": "text.entry_text",
    "line": "text.entry_text",
    "reply": "text.reply",
    "where": "text.reply",
    "fields": "json.entries",
}


@cache
def load_wording(kind: str, column: str) -> Any:  # each column has its own arguments
    """Load the function that a cell names; None where the kind has nothing there."""
    module, _, name = getattr(WORDING[kind], column).rpartition(":")
    return getattr(import_module(f"planledger.formats.{module or _MODULES[column]}"), name) if name else None
