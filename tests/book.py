"""All actions of the office on one ledger in one class, for tests; a command loads those alone that it takes."""

from planledger.ledger.actions import (
    amendment,
    chasing,
    closing,
    contact,
    evidence,
    filing,
    names,
    recording,
    report,
    reversal,
)
from planledger.ledger.session import PlanSession
from planledger.questions.receipt import Receipt


class Book(PlanSession):
    """An open ledger of one clerk, for one plan, with every action."""

    record = recording.record_item
    report = report.record_words
    hand_in = filing.hand_in
    send_back = filing.send_back
    set_contact = contact.set_contact
    amend = amendment.amend_item
    close_all = closing.close_all
    reopen = closing.reopen_item
    reverse_all = reversal.reverse_all
    reverse_import = reversal.reverse_import
    correct = reversal.correct_figure
    destroy_all = evidence.destroy_all
    name_office = names.name_office
    rename = names.rename_unit
    merge = names.merge_units
    chase = chasing.chase_units

    def close(self, code: str, note: str = "") -> Receipt:
        """Close one item out; as :func:`close_all`."""
        return self.close_all((code,), note, "", "")[0]

    def reverse(self, number: int, because: str) -> Receipt:
        """Cancel one entry; as :func:`reverse_all`."""
        return self.reverse_all((number,), because)[0]
