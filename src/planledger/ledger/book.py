"""All actions of the office on a ledger. Each is one transaction; what it did is undone by a reversal only."""

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
    """An open ledger of one clerk, for one plan, with every action; a command that is typed often loads its own alone."""
