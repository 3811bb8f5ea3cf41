"""The rows of a plan version, read back from the tables as they were adopted."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from planledger.store.database import Store

T = TypeVar("T")


def read(store: Store, make: Callable[[Iterable[Any]], T], sql: str, version: int) -> tuple[T, ...]:
    """Read the rows of one kind, in the document's order; *make* is the kind's `_make`."""
    return tuple(make(row) for row in store.rows(sql, {"version": version}))
