"""Recording step by step, on a real terminal: every question, every way out, and what is stored in the end."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from conftest import Result
from planledger.cli.record.line_editor import StepBack, TypedLine, open_dialogue, place_of
from planledger.formats.text.display import columns
from planledger.plan.refusal import Refusal
from sitting import (
    DAY,
    ESC,
    ITEM,
    KEYS,
    NEXT,
    NUMBER,
    PLAN,
    PROBLEM,
    PROGRESS,
    SIDE,
    STORE,
    UNIT,
    WHAT,
    WHICH,
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

REFUSED = "缺少 事项编号。用法见：planledger record --help\n"
LEFT = "已退出，什么都没有登记。"

TO_6_1: Walk = [(UNIT, "人社局"), (WHICH, "2"), (ITEM, "6.1")]
WORDS: Walk = [(WHAT, "7"), (PROGRESS, "正在摸底"), (PROBLEM, ""), (NEXT, "下周“再 议”")]
OF_A_SIDE: Walk = [(UNIT, ""), (ITEM, "1.3"), (WHAT, "1"), (NUMBER, "1"), (SIDE, "1"), (DAY, "")]
OF_A_STOCK: Walk = [(UNIT, "江海人社局"), (ITEM, "6.1"), (WHAT, "稳定"), (NUMBER, "1"), (DAY, "20181231")]
WALKS: dict[str, Walk] = {
    "a figure": [*TO_6_1, (WHAT, "２"), (NUMBER, "４０人"), (DAY, "2019年11月1日")],
    "a stock where the year begins": OF_A_STOCK,
    "words": [*TO_6_1, *WORDS, (DAY, "")],
    "nothing to tell": [*TO_6_1, (WHAT, "8"), (DAY, "11月5日至8日")],
    "a declaration": [*TO_6_1[:2], (ITEM, "2.3"), (WHAT, "2"), (DAY, "昨天")],
    "a declaration of the office": [(UNIT, "本办"), (ITEM, "第２．３项。"), (WHAT, "2"), (DAY, "")],
    "a figure of a side": OF_A_SIDE,
}
QUESTIONS = {
    question: walk[:before]
    for walk in ([*TO_6_1, *WORDS], [*OF_A_SIDE, (STORE, "")])
    for before, (question, _) in enumerate(walk)
}


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_a_walk_stores_what_the_command_that_it_shows_stores(
    start: Start, cli: Cli, here: Path, tmp_path: Path, walk: Walk
) -> None:
    other = Path(copy(here, tmp_path / "other.db"))
    child = start("record")
    screen = answer(child, [*walk, (STORE, "")])
    code, left = ended(child)
    [words] = confirmed_commands(f"{screen}{left}")
    typed = cli(*words, "--ledger", str(other))

    assert (0, 0) == (code, typed.code)
    assert typed.out.replace(f" --ledger {other}", "") == left.partition("\n")[2]
    assert 2 == len(entries(cli, here))
    assert entries(cli, other) == entries(cli, here)


def test_the_line_before_the_confirmation_is_what_the_entry_will_be(start: Start, here: Path) -> None:
    child = start("--plan", "jianghai-daxin-2019", "record", "--by", "王 五", width=120)
    screen = answer(child, [*WALKS["a figure"], (STORE, ESC)])

    assert (
        "\n将登记：6.1 召开招聘会促进贫困人口就业，新增转移就业 40人（大新县人社局，2019-11-01）\n"
        "同样的命令：planledger record 6.1 --agency 大新县人社局 --transferred 40人 --on 2019-11-01"
        " --plan jianghai-daxin-2019 --by '王 五'\n登记吗？"
    ) in screen


def test_of_two_years_the_plan_is_asked_for(start: Start, adopt_years: Adopting) -> None:
    """Next year's plan is made up; before its year nobody is asked."""
    adopt_years(2018, 2020)
    screen = answer(start("record"), [(PLAN, "1"), (UNIT, "")])

    assert "  1  2019年江海区对口大新县粤桂扶贫协作工作方案\n   2  2018年试验方案\n登记到哪个方案" in screen
    assert "2020年试验方案" not in screen


@pytest.mark.parametrize("width", [70, 120])
def test_no_line_but_the_command_is_wider_than_the_terminal(start: Start, here: Path, width: int) -> None:
    walk = [*TO_6_1, *WORDS[:2], (PROBLEM, "缺人" * width), (NEXT, ""), (DAY, ""), (STORE, ESC)]
    screen = answer(start("record", width=width), walk)

    typed = ("存在问题（", "同样的命令：")
    written = [line for line in screen.splitlines() if not line.startswith(typed)]
    assert [] == [line for line in written if columns(line.strip("\r")) > width]


def test_the_open_items_of_a_unit_are_listed_with_what_it_owes(start: Start, here: Path) -> None:
    assert (
        "  2.3  挂职及专业技术人才保障，2019-11-30，还缺本单位申报\n"
        "  6.1  召开招聘会促进贫困人口就业，2019-11-30，还缺招聘会1期；新增转移就业155\n"
        "    人、稳定就业未报数（本单位报数）；全项还缺就读职业学校未报数、毕业学生就业未\n"
        "    报数，大新县教育局报数\n"
        "  6.2  开展粤桂扶贫协作职业技能培训，2019-11-30，还缺培训班1期\n"
        "哪一项？"
    ) in answer(start("record"), TO_6_1)


def test_the_office_is_offered_every_open_item_and_no_finished_one(
    start: Start, cli: Cli, here: Path
) -> None:
    cli("record", "2.1", "--cadres", "2", "--on", "2019-07-01")
    screen = answer(start("record", height=100), [(UNIT, ""), (ITEM, "")])

    standings = {row["code"]: row["standing"] for row in json.loads(cli("status", "--json").out)["items"]}
    assert "done" == standings["2.1"]
    codes = re.findall(r"^  ([\d.]+)  ", screen, re.MULTILINE)
    assert [code for code, standing in standings.items() if standing != "done"] == codes


def test_a_wrong_answer_is_explained_and_the_question_comes_again(start: Start, cli: Cli, here: Path) -> None:
    child = start("record")
    wrong = [
        (UNIT, "人设局", "没有责任单位 人设局。您是不是要写：人社局"),
        (UNIT, "人社局", ""),
        (WHICH, "3", "请输入序号 1 到 2。"),
        (WHICH, "２", ""),
        (ITEM, "", "请输入事项编号。"),
        (ITEM, "9", "9 是重点工作，不是具体事项；请写事项编号，例如 9.1"),
        (ITEM, "6.9", "没有事项 6.9。"),
        (ITEM, "5.2", "5.2 有2行，请写明是哪一行"),
        (ITEM, "1.1", "大新县人社局 不是 1.1 的责任单位"),
        (ITEM, "6.1", ""),
        (WHAT, "0", "请输入序号 1 到 8。"),
        (WHAT, "2", ""),
        (NUMBER, "四十", "是中文数字；请写 40。"),
        (NUMBER, "-1", "是负数；"),
        (NUMBER, "", "没有写数"),
        (NUMBER, "40", ""),
        (DAY, "19年11月1日", "年份不是四位；请写成 2019-11-01。"),
        (DAY, "2019-11-21", "2019-11-21 还没有到（今天是 2019-11-20）"),
        (DAY, "2018-12-31", "2018-12-31 在方案年度2019年之前"),
        (DAY, "", ""),
        (STORE, "嗯", "登记请直接回车，不登记请输入 n。"),
        (STORE, "否", "没有登记。"),
    ]
    for question, typed, message in wrong:
        answer(child, [(question, typed)])
        child.expect_exact(message)

    assert (0, 1) == (ended(child)[0], len(entries(cli, here)))


def test_words_are_held_to_the_rules_of_report(start: Start, here: Path) -> None:
    """No progress, an identity number: refused at once, and not after everything else was typed."""
    walk = [*TO_6_1, (WHAT, "7"), (PROGRESS, ""), (PROGRESS, "正在摸底")]
    screen = answer(start("record"), [*walk, (PROBLEM, "张某11010519491231002X未联系上"), (PROBLEM, "")])

    assert ["没有写进展；", "存在问题里有身份证号"] == re.findall("没有写进展；|存在问题里有身份证号", screen)


def test_a_finished_item_in_which_the_unit_has_a_part_is_taken_by_its_code(
    start: Start, cli: Cli, here: Path
) -> None:
    """Also where the unit has no open item left."""
    cli("record", "5.2.1", "--done")
    child = start("record")
    screen = answer(
        child, [(UNIT, "大新县国泰资产经营有限公司"), (ITEM, "5.2.1"), (WHAT, "零"), (DAY, ""), (STORE, "")]
    )

    assert "\n大新县国泰资产经营有限公司没有未完成的事项；别的事项请写编号。\n" in screen
    assert (0, 3) == (ended(child)[0], len(entries(cli, here)))


def test_where_items_have_plain_numbers_a_number_is_the_items(start: Start, cli: Cli, home: Path) -> None:
    """In the second plan 7 is an item: it cannot be the seventh line too."""
    plan = Path(__file__).parent.parent / "plans" / "second.yaml"
    cli("init", str(plan), "--ledger", "second.db")
    screen = answer(
        start("record", "--ledger", "second.db"), [(UNIT, "财政局"), (ITEM, "3"), (ITEM, "7"), (WHAT, ESC)]
    )

    assert "\n没有事项 3。运行 planledger --ledger second.db status 可看全部编号。\n" in screen
    assert "\n7 从严控制会议费\n" in screen


def test_a_row_is_named_by_its_own_number_and_a_divided_figure_asks_for_the_unit(
    start: Start, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office itself has no share, so without a unit the command would be refused; stepping back asks for it again."""
    text = (Path(__file__).parent.parent / "plans" / "columns.yaml").read_text(encoding="utf-8")
    text = text.replace("units: 教育局", "units: 教育局、财政局", 1)
    shares = "at_least: 3, scope: unit, quotas: {教育局: 2, 财政局: 1}"
    Path("shares.yaml").write_text(text.replace("at_least: 3", shares), encoding="utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-06-01")
    cli("init", "shares.yaml", "--ledger", "shares.db")

    which = "哪一家的？"
    walk: Walk = [(UNIT, ""), (ITEM, "（一）"), (WHAT, "1"), (which, "财政"), (NUMBER, "<")]
    again: Walk = [(which, "教育"), (NUMBER, "1"), (DAY, ""), (STORE, "")]
    child = start("record", "--ledger", "shares.db")
    screen = answer(child, [*walk, *again])

    assert "  1.1  （一）  修缮校舍，" in screen
    assert "将登记：1.1 修缮校舍，校舍 1（甲县教育局，2021-06-01）" in screen
    assert 0 == ended(child)[0]
    assert ["甲县教育局"] == [
        one["agency"] for one in entries(cli, home / "shares.db") if one["kind"] == "amount"
    ]


@pytest.mark.parametrize(
    ("question", "walk", "key"),
    [(*one, KEYS[place % 3]) for place, one in enumerate(QUESTIONS.items())],
    ids=range(len(QUESTIONS)),
)
def test_whoever_leaves_at_a_question_leaves_nothing_behind(
    start: Start, here: Path, question: str, walk: Walk, key: str
) -> None:
    """The ledger is the same byte for byte, and the terminal as it was before."""
    before, neighbours = here.read_bytes(), sorted(here.parent.iterdir())
    child = start("record")
    answer(child, [*walk, (question, f"40{key}")])
    code, left = ended(child)

    assert (130, LEFT) == (code, left.splitlines()[-1])
    assert new_terminal() == child.left
    assert (before, neighbours) == (here.read_bytes(), sorted(here.parent.iterdir()))


def test_before_there_is_a_ledger_whoever_leaves_creates_none_and_whoever_confirms_does(
    start: Start, home: Path
) -> None:
    child = start("record")
    answer(child, [*WALKS["a figure"], (STORE, ESC)])
    assert 130 == ended(child)[0]
    assert not (home / "share").exists()

    child = start("record")
    answer(child, [(UNIT, "<"), *WALKS["a figure"], (STORE, "")])
    code, left = ended(child)
    assert 0 == code
    assert "已新建台账" in left
    assert "累计 40/155人（大新县人社局，2019-11-01）（第2号记录）" in left


def test_keys_that_write_nothing_do_nothing_and_a_long_text_arrives_whole(
    start: Start, cli: Cli, here: Path
) -> None:
    """Arrows, and what would stop or end a program; Backspace takes one character back, Ctrl-U all; the terminal's own line ends at 4095 bytes."""
    keys = "\x1b[A\x1b[1;5D\x1bOP\x1a\x1c错\x15"
    walk = [*TO_6_1, (WHAT, "7"), (PROGRESS, f"{keys}正在摸底\x7f\x7f{'推进' * 900}")]
    child = start("record")
    answer(child, [*walk, (PROBLEM, ""), (NEXT, ""), (DAY, ""), (STORE, "")])

    assert 0 == ended(child)[0]
    assert "正在" + "推进" * 900 == entries(cli, here)[0]["progress"]


def test_what_was_typed_before_the_question_confirms_nothing(start: Start, cli: Cli, here: Path) -> None:
    """A text that was pasted with its line ends answers the next questions, but stores nothing unseen."""
    child = start("record")
    answer(child, [*TO_6_1, (WHAT, "7"), (PROGRESS, "一\n二\n三\n\n\n\n"), (STORE, "n")])

    assert (0, 1) == (ended(child)[0], len(entries(cli, here)))


@pytest.mark.parametrize("line", ["record", "record --by 试验员"])
def test_without_a_terminal_a_missing_item_is_refused_as_ever(process: Cli, line: str) -> None:
    assert (2, "", REFUSED) == process(*line.split())


@pytest.mark.parametrize("line", ["record --done", "record --transferred 40"])
def test_half_a_line_is_refused_as_ever(start: Start, line: str) -> None:
    assert (2, REFUSED) == ended(start(*line.split()))


@pytest.mark.parametrize("redirected", ["| cat", "</dev/null"])
def test_half_a_terminal_is_refused_as_ever(start: Start, redirected: str) -> None:
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        "sh", ["-c", f"{sys.executable} -m planledger record {redirected}"], encoding="utf-8"
    )

    assert REFUSED == child.read().replace("\r\n", "\n")


def test_a_console_without_single_keys_takes_an_esc_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a line is read whole; one with an Esc in it leaves, as the end of the input does."""
    typed = iter(["人社局", "《", "2\x1b"])
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setattr("builtins.input", lambda: next(typed))
    with open_dialogue(str, is_plain=False) as dialogue:
        assert "人社局" == dialogue.answer("哪家单位？", str)
        with pytest.raises(StepBack):
            dialogue.answer("是哪一家？", str)
        with pytest.raises(KeyboardInterrupt):
            dialogue.answer("是哪一家？", str)


@pytest.mark.parametrize(
    ("typed", "place"), [("2", 1), ("２", 1), ("丙", 1), ("甲乙", 0), ("甲", 3), ("ＣＤ", 2)]
)
def test_a_choice_is_named_by_its_number_or_by_what_no_other_has(typed: str, place: int) -> None:
    assert place == place_of(typed, ("甲乙", "乙丙", "丁CD", "甲"))


@pytest.mark.parametrize("typed", ["", "0", "5", "戊", "99999999999999999999", "²"])
def test_what_names_no_choice_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Refusal, match="请输入序号 1 到 4。"):
        place_of(typed, ("甲乙", "乙丙", "丁", "甲"))


def test_a_part_of_several_choices_is_refused_with_all_of_them() -> None:
    with pytest.raises(Refusal, match="“乙”有几个：甲乙、乙丙。请输入序号 1 到 3。"):
        place_of("乙", ("甲乙", "乙丙", "丁"))


@pytest.mark.parametrize(
    ("start", "typed", "stored", "screen"),
    [
        (4, "正在", 1, "\x1b[7G\x1b[J"),  # two columns for one character
        (78, "正在", 1, "\x1b[1G\x1b[J"),  # the first of the second row
        (78, "正在", 2, "\x1b[1A\x1b[79G\x1b[J"),  # over the edge, up to the question
        (79, "正", 1, "\x1b[1A\x1b[80G\x1b[J"),  # no room for it in the last column
        (10, "", 1, "\x1b[11G\x1b[J"),  # the question stays
    ],
)
def test_backspace_takes_a_character_from_where_it_stands(
    start: int, typed: str, stored: int, screen: str
) -> None:
    line = TypedLine(start, 80)
    for char in typed:
        line.followed_by(char)

    assert screen == line.without(stored)
    assert typed[: len(typed) - stored] == line.text
