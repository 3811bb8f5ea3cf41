"""Forms that came back, for tests that only want one: filled in as a clerk would."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

LINES = 40


def form_with_details(cli: Callable[..., Any], home: Path, ledger: Path) -> Path:
    """Give the form of one unit that says forty different things."""
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
