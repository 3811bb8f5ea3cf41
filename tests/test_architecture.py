"""The drawing of the architecture is the architecture: its shelves, and what may import what."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import planledger

SOURCE = Path(planledger.__file__).parent
DRAWING = (
    (Path(__file__).parents[1] / "docs" / "architecture.md").read_text("utf-8").partition("```text\n")[2]
)
LINES = [re.match(r"( *)([a-z_]+)/?", line) for line in DRAWING.partition("```")[0].splitlines()]
MOST_MODULES = 268
LONGEST_MODULE = 271  # lines; about 250 is the aim; the table of kinds holds the readers of its rows


def drawn() -> list[str]:
    """The shelves from top to bottom, as cli.app."""
    room, shelves = "", []
    for line in filter(None, LINES):
        if not line[1]:
            room = line[2]
        else:
            shelves.append(f"{room}.{line[2]}")
    return shelves


def shelf(module: str) -> str:
    return ".".join(module.split(".")[:2])


def modules() -> dict[str, Path]:
    paths = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in SOURCE.rglob("*.py")}
    return {name: path for name, path in paths.items() if "." in name and not name.endswith("__init__")}


def imports() -> set[tuple[str, str]]:
    """Each pair of shelves of which one imports from the other, inside functions too."""
    pairs = set()
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("planledger."):
                module = (node.module or "").removeprefix("planledger.")
                targets = [module] if "." in module else [f"{module}.{alias.name}" for alias in node.names]
                pairs |= {(shelf(name), shelf(target)) for target in targets}
    return {(upper, lower) for upper, lower in pairs if upper != lower}


def test_the_drawing_shows_every_shelf_and_no_other() -> None:
    assert sorted({shelf(name) for name in modules()}) == sorted(drawn())


def test_a_shelf_imports_only_from_those_drawn_below_it() -> None:
    place = {name: number for number, name in enumerate(drawn())}
    assert [] == [pair for pair in sorted(imports()) if place[pair[0]] > place[pair[1]]]


def test_the_rooms_are_drawn_in_their_order() -> None:
    rooms = [name.split(".")[0] for name in drawn()]
    assert ["cli", "formats", "ledger", "questions", "store", "plan"] == list(dict.fromkeys(rooms))
    assert 5 == sum(before != after for before, after in pairwise(rooms))


def test_there_are_few_modules_and_none_is_long() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in modules().items()}
    assert len(lengths) <= MOST_MODULES
    assert {} == {name: length for name, length in lengths.items() if length > LONGEST_MODULE}
