"""Another county and another year need no code: what belongs to one plan stands in its file alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import planledger
from planledger.cli.framework.command_table import COMMANDS
from planledger.store.paths import BUILT_IN_PLAN

SOURCE = Path(planledger.__file__).parent
EXAMPLES = {row.example for row in COMMANDS.values()}
OWN = re.compile("2019|江海|大新")
DATE_TO_TYPE = re.compile("如 2019-[0-9T:-]+")


def spoken(code: str) -> Iterator[str]:
    """Return every constant and every name of a module; comments and docstrings are for developers."""
    tree = ast.parse(code)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs:
            yield str(node.value)
        elif isinstance(node, ast.Name | ast.FunctionDef | ast.ClassDef):
            yield node.id if isinstance(node, ast.Name) else node.name


def own_words(code: str) -> list[str]:
    """Find what a module knows of the built-in plan; what a user may type as an example is no knowledge."""
    texts = [text for text in spoken(code) if text not in EXAMPLES and text != BUILT_IN_PLAN]
    return [text for text in texts if OWN.search(DATE_TO_TYPE.sub("", text))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("YEAR = 2019", ["2019"]),
        ('SIDES = ("江海区",)', ["江海区"]),
        ('if side == f"{name}大新县": pass', ["大新县"]),
        ("def of_2019(): pass", ["of_2019"]),
        ('"""如 2019 年的江海区。"""\ndef a():\n    """大新县。"""  # 江海区\n', []),
        ('HELP = "只看此刻之前的，如 2019-11-15T18:00"', []),
        ('FILE = "plan_2019.yaml"', []),
    ],
)
def test_constants_and_names_count_and_what_explains_does_not(code: str, expected: list[str]) -> None:
    assert expected == own_words(code)


def test_nothing_of_the_built_in_plan_lives_in_the_code() -> None:
    """No year and no side is known; only the name of the file and examples to type are."""
    lines = {
        f"{path.relative_to(SOURCE)}: {text}"
        for path in SOURCE.rglob("*.py")
        for text in own_words(path.read_text(encoding="utf-8"))
    }
    assert set() == lines
