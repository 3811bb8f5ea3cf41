"""The documents say what is so: their commands are run, their tables held against the code, their links followed."""

import hashlib
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial, reduce
from importlib import import_module
from pathlib import Path

import pytest

import docs_chinese
import pictures
import planledger
from book import Book
from conftest import Result
from docs_console import (
    CLERK,
    FENCE,
    MADE_UP,
    MADE_UP_FILES,
    READMES,
    ROOT,
    commands,
    documents,
    rendered,
    story,
)
from forking import Forker
from planledger.cli.framework.chinese_line import in_english
from planledger.cli.framework.command_table import COMMANDS
from planledger.cli.framework.lazy_group import all_commands
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.chain import Sealed, seal
from planledger.ledger.chain.verification import verify
from planledger.plan.model import terms, version
from planledger.plan.model.version import FURTHER, Plan
from planledger.plan.phrases import deadlines
from planledger.plan.refusal import ExitCode
from planledger.store.database import Store
from trials import every

DOCS = ROOT / "docs"
CHINESE = sorted(docs_chinese.PAGES.glob("*.md"))
RUN = [
    page for page in documents() if page not in docs_chinese.SHARED
]  # blocks of the others are run in English
PROSE = [*documents(), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PROSE += [ROOT / "SECURITY.md"] if (ROOT / "SECURITY.md").exists() else []
SET_UP = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/planledger overdue --as-of 2019-11-20"
)
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
ENTER = """. .venv/bin/activate
export PLANLEDGER_TODAY=2019-11-20 PLANLEDGER_BY=本办
echo '会议纪要.pdf（虚构）' > 会议纪要.pdf"""
FIRST_COMMANDS = (
    "planledger status --agency 人社局",
    "planledger record 6.1 --transferred 40",
    "planledger overdue",
)


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("document", RUN, ids=_named)
def test_console_blocks_show_what_the_commands_print(document: Path, tmp_path: Path, forker: Forker) -> None:
    """Every console block is what its commands print; UPDATE_DOCS=1 writes the blocks anew."""
    written = document.read_text("utf-8")
    real = rendered(document, tmp_path, partial(forker.run, is_one_stream=True))
    if os.environ.get("UPDATE_DOCS") and real != written:
        document.write_text(real, "utf-8")
        written = real

    assert real == written


@pytest.mark.parametrize("page", CHINESE, ids=_named)
def test_a_chinese_page_shows_what_the_english_one_and_the_tests_have(page: Path) -> None:
    """What stands in both languages is one text, and every answer is that of a test; UPDATE_DOCS=1 writes the page anew."""
    written = page.read_text("utf-8")
    real = docs_chinese.rewritten(page)
    if os.environ.get("UPDATE_DOCS") and real != written:
        page.write_text(real, "utf-8")
        written = real

    assert real == written


def test_the_year_in_chinese_words_is_the_year() -> None:
    """What the Chinese page types is read as what the English page types, on the same days."""
    ours = []
    for day, words in story(_text("docs/zh/year.md")):
        line = in_english(words, all_commands())
        keys = {label: key for key, label in docs_chinese.labels_of(line).items()}
        ours.append((day, [keys.get(word, word) for word in line]))

    assert story(_text("docs/year.md")) == ours


@pytest.mark.soak
def test_the_year_typed_in_chinese_words_prints_what_stands_there(tmp_path: Path) -> None:
    """The words of the Chinese page are typed as they stand; the ordinary run only holds that they mean the same."""
    page = DOCS / "zh" / "year.md"

    assert page.read_text("utf-8") == rendered(page, tmp_path)


def test_the_page_for_the_units_fits_on_one_sheet() -> None:
    """A4 has 56 lines of 56 characters of 9 points; a heading takes two of them, ten rows of a table twelve."""
    from rich.cells import cell_len

    lines = _text("docs/zh/form.md").splitlines()
    printed = [line for line in lines if line and not line.startswith(("<!--", "| ---"))]
    points = {"#": 20, "|": 12}

    assert sum(points.get(line[0], -(-cell_len(line) // 112) * 10) for line in printed) <= 560


@pytest.mark.parametrize("page", CHINESE, ids=_named)
def test_a_chinese_page_is_chinese(page: Path) -> None:
    """No sentence of the English page was left as it is; what is typed, and what the tests list, may be English."""
    assert [] == docs_chinese.english_left(page.read_text("utf-8"))


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_shows_what_the_command_prints(name: str, filled: Path, home: Path) -> None:
    """The words of a picture are those of the screen today; UPDATE_DOCS=1 draws it anew, and both READMEs show it."""
    words = pictures.PICTURES[name]
    now = pictures.drawn(pictures.screen(filled, words), words)
    kept = pictures.FOLDER / f"{name}.svg"
    if os.environ.get("UPDATE_DOCS") and pictures.shown(now) != pictures.shown(kept.read_text("utf-8")):
        kept.write_text(now, "utf-8")

    assert len(pictures.shown(now)) > 10
    assert pictures.shown(now) == pictures.shown(kept.read_text("utf-8"))
    assert [] == re.findall(r"url\(\s*[\"']?http", now)
    assert all(f"docs/pictures/{name}.svg" in _text(readme) for readme in READMES)


@pytest.mark.parametrize("document", documents(), ids=_named)
def test_every_console_fence_is_found(document: Path) -> None:
    """No console block escapes the run because of how it is written."""
    text = document.read_text("utf-8")

    assert text.count("```console") == len(re.findall(rf"^{FENCE}\$ ", text, re.MULTILINE))


@pytest.mark.parametrize("name", READMES)
def test_readme_sets_up_in_one_line_first(name: str) -> None:
    """A README begins with the line that sets it up; besides it only the tests and a folder like its own are not shown with their answers."""
    blocks = re.findall(r"^```(\w*)\n(.*?)\n```$", _text(name), re.MULTILINE | re.DOTALL)

    shown = [block for language, block in blocks if language != "console"]
    assert SET_UP == shown[0]
    assert {SET_UP, TEST, ENTER} == set(shown)
    assert _text(name).index(ENTER) < _text(name).index(FENCE)


def test_what_a_readme_says_to_type_first_makes_the_folder_in_which_it_is_run() -> None:
    """The three lines give a reader the day, the name and the made-up file with which the page was printed."""
    day, clerk, name = re.search(r"TODAY=(\S+) PLANLEDGER_BY=(\S+)\n.*> (\S+)$", ENTER).groups()  # type: ignore[union-attr]

    assert f"<!-- today: {day} -->" in _text("README.md")
    assert CLERK == clerk
    assert name in MADE_UP_FILES
    assert f"echo '{MADE_UP.format(name).rstrip()}' > {name}" in ENTER


@pytest.mark.parametrize("name", READMES)
def test_readme_shows_the_first_commands_in_order(name: str) -> None:
    """The three commands that a new user types come first, each with its answer."""
    typed = [line.partition(" | ")[0] for line in commands(_text(name))]

    assert list(FIRST_COMMANDS) == typed[:3]


def test_the_gate_runs_the_test_command_of_the_readme() -> None:
    """What CI runs is the line that a reader types."""
    gate = ROOT / ".ci" / "run"
    if not gate.exists():
        pytest.skip("an sdist carries no gate")

    assert TEST in gate.read_text("utf-8").splitlines()


@pytest.mark.parametrize("document", PROSE, ids=_named)
def test_relative_links_lead_somewhere(document: Path) -> None:
    """Every relative link names a file that is there."""
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", document.read_text("utf-8"))

    assert [] == [target for target in targets if not (document.parent / target).exists()]


@pytest.mark.parametrize("document", PROSE, ids=_named)
def test_documents_hold_nothing_of_the_machine_they_were_written_on(document: Path) -> None:
    """No document holds a path of a machine or the address of a package registry."""
    # the brackets keep this pattern from being what it looks for
    private = r"(?<![\w.~])/(?:tmp|root|home|work|Users|var|opt|mnt)/|py[p]i\.|python[h]osted|index[-]url|/[s]imple\b"

    assert [] == re.findall(private, document.read_text("utf-8"))


# What stands in the ledger before an example is typed: an entry to reverse, an item that is done, one that is closed.
FORTY = ("record 6.1 --transferred 40",)
DONE = ("record 6.1 --fairs 1 --transferred 155 --stable 60 --students 0 --graduates 0",)
BEFORE = {"reverse": FORTY, "correct": FORTY, "close": DONE, "reopen": (*DONE, "close 6.1")}
BEFORE["attach"] = ("record 1.3 --meetings 1 --side 江海",)
ATTACHED = (*BEFORE["attach"], "attach 1.3 会议纪要.pdf --kind 会议纪要 --side 江海")
BEFORE |= {
    "evidence repair": ATTACHED,
    "evidence open": ATTACHED,
    "evidence extract": ATTACHED,
    "evidence destroy": ATTACHED,
}
BEFORE |= {
    "archive": FORTY,
    "archive build": FORTY,
    "archive handover": FORTY,
    "archive verify": (*FORTY, "archive build 归档资料"),
}
BEFORE |= {"backup": FORTY, "restore": (*FORTY, "backup 备份.zip")}
BEFORE["import"] = (*FORTY, "template --agency 大新县人社局 -o 填报表/大新县人社局.xlsx")
BEFORE["office show"] = BEFORE["letter reminder"] = ("office name 江海区扶贫办",)
BEFORE["filing return"] = ("filing record 归档资料 --agency 江海区人社局",)
# the desk asks on a terminal only: tests/cli/test_desk.py
EXAMPLES = [(name, row.example) for name, row in COMMANDS.items() if row.example and name != "desk"]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_example_of_every_command_works(
    name: str, example: str, cli: Callable[..., Result], home: Path, viewer: None
) -> None:
    """What a help page gives as its example can be typed as it stands, where the files of a checkout are."""
    shutil.copytree(ROOT / "data", home / "data")
    (home / "会议纪要.pdf").write_text("试验")
    if name == "import":
        (home / "填报表").mkdir()
    for line in BEFORE.get(name, ()):
        assert ExitCode.DONE == cli(*shlex.split(line)).code
    result = cli(*shlex.split(example))

    assert ExitCode.DONE == result.code, result.err
    assert result.out


def test_commands_page_has_the_help_of_every_command() -> None:
    """docs/commands.md shows the help page of every command, in the order of the overview."""
    pages = [line for line in commands(_text("docs/commands.md")) if line.endswith("--help")]
    pages.remove("planledger record 6.1 --help")

    assert ["planledger --help", *(f"planledger {path} --help" for path in COMMANDS)] == pages


def test_every_promise_of_security_is_held_by_tests_that_are_there() -> None:
    """SECURITY.md names tests by file and name; each of them exists, and every promise has one."""
    page = ROOT / "SECURITY.md"
    if not page.exists():
        pytest.skip("an sdist carries no page about security")
    rows = re.findall(r"^\| \d+ \|.*\| (.*) \|$", page.read_text("utf-8"), re.MULTILINE)
    for row in rows:
        held = re.findall(r"`(tests/\S+?)::(\w+)`", row)
        assert held
        assert [] == [name for path, name in held if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert len(rows) == 9


def test_every_case_of_reliability_was_tried_by_a_test_that_is_there() -> None:
    """docs/reliability.md names tests by file and name, and says of each row how often, what came of it, and when."""
    every = re.findall(r"^\| .* \|$", _text("docs/reliability.md"), re.MULTILINE)
    rows = [row for row in every if re.match(r"\| [A-Z]\d\b", row)]
    assert len(rows) == len(every) - 2  # the head of the table, and the line below it
    for row in rows:
        _, _, how, tried, result, day, _ = (cell.strip() for cell in row.split("|"))
        named = re.findall(r"`(tests/\S+?)::(\w+)`", how)
        assert [] == [name for path, name in named if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
        assert "docs/server.md" in how or (
            named and tried and result and re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        ), row
    assert len(rows) > 40


def test_commands_page_has_the_exit_codes() -> None:
    """The table of exit codes is that of the code."""
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", _text("docs/commands.md"), re.MULTILINE)

    assert [(str(code.value), code.name) for code in ExitCode] == rows


def test_commands_page_has_the_environment_variables() -> None:
    """Every variable that the program reads by its own name is in the table, and no other."""
    read = {
        name
        for module in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"(?<![A-Z_])PLANLEDGER_[A-Z]+", module.read_text("utf-8"))
    }
    listed = set(re.findall(r"^\| `(PLANLEDGER_[A-Z]+)` \|", _text("docs/commands.md"), re.MULTILINE))

    assert read == listed


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """The first two columns of every table row of a document."""
    for first, second in re.findall(r"^\| ([^|]+) \| ([^|]+) \|", _text(name), re.MULTILINE):
        yield first.strip("` "), second.strip()


TERMS = [
    member
    for module in (terms, deadlines, version)
    for kind in vars(module).values()
    if isinstance(kind, type)
    and issubclass(kind, terms.Term)
    and kind.__module__ == module.__name__
    and kind is not terms.Term
    for member in kind
]


@pytest.mark.parametrize("member", TERMS, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_glossary_has_every_word_of_the_code(member: terms.Term) -> None:
    """Value and label of every term stand in one row of the glossary."""
    assert (member.value, member.label) in set(_rows("docs/glossary.md"))


THINGS = """
    Plan 方案, Side 方, Area 重点工作, Item 具体事项, Clause 条款, Agency 责任单位, Duty 责任, Indicator 指标, Measure 口径,
    Scope 计数范围, Deadline 完成时限, Milestone 时间节点, Requirement 材料要求, Entry 台账记录, Reversal 冲正,
    Evidence 佐证材料, Progress 进展, Standing 状态, Owed 未了, Report 进展情况, Amendment 调整, Close-out 销号, Filing 报送,
    Fault 问题"""


@pytest.mark.parametrize("thing", re.findall(r"[A-Z][a-z-]+ [^\s,]+", THINGS))
def test_glossary_has_the_words_of_the_design(thing: str) -> None:
    """The words on which the program was built stand in the glossary, English and Chinese."""
    assert tuple(thing.split(" ")) in set(_rows("docs/glossary.md"))


NAMES = sorted(
    {
        match
        for page in (
            *(DOCS / f"{name}.md" for name in ("architecture", "decisions", "reliability")),
            ROOT / "CONTRIBUTING.md",
        )
        for match in re.findall(r"`([a-z_/]+\.py)(?::([A-Za-z_.]+))?`", page.read_text("utf-8"))
        if not match[0].startswith(("tests/", "src/"))  # files of the worked example, which a test applies
    }
)


@every((":".join(name), name) for name in NAMES)
def test_names_of_the_code_in_the_documents_are_there(module: str, name: str) -> None:
    """`cli/record/record.py:record` in a document is a module of the program and something that is defined there."""
    thing: object = import_module(f"planledger.{module.removesuffix('.py').replace('/', '.')}")
    text = (Path(planledger.__file__).parent / module).read_text("utf-8")

    assert reduce(getattr, name.split(".") if name else [], thing) is not None
    assert re.search(rf"^(?:def |class )?{name.partition('.')[0]}\b", text, re.MULTILINE)


# docs/chain.md: the page alone must be enough to recompute a seal; hashlib and json only.


def _block(language: str) -> str:
    match = re.search(rf"^```{language}\n(.*?)\n```$", _text("docs/chain.md"), re.MULTILINE | re.DOTALL)
    return match[1] if match else ""


def test_chain_example_is_sealed_as_the_page_says() -> None:
    """The worked example is in canonical form, and its seal is the SHA-256 of its bytes."""
    text = _block("json")

    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == _block("text")


def test_chain_example_is_sealed_as_the_program_does() -> None:
    """The program gives the worked example the same seal."""
    form, *fields = json.loads(_block("json"))

    assert (1, _block("text")) == (form, seal(Sealed._make(fields)).hex())


def test_chain_page_lists_the_fields_in_their_order() -> None:
    """The table of fields is that of the code, the format number first."""
    fields = re.findall(r"^\| (\d+) \| `(\w+)` \|", _text("docs/chain.md"), re.MULTILINE)

    assert list(enumerate(("format", *Sealed._fields))) == [(int(place), name) for place, name in fields]


def test_chain_page_lists_the_parts_of_a_plan_in_their_order() -> None:
    """The digest of a plan goes over its parts in the order of the page."""
    (listed,) = re.findall(r"^`sides`.*$", _text("docs/chain.md"), re.MULTILINE)

    assert ("meta", *re.findall(r"\w+", listed), *FURTHER, "format") == Plan._fields


@pytest.mark.parametrize("text", ['"', "\\", "\n\r\t\b\f", "\x1b\x00", "/\x7f\u2028\u00e9汉😀"])
def test_chain_page_says_how_texts_are_escaped(text: str) -> None:
    """Escaped is what the page names, in the way that it names, and nothing else."""
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
    escaped = "".join(short.get(char) or (f"\\u{ord(char):04x}" if char < " " else char) for char in text)

    assert f'"{escaped}"' == json.dumps(text, ensure_ascii=False)


def test_the_checker_of_the_page_is_that_of_the_tests() -> None:
    """What the tests hold against a thousand ledgers is what a reader copies; it is short and shares nothing."""
    text = (ROOT / "tests" / "stranger.py").read_text("utf-8")

    assert text.rstrip() == _block("python")
    assert len(text.splitlines()) <= 60
    assert "planledger" not in text


@pytest.fixture
def checker(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The checker of the page, run as a program of its own."""
    program = tmp_path / "checker.py"
    program.write_text(_block("python"), "utf-8")
    return lambda *words: subprocess.run(
        [sys.executable, "-I", program, *words], capture_output=True, encoding="utf-8", check=False
    )


def test_checker_of_the_page_agrees_with_verify(
    store: Store,
    ledger: Path,
    book: Callable[..., Book],
    checker: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """The checker of the page computes the head that `verify` prints."""
    book().record(Recording("6.1", (("transferred", "40"),), note='春季招聘会"专场"\n第二行'))
    paper = Recording("1.3", (("meetings", "1"),), paper="会议纪要", reference="无文号", held_by="江海区委办")
    book().record(paper._replace(side="江海区"))
    book().reverse(2, "重复登记")
    head = verify(store).head
    done = checker(ledger, f"5:{head[:16]}")

    assert (0, "sound\n", "") == (done.returncode, done.stdout, done.stderr)
    assert 9 == checker(ledger, f"6:{head[:16]}").returncode


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE entry SET amount = 41 WHERE id = 2",
        "UPDATE entry SET dated = '2019-06-17' WHERE id = 2",
        "DELETE FROM entry WHERE id = 2",
        "UPDATE item SET last_day = '2019-12-31' WHERE code = '6.1'",
    ],
)
def test_checker_of_the_page_finds_a_forgery(
    forgery: str,
    ledger: Path,
    book: Callable[..., Book],
    checker: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    """What somebody changed outside the program is noticed by the checker of the page."""
    book().record(Recording("6.1", (("transferred", "40"),)))
    book().record(Recording("6.1", (("fairs", "1"),)))
    table = forgery.split()[1 if forgery.startswith("UPDATE") else 2]
    with sqlite3.connect(ledger) as connection:
        connection.execute(f"DROP TRIGGER {table}_no_update")
        connection.execute(f"DROP TRIGGER {table}_no_delete")
        connection.execute(forgery)
    connection.close()

    assert ExitCode.VERIFICATION == checker(ledger).returncode
