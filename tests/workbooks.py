"""What tests of workbooks ask of them: sheets read back, cells as texts, ledgers with anything in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook  # noqa: TID253  (a workbook is what is tested)

from planledger.ledger.chain.journal import append_all
from planledger.ledger.clerk import Clerk
from planledger.plan.model.entry_details import write_details
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.receipt import Draft
from planledger.store.database import Store

HEADS_IN = 3


def sheet_of(path: Path, name: str) -> Any:
    """A sheet as a person would find it."""
    return load_workbook(path)[name]


def lines_of(page: Any) -> list[dict[str, Any]]:
    """The lines below the heads, by the names of the heads."""
    heads = [cell.value for cell in page[HEADS_IN]]
    rows = page.iter_rows(min_row=HEADS_IN + 1, values_only=True)
    return [dict(zip(heads, row, strict=False)) for row in rows if any(value is not None for value in row)]


def cells_of(path: Path) -> Iterator[Any]:
    """Every cell of every sheet that holds something."""
    for page in load_workbook(path).worksheets:
        yield from (cell for row in page.iter_rows() for cell in row if cell.value is not None)


def raw(path: Path) -> str:
    """What the sheets are in the file itself."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return "".join(archive.read(name).decode("utf-8") for name in names)


def report(store: Store, text: str, code: str = "6.1") -> None:
    """Store a report whose words and note no command would store, which a ledger of another program may hold."""
    plan = plan_in_force(store, "", "2019-06-18", "9999")
    draft = Draft("report", "2019-06-18", code, details=write_details(progress=text), note=text)
    with store.transaction():
        append_all(store, plan.plan_id, (draft,), Clerk("试验员", "2019-06-18T09:00:00.000000+08:00"))
