"""Several offices in one ledger, asked by commands: whose numbers, whose check, whose files."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from stranger import check
from tampering import unguarded

Cli = Callable[..., Result]
SECOND = str(Path(__file__).parent.parent / "plans" / "second.yaml")
OURS = "jianghai-daxin-2019"


@pytest.fixture
def theirs() -> str:
    """The id of the second plan."""
    from planledger.plan.file.yaml_file import require_plan

    return require_plan(Path(SECOND)).meta.key


@pytest.fixture
def shared(ledger: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger in which a second, made-up office keeps its own chain."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    answer = cli("adopt", SECOND, "--office", "虚构办")
    assert (0, "") == (answer.code, answer.err)
    assert "（第1号记录）" in answer.out
    return ledger


def test_numbers_are_each_offices_own(shared: Path, cli: Cli, theirs: str) -> None:
    ours = cli("record", "6.1", "--transferred", "40", "--plan", OURS)
    other = cli("history", "--plan", theirs, "--as-of", "2030-01-01")

    assert "（第2号记录）" in ours.out
    assert "共1条" in other.out
    assert "没有第2号记录" in cli("reverse", "2", "--because", "误", "--plan", theirs).err
    assert "已冲正第2号" in cli("reverse", "2", "--because", "误", "--plan", OURS).out


def test_whose_is_meant_is_never_guessed(shared: Path, cli: Cli) -> None:
    sentence = f"{shared} 里有几个办公室各自的台账，请用 --plan（或环境变量 PLANLEDGER_PLAN）写明是哪一个。"

    for words in (
        ("reverse", "1", "--because", "误"),
        ("correct", "1", "--to", "2", "--because", "误"),
        ("adopt", SECOND.replace("second", "small")),
    ):
        code, out, err = cli(*words)
        assert (2, "") == (code, out)
        assert sentence in err


def test_verify_tells_of_every_chain_or_of_one(shared: Path, cli: Cli, theirs: str) -> None:
    cli("record", "6.1", "--transferred", "40", "--plan", OURS)
    whole = cli("verify")
    one = cli("verify", "--plan", theirs)

    assert (0, 0) == (whole.code, one.code)
    heads = [line for line in whole.out.splitlines() if line.startswith("链首")]
    assert ["2", "1"] == [line.partition(" ")[2].partition(":")[0] for line in heads]
    assert ["试验办", "虚构办"] == [line.split()[-1] for line in heads]
    assert one.out.splitlines()[-1] == heads[1].removesuffix("  虚构办")
    noted = heads[0].split()[1]
    assert 0 == cli("verify", "--against", noted, "--plan", OURS).code
    assert "请用 --plan" in cli("verify", "--against", noted).err


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ("UPDATE entry SET note = 'x' WHERE origin_id = 2", "虚构办：第1号记录与封存时不符"),
        ("UPDATE origin SET office = '别的办' WHERE id = 2", "本办的名称（别的办）与第1号记录所说的不符"),
        ("UPDATE plan SET origin_id = 1 WHERE id = 2", "方案 jiaxian-2021 有一个版本没有启用记录"),
        ("DELETE FROM entry WHERE origin_id = 2", "虚构办"),
        ("UPDATE entry SET id = id + 5 WHERE origin_id = 2", "第1号记录不见了"),
    ],
)
def test_what_was_altered_in_one_chain_is_noticed_and_named(
    shared: Path, cli: Cli, edit: str, sentence: str
) -> None:
    raw = sqlite3.connect(shared)
    with unguarded(raw):
        raw.execute(edit)
    raw.close()

    code, out, _ = cli("verify")

    assert 9 == code
    assert sentence in out


@pytest.mark.parametrize(
    "forged",
    [
        "500, 1, 500, 2, kind, code, indicator, 100, side, agency, dated, recorded_at, recorded_by, subject, note, details, NULL, hash",
        "600, 1, 600, 1, 'reversal', '', '', NULL, '', '', dated, recorded_at, recorded_by, '', '', '', 10000000001, hash",
        "4, 2, 4, 2, kind, code, indicator, 100, side, agency, dated, recorded_at, recorded_by, subject, note, details, NULL, hash",
    ],
)
def test_what_lies_among_the_rows_of_one_office_and_counts_for_another_is_noticed(
    shared: Path, cli: Cli, theirs: str, forged: str
) -> None:
    raw = sqlite3.connect(shared)
    raw.execute(f"INSERT INTO entry SELECT {forged} FROM entry WHERE id = 1")  # noqa: S608
    raw.commit()
    raw.close()

    assert [9, 9] == [cli("verify", "--plan", theirs).code, cli("verify").code]


def test_a_number_of_ones_own_never_means_the_row_of_another(shared: Path, cli: Cli) -> None:
    answer = cli("evidence", "extract", "10000000001", "--plan", OURS)

    assert (2, "") == (answer.code, answer.out)
    assert "没有第10000000001号记录" in answer.err


def test_files_of_both_are_backed_up_and_come_back(
    shared: Path, cli: Cli, home: Path, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file in two chains lies there twice: what one office destroys, the other keeps."""
    (home / "a.pdf").write_bytes(b"made up")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-06-01")
    for plan, code in ((OURS, "6.1"), (theirs, "1")):
        kind = ["--kind", "实施方案"] if plan == theirs else []
        answer = cli("attach", code, "a.pdf", "--plan", plan, *kind)
        assert 0 == answer.code, answer.err
    assert 2 == len([path for path in (shared.parent / "ledger.db.files").rglob("*") if path.is_file()])
    assert 0 == cli("evidence", "destroy", "2", "--because", "不该留", "--plan", theirs).code
    assert 1 == len([path for path in (shared.parent / "ledger.db.files").rglob("*") if path.is_file()])

    assert 0 == cli("attach", "1", "a.pdf", "--plan", theirs, "--kind", "实施方案").code
    done = cli("backup", "b.zip")
    assert 0 == done.code
    assert "佐证材料2个文件" in done.out
    elsewhere = home / "other" / "ledger.db"
    assert 0 == cli("restore", "b.zip", "--ledger", str(elsewhere)).code
    whole = cli("verify", "--ledger", str(elsewhere))
    assert 0 == whole.code
    assert "佐证材料2个文件，与存入时一致。" in whole.out
    assert (
        0 == cli("evidence", "extract", "2", "--to", "back", "--plan", OURS, "--ledger", str(elsewhere)).code
    )
    assert b"made up" == (home / "back" / "a.pdf").read_bytes()


def test_another_plan_of_an_office_goes_into_its_chain(shared: Path, cli: Cli, theirs: str) -> None:
    small = str(Path(SECOND).with_name("small.yaml"))
    answer = cli("adopt", small, "--plan", theirs)

    assert "（第2号记录）" in answer.out
    assert "2:" in cli("verify", "--plan", theirs).out


def test_a_plan_of_one_office_is_not_adopted_into_the_chain_of_another(
    shared: Path, cli: Cli, tmp_path: Path, theirs: str
) -> None:
    newer = tmp_path / "newer.yaml"
    newer.write_text(Path(SECOND).read_text("utf-8").replace("warn_days: ", "warn_days: 1"), "utf-8")
    sentence = f"方案 {theirs} 属于另一个办公室的台账，与 --plan 写的不是同一本；请用 --plan {theirs}。台账未改动。\n"

    assert (2, "", sentence) == cli("adopt", str(newer), "--plan", OURS)
    assert "第2号记录" in cli("adopt", str(newer)).out


def test_the_checker_of_the_page_checks_every_chain(shared: Path, cli: Cli) -> None:
    cli("record", "6.1", "--transferred", "40", "--plan", OURS)
    heads = [line.split()[1].removesuffix("…") for line in cli("verify").out.splitlines() if "链首" in line]
    raw = sqlite3.connect(shared)

    assert ["", ""] == [check(raw, head) for head in heads]
    raw.close()


def test_a_suggested_command_goes_to_the_same_ledger_and_plan(shared: Path, cli: Cli, tmp_path: Path) -> None:
    """Somebody pastes it; in another ledger the same number is something else."""
    there = cli("record", "6.1", "--transferred", "40", "--plan", OURS)
    again = cli("record", "6.1", "--transferred", "40", "--plan", OURS)

    assert f"planledger --plan {OURS} reverse 2 --because 原因\n" in there.out
    assert f"planledger --plan {OURS} reverse 3 --because 重复登记\n" in again.err
    named = cli("init", "--ledger", str(tmp_path / "a b.db"))
    assert 0 == named.code
    third = cli("record", "6.1", "--transferred", "1", "--ledger", str(tmp_path / "a b.db"))
    assert f"planledger --ledger '{tmp_path}/a b.db' reverse 2 --because 原因\n" in third.out


def test_a_refusal_and_a_table_suggest_lines_for_the_ledger_that_was_typed(cli: Cli, home: Path) -> None:
    """An answer of another ledger, or a table imported into it, would look like success."""
    (home / "planledger data").mkdir()  # its name begins no command
    used = "planledger data/planledger.db"
    cli("init", "--ledger", used)
    options = ("--ledger", used, "--plan", "2019")
    where = f"planledger --ledger '{used}' --plan jianghai-daxin-2019"

    def err(*words: str) -> str:
        return cli(*words, *options).err

    assert f"没有事项 6.11。您是不是要写：6.1？运行 {where} status 可看全部编号。\n" == err("show", "6.11")
    assert f"它承担的事项见 {where} status --agency 人社局\n" in err("show", "人社局")
    assert f"请写：planledger status --ledger '{used}' --plan 2019 --agency 人社局\n" in err(
        "status", "人社局"
    )
    assert f"请写：planledger status --standing 逾期 --ledger '{used}' --plan 2019\n" in err(
        "status", "--standng", "逾期"
    )
    assert f"填好后 {where} import a.xlsx。\n" in cli("tables", "contacts", "a.xlsx", *options).out
    for line, command in {
        f"台账~/{used}（": "doctor --plan 2019",
        f"请运行 planledger --ledger '{used}' backup，": "doctor",
        f"明细见 {where} overdue --agency 单位": "overdue --plan 2019",
    }.items():
        shown = cli(*command.split(), "--ledger", used).out  # folded at the edge of the terminal
        assert "".join(line.split()) in "".join(shown.split())
    settings = home / ".config" / "planledger" / "config.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("by = 1\n", "utf-8")
    assert 2 == cli("status", *options).code  # and no traceback


@pytest.mark.parametrize("office", ["", " "])
def test_an_office_without_a_name_begins_no_chain(shared: Path, cli: Cli, office: str) -> None:
    code, out, err = cli("adopt", SECOND.replace("second", "small"), "--office", office)

    assert (2, "") == (code, out)
    assert err.startswith("--office 有一处是空的；请写上，或去掉再运行。")


def test_the_first_adoption_says_whose_the_ledger_is(cli: Cli) -> None:
    assert 0 == cli("adopt", SECOND, "--office", "虚构办").code

    assert "虚构办" in cli("adopt", SECOND.replace("second", "small"), "--office", "虚构办").err


def test_a_plan_of_other_sides_is_reported(cli: Cli, ledger: Path) -> None:
    sentence = "注意：甲县不在本台账的其他方案里。若是另一个县的方案，应在启用时写 --office 另立一本；已启用的不能撤销。\n"
    answer = cli("adopt", SECOND, "--ledger", str(ledger))

    assert 0 == answer.code
    assert answer.out.endswith(sentence)


def test_an_office_has_one_chain(shared: Path, cli: Cli) -> None:
    code, out, err = cli("adopt", SECOND.replace("second", "small"), "--office", "虚构办")

    assert (2, "") == (code, out)
    assert err.startswith("虚构办 在 ")


def test_a_plan_that_is_not_there_is_not_checked(shared: Path, cli: Cli) -> None:
    for words in (("verify",), ("verify", "--since", "1:0123456789abcdef")):
        code, out, err = cli(*words, "--plan", "jiaxian-2020")
        assert (2, "") == (code, out)
        assert "您是不是要写" in err


def test_the_checker_sees_a_plan_that_was_moved_to_another_office(shared: Path) -> None:
    """An adoption is known by its chain too: what one office adopted is in force for nobody else."""
    raw = sqlite3.connect(shared)
    assert "" == check(raw)
    with unguarded(raw):
        raw.execute("UPDATE plan SET origin_id = 1 WHERE id = 2")

    assert "plan version 2 is not what was adopted" == check(raw)
    raw.close()
