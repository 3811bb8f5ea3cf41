"""Numbers as people and programs write them, as options: what is not plainly a whole figure stores nothing."""

from collections.abc import Callable
from pathlib import Path

from conftest import Result
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
FORTY = ("40", "４０", " 40 ", "40.0", "40人")
REFUSED = (
    "NaN", "inf", "-inf", "+inf", "-5", "40.5", str(2**63), str(10**30), "", "True", "是", "1_000", "1e3", "0x10", "四十",
    "٤٠", "½", "40-50", "1,00", "4O",
)  # fmt: skip


def test_forty_is_stored_as_forty(cli: Cli, ledger: Path) -> None:
    for number, typed in enumerate(FORTY, 1):
        for words in (["--transferred", typed], [f"--transferred={typed}"]):
            answer = cli("record", "6.1", *words, "--ledger", str(ledger))
            assert (ExitCode.DONE, True) == (answer.code, "新增转移就业 +40人" in answer.out), typed
        assert f"累计 {80 * number}/155人" in answer.out


def test_what_is_no_figure_is_refused_and_stores_nothing(cli: Cli, ledger: Path) -> None:
    before = ledger.read_bytes()
    for typed in REFUSED:
        for words in (
            ["record", "6.1", f"--transferred={typed}"],
            ["correct", "1", "--to", typed, "--because", "误"],
        ):
            answer = cli(*words, "--ledger", str(ledger))
            assert (ExitCode.REFUSED, "", 1) == (answer.code, answer.out, answer.err.count("\n")), words
    assert before == ledger.read_bytes()


def test_no_way_leads_below_zero_and_what_is_far_above_is_shown_with_the_way_back(
    cli: Cli, ledger: Path
) -> None:
    """A figure cannot be negative; a reversal takes away what it names, once, and nothing else."""
    where = ("--ledger", str(ledger))
    cli("record", "6.1", "--transferred", "40", *where)
    assert ExitCode.REFUSED == cli("correct", "2", "--to", "-1", "--because", "误", *where).code
    assert ExitCode.DONE == cli("reverse", "2", "--because", "误", *where).code
    for number in ("2", "3"):
        assert ExitCode.REFUSED == cli("reverse", number, "--because", "再冲", *where).code
    assert "累计 0/155人" in cli("record", "6.1", "--transferred", "0", *where).out

    far = cli("record", "6.1", "--transferred", "999999999", *where)
    warned = "注意：新增转移就业已是目标的3倍以上，已照记；请核对有没有多打数字。\n"
    assert (ExitCode.DONE, warned) == (far.code, far.err)
    assert "+999,999,999人，累计 999,999,999/155人" in far.out
    assert "  登错了就冲正：planledger --ledger " in far.out
