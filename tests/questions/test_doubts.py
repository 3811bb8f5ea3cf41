"""What in the data somebody should look at: each rule finds its case with its entries, and lets go when it is settled."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Cli = Callable[..., Result]
SHAPES = Path(__file__).parents[1] / "plans" / "shapes.yaml"
DOUBLE = "江海区卫生健康局", "大新县卫生健康局"


@pytest.fixture
def year(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A made-up year in which every rule has its case, and each has a neighbour that is none."""

    def on(day: str, *lines: str) -> None:
        monkeypatch.setenv("PLANLEDGER_TODAY", day)
        for line in lines:
            assert 0 == cli(*line.split()).code, line

    for name in ("纪要", "名单", "通知", "合同", "名册", "照片"):
        (home / f"{name}.pdf").write_bytes(name.encode())
    on(
        "2019-06-20",
        f"record 4.1 --doctors 2 --agency {DOUBLE[0]} --evidence 名单.pdf",
        f"record 4.1 --doctors 2 --agency {DOUBLE[1]}",
        "record 6.1 --transferred 40 --agency 大新县人社局 --on 2019-06-18",
        "record 6.1 --transferred 38 --agency 江海区人社局 --on 2019-06-18",
        "record 6.1 --fairs 0 --agency 大新县人社局",
        "record 1.3 --meetings 2 --agency 江海区委办 --on 2019-06-01",
        "record 1.3 --meetings 2 --agency 大新县委办 --on 2019-06-01",
        "attach 1.3 通知.pdf --kind 会议材料 --entry 8",
        "attach 1.3 通知.pdf --kind 会议纪要 --entry 8",
        "record 2.2 --trainees 22 --on 2019-06-18",
        "attach 2.2 纪要.pdf",
        "attach 6.2 纪要.pdf",
    )
    on("2019-11-20", "correct 12 --to 19 --because 重复计了3人次", "record 6.2 --classes 1 --on 2019-08-01")
    return cli


def test_each_rule_has_its_findings_with_their_entries(year: Cli) -> None:
    """Equal figures of sides that owe their own, one file for one meeting, a figure of 0, a late correction of an early entry are no findings."""
    year("record", "6.1", "--stable", "9", "--agency", "江海区教育局")
    year("record", "3.1", "--principals", "3", "--agency", "大新县教育局")
    answer = year("doubts", "--csv")
    assert answer._replace(out=answer.out.replace("\r\n", "\n")) == Result(
        0,
        "\ufeff核查内容,编号,事项,内容,责任单位,记录号\n"
        "一份文件证明几件事,2.2、6.2,联合开展干部培训、开展粤桂扶贫协作职业技能培训,纪要.pdf 用在：2.2 佐证材料（2019-06-20）、6.2 佐证材料（2019-06-20）,本办,13、14\n"
        "数字没有材料,1.3,党委召开常委会,常委会：1条记录没有文件，也没有登记另存的材料,大新县委办,9\n"
        "数字没有材料,4.1,开展医疗协作,医务人员：1条记录没有文件，也没有登记另存的材料,大新县卫生健康局,4\n"
        "数字没有材料,6.1,召开招聘会促进贫困人口就业,新增转移就业：1条记录没有文件，也没有登记另存的材料,大新县人社局,5\n"
        "几家单位数字相同,4.1,开展医疗协作,医务人员：江海区卫生健康局、大新县卫生健康局都是2人,江海区卫生健康局、大新县卫生健康局,2、4\n"
        "核对数不一致,3.1,开展教育协作,校长或骨干教师：大新县教育局报3人，报数单位还没有报,大新县教育局,19\n"
        "核对数不一致,6.1,召开招聘会促进贫困人口就业,新增转移就业：江海区人社局报38人，计数的是40人,大新县人社局、江海区人社局,5、6\n"
        "核对数不一致,6.1,召开招聘会促进贫困人口就业,稳定就业：江海区教育局报9人，报数单位还没有报,江海区教育局,18\n"
        "归档期限以后改过,2.2,联合开展干部培训,归档期限2019-11-15，2019-11-20改：冲正第12号：培训人次 -22人次  重复计了3人次；培训人次 +19人次（补录）  更正第12号：重复计了3人次,本办,12、15、16\n"
        "事后很久才登记,6.2,开展粤桂扶贫协作职业技能培训,1条记录在事情发生30天以后才登记，最久的隔了111天,本办,17\n",
        "",
    )
    listed = json.loads(year("doubts", "--json").out)["doubts"]
    assert ("differing_check", ["6.1"], "transferred", [5, 6]) == (
        listed[6]["kind"], listed[6]["codes"], listed[6]["key"], [one["id"] for one in listed[6]["entries"]],
    )  # fmt: skip
    assert [{"agency": "江海区人社局", "total": 38, "counted": 40}] == listed[6]["agencies"]
    assert [{"agency": "大新县教育局", "total": 3, "counted": None}] == listed[5]["agencies"]
    assert "2019-11-15" == listed[8]["archive_day"]


def test_what_is_settled_is_no_finding_any_more(year: Cli) -> None:
    """Each finding goes with what caused it; a correction after the archive's day stays one."""
    for line in (
        "reverse 14 --because 贴错",
        "attach 6.1 合同.pdf",
        "attach 4.1 名册.pdf --kind 名册 --entry 4",
        "correct 4 --to 1 --because 只派1人",
        "attach 1.3 照片.pdf --kind 会议材料 --entry 9",
        "correct 6 --to 40 --because 漏报2人",
        "reverse 17 --because 没有办",
        "reverse 16 --because 没有办",
    ):
        assert 0 == year(*line.split()).code, line
    listed = json.loads(year("doubts", "--json").out)["doubts"]
    assert {"late_correction"} == {one["kind"] for one in listed}
    assert [12, 16, 4, 6, 14, 17] == [
        one["entries"][0]["id"] for one in listed if one["kind"] == "late_correction"
    ]
    assert year("doubts", "--as-of", "2019-05-31").out == "截至2019-05-31：没有要核对的。\n"


def test_a_paper_that_lies_elsewhere_proves_a_figure_of_an_item_that_asks_for_none(
    cli: Cli, home: Path
) -> None:
    """It is recorded under what it is called, for the entry or for the item, as a file would be; one file serves all figures of its line."""
    cli("record", "1.2", "--visits", "1")
    cli("record", "7.1", "--people", "5")
    (home / "名单.pdf").write_bytes(b"1")
    cli("record", "6.1", "--transferred", "5", "--fairs", "1", "--evidence", "名单.pdf")
    cli("correct", "5", "--to", "2", "--because", "漏报")
    assert 2 == len(json.loads(cli("doubts", "--json").out)["doubts"])

    kept = "--ref", "虚构〔2019〕1号", "--held-by", "江海区扶贫办"
    answer = cli("record", "1.2", "--paper", "出访方案", *kept, "--entry", "2")
    assert (0, True) == (answer.code, "材料 出访方案（另存" in answer.out)
    assert 0 == cli("record", "7.1", "--paper", "受助名册", *kept).code
    assert [] == json.loads(cli("doubts", "--json").out)["doubts"]
    assert "出访方案" in cli("missing").out

    for kind, why in (("13800138000的名册", "--paper 里有手机号"), ("长" * 21, "--paper 有21个字")):
        refused = cli("record", "1.2", "--paper", kind, *kept)
        assert (2, True) == (refused.code, refused.err.startswith(why)), refused


def test_a_paper_that_is_asked_for_once_proves_what_it_is_recorded_with(cli: Cli, home: Path) -> None:
    """Wherever it lies, it is the paper of the row too, and says nothing of other figures; so does one that names another entry."""
    (home / "决算.pdf").write_bytes(b"1")
    (home / "补.pdf").write_bytes(b"2")
    assert 0 == cli("init", str(SHAPES), "--ledger", "虚构.db").code
    kept = ("--paper", "决算", "--ref", "无文号", "--held-by", "甲县财政局")
    filed = ("--kind", "决算", "--evidence")
    for paper in (kept, (), (*filed, "决算.pdf"), (*filed, "补.pdf", "--entry", "4")):
        assert (
            0
            == cli(
                "record", "9", "--spent", "1", "--agency", "甲县财政局", *paper, "--ledger", "虚构.db"
            ).code
        )
    (one,) = json.loads(cli("doubts", "--json", "--ledger", "虚构.db").out)["doubts"]
    assert ("unproven_figure", [7]) == (one["kind"], [entry["id"] for entry in one["entries"]])
    missing = json.loads(cli("missing", "--json", "--ledger", "虚构.db").out)["missing"]
    assert "9" not in {paper["code"] for paper in missing}


def test_of_an_entry_that_was_corrected_the_first_one_says_how_late_it_came(
    year: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-29")
    for line in ("correct 17 --to 2 --because 漏报", "correct 19 --to 3 --because 又漏报"):
        assert 0 == year(*line.split()).code, line

    assert year("doubts", "--csv").out.rstrip().endswith("最久的隔了111天,本办,21")


def test_a_unit_that_was_merged_is_found_by_the_name_under_which_it_reported(year: Cli) -> None:
    """What it reported before, as a check, is listed with its entry."""
    for line in (
        "record 3.1 --principals 4",
        "record 3.1 --principals 3 --agency 江海区人社局 --any-agency",
        "agency merge 江海区人社局 --into 江海区教育局 --basis 无文号",
    ):
        assert 0 == year(*line.split()).code
    listed = json.loads(year("doubts", "--json").out)["doubts"]
    (one,) = (one for one in listed if (one["kind"], one["codes"]) == ("differing_check", ["3.1"]))
    assert [18, 19] == [entry["id"] for entry in one["entries"]]
    year(
        "record", "3.1", "--principals", "1", "--agency", "大新县教育局"
    )  # the checks are the parts of the whole
    listed = json.loads(year("doubts", "--json").out)["doubts"]
    assert [] == [one for one in listed if (one["kind"], one["codes"]) == ("differing_check", ["3.1"])]
