"""Help pages: Chinese, within 80 columns, whole, each with an example."""

import re
from collections.abc import Callable

import pytest

from planledger.cli.framework.command_table import COMMANDS, GROUP
from planledger.formats.text.display import columns

Cli = Callable[..., "tuple[int, str, str]"]
PAGES = [
    [],
    *(path.split() for path in COMMANDS),
    ["record", "6.1"],
    ["record", "1.3"],
]
NOT_ENGLISH = (
    r"planledger|--?[a-z0-9-]+|PLANLEDGER_[A-Z]+|[a-z]+(\|[a-z]+)+|T\d\d:\d\d|"
    r"\d+:[0-9a-f]{16}|SQLite|\.xlsx|\.docx|\.html|\.ics|Word|\.pdf|\.yaml|\.zip|MANIFEST\.sha256|JSON|CSV|YAML|Excel|zsh|fish|powershell|pwsh|bash|\bid\b|\bitem\b|\bside\b|\bcontacts\b|\badd\b|\bN\b|"
    + "|".join(rf"\b{name}\b" for path in COMMANDS for name in path.split())
)


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_a_help_page_is_chinese_whole_and_narrow(cli: Cli, page: list[str]) -> None:
    code, out, err = cli(*page, "--help")

    assert (0, "") == (code, err)
    assert "…" not in out
    assert [] == [line for line in out.splitlines() if columns(line) > 80]
    assert [] == re.findall(r"[A-Za-z]{2,}", re.sub(NOT_ENGLISH, "", out))


@pytest.mark.parametrize("path", [path for path, row in COMMANDS.items() if row.module != GROUP])
def test_a_help_page_shows_the_commands_example(cli: Cli, path: str) -> None:
    assert f"示例：\n  planledger {COMMANDS[path].example}\n" in cli(*path.split(), "--help")[1]


def test_the_help_of_an_item_lists_its_indicators_with_unit_target_and_what_is_recorded(cli: Cli) -> None:
    cli("record", "6.1", "--transferred", "40")

    text = "".join(line.strip() for line in cli("record", "6.1", "--help")[1].splitlines())

    assert (
        "6.1 召开招聘会促进贫困人口就业 的指标（也可写中文名，如 --招聘会 N）："
        "--fairs N        招聘会（期），已登记 0/1期"
        "--transferred N  新增转移就业（人），已登记 40/155人；由大新县人社局报数"
        "--stable N       稳定就业（人），已登记 未报；取最近一次的数，没有也要报0；由大新县人社局报数"
        "--students N     就读职业学校（人），已登记 未报；没有也要报0；由大新县教育局报数"
        "--graduates N    毕业学生就业（人），已登记 未报；没有也要报0；由大新县教育局报数"
    ) in text
