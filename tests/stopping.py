"""A program that is stopped after so many of its calls that change files, as by a kill: after it nothing is cleaned up."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

CHANGING = ("mkdir", "rmdir", "unlink", "remove", "rename", "replace", "link", "symlink", "fsync", "truncate")
WRITING = os.O_CREAT | os.O_WRONLY | os.O_RDWR

# The same in a program of its own, which ends without another word.
CHILD = """import os, sys
from stopping import wrapped
count, done = int(sys.argv[1]), []
wrapped(count, done, setattr, lambda: os._exit(9))
sys.argv[:2] = ["planledger"]
from planledger.__main__ import main
main()
"""


class Killed(BaseException):
    """What a program feels when it is killed in this process: from then on it can change nothing."""


def wrapped(count: int, done: list[str], put: Callable[..., None], stop: Callable[[], object]) -> None:
    """Count every call that changes files, and stop after so many."""

    def stopping(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **more: object) -> object:
            if name == "open" and not (isinstance(args[1], int) and args[1] & WRITING):
                return call(*args, **more)
            if len(done) >= count:
                stop()
            done.append(name)
            result = call(*args, **more)
            if len(done) >= count:
                stop()
            return result

        return counted

    for name in (*CHANGING, "open"):
        put(os, name, stopping(name, getattr(os, name)))


@contextmanager
def killed_after(count: int, patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Stop what the block does in this process."""

    def stop() -> None:
        raise Killed

    done: list[str] = []
    with patch.context() as here:
        wrapped(count, done, here.setattr, stop)
        yield done


@contextmanager
def interrupted_after(count: int, patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let Ctrl-C come once, after so many of those calls: the program may still clean up."""
    done: list[str] = []
    left = [KeyboardInterrupt()]

    def stop() -> None:
        if left:
            raise left.pop()

    with patch.context() as here:
        wrapped(count, done, here.setattr, stop)
        yield done
