"""A plan file as a tree of texts with line numbers, and the reading of its fields with all their faults.

Every scalar stays the text that was typed: 6.10 is not 6.1, `no` is not a flag, 010 is not 8.
"""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.digits import fold
from planledger.plan.faults import Fault, Place
from planledger.plan.nearest import hint


class Tree(NamedTuple):
    """A value of the file with the line where it stands (1 is the first)."""

    line: int
    value: "str | list[Tree] | dict[str, Tree]"
    is_plain: bool = False  # a scalar without quotes

    def items(self) -> "list[Tree]":
        """The elements, if this is a list."""
        return self.value if isinstance(self.value, list) else []


class FaultList:
    """The faults of one file, gathered while it is read; nothing stops at the first."""

    def __init__(self, file: str) -> None:
        """Gather for *file*."""
        self.file = file
        self._faults: list[Fault] = []

    def add(self, line: int, message: str) -> None:
        """Take note of a fault."""
        self._faults.append(Fault(Place(self.file, line), message))

    def in_order(self) -> tuple[Fault, ...]:
        """All faults in the order of their lines."""
        return tuple(sorted(self._faults, key=lambda fault: fault.place.line))

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._faults)


class Fields:
    """One mapping of the file, read field by field; what nobody asked for is an unknown key."""

    def __init__(self, tree: Tree, faults: FaultList, what: str) -> None:
        """Read *tree*; *what* names it in messages, e.g. 指标."""
        self.line = tree.line
        self.faults = faults
        self.what = what
        self._fields: dict[str, Tree] = {}
        self._asked: set[str] = set()
        if isinstance(tree.value, dict):
            self._fields = tree.value
        else:
            faults.add(tree.line, f"{what}应写成“键: 值”的样子，例如 {{name: …}}。")

    def __contains__(self, key: str) -> bool:
        """Whether the field is there."""
        return key in self._fields

    def line_of(self, key: str) -> int:
        """The line of a field, or of the mapping if it is not there."""
        return self._fields[key].line if key in self._fields else self.line

    def fault(self, key: str, message: str) -> None:
        """Take note of a fault in a field."""
        self.faults.add(self.line_of(key), message)

    def text(self, key: str, *, required: bool = False) -> str:
        """Read a text as it was typed, its ends trimmed."""
        tree = self._ask(key, required=required)
        if tree is None:
            return ""
        if not isinstance(tree.value, str):
            self.fault(key, f"{self.what}的 {key} 应是一段文字。")
            return ""
        value = tree.value.strip()
        if required and not value:
            self.fault(key, f"{self.what}的 {key} 是空的，请填写。")
        return value

    def code(self, key: str, *, required: bool = False) -> str:
        """Read a code such as "6.10", which must be quoted: other programs would read 6.1."""
        tree = self._fields.get(key)
        value = fold(self.text(key, required=required))
        if tree and tree.is_plain and value.replace(".", "").isdigit():
            self.fault(
                key,
                f'{self.what}的 {key} 请加引号，写成 {key}: "{value}"；不加引号会被当作数，6.10 就成了 6.1。',
            )
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Read a list of texts; a single text is a list of one."""
        tree = self._ask(key, required=required)
        if tree is None:
            return ()
        if isinstance(tree.value, str):
            return (tree.value.strip(),) if tree.value.strip() else ()
        found = [element.value.strip() for element in tree.items() if isinstance(element.value, str)]
        if isinstance(tree.value, dict) or len(found) != len(tree.value):
            self.fault(key, f"{self.what}的 {key} 应是一列文字，例如 [甲, 乙]。")
        return tuple(found)

    def flag(self, key: str) -> bool:
        """Read yes or no: true or false."""
        value = self.text(key)
        if value not in ("", "true", "false"):
            self.fault(key, f"{self.what}的 {key} 只能写 true 或 false，不能写 {value}。")
        return value == "true"

    def whole(self, key: str, default: int, *, least: int, most: int) -> int:
        """Read a plain whole number between two bounds."""
        value = fold(self.text(key))
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or not least <= int(value[:9]) <= most:
            self.fault(key, f"{self.what}的 {key} 应是 {least} 到 {most} 之间的整数，不能写 {value}。")
            return default
        return int(value)

    def word(self, key: str, words: Iterable[str], default: str) -> str:
        """Read one of a few words."""
        known = tuple(words)
        value = self.text(key)
        if value and value not in known:
            self.fault(
                key, f"{self.what}的 {key} 不能写 {value}。{hint(value, known)}可写：{'、'.join(known)}。"
            )
        return value if value in known else default

    def children(self, key: str, what: str, *, required: bool = False) -> "list[Fields]":
        """Read a list of mappings."""
        tree = self._ask(key, required=required)
        if tree is None:
            return []
        if not isinstance(tree.value, list):
            self.fault(key, f"{self.what}的 {key} 应是一列{what}，每个以“- ”开头。")
            return []
        return [Fields(element, self.faults, what) for element in tree.value]

    def child(self, key: str, what: str) -> "Fields":
        """Read one mapping, which must be there."""
        tree = self._ask(key, required=True)
        return Fields(tree or Tree(self.line, {}), self.faults, what)

    def finish(self) -> None:
        """Report every key that means nothing here, with the nearest one that does."""
        for key, tree in self._fields.items():
            if key not in self._asked:
                known = sorted(self._asked)
                self.faults.add(
                    tree.line, f"{self.what}里没有 {key} 这个键。{hint(key, known)}可写：{'、'.join(known)}。"
                )

    def _ask(self, key: str, *, required: bool) -> Tree | None:
        self._asked.add(key)
        if key not in self._fields and required:
            self.faults.add(self.line, f"{self.what}缺少 {key}，请补上。")
        return self._fields.get(key)
