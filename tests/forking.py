"""Commands in processes of their own that cost no start: an interpreter that has loaded the program is forked for each.

A command gets its streams, its folder and its environment, and ends with its exit code, as if it had been started. What
it loads, and how an interpreter starts, is not seen here; tests of that start one.
"""

import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NoReturn, TextIO

import pytest

EXTRAS = "planledger.store.postgres"  # loads what not every install has


class Forker:
    """An interpreter that waits for commands."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            started = [sys.executable, __file__, str(theirs.fileno())]
            self._process = subprocess.Popen(started, pass_fds=[theirs.fileno()])

    def run(
        self, words: Iterable[str], env: Mapping[str, str], folder: Path, *, is_one_stream: bool = False
    ) -> "subprocess.CompletedProcess[str]":
        """Run one command with no input; its errors are apart, or among the answers as they are on a terminal."""
        with TemporaryFile() as asked, TemporaryFile() as out, TemporaryFile() as err:
            asked.write(json.dumps((list(words), dict(env), str(folder))).encode())
            asked.seek(0)
            streams = (asked, out, out if is_one_stream else err)
            socket.send_fds(self._ours, [b"?"], [one.fileno() for one in streams])
            code = int(self._ours.recv(16))
            return subprocess.CompletedProcess([], code, _text(out), _text(err))

    def close(self) -> None:
        """End the interpreter, which nobody will ask any more."""
        self._ours.close()
        self._process.wait()


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """Commands in processes of their own, for tests that run hundreds."""
    with closing(Forker()) as started:
        yield started


@pytest.fixture
def forked(home: Path, forker: Forker) -> Callable[..., tuple[int, str, str]]:
    """The command line in a process of its own, as `process` starts it, where nothing is about how an interpreter starts."""

    def start(*args: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
        done = forker.run(args, {**os.environ, **(env or {})}, Path.cwd())
        return done.returncode, done.stdout, done.stderr

    return start


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "surrogateescape")


def _serve(asking: socket.socket) -> None:
    """Fork for one command after the other, until nobody asks any more."""
    while True:
        asked, descriptors, _, _ = socket.recv_fds(asking, 1, 3)
        if not asked:
            return
        child = os.fork()
        if not child:
            asking.close()
            _become(*descriptors)
        for one in descriptors:
            os.close(one)
        asking.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(asked: int, out: int, err: int) -> NoReturn:
    """Be the command that is asked for, until it ends."""
    with os.fdopen(asked) as request:
        words, env, folder = json.load(request)
    os.chdir(folder)
    for number, descriptor in enumerate((os.open(os.devnull, os.O_RDONLY), out, err)):
        os.dup2(descriptor, number)
    become(words, env, _written)


def become(words: Iterable[str], env: Mapping[str, str], written: Callable[[int], TextIO]) -> NoReturn:
    """Be a command whose streams are the first three descriptors, until it ends."""
    os.environ.clear()
    os.environ.update(env)
    sys.path[:0] = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
    sys.argv[1:] = words
    sys.stdin = os.fdopen(0)
    sys.stdout, sys.stderr = written(1), written(2)
    code = 1
    try:
        import_module("planledger.__main__").main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001  (what an interpreter does that a traceback ends)
        traceback.print_exc()
    os._exit(code)


def _written(descriptor: int) -> TextIOWrapper:
    """A standard stream that writes at once, so that errors stand between the answers where both go to one place."""
    return TextIOWrapper(os.fdopen(descriptor, "wb", 0), encoding="utf-8", write_through=True)


def _load() -> None:
    """Load the whole program, but for what not every install has, and the plan that comes with it."""
    import docx  # noqa: F401  (what every letter loads)
    import openpyxl  # noqa: F401  (what most lists load)

    import planledger

    for module in pkgutil.walk_packages(planledger.__path__, "planledger."):
        if not module.name.startswith(EXTRAS) and module.name != "planledger.__main__":
            import_module(module.name)

    from planledger.plan.file import yaml_file
    from planledger.store.paths import built_in_plan

    read = yaml_file.require_plan
    plan = read(built_in_plan())
    yaml_file.require_plan = lambda path: plan if path == built_in_plan() else read(path)


if __name__ == "__main__":
    _load()
    gc.freeze()  # no search for garbage in a command goes through what is loaded
    with socket.socket(fileno=int(sys.argv[1])) as from_tests:
        _serve(from_tests)
