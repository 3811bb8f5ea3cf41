"""Every figure in an archive is the figure of a question: compared on random ledgers."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from planledger.plan.refusal import ExitCode
from trials import examples

Cli = Callable[..., Result]
Line = tuple[str, ...]

DAYS = st.integers(1, 28).map(lambda day: f"2019-07-{day:02d}")
SIDES = st.sampled_from(["江海", "大新"])
UNITS = st.sampled_from(["江海区人社局", "大新县人社局", "大新县教育局"])
KINDS = st.sampled_from(["会议材料", "会议纪要"])
COUNTS = st.integers(1, 300).map(str)


def _evidence(name: int, kind: str, side: str, on: str) -> Line:
    return ("attach", "1.3", f"{name}.pdf", "--kind", kind, "--side", side, "--on", on)


LINES = st.one_of(
    st.builds(
        lambda n, unit, on: ("record", "6.1", "--transferred", n, "--agency", unit, "--on", on),
        COUNTS,
        UNITS,
        DAYS,
    ),
    st.builds(
        lambda n, unit, on: ("record", "6.1", "--stable", n, "--agency", unit, "--on", on),
        COUNTS,
        UNITS,
        DAYS,
    ),
    st.builds(lambda side, on: ("record", "1.3", "--meetings", "1", "--side", side, "--on", on), SIDES, DAYS),
    st.builds(lambda side, on: ("record", "1.4", "--meetings", "1", "--side", side, "--on", on), SIDES, DAYS),
    st.builds(_evidence, st.integers(0, 5), KINDS, SIDES, DAYS),
    st.builds(lambda number: ("reverse", str(number), "--because", "试"), st.integers(2, 9)),
    st.builds(
        lambda n: ("amend", "6.1", "--target", "transferred", n, "--because", "试", "--basis", "无文号"),
        COUNTS,
    ),
    st.just(("record", "9.2", "--done")),
    st.builds(lambda unit: ("record", "6.2", "--done", "--agency", unit), UNITS),
    st.just(("attach", "9.2", "1.pdf", "--personal")),
    st.just(("attach", "6.2", "0.pdf", "--personal", "--kind", "花名册")),
)


@pytest.fixture
def founded(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with nothing in it but the plan, to be copied for every example, and six files to attach."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-06T09:00")
    assert ExitCode.DONE == cli("init").code
    for number in range(6):
        (home / f"{number}.pdf").write_text(f"第{number}份")
    return home / "share" / "planledger" / "ledger.db"


@given(lines=st.lists(LINES, max_size=14), as_of=st.sampled_from(["2019-07-15", "2019-07-30", "2019-12-05"]))
@examples(3)
def test_every_figure_in_an_archive_is_that_of_a_question(
    cli: Cli, founded: Path, monkeypatch: pytest.MonkeyPatch, lines: list[Line], as_of: str
) -> None:
    with TemporaryDirectory(dir=founded.parent) as folder:
        ledger = Path(folder) / "ledger.db"
        shutil.copy(founded, ledger)
        monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
        for line in lines:
            assert cli(*line).code in {ExitCode.DONE, ExitCode.REFUSED}
        archive = Path(folder) / "归档"
        built = cli("archive", "build", str(archive), "--as-of", as_of)
        assert ExitCode.DONE == built.code, built.err

        def ask(*words: str) -> Any:
            return json.loads(cli(*words, "--as-of", as_of, "--json").out)

        _front_page_is_status_and_missing(archive, built.out, ask)
        _lists_are_those_of_the_questions(archive, ask)
        _workbook_is_status(archive, cli, as_of)
        _extracts_are_what_show_says(archive, ask)
        assert ExitCode.DONE == cli("archive", "verify", str(archive)).code


def table(path: Path, place: int) -> list[list[str]]:
    """The cells of one table of a page, without its heads."""
    body = re.findall(r"<tbody>(.*?)</tbody>", path.read_text("utf-8"), re.DOTALL)[place]
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def _front_page_is_status_and_missing(archive: Path, report: str, ask: Callable[..., Any]) -> None:
    items, papers, files = ask("status")["items"], ask("missing"), ask("evidence", "list")["evidence"]
    page = (archive / "00 首页.html").read_text("utf-8")
    inside = [one for one in files if not one["personal"]]
    counts = f"未到期{len(papers['pending'])}份，另存{len(papers['kept'])}份，附佐证材料{len(inside)}份"
    proven = {one["code"] for one in [*files, *papers["kept"]]}
    bare = [item["code"] for item in items if _lacks_any_proof(item, proven, papers["missing"], ask)]
    missing = f"缺{len(papers['missing'])}份" if papers["missing"] else "没有缺件"
    assert f"{missing}{f'，未附佐证材料{len(bare)}项' if bare and papers['missing'] else ''}" in page
    assert counts in page
    assert f"全部26项中{len(proven)}项有佐证材料（含另存）。" in page
    assert f"全部26项中{len(proven)}项有佐证材料（含另存）。" in report
    assert ("不齐：缺" in report) is bool(papers["missing"])
    assert ("\n齐：" in report) is bool(proven and not papers["missing"] and not bare)
    assert [*bare] == re.findall(r"(?m)^  (\S+) .* 已(?:完成|申报)，没有佐证材料，", report)
    rows = table(archive / "00 首页.html", 0)
    assert [item["code"] for item in items] == [row[0] for row in rows]
    for item, row in zip(items, rows, strict=True):
        of_item = [
            sum(one["code"] == item["code"] for one in several)
            for several in (inside, papers["kept"], papers["missing"])
        ]
        shown = [
            "未附" if item["code"] in bare else str(of_item[0] or ""),
            *(str(n or "") for n in of_item[1:]),
        ]
        assert shown == row[4:]


def _lacks_any_proof(item: Any, proven: set[str], missing: list[Any], ask: Callable[..., Any]) -> bool:
    """Whether a row is done or declared and neither has a file nor a paper, nor is asked for one."""
    if item["code"] in proven or any(one["code"] == item["code"] for one in missing):
        return False
    entries = ask("history", item["code"])["entries"]
    declared = any(one["kind"] == "declaration" and not one["reversed_by"] for one in entries)
    return declared or item["standing"] in {"done", "closed"}


def _lists_are_those_of_the_questions(archive: Path, ask: Callable[..., Any]) -> None:
    papers, files = ask("missing"), ask("evidence", "list")["evidence"]
    inventory = table(archive / "01 卷内目录.html", 0) if files or papers["kept"] else []
    assert sorted((str(one["entry"]), one["sha256"]) for one in files) == sorted(
        (row[9], row[10]) for row in inventory if row[10]
    )
    lists = [several for several in (papers["missing"], papers["pending"]) if several]
    for place, several in enumerate(lists):
        rows = table(archive / "02 缺件清单.html", place)
        assert [(one["code"], one["kind"]) for one in several] == [(row[1], row[3]) for row in rows]


def _workbook_is_status(archive: Path, cli: Cli, as_of: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    cells = openpyxl.load_workbook(archive / "03 总表.xlsx")["总表"].iter_rows(min_row=4, values_only=True)
    asked = csv.DictReader(io.StringIO(cli("status", "--as-of", as_of, "--csv").out.removeprefix("\ufeff")))
    row_of = {row[0]: row for row in cells if row[0]}
    for line in asked:
        row = row_of[line["编号"]]
        assert line["还缺"] == (row[8] or "")
        assert line["状态"] == str(row[7]).split("\n")[0][:-1]
        for figure in filter(None, line["进度"].split("；")):
            assert figure in str(row[6])


def _extracts_are_what_show_says(archive: Path, ask: Callable[..., Any]) -> None:
    for path in archive.rglob("00 台账摘录.html"):
        code = path.parent.name.split()[0]
        item = ask("show", code)["items"][0]
        page = unescape(path.read_text("utf-8"))
        assert item["standard"] in page
        entries = table(path, len(re.findall("<tbody>", page)) - 1)
        assert [str(entry["id"]) for entry in item["entries"]][::-1] == [row[0] for row in entries]
        if item["indicators"]:
            totals = [row[1] for row in table(path, 1)]
            assert len(item["indicators"]) == len(totals)
            for one, total in zip(item["indicators"], totals, strict=True):
                assert total.replace(",", "").startswith(
                    "未报" if one["total"] is None else str(one["total"])
                )
