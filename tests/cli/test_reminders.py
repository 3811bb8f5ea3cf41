"""Letters to the units that owe something: who gets one, what stands in it, and that it is what `overdue` answers. Made up."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (the list of letters is a workbook)
from test_letters import lines_of

from conftest import Result
from planledger.plan.days import spoken
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
WOMEN, SCHOOLS = "江海区妇联", "江海区教育局"
PLAN = "《2019年江海区对口大新县粤桂扶贫协作工作方案》"
VILLAGE = """format: 2
plan: {id: jia-2019, title: 甲县2019年清单（虚构）, year: 2019, offices: 甲县办}
sides: [{name: 甲县}]
agencies:
  - {name: 甲县办}
  - {name: 甲县东街街道}
  - {name: 柳林村, side: 甲县, through: 甲县东街街道}
  - {name: 桃林村, side: 甲县, through: 甲县办}
items:
  - {code: "1", title: 修路, text: 修路3公里。, due: 10月, units: 柳林村、桃林村}
  - {code: "2", title: 绿化, text: 绿化两条街。, due: 12月, units: 东街街道}
"""


@pytest.fixture
def office(cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The ledger of 江海区扶贫办 with its telephone, on 5 December."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    monkeypatch.setenv("PLANLEDGER_PHONE", "0750-0000000")
    assert ExitCode.DONE == cli("office", "name", "江海区扶贫办").code
    return cli


def owing(cli: Cli, *words: str) -> dict[str, dict[str, Any]]:
    """What is late by unit, each of its rows by code, as `overdue --json` has it."""
    answer = json.loads(cli("overdue", *words, "--json").out)
    units = {one["agency"]: {i["code"]: i for i in one["items"] if i["owes"]} for one in answer["agencies"]}
    for filing in answer["filings"]:
        for name in filing["agencies"]:
            units.setdefault(name, {})[filing["key"]] = filing
    return {name: items for name, items in units.items() if items}


def test_every_unit_that_owes_gets_one_letter_and_the_other_side_one_for_all(office: Cli, home: Path) -> None:
    """The whole answer; each row and day is that of `overdue`, nobody else is written to, and nothing is stored."""
    assert office("letter", "reminder", "函", "--reply-by", "12-15", "--list", "清单.xlsx") == Result(
        ExitCode.DONE,
        "已写入 函：催办函24份、工作联系函1份，截至2019-12-05，请于2019-12-15前回复；共有100处［请填写］要由本办补上。\n",
        "--reply-by 12-15 读作 2019-12-15。\n",
    )
    late = owing(office)
    del late["江海区扶贫办"]
    own = {name for name in late if name.startswith("江海区")}
    files = {f"{name}-催办函.docx" for name in own} | {"大新县扶贫办-工作联系函.docx"}
    assert files == {path.name for path in (home / "函").iterdir()}
    for name in own:
        lines = lines_of(home / "函" / f"{name}-催办函.docx")
        rows = [code for code in late[name] if code[0].isdigit()]
        assert rows == [
            line.partition("　")[0] for line in lines if "。最后一天" in line and line[0].isdigit()
        ]
        for code in rows:
            (line,) = (line for line in lines if line.startswith(f"{code}　"))
            one = late[name][code]
            assert f"最后一天{spoken(one['last_day'])}，已逾期{one['days_late']}天。" in line
            assert "还缺" in line
    joint = lines_of(home / "函" / "大新县扶贫办-工作联系函.docx")
    table = [line.split("|") for line in joint if line.startswith("大新县") and "|" in line]
    of_others = {name: items for name, items in late.items() if name not in {*own, "大新县扶贫办"}}
    labels = {"archive": "归档资料", "summary": "工作总结"}
    assert {
        (name, labels.get(code, code), str(one["days_late"]))
        for name, items in of_others.items()
        for code, one in items.items()
    } == {(unit, text if code == "报送" else code, days) for unit, code, text, _, days, _ in table}
    listed = [*load_workbook(home / "清单.xlsx").active.iter_rows(values_only=True)]
    assert ("主送单位", "函", "文件") == listed[0][:3]
    assert (
        "江海区妇联",
        "催办函",
        "江海区妇联-催办函.docx",
        "江海区妇联",
        "7.1",
        "归档资料、工作总结",
        35,
        "2019-12-15",
    ) in listed
    assert files == {one[2] for one in listed[1:]}
    assert "还没有催办过。\n" == office("chase", "list").out


def test_the_words_of_a_letter_and_of_the_next_one_which_cites_it(
    office: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole letter, with our contact of `config`; what is recorded is a chase by letter of each unit in it; the same question, the same bytes."""
    done = office("letter", "reminder", "函", "--agency", WOMEN, "--reply-by", "12-15", "--record")
    assert (
        "已写入 函：催办函1份，截至2019-12-05，请于2019-12-15前回复；共有4处［请填写］要由本办补上。\n2019年江海区对口大新县粤桂扶贫协作工作方案\n"
        f"  {WOMEN} 催办（函）：7.1，归档资料、工作总结，请于2019-12-15前回复（第3号记录）\n"
    ) in done.out
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-16")
    assert ExitCode.DONE == office("config", "本办联系人", "试验员").code
    assert ExitCode.DONE == office("letter", "reminder", "再函", "--agency", WOMEN).code
    office("letter", "reminder", "又函", "--agency", WOMEN)
    again = home / "再函" / f"{WOMEN}-催办函.docx"
    assert again.read_bytes() == (home / "又函" / again.name).read_bytes()
    lines = [line for line in lines_of(again) if line]
    assert [
        "［请填写发文字号］",
        "签发人：［请填写签发人］",
        f"关于催办{PLAN}有关事项的函",
        f"{WOMEN}：",
        f"根据{PLAN}，截至2019年12月16日，由贵单位承担的下列事项和报送任务尚未全部登记完成，现函告如下。",
        "本办已于2019年12月5日就其中事项去函（［请填写去函文号］）。",
        "7.1　组织开展助学活动，鼓励社会各界开展社会帮扶活动；推动慈善扶贫，组织和鼓励爱心人士与特困家庭、单身母亲、留守流动儿童等群体结对帮扶。"
        "最后一天2019年10月31日，已逾期46天。还缺：完成情况说明。",
        "报送归档资料，最后一天2019年11月15日，已逾期31天，尚未收到。",
        "报送工作总结，最后一天2019年11月30日，已逾期16天，尚未收到。",
        "请于［请填写回复日期］前将完成情况说明或进展情况函复本办，并报齐所列材料。",
        "联系人：试验员；联系电话：0750-0000000。",
        "特此函告。",
        "江海区扶贫办",
        "［请填写成文日期］",
    ] == _joined_title(lines)[:-1]
    assert "数据截至2019-12-16；台账链首 3:" in lines[-1]
    late = office("letter", "reminder", "逾期函", "--overdue", "--agency", "江海区财政局", "--record")
    assert "江海区财政局 催办（函）：2.5，归档资料、工作总结（第4号记录）" in late.out, "5.1 is in time"


def _joined_title(lines: list[str]) -> list[str]:
    """The lines of a letter, those of its title as one."""
    end = next(place for place, line in enumerate(lines) if line.endswith("的函"))
    return [*lines[:2], "".join(lines[2 : end + 1]), *lines[end + 1 :]]


def test_before_the_last_day_it_is_a_reminder(office: Cli, home: Path) -> None:
    """On 5 December what ends with the year is still in time."""
    done = office("letter", "reminder", "函", "--due-within", "30", "--without", "大新县财政局", "--红头")
    assert "已写入 函：提醒函1份、工作联系函1份，截至2019-12-05" in done.out
    lines = lines_of(home / "函" / "江海区财政局-提醒函.docx")
    assert f"关于提醒办理{PLAN}有关事项的函" in "".join(lines)
    (line,) = (line for line in lines if line.startswith("5.1　"))
    assert "。最后一天2019年12月31日。还缺：" in line
    joint = "".join(lines_of(home / "函" / "大新县扶贫办-工作联系函.docx"))
    assert ("5.1　" in joint, "附件" in joint) == (True, False)  # of that side its office alone is left


def test_a_letter_speaks_of_what_it_asks_for_alone(office: Cli, home: Path) -> None:
    """Of filings alone no report on an item is asked; what the whole row lacks and others report is not the unit's lack."""
    office("record", "7.1", "--done", "--agency", WOMEN, "--on", "2019-10-20")
    office("filing", "record", "archive", "--agency", WOMEN, "--form", "电子", "--on", "2019-11-14")
    office("letter", "reminder", "函", "--agency", f"{WOMEN}、江海区人社局")
    filings, rows = (lines_of(home / "函" / f"{name}-催办函.docx") for name in (WOMEN, "江海区人社局"))
    assert (
        f"根据{PLAN}，截至2019年12月5日，由贵单位承担的下列报送任务尚未全部登记完成，现函告如下。" in filings
    )
    assert "请于［请填写回复日期］前报齐所列材料，或将办理情况函复本办。" in filings
    assert "报送归档资料，最后一天2019年11月15日，已逾期20天，还缺：纸质。" in filings
    (line,) = (line for line in rows if line.startswith("6.1　"))
    assert line.endswith(
        "已逾期5天。还缺：招聘会1期；全项还缺新增转移就业155人、稳定就业未报数，大新县人社局报数；"
        "就读职业学校未报数、毕业学生就业未报数，大新县教育局报数。"
    ), line
    office("record", "6.1", "--fairs", "1", "--on", "2019-10-20")
    office(
        "filing", "record", "archive", "--agency", "江海区人社局", "--form", "纸质,电子", "--on", "2019-11-14"
    )
    office("filing", "return", "江海区人社局", "--because", "缺目录")
    office("letter", "reminder", "再函", "--agency", "江海区人社局")
    lines = lines_of(home / "再函" / "江海区人社局-催办函.docx")
    (line,) = (one for one in lines if one.startswith("6.1　"))
    assert "已逾期5天。全项还缺新增转移就业155人" in line
    assert "报送归档资料，最后一天2019年11月15日，已逾期20天，已退回补正，尚未重新收到。" in lines


def test_of_a_merged_unit_the_letter_names_the_part_that_did_not_answer(office: Cli, home: Path) -> None:
    office("record", "7.1", "--done", "--agency", WOMEN, "--on", "2019-10-20")
    office("agency", "merge", "江海区团委", "--into", WOMEN, "--basis", "无文号")
    office("letter", "reminder", "函", "--agency", WOMEN)
    (line,) = (one for one in lines_of(home / "函" / f"{WOMEN}-催办函.docx") if one.startswith("7.1　"))
    assert line.endswith("还缺：完成情况说明（缺江海区团委）。")


def test_a_unit_is_written_to_through_another_and_the_office_never_to_itself(cli: Cli, home: Path) -> None:
    (home / "村.yaml").write_text(VILLAGE, "utf-8")
    assert ExitCode.DONE == cli("init", "村.yaml", "--office", "甲县办").code
    assert ExitCode.DONE == cli("letter", "reminder", "函", "--record").code
    assert {"甲县东街街道-催办函.docx", "桃林村-催办函.docx"} == {
        path.name for path in (home / "函").iterdir()
    }
    lines = lines_of(home / "函" / "甲县东街街道-催办函.docx")
    assert "经贵单位联系的单位的事项见附件，请转告。" in lines
    assert ["柳林村|1|修路3公里。|2019-10-31|20|完成情况说明"] == [
        line for line in lines if line.startswith("柳林村")
    ]
    assert [] == [line for line in lines if line.startswith("2　")]  # what is not late is not written of
    units = [one["agency"] for one in json.loads(cli("chase", "list", "--json").out)["agencies"]]
    assert ["柳林村", "桃林村"] == units


def test_a_unit_reads_its_own_number_and_not_that_of_all(cli: Cli, home: Path) -> None:
    plan = Path(__file__).parents[1] / "plans" / "quotas.yaml"
    assert ExitCode.DONE == cli("init", str(plan), "--office", "甲县办公室").code
    assert (
        ExitCode.DONE == cli("letter", "reminder", "函", "--agency", "青石镇", "--as-of", "2019-12-05").code
    )
    lines = lines_of(home / "函" / "青石镇-催办函.docx")
    (line,) = (line for line in lines if line.startswith("1　"))
    assert line.endswith("最后一天2019年11月30日，已逾期5天。还缺：新增转移就业80人（贵单位任务80人）。")


def test_of_a_missed_stage_its_units_are_written_to(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last day counts and what it lacks, before that day too; who is not of the stage is in time, and is reminded of the whole later."""
    stages = "[{name: 建成, due: 4月, units: 柳林村}]"
    (home / "村.yaml").write_text(
        VILLAGE.replace("柳林村、桃林村}", f"柳林村、桃林村, stages: {stages}}}"), "utf-8"
    )
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-04-10")
    assert ExitCode.DONE == cli("init", "村.yaml", "--office", "甲县办").code
    assert ExitCode.DONE == cli("letter", "reminder", "早", "--due-within", "30").code
    early = lines_of(home / "早" / "甲县东街街道-提醒函.docx")
    assert "柳林村|1|修路3公里。|2019-04-30||阶段“建成”：完成情况说明" in early
    assert "1 修路，阶段“建成”（2019-04-30，还有20天）" in cli("chase", "--text", "--due-within", "30").out
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-05-10")
    assert ExitCode.DONE == cli("letter", "reminder", "函", "--list", "清单.xlsx").code
    assert ["甲县东街街道-催办函.docx"] == [path.name for path in (home / "函").iterdir()]
    lines = lines_of(home / "函" / "甲县东街街道-催办函.docx")
    assert "柳林村|1|修路3公里。|2019-04-30|10|阶段“建成”：完成情况说明" in lines
    changed = cli("changes", "--since", "2019-05-01", "--csv").out.splitlines()[1:]
    assert ["新逾期,1,修路,逾期10天，还缺阶段“建成”：柳林村申报,柳林村,"] == changed
    assert ExitCode.DONE == cli("letter", "reminder", "提醒", "--due-within", "180").code
    assert {"甲县东街街道-提醒函.docx", "桃林村-提醒函.docx"} == {
        path.name for path in (home / "提醒").iterdir()
    }
    assert "柳林村|1|修路3公里。|2019-10-31||完成情况说明" in lines_of(
        home / "提醒" / "甲县东街街道-提醒函.docx"
    )


def test_a_missed_period_is_asked_for_and_one_that_is_not_over_is_a_reminder(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who owes nothing but the periods of a rhythm is written to, and chased; what has not begun is asked of nobody."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-04-05")
    plan = Path(__file__).parents[1] / "plans" / "rhythms.yaml"
    assert ExitCode.DONE == cli("init", str(plan), "--office", "东湖区政府督查室").code
    cli("record", "1", "--checks", "1", "--agency", "东湖区应急局", "--on", "2022-02-10")
    assert ExitCode.DONE == cli("letter", "reminder", "函", "--overdue").code
    check = "1　应急局和各街道每月开展安全检查，全年不少于24次。最后一天2022年1月31日（最早一期），已逾期64天。还缺：1月、3月的进展情况。"
    assert check in lines_of(home / "函" / "东湖区应急局-催办函.docx")
    (missed,) = (
        one for one in json.loads(cli("overdue", "--json").out)["missed_periods"] if "3月" in one["label"]
    )
    assert ["东湖区应急局"] == missed["agencies"]
    cli("letter", "circular", "通报.docx")
    assert "1 安全检查（每月），漏2期：1月、3月 东湖区应急局。" in lines_of(home / "通报.docx")
    coming = cli("chase", "东湖区应急局", "--due-within", "30", "--text").out
    assert "1 安全检查，4月（2022-04-30，还有25天）、信息报送" in coming
    every = cli("chase", "东湖区应急局", "--text").out
    assert (
        "1 安全检查，1月、3月（最早一期2022-01-31，已过64天）、1 安全检查，4月（2022-04-30，还有25天）、"
        in every
    )
    cli("letter", "reminder", "全", "--agency", "东湖区应急局")
    rows = [line for line in lines_of(home / "全" / "东湖区应急局-催办函.docx") if line.startswith("1　")]
    text = "1　应急局和各街道每月开展安全检查，全年不少于24次。"
    assert [
        f"{text}最后一天2022年1月31日（最早一期），已逾期64天。还缺：1月、3月的进展情况。",
        f"{text}最后一天2022年4月30日。还缺：4月的进展情况。",
        f"{text}完成时限：每月。还缺：安全检查23次。",
    ] == rows
    through = plan.read_text("utf-8").replace(
        "{name: 东湖区应急局}", "{name: 东湖区应急局, through: 东湖区财政局}"
    )
    (home / "新.yaml").write_text(through, "utf-8")
    assert ExitCode.DONE == cli("adopt", "新.yaml").code
    cli("letter", "reminder", "转", "--overdue", "--agency", "东湖区应急局")
    listed = [one.split("|") for one in lines_of(home / "转" / "东湖区财政局-催办函.docx") if "|1|" in one]
    assert [["2022-01-31（最早一期）", "64", "1月、3月的进展情况"]] == [cells[3:] for cells in listed]
    assert "催办（电话）：1、5，" in cli("chase", "东湖区应急局", "--way", "电话").out
    cli("amend", "1", "--cancel", "--because", "停办", "--basis", "无文号")
    assert (
        "安全检查" not in cli("chase", "东湖区应急局", "--text").out
    )  # nothing can be recorded of it any more


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("有了", "已经有 有了，没有覆盖；请换一个名字。\n"),
        ("函.docx", "函.docx 是 Word 文件名，而发函是一家一份；请写一个新文件夹的名字，如 催办函。\n"),
        ("函 --list 有了.xlsx", "已经有 有了.xlsx，没有覆盖；请换一个名字。\n"),
        ("函 --list 清单.csv", "清单.csv 不是 Excel 文件名；请写以 .xlsx 结尾的文件名，如 总表.xlsx。\n"),
        ("函 --agency 江海区扶贫办", "江海区扶贫办 是本办，不用催办自己。\n"),
        ("函 --agency 江海区妇联 --without 江海区妇联", "去掉 --without 的单位以后，没有要发函的单位。\n"),
        ("函 --record --as-of 2019-12-01", "--record 登记的是今天的催办，不能和 --as-of、--known-at 一起写；请去掉一个。\n"),
        ("函 --reply-by 2019-12-01", "--reply-by 2019-12-01 已经过了（今天是 2019-12-05）；请写今天或以后的一天。\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_and_nothing_is_left(
    office: Cli, home: Path, words: str, sentence: str
) -> None:
    (home / "有了").mkdir()
    (home / "有了.xlsx").write_bytes(b"x")
    refused = office("letter", "reminder", *words.split())
    assert (ExitCode.REFUSED, "", sentence) == (refused.code, refused.out, refused.err)
    assert not any((home / name).exists() for name in ("函", "函.docx"))
    assert b"x" == (home / "有了.xlsx").read_bytes()


def test_without_its_name_the_office_writes_no_letter(cli: Cli, home: Path) -> None:
    """To whom a letter goes hangs on whose office it is; the folder is not made."""
    refused = cli("letter", "reminder", "函")
    assert ExitCode.REFUSED == refused.code
    assert "请先登记本办的名称：planledger office name 江海区扶贫办" in refused.err
    assert not (home / "函").exists()


def test_letters_are_gone_again_where_the_chase_is_not_stored(
    office: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planledger.ledger.actions.chasing.chase_units", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        office("letter", "reminder", "函", "--agency", WOMEN, "--list", "清单.xlsx", "--record")
    assert not (home / "函").exists()
    assert not (home / "清单.xlsx").exists()
