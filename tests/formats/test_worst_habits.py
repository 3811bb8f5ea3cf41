"""The forms of three made-up units, filled in their worst habits in a real LibreOffice: what is read, what is refused, who said so."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

TESTS = Path(__file__).parents[1]
BRIDGE = Path(
    "/usr/bin/python3"
)  # the Python of the system has the bridge to LibreOffice, where it is installed
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        not shutil.which("soffice")
        or not BRIDGE.exists()
        or subprocess.run([BRIDGE, "-c", "import uno"], check=False, capture_output=True).returncode != 0,
        reason="no LibreOffice that can be led",
    ),
]
Cli = Callable[..., Result]
FORM = "填报表"
BUREAU, FARMS, TOWN = "甲县人社局", "甲县农业局", "青石镇"
LOOSE = {  # full-width digits, a remark, a range, strokes, words; saved as .xls and back, coloured, under another name
    "I5": "１期", "J5": "６．１８", "L5": "已办招聘会", "M5": "/", "N5": "、",
    "I6": "４０人（含脱贫户12人）", "J6": "6月10日-6月20日", "O6": "签到表",
    "I7": "/", "J7": "—", "I8": "无", "L9": "暂无",
    "I12": "试某某", "J12": "某某某", "K12": "试验员", "L12": "0750-1234567", "M12": "7月1日", "N12": "（盖章）",
}  # fmt: skip
SORTED = {  # then sorted backwards by the last column, with rows put in, a filter, a sheet of its own, pasted details
    "I5": "2", "J5": "6.18", "I6": "30名", "J6": "6月20日", "I7": "1234.5", "J7": "2019-6-28",
    "K9": "是", "J9": "20190630", "L9": "已宣传", "K12": "某某某", "L12": "13900000009", "M12": "2019/7/1",
}  # fmt: skip
WRONG = {
    "A2": "填报单位：青石镇（盖章）　　　填报期：2019年7月",
    "I5": "约2", "J5": "昨天", "I6": "同上", "J6": "15", "I7": "见明细", "J7": "6.1", "L7": "/",
    "I12": "镇长", "J12": "同上", "K12": "试*员", "L12": "7500000000", "M12": "某天",
}  # fmt: skip


READ_LOOSELY = [
    "人社局6月（终稿）.xlsx  甲县人社局 2019-06：新增6条，变更0条，未变0条",
    "  行数5＝采纳4＋空白1＋退回0",
    "  注意：填报表!M12 “7月1日”读作 2019-07-01。",
    "  注意：填报表!N12 是盖章的地方，里面的内容没有读取。",
    "  注意：填报表!M5 “/”按未填（不适用）。",
    "  注意：填报表!N5 “、”按未填（不适用）。",
    "  注意：填报表!J5 “６．１８”读作 2019-06-18。",
    "  注意：填报表!I5 “１期”读作 1期。",
    "  注意：填报表!J6 “6月10日-6月20日”读作 2019-06-20。",
    "  注意：填报表!I6 “４０人（含脱贫户12人）”读作 40人。",
    "  注意：填报表!I7 “/”按未填（不适用）。",
    "  注意：填报表!J7 “—”按未填（不适用）。",
    "  注意：填报表!I8 “无”读作 0户。",
    "  注意：填报表!I8 “无”没有写发生日期，记在 2019-06-30。",
    "  注意：“佐证材料”栏的文字只记作说明，不算已交的材料（1）；要算数请登记，例如 "
    "planledger record 1 --paper 佐证材料 --ref 文号 --held-by 单位 --agency 甲县人社局。",
    "  已登记（第2号至第7号记录）。",
]
READ_SORTED = [
    "农业局.xlsx  甲县农业局 2019-06：新增8条，变更0条，未变0条",
    "  行数7＝采纳6＋空白1＋退回0",
    "  注意：填报表第5行筛选时隐藏了，照样读取；请核对。",
    "  注意：填报表第6行筛选时隐藏了，照样读取；请核对。",
    "  注意：填报表第10行筛选时隐藏了，照样读取；请核对。",
    "  注意：填报表!J8 “6.18”读作 2019-06-18。",
    "  注意：填报表!J6 “6月20日”读作 2019-06-20。",
    "  注意：填报表!I6 “30名”读作 30人。",
    "  注意：明细!E3 “/”按未填（不适用）。",
    "  注意：明细!D3 “6.25”读作 2019-06-25。",
    "  注意：明细!E9 “/”按未填（不适用）。",
    "  注意：明细!D9 “6.25”读作 2019-06-25。",
    "  注意：“填报表”的行挪动过，按每一行的序号和指标读；请核对。",
    "  注意：工作表“花名册”里写的没有读取；要报的请写进“填报表”。",
    "  已登记（第8号至第15号记录）。",
]
REFUSED = [
    "镇.xlsx  青石镇 2019-06：新增0条，变更0条，未变0条",
    "  行数5＝采纳0＋空白1＋退回4",
    "  填报表!A2 “填报单位：青石镇（盖章）　　　填报期：2019年7月”：发出的表上是“填报单位：青石镇 填报期：2019年6月”；要报别的单位或月份的，请用 planledger template 发那一份表填，没有要改的请先撤销工作表保护（没有密码），改回。",
    "  填报表!I7 “I7:I8”：这几格合并成了一格；请先撤销工作表保护（没有密码），取消合并再填。",
    "  填报表!A20 “1”：表外的行不会被读取；请把内容写进表里，先撤销工作表保护（没有密码），把这里清空。",
    "  填报表!I11 “镇长”：不是姓名；请写这个人的姓名，不写职务、单位或“同上”。",
    "  填报表!J11 “同上”：不是姓名；请写这个人的姓名，不写职务、单位或“同上”。",
    "  填报表!K11 “试*员”：打了码；请写全名。",
    "  填报表!L11 “7500000000”：少了区号前面的0，像是 0750-0000000；请核对后写全。",
    "  填报表!M11 “某天”：看不懂；请写成 年-月-日，如 2019-06-18。",
    "  填报表!J5 “昨天”：“昨天”要看是哪一天写的；请写成 年-月-日，如 2019-06-18。",
    "  填报表!I5 “约2”：数量“约2”不是准确数；请填准确数，例如 40。",
    "  填报表!J6 “1900-01-15”：这里只填了数 15；请写成 年-月-日，如 2019-06-15。",
    "  填报表!I6 “同上”：数量“同上”不是准确数；请填准确数，例如 40。",
    "  填报表!J7 “6.1”：表格把 6.10 也记成 6.1，分不清是6月1日还是6月10日；请写成 2019-06-01 或 2019-06-10。",
    "  填报表!I7 “见明细”：数量“见明细”不是数；数填在“明细”里的，这一格空着。",
    "  填报表!A9：这一行应是 10.1，行被改动或删除过；请用原表重填。",
    "  注意：填报表!L7 “/”按未填（不适用）。",
    "  有15处问题，整份未登记。",
]
STORED = [
    ("sender", None, None, "2019-07-01", "", None),
    ("amount", "1", 1, "2019-06-18", "", 2),
    ("report", "1", None, "2019-06-18", "", 2),
    ("amount", "1", 40, "2019-06-20", "含脱贫户12人；6月10日-6月20日；佐证材料：签到表", 2),
    ("amount", "10", 0, "2019-06-30", "", 2),
    ("report", "10.1", None, "2019-06-30", "", 2),
    ("sender", None, None, "2019-07-01", "", None),
    ("amount", "1", 2, "2019-06-18", "", 8),
    ("amount", "1", 30, "2019-06-20", "", 8),
    ("amount", "10", 1234.5, "2019-06-28", "", 8),
    ("declaration", "10.1", None, "2019-06-30", "", 8),
    ("report", "10.1", None, "2019-06-30", "", 8),
    ("amount", "10", 3, "2019-06-25", "", 8),
    ("amount", "10", 5, "2019-06-25", "", 8),
]
PEOPLE = [
    ("试某某", "某某某", "试验员", "0750-1234567", "2019-07-01"),
    (None, None, "某某某", "13900000009", "2019-07-01"),
]


@pytest.fixture
def sent(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The forms of June, filled in and come back on 2 July."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-07-02")
    assert 0 == cli("adopt", str(TESTS / "plans" / "habits.yaml")).code
    for unit in (BUREAU, FARMS, TOWN):
        assert 0 == cli("template", "--agency", unit, "--period", "2019-06", "-o", f"{unit}.xlsx").code
    old = str(home / "人社局6月.xls")
    steps = [
        ["open", str(home / f"{BUREAU}.xlsx")],
        ["type", FORM, LOOSE],
        ["color", FORM, "A5:O6", 0xFFFF00],
        ["save", old],
        ["reopen", old],
        ["save", str(home / "人社局6月（终稿）.xlsx")],
        ["reopen", str(home / f"{FARMS}.xlsx")],
        ["type", FORM, SORTED],
        ["sort", FORM, "A5:O9", 3],
        ["insert_rows", FORM, 7, 1],
        ["insert_rows", FORM, 11, 2],
        ["type", "明细", {"A3": "10", "B3": "带动农户", "C3": "3", "D3": "6.25", "E3": "/"}],
        ["copy", "明细", "A3:F3", "A9"],
        ["type", "明细", {"C9": "5"}],
        ["filter", FORM, "A4:O10", 3, "招聘会"],
        ["add_sheet", "花名册"],
        ["type", "花名册", {"A1": "姓名"}],
        ["save", str(home / "农业局.xlsx")],
        ["reopen", str(home / f"{TOWN}.xlsx")],
        ["type", FORM, WRONG],
        ["merge", FORM, "I7:I8"],
        ["delete_rows", FORM, 9, 1],
        ["copy", FORM, "A5:O5", "A20"],
        ["save", str(home / "镇.xlsx")],
    ]
    line = [BRIDGE, TESTS / "libreoffice_steps.py", home / "profile"]
    subprocess.run(line, input=json.dumps(steps), text=True, check=True, capture_output=True, timeout=300)
    return home


def stored(cli: Cli) -> list[tuple[object, ...]]:
    entries = json.loads(cli("history", "--json", "--full").out)["entries"][::-1]
    shown = ("kind", "code", "amount", "dated", "note", "sent_by")
    return [tuple(one[name] for name in shown) for one in entries if one["kind"] != "adoption"]


def lines(answer: Result) -> list[str]:
    return answer.out.replace("\n    ", "").splitlines()


def test_what_three_units_filled_in_their_worst_habits_is_read_or_refused_cell_by_cell(
    cli: Cli, sent: Path
) -> None:
    answer = cli("import", "人社局6月.xls")
    assert (
        5,
        [
            "人社局6月.xls 是旧格式（.xls、.et）；请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再导入。未登记。"
        ],
    ) == (
        answer.code,
        lines(answer),
    )
    answer = cli("import", "人社局6月（终稿）.xlsx")
    assert (0, READ_LOOSELY) == (answer.code, lines(answer))
    answer = cli("import", "农业局.xlsx")
    assert (0, READ_SORTED) == (answer.code, lines(answer))
    answer = cli("import", "镇.xlsx")
    assert (5, REFUSED) == (answer.code, lines(answer))
    assert STORED == stored(cli)
    people = [
        one["sender"]
        for one in json.loads(cli("history", "--json", "--full").out)["entries"]
        if one["kind"] == "sender"
    ]
    assert PEOPLE == [tuple(person.values()) for person in people[::-1]]
    assert "没有新增内容。" in cli("import", "农业局.xlsx").out
