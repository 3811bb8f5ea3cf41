"""Reading the document on the desk: the rows of its table as they are printed, and a question where nobody can be sure."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annex_documents import plan_words, save_docx, save_table, save_xlsx, table_of
from planledger.formats.annex.reading import read_annex
from planledger.formats.xlsx.opening import WorkbookRefused
from planledger.plan.draft.annex import AnnexRow, ReadAnnex

ROOT = Path(__file__).parents[2]
PLAN = plan_words(ROOT / "data" / "plan_2019.yaml")
MAKERS: dict[str, Callable[[Any, str, Path], None]] = {"xlsx": save_xlsx, "docx": save_docx}
ONE_NUMBER = "原文一个编号5.2下有2行，这里分作5.2.1至5.2.2"


def printed(plan: Any) -> list[tuple[str, ...]]:
    """The rows of the plan file: its words are the document's."""
    return [
        (item["code"], area["name"], item["text"], item["due"], item["units"], item.get("remark", ""))
        for area in plan["areas"]
        for item in area["items"]
    ]


def rows(annex: ReadAnnex) -> list[tuple[str, ...]]:
    return [(row.code, row.area, row.text, row.due, row.units, row.remark) for row in annex.rows]


@pytest.mark.parametrize("layout", ["A", "B"])
@pytest.mark.parametrize("ending", MAKERS)
def test_the_annex_of_2019_is_read_exactly(tmp_path: Path, ending: str, layout: str) -> None:
    """26 rows with every word; only of the number that covers two rows the reader asks."""
    MAKERS[ending](PLAN, layout, tmp_path / f"附件.{ending}")
    annex = read_annex(tmp_path / f"附件.{ending}")

    assert printed(PLAN) == rows(annex)
    assert {"5.2.1": (ONE_NUMBER,), "5.2.2": (ONE_NUMBER,)} == {
        row.code: row.questions for row in annex.rows if row.questions
    }
    assert annex.title.startswith(PLAN["plan"]["title"])
    assert ((), ()) == (annex.footnotes, annex.questions)
    if ending == "docx":
        assert [(one["number"], one["text"]) for one in PLAN["clauses"]] == list(annex.clauses)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_what_libreoffice_makes_of_the_annex_reads_the_same(tmp_path: Path) -> None:
    """Saved again in its own way each is exact; of a PDF every row that a page cuts is a question.

    A PDF of a workbook whose rows are too low for their words is refused.
    """
    for layout in "AB":
        for ending, save in MAKERS.items():
            save(PLAN, layout, tmp_path / f"{layout}.{ending}")
    for folder, sources, ending in (
        ("a", "xlsx", "xlsx"),
        ("b", "docx", "docx"),
        ("c", "docx", "pdf"),
        ("d", "xlsx", "pdf"),
    ):
        files = [str(tmp_path / f"{layout}.{sources}") for layout in "AB"]
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(tmp_path / folder),
        ]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    for file in (
        tmp_path / folder / f"{layout}.{ending}"
        for folder, ending in (("a", "xlsx"), ("b", "docx"))
        for layout in "AB"
    ):
        assert printed(PLAN) == rows(read_annex(file))
    for layout in "AB":
        annex = read_annex(tmp_path / "c" / f"{layout}.pdf")
        assert [one[3] for one in printed(PLAN)] == [row.due for row in annex.rows]
        assert sum(one in rows(annex) for one in printed(PLAN)) >= 25
        assert any("被页面切开" in question for row in annex.rows for question in row.questions)
        words = zip(annex.rows, rows(annex), strict=True)
        assert all(row.questions for row, printed_row in words if printed_row not in printed(PLAN))
        with pytest.raises(
            WorkbookRefused, match="的格子装不下字，字叠在一起，读不准；请向发文单位要 Word 或 Excel 原件"
        ):
            read_annex(tmp_path / "d" / f"{layout}.pdf")


def test_the_made_up_plans_come_back_from_their_own_tables(tmp_path: Path) -> None:
    """Of each plan that is lived through: every cell of every row, columns of its own too, from a workbook and from Word."""
    for name in ("city", "county", "office", "rhythms", "columns"):
        plan = plan_words(ROOT / "tests" / "plans" / f"{name}.yaml")
        for file in (tmp_path / f"{name}.xlsx", tmp_path / f"{name}.docx"):
            save_table(plan, file)
            lines = [{key: text for key, text in row.items() if text} for row in table_of(plan)]
            assert lines == [cells_of(row) for row in read_annex(file).rows]


def cells_of(row: AnnexRow) -> dict[str, str]:
    """What a row says, without what is empty and without where it stands."""
    texts = row._asdict() | dict(row.columns) | {"number": row.code}
    return {
        key: text
        for key, text in texts.items()
        if text and key not in ("place", "code", "columns", "questions")
    }
