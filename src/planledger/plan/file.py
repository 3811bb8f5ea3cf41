"""The plan file: bytes to a tree, with every fault of its writing. The only place that knows YAML."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # noqa: TID253  (this module is imported only where a plan file is read)

from planledger.plan.faults import Fault, Place, PlanRefused, Refusal
from planledger.plan.model import Plan
from planledger.plan.reading import plan_from
from planledger.plan.tree import FaultList, Tree

LARGEST = 1_000_000
DEEPEST = 12
_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- +)?[A-Za-z_]+：")
_TAB = re.compile(r"^ *\t|^\s*- *\t|: *\t")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PROBLEMS = (
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或上一行的冒号写成了全角“：”；键后面用半角冒号加一个空格。",
    ),
    ("could not find expected ':'", "键后面缺少半角冒号和空格，应写成“键: 值”。"),
    ("found character '\\t'", "用了制表符（Tab）；请改用空格缩进。"),
    ("found unexpected end of stream", "引号没有成对，一直到文件末尾都没有收住。"),
    ("did not find expected key", "缩进不齐，或引号、括号没有成对。"),
    ("expected <block end>", "缩进不齐：这一行和上面同级的行没有对齐。"),
    ("did not find expected ',' or", "花括号或方括号没有成对，或两项之间缺少半角逗号。"),
    ("did not find expected '-' indicator", "列表的“-”没有对齐。"),
    ("found unknown escape character", "双引号里不能直接写反斜杠 \\，请改用单引号。"),
    ("cannot start any token", "这里有不能放在开头的符号；整段文字请加引号。"),
    ("control characters are not allowed", "有看不见的控制字符；请删去。"),
)


class _Written:
    """Builds the tree from YAML events, refusing what would make a plan mean something else than it shows."""

    def __init__(self, events: Iterator[Any], faults: FaultList) -> None:
        self.events = events
        self.faults = faults

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
            return Tree(line, "")
        if event.anchor:
            self.faults.add(line, "不能用锚点（&…）；请去掉。")
        if event.tag is not None and event.tag != "!":
            self.faults.add(line, "不能用类型标签（!…）；请去掉，一切都按文字读。")
        if isinstance(event, yaml.ScalarEvent):
            return Tree(line, event.value, is_plain=event.style is None)
        if isinstance(event, yaml.SequenceStartEvent):
            return Tree(line, list(self._elements(depth)))
        return Tree(line, self._fields(depth))

    def _elements(self, depth: int) -> Iterator[Tree]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _fields(self, depth: int) -> dict[str, Tree]:
        fields: dict[str, Tree] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self.faults.add(key.line, "键应是一个词。")
            elif key.value in fields:
                self.faults.add(
                    key.line, f"{key.value} 写了两次（上一次在第{fields[key.value].line}行）；只能留一个。"
                )
            else:
                fields[key.value] = value
        return fields


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _TooDeep(Exception):  # noqa: N818
    """The file nests deeper than any plan does."""


def read_plan(path: Path) -> tuple[Plan | None, tuple[Fault, ...]]:
    """Read a plan file: the plan, or every fault of the file.

    Raises:
        Refusal: the file is not there or cannot be read at all.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Refusal(f"{path} 是文件夹，请写方案文件的名字。")
        if size > LARGEST:
            return None, (
                Fault(
                    Place(path.name),
                    f"文件有 {size:,} 字节，方案文件不会超过 {LARGEST:,} 字节；请检查是不是选错了文件。",
                ),
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"没有方案文件 {path}；请检查路径。") from None
    except OSError as error:
        raise Refusal(f"方案文件 {path} 打不开（{error.strerror}）；请检查权限。") from error
    return plan_of(data, path.name)


def require_plan(path: Path) -> Plan:
    """Read a plan file that is to be adopted.

    Raises:
        PlanRefused: the file has faults; all of them are carried.
    """
    plan, faults = read_plan(path)
    if plan is None:
        raise PlanRefused(path.name, faults)
    return plan


def plan_of(data: bytes, file: str) -> tuple[Plan | None, tuple[Fault, ...]]:
    """Read the bytes of a plan file named *file*."""
    faults = FaultList(file)
    text = _decoded(data, faults)
    tree = _parsed(text, faults) if text is not None else None
    plan = plan_from(tree, faults) if tree is not None else None
    return (None if faults else plan), faults.in_order()


def _decoded(data: bytes, faults: FaultList) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.add(0, "文件是 UTF-16 编码；请另存为 UTF-8。")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        try:
            data.decode("gbk")
        except UnicodeDecodeError:
            faults.add(line, "文件不是 UTF-8 编码；请另存为 UTF-8。")
        else:
            faults.add(line, "文件像是 GBK（ANSI）编码；请在编辑器里另存为 UTF-8。")
        return None


def _parsed(text: str, faults: FaultList) -> Tree | None:
    """Parse the text; the two slips that YAML reports on a wrong line are looked for first."""
    told = _slips(text, faults)
    try:
        tree = _Written(iter(yaml.parse(text, Loader=_LOADER)), faults).document()
    except _TooDeep as error:
        faults.add(int(error.args[0]), f"嵌套超过 {DEEPEST} 层；方案文件没有这么深，请检查缩进。")
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        number = mark.line + 1 if mark else 0
        if not told & {number, number - 1}:
            faults.add(number, _sentence(error))
        return None
    if tree is None:
        faults.add(0, "文件是空的；请照 docs/plan-file.md 写。")
    return tree


def _slips(text: str, faults: FaultList) -> set[int]:
    """Report tabs and full-width colons; give their lines, so that YAML's own word on them is not heard twice."""
    lines = set()
    for number, line in enumerate(text.splitlines(), 1):
        if _TAB.search(line):
            faults.add(number, "用了制表符（Tab）；请改用空格缩进。")
            lines.add(number)
        elif _FULL_WIDTH_COLON.match(line):
            faults.add(number, "键后面的冒号是全角“：”；请改成半角冒号加一个空格。")
            lines.add(number)
    return lines


def _sentence(error: yaml.YAMLError) -> str:
    problem = str(error)
    return next(
        (said for words, said in _PROBLEMS if words in problem),
        "这里的写法读不懂；请检查冒号、缩进、引号和括号。",
    )
