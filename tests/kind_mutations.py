"""Swap one cell of a table of kinds in this process, then run the tests that hold it: `python kind_mutations.py meaning amount about`.

The cell takes the value of the first other kind that has another one there. The lists that other modules take from a
table are made when they are loaded, so nothing of the program is loaded before the cell is swapped.
"""

import sys
from importlib.util import find_spec, module_from_spec
from pathlib import Path

TABLES = {
    "meaning": ("planledger.plan.model.entry_kinds", "MEANING"),
    "wording": ("planledger.formats.entry_wording", "WORDING"),
}
HERE = Path(__file__).parent
# The tests that notice every swap; the second asks only where the first saw nothing.
NOTICED_BY = ("plan/test_entry_kinds.py", "contract/test_kind_words.py")


def swap(table: str, kind: str, cell: str) -> bool:
    """Load a table with one cell swapped; False where every kind has the same there."""
    name, constant = TABLES[table]
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    module = sys.modules[name] = module_from_spec(spec)
    source = Path(spec.origin).read_text("utf-8")
    end = source.index(
        "\n\n\ndef kinds" if table == "meaning" else "\n\n\n@cache"
    )  # behind the rows, before what is made of them
    exec(compile(source[:end], spec.origin, "exec"), module.__dict__)  # noqa: S102  (our own module)
    rows = getattr(module, constant)
    own = getattr(rows[kind], cell)
    others = [value for row in rows.values() if (value := getattr(row, cell)) != own]
    if others:
        rows[kind] = rows[kind]._replace(**{cell: others[0]})
    exec(compile(source[end:], spec.origin, "exec"), module.__dict__)  # noqa: S102
    return bool(others)


def cells() -> list[tuple[str, str, str]]:
    """Every cell of both tables: table, kind, name."""
    from planledger.formats.entry_wording import WORDING
    from planledger.plan.model.entry_kinds import MEANING

    both = (("meaning", MEANING), ("wording", WORDING))
    return [
        (table, str(kind), cell) for table, rows in both for kind, row in rows.items() for cell in row._fields
    ]


if __name__ == "__main__":
    if not swap(*sys.argv[1:4]):
        sys.exit(0)
    import pytest

    asked = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", *(str(HERE / name) for name in NOTICED_BY)]
    sys.exit(0 if pytest.main(asked) == pytest.ExitCode.TESTS_FAILED else 1)
