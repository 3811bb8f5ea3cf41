"""The worked example of CONTRIBUTING.md is a kind of entry that works: applied to a copy, and put through the test of all kinds."""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"`((?:src|tests)/[\w/.]+)`[^\n]*\n+(?:<!-- (behind|before): ([^\n]*) -->\n)?```python\n(.*?)```",
    re.DOTALL,
)


def blocks() -> list[tuple[str, str, str, str]]:
    """Each change of the example: the file, where in it (behind or before a line; empty for its end), and the lines."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    example = text.partition("## A new kind of entry")[2].partition("\n## ")[0]
    return BLOCK.findall(example)


def changed(text: str, where: str, line: str, added: str) -> str:
    """*text* with lines added at the one place that a line names."""
    if not where:
        return text + added
    places = [match.start() for match in re.finditer(rf"^ *{re.escape(line.strip())}", text, re.MULTILINE)]
    assert 1 == len(places), f"{line} stands {len(places)} times"
    place = text.index("\n", places[0]) + 1 if where == "behind" else places[0]
    return text[:place] + added + text[place:]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with the example in it."""
    for folder in ("src", "tests", "data"):
        copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for name, where, line, added in blocks():
        path = tmp_path / name
        path.write_text(
            changed(path.read_text("utf-8") if path.exists() else "", where, line, added), "utf-8"
        )
    return tmp_path


def test_a_kind_that_is_added_as_the_guide_says_is_known_to_every_output(project: Path) -> None:
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            "tests/contract/test_every_kind.py",
            "-k",
            "visit or not without_its_unit",  # what one kind alone goes through, the others do in the project itself
        ],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, True) == (answer.returncode, " passed" in answer.stdout), answer.stdout[-3000:] + answer.stderr


def test_the_example_touches_the_places_that_a_kind_has() -> None:
    assert [
        "src/planledger/plan/model/terms.py",
        "src/planledger/plan/model/entry_kinds.py",
        "src/planledger/formats/entry_wording.py",
        "src/planledger/formats/text/reply.py",
        "src/planledger/ledger/actions/visit.py",
        "src/planledger/cli/record/visit.py",
        "src/planledger/cli/framework/command_table.py",
        "tests/contract/test_every_kind.py",
    ] == [name for name, *_ in blocks()]
