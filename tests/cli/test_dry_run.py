"""What `import --dry-run` says is what `import` does: the same lines, the same counts, the same exit code."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from book import Book
from conftest import Result, at
from planledger.ledger.actions.request import Recording
from planledger.store.database import Store
from planledger.store.sqlite.copies import copy_in_memory

Cli = Callable[..., Result]
FORMS = [("大新县人社局", "2019-06"), ("大新县人社局", "2019-07"), ("江海区人社局", "2019-07")]
CELLS: dict[str, tuple[Any, ...]] = {
    "I7": (40, 40, 45, "四十", None),
    "J7": ("2019-06-16", 20190618, "2019.6.16", None),
    "I6": (1, 2, None, None),
    "J6": ("2019-06-17", "2019-06-17", None),
    "L6": ("正在摸底", "无", None, None),
}


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The forms of two units and two months, as the office sends them."""
    from planledger.cli.app import run

    folder = tmp_path_factory.mktemp("blank")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANLEDGER_TODAY", "2019-08-02")
        patch.setenv("XDG_DATA_HOME", str(folder))
        for unit, month in FORMS:
            words = [
                "template",
                "--agency",
                unit,
                "--period",
                month,
                "-o",
                str(folder / f"{unit}{month}.xlsx"),
            ]
            assert 0 == run(words)
    return sorted(folder.glob("*.xlsx"))


def folder_of(blank: list[Path], folder: Path, chance: random.Random) -> None:
    """Put some forms into a folder, copies among them, and what is none."""
    folder.mkdir()
    for number in range(chance.randint(2, 4)):
        book = load_workbook(chance.choice(blank))
        for cell, values in CELLS.items():
            book["填报表"][cell].value = chance.choice(values)
        book.save(folder / f"{number}.xlsx")
    if chance.random() < 0.5:
        shutil.copy(folder / "0.xlsx", folder / "9 - 副本.xlsx")
    if chance.random() < 0.3:
        (folder / "旧.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    (folder / "._0.xlsx").write_bytes(b"\0\5\x16\7")


def message(answer: Result) -> tuple[int, list[str], str]:
    """What an answer says, whether it was a rehearsal or not."""
    lines = [
        line for line in answer.out.splitlines() if "尚未登记" not in line and "  已登记（第" not in line
    ]
    return answer.code, lines, answer.err.splitlines()[-1].replace("可导入", "已导入")


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 100))]
)
def test_a_dry_run_says_of_any_folder_what_the_import_does(
    cli: Cli, home: Path, blank: list[Path], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Without a ledger first, then on what the import before left, and nothing of a dry run stays."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    chance, ledger = random.Random(seed), home / "share/planledger/ledger.db"  # noqa: S311
    for name in ("甲", "乙"):
        folder_of(blank, home / name, chance)
        options = chance.choice(
            [(), (), ("--changed", "add"), ("--changed", "correct"), ("--agency", FORMS[0][0])]
        )
        before = ledger.read_bytes() if ledger.exists() else b""
        rehearsed = cli("import", name, "--dry-run", *options)

        assert before == (ledger.read_bytes() if ledger.exists() else b"")
        assert message(rehearsed) == message(cli("import", name, *options))


def test_what_is_tried_out_on_a_copy_stays_there(store: Store) -> None:
    """Whatever database keeps the ledger; the copy begins with all that the ledger has."""
    text = Recording("6.1", (("transferred", "40"),), agency="大新县人社局", on="2019-06-18")
    first = Book(store, at("2019-06-18")).record(text).stored[-1].number
    copy = copy_in_memory(store)
    second = Book(copy, at("2019-06-18")).record(text._replace(agency="江海区人社局")).stored[-1].number
    copy.close()

    assert first + 1 == second
    assert first + 1 == Book(store, at("2019-06-19")).record(text).stored[-1].number


def test_a_dry_run_needs_no_right_to_write(cli: Cli, home: Path, blank: list[Path]) -> None:
    cli("init")
    ledger = home / "share/planledger/ledger.db"
    ledger.chmod(0o400)
    times = ledger.stat().st_mtime_ns, ledger.parent.stat().st_mtime_ns
    answer = cli("import", str(blank[0]), "--dry-run")

    assert (0, "没有填任何内容。") == (answer.code, answer.out.splitlines()[-1].strip())
    assert times == (ledger.stat().st_mtime_ns, ledger.parent.stat().st_mtime_ns)


@pytest.mark.parametrize(
    "name", ["._甲.xlsx", "~$甲.xlsx", ".~甲.xlsx", "Thumbs.db", ".DS_Store", "desktop.ini", "__MACOSX"]
)
def test_what_systems_leave_next_to_a_form_is_no_form(
    cli: Cli, home: Path, blank: list[Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In a folder, and where a shell names every file in it."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    (home / "收").mkdir()
    shutil.copy(blank[0], home / "收" / "甲.xlsx")
    (home / "收" / name).write_bytes(b"\0\5\x16\7")
    answers = cli("import", "收"), cli("import", "收/甲.xlsx", f"收/{name}")

    assert [0, 0] == [answer.code for answer in answers]
    assert all(
        "甲.xlsx  大新县人社局 2019-06" in answer.out and 3 == len(answer.out.splitlines())
        for answer in answers
    )
