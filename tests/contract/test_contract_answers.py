"""The office's year, lived in a file and on a server: the same commands, and to the letter the same answers."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import Result
from docs_console import MADE_UP_FILES, ROOT, story
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
ONE_ORIGIN = "0123456789abcdef"  # so that seals can be compared too
ASKED = (
    "status", "status --json", "status --csv", "status --sum-by side", "status --as-of 2019-08-01",
    "status --known-at 2019-08-01T12:00", "overdue --as-of 2019-12-05", "overdue --as-of 2019-12-05 --json",
    "overdue --as-of 2019-12-05 --by item", "show 1.3", "show 5.2", "show 6.1 --json", "history", "history --json",
    "changes --since 2019-06-01", "changes --since 2019-06-01 --json", "history 6.1", "history --agency 人社局", "agencies", "agencies --json", "upcoming --days 60", "missing", "missing --json",
    "filings", "filings --json", "reports --month 2019-07", "silent --days 30", "duplicates", "doubts", "doubts --json", "evidence list",
    "evidence list --full --json", "verify", "status --agency 人社局", "status --area 6",
)  # fmt: skip
REFUSED = (
    "record 6.1 --transferred 四十", "record 9.9 --done", "reverse 999 --because 误", "reverse 1 --because 误",
    "close 1.1", "show 9.9", "status --agency 人社厅", "record 6.1 --transferred 4 --agency 人社局", "amend 1.1 --because 无",
    "verify --against 9999:0123456789abcdef", "evidence extract 1 x.pdf", "status --plan 没有",
)  # fmt: skip


def lived(address: str, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Result]]:
    """Live through the year of `docs/year.md`, then ask everything and try what is refused."""
    monkeypatch.setattr(
        "planledger.ledger.plans.adoption.secrets", SimpleNamespace(token_hex=lambda _: ONE_ORIGIN)
    )
    monkeypatch.setenv("PLANLEDGER_LEDGER", address)
    answers = []
    for today, words in story((ROOT / "docs" / "year.md").read_text("utf-8")):
        monkeypatch.setenv("PLANLEDGER_TODAY", f"{today}T10:00:00+08:00")
        answers.append((" ".join(words), cli(*words)))
        assert ExitCode.DONE == answers[-1][1].code, answers[-1]
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-20T10:00:00+08:00")
    for line in ASKED + REFUSED:
        answers.append((line, cli(*line.split())))
        assert (line in ASKED) == (answers[-1][1].code == ExitCode.DONE), answers[-1]
    return [(line, Result(code, _placeless(out), _placeless(err))) for line, (code, out, err) in answers]


def _placeless(text: str) -> str:
    """Leave out where a ledger is kept: that alone may differ."""
    text = re.sub(r"(?:postgresql://\S+/ledger_\w+|/\S+?/(?:file|server)\b\S*)", "某处", text)
    return re.sub(r"[ \n]*$", "\n", text)


def test_the_year_gives_the_same_answers_in_a_file_and_on_a_server(
    cli: Cli, home: Path, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    for kind, address in (("file", str(home / "file" / "ledger.db")), ("server", empty)):
        folder = home / kind
        (folder / "shared").mkdir(parents=True)
        monkeypatch.chdir(folder)
        monkeypatch.setenv("PLANLEDGER_FILES", str(folder / "shared"))
        for name in MADE_UP_FILES:
            (folder / name).write_text(f"{name}（虚构）", "utf-8")
        answers.append(lived(address, cli, folder, monkeypatch))
    in_file, on_server = answers

    assert len(in_file) > 100
    for (line, one), (_, other) in zip(in_file[1:], on_server[1:], strict=True):
        assert (line, one) == (line, other)
    _the_archives_are_the_same(home)


def _the_archives_are_the_same(home: Path) -> None:
    one, other = (
        {
            str(path.relative_to(home / kind)): path
            for path in (home / kind).glob("归档*/**/*")
            if path.is_file()
        }
        for kind in ("file", "server")
    )

    assert one.keys() == other.keys()
    assert one
    assert [name for name in one if one[name].read_bytes() != other[name].read_bytes()] == []
