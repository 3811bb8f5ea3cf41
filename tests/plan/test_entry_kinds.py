"""The table of kinds: one row a kind, whose cells fit together."""

import pytest

from planledger.plan import entry_kinds
from planledger.plan.entry_kinds import MEANING, About, Nature, Undone
from planledger.plan.terms import EntryKind
from planledger.questions import queries


def test_every_kind_has_its_row() -> None:
    assert list(EntryKind) == list(MEANING)


@pytest.mark.parametrize("kind", EntryKind)
def test_what_a_row_masks_and_needs_it_may_say(kind: EntryKind) -> None:
    row = MEANING[kind]
    assert row.typed | row.needed <= row.details.keys()


def test_the_lists_name_what_they_mean() -> None:
    """Three sets were once called work: what happened, what a paper proves, what was reported without words."""
    assert {"paper", "evidence"} == entry_kinds.PROOFS
    assert {"filing", "return", "contact"} == entry_kinds.OF_UNITS
    assert {"amount", "declaration", "paper", "evidence", "report"} == entry_kinds.HAPPENED
    assert {"amount", "declaration"} == entry_kinds.PROVABLE
    assert entry_kinds.HAPPENED - {"report"} == entry_kinds.WITHOUT_WORDS
    assert entry_kinds.HAPPENED | {"close", "reopen", "filing"} == entry_kinds.END_SILENCE
    assert {"adoption", "amendment"} == entry_kinds.kinds(Nature.CHANGE)
    assert {"reversal", "destruction"} == entry_kinds.about(About.ENTRY)
    assert {"evidence", "destruction"} == entry_kinds.with_detail("sha256")
    assert {"contact"} == {kind for kind, row in MEANING.items() if row.is_private}
    assert {"reversal", "adoption"} == {kind for kind, row in MEANING.items() if not row.has_own_day}
    assert {"reversal", "destruction"} == {
        kind for kind, row in MEANING.items() if row.undone is Undone.NEVER
    }


def test_a_statement_names_kinds_as_the_table_does() -> None:
    """SQL stays constant text: its lists are written when it is loaded."""
    assert "e.kind IN ('evidence', 'paper')" in queries.PAPERS_ELSEWHERE
    assert "e.kind NOT IN ('adoption', 'amendment', 'reversal')" in queries.MARKS
