"""A plan file on the disk: its bytes become text, the text a tree of YAML with the line of every value, the tree a plan or faults."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from planledger.plan.file import lines
from planledger.plan.file.document import plan_from
from planledger.plan.file.tree import Fault, FaultList, Tree
from planledger.plan.model.row_values import LONGEST_VALUE
from planledger.plan.model.version import Plan
from planledger.plan.refusal import ExitCode, Refusal

DEEPEST = 12
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_GLUED = re.compile("(?s)([A-Za-z_]+)[：:](.*)")
_DEEP = f"嵌套超过 {DEEPEST} 层；方案文件没有这么深，请检查缩进和括号。"
_JOINED = "这段文字接到了下一行；请写在同一行里，若下一行是另一个键，请检查它的冒号和缩进。"
_JOINED_QUOTED = "引号里的文字接到了下一行；请检查引号是否成对，文字请写在同一行里。"
_PROBLEMS = (  # of what YAML says, as a pattern
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或缩进和上一行不齐；键后面用半角冒号加一个空格，含冒号的文字请加引号。",
    ),
    ("could not find expected ':'", "键后面缺少半角冒号和空格，应写成“键: 值”。"),
    ("found unexpected end of stream", "引号没有成对，一直到文件末尾都没有收住。"),
    ("found unexpected document indicator", "引号没有成对，一直到“---”都没有收住。"),
    ("expected ',' or", "花括号或方括号没有成对，或两项之间缺少半角逗号。"),
    ("expected key|expected <block end>", "缩进不齐，或引号、括号没有成对。"),
    ("expected '-' indicator", "列表的“-”没有对齐。"),
    ("sequence entries are not allowed", "“- ”要另起一行写。"),
    ("found unknown escape character", "双引号里不能直接写反斜杠 \\，请改用单引号。"),
    ("maximum nesting depth", _DEEP),
    (
        "cannot start any token|expected alphabetic|expected tag|expected whitespace",
        "这里有不能放在开头的符号；整段文字请加引号。",
    ),
)


class _Written:
    """Builds the tree from YAML events, refusing what would make a plan mean something else than it shows."""

    def __init__(self, events: Iterator[Any], faults: FaultList, slips: dict[int, str]) -> None:
        self.events = events
        self.faults = faults
        self.slips = slips  # by line; those inside a block of text are none, and are taken out
        self.joined: dict[int, str] = {}  # texts that run over the end of their line

    def document(self) -> Tree | None:
        tree: Tree | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if tree is not None:
                    self.faults.add(_line(event), "一个文件只能有一份方案；请去掉多余的“---”。")
                    return tree
                tree = self._node(next(self.events), 0)
        return tree

    def _node(self, event: Any, depth: int) -> Tree:
        line = _line(event)
        if depth > DEEPEST:
            raise _TooDeep(line)
        if isinstance(event, yaml.AliasEvent):
            self.faults.add(line, "不能用别名（*…）；请把内容写全。")
            return Tree(line, f"*{event.anchor}")
        if event.anchor:
            self.faults.add(line, "不能用锚点（&…）；请去掉，文字本身以 & 开头的请加引号。")
        if event.tag is not None and event.tag != "!":
            self.faults.add(line, "不能用类型标签（!…）；请去掉，文字本身以 ! 开头的请加引号。")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Tree(line, list(self._elements(depth)))
        return Tree(line, self._fields(depth))

    def _scalar(self, event: Any) -> Tree:
        """Keep a text as typed. YAML would join its lines with a blank, which no Chinese text has."""
        line = _line(event)
        over = range(line, int(event.end_mark.line) + 2)  # the lines that it stands on
        if len(event.value) > LONGEST_VALUE:
            self.faults.add(
                line,
                f"这段文字有{len(event.value):,}个字，超过{LONGEST_VALUE:,}个字；请检查是不是粘错了内容。",
            )
        if event.style in ("|", ">"):
            for inside in over[1:-1]:
                self.slips.pop(inside, "")
        elif len(over) > 1 and not any(each in self.slips for each in over):
            self.joined[line] = _JOINED_QUOTED if event.style else _JOINED
        return Tree(line, event.value, is_plain=not event.style)

    def _elements(self, depth: int) -> Iterator[Tree]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _fields(self, depth: int) -> dict[str, Tree]:
        fields: dict[str, Tree] = {}
        named = []
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self.faults.add(key.line, "键应是一个词。")
                continue
            name, glued = key.value, _GLUED.match(key.value)
            if glued:
                self.slips.setdefault(key.line, "键后面应是半角冒号加一个空格，写成“键: 值”。")
                name, value = glued[1], value._replace(value=value.value or glued[2])
            named.append((key.line, name))
            fields.setdefault(name, value._replace(line=key.line))
        self.faults.once(named, "键")
        return fields


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _TooDeep(Exception):  # noqa: N818  (no error of the program: it becomes a fault of the file)
    """The file nests deeper than any plan does."""


class PlanRefused(Refusal):
    """The plan file has faults, or would be adopted with what nobody has settled; all of them are carried, in the order of their lines."""

    exit_code = ExitCode.PLAN_REFUSED

    def __init__(self, file: str, faults: tuple[Fault, ...], questions: tuple[Fault, ...]) -> None:
        """Keep every fault and every open question of *file*."""
        unanswered = f"还有{len(questions)}个问题没有答"
        refused = f"{unanswered}，未启用；请逐条改好并删去“{lines.MARK}”那一行，再运行 planledger check。"
        if faults:
            also = f"，{unanswered}" if questions else ""
            refused = f"有{len(faults)}处问题{also}，未启用；请按行改正后再试。"
        super().__init__(f"方案文件 {file} {refused}")
        self.faults = tuple(sorted((*faults, *questions), key=lambda fault: fault.line))


def bytes_of(path: Path) -> bytes:
    """Return what a plan file holds, of one that is too large no more than shows it.

    Raises:
        Refusal: the file is not there or cannot be read at all.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
        raise Refusal(f"{path} 不是普通文件（设备或管道），请写方案文件的名字。")
    try:
        with path.open("rb") as file:
            return file.read(lines.LARGEST + 1)
    except FileNotFoundError:
        raise Refusal(f"没有方案文件 {path}；请检查路径。") from None
    except IsADirectoryError:
        raise Refusal(f"{path} 是文件夹，请写方案文件的名字。") from None
    except OSError as error:
        raise Refusal(f"方案文件 {path} 打不开；请检查权限。") from error


def require_plan(path: Path) -> Plan:
    """Read a plan file that is to be adopted.

    Raises:
        PlanRefused: the file has faults, or open questions.
    """
    data = bytes_of(path)
    plan, faults = plan_of(data, path.name)
    questions = lines.as_faults(path.name, lines.open_questions(data), faults)
    if plan is None or questions:
        raise PlanRefused(path.name, faults, questions)
    return plan


def plan_of(data: bytes, file: str) -> tuple[Plan | None, tuple[Fault, ...]]:
    """Read the bytes of a plan file named *file*."""
    tree, faults = tree_of(data, file)
    plan = plan_from(tree, faults) if tree is not None else None
    return (None if faults else plan), faults.in_order()


def tree_of(data: bytes, file: str) -> tuple[Tree | None, FaultList]:
    """Read what the bytes of a plan file named *file* say, before anything is held against anything."""
    faults = FaultList(file)
    text = lines.decoded(data, faults)
    return (_parsed(text, faults) if text is not None else None), faults


def _parsed(text: str, faults: FaultList) -> Tree | None:
    """Parse the text; what YAML would let pass or blame on another line is looked for first."""
    slips = lines.slips_of(text)
    has_control = lines.report_unwelcome(text, faults)
    written = _Written(iter(yaml.parse(text, Loader=_LOADER)), faults, slips)
    tree: Tree | None = None
    try:
        tree = written.document()
        if tree is None or tree.value == "":
            tree = None
            faults.add(0, "文件是空的；请照 docs/plan-file.md 写。")
    except _TooDeep as error:
        faults.add(int(error.args[0]), _DEEP)
    except yaml.YAMLError as error:
        line, message = _problem(error)
        if not (has_control or slips.keys() & {line, line - 1}):
            faults.add(line, message)
        written.joined = {at: name for at, name in written.joined.items() if at not in (line, line - 1)}
    for line, message in (*slips.items(), *written.joined.items()):
        faults.add(line, message)
    return tree


def _problem(error: yaml.YAMLError) -> tuple[int, str]:
    """Return on which line YAML gave up, and why; a quote or bracket left open is blamed on its own line."""
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    context, problem = str(getattr(error, "context", "")), str(getattr(error, "problem", ""))
    if opened and any(word in context for word in ("quoted", "flow", "simple key")):
        mark = opened
    unknown = "这里的写法读不懂；请检查冒号、缩进、引号和括号。"
    sentence = next((s for words, s in _PROBLEMS if re.search(words, problem)), unknown)
    return (mark.line + 1 if mark else 0), sentence
