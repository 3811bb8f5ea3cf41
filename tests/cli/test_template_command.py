"""`template`: one form or all of them, never over a file that is there, and nothing in the ledger."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from conftest import Result, no_ledger
from planledger.cli.exchange import export
from planledger.formats.form.write_form import write_form
from planledger.plan.refusal import ExitCode
from planledger.questions.forms.form import Form

Cli = Callable[..., Result]
PLANS = Path(__file__).parent.parent / "plans"
SECOND, SMALL = PLANS / "second.yaml", PLANS / "small.yaml"


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_one_form_bears_the_name_of_its_unit_and_month(cli: Cli, home: Path) -> None:
    """Without a ledger the built-in plan is asked, and none is made."""
    result = cli("template", "--agency", "大新县人社局", "--period", "2019-07")

    assert (ExitCode.DONE, no_ledger(home)) == (result.code, result.err)
    assert "已写入 大新县人社局-2019-07.xlsx：大新县人社局 2019-07，3项7行。\n" == result.out
    assert ["大新县人社局-2019-07.xlsx"] == names(home)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ((), "2019-11"),
        (("--as-of", "2019-08-05"), "2019-08"),
        (("--period", "2019年7月"), "2019-07"),
        (("--period", "２０１９-7"), "2019-07"),
        (("--period", "2019-07", "--as-of", "2019-08-05"), "2019-07"),
    ],
)
def test_the_month_is_that_of_the_day_of_the_question(
    cli: Cli, home: Path, typed: tuple[str, ...], month: str
) -> None:
    assert 0 == cli("template", "--agency", "江海区督查室", *typed).code
    assert [f"江海区督查室-{month}.xlsx"] == names(home)


def test_all_writes_a_form_for_every_unit_into_a_new_folder(cli: Cli, home: Path) -> None:
    result = cli("template", "--all", "七月/表", "--period", "2019-07")

    assert (0, "已写入50份 2019-07 的填报表，在 七月/表。\n", no_ledger(home)) == result
    outcome = names(home / "七月" / "表")
    assert 50 == len(outcome)
    assert {"大新县人社局-2019-07.xlsx", "江海区滘头经济联合社-2019-07.xlsx"} <= set(outcome)
    assert all(name.endswith("-2019-07.xlsx") for name in outcome)


def test_units_that_get_no_form_and_a_month_behind_the_plans_year_are_named(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In January nobody notices that the forms of December were meant."""
    assert 0 == cli("init", str(SMALL)).code
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-06")
    none = "1家没有可填的：甲县教育局。\n"
    after = "注意：2020-01 在方案年度（2019年）以后；要填 2019-12 的，请写 --period 2019-12。\n"

    assert f"已写入2份 2020-01 的填报表，在 x。\n{none}{after}" == cli("template", "--all", "x").out
    assert cli("template", "--agency", "甲县财政局").out.endswith(f"行。\n{after}")
    december = cli("template", "--all", "y", "--period", "2019-12")
    assert f"已写入2份 2019-12 的填报表，在 y。\n{none}" == december.out


def test_another_plan_gives_forms_to_its_own_units(cli: Cli, home: Path) -> None:
    assert 0 == cli("init", str(SECOND)).code
    before = (home / "share" / "planledger" / "ledger.db").read_bytes()

    assert (
        "已写入11份 2021-06 的填报表，在 x。\n" == cli("template", "--all", "x", "--as-of", "2021-06-18").out
    )
    assert "甲县财政局-2021-06.xlsx" in names(home / "x")
    assert before == (home / "share" / "planledger" / "ledger.db").read_bytes()


NOT_CLEAR = [
    ((), "请写明给谁：--agency 单位 做一份（可用 -o 写明文件），或 --all 文件夹 每家单位做一份。"),
    (
        ("--agency", "江海区督查室", "--all", "x"),
        "请写明给谁：--agency 单位 做一份（可用 -o 写明文件），或 --all 文件夹 每家单位做一份。",
    ),
    (
        ("--all", "x", "-o", "y.xlsx"),
        "请写明给谁：--agency 单位 做一份（可用 -o 写明文件），或 --all 文件夹 每家单位做一份。",
    ),
    (
        ("--agency", "江海区督查室", "-o", "表.xls"),
        "表.xls 不是 Excel 文件名；请写以 .xlsx 结尾的文件名，如 总表.xlsx。",
    ),
    (
        ("--agency", "江海区督查室", "--period", "2018-12"),
        "--period 2018-12：2018-12 不在方案的月份里；请写 2019-01 到 2019-12 之间的月份。",
    ),
    (("--agency", "人社局"), "人社局 有2家，请写明是哪一家：江海区人社局、大新县人社局。"),
]


@pytest.mark.parametrize(("typed", "text"), NOT_CLEAR)
def test_what_is_not_clear_is_refused_and_writes_nothing(
    cli: Cli, home: Path, typed: tuple[str, ...], text: str
) -> None:
    result = cli("template", *typed)

    assert (ExitCode.REFUSED, "") == (result.code, result.out)
    assert f"{text}\n" == result.err.removeprefix(no_ledger(home))
    assert [] == names(home)


def test_a_unit_that_the_plan_does_not_know_is_refused(cli: Cli) -> None:
    result = cli("template", "--agency", "税务局")

    assert ExitCode.REFUSED == result.code
    assert "没有责任单位 税务局。" in result.err


def test_a_file_that_is_there_is_never_written_over(cli: Cli, home: Path) -> None:
    (home / "form.xlsx").write_text("填好的", "utf-8")
    result = cli("template", "--agency", "江海区督查室", "-o", "form.xlsx")

    assert (ExitCode.REFUSED, "") == (result.code, result.out)
    assert result.err.endswith("已经有 form.xlsx，里面可能有填好的数，没有覆盖；请移走或换一个位置。\n")
    assert "填好的" == (home / "form.xlsx").read_text("utf-8")


def test_of_all_none_is_written_where_one_is_there(cli: Cli, home: Path) -> None:
    folder = home / "x"
    folder.mkdir()
    for unit in ("大新县人社局", "江海区督查室"):
        (folder / f"{unit}-2019-11.xlsx").touch()
    result = cli("template", "--all", "x")

    assert (ExitCode.REFUSED, "") == (result.code, result.out)
    assert "已经有 x/江海区督查室-2019-11.xlsx（同样的还有1份），" in result.err
    assert 2 == len(names(folder))


def test_all_are_written_or_none(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full after some of them leaves none, and no draft either."""

    def fail_at_one(form: Form, file: IO[bytes]) -> None:
        if form.agency.name == "江海区宣传部":
            raise OSError(28, "No space left on device")
        write_form(form, file)

    monkeypatch.setattr(export, "write_form", fail_at_one)
    result = cli("template", "--all", "x")

    assert (ExitCode.STORAGE, "") == (result.code, result.out)
    assert "写不进 x/江海区宣传部-2019-11.xlsx（磁盘已满）" in result.err
    assert [] == names(home / "x")


def test_a_folder_that_cannot_be_made_is_refused(cli: Cli, home: Path) -> None:
    (home / "x").touch()
    result = cli("template", "--all", "x/y")

    assert ExitCode.STORAGE == result.code
    assert "建不了文件夹 x/y" in result.err


def test_a_file_in_a_folder_that_is_not_there_is_refused(cli: Cli) -> None:
    result = cli("template", "--agency", "江海区督查室", "-o", "没有/form.xlsx")

    assert ExitCode.STORAGE == result.code
    assert "写不进 没有/form.xlsx（没有这个文件或文件夹）" in result.err


def test_a_folder_of_forms_is_reported_on_a_terminal_too(cli: Cli, home: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    assert 0 == cli("init", str(SMALL), "--ledger", "小.db").code
    line = ["-m", "planledger", "template", "--all", "y", "--ledger", "小.db"]
    terminal = pexpect.spawn(sys.executable, line, encoding="utf-8", timeout=60)
    shown = terminal.read()
    terminal.close()

    assert 0 == terminal.exitstatus
    assert "已写入2份 2019-11 的填报表，在 y。" in shown
