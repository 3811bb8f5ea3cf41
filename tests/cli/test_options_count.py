"""No option falls out without a word: each changes what its command answers, stores or writes, or the line is refused."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (a clerk fills a workbook in)

import workbooks
from annexes import write_made_up_annex
from conftest import Result
from planledger.cli.app import run
from planledger.cli.framework.command_table import COMMANDS, GROUP
from planledger.cli.framework.lazy_group import all_commands

Cli = Callable[..., Result]
# a line that does something | an option, with what makes it count
ROWS = """
status --ledger 栏目.db | --where 资金=3万元
show 1.1 --ledger 栏目.db | --full
template --ledger 栏目.db --agency 财政局 --period 2021-06 | --full
export annex 新.xlsx --ledger 栏目.db | --full
status | --agency 人社局
status | --area 6
status | --standing 逾期
status | --sum-by side
status | --all-plans
overdue | --agency 人社局
overdue | --by item
overdue --csv | --by side
overdue -o 逾期.xlsx | --by side
upcoming --as-of 2019-11-10 | --agency 人社局
upcoming --as-of 2019-11-10 | --days 3
upcoming --as-of 2019-11-10 | --full
show 6.1 |
history | --agency 人社局
history | --since 2019-11-01
history | --limit 3
history | --full
changes | --since 2019-06-01
changes --since 2019-06-01 | --until 2019-08-31
agencies | --agency 人社局
agencies | --missing contacts
agencies | --full
reports | --month 2019-06
silent | --agency 人社局
silent | --days 300
missing | --agency 人社局
duplicates |
doubts |
filings | --agency 人社局
evidence list | --agency 江海区妇联
evidence list | --full
evidence open 40 | --full
evidence extract 40 | --full
evidence extract 39 | --to 夹
evidence repair 照片.jpg |
evidence destroy 39 | --because 误存
record 6.1 --transferred 40 | --on 2019-06-18
record 6.1 --transferred 40 | --agency 江海区人社局
record 6.1 --transferred 40 | --side 江海
record 6.1 --transferred 40 | --done
record 6.1 --transferred 40 | --event 互访
record 6.1 --transferred 40 | --note 试验
record 6.1 --transferred 40 | --evidence 另一张.jpg
record 7.1 --event 互访 --done | --same-event 2
record 1.3 --meetings 1 --side 江海 --ref 1号 --held-by 江海区委办 | --paper 会议纪要
record 1.3 --meetings 1 --side 江海 --paper 会议纪要 --held-by 江海区委办 | --ref 1号
record 1.3 --meetings 1 --side 江海 --paper 会议纪要 --ref 1号 | --held-by 江海区委办
record 1.3 --meetings 1 --side 江海 --paper 会议纪要 --ref 1号 --held-by 江海区委办 | --entry 6
record 6.1 --evidence 另一张.jpg | --kind 花名册
record 6.1 --evidence 另一张.jpg | --personal
record 6.1 --transferred 40 --agency 江海区妇联 | --any-agency
attach 6.1 另一张.jpg | --kind 花名册
attach 6.1 另一张.jpg | --agency 江海区人社局
attach 6.1 另一张.jpg | --side 江海
attach 6.1 另一张.jpg | --entry 2
attach 6.1 另一张.jpg | --on 2019-06-18
attach 6.1 另一张.jpg | --note 试验
attach 6.1 另一张.jpg | --personal
attach 6.1 大.jpg | --largest 1
attach 6.1 另一张.jpg --agency 江海区妇联 | --any-agency
report 6.1 | --progress 正在摸底
report 6.1 --progress 正在摸底 | --problem 缺人手
report 6.1 --progress 正在摸底 | --next 进村
report 6.1 | --nothing
report 6.1 --nothing | --agency 江海区人社局
report 6.1 --nothing | --on 2019-06-18
report 6.1 --nothing --agency 江海区妇联 | --any-agency
reverse 2 | --because 重复
reverse --because 重复 | --import 导入过.xlsx
correct 2 --because 漏报 | --to 45
correct 2 --to 45 | --because 漏报
amend 6.1 --because 改 --basis 1号 | --due 2019-12-31
amend 6.1 --because 改 --basis 1号 | --target transferred 170
amend 1 --because 改 --basis 1号 --ledger 分解.db | --quota 青石镇 90
amend 6.1 --because 改 --basis 1号 --role 配合 | --add-agency 江海区妇联
amend 6.1 --because 改 --basis 1号 --role 配合 --add-agency 江海区某某局 | --side 江海
amend 6.1 --because 改 --basis 1号 --add-agency 江海区妇联 | --role 配合
amend 6.1 --because 改 --basis 1号 | --drop-agency 江海区教育局
amend 6.1 --because 改 --basis 1号 | --cancel
amend 6.1 --cancel --basis 1号 | --because 改
amend 6.1 --cancel --because 改 | --basis 1号
amend 6.1 --cancel --because 改 --basis 1号 | --from 2019-11-01
close 9.1 | --note 试验
close 9.1 | --approved 试验员
close 9.1 --approved 试验员 | --ref 1号
reopen 6.2 | --because 有误
filing record 工作总结 --agency 江海区妇联 | --on 2019-11-18
filing record 归档资料 --agency 江海区妇联 | --form 纸质
filing record 工作总结 --agency 江海区妇联 | --stamped
filing record 工作总结 --agency 江海区妇联 | --to 大新
filing record 工作总结 --agency 江海区妇联 | --note 试验
filing record 工作总结 | --agency 江海区妇联
filing return 江海区人社局 | --because 缺页
filing return 江海区人社局 --because 缺页 | --filing 归档资料
filing return 江海区人社局 --because 缺页 --filing 归档资料 | --on 2019-12-01
contact set 江海区妇联 --phone 13800000001 | --name 试验员
contact set 江海区妇联 --name 试验员 | --phone 13800000001
contact set 江海区妇联 --name 试验员 --phone 13800000001 | --note 试验
office show |
office name 大新县扶贫办 | --note 1号
agency rename 大新县工会 大新县总工会 | --basis 1号
agency rename 大新县工会 大新县总工会 --basis 1号 | --from 2019-11-01
agency merge 大新县团委 --basis 1号 | --into 大新县工会
agency merge 大新县团委 --into 大新县工会 | --basis 1号
agency merge 大新县团委 --into 大新县工会 --basis 1号 | --from 2019-11-01
chase record 江海区财政局 --way 电话 | --overdue
chase record --way 电话 | --unreported 2019-10
chase record --way 电话 | --due-within 40
chase record 江海区财政局 | --way 电话
chase record 江海区财政局 --way 电话 | --reply-by 2019-12-10
chase record 江海区财政局 | --text
chase record 江海区财政局 --text | --full
chase record 江海区财政局 --way 电话 | --note 试验
chase list --ledger 催办.db | --agency 江海区财政局
template | --agency 江海区妇联
template --ledger 分解.db | --all 夹
template --agency 江海区妇联 | --period 2019-07
template --agency 江海区妇联 | --output 表.xlsx
tables contacts 新.xlsx | --full
tables contacts 有.xlsx | --force
tables filings 有.xlsx | --force
tables declarations 有.xlsx | --force
import 有.xlsx | --dry-run
import 有.xlsx | --agency 江海区妇联
import 有.xlsx | --changed 别的
import 有.xlsx | --marked 夹
export annex 新.xlsx | --output 另.xlsx
export annex 新.xlsx |
export ledger 新.xlsx | --output 另.xlsx
export ledger 新.xlsx |
export agencies 新.xlsx | --output 另.xlsx
export agencies 新.xlsx |
page 有.html | --force
calendar 有.ics | --force
letter reminder 函 | --agency 江海区财政局
letter reminder 函 --agency 江海区财政局 | --overdue
letter reminder 函 | --due-within 40
letter reminder 函 | --without 江海区财政局
letter reminder 函 --agency 江海区财政局 | --reply-by 2019-12-10
letter reminder 函 --agency 江海区财政局 | --list 清单.xlsx
letter reminder 函 --agency 江海区财政局 | --record
letter reminder 函 --agency 江海区财政局 --record | --by 某某
letter reminder 函 --agency 江海区财政局 | --red-head
letter circular 有.docx | --force
letter circular 新.docx | --red-head
letter summary 新.docx | --agency 江海区人社局
letter summary 有.docx | --force
letter summary 新.docx | --red-head
letter monthly 新.docx | --month 2019-06
letter monthly 有.docx | --force
letter monthly 新.docx | --red-head
letter briefing 有.docx | --force
letter briefing 新.docx | --red-head
archive handover 有.docx | --force
archive build 归档 | --zip 归档.zip
archive build 归档 | --since 没有
archive build 归档 | --full
archive verify 没有 |
init --ledger 又.db | --office 试验办
init --ledger 新.db | --beside
adopt 方案.yaml | --office 另一办
draft 附件.xlsx | --side 甲县
draft 附件.xlsx | --year 2021
draft 附件.xlsx | --like 方案.yaml
draft 附件.xlsx | --output 新.yaml
draft 附件.xlsx -o 方案.yaml | --force
draft --like 栏目.yaml | --ledger 栏目.db
check |
read deadline 上半年 --year 2019 | --json
read deadline 上半年 --year 2019 --json | --year 2020
read units 两地财政局 | --sides 甲县,乙县
read units 两地财政局 --sides 甲县,乙县 | --json
verify | --against 3:0123456789abcdef
verify | --since 3:0123456789abcdef
backup 新.zip |
restore 备份.zip | --replace
doctor |
config phone | --unset
server-setup | --role abc
server-setup | --files /abc
server-setup | --since 1
completion bash |
"""
LINES = [tuple(part.strip() for part in line.split("|")) for line in ROWS.strip().splitlines()]
# What many commands take, each with what makes it count wherever it is taken.
SHARED = {
    "--json": "--json", "--csv": "--csv", "--output": "-o 另.csv", "--as-of": "--as-of 2019-05-02",
    "--known-at": "--known-at 2019-05-02", "--ledger": "--ledger 另.db", "--plan": "--plan 2031", "--by": "--by 某某",
    "--force": "--force -o 有.xlsx",
}  # fmt: skip


def path_of(line: str) -> str:
    """The command of a line: one word, or two."""
    words = line.split()
    return next(path for path in (" ".join(words[:2]), words[0]) if path in COMMANDS)


def options() -> Iterator[tuple[str, str]]:
    """Every command with every option that it has."""
    for path in (path for path, row in COMMANDS.items() if row.module != GROUP):
        command: Any = all_commands()
        for word in path.split():
            command = command.get_command(None, word)
        yield from ((path, p.opts[0]) for p in command.params if p.param_type_name == "option")


def option_in(words: str) -> str:
    """The option that the words begin with, by its first name."""
    first = words.split(maxsplit=1)[0]
    return "--output" if first == "-o" else first


OWN = {(path_of(line), option_in(words)) for line, words in LINES if words}
WHOLE = {path_of(line): f"{line} {words}".strip() for line, words in LINES}  # a whole line of each command
ALL = LINES + [
    (WHOLE[path], SHARED[option])
    for path, option in options()
    if (path, option) not in OWN and path != "desk"
]  # the desk asks on a terminal; its settings are those of the commands that it runs


SET_UP = """
office name 江海区扶贫办
record 6.1 --fairs 40 --agency 江海区人社局
record 6.1 --fairs 40 --agency 大新县人社局
backup 备份.zip
attach 6.1 照片.jpg --kind 照片
attach 6.1 名册.jpg --kind 花名册 --personal
contact set 江海区财政局 --name 试验员 --phone 13800000000
record 9.1 --done
filing record 归档资料 --agency 江海区人社局 --on 2019-11-10
filing record 工作总结 --agency 江海区人社局 --stamped --on 2019-11-10
tables contacts 导入过.xlsx
config phone 0750-0000000
init --ledger 另.db
init --ledger 催办.db
chase --ledger 催办.db --way 电话
init 栏目.yaml --ledger 栏目.db
init 分解.yaml --ledger 分解.db
"""


def settle(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let commands run in a folder, after a made-up year."""
    for name, value in {
        "HOME": folder, "XDG_CONFIG_HOME": folder / "config", "PLANLEDGER_LEDGER": "台账.db", "PLANLEDGER_BY": "试验员",
        "PLANLEDGER_TODAY": "2019-12-05", "COLUMNS": 120, "PATH": "",
    }.items():  # fmt: skip
        patch.setenv(name, str(value))
    patch.chdir(folder)


@pytest.fixture(scope="module")
def office(year_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office, of which each line gets a copy."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(year_ledger, folder / "台账.db")
    for name, copy in {"second": "方案", "columns": "栏目", "quotas": "分解"}.items():
        shutil.copy(Path(__file__).parents[1] / "plans" / f"{name}.yaml", folder / f"{copy}.yaml")
    for name, content in {"照片": b"1", "名册": b"2", "另一张": b"3", "大": bytes(1_100_000)}.items():
        (folder / f"{name}.jpg").write_bytes(content)
    (folder / "有.docx").write_bytes(b"5")
    write_made_up_annex(folder / "附件.xlsx")
    (folder / "有.html").write_bytes(b"5")
    (folder / "有.ics").write_bytes(b"5")
    (folder / "新.db.files" / "ab").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, folder)
        assert [] == [line for line in SET_UP.strip().splitlines() if run(line.split())]
        call(folder / "导入过.xlsx", "江海区妇联")
        assert 0 == run(["import", "导入过.xlsx"])
        assert 0 == run(["tables", "contacts", "有.xlsx"])
        call(folder / "有.xlsx", "大新县妇联")
    return folder


@pytest.fixture(scope="module")
def bare() -> dict[str, Any]:
    """What each line comes to without the option."""
    return {}


def call(path: Path, unit: str) -> None:
    """Write into a table of the office whom to call in a unit."""
    book = load_workbook(path)
    line = next(row for row in book.worksheets[0].iter_rows() if row[0].value == unit)
    line[3].value, line[4].value = "试验员", "0750-1111111"
    book.save(path)


def outcome(cli: Cli, office: Path, line: str) -> tuple[Result, dict[str, Any]]:
    """What a line answers, and everything that stands in the folder afterwards."""
    folder = office.parent / "work"
    if not folder.exists():
        shutil.copytree(office, folder)
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, folder)
        answer = cli(*line.split())
    contents = {str(path.relative_to(folder)): content_of(path, office, folder) for path in folder.rglob("*")}
    if any(contents.values()) or len(contents) != sum(1 for _ in office.rglob("*")):
        shutil.rmtree(folder)  # the next line finds the folder as it was
    return answer, contents


def content_of(path: Path, office: Path, folder: Path) -> Any:
    """What a file holds, without the moments in it; nothing where it is as it was."""
    before = office / path.relative_to(folder)
    now, then = path.stat(), before.stat() if before.exists() else None
    if path.is_dir() or (then and (now.st_size, now.st_mtime_ns) == (then.st_size, then.st_mtime_ns)):
        return None
    if path.suffix == ".zip":
        return path.suffix
    if path.suffix == ".db":
        with closing(sqlite3.connect(path)) as ledger:
            return ledger.execute(
                "SELECT kind, code, indicator, amount, side, agency, dated, recorded_by, subject, note, details FROM entry"
            ).fetchall()
    if path.suffix == ".xlsx":
        return [(cell.coordinate, cell.value) for cell in workbooks.cells_of(path)]
    return path.read_bytes()


def test_every_option_of_every_command_has_its_line() -> None:
    tried = {(path_of(line), option_in(words)) for line, words in ALL if words}

    assert [] == [one for one in options() if one[0] != "desk" and one not in tried]


@pytest.mark.parametrize(("line", "words"), [one for one in ALL if one[1]])
def test_an_option_changes_what_its_command_does(
    cli: Cli, office: Path, bare: dict[str, Any], line: str, words: str
) -> None:
    if line not in bare:
        bare[line] = outcome(cli, office, line)

    assert bare[line] != outcome(cli, office, f"{line} {words}")
