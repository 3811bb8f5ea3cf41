"""Which form a workbook is that came back, and what each of its rows is about: two marks that must agree."""

from typing import Any

from planledger.papers.form import (
    FILL_IN,
    FIRST_KEY_ROW,
    FIRST_ROW,
    IDENTITY,
    IDENTITY_NAMES,
    PROPERTY,
    VERSION,
    Identity,
)
from planledger.papers.opening import Opened, WorkbookRefused
from planledger.plan.breaks import from_cell


def identity_of(book: Opened) -> Identity:
    """Read which form a workbook is.

    Raises:
        WorkbookRefused: it is none of ours, or its two marks of identity differ.
    """
    if IDENTITY not in book.values.sheetnames or FILL_IN not in book.values.sheetnames:
        raise _refused(book, "不是 planledger 的填报表")
    hidden = book.values[IDENTITY]
    found = [_said(hidden, row, 2) for row in range(1, len(IDENTITY_NAMES) + 1)]
    named = [_said(hidden, row, 1) for row in range(1, len(IDENTITY_NAMES) + 1)]
    properties = {prop.name: from_cell(str(prop.value)) for prop in book.values.custom_doc_props.props}
    kept = [properties.get(PROPERTY.format(name), "") for name in IDENTITY_NAMES]
    if named != list(IDENTITY_NAMES) or found != kept:
        raise _refused(book, "的标识缺失或被改动过，不能确认是哪一份表")
    identity = Identity._make(found)
    if identity.layout != VERSION:
        raise _refused(book, "是另一版程序发出的表")
    return identity


def _said(sheet: Any, row: int, column: int) -> str:
    return from_cell(str(sheet.cell(row, column).value or ""))


def _refused(book: Opened, why: str) -> WorkbookRefused:
    return WorkbookRefused(f"{book.name} {why}；请用 planledger template 重新发表，填好后再导入。未登记。")


def keys_of(book: Opened) -> dict[int, tuple[str, str]]:
    """Read what each row of the form is about, as the hidden sheet has it.

    Raises:
        WorkbookRefused: it names a row twice, or one that the form does not have.
    """
    hidden = book.values[IDENTITY]
    keys: dict[int, tuple[str, str]] = {}
    for number in range(FIRST_KEY_ROW, FIRST_KEY_ROW + 10_000):
        row = hidden.cell(number, 1).value
        if row is None:
            break
        key = (_said(hidden, number, 2), _said(hidden, number, 3))
        if not isinstance(row, int) or row != FIRST_ROW + len(keys) or key in keys.values():
            raise _refused(book, "的标识被改动过，不能确认每一行是什么")
        keys[row] = key
    return keys
