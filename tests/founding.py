"""A ledger that a command begins with the plan that comes with the program: its tables and its plan are copied.

Hundreds of tests begin without a ledger, and their first action makes one; what is the same every time is written once
a session. The chain, its name and its first entry are made as ever.
Tests of reliability, and whoever begins a ledger without a command, write all of it.
"""

import sqlite3

import pytest

from planledger.ledger.clerk import Clerk
from planledger.ledger.plans import adoption
from planledger.ledger.plans.adoption import NewPlan
from planledger.plan.model.version import Plan
from planledger.store.schema import steps
from planledger.store.schema.tables import make
from planledger.store.sqlite.embedded import Embedded

LAYOUT = steps.SCHEMA_VERSION


class Founding:
    """What every ledger that begins with one plan has in it: the tables and the rows of the plan, and no chain yet."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._anew = adoption._make
        self._empty = sqlite3.connect(":memory:", isolation_level=None)
        store = Embedded(self._empty, "（试验）")
        with pytest.MonkeyPatch.context() as patch, store.session() as session:
            patch.setattr(adoption, "append_all", lambda *_: (0,))
            make(session.connection())
            adoption._adopt(session, store, NewPlan(plan, Clerk("", "")))  # noqa: SLF001

    def make(self, store: Embedded, new: NewPlan) -> None:
        """Make schema, origin and first adoption, of a copy where the plan and the layout are those that are copied."""
        if new.plan is not self._plan or steps.SCHEMA_VERSION != LAYOUT:
            self._anew(store, new)
            return
        self._empty.backup(store.connection)
        with store.session() as session:
            adoption._begin(session, store, 1, new)  # noqa: SLF001
        store.use_chain(store.chains()[0])


@pytest.fixture(scope="session")
def _founding(plan: Plan) -> Founding:
    return Founding(plan)


@pytest.fixture
def _plan_is_copied(
    request: pytest.FixtureRequest, _founding: Founding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copy what a command would write into a new ledger."""
    if "reliability" not in request.path.parts:
        monkeypatch.setattr(adoption, "_make", _founding.make)
