"""Text from outside is data, whatever is in it: shown escaped everywhere, and never a part of a question to the database."""

import ast
import csv
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import Result, at
from planledger.ledger.chain.journal import append_all
from planledger.plan.model.entry_details import write_details
from planledger.plan.refusal import ExitCode
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.receipt import Draft
from planledger.store.sqlite.opening import open_to_write
from trials import sampled, some, soundness, typed

Cli = Callable[..., Result]
SOURCE = Path(__file__).parents[2] / "src"
ACTING = (
    "[/nosuch]", "[b]粗[/b]", "[link=http://x]点[/link]", "[#ff0000]", ":100:", ":warning:", "\x1b[31m红", "\x1b]0;题\x07",
    "\x9b31m", "\u202e反\u202c", "\u2066\u2069", "\x07", "\x08", "\x7f", "\x00", "\r", "\n", "\t", "\x1b]8;;http://x\x07点\x1b]8;;\x07",
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "＝1", "'=1", "<script>alert(1)</script>", "&amp;", '"><b>',
    "${HOME}", "$(id)", "`id`", "%s", "{0}", "{{x}}", "\\n", "\ufeff", "\u200b", "\u2028", "\ufffe", "\U000e0001", "😀", "é",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
QUESTIONS = (
    "status", "status --sum-by agency", "overdue --as-of 2020-02-01", "overdue --by item --as-of 2020-02-01", "upcoming",
    "show 6.1", "show 1.3", "history --limit 100000", "history 6.1 --full", "agencies --full", "reports --month 2019-11",
    "silent --days 1", "changes --since 2019-01-01", "missing", "duplicates", "doubts", "filings", "evidence list",
)  # fmt: skip
OTHERS = ("verify", "doctor", "--help", "check")


def texts(count: int) -> Iterator[str]:
    """Make random texts: pieces that act somewhere, between letters from anywhere in Unicode; seeded by their number."""
    chance = random.Random(count)  # noqa: S311
    for number in range(count):
        pieces = [chance.choice(ACTING) for _ in range(chance.randint(1, 3))]
        pieces += [_letter(chance) for _ in range(chance.randint(0, 12))]
        chance.shuffle(pieces)
        first = ACTING[number] if number < len(ACTING) else ""
        yield first + "".join(pieces)


def _letter(chance: random.Random) -> str:
    place = chance.choice((0x80, 0x3000, 0xA000, 0xD7FF, 0xFFFF, sys.maxunicode))
    code = chance.randrange(place)
    return chr(code) if not 0xD800 <= code <= 0xDFFF else "�"


@pytest.fixture
def hostile(ledger: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """A ledger of another program, in every text of which stands something that no command would have taken."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20")

    def fill(count: int) -> list[str]:
        notes = list(texts(count))
        store = open_to_write(ledger)
        plan = plan_in_force(store, "", "2019-11-20", "9999")
        chance = random.Random(-count)  # noqa: S311
        with store.transaction():
            for number, text in enumerate(notes):
                append_all(store, plan.plan_id, [_draft(number, text, notes, chance)], at("2019-11-20"))
        store.close()
        return notes

    return fill


def _draft(number: int, text: str, notes: list[str], chance: random.Random) -> Draft:
    """One entry of some kind, with texts wherever it has some."""
    other, unit = chance.choice(notes), chance.choice(("", "江海区人社局", "大新县人社局"))
    words = write_details(progress=text, problem=other, next=text)
    drafts = (
        Draft("amount", "2019-11-20", "6.1", indicator="transferred", amount=1, agency=unit, note=text,
              details=write_details(event=other)),
        Draft("report", "2019-11-20", "6.1", agency=unit or "江海区人社局", note=text, details=words),
        Draft("paper", "2019-11-20", "1.3", side="江海区", subject="会议纪要", note=text,
              details=write_details(held_by=other, ref=text)),
        Draft("declaration", "2019-11-20", "9.2", note=text),
    )  # fmt: skip
    return drafts[number % len(drafts)]


def acting(shown: str) -> str:
    """What of an answer a terminal would act on."""
    return "".join({one for one in shown if not one.isprintable() and one not in "\n\r\u3000"}) + (
        "\r" if re.search("\r(?!\n)", shown) else ""
    )


@sampled("notes", 45, 2000)
def test_no_text_acts_wherever_it_is_shown(cli: Cli, hostile: Callable[[int], list[str]], notes: int) -> None:
    """In tables, lists and JSON of every question; a note comes back from JSON as it was."""
    written = hostile(notes)
    for question in (*QUESTIONS, *OTHERS):
        for form in ("", "--csv", "--json") if question in QUESTIONS else ("",):
            answer = cli(*question.split(), *filter(None, [form]))
            assert ExitCode.DONE == answer.code, (question, form, answer.err)
            shown = answer.out.removeprefix("\ufeff")
            assert "" == acting(shown) + acting(answer.err), (question, form)
            if form == "--json":
                json.loads(shown)
            if form == "--csv":
                cells = [cell for line in csv.reader(StringIO(shown)) for cell in line]
                assert [] == [one for one in cells if one.startswith(FORMULA) and not _is_number(one)], (
                    question
                )
    notes_shown = [
        one["note"] for one in json.loads(cli("history", "--json", "--limit", "100000").out)["entries"]
    ]
    assert written == notes_shown[::-1][1:]


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9.,]+", cell) is not None


@sampled("notes", 45, 2000)
def test_no_text_acts_in_a_workbook_a_page_or_a_file(
    cli: Cli, hostile: Callable[[int], list[str]], home: Path, notes: int
) -> None:
    hostile(notes)
    made = (
        "export annex 总表.xlsx", "export ledger 台账.xlsx", "export agencies 单位.xlsx", "template --agency 大新县人社局 -o 表.xlsx",
        "archive build 归档", "history --limit 100000 -o 记录.txt", "status -o 总表.txt",
    )  # fmt: skip
    for line in made:
        assert ExitCode.DONE == cli(*line.split()).code, line
    for path in home.glob("*.xlsx"):
        with ZipFile(path) as parts:
            sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name]
        assert not re.search("<f[ >]|<hyperlink", "".join(sheets)) or path.name == "表.xlsx"
    pages = [path for path in home.rglob("*") if path.suffix in {".html", ".txt", ".json"}]
    assert len(pages) > 20
    for path in pages:
        text = path.read_text("utf-8-sig")
        assert "" == acting(text.replace("\t", "") if path.suffix == ".html" else text), path
        assert path.suffix != ".html" or not re.search(r"(?i)<script>alert|href=.?http://x", text), path


def test_in_a_pipe_there_is_no_byte_of_an_escape(hostile: Callable[[int], list[str]]) -> None:
    """From a process of its own, as another program reads it."""
    hostile(45)
    for question in ("history --limit 1000", "show 6.1", "reports --month 2019-11"):
        for forced in ({}, {"FORCE_COLOR": "", "TERM": "xterm-256color"}):
            done = typed(*question.split(), **forced)
            assert (ExitCode.DONE, "") == (done.returncode, done.stderr)
            assert not set(done.stdout) & {"\x1b", "\x9b", "\x07", "\x00"}


NAMES = (
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    '"; DROP TABLE entry; --',
    "*",
    "?",
    "江海区人社局' --",
    "江海%人社局",
    "\0",
    ":id",
    "6.1' OR '1'='1",
)


@pytest.mark.parametrize("name", some(NAMES[:2], NAMES))
def test_a_name_means_itself_alone(cli: Cli, filled: Path, name: str) -> None:
    """No pattern, no quote and no question in a name finds a unit or an item that is called otherwise."""
    before = filled.read_bytes()
    for words in (
        ("status", "--agency", name),
        ("overdue", "--agency", name),
        ("history", "--agency", name),
        ("history", name),
        ("show", name),
        ("record", name, "--transferred", "1"),
        ("record", "6.1", "--transferred", "1", "--agency", name),
        ("record", "6.1", "--transferred", "1", "--side", name),
        ("record", "6.1", f"--{name}", "1"),
        ("report", "6.1", "--nothing", "--agency", name),
        ("filing", "record", name, "--agency", "江海区妇联"),
        ("status", "--plan", name),
        ("evidence", "list", name),
    ):
        answer = cli(*words, "--ledger", str(filled))
        assert (ExitCode.REFUSED, "", 1) == (answer.code, answer.out, answer.err.count("\n")), words
        assert "" == acting(answer.err)
    assert before == filled.read_bytes()
    assert "" == soundness(filled).fault


SPOKEN = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|CREATE|DROP|ALTER|ATTACH|VACUUM)\b")
MADE_OF_OUR_OWN = {  # names of our own tables, settings and kinds; a `PRAGMA` takes no parameters
    "planledger/ledger/chain/verification.py": 1,
    "planledger/ledger/plans/in_memory.py": 4,
    "planledger/questions/answers/roll_up.py": 6,
    "planledger/questions/sql.py": 23,
    "planledger/store/paths.py": 1,
    "planledger/store/schema/tables.py": 2,
    "planledger/store/postgres/setup.py": 6,  # for an administrator to read
    "planledger/store/schema/steps.py": 7,
    "planledger/store/sqlite/copies.py": 2,
}


def test_no_question_to_the_database_is_glued_together() -> None:
    """No f-string, format, % or + makes SQL, but for names of our own that are counted here."""
    counted: dict[str, int] = {}
    for module in sorted(SOURCE.rglob("*.py")):
        glued = sum(map(_is_glued_sql, ast.walk(ast.parse(module.read_text("utf-8")))))
        if glued:
            counted[module.relative_to(SOURCE).as_posix()] = glued

    assert MADE_OF_OUR_OWN == counted


def _is_constant(node: ast.expr) -> bool:
    """Whether a text is put together of constants of the module alone."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_constant(node.left) and _is_constant(node.right)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def _is_glued_sql(node: ast.AST) -> bool:
    parts: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
        parts = node.values
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod) and not _is_constant(node):
        parts = [node.left, node.right]
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("format", "join")
    ):
        parts = [node.func.value, *node.args]
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and SPOKEN.search(part.value)
        for part in parts
    )
