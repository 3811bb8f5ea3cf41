"""The words of 责任单位 become units by rule; what cannot be read for sure is a fault with a way out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.model.rows import Side
from planledger.plan.model.terms import Role
from planledger.plan.phrases.units import UnitDuty, UnitReading, read_units

SIDES = (Side("江海区", "江海"), Side("大新县", "大新"))
ONE_SIDE = (Side("云岭县", "云岭"),)

LEAD, RESPONSIBLE, ASSIST, UNSTATED = Role.LEAD, Role.RESPONSIBLE, Role.ASSIST, Role.UNSTATED


def both(*names: str) -> list[str]:
    """Return each name for both sides, as 两地 expands it."""
    return [side.name + name for name in names for side in SIDES]


def of(side: str, *names: str) -> list[str]:
    """Return each name with the side in front."""
    return [side + name for name in names]


def summary(reading: UnitReading) -> list[str]:
    """Return the duties as one word each: side's first character, role, name; a group has a * behind."""
    return [
        f"{duty.side[:1] or '-'}{duty.role.label}:{duty.agency}{'*' * duty.is_group}"
        for duty in reading.duties
    ]


# Every row of the document's column 责任单位, word for word, with the units that it names.
ROWS: list[tuple[str, str, list[str], str]] = [
    (
        "1.1",
        "两地扶贫办、江海区督查室、\n大新县督查考评局",
        [*both("扶贫办"), "江海区督查室", "大新县督查考评局"],
        "",
    ),
    ("1.2", "两地县（区）委办、县（区）\n政府办、扶贫办", both("委办", "政府办", "扶贫办"), ""),
    ("1.3", "两地县（区）委办、扶贫办", both("委办", "扶贫办"), ""),
    ("1.4", "两地县（区）政府办、扶贫办", both("政府办", "扶贫办"), ""),
    ("1.5", "两地扶贫办、县（区）委办、\n县（区）政府办", both("扶贫办", "委办", "政府办"), ""),
    ("1.6", "扶贫办", ["扶贫办"], ""),
    ("2.1", "两地组织部", both("组织部"), ""),
    ("2.2", "两地组织部", both("组织部"), ""),
    (
        "2.3",
        "两地组织部、人社局、县委办、\n政府办、教育局、卫生健康局",
        both("组织部", "人社局", "委办", "政府办", "教育局", "卫生健康局"),
        "",
    ),
    (
        "2.4",
        "江海区委组织部牵头，财政\n局、教育局、卫生健康局、扶\n贫办配合",
        of("江海区", "委组织部", "财政局", "教育局", "卫生健康局", "扶贫办"),
        "",
    ),
    ("2.5", "两地组织部、财政局", both("组织部", "财政局"), ""),
    ("3.1", "两地教育局", both("教育局"), ""),
    ("4.1", "两地卫生健康局", both("卫生健康局"), ""),
    ("5.1", "两地扶贫办、财政局及项目实\n施单位", both("扶贫办", "财政局"), "及项目实施单位"),
    (
        "5.2.1",
        "江海区国有资产监督管理局、\n大新县国泰资产经营有限公\n司",
        ["江海区国有资产监督管理局", "大新县国泰资产经营有限公司"],
        "",
    ),
    (
        "5.2.2",
        "两地工商联负责，江海区经济\n促进局、大新县投资促进局、\n大新县工信局、大新县商务口\n岸局配合",
        [*both("工商联"), "江海区经济促进局", *of("大新县", "投资促进局", "工信局", "商务口岸局")],
        "",
    ),
    (
        "5.3",
        "江海区经济促进局、大新县投\n资促进局、两地工商联负责，\n江海区扶贫办、人社局配合",
        ["江海区经济促进局", "大新县投资促进局", *both("工商联"), "江海区扶贫办", "江海区人社局"],
        "",
    ),
    (
        "5.4",
        "两地农业农村局、江海区宣传\n部、大新县文化旅游和体育广\n电局、大新县商务口岸局",
        [*both("农业农村局"), "江海区宣传部", *of("大新县", "文化旅游和体育广电局", "商务口岸局")],
        "",
    ),
    (
        "5.5",
        "两地工商联、农业农村局，江\n海区外海街道、礼乐街道、江\n南街道，大新县商务口岸局、\n硕龙镇、下雷镇等乡镇",
        [
            *both("工商联", "农业农村局"),
            *of("江海区", "外海街道", "礼乐街道", "江南街道"),
            *of("大新县", "商务口岸局", "硕龙镇", "下雷镇"),
        ],
        "等乡镇",
    ),
    ("5.6", "两地自然资源局", both("自然资源局"), ""),
    ("6.1", "两地人社局、教育局", both("人社局", "教育局"), ""),
    ("6.2", "两地人社局", both("人社局"), ""),
    (
        "7.1",
        "两地工商联、团委、妇联、工\n会；江海区外海街道、礼乐街\n道、江南街道，大新县硕龙镇、\n下雷镇",
        [
            *both("工商联", "团委", "妇联", "工会"),
            *of("江海区", "外海街道", "礼乐街道", "江南街道"),
            *of("大新县", "硕龙镇", "下雷镇"),
        ],
        "",
    ),
    (
        "8.1",
        (
            "外海街道、礼乐街道、江南街\n道、麻三村、武东村、滘头经\n济联合社、明星经济合作社；\n"
            "大新县硕龙镇、下雷镇、义宁\n村、信隆村、吉门村"
        ),
        [
            *("外海街道", "礼乐街道", "江南街道", "麻三村", "武东村", "滘头经济联合社", "明星经济合作社"),
            *of("大新县", "硕龙镇", "下雷镇", "义宁村", "信隆村", "吉门村"),
        ],
        "",
    ),
    ("9.1", "两地扶贫办及相关单位", both("扶贫办"), "及相关单位"),
    ("9.2", "两地扶贫办", both("扶贫办"), ""),
]

# Where the document states roles; every other duty of it is unstated.
ROLES = {
    "2.4": [LEAD, *[ASSIST] * 4],
    "5.2.2": [*[RESPONSIBLE] * 2, *[ASSIST] * 4],
    "5.3": [*[RESPONSIBLE] * 4, *[ASSIST] * 2],
}

# All that is ours and not the document's in the whole column.
ASSUMED = {
    "1.2": ("“两地”及于其后所列的县（区）政府办、扶贫办。",),
    "1.3": ("“两地”及于其后所列的扶贫办。",),
    "1.4": ("“两地”及于其后所列的扶贫办。",),
    "1.5": ("“两地”及于其后所列的县（区）委办、县（区）政府办。",),
    "1.6": ("“扶贫办”没有写明是哪一方。",),
    "2.3": (
        "“两地”及于其后所列的人社局、县委办、政府办、教育局、卫生健康局。",
        "“县委办”在江海区读作江海区委办。",
    ),
    "2.4": ("逗号后的财政局、教育局、卫生健康局、扶贫办没有另写是哪一方，沿用前面的“江海区”。",),
    "2.5": ("“两地”及于其后所列的财政局。",),
    "5.1": ("“两地”及于其后所列的财政局。",),
    "5.5": ("“两地”及于其后所列的农业农村局。",),
    "6.1": ("“两地”及于其后所列的教育局。",),
    "7.1": ("“两地”及于其后所列的团委、妇联、工会。",),
    "8.1": (
        "“外海街道、礼乐街道、江南街道、麻三村、武东村、滘头经济联合社、明星经济合作社”没有写明是哪一方。",
    ),
}


@pytest.mark.parametrize(("code", "text", "agencies", "open_words"), ROWS, ids=[row[0] for row in ROWS])
def test_each_row_of_the_document_names_exactly_its_units(
    code: str, text: str, agencies: list[str], open_words: str
) -> None:
    """Units, sides, roles, open words and assumptions of all 26 rows."""
    roles = ROLES.get(code, [UNSTATED] * len(agencies))
    expected = tuple(
        UnitDuty(agency, next((s.name for s in SIDES if agency.startswith(s.name)), ""), role, is_group=False)
        for agency, role in zip(agencies, roles, strict=True)
    )
    assert UnitReading(text, expected, open_words, ASSUMED.get(code, ()), "") == read_units(text, SIDES)


def test_the_document_has_124_duties_of_named_units_and_one_bare_unit_more_once_it_is_given_to_both() -> None:
    """The count of each row, by which a reader checks the column."""
    counts = [4, 6, 4, 4, 6, 1, 2, 2, 12, 5, 4, 2, 2, 4, 2, 6, 6, 5, 10, 2, 4, 2, 13, 12, 2, 2]
    assert counts == [len(read_units(text, SIDES).duties) for _, text, _, _ in ROWS]


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("双方工会", "江责任:江海区工会 大责任:大新县工会"),
        ("两县区人社局", "江责任:江海区人社局 大责任:大新县人社局"),
        ("两县（区）委办", "江责任:江海区委办 大责任:大新县委办"),
        ("两地区（县）政府办", "江责任:江海区政府办 大责任:大新县政府办"),
        ("两地区委办", "江责任:江海区委办 大责任:大新县委办"),
        ("两地市场监管局", "江责任:江海区市场监管局 大责任:大新县市场监管局"),
        ("两地县市场监管局", "江责任:江海区市场监管局 大责任:大新县市场监管局"),
        ("大新县县委办", "大责任:大新县委办"),
        ("大新县扶贫办、县委办", "大责任:大新县扶贫办 大责任:大新县委办"),
        ("江海区委、大新县委", "江责任:江海区委 大责任:大新县委"),
        ("江海人社局、教育局", "江责任:江海区人社局 江责任:江海区教育局"),
        (
            "江海区：扶贫办、财政局；大新县：扶贫办",
            "江责任:江海区扶贫办 江责任:江海区财政局 大责任:大新县扶贫办",
        ),
        ("大新县大新中学", "大责任:大新县大新中学"),
        ("江海区驻大新县工作组", "江责任:江海区驻大新县工作组"),
        ("国家税务总局大新县税务局", "大责任:国家税务总局大新县税务局"),
        ("两地农业与农村局", "江责任:江海区农业与农村局 大责任:大新县农业与农村局"),
        ("两地云镇", "江责任:江海区云镇 大责任:大新县云镇"),
        ("三方坪街道", "-责任:三方坪街道"),
        ("江海区\u200bＡＢ办", "江责任:江海区AB办"),
        ("两地人社局、江门市人社局", "江责任:江海区人社局 大责任:大新县人社局 -责任:江门市人社局"),
        (
            "江海区教育局, 大新县教育局;大新县财政局 ",
            "江责任:江海区教育局 大责任:大新县教育局 大责任:大新县财政局",
        ),
    ],
)
def test_a_side_holds_for_its_list(text: str, duties: str) -> None:
    """Prefixes, levels and marks in the forms that other counties use."""
    reading = read_units(text, SIDES)
    assert ("", duties.split()) == (reading.fault, summary(reading))


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("江海区教育局（牵头）、财政局", "江牵头:江海区教育局 江责任:江海区财政局"),
        ("江海区教育局(牵头单位)、财政局(配合)", "江牵头:江海区教育局 江配合:江海区财政局"),
        ("江海区教育局（牵头）、财政局负责", "江牵头:江海区教育局 江负责:江海区财政局"),
        (
            "江海区教育局牵头、财政局、民政局配合",
            "江牵头:江海区教育局 江配合:江海区财政局 江配合:江海区民政局",
        ),
        ("由江海区教育局牵头，大新县教育局协助", "江牵头:江海区教育局 大配合:大新县教育局"),
        ("以江海区教育局为主，大新县教育局参与", "江牵头:江海区教育局 大配合:大新县教育局"),
        ("江海区教育局主办，大新县教育局协办", "江牵头:江海区教育局 大配合:大新县教育局"),
        ("江海区教育局主责；大新县教育局积极配合", "江牵头:江海区教育局 大配合:大新县教育局"),
        ("江海区教育局牵头负责，财政局按职责分工负责", "江牵头:江海区教育局 江负责:江海区财政局"),
        (
            "牵头单位：江海区教育局；责任单位：江海区财政局；配合单位：大新县民政局",
            "江牵头:江海区教育局 江负责:江海区财政局 大配合:大新县民政局",
        ),
        (
            "牵头单位: 江海区教育局 配合单位:大新县民政局、财政局",
            "江牵头:江海区教育局 大配合:大新县民政局 大配合:大新县财政局",
        ),
        ("责任单位：江海区教育局负责，大新县教育局配合", "江负责:江海区教育局 大配合:大新县教育局"),
        (
            "两地工会；江海区外海街道，大新县硕龙镇等乡镇负责",
            "江负责:江海区工会 大负责:大新县工会 江负责:江海区外海街道 大负责:大新县硕龙镇",
        ),
        ("江海区教育局；大新县教育局配合", "江责任:江海区教育局 大配合:大新县教育局"),
    ],
)
def test_role_words_hold_as_the_office_means_them(text: str, duties: str) -> None:
    """Behind one name, at the end of a list, at the end of all, or as a label in front."""
    reading = read_units(text, SIDES)
    assert ("", duties.split()) == (reading.fault, summary(reading))


def test_a_closing_role_that_holds_over_a_mark_is_our_reading() -> None:
    """The body of row 7.1: 负责 stands once, at the end of three lists."""
    reading = read_units("两地工商联；江海区外海街道，大新县硕龙镇等乡镇负责", SIDES)
    assert (
        "句末的“负责”也及于逗号前的江海区外海街道。",
        "句末的“负责”也及于分号前的两地工商联。",
    ) == reading.assumed


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("大新县商务口岸局、硕龙镇、下雷镇", ()),
        ("江海人社局", ("“江海人社局”读作江海区人社局。",)),
        ("两地教育局，财政局", ("逗号后的财政局没有另写是哪一方，沿用前面的“两地”。",)),
        ("两地教育局；财政局、民政局", ("“财政局、民政局”没有写明是哪一方。",)),
        ("两地教育局、各乡镇", ("“各乡镇”没有写明是哪一方。",)),
        ("江海区教育局，各街道", ("逗号后的各街道没有另写是哪一方，沿用前面的“江海区”。",)),
        ("扶贫办；财政局", ("“扶贫办”没有写明是哪一方。", "“财政局”没有写明是哪一方。")),
        (
            "大新县教育局，财政局配合",
            (
                "逗号后的财政局没有另写是哪一方，沿用前面的“大新县”。",
                "句末的“配合”不及于逗号前的大新县教育局。",
            ),
        ),
    ],
)
def test_what_the_words_do_not_say_is_an_assumption(text: str, assumed: tuple[str, ...]) -> None:
    """A side's own name reaching over its list needs none: that is the document's plain way."""
    assert assumed == read_units(text, SIDES).assumed


@pytest.mark.parametrize(
    ("text", "count", "open_words"),
    [
        ("大新县硕龙镇、下雷镇等", 2, "等"),
        ("大新县教育局等单位", 1, "等单位"),
        ("大新县教育局等5个部门配合", 1, "等5个部门"),
        ("大新县教育局等有关部门", 1, "等有关部门"),
        ("大新县教育局及有关部门、硕龙镇等乡镇", 2, "及有关部门、等乡镇"),
        ("大新县教育局以及相关单位", 1, "以及相关单位"),
        ("大新县教育局、相关单位", 1, "相关单位"),
        ("大新县教育局牵头，相关单位配合", 1, "相关单位"),
        ("大新县有关乡镇、教育局", 1, "大新县有关乡镇"),
        ("相关单位", 0, "相关单位"),
        ("大新县中等职业学校、高等学校", 2, ""),
    ],
)
def test_open_ended_words_are_kept_and_name_nobody(text: str, count: int, open_words: str) -> None:
    """等 inside a name (中等职业学校) opens nothing."""
    reading = read_units(text, SIDES)
    assert ("", count, open_words) == (reading.fault, len(reading.duties), reading.open)


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("大新县各乡镇", "大责任:大新县各乡镇*"),
        ("大新县教育局、各乡镇", "大责任:大新县教育局 大责任:各乡镇*"),
        ("两地各街道", "江责任:江海区各街道* 大责任:大新县各街道*"),
        ("两地教育局、各乡镇", "江责任:江海区教育局 大责任:大新县教育局 -责任:各乡镇*"),
        ("大新县教育局及各乡镇", "大责任:大新县教育局 大责任:各乡镇*"),
        *[
            (group, f"-责任:{group}*")
            for group in [
                "各街道",
                "各有关部门",
                "各责任单位",
                "各镇（街道）",
                "县直各单位",
                "各成员单位",
                "全体成员单位",
                "领导小组各成员单位",
            ]
        ],
    ],
)
def test_groups_that_name_nobody_are_kept_as_written(text: str, duties: str) -> None:
    """No side is put before 各乡镇 unless the words put it there."""
    reading = read_units(text, SIDES)
    assert ("", duties.split()) == (reading.fault, summary(reading))


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("县教育局、云岭县财政局（牵头）", "云责任:县教育局 云牵头:云岭县财政局"),
        ("牵头单位：县发展和改革局；配合单位：各镇（街道）", "云牵头:县发展和改革局 云配合:各镇（街道）*"),
        ("县委组织部牵头，各有关部门配合", "云牵头:县委组织部 云配合:各有关部门*"),
        ("国网云岭县供电公司；教育局", "云责任:国网云岭县供电公司 云责任:教育局"),
        ("云岭县各乡镇", "云责任:云岭县各乡镇*"),
    ],
)
def test_in_a_plan_of_one_county_every_unit_is_its_own_and_stays_as_written(text: str, duties: str) -> None:
    """Nothing is assumed, since there is no other side."""
    reading = read_units(text, ONE_SIDE)
    assert ("", (), duties.split()) == (reading.fault, reading.assumed, summary(reading))


def test_without_sides_a_unit_has_no_side_and_nothing_is_assumed() -> None:
    """`read units TEXT` needs no plan."""
    expected = UnitReading("县教育局", (UnitDuty("县教育局", "", UNSTATED, is_group=False),), "", (), "")
    assert expected == read_units("县教育局", ())


def test_the_role_of_the_column_holds_where_the_words_state_none() -> None:
    """A column headed 牵头单位."""
    assert ["江牵头:江海区教育局", "江配合:江海区财政局"] == summary(
        read_units("江海区教育局、财政局（配合）", SIDES, LEAD)
    )


def test_a_unit_named_twice_in_one_role_counts_once() -> None:
    """The document's lists sometimes repeat a unit."""
    assert both("教育局") == [duty.agency for duty in read_units("两地教育局、江海区教育局", SIDES).duties]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "责任单位是空的；请写单位名称，多个单位用“、”隔开。"),
        (" \n　", "责任单位是空的；请写单位名称，多个单位用“、”隔开。"),
        ("两地教育局、、财政局", "“两地教育局、、财政局”里有多余的标点；"),
        ("两地教育局；", "“两地教育局；”里有多余的标点；"),
        ("、", "“、”里有多余的标点；"),
        ("牵头", "“牵头”没有写单位；"),
        ("江海区教育局，负责", "“负责”没有写单位；"),
        ("配合单位：", "“配合单位：”没有写单位；"),
        ("两地", "“两地”后面没有写单位；请写出单位名称，如“两地教育局”。"),
        ("大新县、江海区扶贫办", "“大新县”后面没有写单位；"),
        ("两地县（区）", "“县（区）”不是单位名称；"),
        ("三地扶贫办", "“三地”与方案的2方对不上；请在单位前面写“江海区”或者“大新县”。"),
        ("两县扶贫办", "“两县”与方案的2方对不上；"),
        ("甲方扶贫办", "看不出“甲方扶贫办”是哪一方的单位；"),
        ("两地市委办", "“市委办”写在“两地”之后，看不出是哪一方的单位；"),
        ("江海区扶贫办、县委办", "“县委办”写在“江海区”之后，看不出是哪一方的单位；"),
        (
            "江海区扶贫办和大新县扶贫办",
            "“江海区扶贫办和大新县扶贫办”像是两个单位；两家的请写“江海区扶贫办、大新县扶贫办”，",
        ),
        ("两地教育局与财政局", "“两地教育局与财政局”像是两个单位；"),
        ("江海区文明实践和大新协作站", "“江海区文明实践和大新协作站”里不止一方或者不止一个单位；"),
        ("江海大新两地扶贫办", "“江海大新两地扶贫办”里不止一方；"),
        ("江海区督查室大新县督查考评局", "“江海区督查室大新县督查考评局”里不止一方或者不止一个单位；"),
        ("江海区教育局 财政局", "“江海区教育局 财政局”中间有空格，看不出是不是两个单位；"),
        ("两地教育局牵头财政局配合", "“两地教育局牵头财政局”不像单位名称；"),
        ("两地教育局抓好推进", "“两地教育局抓好推进”不像单位名称；"),
        ("两地教育部门", "“两地教育部门”不像单位名称；"),
        ("选派3个教师", "“选派3个教师”不像单位名称；"),
        ("大新县教育局相关单位", "“大新县教育局相关单位”里像是少了“、”；"),
        ("*教育局", "“*教育局”不是单位名称；"),
        (
            "大新县教育局（财政局、民政局）",
            "“大新县教育局（财政局、民政局）”的括号不成对，或者括号里有标点；",
        ),
        ("负责人：某某", "“负责人：某某”是人，不是单位；"),
        ("教育：局", "“教育：局”里的“：”看不懂；"),
        ("江海区教育局牵头、财政局、教育局配合", "“江海区教育局”写了两次，一次是牵头，一次是配合；"),
        ("牵头单位：江海区教育局、财政局配合", "“江海区教育局”前后写了两种职责；"),
        ("局", "“局”不是单位名称；"),
        ("教育\x1b[31m局", "“教育?（31m局”的括号不成对，"),
        ("大新县" + "很" * 30 + "局", "“大新县"),
        ("按职责分工" * 400, "“按职责分工"),
        ("局" * 2001, "责任单位共2001个字，超过2000个字；"),
    ],
)
def test_what_cannot_be_read_for_sure_is_a_fault_that_says_what_to_write(text: str, fault: str) -> None:
    """Never a guess, and no duty where there is a fault."""
    reading = read_units(text, SIDES)
    assert (text, (), "", ()) == reading[:4]
    assert fault == reading.fault[: len(fault)]
    assert reading.fault.endswith("。")
    assert "请" in reading.fault


def test_two_sides_in_a_plan_of_one_are_a_fault() -> None:
    """两地 means nothing where there is one side."""
    assert "“两地”与方案的1方对不上；请在单位前面写“云岭县”。" == read_units("两地教育局", ONE_SIDE).fault


def test_three_sides_are_all_meant_by_their_number_and_a_list_is_not_numbered_so() -> None:
    three = tuple(Side(f"{name}县", name) for name in "甲乙丙")
    for words, unit in (("三县教育局", "教育局"), ("三地教育局", "教育局"), ("三县各乡镇", "各乡镇")):
        named = [duty.agency for duty in read_units(words, three).duties]
        assert [f"{side.name}{unit}" for side in three] == named
    for words in ("三县教育局", "一县教育局二县财政局"):
        assert read_units(words, ONE_SIDE).fault


# Characters that no level, role, mark or joining word is made of.
NAMES = st.builds(
    "{}{}".format,
    st.text("山水云松竹梅石泉林田教文卫财民交通建设", min_size=1, max_size=8),
    st.sampled_from(["局", "办", "镇", "街道", "村", "中心", "联合社"]),
)
LISTS = st.lists(NAMES, min_size=1, max_size=12, unique=True)
WORDS = st.sampled_from(
    [
        *(
            "两地",
            "双方",
            "三地",
            "江海区",
            "大新县",
            "江海",
            "大新",
            "县（区）",
            "县",
            "区",
            "市",
            "委",
            "办",
            "3",
            "个",
        ),
        *(
            "教育局",
            "财政局",
            "扶贫办",
            "乡镇",
            "各",
            "等",
            "及",
            "和",
            "与",
            "相关单位",
            "有关部门",
            "的",
            "由",
            " ",
            "\n",
        ),
        *(
            "牵头",
            "负责",
            "配合",
            "（牵头）",
            "（",
            "）",
            "(",
            "牵头单位：",
            "责任单位：",
            "：",
            "、",
            "，",
            "；",
            ";",
            "。",
        ),
    ]
)
PHRASES = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=14).map("".join))


@given(PHRASES, st.sampled_from([(), ONE_SIDE, SIDES, (*SIDES, *ONE_SIDE)]), st.sampled_from(Role))
def test_any_phrase_is_either_read_or_a_fault(text: str, sides: tuple[Side, ...], role: Role) -> None:
    """Reading never raises, a fault stands alone, and no role word is left in a name."""
    reading = read_units(text, sides, role)
    assert text == reading.text
    if reading.fault:
        assert ((), "", ()) == (reading.duties, reading.open, reading.assumed)
        assert reading.fault.endswith("。")
        return
    assert reading.duties or reading.open
    assert len(reading.duties) == len({(duty.agency, duty.side) for duty in reading.duties})
    for duty in reading.duties:
        assert not [
            word
            for word in ("牵头", "负责", "配合", "两地", "双方", "、", "，", "；", "：", " ")
            if word in duty.agency
        ]
        assert duty.side in {"", *(side.name for side in sides)}
        assert 2 <= len(duty.agency) <= 30


@given(LISTS, st.sampled_from(SIDES))
def test_any_list_under_a_side_is_exactly_those_units_of_that_side(names: list[str], side: Side) -> None:
    """In their order, with nothing assumed."""
    reading = read_units(side.name + "、".join(names), SIDES)
    expected = tuple(UnitDuty(side.name + name, side.name, UNSTATED, is_group=False) for name in names)
    assert ("", (), expected) == (reading.fault, reading.assumed, reading.duties)


@given(LISTS)
def test_two_sides_give_the_product_of_names_and_sides(names: list[str]) -> None:
    """两地 names each unit once for each side."""
    reading = read_units("两地" + "、".join(names), SIDES)
    assert both(*names) == [duty.agency for duty in reading.duties]


@given(st.lists(LISTS, min_size=1, max_size=4), st.sampled_from("，；"))
def test_segments_keep_their_order_and_their_roles(segments: list[list[str]], mark: str) -> None:
    """The units of …牵头，…配合 stand as they are written."""
    unique = [[place + name for name in names] for place, names in zip("甲乙丙丁", segments, strict=False)]
    words = ["牵头", "负责", "配合", "负责"][: len(unique)]
    roles = [LEAD, RESPONSIBLE, ASSIST, RESPONSIBLE]
    text = mark.join(f"大新县{'、'.join(names)}{word}" for names, word in zip(unique, words, strict=True))
    expected = [("大新县" + name, role) for names, role in zip(unique, roles, strict=False) for name in names]
    assert expected == [(duty.agency, duty.role) for duty in read_units(text, SIDES).duties]


def test_a_name_that_shares_no_type_word_is_read_without_a_note() -> None:
    """Behind a role, a ， or a ；, before a name with a level or a side of its own, and a school has no other end."""
    lists = "县一中、教育局 青石，河口镇 青石；河口镇 青石（牵头）、河口镇 县移动、县教育局 青石、云岭县河口镇 青石、各镇 县教育、人社等部门"
    assert [] == [one for one in lists.split() if read_units(one, ONE_SIDE).assumed]
