"""Which changes of the judgement and of the seal do their own tests not notice? `nice python bench/mutations.py [standing …]`.

Mutants are made by cosmic-ray (`pip install cosmic-ray`; no extra names it). Each is loaded in a process of its own in
the place of the module, then the module's tests run until one fails; no file is touched.
What does not compile, or differs in annotations only, is no mutant.
"""

import ast
import importlib
import os
import random
import signal
import sys
from collections.abc import Iterator
from difflib import ndiff
from importlib.util import find_spec, module_from_spec
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# Each module and its own tests, the quick ones first.
JUDGED = ("test_standing.py", "test_targets.py", "test_model.py")
MODULES = {
    "planledger.questions.judge.standing": ("questions", JUDGED),
    "planledger.questions.judge.lacks": ("questions", JUDGED),
    "planledger.ledger.chain.chain": ("ledger", ("test_stranger.py", "test_sources.py")),
}
TESTS = Path(__file__).parents[1] / "tests"
SAMPLE, SEED, PROCESSES, SECONDS, GOAL = 400, 2019, 2, 120, 0.9
OPTIONS = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-p", "no:unraisableexception", "--assert=plain")
# What the tests load and no mutant reaches: once, before there is a process for each mutant.
LOADED_ONCE = ("hypothesis", "openpyxl", "psycopg", "typer.testing", "planledger.store.schema.tables")


class Mutant(NamedTuple):
    """A module with one thing changed in it."""

    module: str
    code: str
    change: str  # the lines before and after


def meaning(code: str) -> str:
    """Return what a module says without its annotations; empty where it does not compile."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def source(module: str) -> str:
    """Return the text of a module that is not loaded."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text("utf-8")


def mutants(module: str) -> Iterator[Mutant]:
    """Make every mutant of a module, each once."""
    plain = source(module)
    known = {"", meaning(plain)}
    for name in sorted(operator_names()):
        if get_operator(name).arguments():
            continue  # an operator that wants to know which variable it replaces
        for occurrence in count():
            code = mutate_code(plain, get_operator(name)(), occurrence)
            if code is None:
                break
            if (meant := meaning(code)) not in known:
                known.add(meant)
                lines = [one for one in ndiff(plain.splitlines(), code.splitlines()) if one[0] in "-+"]
                yield Mutant(module, code, "\n".join(lines))


def tested(mutant: Mutant) -> int:
    """Load a mutant in this process and return how its tests end; one that does not come to an end is interrupted."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    signal.signal(signal.SIGPROF, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of CPU, so that a busy machine kills no mutant
    spec = find_spec(mutant.module)
    assert spec is not None
    module = sys.modules[mutant.module] = module_from_spec(spec)
    try:
        exec(compile(mutant.code, str(spec.origin), "exec"), module.__dict__)  # noqa: S102  (made of our own module)
    except Exception:  # noqa: BLE001  (what cannot be loaded fails every test)
        return pytest.ExitCode.TESTS_FAILED
    folder, names = MODULES[mutant.module]
    files = [str(TESTS / folder / name) for name in names]
    return pytest.main([*OPTIONS, *files])


def main(stems: list[str]) -> None:
    """Print every mutant that survives, and how many were killed."""
    for name in LOADED_ONCE:
        importlib.import_module(name)
    assert not MODULES.keys() & sys.modules.keys()
    modules = [name for name in MODULES if not stems or name.rpartition(".")[2] in stems]
    plain = [Mutant(name, source(name), "unchanged") for name in modules]
    every = [mutant for name in modules for mutant in mutants(name)]
    chosen = random.Random(SEED).sample(every, min(SAMPLE, len(every)))  # noqa: S311
    began, killed = monotonic(), 0
    with get_context("fork").Pool(PROCESSES, maxtasksperchild=1) as pool:
        if any(pool.map(tested, plain, chunksize=1)):
            sys.exit("the tests fail without any change")
        for mutant, code in zip(chosen, pool.imap(tested, chosen), strict=True):
            if code == pytest.ExitCode.OK:
                print(f"{mutant.module}\n{mutant.change}\n", flush=True)
            elif code in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
                killed += 1
            else:
                sys.exit(f"its tests cannot be run ({code}): {mutant.module}\n{mutant.change}")
    share = killed / len(chosen)
    print(
        f"seed {SEED}: {len(chosen)} of {len(every)} mutants, {killed} killed ({share:.1%}; goal {GOAL:.0%})"
    )
    print(f"{(monotonic() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main(sys.argv[1:])
