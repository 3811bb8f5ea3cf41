"""Forms that came back, for tests that only want one: filled in as a clerk would."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import copied

LINES = 40


@cache
def sent(ledger: Path, unit: str = "大新县人社局", month: str = "2019-07") -> bytes:
    """Return the form of one unit as the office sends it on 2 August."""
    from planledger.formats.form.write_form import write_form
    from planledger.questions.facts.plans import plan_in_force
    from planledger.questions.forms.form import form_of
    from planledger.questions.sheet import load

    store, day, out = copied(ledger), "2019-08-02", BytesIO()
    sheet = load(store, plan_in_force(store, "", day, "9999"), day, "9999")
    form = form_of(store, sheet, next(one for one in sheet.agencies if one.name == unit), month)
    write_form(form, out)
    store.close()
    return out.getvalue()


def form_with_details(cli: Callable[..., Any], home: Path, ledger: Path) -> Path:
    """Return the form of one unit with forty different entries."""
    words = ("template", "--agency", "大新县人社局", "--period", "2019-07", "-o", "空表.xlsx")
    cli(*words, "--ledger", str(ledger))
    book = load_workbook(home / "空表.xlsx")
    page = book["明细"]
    for row in range(3, 3 + LINES):
        for column, value in zip("ABCD", ("6.1", "新增转移就业", row, "2019-07-16"), strict=True):
            page[f"{column}{row}"] = value
    book.save(home / "填报表.xlsx")
    (home / "空表.xlsx").unlink()
    return home / "填报表.xlsx"
