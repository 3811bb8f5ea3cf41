"""What goes into the archive for inspection (归档迎检): every answer about a plan on a day, in one view of the ledger.

Nothing is judged or counted here: each part is the answer of the question that a command asks too. What was
known is given by the last entry that counts, not by the moment that somebody typed, so that the same knowledge
gives the same archive whenever it is built.
"""

from typing import NamedTuple

from planledger.questions import sql
from planledger.questions.answers.evidence import Dossier, Holdings, holdings
from planledger.questions.answers.filings import Filings, filings
from planledger.questions.answers.history import Daybook, daybook
from planledger.questions.answers.missing import Papers, papers
from planledger.questions.facts.office import ChainHead, head_in
from planledger.questions.facts.plans import LedgerAsOf, findings_and_clauses
from planledger.questions.sheet import Sheet, load_printed


class Archive(NamedTuple):
    """All answers about one plan on one day."""

    sheet: Sheet
    dossier: Dossier  # of the whole plan; the entries of its rows stand in the daybook
    papers: Papers
    holdings: Holdings
    filings: Filings
    daybook: Daybook
    head: ChainHead  # where the chain stood when the last entry that counts was sealed
    is_full: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether all that is due has its proof (齐), which is never so of nothing; what is not due yet harms nothing."""
        return bool(self.papers.proven) and not (self.papers.missing or self.papers.unattached)


def last_known(ledger: LedgerAsOf) -> ChainHead:
    """Find the last entry of a plan, or of all plans of its chain, that was known at the moment, whatever its day."""
    rows = [*ledger.rows(sql.LAST_KNOWN), *ledger.rows(sql.LAST_ELSEWHERE)]
    return head_in(max(rows, default=None))


def archive(ledger: LedgerAsOf, *, is_full: bool = False) -> Archive:
    """Gather everything that an archive holds.

    Contacts and files that are about private people are masked, unless they are to be *full*.
    """
    with ledger.store.snapshot():
        head = last_known(ledger)
        ((latest,),) = ledger.rows(sql.LAST_MOMENT)
        if latest:
            ledger = ledger._replace(known_at=max(str(latest), head.recorded_at))
        sheet = load_printed(ledger, is_full=is_full)
        book = daybook(ledger, is_full=is_full)
        held = holdings(ledger.store, sheet)
        clauses = findings_and_clauses(ledger)
    known_files = held._replace(is_full=True) if is_full else _as_known(held, head)
    gone = frozenset(one.mark.entry for one in known_files.evidence if one.destroyed_by)
    return Archive(
        sheet=sheet,
        dossier=Dossier(sheet, (), *clauses),
        papers=papers(sheet, gone=gone),
        holdings=known_files,
        filings=filings(sheet),
        daybook=book._replace(head=head),
        head=head,
        is_full=is_full,
    )


def _as_known(held: Holdings, head: ChainHead) -> Holdings:
    """Leave out what came later of files that do not leave with an archive: on that day they were there.

    Of a file that would leave, the archive says that its bytes are gone by now.
    """
    return held._replace(
        evidence=tuple(
            one._replace(destroyed_by=0) if one.is_personal and one.destroyed_by > head.number else one
            for one in held.evidence
        )
    )
