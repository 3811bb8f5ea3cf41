"""Which unit of a plan the office is, by what it is called."""

import pytest

from planledger.plan.model.rows import Agency, Side
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.facts.office import office_doubt, office_unit
from planledger.questions.facts.plans import PlanInForce

SIDES = (Side("江海区", "江海"), Side("大新县", "大新"))
OURS, THEIRS = (
    Agency("江海区扶贫办", "江海区", "", "fpb", ""),
    Agency("大新县扶贫办", "大新县", "", "fpb", ""),
)
UNITS = (OURS, THEIRS, Agency("江海区人社局", "江海区", "", "rsj", ""))
BOTH = f"{OURS.name}、{THEIRS.name}"


def plan_of(offices: str) -> EmptySheet:
    plan = PlanInForce(1, 1, "", "trial-2019", "某方案", 2019, 30, offices, "")
    return EmptySheet(plan, SIDES, UNITS, (), (), (), "2019-12-05")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("江海区扶贫办", OURS),
        ("大新县扶贫办", THEIRS),
        ("江海扶贫办", OURS),
        (" 区 扶贫办", OURS),
        ("县扶贫办", THEIRS),
    ],
)
def test_the_office_is_the_unit_that_its_name_means(name: str, unit: Agency) -> None:
    assert unit == office_unit(name, plan_of(BOTH))
    assert "" == office_doubt(name, plan_of(BOTH))


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("扶贫办", f"扶贫办 可以指方案的2家主办单位（{BOTH}）。"),
        ("FPB", f"FPB 可以指方案的2家主办单位（{BOTH}）。"),
        ("江海区人社局", f"方案的主办单位（{BOTH}）里没有 江海区人社局。"),  # a unit that keeps no ledger
        ("江海区扶贫班", f"方案的主办单位（{BOTH}）里没有 江海区扶贫班。您是不是要写：江海区扶贫办？"),
        ("", f"台账没有写明本办的名称，看不出本办是方案的哪家主办单位（{BOTH}）。"),
    ],
)
def test_a_name_that_means_none_or_several_says_why(name: str, doubt: str) -> None:
    assert office_unit(name, plan_of(BOTH)) is None
    assert doubt == office_doubt(name, plan_of(BOTH))


def test_of_one_office_its_name_without_the_side_is_enough() -> None:
    assert OURS == office_unit("扶贫办", plan_of(OURS.name))


def test_a_plan_that_names_no_office_has_no_unit_for_it() -> None:
    assert office_unit(OURS.name, plan_of("")) is None
    assert "方案没有写主办单位（offices），看不出本办是哪家单位。" == office_doubt(OURS.name, plan_of(""))
