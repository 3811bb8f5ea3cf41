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
    reply: str  # (stored, receipt): what the action that stores it answers
    where: str  # (draft, sheet): lines of the reply on the unit that it is about; empty where there is none
    fields: str  # (entry, history): the fields of JSON that only this kind fills; empty where there are none
    supplement: str  # head in a later archive under which it stands


_ENTRY = "planledger.formats.text.entry_text:"
_REPLY = "planledger.formats.text.reply:"
_FILING = "planledger.formats.text.filing_text:"
_JSON = "planledger.formats.json.entries:"
_LABELLED = _ENTRY + "labelled_line"
_NOTED = _REPLY + "noted_reply"
_FIGURE = _ENTRY + "figure_content"
_PAPERS, _DESTROYED, _REVERSED, _OTHERS = "新增材料", "销毁材料", "冲正记录", "其他新增记录"
WITHDRAWN = "撤回材料"  # of a reversal that reverses a paper
SUPPLEMENTED = (_PAPERS, WITHDRAWN, _DESTROYED, _REVERSED, _OTHERS)

WORDING: dict[str, Wording] = {
    EntryKind.ADOPTION: Wording("", "", _LABELLED, _NOTED, "", "", _OTHERS),
    EntryKind.AMOUNT: Wording(
        _FIGURE, "", _LABELLED, _REPLY + "amount_reply", "", "", _OTHERS
    ),
    EntryKind.DECLARATION: Wording(
        "", "", _LABELLED, _REPLY + "declaration_reply", "", "", _OTHERS
    ),
    EntryKind.PAPER: Wording(
        _ENTRY + "paper_content", "材料：", _LABELLED, _REPLY + "paper_reply", "", _JSON + "paper_fields", _PAPERS
    ),
    EntryKind.REPORT: Wording(
        _ENTRY + "report_content", "", _LABELLED, _REPLY + "report_reply", "", _JSON + "report_fields", _OTHERS
    ),
    EntryKind.REVERSAL: Wording(
        _FIGURE, "", _ENTRY + "reversed_line", _REPLY + "reversal_reply", "", "", _REVERSED
    ),
    EntryKind.CLOSE: Wording("", "", _LABELLED, _NOTED, "", "", _OTHERS),
    EntryKind.REOPEN: Wording("", "", _LABELLED, _NOTED, "", "", _OTHERS),
    EntryKind.AMENDMENT: Wording(
        _ENTRY + "amendment_content", "调整：", _LABELLED, _REPLY + "amendment_reply", "", _JSON + "amendment_fields", _OTHERS
    ),
    EntryKind.FILING: Wording(
        _ENTRY + "filing_content", "报送：", _LABELLED, _FILING + "filing_reply", _FILING + "filings_of_unit",
        _JSON + "filing_fields", _OTHERS,
    ),
    EntryKind.RETURN: Wording(
        _ENTRY + "filing_content", "退回补正：", _LABELLED, _FILING + "return_reply", _FILING + "filings_of_unit", "", _OTHERS
    ),
    EntryKind.CONTACT: Wording(
        _ENTRY + "contact_content", "联系人：", _LABELLED, _FILING + "contact_reply", _FILING + "contact_of_unit",
        _JSON + "contact_fields", _OTHERS,
    ),
    EntryKind.EVIDENCE: Wording(
        _ENTRY + "evidence_content", "佐证材料：", _LABELLED, _REPLY + "evidence_reply", "", _JSON + "evidence_fields", _PAPERS
    ),
    EntryKind.DESTRUCTION: Wording(
        "", "", _ENTRY + "destroyed_line", _REPLY + "destruction_reply", "", "", _DESTROYED
    ),
    EntryKind.OFFICE_NAME: Wording(
        _ENTRY + "name_content", "本办名称：", _LABELLED, _REPLY + "name_reply", _REPLY + "office_now", "", _OTHERS
    ),
}  # fmt: skip


@cache
def load_wording(name: str) -> Callable[..., Any]:  # Any: each column has its own arguments
    """Load the function that a cell names."""
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), function)
    return loaded
