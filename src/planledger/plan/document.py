"""The document as a whole: its head, its body word for word, what it leaves open, and all of its rows.

Asked for where a plan is adopted, checked or shown; the daily questions need only the rows of :mod:`.model`.
"""

from typing import NamedTuple

from planledger.plan.model import (
    Agency,
    Area,
    Duty,
    Filing,
    Indicator,
    Item,
    Milestone,
    Requirement,
    Side,
    Source,
)
from planledger.plan.terms import Term


class FindingKind(Term):
    """What a plan file says about its own document (说明)."""

    ASSUMPTION = "assumption", "我方理解"
    DISCREPANCY = "discrepancy", "正文与附件不一"
    SLIP = "slip", "原文笔误"
    STANDARD = "standard", "完成标准（我方）"


class Meta(NamedTuple):
    """The plan itself: its identity for ever (`key`), and what this version of it is called."""

    key: str
    title: str
    year: int
    warn_days: int  # 临期: so many last days before a deadline
    offices: str  # the units that keep the ledger and chase the others
    contact_clause: str  # where the document asks for a named person for each unit; empty if it does not


class Clause(NamedTuple):
    """A paragraph of the plan's body (条款), word for word."""

    number: str  # 三（六）1
    text: str


class Finding(NamedTuple):
    """What the document leaves open, says twice differently, or misspells, and how we take it (说明)."""

    kind: str
    place: str  # item code or clause number; empty for the plan as a whole
    text: str
    body: str  # wording of the body, where body and annex differ
    annex: str
    because: str


class Plan(NamedTuple):
    """One adopted document of one year (方案): the sum of its rows, each in the document's order."""

    meta: Meta
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    areas: tuple[Area, ...]
    clauses: tuple[Clause, ...]
    items: tuple[Item, ...]
    indicators: tuple[Indicator, ...]
    duties: tuple[Duty, ...]
    milestones: tuple[Milestone, ...]
    requirements: tuple[Requirement, ...]
    filings: tuple[Filing, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...] = ()
    format: int = 1  # of its file, which decides how its digest is written
