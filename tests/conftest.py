"""What every test may ask for: the real plan, a ledger made of it, the command line in this process or in its own."""

import gc
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

import year
from asking import ledger_as_of
from book import Book
from planledger.cli.app import run
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.file import yaml_file as plan_file
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.version import Plan
from planledger.plan.refusal import ExitCode
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store
from planledger.store.paths import built_in_plan, connect
from planledger.store.postgres.address import open_server
from planledger.store.sqlite.embedded import Embedded, sole_chain
from planledger.store.sqlite.opening import open_to_write
from trials import EXAMPLES

pytest_plugins = ["founding", "postgres", "forking", "sitting"]

settings.register_profile(
    "ordinary",
    deadline=None,
    derandomize=True,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("soak", settings.get_profile("ordinary"), max_examples=15 * EXAMPLES)
settings.load_profile("ordinary")

# A run in the background may ignore Ctrl-C, and every command that it starts would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

APRIL = "2019-04-01T09:00:00.000000+08:00"
VARIABLES = ("LEDGER", "PLAN", "BY", "TODAY", "FILES")


def no_ledger(home: Path) -> str:
    """The note of a question while there is no ledger."""
    return f"还没有台账（{home}/share/planledger/ledger.db），以下按随程序带的方案回答；第一次登记时建立。\n"


class Result(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of actions and questions run on a server instead of a file."""
    parser.addoption(
        "--on-server", action="store_true", help="the fixtures `store` and `book` are on a server"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The long run tries a law on as many examples as it has time for."""
    if config.getoption("markexpr") == "soak":
        settings.load_profile("soak")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What ten thousand tests consist of stays until the end: no search for garbage goes through it, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test needs beyond Python is marked; a law is tried in the ordinary run and in the long one."""
    for item in items:
        if item.config.getoption("markexpr") == "soak" and is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.soak)
        if item.get_closest_marker("libreoffice") and not shutil.which("soffice"):
            item.add_marker(pytest.mark.skip(reason="no LibreOffice here"))
        if item.get_closest_marker("browser") and not shutil.which("chromium"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here"))
        if item.config.getoption("--on-server") and item.get_closest_marker("in_file"):
            item.add_marker(pytest.mark.skip(reason="alters a ledger file by hand"))
        if {"server", "kept"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)


def at(day: str, clock: str = "09:00", by: str = "试验员") -> Clerk:
    """The clerk who writes on a day."""
    return Clerk(by, f"{day}T{clock}:00.000000+08:00")


@pytest.fixture(scope="session")
def _numbered_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the tests of a session find each a folder."""
    place = tmp_path_factory.mktemp("tests")
    return (place / f"test{number}" for number in count())


@pytest.fixture
def tmp_path(_numbered_folders: Iterator[Path]) -> Path:
    """A folder of one's own; pytest's would look through those of all tests before it for a number that is free."""
    path = next(_numbered_folders)
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The real plan."""
    return require_plan(built_in_plan())


@pytest.fixture(scope="session", autouse=True)
def _built_in_plan_is_read_once(plan: Plan) -> Iterator[None]:
    """Hundreds of tests begin without a ledger; the file that comes with the program does not change meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            plan_file, "require_plan", lambda path: plan if path == built_in_plan() else require_plan(path)
        )
        yield


@pytest.fixture(scope="session")
def fresh_ledger(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which the plan was adopted on 1 April 2019 and nothing else happened; never write to it."""
    path = tmp_path_factory.mktemp("fresh") / "ledger.db"
    create_ledger(path, NewPlan(plan, Clerk("试验员", APRIL), "试验办"), lambda _: True)
    return path


@pytest.fixture
def ledger(fresh_ledger: Path, tmp_path: Path) -> Path:
    """A ledger of one's own, just adopted."""
    path = tmp_path / "ledger.db"
    shutil.copy(fresh_ledger, path)
    return path


@pytest.fixture(scope="session")
def year_ledger(fresh_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a made-up year in it; never write to it."""
    path = tmp_path_factory.mktemp("year") / "ledger.db"
    shutil.copy(fresh_ledger, path)
    store = open_to_write(path)
    year.fill(store)
    store.close()
    return path


@pytest.fixture
def filled(year_ledger: Path, tmp_path: Path) -> Path:
    """A ledger of one's own with a made-up year in it."""
    path = tmp_path / "ledger.db"
    shutil.copy(year_ledger, path)
    return path


def copied(ledger: Path) -> Embedded:
    """A copy of a ledger that lives in memory only, for laws that want many."""
    connection = connect("file::memory:")
    connection.deserialize(ledger.read_bytes())
    return Embedded(connection, "（试验）", sole_chain(connection))


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The ledger, open for writing; with `--on-server` one on a real PostgreSQL."""
    if request.config.getoption("--on-server"):
        opened: Store = open_server(request.getfixturevalue("served"))
    else:
        opened = open_to_write(request.getfixturevalue("ledger"))
    yield opened
    opened.close()


@pytest.fixture
def book(store: Store) -> Callable[..., Book]:
    """The ledger as a book of a clerk, on a day."""
    return lambda day="2019-06-18", clock="09:00": Book(store, at(day, clock))


@pytest.fixture
def sheet(store: Store) -> Callable[..., Sheet]:
    """The annex as it stands on a day, as far as was known at a moment."""

    def ask(day: str, known_at: str = "9999") -> Sheet:
        return load(ledger_as_of(store, day, known_at))

    return ask


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without a ledger, with the clock at 20 November 2019 and 80 columns."""
    for name in VARIABLES:
        monkeypatch.delenv(f"PLANLEDGER_{name}", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20")
    monkeypatch.setenv("PLANLEDGER_BY", "试验员")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def viewer(home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows a document on a screen shows none in a test, and its copy lies where the tests write."""
    programs = tmp_path_factory.mktemp("viewer")
    for name in ("xdg-open", "open"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setattr("tempfile.tempdir", str(programs))


@pytest.fixture
def cli(home: Path, _plan_is_copied: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """The command line in this process: `cli("overdue", "--json")`."""

    def type_in(*args: str) -> Result:
        capsys.readouterr()
        code = run(list(args))
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return type_in


@pytest.fixture(scope="module")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where a home is kept as it stood after some lines."""
    return cache(lambda _: tmp_path_factory.mktemp("kept") / "home")


@pytest.fixture
def begun(
    cli: Callable[..., Result], home: Path, _homes: Callable[[str], Path]
) -> Callable[[Iterable[str]], None]:
    """Type lines with which tests of a module begin: the first of them does, the others get its home as it stood then."""

    def begin(lines: Iterable[str]) -> None:
        typed = "\n".join(lines)
        place = _homes(f"{typed}\n{os.environ['PLANLEDGER_TODAY']}")
        if not place.exists():
            for line in typed.splitlines():
                answer = cli(*shlex.split(line))
                assert ExitCode.DONE == answer.code, (line, answer.err)
            shutil.copytree(home, place, symlinks=True)
        shutil.copytree(place, home, symlinks=True, dirs_exist_ok=True)

    return begin


@pytest.fixture
def process(home: Path) -> Callable[..., Result]:
    """The command line in a process of its own, as a user starts it."""

    def start(*args: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> Result:
        done = subprocess.run(  # noqa: PLW1510
            [sys.executable, "-m", "planledger", *args],
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return start
