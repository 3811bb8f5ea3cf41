"""Laws of forms that come back: an unchanged one brings nothing, a mutilated one is never misread, every row is accounted for."""

import random
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from asking import ledger_as_of
from book import Book
from conftest import at, copied
from hostile_workbooks import SLOW
from planledger.formats.form.read_form import returned
from planledger.formats.form.read_identity import identity_of
from planledger.formats.form.write_form import write_form
from planledger.formats.xlsx.opening import WorkbookRefused, open_workbook
from planledger.ledger.actions.request import Recording
from planledger.ledger.forms.incoming import look_at, take_in
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.ledger.session import PlanSession
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.forms.form import Form, form_of
from planledger.questions.forms.returned import Intake, Returned
from planledger.questions.sheet import load
from planledger.store.database import Store
from trials import examples

TODAY, PERIOD, UNIT = "2019-08-02", "2019-07", "大新县人社局"
Change = Callable[[Any], object]


def form_in(store: Store, unit: str = UNIT) -> Form:
    sheet = load(ledger_as_of(store, TODAY))
    return form_of(sheet, next(a for a in sheet.agencies if a.name == unit), PERIOD)


def written(form: Form) -> bytes:
    out = BytesIO()
    write_form(form, out)
    return out.getvalue()


def come_back(store: Store, folder: Path, data: bytes) -> Returned:
    path = folder / "back.xlsx"
    path.write_bytes(data)
    book = open_workbook(path)
    identity = identity_of(book)
    return returned(book, form_in(store, identity.agency), TODAY)


def judged(store: Store, folder: Path, data: bytes) -> Intake:
    return look_at(PlanSession(store, at(TODAY)), come_back(store, folder, data), "")


def taken_in(store: Store, form: Returned) -> tuple[int, ...]:
    return take_in(PlanSession(store, at(TODAY)), form, "", lambda _: None)


class Blank(bytes):
    """A form, whose bytes are nothing to read in a report."""

    def __repr__(self) -> str:
        return "a blank form"


@pytest.fixture(scope="module")
def blank_form(fresh_ledger: Path) -> Iterator[bytes]:
    """The form of one unit on a ledger in which nothing happened."""
    store = copied(fresh_ledger)
    yield Blank(written(form_in(store)))
    store.close()


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["transferred", "fairs", "stable", "students"]),
        st.integers(0, 300),
        st.sampled_from(["大新县人社局", "江海区人社局", ""]),
        st.sampled_from(["2019-05-10", "2019-07-10", "2019-07-31"]),
    ),
    max_size=8,
)


@given(ENTRIES)
@examples(8)
def test_a_form_of_any_ledger_that_comes_back_unchanged_brings_no_entry(
    fresh_ledger: Path, tmp_path: Path, entries: list[tuple[str, int, str, str]]
) -> None:
    store = copied(fresh_ledger)
    for key, amount, unit, day in entries:
        Book(store, at(TODAY)).record(Recording("6.1", ((key, str(amount)),), agency=unit, on=day))
    intake = judged(store, tmp_path, written(form_in(store)))

    assert ((), (), 0) == (intake.wanted, intake.faults, intake.new + intake.changed + intake.unchanged)
    store.close()


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 10**10),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.booleans(),
    st.sampled_from(
        ["40人", "４０", "四十", "是", "否", "2019-07-16", "2019年7月16日", "=1+1", "#REF!", " ", "正在摸底"]
    ),
    st.dates(
        min_value=__import__("datetime").date(2018, 1, 1), max_value=__import__("datetime").date(2020, 1, 1)
    ),
)


@given(st.dictionaries(st.tuples(st.integers(5, 13), st.integers(9, 15)), CELLS, max_size=12))
@examples(10)
def test_every_row_is_accounted_for_whatever_was_typed(
    fresh_ledger: Path, blank_form: bytes, tmp_path: Path, cells: dict[tuple[int, int], Any]
) -> None:
    """Rows in are accepted, blank or refused, and a form with a fault has nothing to store that could be stored."""
    store = copied(fresh_ledger)
    book = load_workbook(BytesIO(blank_form))
    for (row, column), value in cells.items():
        book["填报表"].cell(row, column).value = value
    out = BytesIO()
    book.save(out)
    intake = judged(store, tmp_path, out.getvalue())

    assert len(intake.returned.lines) == intake.accepted + intake.blank + intake.refused
    numbers = [] if intake.faults else taken_in(store, intake.returned)
    assert len(numbers) == (0 if intake.faults else intake.new)
    store.close()


def _moved(sheet: Any) -> None:
    sheet.move_range("A7:O7", rows=1)


MUTATIONS: dict[str, Change] = {
    "a row deleted": lambda book: book["填报表"].delete_rows(6),
    "a row put in": lambda book: book["填报表"].insert_rows(6),
    "a column deleted": lambda book: book["填报表"].delete_cols(4),
    "a column put in": lambda book: book["填报表"].insert_cols(9),
    "a row moved": lambda book: _moved(book["填报表"]),
    "two codes swapped": lambda book: _swap(book["填报表"], "A5", "A6"),
    "two indicators swapped": lambda book: _swap(book["填报表"], "D6", "D7"),
    "two heads swapped": lambda book: _swap(book["填报表"], "I4", "J4"),
    "all rows sorted backwards": lambda book: _reversed(book["填报表"]),
    "a row copied below": lambda book: _copied(book["填报表"], 7, 14),
    "a row copied over another": lambda book: _copied(book["填报表"], 7, 8),
    "cells merged": lambda book: book["填报表"].merge_cells("I7:I8"),
    "a head gone": lambda book: _put(book["填报表"], "I4", None),
    "the form renamed": lambda book: setattr(book["填报表"], "title", "表1"),
    "the details renamed": lambda book: setattr(book["明细"], "title", "明细表"),
    "the details deleted": lambda book: book.remove(book["明细"]),
    "the hidden sheet deleted": lambda book: book.remove(book["_planledger"]),
    "another unit in the hidden sheet": lambda book: _put(book["_planledger"], "B4", "江海区人社局"),
    "another month in the hidden sheet": lambda book: _put(book["_planledger"], "B5", "2019-06"),
    "another version in the hidden sheet": lambda book: _put(book["_planledger"], "B3", "0" * 64),
    "a key in the hidden sheet changed": lambda book: _put(book["_planledger"], "C10", "fairs"),
    "a row in the hidden sheet changed": lambda book: _put(book["_planledger"], "A10", 99),
    "more lines in the hidden sheet than a form has": lambda book: _lengthened(book["_planledger"]),
    "a head of the details gone": lambda book: _put(book["明细"], "C2", None),
    "something below the form": lambda book: _put(book["填报表"], "I20", 3),
    "something beside the form": lambda book: _put(book["填报表"], "R7", "注"),
    "a row hidden": lambda book: setattr(book["填报表"].row_dimensions[7], "hidden", True),
}


HARMLESS = ("a row put in", "all rows sorted backwards")


def _put(sheet: Any, cell: str, value: object) -> None:
    sheet[cell].value = value


def _lengthened(sheet: Any) -> None:
    """Many keys make many comparisons."""
    first = next(row for row in range(8, 99) if sheet.cell(row, 1).value is None)
    for row in range(first, first + 1_200):
        for column, value in enumerate((row - 3, "6.1", f"k{row}"), 1):
            sheet.cell(row, column).value = value


@pytest.mark.parametrize("name", SLOW)
def test_no_form_takes_minutes_to_read(
    fresh_ledger: Path, blank_form: Blank, tmp_path: Path, name: str
) -> None:
    """What a form may have many of, and what is held against it, are each gone through once."""
    store, data = copied(fresh_ledger), SLOW[name](blank_form)
    before = process_time()
    come_back(store, tmp_path, data)
    taken = process_time() - before
    store.close()

    assert taken < 4


def _swap(sheet: Any, one: str, other: str) -> None:
    sheet[one].value, sheet[other].value = sheet[other].value, sheet[one].value


def _copied(sheet: Any, row: int, to: int) -> None:
    for column in range(1, 16):
        sheet.cell(to, column).value = sheet.cell(row, column).value


def _reversed(sheet: Any) -> None:
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(5, 13, 1, 15)]
    for row, line in enumerate(reversed(lines), 5):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutilated_form_is_refused_or_read_as_it_was_filled(
    fresh_ledger: Path, blank_form: bytes, tmp_path: Path, name: str
) -> None:
    """Two figures stand in it: 40 转移就业 and 3 招聘会; nothing else may ever come out of it."""
    store = copied(fresh_ledger)
    book = load_workbook(BytesIO(blank_form))
    for cell, value in (("I7", 40), ("J7", "2019-07-16"), ("I6", 3), ("J6", "2019-07-17")):
        book["填报表"][cell].value = value
    MUTATIONS[name](book)
    out = BytesIO()
    book.save(out)
    try:
        intake = judged(store, tmp_path, out.getvalue())
    except Refusal:
        return

    figures = {(draft.indicator, draft.amount, draft.dated) for draft in intake.wanted}
    filled = {("transferred", 40, "2019-07-16"), ("fairs", 3, "2019-07-17")}
    assert figures <= filled
    assert bool(intake.faults) == (name not in HARMLESS)
    assert intake.faults or figures == filled
    store.close()


def test_a_form_with_bits_flipped_is_read_or_refused_and_never_a_traceback(
    fresh_ledger: Path, blank_form: bytes, tmp_path: Path
) -> None:
    store, chance = copied(fresh_ledger), random.Random(2019)  # noqa: S311  (the same flips every time)
    for _ in range(60):
        data = bytearray(blank_form)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            intake = judged(store, tmp_path, bytes(data))
        except WorkbookRefused:
            continue
        assert () == intake.wanted
    store.close()


def test_a_form_that_was_read_by_a_version_that_is_no_longer_in_force_is_read_again(
    fresh_ledger: Path, blank_form: bytes, tmp_path: Path, plan: Plan
) -> None:
    """Another program may adopt a version between reading and storing: 40 would be stored as 0.40."""
    store = copied(fresh_ledger)
    book = load_workbook(BytesIO(blank_form))
    book["填报表"]["I7"].value, book["填报表"]["J7"].value = 40, "2019-07-16"
    out = BytesIO()
    book.save(out)
    read = come_back(store, tmp_path, out.getvalue())
    finer = tuple(i._replace(decimals=2) if i.key == "transferred" else i for i in plan.indicators)
    adopt(store, NewPlan(plan._replace(indicators=finer), at(TODAY)))

    with pytest.raises(Refusal, match="读出以后方案又启用了新版本"):
        taken_in(store, read)

    (again,) = come_back(store, tmp_path, out.getvalue()).filled
    assert 4000 == again.amount
    store.close()


def test_a_form_of_the_year_1904_has_the_same_days(
    fresh_ledger: Path, blank_form: bytes, tmp_path: Path
) -> None:
    from datetime import datetime

    from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

    store = copied(fresh_ledger)
    book = load_workbook(BytesIO(blank_form))
    book.epoch = CALENDAR_MAC_1904
    book["填报表"]["I7"].value = 40
    book["填报表"]["J7"].value = to_excel(datetime(2019, 7, 16), CALENDAR_MAC_1904)  # noqa: DTZ001
    book["填报表"]["J7"].number_format = "0"
    out = BytesIO()
    book.save(out)

    assert ["2019-07-16"] == [draft.dated for draft in judged(store, tmp_path, out.getvalue()).wanted]
    store.close()


@pytest.mark.parametrize("name", ["表=1+1.xlsx", "11010519491231002X.xlsx", "a\x1b[31mb.xlsx"])
def test_a_file_name_is_data_too(cli: Callable[..., Any], home: Path, name: str) -> None:
    """An identity number in it is refused, and nothing of it acts on the terminal."""
    cli("template", "--agency", UNIT, "--period", "2019-07", "-o", "form.xlsx", "--as-of", "2019-08-02")
    book = load_workbook(home / "form.xlsx")
    book["填报表"]["I7"].value, book["填报表"]["J7"].value = 40, "2019-07-16"
    book.save(home / "filled.xlsx")
    shutil.move(home / "filled.xlsx", home / name)
    answer = cli("import", name)

    assert "\x1b" not in answer.out
    assert (5 if "11010519491231002X" in name else 0) == answer.code
