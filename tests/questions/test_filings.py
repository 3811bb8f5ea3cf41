"""Who filed what, and who is late: pure judgement of marks and a day."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import Filing
from planledger.plan.model.terms import FilingStanding
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.filings import FilingLack, FilingLackKind, FilingState, judge_filing, pieces

UNIT = "甲县虚构局"
ARCHIVE = Filing(
    "archive", "归档资料", "2019-11-15", "纸质、电子", stamped=False, recipients="办公室", clause=""
)
SUMMARY = Filing(
    "summary", "工作总结", "2019-11-30", "纸质", stamped=True, recipients="甲办、乙办", clause=""
)
BOTH = Filing("both", "两样", "2019-11-30", "纸质、电子", stamped=True, recipients="甲办、乙办", clause="")
BARE = Filing("bare", "随便", "2019-11-30", "", stamped=False, recipients="", clause="")
NOTHING = ""


def filed(entry: int, day: str, form: str = "纸质、电子", to: str = "办公室", stamp: str = NOTHING) -> Mark:
    """What a unit filed."""
    details = write_details(form=form, to=to, stamped=stamp)
    return Mark("", "filing", "", UNIT, day, "archive", entry, details)


def returned(entry: int, day: str) -> Mark:
    """What was sent back."""
    return Mark("", "return", "", UNIT, day, "archive", entry, note="缺目录")


def standing(filing: Filing, marks: Iterable[Mark], day: str = "2019-12-05") -> FilingState:
    """Where a unit stands."""
    return judge_filing(filing, tuple(marks), day)


@pytest.mark.parametrize(("day", "late"), [("2019-11-14", 0), ("2019-11-15", 0), ("2019-11-16", 1)])
def test_the_last_day_is_in_time(day: str, late: int) -> None:
    state = standing(ARCHIVE, [filed(2, day)])

    assert (FilingStanding.HANDED_IN, day, day, late, ()) == (
        state.standing,
        state.first_on,
        state.complete_on,
        state.days_late,
        state.lacks,
    )


@pytest.mark.parametrize(("day", "late"), [("2019-11-15", 0), ("2019-11-16", 1), ("2019-12-05", 20)])
def test_what_was_never_filed_is_late_from_the_day_after(day: str, late: int) -> None:
    state = standing(ARCHIVE, [], day)

    assert (FilingStanding.MISSING, "", "", "", late) == (
        state.standing,
        state.first_on,
        state.returned_on,
        state.complete_on,
        state.days_late,
    )


def test_it_is_complete_on_the_day_of_its_last_piece() -> None:
    paper, electronic = filed(2, "2019-11-14", "纸质"), filed(3, "2019-11-18", "电子")
    half, whole = standing(ARCHIVE, [paper]), standing(ARCHIVE, [paper, electronic])

    assert (FilingStanding.INCOMPLETE, "", 20) == (half.standing, half.complete_on, half.days_late)
    assert (FilingLack(FilingLackKind.FORM, "电子", ""),) == half.lacks
    assert (FilingStanding.HANDED_IN, "2019-11-14", "2019-11-18", 3) == (
        whole.standing,
        whole.first_on,
        whole.complete_on,
        whole.days_late,
    )


def test_a_piece_that_comes_again_leaves_its_first_day() -> None:
    assert "2019-11-14" == standing(ARCHIVE, [filed(2, "2019-11-14"), filed(3, "2019-11-20")]).complete_on


def test_a_stamp_that_comes_later_completes_it_on_its_own_day() -> None:
    bare = filed(2, "2019-11-28", "纸质", "甲办、乙办")
    stamped = filed(3, "2019-12-02", "纸质", "甲办、乙办", "1")
    before, after = standing(SUMMARY, [bare]), standing(SUMMARY, [bare, stamped])

    assert (FilingStanding.INCOMPLETE, (FilingLack(FilingLackKind.STAMP, "", ""),)) == (
        before.standing,
        before.lacks,
    )
    assert ("2019-11-28", "2019-12-02", 2) == (after.first_on, after.complete_on, after.days_late)


LACKS = [
    (SUMMARY, [("纸质", "甲办", "1")], [("recipient", "", "乙办")]),
    (SUMMARY, [("纸质", "甲办", "")], [("recipient", "", "乙办"), ("stamp", "", "")]),
    (SUMMARY, [("纸质", "甲办", "1"), ("纸质", "乙办", "")], [("stamp", "纸质", "乙办")]),
    (BOTH, [("纸质", "甲办、乙办", "1")], [("form", "电子", "")]),
    (BOTH, [("纸质、电子", "甲办", "1"), ("纸质", "乙办", "1")], [("form", "电子", "乙办")]),
    (BOTH, [("纸质", "甲办", "1")], [("recipient", "", "乙办"), ("form", "电子", "")]),
    (BOTH, [("纸质", "甲办", "1"), ("电子", "乙办", "1")], [("form", "电子", "甲办"), ("form", "纸质", "乙办")]),
    (BOTH, [("纸质、电子", "甲办、乙办", "")], [("stamp", "", "")]),
    (BOTH, [("纸质", "甲办、乙办", "1"), ("电子", "甲办、乙办", "")],
     [("stamp", "电子", "甲办"), ("stamp", "电子", "乙办")]),
    (BOTH, [], [("form", "纸质", ""), ("form", "电子", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("filing", "came", "lacking"), LACKS)
def test_what_is_lacking_is_named_as_shortly_as_it_is_true(
    filing: Filing, came: list[tuple[str, str, str]], lacking: list[tuple[str, str, str]]
) -> None:
    marks = [filed(2 + n, "2019-11-14", *piece) for n, piece in enumerate(came)]

    assert set(lacking) == set(standing(filing, marks).lacks)


def test_what_was_sent_back_is_owed_again_and_its_first_day_stays() -> None:
    came, back, again = filed(2, "2019-11-14"), returned(3, "2019-11-18"), filed(4, "2019-11-20")
    owed, mended = standing(ARCHIVE, [came, back]), standing(ARCHIVE, [came, back, again])

    assert (FilingStanding.RETURNED, "2019-11-14", "2019-11-18", "", 20) == (
        owed.standing,
        owed.first_on,
        owed.returned_on,
        owed.complete_on,
        owed.days_late,
    )
    assert (FilingStanding.HANDED_IN, "2019-11-14", "2019-11-18", "2019-11-20", 5) == (
        mended.standing,
        mended.first_on,
        mended.returned_on,
        mended.complete_on,
        mended.days_late,
    )


def test_after_a_return_every_piece_must_come_again() -> None:
    marks = [filed(2, "2019-11-14"), returned(3, "2019-11-18"), filed(4, "2019-11-20", "电子")]

    assert (FilingLack(FilingLackKind.FORM, "纸质", ""),) == standing(ARCHIVE, marks).lacks


def test_a_return_whose_filing_was_reversed_sends_nothing_back() -> None:
    assert FilingStanding.MISSING == standing(ARCHIVE, [returned(3, "2019-11-18")]).standing
    assert (
        FilingStanding.HANDED_IN
        == standing(ARCHIVE, [returned(3, "2019-11-18"), filed(4, "2019-11-20")]).standing
    )


def test_a_plan_may_name_neither_form_nor_recipient() -> None:
    assert (("", ""),) == pieces(BARE)
    assert FilingStanding.HANDED_IN == standing(BARE, [filed(2, "2019-11-14", "", "")]).standing


days = st.dates().map(lambda day: day.isoformat())
came = st.lists(
    st.tuples(
        days,
        st.sampled_from(["纸质", "电子", "纸质、电子"]),
        st.sampled_from(["甲办", "乙办", "甲办、乙办"]),
        st.sampled_from(["", "1"]),
    ),
    max_size=6,
)


@given(came, st.randoms(use_true_random=False))
def test_in_whatever_order_the_same_pieces_come_the_standing_is_the_same(
    parts: list[tuple[str, str, str, str]], chance: Random
) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)

    assert standing(BOTH, [filed(2 + n, *part) for n, part in enumerate(parts)]) == standing(
        BOTH, [filed(2 + n, *part) for n, part in enumerate(shuffled)]
    )


@given(came)
def test_a_filing_is_complete_exactly_when_nothing_is_lacking(parts: list[tuple[str, str, str, str]]) -> None:
    state = standing(BOTH, [filed(2 + n, *part) for n, part in enumerate(parts)])

    assert (state.standing == FilingStanding.HANDED_IN) == (not state.lacks) == bool(state.complete_on)
    assert state.first_on <= state.complete_on or not state.complete_on
    assert bool(state.first_on) == bool(parts)
