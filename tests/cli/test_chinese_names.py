"""Commands and common options by their Chinese names: one table, the same answers, no cost for who types English."""

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from planledger.cli.framework.chinese_line import commands_named, in_english, options_named
from planledger.cli.framework.command_table import COMMANDS, GROUP, with_default
from planledger.cli.framework.lazy_group import all_commands
from planledger.cli.session.suggested_line import WITHOUT
from planledger.formats.text.display import columns
from planledger.plan.phrases.option_names import OPTION_NAMES
from test_docs import BEFORE, EXAMPLES
from test_speed_shapes import modules_of
from trials import every

ROOT = Path(__file__).parents[2]
COMMAND_NAMES = {path: row.chinese_name for path, row in COMMANDS.items()}
LONG = {
    "import",
    "template",
    "archive",
    "archive build",
    "archive verify",
    "export annex",
    "backup",
    "restore",
}
TOP = all_commands()


def command_of(path: str) -> Any:
    """The command or the group that English words name."""
    command = TOP
    for name in path.split():
        command = command.get_command(None, name)
    return command


def in_chinese(line: str) -> list[str]:
    """An English line as the office may type it: the command and each option that has a Chinese name by that name."""
    group, *rest = shlex.split(line)
    words = [group, *with_default(group, rest)]
    size = 2 if COMMANDS[words[0]].module == GROUP else 1
    path = " ".join(words[:size])
    names = {option: name for name, option in options_named(command_of(path)).items()}
    return [COMMAND_NAMES[path], *(names.get(word, word) for word in words[size:])]


# The table.


def test_a_command_that_takes_no_ledger_or_no_plan_is_suggested_without() -> None:
    paths = [path for path, row in COMMANDS.items() if row.module != GROUP]
    taken = {path: [name for param in command_of(path).params for name in param.opts] for path in paths}

    for option, without in WITHOUT.items():
        lacking = [path for path in paths if option not in taken[path]]
        assert lacking == [path for path in paths if path.startswith(without)]


def test_no_chinese_name_stands_for_two_things() -> None:
    """Not for two commands, and not for a command and an option; of two options it may, which no command has both."""
    assert len(COMMAND_NAMES) == len(set(COMMAND_NAMES.values()))
    assert set() == set(COMMAND_NAMES.values()) & set(OPTION_NAMES.values())


def test_the_help_of_each_command_begins_with_the_name_that_can_be_typed_for_it() -> None:
    assert [] == [
        path for path, row in COMMANDS.items() if not row.summary.startswith(f"{row.chinese_name}：")
    ]


@every((name, [name]) for name in [*COMMAND_NAMES.values(), *OPTION_NAMES.values()])
def test_a_chinese_name_is_chinese_and_short(name: str) -> None:
    """Two to four characters are typed at once; 方 alone is what the office calls a side."""
    assert re.fullmatch("[一-鿿]{2,4}|方", name)


@every((path, [path]) for path in COMMANDS)
def test_every_common_option_of_a_command_has_a_name_of_its_own(path: str) -> None:
    """Of one command no two options bear one name, and each that the table has is accepted."""
    params = command_of(path).params
    named = {name.removeprefix(f"{path} ") for name in OPTION_NAMES}
    common = [name for param in params for name in param.opts if name in named]

    assert [*common, "--help"] == list(options_named(command_of(path)).values())


def test_every_name_of_the_table_is_of_an_option_that_is_there() -> None:
    options = [(path, name) for path in COMMANDS for param in command_of(path).params for name in param.opts]
    known = {name for _, name in options} | {f"{path} {name}" for path, name in options}

    assert {"--help", "--version"} == set(OPTION_NAMES) - known


def test_the_glossary_has_the_table() -> None:
    """Commands and options stand in the glossary, in the order of the table, and no others."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8").partition("## Commands and options")[2]

    assert [*COMMAND_NAMES.items(), *OPTION_NAMES.items()] == re.findall(
        r"^\| `([^`]+)` \| (\S+) \|$", text.partition("\n## ")[0], re.MULTILINE
    )


# What is typed.


@pytest.mark.parametrize("path", COMMANDS)
def test_a_line_in_chinese_is_the_line_in_english(path: str) -> None:
    """Also behind a group, with `=`, and with values that are called as a command or an option is."""
    chinese, words = COMMAND_NAMES[path], path.split()
    typed, meant = list[str](), list[str]()
    params = {option: param for param in command_of(path).params for option in param.opts}
    for name, option in options_named(command_of(path)).items():
        is_flag = option not in params or params[option].is_flag
        size = 0 if is_flag else params[option].nargs
        values = [name] * size
        typed += [name] if is_flag else [name, *values, f"{name}=登记", *values[1:]]
        meant += [option] if is_flag else [option, *values, f"{option}=登记", *values[1:]]

    assert [*words, *meant] == in_english([chinese, *typed], TOP)
    assert [*words, *meant] == in_english([*words, *typed], TOP)
    assert ["--plan", "登记", *words] == in_english(["--方案", "登记", chinese], TOP)
    if words[1:]:
        assert [*words[1:], *meant] == in_english([chinese, *typed], command_of(words[0]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("登记 6.1 --转移 40 --单位 大新县人社局", "record 6.1 --转移 40 --agency 大新县人社局"),
        ("登记 6.1 -- --单位", "record 6.1 -- --单位"),
        ("调整 6.1 --target 目标 --单位 --文号 无文号", "amend 6.1 --target 目标 --单位 --basis 无文号"),
        ("报送登记 签收 归档资料", "filing record 归档资料"),
        ("报送登记 record 归档资料", "filing record 归档资料"),
        ("佐证材料 打开材料 3", "evidence open 3"),
        ("月报 --月份 2019-07 -o 月报", "reports --month 2019-07 -o 月报"),
        ("填报表 --月份 2019-07 --all 登记", "template --period 2019-07 --all 登记"),
        ("登记 6.1 --文号 甲", "record 6.1 --ref 甲"),
        ("status 逾期", "status 逾期"),
        ("逾斯 --单位", "逾斯 --单位"),
        ("--单位 总表", "--单位 status"),
    ],
)
def test_only_names_of_commands_and_options_are_read_so(typed: str, meant: str) -> None:
    """What stands where a value stands, and what no table knows, stays as it is."""
    assert meant.split() == in_english(typed.split(), TOP)


@pytest.fixture
def answers(
    cli: Callable[..., Result], home: Path, viewer: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[[tuple[str, ...], list[str]], tuple[int, str, str]]:
    """What a line answers in a home where nothing but some lines before it was typed; each time the same home."""
    kept = home / "kept"
    shutil.copytree(ROOT / "data", kept / "data")
    (kept / "会议纪要.pdf").write_text("试验")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20T09:00:00")

    def answer(before: tuple[str, ...], words: list[str]) -> tuple[int, str, str]:
        office = home / "office"
        shutil.rmtree(office, ignore_errors=True)
        shutil.copytree(kept, office)
        monkeypatch.setenv("XDG_DATA_HOME", str(office / "share"))
        monkeypatch.chdir(office)
        for line in before:
            assert 0 == cli(*shlex.split(line)).code
        code, *texts = cli(*words)
        # a chain begins with a number that is drawn, a folder of a copy bears a name that is drawn, and a disk fills
        out, err = (re.sub(r"[0-9a-f]{16,}|[0-9.]+ ?[GM]B|view-\w+", "…", text) for text in texts)
        return code, out, err

    return answer


@pytest.mark.parametrize(
    ("name", "example"),
    [
        pytest.param(name, example, marks=[pytest.mark.soak] if name in LONG else [], id=name)
        for name, example in EXAMPLES
    ],
)
def test_a_line_in_chinese_is_answered_as_the_one_in_english(
    name: str, example: str, answers: Callable[..., tuple[int, str, str]]
) -> None:
    """Byte for byte, on both streams, with the same exit code."""
    words, before = in_chinese(example), BEFORE.get(name, ())

    assert not words[0].isascii()
    assert answers(before, shlex.split(example)) == answers(before, words)


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("--plan 2019 逾期 --单位 人社局", "--plan 2019 overdue --agency 人社局"),
        ("--plan=2019 逾期", "--plan=2019 overdue"),
        ("--方案=2019 filing 签收 --help", "--plan=2019 filing record --help"),
        ("--plan 2019 filing 签收 --help", "--plan 2019 filing record --help"),
        ("逾期 --截至=2019-12-05 --json", "overdue --as-of=2019-12-05 --json"),
        ("-h 登记", "-h record"),
        ("help 登记", "help record"),
        ("帮助 登记", "help record"),
        ("帮助", "help"),
        ("登记 --帮助", "record --help"),
        ("record 6.1 --帮助", "record 6.1 --help"),
        ("报送登记 --帮助", "filing --help"),
        ("filing --帮助", "filing --help"),
        ("--帮助", "--help"),
        ("--版本", "--version"),
    ],
)
def test_a_name_is_read_wherever_it_stands(cli: Callable[..., Result], line: str, english: str) -> None:
    assert cli(*english.split()) == cli(*line.split())
    assert 0 == cli(*line.split()).code


@pytest.mark.parametrize("path", COMMANDS)
def test_help_lists_the_names_once_and_last(cli: Callable[..., Result], path: str, monkeypatch: Any) -> None:
    """The page of a command ends with its name and its options', that of a group with those of its commands; at any width."""
    page = cli(*path.split(), "--help").out
    listed = page.partition("\n中文写法：\n")[2]
    monkeypatch.setenv("COLUMNS", "120")

    assert page == cli(COMMAND_NAMES[path], "--help").out
    assert 1 == page.count(f"{COMMAND_NAMES[path]}（{path}）")
    names = {COMMAND_NAMES[one]: one for one in COMMANDS if f"{one} ".startswith(f"{path} ")}
    names |= options_named(command_of(path))
    assert (
        "".join(f"{name}（{meant}）、" for name, meant in names.items())
        == listed.replace("\n", "、").replace("、、  ", "、").lstrip()
    )
    assert all(columns(line) <= 80 for line in listed.splitlines())


def test_the_page_of_the_program_ends_with_every_name(cli: Callable[..., Result]) -> None:
    listed = cli("--help").out.partition("\n中文写法：\n")[2]

    assert [*COMMAND_NAMES.values(), "--台账", "--方案", "--版本", "--帮助"] == re.findall(
        r"([^\s、（）]+)（[^）]+）", listed
    )


# What is nearly right.

CHOICES = (
    "6.1 可登记：--fairs N（招聘会，期）、--transferred N（新增转移就业，人）、--stable N（稳定就业，人）、"
    "--students N（就读职业学校，人）、--graduates N（毕业学生就业，人）、--done（申报完成）。"
)


NEARLY = [
    ("逾斯", "没有命令 逾斯。您是不是要写：逾期？请写：planledger 逾期"),
    ("签受 归档资料", "没有命令 签受。您是不是要写：签收？请写：planledger 签收 归档资料"),
    ("filing 签受", "没有命令 签受。您是不是要写：签收？请写：planledger filing 签收"),
    ("导出 总表 x.xlsx", "没有命令 总表。您是不是要写：导出总表？请写：planledger export 导出总表 x.xlsx"),
    ("查询", "没有命令 查询。您是不是要写：总表？请写：planledger 总表"),
    ("改期", "没有命令 改期。您是不是要写：调整？请写：planledger 调整"),
    ("调整 5.4 --终结", "没有选项 --终结。您是不是要写：--终止？请写：planledger amend 5.4 --终止"),
    ("填报表 --每家 甲", "没有选项 --每家。您是不是要写：--all？请写：planledger template --all 甲"),
    ("人社局", "没有命令 人社局。一家单位承担什么用 planledger status --agency 人社局 看；运行 planledger --help 可看全部命令。"),
    ("statas", "没有命令 statas。您是不是要写：status？请写：planledger status"),
    ("xyz", "没有命令 xyz。运行 planledger --help 可看全部命令。"),
    ("总表 --单为 人社局", "没有选项 --单为。您是不是要写：--单位？请写：planledger status --单位 人社局"),
    ("status --单为 人社局", "没有选项 --单为。您是不是要写：--单位？请写：planledger status --单位 人社局"),
    ("逾期 --月份 2019-07", "没有选项 --月份。用法见：planledger overdue --help"),
    ("登记 6.1 --单为 大新县人社局", f"6.1 没有指标 单为。您是不是要写：单位？{CHOICES}\n  planledger record 6.1 --单位 大新县人社局"),
    ("登记 6.1 --转业 40", f"6.1 没有指标 转业。您是不是要写：新增转移就业？{CHOICES}\n  planledger record 6.1 --新增转移就业 40"),
    ("record 6.1 --文件 a.pdf", f"6.1 没有指标 文件。您是不是要写：evidence？{CHOICES}\n  planledger record 6.1 --evidence a.pdf"),
    ("record 6.1 --date 昨天", f"6.1 没有指标 date。您是不是要写：日期？{CHOICES}\n  planledger record 6.1 --日期 昨天"),
    ("登记 6.1 --人 5", f"6.1 没有指标 人。{CHOICES}"),
    ("record 6.1 --agancy 人社局", f"6.1 没有指标 agancy。您是不是要写：agency、any-agency？{CHOICES}\n  planledger record 6.1 --agency 人社局"),
    ("总表 ——单位 人社局", "——单位 开头应是两个英文减号，等号、空格也要用英文的，请写：planledger status --单位 人社局"),
    ("总表 --单位＝人社局", "--单位＝人社局 开头应是两个英文减号，等号、空格也要用英文的，请写：planledger status '--单位=人社局'"),
    ("总表 --单位 人社局 --agency 妇联", "--agency 只能写一次，这里写了2次；请只留一个再运行。"),
    ("登记 1.2 1", "1 前面要写明指标（互访），请写：planledger record 1.2 --visits 1"),
    ("总表 人社局", "人社局 前面要写选项，请写：planledger status --agency 人社局"),
    ("总表 逾期", "逾期 前面要写选项，请写：planledger status --standing 逾期"),
    ("登记 6.1 --方", "--side 后面缺少内容，请写：planledger record 6.1 --side 方"),
    ("逾期 --方 大新县", "没有选项 --方。您是不是要写：--by side？用法见：planledger overdue --help"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "sentence"), NEARLY)
def test_what_is_nearly_a_name_is_answered_with_the_right_one(
    cli: Callable[..., Result], line: str, sentence: str
) -> None:
    assert (2, "", f"{sentence}\n") == cli(*line.split())


def test_an_option_goes_before_a_label_of_the_same_word_and_check_names_it(
    cli: Callable[..., Result], home: Path
) -> None:
    """The key records what the label cannot."""
    plan = (ROOT / "data" / "plan_2019.yaml").read_text("utf-8")
    (home / "plan.yaml").write_text(plan.replace("label: 稳定就业", "label: 说明"), "utf-8")
    checked = cli("检查方案", "plan.yaml")
    cli("新建台账", "plan.yaml")

    assert (0, True) == (checked.code, checked.out.endswith(
        "\n\n名称与 record 的选项相同的指标（1处），登记时请写它的 key\n  6.1  说明：--说明 是选项；请写 --stable N\n"
    ))  # fmt: skip
    assert "名称与 record 的选项相同" not in cli("check").out
    assert "没有要登记的内容" in cli("登记", "6.1", "--说明", "5").err
    assert "\n  说明 5人，现为 5人（" in cli("登记", "6.1", "--stable", "5").out


# What it costs.


@pytest.mark.parametrize(
    ("line", "is_loaded"),
    [
        ("status --agency 人社局 --as-of 2019-11-20", False),
        ("record 6.1 --transferred 40 --note=说明", False),
        ("report 6.1 --progress 正在摸底", False),
        ("status -o 总表.txt", False),
        ("总表", True),
    ],
)
def test_only_a_name_in_chinese_loads_the_table(home: Path, ledger: Path, line: str, is_loaded: bool) -> None:
    """A value that is Chinese costs nothing."""
    names = {name for name in modules_of(ledger, line) if name.endswith((".option_names", ".chinese_line"))}

    assert (2 if is_loaded else 0) == len(names)


def test_names_that_the_group_takes_are_its_own() -> None:
    assert {"签收": ["record"], "退回": ["return"]} == commands_named(command_of("filing"))
    assert {} == commands_named(command_of("filing record"))
