"""Every kind of entry through everything that leaves: no kind is forgotten by a screen, a list, a paper or an upgrade.

A kind that is new is missing in `STORIES`, and these tests say so.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook  # noqa: TID253  (a test reads what was written)

from conftest import Result
from forms import PEOPLE, filled, footer, sent
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]


class Story(NamedTuple):
    """How an entry of a kind comes about; the last line stores it."""

    lines: tuple[str, ...]
    words: str  # what it says, in every place that lists entries
    is_undone: bool = True  # `reverse` cancels it
    is_of_items: bool = True  # the archive tells of items, not of contacts and what was sent back
    unit: str = ""  # a version of the plan that drops it is refused because of this entry


FORTY = "record 6.1 --transferred 40 --agency 大新县人社局"
DONE = "record 6.1 --fairs 1 --transferred 155 --stable 60 --students 0 --graduates 0"
MET = "record 1.3 --meetings 1 --side 江海"
ARCHIVED = "filing record 归档资料 --agency 大新县妇联"
STORIES = {
    EntryKind.ADOPTION: Story(
        ("init --office 江海区扶贫办",), "启用方案", is_undone=False, is_of_items=False
    ),
    EntryKind.AMOUNT: Story((FORTY,), "新增转移就业", unit="大新县人社局"),
    EntryKind.DECLARATION: Story(("record 7.1 --done --agency 大新县妇联",), "申报完成", unit="大新县妇联"),
    EntryKind.PAPER: Story(
        (MET, "record 1.3 --paper 会议材料 --ref 试办〔2019〕3号 --held-by 江海区委办 --side 江海"),
        "试办〔2019〕3号",
    ),
    EntryKind.REPORT: Story(
        ("report 6.1 --progress 正在摸底 --agency 大新县人社局",), "正在摸底", unit="大新县人社局"
    ),
    EntryKind.REVERSAL: Story(
        (FORTY, "reverse {newest} --because 重复登记"), "重复登记", is_undone=False, unit="大新县人社局"
    ),
    EntryKind.CLOSE: Story(
        (DONE, "close 6.1 --approved 试验员 --ref 试办〔2019〕9号"), "审定人 试**（试办〔2019〕9号）"
    ),
    EntryKind.REOPEN: Story(
        ("record 6.2 --classes 1", "close 6.2", "reopen 6.2 --because 数据有误"), "撤销销号"
    ),
    EntryKind.AMENDMENT: Story(
        ("amend 2.2 --target trainees 30 --because 任务下达 --basis 试发〔2019〕5号",), "试发〔2019〕5号"
    ),
    EntryKind.FILING: Story((ARCHIVED,), "归档资料", unit="大新县妇联"),
    EntryKind.RETURN: Story(
        (ARCHIVED, "filing return 大新县妇联 --because 缺目录"),
        "缺目录",
        is_of_items=False,
        unit="大新县妇联",
    ),
    EntryKind.CONTACT: Story(
        ("contact set 大新县妇联 --name 试验员 --phone 13800000000",),
        "138****0000",
        is_of_items=False,
        unit="大新县妇联",
    ),
    EntryKind.EVIDENCE: Story(
        ("record 1.3 --meetings 1 --side 大新", "attach 1.3 纪要.txt --kind 会议纪要 --side 大新"), "纪要.txt"
    ),
    EntryKind.DESTRUCTION: Story(
        (
            "record 1.4 --meetings 1 --side 江海",
            "attach 1.4 花名册.txt --kind 会议纪要 --side 江海",
            "evidence destroy {newest} --because 含个人信息",
        ),
        "含个人信息",
        is_undone=False,
    ),
    EntryKind.SENDER: Story(("import 落款.xlsx",), "139****0009", is_of_items=False, unit="大新县人社局"),
    EntryKind.OFFICE_NAME: Story(("office name 江海扶贫办",), "江海扶贫办", is_of_items=False),
    EntryKind.AGENCY_RENAME: Story(
        ("agency rename 大新县督查考评局 大新县督查室 --from 2019-11-01 --basis 试办〔2019〕9号",),
        "试办〔2019〕9号",
        is_of_items=False,
    ),
    EntryKind.AGENCY_MERGE: Story(
        ("agency merge 大新县投资促进局 大新县商务口岸局 --into 大新县商务局 --basis 试办〔2019〕10号",),
        "试办〔2019〕10号",
        is_of_items=False,
    ),
    EntryKind.CHASE: Story(
        ("chase 江海区妇联 --way 电话 --reply-by 2019-11-25",),
        "请于2019-11-25前回复",
        is_of_items=False,
        unit="江海区妇联",
    ),
}
QUESTIONS = (
    "status", "status --sum-by agency", "overdue", "overdue --by item", "upcoming", "show 6.1", "show 1.3", "show 7.1",
    "history", "changes --since 2019-01-01", "agencies", "agencies --missing contacts", "reports", "silent", "missing",
    "duplicates", "doubts", "filings", "evidence list", "status --all-plans", "chase list", "overdue --agency 大新县妇联",
)  # fmt: skip
PAPERS = (
    "export annex {0}总表.xlsx", "export ledger {0}台账.xlsx", "export agencies {0}单位.xlsx",
    "template --agency 大新县人社局 -o {0}填报表.xlsx", "archive build {0}归档",
)  # fmt: skip
UNITS = {"妇联": "科协", "人社局": "民政局", "委办": "档案馆"}


def live(cli: Cli, kind: EntryKind) -> int:
    """Let an entry of a kind come about; its number."""
    stored, number = "", 0
    for line in STORIES[kind].lines:
        answer = cli(*line.format(newest=number).split())
        assert ExitCode.DONE == answer.code, answer.err
        newest = json.loads(cli("history", "--json", "--limit", "1").out)["entries"][0]
        stored, number = newest["kind"], newest["id"]
    assert kind == stored
    return number


@pytest.fixture(scope="module")
def form(fresh_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A form that came back with who sends it, and nothing else."""
    path = tmp_path_factory.mktemp("forms") / "落款.xlsx"
    filled(sent(fresh_ledger), path, **footer(*PEOPLE[:4], "2019-11-20"))
    return path.read_bytes()


@pytest.fixture
def wide(home: Path, form: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files to attach and a form to import, and a terminal on which no line is folded."""
    monkeypatch.setenv("COLUMNS", "200")
    (home / "纪要.txt").write_text("虚构")
    (home / "花名册.txt").write_text("也是虚构")
    (home / "落款.xlsx").write_bytes(form)
    return home


def test_every_kind_has_a_story() -> None:
    assert set(STORIES) == set(EntryKind)


def test_every_answer_and_every_paper_takes_every_kind(cli: Cli, wide: Path) -> None:
    """In each form each kind has its own words wherever entries are listed, and so is what cancels it."""
    numbers = {kind: live(cli, kind) for kind in STORIES}
    tell(cli, wide, "")
    for kind, number in reversed(numbers.items()):
        before = cli("history").out
        undone = cli("reverse", str(number), "--because", "登错了")
        if STORIES[kind].is_undone:
            assert ExitCode.DONE == undone.code, undone.err
            assert re.search(f"冲正第{number}号", cli("history", "--limit", "1").out)
        else:
            assert ExitCode.REFUSED == undone.code
            assert re.search(r"未登记。\n$", undone.err)
            assert before == cli("history").out
    tell(cli, wide, "冲正后")


def tell(cli: Cli, home: Path, name: str) -> None:
    """Ask everything, write every paper, and find the words of every kind in every list of entries."""
    for question in QUESTIONS:
        for form in ((), ("--json",), ("--csv",)):
            answer = cli(*question.split(), *form)
            assert (ExitCode.DONE, "") == (answer.code, answer.err), question
            assert "None" not in answer.out
    for paper in PAPERS:
        answer = cli(*paper.format(name).split())
        assert ExitCode.DONE == answer.code, answer.err
    assert ExitCode.DONE == cli("archive", "verify", f"{name}归档").code
    assert ExitCode.DONE == cli("verify").code
    archive = "".join(path.read_text("utf-8") for path in (home / f"{name}归档").rglob("*.html"))
    lists = [cli("history").out, cli("history", "--csv").out, _cells(home / f"{name}台账.xlsx")]
    for story in STORIES.values():
        places = [*lists, archive] if story.is_of_items else lists
        assert [] == [place for place in places if story.words not in place], story.words


def _cells(workbook: Path) -> str:
    return " ".join(
        str(cell)
        for sheet in load_workbook(workbook)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )


@pytest.mark.parametrize("kind", [kind for kind, story in STORIES.items() if story.unit])
def test_a_version_of_the_plan_without_its_unit_is_refused(kind: EntryKind, cli: Cli, wide: Path) -> None:
    """What still counts for a unit keeps it in the plan."""
    live(cli, kind)
    adopted = adopt_without(cli, wide)

    assert ExitCode.REFUSED == adopted.code
    assert f"单位 {STORIES[kind].unit}。" in adopted.err
    answers_everything(cli)


def test_a_version_of_the_plan_without_its_unit_is_adopted_where_nothing_counts(cli: Cli, wide: Path) -> None:
    """Entries of no unit keep none in the plan, and every list is answered still."""
    for kind in (kind for kind, story in STORIES.items() if not story.unit):
        live(cli, kind)

    assert ExitCode.DONE == adopt_without(cli, wide).code
    answers_everything(cli)


def adopt_without(cli: Cli, home: Path) -> Result:
    """Adopt a version of the plan in which the units of the stories bear other names."""
    document = Path(__file__).parents[2] / "data" / "plan_2019.yaml"
    text = document.read_text("utf-8")
    for name, other in UNITS.items():
        text = text.replace(name, other)
    (home / "新.yaml").write_text(text, "utf-8")
    return cli("adopt", "新.yaml")


def answers_everything(cli: Cli) -> None:
    for question in ("status", "show 1.3", "history --json", "agencies", "filings", "verify"):
        assert ExitCode.DONE == cli(*question.split()).code, question
