"""What the forms of all units cost: CPU beside XlsxWriter, which writes the same cells.

The peer is spared the work of thinking: it gets cells, kinds of cell, widths, heights, rules and names ready made, as
they are read from our own workbooks beforehand. Both write into memory, turn by turn, the 50 forms of the built-in plan.

Usage: `python bench/templates.py [--rounds 7]` (the peer: `pip install xlsxwriter`)
"""

import argparse
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from planledger.formats.form.write_form import write_form
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.file.yaml_file import require_plan
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.forms.form import Form, forms_of_all
from planledger.questions.sheet import load
from planledger.store.paths import built_in_plan

try:
    import xlsxwriter
except ImportError:
    xlsxwriter = None

DAY, PERIOD, GOAL = "2019-07-31", "2019-07", 1.5
LINE = {"thin": 1, None: 0}
KINDS = {
    "whole": "integer",
    "greaterThanOrEqual": ">=",
    "between": "between",
}


def main() -> None:
    """Write the forms of all units, turn by turn, and print the ratio."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    forms = _forms()
    ready = [_ready(_book(form)) for form in forms]
    cells = sum(len(sheet["cells"]) for book in ready for sheet in book["sheets"])
    print(f"{len(forms)} forms, {cells:,} cells; CPU of a round in seconds, median of {rounds}; turn by turn")
    ours: list[float] = []
    peers: list[float] = []
    for _ in range(rounds):
        ours.append(_timed(lambda: _all(forms)))
        if xlsxwriter:
            peers.append(_timed(lambda: _all_of_the_peer(ready)))
    print(f"{'planledger (openpyxl)':24} {statistics.median(ours):6.3f}")
    if not xlsxwriter:
        print("XlsxWriter is not installed: nothing to compare with")
        return
    print(f"{'XlsxWriter':24} {statistics.median(peers):6.3f}")
    ratio = statistics.median(one / other for one, other in zip(ours, peers, strict=True))
    print(f"{'ratio':24} {ratio:6.2f}   goal: at most {GOAL}")


def _forms() -> tuple[Form, ...]:
    store = adopt_in_memory(require_plan(built_in_plan()), Clerk("", "0001-01-01T00:00:00.000000+08:00"))
    sheet = load(LedgerAsOf(store, plan_in_force(store, "", DAY, "9999"), DAY, "9999"))
    return forms_of_all(sheet, PERIOD)


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _all(forms: tuple[Form, ...]) -> None:
    for form in forms:
        write_form(form, BytesIO())


def _book(form: Form) -> Any:
    from openpyxl import load_workbook

    written = BytesIO()
    write_form(form, written)
    return load_workbook(written)


def _ready(book: Any) -> dict[str, Any]:
    """Take a workbook of ours apart into what the peer's calls want."""
    kinds: dict[int, dict[str, Any]] = {}
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            kinds.setdefault(cell.style_id, _kind(cell))
    return {
        "kinds": kinds,
        "names": {name: f"={one.attr_text}" for name, one in book.defined_names.items()},
        "properties": [(one.name, one.value) for one in book.custom_doc_props.props],
        "sheets": [_sheet(sheet) for sheet in book],
    }


def _kind(cell: Any) -> dict[str, Any]:
    return {
        "font_name": cell.font.name,
        "font_size": cell.font.sz,
        "bold": cell.font.b,
        "align": cell.alignment.horizontal or "general",
        "valign": "vcenter",
        "text_wrap": True,
        "locked": cell.protection.locked,
        "num_format": cell.number_format,
        "border": LINE[cell.border.left.style],
        **({"bg_color": f"#{cell.fill.fgColor.rgb[2:]}"} if cell.fill.fill_type else {}),
    }


def _sheet(sheet: Any) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "hidden": sheet.sheet_state == "hidden",
        "cells": [
            (cell.row - 1, cell.column - 1, cell.value, cell.style_id)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ],
        "widths": {name: one.width for name, one in sheet.column_dimensions.items()},
        "heights": {row - 1: one.height for row, one in sheet.row_dimensions.items()},
        "rules": [(str(one.sqref), _rule(one)) for one in sheet.data_validations.dataValidation],
    }


def _rule(one: Any) -> dict[str, Any]:
    fields = {
        "input_title": one.promptTitle,
        "input_message": one.prompt,
        "error_title": one.errorTitle,
        "error_message": one.error,
    }
    if one.type == "list":
        words = one.formula1.strip('"').split(",")
        return {**fields, "validate": "list", "source": words if len(words) > 1 else f"={one.formula1}"}
    rule = {"validate": KINDS.get(one.type, one.type), "criteria": KINDS[one.operator], **fields}
    if one.operator == "between":
        return rule | {"minimum": int(one.formula1), "maximum": int(one.formula2)}
    return rule | {"value": int(one.formula1)}


def _all_of_the_peer(ready: list[dict[str, Any]]) -> None:
    for book in ready:
        _peer(book)


def _peer(ready: dict[str, Any]) -> None:
    """Write the same workbook as XlsxWriter would."""
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    kinds = {kind: book.add_format(looks) for kind, looks in ready["kinds"].items()}
    for one in ready["sheets"]:
        sheet = book.add_worksheet(one["title"])
        for name, width in one["widths"].items():
            sheet.set_column(f"{name}:{name}", width)
        for row, height in one["heights"].items():
            sheet.set_row(row, height)
        _cells(sheet, one["cells"], kinds)
        for places, rule in one["rules"]:
            first, *others = places.split(" ")
            sheet.data_validation(first, {**rule, **({"multi_range": places} if others else {})})
        _page(sheet, is_hidden=one["hidden"])
    for name, area in ready["names"].items():
        book.define_name(name, area)
    for name, value in ready["properties"]:
        book.set_custom_property(name, value)
    book.close()


def _cells(sheet: Any, cells: list[tuple[int, int, Any, int]], kinds: dict[int, Any]) -> None:
    for row, column, value, kind in cells:
        if isinstance(value, str):
            sheet.write_string(row, column, value, kinds[kind])
        elif value is None:
            sheet.write_blank(row, column, None, kinds[kind])
        else:
            sheet.write_number(row, column, value, kinds[kind])


def _page(sheet: Any, *, is_hidden: bool) -> None:
    sheet.protect()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 1)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    if is_hidden:
        sheet.hide()


if __name__ == "__main__":
    main()
