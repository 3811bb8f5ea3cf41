"""Whole screens, kept in `tests/screens`; `UPDATE_SCREENS=1 pytest` writes them anew for a person to read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planledger.formats.text.display import columns

Cli = Callable[..., "tuple[int, str, str]"]
SCREENS = Path(__file__).parents[1] / "screens"
QUESTIONS = {
    "status": ["status"],
    "status_unit": ["status", "--agency", "人社局"],
    "status_area": ["status", "--area", "劳务协作"],
    "sums_area": ["status", "--sum-by", "area"],
    "sums_side": ["status", "--sum-by", "side"],
    "overdue": ["overdue"],
    "overdue_unit": ["overdue", "--agency", "大新县妇联"],
    "overdue_assist": ["overdue", "--agency", "江海区财政局"],
    "overdue_by_item": ["overdue", "--by", "item"],
    "overdue_by_side": ["overdue", "--by", "side"],
    "upcoming_full": ["upcoming", "--as-of", "2019-11-26", "--agency", "人社局", "--full"],
    "upcoming": ["upcoming", "--as-of", "2019-11-10"],
    "upcoming_none": ["upcoming", "--as-of", "2020-03-01"],
    "show_1.3": ["show", "1.3"],
    "show_5.2": ["show", "5.2"],
    "show_6.1": ["show", "6.1"],
    "history": ["history"],
    "history_item": ["history", "6.1", "--agency", "江海人社局"],
    "agencies": ["agencies"],
    "reports": ["reports", "--month", "2019-07"],
    "silent": ["silent", "--days", "60"],
    "duplicates": ["duplicates"],
    "missing": ["missing"],
    "missing_pending": ["missing", "--as-of", "2019-08-01"],
    "filings": ["filings"],
    "filings_unit": ["filings", "--agency", "教育局", "--as-of", "2019-11-19"],
    "agencies_missing": ["agencies", "--missing", "contacts"],
    "agencies_full": ["agencies", "--agency", "人社局", "--full"],
    "history_unit": ["history", "--agency", "江海人社局", "--since", "2019-11-08"],
}


@pytest.fixture
def used(filled: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """The ledger after a made-up year, asked on 5 December."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    return filled


def compare(name: str, text: str) -> None:
    """Hold a text against the one that is kept."""
    path = SCREENS / f"{name}.txt"
    if os.environ.get("UPDATE_SCREENS"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_screen_is_what_it_was(
    cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch, name: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = cli(*QUESTIONS[name])

    assert (0, "") == (code, err)
    compare(f"{name}-{width}", "".join(line.rstrip() + "\n" for line in out.splitlines()))


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(
    cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch, name: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = cli(*QUESTIONS[name])

    assert (0, "") == (code, err)
    assert [] == [line for line in out.splitlines() if columns(line) > width]
    assert "…" not in out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_codes_days_and_standing_words_stay_whole(
    cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = cli("status")[1]
    lines = [line for line in out.splitlines() if line[:1].isdigit() and line[1] == "." and "  " in line]

    assert 26 == len(lines)
    for line in lines:
        assert any(
            word in line for word in ("逾期", "临期", "未启动", "进行中", "已完成", "已销号", "缺材料")
        )
        assert any(day in line for day in ("2019-08-31", "2019-10-31", "2019-11-30", "2019-12-31"))


def test_colour_is_never_the_only_sign_and_pipes_get_none(
    cli: Cli, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = cli("status")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert "\x1b" not in piped
    assert piped == cli("status")[1].replace("\x1b[1m", "").replace("\x1b[0m", "")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_figures_of_many_sides_fit_the_terminal(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """A city over three counties: its four sides share one column, where two would have one each."""
    monkeypatch.setenv("COLUMNS", str(width))
    city = str(SCREENS.parent / "plans" / "city.yaml")
    assert 0 == cli("init", city)[0]
    cli("record", "5", "--seats", "1200", "--agency", "云岭县教育局")

    code, out, _ = cli("show", "5")

    assert (0, []) == (code, [line for line in out.splitlines() if columns(line.rstrip()) > width])
    assert "按方" in out
