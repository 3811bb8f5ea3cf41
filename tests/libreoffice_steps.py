"""Fill in a workbook in a real LibreOffice, step by step as a clerk would; run by the Python that has its bridge.

    /usr/bin/python3 libreoffice_steps.py PROFILE < steps.json

Each step is a list: what to do, and with what. Text is entered as it is typed, so that the program takes it for a number, a day or a text.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.sheet import TableFilterField  # type: ignore[import-not-found]
from com.sun.star.sheet.FilterOperator import EQUAL  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}


def named(**values: object) -> tuple[Any, ...]:
    properties = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        properties.append(one)
    return tuple(properties)


class Office:
    """A LibreOffice without a window, and the workbook that is open in it."""

    def __init__(self, profile: str) -> None:
        pipe = f"steps{time.time_ns()}"
        options = (f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo")
        self.process = subprocess.Popen(["soffice", *options, f"--accept=pipe,name={pipe};urp;"])
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(600):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.2)
        create = self.context.ServiceManager.createInstanceWithContext
        self.desktop = create("com.sun.star.frame.Desktop", self.context)
        self.dispatcher = create("com.sun.star.frame.DispatchHelper", self.context)

    def open(self, path: str) -> None:
        self.book = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, named(Hidden=True))
        for sheet in self.book.Sheets:
            if sheet.isProtected():
                sheet.unprotect("")

    def save(self, path: str) -> None:
        self.book.storeToURL(Path(path).as_uri(), named(FilterName=FILTERS[Path(path).suffix]))

    def reopen(self, path: str) -> None:
        self.book.close(True)
        self.open(path)

    def type(self, sheet: str, cells: dict[str, str]) -> None:
        page, controller = self.book.Sheets.getByName(sheet), self.book.CurrentController
        controller.setActiveSheet(page)
        for cell, text in cells.items():
            rule = page.getCellRangeByName(cell).Validation
            rule.ShowErrorMessage = False  # as where a cell is pasted
            page.getCellRangeByName(cell).Validation = rule
            for command, values in (
                (".uno:GoToCell", {"ToPoint": cell}),
                (".uno:EnterString", {"StringName": text}),
            ):
                self.dispatcher.executeDispatch(controller.Frame, command, "", 0, named(**values))

    def area(self, sheet: str, area: str) -> Any:
        return self.book.Sheets.getByName(sheet).getCellRangeByName(area)

    def insert_rows(self, sheet: str, above: int, count: int) -> None:
        self.book.Sheets.getByName(sheet).Rows.insertByIndex(above - 1, count)

    def delete_rows(self, sheet: str, first: int, count: int) -> None:
        self.book.Sheets.getByName(sheet).Rows.removeByIndex(first - 1, count)

    def sort(self, sheet: str, area: str, column: int) -> None:
        field = TableSortField()
        field.Field, field.IsAscending = column, False
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        self.area(sheet, area).sort(named(SortFields=fields, ContainsHeader=False))

    def filter(self, sheet: str, area: str, column: int, text: str) -> None:
        """Show the lines that have a text in a column, by the arrows of the heads."""
        lines, field = self.area(sheet, area), TableFilterField()
        field.Field, field.Operator, field.IsNumeric, field.StringValue = column, EQUAL, False, text
        wanted = lines.createFilterDescriptor(True)
        wanted.ContainsHeader, wanted.FilterFields = True, (field,)
        lines.filter(wanted)
        self.book.getPropertyValue("UnnamedDatabaseRanges").getByTable(
            lines.RangeAddress.Sheet
        ).AutoFilter = True

    def copy(self, sheet: str, area: str, to: str) -> None:
        page = self.book.Sheets.getByName(sheet)
        page.copyRange(page.getCellRangeByName(to).CellAddress, page.getCellRangeByName(area).RangeAddress)

    def merge(self, sheet: str, area: str) -> None:
        self.area(sheet, area).merge(True)

    def color(self, sheet: str, area: str, rgb: int) -> None:
        self.area(sheet, area).CellBackColor = rgb

    def add_sheet(self, name: str) -> None:
        self.book.Sheets.insertNewByName(name, 0)

    def end(self) -> None:
        self.book.close(True)
        self.desktop.terminate()
        self.process.wait(60)


def main() -> None:
    office = Office(sys.argv[1])
    try:
        for action, *arguments in json.load(sys.stdin):
            getattr(office, action)(*arguments)
    finally:
        office.end()


if __name__ == "__main__":
    main()
