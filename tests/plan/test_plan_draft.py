"""The draft of a plan file: every word of the document, nothing invented, and a question wherever nobody can be sure."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.draft import drafting
from planledger.plan.draft.annex import AnnexRow, ReadAnnex
from planledger.plan.draft.drafting import items_of, short_title
from planledger.plan.draft.earlier import plain
from planledger.plan.draft.plan_draft import PlanDraft, content_of, draft_of_document, draft_of_next_year
from planledger.plan.draft.writing import one_line, written
from planledger.plan.file.document import plan_from
from planledger.plan.file.lines import MARK
from planledger.plan.file.yaml_file import plan_of, tree_of
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.store.paths import built_in_plan

TODAY = "2026-11-28"
FILE = Path(built_in_plan())
KEYS = ("due", "units", "lead", "responsible", "assist", "remark")


def row(code: str, text: str, *, area: str = "", **words: Any) -> AnnexRow:
    values = {"place": f"附件第{code}行", "title": "", "columns": (), **dict.fromkeys(KEYS, "")}
    values |= {"due": "全年", "units": "财政局"}
    return AnnexRow(code=code, area=area, text=text, **{**values, **words})


def drafted(*rows: AnnexRow, title: str = "甲县2022年重点工作清单", **document: Any) -> PlanDraft:
    return draft_of_document(
        ReadAnnex(title, document.pop("clauses", ()), rows, **document), ("甲县",), 0, TODAY
    )


def content(draft: PlanDraft) -> dict[str, Any]:
    text = content_of(draft.text.encode())
    assert text is not None
    return text


def questions(draft: PlanDraft) -> list[str]:
    """What is asked, apart from which unit holds the plan, which no document says."""
    return [one.words for one in draft.questions if not one.words.startswith("哪家单位主办")]


def asked_of(draft: PlanDraft, code: str) -> list[str]:
    """What is asked at a row, and of the units that it names."""
    lines = draft.text.splitlines()
    begins = [place for place, line in enumerate(lines) if re.match(r" *- code: .*\.", line)] + [len(lines)]
    first = next(place for place in begins if f'code: "{code}"' in lines[place])
    last = begins[begins.index(first) + 1]
    rows = [one.words for one in draft.questions if first - 2 <= one.line - 1 < last - 1]
    return rows + [
        words
        for words in questions(draft)
        if re.search(rf"（[^）]*(?<![0-9.]){re.escape(code)}(?![0-9.])", words)
    ]


@pytest.fixture(scope="module")
def built_in() -> dict[str, Any]:
    text = content_of(FILE.read_bytes())
    assert text is not None
    return text


def annex_of(plan: dict[str, Any]) -> ReadAnnex:
    """The document that a plan file was made of, as a reader of documents gives it."""
    rows = [
        AnnexRow(
            f"第1个表第{place}行",
            item["code"],
            area["name"],
            "",
            item["text"],
            *(item.get(key, "") for key in KEYS),
        )
        for area in plan["areas"]
        for place, item in enumerate(area["items"], 2)
    ]
    return ReadAnnex(plan["plan"]["title"], (), tuple(rows))


def duties(plan: Plan | None) -> dict[str, set[tuple[str, str]]]:
    assert plan is not None
    parts: dict[str, set[tuple[str, str]]] = {item.code: set() for item in plan.items}
    for duty in plan.duties:
        if not duty.is_group:
            parts[duty.code].add((duty.agency, duty.role))
    return parts


def without_questions_of_units(draft: PlanDraft) -> dict[str, set[tuple[str, str]]]:
    """The duties of a draft as they stand, whatever is still asked: rows that are refused name what is known."""
    tree, faults = tree_of(draft.text.encode(), "draft.yaml")
    assert tree is not None
    return duties(plan_from(tree, faults))


@pytest.mark.parametrize(("is_like", "least"), [(False, 108), (True, 120)])
def test_the_duties_of_the_plan_come_back_and_every_other_one_is_asked_about(
    plan: Plan, built_in: dict[str, Any], is_like: bool, least: int
) -> None:
    """125 duties of 2019: whatever the draft does not have as the office encoded it has a question at its row."""
    draft = draft_of_document(annex_of(built_in), (), 0, TODAY, built_in if is_like else None)
    right, there = duties(plan), without_questions_of_units(draft)
    assert 125 == sum(map(len, right.values()))
    assert least <= sum(len(right[code] & there[code]) for code in right)
    assert [] == [code for code in right if right[code] != there[code] and not asked_of(draft, code)]


def test_every_word_of_the_rows_and_every_day_comes_back(plan: Plan, built_in: dict[str, Any]) -> None:
    draft = draft_of_document(annex_of(built_in), (), 0, TODAY)
    text, keys = content(draft), ("code", "text", *KEYS)
    assert [[one.get(key) for key in keys] for one in items_of(built_in)] == [
        [one.get(key) for key in keys] for one in items_of(text)
    ]
    assert [(one["code"], one["name"]) for one in built_in["areas"]] == [
        (one["code"], one["name"]) for one in text["areas"]
    ]
    assert (built_in["plan"]["title"], "2019", "jh-dx-2019") == tuple(
        text["plan"][key] for key in ("title", "year", "id")
    )


def test_nothing_is_read_into_the_document(built_in: dict[str, Any]) -> None:
    """No reason, no target, no reading: what may be counted stands in comments."""
    draft = draft_of_document(annex_of(built_in), (), 0, TODAY)
    words = "because: |readings:|last_day:|milestones:|papers:|default_due:|rules:"
    assert [] == [line for line in draft.text.splitlines() if re.search(words, line) and "#" not in line]
    assert {"code", "our_title", "text", "due", "units", "remark"} == {
        key for one in items_of(content(draft)) for key in one
    }
    assert "        #   - {key: , label: , unit: 人, target: 不低于155人}\n" in draft.text


def test_the_unit_of_a_proposed_figure_is_whole() -> None:
    """5000平方米 is no 5000平方, and 500吨粮食 are 500吨."""
    units = (
        "平方米",
        "立方米",
        "微克/立方米",
        "平方公里",
        "公里",
        "千瓦时",
        "千瓦",
        "人次",
        "美元",
        "吨",
        "km2",
    )
    proposed = [
        f"#   - {{key: , label: , unit: {unit}, target: {amount}{unit}以上}}"
        for unit in units
        for amount in ("5000", "12万")
    ]
    text = "，".join(f"办好5000{unit}以上、12万{unit}以上" for unit in units)
    lines = drafted(row("1", text)).text.splitlines()
    assert proposed == [line.strip() for line in lines if "#   -" in line]


ANY = st.text(max_size=30) | st.text("甲：: #,'\"{}[]&*!|>%@`-?~　\t\n\\0 问年no", max_size=20)


@given(
    ANY,
    st.dictionaries(st.text(min_size=1, max_size=8).filter(lambda key: one_line(key) != ""), ANY, max_size=3),
)
def test_a_text_written_into_a_plan_file_is_read_back_as_it_was(text: str, columns: dict[str, str]) -> None:
    """On one line, without what no plan file may hold; no text is taken for a comment, a key or a question."""
    heads = {one_line(head): one_line(words) for head, words in columns.items()}
    row = {
        "code": "1",
        "text": text,
        "columns": columns,
        "slips": [{"text": text, "because": "甲"}],
        "of": [text, "乙"],
    }
    data = "\n".join(written({"items": [row], "note": text})).encode()
    tree, _ = tree_of(data, "draft.yaml")
    assert tree is not None
    back, line = plain(tree), one_line(text)
    item = back["items"][0]
    assert (line, line, line) == (
        item.get("text", ""),
        item["slips"][0].get("text", ""),
        back.get("note", ""),
    )
    assert {head: words for head, words in heads.items() if words} == item.get("columns", {})
    assert [line, "乙"] == item["of"]


def test_a_deadline_or_unit_that_the_reader_refuses_or_assumes_is_asked_in_its_own_words() -> None:
    draft = drafted(
        row("1", "甲事。", due="国庆节前"),
        row("2", "乙事。", due="11月前"),
        row("3", "丙事。", units="财政局 教育局"),
        row("4", "丁事。", units="财政局会同教育局"),
        row("5", "戊事。", units=""),
    )
    assert [
        "事项 1 的 due：完成时限“国庆节前”看不懂；请用 last_day 写明最后一天，原文不改；或者写成 2022年11月、"
        "2022年11月15日前、上半年、第三季度、每季度末、长期坚持 之一。",
        "事项 2 按规则读作：完成时限“11月前”（“11月前”按不含11月、即10月31日为限；如含11月，请写“11月底前”）；不对的请改，对的删去这一行。",
    ] == questions(draft)[:2]
    assert "财政局 教育局”中间有空格" in questions(draft)[2]
    assert "里“会同”前面的按牵头、后面的按配合认定" in questions(draft)[3]
    assert "没有责任单位" in questions(draft)[4]
    assert 5 == len(questions(draft))


def test_each_unit_is_listed_once_and_what_looks_alike_is_asked_about() -> None:
    """县财政局 and 财政局 of one county are one by the rule of names; 教育局 and 教育体育局 may be two."""
    draft = drafted(
        row("1", "甲事。", units="县财政局、教育局"),
        row("2", "乙事。", units="财政局牵头，甲县教育体育局、青石镇配合"),
        row("3", "丙事。", units="工会、总工会、青山镇、水利局"),
        row("4", "丁事。", units="县政府、县人民政府"),
        row("5", "戊事。", units="县卫健委、县卫生健康委员会、县府办、县府办公室、东街街道、东街街道办事处"),
        row(
            "6",
            "己事。",
            units="县妇联、县妇女联合会、县科协、县科学技术协会、县供销社、县供销合作社、金花合作社、县农行、县农商行、县侨办、县侨务办",
        ),
    )
    assert ["甲县财政局", "教育局", "甲县教育体育局", "青石镇", "工会", "总工会", "青山镇", "水利局"] == [
        one["name"] for one in content(draft)["agencies"]
    ][:8]
    assert [
        "“教育局”（1）和“甲县教育体育局”（2）像是同一家；是一家的留一个，另一个写进 short。",
        "“工会”（3）和“总工会”（3）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县政府”（4）和“甲县人民政府”（4）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县卫健委”（5）和“甲县卫生健康委员会”（5）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县府办”（5）和“甲县府办公室”（5）像是同一家；是一家的留一个，另一个写进 short。",
        "“东街街道”（5）和“东街街道办事处”（5）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县妇联”（6）和“甲县妇女联合会”（6）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县科协”（6）和“甲县科学技术协会”（6）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县供销社”（6）和“甲县供销合作社”（6）像是同一家；是一家的留一个，另一个写进 short。",
        "“甲县侨办”（6）和“甲县侨务办”（6）像是同一家；是一家的留一个，另一个写进 short。",
    ] == questions(draft)


def test_what_is_no_name_of_a_unit_is_asked_about() -> None:
    units = (
        "同上",
        "张某某",
        "财政局13800000000",
        "市监局局长周某",
        "妇联",
        "青石镇",
        "农商银行（总行）",
        "县政协",
        "法院",
        "县教育局妇联",
        "县公安局交警大队",
        "县民政、水利局",
    )
    asked = questions(drafted(*(row(f"1.{at}", f"事{at}", units=one) for at, one in enumerate(units, 1))))

    assert [
        "“甲县民政”（1.12）不像单位名称；和后面的单位合写的，请把这一行的单位写成“甲县民政局”；不是的，请改写这一行的单位，再删去这一家。",
        "事项 1.3 的 units：“财政局13800000000”不像单位名称；请写单位的全称，职责写在名称后面，如“教育局牵头，财政局配合”。",
    ] == [one for one in asked if "不像单位名称" in one]
    assert "事项 1.1 的 units：“同上”不是单位；是哪几家请用 readings 写明，还没有定的写“无”。" in asked
    assert [
        f"事项 1.{at} 的 units：“{name}”像是人，不是单位；请写单位名称，不写人。"
        for at, name in ((2, "张某某"), (4, "市监局局长周某"))
    ] == [one for one in asked if "像是人" in one]
    assert ["“甲县教育局妇联”（1.10）像是两家连在一起；是两家的，请在这一行里用“、”隔开，再删去这一家。"] == [
        one for one in asked if "连在一起" in one
    ]


def test_of_more_units_than_any_county_has_one_question_is_asked_and_not_one_a_pair() -> None:
    draft = drafted(
        row("1.1", "事", units="、".join(f"第{at}局" for at in range(301))),
        row("1.2", "事", units="、".join(f"甲{at}局" for at in range(301))),
    )

    assert ["有602家单位，太多，没有逐家比较写法；请核对有没有同一家。"] == [
        one for one in questions(draft) if "家" in one
    ]


def test_rows_without_a_deadline_are_asked_about_once() -> None:
    """Never late without a word; a rule of the plan before settles it. A dash is asked about for itself."""
    rows = row("1", "甲事。", due=""), row("2", "乙事。"), row("3", "丙事。", due="")
    assert [
        "1 的责任单位写的是没有，谁也不欠，催不到；有的，请写明。",
        "1 的完成时限写的是没有，不会逾期；有的，请写明。",
    ] == questions(drafted(row("1", "甲事。", due="—", units="/"), rows[1]))
    assert content(drafted(row("1", "甲事。", units="")))
    draft = drafted(*rows)
    assert [
        "1、3 没有写完成时限，不会逾期；全文另有规定的，请在 plan 下写 default_due（due、because）。"
    ] == questions(draft)
    before = content(draft)
    before["plan"]["default_due"] = {"due": "年底前", "because": "题目写的是2022年"}
    like = draft_of_document(ReadAnnex("甲县2022年重点工作清单", (), rows), (), 0, TODAY, before)
    assert ["default_due 照原方案带过来，日期挪了年度；请对照新文件核对。"] == questions(like)


def test_of_each_rhythm_it_is_asked_whether_it_obliges_in_each_period() -> None:
    """Without rhythm: binding one report would finish the row for ever; what the plan before settled is not asked."""
    rows = [row("1", "甲事。", due="每季度末"), row("2", "乙事。", due="每月不少于3次"), row("3", "丙事。")]
    draft = drafted(*rows)
    never = "没有最后一天，不会逾期，有一次完成申报就算完成；每期都要报的，"
    assert [
        f"事项 1 的“每季度末”{never}请在这一行另写 rhythm: binding；不用的，删去这一行。",
        f"事项 2 的“每月不少于3次”{never}这样写排不出每一期的最后一天，请用 last_day 写明最后一天；不用的，删去这一行。",
    ] == questions(draft)
    text = draft.text.replace("    due: 每季度末\n", "    due: 每季度末\n    rhythm: binding\n")
    answered = plan_of(re.sub(f"(?m)^ *{MARK}.*\n", "", text).encode(), "draft.yaml")
    assert answered[0] is not None, answered[1]
    assert ["1"] == [one.code for one in answered[0].rhythms]
    like = draft_of_document(
        ReadAnnex("甲县2023年清单", (), tuple(rows)), ("甲县",), 0, TODAY, content(draft)
    )
    assert [] == questions(like)


def test_units_that_the_words_leave_open_are_asked_about() -> None:
    """Nobody would be chased for them, and no line would say so; what the plan before settled is not asked."""
    units = ("财政局、相关部门", "财政局等部门", "财政局及项目实施单位", "财政局")
    rows = [row(f"{at}", f"事{at}。", units=words) for at, words in enumerate(units, 1)]
    draft = drafted(*rows)
    how = (
        "没有点名，催不到；定得下来的，请用 readings（of、as、because）写明是哪几家；定不下来的，删去这一行。"
    )
    assert [
        f"事项 1 的“相关部门”{how}",
        f"事项 2 的“等部门”{how}",
        f"事项 3 的“及项目实施单位”{how}",
    ] == questions(draft)
    like = draft_of_document(
        ReadAnnex("甲县2023年清单", (), tuple(rows)), ("甲县",), 0, TODAY, content(draft)
    )
    assert [] == questions(like)


def test_a_group_gets_a_list_to_fill() -> None:
    draft = drafted(row("1", "甲事。", units="各乡镇"))
    assert "  - {name: 各乡镇, members: []}\n" in draft.text
    assert "分组“各乡镇”没有写 members（有哪些单位）；请照名册逐个写。" == questions(draft)[-1]


def test_numbers_of_the_document_that_are_no_codes_are_kept_next_to_counted_ones() -> None:
    draft = drafted(
        row("（一）", "甲。", area="农业"),
        row("（二）", "乙。", area="农业"),
        row("（一）", "丙。", area="工业"),
    )
    assert [("1.1", "（一）"), ("1.2", "（二）"), ("2.1", "（一）")] == [
        (one["code"], one["number"]) for one in items_of(content(draft))
    ]
    assert [("1", "农业"), ("2", "工业")] == [(one["code"], one["name"]) for one in content(draft)["areas"]]
    assert [] == questions(draft)
    assert plan_of(draft.text.encode(), "draft.yaml")[1] == ()


def test_a_number_of_a_clause_that_stands_twice_is_asked_about_without_a_line_that_has_moved() -> None:
    draft = drafted(row("1", "甲事。"), clauses=(("一", "甲"), ("一", "乙")))
    assert ["条款“一”写了两次；只能留一个。"] == questions(draft)


def test_a_row_without_a_number_among_numbered_ones_is_counted_behind_the_one_before_it() -> None:
    draft = drafted(row("1.1", "甲。"), row("", "乙。"), row("", "丙。"), row("1.2", "丁。"))
    assert ["1.1", "1.1.1", "1.1.2", "1.2"] == [one["code"] for one in items_of(content(draft))]
    assert [
        "原文这一行没有编号，编作 1.1.1；请核对。",
        "原文这一行没有编号，编作 1.1.2；请核对。",
    ] == questions(draft)
    unnumbered = drafted(row("", "甲。"), row("", "乙。"))
    assert (["1", "2"], []) == ([one["code"] for one in items_of(content(unnumbered))], questions(unnumbered))


def test_each_number_of_a_row_without_one_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many such rows there are; 3,000 of them took minutes."""
    tried: list[int] = []

    def counted(first: int) -> Iterator[int]:
        for number in count(first):
            tried.append(number)
            yield number

    monkeypatch.setattr(drafting, "count", counted)
    rows = [row("" if at else "1.1", f"事{at}。", area=f"区{at}") for at in range(30)]
    draft = drafted(*rows, row("1.1.7", "乙。", area="末"))
    assert [f"1.1.{at}" for at in (*range(1, 7), *range(8, 31))] == [
        one["code"] for one in items_of(content(draft))
    ][1:30]
    assert 30 == len(tried)


def test_what_stands_around_the_rows_is_kept_or_asked_about() -> None:
    draft = drafted(
        row(
            "1",
            "甲事。",
            title="一个超过十四个字的很长的项目名称",
            columns=(("分管领导", "张三"), ("分管领导", "李四")),
            questions=("这一行是隐藏的。",),
        ),
        title="关于工作的通知",
        clauses=(("一", "总体要求：# 甲"),),
        footnotes=("注：按职责分工负责",),
        questions=("第2个表没有读。",),
    )
    text = content(draft)
    assert [{"number": "一", "text": "总体要求：# 甲"}] == text["clauses"]
    assert {"标题": "一个超过十四个字的很长的项目名称", "分管领导": "张三；李四"} == text["items"][0][
        "columns"
    ]
    assert "  # 附件第1行\n" in draft.text
    assert [
        "第2个表没有读。",
        "表后写着“注：按职责分工负责”；要照办的，请写进 rules、remark 或 assumptions。",
        "标题里没有年度，现按2026年读完成时限；不是的，请加 --year 重新起草。",
        "文件里没有一处写到甲县；请核对 --side。",
        "这一行是隐藏的。",
        "原文的标题超过14个字，全文在 columns 里；请核对短标题。",
    ] == questions(draft)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1.国有企业帮扶。组织企业到县考察", "国有企业帮扶"),
        ("两地党委、政府负责同志互访共4次，共同推进", "两地党委、政府负责同志互访共"),
        ("（一）加强领导：成立专班", "加强领导"),
        ("5G基站建设", "5G基站建设"),
        ("2.5万亩高标准农田", "2.5万亩高标准农田"),
        ("开展职业技能培训不少于1200人次", "开展职业技能培训不少于"),
        ("改造农村中小学校舍5000平方米以上", "改造农村中小学校舍"),
        ("发放贷款1,200万元,贴息", "发放贷款1,200万元"),
        ("，、", "、"),
        ("", ""),
    ],
)
def test_a_short_title_is_the_first_clause_cut(text: str, title: str) -> None:
    assert title == short_title(text)


def changed(plan: dict[str, Any], code: str, **words: Any) -> ReadAnnex:
    """The document of a plan with other words in one row."""
    annex = annex_of(plan)
    return annex._replace(
        rows=tuple(one._replace(**words) if one.code == code else one for one in annex.rows)
    )


def test_what_was_read_into_the_same_row_is_carried_over_and_what_changed_is_listed(
    built_in: dict[str, Any],
) -> None:
    annex = changed(built_in, "6.1", text="促进贫困人口就业，新增转移到东部地区就业贫困人口不低于180人。")
    annex = annex._replace(
        title=annex.title.replace("2019", "2020"),
        rows=tuple(
            one._replace(due=one.due.replace("2019", "2020"))
            for one in (
                *annex.rows[1:],
                row("9.3", "新的事项。", area="会议、培训", units="大新县教育局、大新县科技局"),
            )
        ),
    )
    annex = annex._replace(
        rows=tuple(one._replace(due="2020年10月") if one.code == "5.4" else one for one in annex.rows)
    )
    draft = draft_of_document(annex, (), 0, TODAY, built_in)
    text = content(draft)
    same, before = ({one["code"]: one for one in items_of(each)} for each in (text, built_in))
    assert before["1.3"]["indicators"] == same["1.3"]["indicators"]
    assert "2020年7月15日" == same["1.3"]["milestones"][0]["by"]
    assert "jianghai-daxin-2020" == text["plan"]["id"]
    assert ("2020年11月15日前", "initials") == (text["filings"][0]["due"], list(text["agencies"][0])[-1])
    assert "indicators" not in same["6.1"]
    assert "        #   - {key: transferred, label: 新增转移就业, unit: 人, at_least: 155, " in draft.text
    assert ["这一行和原方案不同；原方案的指标和材料写成了注释，请核对后去掉 #。"] == asked_of(draft, "6.1")
    texts = before["6.1"]["text"], same["6.1"]["text"]
    assert [
        ("时限改了", "5.4", "2019年11月", "2020年10月"),
        ("文字改了", "6.1", *texts),
        ("新增", "9.3", "", "新的事项。"),
        ("去掉", "1.1", "", before["1.1"]["text"]),
        ("新增单位", "", "", "大新县科技局"),
        ("不再写到的单位", "", "", "江海区督查室"),
        ("不再写到的单位", "", "", "大新县督查考评局"),
    ] == list(map(tuple, draft.differences))


def test_a_row_in_another_group_of_work_and_a_group_with_another_name_are_differences() -> None:
    """The group is named once, at its first row; the year in its name is moved."""
    areas = "2021年农业", "2021年农业", "教育", "教育"
    rows = [row(str(n), f"第{n}件事。", area=area) for n, area in enumerate(areas, 1)]
    before = content(drafted(*rows, title="甲县2021年工作清单"))
    now = "2022年农业", "文教", "文教", "文教"
    after = tuple(one._replace(area=area) for one, area in zip(rows, now, strict=True))
    draft = draft_of_document(ReadAnnex("甲县2022年工作清单", (), after), (), 0, TODAY, before)
    assert [("重点工作改了", "2", "2021年农业", "文教"), ("重点工作改了", "3", "教育", "文教")] == [
        (one.kind, one.code, one.before, one.after) for one in draft.differences
    ]


def test_where_only_the_columns_of_units_changed_it_is_said_once_and_rows_are_listed_whose_units_did() -> (
    None
):
    """牵头 and 配合 before, one 责任单位 now; a unit that stands in a refused cell is not gone."""
    before = content(
        drafted(
            row("1", "修路，建桥。", units="", lead="县交通局", assist="县财政局、水利局"),
            row("2", "种茶，制茶。", units="", lead="农业局", assist="财政局"),
            row("3", "建校舍三所。", units="", lead="教育局", assist="住建局"),
            row("4", "办好会议。", units="", lead="县委办", assist="财政局"),
            title="甲县2021年重点工作",
        )
    )
    units = ("交通局、财政局、水利局", "县农业局 县财政局", "教育局、城建局", "财政局牵头，县委办配合")
    rows = [
        row(one["code"], one["text"], units=words) for one, words in zip(before["items"], units, strict=True)
    ]
    draft = draft_of_document(ReadAnnex("甲县2022年重点工作", (), tuple(rows)), ("甲县",), 0, TODAY, before)
    note = "（新文件不分栏，没有写明谁牵头、谁配合的，都按责任单位）；只列单位有变的行"
    assert [
        ("单位分栏改了", "", "牵头、配合", f"责任单位{note}"),
        ("单位改了", "2", "牵头：农业局；配合：财政局", "县农业局 县财政局"),
        ("单位改了", "3", "牵头：教育局；配合：住建局", "教育局、城建局"),
        ("单位改了", "4", "牵头：县委办；配合：财政局", "财政局牵头，县委办配合"),
        ("新增单位", "", "", "城建局"),
        ("不再写到的单位", "", "", "住建局"),
    ] == list(map(tuple, draft.differences))


def test_a_number_that_looks_like_a_year_is_no_year() -> None:
    """2019人 in the document of 2020 is not last year's 2020人 moved, and nothing counted is moved."""
    last = content(drafted(row("1", "培训2021人。", remark="2021人"), title="甲县2021年工作清单"))
    last["items"][0]["indicators"] = [{"key": "trained", "label": "培训", "unit": "人", "at_least": "2021"}]
    annex = ReadAnnex("甲县2022年工作清单", (), (row("1", "培训2022人。", remark="2021人"),))
    draft = draft_of_document(annex, (), 0, TODAY, last)
    assert ["文字改了"] == [one.kind for one in draft.differences]
    assert "2021" == content(draft_of_next_year(last, 0))["items"][0]["indicators"][0]["at_least"]


def test_units_that_stand_in_one_text_are_carried_over_each() -> None:
    last = content(drafted(row("1", "修路。", units="财政局、各乡镇")))
    last["groups"] = [{"name": "各乡镇", "members": "青石镇、河口乡"}]
    last["agencies"] = [{"name": name} for name in ("青石镇", "河口乡", "甲县府办", "甲县水利局")]
    last["plan"]["offices"] = "甲县府办"
    annex = ReadAnnex("甲县2023年重点工作清单", (), (row("1", "修路。", units="财政局、各乡镇"),))
    draft = draft_of_document(annex, (), 0, TODAY, last)
    assert ["财政局", "青石镇", "河口乡", "甲县府办"] == [one["name"] for one in content(draft)["agencies"]]


def test_next_year_from_this_years_plan_alone_has_its_dates_moved(built_in: dict[str, Any]) -> None:
    """The file reads without a fault, and every day of it is a year later."""
    draft = draft_of_next_year(built_in, 0)
    after, faults = plan_of(draft.text.encode(), "next.yaml")
    before, _ = plan_of(FILE.read_bytes(), "this.yaml")
    assert () == faults
    assert after is not None
    assert before is not None

    def days(plan: Plan, years: int) -> list[str]:
        moved = [one.last_day for one in plan.items] + [one.last_day for one in plan.filings]
        moved += [one.day for one in plan.milestones]
        return [f"{int(day[:4]) + years}{day[4:]}" if day else "" for day in moved]

    assert days(before, 1) == days(after, 0)
    assert duties(before) == duties(after)
    assert ("jianghai-daxin-2020", 2020) == after.meta[0:3:2]
    assert 2 == len(draft.questions)


@pytest.mark.parametrize(
    ("title", "year", "asked"),
    [
        ("甲县2022年工作", 0, ""),
        ("甲县2022年工作", 2022, ""),
        ("甲县重点工作", 2022, ""),
        ("甲县2022年工作", 2021, "标题里写的是2022，现按2021年"),
        ("甲县２０２１年工作", 0, ""),
        ("甲县2021—2023年工作", 0, "标题里写的是2021、2023，现按2021年"),
        ("甲县重点工作", 0, "标题里没有年度，现按2026年"),
    ],
)
def test_a_year_that_the_title_does_not_settle_is_asked_about(title: str, year: int, asked: str) -> None:
    draft = draft_of_document(ReadAnnex(title, (), (row("1", "甲事。"),)), ("甲县",), year, TODAY)
    assert [f"{asked}读完成时限；不是的，请加 --year 重新起草。"] * bool(asked) == questions(draft)


def test_a_question_stands_at_what_it_is_about() -> None:
    draft = drafted(row("1", "甲事。", due="11月前"))
    lines = draft.text.splitlines()
    places = [place for place, line in enumerate(lines) if line.strip().startswith(MARK)]
    assert ["  # offices: [单位全称]", "    due: 11月前"] == [lines[place + 1] for place in places]
    assert [one.line - 1 for one in draft.questions] == places


def test_what_hangs_on_other_words_than_the_text_goes_with_those() -> None:
    """A rhythm with its deadline, a reading with its units, the way to a unit with the unit; the document's own title stays."""
    rows = [
        row("1", "甲事。", due="每月", title="原标题", units="柳林村"),
        row("2", "乙事。", due="每月", units="水利局"),
    ]
    before = content(drafted(*rows, title="甲县2021年工作"))
    before["agencies"] = [
        {"name": "柳林村", "through": "东街街道"},
        {"name": "水利局", "initials": "slj"},
        {"name": "甲县东街街道", "short": "东街"},
    ]
    before["items"][0]["title"] = "旧标题"
    for item in before["items"]:
        item |= {
            "rhythm": "binding",
            "declare": "true",
            "readings": [{"of": item["units"], "because": "名册"}],
        }
    after = [rows[0], rows[1]._replace(due="每季度", units="县水利局")]
    draft = draft_of_document(ReadAnnex("甲县2022年工作", (), tuple(after)), (), 0, TODAY, before)
    plan = content(draft)
    first, second = plan["items"]
    assert before["agencies"] == plan["agencies"]
    assert ("原标题", "binding", "true") == (first["title"], first["rhythm"], first["declare"])
    assert {"code", "our_title", "text", "due", "units", "declare"} == second.keys()
    assert ["标题改了", "单位改了", "时限改了"] == [one.kind for one in draft.differences]


def test_of_a_document_with_the_mark_of_a_state_secret_no_copy_is_made() -> None:
    with pytest.raises(Refusal, match="密级标志（机密★10年）"):
        drafted(row("1", "甲事。", remark="机密★10年"))
    with pytest.raises(Refusal, match="密级标志（秘密）"):
        draft_of_document(ReadAnnex("甲县2022年工作", (), (), mark="秘密"), (), 0, TODAY)
