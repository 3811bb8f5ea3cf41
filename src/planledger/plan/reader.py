"""What the readers of a plan file share: the plan's year, who and what exists, and what was noticed on the way."""

from typing import NamedTuple

from planledger.plan.document import Finding, FindingKind
from planledger.plan.model import Agency, Side
from planledger.plan.terms import Scope
from planledger.plan.tree import Fields


class Reader(NamedTuple):
    """One reading of one plan file."""

    year: int
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    clauses: dict[str, str]  # number: text
    findings: list[Finding]
    format: int = 1

    def assume(self, place: str, text: str, because: str) -> None:
        """Note a reading that is ours and not the document's."""
        self.findings.append(Finding(FindingKind.ASSUMPTION.value, place, text, "", "", because))

    def scope(self, fields: Fields) -> Scope:
        """Read for whom something counts; in a plan of one side, that side is the whole."""
        word = fields.word("scope", list(Scope), Scope.WHOLE)
        return Scope(word) if len(self.sides) > 1 else Scope.WHOLE
