"""What papers on the whole plan are made of (通报、总结、月报、汇报): how it stands, what is late, what units said, by which entries.

Nothing is judged here: each part is the answer of the question that a command asks too.
"""

from operator import attrgetter
from typing import NamedTuple

from planledger.plan.model.entry_kinds import IN_WORDS, PROOFS
from planledger.plan.model.rows import grouped
from planledger.plan.phrases.unit_names import UnitNames
from planledger.plan.refusal import Refusal
from planledger.questions.answers.history import history
from planledger.questions.answers.overdue import Overdue, overdue
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.office import Provenance, provenance
from planledger.questions.facts.plans import LedgerAsOf
from planledger.questions.facts.progress import NOTHING
from planledger.questions.sheet import Row, Sheet, load
from planledger.questions.unit_naming import agency_named

_CODE = attrgetter("code")


class Overview(NamedTuple):
    """One plan on a day, as far as was known at a moment; with `agency`, the part of that unit in it."""

    sheet: Sheet
    rows: tuple[Row, ...]
    agency: str
    late: Overdue
    # by row, those that stand, the oldest first, by their units' names of the day
    entries: dict[str, list[Entry]]
    words: dict[str, list[Entry]]  # by row, those of them in which units say how things are
    source: Provenance

    def entries_behind(self, row: Row) -> dict[tuple[str, str], list[Entry]]:
        """The entries of a row that count, by kind and by indicator or kind of paper; what was said in words is left out.

        The amounts of an indicator that adds up are its total.
        """
        several = (entry for entry in self.entries[row.item.code] if entry.kind not in IN_WORDS)
        figures = ((entry, row.progress.figure(entry.indicator)) for entry in several)
        counting = (entry for entry, figure in figures if not figure or figure.counts(entry.agency))
        return grouped(counting, _subject)


def _subject(entry: Entry) -> tuple[str, str]:
    """Return of what kind an entry is, and of which indicator or kind of paper."""
    return entry.kind, entry.indicator or (entry.subject if entry.kind in PROOFS else "")


def overview(ledger: LedgerAsOf, month: str = "", agency: str = "") -> Overview:
    """Gather what a paper on a plan says, in one view of the ledger.

    Args:
        ledger: of the plan, on the day.
        month: the words of that month (YYYY-MM); empty for those of the last month in which a unit spoke of a row.
        agency: one unit, as somebody typed it; empty for all.

    Raises:
        Refusal: no unit is called so, several are, or it has no part in any row.
    """
    with ledger.store.snapshot():
        sheet = load(ledger)
        newest_first = history(ledger).entries
        source = provenance(ledger)
    if agency:
        agency = agency_named(agency, sheet).name
    rows = tuple(row for row in sheet.rows if not agency or row.duty_of(agency))
    if not rows:
        raise Refusal(f"{agency} 没有承担方案的事项，没有可写的；请换一家单位。")
    standing = _standing_entries(newest_first[::-1], sheet.units)
    of_units = [entry for entry in standing if not agency or entry.agency == agency]
    return Overview(
        sheet=sheet,
        rows=rows,
        agency=agency,
        late=overdue(sheet, (agency,) if agency else ()),
        entries=grouped(standing, _CODE),
        words=grouped(_last_words(of_units, month), _CODE),
        source=source,
    )


def _standing_entries(entries: tuple[Entry, ...], units: UnitNames) -> tuple[Entry, ...]:
    """Leave out what was reversed, and the reversals."""
    left = (entry for entry in entries if not (entry.reversed_by or entry.reverses))
    return tuple(entry._replace(agency=units.of(entry.agency)) for entry in left)


def _last_words(entries: list[Entry], month: str) -> list[Entry]:
    """What units said in words in a *month*; without one in the last month in which each spoke of a row, be it to say nothing (零报告)."""
    spoken = [entry for entry in entries if entry.kind in IN_WORDS]
    last: dict[tuple[str, str], str] = {}
    for entry in spoken:
        name = entry.agency, entry.code
        last[name] = month or max(last.get(name, ""), entry.dated[:7])
    of_month = (entry for entry in spoken if entry.dated[:7] == last[entry.agency, entry.code])
    return [entry for entry in of_month if entry.subject != NOTHING]
