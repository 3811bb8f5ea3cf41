"""Named tuples that cost little to define, because every command defines some thirty of them before it does anything.

To a type checker, and on Pythons that keep annotations elsewhere, they are `typing.NamedTuple`, whose
definition compiles a constructor for each class; here one constructor serves all (`docs/decisions.md`).
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.implementation.name != "cpython" or sys.version_info >= (3, 14):
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414  (handed on under its own name)
else:
    from _collections import _tuplegetter
    from typing import Any, Self

    class _Definition(type):
        """Turns the annotated fields of a class into places of a tuple."""

        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            fields = tuple(space.get("__annotations__", ()))
            if fields:
                space["_fields"] = space["__match_args__"] = fields
                space["_field_defaults"] = {field: space[field] for field in fields if field in space}
                space["_tail"] = tuple(space["_field_defaults"].values())
                space |= {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
            return type.__new__(cls, name, bases, {**space, "__slots__": ()})

    class NamedTuple(tuple, metaclass=_Definition):  # noqa: SLOT001  (its definition gives every row empty slots)
        """A row whose places have names."""

        def __new__(cls, *values: Any, **named: Any) -> Self:
            """Take the values by place or by name, and the defaults of the others."""
            missing = len(cls._fields) - len(values)
            if not named and 0 < missing <= len(cls._tail):  # most that are not full leave the last ones out
                return tuple.__new__(cls, values + cls._tail[-missing:])
            if named and len(named) == missing and all(map(named.__contains__, cls._fields[-missing:])):
                return tuple.__new__(cls, (*values, *map(named.__getitem__, cls._fields[-missing:])))
            if missing or named:
                values += tuple(cls._rest(cls._fields[len(values) :], named))
            if named or len(values) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}")
            return tuple.__new__(cls, values)

        @classmethod
        def _rest(cls, fields: tuple[str, ...], named: dict[str, Any]) -> list[Any]:
            given = {**cls._field_defaults, **named}
            named_too = [field for field in fields if field in given]
            for field in named_too:
                named.pop(field, None)
            return [given[field] for field in named_too]

        _make = classmethod(tuple.__new__)

        def _replace(self, **named: Any) -> Self:
            row = self._make(map(named.pop, self._fields, self))
            if named:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(named)}")
            return row

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            said = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({said})"
