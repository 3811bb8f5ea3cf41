"""One value for each option, and several where an action makes sense of them: all of them or none."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planledger.cli.framework.lazy_group import LazyGroup, all_commands

Cli = Callable[..., "tuple[int, str, str]"]


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words by which it is called."""
    root = all_commands()
    for name in root.rows:
        command = root.get_command(None, name)
        if isinstance(command, LazyGroup):
            yield from (((name, word), command.get_command(None, word)) for word in command.rows)
        else:
            yield (name,), command


def valued(command: Any) -> list[Any]:
    """Every option of a command that takes one value."""
    return [p for p in command.params if p.param_type_name == "option" and not (p.is_flag or p.multiple)]


COMMANDS = list(commands())


def test_there_are_many_such_options() -> None:
    assert 200 < sum(len(valued(command)) for _, command in COMMANDS)


def test_every_number_among_them_has_bounds() -> None:
    """What is no number is refused with both, whichever option it was typed after."""
    types = [param.type for _, command in COMMANDS for param in valued(command)]
    numbers = [one for one in types if one.name.startswith("int")]
    assert numbers == [one for one in numbers if None not in (one.min, one.max)] != []


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=["-".join(words) for words, _ in COMMANDS])
def test_a_second_value_is_refused(cli: Cli, home: Path, words: tuple[str, ...], command: Any) -> None:
    """Whatever else the line lacks: nothing is done, and the option is named."""
    for param in valued(command):
        value, name = ("1",) * param.nargs, param.opts[0]
        sentence = f"{name} 只能写一次，这里写了2次；请只留一个再运行。\n"

        assert (2, "", sentence) == cli(*words, name, *value, name, *value)
        assert (2, "", sentence) == cli(*words, f"{name}=1", *value[1:], param.opts[-1], *value)
    assert [] == list(home.iterdir())


@pytest.mark.parametrize("name", ["--ledger", "--plan"])
def test_before_and_after_the_command_are_one_line(cli: Cli, name: str) -> None:
    """Neither goes before the other in silence."""
    sentence = f"{name} 只能写一次，这里写了2次；请只留一个再运行。\n"

    assert (2, "", sentence) == cli(name, "a", "status", name, "b")
    assert (2, "", sentence) == cli(name, "a", "evidence", "list", f"{name}=b")
    assert (2, "", sentence) == cli(name, "a", name, "b", "status")


def test_a_flag_says_the_same_however_often_it_is_typed(cli: Cli) -> None:
    once, twice = cli("overdue", "--json"), cli("overdue", "--json", "--json")

    assert 0 == once[0]
    assert once == twice
    assert 0 == cli("record", "7.1", "--done", "--done", "--agency", "江海区妇联")[0]


@pytest.mark.parametrize(
    "line",
    [
        "record 6.1 --transferred 40 --transferred 5",
        "record 6.1 --transferred=40 --transferred=5",
        "record 6.1 --transferred 40 --新增转移就业 5",
        "record 6.1 --新增转移就业 40 --新增转移就业 40",
    ],
)
def test_the_options_of_an_item_are_held_too(cli: Cli, line: str) -> None:
    sentence = "--transferred 写了两次；一次登记里每个指标只写一次。未登记。\n"

    assert (2, "", sentence) == cli(*line.split())


UNITS = ("江海区妇联", "大新县妇联")


@pytest.mark.parametrize(
    "typed",
    [
        ("--agency", UNITS[0], "--agency", UNITS[1]),
        ("--agency", "、".join(UNITS)),
        ("--agency", "，".join(UNITS)),
        (f"--agency={UNITS[0]}、 {UNITS[1]} ",),
    ],
)
def test_several_units_declare_in_one_action(cli: Cli, typed: tuple[str, ...]) -> None:
    """Each has an entry of its own, and one line takes all of them back."""
    code, out, _ = cli("record", "7.1", "--done", *typed)

    assert 0 == code
    assert "  江海区妇联 申报完成（2019-11-20）（第2号记录）\n" in out
    assert "  大新县妇联 申报完成（2019-11-20）（第3号记录）\n" in out
    assert out.endswith("登错了就冲正：planledger reverse 2 3 --because 原因\n")
    assert 0 == cli("reverse", "2", "3", "--because", "试验")[0]


def test_several_units_have_nothing_to_tell(cli: Cli) -> None:
    code, out, _ = cli("report", "7.1", "--nothing", "--agency", "、".join(UNITS))

    assert 0 == code
    assert "零报告（江海区妇联，2019-11-20）（第2号记录）" in out
    assert "零报告（大新县妇联，2019-11-20）（第3号记录）" in out


def test_several_units_file_at_once(cli: Cli) -> None:
    code, out, _ = cli("filing", "record", "归档资料", "--agency", UNITS[0], "--agency", UNITS[1])

    assert 0 == code
    assert 2 == out.count("状态：")
    assert out.endswith("登错了就冲正：planledger reverse 2 3 --because 原因\n")


def test_several_units_get_their_form(cli: Cli, home: Path) -> None:
    code, out, _ = cli("template", "--agency", UNITS[0], "--agency", UNITS[1], "--period", "2019-07")

    assert 0 == code
    assert [f"已写入 {unit}-2019-07.xlsx" for unit in UNITS[:2]] == [
        line.partition("：")[0] for line in out.splitlines()
    ]
    assert ["大新县妇联-2019-07.xlsx", "江海区妇联-2019-07.xlsx"] == sorted(
        path.name for path in home.glob("*.xlsx")
    )


REFUSED = [
    (
        "record 7.1 --done --agency 江海区妇联、妇女联、大新县扶贫",
        3,
        ("没有责任单位 妇女联。", "没有责任单位 大新县扶贫。", "共2处问题，什么都没有登记；都改正后再运行。"),
    ),
    (
        "record 7.1 --done --agency 江海区妇联、江海妇联",
        1,
        ("江海区妇联 写了两次；请核对是不是要写另一个，再去掉多的。未登记。",),
    ),
    (
        "record 6.1 --transferred 40 --agency 江海区人社局、大新县人社局",
        1,
        ("只用于 --done；请一家一条命令",),
    ),
    ("record 6.1 --transferred 40 --done --agency 江海区人社局、大新县人社局", 1, ("一家一条命令",)),
    ("report 6.1 --progress 摸底 --agency 江海区人社局、大新县人社局", 1, ("只用于 --nothing",)),
    ("report 7.1 --nothing --agency 江海区妇联、某局", 1, ("没有责任单位 某局。",)),
    ("filing record 归档资料 --agency 江海区妇联、某局", 1, ("没有责任单位 某局。",)),
    ("template --agency 江海区妇联、某局", 1, ("没有责任单位 某局。",)),
    ("template --agency 江海区妇联、大新县妇联 -o 一个.xlsx", 1, ("-o 只用于一家单位的表，这里有2家",)),
    ("template --agency 江海区妇联、江海妇联", 1, ("江海区妇联 写了两次",)),
    ("reverse 1 98 99 --because 试验", 4, ("第1号是方案的首次启用", "98", "99", "共3处问题")),
    ("reverse 二、.3 --because 试验", 3, ("记录号 二 应是", "记录号 .3 应是")),
    ("reverse 1 1 --because 试验", 1, ("第1号 写了两次",)),
    ("reverse 1、第1号记录、“#1” --because 试验", 1, ("第1号 写了两次",)),
    ("close 6.1 7.1、9.9", 4, ("6.1 还没有完成", "7.1 还没有完成", "没有事项 9.9")),
    ("close 6.1 6.1", 1, ("6.1 写了两次",)),
    ("evidence destroy 1 99 --because 误存", 3, ("第1号是启用方案", "99")),
]


@pytest.mark.parametrize(("line", "count", "sentences"), REFUSED)
def test_all_or_none_and_every_fault(
    cli: Cli, home: Path, line: str, count: int, sentences: tuple[str, ...]
) -> None:
    cli("init")

    code, out, err = cli(*line.split())

    assert (2, "") == (code, out)
    assert count == err.count("\n")
    assert all(sentence in err for sentence in sentences)
    assert 1 == cli("history", "--json")[1].count('"id"')
    assert [] == list(home.glob("*.xlsx"))


@pytest.mark.parametrize(
    "typed",
    [
        ("close", ""),
        ("close", "、"),
        ("close", "6.1", " ，"),
        ("reverse", "", "--because", "试验"),
        ("record", "7.1", "--done", "--agency", ""),
        ("record", "7.1", "--done", "--agency", UNITS[0], "--agency", " "),
        ("record", "7.1", "--done", "--evidence="),
        ("report", "7.1", "--nothing", "--agency="),
        ("filing", "record", "归档资料", "--agency", UNITS[0], "--form", ""),
        ("filing", "record", "归档资料", "--agency", UNITS[0], "--to", "、"),
        ("template", "--agency", UNITS[0], "--agency", ""),
        ("attach", "7.1", ""),
        ("record", "6.1", "--transferred", "1", "--on", ""),
        ("filing", "record", "归档资料", "--agency", UNITS[0], "--on="),
        ("agency", "rename", UNITS[0], "试验局", "--basis", "无文号", "--from", " "),
        ("overdue", "--as-of", ""),
        ("status", "-o", ""),
        ("reports", "--month", ""),
        ("template", "--agency", UNITS[0], "--period", ""),
    ],
)
def test_an_empty_value_is_no_value(cli: Cli, home: Path, typed: tuple[str, ...]) -> None:
    """A variable of a script that holds nothing neither falls out nor means all of them."""
    cli("init")

    code, out, err = cli(*typed)

    assert (2, "", 1) == (code, out, err.count("\n"))
    assert "有一处是空的；请写上，或去掉再运行。什么都没有登记。" in err
    assert 1 == cli("history", "--json")[1].count('"id"')


@pytest.mark.parametrize(
    "line",
    [
        "status --agency 妇联、工会",
        "overdue --agency 江海区妇联，大新县妇联",
        "filing return 江海区妇联、大新县妇联 --because 试验",
        "amend 7.1 --drop-agency 江海区妇联、大新县妇联 --because 试验 --basis 无文号",
    ],
)
def test_where_one_unit_is_asked_two_are_not_unknown(cli: Cli, line: str) -> None:
    """Where the program takes one, it says so, and does not offer the same words again."""
    code, _, err = cli(*line.split())

    assert 2 == code
    assert "这里一次只写一家单位" in err
    assert "是2家；请一家一条命令。" in err


def test_what_hangs_on_another_is_reversed_before_it(cli: Cli) -> None:
    """A unit that was added, and what was recorded of it, go together in whatever order they are typed."""
    cli(
        "amend",
        "7.1",
        "--add-agency",
        "大新县试验局",
        "--side",
        "大新县",
        "--role",
        "负责",
        "--because",
        "试验",
        "--basis",
        "无文号",
    )
    cli("report", "7.1", "--nothing", "--agency", "大新县试验局")

    code, out, _ = cli("reverse", "2、3", "--because", "试验")

    assert 0 == code
    assert ["已冲正第3号", "已冲正第2号"] == [word for word in ("已冲正第3号", "已冲正第2号") if word in out]


def test_rows_are_closed_together(cli: Cli) -> None:
    for row in ("7.1", "9.1"):
        assert 0 == cli("record", row, "--done")[0]

    code, out, _ = cli("close", "7.1、9.1")

    assert 0 == code
    assert 2 == out.count("状态：已销号")


def test_files_are_destroyed_together(cli: Cli, home: Path) -> None:
    for name in ("一", "二"):
        (home / f"{name}.txt").write_text(name, encoding="utf-8")
    cli("attach", "7.1", "一.txt", "二.txt", "--kind", "照片")

    code, out, _ = cli("evidence", "destroy", "2", "3", "--because", "误存")

    assert 0 == code
    assert 2 == out.count("销毁第")
    kept = [path for path in (home / "share" / "planledger").rglob("*") if path.is_file()]
    assert ["ledger.db"] == [path.name for path in kept if path.suffix == ".db"]
    assert not any(path.read_bytes() in ("一".encode(), "二".encode()) for path in kept)


def test_the_answer_says_where_a_row_stands_when_all_is_stored(cli: Cli) -> None:
    cli("record", "6.1", "--transferred", "40", "--stable", "3")

    _, out, _ = cli("reverse", "2", "3", "--because", "试验")

    assert 1 == out.count("状态：")
    assert "累计 0/155人" in out


def test_units_are_offered_after_the_comma(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PLANLEDGER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "planledger template --agency 江海区妇联、大新县妇")
    monkeypatch.setenv("COMP_CWORD", "3")

    assert "江海区妇联、大新县妇联\n" == cli()[1]
