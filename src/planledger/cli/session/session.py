"""What a command holds: its settings, its way to the ledger, its output."""

from collections.abc import Sequence
from typing import Any

from planledger.cli.session.ledger_access import LedgerAccess
from planledger.cli.session.output import Output
from planledger.cli.session.settings import Settings

# Where the parts of a command keep for each other what was typed, in the `meta` of Typer's context.
TYPED = "planledger.typed"  # the words of a command: the parser uses its list up
AMOUNTS = "planledger.amounts"  # of `record`: pairs of indicator and number


class Session:
    """One command from its first word to its last line."""

    def __init__(self, typed: Sequence[str] = ()) -> None:
        """Begin with the whole line as it was *typed*, without the program's name."""
        self.typed = list(typed)
        self.settings = Settings()
        self.output = Output(self.settings)
        self.ledger = LedgerAccess(self.settings, self.output)

    @classmethod
    def of(cls, ctx: Any) -> "Session":
        """Return the session of a command."""
        root = ctx.find_root()
        if not isinstance(root.obj, cls):
            root.obj = cls()
        return root.obj
