"""What a plan file says once for all its rows: default_due, issued, rules and groups, all in format 2."""

import pytest

from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.version import Plan

HEAD = """format: {format}
plan:
  id: jiaxian-2021
  title: 甲县2021年重点工作（举例）
  year: 2021
{plan}
sides: [{{name: 甲县}}]
agencies: [{{name: 甲县教育局}}, {{name: 甲县财政局}}, {{name: 青石镇, side: 甲县}}, {{name: 河口乡, side: 甲县}}]
{top}
items:
"""
ITEM = '  - {{code: "{code}", our_title: 事项, text: 办事, due: "{due}", units: "{units}"}}\n'


def read(
    *items: tuple[str, str], plan: str = "", top: str = "", version: int = 2
) -> tuple[Plan | None, list[str]]:
    """Read a made-up plan whose items have (due, units)."""
    content = HEAD.format(format=version, plan=plan, top=top)
    content += "".join(
        ITEM.format(code=f"1.{number}", due=due, units=units) for number, (due, units) in enumerate(items, 1)
    )
    made, faults = plan_of(content.encode(), "方案.yaml")
    return made, [f"{fault.line} {fault.message}" for fault in faults]


def plan_in(text: str) -> Plan:
    """Return the plan of a file without faults."""
    plan, faults = plan_of(text.encode(), "方案.yaml")
    assert plan is not None, faults
    return plan


def made(*items: tuple[str, str], plan: str = "", top: str = "") -> Plan:
    """Return a made-up plan without faults."""
    whole, faults = read(*items, plan=plan, top=top)
    assert whole is not None, faults
    return whole


def test_a_row_without_a_deadline_has_that_of_the_plan_and_says_so() -> None:
    """The document's own words of a row go first; what names no day (长期坚持) is no missing deadline."""
    due = "  default_due: {due: 年底前, because: 标题写的是2021年}"
    whole = made(("", "教育局"), ("6月", "教育局"), ("长期坚持", "教育局"), plan=due)
    assert ["2021-12-31", "2021-06-30", ""] == [item.last_day for item in whole.items]
    assert [("1.1", "没有写完成时限，按“年底前”认定", "标题写的是2021年")] == [
        (one.place, one.text, one.because) for one in whole.findings
    ]


def test_a_day_before_the_plan_was_issued_is_said() -> None:
    """1月10日前 in a plan of March is late before anybody knew of it."""
    whole = made(("1月10日前", "教育局"), ("6月", "教育局"), plan="  issued: 2021-03-01")
    assert [("1.1", "完成时限“1月10日前”是 2021-01-10", "早于方案印发的 2021-03-01；请核对年份")] == [
        (one.place, one.text, one.because) for one in whole.findings
    ]


def test_a_day_before_the_plan_was_issued_is_named_wherever_it_stands() -> None:
    """A milestone, a stage, a filing and what the writer of the file gives may have the year wrong too."""
    text = HEAD.format(format=2, plan="  issued: 2021-03-01", top="") + (
        '  - {code: "1", our_title: 试, text: 试, due: 11月, units: 教育局,\n'
        "     milestones: [{by: 1月31日, label: 动工}], stages: [{name: 摸底, due: 2月底}]}\n"
        '  - {code: "2", our_title: 试, text: 试, units: 教育局, last_day: {day: 2021-01-31, because: 试}}\n'
        "filings: [{key: a, label: 总结, due: 1月15日}]\n"
    )
    plan = plan_in(text)
    assert [
        ("1", "时间节点的 by “1月31日”是 2021-01-31"),
        ("1", "事项 1 的阶段“摸底”的 due “2月底”是 2021-02-28"),
        ("2", "last_day 是 2021-01-31"),
        ("", "报送的 due “1月15日”是 2021-01-15"),
    ] == [(one.place, one.text) for one in plan.findings if "早于方案印发的 2021-03-01" in one.because]


def test_a_milestone_after_the_last_day_of_its_row_is_named() -> None:
    text = HEAD.format(format=2, plan="", top="") + (
        '  - {code: "1", our_title: 试, text: 试, due: 11月, units: 教育局,\n'
        "     milestones: [{by: 12月, label: 验收}, {by: 11月30日, label: 收尾}]}\n"
    )
    named = [("1", "时间节点“验收”到 2021-12-31", "晚于这一行的最后一天 2021-11-30；请核对")]
    assert named == [(one.place, one.text, one.because) for one in plan_in(text).findings]


def test_words_that_name_no_unit_are_read_as_nobody_and_never_as_nothing() -> None:
    """An empty `as` might be meant to drop the words or to leave the rule's reading."""
    whole = HEAD.format(format=2, plan="", top="") + (
        '  - {code: "1", our_title: 试, text: 试, due: 11月, units: 教育局、属地,\n'
        "     readings: [{of: 属地, as: AS, because: 试}]}\n"
    )
    plan, faults = plan_of(whole.replace("AS", '""').encode(), "a.yaml")
    assert plan is None
    assert "读法“属地”的 as 是空的；按规则读的请去掉 as，不指单位的请写 as: 无。" in [
        one.message for one in faults
    ]
    assert ["甲县教育局"] == [duty.agency for duty in plan_in(whole.replace("AS", "无")).duties]


def test_what_is_ours_in_reading_a_day_is_said_wherever_it_stands() -> None:
    """11月前 of a filing is as open as that of a row."""
    text = HEAD.format(format=2, plan="", top="") + (
        '  - {code: "1", our_title: 试, text: 试, due: 明年11月, units: 教育局,\n'
        "     milestones: [{by: 11月前, label: 动工}], stages: [{name: 摸底, due: 明年2月底}]}\n"
        "filings: [{key: a, label: 总结, due: 11月前}]\n"
    )
    plan = plan_in(text)
    assert [
        ("1", "完成时限“明年11月”"),
        ("1", "时间节点的 by “11月前”"),
        ("1", "事项 1 的阶段“摸底”的 due “明年2月底”"),
        ("", "报送的 due “11月前”"),
    ] == [
        (one.place, one.text) for one in plan.findings if "认定" in one.because or "不含11月" in one.because
    ]


@pytest.mark.parametrize(
    ("word", "units", "duties"),
    [
        ("shared", "教育局、财政局", "responsible responsible"),
        ("shared", "教育局牵头，财政局配合", "lead assist"),
        ("first_leads", "教育局、财政局", "lead unstated"),
        ("first_leads", "教育局负责、财政局配合", "responsible assist"),
    ],
)
def test_a_rule_of_the_document_gives_the_roles_where_a_row_states_none(
    word: str, units: str, duties: str
) -> None:
    top = f"rules: [{{of: 按职责分工负责，下同, roles: {word}, where: 第1行的责任单位栏}}]"
    whole = made(("11月", units), top=top)
    assert duties.split() == [duty.role for duty in whole.duties]
    assert [("", "“按职责分工负责，下同”及于各行", "第1行的责任单位栏")] == [
        (one.place, one.text, one.because) for one in whole.findings
    ]


def test_the_first_ones_of_both_sides_lead_whether_the_plan_or_the_row_says_so() -> None:
    """两地教育局 stands first, and that is the one of each side."""
    rule = "rules: [{of: 第一位的牵头，下同, roles: first_leads, where: 注}]\n"
    named = [f"{{name: {side}{unit}}}" for side in ("甲县", "乙县") for unit in ("教育局", "财政局")]
    both = []
    for top, last in ((rule, ""), ("", "（排第一位的为牵头单位）")):
        text = (
            "format: 2\nplan: {id: jia-2021, title: 试, year: 2021}\nsides: [{name: 甲县}, {name: 乙县}]\n"
            f"agencies: [{', '.join(named)}]\n{top}items:\n"
            f'  - {{code: "1", our_title: 试, text: 试, due: 11月, units: 两地教育局、财政局{last}}}\n'
        )
        plan = plan_in(text)
        both.append([duty.role for duty in plan.duties])
    assert [["lead", "lead", "unstated", "unstated"]] * 2 == both


def test_a_group_with_members_is_these_units_wherever_it_stands() -> None:
    """各乡镇 answers for nothing; 青石镇 and 河口乡 do, in the group's role."""
    top = "groups: [{name: 各乡镇, members: [青石镇, 河口乡]}]"
    rows = ("教育局牵头，各乡镇配合", "甲县各乡镇", "各街道", "全县各乡镇")
    whole = made(*(("11月", units) for units in rows), top=top)
    assert [
        ("1.1", "甲县教育局", "lead", False),
        ("1.1", "青石镇", "assist", False),
        ("1.1", "河口乡", "assist", False),
        ("1.2", "青石镇", "unstated", False),
        ("1.2", "河口乡", "unstated", False),
        ("1.3", "各街道", "unstated", True),
        ("1.4", "青石镇", "unstated", False),
        ("1.4", "河口乡", "unstated", False),
    ] == [(duty.code, duty.agency, duty.role, duty.is_group) for duty in whole.duties]
    assert ("1.1", "“各乡镇”是青石镇、河口乡") in [(one.place, one.text) for one in whole.findings]


def test_the_government_and_the_committee_of_each_are_its_members_and_a_part_of_the_group_is_not() -> None:
    top = "groups: [{name: 各乡镇, members: [青石镇, 河口乡]}]"
    members = (
        "各乡镇党委、政府",
        "各乡（镇）人民政府",
        "全县各乡镇政府",
        "各乡镇党（工）委",
        "各乡镇党委和政府",
        "所有乡镇",
    )
    others = ("各乡镇（青石镇除外）", "各试点乡镇", "各乡镇卫生院")
    whole = made(*(("11月", units) for units in (*members, *others)), top=top)
    named = [duty.agency for duty in whole.duties if not duty.is_group]
    assert (["青石镇", "河口乡"] * 6, list(others)) == (
        named,
        [duty.agency for duty in whole.duties if duty.is_group],
    )


def test_the_offices_of_streets_are_the_streets() -> None:
    top = "groups: [{name: 各街道, members: [青石镇]}]"
    rows = ("各街道办事处", "各街道办", "各街道党工委、办事处", "全县所有街道")
    whole = made(*(("11月", units) for units in rows), top=top)
    assert ["青石镇"] * 4 == [duty.agency for duty in whole.duties]


@pytest.mark.parametrize("name", ["所有乡镇", "2个乡镇"])
def test_a_group_that_is_named_without_each_is_known_behind_the_whole_county(name: str) -> None:
    whole = made(("11月", f"全县{name}"), top=f"groups: [{{name: {name}, members: [青石镇, 河口乡]}}]")
    assert ["青石镇", "河口乡"] == [duty.agency for duty in whole.duties]


def test_a_list_of_names_may_stand_in_one_text_and_a_stage_may_be_of_a_group() -> None:
    """And where each owes a number by itself, it is said who owes none because another unit leads."""
    top = "groups: [{name: 各乡镇, members: 青石镇、河口乡}]"
    row = """  - code: "1"
    our_title: 事项
    text: 办事
    due: 11月
    units: 教育局牵头，各乡镇、财政局负责
    indicators: [{key: posts, label: 站点, unit: 个, at_least: 1, scope: unit}]
    stages: [{name: 选址, due: 6月, units: 各乡镇}, {name: 建成, due: 9月, units: 教育局、财政局}]
"""
    content = HEAD.format(format=2, plan="", top=top) + row
    _, refused = plan_of(content.replace("各乡镇、财政局负责", "财政局负责").encode(), "方案.yaml")
    assert ["青石镇 不是这一行的责任单位", "河口乡 不是这一行的责任单位"] == [
        fault.message.partition("，")[0] for fault in refused[:2]
    ]
    whole = plan_in(content)
    assert ["青石镇、河口乡", "甲县教育局、甲县财政局"] == [stage.units for stage in whole.stages]
    assert (
        "青石镇、河口乡、甲县财政局没有“站点”的任务数",
        "写了牵头的，只由牵头单位完成；由它们完成的请写 quotas",
    ) in [(one.text, one.because) for one in whole.findings]


@pytest.mark.parametrize(
    ("head", "top", "faults"),
    [
        ("  issued: 3月1日", "", ["6 方案的 issued：没有写年份；请写上年份，如 2021-03-01。"]),
        (
            "  default_due: {due: 长期坚持, because: 无}",
            "",
            ["6 default_due 的 due：“长期坚持”没有说出是哪一天；请写日期，如 年底前。"],
        ),
        (
            "",
            "rules: [{of: 下同, roles: all, where: 注}]",
            ["9 规则的 roles 不能写“all”。可写：shared、first_leads。"],
        ),
        (
            "",
            "groups: [{name: 各乡镇, members: [青石]}]",
            ["9 分组的 members 里的“青石”不在 agencies 里。您是不是要写：青石镇？请写单位全称。"],
        ),
        ("", "groups: [{name: 各乡镇}]", ["9 分组“各乡镇”没有写 members（有哪些单位）；请照名册逐个写。"]),
    ],
)
def test_a_fault_has_its_line_and_says_what_to_write(head: str, top: str, faults: list[str]) -> None:
    assert faults == read(("11月", "教育局"), plan=head, top=top)[1]


def test_all_of_it_stands_in_format_2_only() -> None:
    """An older program would pass over it and read another plan."""
    plan = "  issued: 2021-03-01\n  default_due: {due: 年底前, because: 无}"
    top = "groups: [{name: 各乡镇, members: [青石镇]}]\nrules: [{of: 下同, roles: shared, where: 注}]"
    faults = read(("11月", "教育局"), plan=plan, top=top, version=1)[1]
    assert [
        f"{line} {where}用了 {key}，这是第2版的写法；请把第一行改成 format: 2。"
        for line, where, key in (
            (6, "方案", "issued"),
            (7, "方案", "default_due"),
            (10, "方案文件", "groups"),
            (11, "方案文件", "rules"),
        )
    ] == faults


def test_a_name_that_may_share_its_type_word_with_the_next_is_asked_unless_the_plan_has_it() -> None:
    """青石、河口乡 are settled where 青石 is a name that the plan has; else the fault has both readings."""
    faults = read(("6月", "青石、河口乡"))[1]
    plan = HEAD.format(format=2, plan="", top="").replace("青石镇,", "青石镇, short: 青石,")
    settled, _ = plan_of(
        (plan + ITEM.format(code="1.1", due="6月", units="青石、河口乡")).encode(), "方案.yaml"
    )
    assert [
        "11 事项 1.1 的责任单位 青石 不在 agencies 里。您是不是要写：青石镇？"
        "和后面的单位合写的，用 readings 写成“青石乡”；请在 agencies 里补上，或改正写法。"
    ] == faults
    assert settled is not None
    assert [] == [one.text for one in settled.findings]
