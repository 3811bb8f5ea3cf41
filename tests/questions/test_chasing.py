"""What answers a chase, and how often a unit was chased for something: pure functions of entries."""

import pytest

from planledger.plan.model.entry_details import write_details
from planledger.questions.facts.progress import Mark
from planledger.questions.judge.chasing import Chased, answer_to, chases_for, counted

UNIT, OTHER = "甲县虚构局", "乙县虚构局"


def chase(entry: int, day: str, items: str = "", filings: str = "", agency: str = UNIT) -> Mark:
    details = write_details(way="phone", items=items, filings=filings)
    return Mark("", "chase", "", agency, day, "", entry, details)


def came(
    entry: int = 8, kind: str = "report", agency: str = UNIT, code: str = "6.1", subject: str = ""
) -> Mark:
    return Mark(code, kind, "", agency, "2019-10-31", subject, entry)


@pytest.mark.parametrize(
    ("one", "answers"),
    [
        (came(), True),  # whatever its day: what was done in October came after a chase of November
        (came(kind="amount"), True),
        (came(kind="filing", code="", subject="archive"), True),
        (came(entry=6), False),
        (came(agency=OTHER), False),
        (came(code="6.2"), False),
        (came(kind="filing", code="", subject="summary"), False),
        (
            came(kind="paper", code="6.2", subject="archive"),
            False,
        ),  # a kind of paper may be called as a filing is
    ],
)
def test_an_answer_is_of_the_unit_and_of_what_it_was_chased_for_and_recorded_later(
    one: Mark, answers: bool
) -> None:
    assert (one if answers else None) == answer_to(chase(7, "2019-11-20", "6.1", "archive"), [one])


def test_the_first_of_several_answers_counts() -> None:
    assert came(9) == answer_to(chase(7, "2019-11-20", "6.1"), [came(5), came(9), came(12)])


def test_a_unit_is_chased_for_what_the_chase_names() -> None:
    """One chase counts once, however much of what is asked for it names."""
    several = [
        chase(2, "2019-11-18", "6.1、6.2", "archive"),
        chase(3, "2019-11-20", "6.2"),
        chase(4, "2019-11-21", "6.1", agency=OTHER),
    ]
    assert Chased(2, "2019-11-20") == counted(chases_for(several, UNIT, ["6.1", "6.2"], ["archive"]))
    assert Chased(1, "2019-11-18") == counted(chases_for(several, UNIT, ["6.1"]))
    assert Chased(1, "2019-11-18") == counted(chases_for(several, UNIT, [], ["archive"]))
    assert Chased(0, "") == counted(chases_for(several, UNIT, ["7.1"], ["summary"]))
