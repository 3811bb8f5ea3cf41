"""Which plan an action means where none was named: the order of the rules, as pure functions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planledger.questions.answers.several_plans import Weighed, meant
from planledger.questions.facts.plans import PlanInForce
from planledger.questions.facts.which_plan import word_for


def plan(year: int, key: str = "") -> PlanInForce:
    """A made-up plan of a year."""
    return PlanInForce(year, year, "", key or f"made-up-{year}", f"{year}年试验方案", year, 30, "", "")


def one(year: int, state: str) -> Weighed:
    """What a plan has to do with an action: nothing (-), the row (finished), the row (open), open past its last day (late)."""
    return Weighed(plan(year), state != "-", state in ("open", "late"), state == "late")


@pytest.mark.parametrize(
    ("states", "year", "years"),
    [
        ("open -", "", [2019]),
        ("- open", "", [2020]),
        ("finished open", "", [2020]),
        ("late finished", "", [2019]),
        ("open open", "", [2019, 2020]),
        ("late open", "", [2019, 2020]),
        ("finished finished", "", [2019, 2020]),
        ("finished -", "", [2019]),
        ("- -", "", []),
        ("open open", "2019", [2019]),
        ("open open", "2020", [2020]),
        ("late open", "2019", [2019]),
        ("late open", "2020", [2019, 2020]),
        ("late finished", "2020", [2019]),
        ("finished open", "2020", [2020]),
        ("finished open", "2019", [2019]),
        ("open open", "2021", [2019, 2020]),
        ("finished open", "2021", [2020]),
        ("open -", "2020", [2019]),
        ("- -", "2020", []),
    ],
)
def test_the_rules_in_their_order(states: str, year: str, years: list[int]) -> None:
    """A typed day decides unless another plan has it open past its last day; else the only plan that has it open."""
    plans = [one(2019 + place, state) for place, state in enumerate(states.split())]

    assert years == [chosen.year for chosen in meant(plans, year)]


STATES = some.sampled_from(["-", "finished", "open", "late"])


@given(some.lists(some.tuples(some.sampled_from([2018, 2019, 2020]), STATES), max_size=4), some.data())
def test_nothing_late_is_passed_over(plans: list[tuple[int, str]], data: Any) -> None:
    """Whatever the others are: a plan that has it open past its last day is meant, or among those that are asked about."""
    weighed = [
        one(year, state)._replace(plan=plan(year, f"made-up-{place}"))
        for place, (year, state) in enumerate(plans)
    ]
    year = data.draw(some.sampled_from(["", "2018", "2019", "2020", "2021"]))
    chosen = meant(weighed, year)

    late = [each.plan for each in weighed if each.is_past]
    assert all(each in chosen for each in late) or [str(each.year) for each in chosen] == [year]
    assert all(each.has_it for each in weighed if each.plan in chosen and chosen == (each.plan,))
    if len({each.plan for each in weighed if each.is_open}) > 1 and not year:
        assert 1 < len(chosen)


def test_a_plan_is_named_by_its_year_where_that_is_enough() -> None:
    alone, first, second = plan(2019), plan(2020), plan(2020, "another")

    assert "2019" == word_for(alone, (alone, first, second))
    assert "made-up-2020" == word_for(first, (alone, first, second))
    assert "made-up-2019" == word_for(alone, (alone, plan(2020, "2019")))
