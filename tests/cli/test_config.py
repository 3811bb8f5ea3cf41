"""The settings that stay: which of option, variable and file counts, and what becomes of the user's file."""

import os
import re
import shlex
import stat
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from planledger.cli.session.lasting_settings import SETTINGS, read_settings, write_setting
from planledger.plan.refusal import ExitCode, Refusal
from trials import examples

Cli = Callable[..., Result]

OF_USER = """\ufeff# 我的设置
by = "王五"   # 李四休假
\t
#by = "李四"
 colour="on"
# 别删：台账在服务器上
"""


@pytest.fixture
def file(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings stay; no variable says who records."""
    monkeypatch.delenv("PLANLEDGER_BY")
    return home / ".config" / "planledger" / "config.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def test_what_is_set_is_shown_with_where_it_comes_from(cli: Cli, file: Path, home: Path) -> None:
    for line in ("by 王五", "台账 台账.db", "colour 关", "本办电话 ０７５０-1234567"):
        assert 0 == cli("config", *line.split()).code

    assert (
        f"记录人（by）：王五，来自设置文件\n台账（ledger）：{home}/台账.db，来自设置文件\n"
        f"颜色（colour）：off，来自设置文件\n本办联系人（contact）：没有设\n本办电话（phone）：0750-1234567，来自设置文件\n设置文件：{file}\n"
    ) == cli("config").out
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)


def test_a_new_file_says_what_may_be_set(cli: Cli, file: Path) -> None:
    cli("config", "by", "王五")
    cli("config", "phone", "0750-1234567")
    cli("config", "by", "--unset")

    assert (
        "# planledger 的设置：命令里写的选项最先算，其次是环境变量，最后是这个文件。\n"
        '# 一行一项，值写在英文引号里，如 by = "姓名"；# 后面是说明。\n'
        "# 可设置的是 记录人（by）、台账（ledger）、颜色（colour）、本办联系人（contact）、本办电话（phone）。\n"
        '\nphone = "0750-1234567"\n'
    ) == file.read_text("utf-8")


def test_the_option_counts_before_the_variable_and_that_before_the_file(
    cli: Cli, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entry() -> object:
        return re.findall(r"（试验员.|王五|赵六|孙七", cli("history", "--limit", "1", "--json").out)

    cli("config", "by", "王五")
    cli("record", "6.1", "--transferred", "1")
    assert ["王五"] == entry()
    monkeypatch.setenv("PLANLEDGER_BY", "赵六")
    cli("record", "6.1", "--transferred", "1")
    assert ["赵六"] == entry()
    cli("record", "6.1", "--transferred", "1", "--by", "孙七")
    assert ["孙七"] == entry()
    assert (
        "记录人（by）：赵六，来自环境变量 PLANLEDGER_BY；设置文件里也有，环境变量在先\n"
        in cli("config", "by", "钱八").out
    )


def test_the_ledger_of_the_file_is_meant_and_no_suggested_line_repeats_it(
    cli: Cli, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("init", "--ledger", "本办.db")
    cli("config", "ledger", "本办.db")
    recorded = cli("record", "6.1", "--transferred", "1")

    assert "planledger reverse 2 --because 原因\n" in recorded.out
    assert not (home / "share").exists()
    cli("init", "--ledger", "别的.db")
    assert "共1条" in cli("history", "--ledger", "别的.db").out
    monkeypatch.setenv("PLANLEDGER_LEDGER", "别的.db")
    assert "共1条" in cli("history").out
    assert "台账：环境变量 PLANLEDGER_LEDGER" in cli("doctor").out
    assert "台账：选项 --ledger" in cli("doctor", "--ledger", "本办.db").out


def test_a_named_ledger_that_is_not_there_is_never_created(cli: Cli, file: Path, home: Path) -> None:
    cli("config", "ledger", "没有.db")
    answer = cli("record", "6.1", "--transferred", "1")

    assert (3, True) == (answer.code, "planledger init --ledger" in answer.err)
    assert not (home / "没有.db").exists()


@pytest.mark.parametrize(
    ("text", "variable", "is_coloured"),
    [
        ("", "", True),
        ('colour = "on"', "", True),
        ('colour = "off"', "", False),
        ('colour = "on"', "1", False),
    ],
)
def test_the_screen_has_colours_but_where_they_are_off(
    ledger: Path, file: Path, monkeypatch: pytest.MonkeyPatch, text: str, variable: str, is_coloured: bool
) -> None:
    pexpect = pytest.importorskip("pexpect")
    write(file, text)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if variable:
        monkeypatch.setenv("NO_COLOR", variable)
    command = f"{sys.executable} -m planledger status --as-of 2019-12-05 --ledger {ledger}"
    screen, code = pexpect.run(command, withexitstatus=True, env=dict(os.environ))

    assert (0, is_coloured) == (code, b"\x1b[31m" in screen)


def test_doctor_says_where_each_setting_comes_from_and_names_nobody(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("config", "contact", "王五")
    cli("config", "phone", "0750-1234567")
    monkeypatch.setenv("PLANLEDGER_BY", "赵六")
    without, _ = cli("doctor"), cli("record", "6.1", "--transferred", "1")
    line = "设置　　  记录人：环境变量 PLANLEDGER_BY；台账：没有设；颜色：没有设；本办联系人：设置文件；本办电话：设置文件\n"

    for answer in (without, cli("doctor")):
        assert line in re.sub("(?<=[：；])\n *", "", answer.out)
        assert not re.search("赵六|王五|1234567", answer.out)


def test_every_line_of_the_user_stays_as_it_is(cli: Cli, file: Path) -> None:
    write(file, OF_USER.replace("\n", "\r\n"))
    cli("config", "phone", "0750-1234567")
    cli("config", "by", '赵"六\\')
    assert '赵"六\\' == read_settings(file)["by"]
    cli("config", "by", "--unset")
    cli("config", "by", "--unset")

    kept = OF_USER.removeprefix("\ufeff").replace('by = "王五"', "")
    kept = kept.replace("\n", "\r\n")
    assert kept + 'phone = "0750-1234567"\r\n' == file.read_bytes().decode()


def test_of_a_linked_file_the_link_stays(cli: Cli, file: Path, home: Path) -> None:
    target = home / "dotfiles.toml"
    target.write_text("", "utf-8")
    file.parent.mkdir(parents=True)
    file.symlink_to(target)
    cli("config", "by", "王五")

    assert file.is_symlink()
    assert {"by": "王五"} == read_settings(target)


UNREAD = '读不懂；一行一项，如 by = "姓名"，引号和等号用英文的，说明以 # 开头，文件存成 UTF-8。'
NAMES = "可设置的是 记录人（by）、台账（ledger）、颜色（colour）、本办联系人（contact）、本办电话（phone）"
BROKEN = {
    "by = 王五": [f"第1行：{UNREAD}"],
    '# 说明\n\nplan = "2019"': [f"第3行：没有设置 plan。{NAMES}。"],
    'colou = "on"': [f"第1行：没有设置 colou。您是不是要写：colour？{NAMES}。"],
    '记录人 = "王五"': [f"第1行：没有设置 记录人。在文件里请写：by。{NAMES}。"],
    'by = "王五"\ncolour = "red"': ["第2行：colour 不能是这个值；要写 on 或 off。"],
    'by = "王五"\n# x\nby = "李四"': ["第3行：by 上面写过了，请只留一个。"],
    "[settings]": [f"第1行：{UNREAD}"],
    "by = '王五'": [f"第1行：{UNREAD}"],
    "by = “王五”": [f"第1行：{UNREAD}"],
    'by ＝ "王五"': [f"第1行：{UNREAD}"],
    'by = "王': [f"第1行：{UNREAD}"],
    'by = "王五"\rcolour = "on"': [f"第1行：{UNREAD}"],
    'ledger = "台账.db"': ["第1行：ledger 不能是这个值；要写 完整路径或地址。"],
    'by = "王\\n五"': [f"第1行：{UNREAD}"],
    'by = "王五" 说明': [f"第1行：{UNREAD}"],
    'by = 王五\ncolour = "red"\n# x\ncolour = "on"': [
        f"第1行：{UNREAD}",
        "第2行：colour 不能是这个值；要写 on 或 off。",
        "第4行：colour 上面写过了，请只留一个。",
    ],
}


@pytest.mark.parametrize(("text", "faults"), BROKEN.items())
def test_every_line_that_is_wrong_is_named(cli: Cli, file: Path, text: str, faults: list[str]) -> None:
    write(file, text)
    more = [f"共{len(faults)}处问题，什么都没有登记；都改正后再运行。"] if faults[1:] else []

    assert (2, "", [*(f"设置文件 {file} {fault}" for fault in faults), *more]) == (
        (answer := cli("status")).code,
        answer.out,
        answer.err.splitlines(),
    )


@pytest.mark.parametrize("kind", ["folder", "link"])
@pytest.mark.parametrize("line", ["status", "config", "config by 王五"])
def test_what_stands_there_and_is_no_file_is_refused(cli: Cli, file: Path, kind: str, line: str) -> None:
    file.parent.mkdir(parents=True)
    file.mkdir() if kind == "folder" else file.symlink_to("nowhere")

    assert (8, "", f"设置文件 {file} 是文件夹、设备或断了的链接，读不了；请移走它再运行。\n") == cli(
        *line.split()
    )
    assert file.is_dir() == (kind == "folder")


@pytest.mark.parametrize(
    "line", ["record 6.1 --transferred 1 --ledger x.db --by 王五", "config", "config by 王五"]
)
def test_nothing_is_done_with_a_broken_file(cli: Cli, file: Path, home: Path, line: str) -> None:
    """Not even where every option is typed: what an action stored would be followed by a refusal."""
    cli("init", "--ledger", "x.db")
    before = (home / "x.db").read_bytes()
    write(file, "[")

    assert (ExitCode.REFUSED, "") == cli(*line.split())[:2]
    assert ("[", before) == (file.read_text("utf-8"), (home / "x.db").read_bytes())


def test_what_is_not_utf8_may_be_a_comment_and_nothing_else(cli: Cli, file: Path) -> None:
    write(file, "")
    file.write_bytes("# 王五\n".encode("gbk") + b'phone = "0750-1234567"\n')
    cli("config", "phone", "0750-7654321")
    assert "# 王五\n".encode("gbk") + b'phone = "0750-7654321"\n' == file.read_bytes()
    file.write_bytes('# 说明\nby = "王五"\n'.encode("gbk"))
    assert f"设置文件 {file} 第2行：by 的值里有读不懂或看不见的字；文件要存成 UTF-8。\n" == cli("status").err


def test_where_the_folder_cannot_be_looked_into_there_are_no_settings(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with the home of another user, whose rights somebody kept on."""
    monkeypatch.setenv("XDG_CONFIG_HOME", f"/{'x' * 300}")

    assert 0 == cli("status").code


@pytest.mark.parametrize("line", ["", "--help", "status --help", "--version"])
def test_help_does_not_read_the_file(cli: Cli, file: Path, line: str) -> None:
    write(file, "[")

    assert (0, "") == cli(*line.split())[::2]


UNSET = "要取消请写：planledger config {} --unset。"
ASK = "写法：planledger config 设置 值。"


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("plan 2019", 2, f"没有设置 plan。{NAMES}，{ASK}"),
        ("电话 1", 2, f"没有设置 电话。您是不是要写：本办电话？{NAMES}，{ASK}"),
        ("台帐 x.db", 2, f"没有设置 台帐。您是不是要写：台账？{NAMES}，{ASK}"),
        ("by=王五", 2, f"没有设置 by=王五。您是不是要写：by？{NAMES}，{ASK}"),
        ("记录人＝王五", 2, f"没有设置 记录人＝王五。您是不是要写：记录人？{NAMES}，{ASK}"),
        ("电话 --unset", 2, f"没有设置 电话。您是不是要写：本办电话？{NAMES}，{ASK}"),
        ("--unset", 2, "取消一项设置，请写：planledger config 设置 --unset，不写值。"),
        ("by 王五 --unset", 2, "取消一项设置，请写：planledger config 设置 --unset，不写值。"),
        ("by ''", 2, f"by 后面没有值；{UNSET.format('by')}"),
        ("phone ''", 2, f"phone 后面没有值；{UNSET.format('phone')}"),
        ("by '王\x1b五'", 2, f"by 的值里有读不懂或看不见的字；文件要存成 UTF-8；{UNSET.format('by')}"),
        ("颜色 红", 2, f"colour 不能是这个值；要写 on 或 off；{UNSET.format('colour')}"),
        ("phone 问小王", 2, "phone：“问小王”不像电话；"),
        ("contact 同上", 2, "contact：“同上”不是姓名；请写这个人的姓名，不写职务、单位或“同上”；要取消"),
        ("contact 甲", 2, "contact：“甲”不像姓名；至少两个字，不带数字；要取消"),
        ("by 张11010519491231002X", 2, "记录人里有身份证号"),
        ("ledger postgres:x@y", 2, "--ledger 后面像是服务器地址，但读不懂；"),
        ("ledger http://x/y", 2, "--ledger 后面像是服务器地址，但读不懂；"),
        ("ledger .", 3, "{home} 是文件夹，不是台账文件；请写出台账文件的名字，例如 {home}/ledger.db。"),
        ("--by 王五", 2, "没有选项 --by。用法见：planledger config --help"),
    ],
)
def test_what_no_setting_may_be_is_refused_and_nothing_is_written(
    cli: Cli, file: Path, home: Path, line: str, code: int, sentence: str
) -> None:
    answer = cli("config", *shlex.split(line))

    assert (code, "", 1) == (answer.code, answer.out, answer.err.count("\n"))
    assert answer.err.startswith(sentence.format(home=home))
    assert not file.parent.exists()


@pytest.mark.parametrize("line", ["BY 王五", "ｂｙ 王五", "记录人 王五"])
def test_a_key_may_be_typed_in_any_letters(cli: Cli, file: Path, line: str) -> None:
    assert f"记录人（by）：王五，来自设置文件\n设置文件：{file}\n" == cli("config", *line.split()).out


@pytest.mark.parametrize("typed", ["关", "off", "OFF", "ｏｆｆ"])
def test_colours_may_be_typed_in_chinese(cli: Cli, file: Path, typed: str) -> None:
    assert 0 == cli("config", "颜色", typed).code
    assert {"colour": "off"} == read_settings(file)


def test_a_file_that_may_not_be_replaced_is_kept(cli: Cli, file: Path) -> None:
    """A file of the name of its folder stands in the way; what it holds stays."""
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("x", "utf-8")

    assert (8, "", f"建不了文件夹 {file.parent}（已有同名的文件）；请换一个位置或检查权限。\n") == cli(
        "config", "by", "王五"
    )
    assert "x" == file.parent.read_text("utf-8")


def test_a_setting_with_nothing_in_it_is_none(cli: Cli, file: Path) -> None:
    write(file, 'by = ""\ncolour = ""\n')

    assert "记录人（by）：没有设\n台账（ledger）：没有设\n颜色（colour）：没有设\n" in cli("config").out


def test_the_password_of_an_address_is_kept_and_not_shown(cli: Cli, file: Path) -> None:
    answer = cli("config", "ledger", "postgresql://u:geheim@host/d")

    assert "台账（ledger）：postgresql:**@host/d，来自设置文件" in answer.out
    assert "geheim" in read_settings(file)["ledger"]


def test_the_folder_for_settings_may_lie_elsewhere(
    cli: Cli, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is no whole path would be another one wherever somebody stands, and counts for nothing."""
    for folder, place in {
        str(home / "elsewhere"): home / "elsewhere/planledger/config.toml",
        "here": file,
    }.items():
        assert not place.exists()
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)
        cli("config", "by", "王五")
        assert place.is_file()


@examples(8)
@given(
    st.lists(
        st.tuples(st.sampled_from(["by", "phone"]), st.text(max_size=20).filter(str.isprintable)),
        max_size=6,
    ),
    st.lists(st.sampled_from(["# 说明", '#by = "旧的"', "", '  # phone = "x" # y']), max_size=4),
)
def test_what_is_written_is_toml_and_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str]], comments: list[str]
) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.toml"
    file.write_text("\n".join(comments), "utf-8")
    wanted: dict[str, str] = {}
    for key, value in changes:
        wanted[key] = value
        write_setting(file, key, value)
    set_ = {key: value for key, value in wanted.items() if value}

    assert set_ == read_settings(file) == tomllib.loads(file.read_text("utf-8"))
    assert [] == [line for line in comments if line not in file.read_text("utf-8").split("\n")]


def test_every_setting_has_its_line_in_the_documents() -> None:
    commands = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
    assert [] == [key for key in SETTINGS if f"| `{key}` |" not in commands]


def test_a_refusal_of_a_line_shows_no_password(file: Path) -> None:
    write(file, "ledger = postgresql://u:geheim@h/d")
    with pytest.raises(Refusal) as refused:
        read_settings(file)
    assert "geheim" not in str(refused.value)
