"""A wrong word is answered with the nearest right ones; where nothing is near, with none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.phrases.texts import hint, nearest

# The 50 units of the document's annex, in the names that a typist uses.
COMMON = [
    "扶贫办",
    "委办",
    "政府办",
    "组织部",
    "人社局",
    "教育局",
    "卫生健康局",
    "财政局",
    "工商联",
    "农业农村局",
    "自然资源局",
    "团委",
    "妇联",
    "工会",
]
OF_JIANGHAI = [
    "督查室",
    "国有资产监督管理局",
    "经济促进局",
    "宣传部",
    "外海街道",
    "礼乐街道",
    "江南街道",
    "麻三村",
    "武东村",
    "滘头经济联合社",
    "明星经济合作社",
]
OF_DAXIN = [
    "督查考评局",
    "国泰资产经营有限公司",
    "投资促进局",
    "工信局",
    "商务口岸局",
    "文化旅游和体育广电局",
    "硕龙镇",
    "下雷镇",
    "义宁村",
    "信隆村",
    "吉门村",
]
OFFICIAL = ["江海区" + name for name in COMMON + OF_JIANGHAI] + [
    "大新县" + name for name in COMMON + OF_DAXIN
]
UNITS = OFFICIAL + COMMON + OF_JIANGHAI + OF_DAXIN


def test_the_document_has_fifty_units() -> None:
    """The slips below are tried on all of them."""
    assert 50 == len(OFFICIAL)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("文旅局", "文化旅游和体育广电局"),
        ("人力资源和社会保障局", "人社局"),
        ("江海区人力资源和社会保障局", "江海区人社局"),
        ("财证局", "财政局"),
        ("卫健局", "卫生健康局"),
        ("国资局", "国有资产监督管理局"),
        ("大新县商务局", "大新县商务口岸局"),
        ("江海区经促局", "江海区经济促进局"),
        ("硕龙乡", "硕龙镇"),
        ("外海街办", "外海街道"),
        ("大新县督察考评局", "大新县督查考评局"),
        ("工商业联合会", "工商联"),
        ("国泰公司", "国泰资产经营有限公司"),
        ("团县委", "团委"),
    ],
)
def test_a_likely_slip_finds_the_unit_that_was_meant_first(slip: str, meant: str) -> None:
    """Shortenings, long forms, a wrong character, a left-out one."""
    assert [meant] == nearest(slip, UNITS)[:1]


@pytest.mark.parametrize("word", ["水利局", "大新县水利局", "火星基地", "", " "])
def test_where_nothing_is_near_nothing_is_suggested(word: str) -> None:
    """That both begin with 大新县 and end with 局 is no nearness."""
    assert ("", []) == (hint(word, UNITS), nearest(word, UNITS))


def test_other_words_than_units_are_found_too() -> None:
    """Item codes and keys of indicators."""
    assert ["6.1"] == nearest("6.10", ["6.1", "5.2.1", "visits"])
    assert ["transferred"] == nearest("Transfered", ["6.1", "visits", "transferred"])
    assert ["5.2.1", "5.2.2"] == nearest("5.2", ["5.1", "5.2.1", "5.2.2", "6.1"])[:2]


def test_the_hint_is_a_question_with_the_words_best_first() -> None:
    """As it stands at the end of a refusal."""
    assert "您是不是要写：文化旅游和体育广电局、大新县文化旅游和体育广电局？" == hint("文旅局", UNITS)


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8), st.integers(0, 5))
def test_suggestions_are_choices_each_once_and_not_too_many(word: str, choices: list[str], most: int) -> None:
    """For any words."""
    near = nearest(word, choices, most)
    assert len(near) == len(set(near)) <= most
    assert set(near) <= set(choices)


@given(st.sampled_from(UNITS))
def test_a_right_word_is_nearest_to_itself(word: str) -> None:
    """Equal is nearer than anything else."""
    assert [word] == nearest(word, UNITS)[:1]
