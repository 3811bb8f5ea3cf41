"""Documents as they lie on the desk, for pages and tests: workbooks made of a plan's words. All that is not of 2019 is made up."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook  # noqa: TID253  (a document on the desk is a workbook)

HEADS = ("序号", "具体事项", "完成时限", "牵头单位", "配合单位", "备注")
TITLE = "云岭县（虚构）2022年重点工作任务清单"
ROWS = (
    ("1", "农业农村"),
    (
        "1.1",
        "新建高标准农田2.5万亩以上，补齐灌溉设施。",
        "2022年10月底前",
        "县农业农村局",
        "县水利局\n各乡镇",
        "",
    ),
    ("1.2", "完成入冬前农村危房巡查。", "入冬前", "县住建局", "县民政局", "每月通报一次"),
    ("2", "公共服务"),
    ("2.1", "新增公办幼儿园学位300个。", "8月底前", "县教育局", "县财政局、县住建局", ""),
    ("2.2", "开展职业技能培训不少于1200人次。", "11月前", "县人社局", "县教育体育局", ""),
)


def write_workbook(
    path: Path, title: str, rows: Iterable[Sequence[str]], heads: Sequence[str] = HEADS
) -> None:
    """Write a title over all columns, the heads, and the rows, of which a short one is a group of work."""
    book = Workbook()
    page = book.active
    page.append([title])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    page.append(list(heads))
    for row in rows:
        page.append(list(row))
    book.save(path)


def write_made_up_annex(path: Path) -> None:
    """Write the annex of the page about drafting."""
    write_workbook(path, TITLE, ROWS)


def draft(path: Path) -> object:
    """What `draft` does with a document before it writes anything."""
    from planledger.formats.annex.reading import read_annex

    annex = read_annex(path)
    from planledger.plan.draft.plan_draft import draft_of_document

    return draft_of_document(annex, (), 0, "2022-03-01")
