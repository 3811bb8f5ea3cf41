"""No cell of the tables of kinds is there in vain: whichever is swapped, a test notices it."""

import subprocess
import sys
from pathlib import Path

import pytest

from kind_mutations import NOTICED_BY, cells

SCRIPT = Path(__file__).parents[1] / "kind_mutations.py"


def survives(table: str, kind: str, cell: str) -> bool:
    """Whether a swap is noticed by no test."""
    typed = [sys.executable, str(SCRIPT), table, kind, cell]
    done = subprocess.run(typed, capture_output=True, encoding="utf-8", errors="replace", check=False)
    return done.returncode != 0


def test_the_tests_that_hold_the_cells_are_there() -> None:
    assert [] == [name for name in NOTICED_BY if not (SCRIPT.parent / name).is_file()]


@pytest.mark.parametrize("cell", cells()[100::140], ids="-".join)
def test_some_swaps_are_noticed(cell: tuple[str, str, str]) -> None:
    assert not survives(*cell)


@pytest.mark.soak
@pytest.mark.parametrize("cell", cells(), ids="-".join)
def test_every_swap_is_noticed(cell: tuple[str, str, str]) -> None:
    assert not survives(*cell)
