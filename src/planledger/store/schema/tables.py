"""The tables: each column once, with what it means. SQLModel owns the shape.

The rows of a plan version mirror the rows of :mod:`planledger.plan.model.rows` field by field (a test holds
them together). An entry names things by their names, never by row ids, so that ledgers can be merged and
a seal can be recomputed from the row alone. Flags are 0 or 1; days are text `YYYY-MM-DD`.
"""

from typing import Annotated, Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from planledger.store.schema.steps import IS_IMPOSSIBLE

# On a server texts are compared as SQLite compares them, whatever language the server is set to.
Words = Annotated[str, Field(sa_type=Text().with_variant(Text(collation="C"), "postgresql"))]
Large: Any = Integer().with_variant(BigInteger, "postgresql")
COUNTED_BY_US = {"autoincrement": False}
STRICT: dict[str, Any] = {"sqlite_strict": True}
METADATA = SQLModel.metadata  # of every table below


def _once_per_version(*columns: str) -> tuple[Any, ...]:
    """The arguments of a table in which *columns* together name one row of a plan version."""
    return UniqueConstraint("version_id", *columns), STRICT


class Origin(SQLModel, table=True):
    """An office whose entries form one chain; the first row is this ledger's own."""

    __table_args__ = (UniqueConstraint("name"), STRICT)
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs=COUNTED_BY_US)
    name: Words  # random, for ever: distinguishes chains when ledgers meet
    office: Words  # what the office calls itself; may be empty; the first entry seals it
    turn: int = 0  # without meaning: on a server, the right to change it is the right to lock the chain


class Plan(SQLModel, table=True):
    """A plan by its identity, whatever its versions say."""

    __table_args__ = (UniqueConstraint("key"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    key: Words
    origin_id: int = Field(foreign_key="origin.id", index=True)  # the chain that its entries are sealed into


class Version(SQLModel, table=True):
    """One wording of a plan; an adoption entry that carries its digest puts it in force."""

    __table_args__ = (UniqueConstraint("plan_id", "digest"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    digest: Words  # SHA-256 of the version's rows, in hexadecimal


class _Row(SQLModel):
    """What every row of a plan version has."""

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="version.id")
    position: int  # the document's order, from 0


class Meta(_Row, table=True):
    """The head of a plan version."""

    __table_args__ = _once_per_version("position")
    key: Words  # the plan's identity, as `plan.key`
    title: Words
    year: int
    warn_days: int
    offices: Words  # official names joined by 、
    contact_clause: Words


class Side(_Row, table=True):
    """A government that signed."""

    __table_args__ = _once_per_version("name")
    name: Words
    short: Words


class Agency(_Row, table=True):
    """A unit by its official name."""

    __table_args__ = _once_per_version("name")
    name: Words
    side: Words
    short: Words  # further short names joined by 、
    initials: Words  # joined by 、
    contact: Words


class Area(_Row, table=True):
    """A group of items."""

    __table_args__ = _once_per_version("code")
    code: Words
    name: Words


class Clause(_Row, table=True):
    """A paragraph of the body, word for word."""

    __table_args__ = _once_per_version("number")
    number: Words
    text: Words


class Item(_Row, table=True):
    """A row of the annex."""

    __table_args__ = _once_per_version("code")
    code: Words
    area: Words
    title: Words
    title_is_ours: int
    text: Words
    due: Words
    units: Words
    remark: Words
    clause: Words
    last_day: Words
    deadline_kind: Words
    open_units: Words
    declare: int


class Indicator(_Row, table=True):
    """Something counted on an item."""

    __table_args__ = _once_per_version("code", "key")
    code: Words
    key: Words
    label: Words
    unit: Words
    decimals: int
    measure: Words
    scope: Words
    comparison: Words
    target: int | None = Field(sa_type=Large)
    must_report: int


class Duty(_Row, table=True):
    """A unit's part in an item."""

    __table_args__ = _once_per_version("code", "agency")
    code: Words
    agency: Words
    side: Words
    role: Words
    is_group: int


class Milestone(_Row, table=True):
    """A date inside the work."""

    __table_args__ = _once_per_version("position")
    code: Words
    label: Words
    day: Words
    kind: Words
    is_about: int
    side: Words
    indicator: Words
    at_least: int | None = Field(sa_type=Large)


class Requirement(_Row, table=True):
    """A paper that an item must have."""

    __table_args__ = _once_per_version("code", "kind")
    code: Words
    kind: Words
    scope: Words
    per: Words  # key of an indicator; empty where the item needs the paper once


class Filing(_Row, table=True):
    """What every unit must hand in."""

    __table_args__ = _once_per_version("key")
    key: Words
    label: Words
    last_day: Words
    forms: Words
    stamped: int
    recipients: Words
    clause: Words


class Finding(_Row, table=True):
    """What the document leaves open, and how we take it."""

    __table_args__ = _once_per_version("position")
    kind: Words
    place: Words
    text: Words
    body: Words
    annex: Words
    because: Words


class Source(_Row, table=True):
    """A unit whose figures count for an indicator."""

    __table_args__ = _once_per_version("code", "key", "agency")
    code: Words
    key: Words
    agency: Words


class Entry(SQLModel, table=True):
    """One immutable record of the ledger, sealed into the chain of its origin.

    The figures index answers every one-plan sum without touching the rows; the marks index finds what
    is not a figure (declarations, papers, close-outs, adoptions); both leave other plans unread. The index of what no
    entry can be is empty.
    """

    __table_args__ = (
        CheckConstraint("id > 0 AND seq > 0"),
        UniqueConstraint("origin_id", "seq"),
        UniqueConstraint("reverses"),
        Index(
            "entry_figures",
            *("plan_id", "code", "indicator", "side", "agency", "dated", "recorded_at", "amount", "seq"),
            sqlite_where=text("indicator <> ''"),
            postgresql_where=text("indicator <> ''"),
        ),
        Index(
            "entry_marks",
            *("plan_id", "code", "kind"),
            sqlite_where=text("indicator = ''"),
            postgresql_where=text("indicator = ''"),
        ),
        Index("entry_order", "plan_id", "id"),
        Index(
            "entry_impossible",
            "seq",
            sqlite_where=text(IS_IMPOSSIBLE),
            postgresql_where=text(IS_IMPOSSIBLE),
        ),
        STRICT,
    )
    id: int | None = Field(
        default=None, primary_key=True, sa_type=Large, sa_column_kwargs=COUNTED_BY_US
    )  # made of the chain and the number
    origin_id: int = Field(foreign_key="origin.id")
    seq: int  # place in the origin's chain, from 1: the number that people type
    plan_id: int = Field(foreign_key="plan.id")
    kind: Words
    code: Words  # item; empty for what concerns the plan as a whole
    indicator: Words  # key; empty for what is not a figure
    amount: int | None = Field(sa_type=Large)  # in the indicator's smallest unit; negated in a reversal
    side: Words
    agency: Words  # official name; empty where the office records in its own name (本办代记)
    dated: Words  # the day of the work; a reversal takes it over from what it reverses
    recorded_at: Words  # YYYY-MM-DDTHH:MM:SS.ffffff+08:00
    recorded_by: Words  # a claim
    subject: Words  # of a paper its kind; of an adoption the version's digest; of a filing its key
    note: Words
    details: Words  # what else the kind says, a JSON array of [name, value] pairs; empty if nothing
    reverses: int | None = Field(default=None, foreign_key="entry.id", sa_type=Large)
    hash: bytes = Field(sa_type=LargeBinary)  # the seal over this entry and the one before it


VERSIONED: tuple[type[_Row], ...] = (
    Meta, Side, Agency, Area, Clause, Item, Indicator, Duty, Milestone, Requirement, Filing, Finding, Source,
)  # fmt: skip
