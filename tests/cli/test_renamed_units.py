"""Renamed and merged units at the command line: forms that are out, papers, two years, backups. The new names are made up."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)
from test_two_years import two_years_ledger, years  # noqa: F401  (fixtures)

from conftest import Result
from forms import sent
from planledger.plan.refusal import ExitCode
from planledger.store.schema import steps

Cli = Callable[..., Result]
OLD, NEW, SCHOOLS, BOTH = "大新县人社局", "大新县人力资源局", "大新县教育局", "大新县人社教育局"
RENAME = ("agency", "rename", OLD, NEW, "--from", "2019-07-18", "--basis", "试〔2019〕1号")
MERGE = ("agency", "merge", OLD, SCHOOLS, "--into", BOTH, "--from", "2019-07-18", "--basis", "试〔2019〕2号")
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案"


@pytest.fixture
def august(home: Path, ledger: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over a ledger in which nothing happened, on 2 August."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("COLUMNS", "200")
    return cli


def fill(form: bytes, path: Path, **cells: object) -> None:
    """Fill a form in as a unit does."""
    book: Any = load_workbook(BytesIO(form))
    for cell, value in cells.items():
        book["填报表"][cell].value = value
    book.save(path)


def entries(cli: Cli) -> list[dict[str, Any]]:
    several: list[dict[str, Any]] = json.loads(cli("history", "--json", "--limit", "99").out)["entries"][::-1]
    return several


def test_the_replies_name_what_was_and_what_is(august: Cli) -> None:
    """The whole answers."""
    assert august(*RENAME) == Result(
        ExitCode.DONE,
        f"{TITLE}\n  更名：{OLD} → {NEW}（试〔2019〕1号），自2019-07-18起（第2号记录）\n"
        "  登错了就冲正：planledger reverse 2 --because 原因\n",
        "",
    )
    assert august("agency", "merge", f"{NEW}、教育局", "--into", BOTH, "--basis", "无文号").err == (
        "教育局 有2家，请写明是哪一家：江海区教育局、大新县教育局。\n"
    )
    merged = august("agency", "merge", NEW, "--into", SCHOOLS, "--basis", "无文号")
    assert f"  合并：{NEW} → {SCHOOLS}（无文号），自2019-08-02起（第3号记录）\n" in merged.out
    late = august("record", "6.2", "--trainees", "3", "--agency", OLD, "--on", "2019-07-20")
    assert f"培训人次 +3人次，累计 3人次（{NEW}，2019-07-20）" in late.out
    assert f"注意：{NEW} 现在是 {SCHOOLS}。\n" == late.err
    reversed_ = august("reverse", "3", "--because", "试")
    assert "  已冲正第3号（原因：试）（第5号记录）\n" in reversed_.out


def test_a_form_that_is_out_comes_in_under_its_old_name(august: Cli, home: Path, fresh_ledger: Path) -> None:
    """Each line is stored under the name of its day; the same form again, also as it is sent now, adds nothing."""
    cells = {"I7": 40, "J7": "2019-07-16", "I10": 30, "J10": "2019-07-20"}
    fill(sent(fresh_ledger), home / "表.xlsx", **cells)
    august(*RENAME)
    answer = august("import", "表.xlsx")
    assert (ExitCode.DONE, True) == (answer.code, "新增2条" in answer.out), answer.out + answer.err
    assert [OLD, NEW] == [one["agency"] for one in entries(august)[-2:]]

    assert "没有新增" in august("import", "表.xlsx").out
    assert f"已写入 {NEW}-2019-07.xlsx" in august("template", "--agency", OLD, "--period", "2019-07").out
    fill((home / f"{NEW}-2019-07.xlsx").read_bytes(), home / "新表.xlsx", **cells)
    again = august("import", "新表.xlsx", "--agency", OLD)
    assert (ExitCode.DONE, 4) == (again.code, len(entries(august))), again.out + again.err
    fill((home / f"{NEW}-2019-07.xlsx").read_bytes(), home / "改表.xlsx", **{**cells, "I7": 41})
    assert "上次报的是 40人，2019-07-16（第3号）" in august("import", "改表.xlsx").out


def test_the_forms_of_two_parts_that_were_merged_come_in_as_theirs(
    august: Cli, home: Path, fresh_ledger: Path
) -> None:
    """Neither is a changed filling of the other, none speaks for the whole unit, and what one reported is no total of the other."""
    both = {"I5": 2, "J5": "2019-07-20"}
    for unit, cells in ((OLD, {"I7": 40, "J7": "2019-07-20", **both}), (SCHOOLS, both)):
        fill(sent(fresh_ledger, unit), home / f"{unit}.xlsx", **cells)
    august(*MERGE)
    for unit in (OLD, SCHOOLS):
        answer = august("import", f"{unit}.xlsx")
        count = 1 + (unit == OLD)
        assert (ExitCode.DONE, True) == (answer.code, f"新增{count}条" in answer.out), answer.out + answer.err
        assert "疑似填了累计数" not in answer.out
        assert unit == entries(august)[-1]["agency"]
    assert "没有新增" in august("import", f"{OLD}.xlsx").out
    item = json.loads(august("show", "6.1", "--json").out)["items"][0]
    assert [BOTH] == [one["agency"] for one in item["duties"] if one["agency"] in (OLD, SCHOOLS, BOTH)]
    assert 40 in [one["total"] for one in item["indicators"]]


def test_every_paper_bears_the_names_of_its_day(august: Cli, home: Path) -> None:
    """The entries say the names of their own days, so an archive after the change holds both."""
    august("record", "6.2", "--trainees", "3", "--agency", OLD, "--on", "2019-07-01")
    august("filing", "record", "归档资料", "--agency", OLD, "--on", "2019-07-02")
    august(*RENAME)
    august("record", "6.2", "--trainees", "4", "--agency", OLD)
    for number, (day, name, other) in enumerate((("2019-07-17", OLD, NEW), ("2019-08-02", NEW, OLD))):
        for question in ("agencies", "filings", "silent --days 0", "show 6.2", "status --sum-by agency"):
            answer = august(*question.split(), "--as-of", day).out
            units = answer.split("记录（")[0]  # the entries of an item stand below
            assert (True, False) == (name in units, other in units), question
        assert ExitCode.DONE == august("archive", "build", f"归档{number}", "--as-of", day).code
        assert ExitCode.DONE == august("archive", "verify", f"归档{number}").code
    pages = "".join(path.read_text("utf-8") for path in (home / "归档1").rglob("*.html"))
    assert (True, True) == (OLD in pages, NEW in pages)
    pages = "".join(path.read_text("utf-8") for path in (home / "归档0").rglob("*.html"))
    assert (True, False) == (OLD in pages, NEW in pages)
    for name in (OLD, NEW):
        history = json.loads(august("history", "--agency", name, "--json").out)["entries"]
        assert [NEW, NEW, OLD, OLD] == [one["agency"] for one in history]
    assert (
        "大新县人社局"
        in json.loads(august("agencies", "--agency", NEW, "--json").out)["agencies"][0]["short"]
    )
    known = august("agencies", "--known-at", "2019-08-01T12:00").out
    assert (True, False) == (OLD in known, NEW in known)


def test_a_backup_brings_the_names_back(august: Cli, home: Path, ledger: Path) -> None:
    august(*RENAME)
    assert ExitCode.DONE == august("backup", "备份.zip").code
    assert zipfile.is_zipfile(home / "备份.zip")
    ledger.unlink()
    assert ExitCode.DONE == august("restore", "备份.zip").code
    assert "校验通过" in august("verify").out
    assert NEW in august("agencies").out


def test_a_change_holds_in_every_plan_of_the_chain(years: Path, cli: Cli) -> None:  # noqa: F811
    """Whom last year's plan knew by the old name is called this year by the new one, from whichever plan it was recorded."""
    cli("contact", "set", OLD, "--name", "试验员", "--phone", "13800000000", "--plan", "2019")
    assert (
        ExitCode.DONE == cli("agency", "rename", OLD, NEW, "--from", "2019-12-30", "--basis", "无文号").code
    )
    newest = json.loads(cli("history", "--plan", "2019", "--json", "--limit", "1").out)["entries"][0]
    assert ("agency_rename", {"names": [OLD], "basis": "无文号"}) == (newest["kind"], newest["unit_change"])
    for plan in ("2019", "2020"):
        answer = cli("agencies", "--plan", plan, "--agency", OLD, "--json").out
        unit = json.loads(answer)["agencies"][0]
        assert (NEW, True) == (unit["agency"], "138****0000" in str(unit["contact"])), answer
    everything = cli("status", "--all-plans").out
    assert "2019年" in everything
    assert ExitCode.DONE == cli("verify").code


def test_the_office_itself_may_bear_another_name(august: Cli) -> None:
    """It stays the office, and owes no filing; its papers go out under the name that it gave, until it gives the new one."""
    august("office", "name", "江海扶贫办")
    renamed = august("agency", "rename", "江海区扶贫办", "江海区协作办", "--basis", "无文号")
    assert "注意：本办名称仍是江海扶贫办；请再运行 planledger office name 江海区协作办\n" == renamed.err
    assert "" == august("office", "name", "江海区协作办").err
    number = renamed.out.partition("reverse ")[2].split()[0]
    left = "方案的主办单位（江海区扶贫办、大新县扶贫办）里没有 江海区协作办。您是不是要写：江海区扶贫办？"
    line = "请再登记本办的名称：planledger office name 名称"
    assert f"注意：{left}{line}\n" == august("reverse", number, "--because", "文件有误").err
    august("agency", "rename", "江海区扶贫办", "江海区协作办", "--basis", "无文号")
    assert "" == august("agency", "merge", "江海区妇联", "--into", "江海区协作办", "--basis", "无文号").err
    assert "" == august("agency", "rename", "大新县扶贫办", "大新县协作办", "--basis", "无文号").err
    assert "江海区协作办（江海区）" in august("office", "show").out
    assert "江海区协作办" not in august("filings").out


def test_an_older_program_ends_with_the_layout(august: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take the new kinds for entries that nobody wrote."""
    august(*RENAME)
    monkeypatch.setattr(steps, "STEPS", steps.STEPS[:-1])
    monkeypatch.setattr(steps, "SCHEMA_VERSION", steps.SCHEMA_VERSION - 1)
    for question in ("status", "verify"):
        assert ExitCode.NEWER_LEDGER == august(question).code


NOT_MERGED = f"{BOTH} 在 2019-07-17 还没有合并；那天的请记在合并前的单位上：{OLD}、{SCHOOLS}。"


@pytest.mark.parametrize(
    "line",
    ["record 6.1 --transferred 3", "record 6.1 --done", "report 6.1 --nothing", "filing record 归档资料"],
)
def test_what_a_merged_unit_did_before_it_was_one_is_refused(august: Cli, line: str) -> None:
    august(*MERGE)
    typed = (*line.split(), "--agency", BOTH, "--on", "2019-07-17")
    assert Result(ExitCode.REFUSED, "", f"{NOT_MERGED}未登记。\n") == august(*typed)
    part = august(*line.split(), "--agency", OLD, "--on", "2019-07-17")
    assert (ExitCode.DONE, OLD) == (part.code, entries(august)[-1]["agency"]), part.err


def test_a_form_of_a_merged_unit_is_refused_for_the_days_before(august: Cli, home: Path) -> None:
    """Each of its cells, who sends it too, with the sentence of what is typed; a table of the office as well."""
    august(*MERGE)
    assert ExitCode.DONE == august("template", "--agency", BOTH, "--period", "2019-07").code
    name = f"{BOTH}-2019-07.xlsx"
    form = (home / name).read_bytes()
    rows = load_workbook(BytesIO(form))["填报表"]
    line = next(row for row in range(1, 40) if rows.cell(row, 1).value == "6.1")
    day, number = f"J{line}", f"I{line}"
    fill(form, home / "早.xlsx", **{number: 40, day: "2019-07-17"})
    refused = august("import", "早.xlsx")
    assert ExitCode.WORKBOOK_REFUSED == refused.code, refused.out
    assert f"填报表!{number} “40”：{NOT_MERGED}" in refused.out
    assert 2 == len(entries(august))
    fill(form, home / "后.xlsx", **{number: 40, day: "2019-07-18"})
    assert ExitCode.DONE == august("import", "后.xlsx").code
    assert BOTH == entries(august)[-1]["agency"]


def test_no_form_is_written_for_a_month_before_a_merger_that_could_not_come_back(
    august: Cli, home: Path
) -> None:
    """What is done then is recorded under the names of then, and so are the forms; also among those of all units."""
    august(*MERGE)
    why = f"{BOTH} 在 2019-06 还没有合并；那个月的表加 --as-of 2019-06-30，分别发给合并前的单位：{OLD}、{SCHOOLS}。\n"

    for units in (("--agency", BOTH), ("--agency", OLD), ("--all", "六月")):
        answer = august("template", *units, "--period", "2019-06")
        assert (ExitCode.REFUSED, "", why) == (answer.code, answer.out, answer.err.split("注意")[0])
    assert not [*home.glob("**/*.xlsx")]
    june = ("template", "--period", "2019-06", "--as-of", "2019-06-30", "-o", "a.xlsx", "--agency", OLD)
    assert ExitCode.DONE == august(*june).code
    fill((home / "a.xlsx").read_bytes(), home / "a.xlsx", I7=40, J7="2019-06-16")
    assert ExitCode.DONE == august("import", "a.xlsx").code


@pytest.mark.parametrize("since", ["2019-12-30", "2020-01-02"])
def test_a_change_is_an_entry_of_every_plan_of_the_chain(
    years: Path,  # noqa: F811
    cli: Cli,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    since: str,
) -> None:
    """So is what the office is called, and what takes either back: on the screen, in JSON, in the ledger and the archive that leave."""
    monkeypatch.setenv("COLUMNS", "200")
    chosen = ("--plan", since[:4])
    cli("agency", "rename", OLD, NEW, "--from", since, "--basis", "试〔2019〕1号", *chosen)
    renamed = json.loads(cli("history", "--json", "--limit", "1", *chosen).out)["entries"][0]
    cli("office", "name", "江海扶贫办", *chosen)
    for plan in ("2019", "2020"):
        for agency in (OLD, NEW):
            answer = json.loads(cli("history", "--plan", plan, "--agency", agency, "--json").out)
            assert renamed == answer["entries"][0], plan
        newest = json.loads(cli("history", "--plan", plan, "--json", "--limit", "2").out)["entries"]
        assert ["office_name", "agency_rename"] == [one["kind"] for one in newest], plan
        assert f"{OLD} → {NEW}（试〔2019〕1号）" in cli("history", "--plan", plan).out
        assert ExitCode.DONE == cli("export", "ledger", f"台账{plan}.xlsx", "--plan", plan).code
        cells = load_workbook(home / f"台账{plan}.xlsx")["台账"].values
        assert renamed["id"] in [row[0] for row in cells], plan
        assert (
            ExitCode.DONE
            == cli("archive", "build", f"归档{plan}", "--plan", plan, "--as-of", "2020-01-02").code
        )
        assert ExitCode.DONE == cli("archive", "verify", f"归档{plan}").code
        pages = "".join(path.read_text("utf-8") for path in (home / f"归档{plan}").rglob("*.html"))
        assert NEW in pages, plan
        other = "2020" if plan == "2019" else "2019"
    undone = cli("reverse", str(renamed["id"]), "--because", "试", "--plan", other)
    assert ExitCode.DONE == undone.code, undone.err
    for plan in ("2019", "2020"):
        newest = json.loads(cli("history", "--plan", plan, "--json", "--limit", "1").out)["entries"][0]
        assert renamed["id"] == newest["reverses"], plan


def test_a_merged_unit_that_owes_names_the_part_that_lacks(
    august: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A declaration and a filing, in one line wherever they are asked for; where no part has any, the unit alone is named."""
    union, league, both = "大新县工会", "大新县团委", "大新县群团办"
    august("record", "7.1", "--done", "--agency", league, "--on", "2019-07-01")
    august("agency", "merge", league, union, "--into", both, "--from", "2019-07-18", "--basis", "无文号")
    filed = august("filing", "record", "归档资料", "--agency", league, "--on", "2019-07-01")
    assert f"\n  还缺：{union}的归档资料\n" in filed.out
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    shown = [
        " ".join(line.split())
        for question in (
            "overdue --agency",
            "filings --agency",
            "overdue --csv --agency",
            "filings --csv --agency",
        )
        for line in august(*question.split(), both).out.splitlines()
        if f"（缺{union}）" in line
    ]
    assert [
        f"责任 7.1 积极动员社会力量参与扶贫协作 2019-10-31 35天 本单位申报（缺{union}）",
        f"报送 归档资料 2019-11-15 20天 未交（缺{union}）",
        f"{both} 未交（缺{union}） 逾期20天 未交 逾期5天",
        f"{both},责任,7.1,积极动员社会力量参与扶贫协作,2019-10-31,35,本单位申报（缺{union}）,2019-07-01,0,",
        f"{both},报送,,归档资料,2019-11-15,20,未交（缺{union}）,2019-07-01,0,",
        f"{both},大新县,归档资料,2019-11-15,未交,,,,20,（缺{union}）",
    ] == shown
    of_all = [" ".join(line.split()) for line in august("overdue").out.splitlines()]
    assert f"{both} 欠1项 35天 7.1（缺{union}） 2019-07-01" in of_all
    assert any(f"{both}（缺{union}）" in line for line in of_all)
    debts = json.loads(august("overdue", "--agency", both, "--json").out)
    (unit,) = debts["agencies"]
    assert [[union]] == [lack["parts"] for item in unit["items"] for lack in item["lacks"]]
    assert [{both: [union]}, {}] == [filing["parts"] for filing in debts["filings"]]
    (unit,) = json.loads(august("filings", "--agency", both, "--json").out)["agencies"]
    assert [[union], []] == [filing["parts"] for filing in unit["filings"]]


def test_what_a_part_reports_beside_the_total_is_said_after_the_merger_too(august: Cli) -> None:
    august(*MERGE)
    typed = august("record", "6.1", "--transferred", "3", "--agency", SCHOOLS, "--on", "2019-07-01")
    line = f"  新增转移就业 +3人（核对数，不计入；由{BOTH}报数），累计 0/155人（{SCHOOLS}，2019-07-01）（第3号记录）"
    assert line in typed.out.splitlines()


@pytest.mark.parametrize(
    ("change", "day", "unit"),
    [(RENAME, "2019-07-16", OLD), (RENAME, "2019-07-20", NEW), (MERGE, "2019-07-16", OLD)],
)
def test_what_counts_by_an_earlier_name_is_answered_as_what_counts(
    august: Cli, home: Path, fresh_ledger: Path, change: tuple[str, ...], day: str, unit: str
) -> None:
    """No word of 核对数, typed or in a form that was out, and the warning of a digit too many."""
    august(*change)
    typed = august("record", "6.1", "--transferred", "480", "--agency", OLD, "--on", day)
    assert f"  新增转移就业 +480人，累计 480/155人（{unit}，{day}）（第3号记录）" in typed.out.splitlines()
    assert "注意：新增转移就业已是目标的3倍以上，已照记；请核对有没有多打数字。" in typed.err.splitlines()
    fill(sent(fresh_ledger), home / "表.xlsx", I7=3, J7=day)
    imported = august("import", "表.xlsx")
    assert (ExitCode.DONE, False) == (imported.code, "核对数" in imported.out), imported.out
    undone = august("reverse", "4", "--because", "试").out
    assert "  已冲正第4号：新增转移就业 -3人，累计 480/155人（原因：试）（第5号记录）" in undone.splitlines()
