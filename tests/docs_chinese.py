"""The Chinese pages (docs/zh): what stands in both languages is typed once, in the English page or in a test.

Below a heading, `<!-- from commands.md: Days and months -->` gives the section the console blocks, the days on which they
are run and the tables of that section of docs/commands.md, in their order. Of a table a cell in English words, and the
heads, stay as the Chinese page has them. Blocks of docs/year.md show their commands in
Chinese words.

`<!-- some of commands.md: Days and months: a form of 2019-06 -->` gives the second cells of the table below it what the
English table has in that column; × is 不收.
`<!-- rows of cli/test_hints.py: MEANT -->` gives the table below it the rows of a list of the tests, and
`<!-- lines of planledger/formats/form/write_form.py: EXPLAINED -->` the lines below it those of the program.
`<!-- contents -->` is followed by what leads to each part of the page.
In the page of questions a line that a test lists as refused is three lines: what is typed, the answer, and what to type
instead. The answer is that of the test.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from docs_console import PROMPT, ROOT
from planledger.cli.framework.command_table import COMMANDS
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.version import Plan
from planledger.plan.phrases.option_names import OPTION_NAMES
from planledger.store.paths import built_in_plan

PAGES = ROOT / "docs" / "zh"
# English pages of which every part that shares something is in the Chinese page
WHOLE = ("year.md", "commands.md", "draft.md")
SHARED = [PAGES / name for name in WHOLE]
QUESTIONS = PAGES / "faq.md"
# the lists of refused lines, each with its answer, and the command that stands before the words of a list
LISTS = (
    ("cli/test_refusals.py", "REFUSED", ()),
    ("cli/test_hints.py", "ANSWERED", ()),
    ("cli/test_parts_of_labels.py", "AMBIGUOUS", ()),
    ("cli/test_chinese_names.py", "NEARLY", ()),
    ("cli/test_evidence.py", "NOT_TAKEN_IN", ("attach",)),
    ("cli/test_template_command.py", "NOT_CLEAR", ("template",)),
    ("cli/test_archive.py", "NOT_BUILT", ("archive", "build")),
)
TYPED_DAYS = ROOT / "tests" / "plan" / "typed_days.txt"
PLACES = {"form": "填报表", "signed": "填报日期", "table": "本办的表"}  # in words
_FROM = re.compile(r"^<!-- from (\S+): (.*) -->$", re.MULTILINE)
_ROWS = re.compile(r"^(<!-- rows of (\S+): (\w+) -->\n\|.*\n\|.*\n)(?:\|.*\n)*", re.MULTILINE)
_LINES = re.compile(r"^(<!-- lines of (\S+): (\w+) -->\n)(?:\d.*\n)*", re.MULTILINE)
_SOME = re.compile(r"^(<!-- some of (\S+): (.*): (.*) -->\n\|.*\n\|.*\n)((?:\|.*\n)*)", re.MULTILINE)
_PIECE = re.compile(
    r"^<!-- (?:today|days as of)[^\n]* -->\n|^<!-- edit [^\n]* -->\n\n?```diff\n.*?^```\n|^```console\n.*?^```\n|^(?:\|[^\n]*\n)+",
    re.MULTILINE | re.DOTALL,
)
_ENGLISH = re.compile(r"(?<![\w./-])(?!xlsx)[a-z]{3,}(?![\w/-]|\.\w)")
_CONTENTS = re.compile(r"^(<!-- contents -->\n)(?:- .*\n)*", re.MULTILINE)
_ASKED = re.compile(r"^- `planledger (.*)`\n  - (.*)\n(?:  - 改成：(.*)\n)?", re.MULTILINE)


def _refused_days() -> list[tuple[str, ...]]:
    """Return the days and months that the tests list as refused: where, on which day, what was typed, the answer.

    What is refused for one reason stands together, with the answer to the first.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    seen = set()
    for line in TYPED_DAYS.read_text("utf-8").splitlines():
        place, today, *_, typed, answer = line.split(" | ") if line[:1] != "#" else [""] * 4
        reason = re.sub(r"\d+", "", answer.replace(typed, ""))
        if answer[:1] == "!" and (place, typed, reason) not in seen:
            seen.add((place, typed, reason))
            rows = alike.setdefault((PLACES.get(place, place), today, reason), [answer[1:]])
            rows.append(re.sub("^#(.*)", r"\1（数）", typed))
    return [(place, today, "、".join(typed), answer) for (place, today, _), (answer, *typed) in alike.items()]


REFUSED_DAYS = _refused_days()


class Section(NamedTuple):
    """A part of a page: its heading, and what stands from there to the next one."""

    heading: str
    text: str

    @property
    def pieces(self) -> list[str]:
        """What both languages share: days, console blocks, tables."""
        return _PIECE.findall(self.text)


class Question(NamedTuple):
    """A refused line in the page of questions: what was typed, the answer, and what to type instead."""

    typed: str
    answer: str
    instead: str


def sections(text: str) -> list[Section]:
    """Return the parts of a page in their order; what looks like a heading in a console block is none."""
    is_outside = True
    parts = [["", ""]]
    for line in text.splitlines(keepends=True):
        if line.startswith("```"):
            is_outside = not is_outside
        if is_outside and re.match("#{1,4} ", line):
            parts.append([line.strip("# \n"), ""])
        parts[-1][1] += line
    return [Section(*part) for part in parts]


def english(name: str) -> dict[str, Section]:
    """Return the parts of an English page that share something with the Chinese one, by their headings."""
    return {part.heading: part for part in sections((ROOT / "docs" / name).read_text("utf-8")) if part.pieces}


def rewritten(page: Path) -> str:
    """Return a Chinese page with what it shares written anew."""
    text = "".join(map(_section, _with_new_sections(page.name, sections(page.read_text("utf-8")))))
    text = _ROWS.sub(lambda match: match[1] + "".join(_listed(match[2], match[3])), text)
    text = _LINES.sub(
        lambda match: match[1] + "".join(f"{line}\n" for line in _list(match[2], match[3])), text
    )
    text = _SOME.sub(lambda match: match[1] + "".join(_chosen(*match.groups()[1:])), text)
    text = _questions(text) if page == QUESTIONS else text
    return _CONTENTS.sub(lambda match: match[1] + "".join(_contents(text)), text)


def _contents(text: str) -> Iterator[str]:
    """Return what leads to each part of a page, whose name on the page has neither blanks nor signs."""
    for part in sections(text)[2:]:
        name = re.sub(r"\W", "", part.heading)
        yield f"- [{part.heading}](#{name})\n"


def _with_new_sections(name: str, parts: list[Section]) -> list[Section]:
    """Return the parts of a Chinese page and, each behind the one before it, those that the English one has besides."""
    place = 0
    for part in english(name).values() if name in WHOLE else ():
        mark = f"<!-- from {name}: {part.heading} -->\n"
        at = next((place for place, ours in enumerate(parts) if mark in ours.text), 0)
        if not at:
            at = place + 1
            level = part.text.partition(" ")[0]
            parts.insert(at, Section(part.heading, f"{level} {part.heading}\n{mark}\n"))
        place = at
    return parts


def _section(part: Section) -> str:
    source = _FROM.search(part.text)
    if not source:
        return part.text
    ours = english(source[1])[source[2]]
    rows = {row[0]: row for piece in part.pieces if piece.startswith("|") for row in _cells(piece)[2:]}
    heads = [piece.splitlines(keepends=True)[:2] for piece in part.pieces if piece.startswith("|")]
    pieces = []
    for piece in ours.pieces:
        if piece.startswith("|"):
            head = heads.pop(0) if heads else piece.splitlines(keepends=True)[:2]
            pieces.append("".join([*head, *(_row(row, rows) for row in _cells(piece)[2:])]))
        else:
            pieces.append(in_chinese_words(piece) if source[1] == "year.md" else piece)
    left = iter(pieces)
    text = _PIECE.sub(lambda _: next(left, ""), part.text)
    return text + "".join(f"{piece}\n" for piece in left)


def in_chinese_words(block: str) -> str:
    """Return a block with its commands in Chinese words; the answers stay."""
    return re.sub(
        r"^\$ planledger (.*)$", lambda match: PROMPT + _in_chinese(match[1]), block, flags=re.MULTILINE
    )


def _in_chinese(line: str) -> str:
    """Return a line with the Chinese names of its command, its options, its figures and its filing."""
    words = line.split(" ")
    length = 2 if " ".join(words[:2]) in COMMANDS else 1
    names = {option: f"--{name}" for option, name in OPTION_NAMES.items()} | labels_of(words)
    named = [names.get(f"{words[0]} {word}", names.get(word, word)) for word in words[length:]]
    return " ".join(["planledger", COMMANDS[" ".join(words[:length])].chinese_name, *named])


def labels_of(words: list[str]) -> dict[str, str]:
    """Return the labels that may stand for the keys of a line in English, as options or as words."""
    if words[:2] == ["filing", "record"]:
        return {filing.key: filing.label for filing in plan().filings}
    if words[0] not in {"record", "amend"}:
        return {}
    mark = "--" if words[0] == "record" else ""
    return {f"{mark}{i.key}": f"{mark}{i.label}" for i in plan().indicators if i.code == words[1]}


@cache
def plan() -> Plan:
    """Return the plan that comes with the program."""
    return require_plan(built_in_plan())


def _cells(table: str) -> list[list[str]]:
    """Return the cells of the rows of a table, its head and the line below it first."""
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        for line in table.splitlines()
    ]


def _row(row: list[str], known: dict[str, list[str]]) -> str:
    """Return a row of the English table, with the Chinese words for what is said in English words."""
    ours = known.get(row[0], row)
    cells = (
        mine if has_english(cell) else cell
        for cell, mine in zip(row, [*ours, *row[len(ours) :]], strict=False)
    )
    return f"| {' | '.join(cells)} |\n"


def has_english(text: str) -> bool:
    """Return whether a text has an English word outside of what is typed."""
    bare = re.sub(r"`[^`]*`|\]\([^)]*\)|<!--.*?-->|planledger", "", text)
    return bool(_ENGLISH.search(bare))


def english_left(text: str) -> list[str]:
    """Return the lines of a Chinese page that have an English word which nobody types and no test lists."""
    of_tests = re.sub(f"{_ASKED.pattern}|{_ROWS.pattern}", "", text, flags=re.MULTILINE)
    lines = re.sub(r"^```\w+\n.*?^```$", "", of_tests, flags=re.MULTILINE | re.DOTALL).splitlines()
    # the heading of a command ends with its English name
    return [line for line in lines if has_english(re.sub(r"^(### .*) \S+$", r"\1", line))]


def _list(module: str, name: str) -> list[Any]:
    """Return a list of a module."""
    return list(getattr(import_module(module.removesuffix(".py").replace("/", ".")), name))


def _listed(module: str, name: str) -> Iterator[str]:
    """Return the rows of a list of the tests."""
    return (f"| {' | '.join(row)} |\n" for row in _list(module, name))


def _chosen(page: str, heading: str, column: str, rows: str) -> Iterator[str]:
    """Return the rows of a Chinese table, each with what the English table has in a column."""
    known: dict[str, str] = {}
    for piece in english(page)[heading].pieces:
        head, *body = _cells(piece) if piece.startswith("|") else [[]]
        if column in head:
            known = {row[0]: row[head.index(column)] for row in body} | known
    for name, *_ in _cells(rows):
        reading = known[name].replace("×", "不收")
        yield f"| {name} | {'不收，分不清是 ' * (' 或 ' in reading)}{reading.replace(' 或 ', ' 还是 ')} |\n"


def questions(text: str) -> list[Question]:
    """Return the refused lines of the page of questions."""
    return [Question(*(part or "" for part in parts)) for parts in _ASKED.findall(text)]


def refused() -> dict[str, str]:
    """Return what the tests list as refused, and the sentence that answers each."""
    return {
        typed if isinstance(typed, str) else " ".join([*command, *typed]): answer.partition("\n")[0]
        for module, name, command in LISTS
        for typed, answer in _list(module, name)
    }


def _questions(text: str) -> str:
    """Return the page of questions with the answers of today; what no test lists is gone, what is new stands at its end."""
    answers = refused()
    new = [line for line in answers if line not in {one.typed for one in questions(text)}]

    def one(match: re.Match[str]) -> str:
        answer = answers.get(match[1])
        return f"- `planledger {match[1]}`\n  - {answer}\n  - 改成：{match[3] or ''}\n" if answer else ""

    return _ASKED.sub(one, text) + "".join(
        f"- `planledger {line}`\n  - {answers[line]}\n  - 改成：\n" for line in new
    )


def lines_instead(question: Question) -> list[str]:
    """Return the lines to type instead, in their order."""
    return re.findall(r"`planledger ([^`]*)`", question.instead)
