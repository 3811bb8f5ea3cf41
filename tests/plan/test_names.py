"""People name a unit in many ways; each way means the same unit, and no way is fuzzy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.model.rows import Agency, Side
from planledger.plan.phrases.unit_names import agency_choices, find_agencies, level_of

SIDES = (Side("江海区", "江海"), Side("大新县", "大新"))


def unit(name: str, short: str = "", initials: str = "") -> Agency:
    """Return a unit of the side that its name begins with."""
    return Agency(name, name[:3], short, initials, "")


AGENCIES = (
    unit("江海区人社局", "人力资源局、区人社", "rsj"),
    unit("大新县人社局", initials="rsj、dxrsj"),
    unit("江海区委办"),
    unit("大新县委办"),
    unit("江海区组织部"),
    unit("大新县委组织部"),
    unit("大新县市场监管局"),
    unit("大新县国泰资产经营有限公司", "国泰公司"),
    unit("大新县工委（机关）"),
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("江海区人社局", "江海区人社局"),
        ("人社局", "江海区人社局 大新县人社局"),
        ("江海人社局", "江海区人社局"),
        ("大新人社局", "大新县人社局"),
        ("县人社局", "大新县人社局"),
        ("人力资源局", "江海区人社局"),
        ("江海区人力资源局", "江海区人社局"),
        ("区人社", "江海区人社局"),
        ("rsj", "江海区人社局 大新县人社局"),
        ("RSJ", "江海区人社局 大新县人社局"),
        ("ＤＸｒｓｊ", "大新县人社局"),
        (" 人社\u3000局\n", "江海区人社局 大新县人社局"),
        ("委办", "江海区委办 大新县委办"),
        ("县委办", "大新县委办"),
        ("区委办", "江海区委办"),
        ("大新委办", "大新县委办"),
        ("组织部", "江海区组织部 大新县委组织部"),
        ("委组织部", "江海区组织部 大新县委组织部"),
        ("大新县组织部", "大新县委组织部"),
        ("大新县委组织部", "大新县委组织部"),
        ("江海区委组织部", "江海区组织部"),
        ("区委组织部", "江海区组织部"),
        ("大新组织部", "大新县委组织部"),
        ("市场监管局", "大新县市场监管局"),
        ("场监管局", ""),
        ("国泰公司", "大新县国泰资产经营有限公司"),
        ("大新县国泰公司", "大新县国泰资产经营有限公司"),
        ("大新县工委(机关)", "大新县工委（机关）"),
        ("办", ""),
        ("人社", "江海区人社局"),  # its listed 区人社 without the level
        ("社", ""),
        ("社局", ""),
        ("大新县", ""),
        ("", ""),
        (" ", ""),
    ],
)
def test_a_word_means_every_unit_that_is_called_so(word: str, meant: str) -> None:
    """And none that only looks like it."""
    assert meant.split() == [agency.name for agency in find_agencies(word, AGENCIES, SIDES)]


def test_an_official_name_means_its_own_unit_only() -> None:
    """Even where the name is a short name of another."""
    one, other = unit("大新县组织部"), unit("大新县委组织部", "组织部")
    assert (one,) == find_agencies("大新县组织部", (other, one), SIDES)
    assert (other, one) == find_agencies("组织部", (other, one), SIDES)


def test_in_a_plan_of_one_county_its_level_may_be_left_out_or_put_in() -> None:
    """There the document writes 县教育局 or 教育局."""
    side = Side("云岭县", "云岭")
    education = Agency("县教育局", side.name, "", "", "")
    finance = Agency("财政局", side.name, "", "", "")
    for word in ("县教育局", "教育局", "云岭县教育局", "云岭教育局"):
        assert (education,) == find_agencies(word, (education, finance), (side,))
    for word in ("县财政局", "财政局", "云岭县财政局"):
        assert (finance,) == find_agencies(word, (education, finance), (side,))


def test_in_a_plan_of_a_province_its_level_said_once_holds_for_the_list() -> None:
    """省水利厅、林业局: the second is printed without its level and means the province's."""
    province = (Side("云海省", "云海"),)
    known = (Agency("省水利厅", "云海省", "", "", ""), Agency("云海省林业局", "云海省", "", "", ""))
    assert known[1:] == find_agencies("林业局", known, province) == find_agencies("省林业局", known, province)
    assert known[:1] == find_agencies("水利厅", known, province)


def test_the_choices_are_official_names_and_what_people_call_them_each_once() -> None:
    """For suggestions; initials are not worth one."""
    assert [
        "江海区人社局",
        "人社局",
        "人力资源局",
        "区人社",
        "大新县人社局",
    ] == agency_choices(AGENCIES[:2], SIDES)


def test_a_unit_of_no_known_side_is_called_by_its_own_name() -> None:
    """8.1's bare villages, until the plan file gives them a side."""
    village = Agency("麻三村", "", "", "", "")
    assert (village,) == find_agencies("麻三村", (village,), SIDES)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("县委办", "县"),
        ("区政府办", "区"),
        ("市场监管局", ""),
        ("区域协作办", ""),
        ("市政府办", "市"),
        ("教育局", ""),
        ("县", ""),
    ],
)
def test_a_level_is_no_word_that_only_begins_like_one(words: str, level: str) -> None:
    """市场监管局 is no 场监管局 of a 市."""
    assert level == level_of(words)


@given(st.sampled_from(AGENCIES))
def test_every_suggested_name_means_its_unit(agency: Agency) -> None:
    """What is shown can be typed."""
    for word in agency_choices((agency,), SIDES):
        assert agency in find_agencies(word, AGENCIES, SIDES)


@given(st.text(max_size=20))
def test_any_word_is_answered(word: str) -> None:
    """Nothing that is typed raises."""
    assert set(find_agencies(word, AGENCIES, SIDES)) <= set(AGENCIES)
