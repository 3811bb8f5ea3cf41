"""How each kind is worded, word for word: its reply, its line in a list, what JSON says of it alone, its head in an archive."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from test_every_kind import STORIES, form, wide  # noqa: F401  (fixtures)

from conftest import Result
from planledger.formats.archive.lists import supplement_head
from planledger.formats.entry_wording import WORDING, load_wording
from planledger.plan.model.entry_kinds import OF_UNITS
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import ExitCode
from planledger.questions.receipt import Draft

Cli = Callable[..., Result]
OFFICE = "粤桂扶贫协作领导小组办公室"
PEOPLE = "单位负责人某**，审核人试**，填表人填**，联系电话139****0009，填报日期2019-11-20"
SHA = "a009e1ec8fdfb338617a2ac8dcacd253b03975278c3a1f92bb5648201c0825a1"


class Words(NamedTuple):
    """How the newest entry of the story of one kind is worded."""

    reply: str  # the line of the reply that tells of the entry, without its number
    line: str  # in a list of entries
    content: str = ""  # in a column of its own
    head: str = "其他新增记录"
    fields: dict[str, object] = {}  # noqa: RUF012  (never written to)
    where: str = ""  # the next line of the reply, where it tells of the unit


WORDS: dict[EntryKind, Words] = {
    EntryKind.ADOPTION: Words("", "启用方案"),
    EntryKind.AMOUNT: Words(
        "新增转移就业 +40人，累计 40/155人（大新县人社局，2019-11-20）", "新增转移就业 +40人", "新增转移就业"
    ),
    EntryKind.DECLARATION: Words("大新县妇联 申报完成（2019-11-20）", "申报完成"),
    EntryKind.PAPER: Words(
        "材料 会议材料（另存，属第4号，江海区，本办代记，2019-11-20）",
        "材料：会议材料（试办〔2019〕3号，另存江海区委办）（属第4号）",
        "会议材料（试办〔2019〕3号，另存江海区委办）",
        "新增材料",
        {"reference": "试办〔2019〕3号", "held_by": "江海区委办"},
    ),
    EntryKind.REPORT: Words(
        "进展情况已记（大新县人社局，2019-11-20）",
        "进展情况：正在摸底",
        "进展情况：正在摸底",
        fields={"progress": "正在摸底"},
    ),
    EntryKind.REVERSAL: Words(
        "已冲正第7号：新增转移就业 -40人，累计 40/155人（原因：重复登记）",
        "冲正第7号：新增转移就业 -40人  重复登记",
        "新增转移就业",
        "冲正记录",
    ),
    EntryKind.CLOSE: Words(
        "销号，审定人 试**（试办〔2019〕9号）",
        "销号：审定人 试**（试办〔2019〕9号）",
        "审定人 试**（试办〔2019〕9号）",
        fields={"approved": "试**", "reference": "试办〔2019〕9号"},
    ),
    EntryKind.REOPEN: Words("撤销销号（数据有误）", "撤销销号  数据有误"),
    EntryKind.AMENDMENT: Words(
        "调整：培训人次 原20人次，调整为30人次（试发〔2019〕5号），自2019-11-20起；任务下达",
        "调整：培训人次 原20人次，调整为30人次（试发〔2019〕5号）  任务下达",
        "培训人次 原20人次，调整为30人次（试发〔2019〕5号）",
        fields={
            "amendment": {"basis": "试发〔2019〕5号", "due": None, "role": None, "indicator": "trainees", "target": 30}
        },
    ),
    EntryKind.FILING: Words(
        f"大新县妇联 报送归档资料：纸质、电子，报{OFFICE}（2019-11-20）",
        f"报送：归档资料（纸质、电子，报{OFFICE}）",
        f"归档资料（纸质、电子，报{OFFICE}）",
        fields={"form": ["纸质", "电子"], "to": [OFFICE], "stamped": False},
        where="状态：已交（逾期5天）；最后一天 2019-11-15",
    ),
    EntryKind.RETURN: Words(
        "大新县妇联 归档资料 退回补正（原因：缺目录，2019-11-20）",
        "退回补正：归档资料  缺目录",
        "归档资料",
        where="状态：退回补正（逾期5天）；首报 2019-11-20；最后一天 2019-11-15",
    ),
    EntryKind.CONTACT: Words(
        "大新县妇联 联系人 试** 138****0000", "联系人：试** 138****0000", "试** 138****0000",
        fields={"contact": "试** 138****0000"},
    ),
    EntryKind.EVIDENCE: Words(
        "佐证材料 会议纪要：纪要.txt（6字节，属第24号，大新县，本办代记，2019-11-20）",
        "佐证材料：会议纪要（纪要.txt，6字节）（属第24号）",
        "会议纪要（纪要.txt，6字节）",
        "新增材料",
        {"evidence": {"name": "纪要.txt", "sha256": SHA, "size": 6, "personal": False}},
    ),
    EntryKind.DESTRUCTION: Words(
        "销毁第27号的文件（原因：含个人信息）；文件名和 SHA-256 留在台账里",
        "销毁第27号的文件  含个人信息",
        head="销毁材料",
    ),
    EntryKind.SENDER: Words(
        "", f"填报人：{PEOPLE}", PEOPLE,
        fields={
            "sender": {
                "head": "某**", "reviewer": "试**", "preparer": "填**", "phone": "139****0009", "day": "2019-11-20",
            }
        },
    ),
    EntryKind.OFFICE_NAME: Words(
        "本办名称登记为 江海扶贫办", "本办名称：江海扶贫办", "江海扶贫办",
        where="现在的本办：江海扶贫办，即江海区扶贫办（江海区）",
    ),
    EntryKind.AGENCY_RENAME: Words(
        "更名：大新县督查考评局 → 大新县督查室（试办〔2019〕9号），自2019-11-01起",
        "更名：大新县督查考评局 → 大新县督查室（试办〔2019〕9号）",
        "大新县督查考评局 → 大新县督查室（试办〔2019〕9号）",
        fields={"unit_change": {"names": ["大新县督查考评局"], "basis": "试办〔2019〕9号"}},
    ),
    EntryKind.AGENCY_MERGE: Words(
        "合并：大新县投资促进局、大新县商务口岸局 → 大新县商务局（试办〔2019〕10号），自2019-11-20起",
        "合并：大新县投资促进局、大新县商务口岸局 → 大新县商务局（试办〔2019〕10号）",
        "大新县投资促进局、大新县商务口岸局 → 大新县商务局（试办〔2019〕10号）",
        fields={"unit_change": {"names": ["大新县投资促进局", "大新县商务口岸局"], "basis": "试办〔2019〕10号"}},
    ),
    EntryKind.CHASE: Words(
        "江海区妇联 催办（电话）：7.1，归档资料、工作总结，请于2019-11-25前回复",
        "催办：电话，7.1，归档资料、工作总结，请于2019-11-25前回复",
        "电话，7.1，归档资料、工作总结，请于2019-11-25前回复",
        fields={
            "chase": {
                "way": "phone", "items": ["7.1"], "filings": ["archive", "summary"], "month": None, "reply_by": "2019-11-25",
            }
        },
    ),
}  # fmt: skip
UNDONE = {  # what its reversal says of what holds now
    EntryKind.CONTACT: "现在的联系人：没有",
    EntryKind.OFFICE_NAME: "现在的本办：江海区扶贫办（江海区）",
}
ALONE = {
    "reference", "held_by", "progress", "problem", "next", "amendment", "evidence", "form", "to", "stamped", "contact",
    "sender", "unit_change", "approved", "chase",
}  # fmt: skip


def test_every_kind_is_worded() -> None:
    assert list(EntryKind) == list(WORDING) == list(WORDS)


def test_every_kind_has_its_own_words(cli: Cli, wide: Path) -> None:  # noqa: F811
    """One ledger of all the stories, each looked at when it has just been stored."""
    for kind, words in WORDS.items():
        number, reply = 0, ""
        for line in STORIES[kind].lines:
            answer = cli(*line.format(newest=number).split())
            assert ExitCode.DONE == answer.code, answer.err
            newest = json.loads(cli("history", "--json", "--limit", "1").out)["entries"][0]
            number, reply = newest["id"], answer.out
        assert kind == newest["kind"]
        filled = {name: newest[name] for name in ALONE if newest[name] is not None}
        assert words.fields == filled, kind
        listed = cli("history", "--limit", "1").out
        assert f" {words.line}  " in listed, kind
        column = cli("history", "--csv", "--limit", "1").out.splitlines()[-1].split(",")[3]
        assert words.content == column, kind
        if words.reply:
            assert f"\n  {words.reply}（第{number}号记录）\n  {words.where}" in reply, kind
        assert words.head == supplement_head(SimpleNamespace(kind=kind, reverses=None), set()), kind  # type: ignore[arg-type]
        if kind in UNDONE:
            undone = cli("reverse", str(number), "--because", "登错了").out
            assert f"\n  {UNDONE[kind]}\n" in undone


@pytest.mark.parametrize("kind", EntryKind)
def test_what_a_kind_has_no_words_for_it_leaves_empty(kind: EntryKind) -> None:
    """A cell is empty where its kind says nothing there, and there alone."""
    row, words = WORDING[kind], WORDS[kind]
    # of forms and of chases none takes the place of another
    has_later_ones = kind in OF_UNITS - {EntryKind.SENDER, EntryKind.CHASE}
    assert (has_later_ones or kind == EntryKind.OFFICE_NAME) == bool(row.where)
    assert bool(words.fields) == bool(row.fields)
    assert bool(words.content) == bool(row.content)
    assert row.prefix in words.line
    assert bool(words.content) or not row.prefix
    assert (kind in {"amount", "reversal"}) == (row.content == "figure_content")


@pytest.mark.parametrize("kind", [EntryKind.ADOPTION, EntryKind.SENDER])
def test_what_no_action_stores_alone_is_worded_with_its_note(kind: EntryKind) -> None:
    """No reply words one as an entry today."""
    reply = load_wording(kind, "reply")(Draft(kind, "2019-11-20", note="某方案"), None)
    assert f"{kind.label}（某方案）" == reply


def test_a_kind_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        supplement_head(SimpleNamespace(kind="banana", reverses=None), set())  # type: ignore[arg-type]
