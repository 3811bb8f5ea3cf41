"""Whose hand writes in the ledger, and when."""

import os
from typing import NamedTuple


class Hand(NamedTuple):
    """Who writes, and when: the claim that every entry carries."""

    by: str
    now: str  # YYYY-MM-DDTHH:MM:SS.ffffff+08:00

    @property
    def today(self) -> str:
        """The day of the writing."""
        return self.now[:10]


def login() -> str:
    """Name the login: a claim, kept as one."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    return "未署名"
