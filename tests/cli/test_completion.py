"""Completion in a real bash: items, units, indicators and filings from the ledger, and nothing a shell would act on."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

LONG = pytest.mark.soak
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The lines that make bash complete: where the program is, and the script that it prints for bash."""
    program = tmp_path_factory.mktemp("bin") / "planledger"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m planledger "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    printed = subprocess.run([program, "completion", "bash"], capture_output=True, text=True, check=True)
    return f'PATH="{program.parent}:$PATH"\n{printed.stdout}'


@pytest.fixture
def ledger_at_home(home: Path, fresh_ledger: Path) -> Path:
    """A ledger where the program looks for it; a shell asks for words more often with one than without."""
    place = home / "share" / "planledger" / "ledger.db"
    place.parent.mkdir(parents=True)
    return Path(shutil.copy(fresh_ledger, place))


@pytest.fixture
def complete(set_up: str, ledger_at_home: Path) -> Callable[[str], list[str]]:
    """Type a line into bash, type Tab, read what is offered."""

    def type_tab(line: str) -> list[str]:
        script = f"""{set_up}
        COMP_WORDS=({line}); COMP_CWORD=$(({len(line.split())} - 1)); {'COMP_WORDS+=(""); COMP_CWORD=$((COMP_CWORD + 1));' if line.endswith(" ") else ""}
        _planledger_completion planledger
        printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
        return done.stdout.split()

    return type_tab


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("planledger status --agency = 大新县人", ["大新县人社局"]),
        pytest.param("planledger record 6.1 --agency = 大新县人", ["大新县人社局"], marks=LONG),
        ("planledger record 6.1 --on = 2019-11-01 --agency = 大新县人", ["大新县人社局"]),
        pytest.param("planledger record 6.1 --transferred = 40 --st", ["--stable", "--students"], marks=LONG),
        ("planledger template --agency = 江海区妇联、大新县妇", ["江海区妇联、大新县妇联"]),
        pytest.param("planledger attach 1.3 --kind =", ["会议材料", "会议纪要"], marks=LONG),
        ("planledger status --agency=大新县人", ["--agency=大新县人社局"]),
    ],
)
def test_a_value_behind_an_equals_sign_is_offered(
    complete: Callable[[str], list[str]], words: str, offered: list[str]
) -> None:
    """Bash parts the word at the = and puts back what stands behind it; where it does not, the whole word."""
    assert offered == complete(words)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_put_back_the_whole_word(
    cli: Callable[..., "tuple[int, str, str]"], monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("_PLANLEDGER_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")

    for line, offered in (
        ("planledger status --agency=大新县人", "--agency=大新县人社局"),
        ("planledger status --agency 大新县人", "大新县人社局"),
        ("planledger record 6.1 --transferred=4 --agency=大新县人", "--agency=大新县人社局"),
    ):
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        output = cli()[1]
        assert offered in output
        assert ("--agency" in output) == (offered[:2] == "--")


def test_items_are_offered_with_a_ledger_and_without(
    complete: Callable[[str], list[str]], ledger_at_home: Path
) -> None:
    for _ in range(2):
        assert ["5.1", "5.2.1", "5.2.2", "5.3", "5.4", "5.5", "5.6"] == complete("planledger show 5")
        ledger_at_home.unlink(missing_ok=True)


def test_units_are_offered(complete: Callable[[str], list[str]]) -> None:
    assert ["人社局"] == complete("planledger status --agency 人")
    assert "大新县文化旅游和体育广电局" in complete("planledger status --agency 大新县")


def test_indicators_of_the_item_are_offered(complete: Callable[[str], list[str]]) -> None:
    assert ["--transferred"] == complete("planledger record 6.1 --tr")
    assert ["--新增转移就业"] == complete("planledger record 6.1 --新")


def test_what_an_amendment_may_name_is_offered(complete: Callable[[str], list[str]]) -> None:
    assert ["transferred"] == complete("planledger amend 6.1 --target tr")
    assert ["牵头", "负责", "配合"] == complete("planledger amend 6.1 --role ")
    assert ["大新县督查考评局"] == complete("planledger amend 1.1 --drop-agency 大新县督")


def test_the_papers_of_the_item_are_offered(complete: Callable[[str], list[str]]) -> None:
    assert ["会议材料", "会议纪要"] == complete("planledger record 1.3 --paper 会")
    assert [] == complete("planledger record 6.1 --paper 会")


def test_a_form_is_offered_to_the_units(complete: Callable[[str], list[str]]) -> None:
    assert ["大新县人社局"] == complete("planledger template --agency 大新县人")
    assert ["template"] == complete("planledger temp")


def test_commands_are_offered(complete: Callable[[str], list[str]]) -> None:
    assert ["overdue"] == complete("planledger ov")
    assert ["deadline", "units", "试读时限", "试读单位"] == complete("planledger read ")
    assert ["record", "return", "签收", "退回"] == complete("planledger filing ")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("planledger 登", ["登记"]),
        pytest.param("planledger 报送登记 签", ["签收"], marks=LONG),
        pytest.param("planledger --方案 2019 总表 --单", ["--单位"], marks=LONG),
        ("planledger 签收 归档资料 --单位 = 江海区妇", ["江海区妇联"]),
        pytest.param("planledger 签收 归", ["归档资料"], marks=LONG),
        pytest.param("planledger record 6.1 --日", ["--日期"], marks=LONG),
        pytest.param("planledger 登记 6.1 --单位 大新县人", ["大新县人社局"], marks=LONG),
        pytest.param("planledger 登记 6.1 --单位=大新县人", ["--单位=大新县人社局"], marks=LONG),
        pytest.param("planledger 登记 6.1 --新", ["--新增转移就业"], marks=LONG),
    ],
)
def test_chinese_names_are_offered_and_what_stands_behind_them(
    complete: Callable[[str], list[str]], words: str, offered: list[str]
) -> None:
    assert offered == complete(words)


def test_every_common_option_is_offered_in_chinese_until_it_is_typed(
    complete: Callable[[str], list[str]],
) -> None:
    offered = complete("planledger 冲正 2 --台账 x --")

    assert ["--原因", "--整份", "--方案", "--记录人", "--帮助"] == [
        word for word in offered if not word.isascii()
    ]


def test_filings_their_forms_and_their_recipients_are_offered(complete: Callable[[str], list[str]]) -> None:
    assert ["archive", "归档资料", "summary", "工作总结"] == complete("planledger filing record ")
    assert ["纸质", "电子"] == complete("planledger filing record archive --form ")
    assert ["大新县粤桂扶贫协作领导小组办公室"] == complete("planledger filing record summary --to 大新")
    assert ["summary"] == complete("planledger filing return 江海区妇联 --filing s")


def test_units_are_offered_for_filings_and_contacts(complete: Callable[[str], list[str]]) -> None:
    assert ["江海区妇联"] == complete("planledger filing record archive --agency 江海区妇")
    assert ["江海区妇联"] == complete("planledger filing return 江海区妇")
    assert ["江海区妇联"] == complete("planledger contact set 江海区妇")


def test_a_damaged_ledger_offers_nothing_and_says_nothing(
    complete: Callable[[str], list[str]], ledger_at_home: Path
) -> None:
    ledger_at_home.write_text("x" * 200, encoding="utf-8")

    assert [] == complete("planledger show 5")


def test_names_that_a_shell_would_act_on_are_never_offered() -> None:
    from planledger.cli.framework.completion import _fitting

    names = [
        "教育局",
        "教育局 $(touch X)",
        "*",
        "a;b",
        "`x`",
        "a\nb",
        "教育局（筹）",
        "6.1",
        "joint-meetings",
    ]

    assert ["教育局", "6.1", "joint-meetings"] == _fitting(names, "")
