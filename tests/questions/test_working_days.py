"""The last working day up to a day, with and without a table of holidays for its year."""

import pytest

from planledger.questions.answers.upcoming import last_working_day


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2019-11-29", "2019-11-29"),
        ("2019-11-30", "2019-11-29"),
        ("9999-12-26", "9999-12-24"),
        ("0001-01-06", "0001-01-05"),  # no calendar has thirty days before it
    ],
)
def test_it_is_the_day_itself_or_the_weekday_before(day: str, last: str) -> None:
    assert last == last_working_day(day).day
