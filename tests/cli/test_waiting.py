"""Who waits sees how far it is: on a terminal, after a second, and never in a file or a pipe."""

import sys

import pytest

SLOW = """import time
from planledger.cli.session.output_file import with_progress
print([one for one in with_progress("佐证材料")([1, 2, 3, 4, 5]) if time.sleep({seconds}) is None])
"""


def shown(seconds: float) -> str:
    pexpect = pytest.importorskip("pexpect")
    terminal = pexpect.spawn(
        sys.executable, ["-c", SLOW.format(seconds=seconds)], encoding="utf-8", timeout=60
    )
    text: str = terminal.read()
    terminal.close()
    assert 0 == terminal.exitstatus, text
    return text


def test_a_bar_shows_on_a_terminal_after_a_second() -> None:
    text = shown(0.4)

    assert "佐证材料" in text
    assert "[1, 2, 3, 4, 5]" in text


def test_no_bar_shows_for_what_is_quick() -> None:
    assert "[1, 2, 3, 4, 5]" == shown(0.001).strip()


def test_no_bar_shows_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    from planledger.cli.session.output_file import with_progress

    several = [1, 2]

    assert several is with_progress("佐证材料")(several)
    assert "" == capsys.readouterr().err
