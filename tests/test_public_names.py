"""What the program's own names hold to: plain words, one word for one thing, and no name that a library keeps for itself."""

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

import planledger
from trials import every

SOURCE = Path(planledger.__file__).parent
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
}
NO_NAMES = {"said", "told", "found", "hand", "deed", "press", "beside", "reach", "packed"}
TABLES = "store/schema/tables.py"  # a row of the plan and the table that keeps it bear one name
A_NUMBER_SET_OFF = re.compile(
    r"(?<![\d-])第 0|[\u4e00-\u9fff] 0 ?[号条个处行家份项次版]|\b0 [号条个处行家份项次版]"
)
FORMS_OF_AN_ANSWER = {
    f"formats/{form}/{part}.py"
    for form in ("csv", "json", "screen")
    for part in ("answers", "overdue", "topics")
}  # `formats/answers.py`
# The same word twice, and why it is the right one in both places.
TWICE = {
    "adopt": "the command, and the action that it calls",
    "restore": "the command, and the action that it calls",
}


def public(name: str) -> bool:
    return not name.startswith("_")


def names_in(module: str) -> Iterator[str]:
    """Every name that a reader from outside meets: the module, its classes, functions, fields and parameters."""
    yield Path(module).stem
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.ClassDef):
            yield node.name
            yield from (
                field.target.id
                for field in node.body
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
            )
        elif isinstance(node, ast.FunctionDef) and public(node.name):
            yield node.name
            yield from (arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))


def is_command(node: ast.AST) -> bool:
    """Whether a function bears the name of its command."""
    return any(
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Name)
        and mark.func.id in ("command", "action", "question")
        for mark in getattr(node, "decorator_list", ())
    )


@every((module, [module]) for module in TREES)
def test_no_public_name_is_a_word_that_only_the_house_understands(module: str) -> None:
    assert set() == NO_NAMES & set(map(str.lower, names_in(module)))


@pytest.mark.parametrize("folder", ["tests", "bench"])
def test_no_test_and_no_measurement_gives_such_a_name_to_anything(folder: str) -> None:
    """Locals too: a sentence, a match or a check bears the name of what it is."""
    named = {
        f"{path.name}: {name}"
        for path in (Path(__file__).parents[1] / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if not isinstance(node, ast.keyword)  # `said` is a detail of an entry, and a promise
        for name in (getattr(node, "id", ""), getattr(node, "arg", ""), getattr(node, "name", ""))
        if name and name.strip("_") in NO_NAMES
    }
    assert set() == named


def test_no_public_class_or_function_has_the_name_of_another() -> None:
    """Commands bear the word that is typed, tables that of their row, and each form of an answer that of its question."""
    defined = sorted(
        (node.name, module)
        for module, tree in TREES.items()
        if module not in FORMS_OF_AN_ANSWER | {TABLES}
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and public(node.name)
        if not is_command(node) or node.name in TWICE
    )
    twice = {
        name: modules
        for name, pairs in groupby(defined, key=lambda pair: pair[0])
        if len(modules := [module for _, module in pairs]) > 1
    }
    assert set(TWICE) == set(twice), twice


def texts_in(tree: ast.Module) -> Iterator[str]:
    """Every text of a module, a `0` for whatever is put into it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_a_number_stands_without_a_blank_before_what_it_counts() -> None:
    """A blank sets off a word that was typed or can be typed: `人社局 有2家`, `第2号`."""
    assert [] == [text for tree in TREES.values() for text in texts_in(tree) if A_NUMBER_SET_OFF.search(text)]


def test_a_docstring_begins_with_what_is_returned_or_done() -> None:
    """Return …, Write …, Whether …: a function that only says something does nothing, and nobody is told."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        (module, ast.get_docstring(node) or "")
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, documented)
    }
    assert [] == [one for one in sorted(docstrings) if re.match(r"Say\b", one[1]) or "is told" in one[1]]


EXCUSE = re.compile(r"# (noqa|type: ignore)\b[^(#]*(\(.+\)|# .+)?")
EXCUSES = [
    (path.name, line.strip(), match)
    for path in SOURCE.rglob("*.py")
    for line in path.read_text("utf-8").splitlines()
    if (match := EXCUSE.search(line))
]


def test_lint_excuses_are_few_and_each_has_its_reason() -> None:
    assert [] == [(name, line) for name, line, match in EXCUSES if not match[2]]
    assert len(EXCUSES) <= 60


def test_private_parts_of_libraries_are_those_that_the_decisions_name() -> None:
    """What begins with one underscore, of a module or of a thing that is no named tuple and not this object itself."""
    named = (Path(__file__).parents[1] / "docs" / "decisions.md").read_text("utf-8")
    imported = {
        name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("planledger")
        for name in (*(node.module or "").split("."), *(alias.name for alias in node.names))
        if re.match("_[a-z]", name)
    }
    touched = {name for _, line, _ in EXCUSES if "SLF001" in line for name in re.findall(r"\.(_\w+)", line)}

    assert {"_click", "_completion_classes", "_fonts", "_tr"} == imported | touched
    assert {name for name in imported | touched if not re.search(rf"`[^`]*\b{name}\b[^`]*`", named)} == set()
