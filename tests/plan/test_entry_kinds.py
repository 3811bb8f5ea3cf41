"""The table of kinds: one row a kind, whose cells fit together."""

from typing import NamedTuple

import pytest

from planledger.plan.model import entry_kinds
from planledger.plan.model.entry_details import (
    EntryNames,
    ImpossibleEntryError,
    read_details,
    read_entry,
    write_details,
)
from planledger.plan.model.entry_kinds import MEANING, UNFINISHED, About, Nature, Undone
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.people.masking import masked_details
from planledger.questions import sql

SHA, PHONE = "0" * 64, "13800138000"
ALL_NAMES = {name for row in MEANING.values() for name in row.details}


class Said(NamedTuple):
    """What an entry of a kind may say: its place, its subject, its details with one that is none, and the rules of them."""

    code: str
    agency: str
    subject: str
    no_subject: str | None  # what its subject never names; None where any words do
    details: dict[str, tuple[str, str | None]]  # (what it may be, what it never is)
    needed: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


EVENT: dict[str, tuple[str, str | None]] = {"event": ("某会", None), "same_event": ("3", "x")}
TABLE: dict[str, tuple[str, str | None]] = {
    "cell": ("c", None),
    "file": (SHA, "x"),
    "file_name": ("甲", None),
}
CELL: dict[str, tuple[str, str | None]] = {"template": ("t", None), "slot": ("s", None), **TABLE}
FORM = {**CELL, "sender": ("2", "x")}
SAID: dict[EntryKind, Said] = {
    EntryKind.ADOPTION: Said("", "", SHA, "x", {"office": ("某办", None)}),
    EntryKind.AMOUNT: Said(
        "6.1", "", "", "x", {"corrects": ("2", "-1"), "resembles": ("2", "x"), **EVENT, **FORM},
        typed=("event", "file_name"),
    ),
    EntryKind.DECLARATION: Said("7.1", "", "", "x", {**EVENT, **FORM}, typed=("event", "file_name")),
    EntryKind.PAPER: Said(
        "1.3", "", "会议纪要", None,
        {"entry": ("2", "x"), "held_by": ("某办", None), "ref": ("1号", None), "same_event": ("2", "x")}, typed=("ref",),
    ),
    EntryKind.REPORT: Said(
        "6.1", "某局", "nothing", "x", {"progress": ("甲", None), "problem": ("乙", None), "next": ("丙", None), **FORM},
        typed=("progress", "problem", "next", "file_name"),
    ),
    EntryKind.REVERSAL: Said("", "某局", "任何", None, {}),
    EntryKind.CLOSE: Said(
        "6.1", "", "", "x", {"approved": ("某某", None), "ref": ("1号", None)}, typed=("approved", "ref"),
    ),
    EntryKind.REOPEN: Said("6.1", "", "", "x", {}),
    EntryKind.AMENDMENT: Said(
        "6.1", "", "cancel", "x",
        {
            "basis": ("1号", None), "due": ("2019-12-20", "2019-02-30"), "key": ("transferred", None),
            "role": ("lead", "x"), "said": ("155", "x"), "target": ("172", "x"),
        },
        needed=("basis",), typed=("basis",),
    ),
    EntryKind.FILING: Said(
        "", "某会", "archive", None, {"form": ("纸质", None), "stamped": ("1", "x"), "to": ("某办", None), **TABLE},
        typed=("file_name",),
    ),
    EntryKind.RETURN: Said("", "某会", "archive", None, TABLE, typed=("file_name",)),
    EntryKind.CONTACT: Said(
        "", "某会", "", "x", {"name": ("某某", None), "phone": ("0750-1", None), **TABLE},
        needed=("name", "phone"), typed=("name", "file_name"),
    ),
    EntryKind.EVIDENCE: Said(
        "6.1", "", "会议纪要", None,
        {
            "entry": ("2", "x"), "name": ("甲", None), "personal": ("1", "x"), "same_event": ("2", "x"),
            "sha256": (SHA, "x"), "size": ("6", "x"),
        },
        needed=("name", "sha256", "size"), typed=("name",),
    ),
    EntryKind.DESTRUCTION: Said(
        "6.1", "", "会议纪要", None, {"entry": ("2", "x"), "sha256": (SHA, "x")}, needed=("entry", "sha256")
    ),
    EntryKind.SENDER: Said(
        "", "某局", "", "x",
        {
            "head": ("某某", None), "reviewer": ("某某", None), "preparer": ("某某", None), "phone": ("0750-1", None),
            "day": ("2019-08-01", "2019-02-30"), **CELL,
        },
        typed=("head", "reviewer", "preparer", "file_name"),
    ),
    EntryKind.OFFICE_NAME: Said("", "", "某办", None, {}),
    EntryKind.AGENCY_RENAME: Said(
        "", "某局", "某会", "", {"basis": ("某号", None)}, needed=("basis",), typed=("basis",)
    ),
    EntryKind.CHASE: Said(
        "", "某局", "", "x",
        {
            "way": ("phone", "x"), "items": ("6.1、6.2", "6.1、"), "filings": ("archive", "archive、archive"),
            "month": ("2019-10", "2019-13"), "reply_by": ("2019-12-10", "2019-02-30"),
        },
        needed=("way",),
    ),
    EntryKind.AGENCY_MERGE: Said(
        "", "某局", "甲、乙", "甲、", {"basis": ("某号", None)}, needed=("basis",), typed=("basis",)
    ),
}  # fmt: skip


def refuses(kind: EntryKind, parts: dict[str, str]) -> bool:
    """Whether an entry of a kind cannot say these details."""
    try:
        read_details(kind, write_details(**parts))
    except ImpossibleEntryError:
        return True
    return False


@pytest.mark.parametrize("kind", EntryKind)
def test_a_kind_says_its_own_details_and_no_others(kind: EntryKind) -> None:
    one = SAID[kind]
    whole = {name: value for name, (value, _) in one.details.items()}
    assert whole == read_details(kind, write_details(**whole)).parts
    assert [] == [name for name in ALL_NAMES - whole.keys() if not refuses(kind, {**whole, name: "1"})]
    wrong = {name: value for name, (_, value) in one.details.items() if value is not None}
    assert [] == [name for name, value in wrong.items() if not refuses(kind, {**whole, name: value})]
    free = [name for name, (_, value) in one.details.items() if value is None]
    assert [] == [name for name in free if refuses(kind, {**whole, name: "任何、文字 9"})]
    left_out = {name for name in whole if refuses(kind, {key: whole[key] for key in whole if key != name})}
    assert set(one.needed) == left_out
    assert bool(one.needed) == refuses(kind, {})


@pytest.mark.parametrize("kind", EntryKind)
def test_a_kind_tells_of_its_own_and_names_its_own_subject(kind: EntryKind) -> None:
    one = SAID[kind]
    written = write_details(**{name: value for name, (value, _) in one.details.items()})
    assert written == read_entry(kind, EntryNames(one.code, one.agency, "2019-11-20", one.subject), written)
    if one.no_subject is not None:
        with pytest.raises(ImpossibleEntryError):
            read_entry(kind, EntryNames(one.code, one.agency, "2019-11-20", one.no_subject), written)
    if MEANING[kind].about is not About.ENTRY:
        with pytest.raises(ImpossibleEntryError):
            read_entry(
                kind, EntryNames("" if one.code else "6.1", one.agency, "2019-11-20", one.subject), written
            )


@pytest.mark.parametrize(
    ("agency", "subject"), [("丙", ""), ("丙", "甲、"), ("丙", "、甲"), ("丙", "甲、甲"), ("", "甲、乙")]
)
@pytest.mark.parametrize("kind", ["agency_rename", "agency_merge"])
def test_a_change_of_a_name_names_units_once_each(kind: str, agency: str, subject: str) -> None:
    """What they were called, and what they are called since."""
    with pytest.raises(ImpossibleEntryError):
        read_entry(kind, EntryNames("", agency, "2019-11-20", subject), write_details(basis="某号"))


@pytest.mark.parametrize("kind", EntryKind)
def test_what_somebody_typed_is_masked(kind: EntryKind) -> None:
    parts = dict.fromkeys(SAID[kind].details, PHONE)
    masked = masked_details(write_details(**parts)).parts if parts else {}
    assert set(SAID[kind].typed) == {name for name, text in masked.items() if text != PHONE}


@pytest.mark.parametrize("subject", ["due", "target", "add"])
def test_an_amendment_says_what_it_changes(subject: str) -> None:
    with pytest.raises(ImpossibleEntryError):
        read_entry("amendment", EntryNames("6.1", "", "2019-11-20", subject), write_details(basis="1号"))
    assert {"amendment"} == {kind for kind, row in MEANING.items() if row.needed_of}


def test_every_kind_has_its_row() -> None:
    assert list(EntryKind) == list(MEANING)


@pytest.mark.parametrize("kind", EntryKind)
def test_what_a_row_needs_it_may_say(kind: EntryKind) -> None:
    row = MEANING[kind]
    assert row.needed <= row.details.keys()


def test_what_is_masked_some_kind_may_say() -> None:
    assert entry_kinds.TYPED <= entry_kinds.READERS.keys()


def test_the_lists_name_what_they_mean() -> None:
    """Three sets were once called work: what happened, what a paper proves, what was reported without words."""
    assert {"paper", "evidence"} == entry_kinds.PROOFS
    assert {"filing", "return", "contact", "sender", "chase"} == entry_kinds.OF_UNITS
    assert {"amount", "declaration", "paper", "evidence", "report"} == entry_kinds.HAPPENED
    assert {"amount", "declaration"} == entry_kinds.PROVABLE
    assert entry_kinds.HAPPENED - {"report"} == entry_kinds.WITHOUT_WORDS
    assert entry_kinds.HAPPENED | {"close", "reopen", "filing"} == entry_kinds.END_SILENCE
    of_names = {"agency_rename", "agency_merge"}
    assert {"adoption", "amendment"} | of_names == entry_kinds.kinds(Nature.CHANGE)
    assert of_names == entry_kinds.about(About.UNIT_NAME)
    assert of_names == {kind for kind, row in MEANING.items() if row.undone is Undone.WITHOUT_NAME}
    assert {"reversal", "destruction"} == entry_kinds.about(About.ENTRY)
    assert {"evidence", "destruction"} == entry_kinds.with_detail("sha256")
    assert {"adoption"} == entry_kinds.about(About.PLAN)
    assert {"office_name"} == entry_kinds.about(About.OFFICE)
    of_items = {"close", "reopen", "destruction"}
    assert of_items | {"office_name"} | entry_kinds.OF_UNITS == entry_kinds.kinds(Nature.MARK)
    assert {"amount"} == entry_kinds.kinds(Nature.FIGURE)
    assert {"reversal"} == entry_kinds.kinds(Nature.UNDOING)
    assert {"adoption"} == {kind for kind, row in MEANING.items() if row.undone is Undone.BEFORE_OTHERS}
    assert {"amendment"} == {kind for kind, row in MEANING.items() if row.undone is Undone.WITHOUT_UNIT}
    open_to = {kind: row.open_to for kind, row in MEANING.items() if row.open_to != UNFINISHED}
    assert open_to == {
        "close": (Standing.DONE,),
        "reopen": (Standing.CLOSED,),
        "paper": (*UNFINISHED, Standing.DONE),
    }
    assert {"contact", "sender"} == {kind for kind, row in MEANING.items() if row.is_private}
    assert {"reversal", "adoption"} == {kind for kind, row in MEANING.items() if not row.has_own_day}
    assert {"reversal", "destruction"} == {
        kind for kind, row in MEANING.items() if row.undone is Undone.NEVER
    }


def test_a_statement_names_kinds_as_the_table_does() -> None:
    """SQL stays constant text: its lists are written when it is loaded."""
    assert "e.kind IN ('evidence', 'paper')" in sql.PAPERS_ELSEWHERE
    unread = "('adoption', 'agency_merge', 'agency_rename', 'amendment', 'reversal')"
    assert f"e.kind NOT IN {unread}" in sql.MARKS
    assert "('')" == entry_kinds.sql_list(())  # () is no SQL on a server
