"""A whole plan version, read back: what a digest is recomputed from, and two versions are compared by."""

from planledger.plan import document, model
from planledger.questions import queries
from planledger.questions.wording import read
from planledger.store.database import Store


def whole_plan(store: Store, version: int) -> document.Plan:
    """Read all of a plan version; its format is that of its rows, because only a digest tells more."""
    sources = read(store, model.Source._make, queries.SOURCES, version)
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
        sources=sources,
        format=2 if sources else 1,
    )
