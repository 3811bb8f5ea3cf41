"""A clerk's morning at the desk, on a real terminal of 80 columns and 24 lines."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from conftest import Result
from planledger.formats.text.display import columns
from planledger.store import database
from planledger.store.sqlite import embedded
from sitting import (
    APPROVER,
    CTRL_C,
    DAY,
    ESC,
    FILES,
    FILING,
    ITEM,
    KEYS,
    KIND,
    MEETING,
    NEXT,
    NUMBER,
    PAPER_NUMBER,
    PART,
    PLAN,
    PRIVACY,
    PROBLEM,
    PROGRESS,
    RIGHT,
    SIDE,
    STAMP,
    STORE,
    TASK,
    UNIT,
    WHAT,
    WHICH,
    WHY,
    WORDS,
    WRONG,
    Adopting,
    Start,
    Walk,
    answer,
    confirmed_commands,
    ended,
    entries,
    new_terminal,
)

Cli = Callable[..., Result]
OF_A_MEETING: Walk = [
    (FILES, "会议 纪要.pdf"),
    (KIND, "纪要"),
    (SIDE, "江海"),
    (MEETING, ""),
    (PRIVACY, "有"),
    (PRIVACY, "不"),
    (PRIVACY, "否"),
]
MORNING: Walk = [
    # a figure, by initials and parts of words, with one step back
    *((TASK, "登记"), (UNIT, "rsj"), (WHICH, "<"), (UNIT, "rsj"), (WHICH, "大新"), (ITEM, "招聘")),
    *((WHAT, "新增转移"), (NUMBER, "40"), (DAY, "<"), (NUMBER, "５０人"), (DAY, "11月18日"), (STORE, "")),
    # words of the office, whose open items take several pages; left in the middle, and again
    *((TASK, "填报"), (UNIT, ""), (ITEM, ""), (ITEM, "6.1"), (WORDS, "文字"), (PROGRESS, ESC)),
    *((TASK, "2"), (UNIT, "大新县人社"), (ITEM, "6.1"), (WORDS, "1"), (PROGRESS, ""), (PROGRESS, "正在摸底")),
    *((PROBLEM, "--缺“师资”"), (NEXT, "--help"), (DAY, ""), (STORE, "")),
    *((TASK, "填报"), (UNIT, "大新县人社"), (ITEM, "6.1"), (WORDS, "报告"), (WORDS, "零")),
    *((DAY, "11月5日至8日"), (STORE, "")),
    # minutes of a meeting before there is one: asked again for what was refused, and given up
    *(
        (TASK, "佐证"),
        (UNIT, ""),
        (ITEM, "1.3"),
        (FILES, "没有.pdf"),
        (FILES, ""),
        (FILES, "长" * 200),
        *OF_A_MEETING,
        (DAY, ""),
        (STORE, ""),
    ),
    (MEETING, CTRL_C),
    *((TASK, "登记"), (UNIT, ""), (ITEM, "常委会"), (WHAT, "1"), (NUMBER, "1"), (SIDE, "1"), (DAY, "")),
    (STORE, ""),
    *((TASK, "3"), (UNIT, ""), (ITEM, "1.3"), *OF_A_MEETING, (DAY, ""), (STORE, "")),
    # what a unit submits; back over two questions, also from the first one of the task; the office submits nothing
    *((TASK, "签收"), (FILING, "<"), (TASK, "签收"), (FILING, "归档"), (UNIT, ""), (UNIT, "江海区扶贫办")),
    *((DAY, "《"), (UNIT, "上一步"), (FILING, "工作总结"), (UNIT, "江海区扶贫办"), (STAMP, "1"), (DAY, "")),
    *((STORE, ""), (UNIT, "江海区人社局"), (STAMP, "有"), (STAMP, "已盖章"), (DAY, "")),
    (STORE, ""),
    # a figure that was wrong
    *((TASK, "更正"), (WRONG, "9"), (WRONG, "大新县人社局"), (RIGHT, "45"), (WHY, ""), (WHY, "漏报{5}人")),
    (STORE, ""),
    # an item that is finished: declared by the office, and closed out; one that is not finished is not closed out
    *((TASK, "登记"), (UNIT, ""), (ITEM, "2.3"), (WHAT, "完成"), (DAY, ""), (STORE, "n")),
    *((TASK, "登记"), (UNIT, ""), (ITEM, "2.3"), (WHAT, "申报"), (DAY, ""), (STORE, "")),
    *((TASK, "销号"), (ITEM, "6.1"), (APPROVER, ""), (PAPER_NUMBER, ""), (STORE, "")),
    *((ITEM, "挂职"), (APPROVER, "试验员"), (PAPER_NUMBER, "试〔2019〕1号"), (STORE, "")),
    *((TASK, "近期"), (TASK, "九"), (TASK, "<"), (TASK, "退出")),
]


def test_a_clerks_morning_stores_what_the_commands_that_it_shows_store(
    start: Start,
    cli: Cli,
    here: Path,
    home: Path,
    tmp_path: Path,
) -> None:
    other = Path(copy(here, tmp_path / "other.db"))
    (home / "会议 纪要.pdf").write_bytes(b"%PDF-1.4 made up")
    child = start("desk")
    screen = answer(child, MORNING)

    assert 0 == ended(child)[0]
    assert screen.startswith("逾期2项，见 planledger overdue\n报送逾期1项，48家未交齐，")
    assert "将登记：6.1 召开招聘会促进贫困人口就业，新增转移就业 50人（大新县人社局，" in screen
    for sentence in (
        "没有这个文件：没有.pdf；请核对路径。",
        "请写文件的路径。",
        "请输入序号 1 到 8。",
        "没有写进展；",
    ):
        assert 1 == screen.count(sentence)
    # the ninth of two figures; 有 and 不, which answer neither 含个人信息吗 nor 盖章了吗; 报告, which both are
    assert 1 + 2 * 2 + 1 + 1 == screen.count("请输入序号 1 到 2。")
    typed = [cli(*words, "--ledger", str(other)) for words in confirmed_commands(screen)]
    assert [0, 0, 0, 2, 0, 0, 2, 0, 0, 0, 2, 0] == [answer.code for answer in typed]
    replies = "".join(answer.out + answer.err for answer in typed).replace(f" --ledger {other}", "")
    folded = [line for line in screen.splitlines() if not line.startswith(("同样的命令：", FILES))]
    assert [] == [line for line in folded if columns(line) > 80 and line not in replies]
    stored = entries(cli, here)
    assert entries(cli, other) == stored
    assert [
        *("close", "declaration", "amount", "reversal", "filing", "evidence"),
        *("amount", "report", "report", "amount", "adoption"),
    ] == [entry["kind"] for entry in stored]


def test_without_a_terminal_the_desk_is_refused_with_what_to_type(process: Cli) -> None:
    sentence = "工作台要在终端里一问一答；这里请直接写命令，如 planledger record 6.1 --transferred 40。\n"

    assert (2, "", sentence) == process("desk")


LEFT: dict[str, Walk] = {
    "登记": [
        (UNIT, ""),
        (ITEM, ""),
        (ITEM, "1.3"),
        (WHAT, "1"),
        (NUMBER, "1"),
        (SIDE, "1"),
        (DAY, ""),
        (STORE, ""),
    ],
    "佐证": [
        (UNIT, "大新县委办"),
        (ITEM, "1.3"),
        *OF_A_MEETING[:2],
        *OF_A_MEETING[3:],
        (DAY, ""),
        (STORE, ""),
    ],
    "签收": [(FILING, "2"), (UNIT, "rsj"), (WHICH, "1"), (STAMP, "1"), (DAY, ""), (STORE, "")],
    "更正": [(WRONG, "1"), (RIGHT, "5"), (WHY, "漏报"), (STORE, "")],
    "销号": [(ITEM, "6.2"), (APPROVER, ""), (PAPER_NUMBER, ""), (STORE, "")],
}


@pytest.mark.parametrize("task", LEFT)
def test_whoever_leaves_a_task_at_any_question_leaves_nothing_of_it(
    start: Start,
    cli: Cli,
    here: Path,
    home: Path,
    task: str,
) -> None:
    """At each question in turn with another key; the ledger and its folder are the same byte for byte, the terminal as it was."""
    (home / "会议 纪要.pdf").write_bytes(b"%PDF-1.4 made up")
    cli("record", "6.1", "--transferred", "40")
    before, neighbours = here.read_bytes(), sorted(here.parent.rglob("*"))
    child = start("desk")
    walk = LEFT[task]
    for last, (question, _) in enumerate(walk):
        answer(child, [(TASK, task), *walk[:last], (question, f"40{KEYS[last % 3]}")])
    screen = answer(child, [(TASK, KEYS[len(walk) % 3])])
    code, left = ended(child)

    assert (0, 1, "已离开工作台。") == (code, screen.count("没有登记。"), left.splitlines()[-1])
    assert new_terminal() == child.left
    assert (before, neighbours) == (here.read_bytes(), sorted(here.parent.rglob("*")))


def test_what_cannot_be_done_is_written_and_the_desk_stays(start: Start, here: Path) -> None:
    child = start("desk")

    answer(child, [(TASK, "更正")])
    assert "\n没有可更正的数。\n" in answer(child, [(TASK, "销号")])
    assert "\n没有这样的事项；别的事项请写编号。\n" in answer(child, [(ITEM, "<"), (TASK, "8")])


def test_a_merged_unit_is_named_by_a_part_for_a_day_before_the_merger(
    start: Start,
    cli: Cli,
    here: Path,
) -> None:
    """The part that was typed stays as it was typed; where the new name was, the part is asked for. The merger is made up."""
    parts, both = ("大新县人社局", "大新县教育局"), "大新县人社教育局"
    cli("agency", "merge", *parts, "--into", both, "--from", "2019-10-18", "--basis", "试〔2019〕2号")
    report: Walk = [(ITEM, "6.1"), (WORDS, "1"), (PROGRESS, "正在摸底"), (PROBLEM, ""), (NEXT, "")]
    child = start("desk")
    answer(child, [(TASK, "填报"), (UNIT, parts[0]), *report, (DAY, "2019-09-01"), (STORE, "")])
    answer(child, [(TASK, "填报"), (UNIT, both), *report, (DAY, "2019-09-02"), (PART, "<"), (DAY, "9月3日")])
    screen = answer(child, [(PART, "教育"), (STORE, "")])
    answer(child, [(TASK, "填报"), (UNIT, parts[0]), *report, (DAY, ""), (STORE, ""), (TASK, ESC)])

    assert "进展情况：正在摸底（大新县教育局，2019-09-03）" in screen.replace("\n", "")
    assert [(both, "2019-11-20"), (parts[1], "2019-09-03"), (parts[0], "2019-09-01")] == [
        (one["agency"], one["dated"]) for one in entries(cli, here)[:3]
    ]


def test_a_part_of_an_earlier_name_means_its_unit_too(start: Start, cli: Cli, here: Path) -> None:
    """人社 is in the names of two units, one of which was renamed: both are offered. The renaming is made up."""
    new = "大新县人力资源和社会保障局"
    cli("agency", "rename", "大新县人社局", new, "--from", "2019-10-18", "--basis", "试〔2019〕1号")
    child = start("desk")
    screen = answer(child, [(TASK, "登记"), (UNIT, "人社"), (WHICH, ESC)])

    assert "   1  江海区人社局\n   2  大新县人力资源和社会保障局\n" in screen


def test_of_two_days_that_are_meant_both_are_shown_and_the_day_is_asked_again(
    start: Start,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-02-05")
    figure: Walk = [(TASK, "登记"), (UNIT, ""), (ITEM, "6.1"), (WHAT, "2"), (NUMBER, "1")]
    child = start("desk")
    screen = answer(child, [*figure, (DAY, "1月5日"), (DAY, "2019年1月5日"), (STORE, "n"), (TASK, "8")])

    assert 1 == screen.count(
        "--on 1月5日：可以是 2019-01-05，也可以是 2020-01-05；请写上年份。未登记。\n哪一天的情况？"
    )
    assert 0 == ended(child)[0]


def test_only_the_question_that_a_refusal_names_is_asked_again(
    start: Start, cli: Cli, here: Path, home: Path
) -> None:
    """What was answered after it stays, and can still be reached by stepping back."""
    (home / "会议 纪要.pdf").write_bytes(b"%PDF-1.4 made up")
    for day in ("2019-10-08", "2019-11-08"):
        cli("record", "1.3", "--meetings", "1", "--side", "江海区", "--on", day)
    child = start("desk")
    answer(child, [(TASK, "佐证"), (UNIT, ""), (ITEM, "1.3"), *OF_A_MEETING, (DAY, "11月9日"), (STORE, "")])
    screen = answer(child, [(MEETING, "9"), (STORE, ""), (MEETING, "3"), (STORE, "<"), (DAY, "11月10日")])
    answer(child, [(STORE, ""), (TASK, ESC)])

    assert "请用 --entry 写明是哪一次：2（江海区2019-10-08）、3（江海区2019-11-08）。" in screen
    stored = entries(cli, here)[0]
    assert ("evidence", "2019-11-10", 3) == tuple(stored[name] for name in ("kind", "dated", "of_entry"))


FIGURE: Walk = [(TASK, "登记"), (UNIT, ""), (ITEM, "6.1"), (WHAT, "2"), (NUMBER, "1"), (DAY, "")]


def test_a_ledger_in_use_is_asked_for_again_and_a_wait_can_be_left(
    start: Start,
    cli: Cli,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (database, embedded):
        monkeypatch.setattr(module, "BUSY_SECONDS", 1.0)
    child = start("desk")
    with closing(sqlite3.connect(here, isolation_level=None)) as other:
        answer(child, FIGURE)
        other.execute("BEGIN IMMEDIATE")
        screen = answer(child, [(STORE, ""), (STORE, "")])
        child.send(CTRL_C)
        screen += answer(child, [(TASK, "近期")])
        other.execute("ROLLBACK")
    answer(child, [*FIGURE, (STORE, ""), (TASK, ESC)])

    assert 1 == screen.count("正被另一个程序使用，等了1秒仍未空出；请稍后再试。台账未改动。\n将登记：")
    assert (1, 2) == (screen.count("没有登记。"), len(entries(cli, here)))


def test_what_was_changed_elsewhere_meanwhile_is_asked_for_anew(
    start: Start,
    cli: Cli,
    here: Path,
) -> None:
    """Somebody else reverses the entry that is being corrected, and takes the unit from the item."""
    cli("record", "6.1", "--transferred", "40")
    unit, done = "大新县人社局", [(WHAT, "申报"), (DAY, "")]
    child = start("desk")
    answer(child, [(TASK, "更正"), (WRONG, "1"), (RIGHT, "41"), (WHY, "漏报")])
    cli("reverse", "2", "--because", "重复")
    screen = answer(child, [(STORE, ""), (TASK, "登记"), (UNIT, unit), (ITEM, "2.3"), *done])
    cli("amend", "2.3", "--drop-agency", unit, "--because", "分工调整", "--basis", "无文号")
    screen += answer(child, [(STORE, ""), (ITEM, "6.2"), *done, (STORE, ""), (TASK, ESC)])

    assert "第2号已由第3号冲正，不用再冲正。未登记。\n没有可更正的数。\n" in screen
    before, _, after = screen.partition("大新县人社局 不是 2.3 的责任单位；")
    assert (True, False) == ("\n  2.3  " in before, "\n  2.3  " in after)
    assert ("declaration", "6.2") == tuple(entries(cli, here)[0][name] for name in ("kind", "code"))


def test_each_task_may_concern_another_plan(start: Start, cli: Cli, adopt_years: Adopting) -> None:
    """The plan of the year before is made up, and holds the same items."""
    adopt_years(2018)
    child = start("desk")
    answer(child, [(TASK, "登记"), (PLAN, "2018"), (PLAN, "2018年"), (UNIT, "<"), (PLAN, "1"), *FIGURE[1:]])
    again = [(STORE, ""), (TASK, "登记"), (PLAN, "2"), (UNIT, "无此局")]
    screen = answer(child, [*again, *FIGURE[1:], (STORE, ""), (TASK, ESC)])

    assert "planledger --plan made-up-2018 agencies" in screen

    for year in ("2018", "2019"):
        assert 2 == cli("history", "--csv", "--plan", year).out.count("\n") - 1


def test_in_a_window_of_30_columns_nothing_is_cut(start: Start, here: Path) -> None:
    child = start("desk", width=30, height=20)
    screen = answer(child, [(TASK, "登记"), ("本办登记", ""), (ITEM, ""), (ITEM, "6.1"), (WHAT, "")])

    assert [] == [line for line in screen.splitlines() if columns(line) > 30]
    assert "（第16行起，共" in screen


def test_a_full_disk_is_written_and_the_confirmation_comes_again(start: Start, here: Path) -> None:
    """The file system of the ledger is full: a limit on the size of files stands for it."""
    import resource

    before = here.read_bytes()
    child = start("desk")
    answer(child, FIGURE)
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (1024, 1024))
    screen = answer(child, [(STORE, ""), (STORE, "n"), (TASK, ESC)])

    assert 2 == screen.count("将登记：")
    assert (0, before) == (ended(child)[0], here.read_bytes())
