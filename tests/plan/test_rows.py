"""A named tuple of ours behaves as the one of `typing` does."""

import typing
from typing import Any

import pytest

from planledger.plan import rows


def both(base: Any) -> Any:
    class Point(base):  # type: ignore[misc]
        """A place."""

        x: int
        y: int = 2
        z: str = ""

        @property
        def total(self) -> int:
            """The sum."""
            return int(self.x + self.y)

    return Point


OURS = both(rows.NamedTuple)


class Theirs(typing.NamedTuple):
    x: int
    y: int = 2
    z: str = ""


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ((1,), {}),
        ((1, 3), {}),
        ((1, 3, "a"), {}),
        ((), {"x": 1}),
        ((1,), {"z": "b"}),
        ((), {"z": "b", "x": 1, "y": 5}),
    ],
)
def test_a_row_is_built_alike(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    row, other = OURS(*args, **named), Theirs(*args, **named)

    assert tuple(other) == tuple(row)
    assert other._asdict() == row._asdict()
    assert other._replace(y=9)._asdict() == row._replace(y=9)._asdict()
    assert repr(other).replace("Theirs", "Point") == repr(row)
    assert (other.x, other.y, other.z) == (row.x, row.y, row.z)
    assert row == OURS._make(tuple(row))
    assert row.total == row.x + row.y


@pytest.mark.parametrize(
    ("args", "named"), [((), {}), ((1, 2, "a", 4), {}), ((1,), {"x": 1}), ((1,), {"w": 1}), ((), {"y": 1})]
)
def test_a_row_with_too_much_or_too_little_is_refused_alike(
    args: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        Theirs(*args, **named)
    with pytest.raises(TypeError):
        OURS(*args, **named)


def test_a_row_has_no_other_fields_and_none_is_set() -> None:
    row = OURS(1)

    with pytest.raises(TypeError):
        row._replace(w=1)
    with pytest.raises(AttributeError):
        row.x = 2
    with pytest.raises(AttributeError):
        row.w = 2
    assert (("x", "y", "z"), {"y": 2, "z": ""}) == (OURS._fields, OURS._field_defaults)
    match row:
        case OURS(x=1, y=2):
            pass
        case _:
            pytest.fail("a row is matched by its fields")
