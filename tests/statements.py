"""Every statement that the program gives a ledger: the constants of SQL, whichever module they stand in."""

import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import planledger
from planledger.plan.model.version import PARTS, Meta
from planledger.questions.sql import plan_rows

ROWS: tuple[type[NamedTuple], ...] = (Meta, *(part.row for part in PARTS.values()))  # of a plan version
SOURCE = Path(planledger.__file__).parent
ON_A_SERVER_ALONE = {"LAYOUT"}  # asks of a table that no file has
NUMBERS = {"plan", "version", "origin", "id", "amount", "limit", "least", "end", "after", "year"}


def _statements() -> dict[str, str]:
    statements: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "SELECT" not in path.read_text("utf-8"):
            continue
        module = import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))
        for name, sql in vars(module).items():
            is_public = name.isupper() and not name.startswith("_") and name not in ON_A_SERVER_ALONE
            if is_public and isinstance(sql, str) and re.match(r"\s*(SELECT|INSERT)\b", sql):
                assert sql == statements.setdefault(name, sql), f"two statements are called {name}"
    return statements | {f"plan_rows {row.__name__}": plan_rows(row) for row in ROWS}


STATEMENTS = _statements()


def parameters(sql: str) -> dict[str, int | str]:
    """Return for every parameter of a statement a value of its type."""
    return {name: 1 if name in NUMBERS else "x" for name in re.findall(r":(\w+)", sql)}
