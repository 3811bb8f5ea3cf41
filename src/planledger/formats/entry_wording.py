"""How each kind of entry is worded: one row a kind, loaded where that kind occurs.

Each cell that is not a word names what says it as "module:function". A kind without its row is a KeyError, and no
kind is passed over with nothing but its name unless its row says so. What a kind means stands in `plan/model/entry_kinds.py`.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from planledger.plan.model.terms import EntryKind


class Wording(NamedTuple):
    """One kind of entry: one row."""

    content: str  # (entry, history): what it is about; empty where its kind says all
    prefix: str  # what stands before that
    line: str  # (entry, content): the two in one phrase, as entries are listed
    reply: str  # (stored, receipt): what the action answers
    where: str  # (draft, sheet): where it leaves the unit that it is about
    fields: str  # (entry, history): what JSON says of it alone
    supplement: str  # head in a later archive under which it stands


_SAYINGS, _REPLY, _FILED = (
    "planledger.formats.text.entry_text:",
    "planledger.formats.text.reply:",
    "planledger.formats.text.filing_text:",
)
_RECORDS = "planledger.formats.json.entries:"
_LABELLED = _SAYINGS + "labelled_line"
_NOTED = _REPLY + "noted_reply"
_NOWHERE = _REPLY + "no_unit"
_FIGURE = _SAYINGS + "figure_content"
_NO_MORE = _SAYINGS + "no_content"
_NO_FIELDS = _RECORDS + "no_fields"
_PAPERS, _DESTROYED, _REVERSED, _OTHERS = "新增材料", "销毁材料", "冲正记录", "其他新增记录"
WITHDRAWN = "撤回材料"  # where what is reversed is a paper
SUPPLEMENTED = (_PAPERS, WITHDRAWN, _DESTROYED, _REVERSED, _OTHERS)

WORDING: dict[str, Wording] = {
    EntryKind.ADOPTION: Wording(_NO_MORE, "", _LABELLED, _NOTED, _NOWHERE, _NO_FIELDS, _OTHERS),
    EntryKind.AMOUNT: Wording(
        _FIGURE, "", _LABELLED, _REPLY + "amount_reply", _NOWHERE, _NO_FIELDS, _OTHERS
    ),
    EntryKind.DECLARATION: Wording(
        _NO_MORE, "", _LABELLED, _REPLY + "declaration_reply", _NOWHERE, _NO_FIELDS, _OTHERS
    ),
    EntryKind.PAPER: Wording(
        _SAYINGS + "paper_content", "材料：", _LABELLED, _REPLY + "paper_reply", _NOWHERE, _RECORDS + "paper_fields", _PAPERS
    ),
    EntryKind.REPORT: Wording(
        _SAYINGS + "report_content", "", _LABELLED, _REPLY + "report_reply", _NOWHERE, _RECORDS + "report_fields", _OTHERS
    ),
    EntryKind.REVERSAL: Wording(
        _FIGURE, "", _SAYINGS + "reversed_line", _REPLY + "reversal_reply", _NOWHERE, _NO_FIELDS, _REVERSED
    ),
    EntryKind.CLOSE: Wording(_NO_MORE, "", _LABELLED, _NOTED, _NOWHERE, _NO_FIELDS, _OTHERS),
    EntryKind.REOPEN: Wording(_NO_MORE, "", _LABELLED, _NOTED, _NOWHERE, _NO_FIELDS, _OTHERS),
    EntryKind.AMENDMENT: Wording(
        _SAYINGS + "amendment_content", "调整：", _LABELLED, _REPLY + "amendment_reply", _NOWHERE, _RECORDS + "amendment_fields", _OTHERS
    ),
    EntryKind.FILING: Wording(
        _SAYINGS + "filing_content", "报送：", _LABELLED, _FILED + "filing_reply", _FILED + "filings_of_unit",
        _RECORDS + "filing_fields", _OTHERS,
    ),
    EntryKind.RETURN: Wording(
        _SAYINGS + "filing_content", "退回补正：", _LABELLED, _FILED + "return_reply", _FILED + "filings_of_unit", _NO_FIELDS, _OTHERS
    ),
    EntryKind.CONTACT: Wording(
        _SAYINGS + "contact_content", "联系人：", _LABELLED, _FILED + "contact_reply", _FILED + "contact_of_unit",
        _RECORDS + "contact_fields", _OTHERS,
    ),
    EntryKind.EVIDENCE: Wording(
        _SAYINGS + "evidence_content", "佐证材料：", _LABELLED, _REPLY + "evidence_reply", _NOWHERE, _RECORDS + "evidence_fields", _PAPERS
    ),
    EntryKind.DESTRUCTION: Wording(
        _NO_MORE, "", _SAYINGS + "destroyed_line", _REPLY + "destruction_reply", _NOWHERE, _NO_FIELDS, _DESTROYED
    ),
    EntryKind.OFFICE_NAME: Wording(
        _SAYINGS + "new_name", "本办名称：", _LABELLED, _REPLY + "named", _REPLY + "where_named", _NO_FIELDS, _OTHERS
    ),
}  # fmt: skip


@cache
def load_wording(name: str) -> Callable[..., Any]:
    """Load what a cell names."""
    module, _, function = name.partition(":")
    said: Callable[..., Any] = getattr(import_module(module), function)
    return said
