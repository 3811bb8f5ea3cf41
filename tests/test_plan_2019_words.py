"""The built-in plan says what the document says: nothing changed, nothing left out, nothing invented.

The document is a committed copy of the text that was extracted from the issued PDF. White space is
the only thing in which the plan file may differ from it, so everything is compared without any.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from trials import every

HERE = Path(__file__).parent
SOURCE = (HERE / "source" / "plan_2019.txt").read_text(encoding="utf-8")
PLAN_FILE = (HERE.parent / "data" / "plan_2019.yaml").read_text(encoding="utf-8")


def load(text: str) -> dict[str, Any]:
    """Read the plan file as the program does: every scalar is text."""
    import yaml

    document: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (makes text, lists, maps only)
    return document


PLAN = load(PLAN_FILE)

ATTACHMENT = "附件：2019年江海区对口大新县粤桂扶贫协作工作方案清单"
ANNEX_TITLE = "附件2019"  # all that the extraction kept of it
TABLE_HEAD = "序号重点工作具体事项完成时限责任单位备注"
PAGE_NUMBER = "—10—"
CELLS = ("text", "due", "units", "remark")
ROWS = [item for area in PLAN["areas"] for item in area["items"]]
BY_CODE = {item["code"]: item for item in ROWS}
CLAUSES = {clause["number"]: clause["text"] for clause in PLAN["clauses"]}
INDICATORS = [(item["code"], each) for item in ROWS for each in item.get("indicators", [])]
OPTIONS_OF_RECORD = """
    on agency side note by done paper ref held-by any-agency ledger plan as-of known-at json csv help
    evidence event same-event entry output area standing
"""


def bare(text: str) -> str:
    """Take away all white space, the full-width kind too."""
    return "".join(text.split())


def own_words(item: dict[str, Any]) -> list[str]:
    """The four cells of a row of the annex, each without white space."""
    return [bare(item.get(cell, "")) for cell in CELLS]


BODY, ANNEX = bare(SOURCE).split(ATTACHMENT)


def annex_of_the_plan() -> str:
    """Set the annex again from the plan file, in the order in which the PDF gives its cells."""
    words = []
    for area in PLAN["areas"]:
        words.append(area["code"] + bare(area["name"]))
        for item in area["items"]:
            # 5.2 is one number with two rows: the document prints it before the first only.
            number = {"5.2.1": "5.2", "5.2.2": ""}.get(item["code"], item["code"])
            words.append(number + "".join(own_words(item)))
    return "".join(words)


def test_the_clauses_in_their_order_are_the_whole_body() -> None:
    """From the first word of the introduction to the line that names the annex."""
    assert BODY == "".join(bare(clause["text"]) for clause in PLAN["clauses"])


def test_the_rows_in_their_order_are_the_whole_annex() -> None:
    """Every cell of every row; only the heads of the pages and one page number are not the table's."""
    assert ANNEX.startswith(ANNEX_TITLE + TABLE_HEAD)
    assert (5, 1) == (ANNEX.count(TABLE_HEAD), ANNEX.count(PAGE_NUMBER))
    table = ANNEX.removeprefix(ANNEX_TITLE).replace(TABLE_HEAD, "").replace(PAGE_NUMBER, "")
    assert table == annex_of_the_plan()


@every((f"{item['code']} {cell}", (item, cell)) for item in ROWS for cell in CELLS)
def test_a_cell_stands_in_the_annex(item: dict[str, Any], cell: str) -> None:
    """Each cell is contiguous in the extraction, whatever the lines of the table."""
    assert bare(item.get(cell, "")) in ANNEX


def test_nine_areas_and_twenty_six_rows_in_the_order_of_their_codes() -> None:
    """25 numbers of the document, of which 5.2 has two rows."""
    assert list("123456789") == [area["code"] for area in PLAN["areas"]]
    assert sorted(BY_CODE) == [item["code"] for item in ROWS]
    assert 26 == len(BY_CODE)
    assert 25 == len({".".join(code.split(".")[:2]) for code in BY_CODE})
    assert [] == [
        i["code"] for a in PLAN["areas"] for i in a["items"] if not i["code"].startswith(a["code"] + ".")
    ]


def test_no_text_has_a_gap_next_to_chinese_except_after_a_heading() -> None:
    """The spaces of the page's layout are gone; one space parts a heading from its paragraph."""
    assert [] == [item[cell] for item in ROWS for cell in CELLS if re.search(r"\s", item.get(cell, ""))]
    gaps = {
        number: len(re.findall(r"\s", text)) for number, text in CLAUSES.items() if re.search(r"\s", text)
    }
    headed = "一 二 三（三） 三（四） 三（五）1 三（五）3 三（五）4 三（五）5 三（五）6 "
    headed += "三（六）1 三（六）2 三（七） 三（八）"
    assert dict.fromkeys(headed.split(), 1) == gaps
    lines = [bare(line) for line in SOURCE.splitlines()]
    assert [] == [number for number in gaps if CLAUSES[number].split()[0] not in lines]


def test_a_clause_begins_with_the_last_part_of_its_number() -> None:
    """三（五）2（1） begins with （1）, 三（五）2 with 2., 三（五） with （五）, 三 with 三、."""
    for number, text in list(CLAUSES.items())[1:]:
        last = re.findall(r"（.+?）|\d|[一二三四]", number)[-1]
        mark = last if last.startswith("（") else last + ("." if last.isdigit() else "、")
        assert (number, mark) == (number, text[: len(mark)])


def test_each_row_comes_from_a_clause_that_gives_the_same_month() -> None:
    """（时间：1-11月；…） of the clause is 2019年11月 of the row."""
    for item in ROWS:
        month = re.fullmatch(r"2019年(\d+)月", item["due"])
        assert month is not None
        assert (item["code"], True) == (item["code"], f"（时间：1-{month[1]}月；" in CLAUSES[item["clause"]])


def test_every_task_of_the_body_has_a_row() -> None:
    """A clause that names a time is a task, and a task is the clause of a row."""
    tasks = {number for number, text in CLAUSES.items() if "（时间：" in text}
    assert tasks == {item["clause"] for item in ROWS}


@pytest.mark.parametrize("item", ROWS, ids=lambda item: item["code"])
def test_a_title_is_short_and_is_the_documents_or_marked_as_ours(item: dict[str, Any]) -> None:
    """`title` is words of the row, its clause, or the heading above; `our_title` is not; a row has one."""
    assert 1 == len({"title", "our_title"} & item.keys())
    if "title" in item:
        above = [bare(text) for number, text in CLAUSES.items() if item["clause"].startswith(number)]
        assert item["title"] in "\n".join([*above, own_words(item)[0]])
    else:
        assert item["our_title"] not in BODY + ANNEX
    assert len(item.get("title") or item["our_title"]) <= 14


def test_no_two_rows_share_a_title() -> None:
    """A table with titles only must still show which row is which."""
    titles = Counter(item.get("title") or item["our_title"] for item in ROWS)
    assert 26 == len(titles)


def test_fifty_agencies_twenty_five_on_each_side() -> None:
    """Each official name stands once and begins with its side."""
    names = [agency["name"] for agency in PLAN["agencies"]]
    assert 50 == len(set(names)) == len(names)
    assert {"江海区": 25, "大新县": 25} == Counter(name[:3] for name in names)


def test_every_agency_is_named_in_a_row_and_every_office_is_an_agency() -> None:
    """What follows the side, or a short name (组织部), stands in the units of at least one row."""
    units = "\n".join(item["units"] for item in ROWS)
    called = {a["name"]: [a["name"][3:], *a.get("short", [])] for a in PLAN["agencies"]}
    assert [] == [name for name, words in called.items() if not any(word in units for word in words)]
    assert set() == set(PLAN["plan"]["offices"]) - called.keys()


def test_initials_and_short_names_mean_one_unit_of_a_side() -> None:
    """`rsj` may be both sides' 人社局, never two units of one side; the same words have the same initials."""
    used = Counter(
        (a["name"][:3], word) for a in PLAN["agencies"] for word in [a["initials"], *a.get("short", [])]
    )
    assert {1} == set(used.values())
    assert [] == [a["name"] for a in PLAN["agencies"] if not re.fullmatch("[a-z]{2,}", a["initials"])]
    of_words = defaultdict(set)
    for agency in PLAN["agencies"]:
        of_words[agency["name"][3:]].add(agency["initials"])
    assert [] == [words for words, initials in of_words.items() if len(initials) > 1]


def test_a_reading_speaks_of_words_of_its_row_and_says_why() -> None:
    """`of` is verbatim; two readings of one row do not overlap."""
    for item in ROWS:
        left = item["units"]
        for reading in item.get("readings", []):
            assert reading["of"] in left
            assert reading["because"]
            left = left.replace(reading["of"], "｜")


@pytest.mark.parametrize(
    "code", ["1.2", "1.3", "1.4", "1.5", "1.6", "2.3", "2.4", "2.5", "5.1", "5.3", "5.5", "6.1", "7.1", "8.1"]
)
def test_rows_whose_units_leave_a_side_open_say_how_they_are_read(code: str) -> None:
    """Over which units 两地 or 江海区 holds, or which side a bare name is of, is our reading."""
    assert BY_CODE[code].get("readings")


PROMISED = {
    ("1.2", "visits"): 4,
    ("1.3", "meetings"): 2,
    ("1.4", "meetings"): 2,
    ("1.6", "meetings"): 2,
    ("2.1", "cadres"): 2,
    ("2.2", "trainees"): 20,
    ("3.1", "teachers-h1"): 3,
    ("3.1", "teachers-autumn"): 1,
    ("3.1", "principals"): 4,
    ("4.1", "doctors"): 2,
    ("6.1", "fairs"): 1,
    ("6.1", "transferred"): 155,
    ("6.2", "classes"): 1,
}
NAMED = {"2.5": 5, "5.1": 6}  # five policies, six projects: named by the document, one indicator each


def test_the_targets_are_the_figures_of_the_document() -> None:
    """Nothing else is promised, but for the policies and projects that the document names."""
    targets = {(code, each["key"]): int(each["at_least"]) for code, each in INDICATORS if "at_least" in each}
    assert PROMISED == {place: target for place, target in targets.items() if place[0] not in NAMED}
    assert NAMED == Counter(code for code, _ in targets if code in NAMED)
    assert {1} == {target for (code, _), target in targets.items() if code in NAMED}
    assert [] == [code for code, each in INDICATORS if {"at_most", "about"} & each.keys()]


SENDERS = {
    ("2.1", "cadres"): ("大新县委组织部", "大新县选派2名党政干部"),
    ("3.1", "teachers-h1"): ("江海区教育局", "江海区上半年选派3名老师"),
    ("3.1", "teachers-autumn"): ("江海区教育局", "江海区上半年选派3名老师、从秋季新学年开始选派1名教师"),
    ("3.1", "principals"): ("江海区教育局", "接受大新县4名普通高中校长或骨干教师"),
    ("5.2.2", "firms"): ("江海区工商联", "江海区工商联组织企业到大新县"),
    ("5.2.2", "pairings"): ("江海区工商联", "组织企业与大新县贫困村结对"),
    ("5.3", "delegations"): ("大新县投资促进局、大新县工商联", "大新县派出招商团队"),
    ("6.1", "transferred"): ("大新县人社局", "转移到东部地区就业贫困人口数"),
    ("6.1", "stable"): ("大新县人社局", "已在东部省份稳定就业贫困人口数"),
    ("6.1", "students"): ("大新县教育局", "到东部就读职业学校贫困学生数"),
    ("6.1", "graduates"): ("大新县教育局", "毕业贫困学生就业数"),
}


def test_a_figure_is_counted_by_whom_the_document_names_first_or_by_whoever_sends() -> None:
    """Each with its reason, from words that stand in its row; what both do together is counted by both."""
    texts = {item["code"]: item["text"] for item in ROWS}
    units = {(code, each["key"]): each["from"] for code, each in INDICATORS if "from" in each}
    names = {place: "、".join(by) if isinstance(by, list) else by for place, by in units.items()}

    assert {place: by for place, (by, _) in SENDERS.items()} == names
    assert [] == [place for place, (_, words) in SENDERS.items() if words not in texts[place[0]]]
    assert [] == [code for code, each in INDICATORS if "from" in each and not each.get("because")]


def test_no_figure_of_the_document_is_forgotten() -> None:
    """Every counted number is a target: the row's own in the row, the clause's in a row of the clause."""
    targets = {i["code"]: {e["at_least"] for e in i["indicators"] if "at_least" in e} for i in ROWS}
    of_clause: dict[str, set[str]] = defaultdict(set)
    for item in ROWS:
        of_clause[item["clause"]] |= targets[item["code"]]
        counted = set(re.findall(r"(\d+)(?:次|人|名|期)", item["text"]))
        assert (item["code"], set()) == (item["code"], counted - targets[item["code"]])
    for number, text in CLAUSES.items():
        assert (number, set()) == (number, set(re.findall(r"(\d+)(?:次|人|名|期)", text)) - of_clause[number])


def test_the_one_school_of_the_annex_is_declared_and_not_counted() -> None:
    """1所高中 is the only other number with a unit; 3.1 asks for a declaration and says so."""
    assert ["3.1"] == [item["code"] for item in ROWS if re.search(r"\d所", item["text"])]
    assert ("true", True) == (BY_CODE["3.1"]["declare"], "1所高中" in BY_CODE["3.1"]["because"])


@pytest.mark.parametrize("code", NAMED)
def test_the_policies_and_projects_are_those_that_the_body_names(code: str) -> None:
    """Their labels are words of the clause (quotation marks aside), in its order."""
    clause = re.sub("[“”]", "", CLAUSES[BY_CODE[code]["clause"]])
    places = [clause.find(each["label"]) for each in BY_CODE[code]["indicators"] if "at_least" in each]
    assert sorted(places) == places
    assert -1 not in places


def test_a_key_is_never_an_option_of_record() -> None:
    """`record 6.1 --KEY N` must never mean anything else."""
    assert [] == [each["key"] for _, each in INDICATORS if each["key"] in OPTIONS_OF_RECORD.split()]
    assert [] == [each["key"] for _, each in INDICATORS if not re.fullmatch(r"[a-z][a-z0-9-]+", each["key"])]


def test_a_key_counts_in_one_unit_and_one_way_wherever_it_stands() -> None:
    """The same word for the same thing: sums over rows must never mix 人 with 人次."""
    ways = defaultdict(set)
    for _, each in INDICATORS:
        ways[each["key"]].add((each["unit"], each.get("decimals", "0"), each.get("measure", "flow")))
    assert {} == {key: labels for key, labels in ways.items() if len(labels) > 1}
    assert {"元", "亩"} == {each["unit"] for _, each in INDICATORS if each.get("decimals") == "2"}
    assert {"0"} == {each.get("decimals", "0") for _, each in INDICATORS if each["unit"] not in "元亩"}


@pytest.mark.parametrize("item", ROWS, ids=lambda item: item["code"])
def test_keys_and_labels_are_unique_in_their_row_and_labels_short(item: dict[str, Any]) -> None:
    """A label works as an option too, so it holds no mark of punctuation."""
    indicators = item["indicators"]
    assert (
        len(indicators)
        == len({each["key"] for each in indicators})
        == len({each["label"] for each in indicators})
    )
    assert [] == [each["label"] for each in indicators if not re.fullmatch(r"\w{2,10}", each["label"])]


def test_what_only_a_declaration_or_a_report_can_finish() -> None:
    """3.1 and 4.1 ask more than numbers; 6.1 names three ledgers besides its two figures."""
    assert ["3.1", "4.1"] == [item["code"] for item in ROWS if item.get("declare") == "true"]
    reported = [(code, each["key"]) for code, each in INDICATORS if each.get("must_report") == "true"]
    assert [("6.1", "stable"), ("6.1", "students"), ("6.1", "graduates")] == reported
    assert [("6.1", "stable")] == [
        (code, each["key"]) for code, each in INDICATORS if each.get("measure") == "stock"
    ]


def test_a_standard_that_is_ours_says_why() -> None:
    """Where the document gives no number, the row says what finishes it."""
    unpromised = [
        i for i in ROWS if "declare" in i or not any("at_least" in each for each in i["indicators"])
    ]
    assert [] == [item["code"] for item in unpromised if not item.get("because")]


def test_milestones_are_the_suggestions_of_the_remarks_and_one_binding_half_year() -> None:
    """May and September, about 7-15, about 11-15 of one side, August; three teachers by 06-30."""
    lines = [
        (i["code"], m["by"], m["kind"], m.get("about", ""), m.get("side", ""), m["indicator"], m["at_least"])
        for i in ROWS
        for m in i.get("milestones", [])
    ]
    assert [
        ("1.2", "2019年5月", "advisory", "", "", "visits", "1"),
        ("1.2", "2019年9月", "advisory", "", "", "visits", "2"),
        ("1.3", "2019年7月15日", "advisory", "true", "", "meetings", "1"),
        ("1.4", "2019年11月15日", "advisory", "true", "江海区", "meetings", "1"),
        ("1.5", "2019年5月", "advisory", "", "", "joint-meetings", "1"),
        ("1.5", "2019年9月", "advisory", "", "", "joint-meetings", "2"),
        ("1.6", "2019年8月", "advisory", "", "", "meetings", "1"),
        ("3.1", "2019年6月30日", "binding", "", "", "teachers-h1", "3"),
    ] == lines


def test_a_milestone_counts_an_indicator_of_its_own_row() -> None:
    """And a suggestion is one of the remark: 建议 and its day stand there."""
    for item in ROWS:
        for milestone in item.get("milestones", []):
            assert milestone["indicator"] in {each["key"] for each in item["indicators"]}
            if milestone["kind"] == "advisory":
                assert item["remark"].startswith("建议")
                assert milestone["by"].removeprefix("2019年") in item["remark"]


def test_papers_are_asked_for_where_the_remark_asks() -> None:
    """提供会议材料、会议纪要: of each side where the meeting is, of the whole where both meet."""
    asked = [item["code"] for item in ROWS if "提供会议材料、会议纪要" in item.get("remark", "")]
    assert ["1.3", "1.4", "1.5"] == asked == [item["code"] for item in ROWS if "papers" in item]
    for code, scope in (("1.3", "each"), ("1.4", "each"), ("1.5", "whole")):
        assert [("会议材料", scope), ("会议纪要", scope)] == [
            (p["kind"], p["scope"]) for p in BY_CODE[code]["papers"]
        ]


def test_filings_are_those_of_the_last_section() -> None:
    """The archive on paper and as files by 11-15; the stamped summary to both offices by 11-30."""
    archive, summary = PLAN["filings"]
    first, second = CLAUSES[archive["clause"]], CLAUSES[summary["clause"]]
    assert ("archive", "2019年11月15日前", ["纸质", "电子"], "false") == tuple(
        archive[field] for field in ("key", "due", "forms", "stamped")
    )
    # The document leaves the year of the archive's day out; an assumption says so.
    assert "于11月15日前将资料纸质版、电子版报" + archive["to"][0] in first
    assert ("summary", "2019年11月30日前", "true") == (summary["key"], summary["due"], summary["stamped"])
    assert summary["due"] in second
    assert "盖章报送至两地粤桂扶贫协作领导小组办公室" in second
    assert [side["name"] + "粤桂扶贫协作领导小组办公室" for side in PLAN["sides"]] == summary["to"]


def test_the_clause_of_the_contacts_asks_for_a_named_person() -> None:
    """It asks; nobody is named in the document, so nobody is named in the plan file."""
    assert "要指定专人负责" in CLAUSES[PLAN["plan"]["contacts"]]
    assert [] == [agency["name"] for agency in PLAN["agencies"] if "contact" in agency]


@pytest.mark.parametrize("finding", PLAN["discrepancies"], ids=lambda finding: finding["place"])
def test_both_wordings_of_a_discrepancy_are_the_documents(finding: dict[str, str]) -> None:
    """One stands in the clause that the row comes from, the other in a cell of the row; they differ."""
    assert finding["text"]
    assert finding["because"]
    assert bare(finding["body"]) != bare(finding["annex"])
    if finding["place"] == "三":  # of all rows alike
        assert bare(finding["body"]) in BODY
        assert bare(finding["annex"]) in ANNEX
    else:
        item = BY_CODE[finding["place"]]
        assert bare(finding["body"]) in bare(CLAUSES[item["clause"]])
        assert bare(finding["annex"]) in "\n".join(own_words(item))


def units_of_the_body(item: dict[str, Any]) -> str:
    """What the clause of *item* writes after 责任单位：, to the end of the bracket."""
    units: str = CLAUSES[item["clause"]].rsplit("月；", 1)[1]
    return units.removeprefix("责任单位：").removesuffix("）")


def test_every_row_whose_units_differ_in_the_body_has_a_discrepancy_that_says_so() -> None:
    """Who answers is never settled silently; 1.5 names the same units in another order."""
    listed = {
        finding["place"]
        for finding in PLAN["discrepancies"]
        if finding["place"] in BY_CODE
        and units_of_the_body(BY_CODE[finding["place"]]).endswith(finding["body"])
    }
    differ = {item["code"] for item in ROWS if units_of_the_body(item) != item["units"]}
    assert differ - {"1.5"} == listed
    orders = [units_of_the_body(BY_CODE["1.5"]), BY_CODE["1.5"]["units"]]
    assert 1 == len({frozenset(units.removeprefix("两地").split("、")) for units in orders})


def test_every_row_whose_text_is_not_the_bodys_has_a_discrepancy_about_it() -> None:
    """Those that the clause holds word for word need none."""
    listed = {
        f["place"] for f in PLAN["discrepancies"] if f["annex"] in BY_CODE.get(f["place"], {}).get("text", "")
    }
    words = {i["code"]: re.sub(r"^\d\.|。$", "", i["text"]) for i in ROWS}  # 5.2's 1. is （1） in the body
    differ = {i["code"] for i in ROWS if words[i["code"]] not in CLAUSES[i["clause"]]}
    assert set() == differ - listed


def test_every_assumption_has_a_place_and_a_reason() -> None:
    """A row, or a clause of the body."""
    for assumption in PLAN["assumptions"]:
        assert assumption["place"] in BY_CODE or assumption["place"] in CLAUSES
        assert assumption["text"]
        assert assumption["because"]


def test_a_slip_stays_in_the_words_that_it_is_noted_of() -> None:
    """The plan file never puts the original right."""
    for words, slips in [("\n".join(own_words(i)), i.get("slips", [])) for i in ROWS] + [
        (bare(c["text"]), c.get("slips", [])) for c in PLAN["clauses"]
    ]:
        assert [] == [
            slip["text"] for slip in slips if bare(slip["text"]) not in words or not slip["because"]
        ]


@pytest.mark.parametrize(
    "slip",
    [
        "旅游协作资金支持",
        "现固",
        "小建社会",
        "区府委常务会",
        "培训培训班",
        "共发动社会力量捐赠资金及物资",
        "建设村级基础设施建设",
    ],
)
def test_a_slip_of_the_original_is_noted(slip: str) -> None:
    """Those that a reader would take for ours."""
    noted = [s["text"] for place in [*ROWS, *PLAN["clauses"]] for s in place.get("slips", [])]
    assert slip in noted


def test_the_file_holds_only_the_keys_that_a_plan_file_has() -> None:
    """A misspelt key would be a reading that nobody sees."""
    allowed = {
        "plan": "id title year warn_days offices contacts",
        "sides": "name short",
        "agencies": "name short initials side",
        "clauses": "number text slips",
        "areas": "code name items",
        "filings": "key label due forms stamped to clause",
        "discrepancies": "place text body annex because",
        "assumptions": "place text because",
        "items": "code title our_title text due units remark clause slips readings declare because indicators"
        " papers milestones",
        "slips": "text because",
        "readings": "of as because",
        "indicators": "key label unit at_least decimals measure scope must_report from because",
        "papers": "kind scope per because",
        "milestones": "label by kind about side indicator at_least",
    }

    def strange(name: str, value: object) -> list[str]:
        if isinstance(value, list):
            return [key for each in value if isinstance(each, dict) for key in strange(name, each)]
        if not isinstance(value, dict):
            return []
        here = [f"{name}.{key}" for key in value if key not in allowed[name].split()]
        return here + [key for inner, held in value.items() for key in strange(inner, held)]

    assert {
        "format",
        "plan",
        "sides",
        "agencies",
        "clauses",
        "areas",
        "filings",
        "discrepancies",
        "assumptions",
    } == (PLAN.keys())
    assert [] == [key for name, value in PLAN.items() for key in strange(name, value)]


def test_the_file_uses_no_key_twice() -> None:
    """YAML would silently keep the last one."""
    import yaml

    doubled: list[str] = []
    nodes = [yaml.compose(PLAN_FILE, yaml.BaseLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            doubled += [key for key, count in Counter(keys).items() if count > 1]
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
    assert [] == doubled
