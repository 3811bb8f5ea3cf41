"""All actions of the office on one ledger in one class, for tests; a command loads those alone that it takes."""

from planledger.ledger.actions.amendment import AmendActions
from planledger.ledger.actions.chasing import ChaseActions
from planledger.ledger.actions.closing import ClosingActions
from planledger.ledger.actions.contact import ContactActions
from planledger.ledger.actions.evidence import DestructionActions
from planledger.ledger.actions.filing import FilingActions
from planledger.ledger.actions.names import OfficeActions, UnitActions
from planledger.ledger.actions.recording import RecordActions
from planledger.ledger.actions.report import ReportActions
from planledger.ledger.actions.reversal import ReversalActions
from planledger.questions.receipt import Receipt


class Book(
    RecordActions,
    ReportActions,
    FilingActions,
    ContactActions,
    AmendActions,
    ClosingActions,
    ReversalActions,
    DestructionActions,
    OfficeActions,
    UnitActions,
    ChaseActions,
):
    """An open ledger of one clerk, for one plan, with every action."""

    def close(self, code: str, note: str = "") -> Receipt:
        """Close one item out; as :meth:`close_all`."""
        return self.close_all((code,), note)[0]

    def reverse(self, number: int, because: str) -> Receipt:
        """Cancel one entry; as :meth:`reverse_all`."""
        return self.reverse_all((number,), because)[0]
