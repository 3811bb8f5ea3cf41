"""Made-up plans of other shapes, each lived through half a year by the command line: `tests/lives/`, one a file.

A line without an indent is a step; what it answers stands below it, indented.

    day 2022-03-01          the clock of the steps below
    $ overdue               a command: its whole answer, and its exit code where that is not 0
    - record 3.1 --trees 1  a command that is done, and whose answer concerns no reader
    fill FILE 3.1 造林: 本期新增=40   cells of a form that came back, by the row, the indicator and the heads of the columns
    edit FILE: OLD -> NEW   a plan file changed by its writer

`UPDATE_LIVES=1 pytest` writes the answers anew, for a person to read.
"""

import os
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from conftest import Result
from planledger.plan.refusal import ExitCode

LIVES = sorted((Path(__file__).parents[1] / "lives").glob("*.txt"))
PLANS = Path(__file__).parents[1] / "plans"
_VARYING = re.compile(r"(链首 \d+:|清单的 SHA-256 )[0-9a-f]+")
_FILL = re.compile(r"(?P<file>\S+) (?P<code>[0-9.]+) ?(?P<indicator>[^:]*): (?P<cells>.+)")
_EDIT = re.compile(r"(?P<file>\S+): (?P<old>.+) -> (?P<new>.+)")
_HEADS = 4  # the row of a form that names its columns

Cli = Callable[..., Result]


@pytest.mark.parametrize("life", LIVES, ids=lambda path: path.stem)
def test_a_plan_of_another_shape_is_lived_through_half_a_year(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, life: Path
) -> None:
    for file in PLANS.glob("*.yaml"):
        (home / file.name).write_bytes(file.read_bytes())
    written = life.read_text("utf-8")
    lived = "".join(f"{line}\n" for line in live(written, cli, home, monkeypatch))
    if os.environ.get("UPDATE_LIVES"):
        life.write_text(lived, "utf-8")
    assert lived.splitlines() == written.splitlines()


def live(text: str, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Take the steps of a life in their order, and yield it with what they answer today."""
    for step in text.splitlines():
        if step.startswith("    "):
            continue
        yield step
        verb, _, words = step.partition(" ")
        if verb == "day":
            monkeypatch.setenv("PLANLEDGER_TODAY", words)
        elif verb == "fill":
            fill(home, words)
        elif verb == "edit":
            edit(home, words)
        elif verb == "-":
            answer = cli(*shlex.split(words))
            assert ExitCode.DONE == answer.code, (step, answer)
        elif verb == "$":
            yield from indented(cli(*shlex.split(words)), home)
        else:
            assert not step or step.startswith("#"), f"not a step: {step}"


def indented(answer: Result, home: Path) -> Iterator[str]:
    """Yield the whole answer of a command; what differs from run to run is written in one way."""
    text = _VARYING.sub(r"\g<1>0123456789ab…", (answer.out + answer.err).replace(str(home), "~"))
    yield from (f"    {line.rstrip() or '.'}" for line in text.splitlines())
    if answer.code != ExitCode.DONE:
        yield f"    ({int(answer.code)})"


def fill(home: Path, words: str) -> None:
    """Write into the cells of one line of a form, as a unit would."""
    asked = _FILL.fullmatch(words)
    assert asked is not None, words
    book = load_workbook(home / asked["file"])
    page = book["填报表"]
    columns = {str(cell.value): cell.column for cell in page[_HEADS]}
    row = next(
        row
        for row in range(_HEADS + 1, page.max_row + 1)
        if (page.cell(row, columns["序号"]).value, page.cell(row, columns["指标"]).value or "")
        == (asked["code"], asked["indicator"])
    )
    for cell in shlex.split(asked["cells"]):
        head, _, value = cell.partition("=")
        page.cell(row, columns[head]).value = float(value) if value.isdecimal() else value
    book.save(home / asked["file"])


def edit(home: Path, words: str) -> None:
    """Change one place of a plan file."""
    change = _EDIT.fullmatch(words)
    assert change is not None, words
    path = home / change["file"]
    before = path.read_text("utf-8")
    assert 1 == before.count(change["old"]), words
    path.write_text(before.replace(change["old"], change["new"]), "utf-8")
