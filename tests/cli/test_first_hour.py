"""What a new user types first, and what must be true then."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import no_ledger
from planledger import __version__
from planledger.cli.framework.command_table import OVERVIEW
from trials import sampled, soundness

Cli = Callable[..., "tuple[int, str, str]"]
# runs every line that it is given, and ends with the largest of their exit codes
SEVERAL = """import sys
from planledger.cli.app import run
sys.exit(max(run(line.split()) for line in sys.argv[1:]))
"""


def test_the_bare_name_greets_with_ten_lines_and_the_three_first_commands(cli: Cli) -> None:
    code, out, err = cli()

    assert (0, OVERVIEW, "") == (code, out, err)
    assert 10 == len(out.splitlines())
    for command in (
        "planledger status --agency 人社局",
        "planledger record 6.1 --transferred 40",
        "planledger overdue",
    ):
        assert command in out


def test_the_version_is_the_same_with_and_without_other_options(cli: Cli) -> None:
    """Alone it is shown without the command line being built, behind an option with it."""
    assert (0, f"planledger {__version__}\n", "") == cli("--version") == cli("--plan", "2019", "--version")


def test_the_three_commands_work_word_for_word_with_no_other_step(process: Cli, home: Path) -> None:
    status = process("status", "--agency", "人社局")
    record = process("record", "6.1", "--transferred", "40")
    overdue = process("overdue")

    assert [0, 0, 0] == [status[0], record[0], overdue[0]]
    assert "截至2019-11-20" in status[1]
    assert no_ledger(home) == status[2]
    assert ["2.3", "5.3", "6.1", "6.2"] == [
        line.split()[0] for line in status[1].splitlines() if line[:1].isdigit() and line[1] == "."
    ]
    assert (
        "6.1 召开招聘会促进贫困人口就业\n"
        "  新增转移就业 +40人，累计 40/155人（本办代记，2019-11-20）（第2号记录）\n"
        "  还缺：招聘会1期、新增转移就业115人、稳定就业未报数、就读职业学校未报数、毕业学生就业未报数\n"
        "  状态：临期；最后一天 2019-11-30（还有10天）\n"
        "  登错了就冲正：planledger reverse 2 --because 原因\n"
    ) == record[1]
    assert (
        f"已新建台账 {home}/share/planledger/ledger.db，启用《2019年江海区对口大新县粤桂扶贫协作工作方案》（第1号记录）。\n"
        "本台账不得填报涉密内容；涉密文件不要存入，只登记文号和存放单位。\n"
    ) == record[2]
    assert overdue[1].startswith(
        "截至2019-11-20：应完成2项，已完成0项（逾期完成0项），逾期2项，涉及15家单位，\n缺材料0项；报送逾期1项，48家未交齐\n"
    )


def test_a_corrected_figure_names_the_total_once_and_how_it_is_undone(cli: Cli) -> None:
    """In between there is no total; of a stock too. `reverse` of the right entry leaves neither figure."""
    for number, key, wrong, right in ((2, "transferred", "40", "50"), (5, "stable", "30", "60")):
        cli("record", "6.1", f"--{key}", wrong)
        lines = cli("correct", f"{number}", "--to", right, "--because", "漏报")[1].splitlines()
        flow = key == "transferred"

        assert [
            f"  已冲正第{number}号：{'新增转移就业 -40人' if flow else '稳定就业 -30人'}（原因：漏报）（第{number + 1}号记录）",
            f"  {'新增转移就业 +50人，累计 50/155人' if flow else '稳定就业 60人，现为 60人'}（本办代记，2019-11-20）（第{number + 2}号记录）",
        ] == lines[1:3]
        assert f"  登错了就冲正：planledger reverse {number + 2} --because 原因" == lines[-1]
    assert "新增转移就业 -50人，累计 0/155人" in cli("reverse", "4", "--because", "误")[1]


def test_a_question_without_a_ledger_is_answered_and_writes_nothing(cli: Cli, home: Path) -> None:
    for question in (
        ["status"],
        ["overdue"],
        ["upcoming"],
        ["show", "6.1"],
        ["history"],
        ["agencies"],
        ["verify"],
    ):
        assert 0 == cli(*question)[0]
    assert [] == list(home.iterdir())


@pytest.mark.parametrize(
    ("day", "note"),
    [
        ("2019-12-31", ""),
        (
            "2020-01-01",
            "这是2019年的方案，那一年已经过完；要看当时的情况，请在命令后加 --as-of 2019-11-20。\n",
        ),
    ],
)
def test_the_first_screen_says_when_the_year_of_the_plan_is_over(
    day: str, note: str, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever tries it years later reads why all is late; table and JSON are what they are with a ledger too."""
    monkeypatch.setenv("PLANLEDGER_TODAY", day)
    for form in ((), ("--json",)):
        for question in (("overdue",), ("status",), ("show", "6.1")):
            code, out, err = cli(*question, *form)

            assert (0, no_ledger(home) + note) == (code, err)
            assert out
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20")
    cli("record", "6.1", "--transferred", "40")
    monkeypatch.setenv("PLANLEDGER_TODAY", day)

    assert "" == cli("overdue")[2]


@pytest.mark.parametrize("line", ["doctor", "verify", "backup", "evidence open 1", "evidence extract 1"])
def test_a_day_is_not_advised_where_none_is_taken(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2026-11-27")

    assert "--as-of" not in cli(*line.split())[2]


def test_a_refused_first_write_leaves_nothing_behind(cli: Cli, home: Path) -> None:
    assert 2 == cli("record", "6.1", "--transferred", "-5")[0]
    assert [] == list(home.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's here")
def test_questions_are_answered_where_every_folder_is_read_only(
    ledger: Path, home: Path, tmp_path: Path
) -> None:
    """With a ledger and without one; a write is refused with a reason."""
    tmp_path.chmod(0o555)
    ledger.chmod(0o444)
    before = ledger.stat().st_mtime_ns, ledger.read_bytes()
    try:
        every = ["status", "overdue", "show 6.1", "verify", "upcoming", "history", "agencies"]
        without = _without_privilege("-c", SEVERAL, *every[:4])
        assert (0, 4 * no_ledger(home)) == (without.returncode, without.stderr)
        done = _without_privilege("-c", SEVERAL, *(f"{question} --ledger {ledger}" for question in every))
        assert (0, "") == (done.returncode, done.stderr)
        record = ["-m", "planledger", "record", "6.1", "--transferred", "40"]
        refused = _without_privilege(*record, "--ledger", str(ledger))
        assert 8 == refused.returncode
        assert f"台账 {ledger} 是只读的，写不进去；请检查文件和文件夹的权限。台账未改动。\n" == refused.stderr
        unfounded = _without_privilege(*record)
        assert 8 == unfounded.returncode
        assert "台账建不到" in unfounded.stderr
    finally:
        tmp_path.chmod(0o755)
    assert before == (ledger.stat().st_mtime_ns, ledger.read_bytes())


def _without_privilege(*args: str) -> "subprocess.CompletedProcess[str]":
    """Run as ourselves; root, who may write anywhere, first lays down what makes it root."""
    lay_down = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] if os.geteuid() == 0 else []
    command = [*lay_down, sys.executable, *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_ledger_and_its_folder_are_for_their_owner_alone(cli: Cli, home: Path) -> None:
    cli("record", "6.1", "--transferred", "40")
    folder = home / "share" / "planledger"

    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
    assert [("ledger.db", 0o600)] == [
        (path.name, stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()
    ]


@sampled("writers,rounds", (3, 1), (20, 20))
def test_first_writes_at_once_make_one_ledger_and_lose_nothing(
    process: Cli, home: Path, writers: int, rounds: int
) -> None:
    """Further ones are refused meanwhile, and take nothing away from the others."""
    folder = home / "share" / "planledger"
    figures = [*map(str, range(1, writers + 1)), *["-5"] * (writers // 3)]
    for _ in range(rounds):
        shutil.rmtree(folder, ignore_errors=True)
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "planledger", "record", "6.1", "--transferred", figure],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for figure in figures
        ]
        outputs = [one.communicate()[1].decode() for one in started]

        assert [2 if figure == "-5" else 0 for figure in figures] == [one.returncode for one in started], (
            outputs
        )
        assert 1 == sum("已新建台账" in text for text in outputs)
        total = writers * (writers + 1) // 2
        assert f"累计 {total + 100}/155人" in process("record", "6.1", "--transferred", "100")[1]
        assert writers + 2 == soundness(folder / "ledger.db").entries
        assert [folder / "ledger.db"] == list(folder.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's here")
def test_what_another_first_write_has_just_removed_stops_none(cli: Cli, home: Path) -> None:
    """It is seen in the folder, and gone when it is looked at."""
    folder = home / "share" / "planledger"
    folder.mkdir(parents=True)
    (folder / ".ledger.db.0123456789ab.new").symlink_to("gone")

    assert 0 == cli("record", "6.1", "--transferred", "40")[0]


def test_a_named_ledger_that_does_not_exist_is_never_made_by_a_typo(cli: Cli, home: Path) -> None:
    path = home / "tpyo.db"
    expected = f"没有台账 {path}；若要新建，请运行：planledger init --ledger {path}\n"

    assert (3, "", expected) == cli("record", "6.1", "--transferred", "40", "--ledger", str(path))
    assert (3, "", expected) == cli("--ledger", str(path), "status")
    assert not path.exists()


def test_init_creates_a_ledger_once(cli: Cli, home: Path) -> None:
    path = home / "台账 100%#?.db"
    founded = cli("init", "--ledger", str(path), "--office", "试验办")

    assert (
        f"已新建台账 {path}\n启用《2019年江海区对口大新县粤桂扶贫协作工作方案》：26项，50家单位（第1号记录）。\n"
        "本台账不得填报涉密内容；涉密文件不要存入，只登记文号和存放单位。\n"
    ) == founded[1]
    again = cli("init", "--ledger", str(path))
    assert (2, "") == (again[0], again[1])
    assert again[2].startswith(f"{path} 已经有了；")
    assert 0 == cli("record", "6.1", "--transferred", "40", "--ledger", str(path))[0]


def test_the_ledger_may_be_named_before_or_after_the_command_or_by_the_environment(
    cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("record", "6.1", "--transferred", "40", "--ledger", str(ledger))
    before = cli("--ledger", str(ledger), "history")
    after = cli("history", "--ledger", str(ledger))
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))

    assert "共2条，最新的在前。" in before[1]
    assert before == after == cli("history")
