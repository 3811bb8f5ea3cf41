"""The versions of a ledger's layout, as the steps from each to the next; the newest is what the program makes.

A step is for ever: a ledger of any released version must come through it. It may add tables, columns, indexes and
triggers; what was recorded it must not touch, because the seals go over it.
"""

from planledger.plan.rows import NamedTuple


class Step(NamedTuple):
    """What makes a ledger of one version into one of the next."""

    why: str
    statements: tuple[str, ...]


STEPS: tuple[Step, ...] = ()  # from version 1 on, the layout of 0.1.0
SCHEMA_VERSION = 1 + len(STEPS)
