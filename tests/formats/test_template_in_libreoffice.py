"""The form in another office program: what a re-save keeps, and what the printer gets."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from planledger.formats.form.layout import COLUMNS, DETAILS, FILL_IN, IDENTITY, IDENTITY_NAMES

pytestmark = pytest.mark.libreoffice
Cli = Callable[..., "tuple[int, str, str]"]
Convert = Callable[[Path, str], Path]
UNITS = ("大新县人社局", "江海区扶贫办")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Save a file in another form, in a profile that nobody else uses."""
    profile = tmp_path_factory.mktemp("profile")

    def save_as(file: Path, ending: str) -> Path:
        folder = tmp_path_factory.mktemp(ending)
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
                *("--convert-to", ending, "--outdir", str(folder), str(file)),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return folder / f"{file.stem}.{ending}"

    return save_as


def opened(file: Path) -> Any:
    """A workbook as openpyxl reads it."""
    from openpyxl import load_workbook

    return load_workbook(file)


@pytest.fixture
def filled(cli: Cli, home: Path) -> Path:
    """A form that somebody has filled in."""
    assert 0 == cli("template", "--agency", "大新县人社局", "--period", "2019-07", "-o", "form.xlsx")[0]
    book = opened(home / "form.xlsx")
    sheet = book[FILL_IN]
    sheet["I7"], sheet["J7"], sheet["L6"] = 12, datetime(2019, 7, 16), "已办招聘会1期"  # noqa: DTZ001  (a day)
    sheet["O7"] = "=花名册"
    sheet["O7"].data_type = "s"
    book[DETAILS]["A3"], book[DETAILS]["B3"], book[DETAILS]["C3"] = "6.1", "招聘会", 1
    book.save(home / "form.xlsx")
    return home / "form.xlsx"


@pytest.mark.parametrize("way", [("xlsx",), ("ods", "xlsx")], ids=" ".join)
def test_a_re_save_keeps_identity_values_and_locks(
    filled: Path, convert: Convert, way: tuple[str, ...]
) -> None:
    """As xlsx, and by way of ods."""
    file = filled
    for ending in way:
        file = convert(file, ending)
    before, after = opened(filled), opened(file)

    assert facts(before) == facts(after)
    assert "hidden" == after[IDENTITY].sheet_state
    sheet = after[FILL_IN]
    assert (12, datetime(2019, 7, 16)) == (sheet["I7"].value, sheet["J7"].value)  # noqa: DTZ001
    assert ("=花名册", "s") == (sheet["O7"].value, sheet["O7"].data_type)
    assert ("6.1", "s") == (sheet["A7"].value, sheet["A7"].data_type)
    assert ("6.1", "s") == (after[DETAILS]["A3"].value, after[DETAILS]["A3"].data_type)


def facts(book: Any) -> dict[str, object]:
    """What whoever reads the form back hangs on."""
    return {
        "sheets": book.sheetnames,
        "properties": {one.name: one.value for one in book.custom_doc_props.props},
        "protected": [sheet.protection.sheet for sheet in book],
        "cells": {
            (sheet.title, cell.coordinate): (cell.value, cell.protection.locked)
            for sheet in book
            for row in sheet.iter_rows(max_row=60, max_col=len(COLUMNS))
            for cell in row
            if cell.value is not None or not cell.protection.locked
        },
        "names": {name: one.attr_text.replace("'", "") for name, one in book.defined_names.items()},
    }


def test_rules_are_the_same_cell_by_cell_after_a_re_save(filled: Path, convert: Convert) -> None:
    def rules(book: Any) -> set[tuple[object, ...]]:
        return {
            (sheet.title, cell, rule.type, rule.formula1, rule.prompt, rule.error)
            for sheet in book
            for rule in sheet.data_validations.dataValidation
            for area in rule.sqref.ranges
            for cell in area.cells
        }

    assert rules(opened(filled)) == rules(opened(convert(filled, "xlsx")))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here")
@pytest.mark.parametrize("unit", UNITS)
def test_the_printer_gets_all_columns_on_each_page(cli: Cli, home: Path, convert: Convert, unit: str) -> None:
    """The form, fifty open lines on two pages, and how to fill in; the hidden sheet stays hidden."""
    assert 0 == cli("template", "--agency", unit, "-o", "form.xlsx")[0]
    pdf = convert(home / "form.xlsx", "pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True)
    pages = [re.sub(r"\s", "", page) for page in text.stdout.split("\f")[:-1]]
    forms = pages[:-3]

    assert 1 <= len(forms) <= 2
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
    for page in forms:
        assert [] == [name for name in COLUMNS if name not in page]
    assert all("佐证材料" in page for page in pages[-3:-1])
    assert "填表说明" in pages[-1]
    assert not any(name in page for name in IDENTITY_NAMES for page in pages)
