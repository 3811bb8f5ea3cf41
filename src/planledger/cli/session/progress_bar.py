"""A progress bar for long work: only on a terminal, and only where it takes above a second."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 1.0  # seconds


def with_progress(label: str) -> Callable[[Sequence[T]], Iterable[T]]:
    """Return a function that passes several things on, one by one, and shows on standard error how far it is."""
    return lambda several: _watched(label, several) if sys.stderr.isatty() else several


def _watched(label: str, several: Sequence[T]) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import Progress

    begun, bar = monotonic(), Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=len(several))
    is_shown = False
    try:
        for place, one in enumerate(several):
            if not is_shown and monotonic() - begun > PATIENCE:
                bar.start()
                is_shown = True
            bar.update(task, completed=place)
            yield one
    finally:
        if is_shown:
            bar.stop()
