"""What `check` says of a plan without faults that nobody would notice until somebody should have been late."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planledger.plan.file.omissions import figures_in, omissions
from planledger.plan.file.yaml_file import plan_of, require_plan
from planledger.plan.model.version import Plan
from planledger.plan.phrases.deadlines import read_deadline
from planledger.plan.phrases.targets import read_target
from planledger.store.paths import built_in_plan

HEAD = """format: 1
plan: {id: jiaxian-2021, title: 甲县2021年重点工作（举例）, year: 2021}
sides: [{name: 甲县}]
agencies: [{name: 甲县教育局}, {name: 甲县图书馆}, {name: 甲县财政局}]
items:
"""
NEVER = ("长期坚持", "每季度末", "择机", "无")
UNDATED = "没有最后一天的事项，不会逾期"
UNNAMED = "没有点名的单位，催不到；定得下来的，请用 groups 或 readings 写明是哪几家"
CEILING = "像是上限的目标，现按不少于认定；是上限的，请写 at_most"
SHARE = 'indicators: [{key: share, label: 辍学率, unit: "%", target: 3%}]'
ITEM = '  - {{code: "{code}", our_title: 事项, text: "{text}", due: "{due}", units: {units}{more}}}\n'


def plan(
    text: str = "办好一件事", due: str = "11月", units: str = "教育局、图书馆、财政局", more: str = ""
) -> Plan:
    """Return a made-up plan of one item."""
    content = HEAD + ITEM.format(code="1.1", text=text, due=due, units=units, more=more and f", {more}")
    read, faults = plan_of(content.encode(), "方案.yaml")
    assert read is not None, faults
    return read


def cases() -> Iterator[tuple[Plan, dict[str, list[tuple[str, str]]]]]:
    """Yield plans with what each leaves out."""
    yield plan(), {}
    no_form = "没有一个事项写到的单位，收不到填报表"
    yield plan(units="教育局"), {no_form: [("甲县图书馆", ""), ("甲县财政局", "")]}
    nobody = "没有责任主体的事项，催不到任何单位"
    missing = [("甲县教育局", ""), ("甲县图书馆", ""), ("甲县财政局", "")]
    for units, more in (("各乡镇", {}), ("有关部门", {UNNAMED: [("1.1", "有关部门")]}), ("无", {})):
        yield plan(units=units), {no_form: missing, nobody: [("1.1", units)]} | more
    yield plan(units="教育局、图书馆、财政局等部门"), {UNNAMED: [("1.1", "等部门")]}
    for due, words in (*zip(NEVER, NEVER, strict=True), ("", "没有写完成时限")):
        yield plan(due=due), {UNDATED: [("1.1", words)]}
    uncounted = "原文里没有作为指标的数"
    counted = "indicators: [{key: works, label: 工程, unit: 处, at_least: 3}]"
    yield plan("2021年11月底前新建工程3处", more=counted), {}
    yield plan("新建工程3处，惠及1.2万人", more=counted), {uncounted: [("1.1", "1.2万人")]}
    yield plan("普及率95%以上，第2批建10处"), {uncounted: [("1.1", "95%"), ("1.1", "10处")]}
    money = "indicators: [{key: money, label: 资金, unit: 万元, at_least: 1200}]"
    yield from ((plan(f"投入资金{words}", more=money), {}) for words in ("1,200万元", "0.12亿元"))
    works = ("新建3—5处", "新建3处至5处")
    yield from ((plan(text, more=counted), {}) for text in works)
    yield from ((plan(text), {uncounted: [("1.1", text.removeprefix("新建"))]}) for text in works)
    yield plan("人均收入1万元以上"), {uncounted: [("1.1", "1万元")]}
    whole = ("5000平方米", "3—5平方公里", "12.5公里", "300万千瓦时", "5千瓦", "200人次", "20套", "5亿美元")
    yield from ((plan(f"完成{words}住房"), {uncounted: [("1.1", words)]}) for words in whole)
    minutes = "indicators: [{key: minutes, label: 办理时间, unit: 分钟, target: 8分钟}]"
    yield plan("办理时间8分钟", more=minutes), {CEILING: [("1.1", "办理时间不少于8分钟")]}
    yield plan("辍学率3%", more=SHARE), {CEILING: [("1.1", "辍学率不少于3%")]}
    yield plan("辍学率达到3%", more=SHARE.replace("3%}", "约3%}")), {CEILING: [("1.1", "辍学率约3%")]}
    others = {"8分钟": minutes.replace("8分钟}", "8分钟以内}"), "3%": SHARE.replace("辍学", "上访化解")}
    yield from ((plan(text, more=more), {}) for text, more in others.items())


def test_a_kind_of_unit_beside_those_that_answer_is_named_where_its_members_would_answer_too() -> None:
    """Where another leads, or where it only assists, nobody would chase it."""
    rest = "图书馆、财政局"
    meant = (f"教育局、{rest}、各乡镇", f"教育局、{rest}，各乡镇负责", f"教育局、{rest}，各乡镇牵头")
    others = (f"教育局牵头，{rest}、各乡镇负责", f"教育局、{rest}，各乡镇配合")
    assert [{UNNAMED: [("1.1", "各乡镇")]}] * 3 == [omissions(plan(units=units)) for units in meant]
    assert [{}, {}] == [omissions(plan(units=units)) for units in others]


@pytest.mark.parametrize(("made", "left_out"), list(cases()))
def test_what_a_plan_leaves_out_is_named_with_its_place(
    made: Plan, left_out: dict[str, list[tuple[str, str]]]
) -> None:
    assert left_out == omissions(made)


def test_what_only_names_a_thing_is_no_figure_and_a_number_that_is_about_has_its_unit() -> None:
    """A road, a gas, a day of the calendar, a class, a line of the telephone."""
    names = "PM2.5、CO2、S203省道、“4·15”、6·5环境日、5G基站、4A级景区、500强、床人比1:1.6、1：3、12345热线"
    figures = "占地500余亩，投资1000余万元，来了100多家，20亿级项目3个，NH3减排3%，12.5km，200GW，目标：30家，2021年：100万元，GDP100亿元"
    read = [number[0] for number in figures_in(f"{names}；{figures}")]
    assert [
        "500余亩",
        "1000余万元",
        "100多家",
        "3个",
        "3%",
        "12.5km",
        "200GW",
        "30家",
        "100万元",
        "100亿元",
    ] == read


def test_figures_points_and_ranges_without_end_are_read_once() -> None:
    """A reader that begins again at each of them would take minutes for the first, and hours for the others."""
    texts = ["1," * 25_000, "1." * 25_000, "." * 50_000]
    assert [[]] * 3 == [list(figures_in(text)) for text in texts]
    assert all(read_target(text, "个", 0).fault for text in texts)
    assert read_deadline("（含至" * 70_000, 2021).fault


@pytest.mark.parametrize("label", ["债务率", "管网漏损率", "越级上访", "火灾起数", "跑动次数", "用水总量"])
def test_a_bare_figure_of_what_should_be_low_is_suggested_as_a_ceiling(label: str) -> None:
    """By the words of its label, whichever they are."""
    low = plan(f"{label}3%", more=SHARE.replace("辍学率", label))
    assert {CEILING: [("1.1", f"{label}不少于3%")]} == omissions(low)


def test_two_names_of_one_body_are_suggested_and_never_merged() -> None:
    """甲县发改委 and 甲县发改委（粮食局）, 河口乡 and 河口乡政府: one unit would get two forms."""
    names = "{name: 河口乡, side: 甲县}, {name: 河口乡人民政府, side: 甲县}, {name: 甲县政府办}, {name: 甲县政府办公室}, {name: 甲县人社局}, {name: 甲县人力资源和社会保障局}, {name: 青石镇和平村, side: 甲县}, {name: 青山镇和平村, side: 甲县}, {name: 青石镇和平社区, side: 甲县}"
    content = HEAD.replace("agencies: [", f"agencies: [{names}, ") + ITEM.format(
        code="1.1",
        text="办事",
        due="11月",
        units="教育局、图书馆、财政局、河口乡、河口乡人民政府、县政府办、政府办公室、人社局、人力资源和社会保障局、青石镇和平村、青山镇和平村、青石镇和平社区",
        more="",
    )
    read, faults = plan_of(content.encode(), "方案.yaml")
    assert read is not None, faults
    assert {
        "像是同一家的两个单位；是一家的，留一个，另一个写进 short": [
            ("河口乡", "河口乡人民政府"),
            ("甲县政府办", "甲县政府办公室"),
            ("甲县人社局", "甲县人力资源和社会保障局"),
        ]
    } == omissions(read)


def test_the_plan_of_2019_leaves_out_only_units_that_its_document_does_not_name() -> None:
    """Every number of its text is counted, every row dated."""
    unnamed = [("5.1", "及项目实施单位"), ("5.5", "等乡镇"), ("9.1", "及相关单位")]
    assert {UNNAMED: unnamed} == omissions(require_plan(Path(built_in_plan())))


def test_a_count_of_each_side_in_a_plan_of_one_side_is_said_to_be_the_whole() -> None:
    """Nobody then believes that each street has a share of its own."""
    content = HEAD.replace("format: 1", "format: 2") + ITEM.format(
        code="1.1",
        text="工程3处",
        due="11月",
        units="教育局、图书馆、财政局",
        more=", indicators: [{key: works, label: 工程, unit: 处, at_least: 3, scope: each}]",
    )
    read, _ = plan_of(content.encode(), "方案.yaml")
    assert read is not None
    assert ["指标 works 的 scope: each 和 whole 一样"] == [finding.text for finding in read.findings]
