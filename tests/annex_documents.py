"""The annex of a plan file as an office would have it on the desk: .xlsx and .docx, in the two layouts that are usual.

A is that of 2019: a row that has a number and the name of the area, and below it the items. In B the area is a merged
column, and each unit stands on a line of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml  # noqa: TID253  (the plan file is the document's words)
from docx import Document  # noqa: TID253  (what is made is a document of Word)
from openpyxl import Workbook  # noqa: TID253  (what is made is a workbook)
from openpyxl.styles import Alignment, Border, Side  # noqa: TID253

HEADS = ("序号", "重点工作", "具体事项", "完成时限", "责任单位", "备注")
WIDTHS = (6, 10, 40, 14, 30, 20)


class Printed(NamedTuple):
    """A row as the document prints it, and what a merged cell of it covers."""

    cells: tuple[str, ...]
    is_area: bool = False


def plan_words(path: Path) -> Any:
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_text("utf-8"), loader)  # noqa: S506  (as written: 2022.10 is no number)


def number_of(code: str) -> str:
    """5.2 has two rows in the document of 2019, and its number is printed once."""
    return {"5.2.1": "5.2", "5.2.2": ""}.get(code, code)


def one_a_line(units: str) -> str:
    return re.sub(r"、(?![^（]*）)", "\n", units)


def rows_of(plan: Any, layout: str) -> Iterator[Printed]:
    for area in plan["areas"]:
        if layout == "A":
            yield Printed((area["code"], area["name"], "", "", "", ""), is_area=True)
        for item in area["items"]:
            units = item["units"] if layout == "A" else one_a_line(item["units"])
            name = "" if layout == "A" else area["name"]
            yield Printed(
                (number_of(item["code"]), name, item["text"], item["due"], units, item.get("remark", ""))
            )


def title_of(plan: Any) -> str:
    return f"{plan['plan']['title']}清单"


def merges(plan: Any, layout: str, first: int) -> Iterator[tuple[int, int, int]]:
    """Column, first row and last row of what is merged downwards; rows are counted from *first*."""
    row = first
    for area in plan["areas"]:
        row += layout == "A"
        if layout == "B" and len(area["items"]) > 1:
            yield 1, row, row + len(area["items"]) - 1
        for place, item in enumerate(area["items"]):
            if item["code"] == "5.2.1":
                yield 0, row + place, row + place + 1
        row += len(area["items"])


def save_xlsx(plan: Any, layout: str, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "清单"
    sheet.append(["附件"])
    sheet.append([title_of(plan)])
    sheet.merge_cells("A2:F2")
    sheet.append(HEADS)
    for row in rows_of(plan, layout):
        sheet.append(row.cells)
    thin = Side("thin")
    for cells in sheet.iter_rows(min_row=3):
        for cell in cells:
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.value = cell.value or None
    for column, top, bottom in merges(plan, layout, 4):
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=column + 1, end_column=column + 1)
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "3:3"
    book.save(path)


def save_docx(plan: Any, layout: str, path: Path) -> None:
    document = Document()
    document.add_paragraph(plan["plan"]["title"])
    for clause in plan["clauses"]:
        document.add_paragraph(clause["text"])
    for line in (f"附件：{title_of(plan)}", "附件", title_of(plan)):
        document.add_paragraph(line)
    printed = list(rows_of(plan, layout))
    table = document.add_table(rows=1 + len(printed), cols=len(HEADS), style="Table Grid")
    places = [row.cells for row in table.rows]
    for row, texts in zip(places, [HEADS, *(one.cells for one in printed)], strict=True):
        for cell, text in zip(row, texts, strict=True):
            cell.text = text
    for column, top, bottom in merges(plan, layout, 1):
        for row in places[top + 1 : bottom + 1]:
            row[column].text = ""
        places[top][column].merge(places[bottom][column]).text = printed[top - 1].cells[column]
    document.save(str(path))


COLUMNS = {
    "number": "序号",
    "area": "重点工作",
    "title": "项目名称",
    "text": "主要内容",
    "due": "完成时限",
    "units": "责任单位",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "assist": "配合单位",
    "remark": "备注",
}


def table_of(plan: Any) -> list[dict[str, str]]:
    """The rows of any plan file as a document prints them, by the fields of a plan file; columns of its own by their heads."""
    grouped = [(area["name"], item) for area in plan.get("areas", ()) for item in area["items"]]
    return [
        {"area": area, "number": item.get("number", item["code"])}
        | {key: item[key] for key in COLUMNS if key in item}
        | item.get("columns", {})
        for area, item in [*grouped, *(("", item) for item in plan.get("items", ()))]
    ]


def save_table(plan: Any, path: Path) -> None:
    """A table with a column for each field that some row has, as a workbook or as a document of Word."""
    printed = table_of(plan)
    keys = [
        key
        for key in dict.fromkeys([*COLUMNS, *(key for row in printed for key in row)])
        if any(row.get(key) for row in printed)
    ]
    lines = [
        [COLUMNS.get(key, key) for key in keys],
        *([row.get(key, "") for key in keys] for row in printed),
    ]
    if path.suffix == ".xlsx":
        book = Workbook()
        for line in lines:
            book.worksheets[0].append(line)
        book.save(path)
        return
    document = Document()
    document.add_paragraph(plan["plan"]["title"])
    table = document.add_table(rows=len(lines), cols=len(keys))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    document.save(str(path))
