"""How each kind of entry is worded: one row a kind, loaded where that kind occurs.

A cell that is not a word names a function, which lies in the module of its column or is named as "module:function";
it is empty where the kind has nothing there. A kind without its row is a KeyError. What a kind means stands in
`plan/model/entry_kinds.py`.
"""

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from planledger.plan.model.terms import EntryKind

_PAPERS, _DESTROYED, _REVERSED, _OTHERS = "新增材料", "销毁材料", "冲正记录", "其他新增记录"
WITHDRAWN = "撤回材料"  # of a reversal that reverses a paper
SUPPLEMENTED = (_PAPERS, WITHDRAWN, _DESTROYED, _REVERSED, _OTHERS)
_FILINGS = "text.filing_text:filings_of_unit"


class Wording(NamedTuple):
    """One kind of entry: one row. In brackets stands what the function of a cell takes."""

    reply: str  # (draft, receipt): what the action that stores it answers
    content: str = ""  # (entry, history): what it is about; empty where the kind is all there is
    prefix: str = ""  # word before the content
    where: str = ""  # (draft, sheet): lines of the reply on the unit that it is about, if there is one
    fields: str = ""  # (entry, history): the fields of JSON that only this kind fills, if there are any
    line: str = "labelled_line"  # (entry, content): the two in one phrase, as entries are listed
    supplement: str = _OTHERS  # head in a later archive under which it stands


WORDING: dict[str, Wording] = {
    EntryKind.ADOPTION: Wording("noted_reply"),
    EntryKind.AMOUNT: Wording("amount_reply", "figure_content"),
    EntryKind.DECLARATION: Wording("declaration_reply"),
    EntryKind.PAPER: Wording("paper_reply", "paper_content", "材料：", fields="paper_fields", supplement=_PAPERS),
    EntryKind.REPORT: Wording("report_reply", "report_text", fields="report_fields"),
    EntryKind.REVERSAL: Wording("reversal_reply", "figure_content", line="reversed_line", supplement=_REVERSED),
    EntryKind.CLOSE: Wording("close_reply", "close_content", "销号：", fields="close_fields"),
    EntryKind.REOPEN: Wording("noted_reply"),
    EntryKind.AMENDMENT: Wording("amendment_reply", "amendment_content", "调整：", fields="amendment_fields"),
    EntryKind.FILING: Wording("text.filing_text:filing_reply", "filing_content", "报送：", _FILINGS, "filing_fields"),
    EntryKind.RETURN: Wording("text.filing_text:return_reply", "filing_content", "退回补正：", _FILINGS),
    EntryKind.CONTACT: Wording("contact_reply", "contact_content", "联系人：", "contact_of_unit", "contact_fields"),
    EntryKind.EVIDENCE: Wording("evidence_reply", "evidence_content", "佐证材料：", fields="evidence_fields", supplement=_PAPERS),
    EntryKind.DESTRUCTION: Wording("destruction_reply", line="destroyed_line", supplement=_DESTROYED),
    EntryKind.SENDER: Wording("noted_reply", "sender_content", "填报人：", fields="sender_fields"),
    EntryKind.OFFICE_NAME: Wording("name_reply", "name_content", "本办名称：", "office_now"),
    EntryKind.AGENCY_RENAME: Wording("unit_change_reply", "unit_change_text", "更名：", fields="unit_change_fields"),
    EntryKind.AGENCY_MERGE: Wording("unit_change_reply", "unit_change_text", "合并：", fields="unit_change_fields"),
    EntryKind.CHASE: Wording("text.chase_text:chase_reply", "text.chase_text:chase_content", "催办：", fields="chase_fields"),
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
