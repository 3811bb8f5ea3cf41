"""Who answers for a form (落款): one entry a form, masked like a contact, whose number everything from the form carries."""

import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from itertools import count, zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from asking import ledger_as_of
from conftest import Result
from forms import FOOTER, FOOTER_ROW, PEOPLE, filled, footer, sent
from planledger.formats.form import layout
from planledger.formats.text.entry_text import sender_text
from planledger.plan.people.contact import label_before
from planledger.plan.refusal import ExitCode
from planledger.questions.sheet import load
from planledger.store.sqlite.opening import open_to_read

Cli = Callable[..., Result]
Fill = Callable[..., Path]
UNIT, PHONE = "大新县人社局", PEOPLE[3]
GOOD = {"I7": 40, "J7": "2019-07-16", "L6": "正在摸底"}
MASKED = "填报人第2号 填**"


@pytest.fixture
def form(fresh_ledger: Path) -> bytes:
    """The form of one unit for July."""
    return sent(fresh_ledger)


@pytest.fixture
def fill(form: bytes, home: Path, monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Fill cells of the form, come back on 2 August: `fill("a.xlsx", I7=40)`."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")
    return lambda name, **cells: filled(form, home / name, **cells)


def entries(cli: Cli, *options: str) -> list[Any]:
    """The entries of the ledger but its adoption, oldest first."""
    listed = json.loads(cli("history", "--json", *options).out)["entries"]
    return [one for one in listed[::-1] if one["kind"] != "adoption"]


def senders(cli: Cli) -> list[tuple[str, int | None]]:
    """The kind of each entry, and which entry says who sent it."""
    return [(one["kind"], one["sent_by"]) for one in entries(cli)]


def test_the_footer_is_the_offices_and_lies_below_a_blank_row(form: bytes, home: Path) -> None:
    page = load_workbook(filled(form, home / "a.xlsx"))[layout.FILL_IN]
    heads, below = ([page.cell(row, n) for n in range(9, 15)] for row in (FOOTER_ROW - 1, FOOTER_ROW))

    assert ["单位负责人", "审核人", "填表人", "联系电话", "填报日期", "（盖章）"] == [
        cell.value for cell in heads
    ]
    assert [False] * 5 + [True] == [cell.protection.locked for cell in below]
    assert ["@"] * 4 + ["yyyy-mm-dd", "@"] == [cell.number_format for cell in below]
    assert [None] * 16 == [page.cell(FOOTER_ROW - 2, n).value for n in range(1, 17)]


def test_what_came_with_a_form_carries_the_number_of_who_sent_it(cli: Cli, fill: Fill) -> None:
    cells = (
        footer(*PEOPLE)
        | GOOD
        | {"明细_A3": "6.2", "明细_B3": "培训人次", "明细_C3": 30, "明细_D3": "2019-07-20"}
    )
    answer = cli("import", str(fill("a.xlsx", **cells)))

    assert (0, True) == (answer.code, "新增4条" in answer.out)
    assert [("sender", None), ("report", 2), ("amount", 2), ("amount", 2)] == senders(cli)
    sender = entries(cli)[0]
    assert (UNIT, "2019-08-01", "填报表!I14") == (sender["agency"], sender["dated"], sender["file"]["cell"])
    assert ["某某某", "试某", "填表员", PHONE, "2019-08-01"] == list(
        entries(cli, "--full")[0]["sender"].values()
    )
    assert 0 == cli("verify").code


@pytest.mark.parametrize("question", ["history", "history 6.1", "show 6.1"])
def test_an_entry_names_number_and_person(
    cli: Cli, fill: Fill, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """The person masked like a contact, whole where that is asked for."""
    monkeypatch.setenv("COLUMNS", "200")
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))

    assert 2 == cli(*question.split()).out.count(f"（{MASKED}）")
    if question.startswith("history"):
        assert 2 == cli(*question.split(), "--full").out.count("（填报人第2号 填表员）")
        lines = cli(*question.split(), "--csv").out.splitlines()
        assert ["填报人", "2", "2"] == [one for line in lines[:3] for one in line.split(",")[13:]]
    cli("reverse", "2", "--because", "填错")
    assert 2 == cli(*question.split()).out.count(f"（{MASKED}，已冲正）")


def test_the_archive_and_the_ledger_as_a_workbook_name_them_too(cli: Cli, fill: Fill, home: Path) -> None:
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))
    for line in ("archive build 归档", "archive build 全 --full", "export ledger 台账.xlsx"):
        assert 0 == cli(*line.split()).code
    pages = "".join(path.read_text("utf-8") for path in (home / "归档").rglob("*.html"))
    whole = "".join(path.read_text("utf-8") for path in (home / "全").rglob("*.html"))
    cells = [str(cell.value) for row in load_workbook(home / "台账.xlsx")["台账"] for cell in row]

    assert MASKED in pages
    assert "填报人第2号 填表员" in whole
    assert {f"（{MASKED}）", f"进展情况：正在摸底（{MASKED}）"} < set(cells)
    assert any("联系电话139****0009" in cell for cell in cells)


def test_no_number_leaves_whole_and_the_contact_of_the_unit_stays(cli: Cli, fill: Fill, home: Path) -> None:
    cli("contact", "set", UNIT, "--name", "试验员", "--phone", "0771-0000000")
    answers = [cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))]
    answers.append(cli("reverse", "3", "--because", f"问过{PHONE}"))
    for line in ("history", "show 6.1", "agencies", "filings", "reports", "status", "silent"):
        answers += [cli(*line.split(), *form) for form in ((), ("--json",), ("--csv",))]
    cli("archive", "build", "归档")
    cli("export", "ledger", "台账.xlsx")
    with ZipFile(home / "台账.xlsx") as book:
        files = [book.read(name) for name in book.namelist()]
    files += [path.read_bytes() for path in (home / "归档").rglob("*") if path.suffix in {".html", ".txt"}]

    assert [] == [one for one in answers if PHONE in one.out + one.err or "填表员" in one.out + one.err]
    assert [] == [part for part in files if PHONE.encode() in part or "填表员".encode() in part]
    assert "试** ****0000" in cli("agencies", "--agency", UNIT, "--csv").out


def test_a_form_that_names_nobody_comes_in_as_before(cli: Cli, fill: Fill) -> None:
    """So does one in which nobody is named but by a word that says nothing."""
    cli("import", str(fill("a.xlsx", **GOOD)))
    assert [("report", None), ("amount", None)] == senders(cli)
    assert "未变2条" in cli("import", str(fill("b.xlsx", **footer("无", "／", "暂无"), **GOOD))).out


def test_a_form_of_the_layout_before_comes_in_as_before(cli: Cli, fill: Fill, home: Path) -> None:
    book = load_workbook(fill("a.xlsx", **GOOD))
    book[layout.FILL_IN].delete_rows(FOOTER_ROW - 2, 3)
    book[layout.IDENTITY]["B1"].value = "1"
    book.custom_doc_props["planledger.layout"].value = "1"
    book.save(home / "旧.xlsx")

    assert 0 == cli("import", "旧.xlsx").code
    assert [("report", None), ("amount", None)] == senders(cli)
    cli("import", str(fill("新.xlsx", **footer(*PEOPLE), **GOOD, I8=300, J8="2019-07-31")))
    assert [("report", None), ("amount", None), ("sender", None), ("amount", 4)] == senders(cli)


def test_the_same_footer_again_is_the_same_entry_and_another_is_one_more(cli: Cli, fill: Fill) -> None:
    """Another day or another person says nothing against who sent the form before: what that one brought stays theirs."""
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))
    assert "没有新增内容" in cli("import", str(fill("b.xlsx", **footer(*PEOPLE), **GOOD))).out
    cli("import", str(fill("c.xlsx", **footer(*PEOPLE), **GOOD, I8=300, J8="2019-07-31")))
    answer = cli(
        "import",
        str(fill("d.xlsx", **footer("某某某", None, "新人"), **GOOD | {"I7": 41}, I8=300, J8="2019-07-31")),
        "--changed",
        "correct",
    )
    cli("import", str(fill("e.xlsx", **GOOD | {"I7": 41}, I8=300, J8="2019-07-31")))

    assert 0 == answer.code, answer.out
    expected = [
        ("sender", None),
        ("report", 2),
        ("amount", 2),
        ("amount", 2),
        ("sender", None),
        ("reversal", None),
        ("amount", 6),
    ]
    assert expected == senders(cli)
    assert "2019-07-31" == entries(cli)[4]["dated"]


def test_no_question_reads_who_sent_all_the_forms(cli: Cli, fill: Fill, home: Path) -> None:
    """Fifty units send twelve forms a year."""
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))
    cli("contact", "set", UNIT, "--name", "试验员", "--phone", "0771-0000000")
    store, day = open_to_read(home / "share/planledger/ledger.db"), "2019-08-02"
    marks = load(ledger_as_of(store, day)).marks
    store.close()

    assert ["contact"] == [mark.kind for mark in marks]


def test_a_footer_that_was_reversed_is_not_stored_again_by_the_same_form(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))
    cli("reverse", "2", "--because", "填错")
    answer = cli("import", str(fill("b.xlsx", **footer(*PEOPLE), **GOOD)))

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    assert "填报表!I14：同样的内容已登记过（第2号），后来冲正了" in answer.out


def test_a_footer_alone_is_stored(cli: Cli, fill: Fill) -> None:
    answer = cli("import", str(fill("a.xlsx", **footer(None, None, "填表员", 13900000009, date(2019, 8, 1)))))

    assert (0, True) == (
        answer.code,
        "行数7＝采纳0＋空白7＋退回0\n  已登记（第2号至第2号记录）" in answer.out
        or "已登记（第2号记录）" in answer.out,
    )
    assert {
        "head": None,
        "reviewer": None,
        "preparer": "填表员",
        "phone": PHONE,
        "day": "2019-08-01",
    } == entries(cli, "--full")[0]["sender"]


@pytest.mark.parametrize("word", ["无", "/"])
def test_a_word_that_nobody_is_named_is_noted(cli: Cli, fill: Fill, word: str) -> None:
    answer = cli("import", str(fill("a.xlsx", **footer(word, *PEOPLE[1:]), **GOOD)))

    assert (0, True) == (answer.code, f"注意：填报表!I14 “{word}”按未填" in answer.out), answer.out
    assert entries(cli)[0]["sender"]["head"] is None


def test_a_corrected_figure_keeps_who_sent_the_form(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))
    number = next(one["id"] for one in entries(cli) if one["kind"] == "amount")

    assert 0 == cli("correct", str(number), "--to", "41", "--because", "核实").code
    assert ("amount", 2) == senders(cli)[-1]


def test_the_head_of_a_cell_that_is_written_in_it_again_is_no_part_of_what_it_says(
    cli: Cli, fill: Fill
) -> None:
    """With a colon, a blank or nothing behind it; each is named, and nobody's name with it."""
    people = (
        "单位负责人：某某某",
        "审核人（签字）：试某",
        "填报人填表员",
        "电话 （0750）0000009",
        "填报日期：2019-08-01（周四）",
    )
    answer = cli("import", str(fill("a.xlsx", **footer(*people), **GOOD)))

    assert 0 == answer.code, answer.out
    for cell, label in zip(
        FOOTER, ("单位负责人:", "审核人(签字):", "填报人", "电话 ", "填报日期:"), strict=True
    ):
        assert f"填报表!{cell}14 “{label}”是这一格的名称，没有读取。" in answer.out
    shown = entries(cli, "--full")[0]["sender"]
    assert [*PEOPLE[:3], "0750-0000009", PEOPLE[4]] == list(shown.values())
    empty = cli(
        "import",
        str(fill("b.xlsx", **footer("单位负责人：", *[None] * 3, "填报日期："), **GOOD)),
        "--dry-run",
    )
    assert (0, True) == (empty.code, "填报表!I14 “单位负责人:”按未填。" in empty.out), empty.out


def test_what_only_begins_like_the_head_of_a_cell_is_what_it_says() -> None:
    assert ("", "") == label_before("审核科某某")
    assert ("填表人", "经办人员") == label_before("经办人员某某")
    assert ("审核人", "审核: ") == label_before("审核： 某某")


FAULTS = [
    ("I", "某", "不像姓名；至少两个字，不带数字。"),
    ("J", "某1某", "不像姓名；至少两个字，不带数字。"),
    ("I", "局长", "不是姓名；请写这个人的姓名，不写职务、单位或“同上”。"),
    ("J", "试*员", "打了码；请写全名。"),
    ("L", 7500000000, "少了区号前面的0，像是 0750-0000000；请核对后写全。"),
    ("K", "某" * 51, "有51个字，最多50个。"),
    ("K", "某" * 32_000, "有32000个字，最多50个。"),
    ("K", "=1+1", "公式没有结果"),
    ("K", True, "是逻辑值"),
    ("K", "####", "只剩下出错的标记"),
    ("L", "找办公室", "不像电话；只写一个号码（7到15位数字、+、- 和空格），分机接在 - 后面。"),
    ("L", 123456, "不像电话"),
    ("L", date(2019, 8, 1), "是日期；日期请填在“填报日期”下面。"),
    ("M", "某天", "看不懂；请写成"),
    ("M", "2019-08-03", "还没有到（今天是 2019-08-02）"),
    ("M", "2018-08-01", "在方案年度2019年之前"),
    ("M", "8月3日", "2019-08-03 还没有到（今天是 2019-08-02）"),
    ("M", 5, "这里只填了数 5；请写成 年-月-日，如 2019-07-05。"),
    ("I", "局长", "不是姓名；请写这个人的姓名"),
    ("J", "同上", "不是姓名；请写这个人的姓名"),
    ("K", "见公章", "不是姓名；请写这个人的姓名"),
    ("I", "审核人：某某某", "写着“审核人:”，这一格填“单位负责人”；请填到它自己的格里。"),
    ("J", "科长：某某某", "带着冒号；只写姓名。"),
    ("L", "填表人 某某某", "写着“填表人 ”，这一格填“联系电话”；请填到它自己的格里。"),
    ("I", "机密★", "单位负责人里有密级标志（机密★）"),
]  # fmt: skip


def rounds() -> list[list[tuple[str, object, str]]]:
    """The n-th faults of all cells, for one form each; a level of secrecy is looked for where no cell has a fault."""
    secret = [fault for fault in FAULTS if "密级" in fault[2]]
    of_cell = [[fault for fault in FAULTS if fault[0] == column and fault not in secret] for column in FOOTER]
    return [[one for one in several if one] for several in zip_longest(*of_cell)] + [secret]


@pytest.mark.parametrize("faults", rounds(), ids=count())
def test_every_fault_of_the_footer_is_one_of_its_cell(
    cli: Cli, fill: Fill, home: Path, faults: list[tuple[str, object, str]]
) -> None:
    """Nothing of the form is stored."""
    bad = {f"{column}14": value for column, value, _ in faults}
    answer = cli("import", str(fill("a.xlsx", **footer(*PEOPLE) | GOOD | bad)))

    assert ExitCode.WORKBOOK_REFUSED == answer.code
    lines = sorted(line for line in answer.out.splitlines() if line.startswith("  填报表!"))
    for (column, _, text), line in zip(faults, lines, strict=True):
        assert line.startswith(f"  填报表!{column}14")
        assert text in line
    assert not (home / "share").exists()


def test_faults_of_the_footer_go_back_in_red_and_once_put_right_the_form_comes_in(
    cli: Cli, fill: Fill, home: Path
) -> None:
    cells = footer(*PEOPLE) | GOOD
    cli(
        "import",
        str(fill("a.xlsx", **cells | {"I14": "某", "L14": "=1+1", "M14": "某天"})),
        "--marked",
        "标红",
    )
    book = load_workbook(home / "标红" / "a-问题.xlsx")
    page = book[layout.FILL_IN]
    assert ["I14", "L14", "M14"] == [cell.coordinate for row in page for cell in row if cell.comment]
    for place in ("I14", "L14", "M14"):
        page[place].value = cells[place]
    book.save(home / "b.xlsx")

    answer = cli("import", "b.xlsx")
    assert (0, True) == (answer.code, "新增3条" in answer.out), answer.out


def test_a_number_that_names_no_sender_is_shown_alone() -> None:
    """The program never writes one; a ledger may have been made up."""
    entry = SimpleNamespace(number_of=lambda _: 9)
    assert "（填报人第9号）" == sender_text(entry, SimpleNamespace(senders={}, is_full=False))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "day"), [("8.1", "2019-08-01"), ("8月1日", "2019-08-01"), (8.1, ""), ("7月31日", "2019-07-31")]
)
def test_the_day_of_the_footer_may_be_of_the_month_in_which_the_form_came_back(
    cli: Cli, fill: Fill, typed: object, day: str
) -> None:
    """Forms are filled in on the first days of the next month; a number may still have lost its nought."""
    answer = cli("import", str(fill("a.xlsx", **footer(*PEOPLE[:4], typed))))

    if day:
        assert f"  注意：填报表!M14 “{typed}”读作 {day}。" in answer.out
        assert day == entries(cli)[0]["sender"]["day"]
    else:
        fault = "表格把 8.10 也记成 8.1，分不清是8月1日还是8月10日；请写成 2019-08-01 或 2019-08-10。"
        assert f"  填报表!M14 “8.1”：{fault}" in answer.out.replace("\n    ", "")


def test_reversing_the_import_reverses_who_sent_it(cli: Cli, fill: Fill) -> None:
    cli("import", str(fill("a.xlsx", **footer(*PEOPLE), **GOOD)))
    answer = cli("reverse", "--import", "a.xlsx", "--because", "交错了")

    assert 0 == answer.code, answer.err
    assert {True} == {bool(one["reversed_by"]) for one in entries(cli) if one["kind"] != "reversal"}


def test_what_stands_around_the_footer_is_named(cli: Cli, fill: Fill) -> None:
    """Its heads are ours, the place of the seal is not read, and what stands next to it belongs nowhere."""
    cells = footer(*PEOPLE) | GOOD
    for seal in ("已盖章", '=DISPIMG("ID_1",1)'):
        sealed = cli("import", str(fill("a.xlsx", **cells, N14=seal)), "--dry-run")
        assert (0, True) == (sealed.code, "注意：填报表!N14 是盖章的地方，里面的内容没有读取。" in sealed.out)
    for place, text in (
        ("J13", "这一格应是“审核人”"),
        ("O14", "表外的格子不会被读取"),
        ("B14", "表外的格子不会被读取"),
        ("I12", "表外的行不会被读取"),
    ):
        answer = cli("import", str(fill("b.xlsx", **cells | {place: "改过"})))
        assert (ExitCode.WORKBOOK_REFUSED, True) == (
            answer.code,
            f"  填报表!{place} “改过”：{text}" in answer.out,
        ), answer.out


def sort(page: Any) -> None:
    for n in range(1, 16):
        page.cell(5, n).value, page.cell(11, n).value = page.cell(11, n).value, page.cell(5, n).value


def filter_blank(page: Any) -> None:
    page.auto_filter.ref = "A4:O11"
    for row in (5, 8, 9, 10, 11):
        page.row_dimensions[row].hidden = True


def paste(page: Any) -> None:
    for n in range(9, 14):
        page.cell(20, n).value = page.cell(FOOTER_ROW, n).value


def add_sheet(page: Any) -> None:
    page.parent.create_sheet("落款")["I14"].value = "别人"


@pytest.mark.parametrize(
    ("alter", "refused"),
    [
        (filter_blank, []),
        (add_sheet, []),
        (sort, []),
        (paste, ["I20"]),
    ],
)
def test_sorted_filtered_and_pasted_rows_and_added_sheets_change_nothing(
    cli: Cli, fill: Fill, home: Path, alter: Callable[[Any], None], refused: list[str]
) -> None:
    """A row that was pasted outside of the lines is one fault; else all is read, and who sends the form stays who it is."""
    book = load_workbook(fill("a.xlsx", **footer(*PEOPLE), **GOOD))
    alter(book[layout.FILL_IN])
    book.save(home / "a.xlsx")
    answer = cli("import", "a.xlsx")
    lines = [line.partition("!")[2] for line in answer.out.splitlines() if line.startswith("  填报表!")]

    assert refused == [re.split("[ ：]", line)[0] for line in lines]
    assert bool(refused) == (answer.code == ExitCode.WORKBOOK_REFUSED)
    stored = [] if refused else [*entries(cli)[0]["sender"].values()][:3]
    assert ([] if refused else ["某**", "试**", "填**"]) == stored


@pytest.mark.libreoffice
def test_a_footer_that_libreoffice_saved_again_is_the_same(cli: Cli, fill: Fill, home: Path) -> None:
    path = fill("a.xlsx", **footer(*PEOPLE[:3], 13900000009, date(2019, 8, 1)), **GOOD)
    assert 0 == cli("import", str(path)).code
    for form in ("ods", "xlsx"):
        profile = f"-env:UserInstallation={(home / 'office').as_uri()}"
        line = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", home / "out", path]
        subprocess.run(line, check=True, capture_output=True)
        path = home / "out" / f"a.{form}"

    answer = cli("import", str(path))
    assert (0, True) == (answer.code, "新增0条，变更0条，未变3条" in answer.out), answer.out
