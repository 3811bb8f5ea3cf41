"""What a plan version says, read back from the tables as the rows that were adopted."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from planledger.plan import document, model
from planledger.questions import queries
from planledger.store.database import Store

T = TypeVar("T")


def read(store: Store, make: Callable[[Iterable[Any]], T], sql: str, version: int) -> tuple[T, ...]:
    """Read the rows of one kind, in the document's order; *make* is the kind's `_make`."""
    return tuple(make(row) for row in store.rows(sql, {"version": version}))


def whole_plan(store: Store, version: int) -> document.Plan:
    """Read all of a plan version: what a digest is recomputed from, and two versions compared by."""
    return document.Plan(
        meta=read(store, document.Meta._make, queries.META, version)[0],
        sides=read(store, model.Side._make, queries.SIDES, version),
        agencies=read(store, model.Agency._make, queries.AGENCIES, version),
        areas=read(store, model.Area._make, queries.AREAS, version),
        clauses=read(store, document.Clause._make, queries.CLAUSES, version),
        items=read(store, model.Item._make, queries.ITEMS, version),
        indicators=read(store, model.Indicator._make, queries.INDICATORS, version),
        duties=read(store, model.Duty._make, queries.DUTIES, version),
        milestones=read(store, model.Milestone._make, queries.MILESTONES, version),
        requirements=read(store, model.Requirement._make, queries.REQUIREMENTS, version),
        filings=read(store, model.Filing._make, queries.FILINGS, version),
        findings=read(store, document.Finding._make, queries.FINDINGS, version),
    )
