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
    from asking import ledger_as_of
    from planledger.formats.form.write_form import write_form
    from planledger.questions.forms.form import form_of
    from planledger.questions.sheet import load

    store, day, out = copied(ledger), "2019-08-02", BytesIO()
    sheet = load(ledger_as_of(store, day))
    form = form_of(sheet, next(one for one in sheet.agencies if one.name == unit), month)
    write_form(form, out)
    store.close()
    return out.getvalue()


FOOTER = "IJKLM"  # columns of 单位负责人、审核人、填表人、联系电话、填报日期
FOOTER_ROW = 14  # of the form of 大新县人社局: seven lines from row 5 on, a blank row, the heads
PEOPLE = ("某某某", "试某", "填表员", "13900000009", "2019-08-01")


def filled(form: bytes, path: Path, **cells: object) -> Path:
    """Fill cells of a form and save it: `filled(form, path, I7=40, 明细_A3="6.1")`."""
    book = load_workbook(BytesIO(form))
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("_")
        book[sheet or "填报表"][cell].value = value
    book.save(path)
    return path


def footer(*people: object) -> dict[str, object]:
    """Return the cells of the footer, in its order; None where one is blank."""
    return {f"{column}{FOOTER_ROW}": text for column, text in zip(FOOTER, people, strict=False)}


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
