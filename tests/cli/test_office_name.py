"""What the office is called: recorded, renamed, taken back, shown wherever an answer says whose ledger it is."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (a test reads what was written)

from conftest import Result
from planledger.plan.refusal import ExitCode
from planledger.store.schema import steps

Cli = Callable[..., Result]
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案"
OURS, OTHERS = "江海区扶贫办", "江海区扶贫办、大新县扶贫办"
PLAN = Path(__file__).parents[2] / "data" / "plan_2019.yaml"
SECOND = str(PLAN.parents[1] / "tests" / "plans" / "second.yaml")
LATER = "名称已照记；写错了的请冲正后重记。\n"


@pytest.fixture
def founded(cli: Cli, home: Path) -> Cli:
    """The command line over a ledger that was created without a name."""
    assert ExitCode.DONE == cli("init").code
    return cli


def office(cli: Cli, *words: str) -> str | None:
    answer: dict[str, Any] = json.loads(cli("status", "--json", *words).out)
    name: str | None = answer["office"]
    return name


def test_an_office_without_a_name_gets_one(founded: Cli) -> None:
    """The whole reply; the unit of the plan that it means is named with its side."""
    assert office(founded) is None
    assert founded("office", "name", OURS) == Result(
        ExitCode.DONE,
        f"{TITLE}\n  本办名称登记为 {OURS}（第2号记录）\n  现在的本办：{OURS}（江海区）\n"
        "  登错了就冲正：planledger reverse 2 --because 原因\n",
        "",
    )
    assert OURS == office(founded)
    assert ExitCode.DONE == founded("verify").code


def test_the_first_name_of_all_creates_the_ledger(cli: Cli, home: Path) -> None:
    answer = cli("office", "name", OURS)
    assert ExitCode.DONE == answer.code
    assert "已新建台账 " in answer.err + answer.out
    assert f"  本办名称登记为 {OURS}（第2号记录）\n" in answer.out


def test_the_newest_counts_and_a_reversal_brings_the_one_before_back(cli: Cli, home: Path) -> None:
    cli("init", "--office", OURS)
    renamed = cli("office", "name", "大新县扶贫办", "--note", "试办〔2019〕3号")
    assert "  本办名称登记为 大新县扶贫办（试办〔2019〕3号）（第2号记录）\n" in renamed.out
    assert "大新县扶贫办" == office(cli)
    undone = cli("reverse", "2", "--because", "写错")
    assert (
        Result(
            ExitCode.DONE,
            f"{TITLE}\n  已冲正第2号（原因：写错）（第3号记录）\n  现在的本办：{OURS}（江海区）\n",
            "",
        )
        == undone
    )
    assert OURS == office(cli)


def test_a_first_name_taken_back_leaves_none(founded: Cli) -> None:
    founded("office", "name", OURS)
    assert "\n  现在的本办：没有名称\n" in founded("reverse", "2", "--because", "写错").out
    assert office(founded) is None


def test_what_it_was_called_on_a_day_and_as_far_as_was_known(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, words in (
        ("2019-03-01", ("init", "--office", "试验办")),
        ("2019-06-01", ("office", "name", OURS)),
        ("2019-09-01", ("reverse", "2", "--because", "写错")),
        ("2019-10-01", ("office", "name", "大新县扶贫办")),
    ):
        monkeypatch.setenv("PLANLEDGER_TODAY", day)
        assert ExitCode.DONE == cli(*words).code

    asked = {day: office(cli, "--known-at", day) for day in ("2019-05-01", "2019-07-01", "2019-09-15")}
    assert asked == {"2019-05-01": "试验办", "2019-07-01": OURS, "2019-09-15": "试验办"}
    assert "大新县扶贫办" == office(cli)
    assert ("试验办", "试验办") == (
        office(cli, "--as-of", "2019-02-01"),
        office(cli, "--as-of", "2019-09-30"),
    )


def test_an_office_that_gave_its_name_late_bears_it_on_the_days_before(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written about last year does not ask for the name that was just recorded."""
    for day, words in (("2019-03-01", ("init",)), ("2019-06-01", ("office", "name", OURS))):
        monkeypatch.setenv("PLANLEDGER_TODAY", day)
        assert ExitCode.DONE == cli(*words).code
    assert OURS == office(cli, "--as-of", "2019-02-01")
    assert office(cli, "--known-at", "2019-05-01") is None


@pytest.mark.parametrize(
    ("typed", "stored", "now"),
    [
        (" 江海区　扶贫办 ", OURS, f"{OURS}（江海区）"),
        ("江海扶贫办", "江海扶贫办", f"江海扶贫办，即{OURS}（江海区）"),
        ("区扶贫办", "区扶贫办", f"区扶贫办，即{OURS}（江海区）"),
        ("县ＦＰＢ", "县ＦＰＢ", "县ＦＰＢ（看不出是方案里的哪家主办单位）"),
    ],
)
def test_its_unit_is_read_as_every_name_of_a_unit_is(founded: Cli, typed: str, stored: str, now: str) -> None:
    answer = founded("office", "name", typed)
    assert f"  本办名称登记为 {stored}（第2号记录）\n  现在的本办：{now}\n" in answer.out
    assert stored == office(founded)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "江海区扶贫班",
            f"注意：方案的主办单位（{OTHERS}）里没有 江海区扶贫班。您是不是要写：{OURS}？{LATER}",
        ),
        ("试验办", f"注意：方案的主办单位（{OTHERS}）里没有 试验办。{LATER}"),
        ("扶贫办", f"注意：扶贫办 可以指方案的2家主办单位（{OTHERS}）。{LATER}"),
    ],
)
def test_a_name_that_means_no_unit_is_stored_with_a_warning(founded: Cli, name: str, shown: str) -> None:
    answer = founded("office", "name", name)
    assert (ExitCode.DONE, shown) == (answer.code, answer.err)
    assert f"  现在的本办：{name}（看不出是方案里的哪家主办单位）\n" in answer.out
    assert name == office(founded)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "请写本办的名称，照方案里主办单位的全称写。未登记。"),
        ("　", "请写本办的名称，照方案里主办单位的全称写。未登记。"),
        ("办13800138000", "“办138****8000”不像办公室的名称；最多60个字，不带号码和看不见的字符。未登记。"),
        ("扶贫\u200b办", "“扶贫?办”不像办公室的名称；最多60个字，不带号码和看不见的字符。未登记。"),
        ("办" * 61, "不像办公室的名称；最多60个字，不带号码和看不见的字符。未登记。"),
        ("办11010519491231002X", "本办名称里有身份证号，台账记下后不能删除，不能写入；"),
        ("秘密★1年办", "本办名称里有密级标志（秘密★1年），涉密内容不得写入本台账；"),
    ],
)
def test_what_is_no_name_is_not_stored(founded: Cli, name: str, shown: str) -> None:
    before = founded("history").out
    answer = founded("office", "name", name)
    assert (ExitCode.REFUSED, "") == (answer.code, answer.out)
    assert shown in answer.err
    assert before == founded("history").out
    if name.strip():
        assert answer == founded("init", "--office", name, "--ledger", "另一本.db")
    assert not Path("另一本.db").exists()


def test_the_name_that_it_bears_already_is_not_stored_again(cli: Cli, home: Path) -> None:
    cli("init", "--office", OURS)
    answer = cli("office", "name", OURS)
    assert Result(ExitCode.REFUSED, "", f"本办的名称已经是 {OURS}，不用再登记。\n") == answer


def test_every_plan_of_the_chain_knows_it(founded: Cli) -> None:
    """Whichever plan it was recorded with."""
    founded("adopt", SECOND)
    founded("office", "name", OURS, "--plan", "2019")
    assert (OURS, OURS) == (office(founded, "--plan", "2019"), office(founded, "--plan", "2021"))


def test_each_office_of_a_database_has_its_own(founded: Cli) -> None:
    """No two are called alike, and the heads of `verify` bear the newest names."""
    founded("adopt", SECOND, "--office", "虚构办")
    used = founded("office", "name", "虚构办", "--plan", "2019")
    assert ExitCode.REFUSED == used.code
    assert used.err.startswith("虚构办 在 ")
    assert ExitCode.REFUSED == founded("office", "name", OURS).code  # of two chains neither is guessed

    assert ExitCode.DONE == founded("office", "name", OURS, "--plan", "2019").code
    assert ExitCode.DONE == founded("office", "name", "新办", "--plan", "2021").code
    heads = [line.split()[-1] for line in founded("verify").out.splitlines() if line.startswith("链首")]
    assert [OURS, "新办"] == heads
    again = founded("adopt", SECOND.replace("second", "small"), "--office", "新办")
    assert (ExitCode.REFUSED, True) == (again.code, again.err.startswith("新办 在 "))


def test_a_version_of_the_plan_without_its_unit_keeps_the_name(founded: Cli, home: Path) -> None:
    founded("office", "name", OURS)
    (home / "新.yaml").write_text(
        PLAN.read_text("utf-8").replace("offices: [江海区扶贫办, ", "offices: ["), "utf-8"
    )
    assert ExitCode.DONE == founded("adopt", "新.yaml").code
    assert OURS == office(founded)
    undone = founded("reverse", "2", "--because", "写错")
    assert "\n  现在的本办：没有名称\n" in undone.out
    answer = founded("office", "name", OURS)
    assert answer.err == f"注意：方案的主办单位（大新县扶贫办）里没有 {OURS}。{LATER}"


def test_it_leaves_in_every_form(founded: Cli, home: Path) -> None:
    """JSON names it as what the entry is about; lists, workbook and archive say it in words."""
    founded("office", "name", OURS)
    founded("reverse", "2", "--because", "写错")
    founded("office", "name", "大新县扶贫办")
    entries = {entry["id"]: entry for entry in json.loads(founded("history", "--json").out)["entries"]}
    assert ("office_name", OURS, 3) == tuple(entries[2][name] for name in ("kind", "subject", "reversed_by"))
    assert (None, None, False) == tuple(entries[2][name] for name in ("agency", "code", "typed_late"))
    rows = list(csv.reader(io.StringIO(founded("history", "--csv").out.lstrip("\ufeff"))))
    assert [["本办名称", OURS]] == [row[2:4] for row in rows if row[0] == "2"]
    assert ExitCode.DONE == founded("export", "ledger", "台账.xlsx").code
    cells = [row for sheet in load_workbook("台账.xlsx") for row in sheet.iter_rows(values_only=True)]
    assert any("本办名称" in row and OURS in row for row in cells)
    assert ExitCode.DONE == founded("archive", "build", "归档").code
    pages = "".join(path.read_text("utf-8") for path in (home / "归档").rglob("*.html"))
    assert "大新县扶贫办" in pages


def test_the_office_is_the_unit_that_its_name_means(founded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-01")
    founded("office", "name", "江海扶贫办")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-10")
    founded("office", "name", "大新县扶贫办")

    assert Result(ExitCode.DONE, "本办：大新县扶贫办（大新县）\n", "") == founded("office", "show")
    ours = Result(ExitCode.DONE, f"本办：江海扶贫办，即{OURS}（江海区）\n", "")
    assert ours == founded("office", "show", "--as-of", "2019-12-05")
    assert ours == founded("office", "show", "--known-at", "2019-12-05")


@pytest.mark.parametrize(
    ("name", "doubt", "meant"),
    [
        ("", f"台账没有写明本办的名称，看不出本办是方案的哪家主办单位（{OTHERS}）。", OURS),
        ("试验办", f"方案的主办单位（{OTHERS}）里没有 试验办。", OURS),
        (
            "大新县扶贫班",
            f"方案的主办单位（{OTHERS}）里没有 大新县扶贫班。您是不是要写：大新县扶贫办？",
            "大新县扶贫办",
        ),
        ("扶贫办", f"扶贫办 可以指方案的2家主办单位（{OTHERS}）。", OURS),
    ],
)
def test_where_none_is_meant_what_needs_it_refuses(founded: Cli, name: str, doubt: str, meant: str) -> None:
    """With the line to type, which then helps."""
    if name:
        founded("office", "name", name)
    shown = f"{doubt}请先登记本办的名称：planledger office name {meant}\n"
    assert Result(ExitCode.REFUSED, "", shown) == founded("office", "show")
    assert ExitCode.DONE == founded(*shown.strip().rpartition("planledger ")[2].split()).code
    assert founded("office", "show").out.startswith(f"本办：{meant}（")


def test_without_a_ledger_nobody_is_meant_and_nothing_is_written(cli: Cli, home: Path) -> None:
    answer = cli("office", "show")
    assert (ExitCode.REFUSED, "") == (answer.code, answer.out)
    assert f"planledger office name {OURS}\n" in answer.err
    assert [] == list(home.iterdir())


def test_a_plan_that_names_no_office_is_to_be_mended(founded: Cli, home: Path) -> None:
    """The refusal says what to write and where; done so, it helps at once."""
    named = "offices: [江海区扶贫办, 大新县扶贫办]"
    text = PLAN.read_text("utf-8").replace(named, "offices: []")
    (home / "新.yaml").write_text(text, "utf-8")
    founded("office", "name", "江海扶贫办")
    assert ExitCode.DONE == founded("adopt", "新.yaml").code
    shown = f"方案没有写主办单位（offices），看不出本办是哪家单位。请在方案文件的 plan 下写上 offices: [{OURS}]，名册（agencies）里没有的先补上，再启用：planledger adopt 方案文件\n"
    assert Result(ExitCode.REFUSED, "", shown) == founded("office", "show")
    (home / "新.yaml").write_text(text.replace("offices: []", f"offices: [{OURS}]"), "utf-8")
    assert ExitCode.DONE == founded("adopt", "新.yaml").code
    assert ExitCode.DONE == founded("office", "show").code


def test_it_is_recorded_on_a_server_too(cli: Cli, served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANLEDGER_LEDGER", served)
    answer = cli("office", "name", "江海扶贫办")
    assert (ExitCode.DONE, "") == (answer.code, answer.err)
    assert f"\n  现在的本办：江海扶贫办，即{OURS}（江海区）\n" in answer.out
    assert "江海扶贫办" == office(cli)
    assert ExitCode.DONE == cli("reverse", "2", "--because", "写错").code
    assert "试验办" == office(cli)
    assert ExitCode.DONE == cli("verify").code


def test_a_program_of_the_layout_before_ends_with_4(founded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not know the kind, and must not take it for a fault of the ledger."""
    founded("office", "name", OURS)
    monkeypatch.setattr(steps, "STEPS", steps.STEPS[:1])
    monkeypatch.setattr(steps, "SCHEMA_VERSION", 2)
    for words in (("status",), ("history",), ("verify",), ("record", "6.1", "--transferred", "1")):
        assert ExitCode.NEWER_LEDGER == founded(*words).code
