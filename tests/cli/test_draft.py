"""`draft`: from the document on the desk to the first overdue list, and next year's plan from this year's."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253  (a clerk fills a form in)

from annexes import ROWS, TITLE, write_made_up_annex, write_workbook
from conftest import Result
from docs_console import ANNEX, PROMPT, ROOT, edit, steps
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
PAGE = ROOT / "docs" / "draft.md"
HOUR = PAGE.read_text("utf-8").partition("## A changed document")[0]


@pytest.fixture(autouse=True)
def annex(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The document on the desk."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-03-01")
    write_made_up_annex(home / ANNEX)
    return home / ANNEX


@pytest.fixture
def hour(cli: Cli, home: Path) -> list[Result]:
    """The hour of the page: each command and each edit in its order."""
    answers = []
    for step in steps(HOUR):
        if step["file"]:
            edit(home / step["file"], step["edits"])
        lines = [line for line in (step["block"] or "").splitlines() if line.startswith(PROMPT)]
        answers += [cli(*shlex.split(line)[2:]) for line in lines]
    return answers


def test_a_clerk_has_the_first_overdue_list_in_an_hour(
    cli: Cli, home: Path, hour: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafted, answered, checked, begun, forms written; one of them comes back, and only the others are late."""
    refused, done = ExitCode.PLAN_REFUSED, ExitCode.DONE
    assert [done, refused, done, done, done, done] == [answer.code for answer in hour]
    assert "2.1   新增公办幼儿园学位300个      2022-08-31    1天 云岭县教育体育局" in hour[-1].out

    form = home / "填报表" / "云岭县教育体育局-2022-03.xlsx"
    book = load_workbook(form)
    page = book["填报表"]
    heads = {str(cell.value): cell.column for cell in page[4]}
    line = next(row for row in range(5, page.max_row + 1) if page.cell(row, heads["序号"]).value == "2.1")
    page.cell(line, heads["本期新增"]).value = 300
    page.cell(line, heads["发生日期"]).value = "2022-03-18"
    book.save(form)
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-04-01")

    assert done == cli("import", str(form)).code
    assert "没有逾期事项" in cli("overdue", "--as-of", "2022-09-01").out
    assert "本办：云岭县政府督查室" in cli("office", "show").out, "else no letter goes out"


def test_a_draft_on_standard_output_has_its_questions_on_standard_error(cli: Cli, home: Path) -> None:
    """Nothing is written; what is printed is what -o writes."""
    before = sorted(home.rglob("*"))
    printed = cli("draft", ANNEX)
    assert ExitCode.DONE == printed.code
    assert before == sorted(home.rglob("*"))
    assert printed.err.startswith(f"起草了《{TITLE}》：4项，8家单位，6个问题。\n")
    assert printed.err.endswith("再运行 planledger check 方案文件。\n")

    written = cli("draft", ANNEX, "-o", "方案.yaml")
    assert (ExitCode.DONE, "") == (written.code, written.err)
    assert printed.out == (home / "方案.yaml").read_text("utf-8")


def test_a_changed_document_is_held_against_the_plan_file_that_is_there(cli: Cli, home: Path) -> None:
    """The differences are shown row by row, and nothing is overwritten without --force."""
    assert ExitCode.DONE == cli("draft", ANNEX, "-o", "方案.yaml").code
    before = (home / "方案.yaml").read_bytes()
    rows = [list(row) for row in ROWS]
    rows[1][2], rows[5][1] = "2022年9月底前", "开展职业技能培训不少于1500人次。"
    write_workbook(
        home / ANNEX, TITLE, [*rows[:4], *rows[5:], ("2.3", "新的事项。", "全年", "县民政局", "", "")]
    )

    answer = cli("draft", ANNEX, "-o", "方案.yaml")
    assert ExitCode.REFUSED == answer.code
    assert (
        """和 方案.yaml 不同之处（4处）
  1.1 时限改了：2022年10月底前 → 2022年9月底前
  2.2 文字改了：开展职业技能培训不少于1200人次。 → 开展职业技能培训不少于1500人
    次。
  2.3 新增：新的事项。
  2.1 去掉：新增公办幼儿园学位300个。
"""
        == answer.out
    )
    assert answer.err.endswith(
        "没有覆盖；请换一个文件名，要替换请运行：planledger draft 附件.xlsx -o 方案.yaml --force\n"
    )
    assert before == (home / "方案.yaml").read_bytes()
    assert ExitCode.DONE == cli("draft", ANNEX, "-o", "方案.yaml", "--force").code
    assert before != (home / "方案.yaml").read_bytes()


def test_the_weak_places_are_those_of_the_ledger(
    cli: Cli, home: Path, hour: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the end of the year: the figure that was missed, and the rows of which nobody ever wrote a word.

    A filing of each month has no last day behind which a row could be due.
    """
    text = (home / "方案.yaml").read_text("utf-8")
    monthly = "filings: [{key: brief, label: 月报, due: 每月25日前, rhythm: binding}]\n"
    (home / "方案.yaml").write_text(text + monthly, "utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-12-31")
    assert ExitCode.DONE == cli("record", "1.1", "--farmland", "20000", "--on", "2022-10-31").code
    answer = cli("draft", "--like", "方案.yaml", "-o", "2023.yaml")
    assert (
        """方案.yaml 的薄弱之处，写新方案时先看
  过了时限、数没有完成的（截至2022-12-31）：2项
    1.1 新建高标准农田2.5万亩以上：还缺高标准农田5,000亩
    2.1 新增公办幼儿园学位300个：还缺新增学位300个
  从来没有记录的：3项，1.2、2.1、2.2
  没有数也没有材料要求、只凭申报的：2项，1.2、2.2
"""
        in answer.out
    )


def test_the_plan_that_comes_with_the_program_needs_no_file_in_the_folder(cli: Cli, home: Path) -> None:
    """By its year, its id, or words of its title, for every command that reads a plan file; a file of that name goes before."""
    drafts = [cli("draft", "--like", word).out for word in ("2019", "jianghai-daxin-2019", "粤桂扶贫")]
    assert drafts[0].count("\n  id: jianghai-daxin-2020\n")
    assert 1 == len(set(drafts))
    assert cli("check").out == cli("check", "2019").out
    assert [ExitCode.DONE] * 2 == [cli(*words).code for words in (("init", "2019"), ("adopt", "2019年"))]
    (home / "2019").write_text("无", "utf-8")
    assert ExitCode.PLAN_REFUSED == cli("check", "2019").code


def test_a_plan_file_with_open_questions_is_nothing_to_be_like(
    cli: Cli, home: Path, hour: list[Result]
) -> None:
    """What nobody has settled there would count as settled here."""
    text = (home / "方案.yaml").read_text("utf-8")
    (home / "方案.yaml").write_text(f"{text}# 问：还没有答\n", "utf-8")
    answer = cli("draft", ANNEX, "--like", "方案.yaml", "-o", "新.yaml")
    assert (ExitCode.PLAN_REFUSED, "") == (answer.code, answer.out)
    assert "方案文件 方案.yaml 还有1个问题没有答" in answer.err
    assert not (home / "新.yaml").exists()


ODD = """plan: {id: a, title: b, year: 2022}
sides: [{name: 云岭县}]
agencies: [{name: 甲, short: [{a: b}]}]
items: [{code: "1", text: a, units: 甲, readings: [{as: 乙}]}]
"""


REFUSED = {
    "draft": "没有写文件；请写附表所在的文件，如 planledger draft 附件.xlsx -o 方案.yaml。",
    "draft 没有.xlsx": "没有.xlsx：打不开（没有这个文件或文件夹）；请检查路径和权限。",
    "draft .": "",
    "draft 方案.yaml": "方案.yaml 已经是方案文件；要检查，请用 planledger check 方案.yaml；要照它起草，请写 --like 方案.yaml。",
    "draft 附件.xlsx -o 方案.xlsx": "-o 方案.xlsx：方案文件的名字要以 .yaml 结尾，如 方案.yaml。",
    "draft 附件.xlsx --like data/plan_2019.yaml -o data/plan_2019.yaml": "-o 和 --like 是同一个文件 data/plan_2019.yaml，会盖掉原方案；请给 -o 换一个名字。",
    "draft 附件.xlsx --year 19": "--year 应是 1990 到 2999 之间的整数。用法见：planledger draft --help",
    "draft 附件.xlsx --force": "",
    "draft 附件.xlsx --like 没有.yaml": "没有方案文件 没有.yaml；请检查路径。",
    "draft 附件.xlsx --like 2018": "没有方案文件 2018；随程序带的方案写年度 2019，别的方案写 .yaml 文件的路径。",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_drafted_is_refused_with_what_to_do(cli: Cli, home: Path, line: str) -> None:
    """One sentence, nothing written."""
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    answer = cli(*shlex.split(line))
    assert answer.code not in (ExitCode.DONE, ExitCode.BUG)
    assert "" == answer.out
    assert REFUSED[line] in answer.err
    assert 1 == len(answer.err.splitlines())
    assert before == {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "there",
    [
        "",
        "plan: []",
        "format: 2",
        "[1, 2]",
        "a: [",
        "plan: {id: a, title: b, year: c}\nagencies: 1",
        "\0",
        ODD,
    ],
)
def test_a_file_that_is_no_plan_file_is_kept_and_said_to_be_none(cli: Cli, home: Path, there: str) -> None:
    (home / "方案.yaml").write_text(there, "utf-8")
    answer = cli("draft", ANNEX, "-o", "方案.yaml")
    assert (ExitCode.REFUSED, "方案.yaml 读不成方案文件，没有列出不同之处。\n") == (answer.code, answer.out)
    assert there == (home / "方案.yaml").read_text("utf-8")
    assert ExitCode.PLAN_REFUSED == cli("draft", ANNEX, "--like", "方案.yaml").code
