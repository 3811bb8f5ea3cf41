"""Official papers on a plan: what they say is what the answers of the same moment say, and which entries stand behind it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result

Cli = Callable[..., Result]
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案"
REPORTS = (
    ("2019-09-10", "大新县人社局", "--progress 摸底完毕 --problem 九月的问题"),
    ("2019-11-05", "大新县人社局", "--progress 已摸底320户 --problem 部分劳动力不愿外出 --next 上门动员。"),
    ("2019-11-06", "大新县人社局", "--progress 记错的话"),
    ("2019-10-08", "江海区人社局", "--progress 已衔接 --problem 报过又没有了的问题"),
    ("2019-11-09", "江海区人社局", "--nothing"),
)


@pytest.fixture
def used(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over a made-up year with reports in words, on 5 December."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    for day, agency, words in REPORTS:
        assert 0 == cli("report", "6.1", "--agency", agency, "--on", day, *words.split()).code
    number = asked(cli, "history", "--limit", "3")["entries"][-1]["id"]
    assert 0 == cli("reverse", str(number), "--because", "记错了").code
    return cli


def asked(cli: Cli, *words: str) -> Any:
    return json.loads(cli(*words, "--json").out)


def lines_of(file: Path) -> list[str]:
    """The texts of a paper, those of a table cell by cell with | between them."""
    from docx import Document
    from docx.table import Table

    lines = []
    for part in Document(str(file)).iter_inner_content():
        if isinstance(part, Table):
            lines += ["|".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    return [line.replace("\u200b", "") for line in lines]  # where a list of numbers may break


def written(cli: Cli, home: Path, kind: str, *words: str) -> list[str]:
    done = cli("letter", kind, "文.docx", "--force", *words)
    assert (0, "") == (done.code, done.err)
    return lines_of(home / "文.docx")


def with_target(indicator: dict[str, Any]) -> str:
    """A figure of the JSON as a paper says it."""
    words = {"at_least": "不少于", "about": "", "none": ""}
    total, unit = indicator["total"], indicator["unit"]
    number = f"{total:,.2f}" if isinstance(total, float) else str(total)
    amount = "未报数" if total is None else f"{number}{unit}"
    promised = (
        f"（目标{words[indicator['comparison']]}{indicator['target']}{unit}）" if indicator["target"] else ""
    )
    return f"{indicator['label']}{amount}{promised}"


def test_every_figure_is_that_of_the_json_of_the_same_moment(used: Cli, home: Path) -> None:
    """The rows whose last day is over add up, those too that were closed out and are to be looked at again."""
    used("record", "6.2", "--classes", "1", "--agency", "大新县人社局", "--on", "2019-11-08")  # it is closed
    lines = written(used, home, "circular")
    text = "\n".join(lines)
    items, late = asked(used, "status")["items"], asked(used, "overdue")
    (plan,) = asked(used, "status", "--all-plans")["plans"]
    assert f"共有具体事项{plan['rows']}项。截至2019年12月5日，" in text
    counts = dict(
        re.findall(
            r"(临期|逾期|已完成|已销号)(\d+)项", text.partition("共有具体事项")[2].partition("。最")[0]
        )
    )
    words = {"临期": "due_soon", "逾期": "overdue", "已完成": "done", "已销号": "closed"}
    assert {word: str(plan[key]) for word, key in words.items()} == counts
    assert (
        f"已过的{late['due']}项中，已完成{late['done']}项（其中逾期完成{late['done_late']}项），须复核1项，逾期{late['overdue']}项。"
        in text
    )
    assert late["due"] == late["done"] + late["overdue"] + late["to_review"]
    assert f"须复核1项，逾期{late['overdue']}项，" in used("overdue").out
    for item in items:
        (line,) = (line for line in lines if line.startswith(f"{item['code']} {item['title']}："))
        for one in item["indicators"]:
            shown = (
                with_target(one)
                if one["scope"] == "whole"
                else "、".join(f"{side}{total}{one['unit']}" for side, total in one["by_side"].items())
            )
            assert shown in line or (not one["total"] and not one["target"]), (line, shown)
    for area in asked(used, "status", "--sum-by", "area")["sums"]:
        place = lines.index(
            next(line for line in lines if line.endswith(f"）{area['name'].partition(' ')[2]}"))
        )
        assert lines[place + 1].startswith(f"共{area['rows']}项，")


def test_the_entries_in_the_annex_add_up_to_the_figures(used: Cli, home: Path) -> None:
    used("record", "6.1", "--transferred", "137", "--agency", "大新县人社局", "--on", "2019-11-08")
    used("record", "6.1", "--transferred", "68", "--agency", "江海区人社局", "--on", "2019-11-08")  # 核对数
    used("amend", "6.1", "--due", "2019-12-31", "--because", "延期", "--basis", "无文号")
    lines = written(used, home, "circular")
    entries = {one["id"]: one for one in asked(used, "history", "--limit", "1000")["entries"]}
    items = {one["code"]: one for one in asked(used, "status")["items"]}
    summed = 0
    for line in lines[lines.index("编号|内容|台账记录号") + 1 : -2]:
        code, what, numbers = line.split("|")
        behind = [entries[int(number)] for number in re.findall(r"\d+", numbers)]
        assert not any(one["reversed_by"] or one["reverses"] for one in behind)
        assert {code} == {one["code"] or "" for one in behind}
        figures = {one["label"]: one for one in items[code]["indicators"]} if code else {}
        figure = next((one for label, one in figures.items() if what.startswith(label)), None)
        if figure and figure["measure"] == "flow":
            assert figure["total"] == sum(one["amount"] for one in behind)
            summed += len(behind)
    assert summed >= 10
    assert any(line.startswith("6.1|新增转移就业177人") for line in lines)
    assert f"6.1|调整|第{max(entries)}号" in lines
    assert any(line.startswith("归档资料应于2019年11月15日以前报送，尚未报齐，未交：") for line in lines)


def test_words_are_the_units_own_of_the_last_month_in_which_each_spoke(used: Cli, home: Path) -> None:
    """A month in which a unit had nothing to report ends what it said before; what was reversed is not repeated."""
    lines = written(used, home, "circular")
    assert "6.1 召开招聘会促进贫困人口就业（大新县人社局，11月）：部分劳动力不愿外出。" in lines
    assert "6.1 召开招聘会促进贫困人口就业（大新县人社局，11月）：上门动员。" in lines
    assert any(
        line.startswith("6.1") and line.endswith("。大新县人社局，11月：已摸底320户。") for line in lines
    )
    assert not re.search("九月|记错的话|又没有了|已衔接", "\n".join(lines))
    assert not [line for line in lines if line.startswith("6.1|江海区人社局填报的进展情况")]
    january = "\n".join(written(used, home, "briefing", "--as-of", "2020-01-10"))
    assert "（大新县人社局，2019年11月）：部分劳动力不愿外出。" in january
    assert "部分劳动力不愿外出" not in "\n".join(written(used, home, "monthly", "--month", "2019-12"))
    october = written(used, home, "monthly", "--month", "2019-10")
    assert f"《{TITLE}》2019年10月工作月报" == "".join(october[2:4])
    assert "6.1 召开招聘会促进贫困人口就业（江海区人社局）：报过又没有了的问题。" in october
    assert "数据截至2019-10-31；" in october[-1]
    assert "［请填写下一步工作］" in october


def test_a_word_for_nothing_is_no_problem_and_no_step_and_the_gap_stays(used: Cli, home: Path) -> None:
    """The office writes the section itself; the ledger and the list of reports keep what the unit wrote."""
    for code, unit, words in (
        ("2.3", "大新县人社局", "--progress 已选派 --problem 无 --next /"),
        ("6.1", "大新县人社局", "--progress 已摸底 --problem 暂无困难 --next —"),
        ("6.2", "大新县人社局", "--progress 暂无 --problem 没有 --next 十二月开班"),
    ):
        done = used("report", code, "--agency", unit, "--on", "2019-12-01", *words.split())
        assert 0 == done.code, done
    for kind, *month in (["circular"], ["summary"], ["monthly", "--month", "2019-12"], ["briefing"]):
        lines = written(used, home, kind, *month)
        head = next(place for place, line in enumerate(lines) if line.endswith("、存在问题"))
        assert "［请填写存在问题］" == lines[head + 1], kind
    lines = written(used, home, "monthly", "--month", "2019-12")
    head = lines.index("四、下一步工作")
    assert "6.2 开展粤桂扶贫协作职业技能培训（大新县人社局）：十二月开班。" == lines[head + 1]
    assert lines[head + 2][:4] != "2.3 "
    assert not any(line.endswith("大新县人社局：暂无。") for line in lines)
    kept = asked(used, "reports", "--month", "2019-12")
    assert "暂无困难" in json.dumps(kept, ensure_ascii=False)


def test_what_may_be_counted_twice_and_a_missed_milestone_are_not_passed_over(used: Cli, home: Path) -> None:
    used("record", "2.2", "--trainees", "26", "--agency", "江海区委组织部", "--on", "2019-11-06")
    used("record", "2.2", "--trainees", "26", "--agency", "大新县委组织部", "--on", "2019-11-06")
    lines = written(used, home, "circular")
    doubt = "［请填写核对结果：培训人次不止一方报了，可能是同一批人或同一件事，请核对口径］。"
    assert any(line.startswith("2.2") and line.endswith(doubt) for line in lines)
    assert any(line.startswith("3.1 ") and "节点未达：上半年选派3名老师。" in line for line in lines)


def test_late_rows_stand_in_the_order_of_the_plan_with_those_who_owe_them(used: Cli, home: Path) -> None:
    lines = written(used, home, "briefing")
    start = lines.index("编号|事项|最后一天|还缺|未了的单位") + 1
    rows = [line.split("|") for line in lines[start : lines.index("三、存在问题")]]
    items = asked(used, "overdue", "--by", "item")["items"]
    expected = {
        item["code"]: (
            f"{item['last_day']}，逾期{item['days_late']}天",
            {d["agency"] for d in item["duties"] if d["owes"]},
        )
        for item in items
    }
    assert expected == {code: (late, set(owing.split("、"))) for code, _, late, _, owing in rows}
    order = [item["code"] for item in asked(used, "status")["items"] if item["code"] in expected]
    assert order == [code for code, *_ in rows]
    lacks = {code: lack for code, _, _, lack, _ in rows}
    assert "大新县常委会2次、" in lacks["1.3"]
    assert "完成情况说明" == lacks["1.1"]
    assert "［请填写提请研究事项］" in lines


def test_the_summary_of_one_unit_is_its_own(used: Cli, home: Path) -> None:
    lines = written(used, home, "summary", "--agency", "大新县人社局")
    assert "大新县人社局" == lines[lines.index("［请填写成文日期］") - 1]
    assert {"2.3", "6.1", "6.2"} == {line.split()[0] for line in lines if re.match(r"\d\.\d ", line)}
    (row,) = (line for line in lines if line.startswith("6.1 召开招聘会促进贫困人口就业：逾期"))
    assert "本单位还缺：新增转移就业115人（本单位报数）" in row
    assert row.endswith("。11月：已摸底320户。")  # 下月 in words of another month is not the next one
    assert "6.1 召开招聘会促进贫困人口就业（11月）：上门动员。" in lines
    own_month = written(used, home, "summary", "--agency", "大新县人社局", "--as-of", "2019-11-30")
    assert "6.1 召开招聘会促进贫困人口就业：上门动员。" in own_month
    assert not any("报送" in line for line in lines)


def test_a_paper_is_the_same_file_for_the_same_question_and_is_proven_by_its_head(
    used: Cli, home: Path
) -> None:
    first = written(used, home, "circular", "--red-head")
    data = (home / "文.docx").read_bytes()
    written(used, home, "circular", "--red-head")
    assert data == (home / "文.docx").read_bytes()
    head = first[-1].partition("链首 ")[2].rstrip("。")
    used("record", "6.1", "--transferred", "1", "--agency", "大新县人社局")
    assert 0 == used("verify", "--against", head).code
    before = written(used, home, "briefing", "--known-at", "2019-12-04")[-1]
    assert before.startswith("数据截至2019-12-05（只计2019-12-04 23:59以前登记的）；台账链首 ")
    assert head not in before


def test_the_answer_counts_what_the_office_fills_in(used: Cli, home: Path) -> None:
    done = used("公文", "汇报", "汇报.docx")
    count = "\n".join(lines_of(home / "汇报.docx")).count("［请填写")
    assert (
        f"已写入 汇报.docx：汇报（送审稿），截至2019-12-05；有{count}处［请填写］要由本办补上。\n" == done.out
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("circular ", "没有写文件名；请写以 .docx 结尾的文件名，如 通报.docx。\n"),
        ("circular 通报.doc", "通报.doc 不是 Word 文件名；请写以 .docx 结尾的文件名，如 通报.docx。\n"),
        (
            "summary 总结.docx --agency 人社局",
            "人社局 有2家，请写明是哪一家：江海区人社局、大新县人社局。\n",
        ),
        (
            "monthly 新.docx --month 12月 --as-of 2019-10-05",
            "--month 12月：2019-12 在 2019-10-05 还没有开始，没有可写的；请写已经开始的月份，如 2019-10。\n",
        ),
        (
            "briefing 有了.docx",
            "已经有 有了.docx，没有覆盖；请换一个文件名，要替换请运行：planledger letter briefing 有了.docx --force\n",
        ),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    cli: Cli, home: Path, ledger: Path, words: str, sentence: str
) -> None:
    (home / "有了.docx").write_bytes(b"x")
    done = cli("--ledger", str(ledger), "letter", *words.split(" "))
    assert (2, "", sentence) == (done.code, done.out, done.err.replace(f" --ledger {ledger}", ""))
    assert [b"x"] == [file.read_bytes() for file in home.glob("*.doc*")]


def test_a_plan_without_areas_has_its_rows_in_one_list_with_what_each_unit_owes(cli: Cli, home: Path) -> None:
    plan = Path(__file__).parents[1] / "plans" / "quotas.yaml"
    assert 0 == cli("init", str(plan), "--ledger", "分解.db").code
    lines = written(cli, home, "circular", "--ledger", "分解.db", "--as-of", "2019-07-05")
    start = lines.index("二、各项重点工作进展")
    assert (
        lines[start + 2]
        == "2 各建一个站：逾期5天。服务站0个（目标每家不少于1个）；差错未报数（目标每家不超过2次）。"
    )
    own = written(cli, home, "summary", "--ledger", "分解.db", "--as-of", "2019-07-05", "--agency", "青石镇")
    (row,) = (line for line in own if line.startswith("1 转移就业："))
    assert "新增转移就业0人（目标不少于80人）。本单位还缺：新增转移就业80人（本单位任务80人）。" in row


def test_what_is_late_by_a_stage_has_its_day_and_its_words_and_is_counted_apart(cli: Cli, home: Path) -> None:
    """Paper, page and `overdue` say the same of it: the day, what the stage lacks, who owes that; no number is above its sum."""
    plan = Path(__file__).parents[1] / "plans" / "shapes.yaml"
    assert 0 == cli("init", str(plan), "--ledger", "形态.db").code
    of_day = ("--ledger", "形态.db", "--as-of", "2019-12-20")
    late = asked(cli, "overdue", *of_day)
    assert (10, 0, 11, 1) == (late["due"], late["done"], late["overdue"], late["overdue_by_stages"])
    assert "，逾期11项（其中阶段未达1项），" in cli("overdue", *of_day).out.replace("\n", "")
    lines = written(cli, home, "circular", *of_day)
    assert "最后一天已过的10项中，已完成0项，逾期10项；另有1项阶段未达。" in "".join(lines)
    assert "8|没有期限|2019-03-31，逾期264天|阶段“查一遍”：检查2次|甲县财政局" in lines
    assert "1|至少十人|2019-05-31，逾期203天|人数10人、走访未报数|甲县财政局" in lines
    assert (
        "简报（每季度末月25日前）有3期尚未报齐。一季度、二季度、三季度：甲县财政局、乙区财政局、甲县教育局、乙区教育局。"
        in lines
    )
    early = "".join(written(cli, home, "circular", "--ledger", "形态.db", "--as-of", "2019-04-05"))
    assert "，逾期1项。有1项阶段未达。" in early, "no last day has passed of which anything is to be counted"
    assert 0 == cli("archive", "handover", "交接.docx", *of_day).code
    assert "13|每季度一次|每季度末月20日前，未启动|巡查未报数|甲县财政局" in lines_of(home / "交接.docx")
    assert 0 == cli("page", "看板.html", *of_day).code
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", (home / "看板.html").read_text("utf-8"))
    start = cells.index("没有期限")
    assert ["2019-03-31", "264天", "阶段“查一遍”：检查2次", "甲县财政局"] == cells[start + 1 : start + 5]


def test_a_limit_is_called_one_and_a_filing_is_not_filed_twice(cli: Cli, home: Path) -> None:
    """Of a number that is not to be exceeded nobody has a 任务, and it is no 0 before somebody reports it; a filing whose name says 报送 needs no second one."""
    plans = Path(__file__).parents[1] / "plans"
    assert 0 == cli("init", str(plans / "shapes.yaml"), "--ledger", "形态.db").code
    shown = cli("overdue", "--agency", "甲县教育局", "--as-of", "2019-12-20", "--ledger", "形态.db").out
    assert "投诉未报数（本单位上限3次）" in re.sub(r"\s+", "", shown)
    assert "投诉 未报（每家≤3次）" in cli("show", "11", "--as-of", "2019-12-20", "--ledger", "形态.db").out
    lines = written(cli, home, "circular", "--ledger", "形态.db", "--as-of", "2019-12-20")
    assert any(line.startswith("3 花费有上限：") and "花费未报数（目标不超过5元）" in line for line in lines)
    cli("record", "8", "--差错", "0", "--agency", "甲县财政局", "--on", "2019-03-01", "--ledger", "形态.db")
    shown = json.loads(cli("show", "8", "--as-of", "2019-12-20", "--ledger", "形态.db", "--json").out)
    assert {"甲县": 0, "乙区": None} == shown["items"][0]["indicators"][0]["by_side"]
    for unit in ("甲县财政局", "乙区财政局"):
        cli("record", "9", "--支出", "3", "--agency", unit, "--on", "2019-06-01", "--ledger", "形态.db")
    assert "，未超上限\n" in cli("show", "9", "--as-of", "2019-12-20", "--ledger", "形态.db").out
    assert 0 == cli("init", str(plans / "rhythms.yaml"), "--ledger", "节奏.db").code
    lines = written(cli, home, "circular", "--ledger", "节奏.db", "--as-of", "2022-02-10")
    assert "|信息报送（1月）|无记录" in lines


def test_the_summary_of_a_unit_that_did_its_part_says_of_the_rows_and_of_it_what_is_true(
    used: Cli, home: Path
) -> None:
    for unit, late, own in (("江海区妇联", 1, 0), ("江海区工商联", 4, 3)):
        lines = written(used, home, "summary", "--agency", unit)
        assert f"逾期{late}项，其中本单位未了{own}项。" in lines[lines.index("一、总体情况") + 1]
    used("record", "1.5", "--done", "--on", "2019-11-20")
    lines = written(used, home, "summary", "--agency", "江海区委办")
    assert "逾期4项（其中只缺材料1项），其中本单位未了4项。" in lines[lines.index("一、总体情况") + 1]
    (row,) = (
        one
        for one in written(used, home, "summary", "--agency", "江海区教育局")
        if one.startswith("6.1") and "逾期" in one
    )
    assert "。全项还缺新增转移就业115人，" in row
    assert "本单位还缺" not in row


def test_a_unit_without_a_part_in_the_plan_has_no_summary(used: Cli, home: Path) -> None:
    used("amend", "7.1", "--drop-agency", "大新县妇联", "--because", "撤并", "--basis", "无文号")
    done = used("letter", "summary", "文.docx", "--agency", "大新县妇联")
    assert (2, "大新县妇联 没有承担方案的事项，没有可写的；请换一家单位。\n") == (done.code, done.err)
    assert not (home / "文.docx").exists()


def test_without_the_extra_one_sentence_says_how_to_get_it(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planledger.formats.letter.word_file.find_spec", lambda _name: None)
    done = cli("letter", "circular", "通报.docx")
    assert (2, "这台电脑没有装写 Word 文件的部分；请运行 pip install 'planledger[word]'。\n") == (
        done.code,
        done.err,
    )


def test_without_a_ledger_a_paper_says_so(cli: Cli, home: Path) -> None:
    assert 0 == cli("letter", "circular", "文.docx").code
    lines = lines_of(home / "文.docx")
    assert "数据截至2019-11-20；尚无台账，没有链首。" == lines[-1]
    assert "［请填写发文机关］" in lines
    assert 0 == cli("page", "看板.html").code
    page = (home / "看板.html").read_text("utf-8")
    assert "截至2019-11-20</p>" in page, "a head that no ledger has"
    assert "编号|内容|台账记录号" in lines
